"""Shortcodes of Quarto: variables, facts of the document, and instructions, each as what it would print."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.folders.front_matter import names_in_head, words_in_head
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed

SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*([^{}]*?)\s*>\}\}(?!\})")
_UNSEEN = frozenset(["pagebreak", "meta-refresh"])


@dataclass(frozen=True)
class Shortcodes:
    """Rewrites the shortcodes of one text. `facts` are the values of its front matter, the project’s among them."""

    gathering: Gathering
    facts: Mapping[str, Any]

    def rewrite(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text in which each shortcode is what it would print."""
        return changed(lines, SHORTCODE, self._printed)

    def _printed(self, match: re.Match[str], line: TypedLine) -> str:
        try:
            name, *given = shlex.split(match[1])
        except ValueError:
            name, given = "", []
        named = [each for each in given if "=" not in each]
        if name == "var" and named:
            return self._variable(named[0], line)
        if name == "meta" and named:
            return self._fact(named[0], line)
        if name == "kbd" and named:
            return f"<kbd>{named[0]}</kbd>"
        if name == "br":
            return "\\\n"
        if name == "video" and named:
            self.gathering.remark("import-player", line, named[0])
            return f"<{named[0]}>" if named[0].startswith("http") else named[0]
        severity = Severity.ADVICE if name in _UNSEEN else Severity.WARNING
        self.gathering.remark("import-shortcode", line, match[0], severity)
        return ""

    def _variable(self, name: str, line: TypedLine) -> str:
        if name not in self.gathering.variables:
            self.gathering.remark("import-variable", line, name)
            return f"[TK {name}]"
        return f"{{{{ {name} }}}}"

    def _fact(self, path: str, line: TypedLine) -> str:
        value: Any = self.facts
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        words = words_in_head(value) if path.partition(".")[0] not in ("author", "authors") else ""
        words = words or ", ".join(names_in_head(value))
        if not words:
            self.gathering.remark("import-variable", line, path)
        return words or f"[TK {path}]"


def flat_variables(values: Any, before: str = "") -> dict[str, str]:
    """The texts of nested keys, by names with full stops."""
    if isinstance(values, dict):
        found: dict[str, str] = {}
        for key, value in values.items():
            found |= flat_variables(value, f"{before}.{key}" if before else str(key))
        return found
    if isinstance(values, list):
        return {}
    return {before: str(values)} if before and values is not None else {}
