"""Fences: blocks between ``` or ::: as a tree, as Pandoc, Quarto and MyST write them, and as lines again. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pressroom.importing.folders.typed_lines import TypedLine, apart, is_code, trimmed

_CODE = re.compile(r"([ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)(`{3,}|~{3,})([^`\n]*)$")
_COLONS = re.compile(r"([ \t>]*)(:{3,})[ \t]*([^:\s].*?)?(?:[ \t]*:+)?[ \t]*$")
_DEEPEST = 30
"""Blocks inside blocks that are taken apart; nobody types more."""


@dataclass(frozen=True)
class Fence:
    """A block between two fences."""

    opening: TypedLine
    sign: str
    """The signs of its fence: “```”, “::::”."""
    head: str
    """What stands behind them."""
    inner: tuple[TypedLine | Fence, ...]
    """Lines, if it is code; lines and blocks otherwise."""
    closing: TypedLine | None
    """None if it is never closed."""

    @property
    def is_code(self) -> bool:
        """Whether it is code for Markdown."""
        return self.sign[0] != ":"

    @property
    def lines(self) -> list[TypedLine]:
        """The lines inside, if it is code."""
        return [line for line in self.inner if isinstance(line, TypedLine)]

    @property
    def whole(self) -> list[TypedLine]:
        """All lines of a block of code, with its fences."""
        return [self.opening, *self.lines, *filter(None, [self.closing])]


Node = TypedLine | Fence
Handler = Callable[[Fence, list[TypedLine]], list[TypedLine]]
"""Writes a block anew. Of one between colons, it gets the inner lines, written already."""


def parsed(lines: Sequence[TypedLine]) -> list[Node]:
    """The lines and blocks of a text. Colons without a name close the innermost block, whatever their number."""
    top: list[Node] = []
    stack: list[tuple[TypedLine, str, str, list[Node]]] = []
    n = 0
    while n < len(lines):
        line, here = lines[n], stack[-1][3] if stack else top
        colons = _COLONS.match(line.text)
        if code := _CODE.match(line.text):
            end = _end_of_code(lines, n, code[2])
            closing = lines[end] if end < len(lines) else None
            here.append(Fence(line, code[2], code[3].strip(), tuple(lines[n + 1 : end]), closing))
            n = end
        elif colons and colons[3] and len(stack) < _DEEPEST:
            stack.append((line, colons[2], colons[3].strip(), []))
        elif colons and not colons[3] and stack:
            opening, sign, head, inner = stack.pop()
            (stack[-1][3] if stack else top).append(Fence(opening, sign, head, tuple(inner), line))
        else:
            here.append(line)
        n += 1
    while stack:
        opening, sign, head, inner = stack.pop()
        (stack[-1][3] if stack else top).append(Fence(opening, sign, head, tuple(inner), None))
    return top


def _end_of_code(lines: Sequence[TypedLine], start: int, fence: str) -> int:
    for n in range(start + 1, len(lines)):
        match = _CODE.match(lines[n].text)
        if match and match[2].startswith(fence) and not match[3].strip():
            return n
    return len(lines)


def rendered(nodes: Sequence[Node], handler: Handler) -> list[TypedLine]:
    """The lines of a text whose blocks are written anew, the inner ones first."""
    made: list[TypedLine] = []
    for node in nodes:
        if isinstance(node, TypedLine):
            made.append(node)
        else:
            made += handler(node, node.lines if node.is_code else rendered(node.inner, handler))
    return made


def boxed(opening: TypedLine, head: str, inner: Sequence[TypedLine]) -> list[TypedLine]:
    """A block of ours with more colons than any block in it."""
    colons = max((len(m[2]) for line in inner if (m := _COLONS.match(line.text))), default=2) + 1
    fence = opening.indent + ":" * max(3, colons)
    inside = trimmed(inner)
    return apart([opening.saying(f"{fence} {head}"), *inside, (inside or [opening])[-1].saying(fence)])


def boxes_between(lines: list[TypedLine], opening: re.Pattern[str], closing: str, kind: str = "") -> list[TypedLine]:
    """Blocks between a line and the one that ends them, as boxes: of this kind, or of the one that the line says."""
    made: list[TypedLine] = []
    code = is_code(lines)
    n = 0
    while n < len(lines):
        match = None if code[n] else opening.match(lines[n].text)
        end = next((k for k in range(n, len(lines)) if lines[k].text.strip() == closing), 0) if match else 0
        if match and end:
            made += boxed(lines[n], kind or match[1].lower(), lines[n + 1 : end])
            n = end
        else:
            made.append(lines[n])
        n += 1
    return made


def code_block(opening: TypedLine, language: str, inner: Sequence[TypedLine]) -> list[TypedLine]:
    """A block of code that is printed as it stands."""
    longest = max((len(m[2]) for line in inner if (m := _CODE.match(line.text))), default=2) + 1
    fence = opening.indent + "`" * max(3, longest)
    return [opening.saying(f"{fence}{language}"), *inner, (inner or [opening])[-1].saying(fence)]


def commented(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """Lines as a comment, which a person can read and no edition prints."""
    if not lines:
        return []
    inside = [line.saying(line.text.replace("-->", "-- >")) for line in lines]
    first, last = lines[0], lines[-1]
    return apart([first.saying(f"{first.indent}<!--"), *inside, last.saying(f"{first.indent}-->")])
