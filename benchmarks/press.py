"""What finishing and preflight of a press PDF cost, as shares of laying out its pages in the same run.

    python benchmarks/press.py [--pages 300] [--rounds 3]

A book of text with a picture on every third page or so is made in a temporary folder, for a sheet-fed press: PDF/X-4,
marks, pictures in ink. Laying out is everything that the page engine does; finishing is inks, boxes, marks, slug and
standard; preflight reads the finished file and asks of it what a printer would. Seconds of the processor.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

from pressroom import pdf
from pressroom.production import Order, build, finished

SETTINGS = """title: A Book of Pages
language: en
editions: {print: {format: pdf, trim: a5, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
  profile: coated-fogra39, image_ppi: 150}}
"""
SENTENCE = "The road goes on past the last house, and whoever walks it counts the poles beside it one by one. "
PAGES_IN_A_CHAPTER = 12
"""About so many come of a chapter as it is written here."""


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_book(root, max(1, given.pages // PAGES_IN_A_CHAPTER))
        rounds = [measured(root) for _ in range(given.rounds)]
    print(f"{rounds[0]['pages']:.0f} pages, {given.rounds} rounds; shares of laying out, median (least to most)")
    for name in ("finishing", "preflight"):
        shares = [one[name] / one["laying out"] for one in rounds]
        print(f"  {name:<10} {statistics.median(shares):.3f} ({min(shares):.3f} to {max(shares):.3f})")
    both = [(one["finishing"] + one["preflight"]) / one["laying out"] for one in rounds]
    print(f"  together   {statistics.median(both):.3f} ({min(both):.3f} to {max(both):.3f})")


def write_book(root: Path, chapters: int) -> None:
    """Chapters of text with four pictures each."""
    (root / "book").mkdir()
    (root / "assets/photos").mkdir(parents=True)
    (root / "book/publication.yaml").write_text(SETTINGS, "utf-8")
    for n in range(chapters):
        Image.effect_noise((900, 600), 60).convert("RGB").save(root / f"assets/photos/{n}.jpg")
        paragraphs = "\n\n".join([SENTENCE * 9] * 6)
        part = f"{paragraphs}\n\n![Noise, as of a film that saw no light.]({n}.jpg)\nA picture of nothing.\n\n"
        (root / f"book/{n:03}.md").write_text(f"# Chapter {n}\n\n{part * 4}", "utf-8")


def measured(root: Path) -> dict[str, float]:
    """Seconds of the processor that each part of a build took, and the pages that came of it."""
    took: dict[str, float] = {"laying out": 0.0, "finishing": 0.0, "preflight": 0.0}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **more: Any) -> Any:
            start = time.process_time()
            try:
                return work(*arguments, **more)
            finally:
                took[name] += time.process_time() - start

        return run

    with (
        mock.patch.object(pdf, "typeset", timed("laying out", pdf.typeset)),
        mock.patch.object(pdf, "write", timed("laying out", pdf.write)),
        mock.patch.object(pdf, "finish", timed("finishing", pdf.finish)),
        mock.patch.object(finished, "check_made", timed("preflight", finished.check_made)),
    ):
        (product,) = build(Order(root)).products
    return {**took, "pages": product.pages}


if __name__ == "__main__":
    main()
