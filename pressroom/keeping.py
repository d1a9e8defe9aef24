"""Keeping: files of the cache, written whole or not at all, since another build may read them meanwhile.

What is made of other things has a name derived from all of them, and beside it a receipt that tells a damaged one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def keep(path: Path, data: bytes) -> Path:
    """Write a file of the cache."""
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
    """The receipt of what was stored, if its bytes are the ones that were written."""
    try:
        receipt: dict[str, Any] = json.loads((cache / f"{stem}.json").read_bytes())
        data = (cache / receipt["name"]).read_bytes()
        return receipt if hashlib.sha256(data).hexdigest() == receipt["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(cache: Path, stem: str, data: bytes, suffix: str, **more: Any) -> dict[str, Any]:
    """Keep what was made, and its receipt with what else there is to remember of it."""
    name = keep(cache / f"{stem}{suffix}", data).name
    receipt = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), **more}
    keep(cache / f"{stem}.json", json.dumps(receipt).encode())
    return receipt
