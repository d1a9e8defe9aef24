"""Fixed layouts: an ebook whose pages are laid out as those of a PDF, and handed over with their text in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import epub, layouts, photographs
from pressroom.build.order import Manuscript
from pressroom.layouts import Composition, PrintPage
from pressroom.publication.editions import as_pages

if TYPE_CHECKING:
    from pressroom.pdf import LaidSheets  # loaded when pages are to be set: a machine may lack Pango


def with_pages(manuscript: Manuscript, name: str) -> Manuscript:
    """The manuscript with an ebook’s edition as the pages that it is laid out on."""
    settings = manuscript.publication.settings
    edition = as_pages(settings.editions[name], settings.editions)
    settings = settings.model_copy(update={"editions": {**settings.editions, name: edition}})
    return replace(manuscript, publication=replace(manuscript.publication, settings=settings))


def book_of(manuscript: Manuscript, composition: Composition, laid: LaidSheets, cache: Path) -> epub.Book:
    """The pages with what an ebook needs beside them. Raises PressroomError for a font that it may not bring."""
    settings = manuscript.publication.settings
    edition = settings.editions[composition.name]
    hidden = settings.identifier(composition.name) if getattr(edition, "fonts", "") == "obfuscate" else ""
    fonts = epub.fixed_fonts(composition, laid.fonts, cache / "fonts", hidden)
    return epub.Book(composition, laid.sheets, laid.fonts, fonts, _shop_cover(manuscript, composition.name, cache))


def _shop_cover(manuscript: Manuscript, name: str, cache: Path) -> photographs.Rendition | None:
    """The cover as shops and shelves show it, with its words, as of every ebook. None where it needs no picture."""
    of = manuscript
    recipe, _ = layouts.cover_picture(of.publication, name, of.layout, of.album, of.place_of)
    return photographs.render_cover(of.album.get("cover"), recipe, cache / "renditions") if recipe else None


def same_pages(ours: Sequence[PrintPage], theirs: Sequence[PrintPage], composition: Composition) -> bool:
    """Whether two editions have the same pages: every word of the manuscript under the same number."""
    chapters = {unit.id for unit in composition.units if unit.source}
    return [p for p in ours if p.unit in chapters] == [p for p in theirs if p.unit in chapters]
