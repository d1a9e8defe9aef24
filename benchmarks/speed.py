"""How long a build takes, as ratios to one plain WeasyPrint document of the same text in the same run.

    python benchmarks/speed.py [--sizes S M] [--write docs/speed.md]

Books come from a seed: S has 6 chapters, 3 000 words and 12 photographs, M 30 chapters, 90 000 words and 60 pictures.
Pictures and fonts are made before; every figure is of a command of its own, on the clock and of the processor, with the
memory that all its processes hold at most together (Linux). Layouts of a unit are counted in one process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter

SIZES = {"S": (6, 3_000, 12), "M": (30, 90_000, 60), "L": (200, 600_000, 400)}
"""Chapters, words and photographs."""
HEAD = """title: A Book of Words
language: en-GB
creators: [{name: A. Author, role: author}]
status: final
layout: reader
chapters:
  - generated: [contents]
"""
EDITIONS = """editions:
  ebook: {format: epub, pages_from: print, image_px: 1600, max_mb: 2000}
  print: {format: pdf, trim: us-trade, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
    profile: coated-fogra39, image_ppi: 300, min_ppi: 100}
  screen: {format: pdf, trim: us-trade, standard: PDF/UA-1, image_ppi: 150}
"""
WORDS = """river house road people winter morning school field water bridge letter train window garden mountain city
village market stone paper light story year night summer doctor teacher mother neighbour children soldier border office
table photograph newspaper question answer number century language history government company machine power station
between under after before without against across through along beside near over into from that which when where while
because although until since carry bring leave return remember forget begin follow happen change grow build break write
read speak listen watch wait turn open close small large early late quiet heavy broken empty common ordinary difficult
possible necessary certain another several many few most every long short young old new good high low far""".split()
PLAIN_CSS = """@page { size: 6in 9in; margin: 20mm 18mm; @bottom-center { content: counter(page) } }
body { font: 10pt/13.5pt "Source Serif Pro", serif; text-align: justify; hyphens: auto }
p { margin: 0; text-indent: 1.2em; orphans: 2; widows: 2 } h1 { break-before: page } img { width: 100% }
figure { margin: 4mm 0; break-inside: avoid }"""
FIGURE = '<figure><img src="assets/photos/f{1:03}.jpg"><p>{0}</p></figure>'
PLAIN = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
COUNT = """import sys, pathlib
from pressroom.production import Order, receipts
from pressroom.typeset.engine import Engine
made = [0]; render = Engine._render
def counted(*a): made[0] += 1; return render(*a)
Engine._render = counted
report = receipts.build(Order(pathlib.Path(sys.argv[1]), out=pathlib.Path(sys.argv[2])))
print(made[0])"""


@dataclass(frozen=True)
class Took:
    """What a command took."""

    processor: float
    clock: float
    """Both in seconds."""
    peak: int
    """The most memory that its processes held at once, in MB; 0 where that cannot be read."""


def sentence(chance: random.Random) -> str:
    """A sentence of 8 to 24 words."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 24))]
    return " ".join(words).capitalize() + "."


