"""How pictures stand on the finished pages of a book: what they cover, what is cut of them, where their captions are.

`python docs/picture_pages.py [FOLDERS …]` makes books of six folders of pictures on the five papers of the layout
`album`, measures their pages, and prints the table in docs/album.md. `make looks` does so, too.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from page_fill import FilledBook, FilledPage, filled_book
from PIL import Image
from scenes.collection import drawn

from pressroom.design.pictures_to_pace import pacing_paper
from pressroom.pacing import PacingPaper
from pressroom.photographs import Photograph, look_at
from pressroom.production import Order, read
from pressroom.publication import Gallery
from pressroom.publication.measures import MM_PER_INCH, PT_PER_MM
from pressroom.typeset.boxes import BoxAppearance, Rectangle

PAPERS = ("square-8.5", "210x210mm", "12x12in", "297x210mm", "210x270mm")
"""Those of the layout `album` for books of photographs."""
MIXED = (1.5, 1.5, 1 / 1.5, 4 / 3, 3 / 4)


@dataclass(frozen=True)
class MadeFolder:
    """A folder of pictures to make a book of."""

    count: int
    shapes: Sequence[float]
    """Width to height, from which chance chooses."""
    chapters: int = 3


FOLDERS = {
    "12 mixed": MadeFolder(12, MIXED),
    "30 mixed": MadeFolder(30, MIXED),
    "80 landscape": MadeFolder(80, (1.5,)),
    "80 portrait": MadeFolder(80, (1 / 1.5,)),
    "200 mixed": MadeFolder(200, (*MIXED, 1.0), 8),
    "30 with panoramas 10:1 and squares": MadeFolder(30, (10.0, 1.0, 1.0, 1.5)),
}
_LONG, _PPI = 960, 24
"""Pixels on the longer side, and the least resolution: as 6,000 pixels at 150 ppi, in a sixth of the time."""
_PANORAMA = 5.0
"""The ratio from which a picture is stitched of several, and has twice the pixels."""
_SCENES = ("dusk", "forest", "grass", "ice", "night", "shore", "snow", "stone", "storm", "window")
"""Scenes that take little time at a small size."""
_DRAWN, _WIDEST = 120, 3.0
"""Pixels at which scenes are drawn, before they are enlarged, and the widest that is drawn."""
_FACE, _FOCUS = 5, 7
"""Every fifth picture has a face, every seventh a focus."""
_WORDS = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "
_SETTINGS = """\
title: Made pages
language: en
layout: album
credit: Drawn
license: https://creativecommons.org/publicdomain/zero/1.0/
editions:
  print: {{format: pdf, trim: {trim}, bleed: 3mm, image_ppi: 36, min_ppi: {ppi}}}
  screen: {{format: pdf, trim: {trim}, image_ppi: 36}}
