"""Composing: lays out one edition of a publication as XHTML units, with the files that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

from pressroom.design.caption_places import STANDINGS, hosted_captions
from pressroom.design.code_lines import code_letters, with_code_lines
from pressroom.design.composition import Composition, ContentsEntry, FontFace, FrontCover, Style, Unit
from pressroom.design.contents import contents_of, is_front, to_depth
from pressroom.design.drawn_formulas import with_drawn_formulas
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.estimates import Estimates
from pressroom.design.fonts import advances, depth, roman
from pressroom.design.indexing import index_of
from pressroom.design.openings import with_opening
from pressroom.design.optics import caption_drop
from pressroom.design.pictures_in_text import with_pictures_in_text
from pressroom.design.sizes import expected_ratio, size_to_deliver
from pressroom.design.styling import Faces, Styling, type_style
from pressroom.design.templates import environment, render
from pressroom.design.webfonts import embedded_faces
from pressroom.design.wellformed import check, of_edition, without_dangling_links, without_gaps
from pressroom.design.word_breaks import with_word_breaks
from pressroom.language.dates import day_in_words
from pressroom.language.words import direction
from pressroom.photographs import CoverRendition, Rendition
from pressroom.publication import Chapter, Figure, Focus, Generated, Part, Publication
from pressroom.xhtml import XhtmlDocument, text_of


def lay_out(
    hand: EditionInHand, styling: Styling, renditions: Mapping[str, Rendition], front: FrontCover
) -> Composition:
    """Lay out one edition. Raises PressroomError with the faults of the layout's files.

    `renditions` are by the ids of their figures; the cover's is a `CoverRendition`. `front` is the front cover as
    `cover.front` arranges it.
    """
    cover = next((r for r in renditions.values() if isinstance(r, CoverRendition)), None)
    is_typeset = hand.page and hand.edition.shows_front  # an ebook's cover is a picture
    used = {**styling.faces, "cover": front.faces} if is_typeset else styling.faces
    names = [*(style.name for style in styling.styles), "type.css"]
    compositor = Compositor(hand, renditions, names, styling.faces, front)
    units = _without_dangling_links(compositor.units())
    sheets = [*(style.css for style in styling.styles), *(css for unit in units for css in unit.document.styles)]
    fonts = embedded_faces(hand.edition, {**used, "companions": _companions(hand, styling, units)}, sheets)
    ids = _ids(units)
    return Composition(
        publication=hand.publication,
        name=hand.name,
        edition=hand.edition,
        units=units,
        contents=tuple(_present(compositor.contents, ids)),
        styles=(*styling.styles, Style("type.css", type_style(hand, used, fonts), is_own=False)),
        renditions=tuple(_used_renditions(renditions, units)),
        fonts=fonts,
        cover=cover,
        rules=hand.rules,
        navigation=None if hand.page else compositor.navigation(units),
    )


def _companions(hand: EditionInHand, styling: Styling, units: Iterable[Unit]) -> list[FontFace]:
    """The faces that set what the families lack of the letters of units."""
    if hand.ebook and hand.ebook.fonts == "none":
        return []
    letters = {letter for unit in units for letter in text_of(unit.document.root)}
    return styling.companions(letters, hand.settings.language, hand.layout.root)


def _used_renditions(renditions: Mapping[str, Rendition], units: tuple[Unit, ...]) -> Iterator[Rendition]:
    """The renditions that pages of this edition use, each once; those of other editions are left out."""
    names = {name for unit in units for name in unit.pictures}
    for name, rendition in {rendition.name: rendition for rendition in renditions.values()}.items():
        if name in names or isinstance(rendition, CoverRendition):
            yield rendition


def _present(entries: tuple[ContentsEntry, ...], ids: set[str]) -> Iterator[ContentsEntry]:
    """The contents without the entries of units that this edition leaves out."""
    for entry in entries:
        if entry.id in ids:
            yield replace(entry, children=tuple(_present(entry.children, ids)))


@dataclass
class Compositor:
    """Runs the templates of one edition."""

    hand: EditionInHand
    renditions: Mapping[str, Rendition]
    styles: Sequence[str]
    """Names of the style sheets of the edition."""
    faces: Faces
    cover: FrontCover
    titles: dict[str, str] = field(default_factory=dict)
    """Titles of the pages, by their ids."""

    def __post_init__(self) -> None:
        hand, settings = self.hand, self.hand.settings
        self.publication, self.layout, self.words = hand.publication, hand.layout, hand.words
        self.env = environment(self.layout)
        self.contents = to_depth(contents_of(self.publication, self.words), settings.contents.depth)
        standing = next((word for word in STANDINGS if self.layout.options.has("captions", word)), "")
        chapters, with_credits = self.publication.chapters(), settings.credits != "end"
        self.hosted = hosted_captions(chapters, standing, with_credits=with_credits) if hand.page else {}
        self.code_letters = code_letters(hand.grid.paper) if hand.grid else 0
        self.shared = self._shared()

    def _shared(self) -> dict[str, Any]:
        """What every template can name."""
        hand, settings, estimates = self.hand, self.hand.settings, self._estimates()
        return {
            "publication": self.publication,
            "settings": settings,
            "words": self.words,
            "edition": hand.edition,
            "edition_name": hand.name,
            "is_ebook": not hand.page,
            "direction": direction(settings.language),
            "direction_of": direction,
            "day_in_words": partial(day_in_words, language=settings.language),
            "options": self.layout.options.for_templates(),
            "chosen": self.layout.options.classes(),
            "styles": list(self.styles),
            "picture_of": lambda figure: self.renditions.get(figure.id),
            "ratio_of": self._ratio,
            "is_whole": self._is_whole,
            "focus_of": self._focus,
            "credit_of": estimates.credit_of,
            "letters_in_a_line": estimates.letters_in_a_line,
            "fit_figure": estimates.figure,
            "fit_gallery": estimates.gallery,
            "place_of": self._place,
            "captions_on": lambda block: self.hosted.get(block.id, ()),
            "is_hosted": lambda figure: any(figure in guests for guests in self.hosted.values()),
            "with_opening": lambda blocks: with_opening(blocks, partial(depth, roman(self.faces["text"]))),
            "wanted": lambda figure, block: size_to_deliver(figure, block, hand),
            "contents": self.contents,
            "index": (),
            "illustrations": [*self.publication.numbered()],
            "tables": [table for chapter in self.publication.chapters() for table in chapter.tables],
            "cover": self.cover,
            "identifier": settings.identifier(hand.name),
            "credits": _credits(self.publication),
        }

    def _estimates(self) -> Estimates:
        """The estimates of what fits on a page, made before typesetting."""
        with_credits = self.hand.settings.credits != "end"
        if not self.hand.grid:
            return Estimates(self._ratio, with_credits=with_credits)
        paper = self.hand.grid.paper
        captions = partial(self.layout.options.has, "captions")
        look, words = self.layout.manifest.pictures, self.words
        return Estimates(
            self._ratio,
            paper,
            advances(roman(self.faces["captions"])),
            with_credits,
            captions_below=captions("below") or captions("under"),
            captions_beside=captions("beside"),
            elsewhere=f"{max(words.elsewhere, key=len)}.",
            is_whole=self._is_whole,
            look=look,
            longest_place=f"{max(words.places, key=len, default='')}.",
            grid=self.hand.grid,
            hosted=self.hosted,
            caption_drop=caption_drop(self.faces),
        )

    # ---- units

    def units(self) -> tuple[Unit, ...]:
        """The units in reading order. Index and contents are rendered last, as they list the other units.

        An edition without any indexed place has no index.
        """
        units = tuple(self._units())
        ids = _ids(units)
        index = index_of(self.publication, ids)
        printed = to_depth(self.contents, self.hand.settings.contents.depth or 1)
        present = tuple(_present(printed, ids if index else ids - {"index"}))
        lists: dict[str, dict[str, Any]] = {"index": {"index": index}, "contents": {"contents": present}}
        return tuple(
            self.unit(one.kind, one.id, one.title, one.matter, **lists[one.kind]) if one.kind in lists else one
            for one in units
            if one.kind != "index" or index
        )

    def _units(self) -> Iterator[Unit]:
        for kind in self._front_pieces():
            yield self.unit(kind, kind, getattr(self.words, kind.replace("-", "_"), ""), "front")
        matter = "front"
        for piece in self.publication.pieces:
            if isinstance(piece, Part) or (isinstance(piece, Chapter) and not is_front(piece)):
                matter = "body"
            elif matter != "front" and isinstance(piece, Generated):
                matter = "back"
            yield from self._piece(piece, matter)

    def _front_pieces(self) -> list[str]:
        """The front pieces that every edition has by default."""
        placed = any(isinstance(p, Generated) and p.kind == "contents" for p in self.publication.pieces)
        pieces = ["title-page", "imprint"] + ["contents"] * (not placed)
        if self.hand.page:
            return (["cover"] if self.hand.edition.shows_front else ["half-title"]) + pieces
        return ["cover", "title-page", "imprint"]  # an ebook's contents are its navigation document

    def _piece(self, piece: Part | Chapter | Generated, matter: str) -> Iterator[Unit]:
        if isinstance(piece, Part):
            yield self.unit("part", piece.id, piece.title, matter, part=piece)
            for inner in piece.pieces:
                yield from self._piece(inner, matter)
        elif isinstance(piece, Chapter):
            yield self.unit("chapter", piece.id, piece.title, matter, chapter=piece, level=self._level(piece))
        elif piece.kind != "contents" or self.hand.page:
            yield self.unit(piece.kind, piece.id, getattr(self.words, piece.kind), matter)

    def _level(self, chapter: Chapter) -> int:
        """The level in a PDF's bookmarks: 1, or 2 for a chapter inside a part."""
        parts = (p for p in self.publication.pieces if isinstance(p, Part))
        return 2 if any(chapter in part.pieces for part in parts) else 1

    def unit(self, kind: str, id: str, title: str, matter: str, **values: Any) -> Unit:
        """The page that a template renders. Raises PressroomError if it is not well-formed."""
        shared = {"unit_id": id, "unit_title": self._own_title(id, title), "matter": matter, "kind": kind}
        document = XhtmlDocument(render(self.layout, self.env, f"{kind}.xhtml.j2", self.shared | shared | values))
        check(document, kind, title, self.layout)
        if "chapter" in values:
            in_text, picture_of = values["chapter"].in_text, self.shared["picture_of"]
            document = with_pictures_in_text(document, in_text, picture_of, self.words.to_come)
        document = of_edition(document, self.hand.name)
        start = self._start(kind)
        if start == "recto" and _opens_with_picture(values.get("chapter")):
            start = "verso"  # the picture on the verso, the title on the recto
        source = values["chapter"].file if "chapter" in values else ""
        document = with_word_breaks(with_code_lines(without_gaps(document), self.code_letters))
        if self.hand.page:
            document = with_drawn_formulas(document)
        return Unit(id, kind, title, matter, start, document, source)  # type: ignore[arg-type]  # matter is one of three

    def _own_title(self, id: str, title: str) -> str:
        """A title that no other page of the edition has (WCAG 2.2, 2.4.2)."""
        if id not in self.titles:
            names = (f"{title} ({n})" if n > 1 else title for n in count(1))
            self.titles[id] = next(name for name in names if name not in self.titles.values())
        return self.titles[id]

    def _start(self, kind: str) -> str:
        """The side on which a kind of unit begins; a publication chooses that of its chapters."""
        if kind == "chapter" and self.layout.options.has("chapters", "next"):
            return "next"
        if kind == "chapter" and self.layout.options.has("chapters", "verso"):
            return "verso"
        return self.layout.manifest.starts.get(kind, "recto")

    def navigation(self, units: tuple[Unit, ...]) -> XhtmlDocument:
        """The ebook's navigation document."""
        start = next((u.id for u in units if u.matter == "body"), units[-1].id)
        present = {u.id for u in units}
        values: dict[str, Any] = {"matter": "front", "kind": "nav", "unit_id": "nav"}
        values |= {"unit_title": self._own_title("nav", self.words.contents)}
        values |= {"start": start, "present": present, "ids": _ids(units)}
        document = XhtmlDocument(render(self.layout, self.env, "nav.xhtml.j2", self.shared | values))
        check(document, "nav", self.words.contents, self.layout)
        return document

    # ---- functions for templates

    def _ratio(self, figure: Figure) -> float:
        """The ratio of a picture's frame: that of its pixels is rounded, and another one in each edition."""
        rendition = self.renditions.get(figure.id)
        if rendition is None:
            return expected_ratio(figure, self.hand)
        width, height = rendition.frame
        return width / height

    def _is_whole(self, figure: Figure) -> bool:
        return figure.id in self.hand.album and self.hand.album[figure.id].is_whole

    def _place(self, figure: Figure, place: int | None) -> str:
        """The word, or else the letter, for a picture's place among others on its page."""
        if place is None or not self.words.places:
            return figure.number.lstrip("0123456789")
        row, column = divmod(place, 3)
        return self.words.places[3 * row + (2 - column if direction(self.hand.settings.language) == "rtl" else column)]

    def _focus(self, figure: Figure) -> Focus:
        rendition = self.renditions.get(figure.id)
        return rendition.focus if rendition else figure.framing.focus


def _credits(publication: Publication) -> list[tuple[str, list[Figure]]]:
    """The credit lines with their numbered pictures, in the order of the first picture (the cover counts)."""
    makers: dict[str, list[Figure]] = {}
    for _, figure in publication.pictures():
        if figure.credit_line and figure.number:
            makers.setdefault(figure.credit_line, []).append(figure)
    return list(makers.items())


def _opens_with_picture(chapter: Chapter | None) -> bool:
    first = chapter.blocks[0] if chapter and chapter.blocks else None
    return isinstance(first, Figure) and first.placed.opens_chapter


# ---- rendered units


def _ids(units: Iterable[Unit]) -> set[str]:
    return {id for unit in units for id in unit.ids}


def _without_dangling_links(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units; links to blocks that this edition leaves out become plain text."""
    ids = _ids(units)
    return tuple(replace(unit, document=without_dangling_links(unit.document, ids)) for unit in units)
