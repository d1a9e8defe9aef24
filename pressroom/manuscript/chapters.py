"""Chapters: a source file's front matter and shapes, and from them the chapter that every edition shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom import forms
from pressroom.errors import Finding, Place, Source, error, hint, warning
from pressroom.manuscript import captions, markup
from pressroom.manuscript.prose import Writer, call_id
from pressroom.manuscript.references import Label, Labels
from pressroom.manuscript.shapes import (
    BoxShape,
    FigureShape,
    GalleryShape,
    HeadingShape,
    ProseShape,
    Shape,
    Shaper,
)
from pressroom.publication import (
    Block,
    Box,
    Caption,
    Chapter,
    ChapterRole,
    Figure,
    Gallery,
    Heading,
    Note,
    Prose,
    Settings,
    slug_of,
)
from pressroom.publication.about import Text
from pressroom.words import Words

LONGEST_TITLE = 300
"""Characters that a chapter's title may have: more is text that lost its blank line, and breaks contents and heads."""


class FrontMatter(forms.Form):
    """What a chapter says of itself, between two lines of ---."""

    title: Text | None = None
    """Title of the chapter; else its first heading."""
    subtitle: Text | None = None
    """A line under the title."""
    author: Text | tuple[Text, ...] | None = None
    """Who wrote it."""
    role: ChapterRole = "chapter"
    """What the chapter is to the publication; only chapters are counted."""
    date: Text | None = None
    """When it was written, as it is printed."""
    place: Text | None = None
    """Where it was written, as it is printed."""


@dataclass
class Draft:
    """A chapter between its two readings: numbered, but with its references still open."""

    id: str
    source: Source
    front: FrontMatter
    title: str
    title_nodes: list[Node]
    shapes: list[Shape]
    notes: list[Node] = field(default_factory=list)
    number: str = ""

    @property
    def role(self) -> ChapterRole:
        """What the chapter is to the publication."""
        return self.front.role


def draft(source: Source, shaper: Shaper, settings: Settings, findings: list[Finding]) -> Draft:
    """First reading of a source file, whichever its kind."""
    path = PurePosixPath(source.file)
    chapter_id = f"c-{slug_of(path.stem) or 'chapter'}"
    is_gallery = path.suffix.lower() == ".txt"
    made = _gallery(source, chapter_id, shaper, settings, findings) if is_gallery else None
    made = made or _markdown(source, chapter_id, shaper, findings)
    if not made.shapes:
        place = source.place(1)
        why = "This chapter is empty: there is nothing under its title to be printed."
        findings.append(error("chapter-empty", place, why, "Write it, or take it out of the list of chapters."))
    if len(made.title) > LONGEST_TITLE:
        line = next((n for n, text in enumerate(source.lines, 1) if made.title[:20] in text), 1)
        why = f"The title has {len(made.title)} characters; no page head, contents or e-reader can show that."
        help = f"Keep it under {LONGEST_TITLE}, and put the rest into subtitle: or the text."
        findings.append(error("title-long", source.place(line, 1, 60), why, help))
    return made


# ---- Markdown


def _markdown(source: Source, chapter_id: str, shaper: Shaper, findings: list[Finding]) -> Draft:
    front, text = _split_front_matter(source, findings)
    nodes = list(markup.parse(text).children)
    notes = [n for block in nodes if block.type == "footnote_block" for n in block.children]
    nodes = [node for node in nodes if node.type != "footnote_block"]
    title_nodes: list[Node] = []
    if nodes and nodes[0].type == "heading" and nodes[0].tag == "h1":
        heading = nodes[0].children[0].children
        markup.heading_attributes(nodes[0])
        if front.title in (None, markup.plain_text(heading)):
            title_nodes, nodes = heading, nodes[1:]
    title = front.title or markup.plain_text(title_nodes) or _title_from_name(source, findings)
    shapes = shaper.shape(source, chapter_id, nodes)
    _check_notes(source, text, notes, findings)
    return Draft(chapter_id, source, front, title, title_nodes, shapes, notes)