"""
_REGION = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"><mwg-rs:Regions rdf:parseType="Resource">
<mwg-rs:RegionList><rdf:Bag>
<rdf:li><rdf:Description mwg-rs:Type="Face"><mwg-rs:Area stArea:x="{x}" stArea:y="{y}" stArea:w="{w}" stArea:h="{h}"
 stArea:unit="normalized"/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


# ---- folders


def draw_folder(folder: MadeFolder, files: Path) -> list[str]:
    """Draw the pictures of a folder, and return the Markdown of its chapters. The same each time."""
    files.mkdir(parents=True)
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    starts = {n * folder.count // folder.chapters for n in range(folder.chapters)}
    chapters: list[str] = []
    for n in range(folder.count):
        ratio = chance.choice(folder.shapes)
        picture = drawn(_SCENES[n % len(_SCENES)], n, min(ratio, _WIDEST), _DRAWN)
        long = _LONG * (2 if ratio > _PANORAMA else 1)
        size = (long, round(long / ratio)) if ratio >= 1 else (round(long * ratio), long)
        region = _region(chance, ratio).encode() if n % _FACE == 2 else b""
        picture.resize(size, Image.Resampling.BICUBIC).save(files / f"p{n}.jpg", quality=80, xmp=region)
        if n in starts:
            chapters.append(f"# Chapter {len(chapters) + 1}\n\n{_WORDS * 2}\n")
        focus = f'{{focus="{chance.randint(20, 80)}% {chance.randint(20, 80)}%"}}' if n % _FOCUS == 3 else ""
        caption = _WORDS[: chance.choice((30, 60, 90))].strip(" ,")
        chapters[-1] += f"\n![Picture {n}](p{n}.jpg){focus}\n{caption}.\n"
    return chapters


def _region(chance: random.Random, ratio: float) -> str:
    """A face, a sixth of the shorter side high."""
    high = 1 / 6 * min(1.0, ratio)
    x, y = (round(chance.uniform(0.2, 0.8), 3) for _ in "xy")
    return _REGION.format(x=x, y=y, w=round(high / ratio, 3), h=round(high, 3))


def publish(root: Path, chapters: Iterable[str], trim: str) -> None:
    """Write the publication of drawn pictures for a paper."""
    (root / "book").mkdir(exist_ok=True)
    settings = _SETTINGS.format(trim=trim, ppi=_PPI)
    (root / "book/publication.yaml").write_text(settings, encoding="utf-8")
    for n, text in enumerate(chapters, 1):
        (root / f"book/{n:02d}.md").write_text(text, encoding="utf-8")


# ---- pages


@dataclass(frozen=True)
class PrintedPicture:
    """A picture on its page, or on both pages of a spread. Lengths are in pt, from the corner of its first page."""

    id: str
    page: int
    """The number of its first page in the file, from 0."""
    frame: Rectangle
    whole: Rectangle
    """Where the whole picture would be if nothing of it were cut."""
    photograph: Photograph
    page_width: float
    page_height: float

    @property
    def crop(self) -> float:
        """The share of it that is cut away."""
        return 1 - self.frame.width * self.frame.height / (self.whole.width * self.whole.height)

    @property
    def bleeds(self) -> bool:
        """Whether it reaches an edge of the paper."""
        return self.frame.left < 1 or self.frame.top < 1 or self.frame.right > self._right - 1

    @property
    def _right(self) -> float:
        return self.page_width * (2 if self.runs_over else 1)

    @property
    def runs_over(self) -> bool:
        """Whether it runs over the fold."""
        return self.frame.right > self.page_width + 1

    @property
    def ppi(self) -> float:
        """Its pixels for each inch of paper."""
        return self.photograph.width / (self.whole.width / PT_PER_MM) * MM_PER_INCH

    @property
    def harmed(self) -> list[str]:
        """Faces and focus points that are cut or stand in the fold."""
        seen = look_at(self.photograph)
        spots = [("face", *face) for face in seen.faces]
        focus = self.photograph.focus
        if (focus.x, focus.y) != (50, 50):
            spots.append(("focus", focus.x / 100, focus.y / 100, focus.x / 100, focus.y / 100))
        return [f"{name} of {self.id}" for name, *spot in spots if self._harms(*spot)]

    def _harms(self, left: float, top: float, right: float, bottom: float) -> bool:
        left, right = (self.whole.left + x * self.whole.width for x in (left, right))
        top, bottom = (self.whole.top + y * self.whole.height for y in (top, bottom))
        frame = self.frame
        is_cut = left < frame.left - 1 or right > frame.right + 1 or top < frame.top - 1 or bottom > frame.bottom + 1
        return is_cut or (self.runs_over and left < self.page_width < right)


@dataclass(frozen=True)
class PicturePages:
    """The pages with pictures of a book, with what the layout promises of them."""

    book: FilledBook
    paper: PacingPaper
    photographs: Mapping[str, Photograph]
    galleries: Mapping[str, str]
    """The galleries of the figures that stand in one: the large picture of one over the fold has its caption there."""
    large: Mapping[str, str]
    """The pictures that run over the fold, by their galleries."""

    @cached_property
    def pictures(self) -> tuple[PrintedPicture, ...]:
        """Every picture once."""
        found: dict[str, PrintedPicture] = {}
        for n, page in enumerate(self.book.pages):
            for shown, frame, whole in shown_on(page):
                size, id = (page.boxes.width, page.boxes.height), self.large.get(shown, shown)
                picture = PrintedPicture(id, n, frame, whole, self.photographs[id], *size)
                if frame.left > -1 and id not in found:
                    found[id] = picture
        return tuple(found.values())

    @cached_property
    def covered(self) -> tuple[tuple[float, float], ...]:
        """For each page with pictures: the shares of the type area for pictures and of the page that they cover."""
        paper = self.paper
        width, height = (length * PT_PER_MM for length in paper.area)
        shares = []
        for page in self.book.body:
            area = Rectangle(paper.outer * PT_PER_MM, paper.head * PT_PER_MM, width, height)
            sheet = Rectangle(0, 0, page.boxes.width, page.boxes.height)
            frames = [frame for _, frame, _ in shown_on(page)]
            if frames:
                shares.append((round(_share(frames, area), 3), round(_share(frames, sheet), 3)))
        return tuple(shares)

    @property
    def blank(self) -> list[str]:
        """The folios of blank pages between the first chapter and the last page with pictures."""
        return [page.laid.folio for page in self.book.body if page.is_blank]

    @property
    def far_captions(self) -> list[str]:
        """The pictures whose caption stands neither on their page nor on the facing one."""
        captions: dict[str, int] = {}
        for n, page in enumerate(self.book.pages):
            for id in captions_on(page):
                captions.setdefault(id, n)
        pages = {p.id: captions.get(p.id, captions.get(self.galleries.get(p.id, ""), -9)) for p in self.pictures}
        return [p.id for p in self.pictures if (pages[p.id] + 1) // 2 != (p.page + 1) // 2]

    def row(self, name: str) -> str:
        """What was measured, as a row of the table."""
        covers = [cover for cover, _ in self.covered]
        inside = max((p.crop for p in self.pictures if not p.bleeds), default=0)
        outside = max((p.crop for p in self.pictures if p.bleeds), default=0)
        harmed = [what for picture in self.pictures for what in picture.harmed]
        cells = (
            name,
            len(covers),
            f"{sum(covers) / len(covers):.2f}",
            sum(cover < 0.5 for cover in covers),
            sum(page < 0.4 for _, page in self.covered),
            len(self.blank),
            f"{inside * 100:.1f}",
            f"{outside * 100:.1f}",
            len(self.book.out_of_order),
            len(self.far_captions),
            len(harmed),
            f"{min(p.ppi for p in self.pictures) / self.paper.ppi:.2f}",
        )
        return f"| {' | '.join(map(str, cells))} |"


def _share(frames: Sequence[Rectangle], area: Rectangle) -> float:
    parts = [frame.within(area) for frame in frames]
    return sum(part.width * part.height for part in parts) / (area.width * area.height)


def shown_on(page: FilledPage) -> Iterator[tuple[str, Rectangle, Rectangle]]:
    """The pictures of a page: the id of the figure, its frame, and where the whole picture would be."""
    for box, id in page.figures():
        looks = box.looks
        if box.kind == "picture" and id and isinstance(looks, BoxAppearance) and looks.fitted:
            yield id, box.area, looks.fitted


def captions_on(page: FilledPage) -> Iterator[str]:
    """The ids of the figures whose captions have lines on a page."""
    for id in page.captions:
        yield id.removesuffix("-caption")
    for box, id in page.figures():
        if box.kind == "line" and id:
            yield id


def picture_pages(root: Path) -> PicturePages:
    """The pages of the publication at `root`, of its edition for screens, which has the pages of the printed one."""
    manuscript = read(Order(root))
    paper = pacing_paper(manuscript.publication.settings, manuscript.layout)
    blocks = [block for _, block in manuscript.publication.illustrations() if isinstance(block, Gallery)]
    galleries = {figure.id: block.id for block in blocks for figure in block.figures}
    large = {block.id: block.large.id for block in blocks if block.large}
    return PicturePages(filled_book(root, "screen"), paper, manuscript.album, galleries, large)


def made_pages(folder: MadeFolder, papers: Sequence[str], root: Path) -> Iterator[tuple[str, PicturePages]]:
    """The pages of a folder on each paper; the publication is written at `root`."""
    chapters = draw_folder(folder, root / "assets/photos")
    for paper in papers:
        publish(root, chapters, paper)
        yield paper, picture_pages(root)


HEAD = """\
| pictures, paper | pages | type area covered | under half of it | under .4 of the page | blank | cut % \
| cut in the bleed % | order | captions far | faces, focus | ppi to the least |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def main(names: Sequence[str]) -> None:
    """Print the table of the folders that are named by the beginning of their names, or of all."""
    print(HEAD)
    for name, folder in FOLDERS.items():
        if not names or any(name.startswith(each) for each in names):
            with tempfile.TemporaryDirectory() as root:
                for paper, pages in made_pages(folder, PAPERS, Path(root)):
                    print(pages.row(f"{name}, {paper}"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
