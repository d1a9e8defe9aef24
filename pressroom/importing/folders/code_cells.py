"""Code cells: code that another program runs. Its text comes; what it would print or draw is still to come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pressroom.errors import Severity
from pressroom.importing.folders.fences import Fence, boxed, code_block, commented
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, apart, text_of, trimmed

_OPTION = re.compile(r"^\s*(?:#|//|--|%%)\|\s*([\w-]+)\s*:\s*(.*?)\s*$")
_IN_HEAD = re.compile(r"([\w.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^,}\s]+)")
_GRAPHICS = re.compile(
    r"^\s*(?:knitr::)?include_graphics\(\s*(?:path\s*=\s*)?(?:c\()?\s*((?:\"[^\"]*\"|'[^']*'|[,\s])+)[^()]*\)?\)\s*$"
)
"""A call of R that shows pictures of the folder."""
_OFF = ("false", "f")
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
    if pictures := _pictures_shown(text_of(code)):
        return _as_figure(fence.opening, pictures, options)
    is_shown = options.get("echo", "true").lower() not in _OFF and options.get("include", "").lower() not in _OFF
    gathering.remark("import-code", fence.opening, f"{language}: {code[0].text.strip() if code else ''}")
    made = (code_block(fence.opening, language, code) if is_shown else commented(code)) if code else []
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    label = _label_of_figure(options)
    is_named = label.startswith(("fig-", "tbl-", "fig:", "tbl:"))
    if not caption and not is_named:
        return apart(made)
    gathering.remark("import-figure", fence.opening, label or caption, Severity.ADVICE)
    braces = f"{{#{label}}}" if is_named else ""
    picture = fence.opening.saying(f"![{options.get('fig-alt', '')}](){braces}")
    return [*apart(made), *apart([picture, *([fence.opening.saying(caption)] if caption else [])])]


def _pictures_shown(code: str) -> list[str]:
    """The pictures of the folder that code does nothing but show."""
    match = _GRAPHICS.match(code)
    return [double or single for double, single in re.findall(r"\"([^\"]*)\"|'([^']*)'", match[1])] if match else []


def _label_of_figure(options: Mapping[str, str]) -> str:
    """The label by which texts refer to a figure: R Markdown has “fig:” before it in references alone."""
    label = options.get("label", "")
    is_bare = label and options.get("fig-cap") and not re.match(r"(?:fig|tbl)[-:]", label)
    return f"fig-{label}" if is_bare else label


def _as_figure(opening: TypedLine, pictures: Sequence[str], options: Mapping[str, str]) -> list[TypedLine]:
    """Pictures that a cell shows, with its caption: a figure, or a gallery."""
    label, caption = _label_of_figure(options), options.get("fig-cap", "")
    id = f"#{label}" if label.startswith(("fig-", "fig:")) else ""
    width = options.get("out-width", "")
    width = f"width={width}" if re.fullmatch(r"\d+%", width) and len(pictures) == 1 else ""
    braces = " ".join(filter(None, (id, width)))
    alt = options.get("fig-alt", "")
    if len(pictures) == 1:
        shown = f"![{alt}](<{pictures[0]}>)" + (f"{{{braces}}}" if braces else "")
        return apart([opening.saying(shown), *([opening.saying(caption)] if caption else [])])
    lines = [line for name in pictures for line in (opening.saying(f"![{alt}](<{name}>)"), opening.saying(""))]
    inside = [*lines, *([opening.saying(caption)] if caption else [])]
    return boxed(opening, f"gallery {{{id}}}" if id else "gallery", inside)