def _split_front_matter(source: Source, findings: list[Finding]) -> tuple[FrontMatter, str]:
    """The front matter, and the text with its lines blanked, so that every line keeps its number."""
    lines = source.lines
    if lines[0].rstrip() != "---":
        return FrontMatter(), source.text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        why = "The front matter is never closed: the whole chapter would be read as settings."
        findings.append(error("front-matter-open", source.place(1), why, "Add a line of --- after the settings."))
        return FrontMatter(), ""
    form, reading = forms.fill(Source(source.file, "\n".join(lines[1:end]), first_line=2), FrontMatter)
    findings += reading.findings
    return form or FrontMatter(), "\n".join([""] * (end + 1) + lines[end + 1 :])


def _title_from_name(source: Source, findings: list[Finding]) -> str:
    why = "This chapter has no title: contents, page heads and e-readers show its file name instead."
    findings.append(hint("title-missing", source.place(1), why, "Begin it with a line “# Title”."))
    name = re.sub(r"[\s_-]+", " ", PurePosixPath(source.file).stem)
    return re.sub(r"^\d+ ", "", name).strip().capitalize() or name


def _check_notes(source: Source, text: str, notes: list[Node], findings: list[Finding]) -> None:
    """Notes that are called but not written, and those that are written but not called."""
    defined = {m[1]: n for n, line in enumerate(text.split("\n"), 1) if (m := re.match(r" {0,3}\[\^([^\]]+)\]:", line))}
    for note in notes:
        label = note.meta.get("label")
        if label is not None and label not in defined:
            place = source.find(f"[^{label}]", 1, len(source.lines))
            why = f"The note [^{label}] is called here and written nowhere."
            findings.append(error("note-missing", place, why, f"Add a line “[^{label}]: …”."))
    called = {note.meta.get("label") for note in notes}
    for label, line in defined.items():
        if label not in called:
            why = f"The note [^{label}] is written here and called nowhere: no reader would find it."
            findings.append(warning("note-unused", source.place(line), why, "Call it, or delete it."))


# ---- plain text


def _gallery(
    source: Source, chapter_id: str, shaper: Shaper, settings: Settings, findings: list[Finding]
) -> Draft | None:
    """A plain-text gallery: a title, and paragraphs of which some stand for photographs still to come."""
    found = captions.paragraphs(source)
    if not found:
        return None
    title, *paragraphs = found
    english = settings.language.lower().split("-")[0] == "en"
    if not english:
        why = "Captions are told from narrative by English grammar; in this language every paragraph is taken as text."
        findings.append(hint("captions-language", title.place, why, "Turn the gallery into Markdown."))
    shapes: list[Shape] = []
    for paragraph in paragraphs:
        nodes = markup.plain(paragraph.text)
        if not (paragraph.is_caption and english):
            shapes.append(ProseShape(nodes, paragraph.place))
            continue
        why = "This paragraph is taken for the caption of a photograph still to come."
        findings.append(
            hint("caption-taken", paragraph.place, why, "If it is not one, turn the gallery into Markdown.")
        )
        shapes.append(shaper.placeholder(chapter_id, nodes[0].children[0].children, paragraph.place))
    title_nodes = markup.plain(title.text)[0].children[0].children
    return Draft(chapter_id, source, FrontMatter(), title.text, title_nodes, shapes)


# ---- labels


def add_labels(draft: Draft, labels: Labels, words: Words) -> None:
    """Everything in a chapter that can be referred to."""
    _add_ids(draft.title_nodes, draft.source.place(1), draft, labels)
    for shape in _walk(draft.shapes):
        if isinstance(shape, HeadingShape):
            label = Label(shape.id, markup.plain_text(shape.nodes))
            if shape.given_id:
                labels.add(draft.source.file, shape.anchor, label, shape.place)
            else:
                labels.add_anchor(draft.source.file, shape.anchor, label)
        elif isinstance(shape, FigureShape | GalleryShape):
            _add_figure(shape, draft, labels, words)
        elif isinstance(shape, BoxShape) and shape.id:
            labels.add(draft.source.file, shape.id, Label(shape.id, shape.title or shape.kind), shape.place)
        nodes = shape.caption if isinstance(shape, FigureShape | GalleryShape) else getattr(shape, "nodes", [])
        _add_ids(nodes, shape.place, draft, labels)
    for note in draft.notes:
        _add_ids(note.children, draft.source.place(1), draft, labels)


def _add_figure(shape: FigureShape | GalleryShape, draft: Draft, labels: Labels, words: Words) -> None:
    if shape.given_id:
        labels.add(draft.source.file, shape.id, Label(shape.id, f"{words.figure} {shape.number}"), shape.place)


