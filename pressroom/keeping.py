"""The cache: files are written whole or not at all, since another build may read them at the same time.

A cached file’s name is derived from all that it was made from. A receipt with its checksum lies beside it, so that a
damaged file is noticed and made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def keep(path: Path, data: bytes) -> Path:
    """Write a file of the cache, and return its path. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def kept(cache: Path, stem: str) -> dict[str, Any] | None:
    """The receipt of a stored file, if the file is there and unchanged; else None."""
    try:
        receipt: dict[str, Any] = json.loads((cache / f"{stem}.json").read_bytes())
        data = (cache / receipt["name"]).read_bytes()
        return receipt if hashlib.sha256(data).hexdigest() == receipt["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(cache: Path, stem: str, data: bytes, suffix: str, **more: Any) -> dict[str, Any]:
    """Write a file to the cache with its receipt, which also holds the values of `more`. Returns the receipt."""
    name = keep(cache / f"{stem}{suffix}", data).name
    receipt = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), **more}
    keep(cache / f"{stem}.json", json.dumps(receipt).encode())
    return receipt
