"""Breaks inside words: where code and addresses of the network may be parted at the end of a line, without a hyphen.

A hyphen in them would be read as a letter of theirs. So they are never hyphenated, and `wbr` marks where they may be
parted: after a mark. The Chicago Manual of Style (17th edition, 7.46) parts them at the same marks, but before most of
them; what ends a line with a mark is seen to go on. Searched and copied text is unchanged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import etree

from pressroom.design.letters import INLINE
from pressroom.xhtml import XHTML, XhtmlDocument

ADDRESS = "web-address"
"""The class of an address: of the network, of a person, or of a file. Style sheets keep hyphens out of it."""
_CODE = frozenset(["code", "kbd", "samp", "var"])
_PASSED = frozenset(["head", "pre", "script", "style", "template", "textarea", "nav"])
"""Elements without words, or whose lines are their own."""
_ADDRESS = re.compile(
    r"""(?:(?:https?|ftps?|sftp|ssh|git|file)://|www\.|mailto:|doi:)[^\s<>"“”„«»]+
    |(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?::[\w~/][^\s<>"“”„«»]*)?
    |\b10\.\d{4,}/[^\s<>"“”„«»]+
    |(?<![\w-])[^\W_][\w-]+(?:\.[^\W\d_][\w-]+)+(?:/[^\s<>"“”„«»]*)?
    |(?<![\w/-])[~/]?[^\W\d_][\w-]*(?:/[\w.-]+){2,}/?
    |(?<!\w)[^\W\d_]\w*(?:::\w+)+
    |(?<!\w)[^\W\d_][^\W_]+(?:_[^\W_]+)+""",
    re.VERBOSE,
)
"""Each begins where a word begins: looked for from every letter, a word of 50,000 letters would take minutes."""
_MAY_BE_ADDRESS = re.compile(r"[@/_]|[.:]\S")
"""What every address has. Most texts have none, and are looked through in a moment."""
_END = ".,;:!?…'’\")]}"
"""What ends the sentence and not the address."""
_MARKS = re.compile(r"(?<=\w)[)\]]*(?:::|:/|[-=]>|[/.@_=&?#\\,;|])[/:.@_=&?#\\,;|>]*(?=\w)")
"""Marks after which a word may be parted."""
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
"""Within a name that is written as one: aNameOfManyWords."""
_LONG = 20
"""The most letters of a name that is never parted."""
_LEAST = 2
"""The fewest letters of a word on each side of a break."""
_SPACED = re.compile(r"(?<=[ \t\n])(?=[./:!?][^\W_])")
"""Before a mark that begins a word: Unicode (UAX 14, LB13) would keep it on the line of the word before."""


def with_word_breaks(document: XhtmlDocument) -> XhtmlDocument:
    """A page on which code and addresses may be parted, and words that begin with a full stop may begin a line."""
    root = document.copy()
    body = root.find(f"{XHTML}body")
    if body is None or not _Marker().mark(body, in_code=False):
        return document
    return XhtmlDocument.of(root)


def breaks_in(word: str) -> Iterator[int]:
    """Where a word of code or of an address may be parted: before these letters of it."""
    for begin, end in pairwise([0, *_after_marks(word), len(word)]):
        if begin:
            yield begin
        if end - begin > _LONG:
            yield from (at for at in _humps(word, begin, end) if at - begin >= _LEAST and end - at >= _LEAST)


def _humps(word: str, begin: int, end: int) -> Iterator[int]:
    return (found.start() for found in _HUMP.finditer(word, begin, end))


def _after_marks(word: str) -> Iterator[int]:
    begin = 0
    for marks in _MARKS.finditer(word):
        at, mark = marks.end(), marks[0]
        is_number = mark in ".,_" and word[marks.start() - 1].isdigit() and word[at].isdigit()
        if marks.start() - begin >= _LEAST and len(word) - at >= _LEAST and not is_number:
            begin = at
            yield at


class _Marker:
    """Marks the texts of a page, in their order."""

    def __init__(self) -> None:
        self.before = " "
        """The last letter before a text."""

    def mark(self, element: etree._Element, *, in_code: bool) -> bool:
        """Mark the texts in an element; whether there was anything to mark."""
        if not isinstance(element.tag, str) or not element.tag.startswith(XHTML):
            return False
        name = element.tag.removeprefix(XHTML)
        if name not in INLINE:
            self.before = " "
        if name in _PASSED:
            return False
        in_code, children = in_code or name in _CODE, list(element)
        marked = self._mark_text(element, None, element.text or "", in_code=in_code)
        for child in children:
            marked = self.mark(child, in_code=in_code) | marked
            marked = self._mark_text(element, child, child.tail or "", in_code=in_code) | marked
        if name not in INLINE:
            self.before = " "
        return marked

    def _mark_text(self, parent: etree._Element, after: etree._Element | None, text: str, *, in_code: bool) -> bool:
        """Mark a text of an element, the one after one of its children or its first."""
        if not text:
            return False
        parts = _parts(text, self.before, in_code=in_code)
        self.before = text[-1]
        if len(parts) == 1 and isinstance(parts[0], str):
            return False
        _replace(parent, after, parts)
        return True


def _parts(text: str, before: str, *, in_code: bool) -> list[str | etree._Element]:
    """A text as texts, addresses and breaks."""
    begun = _begun(text, before)
    if in_code:
        cuts = {word.start() + at for word in re.finditer(r"\S+", text) for at in breaks_in(word[0])}
        return _cut(text, sorted(cuts.union(begun)))
    parts: list[str | etree._Element] = []
    done = 0
    for found in _ADDRESS.finditer(text) if _MAY_BE_ADDRESS.search(text) else ():
        start, end = found.start(), found.start() + len(found[0].rstrip(_END))
        if end <= start or (start and text[start - 1] in "\\@"):
            continue
        parts += _cut(text[done:start], _within(begun, done, start))
        parts.append(_address(text[start:end]))
        done = end
    return [*parts, *_cut(text[done:], _within(begun, done, len(text)))]


def _begun(text: str, before: str) -> list[int]:
    """Before which letters of a text a word begins that begins with a mark; `before` is the letter before the text."""
    return [found.start() - 1 for found in _SPACED.finditer(before + text)]


def _within(places: Sequence[int], begin: int, end: int) -> list[int]:
    """Places in a text, which stand in their order, as places in a part of it."""
    return [at - begin for at in places[bisect_left(places, begin) : bisect_right(places, end)]]


def _cut(text: str, cuts: Iterable[int]) -> list[str | etree._Element]:
    """A text with breaks before some of its letters, which stand in their order."""
    parts: list[str | etree._Element] = []
    done = 0
    for at in cuts:
        parts += [text[done:at], etree.Element(f"{XHTML}wbr")]
        done = at
    return [*parts, text[done:]]


def _address(text: str) -> etree._Element:
    address = etree.Element(f"{XHTML}span", {"class": ADDRESS})
    _replace(address, None, _cut(text, breaks_in(text)))
    return address


def _replace(parent: etree._Element, after: etree._Element | None, parts: list[str | etree._Element]) -> None:
    """Put parts where a text of an element was: after one of its children, or first."""
    text, elements = "", list[etree._Element]()
    for part in parts:
        if not isinstance(part, str):
            elements.append(part)
        elif elements:
            elements[-1].tail = (elements[-1].tail or "") + part
        else:
            text += part
    if after is None:
        parent.text = text
    else:
        after.tail = None
    for element in reversed(elements):  # the last first: counting the children before each would take long
        if after is None:
            parent.insert(0, element)
        else:
            after.addnext(element)
    if after is not None:
        after.tail = text
