"""Word documents come in as editors write them: nothing is lost in silence, and what comes builds."""

import datetime as dt
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import W, WordFile

from pressroom import importing
from pressroom.api import build, read
from pressroom.errors import PressroomError, Severity
from pressroom.importing import SourceKind, TextReport, TextWishes, kinds_of
from pressroom.importing.brought import Brought
from pressroom.importing.office.docx_reading import read_docx
from pressroom.importing.words_kept import lost_words

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 1, 1)


@pytest.fixture
def word() -> WordFile:
    return WordFile()


def body(brought: Brought, n: int = 0) -> str:
    return brought.chapters[n].body


def said(brought: Brought, id: str) -> list[str]:
    """What is remarked under an id."""
    return [remark.what for remark in brought.remarks if remark.id == id]


def begin(folder: Path, file: Path) -> TextReport:
    return importing.begin_with_text(folder, file, SourceKind.WORD, TextWishes(), {})


# ---- documents as people write them


def report(word: WordFile) -> None:
    """A report with notes, tables, lists, an equation and references."""
    word.paragraph("The Mill on the River", "Title")
    word.paragraph("A report", "Subtitle")
    word.paragraph("Ann Doe", "Author")
    word.heading("Preface")
    word.paragraph("Words before.")
    word.heading("The mill")
    text = word.paragraph("It is old")
    word.note(text, "A foot note.")
    text.add_run(" and stands")
    word.note(text, "An end note.", "endnote")
    text.add_run(".")
    word.heading("Its water", 2)
    word.xml(text, '<w:r><w:t xml:space="preserve"> See </w:t></w:r>')
    word.field(text, "REF _Ref7 \\h", "Figure 1")
    word.picture("A red mill")
    word.caption("Figure", "1", ": The mill in spring.", bookmark="_Ref7")
    word.caption("Table", "1", ". Grain by year")
    word.table([["Year", "Tons"], ["1990", "3"], ["1991", "4"]])
    for style, item in (
        ("List Bullet", "One"), ("List Bullet 2", "Inner"), ("List Number", "first"), ("List Number", "second"),
        ("Normal", "Between."), ("List Number", "third"), ("Quote", "Quoted words"), ("Quote", "in two paragraphs"),
    ):  # fmt: skip
        word.paragraph(item, style)


def novel(word: WordFile) -> None:
    """A novel in German, with parts, in the styles of a German Word."""
    word.heading("Erster Teil")
    word.paragraph("Der Fluss", "Überschrift 2")
    word.paragraph("Er fließt langsam.")
    word.paragraph("Das Meer", "Überschrift 2")
    word.paragraph("* * *")
    word.paragraph("Es ist weit.")
    word.heading("Zweiter Teil")
    word.paragraph("Der Berg", "Überschrift 2")
    word.paragraph("Er ist hoch.")
    word.heading("Nachwort")
    word.paragraph("Danke.")


def story(word: WordFile) -> None:
    """A story of photographs, with captions as people write them."""
    word.heading("The harbour")
    word.picture("Boats")
    word.paragraph("Boats at dawn.").runs[0].italic = True
    word.paragraph("The morning begins.")
    word.picture("Nets", "blue")
    word.paragraph("Abb. 2: Netze trocknen", "Bildunterschrift")
    table = word.table([["", ""], ["Left hand", "Right hand"]])
    for cell, colour in zip(table.rows[0].cells, ("green", "yellow"), strict=True):
        word.picture(colour, colour, cell.paragraphs[0])
    word.paragraph("The evening ends.")


