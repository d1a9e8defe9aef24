"""Ebooks before their judges: epubcheck, Ace by DAISY and a reading system.

Every folder of tests/conformance that has a book/ is a publication that all of them look at; its pictures are drawn
here. A name with “tall” or “long” in it is of that shape.
"""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Publish
from PIL import Image, ImageChops, ImageStat
from test_manuscript import PIECES
from test_structure import Ebook
from validators import FOLDER, ace, epubcheck, read

from pressroom import production
from pressroom.errors import Severity
from pressroom.manuscript.rawhtml import TAGS

ROOT = Path(__file__).resolve().parents[1]
PUBLICATIONS = {"specimen": ROOT} | {book.parent.name: book.parent for book in sorted(FOLDER.glob("*/book"))}
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><title>A plan</title>
<linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#444"/></linearGradient>
<rect width="90" height="60" fill="url(#g)"/><text x="9" y="20" font-size="9">Mill</text></svg>"""
pytestmark = [pytest.mark.slow, pytest.mark.conformance]


# ---- publications


def draw(root: Path) -> None:
    """A picture for each that the manuscript names, no two alike."""
    publication = production.read(production.Order(root)).publication
    names = dict.fromkeys(figure.file for _, figure in publication.pictures() if figure.file)
    for n, name in enumerate(names):
        file = root / "assets" / "photos" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".svg":
            file.write_text(DRAWING)
        else:
            photograph(n, (1000, 1600) if "tall" in name else (2000, 800) if "long" in name else (1500, 1000)).save(
                file
            )


def photograph(n: int, size: tuple[int, int]) -> Image.Image:
    """Soft colours that nothing but a picture has, in a composition of its own."""
    light = Image.radial_gradient("L").rotate(n * 37, translate=(n * 41 % 90 - 45, n * 67 % 90 - 45))
    across = Image.linear_gradient("L").rotate(n * 53)
    return Image.merge("RGB", (light, across, Image.new("L", light.size, n * 29 % 200))).resize(size)


@dataclass(frozen=True)
class Made(Ebook):
    """An ebook as it was made, and where."""

    name: str
    path: Path

    def first(self, path: str) -> tuple[str, Any]:
        """The first page on which something is found, and what is found there."""
        found = ((file, self.all(path, self.pages[file])) for file in self.spine)
        return next((file, elements[0]) for file, elements in found if elements)

    def address(self, a: Any) -> str:
        """Where a link of the navigation document leads, from the root of the archive."""
        file, id = self.leads(a.get("href"), "nav.xhtml")
        return f"EPUB/{file}#{id}"


def of(*names: str) -> pytest.MarkDecorator:
    """For a test of these publications. All that asks for one runs in one process: it is made and read once."""
    group = pytest.mark.xdist_group
    params = [pytest.param(name, marks=group(f"conformance-{name}")) for name in names]
    return pytest.mark.parametrize("ebook", params, indirect=True, scope="session")


@pytest.fixture(scope="session")
def ebook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A publication as an ebook."""
    return make(request.param, tmp_path_factory.mktemp(request.param))


def make(name: str, folder: Path) -> Made:
    root, edition = PUBLICATIONS.get(name, ROOT / "docs" / "specimen"), "ebook"
    if name == "fixed-layout":
        root, edition = PUBLICATIONS["every-feature"], "fixed"
    if root != ROOT:
        root = shutil.copytree(root, folder / "publication")
        draw(root)
    report = production.build(production.Order(root, editions=(edition,), out=folder))
    assert report.products, [f"{f.place} {f.message}" for f in report.findings if f.severity is Severity.ERROR]
    path = report.products[0].path
    return Made(zipfile.ZipFile(path), name, path)


# ---- validators


@of(*PUBLICATIONS, "type-specimen", "fixed-layout")
def test_epubcheck_reports_nothing(ebook: Made) -> None:
    assert list(map(str, epubcheck(ebook.path))) == []


