"""Drafts: files and folders that are being written. Their names tell by which process: what a killed one has left is
found and deleted by the next.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def mark_of(process: int) -> str:
    """How the names of drafts begin that a process of this machine makes."""
    return f"{_mark()}{process}-"


def _mark() -> str:
    return f".pressroom-{platform.node()[:40]}-"


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """A block whose OSError names a path where it names none, as for what is written to an open file."""
    try:
        yield
    except OSError as fault:
        fault.filename = fault.filename or str(path)
        raise


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file beside a path, to be written and moved there. It is deleted if it is not moved. Raises OSError."""
    with telling(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=mark_of(os.getpid()), suffix=path.suffix)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            _delete(Path(name))


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what is needed within a block only, where the system has temporary files. Raises OSError."""
    folder = scratch_folder()
    try:
        with telling(folder):
            yield folder
    finally:
        _delete(folder)


def scratch_folder() -> Path:
    """The same for who deletes it. Raises OSError."""
    return Path(tempfile.mkdtemp(prefix=mark_of(os.getpid())))


@contextlib.contextmanager
def tidy() -> Iterator[None]:
    """A block before and after which temporary files are deleted whose processes are no more."""
    delete_left_scratch()
    try:
        yield
    finally:
        delete_left_scratch()


def delete_left_scratch() -> None:
    """Delete the temporary files whose processes are no more."""
    with contextlib.suppress(OSError):  # the system has no folder for them: who needs one will say so
        delete_left(Path(tempfile.gettempdir()))


def delete_left(folder: Path) -> None:
    """Delete the drafts in a folder whose processes are no more."""
    for draft in folder.glob(f"{_mark()}*"):
        if is_left(draft):
            _delete(draft)


def delete_of(folder: Path, process: int) -> None:
    """Delete the drafts of a process that was killed before it could."""
    for draft in folder.glob(f"{mark_of(process)}*"):
        _delete(draft)


def is_draft(path: Path) -> bool:
    """Whether a file or folder is a draft of a process of this machine, which lives or not."""
    return path.name.startswith(_mark())


def is_left(path: Path) -> bool:
    """Whether a file or folder is a draft of a process of this machine that is no more."""
    number = path.name.removeprefix(_mark()).partition("-")[0]
    return is_draft(path) and number.isdecimal() and not _lives(int(number))


def _lives(process: int) -> bool:
    """Whether a process runs. Windows cannot be asked without a library; there every one is taken to run."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _delete(draft: Path) -> None:
    """Delete a draft; where that cannot be done, it does no harm, and the next build tries again."""
    with contextlib.suppress(OSError):
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)
