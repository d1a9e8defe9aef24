"""Chapter texts: all text of a chapter that will be printed, run by run, for the guard to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.figure_texts import IN_PHOTOS_FILE
from pressroom.manuscript.figures import FigureShape
from pressroom.manuscript.heading_shapes import HeadingShape
from pressroom.manuscript.printed_text import PrintedText, plain_run, run_of, run_of_html
from pressroom.manuscript.shapes import BoxShape, GalleryShape, Shape

_WHOLE = (1, 10**9)


def texts_of(draft: ChapterDraft) -> list[PrintedText]:
    """All text of a chapter: its title and front matter first, its notes last."""
    shapes = chain.from_iterable(map(_shape_texts, draft.shapes))
    return [*_front_texts(draft), *shapes, *_block_texts(draft.notes)]


def _front_texts(draft: ChapterDraft) -> Iterator[PrintedText]:
    front, source = draft.front, draft.source
    authors = (front.author,) if isinstance(front.author, str) else front.author or ()
    for text in filter(None, (front.title, front.subtitle, *authors, front.date, front.place)):
        line = source.find(text.split("\n")[0], 1, min(60, len(source.lines))).line
        yield plain_run(text, (line, line))
    if draft.title_nodes:
        yield run_of(draft.title_nodes, _WHOLE)


def with_boxed(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, and those inside boxes."""
    for shape in shapes:
        yield shape
        if isinstance(shape, BoxShape):
            yield from with_boxed(shape.shapes)


def _shape_texts(shape: Shape) -> Iterator[PrintedText]:
    start = shape.place.line
    if isinstance(shape, FigureShape):
        runs = {
            "alt": plain_run(shape.alt, (start, start), is_alt=True),
            "credit": plain_run(shape.credit, (start, start)),
            "caption": run_of(shape.caption, (start, start + 200), is_caption=True),
        }
        yield from (run for key, run in runs.items() if shape.origins.get(key) != IN_PHOTOS_FILE)
    elif isinstance(shape, GalleryShape):
        for figure in shape.figures:
            yield from _shape_texts(figure)
        yield run_of(shape.caption, (start, start + 2000), is_caption=True)
    elif isinstance(shape, BoxShape):
        yield plain_run(shape.title, (start, start))
        for inner in shape.shapes:
            yield from _shape_texts(inner)
    elif isinstance(shape, HeadingShape):
        yield run_of(shape.nodes, (start, start + 1))
    else:
        yield from _block_texts(shape.nodes)


def _block_texts(nodes: Iterable[Node]) -> Iterator[PrintedText]:
    for node in (inner for top in nodes for inner in top.walk()):
        if node.type == "inline":
            is_cell = node.parent is not None and node.parent.type in ("td", "th")
            yield run_of(node.children, markup.lines_of(node, _WHOLE), is_cell=is_cell)
        elif node.type == "html_block":
            yield run_of_html(node.content, markup.lines_of(node))
