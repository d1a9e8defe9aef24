"""Custom properties: what layouts ask of lines by names of their own, read from the engine's computed style."""

from __future__ import annotations

from typing import Any


def word_of(style: Any, name: str) -> str:
    """The word of a custom property; empty where none is given."""
    return next((token.value for token in _tokens(style, name) if token.type == "ident"), "")


def share_of(style: Any, name: str) -> float | None:
    """The percentage of a custom property, as a share."""
    return next((token.value / 100 for token in _tokens(style, name) if token.type == "percentage"), None)


def whole_numbers_of(style: Any, name: str) -> tuple[int, ...]:
    """The whole numbers of a custom property."""
    return tuple(token.int_value for token in _tokens(style, name) if token.type == "number" and token.is_integer)


def _tokens(style: Any, name: str) -> Any:
    return style[name.replace("-", "_")] or ()
