"""The shape of a chapter: its tree of Markdown cut into figures, galleries, boxes, headings and prose, and numbered.

A shape still holds nodes, not XHTML: what a reference prints is known only when every chapter has its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, did_you_mean, error, hint, warning
from pressroom.manuscript import markup, unread
from pressroom.publication import PLACEMENTS, BoxKind, Focus, PhotoNote, slug_of

BOXES: Mapping[str, BoxKind] = {
    "epigraph": "epigraph",
    "pullquote": "pullquote",
    "sidebar": "sidebar",
    "timeline": "timeline",
    "only": "only",
}
_FIGURE_KEYS = ("id", "class", "credit", "focus")
_HEAD_KEYS = {"gallery": ("id", "class"), "only": ("edition",)}
_FOCUS = re.compile(r"(\d+(?:\.\d+)?)%\s+(\d+(?:\.\d+)?)%")


@dataclass(frozen=True)
class FigureShape:
    """A picture with its caption's nodes."""

    id: str
    number: str
    caption: list[Node]
    place: Place
    given_id: bool = False
    """Whether the author gave the id, so that references may use it."""
    file: str = ""
    alt: str = ""
    credit: str = ""
    placement: str = "column"
    classes: tuple[str, ...] = ()
    focus: Focus = field(default_factory=Focus)
    long_description: str = ""


@dataclass(frozen=True)
class GalleryShape:
    """Pictures under one number; the caption is the last paragraph's nodes."""

    id: str
    given_id: bool
    number: str
    figures: tuple[FigureShape, ...]
    caption: list[Node]
    placement: str
    place: Place


@dataclass(frozen=True)
class HeadingShape:
    """A heading; `anchor` is what links call it, `id` what editions do."""

    id: str
    given_id: bool
    anchor: str
    level: int
    nodes: list[Node]
    place: Place


@dataclass(frozen=True)
class BoxShape:
    """A block set apart."""

    kind: BoxKind
    shapes: list[Shape]
    place: Place
    id: str
    title: str
    editions: tuple[str, ...]


@dataclass(frozen=True)
class ProseShape:
    """A run of nodes that go out together."""

    nodes: list[Node]
    place: Place


Shape = FigureShape | GalleryShape | HeadingShape | BoxShape | ProseShape


