"""Chapters laid out by the page engine, without finishing a file: in tests of what stands where on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conftest import laid_out, read

from pressroom.design import EditionInHand, find_layout
from pressroom.errors import Finding, Place
from pressroom.typeset.boxes import LaidBox, PageBoxes, TextAppearance
from pressroom.typeset.engine import Engine
from pressroom.typeset.units import LayRequest

UNSEEN = {0x200B: None, 0x2060: None}
"""Letters without width, which say where a word may be parted and where not."""


@dataclass(frozen=True)
class LaidChapter:
    """A unit on its pages."""

    pages: tuple[PageBoxes, ...]
    findings: tuple[Finding, ...]

    @property
    def boxes(self) -> Iterator[tuple[PageBoxes, LaidBox]]:
        """Every box with its page."""
        for page in self.pages:
            for box in page.boxes:
                yield from ((page, each) for each in _inside(box))

    @property
    def letters(self) -> Iterator[tuple[str, TextAppearance]]:
        """Every text with how it is set."""
        for _, box in self.boxes:
            if box.text.strip() and isinstance(box.looks, TextAppearance):
                yield box.text.translate(UNSEEN).strip(), box.looks

    def set(self, text: str) -> TextAppearance:
        """How the first text that begins with some letters is set."""
        return next(looks for found, looks in self.letters if found.startswith(text))

    @property
    def lines(self) -> list[str]:
        """The lines as a reader sees them."""
        return [words(box).translate(UNSEEN).strip() for _, box in self.boxes if box.kind == "line"]


def lay_out_unit(root: Path, kind: str = "chapter", edition: str = "print", nth: int = 0) -> LaidChapter:
    """A unit of an edition of the publication at `root`."""
    read_now = read(root)
    layout = read_now.publication.settings.layout
    composition = laid_out(EditionInHand(read_now.publication, edition, find_layout(layout, root, Place("x"))))
    unit = [unit for unit in composition.units if unit.kind == kind][nth]
    engine = Engine(composition)
    request = LayRequest(unit, "recto", {})
    laid = engine.lay(request)
    looked = engine.look(LayRequest(unit, "recto", {}, laid.decisions), 1)
    return LaidChapter(looked.pages, (*laid.findings, *looked.findings))


def words(box: LaidBox) -> str:
    """The text in a box."""
    return box.text or "".join(map(words, box.children))


def _inside(box: LaidBox) -> Iterator[LaidBox]:
    yield box
    for child in box.children:
        yield from _inside(child)
