"""Limits of style sheets: lengths and gradients that no page can have, and that would take all memory or never end, and
selectors at which the page engine would break down.

A layout may come from strangers. What a person writes stays far below these limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressroom import css
from pressroom.errors import Finding, Source, error

LONGEST = 100_000.0
"""The greatest length, in mm: 100 m. A PDF page has at most 5.08 m (ISO 32000-1, annex C)."""
FINEST = 0.05
"""The least period of a repeating gradient, in mm: 500 lines to the inch, which no press and no screen shows."""
_MM = {
    "mm": 1.0, "cm": 10.0, "q": 0.25, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96,
    "em": 4.0, "rem": 4.0, "ex": 2.0, "ch": 2.0, "lh": 5.0, "rlh": 5.0, "vw": 2.0, "vh": 2.0, "%": 2.0,
}  # fmt: skip
"""How long one unit is; for units that depend on type or page, about how long in a book."""


def beyond_limits(source: Source) -> Iterator[Finding]:
    """Errors for lengths and gradients of a style sheet that no page can have, each with its line."""
    for declaration in css.declarations(source.text):
        place = source.place(declaration.line, declaration.column, len(declaration.name))
        for token in css.tokens(declaration.value):
            length = _length(token)
            if length is not None and abs(length) > LONGEST:
                why = f"“{css.written([token])}” is longer than 100 m: to lay that out takes all memory, or never ends."
                yield error("style-immense", place, why, "Write a length that a page can have.")
            elif token.type == "function" and token.lower_name.startswith("repeating-") and _is_too_fine(token):
                why = "This gradient repeats more often than a press or a screen can show; to draw it may never end."
                yield error("style-immense", place, why, f"Let it repeat after {FINEST} mm or more.")


def unreadable_selectors(source: Source) -> Iterator[Finding]:
    """Errors for selectors that break the page engine, each with its line; others that are wrong it only leaves out."""
    for selector in css.selectors(source.text):
        try:
            css.compiled(selector.tokens)
        except css.UnreadableSelectorError:
            why = "The page engine cannot read this selector, and would stop at it."
            place = source.place(selector.line, selector.column)
            yield error("style-selector", place, why, "Complete it, or take its rule away.")
        except ValueError:
            continue


def _length(token: css.Token) -> float | None:
    """A length in mm, or about that many; None for what is no length."""
    value, unit = css.amount_of(token) or (0.0, "")
    return value * _MM[unit] if unit in _MM else None


def _is_too_fine(gradient: css.Token) -> bool:
    """Whether a gradient repeats before `FINEST`: stops at lengths decide, where it has some."""
    stops = [length for token in css.tokens(gradient.arguments) if (length := _length(token)) is not None]
    return bool(stops) and max(stops) - min(0.0, *stops) < FINEST
