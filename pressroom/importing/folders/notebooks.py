"""Notebooks of Jupyter: their texts, their code, and the pictures that the code has drawn."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine

_DRAWN = {"image/png": ".png", "image/jpeg": ".jpg", "image/svg+xml": ".svg"}
_OPTION = re.compile(r"^\s*#\|\s*([\w-]+)\s*:\s*(.*?)\s*$", re.MULTILINE)


def notebook_lines(gathering: Gathering, file: str) -> list[TypedLine]:
    """A notebook as a text in Markdown. The place of a line is the number of its cell."""
    notebook = read_notebook(gathering.folder.text(file) or "{}")
    if notebook is None:
        gathering.folder.remark("import-notebook", file, file)
        return []
    cells = cells_of(notebook)
    language = _keys(_keys(notebook.get("metadata")).get("kernelspec")).get("language") or "python"
    made: list[TypedLine] = []
    for n, cell in enumerate(cells, 1):
        text = "\n".join(_cell_text(gathering, cell, TypedLine("", file, n), str(language)))
        made += [TypedLine(line, file, n) for line in ("", *text.split("\n"), "")] if text.strip() else []
    start = next((n for n, line in enumerate(made) if not line.is_blank), 0)
    return made[start:]


def read_notebook(text: str) -> Mapping[str, Any] | None:
    """What a notebook holds; None for what is none, or one of a version before 4."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return notebook if isinstance(notebook, dict) and "worksheets" not in notebook else None  # so it was before 2015


def cells_of(notebook: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The cells of a notebook."""
    return [cell for cell in _listed(notebook.get("cells")) if isinstance(cell, dict)]


def source_of(cell: Mapping[str, Any]) -> str:
    """What is typed in a cell."""
    return _text(cell.get("source"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""


def _cell_text(gathering: Gathering, cell: Mapping[str, Any], line: TypedLine, language: str) -> Iterator[str]:
    source, kind = source_of(cell), cell.get("cell_type")
    tags = {str(tag).replace("_", "-") for tag in _listed(_keys(cell.get("metadata")).get("tags"))}
    if "remove-cell" in tags:
        return
    if kind == "markdown":
        yield _with_attachments(gathering, source, _keys(cell.get("attachments")), line)
    elif kind == "raw":
        if source.lstrip().startswith("---") and line.line == 1:
            yield source
        else:
            gathering.remark("import-raw", line, source)
    elif kind == "code" and source.strip():
        options = {match[1]: match[2].strip("\"'") for match in _OPTION.finditer(source)}
        if not tags & {"remove-input", "hide-input"} and options.get("echo") != "false":
            yield f"```{language}\n{_OPTION.sub('', source).strip()}\n```"
        if "remove-output" not in tags:
            yield from _outputs(gathering, cell, line, options)


def _outputs(
    gathering: Gathering, cell: Mapping[str, Any], line: TypedLine, options: Mapping[str, str]
) -> Iterator[str]:
    """Pictures that the code has drawn, and what it has printed."""
    for n, output in enumerate(_listed(cell.get("outputs")), 1):
        data = _keys(_keys(output).get("data"))
        drawn = next((kind for kind in _DRAWN if kind in data), "")
        if drawn:
            name = f"{PurePosixPath(line.file).stem}-cell-{line.line}-{n}{_DRAWN[drawn]}"
            braces = f"{{#{options['label']}}}" if options.get("label", "").startswith("fig-") else ""
            content = _content(drawn, _text(data[drawn]))
            if not content:
                gathering.remark("import-picture-missing", line, name)
                continue
            yield f"\n![{options.get('fig-alt', '')}](/{_keep(gathering, name, content)}){braces}"
            yield f"{options.get('fig-cap', '')}\n"
        elif text := _text(_keys(output).get("text")) or _text(data.get("text/plain")):
            if "text/html" in data:
                gathering.remark("import-output", line, text, Severity.WARNING)
            yield f"\n```text\n{text.rstrip()}\n```"
        elif data or _keys(output).get("ename"):
            gathering.remark("import-output-left", line, ", ".join(data) or str(_keys(output)["ename"]))


def _content(kind: str, data: str) -> bytes:
    if kind == "image/svg+xml":
        return data.encode()
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _keep(gathering: Gathering, name: str, content: bytes) -> str:
    """Keep a picture under an address that no file in the folder has."""
    address = f".notebooks/{name}"
    gathering.bring(address, content)
    return address


def _with_attachments(gathering: Gathering, text: str, attached: Mapping[str, Any], line: TypedLine) -> str:
    """A text whose pictures lie in the notebook itself."""

    def kept(match: re.Match[str]) -> str:
        data = _keys(attached.get(match[1]))
        drawn = next((kind for kind in _DRAWN if kind in data), "")
        content = _content(drawn, _text(data[drawn])) if drawn else b""
        if not content:
            gathering.remark("import-picture-missing", line, match[1])
            return match[0]
        return f"(/{_keep(gathering, f'{PurePosixPath(line.file).stem}-{match[1]}', content)})"

    return re.sub(r"\(attachment:([^()\s]+)\)", kept, text)
