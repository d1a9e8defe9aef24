"""Labelling: enters everything in a chapter that can be referred to into the table of labels."""

from __future__ import annotations

import re
from itertools import chain

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place
from pressroom.language.words import Words
from pressroom.manuscript import markup
from pressroom.manuscript.chapters import ChapterDraft, all_shapes
from pressroom.manuscript.citations import Citations
from pressroom.manuscript.citing import citations_in
from pressroom.manuscript.code_heads import TITLE
from pressroom.manuscript.figures import FigureShape
from pressroom.manuscript.heading_shapes import HeadingShape
from pressroom.manuscript.numbering import named_nodes
from pressroom.manuscript.references import Label, Labels
from pressroom.manuscript.shapes import BoxShape, GalleryShape
from pressroom.publication import slug_of


def name_cited(draft: ChapterDraft, citations: Citations) -> None:
    """Give citations in headings their words, for contents and bookmarks: “Doe (1999) says”."""
    headings = [shape.nodes for shape in all_shapes(draft.shapes) if isinstance(shape, HeadingShape)]
    for node in citations_in([*draft.title_nodes, *chain.from_iterable(headings)]):
        if node.meta["is_narrative"] and all(work.key in citations.items for work in node.meta["works"]):
            node.meta[markup.AS_TEXT] = citations.as_text(node)
    if citations_in(draft.title_nodes) and not draft.front.title:
        draft.title = markup.plain_text(draft.title_nodes)


def add_labels(draft: ChapterDraft, labels: Labels, words: Words) -> None:
    """Enter everything in a chapter that can be referred to into the table of labels."""
    if draft.title_id:
        place = _place_of_id(f"#{re.escape(draft.title_id)}", draft.source.place(draft.title_line), draft, None)
        labels.add(draft.source.file, draft.title_id, Label(draft.id, draft.title), place)
    _add_ids(draft.title_nodes, draft.source.place(draft.title_line), draft, labels)
    for shape in all_shapes(draft.shapes):
        if isinstance(shape, HeadingShape):
            label = Label(shape.id, markup.plain_text(shape.nodes))
            if shape.given_id:
                labels.add(draft.source.file, shape.anchor, label, shape.place)
            else:
                labels.add_anchor(draft.source.file, shape.anchor, label)
            labels.add_heading(draft.source.file, label.text, label)
        elif isinstance(shape, FigureShape | GalleryShape):
            _add_figure(shape, draft, labels, words)
        elif isinstance(shape, BoxShape) and shape.id:
            labels.add(draft.source.file, shape.id, Label(shape.id, shape.title or shape.kind), shape.place)
        nodes = shape.caption if isinstance(shape, FigureShape | GalleryShape) else getattr(shape, "nodes", [])
        _add_ids(nodes, shape.place, draft, labels)
        _add_numbered(nodes, shape.place, draft, labels, words)
    if typed := markup.plain_text(draft.title_nodes) or draft.front.title:
        label = Label(draft.id, draft.title)
        labels.add_anchor(draft.source.file, slug_of(typed), label)
        labels.add_heading(draft.source.file, typed, label)
    for note in draft.notes:
        line = markup.lines_of(note.children[0])[0] if note.children else 1
        _add_ids(note.children, draft.source.place(line), draft, labels)
        _add_numbered(note.children, draft.source.place(line), draft, labels, words)


def _add_figure(shape: FigureShape | GalleryShape, draft: ChapterDraft, labels: Labels, words: Words) -> None:
    if shape.given_id:
        labels.add(
            draft.source.file, shape.id, Label(shape.id, f"{words.figure} {shape.number}", is_counted=True), shape.place
        )


def _add_numbered(nodes: list[Node], start: Place, draft: ChapterDraft, labels: Labels, words: Words) -> None:
    for node, text in named_nodes(nodes, words):
        id = str(node.meta["id"])
        place = _place_of_id(rf"[#{{]{re.escape(id)}(?![\w-])", start, draft, labels.places.get(id))
        labels.add(draft.source.file, id, Label(id, text, is_counted=True), place)


def _add_ids(nodes: list[Node], start: Place, draft: ChapterDraft, labels: Labels) -> None:
    for node in (n for top in nodes for n in top.walk()):
        if "id" in node.attrs and node.type != "html_block":
            found = str(node.attrs["id"])
            place = _place_of_id(rf"(#|id=[\"']?){re.escape(found)}(?![\w-])", start, draft, labels.places.get(found))
            inline = [n for n in node.walk() if n.type in ("text", "code_inline")]
            words = markup.plain_text(inline) or str(node.meta.get(TITLE, ""))
            labels.add(draft.source.file, found, Label(found, words), place)
        elif node.type in ("html_block", "html_inline"):
            for found in re.findall(r"<[^<>]*\sid\s*=\s*[\"']?([^\"'\s>]+)", node.content, re.IGNORECASE):
                typed = rf"(?i:id)\s*=\s*[\"']?{re.escape(found)}(?![\w-])"
                place = _place_of_id(typed, start, draft, labels.places.get(found))
                labels.add(draft.source.file, found, Label(found, ""), place)


def _place_of_id(typed: str, start: Place, draft: ChapterDraft, taken: Place | None) -> Place:
    """The place of an id, searched from a line of its chapter on; `taken` is where the same id stands a first time."""
    for number in range(start.line, len(draft.source.lines) + 1):
        for match in re.finditer(typed, draft.source.place(number).excerpt):
            place = draft.source.place(number, match.start() + 1, len(match[0]))
            if place != taken:
                return place
    return draft.source.place(start.line)
