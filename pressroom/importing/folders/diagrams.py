"""Diagrams that another program draws out of text: their place is held, and their text stays as a comment."""

from __future__ import annotations

from collections.abc import Sequence

from pressroom.importing.folders.fences import Fence, commented
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, apart, trimmed

DIAGRAMS = frozenset("mermaid plantuml dot graphviz tikz chart vega-lite ditaa".split())
"""The languages of such text."""


def diagram(
    gathering: Gathering, fence: Fence, inner: Sequence[TypedLine], caption: str = "", id: str = ""
) -> list[TypedLine]:
    """The place of a picture that is still to come, above the text that draws it."""
    gathering.remark("import-diagram", fence.opening, fence.head or "a diagram")
    braces = f"{{#{id}}}" if id else ""
    picture = [fence.opening.saying(f"{fence.opening.indent}![](){braces}")]
    words = [fence.opening.saying(f"{fence.opening.indent}{caption}")] if caption else []
    return [*apart([*picture, *words]), *commented(trimmed(inner))]
