"""The examples of docs/writing.md, and the pictures of what comes of them.

An example is a section with a chapter in a block of code, and a picture under it. All are chapters of one publication.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from scenes.__main__ import draw as draw_scenes
from specimen import draw_signs

from pressroom import production

DOCS = Path(__file__).parent
_EXAMPLE = re.compile(
    r"^## (?P<title>.+?)\n+(?P<fence>`{3,})markdown\n(?P<text>.*?)^(?P=fence)\n+!\[[^\]]+\]\((?P<picture>[\w/.-]+)\)",
    re.MULTILINE | re.DOTALL,
)
PHOTOS = ("still-lake", "lake-shore", "beech-trunks", "forest-edge", "grass")
"""The pictures that examples show, of the collection in docs/scenes."""
WORKS = """\
@book{doe1999, author = {Doe, Ann}, title = {Old paths}, year = {1999}, publisher = {Vale}}
@article{roe2020, author = {Roe, Ben}, title = {On passes}, year = {2020}, journal = {Paths}, pages = {1--9}}
"""
SETTINGS = """\
title: Writing
language: en
layout: reader
layout_options: {chapters: next, opening: plain, initials: none}
bibliography: refs.bib
chapters: [CHAPTERS, {generated: [index, bibliography]}]
editions:
  ebook: {format: epub}
  screen: {format: pdf, trim: 120x230mm}
  print: {format: pdf, trim: 120x230mm}
"""
_SCALE, _EDGE, _LONG = 1.7, 18, 900
"""Pixels to a point; white around what is shown; the longer side of a photograph, in pixels."""
_WHITE, _LARGE = 245, 0.6
"""What is lighter is paper; the letters of a title, in shares of its tallest."""


@dataclass(frozen=True)
class Example:
    """One thing that a chapter can hold."""

    title: str
    text: str
    picture: str

    @property
    def name(self) -> str:
        """The name of its chapter and picture."""
        return Path(self.picture).stem

    @property
    def has_title(self) -> bool:
        """Whether the title of the chapter belongs to what it shows."""
        return self.text.startswith("---")

    @property
    def chapter(self) -> str:
        """The chapter."""
        return self.text if self.has_title else f"# {self.title}\n\n{self.text}"


def examples() -> Iterator[Example]:
    """Every example of docs/writing.md."""
    for found in _EXAMPLE.finditer((DOCS / "writing.md").read_text("utf-8")):
        yield Example(found["title"], found["text"], found["picture"])


def write_chapters(root: Path) -> Path:
    """A publication of all examples, without its pictures."""
    all_examples = list(examples())
    (root / "book").mkdir(parents=True)
    names = ", ".join(f"{example.name}.md" for example in all_examples)
    (root / "book/publication.yaml").write_text(SETTINGS.replace("CHAPTERS", names), encoding="utf-8")
    (root / "book/refs.bib").write_text(WORKS, encoding="utf-8")
    for example in all_examples:
        (root / f"book/{example.name}.md").write_text(example.chapter, encoding="utf-8")
    return root


def main() -> None:
    """Write the picture of every example."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_chapters(Path(folder) / "writing")
        draw_scenes(root / "assets/photos", _LONG, list(PHOTOS))
        draw_signs(root / "assets/photos")
        report = production.build(production.Order(root, ("screen",)))
        (made,) = report.products
        with pypdfium2.PdfDocument(made.path) as pdf:
            starts = dict(_starts(pdf))
            for example in examples():
                picture = _shown(pdf, starts[example.title], example)
                picture.save(DOCS / example.picture, quality=60, method=6)


def _starts(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    """The first page of each chapter, by its title in the bookmarks."""
    titles = {example.title for example in examples()}
    for mark in pdf.get_toc():
        title = re.sub(r"^\d+\W+", "", mark.get_title())
        page = mark.get_dest().get_index()
        yield ("The beginning of a chapter" if title not in titles and title == "The pass" else title), page


def _shown(pdf: pypdfium2.PdfDocument, number: int, example: Example) -> Image.Image:
    """What a page shows of an example, without the chapter’s title, the running head and the folio."""
    page = pdf[number]
    picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    top = 0 if example.has_title else _under_title(page, example.title)
    foot = page.get_height() - max(box[3] for box in _boxes(page, [pdf.get_page_label(number)])[-1:]) - 2
    inner = picture.crop((0, round(top * _SCALE), picture.width, round(foot * _SCALE)))
    lines = list(_inked(inner))
    kept = [n for n, ink in enumerate(lines) if ink or any(lines[max(0, n - _EDGE) : n + _EDGE])]
    shown = Image.new("RGB", (picture.width, len(kept)), "white")
    for at, n in enumerate(kept):
        shown.paste(inner.crop((0, n, picture.width, n + 1)), (0, at))
    return shown


def _inked(picture: Image.Image) -> Iterator[bool]:
    """Whether each line of pixels has anything on it."""
    for n in range(picture.height):
        low, _ = picture.crop((0, n, picture.width, n + 1)).convert("L").getextrema()
        yield low < _WHITE


def _under_title(page: pypdfium2.PdfPage, title: str) -> float:
    """The place under the title of a chapter, which is set larger than the text, in pt from the top of its page."""
    boxes = _boxes(page, title.split())
    tallest = max(top - bottom for _, bottom, _, top in boxes)
    lowest = min(bottom for _, bottom, _, top in boxes if top - bottom > tallest * _LARGE)
    return float(page.get_height() - lowest) + 8


def _boxes(page: pypdfium2.PdfPage, words: Sequence[str]) -> list[tuple[float, float, float, float]]:
    """The boxes of the letters of words, wherever they stand on a page, in pt from its foot; the lowest last."""
    text = page.get_textpage()
    boxes = []
    for word in words:
        searcher = text.search(word, match_whole_word=True)
        while found := searcher.get_next():
            boxes += [text.get_charbox(found[0] + n) for n in range(found[1])]
    return sorted(boxes, key=lambda box: -box[1])


if __name__ == "__main__":
    main()
