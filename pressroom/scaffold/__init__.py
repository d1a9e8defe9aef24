"""Scaffold: writes new publications, and copies layouts into a publication. No file is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressroom.design import BUILTIN
from pressroom.errors import Place, PressroomError, error
from pressroom.scaffold.copying import copy_layout
from pressroom.settings import json_schema

__all__ = ["DOOR", "copy_layout", "frame", "init"]

DOOR = "make_publication.py"
_STARTER = Path(__file__).parent / "starter"
_BOOK = ("book/01-arrival.md", "book/publication.yaml")
"""The files of the book that `init` begins with."""
_PICTURE = ".jpg"
"""The pictures of that book: docs/scenes draws them (`make starter`)."""


def init(folder: Path) -> tuple[Path, ...]:
    """Write a small publication that can be built into `folder`, and return its files.

    Raises PressroomError, before anything is written, if one of the files exists.
    """
    files = dict(_files())
    existing = [name for name in files if (folder / name).exists()]
    if folder.is_file() or existing:
        why = f"There is already a publication in {folder} ({', '.join(sorted(existing)[:3])}); nothing was written."
        why = f"{folder} is a file, not a folder; nothing was written." if folder.is_file() else why
        raise PressroomError([error("init-over", Place(str(folder)), why, "Name a folder that does not exist yet.")])
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    except OSError as fault:
        why = f"{folder} cannot be written: {fault.strerror}."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, "Name another folder.")]) from None
    return tuple(folder / name for name in files)


def frame() -> dict[str, str]:
    """The files that every new publication has, whatever its book is, by their paths."""
    return {name: data.decode() for name, data in _files() if name not in _BOOK and not name.endswith(_PICTURE)}


def _files() -> Iterator[tuple[str, bytes]]:
    for file in sorted(_STARTER.rglob("*")):
        if file.is_file():
            name = file.relative_to(_STARTER).as_posix()
            yield ".gitignore" if name == "gitignore" else name, file.read_bytes()
    yield "book/publication.schema.json", json_schema().encode()
    yield DOOR, (BUILTIN / DOOR).read_bytes()
