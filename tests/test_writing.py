"""docs/writing.md: every example is read whole, is reported in no way, and has its picture."""

from __future__ import annotations

import pytest
import writing_pictures
from conftest import laid_out, picture
from writing_pictures import DOCS, PHOTOS, examples

from pressroom.errors import Severity
from pressroom.preflight import words_lost
from pressroom.production.order import Order
from pressroom.production.reading import Manuscript
from pressroom.production.reading import read as read_publication

MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Manuscript:
    root = writing_pictures.write_chapters(tmp_path_factory.mktemp("writing") / "publication")
    for name in PHOTOS:
        picture(root / f"assets/photos/{name}.jpg", 900, 600)
    picture(root / "assets/photos/star.jpg", 160, 160)
    return read_publication(Order(root))


@pytest.mark.slow
def test_nothing_in_the_examples_is_reported(reading: Manuscript) -> None:
    told = [f"{f.place}: {f.id} {f.message}" for f in reading.findings if f.severity is not Severity.ADVICE]
    assert told == []


@pytest.mark.parametrize("edition", ["ebook", "screen", "print"])
@pytest.mark.slow
def test_no_word_of_the_examples_is_lost(reading: Manuscript, edition: str) -> None:
    assert [finding.message for finding in words_lost(laid_out(reading.edition(edition)))] == []


def test_every_example_has_its_picture_and_all_are_small() -> None:
    names = [example.picture for example in examples()]
    assert len(names) == (DOCS / "writing.md").read_text("utf-8").count("](writing/")
    assert len(set(names)) == len(names)
    sizes = {f"writing/{file.name}": file.stat().st_size for file in (DOCS / "writing").iterdir()}
    assert sorted(sizes) == sorted(names)
    assert sum(sizes.values()) < MOST_BYTES
