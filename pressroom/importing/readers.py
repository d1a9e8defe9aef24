"""Readers: which one reads a source of each kind. Each loads what it needs when it is used."""

from __future__ import annotations

from pathlib import Path

from pressroom.importing.brought import Brought
from pressroom.importing.folders import read_markdown, read_mdbook, read_myst, read_obsidian, read_quarto
from pressroom.importing.gallery_text import read_gallery
from pressroom.importing.source_kinds import SourceKind


def read_source(source: Path, kind: SourceKind) -> Brought:
    """All that a source gives.

    Raises PressroomError for a source that is damaged or dangerous, or has nothing to read.
    """
    match kind:
        case SourceKind.PHOTOGRAPHS:
            raise AssertionError("photographs have a door of their own")
        case SourceKind.QUARTO:
            return read_quarto(source)
        case SourceKind.MDBOOK:
            return read_mdbook(source)
        case SourceKind.MYST:
            return read_myst(source)
        case SourceKind.OBSIDIAN:
            return read_obsidian(source)
        case SourceKind.MARKDOWN:
            return read_markdown(source)
        case SourceKind.TEXT_GALLERY:
            return read_gallery(source)
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
