"""Blocks of a vault: code that a plugin reads, and boxes of the admonition plugin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressroom.importing.folders.diagrams import DIAGRAMS, diagram
from pressroom.importing.folders.fences import Fence, boxed, commented, parsed, rendered
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, text_of, trimmed
from pressroom.manuscript.callouts import KINDS

_PLUGINS = frozenset("dataview dataviewjs query tasks button meta-bind base leaflet timeline kanban excalidraw".split())
"""Code that a plugin of Obsidian replaces with what it finds."""


@dataclass(frozen=True)
class VaultBlocks:
    """Writes the blocks of a vault anew."""

    gathering: Gathering

    def __call__(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """The block as lines of ours."""
        if not fence.is_code:
            closing = [fence.closing] if fence.closing else []
            return [fence.opening, *inner, *closing]
        language = (fence.head.split() or [""])[0].lower()
        if language in DIAGRAMS:
            return diagram(self.gathering, fence, inner)
        if language in _PLUGINS:
            self.gathering.remark("import-query", fence.opening, text_of(inner))
            return commented(trimmed(inner))
        if language.startswith("ad-"):
            return self._admonition(fence, inner, language.removeprefix("ad-"))
        return fence.whole

    def _admonition(self, fence: Fence, inner: list[TypedLine], kind: str) -> list[TypedLine]:
        title = ""
        while inner and (match := re.match(r"\s*(title|collapse|icon|color):\s*(.*?)\s*$", inner[0].text)):
            title = match[2] if match[1] == "title" else title
            inner = inner[1:]
        name = kind if kind in KINDS else "sidebar"
        title = title or ("" if kind in KINDS else kind.capitalize())
        return boxed(fence.opening, f"{name} {title}".strip(), rendered(parsed(inner), self))
