"""Writing: a product is written whole, or the older one stays. What the system refuses becomes a finding."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pressroom import drafts, machine
from pressroom.errors import Finding, MachineError, Place, PressroomError, error
from pressroom.production.order import Order

_FULL = (errno.ENOSPC, errno.EDQUOT)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)


def check_out(out: Path) -> None:
    """Check before the work that the folder for products can be written to, and delete what killed builds left in it.

    Raises PressroomError where it cannot, and MachineError where the disk is full.
    """
    with disk(), writable(out):
        out.mkdir(parents=True, exist_ok=True)
        with drafts.beside(out / "probe"):
            drafts.delete_left(out)


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
    with disk(), contextlib.ExitStack() as stack:
        drafts.delete_left(path.parent)
        with writable(path.parent):
            file = stack.enter_context(drafts.beside(path))
        yield PendingFile(path, file)


@contextlib.contextmanager
def disk() -> Iterator[None]:
    """A block in which what the system refuses to write or to read, as a full disk does, raises MachineError."""
    try:
        yield
    except OSError as fault:
        if fault.errno is None:  # one of a library, and none of the system
            raise
        raise MachineError([_refused(fault)]) from None


def _refused(fault: OSError) -> Finding:
    """The finding on a file that the system refuses to write or to read."""
    what = f"“{fault.filename}”" if fault.filename else "a file"
    if fault.errno in _FULL:
        why = f"The disk is full: {what} could not be written. Older products are as they were."
        return error("disk-full", machine.PLACE, why, "Make room, then build again.")
    why = f"The system refuses {what}: {fault.strerror}. Older products are as they were."
    remedy = "Make it accessible to whoever builds; TMPDIR names another folder for temporary files."
    return error("file-refused", machine.PLACE, why, remedy)


CACHE_CLOSED = "cache-unwritable"
"""The id of the finding that nothing can be kept."""


@contextlib.contextmanager
def writable_cache(order: Order) -> Iterator[None]:
    """A block that writes to the cache, and raises PressroomError where that is not writable, or full.

    An order that keeps nothing has none but temporary files.
    """
    try:
        yield
    except OSError as fault:
        cache = next((each for each in (order.cache, order.shared_cache) if _is_in(each, fault)), None)
        if cache is None or not order.keeps:
            raise
        why = f"Resized pictures and subset fonts cannot be kept in {cache}: {fault.strerror or fault}."
        remedy = "Make the folder writable, make room on the disk, or delete what has its name."
        raise PressroomError([error(CACHE_CLOSED, Place(str(cache)), why, remedy)]) from None


def _is_in(folder: Path, fault: OSError) -> bool:
    """Whether the system refuses something in a folder."""
    return isinstance(fault.filename, str) and Path(fault.filename).is_relative_to(folder)


@contextlib.contextmanager
def writable(folder: Path) -> Iterator[None]:
    """A block in which a folder that cannot be written to raises PressroomError, or MachineError."""
    try:
        with drafts.telling(folder):
            yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise
        what = "this is a file, and no folder" if folder.is_file() else fault.strerror or fault
        why = f"The products cannot be written to {folder}: {what}. Older products are as they were."
        remedy = "Name a folder that can be written to with --out, or make this one writable."
        refusal = MachineError if fault.errno in _DENIED else PressroomError  # else something of the same name is there
        raise refusal([error("out-unwritable", Place(str(folder)), why, remedy)]) from None
