"""The terminal records of the guide: three paths from nothing to checked products, as a person types and sees them.

`python docs/guide_records.py` walks them in a folder of its own and writes docs/guide/book/12-three-paths.md.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
from guide_reference import BOOK
from scenes.collection import drawn

PATHS = (
    (
        "From a folder of photographs",
        "harbour",
        (
            "pressroom init harbour --from photographs --title Harbour",
            "pressroom check --root harbour --quiet",
            "pressroom build --root harbour --edition ebook --edition print",
        ),
    ),
    (
        "From a Word file",
        "valley",
        (
            "pressroom init valley --from valley.docx",
            "pressroom check --root valley",
            "pressroom build --root valley --edition ebook --edition screen",
        ),
    ),
    (
        "From Markdown",
        "report",
        (
            "pressroom init report --template report",
            "pressroom check --root report --quiet",
            "pressroom build --root report --edition ebook --edition screen",
        ),
    ),
)
_HEAD = """\
---
title: Three paths, as typed
---

What a terminal shows on the three ways from nothing to checked products. The photographs were drawn by a script of the
project, and the Word file was written for this page.
"""


def records(folder: Path) -> str:
    """The chapter, with what every command prints in `folder`."""
    _photographs(folder / "photographs")
    _word_file(folder / "valley.docx")
    sections = (f"## {title}\n\n```\n{_typed(folder, commands)}\n```\n" for title, _, commands in PATHS)
    return "\n".join((_HEAD, *sections))


def _photographs(folder: Path) -> None:
    folder.mkdir()
    for number, scene in enumerate(("dusk", "dunes", "islands", "grass"), 1):
        drawn(scene, number, 1.5, 2400).save(folder / f"{number:02}-{scene}.jpg", quality=90)


def _word_file(file: Path) -> None:
    word = docx.Document()
    word.add_paragraph("The Valley", style="Title")
    word.add_heading("The mill", 1)
    word.add_paragraph("The mill stands where the road leaves the river. It has ground nothing since 1998.")
    word.add_heading("The road", 1)
    word.add_paragraph("One road leads out of the valley.")
    word.save(str(file))


def _typed(folder: Path, commands: Sequence[str]) -> str:
    return "\n\n".join(f"$ {command}\n{_wrapped(_printed(folder, command))}" for command in commands)


def _printed(folder: Path, command: str) -> str:
    arguments = [sys.executable, "-m", *shlex.split(command)]
    ran = subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False
    )
    return re.sub(r"in \d+\.\d s", "in … s", ran.stdout.rstrip())


def _wrapped(text: str) -> str:
    """Lines of at most 76 letters, as a narrow window breaks them."""
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line))


def _pieces(line: str) -> Iterator[str]:
    while len(line) > 76:
        cut = line.rfind(" ", 20, 76)
        yield line[:cut] if cut > 0 else line[:76]
        line = f"    {line[cut + 1 :]}" if cut > 0 else line[76:]
    yield line


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        (BOOK / "12-three-paths.md").write_text(records(Path(temporary)), encoding="utf-8")
