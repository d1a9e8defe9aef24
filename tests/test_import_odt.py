"""OpenDocument texts come in as LibreOffice writes them."""

import itertools
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odt_files import odt_file
from word_files import picture_file

from pressroom import importing
from pressroom.api import build, read
from pressroom.errors import PressroomError, Severity
from pressroom.importing import SourceKind, TextWishes
from pressroom.importing.brought import Brought
from pressroom.importing.office.odt_reading import read_odt
from pressroom.importing.words_kept import lost_words

IMAGE = f"Pictures/{'10' * 16}.png"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def item(*blocks: str) -> str:
    return f"<text:list-item>{''.join(blocks)}</text:list-item>"


def note(text: str) -> str:
    body = f"<text:note-body>{p(text)}</text:note-body>"
    return f'<text:note text:id="n"><text:note-citation>1</text:note-citation>{body}</text:note>'


def frame(alt: str) -> str:
    return f'<draw:frame><draw:image xlink:href="{IMAGE}"/><svg:desc>{alt}</svg:desc></draw:frame>'


def cell(text: str, spans: str = "") -> str:
    return f"<table:table-cell {spans}>{p(text)}</table:table-cell>"


REPORT = (
    p("The Mill", "Title") + p("A report", "Subtitle")
    + h("Preface") + p(f"Before{note('A note.')} the mill.")
    + h("The mill")
    + p('<text:span text:style-name="T1">Very</text:span> old, H<text:span text:style-name="T3">2</text:span>O,'
        ' <text:span text:style-name="T2">Small</text:span>, <text:span text:style-name="T4">bon voyage</text:span>,'
        ' <text:span text:style-name="T5">both</text:span>.<text:s text:c="3"/>End')
    + p("Всё хорошо.", "RU")
    + p("One", "Quotations") + p("Two", "P1")
)  # fmt: skip
LISTS = (
    '<text:list text:style-name="L1">'
    + item(p("One"), f"<text:list>{item(p('inner'))}</text:list>") + item(p("Two")) + "</text:list>"
    + f'<text:list text:style-name="L2">{item(p("first"))}{item(p("second"))}</text:list>'
    + p("Between.")
    + f'<text:list text:style-name="L2" text:continue-numbering="true">{item(p("third"))}</text:list>'
)  # fmt: skip
FIGURES = (
    p('See <text:sequence-ref text:ref-name="refIllustration0">Figure 1</text:sequence-ref>.')
    + p(frame("A red mill"))
    + p('Figure <text:sequence text:ref-name="refIllustration0">1</text:sequence>: The mill', "Bildunterschrift")
    + p("<draw:frame><draw:text-box>" + p(frame("Boxed")) + p("In a box", "Caption") + "</draw:text-box></draw:frame>")
    + "<table:table><table:table-header-rows><table:table-row>" + cell("Year") + cell("Tons")
    + "</table:table-row></table:table-header-rows><table:table-row>" + cell("1990") + cell("3")
    + "</table:table-row></table:table>" + p("Table 1: Grain", "Caption")
)  # fmt: skip
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    f"<dc:creator>Editor</dc:creator></office:change-info>{p('very')}</text:deletion></text:changed-region>"
    "</text:tracked-changes>"
    + h("The harbour")
    + p('The boat is <text:change text:change-id="c1"/>old.<office:annotation><dc:creator>Reader</dc:creator>'
        + p("How old?") + "</office:annotation>")
    + p('Shown <text:span text:style-name="T6">secret</text:span>words.')
    + "<text:table-of-content><text:index-body>" + p("The harbour 3") + "</text:index-body></text:table-of-content>"
)  # fmt: skip
TEXTS = {"report": REPORT, "lists": LISTS, "figures": FIGURES, "changes": CHANGES}


def read_text(folder: Path, text: str, more: dict[str, bytes] | None = None, header: str = "") -> Brought:
    return read_odt(odt_file(folder / "text.odt", text, {IMAGE: picture_file().read(), **(more or {})}, header))


