"""XHTML: a page is parsed once; changes are made to a copy of its tree; other processes get it as text."""

import pickle
from dataclasses import replace

import pytest
from lxml import etree

from pressroom.design.composition import Unit
from pressroom.design.openings import with_opening
from pressroom.design.webfonts import weights_asked
from pressroom.design.wellformed import without_dangling_links, without_gaps
from pressroom.errors import Place
from pressroom.manuscript.written import lines_of
from pressroom.publication import Prose
from pressroom.xhtml import XHTML, XhtmlDocument, escaped, quoted, read_fragment, write_fragment

PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A</title></head>
<body epub:type="bodymatter"><!-- id="no" --><h1 id="a">“A” &amp; &#66;</h1>{}</body></html>"""


def page(body: str) -> XhtmlDocument:
    return XhtmlDocument(PAGE.format(body))


def unit(body: str) -> Unit:
    return Unit("c", "chapter", "A", "body", "next", page(body))


def test_a_unit_is_parsed_once() -> None:
    one = unit("<p>B</p>")
    assert one.document.root is one.document.root
    assert replace(one, title="B").document.root is one.document.root


def test_a_copy_may_be_changed_and_the_page_stays() -> None:
    one = unit('<p id="b">B</p>')
    copy = one.document.copy()
    copy.find(f".//{XHTML}p").set("id", "c")  # type: ignore[union-attr]
    assert one.ids == {"a", "b"}
    assert [element.get("id") for element in one.document.root.iter(f"{XHTML}p")] == ["b"]
    assert copy.getroottree().docinfo.doctype == "<!DOCTYPE html>"


def test_a_unit_travels_to_another_process() -> None:
    one = unit('<p id="b">B</p>')
    assert one.ids, "it has been parsed before"
    other = pickle.loads(pickle.dumps(one))  # our own
    assert other == one
    assert (other.xhtml, other.ids) == (one.xhtml, one.ids)
    assert etree.tostring(other.document.root) == etree.tostring(one.document.root)


def test_a_changed_page_is_not_parsed_again_and_its_text_matches_its_tree() -> None:
    made = without_gaps(page('<h4 id="b">B</h4>'))
    assert made.text.startswith('<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"')
    assert '<h2 id="b">B</h2>' in made.text
    assert etree.tostring(made.root) == etree.tostring(XhtmlDocument(made.text).root)


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("<p ID='x' data-id='y' title=' id=\"z\"'/>", {"a"}),
        ('<p id=\'b\'/><p id = "c"/><pre> id="d"</pre>', {"a", "b", "c"}),
        ("<p id='&amp;b'/><!-- <p id='c'/> -->", {"a", "&b"}),
        ("<p\nid='b'/>", {"a", "b"}),
    ],
)
def test_ids_are_those_of_elements(body: str, ids: set[str]) -> None:
    assert unit(body).ids == ids


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<img src='../pictures/a.jpg'/>", {"a.jpg"}),
        ("<a href='../pictures/a.jpg'>A</a>", {"a.jpg"}),
        ("<img srcset='../pictures/a.jpg 1x, ../pictures/b.jpg 2x'/>", {"a.jpg", "b.jpg"}),
        ("<p style='background: URL( \"../pictures/a b.jpg\" )'/>", {"a b.jpg"}),
        ("<style>/* url(../pictures/a.jpg) */ p { b: url(../pictures/b.jpg) }</style>", {"b.jpg"}),
        ("<p>../pictures/a.jpg</p><!-- ../pictures/b.jpg -->", set()),
        ("<p title='../pictures/a.jpg'/>", set()),
    ],
)
def test_pictures_are_those_that_a_page_shows_or_leads_to(body: str, names: set[str]) -> None:
    assert unit(body).pictures == names


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>See <a href='#a'>A</a>.</p>", "<p>See <a href='#a'>A</a>.</p>"),
        ("<p>See <a href='#x'>the <em>picture</em> here</a>.</p>", "<p>See the <em>picture</em> here.</p>"),
        ("<p><a href='#x'/>B</p>", "<p>B</p>"),
        ("<p><a href='#'>B</a></p>", "<p><a href='#'>B</a></p>"),
        ("<p><i>B</i><a title='>' href='#x'>C</a>D<a\nhref='#y'>E</a></p>", "<p><i>B</i>CDE</p>"),
        ("<p><a href='https://example.org/#x'>B</a></p>", "<p><a href='https://example.org/#x'>B</a></p>"),
        ("<p><!-- <a href='#x'>B</a> --></p>", "<p><!-- <a href='#x'>B</a> --></p>"),
    ],
)
def test_a_link_to_what_an_edition_leaves_out_is_plain_text(body: str, left: str) -> None:
    made = without_dangling_links(page(body), {"a"})
    assert etree.tostring(made.root) == etree.tostring(page(left).root)


