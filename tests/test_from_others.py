"""Manuscripts in the manner of Quarto, Word and Obsidian: all of them is read, no sign is printed, no word is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import laid_out, picture

from pressroom.errors import Severity
from pressroom.preflight import words_lost
from pressroom.production.order import Order
from pressroom.production.reading import Manuscript
from pressroom.production.reading import read as read_publication

FOLDER = Path(__file__).parent / "from_others"
PICTURES = ("mill", "sail", "stone", "media/image1", "media/image2")
RAW = re.compile(r"[{}|\\]|\[[@^!x ]|\]\(|::|\*\*|==|~~|\$\$|\$[A-Za-z\\]|^#|\bTable: |@\w", re.MULTILINE)
"""Signs of Markdown; none of these manuscripts means them as text."""


@pytest.fixture(scope="module", params=sorted(folder.name for folder in FOLDER.iterdir()))
def manuscript(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Manuscript:
    root = tmp_path_factory.mktemp(request.param) / "publication"
    shutil.copytree(FOLDER / request.param, root)
    for name in PICTURES:
        picture(root / f"assets/photos/{name}.jpg", 900, 600)
    return read_publication(Order(root))


def printed(manuscript: Manuscript, edition: str) -> Iterator[str]:
    """The text of an edition, without code and formulas."""
    for unit in laid_out(manuscript.edition(edition)).units:
        root = unit.document.copy()
        for element in [*root.iter()]:
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in ("code", "math", "head", "style"):
                element.clear(keep_tail=True)
        yield "".join(map(str, root.itertext()))


@pytest.mark.slow
def test_nothing_is_reported_that_a_reader_would_see(manuscript: Manuscript) -> None:
    known = {"size-dropped", "key-foreign", "picture-small", "photo-unused"}
    told = [f"{f.place} {f.id}" for f in manuscript.findings if f.severity is not Severity.ADVICE and f.id not in known]
    assert told == []


@pytest.mark.parametrize("edition", ["ebook", "screen"])
@pytest.mark.slow
def test_no_sign_is_printed_and_no_word_is_lost(manuscript: Manuscript, edition: str) -> None:
    assert [(found[0], found.string[max(0, found.start() - 30) :][:60]) for text in printed(manuscript, edition)
            for found in RAW.finditer(text)] == []  # fmt: skip
    assert [finding.message for finding in words_lost(laid_out(manuscript.edition(edition)))] == []
