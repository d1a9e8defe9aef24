"""The books of the benchmarks: what is measured is a sound book, and the same in all its forms."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from conftest import read


@pytest.mark.slow
def test_a_book_is_sound_and_has_the_same_pictures_in_every_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "benchmarks")
    books = importlib.import_module("books")
    books.write_book(tmp_path, "S")
    found = read(tmp_path)
    names = [figure.file for _, figure in found.publication.pictures()]
    assert found.findings == ()
    assert names == [books.picture_name(n) for n in range(12)]
    for form in ("plain.html", "peer.md"):
        text = (tmp_path / form).read_text()
        assert [text.count(f"assets/photos/{name}") for name in names] == [1] * 12
    before = {file: file.read_text().split() for file in (tmp_path / "book").glob("*.md")}
    books.edit(tmp_path)
    changed = [
        (old, new)
        for file, words in before.items()
        for old, new in zip(words, file.read_text().split(), strict=True)
        if old != new
    ]
    assert changed == [("river", "current")]
