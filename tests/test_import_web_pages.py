"""Web pages come in: articles as browsers save them, Google Docs’ zipped pages, and pages with every fault."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Publish, picture, read
from PIL import Image

from pressroom import cli, production
from pressroom.errors import PressroomError
from pressroom.importing.brought import Brought
from pressroom.importing.web_pages import read_web_page, read_zipped_page
from pressroom.importing.words_kept import lost_words


def saved(folder: Path, text: str | bytes, name: str = "page.html") -> Path:
    """A saved page."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / name


def packed(width: int = 3) -> str:
    """A picture as it stands in an address."""
    data = io.BytesIO()
    Image.new("RGB", (width, 2)).save(data, "PNG")
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"


def article(tmp_path: Path) -> Path:
    """A page of a newspaper, saved by a browser, with all that stands around an article."""
    picture(tmp_path / "page_files/mill.jpg")
    return saved(
        tmp_path,
        f"""<!DOCTYPE html><html lang="en"><head><title>The mill | The Valley Paper</title><meta name="author"
content="Ann Doe"><meta property="og:title" content="The mill"><meta property="article:published_time"
content="2024-05-03T10:00:00Z"><script>document.write("never")</script></head><body>
<header class="site-header"><a href="/">The Valley Paper</a><nav><ul><li><a href="/a">Home</a></li></ul></nav></header>
<div id="page"><div class="content"><h1>The mill</h1><p class="standfirst">What the river carried.</p>
<p>The mill stands at the river. Its wheel turns when snow melts.<sup><a href="#n1" id="r1">1</a></sup></p>
<figure><a href="https://example.org/big.jpg"><img src="page_files/mill.jpg" alt="A mill"></a>
<figcaption>The mill in May. <small class="credit">Ben Roe</small></figcaption></figure>
<h2>The wheel</h2><p>It has <b>forty</b> paddles, of which nine are new, and the miller says that they last.</p>
<p><img src="https://example.org/photos/wheel.jpg?x=1" alt="The wheel"></p>
<p>A sign <img src="{packed()}" alt="dot"> in a line.</p>
<img data-src="page_files/mill.jpg" src="{packed(1)}" alt="Later"><noscript><img src="page_files/mill.jpg"></noscript>
<table><tr><th>Year</th><th>Sacks</th></tr><tr><td>1900</td><td>310</td></tr></table>
<div class="newsletter"><p>Sign up for our newsletter</p><form><input><button>Go</button></form></div>
<ol><li id="n1">In April, mostly. <a href="#r1">↩</a></li></ol></div>
<div class="related"><h3>More stories</h3><ul><li><a href="/x">One</a></li></ul></div></div>
<footer class="site-footer"><p>All rights reserved.</p></footer><img src="https://count.example.org/x" width=1 height=1>
</body></html>""",
    )


def google(tmp_path: Path) -> Path:
    """A document of Google Docs, as “Web page (.html, zipped)” has it."""
    data = io.BytesIO()
    Image.new("RGB", (30, 20)).save(data, "PNG")
    page = """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">
@import url('https://themes.example.org/css?kit=x');.lst-kix_a-0>li{counter-increment:x}ol{margin:0}
.c0{color:#000;font-weight:400;font-style:normal}.c1{font-weight:700}.c2{font-style:italic}.c3{padding:0}
.c4{vertical-align:super}.c5{font-weight:400;font-size:20pt}</style></head><body class="c3 doc-content">
<h1 class="c3" id="h.abc"><span class="c5">The hut</span></h1><p class="c3"><span class="c0">The </span><span
class="c1">old</span><span class="c0"> hut stands </span><span class="c2 c1">high</span><span> above.</span><sup><a
href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> It is open.</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>
</p><p class="c3"><span style="overflow: hidden; display: inline-block; width: 602px; height: 400px;"><img alt="A hut"
src="images/image1.png" style="width: 602px; height: 400px;" title=""></span></p><p class="c3"><span></span></p>
<ul class="c6 lst-kix_a-0 start"><li class="c3"><span>bread</span></li></ul><ul class="c6 lst-kix_a-1 start"><li>
<span>rye</span></li><li><span>wheat</span></li></ul><ul class="c6 lst-kix_a-0"><li><span>salt</span></li></ul>
<p class="c3"><span><a class="c7" href="https://www.google.com/url?q=https://example.org/hut?a%3Db&amp;sa=D&amp;ust=1"
>The site</a></span></p><table class="c8"><tr><td colspan="1"><p><span>Year</span></p></td><td><p><span>Nights</span>
</p></td></tr><tr><td><p><span>1911</span></p></td><td><p><span>12</span></p></td></tr></table>
<hr><div><p class="c3"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c0">&nbsp;Since 1911.</span></p></div>
<div class="c9"><p class="c3"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is that so?</span></p></div></body></html>"""
    with zipfile.ZipFile(tmp_path / "Hut.zip", "w") as archive:
        archive.writestr("Hut.html", page)
        archive.writestr("images/image1.png", data.getvalue())
    return tmp_path / "Hut.zip"


