"""Chapters: reads a source file into front matter and shapes, and makes of them the chapter of every edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, advice, error
from pressroom.language.bcp47 import primary_subtag
from pressroom.language.words import Words, direction, words_for
from pressroom.manuscript import (
    block_ends,
    captions,
    crowded_lines,
    link_definitions,
    markup,
    note_faults,
    other_than_typed,
    prose_attributes,
    unread,
)
from pressroom.manuscript.chapter_heads import (
    FrontMatter,
    split_front_matter,
    title_from_name,
    title_heading,
    top_level,
)
from pressroom.manuscript.citations import Citations
from pressroom.manuscript.citing import citations_in
from pressroom.manuscript.figures import FigureShape, note_on_making
from pressroom.manuscript.heading_shapes import HeadingShape
from pressroom.manuscript.prose import ProseWriter, call_id
from pressroom.manuscript.references import Labels
from pressroom.manuscript.shapes import BoxShape, GalleryShape, ProseShape, Shape, Shaper
from pressroom.manuscript.text_pictures import PICTURE_ID, pictures_in_text, placement_in_text, without_pictures
from pressroom.manuscript.written import without_comments
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
)
from pressroom.xhtml import quoted

LONGEST_TITLE = 300
"""The most characters of a chapter's title. A longer one is text that lost its blank line, and fits no page head."""


@dataclass
class ChapterDraft:
    """A chapter after the first pass: numbered, but with its references not yet resolved."""

    id: str
    source: Source
    front: FrontMatter
    title: str
    title_nodes: list[Node]
    shapes: list[Shape]
    title_id: str = ""
    """The id by which references name its title: `# Title {#id}`."""
    title_line: int = 1
    notes: list[Node] = field(default_factory=list)
    in_text: list[FigureShape] = field(default_factory=list)
    """The pictures in its text."""
    number: str = ""
    language: str = ""
    """The language of the chapter, or that of the book if the chapter names none."""

    @property
    def role(self) -> ChapterRole:
        """What the chapter is to the publication."""
        return self.front.role


def draft(source: Source, chapter_id: str, shaper: Shaper, settings: Settings, findings: list[Finding]) -> ChapterDraft:
    """Read a source file, Markdown or plain text, for the first pass."""
    if PurePosixPath(source.file).suffix.lower() == ".txt":
        made = _gallery(source, chapter_id, shaper, settings, findings)
    else:
        made = _markdown(source, chapter_id, shaper, settings, findings)
    made.language = made.front.language or settings.language
    is_open = any(f.id == "html-open" and f.place.file == source.file for f in shaper.findings)
    if all(map(_is_blank, made.shapes)) and not is_open:
        place = source.place(1)
        why = "This chapter is empty: there is nothing under its title to be printed."
        findings.append(error("chapter-empty", place, why, "Write it, or take it out of the list of chapters."))
    if len(made.title) > LONGEST_TITLE:
        line = next((n for n, text in enumerate(source.lines, 1) if made.title[:20] in text), 1)
        why = f"The title has {len(made.title)} characters; no page head, contents or e-reader can show that."
        remedy = f"Keep it under {LONGEST_TITLE} characters, and move the rest to `subtitle:` or into the text."
        findings.append(error("title-long", source.place(line, 1, 60), why, remedy))
    return made


def _is_blank(shape: Shape) -> bool:
    """Whether a shape holds nothing but comments and spaces, of whatever kind."""
    if not isinstance(shape, ProseShape) or any(node.type not in ("paragraph", "html_block") for node in shape.nodes):
        return False
    texts = (node.children[0].content if node.type == "paragraph" else node.content for node in shape.nodes)
    return not without_comments("".join(texts)).replace("&nbsp;", "").strip()


# ---- Markdown


