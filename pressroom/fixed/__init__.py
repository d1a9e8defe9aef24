"""Fixed-layout ebooks (EPUB 3.3, 8): the pages of the book with their text, not pictures of pages.

`page_files` writes each page as XHTML, `styles` the style sheet, `navigation` the navigation document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from pressroom.design.composition import Composition, FontFace
from pressroom.epub import links, ncx
from pressroom.epub.accessibility import Survey, survey
from pressroom.epub.package import Package, PackageFile, pack
from pressroom.epub.package_metadata import describe
from pressroom.epub.subset import font_parts, wanted_of
from pressroom.errors import Finding, Place, PressroomError, error
from pressroom.fixed.fixed_page import Element, FixedPage, Image, walk
from pressroom.fixed.navigation import navigation
from pressroom.fixed.page_files import Leaf, Renderer, leaves
from pressroom.fixed.styles import FILE, Types, sheet
from pressroom.language.words import is_rtl
from pressroom.photographs import Rendition

__all__ = ["Book", "export_fixed", "fixed_fonts"]

_RENDITION = {"layout": "pre-paginated", "orientation": "auto", "spread": "auto"}
"""Two pages side by side on a screen that is wide enough. Every reading system knows `auto`; some do not know
`landscape`."""
_OF_NOTHING = "none"
"""The value of pageBreakSource for pages that no print edition has."""


@dataclass(frozen=True)
class Book:
    """The input of a fixed-layout ebook."""

    composition: Composition
    sheets: tuple[FixedPage, ...]
    faces: tuple[FontFace, ...]
    """The faces that its lines are set in."""
    fonts: tuple[PackageFile, ...]
    """The font files of these faces, from `fixed_fonts`."""
    cover: Rendition | None = None
    """The cover picture that shops and reading systems show."""
    pages_from: str = ""
    """The identifier of a print edition that has the same pages."""


def export_fixed(book: Book, modified: datetime, target: BinaryIO) -> Survey:
    """Write the EPUB of a book’s pages, and return its accessibility features. The same book and `modified` give the
    same bytes. Raises PressroomError for dead links, and OSError for a picture that cannot be read.
    """
    composition, types = book.composition, Types()
    settings = composition.publication.settings
    ids = set(_ids(book.sheets))
    laid = list(leaves(book.sheets, set(ids)))
    renderer = Renderer(settings.language, settings.title, types)
    pages = [renderer.page(leaf) for leaf in laid]
    markers = [leaf.marker for leaf in laid if leaf.marker]
    nav = navigation(composition, book.sheets, ids, markers)
    style = PackageFile("style-fixed", FILE, "text/css", sheet(book.faces, types).encode())
    files = [style, *_pictures(book), *book.fonts]
    places = links.connect([*pages, nav], {part.file for part in files})
    contents = PackageFile("ncx", ncx.FILE, "application/x-dtbncx+xml", ncx.render(composition, places, markers))
    cover = f"picture-{book.cover.name}" if book.cover else ""
    held = survey([*pages, nav])
    metadata = describe(composition, modified, held, cover, book.pages_from)
    metadata.extend(_rendition(book))
    package = Package(
        language=settings.language,
        metadata=metadata,
        parts=(*(_part(page) for page in pages), _part(nav, "nav"), contents, *files),
        spine=tuple(page.id for page in pages),
        spreads=dict(_sides(laid, settings.language)),
    )
    pack(package, modified, target)
    return held


def fixed_fonts(
    composition: Composition, faces: Sequence[FontFace], cache: Path, obfuscated_with: str = ""
) -> tuple[PackageFile, ...]:
    """The font files of a fixed layout, as WOFF2 subsets. With other fonts, its lines would overlap.

    Raises PressroomError for a font whose licence forbids embedding (OS/2 fsType).
    """
    faults = [_unbringable(face) for face in faces if not face.may_be_embedded]
    if faults:
        raise PressroomError(faults)
    return font_parts(faces, wanted_of(composition), cache, obfuscated_with)


def _unbringable(face: FontFace) -> Finding:
    why = f"The licence of the font “{face.family}” forbids embedding, and a fixed layout must embed its fonts."
    remedy = (
        "Name another family under fonts, or buy the licence that allows it; layout_mode: reflowable needs no font."
    )
    return error("font-withheld", Place(face.file.name), why, remedy)


def _ids(sheets: Sequence[FixedPage]) -> Iterator[str]:
    for one in sheets:
        yield from (id for node in walk(one.kids) if isinstance(node, Element) and (id := node.get("id")))


def _part(page: links.Page, *properties: str) -> PackageFile:
    return PackageFile(page.id, page.file, "application/xhtml+xml", page.to_bytes(), (*properties, *page.properties))


def _pictures(book: Book) -> Iterator[PackageFile]:
    """The pictures of the pages, and the cover."""
    shown = {node.name for one in book.sheets for node in walk(one.kids) if isinstance(node, Image)}
    renditions = {r.name: r for r in book.composition.renditions if r.name in shown}
    if book.cover:
        renditions[book.cover.name] = book.cover
    for name, rendition in renditions.items():
        properties = ("cover-image",) if book.cover and name == book.cover.name else ()
        yield PackageFile(f"picture-{name}", f"pictures/{name}", rendition.media_type, rendition.path, properties)


def _sides(laid: Sequence[Leaf], language: str) -> Iterator[tuple[str, str]]:
    """The side of the spread of each page, as a spine property; the cover is alone in the centre."""
    right = "left" if is_rtl(language) else "right"
    left = "left" if right == "right" else "right"
    for leaf in laid:
        if leaf.sheet.kind == "cover":
            yield leaf.id, "rendition:page-spread-center"
        else:
            yield leaf.id, f"page-spread-{right if leaf.sheet.is_recto else left}"


def _rendition(book: Book) -> Iterator[etree._Element]:
    terms = {f"rendition:{name}": value for name, value in _RENDITION.items()}
    if not book.pages_from:
        terms["pageBreakSource"] = _OF_NOTHING
    for name, value in terms.items():
        meta = etree.Element("meta", property=name)
        meta.text = value
        yield meta
