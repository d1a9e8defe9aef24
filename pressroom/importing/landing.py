"""Landing: brings new files into a publication, all of them or none. Nothing is ever written over.

Photographs come first and settings last, so that even a machine that stops meanwhile leaves no half publication.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pressroom.errors import MachineError, Place, PressroomError, error

Bringing = Literal["copy", "link", "either"]
"""How a photograph comes: as a copy, as a second name of the same file (a hard link), or as a copy where that fails."""
_FULL = 28
"""The number of the system's error for a full disk (ENOSPC)."""


@dataclass(frozen=True)
class Cargo:
    """What is brought: files by their paths below the publication, with forward slashes."""

    photographs: Mapping[str, Path | bytes] = field(default_factory=dict)
    """The files that they come from, or their bytes."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """New text files."""
    changed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Text files that are there, before and after."""
    bringing: Bringing = "copy"

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all new files."""
        return (*self.photographs, *self.texts)


def land(root: Path, cargo: Cargo) -> None:
    """Bring everything into the publication at `root`.

    Raises PressroomError, with nothing brought, where a file exists or cannot be written, and MachineError for a disk
    that is full.
    """
    existing = [name for name in cargo.names if os.path.lexists(root / name)]
    if existing:
        why = f"There is already {_listed(existing)} in {root}; nothing was written."
        raise PressroomError([error("init-over", Place(str(root)), why, "Name a folder that does not exist yet.")])
    new: list[Path] = []
    try:
        for name, file in cargo.photographs.items():
            target = _place_for(root / name, new)
            _bring(file, target, cargo.bringing, new)
        for name, text in cargo.texts.items():
            _write(_place_for(root / name, new), text, new)
        with _drafts(root, cargo.changed) as drafts:
            for draft, target in drafts.items():
                draft.replace(target)
    except OSError as fault:
        _take_away(new)
        raise _refusal(root, fault) from None
    except BaseException:
        _take_away(new)
        raise


def _place_for(path: Path, new: list[Path]) -> Path:
    """A path whose folder is there; folders that were made for it are noted."""
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        new.append(folder)
    return path


def _bring(file: Path | bytes, target: Path, bringing: Bringing, new: list[Path]) -> None:
    if isinstance(file, bytes):
        with target.open("xb") as out:
            new.append(target)
            out.write(file)
        return
    if bringing != "copy":
        try:
            os.link(file.resolve(), target)
            new.append(target)
        except OSError:
            if bringing == "link":
                raise
        else:
            return
    with file.open("rb") as source, target.open("xb") as copy:
        new.append(target)
        shutil.copyfileobj(source, copy, 1024 * 1024)
    with contextlib.suppress(OSError):
        shutil.copystat(file, target)


def _write(target: Path, text: str, new: list[Path]) -> None:
    with target.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        new.append(target)
        out.write(text)


@contextlib.contextmanager
def _drafts(root: Path, changed: Mapping[str, tuple[str, str]]) -> Iterator[dict[Path, Path]]:
    """Changed files, written beside those that they replace, if nobody has changed these meanwhile."""
    drafts: dict[Path, Path] = {}
    try:
        for name, (before, after) in changed.items():
            target = root / name
            raw = target.read_bytes().decode("utf-8-sig")
            if raw.replace("\r\n", "\n") != before:
                why = f"{name} was changed while pictures were read; nothing was written."
                raise PressroomError([error("import-changed", Place(name), why, "Run the same command again.")])
            draft = target.with_name(f".{target.name}.new")
            drafts[draft] = target
            draft.write_text(after, encoding="utf-8", newline="\r\n" if "\r\n" in raw else "\n")
            shutil.copymode(target, draft)
        yield drafts
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _take_away(new: list[Path]) -> None:
    """Remove what was brought so far, the last first."""
    for path in reversed(new):
        with contextlib.suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()


def _refusal(root: Path, fault: OSError) -> PressroomError:
    if fault.errno == _FULL:
        why = f"The disk is full: {root} cannot take the photographs. Nothing was kept of them."
        return MachineError([error("disk-full", Place(str(root)), why, "Make room, or bring them with --link.")])
    if fault.filename2 is not None:
        why = f"{fault.filename} cannot have a second name in {root}: {fault.strerror}. Nothing was written."
        return PressroomError([error("import-unlinked", Place(str(root)), why, "Bring the photographs with --copy.")])
    why = f"{fault.filename or root} cannot be read or written: {fault.strerror}. Nothing was written."
    return PressroomError(
        [error("out-unwritable", Place(str(root)), why, "Make it accessible, or name another folder.")]
    )


def _listed(names: list[str]) -> str:
    return ", ".join(sorted(names)[:3]) + (" …" if len(names) > 3 else "")
