"""Constants: what comes out alike for every box is worked out once, before the page engine works it out for each.

A layout measures in custom properties (`--u`) and in `calc()`. The engine solves both again for every box and margin
box of every layout, Here a custom property that has one value in the whole book takes
the place of its `var()` (CSS Custom Properties 1, 3), and a `calc()` of constants becomes a number (CSS Values 4, 10).
Whatever cannot be worked out is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import isfinite

from pressroom.css import (
    Token,
    amount,
    amount_of,
    component_values,
    declarations,
    declarations_in_rules,
    inside_of,
    tokens,
    trimmed,
    with_inside,
    written,
)
from pressroom.design import Style

_Value = tuple[Token, ...]
_Amount = tuple[float, str]
"""A value and its unit."""

_CSS_WIDE = frozenset(["initial", "inherit", "unset", "revert", "revert-layer"])
"""Keywords that any property takes; as the value of a custom property, they are not put into `var()`."""
PIXELS = {"px": 1, "pt": 1 / 0.75, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 25.4 / 4}
"""Absolute lengths in px (CSS Values 4, 6.2), in the engine's own floats: what it would add up comes out to the bit."""
_KEPT_UNITS = frozenset(["", "%", "em", "rem"])
"""Units that are counted as they are written."""
_LONGEST = 1000
"""The most tokens that the value of a constant may have."""
_MATH = frozenset(
    "calc min max clamp round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot log exp abs sign".split()
)
"""Functions whose arguments are calculations."""


def worked_out(styles: Sequence[Style], elsewhere: Iterable[str]) -> tuple[Style, ...]:
    """The style sheets of an edition with their constants worked out; later style sheets win.

    `elsewhere` has the CSS of style elements and style attributes on its pages.
    """
    try:
        known = constants([style.css for style in styles], elsewhere)
        return tuple(replace(style, css=_with_constants(style.css, known)) for style in styles)
    except RecursionError:  # brackets without end; the engine says what it thinks of them
        return tuple(styles)


def _with_constants(css: str, known: Mapping[str, _Value]) -> str:
    if any(token.type == "error" for token in tokens(css)):  # what is faulty cannot be written again as it was
        return css
    made = (
        with_inside(token, _rules(inside_of(token) or (), known)) if token.type == "{} block" else token
        for token in component_values(css)
    )
    return written(made) or css  # brackets too deep to be written


def as_written(before: str, after: str, place: tuple[int, int]) -> tuple[int, int]:
    """The line and column of a declaration in a style sheet as it was written, by its place in what became of it."""
    pairs = zip(declarations_in_rules(before), declarations_in_rules(after), strict=True)
    return next(((one.line, one.column) for one, made in pairs if (made.line, made.column) == place), place)


# ---- custom properties


def constants(sheets: Sequence[str], elsewhere: Iterable[str]) -> dict[str, _Value]:
    """The custom properties that have one value in the whole book, by their names.

    They are declared on `:root` and nowhere else: not on another selector, in a condition, on a page or on an element.
    """
    waiting: dict[str, _Value] = {}
    varying = {each.name for css in elsewhere for each in declarations(css)}
    for each in (each for css in sheets for each in declarations_in_rules(css) if each.name.startswith("--")):
        if each.is_on_root and not each.important:
            waiting[each.name] = trimmed(each.value)
        else:
            varying.add(each.name)
    waiting = {name: value for name, value in waiting.items() if name not in varying and _is_put_in(value)}
    return _without_variables(waiting)


def _without_variables(waiting: dict[str, _Value]) -> dict[str, _Value]:
    """Those whose values name constants only; in a cycle, none ever does."""
    known: dict[str, _Value] = {}
    while True:
        values = {name: tuple(_solved(_filled(value, known))) for name, value in waiting.items() if name not in known}
        found = {name: value for name, value in values.items() if _is_constant(value)}
        if not found:
            return known
        known |= found


def _is_put_in(value: _Value) -> bool:
    """Whether a value may stand in the place of a `var()`: not if the declaration would then end or begin elsewhere."""
    if len(value) == 1 and value[0].type == "ident":
        return value[0].lower_value not in _CSS_WIDE
    return bool(value) and not any(token.type in ("error", "{} block") for token in tokens(value))


def _is_constant(value: _Value) -> bool:
    """Whether a value has no `var()` left. One that has grown too long counts as having one, since a few properties
    that name each other twice would fill the memory (CSS Custom Properties 1, 3.3).
    """
    parts = list(islice(tokens(value), _LONGEST + 1))
    has_variable = any(part.type == "function" and part.lower_name == "var" for part in parts)
    return not has_variable and len(parts) <= _LONGEST