def said(brought: Brought, id: str) -> list[str]:
    return [remark.what for remark in brought.remarks if remark.id == id]


def test_a_report(tmp_path: Path) -> None:
    brought = read_text(tmp_path, REPORT, header="Running head")
    about = brought.title_page
    assert (about.title, about.subtitle, about.language) == ("The Mill", "A report", "en-GB")
    assert [(each.title, dict(each.head)) for each in brought.chapters] == [
        ("Preface", {"role": "preface"}),
        ("The mill", {}),
    ]
    assert brought.chapters[0].body == "Before[^1] the mill.\n\n[^1]: A note."
    assert brought.chapters[1].body == (
        "*Very* old, H~2~O, [Small]{.smallcaps}, [bon voyage]{lang=fr-FR}, ***both***. End\n\n"
        "{lang=ru-RU}\nВсё хорошо.\n\n> One\n>\n> Two"
    )
    assert said(brought, "import-author") == ["Ann Doe"]
    assert said(brought, "import-header") == ["Running head"]


def test_a_style_that_the_file_does_not_describe_says_what_it_is_by_its_name(tmp_path: Path) -> None:
    brought = read_text(
        tmp_path, p("The valley", "Untertitel") + h("One") + p("Words.") + p("Said.", "Block_20_Quotation")
    )
    assert brought.title_page.subtitle == "The valley"
    assert brought.chapters[0].body == "Words.\n\n> Said."


def test_lists_nest_and_go_on(tmp_path: Path) -> None:
    text = read_text(tmp_path, LISTS).chapters[0].body
    assert text == "- One\n  1. inner\n- Two\n\n1. first\n2. second\n\nBetween.\n\n3. third"


def test_figures_and_tables_have_their_captions(tmp_path: Path) -> None:
    brought = read_text(tmp_path, FIGURES)
    assert brought.chapters[0].body == (
        "See [](#refIllustration0).\n\n"
        "![A red mill](text/picture-01.png){#refIllustration0}\nThe mill\n\n"
        "![Boxed](text/picture-01.png)\nIn a box\n\n"
        "| Year | Tons |\n|---|---|\n| 1990 | 3 |\n\nTable: Grain"
    )
    assert said(brought, "import-caption-number") == ["Figure 1:", "Table 1:"]
    assert len(brought.pictures) == 1


def test_what_is_no_text_of_the_book_is_told(tmp_path: Path) -> None:
    brought = read_text(tmp_path, CHANGES)
    assert brought.chapters[0].body == "The boat is old.\n\nShown words."
    assert said(brought, "import-deletion") == ["Editor: very"]
    assert said(brought, "import-comment") == ["Reader: How old?"]
    assert said(brought, "import-hidden") == ["secret"]
    assert said(brought, "import-contents") == ["The harbour 3"]
    assert {remark.place.line for remark in brought.remarks if remark.id == "import-deletion"} == {2}


def only(tmp_path: Path, text: str, more: dict[str, bytes] | None = None) -> str:
    """The Markdown of a text of one chapter without a title."""
    return read_text(tmp_path, text, more).chapters[0].body


def framed(inside: str, anchor: str = "as-char", size: str = 'svg:width="8cm" svg:height="5cm"') -> str:
    return f'<draw:frame text:anchor-type="{anchor}" {size}>{inside}</draw:frame>'


PICTURE = f'<draw:image xlink:href="{IMAGE}"/>'
FORMULA = (
    '<draw:object><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>a</mi><mo>=</mo><mn>1</mn>'
    "</math></draw:object>"
)


def test_a_formula_stands_in_its_line_or_alone(tmp_path: Path) -> None:
    text = only(tmp_path, p(f"Where {framed(FORMULA)} holds.") + p(framed(FORMULA)))
    assert text == "Where $a = 1$ holds.\n\n$$\na = 1\n$$"


