"""A fixed layout: the very pages of the book as an ebook, with their text in its place and in the order of reading."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import measuring
import pypdfium2
import pytest
from conftest import Publish, ids, lines, picture
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from PIL import Image as Picture
from test_epub import MODIFIED, composition
from validators import epubcheck

from pressroom import machine, production
from pressroom.design.composition import Composition, FontFace
from pressroom.epub.pagelist import Marker
from pressroom.errors import ExitCode, MachineError, PressroomError, error
from pressroom.fixed import Book, export_fixed, fixed_fonts
from pressroom.fixed.fixed_page import Element, FallbackRun, FixedPage, Ground, Image, TypeRun
from pressroom.fixed.page_files import Leaf, Renderer, stretched
from pressroom.fixed.styles import Types, inline
from pressroom.fixed.styles import line as line_of
from pressroom.fixed.styles import sheet as sheet_of
from pressroom.publication import Publication, Settings
from pressroom.publication.ebook_edition import MOST_PIXELS, EpubEdition, FixedPages
from pressroom.publication.measures import PT_PER_PX, Trim
from pressroom.publication.pdf_edition import PdfEdition
from pressroom.settings import read_settings
from pressroom.typeset.boxes import Rectangle, RuleLine, Type

__all__ = ["composition"]
pytestmark = pytest.mark.xdist_group("fixed-layout")  # a book that many tests look at is laid out once
PREFIXES = {"h": "http://www.w3.org/1999/xhtml", "opf": "http://www.idpf.org/2007/opf"}
X = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
PX_PER_PT = 96 / 72
TEXT = Type(("Serif", "serif"), 10.5)


# ---- one page, by hand: places in pt, and what is written of them in CSS px


def line(text: str = "Words", left: float = 75, baseline: float = 150, **more: Any) -> TypeRun:
    return TypeRun(text, left, baseline, 30, more.pop("type", TEXT), **more)


def paper(*kids: Any, **more: Any) -> FixedPage:
    given = {"unit": "c-1", "kind": "chapter", "title": "The fire", "matter": "body", "folio": "12", "is_recto": False}
    return FixedPage(**{**given, "width": 595.28, "height": 765.35, "kids": kids, **more})


def leaf(sheet: FixedPage) -> Leaf:
    return Leaf("p-1", sheet, Marker(sheet.folio, f"page-{sheet.folio}", "p-1"))


def rendered(sheet: FixedPage, language: str = "en") -> etree._Element:
    return Renderer(language, "The book", Types()).page(leaf(sheet)).root


def found(root: etree._Element, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=PREFIXES))


def style(element: etree._Element) -> dict[str, float]:
    pairs = (pair.split(": ") for pair in str(element.get("style")).split("; "))
    return {name: float(value.removesuffix("px")) for name, value in pairs}


def test_text_is_on_its_baseline_whatever_ascent_the_font_declares() -> None:
    [span] = found(rendered(paper(Element("p", (), (line(),)))), "//h:p/h:span")
    assert style(span) == {"left": 100, "top": 200 - TEXT.size * PX_PER_PT}
    rules = sheet_of((), Types())
    assert re.search(r"\.t \{[^}]*line-height: 0;", rules)
    assert re.search(r"\.t::before \{[^}]*display: inline-block;[^}]*height: 1em", rules)


def test_space_between_words_is_exact_where_there_are_words() -> None:
    root = rendered(paper(line("one two", word_spacing=0.92592), line("one", word_spacing=0.92592)))
    assert ["word-spacing" in style(span) for span in found(root, "//h:span[@class]")] == [True, False]
    assert style(found(root, "//h:span[@class]")[0])["word-spacing"] == 1.2346


@pytest.mark.slow
@given(some.integers(-5000, 5000), some.integers(0, 400))
def test_what_was_measured_in_css_px_is_written_as_it_was(hundredths: int, width: int) -> None:
    length = hundredths / 100
    assert inline(left=length * PT_PER_PX) == f"left: {length}px"
    assert line_of(RuleLine(width / 100 * PT_PER_PX, "solid", "#000")) == f"{width / 100:.3f}px solid #000"


def test_a_broken_word_is_read_out_whole_and_shows_its_hyphen() -> None:
    root = rendered(paper(Element("p", (), (line("exam\u2010", end="broken"), line("ple")))))
    [p] = found(root, "//h:p")
    assert "".join(p.itertext()) == "example"
    assert p[0].get("data-hyphen") == "\u2010"


def test_letters_of_another_font_are_named_with_it() -> None:
    root = rendered(paper(Element("p", (), (line("ab, c", lent=(FallbackRun(2, 3, "Lender"),)),))))
    [p] = found(root, "//h:p")
    assert "".join(p.itertext()) == "ab, c"
    assert [span.text for span in found(p, ".//h:span[@class='f1']")] == [","]


def test_the_page_has_whole_pixels_and_what_ends_at_its_edge_still_does() -> None:
    whole = Rectangle(0, 0, 595.28, 765.35)
    sheet = paper(Image("a.jpg", Rectangle(-595.28, 0, 1190.56, 765.35), whole))
    root = rendered(sheet)
    assert found(root, "//h:meta[@name='viewport']/@content") == ["width=794, height=1020"]
    image = stretched(sheet.kids[0], leaf(sheet))  # type: ignore[arg-type]
    assert image.frame == Rectangle(0, 0, 595.5, 765)
    assert (image.box.left, image.box.right) == (pytest.approx(-595.5), pytest.approx(595.5))
    assert [style(span)["width"] for span in found(root, "//h:body | //h:span[@class='i']")] == [794, 794]
    inside = Image("a.jpg", Rectangle(10, 10, 50, 50), Rectangle(10, 10, 50, 50))
    assert stretched(inside, leaf(sheet)) == inside


def test_running_heads_and_colours_are_for_the_eye_only() -> None:
    ground = Ground(Rectangle(0, 0, 595.28, 75), (("background-color", "#eee"),))
    root = rendered(paper(line("Text"), furniture=(line("12"),), grounds=(ground,)))
    hidden = found(root, "//h:div[@aria-hidden='true']")
    assert ["".join(div.itertext()) for div in hidden] == ["", "12"]
    assert found(root, "//h:body/h:span[@role='doc-pagebreak']/@aria-label") == ["12"]


def test_a_blank_page_has_only_its_page_marker() -> None:
    root = rendered(paper(kind="blank", unit="", title=""))
    assert "".join(found(root, "//h:body")[0].itertext()) == ""
    assert found(root, "//h:title/text()") == ["The book · 12"]


# ---- a book of three pages, built in the test


def booklet(composition: Composition, tmp_path: Path, language: str = "en") -> Book:
    fire, whole = composition.renditions[0].name, Rectangle(0, 0, 67.5, 45)
    sheets = (
        paper(Element("p", (("id", "cover"),)), unit="cover", kind="cover", folio="i", matter="front", is_recto=True),
        paper(
            Element("h1", (("id", "c-1"),), (line("The fire"),)),
            Element("p", (), (Element("a", (("href", "#c-2"),), (line("over"),)),)),
            Element("figure", (("id", "s-2"),), (Image(fire, whole, whole, "A fire"),)),
            folio="2",
        ),
        paper(
            Element("h1", (("id", "c-2"),), (line("The road"),)),
            Image(fire, whole, whole, is_silent=True),
            unit="c-2", folio="3", is_recto=True,
        ),
    )  # fmt: skip
    settings = Settings.model_validate({"title": "T", "language": language})
    pages = replace(composition, publication=Publication(settings, ()), contents=composition.contents)
    return Book(pages, sheets, (), ())


def opened(book: Book) -> zipfile.ZipFile:
    file = io.BytesIO()
    export_fixed(book, MODIFIED, file)
    return zipfile.ZipFile(file)


def package(book: Book) -> etree._Element:
    return etree.fromstring(opened(book).read("EPUB/content.opf"))


SIDES = {
    "en": ["rendition:page-spread-center", "page-spread-left", "page-spread-right"],
    "he": ["rendition:page-spread-center", "page-spread-right", "page-spread-left"],
}


@pytest.mark.parametrize("language", SIDES)
def test_the_cover_is_alone_and_every_page_on_its_side(composition: Composition, tmp_path: Path, language: str) -> None:
    root = package(booklet(composition, tmp_path, language))
    assert found(root, "//opf:itemref/@properties") == SIDES[language]
    assert found(root, "//opf:spine/@page-progression-direction") == (["rtl"] if language == "he" else [])
    terms = {m.get("property"): m.text for m in found(root, "//opf:meta[starts-with(@property, 'rendition:')]")}
    assert terms == {
        "rendition:layout": "pre-paginated",
        "rendition:orientation": "auto",
        "rendition:spread": "auto",
    }


def test_links_lead_to_the_page_and_the_list_names_every_page(composition: Composition, tmp_path: Path) -> None:
    files = opened(booklet(composition, tmp_path))
    page = etree.fromstring(files.read("EPUB/text/p-2.xhtml"))
    assert found(page, "//h:a/@href") == ["p-3.xhtml#c-2"]
    nav = etree.fromstring(files.read("EPUB/nav.xhtml"))
    entries = found(nav, "//h:nav[@role='doc-pagelist']//h:a")
    assert [(a.text, a.get("href")) for a in entries] == [
        ("i", "text/p-1.xhtml#page-i"),
        ("2", "text/p-2.xhtml#page-2"),
        ("3", "text/p-3.xhtml#page-3"),
    ]
    assert found(nav, "//h:nav[@role='doc-toc']//h:a/@href") == [
        "text/p-2.xhtml#c-1",
        "text/p-3.xhtml#c-2",
        "text/p-2.xhtml#s-2",
    ]


def test_a_spread_is_read_out_as_one_picture(composition: Composition, tmp_path: Path) -> None:
    terms = {m.text for m in found(package(booklet(composition, tmp_path)), "//opf:meta")}
    assert {"alternativeText", "Every picture has a text alternative. The contents lead to every chapter; "
            "pages do not reflow."} <= terms  # fmt: skip
    assert "displayTransformability" not in terms


def test_it_claims_no_conformance_and_pages_of_no_other_edition(composition: Composition, tmp_path: Path) -> None:
    book = booklet(composition, tmp_path)
    stated = {"conforms_to": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "certified_by": "Example Press"}
    settings = Settings.model_validate({"title": "T", "language": "en", "accessibility": stated})
    pages = EpubEdition(format="epub", layout_mode="fixed").laid_out_as(None)
    claiming = replace(
        book, composition=replace(book.composition, publication=Publication(settings, ()), edition=pages)
    )
    told = {m.get("property"): m.text for m in found(package(claiming), "//opf:meta")}
    assert told["pageBreakSource"] == "none"
    assert not {"dcterms:conformsTo", "a11y:certifiedBy"} & told.keys()
    printed = found(package(replace(book, pages_from="urn:isbn:9780000000019")), "//opf:meta")
    assert [m.text for m in printed if m.get("property") == "pageBreakSource"] == ["urn:isbn:9780000000019"]


def test_the_same_pages_give_the_same_bytes(composition: Composition, tmp_path: Path) -> None:
    book = booklet(composition, tmp_path)
    first, second = io.BytesIO(), io.BytesIO()
    export_fixed(book, MODIFIED, first)
    export_fixed(book, MODIFIED, second)
    assert first.getvalue() == second.getvalue()


def test_a_font_that_may_not_be_brought_stops_it(composition: Composition, tmp_path: Path) -> None:
    restricted = FontFace("Kept", 400, italic=False, file=tmp_path / "kept.ttf", permissions=0x0002)
    with pytest.raises(PressroomError) as told:
        fixed_fonts(composition, (restricted,), tmp_path)
    assert ids(told.value.findings) == ["font-withheld"]


# ---- settings

FLOWING = "title: T\nlanguage: en\neditions:\n  ebook: {format: epub%s}\n  print: {format: pdf, trim: a5, bleed: 3mm}\n"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (", trim: a5", "book/publication.yaml:4:25 error trim-without-pages"),
        (", layout_mode: fixed, fonts: none", "book/publication.yaml:4:45 error fixed-without-fonts"),
        (", layout_mode: fixed, image_px: 900", "book/publication.yaml:4:45 error image-px-fixed"),
    ],
)
def test_keys_that_cannot_be_kept_are_reported(publication: Publish, keys: str, expected: str) -> None:
    with pytest.raises(PressroomError) as told:
        read_settings(publication(settings=FLOWING % keys))
    assert lines(told.value.findings) == [expected]


@pytest.mark.parametrize(
    ("keys", "trim"),
    [
        ("", Trim(210, 270)),
        (", pages_from: print", Trim(148, 210)),
        (", pages_from: print, trim: 200x200mm", Trim(200, 200)),
    ],
)
def test_its_pages_have_its_trim_or_that_of_pages_from(publication: Publish, keys: str, trim: Trim) -> None:
    manuscript = production.read(production.Order(publication(settings=FLOWING % f", layout_mode: fixed{keys}")))
    pages, pdf = (manuscript.edition(name).on_its_pages().edition for name in ("ebook", "print"))
    assert isinstance(pages, FixedPages)
    assert (pages.trim, pages.bleed, pages.for_press, pages.image_ppi) == (trim, 0, False, 150)
    assert pdf is manuscript.publication.settings.editions["print"]


def test_no_picture_has_more_pixels_than_a_shop_takes() -> None:
    wall = EpubEdition(format="epub", layout_mode="fixed", trim=Trim(900, 900))
    pages = wall.laid_out_as(None)
    assert isinstance(pages, PdfEdition)
    assert (900 / 25.4 * pages.image_ppi) ** 2 <= MOST_PIXELS


@pytest.mark.slow
def test_without_pango_pdfs_are_reported_and_other_editions_are_made(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str) -> Any:
        raise MachineError([error("pango-missing", machine.PLACE, "No Pango.", "Type: apt-get install pango")])

    monkeypatch.setattr(machine, "load_page_engine", missing)
    editions = "editions:\n  ebook: {format: epub, fonts: none}\n  pages: {format: epub, layout_mode: fixed}\n"
    report = production.build(production.Order(publication(settings=f"title: T\nlanguage: en\n{editions}")))
    assert [product.path.name for product in report.products] == ["t.epub"]
    assert (ids(report.findings), report.exit_code) == (["pango-missing"], ExitCode.MACHINE)


@pytest.mark.slow
def test_a_claim_to_conform_is_for_the_other_ebook(publication: Publish) -> None:
    claim = "accessibility: {conforms_to: EPUB Accessibility 1.1 - WCAG 2.2 Level AA, certified_by: Example Press}\n"
    editions = "editions: {pages: {format: epub, layout_mode: fixed}}\n"
    report = production.check(production.Order(publication(settings=f"title: T\nlanguage: en\n{claim}{editions}")))
    assert [(f.id, f.severity) for f in report.findings] == [("conformance-fixed", "advice")]


# ---- a book, made

PROSE = "The quick compositor assembled extraordinary typographical arrangements beneath the flickering lamplight. "


def numbered(words: int, seed: str) -> str:
    """Words that each come once, some of them long enough to be parted."""
    long = ("arrangement", "responsibility", "ink", "paper", "of", "characteristic", "light")
    return " ".join(f"{long[n % len(long)]}{seed}{n}" for n in range(words))


MANUSCRIPT = {
    "book/a.md": f"""# The first chapter

