"""Entries: what there is to know of each photograph, and how large and how well every edition shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from pressroom.cover.front import has_cover
from pressroom.design import Layout, effective_ppi, placed_width, size_to_deliver
from pressroom.design.sizes import PRINT_PPI, cover_size, expected_ratio
from pressroom.photographs import Album, Metadata, Photograph
from pressroom.publication import (
    Block,
    Box,
    CoverEdition,
    Edition,
    EpubEdition,
    Figure,
    Gallery,
    PdfEdition,
    Publication,
    pictures_in,
)
from pressroom.publication.editions import MM_PER_INCH, as_pages

NEAR = 0.95
"""The share of the pixels asked for that nobody misses."""
LEAST_PRESS_PPI, LEAST_SCREEN_PPI = 200, 100
"""Pixels per inch that are just enough where an edition does not say: on paper, on a screen."""
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
"""What a desk asks of a file, by the names of the metadata's fields."""


class Grade(StrEnum):
    """How well a photograph stands up to the size at which an edition shows it."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def words(self) -> str:
        """As it is told: never by a colour alone."""
        return {"good": "good", "fair": "just enough", "poor": "too small"}[self]


class PhotoText(NamedTuple):
    """A text of a photograph, what it is, and where it comes from."""

    name: str
    text: str
    origin: str


class PrintSize(NamedTuple):
    """The largest size at which a photograph prints well."""

    width: float
    """Millimetres."""
    height: float
    ppi: int

    def __str__(self) -> str:
        return f"{self.width:.0f} × {self.height:.0f} mm at {self.ppi} ppi"


@dataclass(frozen=True)
class PhotoUse:
    """How one edition shows a photograph."""

    edition: str
    millimetres: float | None
    """How wide it stands; None in an ebook, which has no paper."""
    ppi: float | None
    """Pixels per inch at that width; None in an ebook, and of a drawing."""
    grade: Grade
    words: str
    """“297 ppi at 210 mm”, “1600 px”."""


@dataclass(frozen=True)
class WantedSize:
    """What is asked for of a photograph to come: the largest size that any edition needs."""

    width: int
    """Pixels, at least."""
    height: int
    shape: str
    """“3:2”."""
    edition: str
    """The one that asks for the most."""


@dataclass(frozen=True)
class PhotoEntry:
    """One photograph of the sheet, as one figure shows it; or the place of one that is still to come."""

    figure: Figure
    chapter: str
    """Title of the chapter that shows it; of the cover’s, of the publication."""
    photograph: Photograph | None
    standing: str
    """Where it stands on the page, in words."""
    texts: tuple[PhotoText, ...]
    """What the publication prints or reads out with it: caption, alt, credit, long description."""
    facts: tuple[PhotoText, ...]
    """What its file says of itself."""
    missing: tuple[str, ...]
    """“alt text”, “caption”, “credit”, “photograph”."""
    largest: PrintSize | None
    """None of a drawing, which prints well at any size."""
    uses: tuple[PhotoUse, ...]
    """How the editions that show it do so, in their order."""
    wanted: WantedSize | None
    """Of a photograph to come."""

    @property
    def title(self) -> str:
        """What it is called: “Figure 3”."""
        if self.figure.placed.on_cover:
            return "Cover"
        return f"Figure {self.figure.number}" if self.figure.number else "No number"

    @property
    def file(self) -> str:
        """The name of its file; empty where nobody has named one."""
        return self.photograph.file.name if self.photograph else self.figure.file.rpartition("/")[2]

    @property
    def place(self) -> str:
        """Where the manuscript shows it: “book/02.md:14”."""
        return f"{self.figure.place.file}:{self.figure.place.line}"

    @property
    def pixels(self) -> str:
        """Of the part that is shown: “6000 × 4000 pixels”."""
        if self.photograph is None:
            return ""
        if self.photograph.kind == "drawing":
            return "vector drawing"
        return f"{self.photograph.width} × {self.photograph.height} pixels"

    @property
    def uncropped(self) -> str:
        """Pixels of the whole picture, where only a part of it is shown."""
        photograph = self.photograph
        if photograph is None or photograph.kind == "drawing":
            return ""
        whole = photograph.crop_and_blur
        is_whole = (whole.width, whole.height) == (photograph.width, photograph.height)
        return "" if is_whole else f"{whole.width} × {whole.height} pixels"

    @property
    def megapixels(self) -> float:
        """Millions of pixels of the part that is shown; 0 of a drawing."""
        if self.photograph is None or self.photograph.kind == "drawing":
            return 0.0
        return self.photograph.width * self.photograph.height / 1e6


def entries(publication: Publication, album: Album, layout: Layout) -> tuple[PhotoEntry, ...]:
    """An entry for the cover's photograph and every figure, in reading order."""
    desk = _Desk(publication, album, layout)
    editions = publication.settings.editions
    covered = tuple(name for name, edition in editions.items() if has_cover(edition))
    cover = (publication.cover,) if publication.cover else ()
    return (
        *(desk.entry(figure, figure, publication.settings.title, covered) for figure in cover),
        *(
            desk.entry(figure, block, chapter.title, names)
            for chapter in publication.chapters()
            for block, names in _shown(chapter.blocks, tuple(editions))
            for figure in pictures_in(block)
        ),
    )


