"""Texts of MDX, as Docusaurus, Astro and Nextra have them: imports go, components give way to what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.errors import Severity
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code

SITES = tuple(f"docusaurus.config.{suffix}" for suffix in ("js", "ts", "mjs", "cjs"))
"""The settings of Docusaurus, which are a program."""
_STATEMENT = re.compile(r"(?:import\s+(?:[\w*{'\"].*)|export\s+(?:const|let|var|default|function)\b.*)")
_ADMONITION = re.compile(r"^(\s*:{3,})\s*([a-z]+)\s*\[([^\[\]\n]*)\](?=\s*(?:\{[^{}\n]*\})?\s*$)")
_ITEM = re.compile(r"<TabItem\b[^<>]*?\blabel=[\"']([^\"'<>]*)[\"'][^<>]*>")
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*)?/?>")
_COMMENT = re.compile(r"\{/\*(.*?)\*/\}", re.DOTALL)
_ADDRESS = re.compile(r"\bsrc=\{(?:useBaseUrl|require)\(\s*[\"']([^\"'{}]+)[\"']\s*\)(?:\.default)?\}")
_CLASS = re.compile(r"\s(?:className|style)=(?:\"[^\"]*\"|\{\{[^{}]*\}\}|\{[^{}]*\})")


@dataclass(frozen=True)
class MdxTexts:
    """Rewrites the texts of a site."""

    gathering: Gathering

    def written(self, lines: Sequence[TypedLine]) -> list[TypedLine]:
        """A text with signs that our reader reads."""
        code = is_code(lines)
        kept = [
            line
            for line, is_inside in zip(lines, code, strict=True)
            if is_inside or not _STATEMENT.fullmatch(line.text)
        ]
        code = is_code(kept)
        kept = [
            line if is_inside else line.saying(_ADMONITION.sub(r"\1 \2 \3", line.text))
            for line, is_inside in zip(kept, code, strict=True)
        ]
        kept = changed(kept, _COMMENT, _as_comment)
        kept = changed(kept, _ADDRESS, lambda match, _: f'src="{match[1]}"')
        kept = changed(kept, _CLASS, lambda *_: "")
        kept = changed(kept, _ITEM, self._tab)
        return changed(kept, _COMPONENT, self._component)

    def _tab(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-tabs", line, match[1], Severity.ADVICE)
        return f"**{match[1]}**"

    def _component(self, match: re.Match[str], line: TypedLine) -> str:
        """A component gives way to what is in it; one that has nothing in it is told."""
        if match[0].endswith("/>"):
            self.gathering.remark("import-component", line, match[0])
        return ""


def _as_comment(match: re.Match[str], line: TypedLine) -> str:
    """A remark in a comment of ours; a heading can have none."""
    return "" if line.text.startswith("#") else f"<!--{match[1].replace('-->', '-- >')}-->"
