"""Texts of mdBook: what chapters include, lines of code that are hidden, formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pressroom.errors import Severity
from pressroom.importing.folders.diagrams import DIAGRAMS, diagram
from pressroom.importing.folders.fences import Fence, boxed, boxes_between
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.inclusions import Inclusions
from pressroom.importing.folders.typed_lines import TypedLine, changed, typed, unindented

_INCLUDE = re.compile(r"\{\{#(?:rustdoc_)?include\s+([^{}:\s]+)((?::[^{}\s]*)?)\s*\}\}")
_PLAYGROUND = re.compile(r"\{\{#(?:playground|playpen)\s+([^{}\s]+)[^{}]*\}\}")
_TITLE = re.compile(r"(?<!\\)\{\{#title\s[^{}]*\}\}")
_FOOTNOTE = re.compile(r"\{\{footnote:\s*([^{}]+)\}\}")
"""A note of mdbook-footnote."""
_OTHER = re.compile(r"(?<!\\)\{\{#\w[^{}]*\}\}")
_ESCAPED = re.compile(r"\\\{\{#")
_ANCHOR = re.compile(r"ANCHOR(?:_END)?:\s*[\w-]+")
_INLINE = re.compile(r"\\\\\((.+?)\\\\\)", re.DOTALL)
_DISPLAY = re.compile(r"\\\\\[(.+?)\\\\\]", re.DOTALL)
_WARNING = re.compile(r"^\s*<div\s+class=[\"']?(warning|note|info|tip)[\"']?\s*>\s*$", re.IGNORECASE)
_HINT = re.compile(r"^\s*\{%\s*hint\s+style=[\"'](\w+)[\"']\s*%\}\s*$")
_EMBED = re.compile(r"\{%\s*embed\s+url=[\"']([^\"']+)[\"'][^{}]*%\}")
_TAB = re.compile(r"\{%\s*tab\s+title=[\"']([^\"']*)[\"'][^{}]*%\}")
_AROUND = re.compile(
    r"\{%\s*(?:tabs|endtabs|endtab|endembed|(?:end)?content-ref|(?:end)?code|(?:end)?stepper)\b[^{}]*%\}"
)
"""Signs of GitBook around what stays."""
_LIQUID = re.compile(r"\{%.*?%\}")
_ICON = re.compile(r"<i\s+class=[\"'](?:fa|fas|fab|far)\b[^\"']*[\"'][^<>]*>\s*</i>", re.IGNORECASE)


@dataclass
class MdbookTexts:
    """Rewrites the texts of a book."""

    gathering: Gathering
    hidden: Mapping[str, str]
    """By language, the sign of lines of code that are not shown."""

    def included(self, lines: Sequence[TypedLine], file: str) -> list[TypedLine]:
        """A text with what it includes."""
        self.gathering.inclusions = 0
        made = Inclusions(self.gathering, _PLAYGROUND, self._as_code).into(lines, (file,))
        return Inclusions(self.gathering, _INCLUDE, self._part).into(made, (file,))

    def _part(self, match: re.Match[str], line: TypedLine, file: str) -> list[TypedLine] | None:
        text = self.gathering.folder.text(file)
        if text is None:
            self.gathering.remark("import-include-missing", line, match[1])
            return None
        found = part_of(typed(file, text.rstrip("\n")), match[2].lstrip(":"))
        if not found:
            self.gathering.remark("import-include-missing", line, match[0])
        return [each for each in found if not _ANCHOR.search(each.text)]

    def _as_code(self, match: re.Match[str], line: TypedLine, file: str) -> list[TypedLine] | None:
        """A whole file as code, which the book could be asked to run."""
        text = self.gathering.folder.text(file)
        if text is None:
            self.gathering.remark("import-include-missing", line, match[1])
            return None
        language = {".rs": "rust", ".py": "python", ".js": "javascript"}.get(PurePosixPath(file).suffix, "")
        code = [each for each in typed(file, text.rstrip("\n")) if not _ANCHOR.search(each.text)]
        return [line.saying(f"```{language}"), *code, line.saying("```")]

    def block(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """A block of code without its hidden lines and the words for the compiler."""
        if not fence.is_code:
            return [fence.opening, *inner, *filter(None, [fence.closing])]
        words = re.split(r"[,\s]+", fence.head)
        language = words[0]
        if language == "admonish":
            return self._admonition(fence, inner)
        if language in DIAGRAMS:
            return diagram(self.gathering, fence, inner)
        sign = next((word.removeprefix("hidelines=") for word in words if word.startswith("hidelines=")), "")
        shown = _shown(inner, sign or self.hidden.get(language, ""))
        if len(shown) < len(inner):
            self.gathering.remark("import-hidden-code", fence.opening, fence.head, Severity.ADVICE)
        opening = fence.opening.text
        head = opening[: len(opening.rstrip()) - len(fence.head)] + language if fence.head else opening
        return [fence.opening.saying(head), *shown, *filter(None, [fence.closing])]

    def _admonition(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """A box of mdbook-admonish, which stands there as code."""
        named = re.search(r"\btitle=[\"']([^\"']*)[\"']", fence.head) or re.search(
            r"[\"']([^\"']*)[\"']\s*$", fence.head
        )
        kind = re.match(r"admonish\s+([a-z]+)(?![=\w])", fence.head)
        head = " ".join(filter(None, (kind[1] if kind else "note", named[1] if named else "")))
        return boxed(fence.opening, head, inner)

    def written(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text whose signs in lines our reader reads."""
        lines = boxes_between(boxes_between(lines, _WARNING, "</div>"), _HINT, "{% endhint %}")
        lines = changed(lines, _EMBED, lambda match, _: f"<{match[1]}>")
        lines = changed(lines, _TAB, self._tab)
        lines = changed(lines, _AROUND, lambda *_: "")
        lines = changed(lines, _LIQUID, self._unread)
        lines = changed(lines, _TITLE, lambda *_: "")
        lines = changed(lines, _FOOTNOTE, lambda match, _: f"^[{match[1].strip()}]")
        lines = changed(lines, _OTHER, self._unread)
        lines = changed(lines, _ICON, lambda *_: "")
        lines = changed(lines, _INLINE, lambda match, _: f"${match[1].strip()}$")
        lines = changed(lines, _DISPLAY, lambda match, _: f"\n\n$$\n{match[1].strip()}\n$$\n\n")
        lines = changed(lines, _ESCAPED, lambda *_: "\\{\\{#")
        return [line.saying(line.text.replace("\\{{#", "{{#")) for line in lines]

    def _tab(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-tabs", line, match[1], Severity.ADVICE)
        return f"**{match[1]}**\n\n"

    def _unread(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-template", line, match[0])
        return ""


def part_of(lines: Sequence[TypedLine], part: str) -> list[TypedLine]:
    """The lines that an inclusion names: `10`, `2:10`, `2:`, `:10`, the name of an anchor, or all."""
    if not part:
        return list(lines)
    if match := re.fullmatch(r"(\d*)(:?)(\d*)", part):
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else len(lines) if match[2] else first
        return list(lines[max(0, first - 1) : last])
    start = _anchor_line(lines, "ANCHOR", part)
    end = _anchor_line(lines, "ANCHOR_END", part)
    return unindented(lines[start + 1 : end]) if start is not None and end is not None else []


def _anchor_line(lines: Sequence[TypedLine], sign: str, name: str) -> int | None:
    pattern = re.compile(rf"\b{sign}:\s*{re.escape(name)}(?![\w-])")
    return next((n for n, line in enumerate(lines) if pattern.search(line.text)), None)


def _shown(lines: Sequence[TypedLine], sign: str) -> list[TypedLine]:
    """Code without the lines that begin with a sign; `##` at the beginning of a line of Rust stands for one `#`."""
    if not sign:
        return list(lines)
    shown: list[TypedLine] = []
    for line in lines:
        plain = line.text.lstrip()
        if sign == "# " and plain.startswith("##"):
            shown.append(line.saying(line.text.replace("##", "#", 1)))
        elif not (plain.startswith(sign) or (sign == "# " and plain == "#")):
            shown.append(line)
    return shown
