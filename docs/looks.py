"""Contact sheets of the built-in layouts, to look at: spreads of every paper, and screens of the ebook (make looks).

Four books are laid out: the one in book/, the type specimen, a long one that is put together from the sentences of the
documentation, and, where they are installed, the photographs of some packages of Debian. At the end, pages of pictures
are measured (`picture_pages`). `python docs/looks.py reportage a5 long` makes only what all of its words allow.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pypdfium2
from page_fill import filled_book
from picture_pages import main as measure_pictures
from PIL import Image, ImageChops
from ruamel.yaml import YAML
from specimen import PICTURES, ROOT, draw

from pressroom import importing, production, scaffold

PROJECT = Path(__file__).resolve().parents[1]
OUT = PROJECT / "build" / "looks"
LAYOUTS = ("reportage", "reader", "album")
PAPERS = ("210x270mm", "square-8.5", "a5", "a4", "us-trade", "297x210mm", "12x12in")
SCREENS = {"phone": (390, 844), "tablet": (820, 1180), "eink": (600, 800)}
"""Widths and heights of screens, in CSS pixels."""
LENGTH = 3000
"""Of the strip that is photographed of every page of the ebook: what is below it is not seen."""
SCALE, SPREADS, STRIPS, GAP, GROUND = 0.92, 4, 5, 12, "#8c8c8a"
"""Pixels to a point; spreads and pages of an ebook to a sheet; what is between them."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHAPTERS, WORDS = 5, 2200
"""Of the long book: how many chapters, and how many words in each."""
PACKAGES = (
    "gnome-backgrounds",
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
    "mate-backgrounds",
    "ukui-wallpapers",
)
"""Debian's packages whose photographs are looked at where they are installed."""
CAPTIONS = (
    "Light and its absence.",
    "Grey, as far as the eye goes.",
    "Taken from the same place as the one before it.",
)


# ---- books


def specimen(root: Path) -> None:
    """The type specimen with its pictures."""
    shutil.copytree(ROOT / "book", root / "book")
    draw(root / "assets" / "photos")


def own(root: Path) -> None:
    """The book that comes with the project."""
    for folder in ("book", "assets"):
        shutil.copytree(PROJECT / folder, root / folder)


def long(root: Path) -> None:
    """Some 60 pages: sentences in an order by chance, which is the same each time, and pictures of every placement."""
    specimen(root)
    book, chance = root / "book", random.Random(7)  # noqa: S311 - nothing is secret
    sentences = list(_sentences())
    for file in book.glob("*.md"):
        file.unlink()
    names = [f"chapter-{n}.md" for n in range(1, CHAPTERS + 1)]
    for n, name in enumerate(names, 1):
        book.joinpath(name).write_text(_chapter(n, sentences, chance), encoding="utf-8")
    _settings(book, chapters=[*names, {"generated": ["photographs", "credits", "colophon"]}], title="A Long Text")


def _sentences() -> Iterator[str]:
    """Every plain sentence of some length in the documentation and the specimen."""
    for file in (*sorted(PROJECT.glob("*.md")), *sorted(ROOT.parent.rglob("*.md"))):
        for block in file.read_text("utf-8").split("\n\n"):
            if re.match(r"[A-Z“]", block) and "\n:" not in block:
                sentences = re.split(r"(?<=[.!?])\s+", " ".join(block.split()))
                yield from (s for s in sentences if not re.search(r"[*\[\]{}<>`~|^_#…]|:$", s) and s.count(" ") > 4)


def _chapter(number: int, sentences: Sequence[str], chance: random.Random) -> str:
    parts, words, figures = [f"---\ntitle: Chapter {number}\n---"], 0, _figures(chance)
    while words < WORDS:
        paragraph = " ".join(chance.sample(sentences, chance.randint(1, 9)))
        parts.append(paragraph)
        words += len(paragraph.split())
        turn = chance.random()
        if turn < 0.14:
            parts.append(next(figures))
        elif turn < 0.22:
            parts.append(f"## {chance.choice(sentences).split(',')[0].rstrip('.')[:48]}")
        elif turn < 0.25:
            parts.append(f"::: pullquote\n{chance.choice(sentences)}\n:::")
        elif turn < 0.33:
            parts[-1] += f"[^n{words}]"
            parts.append(f"[^n{words}]: {chance.choice(sentences)}")
    parts.append(" ".join(chance.sample(sentences, 5)))
    return "\n\n".join(parts) + "\n"


