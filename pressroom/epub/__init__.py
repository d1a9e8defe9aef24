"""Reflowable ebooks: `export` writes a composition as an EPUB 3.3 file that stores and reading systems accept.

This package parses the pages, resolves their links and writes their metadata; EbookLib only packs the finished bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from pressroom.design.composition import NAVIGATION, Composition, Unit
from pressroom.design.pagination import PageList
from pressroom.epub import conformance, links, ncx
from pressroom.epub.accessibility import Survey, survey
from pressroom.epub.onix import EbookFacts, onix_record
from pressroom.epub.package import Package, PackageFile, pack
from pressroom.epub.package_metadata import describe
from pressroom.epub.pagelist import mark
from pressroom.epub.subset import check_complete, fonts_of

__all__ = ["EbookFacts", "Survey", "export", "fonts_of", "onix_record"]

_BEFORE_CONTENTS = ("imprint", "title-page", "cover")
"""The contents follow the first of these kinds that the book has, as in a printed book."""


def export(
    composition: Composition,
    modified: datetime,
    target: BinaryIO,
    page_list: PageList | None = None,
    fonts: Sequence[PackageFile] = (),
) -> Survey:
    """Write the EPUB of a composition to `target`, a seekable file, and return its accessibility features.

    `fonts` are the result of `fonts_of`; `page_list` has the pages of a print edition, if there is one. The same
    composition and `modified` (an aware datetime) give the same bytes. Pictures are read one at a time.

    Raises PressroomError for pages that are not well-formed, dead links and a false claim of conformance, OSError for
    a picture that cannot be read, and ValueError for missing fonts.
    """
    check_complete(composition, fonts)
    pages = links.read_pages(composition)
    cover = _cover_picture(composition, pages)
    spine = _reading_order(composition.units)
    markers = mark(pages, spine, page_list) if page_list else ()
    files = [*_styles(composition), *_pictures(composition, cover), *fonts]
    as_read = sorted(pages, key=lambda page: spine.index(page.id))
    places = links.connect(as_read, {part.file for part in files})
    contents = PackageFile("ncx", ncx.FILE, "application/x-dtbncx+xml", ncx.render(composition, places, markers))
    source = page_list.source if markers and page_list else ""
    conformance.check_claim(composition, pages, source)
    counts = survey(pages)
    package = Package(
        language=composition.publication.settings.language,
        metadata=describe(composition, modified, counts, cover, source),
        parts=(*(_page_part(page) for page in pages), contents, *files),
        spine=tuple(map(_page_id, spine)),
    )
    pack(package, modified, target)
    return counts


def _cover_picture(composition: Composition, pages: Sequence[links.Page]) -> str:
    """The manifest id of the picture that shops display: the cover's, else the first one on the cover page.
    Empty if there is none.
    """
    if composition.cover is not None:
        return _picture_id(composition.cover.name)
    covers = {unit.id for unit in composition.units if unit.kind == "cover"}
    shown = [file for page in pages if page.id in covers for file in links.pictures_on(page)]
    names = {f"pictures/{rendition.name}": rendition.name for rendition in composition.renditions}
    return next((_picture_id(names[file]) for file in shown if file in names), "")


def _picture_id(name: str) -> str:
    return f"picture-{name}"


def _styles(composition: Composition) -> Iterator[PackageFile]:
    for style in composition.styles:
        yield PackageFile(f"style-{style.name}", f"styles/{style.name}", "text/css", style.css.encode())


def _pictures(composition: Composition, cover: str) -> Iterator[PackageFile]:
    for rendition in composition.renditions:
        id = _picture_id(rendition.name)
        properties = ("cover-image",) if id == cover else ()
        yield PackageFile(id, f"pictures/{rendition.name}", rendition.media_type, rendition.path, properties)


def _page_part(page: links.Page) -> PackageFile:
    properties = ("nav", *page.properties) if page.id == NAVIGATION else page.properties
    return PackageFile(_page_id(page.id), page.file, "application/xhtml+xml", page.to_bytes(), properties)


def _page_id(unit_id: str) -> str:
    return f"page-{unit_id}"


def _reading_order(units: Sequence[Unit]) -> list[str]:
    """The ids of the pages in reading order: the cover first, and the contents after the front pieces."""
    ordered = sorted(units, key=lambda unit: unit.kind != "cover")
    kinds = [unit.kind for unit in ordered]
    before = next((kinds.index(kind) + 1 for kind in _BEFORE_CONTENTS if kind in kinds), 0)
    ids = [unit.id for unit in ordered]
    return [*ids[:before], NAVIGATION, *ids[before:]]