@of(*PUBLICATIONS, "type-specimen", "fixed-layout")
def test_ace_finds_no_violation(ebook: Made, tmp_path: Path) -> None:
    assert list(map(str, ace(ebook.path, tmp_path))) == []


@of("every-feature")
def test_the_feature_book_holds_every_feature(ebook: Made) -> None:
    """A feature that is taken out of it, or was never in, is not looked at by anybody."""
    text = "".join(ebook.file.read(name).decode() for name in ebook.file.namelist() if name.endswith(".xhtml"))
    classes = set(" ".join(re.findall(r'\sclass="([^"]+)"', text)).split())
    assert classes >= set(
        "column wide page bleed spread inset opener gallery sidebar pullquote epigraph timeline poem letter "
        "placeholder noteref backlink lead-in credit chapter part photographs index credits colophon cover "
        "title-page imprint".split()
    )
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", text))
    assert tags >= {"table", "ol", "ul", "dl", "pre", "details", "ruby", "blockquote", *(f"h{n}" for n in range(1, 7))}
    types = {term for found in re.findall(r'epub:type="([^"]+)"', text) for term in found.split()}
    assert types >= set(
        "dedication foreword preface acknowledgments introduction prologue part chapter epilogue afterword appendix "
        "endnotes bibliography pagebreak page-list landmarks loi toc footnote noteref".split()
    )
    assert {"hy", "ru", "ar", "he", "ja"} <= set(re.findall(r'xml:lang="([^"]+)"', text))
    assert any(name.endswith(".svg") for name in ebook.file.namelist())


def test_two_hundred_chapters_with_three_levels_of_headings_are_valid(publication: Publish) -> None:
    levels = "\n\n".join(f"{'#' * level} Level {level}\n\nText.[^{level}]" for level in (2, 3, 4))
    notes = "\n".join(f"[^{level}]: Note." for level in (2, 3, 4))
    files: dict[str, str | bytes] = {
        f"book/{n:03}.md": f"# Chapter {n}\n\n{levels}\n\n![Alt]()\nSee [](#x{n}).\n\n## Last {{#x{n}}}\n\n{notes}\n"
        for n in range(200)
    }
    parts = "\n".join(f"  - {{part: Part {n}, chapters: ['{n}??.md']}}" for n in (0, 1))
    head = f"title: T\nlanguage: en\neditions: {{ebook: {{format: epub}}}}\nchapters:\n{parts}\n"
    root = publication(files, f"{head}  - generated: [photographs]\n")
    [product] = production.build(production.Order(root)).products
    assert list(map(str, epubcheck(product.path))) == []


def test_whatever_a_manuscript_takes_is_valid_and_accessible(publication: Publish, tmp_path: Path) -> None:
    """What people type by chance, without what is refused, read by both validators: four texts to a chapter, since Ace
    opens each chapter in a browser.
    """
    dice = random.Random(6)  # the same ones in each run
    settings = "title: T\nlanguage: en\neditions: {ebook: {format: epub}, print: {format: pdf}}\n"
    files = {f"book/c{n:03}.md": typed(dice, n) for n in range(140)}
    findings = production.check(production.Order(publication(files, settings), editions=("ebook",))).findings
    refused = {f.place.file for f in findings if f.severity is Severity.ERROR}
    taken = [text for name, text in files.items() if name not in refused]
    assert len(taken) > 80
    chapters = {f"book/c{n:03}.md": "\n#".join(taken[n : n + 4]) for n in range(0, len(taken), 4)}
    report = production.build(production.Order(publication(chapters, settings), editions=("ebook",)))
    assert report.products, [f"{f.place} {f.message}" for f in report.findings if f.severity is Severity.ERROR]
    found = [*epubcheck(report.products[0].path), *ace(report.products[0].path, tmp_path / "ace")]
    assert list(map(str, found)) == []