{numbered(90, "a")}.[^1] See [](#fig-road) and [the second](b.md).

## A heading of the second level

![A road seen from above](road.png){{#fig-road}}
The road, with a [note][^2] in its caption.

{numbered(420, "b")}

| Paper | Width |
|---|---|
| Octavo | 12 |
| Quarto | |

- one item
- another item

![A panorama](road.png){{.spread #fig-wide}}
Both halves of it.

{numbered(600, "c")}

[^1]: The first note, {numbered(6, "n")}.
[^2]: The second note.
""",
    "book/b.md": f"# The second chapter\n\n{numbered(60, 'd')} *slanted* **heavy** and буквы, γράμμα. {PROSE}\n\n"
    "![]()\nA photograph to come.\n\n"
    "![A road](road.png){.inset}\nSmall.\n\n" + f"{numbered(200, 'e')}\n",
    "book/photos.yaml": "road.png: {long_description: A road runs from left to right.}\n",
}
EDITIONS = """editions:
  ebook: {format: epub, pages_from: print}
  pages: {format: epub, layout_mode: fixed, pages_from: print}
  print: {format: pdf, trim: 170x220mm, bleed: 3mm}
  screen: {format: pdf, trim: 170x220mm}
"""


@dataclass(frozen=True)
class Made:
    """A fixed layout, and the PDF of the same pages."""

    epub: Path
    pdf: Path
    report: production.Report

    @cached_property
    def pages(self) -> list[etree._Element]:
        """Its pages."""
        with zipfile.ZipFile(self.epub) as file:
            names = sorted(name for name in file.namelist() if name.startswith("EPUB/text/"))
            return [etree.fromstring(file.read(name)) for name in names]

    @cached_property
    def package(self) -> etree._Element:
        """The metadata of the ebook."""
        return self.part("content.opf")

    @cached_property
    def document(self) -> pypdfium2.PdfDocument:
        """The PDF."""
        return pypdfium2.PdfDocument(self.pdf)

    def part(self, name: str) -> etree._Element:
        """A file of the ebook."""
        with zipfile.ZipFile(self.epub) as file:
            return etree.fromstring(file.read(f"EPUB/{name}"))


def make(root: Path, *editions: str) -> Made:
    picture(root / "assets/photos/road.png", 1800, 1200)
    report = production.build(production.Order(root, editions, source_date=measuring.DATE))
    paths = {product.edition: product.path for product in report.products}
    assert {"pages", "screen"} <= paths.keys(), report.findings
    return Made(paths["pages"], paths["screen"], report)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("fixed")
    for name, text in MANUSCRIPT.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "book/publication.yaml").write_text(f"title: T\nlanguage: en-GB\n{EDITIONS}", "utf-8")
    return make(root)


def read(page: etree._Element) -> str:
    """The text of a page as a screen reader reads it out, in order."""
    body = page.find(f"{X}body")
    assert body is not None
    return "".join(_read(body))


def _read(element: etree._Element) -> Iterator[str]:
    if element.get("aria-hidden") == "true":
        return
    yield element.text or ""
    for child in element:
        yield from _read(child)
        yield child.tail or ""


@pytest.mark.slow
def test_every_word_is_there_once_and_in_order(made: Made) -> None:
    told = "".join(map(read, made.pages))
    for seed, count in (("a", 90), ("b", 420), ("c", 600), ("d", 60), ("e", 200)):
        words = [int(n) for n in re.findall(rf"[a-z]{seed}(\d+)(?!\d)", told)]
        assert words == list(range(count)), seed
    assert [told.count(words) for words in ("The first note", "Both halves of it", "one item", "буквы")] == [1] * 4


@pytest.mark.slow
def test_each_page_has_the_letters_of_its_page_in_the_pdf(made: Made) -> None:
    assert len(made.pages) == len(made.document)
    for page, printed in zip(made.pages, made.document, strict=True):
        body = page.find(f"{X}body")
        assert body is not None
        shown = "".join(body.itertext()) + "".join(found(page, "//@data-hyphen"))
        assert letters_in(shown) == letters_in("".join(one.text for one in measuring.letters(printed)))


def letters_in(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKD", text).casefold().replace("\u2010", "-")
    return Counter(c for c in plain if not c.isspace() and c not in "\u00ad\u0002\ufffe\u0301")


@pytest.mark.slow
def test_every_line_begins_where_it_does_in_the_pdf(made: Made) -> None:
    compared = 0
    for page, printed in zip(made.pages, made.document, strict=True):
        origins = [(one.x * PX_PER_PT, one.y * PX_PER_PT) for one in measuring.letters(printed)]
        for span, place, size in runs(made, page):
            if (span.text or "").strip() and not (span.text or "").startswith(" "):
                at = place["left"], place["top"] + size
                assert any(abs(at[0] - x) < 0.7 and abs(at[1] - y) < 0.7 for x, y in origins), (span.text, at)
                compared += 1
    assert compared > 150


def runs(made: Made, page: etree._Element) -> Iterator[tuple[etree._Element, dict[str, float], float]]:
    """The lines of a page, where they stand, and the size of their type."""
    with zipfile.ZipFile(made.epub) as file:
        css = file.read("EPUB/styles/fixed.css").decode()
    sizes = {name: float(size) for name, size in re.findall(r"\.(t\d+) \{[^}]*font-size: ([\d.]+)px", css)}
    for span in found(page, "//h:span[starts-with(@class, 't ')]"):
        yield span, style(span), sizes[str(span.get("class")).split()[1]]


@pytest.mark.slow
def test_left_and_right_go_by_the_number(made: Made) -> None:
    folios = [made.document.get_page_label(n) for n in range(len(made.document))]
    sides = found(made.package, "//opf:itemref/@properties")
    assert sides[0] == "rendition:page-spread-center"
    for folio, side in zip(folios[1:], sides[1:], strict=True):
        if folio.isdigit():
            assert side == ("page-spread-right" if int(folio) % 2 else "page-spread-left")


@pytest.mark.slow
def test_the_list_of_pages_is_that_of_the_pdf(made: Made) -> None:
    folios = [made.document.get_page_label(n) for n in range(len(made.document))]
    entries = found(made.part("nav.xhtml"), "//h:nav[@role='doc-pagelist']//h:a")
    assert [a.text for a in entries] == [folio for folio in folios if folio]
    for a in entries:
        file, _, id = str(a.get("href")).partition("#")
        assert found(made.part(file), f"//*[@id='{id}']/@aria-label") == [a.text]


@pytest.mark.slow
def test_a_spread_is_on_facing_pages_and_described_once(made: Made) -> None:
    [first] = [n for n, page in enumerate(made.pages) if found(page, "//h:img[@alt='A panorama']")]
    sides = found(made.package, "//opf:itemref/@properties")
    assert sides[first : first + 2] == ["page-spread-left", "page-spread-right"]
    [verso], [recto] = (found(made.pages[n], "//h:img") for n in (first, first + 1))
    assert verso.get("src") == recto.get("src")
    assert (recto.get("alt"), recto.get("role")) == ("", "presentation")
    width = float(re.search(r"width=(\d+)", found(made.pages[first], "//h:meta/@content")[0])[1])  # type: ignore[index]
    assert style(verso)["left"] == pytest.approx(style(recto)["left"] + width, abs=0.02)  # they meet at the fold
    assert found(made.pages[first], "//h:figure/@id") == ["fig-wide"]


@pytest.mark.slow
def test_links_lead_to_the_page_that_is_printed_beside_them(made: Made) -> None:
    followed = 0
    for page in made.pages:
        for a in found(page, "//h:a[starts-with(@href, 'p-') and contains(., '(p.')]"):
            file, _, id = str(a.get("href")).partition("#")
            target = made.part(f"text/{file}")
            assert found(target, f"//*[@id='{id}']")
            number = re.search(r"\(p\.\s(\w+)\)", "".join(a.itertext()))
            assert number
            assert found(target, "//*[@role='doc-pagebreak']/@aria-label") == [number[1]]
            followed += 1
    assert followed


@pytest.mark.slow
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_picture_over_the_fold_beside_small_ones_can_be_linked_to(publication: Publish, side: str) -> None:
    """It has an id of its own beside that of its gallery."""
    pictures = "![Small](road.png){#fig-one}\nOne.\n\n![Large](road.png){#fig-two}\nTwo.\n"
    text = f"# A\n\nSee [](#fig-one), [](#fig-two).\n\n::: gallery {{.over .{side}}}\n{pictures}:::\n"
    settings = (
        "title: T\nlanguage: en\nlayout: album\narrange: none\neditions:\n  screen: {format: pdf, trim: 210x210mm}\n"
    )
    settings += "  pages: {format: epub, layout_mode: fixed, trim: 210x210mm, pages_from: screen}\n"
    made = make(publication({"book/a.md": text}, settings=settings))
    ids = {id for page in made.pages for id in found(page, "//@id")}
    assert {"fig-one", "fig-two"} <= ids
    assert not [finding for finding in made.report.findings if finding.severity == "error"]


@pytest.mark.slow
def test_ids_come_once(made: Made) -> None:
    all_ids = [id for page in made.pages for id in found(page, "//@id")]
    assert len(all_ids) == len(set(all_ids))


@pytest.mark.slow
def test_a_note_stands_on_the_page_of_its_call_and_both_lead_to_each_other(made: Made) -> None:
    calls = [(page, a) for page in made.pages for a in found(page, "//h:a[@role='doc-noteref']")]
    assert len(calls) == 2
    for page, call in calls:
        [note] = found(page, f"//h:div[@id='{call.get('href')[1:]}']")
        assert (note.get("role"), note.get(TYPE)) == ("doc-footnote", "footnote")
        assert found(note, ".//h:a[@role='doc-backlink']/@href") == [f"#{call.get('id')}"]


@pytest.mark.slow
def test_a_caption_belongs_to_its_figure_and_its_description_to_its_picture(made: Made) -> None:
    [figure] = [f for page in made.pages for f in found(page, "//h:figure[@id='fig-road']")]
    assert found(figure, ".//h:img/@alt") == ["A road seen from above"]
    assert "The road" in "".join(found(figure, "./h:figcaption")[0].itertext())
    details = found(figure, ".//h:img/@aria-details")[0]
    assert "from left to right" in "".join(found(figure, f".//*[@id='{details}']")[0].itertext())


@pytest.mark.slow
def test_a_table_keeps_its_empty_cells(made: Made) -> None:
    [table] = [t for page in made.pages for t in found(page, "//h:table")]
    assert [len(found(row, "./h:th|./h:td")) for row in found(table, ".//h:tr")] == [2, 2, 2]


@pytest.mark.slow
def test_the_chapter_is_one_chapter_though_it_has_many_pages(made: Made) -> None:
    roles = [role for page in made.pages for role in found(page, "//h:section/@role")]
    assert roles.count("doc-chapter") == 2
    assert (
        sum(len(found(page, "//h:h1")) for page in made.pages if found(page, "//h:section[@role='doc-chapter']")) == 2
    )


@pytest.mark.slow
def test_its_pages_are_those_of_print_and_it_names_the_edition(made: Made) -> None:
    terms = {m.get("property"): m.text for m in found(made.package, "//opf:meta")}
    settings = Settings.model_validate({"title": "T", "language": "en-GB"})
    assert terms["pageBreakSource"] == settings.identifier("print")
    assert "pages-differ" not in ids(made.report.findings)
    assert [p.path.name for p in made.report.products][:2] == ["t.epub", "t-pages.epub"]


@pytest.mark.slow
def test_every_face_that_lines_are_set_in_is_there(made: Made) -> None:
    with zipfile.ZipFile(made.epub) as file:
        css = file.read("EPUB/styles/fixed.css").decode()
        names = {name.removeprefix("EPUB/") for name in file.namelist()}
    brought = re.findall(r'@font-face \{ font-family: "([^"]+)"; [^}]*url\(\.\./([^)]+)\)', css)
    assert {file for _, file in brought} <= names
    asked = {
        family for families in re.findall(r"\.t\d+ \{ font-family: ([^;]+);", css) for family in families.split(", ")
    }
    assert {family.strip('"') for family in asked if family.startswith('"')} <= {family for family, _ in brought}


@pytest.mark.slow
def test_other_pages_than_those_of_print_are_reported(publication: Publish) -> None:
    editions = EDITIONS.replace("fixed, pages_from: print", "fixed, pages_from: print, trim: a5")
    root = publication(MANUSCRIPT, settings=f"title: T\nlanguage: en\n{editions}")  # type: ignore[arg-type]
    built = make(root, "pages", "screen", "print")
    assert "pages-differ" in ids(built.report.findings)
    terms = {m.get("property"): m.text for m in found(built.package, "//opf:meta")}
    assert terms["pageBreakSource"] == "none"


@pytest.mark.slow
def test_a_book_from_right_to_left_is_mirrored(publication: Publish) -> None:
    hebrew = "הטחנה עמדה במקום שבו הנהר נעשה צר, ומאז שזכרו אנשים עשו בה נייר מסמרטוטים. "
    text = f"# {hebrew[:9]}\n\n{hebrew * 40}\n\n![Alt](road.png){{.spread}}\nEnd.\n\n{hebrew * 60}\n"
    editions = "editions:\n  pages: {format: epub, layout_mode: fixed}\n  screen: {format: pdf}\n"
    built = make(publication({"book/a.md": text}, settings=f"title: T\nlanguage: he\n{editions}"))
    assert found(built.package, "//opf:spine/@page-progression-direction") == ["rtl"]
    [first] = [n for n, page in enumerate(built.pages) if found(page, "//h:img[@alt='Alt']")]
    sides = found(built.package, "//opf:itemref/@properties")
    assert sides[first : first + 2] == ["page-spread-right", "page-spread-left"]
    assert style(found(built.pages[first], "//h:img")[0])["left"] < 0  # the right page has the right half
    assert {page.get("dir") for page in built.pages} == {"rtl"}
    told = " ".join("".join(map(read, built.pages)).split())
    assert told.count(hebrew.strip()) >= 90


@pytest.mark.slow
def test_epubcheck_finds_nothing_to_complain_of(made: Made) -> None:
    assert list(map(str, epubcheck(made.epub))) == []


@pytest.mark.slow
def test_pictures_have_150_pixels_to_an_inch_of_their_places(made: Made) -> None:
    with zipfile.ZipFile(made.epub) as file:
        for page in made.pages:
            for img in found(page, "//h:img"):
                pixels = Picture.open(io.BytesIO(file.read(f"EPUB/{str(img.get('src'))[3:]}"))).width
                assert pixels == pytest.approx(min(1800, style(img)["width"] * 150 / 96), rel=0.1)
