"""The light table: a finished PDF, its boxes and what was found, as one page of HTML that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from pdfs import FAULTS, assembled, described, finished

from pressroom.inspection import pictures_of
from pressroom.inspection.page import ENDLESS
from pressroom.preflight.press import check_finished
from pressroom.reports.lighttable import light_table


def table(description: str = "") -> tuple[str, Any]:
    given = described(description)
    file = finished(given)
    pictures = list(pictures_of(assembled(given), file.facts.pages))
    text = light_table("file.pdf", file.facts, pictures, check_finished(file))
    return text, html.fromstring(text)


def fault(id: str) -> str:
    return (FAULTS / id / "fault.yaml").read_text("utf-8")


@pytest.mark.slow
def test_it_is_one_file_that_asks_the_network_for_nothing() -> None:
    text, page = table(fault("picture-rgb"))
    addresses = [value for element in page.iter() for key, value in element.items() if key in ("src", "href")]
    assert all(address.startswith(("data:image/jpeg;base64,", "#")) for address in addresses)
    assert not re.search(r"https?:|url\(|@import|<script|<link", text)


@pytest.mark.slow
def test_every_page_has_its_thumbnail_and_a_description() -> None:
    _, page = table("pages: 4")
    pictures = page.xpath("//ol[@class='pages']/li//img")
    assert [picture.get("alt") for picture in pictures] == [f"Page {n} as printed" for n in range(1, 5)]
    for picture in pictures:
        assert base64.b64decode(picture.get("src").partition(",")[2]).startswith(b"\xff\xd8\xff")
    assert "colours: CMYK" in page.xpath("//ol[@class='pages']/li[1]")[0].text_content()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("last", "trim"),
    [
        ("", (10, 20, 50, 70)),
        ("/Rotate 90", (10, 10, 70, 50)),
        ("/Rotate 180", (40, 10, 50, 70)),
        ("/Rotate 270", (20, 40, 70, 50)),
        ("/UserUnit 2", (10, 20, 50, 70)),
        ("/CropBox [0 0 200 200]", (10, 0, 50, 80)),
    ],
)
def test_boxes_lie_where_they_do_on_the_page(last: str, trim: tuple[float, ...]) -> None:
    boxes = "/MediaBox [0 0 200 200] /TrimBox [20 20 120 160]"
    if "Crop" in last:
        boxes, last = boxes.replace("200 200", "200 300"), last + " /TrimBox [20 40 120 200]"
    _, page = table(f"pages: 1\npage: {boxes}\nlast: {last}")
    (box,) = page.xpath("//div[@class='box trim']")
    left, top, width, height = (float(n) for n in re.findall(r"[\d.]+(?=%)", box.get("style")))
    assert (left, top, width, height) == pytest.approx(trim, abs=0.01)


@pytest.mark.slow
def test_findings_lead_to_their_pages_and_errors_come_first() -> None:
    _, page = table("last: /Rotate 90 /Annots [<< /Subtype /Link >>]")
    kinds = [kind.text for kind in page.xpath("//ol[@class='findings']//span")]
    assert kinds == ["error", "warning"]
    targets = page.xpath("//ol[@class='findings']//a/@href")
    assert set(targets) == {"#page-2"}
    assert all(page.xpath(f"//li[@id='{target[1:]}']") for target in targets)
    assert "page-rotated" in page.xpath("//li[@id='page-2']")[0].text_content()


@pytest.mark.slow
def test_a_file_without_faults_is_reported_as_such() -> None:
    assert "No findings" in table()[0]


@pytest.mark.slow
def test_heading_levels_have_no_gaps_and_the_language_is_declared() -> None:
    _, page = table(fault("annotation"))
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert page.get("lang") == "en"


@pytest.mark.slow
def test_names_and_inks_are_text_and_not_markup() -> None:
    gold = fault("colour-spot").replace("/Gold", "/#3Cb#3E")
    text, _ = table(gold)
    assert "&lt;b&gt;" in text


def test_a_page_that_cannot_be_drawn_is_still_reported() -> None:
    given = described("pages: 1")
    file = finished(given)
    page = html.fromstring(light_table("file.pdf", file.facts, [b""], ()))
    assert "cannot be drawn" in page.xpath("//li[@id='page-1']")[0].text_content()


@pytest.mark.slow
def test_three_hundred_pages_of_rich_photographs_can_still_be_mailed() -> None:
    noise = hashlib.shake_128(b"a field").digest(60 * 80).hex()
    keys = "/Type /XObject /Subtype /Image /Width 60 /Height 80 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    given = described("more: /XObject << /P /@photo >>\ncontent: q 220 0 0 320 0 0 cm /P Do Q")
    given["streams"] = {"photo": {"dict": f"{keys} /Filter /ASCIIHexDecode", "data": noise}}
    file = finished(given)
    first = file.facts.pages[0]
    others = [replace(first, damage=ENDLESS)] * 299  # which are not drawn, and would be as large
    pictures = list(pictures_of(assembled(given), [first, *others]))
    text = light_table("file.pdf", replace(file.facts, pages=(first,)), pictures[:1], ())
    assert len(pictures[0]) > 10_000
    assert len(text) * 300 < 15_000_000