def test_a_picture_beside_the_text_comes_behind_its_paragraph_and_a_sign_stays_in_its_line(tmp_path: Path) -> None:
    beside = p(f"Words {framed(PICTURE, 'char')}around it.")
    sign = p(f"Turn left at {framed(PICTURE, size=_SMALL)}")
    assert only(tmp_path, beside + sign) == (
        "Words around it.\n\n![](text/picture-01.png)\n\nTurn left at ![](text/picture-01.png)"
    )


_SMALL = 'svg:width="5mm" svg:height="5mm"'


def test_all_pictures_of_a_group_come_each_in_the_format_that_can_be_printed(tmp_path: Path) -> None:
    more = {"Pictures/a.emf": b"", "Pictures/b.png": picture_file("blue").read()}
    one = framed(f'<draw:image xlink:href="Pictures/a.emf"/>{PICTURE}')
    other = framed('<draw:image xlink:href="Pictures/b.png"/>')
    assert only(tmp_path, p(f"<draw:g>{one}{other}</draw:g>"), more) == "![](text/picture-01.png)\n\n![](text/b.png)"


def test_a_picture_that_lies_beside_the_document_is_found_and_none_outside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for place in (folder, tmp_path):
        (place / "mill.png").write_bytes(picture_file().read())
    linked = "".join(p(framed(f'<draw:image xlink:href="{to}"/>')) for to in ("../mill.png", "../../mill.png"))
    brought = read_text(folder, linked)
    assert [picture.source for picture in brought.pictures] == ["../mill.png"]
    assert said(brought, "import-picture-missing") == ["../../mill.png"]


def test_what_is_drawn_without_being_a_picture_is_told_and_a_flat_line_is_a_rule(tmp_path: Path) -> None:
    line = '<draw:line draw:name="Arrow" svg:x1="0cm" svg:y1="0cm" svg:x2="5cm" svg:y2="0cm"/>'
    brought = read_text(tmp_path, p("Before.") + p(line) + p(f"Beside{line} words."))
    assert brought.chapters[0].body == "Before.\n\n---\n\nBeside words."
    assert said(brought, "import-shape") == ["Arrow"]


def test_readings_code_and_terms_stay_what_they_are(tmp_path: Path) -> None:
    ruby = "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    code = '<text:span text:style-name="Source_20_Text">make</text:span>'
    lines = p("def f():", "Preformatted_20_Text") + p('<text:s text:c="4"/>return', "Preformatted_20_Text")
    terms = p("Weir", "List_20_Heading") + p("A dam.", "List_20_Contents")
    text = only(tmp_path, p(f"Type {code} or {ruby}.") + lines + terms)
    assert text == ("Type `make` or <ruby>漢<rt>kan</rt></ruby>.\n\n```\ndef f():\n    return\n```\n\nWeir\n: A dam.")


def test_a_list_that_begins_deeper_belongs_to_the_item_before_it(tmp_path: Path) -> None:
    """So LibreOffice writes a nested list of another style, when it opens a document of Word."""
    inner = item(f"<text:list>{item(p('inner'))}</text:list>")
    lists = f'<text:list text:style-name="L2">{item(p("one"))}</text:list>'
    lists += f'<text:list text:style-name="L1">{inner}</text:list>'
    assert only(tmp_path, lists) == "1. one\n   1. inner"


def test_words_marked_for_the_index_are_those_between_the_marks(tmp_path: Path) -> None:
    mark = '<text:alphabetical-index-mark-start text:id="I1" text:key1="harbours"/>the quay'
    text = only(tmp_path, p(f'See {mark}<text:alphabetical-index-mark-end text:id="I1"/> at noon.'))
    assert text == 'See [the quay]{.index term="harbours" sub="the quay"} at noon.'


