"""Privacy by construction: of pictures that are full of words about people and places, none gets into any product.

One book is built for the whole module, in every form of edition, with pictures of eleven formats and those of a Word
document, a web page and an ebook. Everything that was made is unpacked and searched.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from canaries import CANARY, MAKER, MAKERS, found_in, parts, pictures
from docx import Document
from docx.shared import Cm

from pressroom import cli, photographs, production
from pressroom.preview.page_views import PageViews
from pressroom.preview.proofs import PageShape, ProofPage
from pressroom.production import Order, Papers

SETTINGS = """\
title: Canaries
language: en
publisher: Vale Books
published: 2023-09-27
creators: [{name: Ann Doe, role: author}]
identifiers: {ebook: "urn:isbn:9780000000002"}
description: A book.
subjects: [{scheme: thema, code: AJ, name: Photography}]
layout: album
cover: {photograph: a.jpg, back: b.png}
editions:
  ebook: {format: epub, image_px: 300, onix: true}
  pages: {format: epub, layout_mode: fixed, trim: a5}
  screen: {format: pdf, trim: a5}
  print: {format: pdf, trim: a5, bleed: 3mm}
  cover: {format: cover, for: print, caliper: 0.1mm}
"""
BROUGHT = ("word.docx", "page.html", "ebook.epub")


@cache
def word_and_web() -> tuple[bytes, bytes]:
    """Pictures that are no photographs of the publication yet."""
    return pictures()["b.png"] + b" of Word", pictures()["a.jpg"] + b" of the web and an ebook"


def chapter(names: Mapping[str, bytes]) -> str:
    figures = "".join(f"![A view {name[0]}]({name})\nCaption {name[0]}.\n\n" for name in names)
    return f"# A\n\n{figures}"


def brought(folder: Path, png: bytes, jpeg: bytes) -> Iterator[Path]:
    """A Word document, a web page and an ebook, each with a picture of its own."""
    document = Document()
    document.add_heading("From Word", 1)
    document.add_picture(io.BytesIO(png), width=Cm(6))
    document.save(str(folder / BROUGHT[0]))
    (folder / "w.jpg").write_bytes(jpeg)
    page = '<html lang="en"><body><article><h1>{}</h1><p>Words of a story.</p><img src="{}" alt="A view"/></article>'
    page += "</body></html>"
    (folder / BROUGHT[1]).write_text(page.format("From the web", "w.jpg"))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>E</dc:title><dc:language>en</dc:language></metadata><manifest>"
        '<item id="p" href="p.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="e" href="e.jpg" media-type="image/jpeg"/>'
        '</manifest><spine><itemref idref="p"/></spine></package>'
    )
    root = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile'
    root += ' full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    text = page.format("From an ebook", "e.jpg").replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"')
    files = {"META-INF/container.xml": root, "book.opf": package, "p.xhtml": text, "e.jpg": jpeg}
    with zipfile.ZipFile(folder / BROUGHT[2], "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    yield from (folder / name for name in BROUGHT)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication, with its products."""
    root = tmp_path_factory.mktemp("canaries")
    files = {f"assets/photos/{name}": data for name, data in pictures().items()}
    files |= {"book/publication.yaml": SETTINGS.encode(), "book/a.md": chapter(pictures()).encode()}
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    outside = tmp_path_factory.mktemp("brought")
    for file in brought(outside, *word_and_web()):
        assert cli.main(["import", str(file), "--root", str(root)]) == 0
    report = production.build(Order(root))
    assert not [finding for finding in report.findings if finding.severity == "error"], report.findings
    production.photos(Order(root), Papers(sheet=True, missing=True))
    production.check_pdf(root / "dist/canaries-print.pdf", report_file=root / "dist/light-table.html")
    return root


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_every_picture_is_full_of_canaries(name: str) -> None:
    """Else nothing could be found of it."""
    assert len(found_in(pictures()[name])) >= {"e.gif": 3, "h.bmp": 2, "i.jp2": 3}.get(name, 5)


@pytest.mark.slow
def test_no_product_has_a_word_of_its_pictures(root: Path) -> None:
    products = {file.name: found_in(file.read_bytes()) for file in (root / "dist").iterdir()}
    assert set(products) >= {
        "canaries.epub", "canaries-pages.epub", "canaries-screen.pdf", "canaries-print.pdf", "canaries-cover.pdf",
        "canaries.onix.xml", "canaries-photographs.html", "canaries-missing.csv", "canaries-missing.txt",
        "light-table.html",
    }  # fmt: skip
    sheet = products.pop("canaries-photographs.html")  # what its card says of a picture stays in the house
    assert {re.sub(r"^CANARY-\w+-", "", told) for told in sheet} == {"xmp-city", "exif-10e", "iim-120"}
    assert products == {name: set() for name in products}


@pytest.mark.slow
def test_pictures_on_the_contact_sheet_have_nothing_of_it(root: Path) -> None:
    sheet = (root / "dist/canaries-photographs.html").read_bytes()
    shown = [base64.b64decode(data) for data in re.findall(rb"base64,([A-Za-z0-9+/=]+)", sheet)]
    assert len(shown) >= len(MAKERS)
    assert [found_in(data) for data in shown] == [set()] * len(shown)


@pytest.mark.slow
def test_who_made_a_picture_goes_out_with_it(root: Path) -> None:
    """So it is known that the pictures were searched."""
    for name, least in (("canaries.epub", 7), ("canaries-print.pdf", 1)):
        told = [part for part in parts((root / "dist" / name).read_bytes()) if MAKER.encode() in part]
        assert len(told) >= least, name


@pytest.mark.slow
def test_nothing_is_kept_of_it_between_builds(root: Path) -> None:
    kept = {
        str(file.relative_to(root)): found_in(file.read_bytes())
        for file in (root / ".pressroom").rglob("*")
        if file.is_file()
    }
    assert len(kept) > 40
    assert kept == {name: set() for name in kept}


@pytest.mark.slow
def test_the_preview_shows_nothing_of_it(root: Path, tmp_path: Path) -> None:
    """Neither its pages nor the photographs beside them."""
    page = ProofPage("key", "1", root / "dist/canaries-screen.pdf", 2, "a", "A", "book/a.md")
    assert found_in(PageViews().paint(page, PageShape(148, 210, 0, 0, None), 72)) == set()
    manuscript = production.read(Order(root))
    for photograph in manuscript.album.values():
        made = photographs.render(photograph, photographs.Recipe(640, 480, 80), tmp_path)
        assert found_in(made.path.read_bytes()) == set()


@pytest.mark.slow
def test_files_that_were_brought_are_as_their_owner_has_them(root: Path) -> None:
    """They lie in assets, as photographs do: what a picture tells, its own publication may know."""
    arrived = [file.read_bytes() for file in (root / "assets").rglob("*") if file.is_file() and file.name not in MAKERS]
    assert {data for data in arrived if CANARY.encode() in data} == {*word_and_web()}
