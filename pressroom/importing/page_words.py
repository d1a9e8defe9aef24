"""Page words: all that a reader sees of a page, taken off its tree without what importing makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pressroom.importing.html_notes import says_it_calls
from pressroom.importing.html_tree import BLOCKS, HtmlElement, kinds, words_in

_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z])[\])]?\.?")

_UNSEEN = frozenset(
    "script style template noscript head title math svg select textarea button video audio iframe object canvas"
    " rp".split()
)


def visible_words(tree: HtmlElement) -> str:
    """The words of a page, each block on a line of its own, without calls of notes and formulas."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(_words(tree)).split("\n"))))


def _words(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    name = element.tag.rpartition("}")[2].lower()
    if name in _UNSEEN or kinds(element) & {"tex", "math-tex"} or element.get("data-auto") or _is_number(element):
        return
    edge = "\n" if name in BLOCKS or name == "br" else ""
    yield edge + _text(element.text)
    for child in element:
        yield from _words(child)
        yield _text(child.tail)
    yield edge


def _is_number(element: HtmlElement) -> bool:
    """Whether an element is the number of a note, where it is called or where it stands."""
    is_link = element.tag in ("a", "{http://www.w3.org/1999/xhtml}a") and bool(element.get("href"))
    return is_link and (says_it_calls(element) or bool(_NUMBER.fullmatch(words_in(element))))


def _text(text: str | None) -> str:
    return " ".join((text or "").split("\n"))


def _begins(line: str, text: str) -> bool:
    """Whether a line begins with a text, and not with a longer word or number."""
    ends_whole = not text[-1:].isalnum() or not line[len(text) : len(text) + 1].isalnum()
    return line.startswith(text) and ends_whole


def without(words: str, taken: Iterable[str]) -> str:
    """The words of a page without those that were taken on purpose: at the beginning or the end of a line where there
    is one that has them so, else inside of one.
    """
    lines = words.split("\n")
    for text in filter(None, taken):
        n = next((n for n, line in enumerate(lines) if _begins(line, text)), None)
        if n is not None:
            lines[n] = lines[n][len(text) :].strip()
            continue
        n = next((n for n, line in enumerate(lines) if line.endswith(text)), None)
        if n is not None:
            lines[n] = lines[n][: -len(text)].strip()
        elif (n := next((n for n, line in enumerate(lines) if f" {text} " in line), -1)) >= 0:
            lines[n] = lines[n].replace(f" {text} ", " ", 1)
    return "\n".join(filter(None, lines))