def _add_ids(nodes: list[Node], start: Place, draft: Draft, labels: Labels) -> None:
    for node in (n for top in nodes for n in top.walk()):
        if "id" in node.attrs and node.type != "html_block":
            found = str(node.attrs["id"])
            place = draft.source.find(f"#{found}", start.line, len(draft.source.lines))
            inline = [n for n in node.walk() if n.type in ("text", "code_inline")]
            labels.add(draft.source.file, found, Label(found, markup.plain_text(inline)), place)
        elif node.type in ("html_block", "html_inline"):
            for found in re.findall(r"<[^>]*\sid\s*=\s*[\"']?([^\"'\s>]+)", node.content, re.IGNORECASE):
                place = draft.source.find(found, start.line, len(draft.source.lines))
                labels.add(draft.source.file, found, Label(found, ""), place)


def _walk(shapes: Iterable[Shape]) -> Iterable[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, BoxShape):
            yield from _walk(shape.shapes)
        elif isinstance(shape, GalleryShape):
            yield from shape.figures


# ---- second reading


def write(draft: Draft, labels: Labels, findings: list[Finding]) -> Chapter:
    """Second reading: the chapter with its prose written and its references settled."""
    writer = Writer(draft.source, draft.id, labels)
    scribe = _Scribe(draft, writer)
    front = draft.front
    authors = (front.author,) if isinstance(front.author, str) else front.author or ()
    chapter = Chapter(
        id=draft.id,
        title=draft.title,
        place=draft.source.place(1),
        title_xhtml=writer.inline(draft.title_nodes, (1, 1)) if draft.title_nodes else "",
        subtitle=front.subtitle or "",
        authors=authors,
        role=front.role,
        date=front.date or "",
        where=front.place or "",
        number=draft.number,
        blocks=tuple(scribe.block(shape) for shape in draft.shapes),
        notes=tuple(scribe.note(n, node) for n, node in enumerate(draft.notes, 1)),
    )
    findings += writer.findings
    return chapter


@dataclass
class _Scribe:
    """Writes shapes as the blocks of a chapter."""

    draft: Draft
    writer: Writer

    def block(self, shape: Shape) -> Block:
        if isinstance(shape, FigureShape):
            return self._figure(shape)
        if isinstance(shape, GalleryShape):
            figures = tuple(self._figure(f) for f in shape.figures)
            caption = self._caption(shape.caption, shape.place)
            return Gallery(shape.id, shape.number, figures, caption, shape.placement, shape.place)  # type: ignore[arg-type]
        if isinstance(shape, HeadingShape):
            lines = (shape.place.line, shape.place.line)
            text = markup.plain_text(shape.nodes)
            return Heading(shape.id, shape.level, self.writer.inline(shape.nodes, lines), text, shape.place)
        if isinstance(shape, BoxShape):
            blocks = tuple(self.block(inner) for inner in shape.shapes)
            return Box(shape.kind, blocks, shape.place, shape.id, shape.title, shape.editions)
        return Prose(self.writer.blocks(shape.nodes), shape.place)

    def _figure(self, shape: FigureShape) -> Figure:
        return Figure(
            id=shape.id,
            number=shape.number,
            file=shape.file,
            alt=shape.alt,
            caption=self._caption(shape.caption, shape.place),
            credit=shape.credit,
            placement=shape.placement,  # type: ignore[arg-type]  # one of PLACEMENTS
            place=shape.place,
            focus=shape.focus,
            long_description=shape.long_description,
            classes=shape.classes,
        )

    def _caption(self, nodes: list[Node], place: Place) -> Caption | None:
        if not nodes:
            return None
        lines = (place.line, min(place.line + 40, len(self.draft.source.lines)))
        return Caption(self.writer.inline(nodes, lines), markup.plain_text(nodes))

    def note(self, n: int, node: Node) -> Note:
        """A note's paragraphs, in the order of its number."""
        chapter = self.draft.id
        xhtml = self.writer.blocks([child for child in node.children if child.type != "footnote_anchor"])
        line = markup.lines_of(node.children[0])[0] if node.children else 1
        return Note(f"{chapter}-note-{n}", call_id(chapter, n), str(n), xhtml, self.draft.source.place(line))
