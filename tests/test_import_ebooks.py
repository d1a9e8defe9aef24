"""Ebooks come in: EPUB 2 and 3, by others and by Pressroom itself, whole or broken; and what is refused."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Publish, picture, read
from lxml import etree

from pressroom import cli, production
from pressroom.errors import PressroomError, Severity
from pressroom.importing.brought import Brought
from pressroom.importing.ebook_reading import read_ebook
from pressroom.importing.page_words import visible_words
from pressroom.importing.source_kinds import SourceKind
from pressroom.importing.texts_brought import TextWishes, begin_with_text
from pressroom.importing.words_kept import lost_words

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    '<dc:title id="t">The road</dc:title><dc:title id="s">Three days</dc:title>'
    '<meta refines="#s" property="title-type">subtitle</meta><dc:language>en</dc:language>'
    '<dc:creator id="c">Ann Doe</dc:creator><meta refines="#c" property="role" scheme="marc:relators">pht</meta>'
    "<dc:publisher>Vale Books</dc:publisher><dc:date>2023-09-27</dc:date><dc:rights>© Ann Doe</dc:rights>"
    "<dc:identifier>urn:isbn:9780000000002</dc:identifier><dc:description>&lt;p&gt;A &lt;b&gt;road&lt;/b&gt;.&lt;/p&gt;"
    "</dc:description>"
)


def page(body: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title>{head}</head>{body}</html>'
    )


def ebook(  # noqa: PLR0913 - what an ebook may have
    file: Path,
    pages: Mapping[str, str],
    *,
    version: str = "3.0",
    metadata: str = METADATA,
    more: Mapping[str, str | bytes] | None = None,
    manifest: str = "",
) -> Path:
    """An ebook of these pages, in their order. `more` are other files, and `manifest` lists them."""
    items = "".join(
        f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    refs = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f'<manifest>{items}{manifest}</manifest><spine toc="ncx">{refs}</spine></package>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", package)
        for name, text in pages.items():
            archive.writestr(f"OEBPS/{name}", text)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return file


NAV = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
NCX = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
PICTURE = '<item id="a" href="img/a.jpg" media-type="image/jpeg"/>'


def modern(tmp_path: Path) -> Path:
    """An EPUB 3 with parts, a cover, notes in their chapters, figures, and marks of pages."""
    photo = picture(tmp_path / "a.jpg").read_bytes()
    one = page(
        '<body><section epub:type="chapter"><h1 id="one">One</h1><p epub:type="subtitle">How it began</p>'
        '<p>The <em>road</em><a epub:type="noteref" href="#n1" id="r1">1</a> goes up<span epub:type="pagebreak" id="p7"'
        ' title="7"/> to <a href="two.xhtml#hut">the hut</a>.</p><figure id="f"><img src="img/a.jpg" alt="A road"/>'
        '<figcaption>The road in May.</figcaption></figure><aside epub:type="footnote" id="n1"><p>'
        '<a href="#r1">1</a> Built in 1911.</p></aside></section></body>'
    )
    two = page(
        '<body><h1>Two</h1><p>See <a href="one.xhtml">the first</a>.</p><h2 id="hut">The hut</h2><ul><li>bread</li>'
        "<li>salt</li></ul><table><tr><th>Year</th><th>Nights</th></tr><tr><td>1911</td><td>12</td></tr></table></body>"
    )
    nav = page(
        '<body><nav epub:type="toc"><ol><li><a href="cover.xhtml">Cover</a></li><li><a href="part.xhtml">Up</a><ol><li>'
        '<a href="one.xhtml">One</a></li><li><a href="two.xhtml">Two</a></li></ol></li><li><a href="end.xhtml">After'
        '</a></li></ol></nav><nav epub:type="page-list"><ol><li><a href="one.xhtml#p7">7</a></li></ol></nav></body>'
    )
    pages = {
        "cover.xhtml": page('<body><img src="img/a.jpg" alt="Cover"/></body>'),
        "title.xhtml": page('<body epub:type="titlepage"><h1>The road</h1><p>Ann Doe</p></body>'),
        "part.xhtml": page("<body><h1>Part 1: Up</h1></body>"),
        "one.xhtml": one,
        "two.xhtml": two,
        "end.xhtml": page('<body epub:type="afterword"><p>Thanks to all.</p></body>'),
    }
    cover = PICTURE.replace("/>", ' properties="cover-image"/>')
    return ebook(
        tmp_path / "modern.epub", pages, more={"OEBPS/nav.xhtml": nav, "OEBPS/img/a.jpg": photo}, manifest=NAV + cover
    )


def old(tmp_path: Path) -> Path:
    """An EPUB 2 with an NCX, entities, notes in a file of their own, and a chapter in two files."""
    photo = picture(tmp_path / "a.jpg").read_bytes()
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
        '<navPoint><navLabel><text>First</text></navLabel><content src="c1.html"/></navPoint>'
        '<navPoint><navLabel><text>Second</text></navLabel><content src="c2.html"/></navPoint>'
        '<navPoint><navLabel><text>Notes</text></navLabel><content src="notes.html"/></navPoint></navMap></ncx>'
    )
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    one = page(
        '<body><p>Caf&eacute;&nbsp;&mdash; closed.<sup><a id="b1" href="notes.html#n1">1</a></sup></p></body>'
    ).replace("<html", f"{doctype}<html")
    pages = {
        "c1.html": one,
        "c1b.html": page('<body><p>It goes on.</p><div><img src="../OEBPS/img/a.jpg" alt="A door"/></div></body>'),
        "c2.html": page('<body><h2>The second</h2><p>More.<sup><a id="b2" href="notes.html#n2">2</a></sup></p></body>'),
        "notes.html": page(
            '<body><h2>Notes</h2><p id="n1"><a href="c1.html#b1">1</a>. On Mondays.</p><p id="n2">'
            '<a href="c2.html#b2">2</a>. Less.</p></body>'
        ),
    }
    metadata = (
        '<dc:title>Doors</dc:title><dc:language>fr</dc:language><dc:creator opf:role="trl">Ben Roe</dc:creator>'
        '<dc:date opf:event="creation">2001-01-01</dc:date><dc:date opf:event="publication">2010</dc:date>'
        '<meta name="cover" content="a"/>'
    )
    more: dict[str, str | bytes] = {"OEBPS/toc.ncx": ncx, "OEBPS/img/a.jpg": photo}
    return ebook(tmp_path / "old.epub", pages, version="2.0", metadata=metadata, more=more, manifest=NCX + PICTURE)


def drawn(tmp_path: Path) -> Path:
    """An ebook with drawings, formulas, verse, code, languages and a script."""
    body = (
        '<body><h1>Signs</h1><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A line</title>'
        '<linearGradient id="g"/><path d="M0 0h9"/></svg><p>Then <math xmlns="http://www.w3.org/1998/Math/MathML"><msup>'
        '<mi>x</mi><mn>2</mn></msup></math> and <span xml:lang="hy">հայ</span>.</p><script>alert(1)</script>'
        '<div class="poem"><p>Up<br/>and down</p></div><pre>a  b</pre><blockquote><p>Yes.</p></blockquote></body>'
    )
    return ebook(tmp_path / "drawn.epub", {"a.xhtml": page(body)})


def broken(tmp_path: Path) -> Path:
    """An ebook with every fault that a tired program makes, and words that can be read all the same."""
    pages = {
        "a.xhtml": page("<body><h1>Torn</h1><p>One <b>two</p><p>&unknown; three & four</p></body>"),
        "b.xhtml": "<html><body><h1>No namespace</h1><p>Five.</p></body></html>",
    }
    manifest = (
        '<item id="x" href="../../../etc/passwd" media-type="application/xhtml+xml"/>'
        '<item id="y" href="gone.xhtml" media-type="application/xhtml+xml"/>'
    )
    file = ebook(tmp_path / "broken.epub", pages, manifest=manifest)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("OEBPS/b.xhtml", pages["b.xhtml"].replace("Five", "Six"))
        archive.writestr("../../outside.xhtml", "no")
    return file


EBOOKS = {"EPUB 3": modern, "EPUB 2": old, "drawings and signs": drawn, "faults": broken}


def lost(brought: Brought) -> list[str]:
    texts = [f"{chapter.title}\n\n{chapter.body}\n\n{chapter.head}" for chapter in brought.chapters]
    parts = [chapter.part for chapter in brought.chapters]
    return [word for each in lost_words(brought.words, [*texts, *parts]) for word in each.words]


def told(brought: Brought) -> set[str]:
    return {remark.id for remark in brought.remarks}


@pytest.mark.parametrize("make", EBOOKS.values(), ids=EBOOKS)
def test_no_word_of_an_ebook_is_lost(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    brought = read_ebook(make(tmp_path))
    assert brought.words
    assert lost(brought) == []


def test_chapters_come_in_the_order_of_the_spine_with_parts_from_the_contents(tmp_path: Path) -> None:
    brought = read_ebook(modern(tmp_path))
    assert [(each.title, each.part, each.is_after_parts) for each in brought.chapters] == [
        ("One", "Up", False),
        ("Two", "", False),
        ("After", "", True),
    ]
    assert brought.chapters[0].head["subtitle"] == "How it began"
    assert brought.chapters[2].head["role"] == "afterword"
    assert brought.chapters[0].body == (
        "The *road*[^1] goes up to [the hut](#hut).\n\n![A road](a.jpg)\nThe road in May.\n\n[^1]: Built in 1911."
    )
    assert "See [the first](one.md)." in brought.chapters[1].body
    assert "## The hut {#hut}" in brought.chapters[1].body


def test_metadata_and_cover_become_the_title_page(tmp_path: Path) -> None:
    about = read_ebook(modern(tmp_path)).title_page
    assert (about.title, about.subtitle, about.language) == ("The road", "Three days", "en")
    assert about.creators == (("Ann Doe", "photographer"),)
    assert (about.publisher, about.published, about.rights) == ("Vale Books", "2023-09-27", "© Ann Doe")
    assert (about.description, about.cover) == ("A road.", "a.jpg")


def test_metadata_of_epub_2(tmp_path: Path) -> None:
    about = read_ebook(old(tmp_path)).title_page
    assert (about.title, about.creators, about.published, about.cover) == (
        "Doors",
        (("Ben Roe", "translator"),),
        "2010",
        "a.jpg",
    )


def test_what_a_new_book_makes_for_itself_is_told_and_left_out(tmp_path: Path) -> None:
    brought = read_ebook(modern(tmp_path))
    made = [remark.what for remark in brought.remarks if remark.id == "import-made-anew"]
    assert [what.partition(":")[0] for what in made] == ["cover", "titlepage"]
    assert {"import-page-list", "import-fact"} <= told(brought)
    assert "isbn" not in "".join(chapter.body for chapter in brought.chapters)


def test_notes_in_a_file_of_their_own_come_to_the_chapters_that_call_them(tmp_path: Path) -> None:
    brought = read_ebook(old(tmp_path))
    first, second = brought.chapters
    assert first.body == ("Café\u00a0— closed.[^1]\n\nIt goes on.\n\n![A door](a.jpg)\n\n[^1]: On Mondays.")
    assert (first.title, second.title) == ("First", "The second")
    assert second.body == "More.[^1]\n\n[^1]: Less."


def test_a_file_of_several_chapters_is_parted_where_the_contents_lead(tmp_path: Path) -> None:
    whole = page(
        '<body><section id="p1"><h1>Part A</h1><section id="c1"><h2>One</h2><p>Words, see <a href="#c3">three</a>.</p>'
        '</section><p class="chapter-number">2</p><h2><a id="c2"/>Two</h2><p>More.'
        '<a epub:type="noteref" href="#f">1</a>'
        '</p></section><section id="p2"><h1>Part B</h1><div id="c3"><h2>Three</h2><h3 id="x">Under it</h3><p>End.</p>'
        '</div></section><aside epub:type="footnote" id="f"><p>Note.</p></aside></body>'
    )
    lines = {"p1": "Part A", "c1": "One", "c2": "Two", "p2": "Part B", "c3": "Three", "x": "Under it"}
    entry = {id: f'<li><a href="all.xhtml#{id}">{title}</a>' for id, title in lines.items()}
    nav = page(
        f'<body><nav epub:type="toc"><ol>{entry["p1"]}<ol>{entry["c1"]}</li>{entry["c2"]}</li></ol></li>'
        f"{entry['p2']}<ol>"
        f"{entry['c3']}<ol>{entry['x']}</li></ol></li></ol></li></ol></nav></body>"
    )
    more = {"OEBPS/nav.xhtml": nav}
    brought = read_ebook(ebook(tmp_path / "a.epub", {"all.xhtml": whole}, more=more, manifest=NAV))
    assert [(each.part, each.title, each.body) for each in brought.chapters] == [
        ("Part A", "One", "Words, see [three](three.md)."),
        ("", "Two", "More.[^1]\n\n[^1]: Note."),
        ("Part B", "Three", "## Under it\n\nEnd."),
    ]
    assert lost(brought) == []
    assert {each.place.file for each in brought.remarks if each.id == "import-chapter-number"} == {
        "a.epub/OEBPS/all.xhtml"
    }


def test_classes_say_what_paragraphs_are_and_pages_what_they_hold(tmp_path: Path) -> None:
    pages = {
        "title.xhtml": page("<body><p>The road</p><p>by Ann Doe</p></body>"),
        "toc.xhtml": page(
            '<body><p>Contents</p><p><a href="one.xhtml">One</a></p><p><a href="one.xhtml#x">x</a></p></body>'
        ),
        "one.xhtml": page(
            '<body><p class="Chapter-Title">One</p><p>An <span class="Kursiv">old</span> road.'
            '<a href="notes.xhtml#n1"><sup id="r1">[1]</sup></a></p><div><div><img src="img/a.jpg" alt="A"/></div><div>'
            '<p class="Caption">Fig. 3: A <b>road</b>.</p></div></div><p class="Block-Quote">Said.</p></body>',
            '<link rel="stylesheet" href="s.css"/>',
        ),
        "notes.xhtml": page(
            '<body><h1>Notes</h1><h2>One</h2><p id="n1"><a href="one.xhtml#r1">[1]</a> In May.</p></body>'
        ),
    }
    photo = picture(tmp_path / "a.jpg").read_bytes()
    more = {"OEBPS/s.css": "span.Kursiv { font-style: italic }", "OEBPS/img/a.jpg": photo}
    brought = read_ebook(ebook(tmp_path / "a.epub", pages, more=more, manifest=PICTURE))
    (chapter,) = brought.chapters
    assert (chapter.title, chapter.body) == (
        "One",
        "An *old* road.[^1]\n\n![A](a.jpg)\nA **road**.\n\n> Said.\n\n[^1]: In May.",
    )
    made = [remark.what.partition(":")[0] for remark in brought.remarks if remark.id == "import-made-anew"]
    assert made == ["titlepage", "toc"]
    assert {"import-caption-number", "import-notes-heading"} <= told(brought)
    assert lost(brought) == []


def test_what_other_programs_leave_to_the_look_of_a_page_is_read(tmp_path: Path) -> None:
    """Captions behind their pictures, numbers in titles, subheads and ornaments as classes, covers by their name."""
    pages = {
        "c.xhtml": page('<body><div><img src="img/cover.jpg" alt=""/></div></body>'),
        "one.xhtml": page(
            '<body><h1><a href="c.xhtml"><span>1</span><br/>One</a></h1><div><p>A road.</p><div class="image">'
            '<img src="img/a.jpg" alt="A"/></div><p class="caption">The road.</p>'
            '<div class="ornamental-break">❦</div><p>More.</p></div></body>'
        ),
        "two.xhtml": page('<body><p class="Chapter-Title">Two</p><p class="Subhead">Below</p><p>Words.</p></body>'),
    }
    photo = picture(tmp_path / "a.jpg").read_bytes()
    more = {"OEBPS/img/cover.jpg": photo, "OEBPS/img/a.jpg": photo}
    cover = '<item id="x" href="img/cover.jpg" media-type="image/jpeg"/>'
    brought = read_ebook(ebook(tmp_path / "a.epub", pages, more=more, manifest=PICTURE + cover))
    assert [(each.title, each.body) for each in brought.chapters] == [
        ("One", "A road.\n\n![A](a.jpg)\nThe road.\n\n---\n\nMore."),
        ("Two", "## Below\n\nWords."),
    ]
    assert brought.title_page.cover == "cover.jpg"
    assert [each.what for each in brought.remarks if each.id == "import-chapter-number"] == ["1"]
    assert lost(brought) == []


def test_bylines_and_letters_come_and_a_style_sheet_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    style = '<link rel="stylesheet" href="gone.css"/><style>ol.a {list-style-type: lower-alpha}</style>'
    pages = {
        "one.xhtml": page('<body lang="en"><p class="Chapter-Title">One</p><p>By Ann Doe</p><p>A road.</p></body>'),
        "two.xhtml": page(
            '<body lang="en"><h1>Two</h1><p>Words by Ben Roe, photographs by Cid Poe</p><ol class="a"><li>b</li></ol>'
            "<h2>Below</h2><p>By Dot Coe</p></body>", style,
        ),
    }  # fmt: skip
    metadata = METADATA.replace(">en<", ">en-GB<")
    brought = read_ebook(ebook(tmp_path / "a.epub", pages, metadata=metadata))
    assert [(each.body, {key: said for key, said in each.head.items() if said}) for each in brought.chapters] == [
        ("A road.", {"author": "Ann Doe"}),
        ("{type=a}\n1. b\n\n## Below\n\nBy Dot Coe", {"author": "Ben Roe", "credit": "Cid Poe"}),
    ]
    assert lost(brought) == []


def test_drawings_become_files_and_formulas_tex(tmp_path: Path) -> None:
    brought = read_ebook(drawn(tmp_path))
    (drawing,) = brought.pictures
    assert isinstance(drawing.content, bytes)
    assert etree.fromstring(drawing.content)[1].tag == "{http://www.w3.org/2000/svg}linearGradient"
    body = brought.chapters[0].body
    assert body.startswith(f"![A line]({drawing.name})\n\nThen $x^{{2}}$ and [հայ]{{lang=hy}}.\n\n| Up\n| and down")
    assert "alert" not in body
    assert "import-script" in told(brought)


def test_faults_are_told_and_nothing_outside_is_read(tmp_path: Path) -> None:
    brought = read_ebook(broken(tmp_path))
    assert {"import-page-faulty", "import-file-outside", "import-file-missing", "import-file-twice"} <= told(brought)
    assert brought.chapters[0].body == "One **two**\n\n&unknown; three & four".replace("&unknown;", "\\&unknown;")
    assert brought.chapters[1].body == "Six."
    assert not (tmp_path.parent / "outside.xhtml").exists()


PROTECTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{way}"/></enc:EncryptedData></encryption>'
)


def test_a_protected_ebook_is_refused_and_one_with_obfuscated_fonts_is_not(tmp_path: Path) -> None:
    pages = {"a.xhtml": page("<body><h1>A</h1><p>Words.</p></body>")}
    fonts = {"META-INF/encryption.xml": PROTECTED.format(way="http://www.idpf.org/2008/embedding")}
    assert read_ebook(ebook(tmp_path / "fonts.epub", pages, more=fonts)).chapters
    words = {"META-INF/encryption.xml": PROTECTED.format(way="http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(PressroomError) as refused:
        read_ebook(ebook(tmp_path / "words.epub", pages, more=words))
    (finding,) = refused.value.findings
    assert (finding.id, finding.severity) == ("import-protected", Severity.ERROR)
    assert "Nothing was written" in finding.message


FAULTS = {
    "no package": ({"META-INF/container.xml": "<container/>"}, "import-broken"),
    "no page": ({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": "<package/>"}, "import-broken"),
    "entities": (
        {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": '<!DOCTYPE p [<!ENTITY a "b">]><package>&a;</package>'},
        "import-entities",
    ),
    "a bomb": ({"META-INF/container.xml": CONTAINER, "OEBPS/a.xhtml": "0" * 21_000_000}, "import-bomb"),
    "torn": ({"META-INF/container.xml": CONTAINER[:100]}, "import-broken"),
}


@pytest.mark.parametrize(("files", "id"), FAULTS.values(), ids=FAULTS)
@pytest.mark.slow
def test_an_ebook_that_cannot_be_read_is_told(tmp_path: Path, files: dict[str, str], id: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(PressroomError) as refused:
        read_ebook(tmp_path / "a.epub")
    assert [finding.id for finding in refused.value.findings] == [id]


def test_entities_in_a_page_do_not_multiply(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    pages = {"a.xhtml": page("<body><h1>A</h1><p>&b; end</p></body>").replace("<html", f"{bomb}<html")}
    assert read_ebook(ebook(tmp_path / "a.epub", pages)).chapters[0].body == "\\&b; end"


def test_a_page_nested_without_end_keeps_its_words(tmp_path: Path) -> None:
    deep = "<div>" * 3000 + "<p>Deep.</p>" + "</div>" * 3000
    assert (
        read_ebook(ebook(tmp_path / "a.epub", {"a.xhtml": page(f"<body><h1>A</h1>{deep}</body>")})).chapters[0].body
        == "Deep."
    )


# ---- round trip


STORY = """\
---
subtitle: Three days
author: Ann Doe
---

