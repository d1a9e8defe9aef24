"""Questions about ink: which plates a page asks for, how much lies on one spot, and what lets what show through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from pressroom.errors import Finding, error, hint, warning
from pressroom.inspection import Colour
from pressroom.inspection.page import Paint
from pressroom.preflight.press.finished import Finished, on_pages

_SMALL_TEXT = 9.0
"""Points: letters up to this size, printed from more than one plate, show every shift of them as a coloured seam."""
_THIN = 0.25
"""Points: what every platesetter still draws (BoD asks for it, GWG 2015 nearly: effective line width)."""
_TINT_LIMIT = 0.02
"""Share of ink that nobody sees, and that a conversion may leave behind."""


def _painted(file: Finished, wanted: Callable[[Paint], bool]) -> list[int]:
    """The pages on which something is painted in a way."""
    return [page.number for page in file.facts.pages if any(wanted(paint) for paint in page.paints)]


def colour_rgb(file: Finished) -> Iterator[Finding]:
    """Is anything in RGB where inks are asked for (GWG 2015, colour space)? The printer's machine would choose the
    inks, and black text would become four-coloured.
    """
    if not (file.has_inks_only or (file.is_press_standard and _intent_family(file) == "cmyk")):
        return
    flat = _painted(file, lambda paint: paint.colour.family in ("rgb", "lab"))
    if flat:
        why = (
            f"{on_pages(flat).capitalize()}: text or areas in RGB, where the press has cyan, magenta, yellow and black."
        )
        help = "Set them in device-cmyk() in press.css, or choose a profile."
        yield file.on(flat, error("colour-rgb", file.place, why, help))
    for page in file.facts.pages:
        for picture in page.pictures:
            if picture.family in ("rgb", "lab") and not (picture.is_calibrated and file.standard == "PDF/X-4"):
                why = f"A picture on page {page.number} is in RGB, where the press has cyan, magenta, yellow and black."
                help = "Give the edition a profile; then its pictures are prepared for it."
                yield file.on([page.number], error("picture-rgb", file.place_of(picture), why, help))


def colour_inks(file: Finished) -> Iterator[Finding]:
    """Is anything in inks where the printer works from sRGB? It would be turned into sRGB and into inks again."""
    if file.rules is None or file.rules.colour.value != "srgb":
        return
    flat = _painted(file, lambda paint: paint.colour.family == "cmyk")
    pictures = [page.number for page in file.facts.pages if any(p.family == "cmyk" for p in page.pictures)]
    if flat or pictures:
        why = f"{on_pages([*flat, *pictures]).capitalize()}: colours in inks; {file.rules.name} prints from sRGB."
        help = "Make an edition for this printer, without a profile."
        yield file.on([*flat, *pictures], warning("colour-inks", file.place, why, help))


def colour_spot(file: Finished) -> Iterator[Finding]:
    """Does a page ask for a plate of its own (GWG 2015, use of spot colours)? Somebody has to pay for it."""
    spots: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for paint in page.paints:
            if paint.colour.family == "spot":
                spots[paint.colour.spot].append(page.number)
    for name, pages in sorted(spots.items()):
        why = f"{on_pages(pages).capitalize()}: the ink “{name}” would need a plate of its own."
        help = "Agree on it with the printer, or mix it from the four inks."
        yield file.on(pages, warning("colour-spot", file.place, why, help))


def ink_heavy(file: Finished) -> Iterator[Finding]:
    """Does any spot get more ink than the paper takes (GWG 2015, total ink coverage)? It does not dry, and sets off on
    the next sheet.
    """
    limit = file.rules.ink.value if file.rules and file.rules.ink else file.most_ink
    if limit is None:
        return
    heavy = _painted(file, lambda paint: paint.colour.ink > limit + 0.5)
    if heavy:
        most = max(paint.colour.ink for page in file.facts.pages for paint in page.paints)
        why = f"{on_pages(heavy).capitalize()}: a flat colour of {most:.0f} % ink; the limit is {limit} %."
        help = "Mix it from less of cyan, magenta and yellow."
        yield file.on(heavy, error("ink-heavy", file.place, why, help))
    for page in file.facts.pages:
        for picture in page.pictures:
            if picture.ink is not None and picture.ink > limit + _JPEG_SLACK:
                why = f"A picture on page {page.number} has up to {picture.ink} % ink; the limit is {limit} %."
                help = "Give the edition the printer or a profile with this limit, and build it again."
                yield file.on([page.number], error("picture-ink-heavy", file.place_of(picture), why, help))


_JPEG_SLACK = 5
"""Percent that compression may add to a single pixel."""


def white_overprints(file: Finished) -> Iterator[Finding]:
    """Is white set to overprint (GWG 2015, overprint white text, paths)? It would not be there in print."""
    pages = _painted(file, lambda paint: paint.colour.is_white and paint.colour.overprints)
    if pages:
        why = f"{on_pages(pages).capitalize()}: white that overprints; on the press, what is under it would show."
        yield file.on(pages, error("white-overprints", file.place, why, "Take the overprint off white objects."))


def black_knocks_out(file: Finished) -> Iterator[Finding]:
    """Does black text overprint what is under it (GWG 2015, overprint 100 % black text)? Else every shift of the plates
    shows as a white seam.
    """
    if not _prints_in_inks(file):
        return

    def is_knocking(paint: Paint) -> bool:
        return paint.use == "text" and _is_full_black(paint.colour) and not paint.colour.overprints

    pages = _painted(file, is_knocking)
    if pages:
        why = f"{on_pages(pages).capitalize()}: black text that does not overprint; white seams may show around it."
        yield file.on(pages, warning("black-knocks-out", file.place, why, "Set black text to overprint."))


def text_from_four_plates(file: Finished) -> Iterator[Finding]:
    """Is small text printed from one plate (GWG 2015, rich black text, small text)? From several it has seams."""

    def is_seamed(paint: Paint) -> bool:
        inks = sum(value > _TINT_LIMIT for value in paint.colour.values)
        few = 3 if paint.size > 0 and _is_dark(paint.colour) else 4
        return paint.use == "text" and paint.colour.family == "cmyk" and paint.size <= _SMALL_TEXT and inks >= few

    pages = _painted(file, is_seamed)
    if pages:
        why = f"{on_pages(pages).capitalize()}: text of {_SMALL_TEXT:g} pt or less from three plates or more."
        help = "Set small text in black alone, or in one or two inks."
        yield file.on(pages, warning("text-many-inks", file.place, why, help))


def line_thin(file: Finished) -> Iterator[Finding]:
    """Is every line thick enough to be printed (GWG 2015, effective line width)? Thinner ones break up."""
    if not (file.is_for_press or file.rules):
        return
    thin = _painted(file, lambda paint: paint.use == "line" and paint.size < _THIN - 0.02)
    if thin:
        why = f"{on_pages(thin).capitalize()}: lines thinner than {_THIN} pt, which may break up in print."
        yield file.on(thin, hint("line-thin", file.place, why, f"Draw lines of {_THIN} pt or more."))


def _prints_in_inks(file: Finished) -> bool:
    return _intent_family(file) == "cmyk" or file.has_inks_only


def _intent_family(file: Finished) -> str:
    return next((intent.family for intent in file.facts.intents), "unknown")


def _is_full_black(colour: Colour) -> bool:
    full: Mapping[str, tuple[float, ...]] = {"cmyk": (0, 0, 0, 1), "gray": (0,)}
    return colour.values == full.get(colour.family)


def _is_dark(colour: Colour) -> bool:
    return colour.family == "cmyk" and len(colour.values) == 4 and colour.values[3] > 0.5


INK_CHECKS: tuple[Callable[[Finished], Iterator[Finding]], ...] = (
    colour_rgb,
    colour_inks,
    colour_spot,
    ink_heavy,
    white_overprints,
    black_knocks_out,
    text_from_four_plates,
    line_thin,
)
