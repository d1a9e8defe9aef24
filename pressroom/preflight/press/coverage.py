"""Questions about ink: plates, total ink and overprinting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from pressroom.errors import Finding, advice, error, warning
from pressroom.inspection import PaintColour, PlacedPicture
from pressroom.inspection.page import Paint
from pressroom.preflight.press.press_file import PressFile

_SMALL_TEXT = 9.0
"""Points: in text up to this size, printed from several plates, misregistration shows as coloured seams."""
_DARK, _DARK_INKS, _PALE_INKS = 0.5, 2, 3
"""Share of black from which text counts as dark, and the most plates of dark and of other small text."""
_THIN = 0.25
"""Points: the thinnest line that every platesetter can draw."""
_TINT_LIMIT = 0.02
"""Share of ink that is invisible, and that a conversion may leave behind."""
_JPEG_SLACK = 5
"""Percent of ink that JPEG compression may add to a single pixel."""
_RGB_FAMILIES = ("rgb", "lab")


def colour_rgb(file: PressFile) -> Iterator[Finding]:
    """Is everything in inks where inks are asked for? From RGB the printer's machine would choose them, and black text
    would be printed in four.
    """
    if not (file.has_inks_only or (file.is_press_standard and _intent_family(file) == "cmyk")):
        return
    flat = file.painted(lambda paint: paint.colour.family in _RGB_FAMILIES)
    if flat:
        why = "text or areas in RGB; the press has inks, and a machine would choose them."
        remedy = "Give the edition a profile, or set these colours in device-cmyk()."
        yield file.on(flat, error("colour-rgb", file.place, why, remedy))
    for picture, pages in file.pictures(lambda picture: _is_rgb(picture, file)):
        why = "a picture in RGB; the press has inks, and a machine would choose them."
        remedy = "Give the edition a profile: then its pictures are separated for it."
        yield file.on(pages, error("picture-rgb", file.place_of(picture), why, remedy))


def _is_rgb(picture: PlacedPicture, file: PressFile) -> bool:
    """Whether a picture is in RGB where its standard forbids that: PDF/X-4 takes calibrated ones."""
    is_taken = picture.is_calibrated and file.standard == "PDF/X-4" and not file.has_inks_only
    return picture.family in _RGB_FAMILIES and not is_taken


def colour_inks(file: PressFile) -> Iterator[Finding]:
    """Is everything in sRGB where the printer works from that? Inks would be turned into sRGB and into inks again."""
    if file.rules is None or file.rules.colour.value != "srgb":
        return
    flat = file.painted(lambda paint: paint.colour.family == "cmyk")
    pictures = [number for _, pages in file.pictures(lambda p: p.family == "cmyk") for number in pages]
    if flat or pictures:
        why = f"colours in inks; {file.rules.name} prints from sRGB, and would change them twice."
        remedy = "Make an edition for this printer, without a profile."
        yield file.on([*flat, *pictures], warning("colour-inks", file.place, why, remedy))


def colour_spot(file: PressFile) -> Iterator[Finding]:
    """Do four plates do? Each further one has to be agreed on, and paid for."""
    spots: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for spot in {paint.colour.spot for paint in page.paints if paint.colour.family == "spot"}:
            spots[spot].append(page.number)
    for name, pages in sorted(spots.items()):
        why = f"the ink “{name}” would need a plate of its own, which has to be paid for."
        remedy = "Agree on it with the printer, or mix it from the four inks."
        if file.is_for_press:
            yield file.on(pages, warning("colour-spot", file.place, why, remedy))


def ink_heavy(file: PressFile) -> Iterator[Finding]:
    """Does no spot get more ink than the paper takes? More does not dry, and sets off on the next sheet."""
    asked = (file.rules.ink.value if file.rules and file.rules.ink else None, file.most_ink)
    limit = min((percent for percent in asked if percent is not None), default=None)
    if limit is None:
        return
    heavy = file.painted(lambda paint: paint.colour.ink > limit + 0.5)
    if heavy:
        most = max(paint.colour.ink for page in file.facts.pages for paint in page.paints)
        why = f"a colour of {most:.0f} % ink where the limit is {limit} %; it would not dry."
        remedy = "Mix it from less cyan, magenta and yellow."
        yield file.on(heavy, error("ink-heavy", file.place, why, remedy))
    for picture, pages in file.pictures(lambda p: p.ink is not None and p.ink > limit + _JPEG_SLACK):
        why = f"a picture of up to {picture.ink} % ink where the limit is {limit} %; it would not dry."
        remedy = "Separate it for a profile with this limit: name the printer or the profile, and build again."
        yield file.on(pages, error("picture-ink-heavy", file.place_of(picture), why, remedy))


def white_overprints(file: PressFile) -> Iterator[Finding]:
    """Does white knock out what is under it? If it overprints it is not there in print."""
    pages = file.painted(lambda paint: paint.colour.is_white and paint.colour.overprints)
    if pages and file.is_for_press:
        why = "white that overprints; on the press what is under it would show instead."
        yield file.on(pages, error("white-overprints", file.place, why, "Take the overprint off white objects."))


def black_knocks_out(file: PressFile) -> Iterator[Finding]:
    """Does black text overprint what is under it? Else every shift of the plates shows as a white seam."""
    if not (file.is_for_press and (_intent_family(file) == "cmyk" or file.has_inks_only)):
        return

    def is_knocking(paint: Paint) -> bool:
        return paint.use == "text" and _is_full_black(paint.colour) and not paint.colour.overprints

    pages = file.painted(is_knocking)
    if pages:
        why = "black text that does not overprint; where it stands on a colour, white seams may show around it."
        yield file.on(pages, warning("black-knocks-out", file.place, why, "Set black text to overprint (OPM 1)."))


def text_from_many_plates(file: PressFile) -> Iterator[Finding]:
    """Is small text printed from few plates: black text from one or two, coloured text from three at most? From more
    it has coloured seams.
    """

    def is_seamed(paint: Paint) -> bool:
        colour, inks = paint.colour, sum(value > _TINT_LIMIT for value in paint.colour.values)
        most = _DARK_INKS if colour.family == "cmyk" and colour.values[3:] > (_DARK,) else _PALE_INKS
        return paint.use == "text" and colour.family == "cmyk" and paint.size <= _SMALL_TEXT and inks > most

    pages = file.painted(is_seamed)
    if pages and file.is_for_press:
        why = f"text of {_SMALL_TEXT:g} pt or less from many plates; where they shift, it has coloured seams."
        remedy = "Set small text in black alone, or in a colour of one or two inks."
        yield file.on(pages, warning("text-many-inks", file.place, why, remedy))


def line_thin(file: PressFile) -> Iterator[Finding]:
    """Is every line thick enough to be printed? Thinner ones break up."""
    thin = file.painted(lambda paint: paint.use == "line" and paint.size < _THIN - 0.02)
    if thin and file.is_for_press:
        why = f"lines thinner than {_THIN} pt, which may break up in print."
        yield file.on(thin, advice("line-thin", file.place, why, f"Draw lines of {_THIN} pt or more."))


def _intent_family(file: PressFile) -> str:
    return next((intent.family for intent in file.facts.intents), "unknown")


def _is_full_black(colour: PaintColour) -> bool:
    full: Mapping[str, tuple[float, ...]] = {"cmyk": (0, 0, 0, 1), "gray": (0,)}
    return colour.values == full.get(colour.family)


INK_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    colour_rgb,
    colour_inks,
    colour_spot,
    ink_heavy,
    white_overprints,
    black_knocks_out,
    text_from_many_plates,
    line_thin,
)
