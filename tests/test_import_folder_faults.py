"""Folders as nobody should have them: what leads out, names itself, is missing or cannot be read. All is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import picture
from test_import_folders import brought, write

from pressroom import cli
from pressroom.errors import PressroomError
from pressroom.importing.brought import Brought

SUMMARY = "# Summary\n\n- [One](one.md)\n"


def ids(found: Brought) -> list[str]:
    return sorted({remark.id for remark in found.remarks})


def whole(found: Brought) -> str:
    return "\n".join(chapter.body for chapter in found.chapters)


@pytest.mark.parametrize(
    ("settings", "name", "text"),
    [
        ("book.toml", "src/one.md", "{{#include ../../secret.md}}"),
        ("book.toml", "src/one.md", "![x](../../secret.png)"),
        ("_quarto.yml", "one.qmd", "{{< include ../secret.md >}}"),
        ("_quarto.yml", "one.qmd", "[x](../secret.md)"),
        ("myst.yml", "one.md", "```{include} ../secret.md\n```"),
        ("myst.yml", "one.md", "```{literalinclude} ../secret.md\n```"),
        ("myst.yml", "one.md", "```{figure} ../secret.png\n```"),
    ],
)
def test_nothing_outside_of_the_folder_is_read(tmp_path: Path, settings: str, name: str, text: str) -> None:
    write(tmp_path, {"secret.md": "A secret."})
    picture(tmp_path / "secret.png")
    root = write(tmp_path / "book", {settings: "", name: f"# One\n\nWords.\n\n{text}\n"})
    if settings == "book.toml":
        write(root, {"src/SUMMARY.md": SUMMARY})
    found = brought(root)
    assert "import-outside" in ids(found)
    assert "secret." not in whole(found).lower()
    assert found.pictures == ()


def test_links_of_the_file_system_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.md": "A secret.", "more/secret.md": "A secret."})
    root = write(tmp_path / "book", {"a.md": "# A\n\nWords, [[b]].\n", ".obsidian/app.json": "{}"})
    (root / "b.md").symlink_to(tmp_path / "secret.md")
    (root / "c").symlink_to(tmp_path / "more")
    found = brought(root)
    assert [chapter.source for chapter in found.chapters] == ["a.md"]
    assert {"import-link-outside", "import-link"} <= set(ids(found))


def test_includes_that_double_with_every_level_end(tmp_path: Path) -> None:
    files = {f"src/{n}.md": f"{{{{#include {n + 1}.md}}}}\n{{{{#include {n + 1}.md}}}}\n" for n in range(40)}
    root = write(tmp_path, {"book.toml": "", "src/SUMMARY.md": "- [A](0.md)\n", **files, "src/40.md": "x\n"})
    assert "import-include-loop" in ids(brought(root))


@pytest.mark.slow
@pytest.mark.parametrize(
    "files",
    [
        {"_quarto.yml": "project: {type: book}\nbook: {chapters: [gone.qmd]}\n"},
        {"book.toml": "", "src/SUMMARY.md": "- [A](a.md)\n"},
        {"myst.yml": "version: 1\n"},
        {".obsidian/app.json": "{}"},
        {".obsidian/app.json": "{}", "a.md": "\n\n"},
    ],
)
def test_a_folder_without_a_text_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    root = write(tmp_path / "book", files)
    if "a.md" in files:
        (root / "a.md").unlink()
    with pytest.raises(PressroomError) as refused:
        brought(root)
    assert [finding.id for finding in refused.value.findings] == ["import-empty"]
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(root)]) != 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("settings", ["book: [", "book: &a [*a]", "- x", "title: \x07", "\tbook: x"])
def test_settings_that_cannot_be_read_are_told_and_texts_come(tmp_path: Path, settings: str) -> None:
    root = write(tmp_path, {"_quarto.yml": settings, "a.qmd": "# A\n\nWords.\n"})
    assert [chapter.title for chapter in brought(root).chapters] == ["A"]


@pytest.mark.parametrize(
    "notebook",
    ["", "x", "[]", "[" * 99_999, '{"cells": 5}', '{"cells": [[], {"source": 5, "cell_type": "markdown"}]}',
     '{"worksheets": [{"cells": [{"cell_type": "markdown", "source": "Old."}]}]}'],
    ids=lambda text: text[:40] or "empty",
)  # fmt: skip
def test_what_is_no_notebook_stops_no_import(tmp_path: Path, notebook: str) -> None:
    root = write(tmp_path, {"_quarto.yml": "", "a.qmd": "# A\n\nWords.\n", "b.ipynb": notebook})
    found = brought(root)
    assert "Words." in whole(found)
    assert {"import-notebook", "import-empty-chapter"} & {*ids(found)}


def test_texts_in_other_encodings_are_read(tmp_path: Path) -> None:
    root = write(tmp_path, {"myst.yml": ""})
    (root / "a.md").write_bytes("# Café\r\n\r\nNaïve “words”.\r\n".encode("cp1252"))
    (root / "b.md").write_bytes("# B\n\nԲառեր։\n".encode("utf-16"))
    found = brought(root)
    assert [chapter.title for chapter in found.chapters] == ["Café", "B"]
    assert "Naïve" in whole(found)
    assert "Բառեր" in whole(found)
    assert "import-encoding" in ids(found)


def test_pictures_of_one_name_keep_apart_and_one_picture_comes_once(tmp_path: Path) -> None:
    texts = {"a.md": "# A\n\n![](day1/a.png) ![](day2/a.png) ![](./day1/a.png) ![](day3/A.png)\n", "myst.yml": ""}
    root = write(tmp_path, texts)
    for day in (1, 2):
        picture(root / f"day{day}/a.png")
    picture(root / "day3/A.png")
    found = brought(root)
    assert [each.name for each in found.pictures] == ["a.png", "day2-a.png", "day3-A.png"]
    assert "![](a.png) ![](day2-a.png) ![](a.png) ![](day3-A.png)" in whole(found)


def test_pictures_that_cannot_be_printed_give_way_to_those_that_can(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.md": "# A\n\n![](plot.pdf) ![](plan.eps) ![](map)\n", "myst.yml": ""})
    for name in ("plot.pdf", "plan.eps"):
        (root / name).write_bytes(b"%")
    for name in ("plot.png", "map.png"):
        picture(root / name)
    found = brought(root)
    assert "![](plot.png) ![]() ![](map.png)" in whole(found)
    assert "import-picture-kind" in ids(found)


def test_a_single_text_is_imported_with_its_pictures(tmp_path: Path) -> None:
    root = write(tmp_path, {"story.md": "# Story\n\nWords. ![A](a.png) [o](other.md)\n", "other.md": "# Other\n\nO.\n"})
    picture(root / "a.png")
    found = brought(root / "story.md")
    assert [chapter.title for chapter in found.chapters] == ["Story"]
    assert [each.name for each in found.pictures] == ["a.png"]
    assert found.source == str(root / "story.md")
    assert ids(found) == ["import-link-file"]


def test_thousands_of_texts_are_one_walk_through_the_folder(tmp_path: Path) -> None:
    texts = {f"{n:04}.md": f"# Note {n}\n\nSee [[{(n + 1) % 120:04}]] and [[nowhere]].\n" for n in range(120)}
    found = brought(write(tmp_path, {".obsidian/app.json": "{}", **texts}))
    assert len(found.chapters) == 120
    assert "[0001](0001.md)" in found.chapters[0].body
    assert sum(remark.id == "import-link" for remark in found.remarks) == 120