@pytest.mark.parametrize(
    ("body", "weights"),
    [
        ("<p style='font-weight: 300'/>", {300}),
        ("<style>p { font: 600 1em serif }</style>", {600}),
        ("<p>font-weight: 300</p><p title='font-weight: 300'/>", set()),
    ],
)
def test_a_page_asks_for_weights_in_its_styles(body: str, weights: set[int]) -> None:
    assert set(weights_asked(unit(body).document.styles)) == {400, 700} | weights


# ---- fragments


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "A &amp; B",
        '<p>A<a epub:type="noteref" href="#n">1</a></p>\n<p>B</p>',
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>',
    ],
)
def test_a_fragment_is_written_as_it_was_read(fragment: str) -> None:
    assert write_fragment(read_fragment(fragment)) == fragment


LONG = "ng words. " * 40
MARK = '<span class="mark">“</span>'


@pytest.mark.parametrize(
    ("paragraph", "opened"),
    [
        (f"<p>Lo{LONG}</p>", f'<p class="first"><span class="initial">L</span>o{LONG}</p>'),
        ("<p>Short.</p>", '<p class="first">Short.</p>'),
        (f"<p><!-- A > B -->Lo{LONG}</p>", f'<p class="first"><span class="initial">L</span><!-- A > B -->o{LONG}</p>'),
        (
            f"<p><b title='>'>“Lo</b>{LONG}</p>",
            f'<p class="first"><b title="&gt;"><span class="initial">{MARK}L</span>o</b>{LONG}</p>',
        ),
        (
            "<p>Sh<b title='" + LONG * 2 + "'>or</b>t.</p>",
            '<p class="first">Sh<b title="' + LONG * 2 + '">or</b>t.</p>',
        ),
        ('<p class="a">Long.</p>', '<p class="a">Long.</p>'),
        ("<ul><li>Long.</li></ul>", "<ul><li>Long.</li></ul>"),
    ],
)
def test_a_chapter_opens_with_its_first_letter(paragraph: str, opened: str) -> None:
    (block,) = with_opening((Prose(paragraph, Place("a.md")),), lambda _: 0)
    assert isinstance(block, Prose)
    assert block.xhtml == opened


@pytest.mark.parametrize(
    ("verse", "lines"),
    [
        ("a<br/>\nb", ["a", "b"]),
        ('<em id="x">a<br/>\nb</em> c', ['<em id="x">a</em>', "<em>b</em> c"]),
        ("<i title='>'>a<br/>\nb</i>", ["<i title='>'>a</i>", '<i title="&gt;">b</i>']),
        ("<b><i>a<br/>\n</i>b</b>", ["<b><i>a</i></b>", "<b><i></i>b</b>"]),
        ("a &amp; b<br/>\n&lt;c&gt;", ["a &amp; b", "&lt;c&gt;"]),
        ("<code>&lt;br/&gt;</code><!-- <br/> -->", ["<code>&lt;br/&gt;</code><!-- <br/> -->"]),
    ],
)
def test_verse_is_cut_where_its_lines_end(verse: str, lines: list[str]) -> None:
    assert list(lines_of(verse)) == lines


@pytest.mark.parametrize(
    "text", ["plain", "R&D <3> ]]>", 'a "b"', "it's", "\"a\" & 'b'", "a\tb\nc\rd", "«ж»\xa0&amp;", ""]
)
def test_a_text_is_read_as_it_was_before_it_was_written(text: str) -> None:
    holder = read_fragment(f"<i title={quoted(text)}>{escaped(text)}</i>")
    assert holder[0].get("title") == text
    assert (holder[0].text or "") == text.replace("\r", "\n")  # as XML reads line ends
