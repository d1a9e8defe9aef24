"""Titles: the publications of a catalogue are found in its folders, and shared among machines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.errors import Finding, Place, UsageError, error, warning
from pressroom.whereabouts import PRODUCTS, SETTINGS_FILE

_NOT_SEARCHED = frozenset({PRODUCTS, "node_modules", "__pycache__"})
"""Folders that hold products and programs. Hidden ones are not searched either."""


@dataclass(frozen=True)
class CatalogueTitle:
    """One publication of a catalogue."""

    root: Path
    """Its folder, absolute."""
    name: str
    """Its folder as messages give it: below the folder that was searched."""


def find_titles(folders: Sequence[Path]) -> tuple[tuple[CatalogueTitle, ...], tuple[Finding, ...]]:
    """Find the publications in some folders, each once, sorted by path, and what could not be searched.

    Raises UsageError, with a finding for each folder that is none or holds no publication.
    """
    found: dict[Path, CatalogueTitle] = {}
    faults: list[Finding] = []
    doubts: list[Finding] = []
    for folder in folders:
        names = sorted(_search(folder.resolve(), doubts)) if folder.is_dir() else []
        if not names:
            faults.append(_nothing_in(folder))
        for below in names:
            root = (folder / below).resolve()
            found.setdefault(root, CatalogueTitle(root, (folder / below).as_posix()))
    if faults:
        raise UsageError([*faults, *doubts])
    return tuple(found.values()), tuple(doubts)


def _search(folder: Path, doubts: list[Finding]) -> Iterator[str]:
    """The publications in a folder, as paths below it. Nothing is searched inside of a publication."""

    def report(fault: OSError) -> None:
        why = f"This folder cannot be read ({fault.strerror}): publications in it are left out."
        doubts.append(warning("folder-unreadable", Place(str(fault.filename)), why, "Make it readable."))

    for path, folders, _ in os.walk(folder, onerror=report):
        here = Path(path)
        if (here / SETTINGS_FILE).is_file():
            folders.clear()
            yield here.relative_to(folder).as_posix()
        folders[:] = [name for name in folders if name not in _NOT_SEARCHED and not name.startswith(".")]
        for name in folders:  # links are not searched, which could lead in circles, but a title may be one
            if (here / name).is_symlink() and (here / name / SETTINGS_FILE).is_file():
                yield (here / name).relative_to(folder).as_posix()


def _nothing_in(folder: Path) -> Finding:
    """The error that a folder holds nothing to build."""
    if not folder.exists():
        why, remedy = "There is no such folder, so that nothing in it can be built.", "Name a folder that is there."
    elif not folder.is_dir():
        why, remedy = "This is a file; a catalogue is a folder of publications.", "Name the folder that it lies in."
    else:
        why = f"No folder in it holds {SETTINGS_FILE}, so that there is no publication to build."
        remedy = "Name a publication or a folder of some, or begin one: pressroom init FOLDER"
    return error("catalogue-empty", Place(str(folder)), why, remedy)
