"""Heading shapes: the headings of a chapter, with their levels, their ids and their names in links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, advice, warning
from pressroom.manuscript import markup
from pressroom.manuscript.soundness import has_words
from pressroom.publication import slug_of


@dataclass(frozen=True)
class HeadingShape:
    """A heading. `anchor` is its name in links of the manuscript, `id` its id in every edition."""

    id: str
    given_id: bool
    anchor: str
    level: int
    nodes: list[Node]
    place: Place


@dataclass
class HeadingReader:
    """Reads the headings of one chapter, in reading order."""

    source: Source
    chapter_id: str
    findings: list[Finding]
    top: int = 1
    """The level of the heading that was the title of the chapter."""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _anchors: set[str] = field(default_factory=set)
    _alike: Counter[str] = field(default_factory=Counter)
    """How many headings have the same words."""
    _levels: list[int] = field(default_factory=lambda: [1])
    """The levels of the headings over the current place; the chapter's title is the first."""

    def read(self, node: Node) -> list[HeadingShape]:
        """The shape of a heading, as a list; a heading without words is left out."""
        markup.heading_attributes(node)  # an id alone is no word
        if not has_words(markup.plain_text(node.children[0].children)):
            why = "This heading has no words: contents and screen readers would announce an empty heading."
            place = self.source.place(markup.lines_of(node)[0])
            self.findings.append(warning("heading-empty", place, why, "Write it, or delete its line."))
            return []
        heading = self._heading(node)
        level, over = heading.level, self._levels
        while len(over) > 1 and over[-1] >= level:
            over.pop()
        if level > over[-1] + 1:
            why = f"This heading of level {level} stands under one of level {over[-1]}: some between are missing."
            remedy = f"It is set as one of level {len(over) + 1}; write {'#' * (len(over) + 1)}."
            self.findings.append(advice("heading-skips", heading.place, why, remedy))
        over.append(level)
        return [heading]

    def _heading(self, node: Node) -> HeadingShape:
        given = markup.heading_attributes(node).get("id", "")
        inline = node.children[0].children
        anchor = given or self._anchor(slug_of(markup.plain_text(inline)) or f"section-{next(self._ids)}")
        place = self.source.place(markup.lines_of(node)[0])
        level = int(node.tag[1]) - self.top + 1
        if level == 1:
            why = "A chapter has one title; this second one becomes a section."
            self.findings.append(advice("title-twice", place, why, "Write ## for a section."))
        # Two hyphens, which no name of a file has: a heading “Title” is not the chapter's title.
        return HeadingShape(given or f"{self.chapter_id}--{anchor}", bool(given), anchor, max(2, level), inline, place)

    def _anchor(self, name: str) -> str:
        """The name of a heading in links. A second one of the same words is “words-1”, as in Markdown viewers."""
        names = (f"{name}-{n}" if n else name for n in count(self._alike[name]))
        anchor = next(each for each in names if each not in self._anchors)
        self._alike[name] += 1
        self._anchors.add(anchor)
        return anchor
