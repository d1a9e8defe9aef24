"""How long builds take, as ratios to other programs in the same run: the table in docs/speed.md.

    python benchmarks/speed.py [--sizes S M] [--without catalogue] [--write docs/speed.md]

Every figure is of a command of its own, on the clock and of the processor, with the memory that all its processes hold
at most together (Linux), but for those of photographs, which are taken inside of one process. Layouts of a unit are
counted in one process. `books` makes the books, `peers` the other programs, `catalogue` many titles.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import catalogue
import peers
import photographs
from books import SIZES, camera_files, edit, ready_pictures, write_book
from timing import PRESSROOM, PYTHON, Took, timed

HEAD = """| book | work | processor | clock | compared with | processor | clock | memory |
|---|---|---|---|---|---|---|---|
"""
PLAIN, TYPST, LOOP, PILLOW = "plain WeasyPrint", "typst + pandoc", "the loop", "bare Pillow"
COUNT = """import sys, pathlib
from pressroom.production import Order, receipts
from pressroom.typeset.engine import Engine
made = [0]; render = Engine._render
def counted(*a): made[0] += 1; return render(*a)
Engine._render = counted
report = receipts.build(Order(pathlib.Path(sys.argv[1]), out=pathlib.Path(sys.argv[2])))
print(made[0])"""
CAMERA_SIZES = ("S", "M")
"""The books that are also made from camera files: those of L would fill a disk."""
PHOTOGRAPHS, ROUNDS = 12, 3


def row(book: str, work: str, took: Took, other: Took | None, name: str) -> str:
    """A row of the table, as a ratio to another one."""
    processor, clock = took.processor, took.clock
    ratios = f"{name} | {processor / other.processor:.2f} | {clock / other.clock:.2f}" if other else " | | "
    digits = 2 if clock < 1 else 1
    memory = f"{took.peak} MB" if took.peak else ""
    return f"| {book} | {work} | {processor:.{digits}f} s | {clock:.{digits}f} s | {ratios} | {memory} |"


# ---- books from pictures that are ready


def from_ready_pictures(size: str, folder: Path) -> Iterator[str]:
    """A book whose pictures have the size in which it prints them, against one plain document."""
    root = folder / size
    write_book(root, size)
    ready_pictures(root / "assets/photos", SIZES[size][2])
    plain = peers.weasyprint_document(root)
    yield row(size, "one plain WeasyPrint document", plain, plain, PLAIN)
    for work, took in (measure_long if size == "L" else measure)(root):
        yield row(size, work, took, plain, PLAIN)
    if size != "L":
        number, units = layouts(root)
        each = f"{number / units:.2f} a unit"
        yield f"| {size} | layouts for print and screen, cold | {number} of {units} units | {each} | | | | |"


def measure(root: Path) -> Iterator[tuple[str, Took]]:
    """Builds of a book whose pictures and fonts are kept from an earlier one."""
    build: tuple[str | Path, ...] = (*PRESSROOM, "build", "--root", root)
    timed(*build)
    forget_pages(root)
    yield "ebook, print and screen", timed(*build)
    yield "the same, nothing changed", timed(*build)
    edit(root)
    yield "the same, one word edited", timed(*build)
    forget_pages(root)
    yield "ebook and print", timed(*build, "--edition", "ebook", "--edition", "print")
    forget_pages(root)
    yield "ebook, print and screen, --jobs 1", timed(*build, "--jobs", "1")


def measure_long(root: Path) -> Iterator[tuple[str, Took]]:
    """The same of a book that takes long: fewer builds, and the first of them makes pictures and fonts as well."""
    build: tuple[str | Path, ...] = (*PRESSROOM, "build", "--root", root)
    yield "ebook, print and screen, with pictures and fonts", timed(*build)
    yield "the same, nothing changed", timed(*build)
    edit(root)
    yield "the same, one word edited", timed(*build)


def forget_pages(root: Path) -> None:
    """Remove what was laid out and made; pictures and fonts stay."""
    for name in (".pressroom/units", ".pressroom/pages", ".pressroom/receipts", "dist"):
        shutil.rmtree(root / name, ignore_errors=True)


def layouts(root: Path) -> tuple[int, int]:
    """How many layouts a build of all editions needs, and how many units one edition has."""
    forget_pages(root)
    counted = [PYTHON, "-c", COUNT, root, root / "dist"]
    made = subprocess.run(counted, check=True, capture_output=True, text=True)
    return int(made.stdout), len(list((root / "book").glob("*.md"))) + 4


# ---- everything else


def from_camera_files(size: str, folder: Path) -> Iterator[str]:
    """The first build of a book from a camera's files, against typst and pandoc, which put them in as they are."""
    root, book = folder / f"{size}-camera", f"{size}, camera files"
    write_book(root, size)
    camera_files(root / "assets/photos", SIZES[size][2])
    peer = peers.typst_and_pandoc(root)
    if peer:
        yield row(book, "PDF by typst and pandoc, EPUB by pandoc", peer, peer, TYPST)
    else:
        yield f"| {book} | typst or pandoc is not installed: `pip install 'pressroom[benchmarks]'` | | | | | | |"
    took = timed(*PRESSROOM, "build", "--root", root, "--edition", "ebook", "--edition", "print")
    yield row(book, "ebook and print, the first time", took, peer, TYPST)
    shutil.rmtree(root)


