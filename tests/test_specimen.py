"""The specimen: the publication in this repository, made as a newcomer makes it, and judged by others' tools."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from test_page_list import sections
from validators import epubcheck

from pressroom import production
from pressroom.publication import walk

ROOT = Path(__file__).resolve().parents[1]
GROUP = pytest.mark.xdist_group("specimen")


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> dict[str, production.Product]:
    out = tmp_path_factory.mktemp("dist")
    report = production.build(production.Order(ROOT, out=out))
    assert not [f for f in report.findings if f.severity == "error"]
    assert not [f for f in report.findings if f.place.file.startswith("the edition") and f.severity == "warning"]
    return {p.edition: p for p in report.products}


@pytest.mark.slow
@GROUP
def test_the_specimen_holds_what_it_promises() -> None:
    manuscript = production.read(production.Order(ROOT))
    publication = manuscript.publication
    figures = [f for _, f in publication.figures()]
    photographs = [f for f in figures if not f.file]
    assert len(photographs) == 12
    assert all(f.alt and f.caption and f.caption.text.endswith(".") and f.credit for f in photographs)
    assert [type(p).__name__ for p in publication.pieces].count("Part") == 2
    assert 3 <= sum(c.role == "chapter" for c in publication.chapters()) <= 5
    kinds = {getattr(b, "kind", "") for c in publication.chapters() for b in walk(c.blocks)}
    assert {"timeline", "sidebar", "pullquote", "only"} <= kinds
    assert "RFE/RL" in (publication.settings.source or "")
    assert not [f for f in manuscript.findings if f.severity == "error"]


@GROUP
@pytest.mark.slow
def test_the_ebook_passes_epubcheck_without_a_warning(products: dict[str, production.Product]) -> None:
    assert list(map(str, epubcheck(products["ebook"].path))) == []


@GROUP
@pytest.mark.slow
@pytest.mark.parametrize("edition", ["screen", "print"])
def test_a_pdf_passes_qpdf(products: dict[str, production.Product], edition: str) -> None:
    qpdf = shutil.which("qpdf") or pytest.skip("qpdf is not installed")
    ran = subprocess.run([qpdf, "--check", products[edition].path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@GROUP
@pytest.mark.slow
def test_figure_numbers_are_the_same_in_every_edition(products: dict[str, production.Product]) -> None:
    publication = production.read(production.Order(ROOT)).publication
    with zipfile.ZipFile(products["ebook"].path) as ebook:
        text = " ".join(ebook.read(n).decode() for n in ebook.namelist() if n.endswith(".xhtml"))
    pages = " ".join(
        re.sub(r"\s+", " ", p.get_textpage().get_text_bounded()) for p in pypdfium2.PdfDocument(products["print"].path)
    )
    for _, block in publication.illustrations():
        assert block.caption
        assert f'<span class="number">{block.number}</span>' in text
        assert f"{block.number} {block.caption.text[:25]}" in pages


@GROUP
@pytest.mark.slow
def test_both_pdfs_can_be_cited_alike(products: dict[str, production.Product]) -> None:
    def folios(edition: str) -> list[str]:
        document = pypdfium2.PdfDocument(products[edition].path)
        return [document.get_page_label(n) for n in range(len(document))]

    assert folios("screen") == folios("print")


@GROUP
@pytest.mark.slow
def test_every_page_that_the_ebook_lists_begins_as_in_print(products: dict[str, production.Product]) -> None:
    document = pypdfium2.PdfDocument(products["print"].path)
    labels = [document.get_page_label(n) for n in range(len(document))]
    with zipfile.ZipFile(products["ebook"].path) as ebook:
        found = dict(list(sections(ebook))[1:])
    blank = [n for n, page in enumerate(document) if not page.get_textpage().get_text_bounded().strip()]
    assert list(found) == [label for n, label in enumerate(labels) if n and n not in blank], "all but the half title"
    bare: list[str] = []
    for folio, text in found.items():
        printed = letters(document[labels.index(folio)].get_textpage().get_text_bounded())
        first = next((line for line in text.split("\n") if letters(line)), "")
        bare += [printed] * (not first)
        assert letters(" ".join(first.split()[:6])) in printed, folio
    assert len(bare) < 5
    assert all("photographtocome" in printed for printed in bare), "only pictures that text was drawn past"


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text.casefold())


@pytest.mark.slow
def test_a_second_build_gives_the_same_bytes_wherever_it_runs(tmp_path: Path) -> None:
    made = []
    for zone, seed in (("Asia/Tokyo", "1"), ("America/Lima", "2")):
        out = tmp_path / seed
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1695772800"}
        subprocess.run(
            [sys.executable, "-m", "pressroom", "build", "--root", ROOT, "--out", out],
            check=True,
            capture_output=True,
            env=environment,
            cwd=ROOT,
        )
        made.append({f.name: f.read_bytes() for f in out.iterdir()})
    assert len(made[0]) == 4
    assert made[0] == made[1]
