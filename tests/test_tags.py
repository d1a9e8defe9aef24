"""The tags of a screen PDF for screen readers: each construct of a manuscript, and a whole book."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pikepdf
import pypdfium2
import pytest
import weasyprint
from matterhorn import failures
from PIL import Image, ImageChops
from specimen import ROOT as SPECIMEN
from specimen import draw
from tagtree import Reader

from pressroom import production
from pressroom.typeset.boxes.box_reader import read_marks, read_pages
from pressroom.typeset.engine.painter import Painter
from pressroom.typeset.tags import shown

DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
SETTINGS = """title: The Book
language: en
chapters: [CHAPTERS, {generated: [photographs, index]}]
editions:
  screen: {format: pdf, trim: a5, standard: PDF/UA-1}
"""
LONG = "Some words of text that fill the lines of a page. "

CONSTRUCTS: dict[str, tuple[str, str]] = {
    "figure": (
        """
        ![A red field.](red.png)
        A *caption*.
        """,
        """
        Figure Alt=A red field.
          “[picture]”
          Caption
            “1 A ”
            Em “caption”
            “.”
        """,
    ),
    "no alt text": (
        """
        ![](red.png)

        Text.
        """,
        """
        P “Text.”
        """,
    ),
    "gallery": (
        """
        ::: gallery
        ![One.](red.png)
        First.

        ![Two.](red.png)
        Second.

        Both.
        :::
        """,
        """
        Gallery
          Figure Alt=One.
            “[picture]”
            Caption “2a First.”
          Figure Alt=Two.
            “[picture]”
            Caption “2b Second.”
          Caption “2 Both.”
        """,
    ),
    "note": (
        """
        Before it.[^n] After it.

        Next.

        [^n]: A note.
        """,
        """
        P
          “Before it.”
          Reference
            Link
              “1”
              → #c-note-1 “1”
          “ After it.”
          Note ID=c-note-1
            Lbl
              Link
                “1 ”
                → #c-call-1 “1”
            “A note.”
        P “Next.”
        """,
    ),
    "note twice": (
        """
        One.[^n] Two.[^n]

        [^n]: A note.
        """,
        """
        P
          “One.”
          Reference
            Link
              “1”
              → #c-note-1 “1”
          “ Two.”
          Reference
            Link
              “1”
              → #c-note-1 “1”
          Note ID=c-note-1
            Lbl
              Link
                “1 ”
                → #c-call-1 “1”
            “A note.”
        """,
    ),
    "note in a heading": (
        """
        ## Heading[^n]

        Text.

        [^n]: A note.
        """,
        """
        H2
          “Heading”
          Reference
            Link
              “1”
              → #c-note-1 “1”
        Note ID=c-note-1
          Lbl
            Link
              “1 ”
              → #c-call-1 “1”
          “A note.”
        P “Text.”
        """,
    ),
    "note in a caption": (
        """
        ![A red field.](red.png)
        A caption.[^n]

        [^n]: A note.
        """,
        """
        Figure Alt=A red field.
          “[picture]”
          Caption
            “3 A caption.”
            Reference
              Link
                “1”
                → #c-note-1 “1”
            Note ID=c-note-1
              Lbl
                Link
                  “1 ”
                  → #c-call-1 “1”
              “A note.”
        """,
    ),
    "table": (
        """
        | Place | People |
        |---|---|
        | Goris | 20 |
        | Sisian | |
        """,
        """
        Table
          THead
            TR
              TH ID=c-table-1-1-1 Scope=Column “Place”
              TH ID=c-table-1-1-2 Scope=Column “People”
          TBody
            TR
              TD Headers=c-table-1-1-1 “Goris”
              TD Headers=c-table-1-1-2 “20”
            TR
              TD Headers=c-table-1-1-1 “Sisian”
              TD Headers=c-table-1-1-2
        """,
    ),
    "languages": (
        """
        An [Buchstabe]{lang=de} and an <i lang="fr">ami</i>.
        """,
        """
        P
          “An ”
          Span Lang=de “Buchstabe”
          “ and an ”
          Em Lang=fr “ami”
          “.”
        """,
    ),
    "emphasis": (
        """
        *One* **two** `three` <abbr title="Portable Document Format">PDF</abbr> <q>four</q>.
        """,
        """
        P
          Em “One”
          Strong “two”
          Code “three”
          Span E=Portable Document Format “PDF”
          Quote ““four””
          “.”
        """,
    ),
    "link": (
        """
        A [*nested* link](https://example.org) and [](#figure-x).

        ![A red field.](red.png){#figure-x}
        C.
        """,
        """
        P
          “A ”
          Link
            Em “nested”
            “ link”
            → https://example.org “nested link”
          “ and ”
          Link
            “figure 4 (p. 21)”
            → #figure-x “figure 4 (p. 21)”
          “.”
        Figure Alt=A red field.
          “[picture]”
          Caption “4 C.”
        """,
    ),
    "lists": (
        """
        - a
        - b

        1. c

            - d

        Term
        : Said of it.
        """,
        """
        L ListNumbering=Disc
          LI
            Lbl “• ”
            LBody
              P “a”
          LI
            Lbl “• ”
            LBody
              P “b”
        L ListNumbering=Decimal
          LI
            Lbl “1. ”
            LBody
              P “c”
              L ListNumbering=Disc
                LI
                  Lbl “◦ ”
                  LBody
                    P “d”
        L ListNumbering=None
          LI
            Lbl “Term”
            LBody
              P “Said of it.”
        """,
    ),
    "quotation": (
        """
        > Quoted.
        >
        > — A *source*
        """,
        """
        BlockQuote
          P “Quoted.”
          P
            “— A ”
            Em “source”
        """,
    ),
    "aside": (
        """
        ::: sidebar Title
        Inside.
        :::
        """,
        """
        Aside
          P “Title”
          P “Inside.”
        """,
    ),
    "rule": (
        """
        One.

        ---

        Two.
        """,
        """
        P “One.”
        P “Two.”
        """,
    ),
    "formulas": (
        """
        Energy $E=mc^2$ here.

        $$x_1$$ {#eq-x}
        """,
        """
        P
          “Energy ”
          Formula Alt=E = mc²
          “ here.”
        Div
          P
            Formula Alt=x₁
          P “(1)”
        """,
    ),
}
"""Manuscripts and their tags: types, their attributes, text in quotes, → link targets."""
BROKEN = {
    "paragraph": f"{LONG * 60}\n",
    "list": "".join(f"- Item {n}. {LONG * 11}\n" for n in range(9)),
    "nested list": f"- One.\n\n    - {LONG * 60}\n",
    "table": "| A | B |\n|---|---|\n" + "".join(f"| {n} | x |\n" for n in range(60)),
    "quotation": "".join(f"> {LONG * 6}\n>\n" for n in range(8)),
    "definition": f"Term\n: {LONG * 60}\n",
    "note": f"Called.[^long]\n\n[^long]: {LONG * 160}\n",
}
"""Blocks that a page breaks."""


def made(root: Path) -> bytes:
    report = production.build(production.Order(root, ("screen",), source_date=DATE))
    assert report.products, report.findings
    return report.products[0].path.read_bytes()


def written(root: Path, chapters: dict[str, str]) -> Path:
    """A publication of these chapters, with a red picture."""
    (root / "book").mkdir(parents=True)
    names = [f"c{n}.md" for n, _ in enumerate(chapters)]
    for name, text in zip(names, chapters.values(), strict=True):
        (root / "book" / name).write_text(text, "utf-8")
    (root / "book/publication.yaml").write_text(SETTINGS.replace("CHAPTERS", ", ".join(names)), "utf-8")
    (root / "assets/photos").mkdir(parents=True)
    Image.new("RGB", (1800, 1200), (255, 0, 0)).save(root / "assets/photos/red.png")
    return root


def of_chapter(reader: Reader, title: str) -> list[str]:
    """The lines of a chapter, without those of its title."""
    for section in reader.root.K[0].K:
        lines = reader.told(section)
        if f"    H1 “{title}”" in lines:
            return [line[2:] for line in lines[lines.index(f"    H1 “{title}”") + 1 :]]
    raise AssertionError(title)


@pytest.fixture(scope="module")
def constructs(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    texts = {f"Of {name}": dedent(text) for name, (text, _) in CONSTRUCTS.items()}
    root = written(tmp_path_factory.mktemp("tags") / "book", {k: f"# {k}\n\n{v}" for k, v in texts.items()})
    return Reader(made(root))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    chapters = {f"Over {name}": f"# Over {name}\n\n{text}" for name, text in BROKEN.items()}
    return Reader(made(written(tmp_path_factory.mktemp("tags") / "book", chapters)))


def simply(lines: Iterable[str]) -> list[str]:
    """Without the numbers of chapters in ids."""
    return [re.sub(r"\bc-c\d+-", "c-", line) for line in lines]


# ---- constructs


@pytest.mark.slow
@pytest.mark.parametrize("name", CONSTRUCTS)
def test_what_is_written_becomes_tags(constructs: Reader, name: str) -> None:
    expected = dedent(CONSTRUCTS[name][1]).strip().split("\n")
    assert simply(of_chapter(constructs, f"Of {name}")) == expected


@pytest.mark.slow
def test_contents_and_photographs_are_tables_of_contents(constructs: Reader) -> None:
    lists = [constructs.told(toc) for toc in constructs.elements() if toc.S == "/TOC"]
    assert lists[0][:5] == ["TOC", "  TOCI", "    Lbl “1”", "    Reference", "      Link"]
    assert "      → #c-c0 “Of figure 1”" in [line[2:] for line in lists[0]]
    assert "        → #figure-x “C 21”" in lists[1]


@pytest.mark.slow
def test_running_heads_and_folios_are_artifacts_of_the_page(constructs: Reader) -> None:
    furniture = {text.strip() for _, kind, text in constructs.content.artifacts if kind == "Pagination Footer"}
    assert "3" in furniture
    others = "".join(text for _, kind, text in constructs.content.artifacts if not kind)
    assert set(others) <= set(" ."), "the dots of leaders, and nothing that has to be read"


# ---- blocks that a page breaks


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BROKEN if name != "table"])
def test_a_block_over_two_pages_is_one(broken: Reader, name: str) -> None:
    told = of_chapter(broken, f"Over {name}")
    whole = "\n".join(told)
    assert re.search(r"\{\d+\}", whole), "it is over two pages"
    kinds = [line.split()[0] for line in told if not line.startswith(" ")]
    assert kinds == {"paragraph": ["P"], "quotation": ["BlockQuote"], "note": ["P"]}.get(name, ["L"])
    assert re.sub(r"\{\d+\}", "", whole).count(LONG.strip()) == BROKEN[name].count(LONG.strip())


@pytest.mark.slow
def test_a_table_over_pages_is_one_and_its_repeated_heads_are_artifacts(broken: Reader) -> None:
    told = of_chapter(broken, "Over table")
    cells = [re.search(r"“(.*)”", line)[1] for line in told if "TD" in line]  # type: ignore[index]
    assert cells == [text for n in range(60) for text in (str(n), "x")]
    assert sum("TH " in line for line in told) == 2
    assert sum(line == "Table" for line in told) == 1


@pytest.mark.slow
def test_words_end_where_lines_end_and_hyphens_of_lines_are_none_of_theirs(broken: Reader) -> None:
    text = re.sub(r"\{\d+\}", "", "\n".join(of_chapter(broken, "Over paragraph"))).replace("\u00ad", "")
    assert text == f"P “{(LONG * 60).strip()}”"


# ---- pictures


@pytest.mark.slow
@pytest.mark.parametrize("caption", ["A caption.", ""])
def test_a_spread_is_one_figure_on_two_pages(tmp_path: Path, caption: str) -> None:
    text = f"# A\n\nText.\n\n![A red field.](red.png){{.spread}}\n{caption}\n\n{LONG * 40}\n\nThe end.\n"
    data = made(written(tmp_path / "book", {"A": text}))
    told = of_chapter(Reader(data), "A")
    assert sum("Figure" in line for line in told) == 1
    assert re.search(r"Figure Alt=A red field\.\s+“\[picture\]\{\d+\}\[picture\]”", "\n".join(told))
    assert failures(data) == []


@pytest.mark.slow
def test_a_picture_that_gave_way_on_the_page_keeps_its_place_in_the_text(tmp_path: Path) -> None:
    text = f"# A\n\nFirst. {LONG * 18}\n\n![A red field.](red.png)\nC.\n\nSecond. {LONG * 9}\n\nThird. {LONG * 9}\n"
    reader = Reader(made(written(tmp_path / "book", {"A": text})))
    told = of_chapter(reader, "A")
    pages = [""] * len(reader.pdf.pages)
    for (page, _), said in reader.content.texts.items():
        pages[page] += said
    assert any("First." in page and "Second." in page and "[picture]" not in page for page in pages)
    starts = [line.split(" ")[1] if line.startswith("P ") else line.split(" ")[0] for line in told if line[0] != " "]
    assert starts == ["“First.", "Figure", "“Second.", "“Third."]


# ---- links


@pytest.mark.slow
def test_a_link_over_two_lines_is_one_with_two_places_to_click(tmp_path: Path) -> None:
    text = f"# A\n\n{LONG * 3}[{LONG * 3}](https://example.org)\n"
    reader = Reader(made(written(tmp_path / "book", {"A": text})))
    links = [a for page in reader.pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert len(links) == 1
    assert len(links[0].QuadPoints) >= 16
    assert str(links[0].Contents) == (LONG * 3).strip()


@pytest.mark.slow
def test_every_link_inside_leads_to_a_place_that_is_there(constructs: Reader) -> None:
    places = set(pikepdf.NameTree(constructs.pdf.Root.Names.Dests))
    targets = {str(a.Dest) for page in constructs.pdf.pages for a in page.get("/Annots", []) if "/Dest" in a}
    assert any("-note-" in target for target in targets)
    assert any("-call-" in target for target in targets)
    assert targets <= places


# ---- letters


@pytest.mark.slow
def test_text_is_tagged_as_written_whatever_glyphs_draw_it(tmp_path: Path) -> None:
    arabic = "# فصل\n\nهذا نص عربي.[^n]\n\n[^n]: حاشية.\n"
    root = written(tmp_path / "book", {"A": arabic})
    settings = root / "book/publication.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: ar"), "utf-8")
    data = made(root)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(data)]
    for words in ("هذا نص عربي", "حاشية"):  # read as readers do, which turn the letters of a line around
        assert any(page.search(words).get_next() for page in pages), words
    assert failures(data) == []


# ---- a whole book


@pytest.fixture(scope="module", params=["reportage", "reader"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The type specimen, in which every construct stands."""
    root = tmp_path_factory.mktemp("specimen") / "specimen"
    shutil.copytree(SPECIMEN / "book", root / "book")
    draw(root / "assets/photos")
    settings = root / "book/publication.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}layout: {request.param}\n", "utf-8")
    return Reader(made(root))


@pytest.mark.slow
def test_a_whole_book_meets_what_a_machine_can_check_of_pdf_ua(whole: Reader) -> None:
    assert failures(whole.data) == []


@pytest.mark.slow
def test_only_furniture_is_left_out_of_a_whole_book(whole: Reader) -> None:
    left_out = [text for _, kind, text in whole.content.artifacts if not kind.startswith("Pagination")]
    assert set("".join(left_out)) <= set(" .*\u2002\u2003"), "leaders and asterisks"
    assert len(whole.text()) > 10_000


@pytest.mark.slow
def test_the_order_of_a_whole_book_is_that_of_its_manuscript(whole: Reader) -> None:
    """Every paragraph of every chapter, in the order in which it is written, wherever pages have it."""
    said = re.sub(r"\W+", " ", whole.text().replace("\u00ad", ""))
    place = 0
    for name in ("preface", "letters", "apart", "pictures", "galleries", "afterword"):
        for words in re.findall(r"^(?:\w+,? ){4}\w+", (SPECIMEN / f"book/{name}.md").read_text("utf-8"), re.M):
            found = said.find(re.sub(r"\W+", " ", words), place)
            assert found >= place, words
            place = found


# ---- the file


@pytest.mark.slow
def test_small_books_meet_what_a_machine_can_check_of_pdf_ua(constructs: Reader, broken: Reader) -> None:
    assert failures(constructs.data) == []
    assert failures(broken.data) == []
    assert {str(kind) for kind in constructs.root.RoleMap} == {"/Aside", "/Em", "/Gallery", "/Strong"}


@pytest.mark.slow
def test_the_checks_find_what_is_taken_from_the_tags(tmp_path: Path) -> None:
    text = "# A\n\nText.[^n] [Link *nested*](https://example.org)\n\n| a |\n|---|\n| b |\n\n[^n]: Note.\n"
    whole = made(written(tmp_path / "book", {"A": text}))
    assert failures(whole) == []
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
                del thing.A
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Link":
                thing.K = pikepdf.Array(kid for kid in thing.K if not isinstance(kid, pikepdf.Dictionary))
        pdf.pages[0].contents_add(b"0 0 9 9 re f")
        damaged = io.BytesIO()
        pdf.save(damaged)
    assert {failure.split()[0] for failure in failures(damaged.getvalue())} >= {"01-005", "15-003", "28-011"}


def leave_untagged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files made without tags, and no check keep them from being made."""
    monkeypatch.setattr(import_module("pressroom.pdf.finish"), "tag", lambda *_: None)
    monkeypatch.setattr(import_module("pressroom.production.finished"), "check_made", lambda *_, **__: ())


@pytest.mark.slow
@pytest.mark.unjudged
def test_tags_change_nothing_on_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(dedent(text) for text, _ in CONSTRUCTS.values() if "[^n]" not in text) + LONG * 30
    root = written(tmp_path / "book", {"A": f"# A\n\n{text}\n"})
    tagged = pypdfium2.PdfDocument(made(root))
    leave_untagged(monkeypatch)
    plain = pypdfium2.PdfDocument(made(root))
    assert len(tagged) == len(plain)
    for one, other in zip(tagged, plain, strict=True):
        pictures = [page.render(scale=1).to_pil().convert("L") for page in (one, other)]
        assert ImageChops.difference(*pictures).getextrema()[1] <= 64, "a hyphen may be rounded another way"


def test_the_page_engine_keeps_what_tags_are_made_of() -> None:
    """Private parts of WeasyPrint: if this fails after an update, read its pdf/tags.py beside our typeset/boxes."""
    style = "<style>@page { @top-left { content: 'x' } }</style>"
    html = f"<html lang=en>{style}<p>One <a href='http://x.org/'>two</a></p></html>"
    document = weasyprint.HTML(string=html).render()
    boxes, marked = read_pages(document.pages), dict[object, object]()
    Painter({}).paint(document.pages[0], marked)
    marks = read_marks(document.pages[0], marked)
    [read] = shown(boxes, [marks])
    elements = read.root.elements
    assert [(p.element is not None and elements[p.element].tag, p.out, p.text) for p in read.pieces if not p.out] == [
        ("p", "", "One "),
        ("a", "", "two"),
    ]
    assert [p.out for p in read.pieces if p.out] == ["@top-left"]
    assert [area.target for area in read.areas] == ["http://x.org/"]
    assert len(marks.contents) == len(set(marks.contents.values())) == 3
