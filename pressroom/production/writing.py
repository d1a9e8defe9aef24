"""Writing: products whole, or the older ones untouched. Full disks and locked folders are told, not raised."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pressroom import machine
from pressroom.errors import MachineError, Place, PressroomError, error

CACHE = ".pressroom"


def check_out(out: Path) -> None:
    """Told before the work rather than after it."""
    with disk(), writable(out):
        out.mkdir(parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(dir=out, prefix=".pressroom-")
        os.close(handle)
        Path(probe).unlink()


def write(path: Path, data: bytes) -> None:
    """A product whole, or the older one untouched."""
    with pending(path) as draft:
        with writable(path.parent):
            draft.file.write_bytes(data)
        draft.keep()


@dataclass(frozen=True)
class PendingFile:
    """A product that is being made."""

    path: Path
    """Where it will stand; an older one may stand there."""
    file: Path
    """Beside it, where it is written."""

    def keep(self) -> None:
        """Put it in its place."""
        with writable(self.path.parent):
            with self.file.open("r+b") as written:
                os.fsync(written.fileno())
            self.file.chmod(0o644)
            self.file.replace(self.path)


@contextlib.contextmanager
def pending(path: Path) -> Iterator[PendingFile]:
    """A product to be written beside its place; one that is not kept leaves nothing behind."""
    with disk():
        with writable(path.parent):
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".pressroom-", suffix=path.suffix)
            os.close(handle)
        try:
            yield PendingFile(path, Path(temporary))
        finally:
            Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def disk() -> Iterator[None]:
    """A full disk is the machine's fault."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = "The disk is full; what could not be written whole was not written."
        raise MachineError([error("disk-full", machine.PLACE, why, "Make room, then build again.")]) from None


def writable_cache(root: Path) -> contextlib.AbstractContextManager[None]:
    """Told when what is kept between builds cannot be written."""
    return writable(root / CACHE, "Pictures at their size and parts of fonts", "Delete what stands in its place.")


@contextlib.contextmanager
def writable(
    folder: Path,
    what: str = "The products",
    remedy: str = "Make the folder writable, or name another with --out.",
) -> Iterator[None]:
    """Told when a folder cannot be written to."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = f"{what} cannot be written to {folder}: {fault.strerror or fault}. Older products are as they were."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, remedy)]) from None
