"""Typesetting: sets the texts of a chapter by the conventions of their languages, in place, and lists every change.

A paragraph lies in several nodes (emphasis, links, code), and is set as one: a quotation may open before *emphasis*
and close after it. Words in another language are set by that language, apart from the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place, Source
from pressroom.language.conventions import Convention, convention_for
from pressroom.language.galley import MARK, Edit, Galley
from pressroom.language.quotes import QUOTES
from pressroom.language.typography import QUOTES_ONLY, RULES, TypeRule, typeset
from pressroom.manuscript import markup
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.figures import FigureShape
from pressroom.manuscript.heading_shapes import HeadingShape
from pressroom.manuscript.shapes import BoxShape, GalleryShape, Shape
from pressroom.manuscript.written import without_comments
from pressroom.publication import Change

_VERBATIM = frozenset("code kbd samp var tt pre script style".split())
"""Elements of HTML whose text keeps its straight quotes and spaces."""
_VOID = frozenset("br hr wbr img input col".split())
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LANG = re.compile(r"\blang\s*=\s*[\"']?([\w-]+)")
_LINE_END = "\u2028"
"""Stands for a line break that the author has typed."""
_AROUND = 18
"""The characters before and after a change in the list of changes."""


class Voice(NamedTuple):
    """The language of a stretch of text, as its convention, and whether it is verbatim."""

    convention: Convention | None
    """The convention of the language; None for a language without one."""
    is_verbatim: bool = False


class _Run(NamedTuple):
    """Characters that lie in one node, on one line of the source."""

    text: str
    voice: Voice | None = None
    """None for code, pictures and line breaks."""
    node: Node | None = None
    line: int = 0


_OPAQUE = _Run(MARK)
_BREAK = _Run(_LINE_END)


@dataclass
class _Tags:
    """The open elements of raw HTML, with their languages."""

    stack: list[tuple[str, str]] = field(default_factory=list)

    def read(self, html: str) -> None:
        """Follow the start and end tags in raw HTML."""
        for closing, name, attributes in _TAG.findall(without_comments(html)):
            tag = name.lower()
            if closing and any(tag == opened for opened, _ in self.stack):
                while self.stack.pop()[0] != tag:
                    pass
            elif not closing and tag not in _VOID and not attributes.endswith("/"):
                language = _LANG.search(attributes)
                self.stack.append((tag, language[1] if language else ""))

    def voice(self, voice: Voice) -> Voice:
        """The voice inside the open elements, in the voice around them."""
        language = next((language for _, language in reversed(self.stack) if language), "")
        is_verbatim = voice.is_verbatim or any(tag in _VERBATIM for tag, _ in self.stack)
        return Voice(convention_for(language) if language else voice.convention, is_verbatim)


@dataclass
class Typesetter:
    """Sets the texts of one chapter after the other."""

    language: str
    changes: list[Change] = field(default_factory=list)
    source: Source = field(default_factory=lambda: Source("", ""))
    _lines: list[str] = field(default_factory=list)
    _tags: _Tags = field(default_factory=_Tags)
    """The open elements of raw HTML between blocks."""
    _chapter_language: str = ""
    """The language of the chapter that is being set."""

    def set_chapter(self, draft: ChapterDraft) -> None:
        """Set a chapter, in the order in which it is read."""
        self.source, self._lines, self._tags = draft.source, draft.source.lines, _Tags()
        self._chapter_language = draft.language
        self._opening(draft)
        draft.shapes = [self._shape(shape) for shape in draft.shapes]
        self._tags = _Tags()
        draft.in_text = [self._figure(shape) for shape in draft.in_text]
        for note in draft.notes:
            self._blocks(note.children, self._whole)
        self.changes = list(dict.fromkeys(self.changes))

    def set_blocks(self, nodes: Sequence[Node], source: Source) -> None:
        """Set a text outside the chapters: that on the back of the cover."""
        self.source, self._lines, self._tags, self._chapter_language = source, source.lines, _Tags(), ""
        self._blocks(nodes, self._whole)
        self.changes = list(dict.fromkeys(self.changes))

    @property
    def _whole(self) -> tuple[int, int]:
        return 1, len(self._lines)

    @property
    def _voice(self) -> Voice:
        return self._tags.voice(Voice(convention_for(self._chapter_language or self.language)))

    def _opening(self, draft: ChapterDraft) -> None:
        """Set the subtitle, and the title unless it was made from a file's name."""
        front = draft.front
        if draft.title_nodes:
            self._inline(draft.title_nodes, self._whole, self._voice)
            draft.title = markup.plain_text(draft.title_nodes)
        elif front.title:
            draft.title = self._plain(front.title, self.source.find(front.title, *self._whole))
        if front.subtitle:
            subtitle = self._plain(front.subtitle, self.source.find(front.subtitle, *self._whole))
            draft.front = front.model_copy(update={"subtitle": subtitle})

    # ---- shapes

    def _shape(self, shape: Shape) -> Shape:
        lines = shape.place.line, len(self._lines)
        if isinstance(shape, FigureShape):
            return self._figure(shape)
        if isinstance(shape, GalleryShape):
            shape = replace(shape, figures=tuple(map(self._figure, shape.figures)))
            self._inline(shape.caption, lines, self._voice)
        elif isinstance(shape, BoxShape):
            title = self._plain(shape.title, shape.place)
            shape = replace(shape, title=title, shapes=[self._shape(inner) for inner in shape.shapes])
        elif isinstance(shape, HeadingShape):
            self._inline(shape.nodes, lines, self._voice)
        else:
            self._blocks(shape.nodes, lines)
        return shape

    def _figure(self, shape: FigureShape) -> FigureShape:
        """Set the texts of a figure. Changes in texts of photos.yaml or the file are listed at the picture."""
        alt = self._plain(shape.alt, shape.place, _origin(shape, "alt"))
        first, origin = shape.place.line, _origin(shape, "caption")
        self._inline(shape.caption, (first, first if origin else first + 40), self._voice, origin)
        return replace(
            shape,
            alt=alt,
            credit=self._plain(shape.credit, shape.place, _origin(shape, "credit"), QUOTES_ONLY),
            long_description=self._plain(shape.long_description, shape.place, _origin(shape, "long_description")),
        )

    # ---- texts

    def _plain(self, text: str, place: Place, origin: str = "", rules: Sequence[TypeRule] = RULES) -> str:
        """Set a text without markup."""
        galley = typeset(text, self._voice.convention, rules=rules)
        self.changes += (_change(text, galley, edit, place, origin) for edit in galley.edits)
        return galley.text

    def _blocks(self, nodes: Sequence[Node], lines: tuple[int, int], voice: Voice | None = None) -> None:
        """Set blocks with all their inner blocks. `voice` is that of a `lang` attribute around them."""
        for node in nodes:
            own = _own_voice(node, self._voice) if "lang" in node.attrs else voice
            if node.type == "html_block":
                self._tags.read(node.content)
            elif node.type == "inline":
                self._inline(node.children, markup.lines_of(node, lines), own or self._voice)
            else:
                self._blocks(node.children, markup.lines_of(node, lines), own)

    def _inline(self, nodes: Sequence[Node], lines: tuple[int, int], voice: Voice, origin: str = "") -> None:
        """Set a paragraph, voice by voice; the words of other voices are opaque to the rules."""
        keeps_lines = bool(nodes) and markup.is_verse(nodes[0])
        runs = list(_RunReader(lines[0], keeps_lines).runs(nodes, voice))
        for each in dict.fromkeys(run.voice for run in runs if run.voice and not run.voice.is_verbatim):
            text = _SetText([_in_voice(each, run) for run in runs])
            galley = typeset(text.typed, each.convention, text.escaped)
            if galley.edits:
                text.write(galley)
                self._list(galley, text, lines[1], origin)
        for mark in (node for top in nodes for node in top.walk() if markup.is_mark(node)):
            self._mark(mark, lines, origin)

    def _mark(self, mark: Node, lines: tuple[int, int], origin: str) -> None:
        """Set the terms of an index mark as the text is set; else “Mary’s” and "Mary's" would be two entries."""
        for name in [name for name in markup.MARK_KEYS if name in mark.attrs]:
            text = markup.attribute(mark, name)
            mark.attrs[name] = self._plain(text, self.source.find(text, *lines), origin)

    def _list(self, galley: Galley, text: _SetText, last: int, origin: str) -> None:
        for edit in galley.edits:
            run, near = text.around(edit)
            line = self._line_of(near.strip("\n"), run.line, last)
            self.changes.append(_change(text.typed, galley, edit, Place(self.source.file, line), origin))

    def _line_of(self, words: str, first: int, last: int) -> int:
        """The line of the source that holds these words; if none does, the line that was counted."""
        return next((n for n, line in enumerate(self._lines[first - 1 : last], first) if words in line), first)


