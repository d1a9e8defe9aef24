"""The contact sheet: the facts about each photograph, as a page and in a terminal, and the list of missing ones."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pressroom.design import find_layout
from pressroom.errors import CONTROL, Finding, Place, advice, warning
from pressroom.photographs import Metadata, Photograph
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.publication import (
    PLACEMENTS,
    Block,
    Box,
    Caption,
    Chapter,
    EpubEdition,
    Figure,
    Framing,
    Gallery,
    PdfEdition,
    Publication,
    Settings,
    Trim,
)
from pressroom.reports import (
    Grade,
    PhotoEntry,
    Thumbnail,
    as_json,
    contact_sheet,
    entries,
    listing,
    missing_csv,
    missing_text,
)
from pressroom.reports.entries import shape
from pressroom.reports.missing import HEADER

LAYOUT = find_layout("reportage", Path("/nowhere"), Place("book/publication.yaml"))
PLACE = Place("book/a.md", 3, 1)
EBOOK = EpubEdition(format="epub")
SCREEN = PdfEdition(format="pdf")
PRINT = PdfEdition(format="pdf", bleed=3.0, image_ppi=300, min_ppi=200)
PIXEL = Thumbnail(b"\x89PNG\r\n", "image/png")


def figure(id: str = "f", caption: str = "A caption.", placement: str = "column", **more: Any) -> Figure:
    values: dict[str, Any] = {"number": "1", "file": f"{id}.jpg", "alt": "Alt.", "credit": "C."}
    values |= {"caption": Caption("", caption) if caption else None, "placed": PLACEMENTS[placement]}
    return Figure(id=id, place=PLACE, **(values | more))


def photograph(width: int = 6000, height: int = 4000, **more: Any) -> Photograph:
    values: dict[str, Any] = {"file": Path("/p/assets/photos/f.jpg"), "kind": "photograph", "digest": ""}
    crop_and_blur = CropAndBlur(width, height, (0, 0, width, height))
    return Photograph(width=width, height=height, **(values | {"crop_and_blur": crop_and_blur} | more))


def book(*blocks: Block, language: str = "en", title: str = "T", **editions: Any) -> Publication:
    settings = Settings(title=title, language=language, editions=editions or {"print": PRINT})
    return Publication(settings, (Chapter("c-a", "A chapter", PLACE, blocks=blocks),))


def entry(
    figure_: Block, found: Photograph | None = None, editions: Mapping[str, Any] | None = None, id: str = "f"
) -> PhotoEntry:
    album = {id: found} if found else {}
    return next(e for e in entries(book(figure_, **(editions or {})), album, LAYOUT) if e.figure.id == id)


def page(publication: Publication, album: Mapping[str, Photograph] | None = None, **more: Any) -> html.HtmlElement:
    """The sheet as a browser reads it."""
    values: dict[str, Any] = {"thumbnails": {}, "findings": (), "unused": ()} | more
    text = contact_sheet(publication, entries(publication, album or {}, LAYOUT), **values)
    return html.document_fromstring(text.encode())


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# ---- what is known of a photograph


@pytest.mark.parametrize(
    ("ppi", "edition", "grade"),
    [
        (300, PRINT, "good"),
        (286, PRINT, "good"),
        (284, PRINT, "fair"),
        (201, PRINT, "fair"),
        (199, PRINT, "poor"),
        (250, PRINT.model_copy(update={"min_ppi": 260}), "poor"),
        (151, PRINT.model_copy(update={"min_ppi": None}), "fair"),
        (149, PRINT.model_copy(update={"min_ppi": None}), "poor"),
        (144, SCREEN, "good"),
        (101, SCREEN, "fair"),
        (99, SCREEN, "poor"),
        (80, PdfEdition(format="pdf", image_ppi=72), "good"),
    ],
)
def test_a_photograph_on_paper_is_judged_by_its_pixels_per_inch(ppi: int, edition: PdfEdition, grade: str) -> None:
    """In the column a picture stands 115 mm wide."""
    pixels = round(ppi * 115 / 25.4)
    (use,) = entry(figure(), photograph(pixels, pixels * 2 // 3), {"print": edition}).uses
    assert use.grade == grade
    assert use.ppi == pytest.approx(ppi, abs=1)
    assert use.words == f"{use.ppi:.0f} ppi at 115 mm"


@pytest.mark.parametrize(
    ("size", "grade", "words"),
    [
        ((1600, 900), "good", "1600 px"),
        ((1200, 6000), "good", "1600 px"),
        ((1599, 900), "fair", "1599 of 1600 px"),
        ((800, 600), "fair", "800 of 1600 px"),
        ((799, 600), "poor", "799 of 1600 px"),
    ],
)
def test_a_photograph_in_an_ebook_is_judged_by_its_longer_side(size: tuple[int, int], grade: str, words: str) -> None:
    (use,) = entry(figure(), photograph(*size), {"ebook": EBOOK}).uses
    assert (use.grade, use.words, use.millimetres, use.ppi) == (grade, words, None, None)


def test_a_drawing_is_good_at_any_size() -> None:
    found = entry(figure(), photograph(30, 20, kind="drawing"), {"ebook": EBOOK, "print": PRINT})
    assert [(use.grade, use.words) for use in found.uses] == [("good", "vector"), ("good", "vector at 115 mm")]
    assert (found.pixels, found.megapixels, found.largest) == ("vector drawing", 0, None)


def test_the_largest_print_is_that_of_the_most_demanding_press_edition() -> None:
    newspaper = PRINT.model_copy(update={"image_ppi": 200})
    assert str(entry(figure(), photograph()).largest) == "508 × 339 mm at 300 ppi"
    assert str(entry(figure(), photograph(), {"screen": SCREEN}).largest) == "508 × 339 mm at 300 ppi"
    assert (
        str(entry(figure(), photograph(), {"screen": SCREEN, "paper": newspaper}).largest) == "762 × 508 mm at 200 ppi"
    )


def test_a_cropped_picture_has_the_size_of_its_visible_part() -> None:
    cut = photograph(2400, 1800, crop_and_blur=CropAndBlur(3000, 3000, (300, 300, 2700, 2100)))
    found = entry(figure(), cut)
    assert (found.pixels, found.uncropped, found.megapixels) == ("2400 × 1800 pixels", "3000 × 3000 pixels", 4.32)
    assert entry(figure(), photograph()).uncropped == ""


@pytest.mark.parametrize(
    ("made", "found", "missing"),
    [
        (figure(), photograph(), ()),
        (figure(alt=""), photograph(), ("alt text",)),
        (figure(caption="", credit=""), photograph(), ("caption", "credit")),
        (figure(credit="", note_on_making="Made by a machine"), photograph(), ("credit",)),
        (figure(), None, ("photograph",)),
        (figure(caption="", alt="", credit=""), None, ("caption", "photograph")),
    ],
)
def test_what_is_missing_is_named(made: Figure, found: Photograph | None, missing: tuple[str, ...]) -> None:
    """Alt text and credit may come with a photograph, and are missed only when it is there."""
    assert entry(made, found).missing == missing


def test_a_gallerys_caption_serves_its_pictures() -> None:
    pictures = (figure("f", caption=""), figure("g", caption="Its own.", origins={"caption": "XMP"}))
    gallery = Gallery("x", "1", pictures, Caption("", "Shared."), PLACEMENTS["column"], PLACE)
    first, second = entry(gallery, id="f"), entry(gallery, id="g")
    assert first.texts[0] == ("caption", "Shared.", "gallery")
    assert second.texts[0] == ("caption", "Its own.", "XMP")
    assert "caption" not in first.missing
    assert first.standing == "in a gallery of 2"


def test_every_text_and_fact_comes_with_its_origin() -> None:
    metadata = Metadata(
        caption="What the agency wrote.",
        creators=("A. Photographer", "B. Photographer"),
        date=dt.date(2023, 9, 27),
        source_type="digitalCapture",
        origins={"caption": "IPTC", "creators": "XMP", "date": "EXIF", "source_type": "XMP"},
    )
    made = figure(long_description="Long.", origins={"caption": "manuscript", "long_description": "photos.yaml"})
    found = entry(made, photograph(metadata=metadata))
    assert found.texts == (
        ("caption", "A caption.", "manuscript"),
        ("alt", "Alt.", ""),
        ("credit", "C.", ""),
        ("long description", "Long.", "photos.yaml"),
    )
    assert found.facts == (
        ("caption in file", "What the agency wrote.", "IPTC"),
        ("creators", "A. Photographer, B. Photographer", "XMP"),
        ("taken", "2023-09-27", "EXIF"),
        ("source type", "digitalCapture", "XMP"),
    )


def test_a_files_caption_that_is_printed_is_not_listed_twice() -> None:
    found = entry(figure(), photograph(metadata=Metadata(caption="A caption.", origins={"caption": "XMP"})))
    assert found.facts == ()


def test_only_the_editions_that_show_a_photograph_are_reported() -> None:
    box = Box("only", (figure(),), PLACE, editions=("print",))
    editions = {"ebook": EBOOK, "print": PRINT}
    assert [use.edition for use in entry(box, photograph(), editions).uses] == ["print"]
    aside = Box("sidebar", (figure(),), PLACE)
    assert [use.edition for use in entry(aside, photograph(), editions).uses] == ["ebook", "print"]


# ---- photographs to come


@pytest.mark.parametrize(
    ("made", "editions", "asked"),
    [
        (figure(), {"ebook": EBOOK}, (1600, 1070, "3:2", "ebook")),
        (figure(placement="wide"), {"ebook": EBOOK, "screen": SCREEN, "print": PRINT}, (2010, 1340, "3:2", "print")),
        (figure(framing=Framing(aspect=4 / 5)), {"ebook": EBOOK}, (1280, 1600, "4:5", "ebook")),
        (figure(placement="bleed"), {"ebook": EBOOK, "print": PRINT}, (2560, 3260, "7:9", "print")),
    ],
)
def test_a_missing_photograph_is_requested_at_its_largest_size(
    made: Figure, editions: Mapping[str, Any], asked: tuple[int, int, str, str]
) -> None:
    wanted = entry(made, None, editions).wanted
    assert wanted is not None
    assert (wanted.width, wanted.height, wanted.shape, wanted.edition) == asked


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(1.5, "3:2"), (2 / 3, "2:3"), (1, "1:1"), (4 / 3, "4:3"), (16 / 9, "16:9"), (210 / 270, "7:9"), (20, "20:1")],
)
def test_aspect_ratios_are_written_in_small_numbers(ratio: float, said: str) -> None:
    assert shape(ratio) == said


@pytest.mark.slow
@given(st.floats(1 / 20, 20))
def test_a_shape_is_at_most_one_per_cent_off(ratio: float) -> None:
    wide, high = map(int, shape(ratio).split(":"))
    assert wide / high == pytest.approx(ratio, rel=0.0102)


def test_the_table_of_what_is_to_come_opens_in_a_spreadsheet() -> None:
    publication = book(figure("f", "“Quoted”, and more"), figure("there"), figure("g", "", file="", alt="", number=""))
    text = missing_csv(publication, {"there": photograph()}, LAYOUT)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.splitlines()[0] == ",".join(HEADER)
    assert rows[0] == {
        "figure": "1",
        "chapter": "A chapter",
        "place": "book/a.md:3",
        "file": "f.jpg",
        "placement": "in the column",
        "caption": "“Quoted”, and more",
        "alt": "Alt.",
        "width_px": "1360",
        "height_px": "910",
        "shape": "3:2",
        "edition": "print",
    }
    assert [(row["figure"], row["file"], row["caption"]) for row in rows[1:]] == [("", "", "")]


@pytest.mark.parametrize("caption", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_a_spreadsheet_runs_no_caption(caption: str) -> None:
    text = missing_csv(book(figure("f", caption)), {}, LAYOUT)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["caption"] == f"'{caption}"


@pytest.mark.slow
@given(st.text(), st.text())
def test_the_table_gives_back_every_text(caption: str, alt: str) -> None:
    text = missing_csv(book(figure("f", caption, alt=alt)), {}, LAYOUT)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    for found, meant in ((row["caption"], caption), (row["alt"], alt)):
        assert found.removeprefix("'") == CONTROL.sub("\ufffd", meant).removeprefix("'")
        assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_list_of_missing_pictures_has_what_to_deliver() -> None:
    publication = book(
        figure("f", "Trucks.", placement="wide"), figure("g", "", file="", alt="", number=""), title="The Road"
    )
    assert missing_text(publication, {}, LAYOUT) == (
        "Photographs to come for “The Road”: 2\n"
        "\n"
        "1. Figure 1: Trucks.\n"
        "   Shows: Alt.\n"
        "   Size: at least 2010 × 1340 pixels, shape 3:2\n"
        "   Stands: across column and margin, in “A chapter” (book/a.md:3)\n"
        "   File: f.jpg\n"
        "\n"
        "2. without a caption yet\n"
        "   Size: at least 1360 × 910 pixels, shape 3:2\n"
        "   Stands: in the column, in “A chapter” (book/a.md:3)\n"
    )


def test_with_all_photographs_there_no_missing_ones_are_listed() -> None:
    publication, album = book(figure()), {"f": photograph()}
    assert missing_text(publication, album, LAYOUT) == "All photographs for “T” have arrived.\n"
    assert missing_csv(publication, album, LAYOUT) == ",".join(HEADER) + "\r\n"


# ---- the terminal, and other programs


def test_the_listing_has_a_block_for_each_photograph() -> None:
    long = "Refugees stay by the road. " * 9
    made = figure(caption=long, alt="", origins={"caption": "XMP", "credit": "manuscript"})
    publication = book(made, figure("g", number="2", placement="wide"), ebook=EBOOK, print=PRINT)
    metadata = Metadata(headline="On the road", origins={"headline": "IPTC"})
    text = listing(entries(publication, {"f": photograph(1500, 1000, metadata=metadata)}, LAYOUT))
    assert text == (
        "Figure 1 · f.jpg · 1500 × 1000 pixels (1.5 megapixels) · book/a.md:3\n"
        "  alt text          –            missing\n"
        f"  caption           XMP          {long[:89]}…\n"
        "  credit            manuscript   C.\n"
        "  headline          IPTC         On the road\n"
        "  ebook             just enough  1500 of 1600 px\n"
        "  print             good         331 ppi at 115 mm\n"
        "\n"
        "Figure 2 · g.jpg · to come · book/a.md:3\n"
        "  photograph        –            missing\n"
        "  caption                        A caption.\n"
        "  alt                            Alt.\n"
        "  credit                         C.\n"
        "  wanted            print        at least 2010 × 1340 pixels, 3:2\n"
    )
    assert listing(()) == "There are no photographs.\n"


@pytest.mark.slow
@given(st.text())
def test_no_text_breaks_a_line_of_the_listing_or_moves_the_terminal(caption: str) -> None:
    text = listing([entry(figure(caption=caption))])
    assert len(text.split("\n")) == len(listing([entry(figure(caption="c" if caption else ""))]).split("\n"))
    assert not CONTROL.search(text)


def test_other_programs_get_plain_values() -> None:
    metadata = Metadata(
        creators=("A. Photographer",), date=dt.date(2023, 9, 27), origins={"creators": "XMP", "date": "EXIF"}
    )
    publication = book(figure(origins={"caption": "XMP"}), figure("g", number="2"), ebook=EBOOK, print=PRINT)
    first, second = json.loads(json.dumps(as_json(entries(publication, {"f": photograph(metadata=metadata)}, LAYOUT))))
    assert {"id": "f", "figure": "1", "file": "f.jpg", "width": 6000, "height": 4000}.items() <= first.items()
    assert first["place"] == {"file": "book/a.md", "line": 3, "column": 1}
    assert first["texts"]["caption"] == {"text": "A caption.", "origin": "XMP"}
    assert first["metadata"] == {
        "creators": {"value": ["A. Photographer"], "origin": "XMP"},
        "date": {"value": "2023-09-27", "origin": "EXIF"},
    }
    assert first["editions"] == {
        "ebook": {"mm": None, "ppi": None, "grade": "good"},
        "print": {"mm": 115.0, "ppi": 1325.2, "grade": "good"},
    }
    assert (second["width"], second["missing"], second["metadata"]) == (None, ["photograph"], {})
    assert second["wanted"] == {"width": 1600, "height": 1070, "shape": "3:2", "edition": "ebook"}


# ---- the page


FINDINGS: tuple[Finding, ...] = (
    warning("picture-small", PLACE, "Too few <pixels>.", "Deliver a larger file."),
    advice("photo-unused", Place("assets/photos/x.jpg"), "Nobody shows it.", ""),
)


def whole_page() -> tuple[Publication, Mapping[str, Photograph]]:
    blocks = (
        figure("f"),
        figure("g", "", alt="", credit="", number="2"),
        figure("h", number="3", placement="opener"),
        figure("d", number="4"),
    )
    album = {"f": photograph(), "g": photograph(300, 200), "d": photograph(30, 20, kind="drawing")}
    return book(*blocks, ebook=EBOOK, print=PRINT), album


def test_the_page_is_whole_and_asks_for_nothing() -> None:
    """One file: no network, no script, no other file."""
    publication, album = whole_page()
    made = entries(publication, album, LAYOUT)
    text = contact_sheet(publication, made, {"f": PIXEL, "g": PIXEL}, FINDINGS, ("unused.jpg",))
    tree = html.document_fromstring(text.encode())
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not tree.xpath("//script | //link | //iframe | //object | //form")
    assert all(address.startswith("data:image/png;base64,") for address in tree.xpath("//img/@src"))
    assert all(address.startswith("#") for address in tree.xpath("//a/@href"))
    assert not re.search(r"url\(|@import|https?:|\son\w+=", text)


def test_the_page_is_well_formed_html5() -> None:
    parser = pytest.importorskip("tinyhtml5.parser")
    publication, album = whole_page()
    text = contact_sheet(publication, entries(publication, album, LAYOUT), {"f": PIXEL}, FINDINGS, ("unused.jpg",))
    reader = parser.HTMLParser()
    reader.parse(text)
    assert reader.errors == []
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_the_counts_at_the_top_filter_the_cards() -> None:
    tree = page(*whole_page())
    assert [said(label) for label in tree.xpath("//label")] == [
        "4 pictures",
        "1 to come",
        "1 without alt text",
        "1 without caption",
        "1 without credit",
        "1 too small for ebook",
        "1 too small for print",
    ]
    cards = {said(card.find(".//h3")): set(card.get("class").split()) for card in tree.xpath("//article")}
    assert cards == {
        "Figure 1 f.jpg": {"card"},
        "Figure 2 f.jpg": {
            "card", "is-alt-text", "is-caption", "is-credit", "is-small-ebook", "is-small-print",
        },
        "Figure 3 h.jpg": {"card", "is-photograph"},
        "Figure 4 f.jpg": {"card"},
    }  # fmt: skip
    keys = {id.removeprefix("show-") for id in tree.xpath("//input/@id")}
    assert {f"is-{key}" for key in keys} >= set().union(*cards.values()) - {"card"}
    for key in keys - {"all"}:
        assert f"body:has(#show-{key}:checked) .card:not(.is-{key})" in tree.xpath("string(//style)")


def test_without_findings_the_counts_are_zero() -> None:
    labels = [said(label) for label in page(book(figure()), {"f": photograph()}).xpath("//label")]
    assert labels == [
        "1 picture", "0 to come", "0 without alt text", "0 without caption", "0 without credit", "0 too small",
    ]  # fmt: skip


def test_a_card_has_everything_in_words() -> None:
    tree = page(*whole_page(), thumbnails={"f": PIXEL, "g": PIXEL})
    good, poor, to_come, drawing = tree.xpath("//article")
    assert good.xpath(".//img/@alt") == ["Alt."]
    for words in ("A chapter", "book/a.md:3", "in the column", "A caption.", "24.0 megapixels", "508 × 339 mm"):
        assert words in said(good)
    assert [said(row) for row in good.xpath(".//tbody/tr")] == ["ebook1600 pxgood", "print1325 ppi at 115 mmgood"]
    assert good.xpath(".//th/@scope") == ["col", "col", "col", "row", "row"]
    assert poor.xpath(".//img/@alt") == [""]
    assert said(poor.find(".//ul")) == "no alt text no caption no credit"
    assert [said(cell) for cell in poor.xpath(".//td[last()]")] == ["too small", "too small"]
    assert "Photograph to come at least 2560 × 3260 pixels 7:9, for print" in said(to_come)
    assert to_come.xpath(".//*[@class='frame']/@style") == ["--shape: 0.7853"]
    assert "No preview" in said(drawing)
    assert "vector drawing" in said(drawing)


def test_the_books_own_texts_carry_its_language_and_direction() -> None:
    tree = page(book(figure(), language="ar"), {"f": photograph()}, thumbnails={"f": PIXEL})
    assert tree.get("lang") == "en"
    own = {element.tag for element in tree.xpath("//*[@lang='ar' and @dir='rtl']")}
    assert own == {"bdi", "img", "dd"}
    assert tree.xpath("string(//h1/bdi[@lang='ar'])") == "T"


def test_findings_lead_to_their_picture_and_unused_files_are_named() -> None:
    tree = page(*whole_page(), findings=FINDINGS, unused=("assets/photos/<x>.jpg",))
    first, second = tree.xpath("//*[contains(@class, 'findings')]//li")
    assert said(first) == "warning book/a.md:3:1 Too few <pixels>. Deliver a larger file."
    assert first.xpath(".//a/@href") == ["#picture-1"]
    assert tree.get_element_by_id("picture-1").tag == "article"
    assert not second.xpath(".//a")
    assert [said(item) for item in tree.xpath("//*[contains(@class, 'unused')]//li")] == ["assets/photos/<x>.jpg"]


def test_many_findings_are_folded_so_that_the_pictures_are_seen() -> None:
    few, many = (
        page(*whole_page(), findings=FINDINGS * n).xpath("//details[contains(@class, 'findings')]") for n in (1, 9)
    )
    assert "open" in few[0].attrib
    assert "open" not in many[0].attrib


def test_a_publication_without_photographs_is_reported_as_such() -> None:
    assert "There are no photographs." in said(page(book()))


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&amp; {{ 7 * 7 }}", "</style>"]
)
@pytest.mark.slow
def test_no_text_becomes_markup(text: str) -> None:
    metadata = Metadata(headline=text, origins={"headline": "XMP"})
    made = figure("f", text, alt=text, credit=text, long_description=text, file=text)
    found = photograph(metadata=metadata, file=Path(text.replace("/", "∕")))
    tree = page(book(made, title=text), {"f": found}, thumbnails={"f": PIXEL}, unused=(text,))
    assert not tree.xpath("//script")
    assert tree.xpath("//img/@alt") == [text]
    assert said(tree.find(".//h1")) == text
    assert [said(words) for words in tree.xpath("//dl[@class='texts']//dd")] == [text] * 4
    assert tree.xpath("//*[@onerror]") == []


@pytest.mark.slow
@settings(max_examples=30)
@given(st.text(min_size=1))
def test_every_text_arrives_as_it_was_written(text: str) -> None:
    """But for what no HTML may hold."""
    meant = CONTROL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    tree = page(book(figure("f", text, alt=text)), {"f": photograph()}, thumbnails={"f": PIXEL})
    assert tree.xpath("//dl[@class='texts']//dd")[0].text_content() == meant
    assert tree.xpath("//img/@alt")[0].split() == meant.split()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_word_has_contrast_and_the_background_of_photographs_no_colour(scheme: int) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    style = page(book()).xpath("string(//style)")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]))
    backgrounds = {
        "card": ("ink", "soft", "accent", "red", "amber", "green"),
        "table": ("ink", "accent"),
        "background": ("ink", "red"),
    }
    for background, inks in backgrounds.items():
        for ink in inks:
            light, dark = sorted((luminance(colours[background]), luminance(colours[ink])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (background, ink)
        assert len({colours[background][n : n + 2] for n in (1, 3, 5)}) == 1, f"{background} is tinted"


def test_grades_are_written_in_words() -> None:
    assert [grade.words for grade in Grade] == ["good", "just enough", "too small"]


def test_a_trim_of_ones_own_is_measured_too() -> None:
    square = PRINT.model_copy(update={"trim": Trim(300, 300)})
    (use,) = entry(figure(placement="bleed"), photograph(6000, 6000), {"square": square}).uses
    assert use.words == "498 ppi at 306 mm"


def test_the_sheet_says_that_it_is_not_for_publication() -> None:
    sheet = contact_sheet(book(), (), {}, (), ())
    assert "not for publication" in sheet
    assert "It names people" in sheet
