"""Arranged books as they are really laid out: what covers their pages, what is cut, and where captions stand.

`make looks` measures six folders on five papers; here are the first folder and two papers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from picture_pages import FOLDERS, PicturePages, made_pages

pytestmark = pytest.mark.slow
COVERED = {"210x210mm": 0.72, "297x210mm": 0.82}
"""The least share of the type area that is covered on the whole, by paper."""


@pytest.fixture(scope="module")
def books() -> Iterator[dict[str, PicturePages]]:
    with tempfile.TemporaryDirectory() as folder:  # the pictures are looked at again
        yield dict(made_pages(FOLDERS["12 mixed"], tuple(COVERED), Path(folder)))


@pytest.mark.parametrize("paper", COVERED)
def test_pages_are_covered_and_none_is_blank(books: dict[str, PicturePages], paper: str) -> None:
    covers = [cover for cover, _ in books[paper].covered]
    assert sum(covers) / len(covers) >= COVERED[paper]
    assert min(covers) >= 0.5
    assert books[paper].blank == []


@pytest.mark.parametrize("paper", COVERED)
def test_pictures_keep_order_resolution_and_what_matters_in_them(books: dict[str, PicturePages], paper: str) -> None:
    book = books[paper]
    assert len(book.pictures) == 12
    assert book.book.out_of_order == []
    assert max(picture.crop for picture in book.pictures if not picture.bleeds) <= 0.081
    assert max(picture.crop for picture in book.pictures if picture.bleeds) <= 0.171
    assert min(picture.ppi for picture in book.pictures) >= book.paper.ppi
    assert [what for picture in book.pictures for what in picture.harmed] == []


@pytest.mark.parametrize("paper", COVERED)
def test_captions_stand_on_the_spread_of_their_picture(books: dict[str, PicturePages], paper: str) -> None:
    assert books[paper].far_captions == []
