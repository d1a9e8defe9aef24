"""Pieces of prose as they are written, before raw HTML in them is made sound: read tag by tag, and never as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from pressroom.manuscript.soundness import has_words
from pressroom.xhtml import quoted

_VOID = frozenset(["br", "col", "hr", "wbr"])
"""Elements that hold nothing and need no end."""


def without_comments(html: str) -> str:
    """HTML without its comments; one that is never closed goes to the end, as browsers have it."""
    return re.sub(r"<!--.*?(?:-->|\Z)", "", html, flags=re.DOTALL)


def lines_of(piece: str) -> Iterator[str]:
    """A piece cut where its lines end. What runs over an end of line is closed before it, and opened again after it."""
    cutter = _Reader()
    cutter.feed(closed(piece))
    cutter.close()
    yield from ("".join(line) for line in cutter.lines)


def has_text(piece: str) -> bool:
    """Whether a piece has words."""
    reader = _Reader()
    reader.feed(closed(piece))
    reader.close()
    return has_words("".join(reader.words))


def closed(piece: str) -> str:
    """A piece whose last comment is closed: the parser would look for the end of each comment in it to no avail."""
    return f"{piece}-->" if piece.rfind("<!--") > piece.rfind("-->") else piece


class _Reader(HTMLParser):
    """Reads a piece; what it holds comes out as it went in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[list[str]] = [[]]
        self.words: list[str] = []
        self.opened: list[tuple[str, str]] = []
        """The elements that are open: their names, and how each is opened again, without its id."""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines[-1] += [f"</{name}>" for name, _ in reversed(self.opened)]
            self.lines.append([again for _, again in self.opened])
            return
        self.lines[-1].append(self.get_starttag_text() or "")
        if tag not in _VOID:
            kept = "".join(f" {name}={quoted(value or '')}" for name, value in attrs if name != "id")
            self.opened.append((tag, f"<{tag}{kept}>"))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_starttag(tag, attrs)
        else:
            self.lines[-1].append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.lines[-1].append(f"</{tag}>")
        self.opened = self.opened[:-1]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if len(self.lines) > 1 and self.lines[-1] == [again for _, again in self.opened]:
            data = data.removeprefix("\n")  # the end of the line itself
        self.lines[-1].append(data)

    def handle_entityref(self, name: str) -> None:
        self.words.append(name)
        self.lines[-1].append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.words.append(name)
        self.lines[-1].append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.lines[-1].append(f"<!--{data}-->")
