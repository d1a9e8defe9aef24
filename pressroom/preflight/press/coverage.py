"""Checks of ink: plates, total ink and overprinting."""

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
    """Are all colours CMYK or spot colours where RGB is not allowed? The printer's software would convert RGB itself,
    and black text would be printed in four inks.
    """
    if not (file.has_inks_only or (file.is_press_standard and _intent_family(file) == "cmyk")):
        return
    flat = file.painted(lambda paint: paint.colour.family in _RGB_FAMILIES)
    if flat:
        why = "text or areas are in RGB; the printer’s software would choose the inks for them."
        remedy = "Give the edition a profile, or set these colours in device-cmyk()."
        yield file.on(flat, error("colour-rgb", file.place, why, remedy))
    for picture, pages in file.pictures(lambda picture: _is_rgb(picture, file)):
        why = "a picture is in RGB; the printer’s software would choose the inks for it."
        remedy = "Give the edition a profile; Pressroom then separates its pictures for it."
        yield file.on(pages, error("picture-rgb", file.place_of(picture), why, remedy))


def _is_rgb(picture: PlacedPicture, file: PressFile) -> bool:
    """Whether a picture is in RGB where its standard forbids that: PDF/X-4 takes calibrated ones."""
    is_taken = picture.is_calibrated and file.standard == "PDF/X-4" and not file.has_inks_only
    return picture.family in _RGB_FAMILIES and not is_taken


def colour_inks(file: PressFile) -> Iterator[Finding]:
    """Are all colours sRGB where the printer asks for sRGB? CMYK would be converted to sRGB and to CMYK again."""
    if file.rules is None or file.rules.colour.value != "srgb":
        return
    flat = file.painted(lambda paint: paint.colour.family == "cmyk")
    pictures = [number for _, pages in file.pictures(lambda p: p.family == "cmyk") for number in pages]
    if flat or pictures:
        why = f"colours are in CMYK; {file.rules.name} prints from sRGB, and would convert them twice."
        remedy = "Make an edition for this printer, without a profile."
        yield file.on([*flat, *pictures], warning("colour-inks", file.place, why, remedy))


def colour_spot(file: PressFile) -> Iterator[Finding]:
    """Has the file no spot colours? Each needs a plate of its own, which the printer charges for."""
    spots: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for spot in {paint.colour.spot for paint in page.paints if paint.colour.family == "spot"}:
            spots[spot].append(page.number)
    for name, pages in sorted(spots.items()):
        why = f"the spot colour “{name}” needs a plate of its own, which the printer charges for."
        remedy = "Agree on it with the printer, or convert it to CMYK."
        if file.is_for_press:
            yield file.on(pages, warning("colour-spot", file.place, why, remedy))


def ink_heavy(file: PressFile) -> Iterator[Finding]:
    """Is the total ink within the limit everywhere? More does not dry, and sets off on the next sheet."""
    asked = (file.rules.ink.value if file.rules and file.rules.ink else None, file.most_ink)
    limit = min((percent for percent in asked if percent is not None), default=None)
    if limit is None:
        return
    heavy = file.painted(lambda paint: paint.colour.ink > limit + 0.5)
    if heavy:
        most = max(paint.colour.ink for page in file.facts.pages for paint in page.paints)
        why = f"a colour has {most:.0f} % total ink where the limit is {limit} %; it would not dry."
        remedy = "Mix it from less cyan, magenta and yellow."
        yield file.on(heavy, error("ink-heavy", file.place, why, remedy))
    for picture, pages in file.pictures(lambda p: p.ink is not None and p.ink > limit + _JPEG_SLACK):
        why = f"a picture has up to {picture.ink} % total ink where the limit is {limit} %; it would not dry."
        remedy = "Separate it for a profile with this limit: name the printer or the profile, and build again."
        yield file.on(pages, error("picture-ink-heavy", file.place_of(picture), why, remedy))


def white_overprints(file: PressFile) -> Iterator[Finding]:
    """Does white knock out what is under it? White that overprints does not show in print."""
    pages = file.painted(lambda paint: paint.colour.is_white and paint.colour.overprints)
    if pages and file.is_for_press:
        why = "white overprints; in print, the colour under it shows instead."
        yield file.on(pages, error("white-overprints", file.place, why, "Turn off overprint for white objects."))


def black_knocks_out(file: PressFile) -> Iterator[Finding]:
    """Does black text overprint what is under it? Otherwise misregistration shows as white seams around it."""
    if not (file.is_for_press and (_intent_family(file) == "cmyk" or file.has_inks_only)):
        return

    def is_knocking(paint: Paint) -> bool:
        return paint.use == "text" and _is_full_black(paint.colour) and not paint.colour.overprints

    pages = file.painted(is_knocking)
    if pages:
        why = "black text does not overprint; on a colour, white seams may show around it."
        yield file.on(pages, warning("black-knocks-out", file.place, why, "Set black text to overprint (OPM 1)."))


def text_from_many_plates(file: PressFile) -> Iterator[Finding]:
    """Is small text printed from few plates: dark text from at most two, other text from at most three? With more,
    misregistration shows as coloured seams.
    """

    def is_seamed(paint: Paint) -> bool:
        colour, inks = paint.colour, sum(value > _TINT_LIMIT for value in paint.colour.values)
        most = _DARK_INKS if colour.family == "cmyk" and colour.values[3:] > (_DARK,) else _PALE_INKS
        return paint.use == "text" and colour.family == "cmyk" and paint.size <= _SMALL_TEXT and inks > most

    pages = file.painted(is_seamed)
    if pages and file.is_for_press:
        why = f"text of {_SMALL_TEXT:g} pt or less needs many plates; misregistration gives it coloured seams."
        remedy = "Set small text in black alone, or in a colour of one or two inks."
        yield file.on(pages, warning("text-many-inks", file.place, why, remedy))


def line_thin(file: PressFile) -> Iterator[Finding]:
    """Is every line at least 0.25 pt thick? Thinner ones may break up in print."""
    thin = file.painted(lambda paint: paint.use == "line" and paint.size < _THIN - 0.02)
    if thin and file.is_for_press:
        why = f"lines are thinner than {_THIN} pt, and may break up in print."
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
