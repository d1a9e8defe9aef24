"""Every test that the documentation names exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = re.compile(r"`(?:tests/)?(test_\w+\.py)(?:::(test_\w+))?`")
PAPERS = [TESTS.parent / "ARCHITECTURE.md", *sorted((TESTS.parent / "docs").glob("*.md"))]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_test_that_is_named_is_there(paper: Path) -> None:
    for file, test in NAMED.findall(paper.read_text("utf-8")):
        assert (TESTS / file).is_file(), file
        assert not test or re.search(rf"^ *def {test}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE), test


def test_every_feature_of_the_ebook_names_its_test() -> None:
    table = (TESTS.parent / "docs/ebook.md").read_text("utf-8").split("## What there is")[1]
    rows = [line for line in table.splitlines() if line.startswith("| ") and "| test |" not in line]
    assert len(rows) > 40
    assert all(NAMED.search(row) for row in rows)
