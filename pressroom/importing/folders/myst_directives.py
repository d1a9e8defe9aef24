"""Directives of MyST between ``` or :::, each as a block of ours. Unknown ones keep what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pressroom.importing.folders.code_cells import code_cell
from pressroom.importing.folders.diagrams import DIAGRAMS, diagram
from pressroom.importing.folders.fences import Fence, boxed, code_block, commented, parsed, rendered
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.inclusions import includable
from pressroom.importing.folders.myst_tables import csv_table, list_table
from pressroom.importing.folders.typed_lines import TypedLine, apart, text_of, trimmed, typed
from pressroom.manuscript.callouts import KINDS

_HEAD = re.compile(r"\{([a-zA-Z][\w:.+-]*)\}\s*(.*)")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*?)\s*$")
_CODE = frozenset("code code-block sourcecode parsed-literal prompt".split())
_MARGIN = frozenset("margin aside sidebar topic dropdown".split())
_CHANGES = {"versionadded": "New in", "versionchanged": "Changed in", "deprecated": "Deprecated since"}
_UNSEEN = frozenset(
    "toctree tableofcontents contents bibliography index listfigures highlight default-role meta tags footbibliography"
    " show-index genindex".split()
)
_UNWRAPPED = frozenset(
    "div container card card-carousel grid grid-item grid-item-card tab-set tab-item tabbed figure-md only centered"
    " hlist block blockquote compound".split()
)
_LAID_OUT = frozenset("div container grid grid-item tab-set only hlist block card-carousel compound".split())
"""Directives whose argument says how they look."""
_PLAYED = frozenset("iframe video youtube vimeo audio".split())
_PICTURE_LINE = re.compile(r"^\s*(?:!\[|<img\s)")


@dataclass(frozen=True)
class Directive:
    """A directive taken apart."""

    name: str
    argument: str
    options: Mapping[str, str]
    body: list[TypedLine]
    fence: Fence

    @property
    def id(self) -> str:
        """The label that references call it by."""
        return re.sub(r"[^\w:.-]+", "-", self.options.get("label") or self.options.get("name") or "")

    @property
    def braces(self) -> str:
        """Its label in braces; “” if it has none."""
        return f" {{#{self.id}}}" if self.id else ""

    def line(self, text: str) -> TypedLine:
        """A line at the place of the directive."""
        return self.fence.opening.saying(f"{self.fence.opening.indent}{text}" if text else "")


@dataclass
class MystDirectives:
    """Writes the directives of one text anew."""

    gathering: Gathering
    prepared: Callable[[Sequence[TypedLine]], list[TypedLine]]
    """Makes ours of comments and labels in lines that are included."""
    within: tuple[str, ...] = ()
    """The files that are being read, the outermost first."""
    depth: int = field(default=0)

    def __call__(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """The block as lines of ours."""
        match = _HEAD.fullmatch(fence.head)
        if match is None:
            if fence.is_code and (fence.head.split() or [""])[0] in DIAGRAMS:
                return diagram(self.gathering, fence, inner)
            return fence.whole if fence.is_code else apart(inner)
        options, body = _options(inner)
        return self._written(Directive(match[1].lower(), match[2].strip(), options, body, fence))

    def _written(self, found: Directive) -> list[TypedLine]:
        makers = self._makers()
        maker = next((makers[name] for name in (found.name, found.name.partition(":")[0]) if name in makers), None)
        if maker is not None:
            return maker(found)
        if found.name in _UNSEEN:
            return []
        if found.name not in _UNWRAPPED:
            self.gathering.remark("import-directive", found.fence.opening, f"{{{found.name}}} {found.argument}")
        is_titled = found.argument and found.name not in _LAID_OUT
        title = [found.line(f"**{found.argument}**"), found.line("")] if is_titled else []
        return apart([*title, *self._blocks(found)])

    def _makers(self) -> dict[str, Callable[[Directive], list[TypedLine]]]:
        boxes = dict.fromkeys((*KINDS, "admonition", "seealso", *_MARGIN), self._aside)
        return {
            **boxes,
            **dict.fromkeys(_CODE, self._code),
            **dict.fromkeys(_CHANGES, self._aside),
            **dict.fromkeys(("prf", "proof", "exercise", "solution", "exercise-start"), self._theorem),
            **dict.fromkeys(_PLAYED, self._player),
            **dict.fromkeys(
                DIAGRAMS, lambda d: diagram(self.gathering, d.fence, d.body, d.options.get("caption", ""), d.id)
            ),
            **dict.fromkeys(("epigraph", "highlights"), lambda d: boxed(d.fence.opening, "epigraph", self._blocks(d))),
            **dict.fromkeys(("pull-quote", "quote"), lambda d: boxed(d.fence.opening, "pullquote", self._blocks(d))),
            "figure": self._figure,
            "image": self._figure,
            "table": self._table,
            "list-table": lambda d: self._captioned(d, list_table(self._blocks(d), _heads(d))),
            "csv-table": lambda d: self._captioned(d, csv_table(d.body, d.options.get("header", ""), _heads(d))),
            "math": self._math,
            "glossary": self._glossary,
            "include": self._include,
            "literalinclude": self._literal,
            "code-cell": lambda d: code_cell(self.gathering, d.fence, d.body, d.argument, _cell_options(d)),
            "raw": self._raw,
            "eval-rst": self._raw,
            "rubric": lambda d: apart([d.line(f"**{d.argument}**")]),
            "embed": self._unread,
            "glue": self._unread,
            "figure-md": self._figure_of_markdown,
        }

    def _blocks(self, found: Directive) -> list[TypedLine]:
        """What stands in a directive, with the directives in it. Between colons they are written already."""
        if not found.fence.is_code or self.depth > 20:
            return found.body
        self.depth += 1
        try:
            return rendered(parsed(self.prepared(found.body)), self)
        finally:
            self.depth -= 1

    def _unread(self, found: Directive) -> list[TypedLine]:
        self.gathering.remark("import-directive", found.fence.opening, f"{{{found.name}}} {found.argument}")
        return []

    # ---- boxes

    def _aside(self, found: Directive) -> list[TypedLine]:
        kind = found.name if found.name in KINDS and found.name != "admonition" else "sidebar"
        title = found.argument
        body = self._blocks(found)
        if kind != "sidebar" and title and found.name != "seealso":  # there, the argument is the first paragraph
            body, title = (
                ([found.line(title), found.line(""), *body], "") if len(title) > 60 or not body else (body, title)
            )
        if found.name in _CHANGES:
            title = f"{_CHANGES[found.name]} {title}"
        if not trimmed(body):
            body, title = [found.line(title)], ""
        return boxed(found.fence.opening, f"{kind} {title}".rstrip() + found.braces, body) if trimmed(body) else []

    def _theorem(self, found: Directive) -> list[TypedLine]:
        kind = found.name.rpartition(":")[2].replace("-start", "").capitalize()
        title = f"{kind} ({found.argument})" if found.argument else kind
        return boxed(found.fence.opening, f"sidebar {title}{found.braces}", self._blocks(found))

    # ---- pictures

    def _figure(self, found: Directive) -> list[TypedLine]:
        body = trimmed(self._blocks(found))
        if not found.argument:
            return self._subfigures(found, body)
        width = re.fullmatch(r"(\d+)\s*(%|px)?", found.options.get("width", "") or found.options.get("w", ""))
        braces = " ".join(
            filter(None, (f"#{found.id}" if found.id else "", width and f"width={width[1]}{width[2] or ''}"))
        )
        braces = f"{{{braces.replace('px', '')}}}" if braces else ""
        alt = found.options.get("alt", "").replace("[", "\\[").replace("]", "\\]")
        picture = found.line(f"![{alt}](<{found.argument}>){braces}")
        paragraphs = sum(1 for n, line in enumerate(body) if line.is_blank) + 1 if body else 0
        if paragraphs > 1:
            return boxed(found.fence.opening, "figure", [picture, found.line(""), *body])
        return apart([picture, *body])

    def _subfigures(self, found: Directive, body: list[TypedLine]) -> list[TypedLine]:
        """A figure of several pictures, of a table or of code: pictures are a gallery."""
        pictures = [line for line in body if _PICTURE_LINE.match(line.text)]
        if len(pictures) > 1:
            return boxed(found.fence.opening, f"gallery{found.braces}", body)
        return apart(body)

    def _figure_of_markdown(self, found: Directive) -> list[TypedLine]:
        body = trimmed(self._blocks(found))
        id = re.sub(r"[^\w:.-]+", "-", found.argument)
        at = next((n for n, line in enumerate(body) if _PICTURE_LINE.match(line.text)), None)
        if at is None:
            return apart(body)
        picture = body[at].saying(f"{body[at].text.rstrip()}{{#{id}}}" if id else body[at].text)
        return apart([picture, *trimmed(body[at + 1 :])])

    def _player(self, found: Directive) -> list[TypedLine]:
        self.gathering.remark("import-player", found.fence.opening, found.argument)
        link = [found.line(f"<{found.argument}>")] if found.argument.startswith("http") else []
        return apart([*link, found.line(""), *self._blocks(found)])

    # ---- tables, code, formulas

    def _table(self, found: Directive) -> list[TypedLine]:
        return self._captioned(found, trimmed(self._blocks(found)))

    def _captioned(self, found: Directive, table: Sequence[TypedLine]) -> list[TypedLine]:
        caption = f"Table: {found.argument}{found.braces}" if found.argument or found.id else ""
        return apart([*table, *([found.line(""), found.line(caption)] if caption and table else [])])

    def _code(self, found: Directive) -> list[TypedLine]:
        caption = found.options.get("caption", "")
        made = code_block(found.fence.opening, (found.argument.split() or [""])[0], found.body)
        return [*made, *(apart([found.line(caption)]) if caption else [])]

    def _math(self, found: Directive) -> list[TypedLine]:
        body = [found.line(found.argument)] if found.argument else []
        formula = [line for line in (*body, *trimmed(found.body)) if not line.is_blank]
        return apart([found.line("$$"), *formula, found.line(f"$${found.braces}")])

    def _glossary(self, found: Directive) -> list[TypedLine]:
        """Terms with what they mean indented below them, or as definitions already."""
        made: list[TypedLine] = []
        for line in trimmed(self._blocks(found)):
            is_meaning = line.text[:1] in " \t" and not line.is_blank
            if is_meaning and made and (made[-1].text[:1] not in (":", " ")) and not made[-1].is_blank:
                made.append(line.saying(f": {line.text.strip()}"))
            else:
                made.append(line.saying(f"  {line.text.strip()}") if is_meaning else line)
        return apart(made)

    def _raw(self, found: Directive) -> list[TypedLine]:
        if found.name == "raw" and found.argument == "html":
            return apart(found.body)
        self.gathering.remark(
            "import-raw", found.fence.opening, f"{found.argument or found.name}: {text_of(found.body)}"
        )
        return commented(trimmed(found.body))

    # ---- other files

    def _include(self, found: Directive) -> list[TypedLine]:
        if "literal" in found.options or "code" in found.options:
            return self._literal(found)
        file = self._file(found)
        if file is None or PurePosixPath(file).suffix.lower() not in (".md", ".markdown", ".txt"):
            return [] if file is None else self._literal(found)
        before, self.within = self.within, (*self.within, file)
        try:
            return apart(rendered(parsed(self.prepared(typed(file, self.gathering.folder.text(file) or ""))), self))
        finally:
            self.within = before

    def _literal(self, found: Directive) -> list[TypedLine]:
        file = self._file(found)
        text = self.gathering.folder.text(file) if file else None
        if text is None or file is None:
            return []
        lines = _some(typed(file, text.rstrip("\n")), found.options)
        language = found.options.get("language") or found.options.get("lang") or PurePosixPath(file).suffix[1:]
        return code_block(found.fence.opening, {"py": "python", "rs": "rust"}.get(language, language), lines)

    def _file(self, found: Directive) -> str | None:
        """The file that the argument names; None if it cannot be included, which is noted."""
        return includable(self.gathering, found.argument, found.fence.opening, self.within)


def _options(inner: list[TypedLine]) -> tuple[dict[str, str], list[TypedLine]]:
    """The options at the beginning of a directive, as `:name: value` or between lines of ---, and what follows."""
    found: dict[str, str] = {}
    n = 0
    if inner and inner[0].text.strip() == "---":
        end = next((k for k in range(1, len(inner)) if inner[k].text.strip() == "---"), 0)
        for line in inner[1:end]:
            name, _, value = line.text.partition(":")
            found[name.strip().lower()] = value.strip().strip("\"'")
        return found, inner[end + 1 :] if end else inner
    while n < len(inner) and (match := _OPTION.match(inner[n].text)):
        found[match[1].lower()] = match[2]
        n += 1
    return found, inner[n:]


def _heads(found: Directive) -> int:
    rows = found.options.get("header-rows", "1" if found.options.get("header") else "0")
    return int(rows) if rows.isdigit() else 1


def _cell_options(found: Directive) -> dict[str, str]:
    tags = found.options.get("tags", "")
    return {"echo": "false"} if "remove-input" in tags or "hide-input" in tags or "remove-cell" in tags else {}


def _some(lines: Sequence[TypedLine], options: Mapping[str, str]) -> list[TypedLine]:
    """The lines of a file that `:lines:`, `:start-line:` and `:end-line:` choose."""
    if chosen := options.get("lines", ""):
        picked: list[TypedLine] = []
        for part in chosen.split(","):
            first, dash, last = part.strip().partition("-")
            if first.isdigit() or dash:
                top = int(first) if first.isdigit() else 1
                bottom = int(last) if last.isdigit() else len(lines) if dash else top
                picked += lines[max(0, top - 1) : bottom]
        return picked
    start, end = options.get("start-line", ""), options.get("end-line", "")
    return list(lines[int(start) if start.isdigit() else 0 : int(end) if end.isdigit() else None])
