"""What the signs of other programs become: each construct that our reader does not read, as the text that is written.

tests/import_signs has a file for each program, in the form that tests/test_manuscript.py explains: title, what is typed
into one text of a folder, and the text of its chapter.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from pressroom.importing.folders import read_markdown, read_mdbook, read_myst, read_obsidian, read_posts, read_quarto
from pressroom.importing.folders.fences import parsed, rendered
from pressroom.importing.folders.typed_lines import text_of, typed

READERS = {
    "pandoc": (read_markdown, "a.md"),
    "quarto": (read_quarto, "a.qmd"),
    "mdbook": (read_mdbook, "a.md"),
    "myst": (read_myst, "a.md"),
    "obsidian": (read_obsidian, "a.md"),
    "posts": (read_posts, "_posts/2024-05-01-a.md"),
}
CASES = [
    pytest.param(file.stem, entered, expected, id=f"{file.stem}: {title}")
    for file in sorted((Path(__file__).parent / "import_signs").glob("*.md"))
    for _, title, entered, expected in read_fixture_file(file)
]


@pytest.mark.parametrize(("program", "entered", "expected"), CASES)
def test_signs_of_other_programs_become_ours(program: str, entered: str, expected: str, tmp_path: Path) -> None:
    read, name = READERS[program]
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(f"# Title\n\n{entered}", "utf-8")
    (tmp_path / "b.md").write_text("# Other\n\nText of the other. ^here\n\n## Part\n\nMore.", "utf-8")
    found = read(tmp_path)
    body = next(chapter.body for chapter in found.chapters if chapter.title == "Title")
    assert body.rstrip("\n") == expected.rstrip("\n")


LINES = st.lists(
    st.sampled_from(
        ["text", "", "```", "````", "~~~", ":::", "::::", "::: note", ":::{tip}", "> :::", "  ```py", "- a"]
    ),
    max_size=24,
)


@pytest.mark.slow
@given(LINES)
def test_blocks_taken_apart_hold_every_line_once(lines: list[str]) -> None:
    text = "\n".join(lines)

    def whole(fence, inner):  # type: ignore[no-untyped-def]
        closing = [fence.closing] if fence.closing else []
        return [fence.opening, *inner, *closing]

    assert text_of(rendered(parsed(typed("a.md", text)), whole)) == text
