"""CSS: style sheets and style attributes read token by token (CSS Syntax 3).

Comments, escapes, strings and nested rules mean here what they mean to a browser. Nothing is repaired or resolved:
whether a rule applies, nobody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import cssselect2
import tinycss2
from tinycss2 import color3, color5

Token = Any
"""A token, block or function of tinycss2."""
_DEEPEST_SELECTOR = 40
"""The most brackets inside one another in a selector: the page engine breaks at 60 to 180, by how deep it stands."""
_LONGEST_SELECTOR = 500
"""The most words and signs of a selector between two commas: the page engine breaks at some 150, late at thousands."""
_FETCHING = frozenset(["url", "src", "image", "image-set", "-webkit-image-set"])
"""Functions that take an address (CSS Values 4, 4.5; CSS Images 4, 2)."""


@dataclass(frozen=True)
class Declaration:
    """A property, descriptor or custom property with its value."""

    name: str
    """The name, in lower case; a custom property's as it is written."""
    value: tuple[Token, ...]
    important: bool = False
    is_on_root: bool = False
    """Whether the rule around it is for `:root` alone, under no condition."""
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Selector:
    """What stands before the braces of a rule; line and column count from 1."""

    tokens: tuple[Token, ...]
    line: int
    column: int


@dataclass(frozen=True)
class StyleRequest:
    """A file that a style sheet loads by its address."""

    address: str
    """The address; empty if it is damaged or comes from a variable."""
    by: str
    """The function that loads it, or “@import”."""
    line: int
    """The line in the style sheet, from 1; the column too counts from 1."""
    column: int


def tokens(css: str | Iterable[Token]) -> Iterator[Token]:
    """The tokens of a text or of a value, in their order, also those inside brackets and functions."""
    stack = [iter(component_values(css) if isinstance(css, str) else css)]
    while stack:  # no recursion: brackets may be nested without end
        for token in stack[-1]:
            yield token
            if (inside := inside_of(token)) is not None:
                stack.append(iter(inside))
                break
        else:
            stack.pop()


@lru_cache(maxsize=64)
def component_values(css: str) -> tuple[Token, ...]:
    """The outermost tokens of a text. They are kept: every edition asks several things of the same style sheets."""
    return tuple(tinycss2.parse_component_value_list(css))


def inside_of(token: Token) -> list[Token] | None:
    """The tokens inside a block or function; None for any other token."""
    inside: list[Token] | None = getattr(token, "arguments" if token.type == "function" else "content", None)
    return inside


def with_inside(token: Token, inside: Iterable[Token]) -> Token:
    """A block or function like `token` with other tokens inside."""
    other = copy(token)
    setattr(other, "arguments" if token.type == "function" else "content", list(inside))
    return other


def amount_of(token: Token) -> tuple[float, str] | None:
    """The value and the unit of a number, a percentage or a dimension; a number has no unit."""
    if token.type not in ("number", "percentage", "dimension"):
        return None
    return token.value, token.unit.lower() if token.type == "dimension" else "%" * (token.type == "percentage")


def amount(value: float, unit: str) -> Token:
    """The token of a number, a percentage or a dimension, with all digits of its value."""
    digits = str(int(value)) if float(value).is_integer() else repr(value)
    return tinycss2.parse_one_component_value(digits + unit)


def written(tokens: Iterable[Token]) -> str:
    """The text of tokens, which is read as the same tokens again; “” for brackets nested too deeply for any program."""
    try:
        text: str = tinycss2.serialize(tokens)
    except RecursionError:
        return ""
    return text


def declarations(css: str) -> Iterator[Declaration]:
    """The declarations of a style sheet or a style attribute in their order, however deep in rules they stand."""
    return iter(_declarations(css))


@lru_cache(maxsize=64)
def _declarations(css: str) -> tuple[Declaration, ...]:
    return tuple(_declared(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)))


def rules_of(css: str) -> list[Token]:
    """The outermost rules of a style sheet."""
    rules: list[Token] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return rules


def contents_of(block: Iterable[Token]) -> list[Token]:
    """The declarations and rules inside a rule, in their order."""
    contents: list[Token] = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    return contents