def _shown(blocks: tuple[Block, ...], editions: tuple[str, ...]) -> Iterator[tuple[Figure | Gallery, tuple[str, ...]]]:
    """Every figure and gallery with the names of the editions that show it."""
    for block in blocks:
        if isinstance(block, Box):
            only = block.kind == "only"
            yield from _shown(block.blocks, tuple(n for n in editions if not only or n in block.editions))
        elif isinstance(block, Figure | Gallery):
            yield block, editions


@dataclass(frozen=True)
class _Desk:
    """What every entry is measured by."""

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
            uses=tuple(self._uses(photograph, block, editions)) if photograph else (),
            wanted=None if photograph else self._wanted(figure, block, editions),
        )

    def _largest(self, photograph: Photograph) -> PrintSize | None:
        if photograph.kind == "drawing":
            return None
        editions = self.publication.settings.editions.values()
        ppi = max((e.image_ppi for e in editions if isinstance(e, PdfEdition) and e.for_press), default=PRINT_PPI)
        return PrintSize(photograph.width / ppi * MM_PER_INCH, photograph.height / ppi * MM_PER_INCH, ppi)

    def _uses(self, photograph: Photograph, block: Figure | Gallery, names: tuple[str, ...]) -> Iterator[PhotoUse]:
        for name in names:
            edition = self._pages_of(name)
            if isinstance(edition, PdfEdition):
                yield self._on_pages(name, edition, photograph, block)
            elif isinstance(edition, EpubEdition):
                yield _on_screens(name, edition, photograph, block)

    def _pages_of(self, name: str) -> Edition:
        """An edition; of a fixed layout its pages."""
        editions = self.publication.settings.editions
        return as_pages(editions[name], editions)

    def _on_pages(self, name: str, edition: PdfEdition, photograph: Photograph, block: Figure | Gallery) -> PhotoUse:
        width = placed_width(block, edition, self.layout, photograph.ratio)
        if photograph.kind == "drawing":
            return PhotoUse(name, width, None, Grade.GOOD, f"vector at {width:.0f} mm")
        ppi = effective_ppi(photograph, block, edition, self.layout)
        usual = LEAST_PRESS_PPI if edition.for_press else LEAST_SCREEN_PPI
        least = edition.min_ppi or min(usual, edition.image_ppi)  # more than it is reduced to is never shown
        return PhotoUse(
            name, width, ppi, _grade(ppi, edition.image_ppi * NEAR, least), f"{ppi:.0f} ppi at {width:.0f} mm"
        )

    def _wanted(self, figure: Figure, block: Figure | Gallery, names: tuple[str, ...]) -> WantedSize | None:
        asked: list[tuple[int, bool, WantedSize]] = []
        for name in names:
            edition = self._pages_of(name)
            if not isinstance(edition, CoverEdition):
                size = size_to_deliver(figure, block, edition, self.layout)
                wanted = WantedSize(
                    size["width"], size["height"], shape(expected_ratio(figure, edition, self.layout)), name
                )
                for_press = isinstance(edition, PdfEdition) and edition.for_press
                asked.append((wanted.width * wanted.height, for_press, wanted))
        return max(asked, key=lambda each: each[:2])[2] if asked else None  # of two alike, the one for the press


def _on_screens(name: str, edition: EpubEdition, photograph: Photograph, block: Figure | Gallery) -> PhotoUse:
    if photograph.kind == "drawing":
        return PhotoUse(name, None, None, Grade.GOOD, "vector")
    most, longer = edition.image_px, max(photograph.width, photograph.height)
    if block.placed.on_cover:  # of which only what has the cover's shape is shown
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
    """The texts that are there; a gallery's caption serves each of its pictures that has none."""
    shared = block.caption if isinstance(block, Gallery) else None
    caption = figure.caption or shared
    if caption and caption.text:
        yield PhotoText("caption", caption.text, figure.origins.get("caption", "") if figure.caption else "gallery")
    texts = {"alt": figure.alt, "credit": figure.credit_line, "long description": figure.long_description}
    for name, text in texts.items():
        if text:
            yield PhotoText(name, text, figure.origins.get(name.replace(" ", "_"), ""))


def _facts(metadata: Metadata, texts: tuple[PhotoText, ...]) -> Iterator[PhotoText]:
    """What a file says of itself; its caption only where another stands in the book, or none."""
    if metadata.caption and metadata.caption not in (line.text for line in texts):
        yield PhotoText("caption in file", metadata.caption, metadata.origins.get("caption", ""))
    for field, name in _FACTS.items():
        value = getattr(metadata, field)
        if value:
            text = ", ".join(value) if isinstance(value, tuple) else str(value)
            yield PhotoText(name, text, metadata.origins.get(field, ""))


def _missing(figure: Figure, photograph: Photograph | None, texts: tuple[PhotoText, ...]) -> Iterator[str]:
    """What is missing. Alt text and credit may come with the photograph, and are missed when it is there."""
    if photograph and not figure.alt:
        yield "alt text"
    if not figure.placed.on_cover and not any(line.name == "caption" for line in texts):
        yield "caption"
    if photograph and not figure.credit:
        yield "credit"
    if photograph is None:
        yield "photograph"


def shape(ratio: float) -> str:
    """A width to a height in the smallest whole numbers that are at most one per cent off: “3:2”."""
    longer = max(ratio, 1 / ratio)
    short = next(n for n in count(1) if abs(round(longer * n) / n / longer - 1) <= 0.01)
    long = round(longer * short)
    return f"{long}:{short}" if ratio >= 1 else f"{short}:{long}"