@dataclass
class Shaper:
    """Cuts the chapters of a publication into shapes, in reading order, and counts the figures through all of them."""

    photos: Mapping[str, PhotoNote]
    editions: tuple[str, ...]
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    findings: list[Finding] = field(default_factory=list)
    source: Source = field(default_factory=lambda: Source("", ""))
    chapter_id: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _anchors: set[str] = field(default_factory=set)

    def shape(self, source: Source, chapter_id: str, nodes: list[Node]) -> list[Shape]:
        """The shapes of one chapter."""
        self.source, self.chapter_id, self._ids, self._anchors = source, chapter_id, count(1), set()
        self.findings += unread.findings(nodes, source)
        return list(self._shapes(nodes))

    def _shapes(self, nodes: list[Node]) -> Iterator[Shape]:
        run: list[Node] = []
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
        """The shapes of a node that does not belong to a run of prose; None for one that does."""
        if node.type == "heading":
            return [self._heading(node)]
        if node.attrs and (node.type == "container_block" or (node.type == "paragraph" and opens_with_picture(node))):
            place = self.source.place(markup.lines_of(node)[0] - 1)
            why = "The braces above this line are not read: a picture or a block has them on its own line."
            self._error("attributes-apart", place, why, "Move them: ![…](…){…}, or ::: name {…}.")
        if node.type == "container_block":
            return self._block(node)
        if node.type == "paragraph":
            if markup.is_stray_fence(node):
                place = self.source.find(":::", *markup.lines_of(node))
                self._error("block-stray", place, "This ::: closes nothing.", "Delete it, or open a block above.")
            if opens_with_picture(node):
                return list(self._pictures(node, following))
        return None

    def _prose(self, run: list[Node]) -> Iterator[Shape]:
        """One shape for each node; a run that holds raw HTML stays together, since a tag may close nodes later."""
        if any(node.type == "html_block" for node in run):
            yield ProseShape(run, self.source.place(markup.lines_of(run[0])[0]))
            return
        for node in run:
            yield ProseShape([node], self.source.place(markup.lines_of(node)[0]))

    # ---- headings

    def _heading(self, node: Node) -> HeadingShape:
        given = markup.heading_attributes(node).get("id", "")
        inline = node.children[0].children
        anchor = given or self._anchor(slug_of(markup.plain_text(inline)) or f"section-{next(self._ids)}")
        place = self.source.place(markup.lines_of(node)[0])
        level = int(node.tag[1])
        if level == 1:
            why = "A chapter has one title; this second one becomes a section."
            self.findings.append(hint("title-twice", place, why, "Write ## for a section."))
        # Two hyphens, which no name of a file has: a heading “Title” is not the chapter's title.
        return HeadingShape(given or f"{self.chapter_id}--{anchor}", bool(given), anchor, max(2, level), inline, place)

    def _anchor(self, name: str) -> str:
        """What links call a heading; a second one of the same words is called “words-1”, as Markdown viewers do."""
        names = (f"{name}-{n}" if n else name for n in count())
        anchor = next(each for each in names if each not in self._anchors)
        self._anchors.add(anchor)
        return anchor

    # ---- blocks

    def _block(self, node: Node) -> list[Shape]:
        head = markup.head_of(node)
        place = self.source.find(":::", *markup.lines_of(node))
        place = self.source.place(place.line, place.column)
        if not markup.is_closed(node):
            why = f"This block “{head.name}” is never closed: all that follows would be part of it."
            self._error("block-open", place, why, "Add a line of ::: where it ends.")
        if head.unreadable:
            self._error(
                "attributes-unread", place, "The braces on this line cannot be read.", 'Write {#id .class key="value"}.'
            )
        self._check_head(head, place)
        if head.name == "gallery":
            return [self._gallery(node, head, place)]
        if head.name not in BOXES:
            known = ["gallery", *BOXES]
            why = f"There is no block “{head.name}”."
            self._error(
                "block-unknown", place, why, did_you_mean(head.name, known) or f"There are: {', '.join(known)}."
            )
            return list(self._shapes(node.children))
        shapes = list(self._shapes(node.children))
        if not shapes:
            self._error("block-empty", place, f"The block “{head.name}” is empty.", "Fill it or delete it.")
        title = head.title or head.attributes.get("title", "")
        return [
            BoxShape(BOXES[head.name], shapes, place, head.attributes.get("id", ""), title, self._only(head, place))
        ]

    def _check_head(self, head: markup.Head, place: Place) -> None:
        known = _HEAD_KEYS.get(head.name, ("id", "title"))
        for name in (*head.attributes, *(("title",) if head.title else ())):
            if name not in known:
                why = f"The attribute “{name}” is dropped: the block “{head.name}” takes {', '.join(known)}."
                self.findings.append(warning("attribute-dropped", place, why, did_you_mean(name, known)))

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

    def _gallery(self, node: Node, head: markup.Head, place: Place) -> GalleryShape:
        number = str(next(self.figures))
        gallery_id = head.attributes.get("id", "")
        shapes: list[FigureShape] = []
        caption: list[Node] = []
        # A gallery that is never closed, or holds an unread picture, has its finding; what comes of it needs none.
        told = not markup.is_closed(node) or any(unread.findings(node.children, self.source))
        for n, child in enumerate(node.children):
            following = node.children[n + 1] if n + 1 < len(node.children) else None
            if child.type == "paragraph" and opens_with_picture(child):
                shapes += self._pictures(child, following, number, len(shapes))
            elif child.type == "paragraph" and child is node.children[-1]:
                caption = child.children[0].children
            elif not told:
                where = self.source.place(markup.lines_of(child)[0])
                why = "A gallery holds pictures with their captions, and one shared caption at its end; not this."
                self._error("gallery-content", where, why, "Put a blank line between pictures, and other text outside.")
        if not shapes and not told:
            self._error("gallery-empty", place, "There is no picture in this gallery.", "Put one in, or delete it.")
        placement, _ = self._placement(head.attributes.get("class", ""), place)
        return GalleryShape(
            id=gallery_id or f"{self.chapter_id}-fig-{number}",
            given_id=bool(gallery_id),
            number=number,
            figures=tuple(shapes),
            caption=caption,
            placement=placement,
            place=place,
        )

    # ---- pictures

    def _pictures(
        self, node: Node, following: Node | None, gallery: str = "", before: int = 0
    ) -> Iterator[FigureShape]:
        """The figures of a paragraph: each picture, with what follows it up to the next one as its caption."""
        first, last = markup.lines_of(node)
        pictures = list(pictures_of(node))
        for n, (image, caption) in enumerate(pictures):
            place = self._picture_place(image, first, last)
            first = max(first, place.line)
            number = f"{gallery}{_letter(before + n)}" if gallery else ""
            if image.parent is not None and image.parent.type == "link":
                why = "The link around this picture is dropped: on paper nobody can follow it."
                self.findings.append(warning("link-dropped", place, why, "Put the link into the caption."))
            is_last = n == len(pictures) - 1
            yield self._figure(image, caption, place, number, following if is_last and not gallery else None)

    def _figure(
        self, image: Node, caption: list[Node], place: Place, number: str, following: Node | None
    ) -> FigureShape:
        file = markup.address(image, "src")
        note = self.photos.get(file.rpartition("/")[2], PhotoNote())
        title = str(image.attrs.get("title", "")).strip() or ("" if caption else note.caption or "")
        if title and not caption:
            caption = markup.parse_line(title)
        self._check_attributes(image, caption, place)
        given = markup.attribute(image, "id")
        if not number and (caption or given):
            number = str(next(self.figures))
        self._check_caption(caption, following, place)
        placement, classes = self._placement(markup.attribute(image, "class"), place)
        alt = markup.plain_text(image.children) or note.alt or ""
        if not alt:
            why = "This picture has no alt text: a reader who cannot see it learns nothing of it."
            self.findings.append(hint("alt-missing", place, why, "Write what it shows between the brackets: ![…]."))
        return FigureShape(
            id=given or f"{self.chapter_id}-fig-{number or f'x{next(self._ids)}'}",
            given_id=bool(given),
            number=number,
            file=file,
            alt=alt,
            caption=caption,
            credit=markup.attribute(image, "credit") or note.credit or "",
            placement=placement,
            classes=classes,
            focus=self._focus(markup.attribute(image, "focus") or note.focus or "", place),
            long_description=note.long_description or "",
            place=place,
        )

    def placeholder(self, chapter_id: str, caption: list[Node], place: Place) -> FigureShape:
        """A photograph still to come, of which only the caption is known."""
        number = str(next(self.figures))
        return FigureShape(f"{chapter_id}-fig-{number}", number, caption, place)

    def _placement(self, classes: str, place: Place) -> tuple[str, tuple[str, ...]]:
        names = classes.split()
        placements = [n for n in names if n in PLACEMENTS]
        others = tuple(n for n in names if n not in PLACEMENTS)
        if len(placements) > 1:
            why = f"A picture has one placement; this has {', '.join(placements)}."
            self._error("placement-twice", place, why, "Keep one.")
        for name in others:
            close = did_you_mean(name, PLACEMENTS)
            if close:
                why = f"“{name}” is no placement; the picture would stand in the column."
                self.findings.append(warning("placement-unknown", place, why, close))
        return (placements[0] if placements else "column"), others

    def _focus(self, text: str, place: Place) -> Focus:
        match = _FOCUS.fullmatch(text.strip())
        if text and (not match or float(match[1]) > 100 or float(match[2]) > 100):
            why = f"The focus “{text}” is not a point of the picture."
            self._error("focus-wrong", place, why, 'Write it from the left and the top: focus="60% 40%".')
            return Focus()
        return Focus(float(match[1]), float(match[2])) if match else Focus()

    def _check_attributes(self, image: Node, caption: list[Node], place: Place) -> None:
        for name in image.attrs:
            if name not in ("src", "alt", "title", *_FIGURE_KEYS):
                why = f"A picture has no attribute “{name}”."
                close = did_you_mean(str(name), _FIGURE_KEYS) or "There are: #id, .placement, credit, focus."
                self._error("attribute-unknown", place, why, close)
        if caption and caption[0].type == "text" and caption[0].content.startswith("{"):
            why = "These braces cannot be read, and would be printed as part of the caption."
            self._error(
                "attributes-unread", place, why, 'Write {#id .placement credit="…"}, with straight double quotes.'
            )

    def _check_caption(self, caption: list[Node], following: Node | None, place: Place) -> None:
        if caption or following is None or following.type != "paragraph" or opens_with_picture(following):
            return
        why = "This picture has no caption. Is there a blank line between it and its caption?"
        self.findings.append(hint("caption-apart", place, why, "The caption stands directly under the picture."))

    def _picture_place(self, image: Node, first: int, last: int) -> Place:
        exact = f"![{image.content}]({markup.address(image, 'src')}"
        place = self.source.find(exact, first, last)
        if exact not in place.excerpt:
            place = self.source.find(f"![{image.content}](", first, last)
        end = place.excerpt.find(")", place.column)
        return self.source.place(place.line, place.column, max(2, end - place.column + 2))

    def _error(self, id: str, place: Place, message: str, help: str = "") -> None:
        self.findings.append(error(id, place, message, help))


