"""Figures: the pictures of a chapter with their captions, credits, alt texts and framing.

Each text comes from the manuscript; if it has none, from photos.yaml; if that has none, from the photograph's own file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, advice, did_you_mean, error, warning
from pressroom.language.words import Words
from pressroom.manuscript import markup
from pressroom.manuscript.caption_lines import own_number
from pressroom.manuscript.citing import Citing
from pressroom.manuscript.figure_texts import CaptionDataOf, TextChooser, framed_here, quarto_texts
from pressroom.manuscript.picture_paragraphs import letter_of, opens_with_picture, pictures_of
from pressroom.manuscript.picture_widths import share_of
from pressroom.publication import (
    COLUMN,
    IN_MANUSCRIPTS,
    IN_PLACE,
    MODIFIERS,
    FileCaptionData,
    Framing,
    MadeBy,
    PhotoNote,
    Placement,
    misplaced_words,
    name_key,
    parse_aspect,
    parse_focus,
    parse_region,
    parse_regions,
)

_FRAMING: Mapping[str, Callable[[Any], Any]] = {
    "focus": parse_focus,
    "aspect": parse_aspect,
    "crop": parse_region,
    "blur": parse_regions,
}
_FIGURE_KEYS = ("id", "class", "credit", *_FRAMING)
_ALSO_READ = ("src", "alt", "title", "width", "height", "fig-alt", "fig-cap", "lang")
_BRACES = re.compile(r"\{[^}\n]*\}*")
_LOOKS = ("fig-align", "fig-env", "fig-pos", "fig-scap", "fig-link", "align", "style", "loading", "scale", "target")
"""Attributes of other programs that say how a picture looks there."""
_BLOCKS = {"heading": "a heading", "blockquote": "a quotation", "html_block": "HTML", "table": "a table"}


@dataclass(frozen=True)
class FigureShape:
    """A picture with its caption still as Markdown nodes."""

    id: str
    number: str
    caption: list[Node]
    place: Place
    given_id: bool = False
    """Whether the author gave the id, so that references may use it."""
    share: float = 1.0
    file: str = ""
    alt: str = ""
    credit: str = ""
    placed: Placement = COLUMN
    classes: tuple[str, ...] = ()
    is_told: bool = False
    framing: Framing = field(default_factory=Framing)
    long_description: str = ""
    made_by: MadeBy = ""
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass
class PictureReader:
    """Reads the pictures of one chapter after the other, and numbers the figures through all chapters."""

    photos: Mapping[str, PhotoNote]
    """The entries of photos.yaml, by `name_key` of their files."""
    caption_data_of: CaptionDataOf
    findings: list[Finding]
    count_credited: bool = False
    """Whether a picture with a credit but no caption gets a number, by which the list of credits names it."""
    default_credit: str = ""
    """The credit of pictures without one of their own, unless they have `credit=""`."""
    citing: Citing = field(default_factory=Citing)
    """What citations may name."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    source: Source = field(default_factory=lambda: Source("", ""))
    chapter_id: str = ""
    _uncounted: Iterator[int] = field(default_factory=lambda: count(1))

    def open(self, source: Source, chapter_id: str) -> None:
        """Begin a chapter: its pictures are read from now on."""
        self.source, self.chapter_id, self._uncounted = source, chapter_id, count(1)

    def pictures(self, node: Node, following: Node | None, gallery: str = "", before: int = 0) -> Iterator[FigureShape]:
        """The figures of a paragraph. The caption of a picture is the text after it, up to the next picture."""
        first, last = markup.lines_of(node)
        found = list(pictures_of(node))
        for n, (image, caption) in enumerate(found):
            place = self._place(image, first, last)
            first = max(first, place.line)
            number = f"{gallery}{letter_of(before + n)}" if gallery else ""
            if image.parent is not None and image.parent.type == "link":
                why = "The link around this picture is dropped: on paper nobody can follow it."
                self.findings.append(warning("link-dropped", place, why, "Put the link into the caption."))
            is_last = n == len(found) - 1
            shape = self._figure(image, caption, place, number)
            if is_last and not gallery and following is not None and not shape.caption:
                self._check_below(following, place, last)
            yield shape

    def in_text(self, image: Node, lines: tuple[int, int], placed: Placement) -> FigureShape:
        """A picture in text: without number and caption, with alt text, credit and framing."""
        place = self._place(image, *lines)
        file = markup.address(image, "src")
        note, in_file = self._noted(file), self.caption_data_of(file, self.source.file) if file else FileCaptionData()
        texts = TextChooser(in_file)
        self._check_attributes(image, [], place)
        self._check_placement_in_text(image, place)
        given = markup.attribute(image, "id")
        alt = texts.first("alt", markup.plain_text(image.children), note.alt, in_file.alt)
        if not alt:
            self._tell_missing_alt(place)
        return FigureShape(
            id=given or f"{self.chapter_id}-fig-x{next(self._uncounted)}",
            number="",
            caption=[],
            place=place,
            file=file,
            alt=alt,
            credit=self._credit(image, texts, note) if placed == IN_PLACE else self._own_credit(image, texts, note),
            placed=placed,
            share=self._share(image, placed, place),
            framing=self._framing(image, note, place),
            made_by=in_file.made_by,
            origins={**texts.origins, **framed_here(image)},
        )

    def _check_placement_in_text(self, image: Node, place: Place) -> None:
        for name in markup.attribute(image, "class").split():
            if name in IN_MANUSCRIPTS:
                why = f"“{name}” is not acted on: a picture in text stands where its words are."
                remedy = "Put the picture in a paragraph of its own, with a blank line above and below."
                self.findings.append(warning("placement-dropped", place, why, remedy))

    def _noted(self, file: str) -> PhotoNote:
        """The entry of photos.yaml for a file, by its name as typed or decoded."""
        return self.photos.get(name_key(file)) or self.photos.get(name_key(unquote(file)), PhotoNote())

    def _tell_missing_alt(self, place: Place) -> None:
        why = "This picture has no alt text: a reader who cannot see it learns nothing of it."
        self.findings.append(advice("alt-missing", place, why, "Write what it shows between the brackets: ![…]."))

    def placeholder(self, chapter_id: str, caption: list[Node], place: Place) -> FigureShape:
        """A photograph still to come, of which only the caption is known."""
        number = str(next(self.numbers))
        return FigureShape(f"{chapter_id}-fig-{number}", number, caption, place)

    def placement(self, classes: str, place: Place) -> tuple[Placement, tuple[str, ...]]:
        """The placement among the classes of a picture or gallery (by default the column), and the other classes."""
        names = classes.split()
        placements = [n for n in names if n in IN_MANUSCRIPTS]
        others = tuple(n for n in names if n not in IN_MANUSCRIPTS)
        if len(placements) > 1:
            why = f"A picture has one placement; this has {', '.join(placements)}."
            self._error("placement-twice", place, why, "Keep one.")
        for name in (name for name in others if name not in MODIFIERS):
            close = did_you_mean(name, IN_MANUSCRIPTS)
            if close:
                why = f"“{name}” is no placement; the picture would stand in the column."
                self.findings.append(warning("placement-unknown", place, why, close))
        placed = IN_MANUSCRIPTS[placements[0]] if placements else COLUMN
        for name in misplaced_words(placed, others):
            homes = ", ".join(f"{{.{row.name} .{name}}}" for row in IN_MANUSCRIPTS.values() if name in row.modifiers)
            why = f"“{name}” says nothing beside “{placed.name}”."
            self.findings.append(warning("placement-dropped", place, why, f"It goes with: {homes}."))
        return placed, others

    def _figure(self, image: Node, caption: list[Node], place: Place, number: str) -> FigureShape:
        file = markup.address(image, "src")
        note = self._noted(file)
        in_file = self.caption_data_of(file, self.source.file) if file else FileCaptionData()
        texts = TextChooser(in_file, citing=self.citing)
        self._check_attributes(image, caption, place)
        alt_nodes, caption = quarto_texts(image, caption, self.citing)
        title = str(image.attrs.get("title", "")).strip()
        self._check_title(title, caption, place)
        caption = texts.caption(caption, title, note.caption)
        given = markup.attribute(image, "id")
        credit = self._credit(image, texts, note)
        if not number and (caption or given or (self.count_credited and (credit or in_file.made_by))):
            number = str(next(self.numbers))
        self._check_number(caption, number, place)
        if given.startswith(("fig-", "fig:")) and not caption and len(alt_nodes.split()) > 1:
            why = "This picture has a number and no caption: the words in brackets are read aloud, and not printed."
            remedy = (
                "Pandoc and Quarto print them: write them on the line below, too, and what is seen in the brackets."
            )
            self.findings.append(advice("caption-in-brackets", place, why, remedy))
        placed, classes = self.placement(markup.attribute(image, "class"), place)
        alt = texts.first("alt", alt_nodes, note.alt, in_file.alt)
        if not alt:
            self._tell_missing_alt(place)
        return FigureShape(
            id=given or f"{self.chapter_id}-fig-{number or f'x{next(self._uncounted)}'}",
            given_id=bool(given),
            share=self._share(image, placed, place, in_gallery=number[-1:].isalpha()),
            number=number,
            file=file,
            alt=alt,
            caption=caption,
            credit=credit,
            placed=placed,
            is_told=bool(IN_MANUSCRIPTS.keys() & set(markup.attribute(image, "class").split())),
            classes=classes,
            framing=self._framing(image, note, place),
            long_description=texts.first("long_description", "", note.long_description, in_file.long_description),
            made_by=in_file.made_by,
            origins={**texts.origins, **framed_here(image)},
            place=place,
        )

    def _credit(self, image: Node, texts: TextChooser, note: PhotoNote) -> str:
        """The credit of a picture: its own, or that of all pictures, which drawings do not have."""
        own = self._own_credit(image, texts, note)
        is_drawing = markup.address(image, "src").lower().endswith(".svg")
        return own if own or "credit" in image.attrs or is_drawing else self.default_credit

    def _own_credit(self, image: Node, texts: TextChooser, note: PhotoNote) -> str:
        return texts.first("credit", markup.attribute(image, "credit"), note.credit, texts.in_file.credit)

    def _framing(self, image: Node, note: PhotoNote, place: Place) -> Framing:
        """How a picture is framed. A region that photos.yaml blurs stays blurred: nobody is exposed by mistake."""
        given: dict[str, Any] = {}
        for name, parse in _FRAMING.items():
            text = markup.attribute(image, name)
            try:
                given |= {name: parse(text)} if text else {}
            except ValueError as fault:
                why, _, remedy = str(fault).rpartition("; ")
                why = f"{why[:1].upper()}{why[1:]}."
                self._error(f"{name}-wrong", place, why, f'{remedy[:1].upper()}{remedy[1:]}, as in {name}="…".')
        typed, noted = Framing(**given), note.framing
        return Framing(
            focus=typed.focus if "focus" in given else noted.focus,
            crop=typed.crop or noted.crop,
            aspect=typed.aspect or noted.aspect,
            blur=(*noted.blur, *(region for region in typed.blur if region not in noted.blur)),
        )

    def _check_attributes(self, image: Node, caption: list[Node], place: Place) -> None:
        for name in image.attrs:
            if name in _LOOKS:
                why = f"The attribute “{name}” of this picture is dropped: the layout sets how pictures look."
                self.findings.append(warning("attribute-dropped", place, why, "A placement may do it: {.wide}."))
            elif name not in (*_ALSO_READ, *_FIGURE_KEYS):
                why = f"A picture has no attribute “{name}”."
                known = f"There are: #id, .placement, {', '.join(_FIGURE_KEYS[2:])}."
                self._error(
                    "attribute-unknown", place, why, did_you_mean(str(name), (*_FIGURE_KEYS, *_ALSO_READ)) or known
                )
        if caption and caption[0].type == "text" and (braces := _BRACES.match(caption[0].content)):
            why = "These braces cannot be read, and would be printed as part of the caption."
            remedy = 'Write {#id .placement credit="…"}, with straight double quotes.'
            meant = [name for name in re.findall(r"[\w-]+", braces[0]) if name in IN_MANUSCRIPTS]
            remedy = f"Write {{.{meant[0]}}}." if len(meant) == 1 and "=" not in braces[0] else remedy
            if braces[0].startswith("{:"):
                remedy = f"Write {{{braces[0][2:].lstrip()}, without the colon of kramdown."
            exact = self.source.find(braces[0], place.line, place.line + 3)
            self._error("attributes-unread", exact if braces[0] in exact.excerpt else place, why, remedy)

    def _check_title(self, title: str, caption: list[Node], place: Place) -> None:
        if title and caption and title not in markup.plain_text(caption):
            why = f"The title “{title}” of this picture is dropped, since it has a caption."
            self.findings.append(warning("attribute-dropped", place, why, "Write it into the caption, or delete it."))

    def _check_number(self, caption: list[Node], number: str, place: Place) -> None:
        own = own_number(caption) if number and caption else ""
        if own:
            why = f"This caption begins with a number of its own, “{own}”; figure {number} is printed before it."
            self.findings.append(
                advice("caption-numbered", place, why, "Delete it, and refer to it with [](#fig-name).")
            )

    def _share(self, image: Node, placed: Placement, place: Place, *, in_gallery: bool = False) -> float:
        """The share of the column’s width that the author asks for; where the placement decides, it is dropped."""
        width = markup.attribute(image, "width")
        share = share_of(width) if width else None
        sized = "width" in image.attrs or "height" in image.attrs
        if not sized or share == 1.0:
            return 1.0
        if share is not None and placed.has_free_width and not in_gallery:
            return share
        where = "a gallery" if in_gallery else "a line of text" if placed.in_text else f"{{.{placed.name}}}"
        why = f"This size is not acted on: in {where} the layout sets it."
        remedy = "Take it away, or take the placement away."
        if placed.has_free_width and not in_gallery:
            why = f"“{width}” is no width." if width else "The height of a picture follows from its width."
            remedy = 'Write a share of the column, as in {width="50%"}.'
        self.findings.append(warning("size-dropped", place, why, remedy))
        return 1.0

    def _check_below(self, following: Node, place: Place, last: int) -> None:
        """Look for a caption in the block after a picture without one, whose paragraph ends on line `last`."""
        below = markup.lines_of(following)[0]
        if any(self.source.place(line).excerpt.strip() for line in range(last + 1, below)):
            return  # a title stood there
        if below == last + 1 and following.type not in ("paragraph", "hr"):
            kind = _BLOCKS.get(following.type, "a list" if following.type.endswith("_list") else "a block")
            why = f"What stands right under this picture is read as {kind}, so that the picture has no caption."
            self.findings.append(warning("caption-apart", place, why, f"Leave a blank line if it is {kind}."))
            return
        if following.type != "paragraph" or opens_with_picture(following):
            return
        why = "This picture has no caption. Is there a blank line between it and its caption?"
        self.findings.append(advice("caption-apart", place, why, "The caption stands directly under the picture."))

    def _place(self, image: Node, first: int, last: int) -> Place:
        exact = f"![{image.content}]({markup.address(image, 'src')}"
        place = self.source.find(exact, first, last)
        if exact not in place.excerpt:
            place = self.source.find(f"![{image.content}](", first, last)
        end = place.excerpt.find(")", place.column)
        return self.source.place(place.line, place.column, max(2, end - place.column + 2))

    def _error(self, id: str, place: Place, message: str, remedy: str = "") -> None:
        self.findings.append(error(id, place, message, remedy))


def note_on_making(made_by: MadeBy, words: Words) -> str:
    """The words after the credit of a picture that was made, or partly made, by artificial intelligence."""
    return {"ai": words.made_by_ai, "partly ai": words.partly_by_ai}.get(made_by, "")