# The pass

The [path](#hut) begins *behind* the last house.[^1] See [](#fig-a) and [](#tab-n).

![A road with "signs"](a.jpg){#fig-a .wide credit="Ann Doe"}
The *road* in May.[^2]

::: gallery
![One](a.jpg)
First.

![Two](b.jpg)
Second.

Both.
:::

## The hut {#hut}

::: sidebar Bread
Of rye. [Doe]{.index term="Doe, Ann"}
:::

| Year | Nights |
|---|--:|
| 1911 | 12 |

Table: Who came. {#tab-n}

The slope is $s = h / l$.

[^1]: Built in 1911.

    And again.

[^2]: By Ann.
"""
OTHER = "# After\n\n- one\n- two\n\n> Yes.\n>\n> — The guide\n\nSee [the hut](a.md#hut).\n"
BOOK = (
    "title: The road\nsubtitle: A book\nlanguage: en\ncreators: [{name: Ann Doe, role: photographer}]\n"
    "chapters: [{part: Up, chapters: [a.md]}, b.md, {generated: [index, photographs, credits, colophon]}]\n"
    "editions: {ebook: {format: epub}}\n"
)


SIZES = (("a", 1800), ("b", 1700))


def spoken(file: Path) -> list[str]:
    """The words of an ebook’s chapters as their pages have them, with numbers, credits and notes; and the alt texts."""
    with zipfile.ZipFile(file) as archive:
        pages = [etree.fromstring(archive.read(n)) for n in sorted(archive.namelist()) if "/c-" in n]
    return [visible_words(each) for each in pages] + [
        img.get("alt", "") for each in pages for img in each.iter("{*}img")
    ]


@pytest.mark.slow
def test_our_own_ebook_comes_back_as_the_same_book(publication: Publish, tmp_path: Path) -> None:
    photos = {f"assets/photos/{n}.jpg": picture(tmp_path / f"{n}.jpg", w).read_bytes() for n, w in SIZES}
    root = publication({"book/a.md": STORY, "book/b.md": OTHER, **photos}, BOOK)
    first = production.build(production.Order(root)).products[0].path
    again = tmp_path / "again"
    report = begin_with_text(again, first, SourceKind.EBOOK, TextWishes(), {})
    assert report.lost == ()
    assert [remark.id for remark in report.remarks if remark.severity != Severity.ADVICE] == []
    text = (again / "book/01-the-pass.md").read_text("utf-8")
    assert '{#fig-a .wide credit="Ann Doe"}\nThe *road* in May.[^2]' in text
    assert '[Doe]{.index term="Doe, Ann"}' in text
    assert "See [](#fig-a) and [](#tab-n)." in text
    settings = BOOK.replace("[a.md]", "[01-the-pass.md]").replace("b.md", "02-after.md")
    (again / "book/publication.yaml").write_text(settings, "utf-8")
    second = production.build(production.Order(again)).products[0].path
    assert spoken(second) == spoken(first)


@pytest.mark.slow
def test_ebooks_come_into_a_publication_that_builds(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/01-a.md": "# A\n\nText."}, "title: T\nlanguage: en\neditions: {ebook: {format: epub}}\n")
    assert cli.main(["import", *(str(make(tmp_path)) for make in EBOOKS.values()), "--root", str(root)]) == 0
    titles = [chapter.title for chapter in read(root).publication.chapters()]
    assert titles == ["A", "One", "Two", "After", "First", "The second", "Signs", "Torn", "No namespace"]
    report = production.build(production.Order(root))
    assert report.products
    assert [f for f in report.findings if f.severity == Severity.ERROR] == []
