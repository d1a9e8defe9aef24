"""Manuscripts as people write them, with other programs in mind: what each piece becomes, and what is said of it.

The cases are in tests/as_written/*.md, in the form that tests/test_manuscript.py explains: title, input, and what is
expected, with all findings, advice among them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Publish, lines, read
from markdown_it.utils import read_fixture_file
from test_manuscript import files_in, listing

FOLDER = Path(__file__).parent / "as_written"
CASES = [
    pytest.param(typed, expected.rstrip(), id=f"{file.stem}: {title}")
    for file in sorted(FOLDER.glob("*.md"))
    for _, title, typed, expected in read_fixture_file(file)
]


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_what_people_have_is_read_as_they_mean_it(publication: Publish, typed: str, expected: str) -> None:
    shown = read(publication(files_in(typed)))
    told = [f"! {line.removeprefix('book/')}" for line in lines(shown.findings)]
    assert "\n".join([*listing(shown.publication.pieces), *told]) == expected
