"""Checks of the contents of pages: pictures, fonts, transparency, and interactive parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pressroom.errors import Finding, advice, error, warning
from pressroom.inspection import Font, PageFacts, PlacedPicture
from pressroom.preflight.press.press_file import PressFile, mm

_COARSE, _SOFT = 150, 225
"""Pixels per inch: a picture with fewer than the first is an error, with fewer than the second a warning."""
_LINE_COARSE, _LINE_SOFT = 550, 800
"""The same for pictures of one bit, which are line art."""
_TINY = 10.0
"""Millimetres: smaller pictures count as ornaments, whose resolution is not checked."""


def _pages_by(file: PressFile, kinds_on: Callable[[PageFacts], Iterable[str]]) -> Iterable[tuple[str, list[int]]]:
    """Each thing that is found on pages, with the numbers of these pages."""
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for kind in kinds_on(page):
            found[kind].append(page.number)
    return found.items()


def page_damaged(file: PressFile) -> Iterator[Finding]:
    """Can everything on every page be read? A press may stop at damage that a viewer skips."""
    for damage, pages in _pages_by(file, lambda page: [page.damage] if page.damage else []):
        why = f"{damage}; a press may stop here, or leave something out."
        yield file.on(pages, error("page-damaged", file.place, why, "Export the file again, or from another program."))


def picture_damaged(file: PressFile) -> Iterator[Finding]:
    """Can every picture be decoded to its last pixel? Where one cannot, the press stops, or leaves a grey area."""
    for picture, pages in file.pictures(lambda picture: picture.is_damaged):
        size = "{} × {}".format(*picture.pixels)
        why = f"a picture is damaged: not all of its {size} pixels can be decoded, so that a press stops here, or "
        why += "prints a part of it grey or not at all."
        remedy = "Open its original file and look at it, replace it if it is damaged, and export again."
        yield file.on(pages, error("picture-damaged", file.place_of(picture), why, remedy))


def pages_missing(file: PressFile) -> Iterator[Finding]:
    """Has the file any pages?"""
    if not file.facts.pages:
        yield error("pages-missing", file.place, "The file has no pages: there is nothing to print.", "Export again.")


def picture_coarse(file: PressFile) -> Iterator[Finding]:
    """Has every picture enough pixels for its size on the page? Too few print as blur or blocks."""
    # preflight.plan has warned of most pictures; this reports those that came out larger than planned.
    if not file.is_for_press:
        return
    for picture, pages in file.pictures(lambda picture: _is_coarse(picture, file)):
        place = file.place_of(picture)
        if place in file.reported:
            continue
        size, wanted = (
            f"{mm(picture.width):.0f} × {mm(picture.height):.0f} mm",
            file.asked_ppi or _wanted_ppi(picture, file),
        )
        why = f"a picture has {picture.ppi:.0f} ppi at {size}, where {wanted} are asked for; it prints blurred."
        remedy = "Use a larger file, or place it smaller."
        if file.min_ppi is None and picture.ppi < (_LINE_COARSE if picture.bits == 1 else _COARSE):
            yield file.on(pages, error("picture-coarse", place, why, remedy))
        else:
            yield file.on(pages, warning("picture-coarse", place, why, remedy))


def _is_coarse(picture: PlacedPicture, file: PressFile) -> bool:
    is_tiny = max(mm(picture.width), mm(picture.height)) < _TINY
    return not is_tiny and picture.ppi < _wanted_ppi(picture, file) - 0.5


def _wanted_ppi(picture: PlacedPicture, file: PressFile) -> int:
    if file.min_ppi is not None:
        return file.min_ppi
    if picture.bits == 1:
        return _LINE_SOFT
    return file.rules.min_ppi.value if file.rules and file.rules.min_ppi else _SOFT


def fonts_missing(file: PressFile) -> Iterator[Finding]:
    """Is every font embedded? The printer's software would replace a missing one."""
    for name, pages in _fonts(file, lambda font: not font.is_embedded).items():
        why = f"the font {name} is not embedded; the printer’s software would replace it with another."
        yield file.on(pages, error("font-not-embedded", file.place, why, "Embed all fonts when you export the file."))