def typed(dice: random.Random, n: int) -> str:
    """A chapter of pieces of Markdown and tags that fit together or not, with ids of its own."""
    pieces = [tagged(dice) if dice.random() < 0.5 else dice.choice(PIECES) for _ in range(dice.randint(1, 7))]
    text = dice.choice(["", " ", "\n\n"]).join(piece for piece in pieces if "&#" not in piece)
    own = re.sub(r"(?<=[#=])([hxtq])\b", rf"\g<1>{n}", text)
    return f"# Chapter {n}\n\nText.\n\n{own}\n"


VALUES = {
    "role": ("note", "main", "list", "x"), "epub:type": ("chapter", "epigraph", "x"), "lang": ("hy", "xyzzy"),
    "dir": ("rtl", "x"), "scope": ("row", "x"), "colspan": ("2", "x"), "start": ("3", "x"), "title": ("T", ""),
    "datetime": ("2024-05-01", "x"), "type": ("a", "x"), "headers": ("x",), "span": ("2", "x"),
}  # fmt: skip


def tagged(dice: random.Random, depth: int = 0) -> str:
    """An element of HTML with others in it, wherever they may stand, and attributes that it may have or not."""
    tag = dice.choice(sorted(TAGS))
    names = dice.sample(sorted(VALUES), dice.choice([0, 0, 1, 3]))
    said = "".join(f' {name}="{dice.choice(VALUES[name])}"' for name in names)
    link = f' href="{dice.choice(["https://example.org/", "#", ""])}"' if tag == "a" and dice.random() < 0.7 else ""
    inner = "".join(tagged(dice, depth + 1) for _ in range(dice.randint(0, 2) if depth < 3 else 0))
    end = dice.choice(["", f"</{tag}>", f"</{tag}>"])
    return f"<{tag}{said}{link}>{dice.choice(['', 'word ', ' '])}{inner}{end}"


# ---- a reading system


