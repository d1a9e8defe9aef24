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


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("chapter-two.md", "Did you mean “two.md”?"),
        ("../draft/02-two.md", "Did you mean “two.md”?"),
        ("twoo.md", "Did you mean “two.md”?"),
        ("later.md", "The file is there: list it under chapters"),
        ("x.md", "List it under chapters, or write the full address."),
    ],
)
def test_a_link_to_what_is_no_chapter_is_told_with_what_may_be_meant(
    publication: Publish, link: str, said: str
) -> None:
    files = {"book/a.md": f"# A\n\nSee [it]({link}).", "book/two.md": "# B\n\nText.", "book/later.md": "# C\n\nText."}
    findings = read(publication(files, "title: T\nlanguage: en\nchapters: [a.md, two.md]\n")).findings
    (found,) = (each for each in findings if each.id != "chapter-unlisted")
    assert (found.id, found.place.line) == ("reference-dead", 3)
    assert found.remedy.startswith(said)