def _markdown(
    source: Source, chapter_id: str, shaper: Shaper, settings: Settings, findings: list[Finding]
) -> ChapterDraft:
    given, text = split_front_matter(source, settings.variables, findings)
    front = given or FrontMatter()
    definitions: dict[str, Any] = {}
    nodes = list(markup.parse(text, settings.variables, shaper.pictures.citing, definitions).children)
    notes = [n for block in nodes if block.type == "footnote_block" for n in block.children]
    nodes = [node for node in nodes if node.type != "footnote_block"]
    title_nodes: list[Node] = []
    title_id, line, top = "", 1, 1
    heading = title_heading(nodes, front.title)
    if heading is not None:
        title_nodes, line, top = heading.children[0].children, markup.lines_of(heading)[0], top_level(heading, nodes)
        title_id = markup.heading_attributes(heading).get("id", "")
        nodes = [node for node in nodes if node is not heading]
    shaper.pictures.default_credit = front.credit or settings.credit or ""
    shaper.language = front.language or settings.language
    shapes = shaper.shape(source, chapter_id, nodes, top)
    title = front.title or markup.plain_text(title_nodes)
    if not title and given is not None and not all(map(_is_blank, shapes)):
        why = "This chapter has no title: contents, page heads and e-readers show its file name instead."
        findings.append(advice("title-missing", source.place(1), why, "Begin it with a line “# Title”."))
    title = title or title_from_name(source)
    shaper.numbering.number(notes, chapter_id)
    for told in (unread.findings, block_ends.findings, crowded_lines.findings, other_than_typed.findings):
        findings += told(notes, source)
    findings += note_faults.findings(source, text, notes, nodes)
    findings += link_definitions.findings(definitions, source)
    made = ChapterDraft(chapter_id, source, front, title, title_nodes, shapes, title_id, line, notes)
    made.in_text = list(_pictures_in_text(made, shaper))
    return made


def _pictures_in_text(draft: ChapterDraft, shaper: Shaper) -> Iterator[FigureShape]:
    """The pictures in the text of a chapter, in reading order; each node gets the id of its figure."""
    last = len(draft.source.lines)
    texts = [(draft.title_nodes, (draft.title_line, draft.title_line))]
    for shape in all_shapes(draft.shapes):
        nodes = shape.caption if isinstance(shape, FigureShape | GalleryShape) else getattr(shape, "nodes", [])
        texts.append((nodes, (shape.place.line, last)))
    texts.append((draft.notes, (1, last)))
    for nodes, lines in texts:
        for image, near in pictures_in_text(nodes, lines):
            found = shaper.pictures.in_text(image, near, placement_in_text(image))
            image.meta[PICTURE_ID] = found.id
            yield found


# ---- plain text


def _gallery(
    source: Source, chapter_id: str, shaper: Shaper, settings: Settings, findings: list[Finding]
) -> ChapterDraft:
    """A plain-text gallery: a title, and paragraphs of which some are captions of photographs still to come."""
    found = captions.paragraphs(source, settings.variables)
    if not found:
        return ChapterDraft(chapter_id, source, FrontMatter(), title_from_name(source), [], [])
    title, *paragraphs = found
    english = primary_subtag(settings.language) == "en"
    if not english:
        why = "Only English captions are recognised in a text gallery; in this language every paragraph is set as text."
        findings.append(advice("captions-language", title.place, why, "Write the gallery in Markdown."))
    shapes: list[Shape] = []
    for paragraph in paragraphs:
        nodes = markup.plain(paragraph.text)
        if not (paragraph.is_caption and english):
            shapes.append(ProseShape(nodes, paragraph.place))
            continue
        why = "This paragraph is taken for the caption of a photograph still to come."
        remedy = f"If it is not one, turn the gallery into Markdown: pressroom import {source.file}"
        findings.append(advice("caption-taken", paragraph.place, why, remedy))
        shapes.append(shaper.pictures.placeholder(chapter_id, nodes[0].children[0].children, paragraph.place))
    title_nodes = markup.plain(title.text)[0].children[0].children
    return ChapterDraft(chapter_id, source, FrontMatter(), title.text, title_nodes, shapes)