def test_insertions_hidden_parts_and_numbers_of_pages_are_told_with_their_words(tmp_path: Path) -> None:
    change = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><dc:creator>Editor</dc:creator>'
        "</text:insertion></text:changed-region></text:tracked-changes>"
    )
    inserted = p('A <text:change-start text:change-id="c1"/>very<text:change-end text:change-id="c1"/> old mill.')
    hidden = f'<text:section text:display="none">{p("No one sees this.")}</text:section>'
    page = '<text:bookmark-ref text:reference-format="page" text:ref-name="b">12</text:bookmark-ref>'
    form = "<text:placeholder>&lt;name&gt;</text:placeholder>"
    brought = read_text(tmp_path, change + inserted + hidden + p(f"See page {page}{form}."))
    assert brought.chapters[0].body == "A very old mill.\n\nSee page 12."
    assert said(brought, "import-insertion") == ["Editor: very"]
    assert said(brought, "import-hidden") == ["No one sees this."]
    assert said(brought, "import-page-reference") == ["12"]
    assert said(brought, "import-unfilled") == ["name"]


def test_words_between_paragraphs_are_kept(tmp_path: Path) -> None:
    """Pandoc leaves an abstract so, behind the paragraphs of the title page."""
    brought = read_text(
        tmp_path, f"{p('The mill', 'Title')}What it is about.{p('2024-03-01', 'Date')}{h('One')}{p('A.')}"
    )
    assert [chapter.body for chapter in brought.chapters] == ["What it is about.", "A."]
    assert brought.title_page.published == "2024-03-01"


@pytest.mark.slow
def test_what_comes_of_texts_builds(tmp_path: Path) -> None:
    picture = {IMAGE: picture_file().read()}
    files = [odt_file(tmp_path / f"{name}.odt", text, picture) for name, text in TEXTS.items()]
    first = importing.begin_with_text(tmp_path / "new", files[0], SourceKind.OPEN_DOCUMENT, TextWishes(), {})
    others = importing.add_texts(tmp_path / "new", [(file, SourceKind.OPEN_DOCUMENT) for file in files[1:]])
    assert first.lost + others.lost == ()
    made = build(tmp_path / "new", editions="ebook")
    assert [finding for finding in made.findings if finding.severity is Severity.ERROR] == []
    assert len([*read(tmp_path / "new").publication.chapters()]) == 5


@pytest.mark.parametrize(
    ("id", "more"),
    [
        ("import-encrypted", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        ("import-broken", {"styles.xml": b"<torn"}),
        ("import-entities", {"styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_text_that_is_broken_or_dangerous_is_refused(id: str, more: dict[str, bytes], tmp_path: Path) -> None:
    file = odt_file(tmp_path / "text.odt", p("Text."), more)
    with pytest.raises(PressroomError) as refused:
        read_odt(file)
    assert [finding.id for finding in refused.value.findings] == [id]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=30).map(
    lambda text: escape(text.replace("\ufffe", "").replace("\uffff", ""))
)
LINES = st.lists(st.tuples(WORDS, st.sampled_from(["", "T1", "T2", "T4"])), max_size=3)
BLOCKS = st.sampled_from(["text:p", "text:h"]), st.sampled_from(["", "Quotations", "Caption", "RU", "Title"]), LINES
COUNTER = itertools.count()


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*BLOCKS), max_size=6))
def test_whatever_is_written_no_word_is_lost(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[str, str, list[tuple[str, str]]]]
) -> None:
    text = p("Always something.")
    for tag, style, runs in blocks:
        inside = "".join(f'<text:span text:style-name="{name}">{words}</text:span>' for words, name in runs)
        text += f'<{tag} text:style-name="{style}">{inside}</{tag}>'
    brought = read_odt(odt_file(tmp_path_factory.getbasetemp() / f"text-{next(COUNTER)}.odt", text))
    written = [each for chapter in brought.chapters for each in (chapter.title, chapter.body, chapter.part)]
    assert lost_words(brought.words, [*written, brought.title_page.title]) == []
