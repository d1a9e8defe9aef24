"""Readers: which one reads a source of each kind. Each loads what it needs when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pressroom.importing.brought import Brought
from pressroom.importing.folders import (
    read_bookdown,
    read_markdown,
    read_mdbook,
    read_mkdocs,
    read_myst,
    read_obsidian,
    read_posts,
    read_quarto,
)
from pressroom.importing.gallery_text import read_gallery
from pressroom.importing.source_kinds import SourceKind

_READERS: Mapping[SourceKind, Callable[[Path], Brought]] = {
    SourceKind.QUARTO: read_quarto,
    SourceKind.BOOKDOWN: read_bookdown,
    SourceKind.MDBOOK: read_mdbook,
    SourceKind.MKDOCS: read_mkdocs,
    SourceKind.MYST: read_myst,
    SourceKind.OBSIDIAN: read_obsidian,
    SourceKind.BLOG: read_posts,
    SourceKind.MARKDOWN: read_markdown,
    SourceKind.TEXT_GALLERY: read_gallery,
}
"""Those that need nothing that is not loaded anyway."""


def read_source(source: Path, kind: SourceKind) -> Brought:
    """All that a source gives.

    Raises PressroomError for a source that is damaged or dangerous, or has nothing to read.
    """
    if kind in _READERS:
        return _READERS[kind](source)
    match kind:
        case SourceKind.PHOTOGRAPHS:
            raise AssertionError("photographs have a door of their own")
        case SourceKind.EBOOK:
            from pressroom.importing.ebook_reading import read_ebook  # noqa: PLC0415 - when it is needed

            return read_ebook(source)
        case SourceKind.WEB_PAGE:
            from pressroom.importing.web_pages import read_web_page  # noqa: PLC0415 - when it is needed

            return read_web_page(source)
        case SourceKind.ZIPPED_WEB_PAGE:
            from pressroom.importing.web_pages import read_zipped_page  # noqa: PLC0415 - when it is needed

            return read_zipped_page(source)
        case SourceKind.WORD:
            from pressroom.importing.office.docx_reading import read_docx  # noqa: PLC0415 - when it is needed

            return read_docx(source)
        case SourceKind.OPEN_DOCUMENT:
            from pressroom.importing.office.odt_reading import read_odt  # noqa: PLC0415

            return read_odt(source)
        case _:
            raise AssertionError(kind)