def latin(tmp_path: Path) -> Path:
    """A page of the nineties: no structure, letters of Windows, a wrong declaration."""
    text = (
        "<TITLE>Café</TITLE><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=us-ascii'><BODY><CENTER>"
        "<FONT SIZE=6><H1>Café</H1></FONT></CENTER>“Open” since 1950 – on weekdays.<BR><BR>Ask for <I>œufs</I>."
        "<P>Third paragraph<UL><LI>one<LI>two</UL>"
    )
    return saved(tmp_path, text.encode("cp1252"), "CAFE.HTM")


def drawn(tmp_path: Path) -> Path:
    """A page without an article’s marks, with drawings, definitions, quotations, code and languages."""
    return saved(
        tmp_path,
        '<!doctype html><html lang="de"><body><main><h1>Zeichen</h1><svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        "<dl><dt>Hütte<dd>Haus am Berg</dl><blockquote>Ja.<footer>Ann</footer></blockquote><pre><code"
        ' class="language-py">x = 1\n  y</code></pre><p lang="fr">Oui &amp; non; 5 &lt; 6 &eacute;</p><details>'
        "<summary>Mehr</summary>Text</details>"
        '<iframe src="https://example.org/film"></iframe><p hidden>nie</p></main></body></html>',
    )


PAGES: dict[str, Callable[[Path], Path]] = {
    "an article": article,
    "Google Docs": google,
    "letters of Windows": latin,
    "signs": drawn,
}


def imported(file: Path) -> Brought:
    return read_zipped_page(file) if file.suffix == ".zip" else read_web_page(file)


def body(file: Path) -> str:
    return imported(file).chapters[0].body


