"""Leftover search: looks for signs in printed text, and finds the place of each in its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place, Source
from pressroom.manuscript import markup
from pressroom.manuscript.block_signs import sign_of
from pressroom.manuscript.chapter_texts import with_boxed
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.dialects import (
    ALT_SIGNS,
    CAPTION_SIGNS,
    FRONT_SIGNS,
    HTML_SIGNS,
    PLAIN_SIGNS,
    SIGNS,
)
from pressroom.manuscript.emphasis_across import across
from pressroom.manuscript.foreign_sign import ESCAPED, OPAQUE, ForeignSign
from pressroom.manuscript.heading_shapes import HeadingShape
from pressroom.manuscript.lost_text import BROKEN
from pressroom.manuscript.open_tags import OpenTag
from pressroom.manuscript.printed_text import PrintedText

_ESCAPED = re.compile("[\U00100000-\U0010ffff]")
_ENTITY = re.compile(r"&#?\w+;")
_AS_ENTITY = "&"
_LAST_OF_FRONT = 6
"""The last line on which what was meant as front matter may begin."""

_METADATA = ForeignSign(
    "front-matter-unread",
    "metadata between two lines of ---, which Pandoc reads anywhere; here it is a heading",
    "Front matter stands on the first lines of the file; delete this.",
    re.compile(r"[a-z][\w-]*: "),
)
_TO_COMPUTE = ForeignSign(
    "template-unread",
    "a day that Quarto looks up when it renders",
    "Write the day as it is to be printed.",
    re.compile(r"today|now|last-modified"),
)


@dataclass(frozen=True)
class Leftover:
    """A piece of text that nobody means to be printed, at its place."""

    sign: ForeignSign
    place: Place


@dataclass
class Search:
    """Looks for signs in the texts of one source."""

    source: Source
    found: list[Leftover] = field(default_factory=list)
    lines: list[str] = field(init=False)
    _seen: dict[tuple[int, str], int] = field(default_factory=dict)
    """The column after the last match of a text on a line: the next one stands behind it."""

    def __post_init__(self) -> None:
        self.lines = self.source.lines

    def look_at(self, run: PrintedText) -> None:
        """Collect what nobody means in a text."""
        for sign, match in matches_in(run):
            self.found.append(Leftover(sign, self._place(run, match)))
        self.found += (Leftover(tag.sign, self._place_of_tag(run, tag)) for tag in run.open_tags)

    def look_for(self, sign: ForeignSign, run: PrintedText) -> None:
        """Collect the places of one sign in a text."""
        self.found += (Leftover(sign, self._place(run, match)) for match in sign.pattern.finditer(run.text))

    def look_at_beginning(self, run: PrintedText) -> None:
        """Collect front matter that is printed, since it was not the very first of its file."""
        is_open = self.lines[:1] == ["---"]  # its end is missing, which is reported
        if run.first <= _LAST_OF_FRONT and not is_open:
            for sign in FRONT_SIGNS:
                self.found += (Leftover(sign, self._place(run, match)) for match in sign.pattern.finditer(run.text))

    def look_across(self, runs: Sequence[PrintedText]) -> None:
        """Collect emphasis that begins in one paragraph or cell and ends in another or nowhere."""
        self.found += (Leftover(sign, self._place(run, match)) for sign, run, match in across(runs))

    def look_at_blocks(self, nodes: Sequence[Node]) -> None:
        """Collect what blocks and elements show: code of other programs, tables that were read as rules, tasks."""
        line = 1
        for node in (inner for top in nodes for inner in top.walk()):
            line = node.map[0] + 1 if node.map else line
            if found := sign_of(node, self.lines[line - 1] if line <= len(self.lines) else ""):
                sign, typed = found
                self.found.append(
                    Leftover(sign, self.source.find(typed, line, line + 40) if typed else self.source.place(line))
                )

    def _place(self, run: PrintedText, match: re.Match[str]) -> Place:
        """The place of a match in the source: the first line from the counted one on that holds its text."""
        whole = _ESCAPED.sub(lambda sign: f"\\{chr(ord(sign[0]) - ESCAPED)}", match[0]).strip().split("\n")[0]
        parts = [part for part in re.split(f"[{OPAQUE}\\\\]", whole) if part.strip()]
        first = run.line_at(match.start() + len(match[0]) - len(match[0].lstrip()))
        lines = range(first, min(run.last, len(self.lines), first + 200) + 1)
        for needle in filter(None, dict.fromkeys((whole, *(part.strip() for part in parts[:1])))):
            for line in lines:
                column = self.lines[line - 1].find(needle, self._seen.get((line, needle), 0))
                if column >= 0:
                    self._seen[line, needle] = column + len(needle)
                    return Place(self.source.file, line, column + 1, self.lines[line - 1], len(needle))
        return self._entity(match[0], lines) or self.source.place(min(first, len(self.lines)))

    def _place_of_tag(self, run: PrintedText, tag: OpenTag) -> Place:
        first, last = run.first, min(run.last, len(self.lines))
        parts = "\n".join(self.lines[first - 1 : last]).split(tag.typed, tag.before + 1)
        above = tag.typed.join(parts[:-1]) if len(parts) == tag.before + 2 else ""
        column = len(above) - above.rfind("\n") if above or len(parts) > 1 else 1
        width = len(tag.typed.split("\n", maxsplit=1)[0])
        return self.source.place(first + above.count("\n"), column, width)

    def _entity(self, letters: str, lines: range) -> Place | None:
        """The place of a broken or invisible letter that was typed as an entity, `&#8203;`."""
        for line in lines:
            for typed in _ENTITY.finditer(self.lines[line - 1], self._seen.get((line, _AS_ENTITY), 0)):
                if unescape(typed[0]) in (letters, letters[:1]):
                    self._seen[line, _AS_ENTITY] = typed.end()
                    return self.source.place(line, typed.start() + 1, len(typed[0]))
        return None


def matches_in(run: PrintedText) -> Iterator[tuple[ForeignSign, re.Match[str]]]:
    """Every sign in a text with its match; of matches that overlap, the one that begins first, then the longest."""
    first = ALT_SIGNS if run.is_alt else CAPTION_SIGNS if run.is_caption else HTML_SIGNS if run.is_html else ()
    signs = PLAIN_SIGNS if run.is_plain else (*first, *SIGNS)
    texts = (*((sign, run.text) for sign in signs), *((sign, run.typed) for sign in BROKEN))
    found = [(sign, match) for sign, text in texts if sign.needs in text for match in sign.pattern.finditer(text)]
    addresses, end = run.addresses() if found else [], 0
    starts = [each.start for each in addresses]
    for sign, match in sorted(found, key=lambda each: (each[1].start(), -each[1].end())):
        n = bisect_right(starts, match.start()) - 1
        is_address = n >= 0 and match.end() <= addresses[n].stop
        if match.start() >= end and not is_address:
            end = match.end()
            yield sign, match


def misplaced_metadata(draft: ChapterDraft) -> Iterator[Leftover]:
    """Headings that stand between two rules and have the form of a key with its value; days that nobody has set."""
    if draft.front.date and _TO_COMPUTE.pattern.fullmatch(draft.front.date):
        yield Leftover(_TO_COMPUTE, draft.source.find(draft.front.date, 1, min(60, len(draft.source.lines))))
    for shape in with_boxed(draft.shapes):
        if isinstance(shape, HeadingShape) and _METADATA.pattern.match(markup.plain_text(shape.nodes)):
            above = draft.source.place(shape.place.line - 1)
            if above.line and above.excerpt.rstrip() == "---":
                yield Leftover(_METADATA, shape.place)


def named_headings(draft: ChapterDraft) -> ForeignSign | None:
    """The words of a chapter’s headings in brackets, which Pandoc takes for references; None if it has no headings."""
    shapes = (shape for shape in with_boxed(draft.shapes) if isinstance(shape, HeadingShape))
    titles = {" ".join(markup.plain_text(shape.nodes).split()) for shape in shapes} - {""}
    if not titles:
        return None
    spaced = (r"\s+".join(map(re.escape, title.split(" "))) for title in sorted(titles, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\]!\w])\[(?:{'|'.join(spaced)})\](?![\[({{:])", re.IGNORECASE)
    return ForeignSign("reference-unread", "a reference of Pandoc to a heading", "Write [words](#id).", pattern)