@dataclass
class _RunReader:
    """Reads the text of a paragraph off its nodes, and counts its lines."""

    line: int
    keeps_lines: bool = False
    """Whether the ends of lines stay, as in verse."""

    def runs(self, nodes: Sequence[Node], voice: Voice) -> Iterator[_Run]:
        """Every text with its voice, node and line. Tags and calls of notes are left out."""
        tags = _Tags()
        for node in nodes:
            own = _own_voice(node, tags.voice(voice))
            if node.type == "html_inline":
                tags.read(node.content)
                yield from [_BREAK] if node.content.lower().startswith("<br") else []
                self.line += node.content.count("\n")
            elif node.type in ("softbreak", "hardbreak"):
                is_kept = self.keeps_lines or node.type == "hardbreak"
                yield _BREAK if is_kept else _Run("\n", own, node, self.line)
                self.line += 1
            elif node.type == "text":
                yield from [_Run(node.content, own, node, self.line)] if node.content else []
            elif node.children and node.type != "image":
                yield from self.runs(node.children, own)
            elif node.type != "footnote_ref":
                yield _OPAQUE


def _own_voice(node: Node, voice: Voice) -> Voice:
    """The voice of a node: that of its `lang` attribute, or else the voice around it."""
    return voice._replace(convention=convention_for(str(node.attrs["lang"]))) if "lang" in node.attrs else voice


