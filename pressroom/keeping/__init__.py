"""The cache: files are written whole or not at all, since another build may read them at the same time.

A cached file’s name is derived from all that it was made from. A receipt with its checksum lies beside it, so that a
damaged file is noticed and made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pressroom import drafts

MOST_BYTES = 2 * 1024**3
"""How much is kept between builds, in bytes; beyond it, what was not used for the longest time goes."""


def size_of_cache(cache: Path) -> int:
    """The bytes that are kept."""
    return sum(size for _, size, _ in _entries(cache))


def prune(cache: Path, most: int = MOST_BYTES) -> None:
    """Remove what killed builds left unfinished, and what was not used for the longest time, until no more than `most`
    bytes are kept.

    A file that cannot be removed stays: another build may have done so, or be reading it. Behind a link nothing is
    removed: it may lead to files of somebody's own.
    """
    entries = [] if cache.is_symlink() else sorted(_entries(cache))
    total = sum(size for _, size, _ in entries)
    for _, size, path in entries:
        if total <= most and not drafts.is_left(path):
            continue
        with contextlib.suppress(OSError):
            path.unlink()
            total -= size


def _entries(cache: Path) -> Iterator[tuple[int, int, Path]]:
    """Every kept file: when it was used last (in ns), its size in bytes, and its path."""
    for folder, _, files in os.walk(cache):
        for name in files:
            with contextlib.suppress(OSError):
                path = Path(folder, name)
                facts = path.stat()
                yield facts.st_mtime_ns, facts.st_size, path


def touch(path: Path) -> None:
    """Note that a kept file is in use, so that it stays."""
    with contextlib.suppress(OSError):
        os.utime(path)


def keep(path: Path, data: bytes) -> Path:
    """Write a file of the cache, and return its path. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with drafts.beside(path) as draft:
        draft.write_bytes(data)
        draft.chmod(0o644)
        draft.replace(path)
    return path


def kept(cache: Path, stem: str) -> dict[str, Any] | None:
    """The receipt of a stored file, if the file is there and unchanged; else None."""
    try:
        receipt: dict[str, Any] = json.loads((cache / f"{stem}.json").read_bytes())
        if receipt["name"] != Path(receipt["name"]).name:
            return None  # it leads out of the cache, which somebody else may have made
        data = (cache / receipt["name"]).read_bytes()
        for name in (f"{stem}.json", receipt["name"]):
            touch(cache / name)
        return receipt if hashlib.sha256(data).hexdigest() == receipt["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def store(cache: Path, stem: str, data: bytes, suffix: str, **more: Any) -> dict[str, Any]:
    """Write a file to the cache with its receipt, which also holds the values of `more`. Returns the receipt."""
    name = keep(cache / f"{stem}{suffix}", data).name
    receipt = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), **more}
    keep(cache / f"{stem}.json", json.dumps(receipt).encode())
    return receipt
