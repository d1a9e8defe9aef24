"""How long the darkroom takes, as a ratio to bare Pillow that decodes, reduces and encodes the same in the same run.

    python benchmarks/photographs.py [--photographs 12] [--rounds 3]

Photographs of 24 megapixels are made in a temporary folder; an ebook, a print and a screen edition ask for them. Cold:
from the files to renditions in sRGB, the first look at each file included. Warm: the same again. In inks: cold, with
the photographs of print separated, which bare Pillow does not do. Memory: the most that a cold run holds at once, in
pictures of 24 megapixels, above what the program holds before its first picture.
"""

from __future__ import annotations

import argparse
import functools
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from books import CAMERA, camera_files, picture_name
from PIL import Image
from timing import Took

from pressroom import design, photographs, settings
from pressroom.errors import Place
from pressroom.manuscript import read_manuscript
from pressroom.photographs import Recipe
from pressroom.production import Order
from pressroom.production.job import asked_of_pictures
from pressroom.publication import Publication

WIDTH, HEIGHT = CAMERA
EDITIONS = ("ebook", "print", "screen")
BARE, IN_INKS = "bare Pillow", "cold, in inks"


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--photographs", type=int, default=12)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.memory:
        print(pictures_held(given.memory))
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_publication(root, given.photographs)
        table(measured(root, given.rounds))
        print(f"memory: {measured_memory(root):.1f} pictures of {WIDTH * HEIGHT / 1e6:.0f} megapixels at once")


def measured(root: Path, rounds: int) -> Mapping[str, Sequence[Took]]:
    """Rounds of each, one after the other, so that what else the machine does falls on all alike."""
    source = read(root)
    wanted = work_of(source)
    times: dict[str, list[Took]] = {BARE: []}
    for n in range(rounds):
        times[BARE].append(took(functools.partial(bare, wanted)))
        for name, one in (("cold", source), ("warm", source), (IN_INKS, replace(source, in_inks=True))):
            cache = root / f"cache-{n}-{one.in_inks}"
            times.setdefault(name, []).append(took(functools.partial(develop_all, one, cache)))
    return times


def table(times: Mapping[str, Sequence[Took]]) -> None:
    """Print the ratio of each to bare Pillow."""
    for name, each in times.items():
        pairs = list(zip(each, times[BARE], strict=True))
        clock = [one.clock / other.clock for one, other in pairs]
        print(
            f"{name:<13} {statistics.median(one.clock for one in each):6.2f} s   to bare Pillow: "
            f"{statistics.median(clock):.2f} ({min(clock):.2f} to {max(clock):.2f}), "
            f"of the processor {statistics.median(one.processor / other.processor for one, other in pairs):.2f}"
        )


def took(work: Callable[[], object]) -> Took:
    """What work in this process takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.process_time() - processor, time.perf_counter() - clock)


def write_publication(root: Path, count: int) -> None:
    """A publication of photographs that look unlike each other and compress as a camera's do."""
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text("title: T\nlanguage: en\n")
    (root / "book/a.md").write_text("".join(f"![Alt]({picture_name(n)})\nCaption.\n\n" for n in range(count)))
    camera_files(root / "assets/photos", count)


@dataclass(frozen=True)
class Source:
    """A publication that is read, without its photographs, and its layout: reading them is not the darkroom's work."""

    root: Path
    publication: Publication
    layout: design.Layout
    in_inks: bool = False
    """Whether print has its photographs in inks, as a build makes them, or in sRGB, as bare Pillow does."""

    def asked(self, album: photographs.Album) -> Mapping[str, Sequence[Recipe]]:
        """What each edition asks of each photograph."""
        hands = (design.EditionInHand(self.publication, name, self.layout, album) for name in EDITIONS)
        asked = asked_of_pictures(hands, Order(self.root))
        if self.in_inks:
            return asked
        return {id: [replace(recipe, press=None) for recipe in each] for id, each in asked.items()}


def read(root: Path) -> Source:
    """The publication and its layout."""
    file = settings.read_settings(root)
    publication, _ = read_manuscript(root, file.settings, {}, file.place_of)
    return Source(root, publication, design.find_layout("reportage", root, Place("benchmark")))


def develop_all(source: Source, cache: Path) -> None:
    """Every photograph for every edition, as a build does it: one edition after the other."""
    finder = photographs.PhotoFinder(source.root, probes=cache / "probes")
    album, _ = photographs.gather(source.publication, finder, final=True)
    asked = source.asked(album)
    for n in range(len(EDITIONS)):
        recipes = {id: each[n] for id, each in asked.items()}
        photographs.render_all(album, recipes, cache / "renditions", others=asked)


def work_of(source: Source) -> list[tuple[Path, Recipe]]:
    """The files and recipes that a build has."""
    album, _ = photographs.gather(source.publication, photographs.PhotoFinder(source.root), final=True)
    return [(album[id].file, recipe) for id, each in source.asked(album).items() for recipe in each]


def bare(wanted: list[tuple[Path, Recipe]]) -> None:
    """The same sizes and qualities with nothing but Pillow on two threads: decode, reduce, encode."""

    def one(what: tuple[Path, Recipe]) -> int:
        file, recipe = what
        with Image.open(file) as picture:
            scale = min(1.0, recipe.width / picture.width, recipe.height / picture.height)
            size = round(picture.width * scale), round(picture.height * scale)
            picture.draft("RGB", (round(size[0] * 1.75), round(size[1] * 1.75)))
            out = io.BytesIO()
            reduced = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            reduced.save(out, "JPEG", quality=recipe.quality, subsampling="4:4:4", optimize=True)
        return len(out.getvalue())

    with ThreadPoolExecutor(2) as pool:
        sum(pool.map(one, wanted))


def measured_memory(root: Path) -> float:
    """In a process of its own, whose peak nobody else has raised."""
    command = [sys.executable, __file__, "--memory", str(root)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def pictures_held(root: Path) -> float:
    """The peak of a cold run above the start, in decoded pictures. Linux only: elsewhere there is no such file."""
    source, before = read(root), peak()
    with tempfile.TemporaryDirectory() as cache:
        develop_all(source, Path(cache))
    return (peak() - before) / (WIDTH * HEIGHT * 3)


def peak() -> int:
    """The most memory that this process has held so far, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


if __name__ == "__main__":
    main()
