"""What packaging an ebook costs: in time, against a bare copy of its files; in memory, against its largest picture.

    python benchmarks/ebook.py [--chapters 30] [--photographs 300] [--rounds 3]

Chapters of text with photographs are made in a temporary folder and built once, so that every picture is there at its
size. Packaging is all that turns the laid-out pages into an EPUB: reading and linking them, metadata, contents, the
file. The copy puts the same bytes into a zip file in the same manner, pictures stored, text compressed. Seconds of the
processor; bytes of memory as Python counts them.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

from pressroom import epub
from pressroom.design import Composition
from pressroom.production import Order, build

SETTINGS = "title: A Book of Photographs\nlanguage: en\neditions: {ebook: {format: epub, max_mb: 2000, fonts: none}}\n"
SENTENCE = "The road goes on past the last house, and whoever walks it counts the poles beside it one by one. "
MOMENT = datetime(2023, 9, 27, tzinfo=UTC)


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--chapters", type=int, default=30)
    options.add_argument("--photographs", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_book(root, given.chapters, given.photographs)
        composition = laid_out(root)
        book, copy = root / "book.epub", root / "copy.zip"
        shares = []
        for _ in range(given.rounds):
            packaging = seconds(lambda: package(composition, book))
            shares.append(packaging / seconds(lambda: copied(book, copy)))
        largest = max(picture.path.stat().st_size for picture in composition.renditions)
        print(f"{given.chapters} chapters, {given.photographs} photographs, {book.stat().st_size / 1e6:.0f} MB")
        print(f"  packaging  {statistics.median(shares):.2f} of a bare copy ({min(shares):.2f} to {max(shares):.2f})")
        print(f"  memory     {most_memory(composition, book) / largest:.1f} times the largest picture")
        print(f"             {most_memory(composition, book) / book.stat().st_size:.3f} of the file")


def write_book(root: Path, chapters: int, photographs: int) -> None:
    """Chapters of text with as many photographs each."""
    (root / "book").mkdir()
    (root / "assets/photos").mkdir(parents=True)
    (root / "book/publication.yaml").write_text(SETTINGS, "utf-8")
    for n in range(photographs):
        Image.effect_noise((1600, 1067), 60).convert("RGB").save(root / f"assets/photos/{n}.jpg")
    for chapter in range(chapters):
        figures = (f"{SENTENCE * 9}\n\n![Noise.]({n}.jpg)\nA picture of nothing.\n" for n in range(photographs))
        text = "\n".join(figure for n, figure in enumerate(figures) if n % chapters == chapter)
        (root / f"book/{chapter:03}.md").write_text(f"# Chapter {chapter}\n\n{text}", "utf-8")


def laid_out(root: Path) -> Composition:
    """What the builder hands to the exporter."""
    with mock.patch.object(epub, "export", wraps=epub.export) as export:
        build(Order(root))
    composition: Composition = export.call_args.args[0]
    return composition


def package(composition: Composition, book: Path) -> None:
    """Write the ebook."""
    with book.open("wb") as target:
        epub.export(composition, MOMENT, target)


def copied(book: Path, copy: Path) -> None:
    """The same files in a zip file, each read, compressed as it was, and written."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(copy, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry), entry.compress_type, compresslevel=9)


def seconds(work: Callable[[], Any]) -> float:
    """How long the processor is at work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def most_memory(composition: Composition, book: Path) -> int:
    """The most that packaging holds at once, in bytes."""
    tracemalloc.start()
    package(composition, book)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
