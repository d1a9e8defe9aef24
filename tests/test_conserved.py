"""Conserved chapters: those whose words were all found are looked through again only when something of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Publish, laid_out

from pressroom import preflight
from pressroom.design import Composition
from pressroom.errors import Finding
from pressroom.production import conserved
from pressroom.production.order import Order
from pressroom.production.reading import read
from pressroom.xhtml import XhtmlDocument

FILES = {"book/a.md": "# One\n\nThe mill stands.\n", "book/b.md": "# Two\n\n![Boats](b.jpg)\nBoats leave.\n"}
SETTINGS = "title: T\nlanguage: en\nchapters: [a.md, b.md]\neditions:\n  ebook: {format: epub}\n"


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chapters that were looked through."""
    sources: list[str] = []
    look = preflight.words_lost

    def noted(composition: Composition) -> Iterator[Finding]:
        sources.extend(unit.source for unit in composition.units if unit.source)
        return look(composition)

    monkeypatch.setattr(preflight, "words_lost", noted)
    return sources


def composed(publication: Publish, **files: str) -> Composition:
    return laid_out(read(Order(publication({**FILES, **files}, settings=SETTINGS))).edition("ebook"))


def test_only_a_chapter_that_changed_is_looked_through(
    publication: Publish, tmp_path: Path, looked_at: list[str]
) -> None:
    changes: dict[str, dict[str, str]] = {
        "at first": {},
        "nothing": {},
        "a word": {"book/a.md": "# One\n\nThe mill fell.\n"},
        "the words of a picture": {"book/photos.yaml": "b.jpg: {credit: A photographer}\n"},
    }
    for files in changes.values():
        assert conserved.words_lost(composed(publication, **files), "builder", tmp_path / "kept") == []
        looked_at.append("|")
    assert "".join(looked_at) == "book/a.mdbook/b.md||book/a.md|book/a.mdbook/b.md|"


def test_another_builder_or_a_damaged_file_has_all_looked_through(
    publication: Publish, tmp_path: Path, looked_at: list[str]
) -> None:
    composition, kept = composed(publication), tmp_path / "kept"
    for builder in ("one", "another"):
        conserved.words_lost(composition, builder, kept)
    kept.write_bytes(kept.read_bytes()[:-1])
    conserved.words_lost(composition, "another", kept)
    conserved.words_lost(composition, "another", None)
    assert looked_at == ["book/a.md", "book/b.md"] * 4


def test_a_loss_is_told_each_time(publication: Publish, tmp_path: Path) -> None:
    composition, kept = composed(publication), tmp_path / "kept"
    broken = tuple(
        replace(unit, document=XhtmlDocument(unit.document.text.replace("mill", ""))) for unit in composition.units
    )
    assert conserved.words_lost(composition, "builder", kept) == []
    for _ in range(2):
        (finding,) = conserved.words_lost(replace(composition, units=broken), "builder", kept)
        assert (finding.place.file, finding.place.line) == ("book/a.md", 3)


def test_where_nothing_can_be_kept_words_are_looked_for_all_the_same(publication: Publish, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert conserved.words_lost(composed(publication), "builder", tmp_path / "file/kept") == []