def _figures(chance: random.Random) -> Iterator[str]:
    """Figures of every placement; few that fill pages."""
    placements = ["", "{.wide}", "{.inset}", "{.page}", "{.bleed}", "{.spread}"]
    while True:
        name, placement = chance.choice(sorted(PICTURES)), chance.choices(placements, [8, 8, 4, 3, 4, 1])[0]
        caption = " ".join(chance.sample(CAPTIONS, chance.randint(1, len(CAPTIONS))))
        yield f"![Greys in the shape of a {name}.]({name}.jpg){placement}\n{caption}"


def photographs(root: Path) -> None:
    """A book of the photographs of Debian's packages for desktops, as `init --from` makes it. None of them is kept."""
    with tempfile.TemporaryDirectory() as folder:
        for file in _backgrounds():
            shutil.copy(file, folder)
        if not any(Path(folder).iterdir()):
            raise NoPhotographsError(f"No photographs: none of {', '.join(PACKAGES)} is installed.")
        wishes = importing.PhotoWishes(title="Photographs")
        importing.begin(root, Path(folder), wishes, scaffold.frame(root), lambda _what, _steps: lambda: None)


class NoPhotographsError(Exception):
    """The photographs of a book are not on this machine."""


def _backgrounds() -> Iterator[Path]:
    """The photographs in the packages that are installed: drawings and screenshots among them have other formats."""
    for package in PACKAGES:
        listed = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=False).stdout  # noqa: S607
        yield from (
            file for file in map(Path, listed.split("\n")) if file.suffix in (".jpg", ".jpeg") and file.is_file()
        )


BOOKS: dict[str, Callable[[Path], None]] = {
    "book": own,
    "specimen": specimen,
    "long": long,
    "photographs": photographs,
}


def _settings(book: Path, **given: Any) -> None:
    """Change the settings of a publication, and add to its editions."""
    yaml, file = YAML(), book / "publication.yaml"
    settings = yaml.load(file)
    settings["editions"].update(given.pop("editions", {}))
    settings.update(given)
    yaml.dump(settings, file)


# ---- sheets


