"""Entries: all facts about each photograph, with its size and resolution in every edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from pressroom.design import EditionInHand, Layout, effective_ppi, shown_width, size_to_deliver
from pressroom.design.sizes import PRINT_PPI, cover_size, expected_ratio
from pressroom.photographs import Album, Metadata, Photograph
from pressroom.publication import (
    Block,
    Box,
    EpubEdition,
    Figure,
    Gallery,
    PdfEdition,
    Publication,
    pictures_in,
)
from pressroom.publication.measures import MM_PER_INCH

NEAR = 0.95
"""A photograph with this share of the wanted pixels is still good."""
LEAST_SCREEN_PPI = 100
"""The least pixels per inch on a screen, for an edition without `min_ppi`."""
_FACTS = {
    "headline": "headline",
    "creators": "creators",
    "credit": "credit line",
    "copyright": "copyright",
    "source": "source",
    "licence": "licence",
    "usage": "terms of use",
    "date": "taken",
    "place": "place",
    "people": "people",
    "instructions": "instructions",
    "release": "not before",
    "source_type": "source type",
}
"""Fields of the metadata that the contact sheet shows, with their labels."""


class Grade(StrEnum):
    """Whether a photograph has enough pixels for the size at which an edition shows it."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def words(self) -> str:
        """The grade in words, since a colour alone is not accessible."""
        return {"good": "good", "fair": "just enough", "poor": "too small"}[self]


class PhotoText(NamedTuple):
    """A text about a photograph: its label, the text, and its origin (manuscript, photos.yaml, XMP …)."""

    name: str
    text: str
    origin: str


class PrintSize(NamedTuple):
    """The largest size at which a photograph prints well, in millimetres."""

    width: float
    height: float
    ppi: int

    def __str__(self) -> str:
        return f"{self.width:.0f} × {self.height:.0f} mm at {self.ppi} ppi"


@dataclass(frozen=True)
class PhotoUse:
    """How one edition shows a photograph."""

    edition: str
    millimetres: float | None
    """The width on the page; None in a reflowable ebook, which has no pages."""
    ppi: float | None
    """Pixels per inch at that width; None in a reflowable ebook, and for a drawing."""
    grade: Grade
    words: str
    """The size in words: “297 ppi at 210 mm”, “1600 px”."""


@dataclass(frozen=True)
class WantedSize:
    """The size to ask for of a photograph that has not arrived: the largest that any edition needs."""

    width: int
    """The least width, in pixels."""
    height: int
    """The least height, in pixels."""
    shape: str
    """Width to height: “3:2”."""
    edition: str
    """The edition that needs the most pixels."""


@dataclass(frozen=True)
class PhotoEntry:
    """One photograph in one figure, or a figure whose photograph has not arrived."""

    figure: Figure
    chapter: str
    """The title of the chapter; for the cover’s photograph, that of the publication."""
    photograph: Photograph | None
    standing: str
    """Where it stands on the page, in words."""
    texts: tuple[PhotoText, ...]
    """The texts that the publication prints or reads out: caption, alt text, credit, long description."""
    facts: tuple[PhotoText, ...]
    """The metadata in its file."""
    missing: tuple[str, ...]
    """What is missing, of “alt text”, “caption”, “credit” and “photograph”."""
    largest: PrintSize | None
    """The largest print size; None for a drawing, which prints well at any size."""
    uses: tuple[PhotoUse, ...]
    """The use in each edition that shows it, in the order of the editions."""
    wanted: WantedSize | None
    """The size to ask for; None for a photograph that has arrived."""

    @property
    def title(self) -> str:
        """The heading of its card: “Figure 3”, “Cover”."""
        if self.figure.placed.on_cover:
            return "Cover"
        return f"Figure {self.figure.number}" if self.figure.number else "No number"

    @property
    def file(self) -> str:
        """The name of its file; empty if none is named."""
        return self.photograph.file.name if self.photograph else self.figure.file.rpartition("/")[2]

    @property
    def place(self) -> str:
        """The line of the manuscript that shows it: “book/02.md:14”."""
        return f"{self.figure.place.file}:{self.figure.place.line}"

    @property
    def pixels(self) -> str:
        """The size after cropping, in words: “6000 × 4000 pixels”."""
        if self.photograph is None:
            return ""
        if self.photograph.kind == "drawing":
            return "vector drawing"
        return f"{self.photograph.width} × {self.photograph.height} pixels"

    @property
    def uncropped(self) -> str:
        """The size of the whole picture, in words, if it is cropped; else “”."""
        photograph = self.photograph
        if photograph is None or photograph.kind == "drawing":
            return ""
        whole = photograph.crop_and_blur
        is_whole = (whole.width, whole.height) == (photograph.width, photograph.height)
        return "" if is_whole else f"{whole.width} × {whole.height} pixels"

    @property
    def megapixels(self) -> float:
        """Millions of pixels after cropping; 0 for a drawing."""
        if self.photograph is None or self.photograph.kind == "drawing":
            return 0.0
        return self.photograph.width * self.photograph.height / 1e6


