"""Blocks printed otherwise than typed: words that are set in become code, and numbers of lists change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, advice, warning
from pressroom.manuscript import markup

_CODE_SIGN = re.compile(r"[{}=<>|\\$#_/`\[\]&%^~@+]|[;:]$|\w[.(]\w|\(\)|^\s*[-*]", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?…,;:”\"»’—–][”\"»’)]*\s*$|[।。]\s*$")
_MARGIN = re.compile(r"[ \t>]*")
_LONG_ENOUGH = 4
"""The fewest words that tell prose from a command."""


def findings(nodes: Sequence[Node], source: Source) -> Iterator[Finding]:
    """The findings on code and lists in a run of blocks, also inside lists, quotations and notes."""
    for node in (each for top in nodes for each in top.walk()):
        if node.type == "code_block" and _reads_as_prose(node.content):
            why = "These lines are set in by a tab or four spaces, which makes code of them; they read as words."
            remedy = "Take the space away; for verse write | before each line. Code stands between lines of ```."
            yield warning("text-indented", source.place(markup.lines_of(node)[0]), why, remedy)
        elif node.type == "ordered_list" and (numbers := _numbers_lost(node)):
            why = (
                f"The items of this list are typed as {numbers[0]}, and printed as {numbers[1]}: a list counts by one."
            )
            remedy = "Part it where they skip or fall with a line of <!-- --> between; or write \\. behind each number."
            yield advice("list-renumbered", source.place(markup.lines_of(node)[0]), why, remedy)
        if node.type in ("bullet_list", "ordered_list") and (line := _line_set_in(node, source)):
            why = "This item is set in a little, and stands on the level of the one above it."
            remedy = "For a list inside the item above, set it in to where the words of that item begin."
            yield advice("list-level", source.place(line), why, remedy)


def _reads_as_prose(code: str) -> bool:
    """Whether a block of code that is only set in holds words: verse, or a paragraph as word processors begin it."""
    if re.fullmatch(r"[\s*•⁂~–—-]+", code):
        return True  # a break
    lines = [line.strip() for line in code.split("\n") if line.strip()]
    words = re.findall(r"[^\W\d_]+", code)
    if _CODE_SIGN.search(code) or len(words) < _LONG_ENOUGH or not _begins_sentence(lines[0]):
        return False
    is_shouted = sum(word.isupper() and len(word) > 1 for word in words) > 1
    return not is_shouted and (bool(_SENTENCE.search(lines[-1])) or len(lines) > 1)


def _begins_sentence(line: str) -> bool:
    first = next((letter for letter in line if letter.isalpha()), "")
    return line[0] in "“\"«„‘’'—–(¿¡" or (line[0].isalpha() and first == first.upper())


def _line_set_in(items: Node, source: Source) -> int:
    """The line of the first item that is set in more than the one above it, and is none of a list inside it; or 0."""
    lines = [item.map[0] + 1 for item in items.children if item.map]
    margins = [_MARGIN.match(source.place(line).excerpt) for line in lines]
    widths = [len(margin[0]) if margin else 0 for margin in margins]
    return next((line for line, (above, own) in zip(lines[1:], pairwise(widths), strict=True) if own > above), 0)


def _numbers_lost(items: Node) -> tuple[str, str] | None:
    """The numbers of a list as typed and as printed, if they skip some or fall; 1. 1. 1. and 3. 1. 1. count."""
    typed = [int(item.info) for item in items.children if item.type == "list_item" and item.info.isdigit()]
    printed = [*range(typed[0], typed[0] + len(typed))] if typed else []
    is_falling = set(typed[1:]) != {1} and any(above > below for above, below in pairwise(typed))
    if typed == printed or not (is_falling or typed == sorted(set(typed))):
        return None
    shown = [", ".join(map(str, numbers[:6])) + (" …" if len(numbers) > 6 else "") for numbers in (typed, printed)]
    return shown[0], shown[1]
