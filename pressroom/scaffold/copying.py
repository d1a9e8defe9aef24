"""Copying: copies a layout, or some of its files, into the publication’s layouts/ folder, to be changed there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pressroom.design import Layout
from pressroom.errors import Place, PressroomError, UsageError, did_you_mean, error
from pressroom.whereabouts import check_own

_MANIFEST = "layout.yaml"


def copy_layout(layout: Layout, root: Path, to: str = "", only: Sequence[str] = ()) -> tuple[Path, ...]:
    """Copy a layout, or only some of its files, into layouts/, and return the new files.

    A whole copy depends on no other layout. Some files copied under another name become a layout that extends the
    original. Raises PressroomError, before anything is written, if a file exists already or a link leads out.
    """
    name = to or layout.name
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        why = f"“{name}” cannot be the name of a layout."
        raise UsageError(
            [error("layout-name", Place("--to"), why, "Use small letters, digits, hyphens and underscores.")]
        )
    check_own(root)
    folder = root / "layouts" / name
    files = dict(_files(layout, only))
    existing = [file for file in files if (folder / file).exists()]
    if existing:
        why = f"layouts/{name} already has {', '.join(existing[:3])}; nothing was written."
        remedy = "Name another layout with --to, or other files with --only."
        raise PressroomError([error("layout-over", Place(f"layouts/{name}"), why, remedy)])
    if to and only and not (folder / _MANIFEST).exists():
        files[_MANIFEST] = f"title: {json.dumps(to, ensure_ascii=False)}\nextends: {layout.name}\n".encode()
    return tuple(_write(folder, files))


def _write(folder: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            with (folder / file).open("xb") as out:
                out.write(data)
            yield folder / file
    except OSError as fault:
        why = f"{folder} cannot be written: {fault.strerror}."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, "Make the folder writable.")]) from None


def _files(layout: Layout, only: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    names = layout.names()
    unknown = [file for file in only if file not in names]
    if unknown:
        raise UsageError(
            error(
                "layout-file",
                Place("--only"),
                f"The layout “{layout.name}” has no file “{file}”.",
                did_you_mean(file, names) or f"It has: {', '.join(sorted(names))}.",
            )
            for file in unknown
        )
    for file in sorted(only or names):
        path = layout.file(file)
        assert path is not None
        whole = file == _MANIFEST and layout.manifest.extends and not only
        yield file, _whole_manifest(layout).encode() if whole else path.read_bytes()


def _whole_manifest(layout: Layout) -> str:
    """A layout.yaml that also holds what the layout inherits from those that it extends."""
    whole: dict[str, Any] = {}
    for reading in reversed(layout.readings):
        joined = {key: {**whole.get(key, {}), **reading.value.get(key, {})} for key in ("options", "starts")}
        whole |= reading.value | {key: value for key, value in joined.items() if value}
    whole.pop("extends")
    return "".join(_entry(key, value) for key, value in whole.items())


def _entry(key: str, value: Any) -> str:
    """A key with its value as JSON, which is YAML too; each item on a line of its own."""

    def text(item: Any) -> str:
        return json.dumps(item, ensure_ascii=False)

    if isinstance(value, dict):
        return f"{key}:\n" + "".join(f"  {name}: {text(inner)}\n" for name, inner in value.items())
    if isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        return f"{key}:\n" + "".join(f"  - {text(inner)}\n" for inner in value)
    return f"{key}: {text(value)}\n"