def all_shapes(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, each followed by those inside it."""
    for shape in shapes:
        yield shape
        if isinstance(shape, BoxShape):
            yield from all_shapes(shape.shapes)
        elif isinstance(shape, GalleryShape):
            yield from shape.figures


# ---- second reading


def cited_in(draft: ChapterDraft) -> list[Node]:
    """The citations of a chapter, in reading order; those in its notes come last."""
    shapes = (
        s.caption if isinstance(s, FigureShape | GalleryShape) else getattr(s, "nodes", [])
        for s in all_shapes(draft.shapes)
    )
    return citations_in([*draft.title_nodes, *(node for nodes in shapes for node in nodes), *draft.notes])


def write(
    draft: ChapterDraft, labels: Labels, findings: list[Finding], settings: Settings, citations: Citations
) -> Chapter:
    """Second pass: the chapter with its prose written and its references resolved."""
    words = words_for(settings.language)
    writer = ProseWriter(
        draft.source,
        draft.id,
        labels,
        language=draft.language,
        in_text={shape.id: shape for shape in draft.in_text},
        editions=tuple(settings.editions),
        words=words,
        citations=citations,
    )
    scribe = _Scribe(draft, writer, words)
    front = draft.front
    authors = (front.author,) if isinstance(front.author, str) else front.author or ()
    chapter = Chapter(
        id=draft.id,
        title=draft.title,
        place=draft.source.place(1),
        title_xhtml=writer.inline(draft.title_nodes, (draft.title_line, draft.title_line)) if draft.title_nodes else "",
        subtitle=front.subtitle or "",
        authors=authors,
        role=front.role,
        language=front.language or "",
        date=front.date or "",
        where=front.place or "",
        arrange=front.arrange,
        number=draft.number,
        blocks=tuple(scribe.block(shape) for shape in draft.shapes),
        notes=tuple(scribe.note(n, node) for n, node in enumerate(draft.notes, 1)),
        in_text=tuple(scribe.figure(shape) for shape in draft.in_text),
    )
    findings += writer.findings
    return replace(chapter, marks=tuple(writer.marks), tables=tuple(writer.tables))


@dataclass
class _Scribe:
    """Writes the shapes of a chapter as its blocks."""

    draft: ChapterDraft
    writer: ProseWriter
    words: Words

    def block(self, shape: Shape) -> Block:
        if isinstance(shape, FigureShape):
            return self.figure(shape)
        if isinstance(shape, GalleryShape):
            figures = tuple(self.figure(f) for f in shape.figures)
            caption = self._caption(shape.caption, shape.place)
            return Gallery(
                shape.id, shape.number, figures, caption, shape.placed, shape.place, shape.classes, shape.tree
            )
        if isinstance(shape, HeadingShape):
            lines = (shape.place.line, shape.place.line)
            text = markup.plain_text(shape.nodes)
            return Heading(shape.id, shape.level, self.writer.inline(shape.nodes, lines), text, shape.place)
        if isinstance(shape, BoxShape):
            blocks = tuple(self.block(inner) for inner in shape.shapes)
            return Box(shape.kind, blocks, shape.place, shape.id, shape.title, shape.editions)
        return Prose(self.writer.blocks(shape.nodes), shape.place)

    def figure(self, shape: FigureShape) -> Figure:
        """A figure with its caption written."""
        return Figure(
            id=shape.id,
            number=shape.number,
            file=shape.file,
            alt=shape.alt,
            caption=self._caption(shape.caption, shape.place),
            credit=shape.credit,
            placed=shape.placed,
            place=shape.place,
            framing=shape.framing,
            share=shape.share,
            made_by=shape.made_by,
            note_on_making=note_on_making(shape.made_by, self.words),
            origins=shape.origins,
            long_description=shape.long_description,
            classes=shape.classes,
            is_told=shape.is_told,
        )

    def _caption(self, nodes: list[Node], place: Place) -> Caption | None:
        if not nodes:
            return None
        lines = (place.line, min(place.line + 40, len(self.draft.source.lines)))
        first, *others = (self.writer.inline(each, lines) for each in markup.paragraphs_of(nodes))
        xhtml = "".join((first, *(f' <span class="paragraph">{each}</span>' for each in others)))
        said = prose_attributes.by_letters(nodes, direction(self.draft.language))
        if said:
            xhtml = f"<span{''.join(f' {key}={quoted(value)}' for key, value in said)}>{xhtml}</span>"
        return Caption(xhtml, markup.plain_text(list(without_pictures(nodes))))

    def note(self, n: int, node: Node) -> Note:
        """The notes of a chapter, in the order of their numbers."""
        chapter = self.draft.id
        xhtml = self.writer.blocks([child for child in node.children if child.type != "footnote_anchor"])
        line = markup.lines_of(node.children[0])[0] if node.children else 1
        return Note(f"{chapter}-note-{n}", call_id(chapter, n), str(n), xhtml, self.draft.source.place(line))