def write_book(root: Path, size: str) -> None:
    """Write a publication, and the same text as one HTML document beside it."""
    chapters, words, pictures = SIZES[size]
    chance, names, plain = random.Random(42), list[str](), [f"<style>{PLAIN_CSS}</style>"]
    (root / "book").mkdir(parents=True)
    write_pictures(root / "assets/photos", pictures)
    for n in range(chapters):
        own = range(n * pictures // chapters, (n + 1) * pictures // chapters)
        blocks = list(chapter_blocks(chance, words // chapters, own))
        names.append(f"{n + 1:03}.md")
        text = "\n\n".join(block if kind == "p" else f"![{block}](f{at:03}.jpg)\n{block}" for kind, block, at in blocks)
        (root / "book" / names[-1]).write_text(f"# Chapter {n + 1} {{#ch{n + 1}}}\n\n{text}\n")
        plain.append(f"<h1>Chapter {n + 1}</h1>")
        plain += (
            f"<p>{block}</p>"
            if kind == "p"
            else f'<figure><img src="assets/photos/f{at:03}.jpg"><p>{block}</p></figure>'
            for kind, block, at in blocks
        )
    chosen = "".join(f"  - {name}\n" for name in names)
    (root / "book/publication.yaml").write_text(HEAD + chosen + EDITIONS)
    (root / "plain.html").write_text(f'<html lang="en-GB"><body>{"".join(plain)}</body></html>')


def chapter_blocks(chance: random.Random, words: int, pictures: range) -> Iterator[tuple[str, str, int]]:
    """Paragraphs of a chapter with its pictures among them: kind, text, and the number of the picture."""
    paragraphs = max(1, words // 80)
    places = {paragraphs * (n + 1) // (len(pictures) + 1): picture for n, picture in enumerate(pictures)}
    for n in range(paragraphs):
        yield "p", " ".join(sentence(chance) for _ in range(5)), 0
        if n in places:
            yield "figure", sentence(chance), places[n]


def write_pictures(folder: Path, count: int) -> None:
    """Write photographs of 1422 × 948 px."""
    folder.mkdir(parents=True)
    for n in range(count):
        small = Image.frombytes("RGB", (30, 20), random.Random(n).randbytes(1800))
        noise = Image.effect_noise((1422, 948), 40).convert("RGB")
        picture = Image.blend(small.resize((1422, 948), Image.Resampling.BICUBIC), noise, 0.2)
        picture.filter(ImageFilter.GaussianBlur(1)).save(folder / f"f{n:03}.jpg", quality=85)


# ---- timing


def timed(*command: str | Path) -> Took:
    """Run a command. Raises CalledProcessError where it fails."""
    started = time.monotonic()
    before = os.times()
    process = subprocess.Popen([sys.executable, *map(str, command)], stdout=subprocess.DEVNULL)
    peak = [0]
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    if process.wait() != 0:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(processor, time.monotonic() - started, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _held(process.pid) // 1_000_000)
        time.sleep(0.1)


def _held(pid: int) -> int:
    """The memory of a process and of those that it has started, in bytes; what they share counts once."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        own = next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, StopIteration):
        return 0
    return own + sum(_held(int(child)) for child in children)


def forget(root: Path) -> None:
    """Remove what was laid out and made; pictures and fonts stay."""
    for name in (".pressroom/units", ".pressroom/receipts", "dist"):
        shutil.rmtree(root / name, ignore_errors=True)


def edit(root: Path) -> None:
    """Change one word of the chapter in the middle."""
    chapters = sorted((root / "book").glob("*.md"))
    chapter = chapters[len(chapters) // 2]
    chapter.write_text(chapter.read_text().replace(" river ", " current ", 1))


def measure(root: Path) -> Iterator[tuple[str, Took]]:
    """The rows of a book."""
    build: tuple[str | Path, ...] = ("-m", "pressroom", "build", "--root", root)
    timed(*build)
    yield "one plain WeasyPrint document", timed("-c", PLAIN, root / "plain.html", root / "plain.pdf")
    forget(root)
    yield "ebook, print and screen", timed(*build)
    yield "the same, nothing changed", timed(*build)
    edit(root)
    yield "the same, one word edited", timed(*build)
    forget(root)
    yield "ebook and print", timed(*build, "--edition", "ebook", "--edition", "print")
    forget(root)
    yield "ebook, print and screen, --jobs 1", timed(*build, "--jobs", "1")


def layouts(root: Path) -> tuple[int, int]:
    """How many layouts a build of all editions needs, and how many units one edition has."""
    forget(root)
    made = subprocess.run(
        [sys.executable, "-c", COUNT, root, root / "dist"], check=True, capture_output=True, text=True
    )
    return int(made.stdout), len(list((root / "book").glob("*.md"))) + 4


def table(size: str, folder: Path) -> Iterator[str]:
    """The rows of a book as Markdown."""
    root = folder / size
    write_book(root, size)
    plain: Took | None = None
    for name, took in measure(root):
        plain = plain or took
        ratios = f"{took.processor / plain.processor:.2f} | {took.clock / plain.clock:.2f}"
        yield f"| {size} | {name} | {took.processor:.1f} s | {took.clock:.1f} s | {ratios} | {took.peak} MB |"
    number, units = layouts(root)
    each = f"{number / units:.2f} a unit"
    yield f"| {size} | layouts for print and screen, cold | {number} of {units} units | | {each} | | |"


def report(sizes: list[str]) -> str:
    """The whole table."""
    lines = [
        "| book | work | processor | clock | processor : plain | clock : plain | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            lines += table(size, Path(folder))
    took = timed("-m", "pressroom", "--help")
    lines.append(f"| | `--help` | {took.processor:.2f} s | {took.clock:.2f} s | | | |")
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return "\n".join([f"Measured on {dt.date.today():%Y-%m-%d}: {machine}.", "", *lines, ""])  # noqa: DTZ011


def main() -> None:
    """Print the table, or put it into a document in the place of its last one."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--sizes", nargs="+", choices=SIZES, default=["S", "M"])
    arguments.add_argument("--write", type=Path, metavar="FILE.md")
    options = arguments.parse_args()
    text = report(options.sizes)
    if options.write is None:
        sys.stdout.write(text)
        return
    before, _, _ = options.write.read_text("utf-8").partition("Measured on ")
    options.write.write_text(before + text, "utf-8")


if __name__ == "__main__":
    main()