def font_kinds(file: PressFile) -> Iterator[Finding]:
    """Has every font a format that presses accept? Type 3 may print coarsely; OpenType needs PDF 1.6."""
    if not file.is_for_press:
        return
    for name, pages in _fonts(file, lambda font: font.kind == "Type 3").items():
        why = f"{name} is a Type 3 font, which some presses print coarsely."
        yield file.on(pages, warning("font-type3", file.place, why, "Use a TrueType or OpenType font."))
    if file.standard in ("PDF/X-1a", "PDF/X-3"):
        for name, pages in _fonts(file, lambda font: font.kind == "OpenType").items():
            why = f"{name} is embedded as OpenType, which {file.standard} does not allow."
            yield file.on(pages, error("font-opentype", file.place, why, "Use the TrueType cut of the font."))


def _fonts(file: PressFile, wanted: Callable[[Font], bool]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for font in page.fonts:
            if wanted(font):
                found[font.name].append(page.number)
    return dict(sorted(found.items()))


def transparency(file: PressFile) -> Iterator[Finding]:
    """Is the file free of transparency where its standard forbids it? Older presses print it wrong or not at all."""
    if file.standard not in ("PDF/X-1a", "PDF/X-3"):
        return
    for kind, pages in _pages_by(file, lambda page: page.transparency):
        why = f"the page has {kind}; {file.standard} allows no transparency, and a press may print it wrong."
        remedy = "Choose PDF/X-4, or use solid colours instead."
        yield file.on(pages, error("transparency", file.place, why, remedy))


def annotated(file: PressFile) -> Iterator[Finding]:
    """Are the pages free of links, notes and form fields? PDF/X forbids them, and some presses print them."""
    if not file.is_for_press:
        return
    for kind, pages in _pages_by(file, lambda page: page.annotations):
        why = f"the page has annotations ({kind}), which do nothing on paper and which some presses print."
        remedy = "Export the file for a press, with links as plain text."
        if file.is_press_standard:
            yield file.on(pages, error("annotation", file.place, why, remedy))
        else:
            yield file.on(pages, warning("annotation", file.place, why, remedy))


def interactive(file: PressFile) -> Iterator[Finding]:
    """Is the file free of scripts, forms, attachments, bookmarks and passwords? Presses and uploads refuse them."""
    facts = file.facts
    if not file.is_for_press:
        return
    for is_there, what in (
        (facts.is_encrypted, "is encrypted, or locked with a password"),
        (facts.has_scripts, "has scripts or actions"),
        (facts.has_attachments, "has attached files"),
        (facts.has_forms, "has a form"),
    ):
        if is_there:
            yield error("file-acts", file.place, f"The file {what}; printers refuse that.", "Export it without.")
    if facts.has_bookmarks and file.rules:
        why = "The file has bookmarks, which do nothing on paper and which some uploads refuse."
        yield advice("bookmarks", file.place, why, "Remove them if the printer’s upload refuses the file.")


def file_large(file: PressFile) -> Iterator[Finding]:
    """Is the file small enough for the printer's upload?"""
    rules = file.rules
    if rules and rules.max_mb and file.facts.bytes > rules.max_mb.value * 1_000_000:
        why = f"The file has {file.facts.bytes / 1e6:.0f} MB; {rules.name} takes {rules.max_mb.value:g} MB at most."
        yield error("file-large", file.place, why, "Lower image_ppi of the edition.")


CONTENT_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    pages_missing,
    page_damaged,
    picture_damaged,
    picture_coarse,
    fonts_missing,
    font_kinds,
    transparency,
    annotated,
    interactive,
    file_large,
)