def declaration_of(node: Token) -> Declaration:
    """A declaration among the contents of a rule."""
    name = node.name if node.name.startswith("--") else node.lower_name
    return Declaration(name, tuple(node.value), node.important, line=node.source_line, column=node.source_column)


def declarations_in_rules(css: str) -> Iterator[Declaration]:
    """The declarations of a style sheet in its rules, as a browser finds them: a style sheet has none outside."""
    return _declared(tinycss2.parse_stylesheet(component_values(css)))


def _declared(nodes: Iterable[Token]) -> Iterator[Declaration]:
    stack = [(iter(nodes), False)]
    while stack:
        rest, is_on_root = stack[-1]
        for node in rest:
            if node.type == "declaration":
                name = node.name if node.name.startswith("--") else node.lower_name
                place = node.source_line, node.source_column
                yield Declaration(name, tuple(node.value), node.important, is_on_root, *place)
            elif node.type in ("at-rule", "qualified-rule") and node.content is not None:
                inside = tinycss2.parse_blocks_contents(node.content)
                is_root = len(stack) == 1 and node.type == "qualified-rule" and _is_root(trimmed(node.prelude))
                stack.append((iter(inside), is_root))
                break
        else:
            stack.pop()


def selectors(css: str) -> Iterator[Selector]:
    """The selectors of the rules of a style sheet, also of those inside others."""
    stack = [iter(tinycss2.parse_stylesheet(component_values(css)))]
    while stack:
        for node in stack[-1]:
            if node.type == "qualified-rule":
                yield Selector(trimmed(node.prelude), node.source_line, node.source_column)
            if node.type in ("at-rule", "qualified-rule") and node.content is not None:
                stack.append(iter(tinycss2.parse_blocks_contents(node.content)))
                break
        else:
            stack.pop()


class UnreadableSelectorError(ValueError):
    """A selector at which cssselect2 breaks, and with it the page engine; of others that are wrong it tells."""


def compiled(selector: str | Iterable[Token]) -> list[Any]:
    """The selectors that commas part (Selectors 4), each with a function that tells whether an element is meant.

    Raises ValueError for what is none.
    """
    read = component_values(selector) if isinstance(selector, str) else tuple(selector)
    if _depth(read) > _DEEPEST_SELECTOR or max(_lengths(read)) > _LONGEST_SELECTOR:
        raise UnreadableSelectorError
    try:
        return list(cssselect2.compile_selector_list(read))
    except (SyntaxError, AttributeError, NotImplementedError, RecursionError, MemoryError) as fault:
        raise UnreadableSelectorError from fault


def _lengths(selectors: Sequence[Token]) -> list[int]:
    """How many tokens the selectors of a list have, between the commas."""
    ends = [-1, *(n for n, part in enumerate(selectors) if part == ","), len(selectors)]
    return [end - begin for begin, end in pairwise(ends)]


def _depth(tokens: Iterable[Token]) -> int:
    """How many brackets, one inside the other, tokens have."""
    depth, level = -1, list(tokens)
    while level:
        depth, level = depth + 1, [token for each in level for token in inside_of(each) or ()]
    return depth


def _is_root(selector: tuple[Token, ...]) -> bool:
    if len(selector) != 2 or selector[0] != ":":
        return False
    return selector[1].type == "ident" and bool(selector[1].lower_value == "root")