# ---- in a style sheet


def _rules(content: Iterable[Token], known: Mapping[str, _Value]) -> Iterator[Token]:
    """The content of a block of declarations and rules. Selectors and conditions take no `var()`."""
    part: list[Token] = []
    for token in content:
        part.append(token)
        if token.type == "{} block" and not _is_custom(part):
            yield from part[:-1]
            yield with_inside(token, _rules(inside_of(token) or (), known))
            part = []
        elif token.type == "literal" and token.value == ";":
            yield from _solved(_filled(part, known))
            part = []
    yield from _solved(_filled(part, known))


def _is_custom(part: Sequence[Token]) -> bool:
    """Whether it begins a custom property, whose value may have blocks."""
    first = next(token for token in part if token.type not in ("whitespace", "comment"))
    return first.type == "ident" and str(first.value).startswith("--")


def _filled(value: Iterable[Token], known: Mapping[str, _Value]) -> Iterator[Token]:
    """A value with the constants that it names; of any other `var()`, the fallback is filled."""
    for token in value:
        inside = inside_of(token)
        if inside is None:
            yield token
        elif (name := _named(token)) in known:
            yield from known[name]
        else:
            yield with_inside(token, _filled(inside, known))


def _named(token: Token) -> str:
    """The custom property that a `var()` names; empty for anything else, also for a faulty one."""
    if token.type != "function" or token.lower_name != "var":
        return ""
    name, *rest = _significant(token.arguments) or [token]
    return str(name.value) if name.type == "ident" and (not rest or rest[0] == ",") else ""


def _significant(value: Iterable[Token]) -> list[Token]:
    return [token for token in value if token.type not in ("whitespace", "comment")]


# ---- calc()


def _solved(value: Iterable[Token], *, in_math: bool = False) -> Iterator[Token]:
    """A value in which each `calc()` of constants is a number; so are the brackets in a calculation."""
    for token in value:
        inside = inside_of(token)
        if inside is None:
            yield token
            continue
        is_bracket = in_math and token.type == "() block"
        is_math = is_bracket or (token.type == "function" and token.lower_name in _MATH)
        inside = list(_solved(inside, in_math=is_math))
        result = _sum(inside) if is_bracket or (is_math and token.lower_name == "calc") else None
        if result and (in_math or _stands_alone(*result)):
            yield amount(*result)
        else:
            yield with_inside(token, [amount(*result)] if result else inside)


def _stands_alone(value: float, unit: str) -> bool:
    """Whether a number means the same without `calc()`, which lets a property that takes no negative values or no
    fractions take the nearest that it does (CSS Values 4, 10.12).
    """
    return value >= 0 and (bool(unit) or value.is_integer())


def _sum(calculation: Sequence[Token]) -> _Amount | None:
    """The sum of a calculation without brackets; None if its terms are no constants of one unit."""
    total, units = 0.0, set()
    for sign, term in _split(_significant(calculation), "+-"):
        product = _product(term)
        if product is None:
            return None
        total = total + product[0] if sign == "+" else total - product[0]
        units.add(product[1])
    return (total, units.pop()) if len(units) == 1 and isfinite(total) else None


def _product(term: Sequence[Token]) -> _Amount | None:
    """The product of a term, multiplied from left to right as the engine does; only one factor may have a unit."""
    result, unit = 1.0, ""
    for sign, factor in _split(term, "*/"):
        constant = _constant(factor)
        if constant is None:
            return None
        value, own = constant
        if (unit and own) or (sign == "/" and (own or not value)):
            return None
        result = result * value if sign == "*" else result / value
        unit = unit or own
    return result, unit


def _constant(factor: Sequence[Token]) -> _Amount | None:
    """A single number with its unit, an absolute length in px; None for anything else."""
    found = amount_of(factor[0]) if len(factor) == 1 else None
    if found is None:
        return None
    value, unit = found
    if unit in PIXELS:
        return value * PIXELS[unit], "px"
    return found if unit in _KEPT_UNITS else None


def _split(calculation: Iterable[Token], signs: str) -> Iterator[tuple[str, list[Token]]]:
    """The operands of a calculation with the sign before each; before the first it is the first of `signs`."""
    sign = signs[0]
    operand: list[Token] = []
    for token in calculation:
        if token.type == "literal" and token.value in signs:
            yield sign, operand
            sign, operand = token.value, []
        else:
            operand.append(token)
    yield sign, operand