def _in_voice(voice: Voice, run: _Run) -> _Run:
    """A run for the rules of one voice: the words of other voices are opaque, their spaces are line breaks."""
    if run.voice in (voice, None):
        return run
    return _Run("".join(_LINE_END if sign.isspace() else MARK for sign in run.text if sign not in QUOTES))


class _SetText:
    """A paragraph as one text for the rules of one voice, with the nodes that its characters lie in."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self.runs = runs
        self.typed = "".join(run.text for run in runs)
        self.starts = list(accumulate((len(run.text) for run in runs), initial=0))
        """The index of each run’s first character; at last, the length of the text."""

    @property
    def escaped(self) -> list[int]:
        """The indices of the characters that typography leaves alone."""
        texts = ((start, run.node) for start, run in zip(self.starts, self.runs, strict=False) if run.node)
        return [start + n for start, node in texts for n in markup.escaped(node)]

    def around(self, edit: Edit) -> tuple[_Run, str]:
        """The run in which an edit begins, and its characters near the edit."""
        n = bisect_right(self.starts, edit.start) - 1
        first, last = max(edit.start - 9, self.starts[n]), min(edit.end + 9, self.starts[n + 1])
        return self.runs[n], self.typed[first:last]

    def write(self, galley: Galley) -> None:
        """Write the typeset text back into its nodes. A line end may have become a space, or nothing."""
        for run, (start, end) in zip(self.runs, pairwise(self.starts), strict=True):
            content = galley.set_of(start, end)
            if run.node and run.node.token and content != run.text:
                run.node.token.type, run.node.token.content = "text", content


def _origin(shape: FigureShape, name: str) -> str:
    """The origin of a text of a figure; empty for the manuscript."""
    return shape.origins.get(name, "").replace("manuscript", "")


def _change(typed: str, galley: Galley, edit: Edit, place: Place, origin: str) -> Change:
    """An edit as a change of the list, with a few words around it."""
    start, end = max(0, edit.start - _AROUND), min(len(typed), edit.end + _AROUND)
    if start:
        start = typed.find(" ", start, edit.start) + 1 or start
    if end < len(typed):
        end = max(typed.rfind(" ", edit.end, end), edit.end) if " " in typed[edit.end : end] else end
    return Change(
        Place(place.file, place.line),
        edit.rule,
        _on_one_line(typed[start:end]),
        _on_one_line(galley.set_of(start, end)),
        origin,
    )


def _on_one_line(text: str) -> str:
    """A text on one line, with an ellipsis for code and pictures."""
    return re.sub(f"{MARK}+", "…", text).replace("\n", " ").replace(_LINE_END, " ").strip(" ")
