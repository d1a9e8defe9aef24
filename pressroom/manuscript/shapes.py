"""Shapes: cuts the Markdown tree of a chapter into figures, galleries, boxes, headings and prose, and numbers them.

A shape still holds nodes, not XHTML: the words of a reference are known only when every chapter has been cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, did_you_mean, error, warning
from pressroom.language.callout_words import callout_name
from pressroom.manuscript import block_ends, crowded_lines, markup, other_than_typed, unread
from pressroom.manuscript.block_heads import FIGURE, as_known, foreign_remedy
from pressroom.manuscript.callouts import KINDS, is_callout, opened
from pressroom.manuscript.caption_lines import captions_apart
from pressroom.manuscript.figures import FigureShape, PictureReader
from pressroom.manuscript.heading_shapes import HeadingReader, HeadingShape
from pressroom.manuscript.numbering import Numbering
from pressroom.manuscript.parting import holds_figure, parted
from pressroom.manuscript.picture_paragraphs import opens_with_picture, pictures_of
from pressroom.pacing.trees import TreeError, parse_tree
from pressroom.publication import BoxKind, Placement

BOXES: Mapping[str, BoxKind] = {
    "epigraph": "epigraph",
    "pullquote": "pullquote",
    "sidebar": "sidebar",
    "timeline": "timeline",
    "only": "only",
}
_CALLOUTS = frozenset("note tip warning important caution info danger example abstract question success bug".split())
"""The classes of blocks that other programs set as boxes."""
_HEAD_KEYS = {"gallery": ("id", "class", "tree"), "only": ("edition",)}


@dataclass(frozen=True)
class GalleryShape:
    """Pictures under one number. The shared caption is the nodes of the last paragraph."""

    id: str
    given_id: bool
    number: str
    figures: tuple[FigureShape, ...]
    caption: list[Node]
    placed: Placement
    place: Place
    classes: tuple[str, ...] = ()
    tree: str = ""


@dataclass(frozen=True)
class BoxShape:
    """A block set apart from the running text: an epigraph, a sidebar, …"""

    kind: BoxKind
    shapes: list[Shape]
    place: Place
    id: str
    title: str
    editions: tuple[str, ...]


@dataclass(frozen=True)
class ProseShape:
    """A run of nodes that are written together."""

    nodes: list[Node]
    place: Place


Shape = FigureShape | GalleryShape | HeadingShape | BoxShape | ProseShape


@dataclass
class Shaper:
    """Cuts the chapters of a publication into shapes, in reading order."""

    pictures: PictureReader
    editions: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    source: Source = field(default_factory=lambda: Source("", ""))
    chapter_id: str = ""
    language: str = ""
    """The language of the chapter, for titles of callouts."""
    headings: HeadingReader = field(init=False)
    """Reads the headings of the chapter."""

    def shape(self, source: Source, chapter_id: str, nodes: list[Node], top: int = 1) -> list[Shape]:
        """The shapes of one chapter. `top` is the level of the heading that was its title."""
        self.source, self.chapter_id = source, chapter_id
        self.headings = HeadingReader(source, chapter_id, self.findings, top)
        self.pictures.open(source, chapter_id)
        self.findings += unread.findings(nodes, source)
        self.findings += block_ends.findings(nodes, source)
        self.findings += crowded_lines.findings(nodes, source)
        self.findings += captions_apart(nodes, source)
        self.findings += other_than_typed.findings(nodes, source)
        self.numbering.number(nodes, chapter_id)
        return list(self._shapes(nodes))

    def _shapes(self, nodes: list[Node]) -> Iterator[Shape]:
        run: list[Node] = []
        nodes = [piece for node in nodes for piece in (parted(node) if holds_figure(node) else (node,))]
        for n, node in enumerate(nodes):
            found = self._apart(node, nodes[n + 1] if n + 1 < len(nodes) else None)
            if found is None:
                run.append(node)
                continue
            yield from self._prose(run)
            run = []
            yield from found
        yield from self._prose(run)

    def _apart(self, node: Node, following: Node | None) -> list[Shape] | None:
        """The shapes of a heading, block or picture; None for a node that belongs to a run of prose."""
        if node.type == "heading":
            return list(self.headings.read(node))
        if node.attrs and (node.type == "container_block" or (node.type == "paragraph" and opens_with_picture(node))):
            place = self.source.place(markup.lines_of(node)[0] - 1)
            why = "The braces above this line are not read: a picture or a block has them on its own line."
            self._error("attributes-apart", place, why, "Move them: ![…](…){…}, or ::: name {…}.")
        if node.type == "container_block":
            return self._block(node)
        if is_callout(node):
            return [self._callout(node)]
        if node.type == "paragraph":
            if markup.is_stray_fence(node):
                place = self.source.find(":::", *markup.lines_of(node))
                self._error("block-stray", place, "This ::: closes nothing.", "Delete it, or open a block above.")
            if opens_with_picture(node):
                return list(self.pictures.pictures(node, following))
        return None

    def _prose(self, run: list[Node]) -> Iterator[Shape]:
        """One shape for each node; a run that holds raw HTML stays together, since a tag may close nodes later."""
        if any(node.type == "html_block" for node in run):
            yield ProseShape(run, self.source.place(markup.lines_of(run[0])[0]))
            return
        for node in run:
            yield ProseShape([node], self.source.place(markup.lines_of(node)[0]))

    # ---- blocks

    def _block(self, node: Node) -> list[Shape]:
        typed = markup.head_of(node)
        head = as_known(typed, ("gallery", FIGURE, *BOXES))
        place = self.source.find(":::", *markup.lines_of(node))
        place = self.source.place(place.line, place.column)
        if not markup.is_closed(node):
            why = f"This block “{head.name}” is never closed: all that follows would be part of it."
            self._error("block-open", place, why, "Add a line of ::: where it ends.")
        if head.unreadable:
            self._error(
                "attributes-unread", place, "The braces on this line cannot be read.", 'Write {#id .class key="value"}.'
            )
        if head.name == FIGURE and sum(map(_is_picture, node.children)) == 1:
            return self._figure(node, head)
        if head.name == FIGURE and head.title and not any(map(_is_picture, node.children)):
            why = (
                f"“{head.title}” is not read: the picture of a figure stands inside it. It looks like a figure of MyST."
            )
            self._error(
                "directive-unread", place, why, f"Write ![what it shows]({head.title}), and the caption below it."
            )
            return []
        if head.name == FIGURE:
            head = replace(head, name="gallery")
        if head.name in ("gallery", *BOXES):
            self._check_head(head, place)
        if head.name == "gallery":
            return [self._gallery(node, head, place)]
        if head.name not in BOXES:
            self._tell_unknown(head, place)
            return list(self._shapes(node.children))
        head, children = _with_title(self._named(head, typed), node.children)
        shapes = list(self._shapes(children))
        if not shapes and markup.is_closed(node):
            self._error("block-empty", place, f"The block “{head.name}” is empty.", "Fill it or delete it.")
        title = head.title or head.attributes.get("title", "")
        return [
            BoxShape(BOXES[head.name], shapes, place, head.attributes.get("id", ""), title, self._only(head, place))
        ]

    def _tell_unknown(self, head: markup.Head, place: Place) -> None:
        known = ["gallery", FIGURE, *BOXES]
        why = f"There is no block “{head.name}”." if head.name else "This block has no name."
        known_ones = f"There are: {', '.join(known)}. Or delete this line and its ::: below; the words stay."
        remedy = foreign_remedy(head.name) or did_you_mean(head.name, known) or known_ones
        if head.attributes.get("id") == "refs":
            why = "Pandoc prints the list of works here."
            remedy = "Write - generated: [bibliography] under chapters in publication.yaml, and delete this block."
        self._error("block-unknown", place, why, remedy)

    def _named(self, head: markup.Head, typed: markup.Head) -> markup.Head:
        """The head of a block; that of a callout has the name of its kind in the language of the chapter."""
        is_callout = head.name != typed.name
        return replace(head, title=callout_name(head.title, self.language)) if is_callout else head

    def _callout(self, node: Node) -> BoxShape:
        title, nodes = opened(node)
        place = self.source.place(markup.lines_of(node)[0])
        shapes = list(self._shapes(nodes))
        title = callout_name(title, self.language)
        return BoxShape("sidebar", shapes, place, str(node.attrs.get("id", "")), title, ())

    def _check_head(self, head: markup.Head, place: Place) -> None:
        known = _HEAD_KEYS.get(head.name, ("id", "title"))
        for name in (*head.attributes, *(("title",) if head.title else ())):
            if name not in known:
                why = f"The attribute “{name}” is dropped: the block “{head.name}” takes {', '.join(known)}."
                remedy = did_you_mean(name, known) or "Delete it."
                if name in ("caption", "alt"):
                    remedy = (
                        "Write the words of a gallery as its last paragraph, and those of a picture right under it."
                    )
                self.findings.append(warning("attribute-dropped", place, why, remedy))

    def _only(self, head: markup.Head, place: Place) -> tuple[str, ...]:
        if head.name != "only":
            return ()
        editions = tuple(re.split(r"[\s,]+", head.attributes.get("edition", "").strip()))
        for edition in editions:
            if edition not in self.editions:
                why = f"“{edition}” is no edition of this publication; the block would show in none."
                close = did_you_mean(edition, self.editions) or f"There are: {', '.join(self.editions)}."
                self._error("edition-unknown", place, why if edition else "Which edition is this for?", close)
        return editions

    def _figure(self, node: Node, head: markup.Head) -> list[Shape]:
        """A picture whose caption has several paragraphs. What the head says holds for the picture."""
        picture = next(filter(_is_picture, node.children))
        inline = picture.children[0]
        image = next(image for image, _ in pictures_of(picture))
        image.attrs.update({k: v for k, v in head.attributes.items() if k not in image.attrs})
        for child in node.children:
            if child is picture:
                continue
            if child.type != "paragraph":
                where = self.source.place(markup.lines_of(child)[0])
                why = "A figure holds a picture and the paragraphs of its caption; not this."
                self._error("figure-content", where, why, "Put it outside, or write it as a paragraph.")
                continue
            inline.children = [*inline.children, markup.end_of_paragraph(), *child.children[0].children]
        return list(self.pictures.pictures(picture, None))

    def _gallery(self, node: Node, head: markup.Head, place: Place) -> GalleryShape:
        number = str(next(self.pictures.numbers))
        gallery_id = head.attributes.get("id", "")
        shapes: list[FigureShape] = []
        caption: list[Node] = []
        # A gallery that is never closed, or holds an unread picture, has a finding; its consequences need none.
        has_finding = not markup.is_closed(node) or any(unread.findings(node.children, self.source))
        for n, child in enumerate(node.children):
            following = node.children[n + 1] if n + 1 < len(node.children) else None
            if child.type == "paragraph" and opens_with_picture(child):
                shapes += self.pictures.pictures(child, following, number, len(shapes))
            elif child.type == "paragraph" and child is node.children[-1]:
                caption = child.children[0].children
            elif not has_finding:
                where = self.source.place(markup.lines_of(child)[0])
                why = "A gallery holds pictures with their captions, and one shared caption at its end; not this."
                self._error("gallery-content", where, why, "Put a blank line between pictures, and other text outside.")
        if not shapes and not has_finding:
            self._error("gallery-empty", place, "There is no picture in this gallery.", "Put one in, or delete it.")
        placed, classes = self.pictures.placement(head.attributes.get("class", ""), place)
        return GalleryShape(
            id=gallery_id or f"{self.chapter_id}-fig-{number}",
            given_id=bool(gallery_id),
            number=number,
            figures=tuple(shapes),
            caption=caption,
            placed=placed,
            place=place,
            classes=classes,
            tree=self._tree(head.attributes.get("tree", ""), len(shapes), place),
        )

    def _tree(self, text: str, pictures: int, place: Place) -> str:
        """The slicing tree of a gallery; empty, with a finding, if it does not hold these pictures."""
        try:
            held = parse_tree(text).pictures if text else pictures
        except TreeError as fault:
            self._error("tree-wrong", place, f"The tree of this gallery cannot be read: {fault}.", "As in (./(.|.)).")
            return ""
        if held == pictures:
            return text
        why = f"The tree of this gallery has {held} pictures, the gallery {pictures}."
        self._error("tree-wrong", place, why, "Write one full stop for each picture, or take the tree away.")
        return ""

    def _error(self, id: str, place: Place, message: str, remedy: str = "") -> None:
        self.findings.append(error(id, place, message, remedy))


def _is_picture(node: Node) -> bool:
    return node.type == "paragraph" and opens_with_picture(node)


def _with_title(head: markup.Head, children: list[Node]) -> tuple[markup.Head, list[Node]]:
    """The head of a sidebar with a heading at its beginning as its title, if it has no other."""
    first = children[0] if children else None
    if head.name != "sidebar" or first is None or first.type != "heading" or head.attributes.get("title"):
        return head, children
    if head.title and head.title.lower() not in KINDS:
        return head, children
    return replace(head, title=markup.plain_text(first.children[0].children)), children[1:]