def entries(publication: Publication, album: Album, layout: Layout) -> tuple[PhotoEntry, ...]:
    """An entry for the cover's photograph and every figure, in reading order."""
    maker = _EntryMaker(publication, album, layout)
    editions = publication.settings.editions
    covered = tuple(name for name, edition in editions.items() if edition.shows_front)
    cover = (publication.cover,) if publication.cover else ()
    return (
        *(maker.entry(figure, figure, publication.settings.title, covered) for figure in cover),
        *(
            maker.entry(figure, block, chapter.title, names)
            for chapter in publication.chapters()
            for block, names in _pictures(chapter.blocks, tuple(editions))
            for figure in pictures_in(block)
        ),
    )


def _pictures(
    blocks: tuple[Block, ...], editions: tuple[str, ...]
) -> Iterator[tuple[Figure | Gallery, tuple[str, ...]]]:
    """Every figure and gallery with the names of the editions that show it."""
    for block in blocks:
        if isinstance(block, Box):
            only = block.kind == "only"
            yield from _pictures(block.blocks, tuple(n for n in editions if not only or n in block.editions))
        elif isinstance(block, Figure | Gallery):
            yield block, editions


@dataclass(frozen=True)
class _EntryMaker:
    """Makes entries for one publication, album and layout."""

    publication: Publication
    album: Album
    layout: Layout

    def entry(self, figure: Figure, block: Figure | Gallery, chapter: str, editions: tuple[str, ...]) -> PhotoEntry:
        photograph = self.album.get(figure.id)
        texts = tuple(_texts(figure, block))
        return PhotoEntry(
            figure=figure,
            chapter=chapter,
            photograph=photograph,
            standing=_standing(block),
            texts=texts,
            facts=tuple(_facts(photograph.metadata, texts)) if photograph else (),
            missing=tuple(_missing(figure, photograph, texts)),
            largest=self._largest(photograph) if photograph else None,
            uses=tuple(self._uses(photograph, figure, block, editions)) if photograph else (),
            wanted=None if photograph else self._wanted(figure, block, editions),
        )

    def _largest(self, photograph: Photograph) -> PrintSize | None:
        if photograph.kind == "drawing":
            return None
        editions = self.publication.settings.editions.values()
        ppi = max((e.page.image_ppi for e in editions if e.page and e.for_press), default=PRINT_PPI)
        return PrintSize(photograph.width / ppi * MM_PER_INCH, photograph.height / ppi * MM_PER_INCH, ppi)

    def _uses(
        self, photograph: Photograph, figure: Figure, block: Figure | Gallery, names: tuple[str, ...]
    ) -> Iterator[PhotoUse]:
        for hand in map(self._pages_of, names):
            if hand.page:
                yield _on_pages(hand.name, hand.page, photograph, shown_width(figure, block, hand))
            elif hand.ebook:
                yield _on_screens(hand.name, hand.ebook, photograph, block)

    def _pages_of(self, name: str) -> EditionInHand:
        """An edition as it is laid out: a fixed-layout ebook as the pages of a PDF."""
        return EditionInHand(self.publication, name, self.layout, self.album).on_its_pages()

    def _wanted(self, figure: Figure, block: Figure | Gallery, names: tuple[str, ...]) -> WantedSize | None:
        asked: list[tuple[int, bool, WantedSize]] = []
        for hand in map(self._pages_of, names):
            if hand.wrap:
                continue
            size, ratio = size_to_deliver(figure, block, hand), expected_ratio(figure, hand)
            wanted = WantedSize(size["width"], size["height"], shape(ratio), hand.name)
            asked.append((wanted.width * wanted.height, hand.edition.for_press, wanted))
        return max(asked, key=lambda each: each[:2])[2] if asked else None  # of two alike, the one for the press


