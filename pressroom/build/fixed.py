"""Fixed layouts: an ebook whose pages are laid out as those of a PDF, and handed over with their text in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pressroom import layouts, photographs
from pressroom.build.order import Manuscript
from pressroom.layouts import Composition, PrintPage
from pressroom.publication.editions import as_pages


def with_pages(manuscript: Manuscript, name: str) -> Manuscript:
    """The manuscript with an ebook’s edition as the pages that it is laid out on."""
    settings = manuscript.publication.settings
    edition = as_pages(settings.editions[name], settings.editions)
    settings = settings.model_copy(update={"editions": {**settings.editions, name: edition}})
    return replace(manuscript, publication=replace(manuscript.publication, settings=settings))


def shop_cover(manuscript: Manuscript, name: str, cache: Path) -> photographs.Rendition | None:
    """The cover as shops and shelves show it, with its words: the same for every ebook. None where it needs none.

    Raises UnusableError for a photograph that is damaged.
    """
    of = manuscript
    recipe, _ = layouts.cover_picture(of.publication, name, of.layout, of.album, of.place_of)
    return photographs.render_cover(of.album.get("cover"), recipe, cache) if recipe else None


def same_pages(ours: Sequence[PrintPage], theirs: Sequence[PrintPage], composition: Composition) -> bool:
    """Whether two editions have the same pages: every word of the manuscript under the same number."""
    chapters = {unit.id for unit in composition.units if unit.source}
    return [p for p in ours if p.unit in chapters] == [p for p in theirs if p.unit in chapters]
