"""Writing: a product is written whole, or the older one stays. A full disk or a locked folder becomes a finding."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pressroom import machine
from pressroom.errors import MachineError, Place, PressroomError, error


def check_out(out: Path) -> None:
    """Check before the work that the folder for products can be written to, and delete what killed builds left in it.

    Raises PressroomError where it cannot, and MachineError where the disk is full.
    """
    with disk(), writable(out):
        out.mkdir(parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(dir=out, prefix=".pressroom-")
        os.close(handle)
        Path(probe).unlink()
    for process in _killed(out):
        clear_up(out, process)


def _killed(out: Path) -> set[int]:
    """The processes of this machine that have left temporary files in a folder, and are no more."""
    names = (file.name.removeprefix(_drafts_from_here()) for file in out.glob(f"{_drafts_from_here()}*"))
    processes = {int(number) for name in names if (number := name.partition("-")[0]).isdecimal()}
    return {process for process in processes if not _lives(process)}


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


def drafts_of(process: int) -> str:
    """How the names of temporary files begin that a process of this machine writes."""
    return f"{_drafts_from_here()}{process}-"


def _drafts_from_here() -> str:
    return f".pressroom-{platform.node()[:40]}-"


def clear_up(out: Path, process: int) -> None:
    """Delete the temporary files of a process that was killed before it could."""
    with contextlib.suppress(OSError):  # another time they do no harm
        for file in out.glob(f"{drafts_of(process)}*"):
            file.unlink()


def write(path: Path, data: bytes) -> None:
    """Write a product whole, or leave the older one untouched.

    Raises PressroomError where the folder cannot be written to, and MachineError where the disk is full.
    """
    with pending(path) as draft:
        with writable(path.parent):
            draft.file.write_bytes(data)
        draft.keep()


@dataclass(frozen=True)
class PendingFile:
    """A product that is being written."""

    path: Path
    """Where the product will be; an older one may be there."""
    file: Path
    """The temporary file beside `path` that it is written to."""

    def keep(self) -> None:
        """Move the written file to its place."""
        with writable(self.path.parent):
            with self.file.open("r+b") as written:
                os.fsync(written.fileno())
            self.file.chmod(0o644)
            self.file.replace(self.path)


@contextlib.contextmanager
def pending(path: Path) -> Iterator[PendingFile]:
    """A product to be written beside its place; unless it is kept, its temporary file is deleted."""
    with disk():
        with writable(path.parent):
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=drafts_of(os.getpid()), suffix=path.suffix)
            os.close(handle)
        try:
            yield PendingFile(path, Path(temporary))
        finally:
            Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def disk() -> Iterator[None]:
    """A block in which a full disk raises MachineError."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = "The disk is full, so the products could not be written. Older products are as they were."
        raise MachineError([error("disk-full", machine.PLACE, why, "Make room, then build again.")]) from None


CACHE_CLOSED = "cache-unwritable"
"""The id of the finding that nothing can be kept."""


@contextlib.contextmanager
def writable_cache(cache: Path) -> Iterator[None]:
    """A block that writes to the cache, and raises PressroomError where that is not writable, or full."""
    try:
        yield
    except OSError as fault:
        why = f"Resized pictures and subset fonts cannot be kept in {cache}: {fault.strerror or fault}."
        remedy = "Make the folder writable, make room on the disk, or delete what has its name."
        raise PressroomError([error(CACHE_CLOSED, Place(str(cache)), why, remedy)]) from None


@contextlib.contextmanager
def writable(folder: Path) -> Iterator[None]:
    """A block in which a folder that cannot be written to raises PressroomError."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = f"The products cannot be written to {folder}: {fault.strerror or fault}. Older products are as they were."
        remedy = "Make the folder writable, or name another with --out."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, remedy)]) from None