def _on_pages(name: str, page: PdfEdition, photograph: Photograph, width: float) -> PhotoUse:
    if photograph.kind == "drawing":
        return PhotoUse(name, width, None, Grade.GOOD, f"vector at {width:.0f} mm")
    ppi = effective_ppi(photograph, width)
    least = page.least_ppi or min(LEAST_SCREEN_PPI, page.image_ppi)  # more than it is reduced to is never shown
    grade = _grade(ppi, page.image_ppi * NEAR, least)
    return PhotoUse(name, width, ppi, grade, f"{ppi:.0f} ppi at {width:.0f} mm")


def _on_screens(name: str, edition: EpubEdition, photograph: Photograph, block: Figure | Gallery) -> PhotoUse:
    if photograph.kind == "drawing":
        return PhotoUse(name, None, None, Grade.GOOD, "vector")
    most, longer = edition.image_px, max(photograph.width, photograph.height)
    if block.placed.on_cover:  # it is cropped to the cover’s shape
        width, most = cover_size(edition)
        longer = min(photograph.height, round(photograph.width * most / width))
    words = f"{most} px" if longer >= most else f"{longer} of {most} px"
    return PhotoUse(name, None, None, _grade(longer, most, most / 2), words)


def _grade(found: float, good: float, least: float) -> Grade:
    if found < least:
        return Grade.POOR
    return Grade.GOOD if found >= good else Grade.FAIR


def _standing(block: Figure | Gallery) -> str:
    if isinstance(block, Gallery):
        return f"in a gallery of {len(block.figures)}"
    return block.placed.standing


def _texts(figure: Figure, block: Figure | Gallery) -> Iterator[PhotoText]:
    """The texts of a figure. A picture without a caption has that of its gallery."""
    shared = block.caption if isinstance(block, Gallery) else None
    caption = figure.caption or shared
    if caption and caption.text:
        yield PhotoText("caption", caption.text, figure.origins.get("caption", "") if figure.caption else "gallery")
    texts = {"alt": figure.alt, "credit": figure.credit_line, "long description": figure.long_description}
    for name, text in texts.items():
        if text:
            yield PhotoText(name, text, figure.origins.get(name.replace(" ", "_"), ""))


def _facts(metadata: Metadata, texts: tuple[PhotoText, ...]) -> Iterator[PhotoText]:
    """The metadata in a file. Its caption is left out if the book prints the same."""
    if metadata.caption and metadata.caption not in (line.text for line in texts):
        yield PhotoText("caption in file", metadata.caption, metadata.origins.get("caption", ""))
    for field, name in _FACTS.items():
        value = getattr(metadata, field)
        if value:
            text = ", ".join(value) if isinstance(value, tuple) else str(value)
            yield PhotoText(name, text, metadata.origins.get(field, ""))


def _missing(figure: Figure, photograph: Photograph | None, texts: tuple[PhotoText, ...]) -> Iterator[str]:
    """What is missing. Alt text and credit may come with the photograph, and count once it has arrived."""
    if photograph and not figure.alt:
        yield "alt text"
    if not figure.placed.on_cover and not any(line.name == "caption" for line in texts):
        yield "caption"
    if photograph and not figure.credit:
        yield "credit"
    if photograph is None:
        yield "photograph"


def shape(ratio: float) -> str:
    """A ratio in the smallest whole numbers that are at most one per cent off: “3:2”."""
    longer = max(ratio, 1 / ratio)
    short = next(n for n in count(1) if abs(round(longer * n) / n / longer - 1) <= 0.01)
    long = round(longer * short)
    return f"{long}:{short}" if ratio >= 1 else f"{short}:{long}"