def opens_with_picture(paragraph: Node) -> bool:
    """Whether a paragraph begins with a picture, or with a link around one."""
    inline = paragraph.children[0].children
    first = next((n for n in inline if not (n.type == "text" and not n.content.strip())), None)
    return first is not None and _image_in(first) is not None


def pictures_of(paragraph: Node) -> Iterator[tuple[Node, list[Node]]]:
    """Every picture of a paragraph with the nodes of its caption."""
    image: Node | None = None
    caption: list[Node] = []
    for node in paragraph.children[0].children:
        found = _image_in(node)
        if found is None:
            caption.append(node)
            continue
        if image is not None:
            yield image, _trimmed(caption)
        image, caption = found, []
    if image is not None:
        yield image, _trimmed(caption)


def _image_in(node: Node) -> Node | None:
    if node.type == "link" and len(node.children) == 1:
        node = node.children[0]
    return node if node.type == "image" else None


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Without the line break after the picture, and the one before the next."""

    def is_blank(node: Node) -> bool:
        return node.type in ("softbreak", "hardbreak") or (node.type == "text" and not node.content.strip())

    while nodes and is_blank(nodes[0]):
        nodes = nodes[1:]
    while nodes and is_blank(nodes[-1]):
        nodes = nodes[:-1]
    return nodes


def _letter(n: int) -> str:
    """a, b, … z, aa, ab …: the letters of a gallery's pictures."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)
