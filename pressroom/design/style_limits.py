"""Limits of style sheets: lengths, gradients, grids and variables that would take all memory or never end, and
selectors at which the page engine would break down.

A layout may come from strangers. What a person writes stays far below these limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from pressroom import css
from pressroom.errors import Finding, Place, Source, error

LONGEST = 100_000.0
"""The greatest length, in mm: 100 m. A PDF page has at most 5.08 m (ISO 32000-1, annex C)."""
FINEST = 0.05
"""The least period of a repeating gradient, in mm: 500 lines to the inch, which no press and no screen shows."""
_MOST_TRACKS = 1_000
"""The most rows and columns of a grid; the page engine makes each of them, also where nothing stands in it."""
_MOST_TOKENS = 100_000
"""The most words and signs of a value; the longest in a built-in layout has 66."""
_DEEPEST = 100
"""The most variables inside one another; the page engine breaks at some 200, built-in layouts have four."""
_MM = {
    "mm": 1.0, "cm": 10.0, "q": 0.25, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96,
    "em": 4.0, "rem": 4.0, "ex": 2.0, "ch": 2.0, "lh": 5.0, "rlh": 5.0, "vw": 2.0, "vh": 2.0, "%": 2.0,
}  # fmt: skip
"""How long one unit is; for units that depend on type or page, about how long in a book."""


def beyond_limits(source: Source) -> Iterator[Finding]:
    """Errors for lengths, gradients and grids of a style sheet that no page can have, each with its line."""
    for declaration in css.declarations(source.text):
        place = source.place(declaration.line, declaration.column, len(declaration.name))
        if first := next(_beyond(declaration, place), None):
            yield first


def _beyond(declaration: css.Declaration, place: Place) -> Iterator[Finding]:
    """The errors for what is beyond the limits in a declaration."""
    for token in css.tokens(declaration.value):
        length = _length(token)
        if length is not None and abs(length) > LONGEST:
            why = f"“{css.written([token])}” is longer than 100 m: to lay that out takes all memory, or never ends."
            yield error("style-immense", place, why, "Write a length that a page can have.")
        elif token.type == "function" and token.lower_name.startswith("repeating-") and _is_too_fine(token):
            why = "This gradient repeats more often than a press or a screen can show; to draw it may never end."
            yield error("style-immense", place, why, f"Let it repeat after {FINEST} mm or more.")
        elif declaration.name.startswith("grid") and abs(_number(token)) > _MOST_TRACKS:
            why = f"This grid has more than {_MOST_TRACKS:,} rows or columns: to lay that out takes all memory."
            yield error("style-immense", place, why, "Write as many as a page has room for.")


def growing_values(source: Source) -> Iterator[Finding]:
    """Errors for custom properties that stop the page engine when the properties that they name are filled in: ten of
    ten of ten, and so on, which no memory holds, or one that names one that names one, for ever. The line is that of
    the first such property.
    """
    declared = {one.name: one for one in css.declarations(source.text) if one.name.startswith("--")}
    if (name := _first_immense({name: list(css.tokens(one.value)) for name, one in declared.items()})) is not None:
        place = source.place(declared[name].line, declared[name].column, len(name))
        why = f"“{name}” has more than {_MOST_TOKENS:,} words, or more than {_DEEPEST} variables, one inside the other."
        yield error("style-immense", place, why, "Name fewer variables in it: each brings all that it names.")


def _first_immense(values: Mapping[str, list[css.Token]]) -> str | None:
    """The first custom property that is too long or too deep; what names itself has no value (CSS Variables 1, 2.3)."""
    named = {
        name: [token.value for token in value if token.type == "ident" and token.value in values]
        for name, value in values.items()
    }
    lengths: dict[str, int] = {}
    for depth in count():
        ready = [name for name in values if name not in lengths and all(each in lengths for each in named[name])]
        lengths |= {name: len(values[name]) + sum(lengths[each] for each in named[name]) for name in ready}
        if not ready:
            return None
        if immense := next((name for name in ready if depth > _DEEPEST or lengths[name] > _MOST_TOKENS), None):
            return immense
    return None


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


def _number(token: css.Token) -> float:
    """A number without a unit; 0 for what is none."""
    value, unit = css.amount_of(token) or (0.0, "")
    return value if not unit else 0.0


def _is_too_fine(gradient: css.Token) -> bool:
    """Whether a gradient repeats before `FINEST`: stops at lengths decide, where it has some."""
    stops = [length for token in css.tokens(gradient.arguments) if (length := _length(token)) is not None]
    return bool(stops) and max(stops) - min(0.0, *stops) < FINEST


LIMITS = (beyond_limits, growing_values, unreadable_selectors)
"""What is asked of a publication's own style sheets."""
