"""Placement words: writes into a Markdown source what the pacing has decided, and changes nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressroom.errors import Place, PressroomError, error
from pressroom.pacing import WordsOfPlacement

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"[ \t]*")
_PAIRS = {"[": "]", "(": ")", "{": "}"}
_BLOCK = ":::"


@dataclass(frozen=True)
class _Insertion:
    offset: int
    text: str


def with_words(text: str, pages: Iterable[tuple[tuple[Place, ...], WordsOfPlacement]]) -> str:
    """A source with the words of pages, each with the places of its pictures, or with that of its gallery.

    The pictures of a page of several come into a `::: gallery`. Raises PressroomError with every picture that is not
    written as `![…](…)` at the beginning of a line, so that nothing is written by halves.
    """
    scribe = _Scribe(text)
    insertions: list[_Insertion] = []
    faults = []
    for places, words in pages:
        try:
            insertions += scribe.insertions(places, words)
        except ValueError as fault:
            why = f"The words of this picture’s place cannot be written: {fault}."
            remedy = "Write the picture as ![…](file.jpg), on a line of its own, with its caption under it."
            faults.append(error("arrange-unwritten", places[0], why, remedy))
    if faults:
        raise PressroomError(faults)
    for insertion in sorted(insertions, key=lambda each: each.offset, reverse=True):
        text = text[: insertion.offset] + insertion.text + text[insertion.offset :]
    return text


class _Scribe:
    """Finds the places in a source at which something is inserted."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = list(_LINE_END.finditer(text))
        start = 1 if text.startswith("\ufeff") else 0
        self.starts = [start, *(end.end() for end in ends)]
        self.newline = ends[0][0] if ends else "\n"

    def insertions(self, places: tuple[Place, ...], words: WordsOfPlacement) -> Iterator[_Insertion]:
        """What one page needs. Raises ValueError."""
        first = self._offset(places[0])
        if self.text.startswith(_BLOCK, first):
            yield self._in_head(first, words)
        elif len(places) == 1:
            yield self._after_picture(first, str(words))
        else:
            yield from self._around(places, words)
            for place, focus in zip(places, words.focuses, strict=True):
                if focus:
                    yield self._after_picture(self._offset(place), f'focus="{focus}"')

    def _offset(self, place: Place) -> int:
        if not 1 <= place.line <= len(self.starts):
            raise ValueError("its line is not in this file")
        return self.starts[place.line - 1] + max(0, place.column - 1)

    def _in_head(self, start: int, words: WordsOfPlacement) -> _Insertion:
        """Words for a gallery that is there: inside its braces, or in new ones."""
        line = self.text[start : self._line_end(start)].rstrip()
        if line.endswith("}"):
            return _Insertion(start + len(line) - 1, f" {words}")
        return _Insertion(start + len(line), f" {{{words}}}")

    def _after_picture(self, start: int, words: str) -> _Insertion:
        if not self.text.startswith("![", start):
            raise ValueError("it is not written as a picture of Markdown")
        end = self._closing(start + 1)
        if self.text[end : end + 1] not in ("(", "["):
            raise ValueError("its file stands elsewhere")
        end = self._closing(end)
        if self.text[end : end + 1] == "{":
            return _Insertion(self._closing(end) - 1, f" {words}")
        return _Insertion(end, f"{{{words}}}")

    def _around(self, places: tuple[Place, ...], words: WordsOfPlacement) -> Iterator[_Insertion]:
        """A gallery around several pictures."""
        start, end = self.starts[places[0].line - 1], self._paragraph_end(places[-1])
        inside = self.text[start:end]
        if not self.text.startswith("![", start) or not self.text.startswith("![", self.starts[places[-1].line - 1]):
            raise ValueError("a page of several pictures needs each at the beginning of its line")
        if any(line.lstrip().startswith(_BLOCK) for line in _LINE_END.split(inside)):
            raise ValueError("another block stands around a picture of its page")
        before = "" if self._is_after_blank(start) else self.newline
        after = "" if self._is_before_blank(end) else self.newline
        yield _Insertion(start, f"{before}{_BLOCK} gallery {{{words}}}{self.newline}")
        yield _Insertion(end, f"{self.newline}{_BLOCK}{after}")

    def _paragraph_end(self, place: Place) -> int:
        """The end of a picture’s caption: before a blank line, another picture, or the end of the file."""
        for start in self.starts[place.line :]:
            line = self.text[start : self._line_end(start)]
            if not line.strip() or line.startswith(("![", _BLOCK)):
                return self._end_before(start)
        return len(self.text.rstrip("\r\n"))

    def _end_before(self, start: int) -> int:
        """The end of the line before the one that starts here, without its line end."""
        return start - (2 if self.text[start - 2 : start] == "\r\n" else 1)

    def _line_end(self, start: int) -> int:
        found = _LINE_END.search(self.text, start)
        return found.start() if found else len(self.text)

    def _is_after_blank(self, start: int) -> bool:
        n = self.starts.index(start)
        return not n or not self.text[self.starts[n - 1] : start].strip("\ufeff \t\r\n")

    def _is_before_blank(self, end: int) -> bool:
        rest = self.text[end:]
        after = _LINE_END.match(rest)
        following = rest[after.end() :] if after else ""
        blank = _BLANK.match(following)
        return not following or bool(_LINE_END.match(following, blank.end() if blank else 0)) or not following.strip()

    def _closing(self, start: int) -> int:
        """The offset after the bracket that closes the one here; backslashes and quotes are respected."""
        opening = self.text[start]
        closing, depth, n, quote = _PAIRS[opening], 0, start, ""
        while n < len(self.text):
            sign = self.text[n]
            if sign == "\\":
                n += 1
            elif quote:
                quote = "" if sign == quote else quote
            elif sign == '"' and opening != "[":
                quote = sign
            elif sign == opening:
                depth += 1
            elif sign == closing:
                depth -= 1
                if not depth:
                    return n + 1
            n += 1
        raise ValueError("a bracket is never closed")