@pytest.fixture(scope="session")
def seen(ebook: Made, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What a reader of each ebook meets."""
    folder = tmp_path_factory.mktemp("seen")
    file, call = ebook.first("//h:a[@role='doc-noteref']")
    shown, figure = ebook.first("//h:figure[h:div/h:img]")
    pages = printed_pages(ebook)
    plan = {
        "call": f"EPUB/{file}#{call.get('id')}",
        "places": [href for _, href in pages[::4]],
        "pictures": {"picture": f"EPUB/{shown}#{figure.get('id')}", "text": f"EPUB/{file}"},
    }
    return Seen(ebook, folder, plan, pages, read(ebook.path, folder, plan))


def printed_pages(ebook: Made) -> list[tuple[str, str]]:
    """The page list of the navigation document: number and address."""
    nav = ebook.all("//h:nav[@epub:type='page-list']//h:a", ebook.pages["nav.xhtml"])
    return [(str(a.text), ebook.address(a)) for a in nav]


@dataclass(frozen=True)
class Seen:
    ebook: Made
    folder: Path
    plan: dict[str, Any]
    pages: list[tuple[str, str]]
    told: dict[str, Any]

    def shot(self, name: str, scheme: str) -> Image.Image:
        return Image.open(self.folder / f"{name}-{scheme}.png").convert("RGB")


@of(*PUBLICATIONS)
def test_a_reading_system_opens_every_file_without_a_fault(seen: Seen) -> None:
    assert seen.told["faults"] == []
    assert seen.told["title"] == seen.ebook.text("//*[local-name()='title'][1]")
    assert seen.told["dir"] == (seen.ebook.package.get("dir") if seen.ebook.package.get("dir") == "rtl" else None)


@of(*PUBLICATIONS)
def test_it_shows_the_contents_of_the_navigation_document(seen: Seen) -> None:
    def entries(items: list[Any]) -> list[Any]:
        links = [(item, seen.ebook.all("h:a", item)[0]) for item in items]
        return [[a.text, seen.ebook.address(a), entries(seen.ebook.all("h:ol/h:li", item))] for item, a in links]

    assert seen.told["contents"] == entries(seen.ebook.all("h:ol/h:li", seen.ebook.nav("toc")))


@of(*PUBLICATIONS)
def test_it_knows_the_landmarks(seen: Seen) -> None:
    links = seen.ebook.all(".//h:a", seen.ebook.nav("landmarks"))
    assert seen.told["landmarks"] == [
        [a.text, a.get("{http://www.idpf.org/2007/ops}type"), seen.ebook.address(a)] for a in links
    ]
    assert {"cover", "titlepage", "toc", "bodymatter"} <= {kind for _, kind, _ in seen.told["landmarks"]}


@of(*PUBLICATIONS)
def test_a_note_pops_up_with_its_text_and_leads_back_to_its_call(seen: Seen) -> None:
    told, call = seen.told["note"], seen.plan["call"]
    file, _, id = call.partition("#")
    page = seen.ebook.pages[file.removeprefix("EPUB/")]
    [anchor] = seen.ebook.all(f"//*[@id='{id}']", page)
    [note] = seen.ebook.all(f"//*[@id='{anchor.get('href')[1:]}']", page)
    assert (told["type"], told["href"]) == ("footnote", f"{file}{anchor.get('href')}")
    assert told["text"] == " ".join("".join(note.itertext()).split())
    assert told["text"].startswith(f"{anchor.text} ")
    assert told["back"] == {"href": call, "shows": True}


@of(*PUBLICATIONS)
def test_it_finds_printed_pages_by_their_numbers_and_displays_them(seen: Seen) -> None:
    assert [(label, href) for label, href, _ in seen.told["pages"]] == seen.pages
    for (number, _), place in zip(seen.pages[::4], seen.told["places"], strict=True):
        assert number in place["shown"]
        assert place["told"] == place["shown"][-1]
    assert seen.pages or not seen.ebook.all("//*[@role='doc-pagelist']", seen.ebook.pages["nav.xhtml"])


@of(*PUBLICATIONS)
def test_the_background_is_light_in_light_mode_and_dark_in_dark_mode(seen: Seen) -> None:
    for name in seen.plan["pictures"]:
        light, dark = (ground(seen.shot(name, scheme)) for scheme in ("light", "dark"))
        assert light > 235, f"{name} by day"
        assert dark < 45, f"{name} by night"


def ground(page: Image.Image) -> float:
    """How light most of a page is, from 0 to 255, around its edge: text and pictures stand inside."""
    width, height = page.size
    frame = [(0, 0, width, 30), (0, height - 30, width, height), (0, 0, 12, height), (width - 12, 0, width, height)]
    return sum(ImageStat.Stat(page.convert("L").crop(box)).median[0] for box in frame) / len(frame)


@of(*PUBLICATIONS)
def test_in_dark_mode_text_is_light_and_photographs_are_unchanged(seen: Seen) -> None:
    text = seen.shot("text", "dark").convert("L")
    assert text.getextrema()[1] > 170, "letters"
    places = seen.told["pictures"]["picture"]
    day, night = (seen.shot("picture", scheme).crop(inside(places[scheme]["seen"])) for scheme in ("light", "dark"))
    assert day.size == night.size
    assert min(day.size) > 100
    assert max(band for pair in ImageChops.difference(day, night).getextrema() for band in pair) < 8


@of("every-feature")
def test_in_dark_mode_a_photograph_has_no_white_border(seen: Seen) -> None:
    """Where a reading system makes the box of an upright one larger than what is seen of it."""
    place, page = seen.told["pictures"]["picture"]["dark"], seen.shot("picture", "dark").convert("L")
    left, top, right, bottom = inside(place["box"])
    page.paste(0, inside(place["seen"], by=-3))
    assert page.crop((left - 10, top, right + 10, bottom)).getextrema()[1] < 60


def inside(box: list[float], by: int = 2) -> tuple[int, int, int, int]:
    """The pixels that are wholly within a box, without its edge."""
    left, top, right, bottom = box
    return round(left) + by, round(top) + by, round(right) - by, round(bottom) - by
