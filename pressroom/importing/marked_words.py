"""Marked words: the pieces of a line, each with all its marks, as Markdown.

White space is settled on these pieces, equal marks that meet become one, and only then signs are chosen: `*` where
CommonMark reads it so, else a tag.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from pressroom.importing import plain_markdown

BREAK = "\\\n"
SPACES = re.compile(r"[ \t\n\r\f]+")
_SIGNS = {"em": "*", "strong": "**", "del": "~~", "mark": "=="}
_FACTORS = re.compile(r"(?=\d|[A-Za-z](?!\w)).*(?:\d|(?<!\w)[A-Za-z])", re.DOTALL)
"""Words that begin and end with a number or a lone letter."""
IN_BRACES = ("braces", "underline")
"""Marks that are written as `[words]{…}`, which no link can hold."""


@dataclass(frozen=True)
class WordMark:
    """What is done to words: signs around them, a link, or braces after them."""

    kind: str
    value: str = ""
    number: int = 0
    """Keeps marks apart that are two even where they meet: entries of an index."""


@dataclass(frozen=True)
class Segment:
    """Words with one set of marks, or a piece of Markdown that is written already."""

    text: str
    marks: tuple[WordMark, ...]
    is_words: bool = True

    @property
    def is_break(self) -> bool:
        """Whether it ends a line."""
        return not self.is_words and self.text == BREAK


# ---- white space


def spaced(segments: list[Segment]) -> list[Segment]:
    """Segments with single spaces, none at the ends of lines, and none with marks that words beside it lack."""
    kept: list[Segment] = []
    for part in segments:
        if part.is_break:
            _trim(kept)
            if not kept or kept[-1].is_break:
                continue
        if part.text != " " or not part.is_words or (kept and not kept[-1].is_break and kept[-1].text != " "):
            kept.append(part)
    _trim(kept)
    if kept and kept[-1].is_break:
        kept.pop()
    return [
        replace(part, marks=_shared(kept[n - 1], kept[n + 1])) if part.text == " " and 0 < n < len(kept) - 1 else part
        for n, part in enumerate(kept)
    ]


def _trim(segments: list[Segment]) -> None:
    while segments and segments[-1].is_words and segments[-1].text == " ":
        segments.pop()


def parted(segment: Segment) -> Iterator[Segment]:
    """Words without the spaces around them, and these spaces."""
    if not segment.is_words:
        yield segment
        return
    for text in re.split(r"(^ +| +$)", segment.text):
        if text:
            yield replace(segment, text=" " if text.isspace() and text[0] == " " else text)


def _shared(before: Segment, after: Segment) -> tuple[WordMark, ...]:
    shared = []
    for one, other in zip(before.marks, after.marks, strict=False):
        if one != other:
            break
        shared.append(one)
    return tuple(shared)


# ---- writing


def written_marks(segments: Sequence[Segment], depth: int) -> str:
    """Segments as Markdown, of which all share the first `depth` marks."""
    pieces: list[tuple[WordMark | None, str]] = []
    for mark, group in groupby(segments, key=lambda each: each.marks[depth] if len(each.marks) > depth else None):
        part = [*group]
        pieces.append((mark, written_marks(part, depth + 1) if mark else _plain(part)))
    written = ""
    for n, (mark, inner) in enumerate(pieces):
        after = pieces[n + 1][1][:1] if n + 1 < len(pieces) and pieces[n + 1][0] is None else ""
        follows = "" if n + 1 == len(pieces) else after or "["
        written = _joined(written, inner if mark is None else _signed(mark, inner, written[-1:], follows))
    return written


def _plain(segments: Sequence[Segment]) -> str:
    written = ""
    for is_words, group in groupby(segments, key=lambda each: each.is_words):
        texts = [each.text for each in group]
        written = reduce(_joined, [plain_markdown.inside("".join(texts))] if is_words else texts, written)
    return written


def _joined(before: str, after: str) -> str:
    """Two pieces of a line, without the meaning that they would have together."""
    if before.endswith("!") and after.startswith("["):
        before = f"{before[:-1]}\\!"
    if before.endswith("]") and after[:1] in ("(", ":"):
        after = f"\\{after}"
    touching = before[-1:] + after[:1]
    if touching in ("``", "$$") or ("$" in touching and touching.strip("$").isalnum()):
        return f"{before}<!-- -->{after}"  # a letter beside a formula would make a price of it
    return before + after


def _signed(mark: WordMark, inner: str, before: str, after: str) -> str:
    """A piece with the signs of its mark."""
    if not inner.strip() or inner == BREAK:
        return inner
    if mark.kind == "link":
        return f"[{inner}]({plain_markdown.address(mark.value)})"
    if mark.kind == "braces":
        return f"[{inner}]{{{mark.value}}}"
    if mark.kind == "underline":
        return f"[{inner}]{{.underline}}"
    if mark.kind == "abbr":
        return f"<abbr title={_quoted(mark.value)}>{inner}</abbr>"
    if mark.kind in ("sup", "sub") and re.fullmatch(r"[\w+−–,.']+", inner) and "_" not in inner:
        sign = "^" if mark.kind == "sup" else "~"
        return f"{sign}{inner}{sign}" if sign not in (before, after) else f"<{mark.kind}>{inner}</{mark.kind}>"
    sign = _SIGNS.get(mark.kind, "")
    if sign and BREAK not in inner and _can_flank(sign, inner, before, after):
        return f"{sign}{inner}{sign}"
    return f"<{mark.kind}>{inner}</{mark.kind}>"


def _quoted(value: str) -> str:
    """A value of an attribute in HTML that stands in Markdown."""
    for sign, entity in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;")):
        value = value.replace(sign, entity)
    return f'"{" ".join(value.split())}"'


def _can_flank(sign: str, inner: str, before: str, after: str) -> bool:
    """Whether CommonMark takes signs around these words for emphasis (section 6.2, left- and right-flanking)."""
    letter = sign[0]
    if sign == "*" and re.fullmatch(r"\*\*[^*](?:.*[^*])?\*\*", inner):
        inner = inner[2:-2]  # three signs together are read as both
    if letter in (before, after, inner[0], inner[-1]):
        return False
    if letter == "*" and before.isalnum() and after.isalnum() and _FACTORS.fullmatch(inner):
        return False  # 3*4*5 is a product to the reader
    if letter == "=" and (len(inner) > 900 or "=" in inner):  # what the reader takes for marked words
        return False
    opens = not _may_be_sign(inner[0]) or not before or before.isspace() or _is_sign(before)
    closes = not _may_be_sign(inner[-1]) or not after or after.isspace() or _is_sign(after)
    return opens and closes and not inner[0].isspace() and not inner[-1].isspace()


def _may_be_sign(letter: str) -> bool:
    """Whether a letter is a sign to some parsers: they differ on symbols beyond ASCII."""
    return unicodedata.category(letter)[0] in "PS"


def _is_sign(letter: str) -> bool:
    return letter in string.punctuation or unicodedata.category(letter)[0] == "P"
