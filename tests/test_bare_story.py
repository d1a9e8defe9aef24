"""A story of twelve photographs whose manuscript has only file names: all captions come from the files."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import picture

from pressroom import production

SETTINGS = """title: Market days
language: en
captions_from_photos: true
chapters: [a.md, {generated: [photographs, credits]}]
editions:
  ebook: {format: epub}
  screen: {format: pdf, trim: a5}
  print: {format: pdf, trim: 210x270mm, bleed: 3mm}
"""
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Credit="Agency {n}"><dc:creator><rdf:Seq><rdf:li>Photographer {n}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Trader {n} opens a stall in Goris.</rdf:li></rdf:Alt>
</dc:description>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A stall of shape {n}</rdf:li></rdf:Alt>
</core:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"""
NUMBERS = [f"N{chr(ord('a') + n)}" for n in range(12)]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("story")
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(SETTINGS)
    (root / "book/a.md").write_text("# Market days\n\n" + "\n\n".join(f"![]({n}.jpg)" for n in NUMBERS))
    for n, name in enumerate(NUMBERS):
        picture(root / f"assets/photos/{name}.jpg", 600 + n, 400, xmp=XMP.format(n=name).encode())
    report = production.build(production.Order(root))
    assert not [finding for finding in report.findings if finding.id in ("alt-missing", "credit-missing")]
    return {product.edition: product.path for product in report.products} | {"root": root}


@pytest.mark.slow
def test_the_ebook_has_every_caption_credit_and_alt_text(story: dict[str, Path]) -> None:
    with zipfile.ZipFile(story["ebook"]) as ebook:
        text = "".join(ebook.read(name).decode() for name in ebook.namelist() if name.endswith(".xhtml"))
    for name in NUMBERS:
        assert f'alt="A stall of shape {name}"' in text
        assert f"Trader {name} opens a stall in Goris." in text
        assert f"Photographer {name} / Agency {name}" in text


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["screen", "print"])
def test_the_pages_have_every_caption_and_credit(story: dict[str, Path], edition: str) -> None:
    pages = pypdfium2.PdfDocument(story[edition])
    text = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in pages))
    for name in NUMBERS:
        assert text.count(f"Trader {name} opens") == 2, "under the picture, and in the list of photographs"
        assert text.count(f"Photographer {name} / Agency {name}") == 2, "under the picture, and among the credits"


@pytest.mark.slow
def test_pages_hold_the_renditions_byte_for_byte(story: dict[str, Path]) -> None:
    kept = {file.read_bytes() for file in (story["root"] / ".pressroom/renditions").glob("*.jpg")}
    with pikepdf.open(story["print"]) as pdf:
        shown = [bytes(image.read_raw_bytes()) for page in pdf.pages for image in page.get_images().values()]
    assert len(shown) == len(NUMBERS)
    assert set(shown) <= kept
