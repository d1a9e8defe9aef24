"""Questions about what lies on the pages: pictures, fonts, transparency, and what paper cannot do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, hint, warning
from pressroom.inspection import Font, PlacedPicture
from pressroom.preflight.press.finished import Finished, mm, on_pages

_COARSE, _SOFT = 150, 225
"""Pixels per inch under which a picture is an error, and a warning (GWG 2015, sheet-fed: image resolution)."""
_LINE_COARSE, _LINE_SOFT = 550, 800
"""The same for pictures of one bit, which are lines (GWG 2015)."""
_TINY = 10.0
"""Millimetres: smaller pictures are ornaments, of which nobody asks for pixels."""


def picture_coarse(file: Finished) -> Iterator[Finding]:
    """Has every picture enough pixels for the size at which it stands (GWG 2015, image resolution)? Fewer show as blur
    or blocks.
    """
    if not (file.is_for_press or file.rules):
        return
    told: set[str] = set()
    for page in file.facts.pages:
        for picture in page.pictures:
            least = _LINE_COARSE if picture.bits == 1 else _COARSE
            wanted = _LINE_SOFT if picture.bits == 1 else _wanted_ppi(file)
            if picture.ppi >= wanted - 0.5 or max(mm(picture.width), mm(picture.height)) < _TINY:
                continue
            if picture.digest and picture.digest in told:
                continue
            told.add(picture.digest)
            tell = error if picture.ppi < least else warning
            why = f"A picture on page {page.number} has {picture.ppi:.0f} ppi at {_measure(picture)}, not {wanted}."
            help = "Bring a larger file, or place it smaller."
            yield file.on([page.number], tell("picture-coarse", file.place_of(picture), why, help))


def _wanted_ppi(file: Finished) -> int:
    if file.min_ppi is not None:
        return file.min_ppi
    return file.rules.min_ppi.value if file.rules and file.rules.min_ppi else _SOFT


def _measure(picture: PlacedPicture) -> str:
    return f"{mm(picture.width):.0f} × {mm(picture.height):.0f} mm"


def fonts_missing(file: Finished) -> Iterator[Finding]:
    """Is every font embedded? A printer's machine would put another in its place."""
    for name, pages in _fonts(file, lambda font: not font.is_embedded).items():
        why = f"{on_pages(pages).capitalize()}: the font {name} is not in the file."
        yield file.on(pages, error("font-not-embedded", file.place, why, "Embed all fonts where the file is made."))


def font_kinds(file: Finished) -> Iterator[Finding]:
    """Are the fonts of a kind that presses take? Type 3 is drawn coarsely; OpenType needs PDF 1.6."""
    if not (file.is_for_press or file.rules):
        return
    for name, pages in _fonts(file, lambda font: font.kind == "Type 3").items():
        why = f"{on_pages(pages).capitalize()}: {name} is a Type 3 font, which some presses draw coarsely."
        yield file.on(pages, warning("font-type3", file.place, why, "Use a TrueType or OpenType font."))
    if file.standard in ("PDF/X-1a", "PDF/X-3"):
        for name, pages in _fonts(file, lambda font: font.kind == "OpenType").items():
            why = (
                f"{on_pages(pages).capitalize()}: {name} is embedded as OpenType, which {file.standard} does not know."
            )
            yield file.on(pages, error("font-opentype", file.place, why, "Use the TrueType cut of the font."))


def _fonts(file: Finished, wanted: Callable[[Font], bool]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for font in page.fonts:
            if wanted(font):
                found[font.name].append(page.number)
    return dict(sorted(found.items()))


def transparency(file: Finished) -> Iterator[Finding]:
    """Does anything shine through where the file must be flat? Older presses print it wrong or not at all."""
    if file.standard not in ("PDF/X-1a", "PDF/X-3"):
        return
    kinds: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for kind in page.transparency:
            kinds[kind].append(page.number)
    for kind, pages in kinds.items():
        why = f"{on_pages(pages).capitalize()}: {kind}; {file.standard} has no transparency."
        help = "Choose PDF/X-4, or put solid colours in its place."
        yield file.on(pages, error("transparency", file.place, why, help))


def annotated(file: Finished) -> Iterator[Finding]:
    """Are there links, notes or fields on the pages of a file for a press? PDF/X forbids them within the bleed."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        for kind in page.annotations:
            kinds[kind].append(page.number)
    if kinds and (file.is_press_standard or file.rules):
        tell = error if file.is_press_standard else warning
        for kind, pages in kinds.items():
            why = f"{on_pages(pages).capitalize()}: annotations ({kind}), which paper cannot have."
            help = "Make the file for a press: there, links become plain text."
            yield file.on(pages, tell("annotation", file.place, why, help))


def interactive(file: Finished) -> Iterator[Finding]:
    """Is there anything in the file that acts? Presses refuse scripts, forms, attachments and passwords."""
    facts = file.facts
    for is_there, what in (
        (facts.is_encrypted, "is locked with a password"),
        (facts.has_scripts, "holds scripts or actions"),
        (facts.has_attachments, "holds other files"),
        (facts.has_forms, "holds a form"),
    ):
        if is_there and (file.is_for_press or file.rules):
            yield error("file-acts", file.place, f"The file {what}; no press takes that.", "Export it without.")
    if facts.has_bookmarks and file.rules and not file.rules.marks.value:
        why = f"The file has bookmarks, and {file.rules.name} takes none."
        yield hint("bookmarks", file.place, why, "Nothing is printed of them; take them out if the upload complains.")


def file_large(file: Finished) -> Iterator[Finding]:
    """Is the file small enough for the printer's upload?"""
    rules = file.rules
    if rules and rules.max_mb and file.facts.bytes > rules.max_mb.value * 1_000_000:
        why = f"The file has {file.facts.bytes / 1e6:.0f} MB; {rules.name} takes {rules.max_mb.value:g}."
        yield error("file-large", file.place, why, "Lower image_ppi.")


CONTENT_CHECKS: tuple[Callable[[Finished], Iterator[Finding]], ...] = (
    picture_coarse,
    fonts_missing,
    font_kinds,
    transparency,
    annotated,
    interactive,
    file_large,
)
