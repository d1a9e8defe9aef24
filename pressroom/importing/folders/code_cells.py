"""Code cells: code that another program runs. Its text comes; what it would print or draw is still to come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pressroom.errors import Severity
from pressroom.importing.folders.fences import Fence, code_block, commented
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, apart, trimmed

_OPTION = re.compile(r"^\s*(?:#|//|--|%%)\|\s*([\w-]+)\s*:\s*(.*?)\s*$")
_IN_HEAD = re.compile(r"([\w.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^,}\s]+)")
_LABEL = re.compile(r"^\{\w+\s+([\w:-]+)\s*(?:,|\})")


def cell_options(fence: Fence, inner: Sequence[TypedLine]) -> dict[str, str]:
    """What a cell says of itself, in its head (R Markdown) or in lines that begin with `#|` (Quarto)."""
    found = {name.replace(".", "-"): value.strip("\"'") for name, value in _IN_HEAD.findall(fence.head)}
    if match := _LABEL.match(fence.head):
        found["label"] = match[1]
    options = (_OPTION.match(line.text) for line in inner)
    return found | {match[1]: match[2].strip("\"'") for match in options if match}


def code_cell(
    gathering: Gathering, fence: Fence, inner: Sequence[TypedLine], language: str, options: Mapping[str, str]
) -> list[TypedLine]:
    """A cell as code that is printed, and the place of the figure that it would draw."""
    code = trimmed([line for line in inner if not _OPTION.match(line.text)])
    is_shown = options.get("echo", "true").lower() not in ("false", "f") and options.get("include") != "false"
    gathering.remark("import-code", fence.opening, f"{language}: {code[0].text.strip() if code else ''}")
    made = (code_block(fence.opening, language, code) if is_shown else commented(code)) if code else []
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    label = options.get("label", "")
    is_named = label.startswith(("fig-", "tbl-", "fig:", "tbl:"))
    if not caption and not is_named:
        return apart(made)
    gathering.remark("import-figure", fence.opening, label or caption, Severity.ADVICE)
    braces = f"{{#{label}}}" if is_named else ""
    picture = fence.opening.saying(f"![{options.get('fig-alt', '')}](){braces}")
    return [*apart(made), *apart([picture, *([fence.opening.saying(caption)] if caption else [])])]
