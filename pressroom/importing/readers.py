"""Readers: which one reads a source of each kind. Each loads what it needs when it is used."""

from __future__ import annotations

from pathlib import Path

from pressroom.errors import Place, UsageError, error
from pressroom.importing.brought import Brought
from pressroom.importing.folders import read_markdown, read_mdbook, read_myst, read_obsidian, read_quarto
from pressroom.importing.gallery_text import read_gallery
from pressroom.importing.source_kinds import SourceKind


def read_source(source: Path, kind: SourceKind) -> Brought:
    """All that a source gives.

    Raises PressroomError for a source that is damaged or dangerous, and UsageError where no reader knows its kind.
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
        case SourceKind.WORD:
            from pressroom.importing.office.docx_reading import read_docx  # noqa: PLC0415 - when it is needed

            return read_docx(source)
        case _:
            why = f"{source.name} is {kind}, which cannot be imported as yet. Nothing was written."
            remedy = "Save it as a Word document (.docx) or as Markdown."
            raise UsageError([error("import-kind", Place(str(source)), why, remedy)])
