"""Roles of MyST: `{ref}`, `{cite}`, `{term}` and the others as links, citations and marks of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from pressroom.errors import Severity
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed

_ROLE = re.compile(r"\{([a-zA-Z][\w:.+-]*)\}(`+)(?!`)(.+?)(?<!`)\2(?!`)", re.DOTALL)
_WITH_TARGET = re.compile(r"(.*?)\s*<([^<>]+)>\s*", re.DOTALL)
_ABBREVIATION = re.compile(r"(.*?)\s*\(([^()]*)\)\s*", re.DOTALL)
_MARKS = {
    "sub": "~", "subscript": "~", "sup": "^", "superscript": "^", "emphasis": "*", "strong": "**", "del": "~~",
    "delete": "~~", "strike": "~~", "guilabel": "**", "menuselection": "**", "button": "**", "dfn": "*", "title": "*",
}  # fmt: skip
_SPANS = {"sc": "smallcaps", "smallcaps": "smallcaps", "u": "underline", "underline": "underline", "index": "index"}
_CODE = frozenset(
    "code literal file command program samp envvar option regexp makevar mimetype func class meth attr mod obj data exc"
    " const py:func py:class py:meth py:mod py:attr".split()
)
_LINKS = frozenset("ref numref eq doc any prf:ref proof:ref exr:ref labelref hyperref".split())
_ADDRESS = re.compile(r"(\]\()(?:project:|path:)(?=[#\w./])")


@dataclass(frozen=True)
class MystRoles:
    """Rewrites the roles of one project."""

    gathering: Gathering

    def rewrite(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text whose roles are signs that our reader reads."""
        lines = changed(lines, _ROLE, self._role, in_spans=True)
        return changed(lines, _ADDRESS, lambda match, _: match[1])

    def _role(self, match: re.Match[str], line: TypedLine) -> str:
        name, inner = match[1].lower(), " ".join(match[3].split())
        if name in _LINKS:
            return _link(name, inner)
        if name.startswith("cite"):
            return _citation(name, inner)
        if name == "math":
            return f"${inner}$"
        if sign := _MARKS.get(name):
            return f"{sign}{inner.replace(' ', chr(0xA0)) if sign in '~^' else inner}{sign}"
        if kind := _SPANS.get(name):
            return f"[{inner}]{{.{kind}}}"
        if name in _CODE:
            return f"`{inner}`"
        if name == "kbd":
            return f"<kbd>{escape(inner, quote=False)}</kbd>"
        if name in ("abbr", "abbreviation") and (found := _ABBREVIATION.fullmatch(inner)):
            return f'<abbr title="{escape(found[2])}">{escape(found[1], quote=False)}</abbr>'
        return self._words(name, inner, line)

    def _words(self, name: str, inner: str, line: TypedLine) -> str:
        """The words of a role that means nothing in a book: those of a term are all there is to see of it."""
        found = _WITH_TARGET.fullmatch(inner)
        if name == "footcite":
            return f"[@{inner}]"
        if name not in ("term", "abbr", "glossary"):
            severity = Severity.ADVICE if name in ("download", "span", "rubric") else Severity.WARNING
            self.gathering.remark("import-role", line, f"{{{name}}} {inner}", severity)
        return found[1] if found and found[1] else inner


def _link(name: str, inner: str) -> str:
    found = _WITH_TARGET.fullmatch(inner)
    words, target = (found[1], found[2]) if found else ("", inner)
    if name == "numref" or "%s" in words or "{number}" in words:
        words = ""
    if name == "doc":
        return f"[{words}](<{target}>)"
    return f"[{words}](#{as_id(target)})"


def as_id(name: str) -> str:
    """A label as an id that can stand in braces and addresses."""
    return re.sub(r"[^\w:.-]+", "-", name.strip())


def _citation(name: str, inner: str) -> str:
    """Citations as Pandoc has them. `{cite:t}` is a part of its sentence."""
    keys = [key.strip() for key in re.split(r"[,;]", inner) if key.strip()]
    if name in ("cite:t", "cite:ts", "cite:ct", "citet") and len(keys) == 1:
        return f"@{keys[0]}"
    less = "-" if name in ("cite:year", "cite:yearpar") else ""
    return f"[{'; '.join(f'{less}@{key}' for key in keys)}]"