def trimmed(value: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens without white space and comments around them."""
    places = [n for n, token in enumerate(value) if token.type not in ("whitespace", "comment")]
    return tuple(value[places[0] : places[-1] + 1]) if places else ()


@lru_cache(maxsize=64)
def requests(css: str) -> tuple[StyleRequest, ...]:
    """The files that a style sheet, a style attribute or a single value loads, in any rule."""
    return tuple(_requests(css))


def _requests(css: str) -> Iterator[StyleRequest]:
    importing: Token | None = None
    """An `@import` whose address has not been read yet."""
    for token in tokens(css):
        if token.type in ("whitespace", "comment"):
            continue
        if importing is not None and token.type not in ("url", "function"):
            yield _request(token.value if token.type == "string" else "", "@import", importing)
        importing = token if token.type == "at-keyword" and token.lower_value == "import" else None
        if token.type == "url" or (token.type == "error" and token.kind == "bad-url"):
            yield _request(token.value if token.type == "url" else "", "url", token)
        elif token.type == "function" and token.lower_name in _FETCHING:
            yield from (_request(address, token.lower_name, token) for address in _addresses(token.arguments))
    if importing is not None:
        yield _request("", "@import", importing)


def _request(address: str, by: str, token: Token) -> StyleRequest:
    return StyleRequest(address, by, token.source_line, token.source_column)


def _addresses(arguments: list[Token]) -> list[str]:
    """The addresses that a function takes as strings; those inside a nested function belong to that one."""
    strings = [token.value for token in arguments if token.type == "string"]
    has_url = any(
        token.type == "url" or (token.type == "function" and token.lower_name in _FETCHING) for token in arguments
    )
    return strings or [""] * (not has_url)


def rgb_of(value: Iterable[Token]) -> tuple[int, int, int] | None:
    """The colour of a value, with channels from 0 to 255; None if it is no colour, or a transparent one."""
    parts = [token for token in value if token.type not in ("whitespace", "comment")]
    colour = color3.parse_color(parts[0]) if len(parts) == 1 else None
    if not isinstance(colour, color3.RGBA) or colour.alpha < 1:
        return None
    red, green, blue = (round(max(0.0, min(1.0, part)) * 255) for part in colour[:3])
    return red, green, blue


_TO_LIGHT = {
    "xyz-d65": ((3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570)),
    "xyz-d50": ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052)),
}
"""From XYZ under a white to the light of sRGB (CSS Color 4, 17)."""
_XYZ = {"oklab": "xyz-d65", "oklch": "xyz-d65", "lab": "xyz-d50", "lch": "xyz-d50"}
"""The space of XYZ that a space turns into."""


def plain_colour(text: str) -> str:
    """A colour of CSS Color 4 as older programs write it, “#08f” or “rgba(0,136,255,0.5)”; any other text as it is."""
    colour = color5.parse_color(text)
    if colour is None or colour == "currentcolor" or colour.space not in (*_XYZ, "srgb", "hsl", "hwb"):
        return text
    red, green, blue = (round(min(1.0, max(0.0, part)) * 255) for part in _in_srgb(colour))
    return f"#{red:02x}{green:02x}{blue:02x}" if colour.alpha >= 1 else f"rgba({red},{green},{blue},{colour.alpha:g})"


def _in_srgb(colour: Any) -> tuple[float, ...]:
    """The parts of a colour in sRGB; those below 0 or above 1 are beyond what it holds."""
    if colour.space not in _XYZ:
        return tuple(part or 0.0 for part in colour.to("srgb").coordinates)
    space = _XYZ[colour.space]
    xyz = colour.to(space).coordinates
    lights = (sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_LIGHT[space])
    return tuple(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055 for light in lights)


def is_opaque_colour(value: Sequence[Token]) -> bool:
    """Whether a value is a single colour that nothing shows through, of a screen or in inks (CSS Color 5, 12)."""
    parts = trimmed(value)
    if len(parts) == 1 and parts[0].type == "function" and parts[0].lower_name == "device-cmyk":
        return not any(part == "/" for part in parts[0].arguments)
    return rgb_of(value) is not None


def with_empty_comments(css: str) -> str:
    """A style sheet with its comments emptied. They stay, as one may separate two words: “1px/**/2px”."""
    css = css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")  # as the standard counts lines
    begins = [0]
    for line in css.split("\n"):
        begins.append(begins[-1] + len(line) + 1)
    kept, done = [], 0
    for comment in (token for token in tokens(css) if token.type == "comment"):
        begin = begins[comment.source_line - 1] + comment.source_column - 1
        kept += [css[done:begin], "/**/"]
        done = begin + len("/*") + len(comment.value) + len("*/")
    return "".join([*kept, css[done:]])
