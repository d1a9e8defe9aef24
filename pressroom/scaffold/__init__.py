"""Scaffold: writes new publications, and copies layouts into a publication. No file is ever overwritten.

`frame` has the files of every publication, `templates` the books that `init` begins with, `pictures` what these show:
docs/scenes draws them (`make starter`).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from pressroom.design import BUILTIN
from pressroom.errors import Place, PressroomError, error
from pressroom.scaffold.copying import copy_layout
from pressroom.settings import json_schema
from pressroom.whereabouts import TEMPLATES, check_own

__all__ = ["DOOR", "copy_layout", "frame", "init"]

DOOR = "make_publication.py"
_HERE = Path(__file__).parent
_OPTIONAL = ("README.md", ".gitignore")
"""Files that a folder may have already; they stay as they are."""


def init(folder: Path, template: str = TEMPLATES[0]) -> tuple[Path, ...]:
    """Write a small publication that can be built into `folder`, and return its files.

    Raises PressroomError, before anything is written, if one of the files exists.
    """
    check_own(folder)
    files = frame(folder) | dict(_files(_HERE / "templates" / template))
    shown = {f"assets/photos/{picture.name}": picture for picture in _pictures_in(files.values())}
    existing = [name for name in (*files, *shown) if (folder / name).exists()]
    if folder.is_file() or existing:
        why = f"There is already a publication in {folder} ({', '.join(sorted(existing)[:3])}); nothing was written."
        why = f"{folder} is a file, not a folder; nothing was written." if folder.is_file() else why
        raise PressroomError([error("init-over", Place(str(folder)), why, "Name a folder that does not exist yet.")])
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for name, picture in shown.items():
            shutil.copyfile(picture, folder / name)
    except OSError as fault:
        why = f"{folder} cannot be written: {fault.strerror}."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, "Name another folder.")]) from None
    return tuple(folder / name for name in (*files, *shown))


def frame(folder: Path) -> dict[str, str]:
    """The files that every new publication has, whatever its book is, by their paths in `folder`."""
    files = dict(_files(_HERE / "frame"))
    files[".gitignore"] = files.pop("gitignore")
    files["book/publication.schema.json"] = json_schema()
    files[DOOR] = (BUILTIN / DOOR).read_text("utf-8")
    return {name: text for name, text in files.items() if name not in _OPTIONAL or not (folder / name).exists()}


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_text("utf-8")


def _pictures_in(texts: Collection[str]) -> Iterator[Path]:
    """The pictures that the chapters of a template name."""
    for picture in sorted((_HERE / "pictures").iterdir()):
        if any(f"]({picture.name})" in text for text in texts):
            yield picture
