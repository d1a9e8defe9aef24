"""Folders of other programs come into a publication: order, parts, words, pictures, links; and it can be built.

tests/folders holds them, each in one file: `=== path` begins a file of the folder, `=== pictures` lists its pictures.
`=== result` has the chapters that come of it, with their parts, and `=== told` what is reported, with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import laid_out, picture, read
from test_from_others import RAW, printed

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.brought_report import TextReport
from pressroom.importing.readers import read_source
from pressroom.importing.source_kinds import kind_of
from pressroom.importing.texts_brought import TextWishes, begin_with_text
from pressroom.preflight import words_lost
from pressroom.production.order import Order
from pressroom.production.reading import read as read_publication

CASES = sorted((Path(__file__).parent / "folders").glob("*.txt"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60"/></svg>'
ASKED = {"remark-left", "alt-to-write", "size-dropped", "photo-missing"}
"""What may be told of the chapters: words that a person still has to write, and sizes that a layout decides."""
Unpack = Callable[[Path], Path]


def parts_of(case: Path) -> dict[str, str]:
    pieces = re.split(r"^=== (.*)\n", case.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


def unpack(case: Path, root: Path) -> Path:
    parts = parts_of(case)
    for name in parts.pop("pictures", "").split("\n"):
        if name.endswith(".svg"):
            write(root, {name: SVG})
        elif name:
            picture(root / name)
    return write(root, {name: text for name, text in parts.items() if name not in ("result", "told")})


def brought(root: Path) -> Brought:
    return read_source(root, kind_of(root))


def publish(source: Path, new: Path) -> TextReport:
    return begin_with_text(new, source, kind_of(source), TextWishes(), {})


def contents(found: Brought) -> Iterator[str]:
    for chapter in found.chapters:
        if chapter.part:
            yield f"-- {chapter.part}"
        yield f"- {chapter.title} ({chapter.source}){' after' if chapter.is_after_parts else ''}"


def told(found: Brought, root: Path) -> list[str]:
    return sorted(f"{each.id} {str(each.place).removeprefix(f'{root}/')} {each.what}" for each in found.remarks)


@pytest.fixture(params=CASES, ids=lambda case: case.stem)
def case(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.mark.slow
def test_chapters_come_in_their_order_and_all_else_is_told_with_its_place(case: Path, tmp_path: Path) -> None:
    root, parts = unpack(case, tmp_path / "source"), parts_of(case)
    found = brought(root)
    assert "\n".join(contents(found)) == parts["result"].strip()
    assert told(found, root) == parts.get("told", "").strip().splitlines()


@pytest.mark.slow
def test_no_word_is_lost_no_sign_is_left_and_every_picture_is_there(case: Path, tmp_path: Path) -> None:
    report = publish(unpack(case, tmp_path / "source"), tmp_path / "new")
    assert [lost.words for _, lost in report.lost] == []
    assert len(report.sources[0].words.split()) > 5
    new = read(tmp_path / "new")
    left = [f for f in new.findings if f.severity is not Severity.ADVICE and f.id not in ASKED]
    assert [f"{each.place} {each.id} {each.message}" for each in left] == []
    named = [figure.file for _, figure in new.publication.pictures() if figure.file]
    assert [name for name in named if not (tmp_path / "new/assets/photos" / name).is_file()] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["quarto-book", "pandoc-single", "mdbook-guide", "myst-project", "obsidian-moc"])
def test_an_imported_folder_is_laid_out_without_a_sign_of_markup(name: str, tmp_path: Path) -> None:
    source = unpack(next(case for case in CASES if case.stem == name), tmp_path / "source")
    publish(source, tmp_path / "new")
    manuscript = read_publication(Order(tmp_path / "new"))
    meant = {"mdbook-guide": {"{", "}"}, "myst-project": {"|"}}.get(name, set())
    signs = [found[0] for text in printed(manuscript, "ebook") for found in RAW.finditer(text)]
    assert [sign for sign in signs if sign not in meant] == []
    assert [finding.message for finding in words_lost(laid_out(manuscript.edition("ebook")))] == []


@pytest.mark.parametrize("name", ["a.ipynb", "notes/a.ipynb"])
def test_a_notebook_needs_no_project_around_it(tmp_path: Path, name: str) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# The mill\n", "\n", "It *stands*."]},
        {"cell_type": "code", "source": ["print(12)"], "outputs": [{"output_type": "stream", "text": ["12\n"]}]},
    ]
    write(tmp_path, {name: json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    [chapter] = brought(tmp_path / name.partition("/")[0]).chapters
    assert chapter.title == "The mill"
    assert all(words in chapter.body for words in ("It *stands*.", "print(12)", "```text\n12\n```"))


def test_notebooks_among_texts_for_pandoc_are_told_and_never_printed_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"defaults.yaml": "metadata: {title: T}\n", "a.md": "# A\n\nWords.\n", "b.ipynb": '{"cells": []}'})
    found = brought(tmp_path)
    assert [chapter.title for chapter in found.chapters] == ["A"]
    assert ("import-not-read", "b.ipynb") in [(each.id, each.what) for each in found.remarks]


@pytest.mark.parametrize("vault", [{".obsidian/app.json": "{}"}, {}], ids=["a vault", "a folder of notes"])
def test_documents_among_notes_are_told(tmp_path: Path, vault: dict[str, str]) -> None:
    root = write(
        tmp_path, {**vault, "a.md": "# A\n\nSee [[B]].\n", "B.md": "# B\n\nWords.\n", "c.docx": "", "d.ipynb": ""}
    )
    found = brought(root)
    assert [each.what for each in found.remarks if each.id == "import-not-read"] == ["c.docx", "d.ipynb"]