@dataclass(frozen=True)
class Look:
    """One book in one layout."""

    layout: str
    book: str

    def make(self, papers: Sequence[str], screens: Sequence[str], out: Path) -> None:
        """Build it, and write its sheets."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            BOOKS[self.book](root)
            editions: dict[str, Any] = {
                f"looks-{paper.replace('.', '-')}": {"format": "pdf", "trim": paper} for paper in papers
            }
            if papers:
                press = {"format": "pdf", "trim": papers[0], "bleed": "3mm", "marks": ["crop", "registration"]}
                editions["looks-press"] = press
            if screens:
                editions["looks-ebook"] = {"format": "epub"}
            _settings(root / "book", layout=self.layout, editions=editions)
            report = production.build(production.Order(root, tuple(editions)))
            if not report.products:
                raise SystemExit("\n".join(f"{f.place}: {f.message}" for f in report.findings if f.severity == "error"))
            for product in report.products:
                name = f"{self.layout}-{self.book}-{product.edition.removeprefix('looks-')}"
                if product.path.suffix == ".pdf":
                    _sheets(product.path, out / name)
                    if product.edition != "looks-press":  # the pages of the first paper once more, in inks
                        measured = "\n".join(filled_book(root, product.edition).faults)
                        out.joinpath(f"{name}.txt").write_text(measured + "\n", encoding="utf-8")
                else:
                    _screens(product.path, out / name, screens)


def _sheets(pdf: Path, out: Path) -> None:
    """Facing pages side by side, some spreads to a sheet."""
    pages = [page.render(scale=SCALE).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    spreads = [(None, pages[0]), *zip_longest(pages[1::2], pages[2::2])]
    for number, start in enumerate(range(0, len(spreads), SPREADS), 1):
        _sheet(spreads[start : start + SPREADS]).save(f"{out}-{number:02}.png")


def _sheet(spreads: Sequence[Sequence[Image.Image | None]]) -> Image.Image:
    """Two spreads to a row."""
    width, height = next(page.size for page in spreads[-1] if page)
    rows = (len(spreads) + 1) // 2
    sheet = Image.new("RGB", (4 * width + 3 * GAP, rows * (height + GAP) + GAP), GROUND)
    for n, spread in enumerate(spreads):
        for side, page in enumerate(spread):
            if page:
                left = GAP + (n % 2) * (2 * width + GAP) + side * (width + 1)
                sheet.paste(page, (left, GAP + (n // 2) * (height + GAP)))
    return sheet


# ---- screens


def _screens(epub: Path, out: Path, screens: Sequence[str]) -> None:
    """Every page of an ebook as a browser shows it from its beginning."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(
            f"No browser was found to show the ebook: {', '.join(BROWSERS)}. Name the papers that you want."
        )
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(epub) as packed:
            packed.extractall(folder)
        pages = sorted(Path(folder).glob("EPUB/text/*.xhtml"))
        for screen, dark in itertools.product(screens, (False, True)):
            if screen == "eink" and dark:
                continue
            shots = [_shot(browser, page, SCREENS[screen][0], dark=dark) for page in pages]
            name = f"{out}-{screen}{'-dark' if dark else ''}"
            for number, start in enumerate(range(0, len(shots), STRIPS), 1):
                strips = _strips(shots[start : start + STRIPS])
                (strips.convert("L").quantize(16) if screen == "eink" else strips).save(f"{name}-{number:02}.png")


def _shot(browser: str, page: Path, width: int, *, dark: bool) -> Image.Image:
    """The top of one page."""
    picture = page.with_suffix(".png")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files"]
    if dark:
        options.append("--blink-settings=preferredColorScheme=0")
    target = [f"--window-size={width},{LENGTH}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run([browser, *options, *target], check=True, capture_output=True)
    with Image.open(picture) as shot:
        return _trimmed(shot.convert("RGB"))


def _trimmed(shot: Image.Image) -> Image.Image:
    """Without the empty ground below the last line."""
    ground = Image.new("RGB", shot.size, shot.getpixel((0, shot.height - 1)))
    box = ImageChops.difference(shot, ground).getbbox()
    return shot.crop((0, 0, shot.width, min(shot.height, (box[3] if box else 0) + 40)))


def _strips(shots: Sequence[Image.Image]) -> Image.Image:
    """Pages side by side, from their heads."""
    width, height = sum(shot.width + GAP for shot in shots) + GAP, max(shot.height for shot in shots) + 2 * GAP
    sheet, left = Image.new("RGB", (width, height), GROUND), GAP
    for shot in shots:
        sheet.paste(shot, (left, GAP))
        left += shot.width + GAP
    return sheet


def main(words: Sequence[str]) -> None:
    """Make the sheets that the words ask for; all, where none is given of a kind."""
    kinds = [LAYOUTS, tuple(BOOKS), PAPERS + tuple(SCREENS)]
    unknown = set(words) - set(itertools.chain(*kinds))
    if unknown:
        raise SystemExit(f"Not known: {', '.join(sorted(unknown))}. Known: {', '.join(itertools.chain(*kinds))}.")
    names, books, sizes = ([word for word in kind if word in words] or list(kind) for kind in kinds)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, book in itertools.product(names, books):
        try:
            Look(name, book).make([s for s in sizes if s in PAPERS], [s for s in sizes if s in SCREENS], OUT)
        except NoPhotographsError as fault:
            print(fault)
    if not words:
        with OUT.joinpath("pictures.md").open("w", encoding="utf-8") as table, contextlib.redirect_stdout(table):
            measure_pictures([])


if __name__ == "__main__":
    main(sys.argv[1:])