def manuscript(word: WordFile) -> None:
    """A manuscript on which others have worked."""
    word.document.sections[0].header.paragraphs[0].text = "Draft of May"
    word.paragraph("The harbour ....... 3", "toc 1")
    word.heading("The harbour")
    text = word.paragraph("The boat is ")
    word.xml(text, '<w:del w:author="Editor" w:id="1"><w:r><w:delText>very </w:delText></w:r></w:del>')
    word.xml(text, '<w:ins w:author="Editor" w:id="2"><w:r><w:t>old</w:t></w:r></w:ins>')
    text.add_run(".")
    word.document.add_comment(text.runs, "How old?", "Reader", "R")
    word.xml(text, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>")
    word.paragraph("A page ends.").add_run().add_break(WD_BREAK.PAGE)
    word.xml(word.paragraph("A box"), _BOX)
    word.paragraph("After the box.")


_BOX = """<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="Box"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>
<w:txbxContent><w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData>
</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>
<w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""
DOCUMENTS = (report, novel, story, manuscript)


@pytest.mark.parametrize("write", DOCUMENTS)
def test_no_word_of_a_document_is_lost(write: Callable[[WordFile], None], word: WordFile, tmp_path: Path) -> None:
    write(word)
    told = begin(tmp_path / "new", word.save(tmp_path / "text.docx"))
    assert told.sources[0].words
    assert told.lost == ()


def test_what_comes_of_documents_builds(tmp_path: Path) -> None:
    files = []
    for write in DOCUMENTS:
        word = WordFile()
        write(word)
        files.append(word.save(tmp_path / f"{write.__name__}.docx"))
    begin(tmp_path / "new", files[0])
    importing.add_texts(tmp_path / "new", [(file, SourceKind.WORD) for file in files[1:]])
    made = build(tmp_path / "new", editions="ebook", today=TODAY)
    assert [finding for finding in made.findings if finding.severity is Severity.ERROR] == []
    assert [product.format for product in made.products] == ["epub"]
    assert len([*read(tmp_path / "new").publication.chapters()]) == 8


def test_a_report(word: WordFile, tmp_path: Path) -> None:
    report(word)
    brought = read_docx(word.save(tmp_path / "mill.docx"))
    about = brought.title_page
    assert (about.title, about.subtitle, about.creators) == (
        "The Mill on the River",
        "A report",
        (("Ann Doe", "author"),),
    )
    assert [(chapter.title, dict(chapter.head)) for chapter in brought.chapters] == [
        ("Preface", {"role": "preface"}),
        ("The mill", {}),
    ]
    assert body(brought, 1).startswith("It is old[^1] and stands[^2]. See [](#_Ref7)\n\n## Its water\n\n")
    assert "![A red mill](mill/image1.png){#_Ref7}\nThe mill in spring." in body(brought, 1)
    assert "| Year | Tons |\n|---|---|\n| 1990 | 3 |\n| 1991 | 4 |\n\nTable: Grain by year" in body(brought, 1)
    assert "- One\n  - Inner\n\n1. first\n2. second\n\nBetween.\n\n3. third" in body(brought, 1)
    assert "> Quoted words\n>\n> in two paragraphs" in body(brought, 1)
    assert "[^1]: A foot note.\n\n[^2]: An end note." in body(brought, 1)
    assert said(brought, "import-caption-number") == ["Figure 1", "Table 1"]


def test_a_novel_in_parts(word: WordFile, tmp_path: Path) -> None:
    novel(word)
    brought = read_docx(word.save(tmp_path / "fluss.docx"))
    assert [(each.title, each.part, each.is_after_parts) for each in brought.chapters] == [
        ("Der Fluss", "Erster Teil", False),
        ("Das Meer", "", False),
        ("Der Berg", "Zweiter Teil", False),
        ("Nachwort", "", True),
    ]
    assert brought.chapters[3].head == {"role": "afterword"}
    assert body(brought, 1) == "---\n\nEs ist weit."


def test_a_story_of_photographs(word: WordFile, tmp_path: Path) -> None:
    story(word)
    brought = read_docx(word.save(tmp_path / "harbour.docx"))
    assert body(brought) == (
        "![Boats](harbour/image1.png)\nBoats at dawn.\n\nThe morning begins.\n\n"
        "![Nets](harbour/image2.png)\nNetze trocknen\n\n"
        "::: gallery\n![green](harbour/image3.png)\nLeft hand\n\n![yellow](harbour/image4.png)\nRight hand\n:::\n\n"
        "The evening ends."
    )
    assert said(brought, "import-caption-guess") == ["Boats at dawn."]
    assert len(brought.pictures) == 4


def test_a_manuscript_on_which_others_have_worked(word: WordFile, tmp_path: Path) -> None:
    manuscript(word)
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert body(brought) == (
        "The boat is old.\n\nA page ends.\n\nA box\n\n::: sidebar\nWords in a box.\n:::\n\nAfter the box."
    )
    assert said(brought, "import-deletion") == ["Editor: very"]
    assert said(brought, "import-insertion") == ["Editor: old"]
    assert said(brought, "import-comment") == ["Reader: How old?"]
    assert said(brought, "import-hidden") == ["secret"]
    assert said(brought, "import-header") == ["Draft of May"]
    assert said(brought, "import-contents") == ["The harbour ....... 3"]
    assert len(said(brought, "import-page-break")) == 1
    places = {remark.id: remark.place.line for remark in brought.remarks}
    assert places["import-comment"] == 3  # the third paragraph


# ---- single things


@pytest.mark.parametrize(
    ("xml", "written"),
    [
        ("<w:r><w:rPr><w:i/></w:rPr><w:t>word</w:t></w:r>", "*word*"),
        ("<w:r><w:rPr><w:smallCaps/></w:rPr><w:t>word</w:t></w:r>", "[word]{.smallcaps}"),
        ('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>', "^2^"),
        ('<w:r><w:rPr><w:rStyle w:val="Emphasis"/></w:rPr><w:t>word</w:t></w:r>', "*word*"),
        ('<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>mot</w:t></w:r>', "[mot]{lang=fr-FR}"),
        ('<w:fldSimple w:instr=" REF _Nowhere "><w:r><w:t>page 4</w:t></w:r></w:fldSimple>', "page 4"),
        ('<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>',
         r"$\frac{a}{2}$"),
        ('<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>',
         "$x^{2}$"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>"
         "</w:r>", "<ruby>漢<rt>kan</rt></ruby>"),
        ('<w:bdo w:val="rtl"><w:r><w:t>turned</w:t></w:r></w:bdo>', "turned"),
        ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a\\\nb"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE </w:instrText></w:r>'
         '<w:fldSimple w:instr=" IF 1 = 1 "><w:r><w:t>unseen</w:t></w:r></w:fldSimple>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>seen</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "seen"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
         '</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "☒"),
        ('<w:r><w:rPr><w:position w:val="-4"/><w:sz w:val="16"/></w:rPr><w:t>2</w:t></w:r>', "~2~"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
        ('<w:r><w:t>*star* &lt;tag&gt; [x]</w:t></w:r>', r"\*star\* \<tag\> \[x\]"),
        ('<w:smartTag><w:r><w:t>clever</w:t></w:r></w:smartTag>', "clever"),
        ('<w:sdt><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt>', "held"),
        ('<w:hyperlink r:id="rNowhere"><w:r><w:t>dead</w:t></w:r></w:hyperlink>', "dead"),
    ],
)  # fmt: skip
def test_what_stands_in_a_line(xml: str, written: str, word: WordFile, tmp_path: Path) -> None:
    paragraph = word.paragraph("Before many other words of the book ")
    word.xml(paragraph, xml)
    paragraph.add_run(" after.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert body(brought).rstrip("\n") == f"Before many other words of the book {written} after."


def test_entries_of_the_index_mark_the_words_before_them(word: WordFile, tmp_path: Path) -> None:
    paragraph = word.paragraph("The town of Lachin")
    word.field(paragraph, 'XE "Lachin"')
    paragraph.add_run(" has a road")
    word.field(paragraph, 'XE "roads:to Lachin"')
    paragraph.add_run(".")
    text = body(read_docx(word.save(tmp_path / "text.docx")))
    assert '[Lachin]{.index term="Lachin"}' in text
    assert '[road]{.index term="roads" sub="to Lachin"}' in text


def test_a_heading_may_be_told_by_its_outline_level_alone(word: WordFile, tmp_path: Path) -> None:
    for text in ("One", "Two"):
        heading = word.paragraph(text, "Kapitelkopf")
        word.paragraph(f"Text {text}.")
        heading._p.get_or_add_pPr().append(word.element(f'<w:outlineLvl {W} w:val="0"/>'))
    assert [each.title for each in read_docx(word.save(tmp_path / "text.docx")).chapters] == ["One", "Two"]


def test_the_only_heading_of_its_level_is_the_title_of_the_whole(word: WordFile, tmp_path: Path) -> None:
    word.heading("The book")
    for title in ("One", "Two"):
        word.heading(title, 2)
        word.paragraph("Text.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert brought.title_page.title == "The book"
    assert [each.title for each in brought.chapters] == ["One", "Two"]


def test_a_note_in_a_heading_stands_at_the_beginning_of_its_chapter(word: WordFile, tmp_path: Path) -> None:
    word.note(word.heading("Called"), "A note.")
    word.paragraph("Text.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert brought.chapters[0].title == "Called"
    assert body(brought) == "[^1]\n\nText.\n\n[^1]: A note."


def test_bold_paragraphs_in_a_document_without_headings_are_told(word: WordFile, tmp_path: Path) -> None:
    for title in ("Morning", "Evening"):
        word.paragraph().add_run(title).bold = True
        word.paragraph("Text of the day.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert said(brought, "import-heading-guess") == ["Morning", "Evening"]
    assert "**Morning**" in body(brought)


def test_a_document_without_styles_has_its_title_and_captions_by_their_look(word: WordFile, tmp_path: Path) -> None:
    word.paragraph().add_run("THE FERRY").bold = True
    word.paragraph("By Ann Doe")
    word.paragraph("It carried nobody.")
    word.picture("A ferry")
    word.paragraph("The ferry at the quay, 4 May.")
    word.paragraph("Photograph: Ben Roe")
    word.picture("Gulls", "green", word.picture("Nets", "blue"))
    word.paragraph("Left: nets. Right: gulls. Photos: Ben Roe", "Caption")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert (brought.title_page.title, brought.title_page.creators) == ("THE FERRY", (("Ann Doe", "author"),))
    assert body(brought) == (
        'It carried nobody.\n\n![A ferry](text/image1.png){credit="Ben Roe"}\nThe ferry at the quay, 4 May.\n\n'
        '::: gallery\n![Nets](text/image2.png){credit="Ben Roe"}\n\n![Gulls](text/image3.png){credit="Ben Roe"}\n\n'
        "Left: nets. Right: gulls.\n:::"
    )
    assert begin(tmp_path / "new", tmp_path / "text.docx").lost == ()


def test_verse_keeps_its_stanzas_and_a_quotation_its_source(word: WordFile, tmp_path: Path) -> None:
    word.paragraph("For the gulls", "Dedication")
    word.heading("Tide")
    word.paragraph("The sea is never full.", "Epigraph")
    word.paragraph("— Ecclesiastes", "Attribution")
    for line in ("One", "\ttwo", "", "three"):
        word.paragraph(line, "Poem")
    word.paragraph("Between.")
    word.paragraph("Four\nfive\n\nsix", "Verse")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert brought.chapters[0].head == {"role": "dedication"}
    assert body(brought, 1) == (
        "::: epigraph\nThe sea is never full.\n\n— Ecclesiastes\n:::\n\n| One\n|     two\n|\n| three\n\nBetween.\n\n"
        "| Four\n| five\n|\n| six"
    )


def test_parts_may_have_numbers_as_those_of_word_on_the_web(word: WordFile, tmp_path: Path) -> None:
    word.heading("The harbour")
    word.picture("Boats")
    word.save(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as made, zipfile.ZipFile(tmp_path / "b.docx", "w") as out:
        for name in made.namelist():
            data = made.read(name).replace(b"word/document.xml", b"word/document2.xml")
            data = data.replace(b'"styles.xml"', b'"styles3.xml"')
            new = name.replace("document.xml", "document2.xml").replace("word/styles.xml", "word/styles3.xml")
            out.writestr(new, data)
    brought = read_docx(tmp_path / "b.docx")
    assert kinds_of([tmp_path / "b.docx"]) == [SourceKind.WORD]
    assert [each.title for each in brought.chapters] == ["The harbour"]
    assert body(brought) == "![Boats](b/image1.png)"


def test_merged_cells_stay_merged(word: WordFile, tmp_path: Path) -> None:
    table = word.table([["a", "b"], ["", "d"], ["e", "f"]])
    table.cell(0, 0).merge(table.cell(1, 0)).text = "tall"
    text = body(read_docx(word.save(tmp_path / "text.docx")))
    assert text.count("tall") == 1
    assert text.startswith("+---")


def test_pictures_that_cannot_be_brought_keep_their_places(word: WordFile, tmp_path: Path) -> None:
    word.picture("Drawn")
    word.picture("Far", "blue")

    def changed(name: str, data: bytes) -> bytes:
        if not name.endswith("document.xml.rels"):
            return data
        data = data.replace(b"media/image1.png", b"media/image1.emf")
        return data.replace(b'"media/image2.png"', b'"https://example.org/far.png" TargetMode="External"')

    word.more["word/media/image1.emf"] = b"drawing"
    brought = read_docx(word.save(tmp_path / "text.docx", changed))
    assert said(brought, "import-picture-format") == ["image1.emf"]
    assert said(brought, "import-remote-picture") == ["https://example.org/far.png"]
    assert "![Drawn](text/image1.png)" in body(brought)
    assert "![Far](far.png)" in body(brought)
    assert brought.pictures == ()


def test_drawings_come_as_they_are_shown(word: WordFile, tmp_path: Path) -> None:
    word.heading("Drawings")
    blip = word.picture("Cut")._p.xpath(".//a:blip")[0]
    blip.addnext(word.element(f'<a:srcRect {_A} l="10000" t="5000" r="20000" b="15000"/>'))
    blip.append(
        word.element(f'<a:extLst {_A}><a:ext><s:svgBlip xmlns:s="{_SVG}" {_R} r:embed="s"/></a:ext></a:extLst>')
    )
    beside = word.paragraph("Words ")
    word.picture("Floating", "blue", beside)._p.xpath(".//wp:inline")[0].tag = f"{{{_WP}}}anchor"
    beside.add_run("around it.")
    word.paragraph("Figure 9. A floating picture.")
    word.xml(word.paragraph("A chart:"), _CHART)
    word.caption("Chart", "1", ": Boats by year")
    word.xml(word.paragraph(), f'<w:r><w:pict><v:rect {_O} o:hr="t"/></w:pict></w:r>')
    word.paragraph("After the line.")
    word.more["word/media/s.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    word.more["word/charts/c.xml"] = f"<c {_A}><a:p><a:r><a:t>Boats</a:t></a:r></a:p></c>".encode()
    links = f'<Relationship Id="s" Type="{_REL}image" Target="media/s.svg"/>'
    links += f'<Relationship Id="c" Type="{_REL}chart" Target="charts/c.xml"/>'

    def changed(name: str, data: bytes) -> bytes:
        end = b"</Relationships>"
        more = links.encode() if name == "word/_rels/document.xml.rels" else b""
        return data.replace(end, more + end)

    brought = read_docx(word.save(tmp_path / "d.docx", changed))
    assert body(brought) == (
        '![Cut](d/s.svg){crop="10% 5% 70% 80%"}\n\nWords around it.\n\n![Floating](d/image2.png)\nA floating picture.'
        "\n\nA chart:\n\n![Boats]()\nBoats by year\n\n---\n\nAfter the line."
    )
    assert said(brought, "import-chart") == ["Boats"]
    assert lost_words(brought.words, f"Drawings\n{body(brought)}") == []


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_R = f'xmlns:r="{_REL[:-1]}"'
_O = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART = (
    f'<w:r><w:drawing><wp:inline><wp:docPr id="9" name="Chart" descr="Boats"/><a:graphic><a:graphicData uri="{_C}">'
    f'<c:chart xmlns:c="{_C}" r:id="c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_lists_count_with_their_letters(word: WordFile, tmp_path: Path) -> None:
    numbering = word.document.part.numbering_part._element
    for id, formats in (("90", ("lowerLetter", "lowerRoman")), ("91", ("upperRoman",))):
        levels = (
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/></w:lvl>'
            for n, format in enumerate(formats)
        )
        numbering.insert(
            0, word.element(f'<w:abstractNum {W} w:abstractNumId="{id}">{"".join(levels)}</w:abstractNum>')
        )
        numbering.append(word.element(f'<w:num {W} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'))
    for text, id, level in (("a", 90, 0), ("b", 90, 0), ("inner", 90, 1), ("c", 90, 0), ("other", 91, 0)):
        properties = word.paragraph(text)._p.get_or_add_pPr()
        properties.append(word.element(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'))
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert body(brought) == "{type=a}\n1. a\n2. b\n\n   {type=i}\n   1. inner\n3. c\n\n{type=I}\n1. other"


def numbered(word: WordFile, text: str, id: int, more: str = "") -> None:
    """A paragraph with the number of a list; 0 takes the number off."""
    properties = word.paragraph(text)._p.get_or_add_pPr()
    properties.append(word.element(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{id}"/></w:numPr>'))
    if more:
        properties.append(word.element(more))


def test_a_paragraph_without_its_number_goes_on_with_the_item(word: WordFile, tmp_path: Path) -> None:
    """Backspace takes the number off and leaves the indent; who takes that off too begins a paragraph of the text."""
    numbering = word.document.part.numbering_part._element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    numbering.insert(0, word.element(f'<w:abstractNum {W} w:abstractNumId="90">{level}</w:abstractNum>'))
    numbering.append(word.element(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    numbered(word, "one", 90)
    numbered(word, "more of it", 0)
    numbered(word, "two", 90)
    numbered(word, "Text again.", 0, f'<w:ind {W} w:left="0"/>')
    text = body(read_docx(word.save(tmp_path / "text.docx")))
    assert text == "1. one\n\n   more of it\n\n2. two\n\nText again."


def test_code_terms_and_dates_are_told_by_their_styles(word: WordFile, tmp_path: Path) -> None:
    word.document.styles.add_style("Verbatim Char", 2)
    word.paragraph("The Mill", "Title")
    word.paragraph("2024-03-01", "Date")
    word.heading("One")
    text = word.paragraph("Type ")
    text.add_run("make", "Verbatim Char")
    word.paragraph("def f():\n    return", "Source Code")
    word.paragraph("Weir", "Definition Term")
    word.paragraph("A dam.", "Definition")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert brought.title_page.published == "2024-03-01"
    assert body(brought) == "Type `make`\n\n```\ndef f():\n    return\n```\n\nWeir\n: A dam."


def test_a_bookmark_between_paragraphs_leads_to_the_next(word: WordFile, tmp_path: Path) -> None:
    word.heading("One")
    text = word.paragraph("See ")
    word.xml(text, '<w:hyperlink w:anchor="two"><w:r><w:t>there</w:t></w:r></w:hyperlink>')
    word.heading("Two")._p.addprevious(word.element(f'<w:bookmarkStart {W} w:id="5" w:name="two"/>'))
    word.paragraph("Words.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert (body(brought), body(brought, 1)) == ("See [there](#two)", "{#two}\nWords.")


def test_a_frame_of_a_picture_with_its_caption_is_no_text_box_to_move(word: WordFile, tmp_path: Path) -> None:
    caption = "<w:p><w:pPr><w:pStyle w:val='Caption'/></w:pPr><w:r><w:t>The mill in May.</w:t></w:r></w:p>"
    word.xml(word.paragraph("Words."), f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{caption}</w:txbxContent>"
             "</v:textbox></v:shape></w:pict></w:r>")  # fmt: skip
    assert said(read_docx(word.save(tmp_path / "text.docx")), "import-text-box") == []


def test_a_drop_capital_stands_before_its_word(word: WordFile, tmp_path: Path) -> None:
    word.heading("One")
    capital = word.paragraph()
    frame = word.element(f'<w:framePr {W} w:dropCap="drop" w:lines="3"/>')
    capital._p.get_or_add_pPr().append(frame)
    word.xml(capital, '<w:r><w:rPr><w:position w:val="-10"/><w:sz w:val="116"/></w:rPr><w:t>T</w:t></w:r>')
    word.paragraph("he mill is old.")
    assert body(read_docx(word.save(tmp_path / "text.docx"))) == "The mill is old."


def test_a_credit_in_a_paragraph_of_its_own_belongs_to_the_caption(word: WordFile, tmp_path: Path) -> None:
    word.picture("A mill")
    word.paragraph("The mill in May.", "Caption")
    word.paragraph("Photo: Ann Doe", "Caption")
    word.paragraph("Over the next picture.", "Caption")
    word.picture("A hut", "blue")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert body(brought) == (
        '![A mill](text/image1.png){credit="Ann Doe"}\nThe mill in May.\n\n'
        "![A hut](text/image2.png)\nOver the next picture."
    )
    assert said(brought, "import-caption-loose") == []


def test_a_byline_names_the_authors_of_the_book_or_of_its_chapter(word: WordFile, tmp_path: Path) -> None:
    word.paragraph("The harbour", "Title")
    word.paragraph("By Ann Doe and Ben Roe")
    word.heading("Ice")
    word.paragraph("Words by Cid Poe, photographs by Dot Coe")
    word.paragraph("The ice came.")
    word.heading("Thaw")
    word.paragraph("By Sunday it was gone.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert brought.title_page.creators == (("Ann Doe", "author"), ("Ben Roe", "author"))
    assert [(each.title, each.body, dict(each.head)) for each in brought.chapters] == [
        ("Ice", "The ice came.", {"author": "Cid Poe", "credit": "Dot Coe"}),
        ("Thaw", "By Sunday it was gone.", {}),
    ]
    assert said(brought, "import-byline") == ["By Ann Doe and Ben Roe", "Words by Cid Poe, photographs by Dot Coe"]
    assert begin(tmp_path / "new", tmp_path / "text.docx").lost == ()


def test_a_bullet_without_a_sign_goes_on_with_its_item(word: WordFile, tmp_path: Path) -> None:
    word.paragraph("bread", "List Bullet")
    blank = word.paragraph("with butter")
    word.paragraph("salt", "List Bullet")
    numbering = word.document.part.numbering_part.element
    numbering.insert(
        0,
        word.element(
            f'<w:abstractNum {W} w:abstractNumId="990"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
            '<w:lvlText w:val=" "/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(word.element(f'<w:num {W} w:numId="990"><w:abstractNumId w:val="990"/></w:num>'))
    level = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="990"/></w:numPr>'
    blank._p.get_or_add_pPr().append(word.element(level))
    assert body(read_docx(word.save(tmp_path / "text.docx"))) == "- bread\n\n  with butter\n\n- salt"


def test_columns_of_a_table_stay_at_their_side(word: WordFile, tmp_path: Path) -> None:
    table = word.table([["Year", "Sacks"], ["1900", "310"]])
    for row in table.rows:
        row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    assert "|---|--:|" in body(read_docx(word.save(tmp_path / "text.docx")))


def test_links_lead_where_they_led(word: WordFile, tmp_path: Path) -> None:
    word.heading("One")
    text = word.paragraph("See ")
    word.field(text, 'HYPERLINK "https://example.org/a?b=1" \\o "tip"', "there")
    text.add_run(" and ")
    word.xml(text, '<w:hyperlink w:anchor="_heading=h.x"><w:r><w:t>Two</w:t></w:r></w:hyperlink>')
    inside = "<w:sdtContent><w:r><w:t>Enter text</w:t></w:r></w:sdtContent>"
    word.xml(text, f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{inside}</w:sdt>")
    heading = word.heading("")
    word.xml(heading, '<w:bookmarkStart w:id="1" w:name="_heading=h.x"/><w:r><w:t>Two</w:t></w:r>')
    word.paragraph("Words.")
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert body(brought) == "See [there](https://example.org/a?b=1) and [Two](#_heading-h-x)"
    assert body(brought, 1) == "{#_heading-h-x}\nWords."
    assert said(brought, "import-unfilled") == ["Enter text"]


def test_a_picture_that_is_decoration_is_told(word: WordFile, tmp_path: Path) -> None:
    properties = word.picture("Ornament")._p.xpath(".//wp:docPr")[0]
    properties.append(
        word.element('<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:decorative'
                     ' xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>')
    )  # fmt: skip
    brought = read_docx(word.save(tmp_path / "text.docx"))
    assert said(brought, "import-decorative") == ["image1.png"]
    assert "![](" in body(brought)


# ---- bad input


@pytest.mark.parametrize(
    ("id", "changed"),
    [
        ("import-broken", lambda data: data[:200]),
        ("import-entities", lambda data: data.replace(b"<w:document", b'<!DOCTYPE w [<!ENTITY a "b">]><w:document', 1)),
        ("import-bomb", lambda data: data.replace(b"<w:body>", b"<w:body>" + b" " * 30_000_000)),
    ],
)  # fmt: skip
def test_a_document_that_is_broken_or_dangerous_is_refused(
    id: str, changed: Callable[[bytes], bytes], word: WordFile, tmp_path: Path
) -> None:
    word.paragraph("Text.")
    file = word.save(tmp_path / "a.docx", lambda name, data: changed(data) if name == "word/document.xml" else data)
    with pytest.raises(PressroomError) as refused:
        begin(tmp_path / "new", file)
    assert [finding.id for finding in refused.value.findings] == [id]
    assert not (tmp_path / "new").exists()


def test_an_empty_document_says_so(word: WordFile, tmp_path: Path) -> None:
    with pytest.raises(PressroomError) as refused:
        begin(tmp_path / "new", word.save(tmp_path / "a.docx"))
    assert [finding.id for finding in refused.value.findings] == ["import-empty"]
    assert not (tmp_path / "new").exists()


# ---- whatever people write


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)
STYLES = ("Normal", "Heading 1", "Heading 2", "Quote", "List Bullet", "List Number", "Caption", "Title", "Übliches")
COUNTER = itertools.count()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STYLES), st.lists(st.tuples(WORDS, st.booleans()), max_size=3)), max_size=6))
def test_whatever_is_written_no_word_is_lost(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[str, list[tuple[str, bool]]]]
) -> None:
    word = WordFile()
    word.paragraph("Always something.")
    for style, runs in blocks:
        paragraph = word.paragraph("", style)
        for text, is_slanted in runs:
            paragraph.add_run(text).italic = is_slanted
    brought = read_docx(word.save(tmp_path_factory.getbasetemp() / f"words-{next(COUNTER)}.docx"))
    written = [text for chapter in brought.chapters for text in (chapter.title, chapter.body, chapter.part)]
    assert lost_words(brought.words, [*written, brought.title_page.title]) == []


# ---- as people type who know no styles


def test_typed_bullets_are_a_list_and_a_page_break_parts_words(word: WordFile, tmp_path: Path) -> None:
    for line in ("We need:", "• water", "•\tfood", "Then more."):
        word.paragraph(line)
    word.paragraph("Before").add_run().add_break(WD_BREAK.PAGE)
    text = word.paragraph("Left")
    text.add_run().add_break(WD_BREAK.PAGE)
    text.add_run("Right")
    brought = read_docx(word.save(tmp_path / "a.docx"))
    assert body(brought) == "We need:\n\n- water\n- food\n\nThen more.\n\nBefore\n\nLeft\\\nRight"


def test_a_typed_caption_comes_with_its_table(word: WordFile, tmp_path: Path) -> None:
    word.paragraph("Table 1. Grain by year")
    word.table([["Year", "Tons"], ["1990", "3"]])
    word.paragraph("Table 1 shows grain.")
    brought = read_docx(word.save(tmp_path / "a.docx"))
    assert body(brought).split("\n\n")[1:] == ["Table: Grain by year", "Table 1 shows grain."]
    assert said(brought, "import-caption-guess") == ["Table 1. Grain by year"]
    assert lost_words(brought.words, [body(brought)]) == []


def test_captions_in_other_scripts_lose_their_numbers_and_no_word(word: WordFile, tmp_path: Path) -> None:
    word.paragraph("表1 各地区人数")
    word.table([["a", "b"], ["c", "d"]])
    word.picture()
    word.paragraph("图 1：磨坊")
    word.table([["a", "b"], ["c", "d"]])
    word.paragraph("الجدول 2: العدد")
    brought = read_docx(word.save(tmp_path / "a.docx"))
    captions = [line for line in body(brought).split("\n") if line[:1] not in ("", "|", "!")]
    assert captions == ["Table: 各地区人数", "磨坊", "Table: العدد"]
    assert lost_words(brought.words, [body(brought)]) == []


def test_contents_without_their_styles_are_left_out(word: WordFile, tmp_path: Path) -> None:
    word.field(word.paragraph(), ' TOC \\o "1-3" ', "The mill 3")
    word.heading("The mill")
    word.paragraph("Words.")
    brought = read_docx(word.save(tmp_path / "a.docx"))
    assert [(chapter.title, chapter.body) for chapter in brought.chapters] == [("The mill", "Words.")]
    assert said(brought, "import-contents") == ["The mill 3"]


@pytest.mark.parametrize("alt", ["image1.png", "Picture 3", "A mill\n\nDescription automatically generated"])
def test_what_programs_say_of_a_picture_is_no_alt_text(word: WordFile, tmp_path: Path, alt: str) -> None:
    word.picture(alt)
    brought = read_docx(word.save(tmp_path / "a.docx"))
    assert body(brought).startswith("![A mill](" if "mill" in alt else "![](")