def told(brought: Brought, id: str) -> list[str]:
    return [remark.what for remark in brought.remarks if remark.id == id]


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_no_word_of_a_page_is_lost(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    brought = imported(make(tmp_path))
    (chapter,) = brought.chapters
    assert brought.words
    assert lost_words(brought.words, [f"{chapter.title}\n\n{chapter.body}\n\n{chapter.head}"]) == []


def test_an_article_comes_without_what_stands_around_it(tmp_path: Path) -> None:
    brought = read_web_page(article(tmp_path))
    (chapter,) = brought.chapters
    assert (chapter.title, chapter.head["subtitle"], chapter.head["author"]) == (
        "The mill",
        "What the river carried.",
        "Ann Doe",
    )
    assert chapter.body == (
        "The mill stands at the river. Its wheel turns when snow melts.[^1]\n\n"
        '![A mill](mill.jpg){credit="Ben Roe"}\nThe mill in May.\n\n## The wheel\n\n'
        "It has **forty** paddles, of which nine are new, and the miller says that they last.\n\n"
        "![The wheel](wheel.jpg)\n\nA sign ![dot](picture-1.png) in a line.\n\n![Later](mill.jpg)\n\n"
        "| Year | Sacks |\n|---|---|\n| 1900 | 310 |\n\n[^1]: In April, mostly."
    )
    left = " ".join(told(brought, "import-left-out"))
    assert all(words in left for words in ("The Valley Paper", "newsletter", "More stories", "All rights reserved"))
    assert told(brought, "import-remote-picture") == ["https://example.org/photos/wheel.jpg?x=1"]
    assert told(brought, "import-script")
    assert (brought.title_page.title, brought.title_page.published) == ("The mill", "2024-05-03")
    assert [each.name for each in brought.pictures] == ["mill.jpg", "picture-1.png"]


def test_pictures_that_scripts_would_load_come_with_the_captions_that_newsrooms_give_them(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d", "e"):
        picture(tmp_path / f"{name}.jpg")
    page = (
        "<body><div role=main><h1>The flood</h1><p class=standfirst>In the valley</p>"
        "<div itemprop=articleBody><h2>Night</h2>"
        f"<p>{'The water rose in the night. ' * 9}</p>"
        '<figure><picture><source srcset="https://a.org/x.jpg 9w, b.jpg 4w, a.jpg 8w">'
        f'<img src="{packed()}" alt=A></picture>'
        "<figcaption>Bridge. <span class=photo-credit>Ann Doe</span></figcaption></figure>"
        '<div class=wp-caption><img src="spacer.gif" data-original="b.jpg" alt=B>'
        "<p class=wp-caption-text>Boat.</p></div>"
        "<div><noscript><img src=c.jpg alt=C></noscript></div><p>Price<br><img src=d.jpg alt=D width=300><br>Five.</p>"
        '<figure><a href="c.jpg"><div><img src=e.jpg alt=E></div></a><figcaption>Quay.</figcaption></figure>'
        '<div class="sharedaddy">Share</div><div class=factbox><h4>Facts</h4><p>2 m.</p></div></div></div></body>'
    )
    brought = imported(saved(tmp_path, page))
    (chapter,) = brought.chapters
    assert (chapter.title, chapter.head["subtitle"]) == ("The flood", "In the valley")
    assert chapter.body.split("\n\n")[2:] == [
        '![A](a.jpg){credit="Ann Doe"}\nBridge.',
        "![B](b.jpg)\nBoat.",
        "![C](c.jpg)",
        "Price",
        "![D](d.jpg)",
        "Five.",
        "![E](e.jpg)\nQuay.",
        "::: sidebar Facts\n2 m.\n:::",
    ]


def test_a_document_of_google_keeps_its_marks_notes_and_lists(tmp_path: Path) -> None:
    brought = read_zipped_page(google(tmp_path))
    (chapter,) = brought.chapters
    assert chapter.title == "The hut"
    assert chapter.body == (
        "The **old** hut stands ***high*** above.[^1] It is open.\n\n![A hut](hut/image1.png)\n\n"
        "- bread\n  - rye\n  - wheat\n- salt\n\n[The site](https://example.org/hut?a=b)\n\n"
        "+------+--------+\n| Year | Nights |\n+------+--------+\n| 1911 | 12     |\n+------+--------+\n\n"
        "[^1]: Since 1911."
    )
    assert told(brought, "import-comment") == ["Is that so?"]


def test_a_book_in_google_docs_has_its_title_page_chapters_and_captions(tmp_path: Path) -> None:
    page = """<html><head><style>.c1{text-align:center}</style></head><body class="doc-content">
<p class="title" id="h.t"><span>The hut</span></p><p class="subtitle" id="h.s"><span>Two winters</span></p>
<h1 id="h.1"><span>One</span></h1><p class="c1"><span><img alt="A hut" src="images/image1.png"></span></p>
<p class="c1"><span>The hut in May.</span></p><p><span>Snow.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>
<h1 id="h.2"><span>Two</span></h1><p><span>See </span><a href="#h.1">the first</a><span>.</span><sup><a href="#ftnt2"
id="ftnt_ref2">[2]</a></sup></p><ul class="lst-kix_a-0"><li><span>a</span></li></ul><ul class="lst-kix_a-1"><li>
<span>b</span></li></ul><ul class="lst-kix_a-2"><li><span>c</span></li></ul><ul class="lst-kix_a-0"><li>
<span>d</span></li></ul><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Of 1911.</span></p></div>
<div><p><a href="#ftnt_ref2" id="ftnt2">[2]</a><span>&nbsp;Above.</span></p></div></body></html>"""
    data = io.BytesIO()
    Image.new("RGB", (30, 20)).save(data, "PNG")
    with zipfile.ZipFile(tmp_path / "Hut.zip", "w") as archive:
        archive.writestr("Hut.html", page)
        archive.writestr("images/image1.png", data.getvalue())
    brought = read_zipped_page(tmp_path / "Hut.zip")
    assert (brought.title_page.title, brought.title_page.subtitle) == ("The hut", "Two winters")
    assert [(each.title, each.body) for each in brought.chapters] == [
        ("One", "![A hut](hut/image1.png){#h-1}\nThe hut in May.\n\nSnow.[^1]\n\n[^1]: Of 1911."),
        ("Two", "See [the first](#h-1).[^1]\n\n- a\n  - b\n    - c\n- d\n\n[^1]: Above."),
    ]


def test_the_only_headline_of_an_article_is_its_title_with_a_line_over_it(tmp_path: Path) -> None:
    page = saved(
        tmp_path,
        "<title>The mill – The Daily Post</title><article><p>Culture</p><header><h1>The mill</h1></header>"
        '<section class="p-summary">A walk</section><h3>The mill</h3><p>It is old.</p></article>',
    )
    (chapter,) = read_web_page(page).chapters
    assert (chapter.title, chapter.head["subtitle"], chapter.body) == ("The mill", "A walk", "Culture\n\nIt is old.")
    assert read_web_page(page).title_page.title == "The mill"


def test_signs_on_the_buttons_of_a_page_are_no_drawings(tmp_path: Path) -> None:
    page = saved(
        tmp_path,
        '<article><h1>A</h1><p>Words.</p><figure><a href="b.jpg"><img src="b.jpg"><svg><path d="M0 0"/></svg></a>'
        "<figcaption>The mill</figcaption></figure><h2>Next<div><button>Copy link</button></div></h2><p>More.</p>",
    )
    assert body(page) == "Words.\n\n![](b.jpg)\nThe mill\n\n## Next\n\nMore."


def test_letters_of_windows_are_read_whatever_the_page_declares(tmp_path: Path) -> None:
    brought = read_web_page(latin(tmp_path))
    (chapter,) = brought.chapters
    assert chapter.title == "Café"
    assert chapter.body == "“Open” since 1950 – on weekdays.\n\nAsk for *œufs*.\n\nThird paragraph\n\n- one\n- two"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "shift_jis", "iso-8859-2"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    words = {"cp1251": "Мельница стоит у реки", "shift_jis": "川のそばの水車", "iso-8859-2": "Młyn stoi nad rzeką"}
    text = f"<meta charset='{encoding}'><h1>A</h1><p>{words.get(encoding, 'Մառան – naïve')}.</p>"
    assert words.get(encoding, "Մառան – naïve") in body(saved(tmp_path, text.encode(encoding)))


def test_a_page_with_a_few_broken_letters_stays_what_it_is(tmp_path: Path) -> None:
    text = b"<h1>A</h1><p>" + "é".encode() * 100 + b"\xff</p>"
    brought = read_web_page(saved(tmp_path, text))
    assert "é" * 100 in brought.chapters[0].body
    assert told(brought, "import-letters") == ["1 letters, read as utf-8"]


@pytest.mark.slow
def test_pictures_of_many_megabytes_in_addresses_are_taken_out(tmp_path: Path) -> None:
    big = base64.b64encode(b"\x89PNG" + bytes(12_000_000)).decode()
    brought = read_web_page(saved(tmp_path, f'<h1>A</h1><p>One.</p><img src="data:image/png;base64,{big}"><p>Two.</p>'))
    assert brought.chapters[0].body == "One.\n\n![](picture-1.png)\n\nTwo."
    assert [len(each.content) for each in brought.pictures if isinstance(each.content, bytes)] == [12_000_004]


OUTSIDE = {
    "a folder above": "../secret.jpg",
    "an absolute path": "/etc/hostname",
    "a file address": "file:///etc/hostname",
    "a name that no system has": "a" * 5000 + ".jpg",
    "no picture": "page.html",
    "a damaged address": "data:image/png;base64,AAA",
    "an address of the network": "http://[",
}


@pytest.mark.parametrize("address", OUTSIDE.values(), ids=OUTSIDE)
def test_pictures_that_are_none_keep_their_place(tmp_path: Path, address: str) -> None:
    picture(tmp_path / "secret.jpg")
    (tmp_path / "inside").mkdir()
    brought = read_web_page(saved(tmp_path / "inside", f'<h1>A</h1><p>One.</p><img src="{address}" alt="What it was">'))
    assert brought.pictures == ()
    assert "![What it was](" in brought.chapters[0].body
    assert told(brought, "import-picture-missing") or told(brought, "import-remote-picture")


@pytest.mark.parametrize("text", ["", " ", "<html></html>", "<!-- -->", "<script>x</script>"])
def test_a_page_without_a_word_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PressroomError) as refused:
        read_web_page(saved(tmp_path, text))
    assert [finding.id for finding in refused.value.findings] == ["import-broken"]


def test_a_page_nested_without_end_keeps_its_words(tmp_path: Path) -> None:
    assert body(saved(tmp_path, "<h1>A</h1>" + "<div><blockquote>" * 4000 + "Deep.")).endswith("Deep.")


STRANGE = {
    "tags of Word": "<p class=MsoNormal>One<o:p></o:p> two.</p>",
    "tags that are none": "<svg><b:c o:d=1><path d='M0 0'/></svg><p>One <x:y>two</x:y>.</p>",
    "control characters": "<p title='\x01'>One\x02 two.</p>",
    "a table in its own caption": "<figure><figcaption><table><tr><td>One<td>two.</table></figcaption></figure>",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_markup_costs_no_word(tmp_path: Path, text: str) -> None:
    assert re.findall(r"One|two", body(saved(tmp_path, f"<h1>A</h1>{text}"))) == ["One", "two"]


@pytest.mark.slow
def test_pages_come_into_a_publication_that_builds(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/01-a.md": "# A\n\nText."}, "title: T\nlanguage: en\neditions: {ebook: {format: epub}}\n")
    files = []
    for n, make in enumerate(PAGES.values()):
        (tmp_path / str(n)).mkdir()
        files.append(str(make(tmp_path / str(n))))
    assert cli.main(["import", *files, "--root", str(root)]) == 0
    assert [chapter.title for chapter in read(root).publication.chapters()] == [
        "A",
        "The mill",
        "The hut",
        "Café",
        "Zeichen",
    ]
    report = production.build(production.Order(root))
    assert report.products
    assert [f for f in report.findings if f.severity == "error"] == []


def test_a_page_that_word_has_saved(tmp_path: Path) -> None:
    ignored = "<span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>"
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><![if !supportLists]>"
        + ignored
        + "<![endif]>{}</p>"
    )
    page = saved(
        tmp_path,
        "<html><head><title>x</title></head><body lang=DE><div class=WordSection1><p class=MsoTitle>Der Bericht</p>"
        "<p class=MsoToc1>1 Mühle<span>. </span>3</p><h1>Mühle</h1>"
        "<p class=MsoNormal>Ein Satz<o:p></o:p> und mehr <ins>neu</ins><del>alt</del>."
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span></p>"
        + item.format(1, "·", "eins") + item.format(2, "o", "innen") + item.format(1, "1.", "zwei")
        + "<table><tr><th>a</th></tr><tr><td>b</td></tr></table><p class=MsoCaption>Tabelle 1: Zahlen</p>"
        "<p class=MsoQuote>Zitat</p></div><div style='mso-element:comment-list'><p>[A1]Bitte prüfen</p></div></body>",
    )  # fmt: skip
    brought = read_web_page(page)
    assert (brought.chapters[0].title, brought.title_page.language) == ("Der Bericht", "de")
    assert brought.chapters[0].body == (
        "## Mühle\n\nEin Satz und mehr neu.\n\n- eins\n  - innen\n\n1. zwei\n\n| a |\n|---|\n| b |\n\n"
        "Table: Zahlen\n\n> Zitat"
    )
    assert {remark.id: remark.what for remark in brought.remarks} == {
        "import-comment": "Bitte prüfen",
        "import-deletion": "alt",
        "import-insertion": "neu",
        "import-contents": "1 Mühle. 3",
        "import-caption-number": "Tabelle 1:",
    }
    assert lost_words(brought.words, [brought.chapters[0].title, brought.chapters[0].body]) == []