def darkroom(folder: Path) -> Iterator[str]:
    """Photographs for three editions, against Pillow alone: the median of a few rounds."""
    root = folder / "darkroom"
    root.mkdir()
    photographs.write_publication(root, PHOTOGRAPHS)
    rounds = photographs.measured(root, ROUNDS)
    middle = {name: _middle(each) for name, each in rounds.items()}
    bare = middle[photographs.BARE]
    book = f"{PHOTOGRAPHS} photographs"
    yield row(book, "Pillow alone: decode, reduce, encode for three editions", bare, bare, PILLOW)
    yield row(book, "the same by Pressroom, looked at and checked", middle["cold"], bare, PILLOW)
    yield row(book, "with those of print in inks", middle[photographs.IN_INKS], bare, PILLOW)
    shutil.rmtree(root)


def _middle(rounds: Sequence[Took]) -> Took:
    return Took(statistics.median(r.processor for r in rounds), statistics.median(r.clock for r in rounds))


def many_titles(folder: Path) -> Iterator[str]:
    """A catalogue, against a loop of the shell."""
    loop: Took | None = None
    for work, took in catalogue.measure(folder / "catalogue"):
        loop = loop or took
        yield row(f"{catalogue.TITLES} S, camera files", work, took, loop, LOOP)


def help_text(_: Path) -> Iterator[str]:
    """What it takes to be told what may be typed."""
    yield row("", "`--help`", timed(*PRESSROOM, "--help"), None, "")


PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "photographs": darkroom,
    "catalogue": many_titles,
    "help": help_text,
}


def report(sizes: Sequence[str], without: Sequence[str]) -> str:
    """The whole table; each row is also shown as soon as it is known."""
    rows = list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [from_ready_pictures(size, folder) for size in sizes]
        sources += [from_camera_files(size, folder) for size in sizes if size in CAMERA_SIZES]
        sources += [part(folder) for name, part in PARTS.items() if name not in without]
        for source in sources:
            for line in source:
                print(line, file=sys.stderr, flush=True)
                rows.append(f"{line}\n")
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"Measured on {dt.date.today():%Y-%m-%d}: {machine}.\n\n{HEAD}{''.join(rows)}"  # noqa: DTZ011


def main() -> None:
    """Print the table, or put it into a document in the place of its last one."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--sizes", nargs="*", choices=SIZES, default=["S", "M"])
    arguments.add_argument("--without", nargs="+", choices=PARTS, default=[])
    arguments.add_argument("--write", type=Path, metavar="FILE.md")
    options = arguments.parse_args()
    text = report(options.sizes, options.without)
    if options.write is None:
        sys.stdout.write(text)
        return
    before, _, _ = options.write.read_text("utf-8").partition("Measured on ")
    options.write.write_text(before + text, "utf-8")


if __name__ == "__main__":
    main()
