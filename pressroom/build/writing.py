"""Writing: products whole, or the older ones untouched. Full disks and locked folders are told, not raised."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
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
    """A product whole, or the older one untouched: written beside it, then put in its place."""
    with disk(), writable(path.parent):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".pressroom-", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


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
    help: str = "Make the folder writable, or name another with --out.",
) -> Iterator[None]:
    """Told when a folder cannot be written to."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = f"{what} cannot be written to {folder}: {fault.strerror or fault}. Older products are as they were."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, help)]) from None
