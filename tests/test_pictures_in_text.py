"""Pictures in text, numbers of lists, blocks of notes and rows of tables: what stands in pages and in the ebook."""

from __future__ import annotations

import pytest
from conftest import Publish, collect, ids, laid_out, picture, read
from lxml import etree

from pressroom import design
from pressroom.errors import Place
from pressroom.publication import IN_LINE, IN_PLACE
from pressroom.typeset.adapt import Placing, adapt
from pressroom.xhtml import XhtmlDocument


def adapted(body: str) -> etree._Element:
    page = XhtmlDocument(f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>')
    return etree.HTML(adapt(page, Placing()).html)


def styles(body: str, tag: str) -> list[str]:
    return [element.get("style", "") for element in adapted(body).iter(tag)]


def test_a_picture_in_text_is_read_with_its_place_and_its_words(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nA ![sign](s.png) here.\n\n| ![cell](c.png) | b |\n|---|---|\n"})
    [chapter] = read(root).publication.chapters()
    assert [(f.file, f.alt, f.placed, f.number) for f in chapter.in_text] == [
        ("s.png", "sign", IN_LINE, ""),
        ("c.png", "cell", IN_PLACE, ""),
    ]


def test_the_credit_of_a_chapter_reaches_pictures_in_cells_and_notes(publication: Publish) -> None:
    text = (
        "---\ntitle: A\ncredit: Ann Doe\n---\n\nA ![sign](s.png) here.[^1]\n\n"
        '| ![cell](c.png) | ![own](o.png){credit="B. Roe"} |\n'
        '|---|---|\n| ![none](n.png){credit=""} | ![map](m.svg) |\n\n'
        "[^1]: ![note](t.png)\n"
    )
    root = publication({"book/a.md": text})
    [chapter] = read(root).publication.chapters()
    assert {f.file: f.credit for f in chapter.in_text} == {
        "s.png": "",  # a sign among words: a name would part the sentence
        "c.png": "Ann Doe",
        "o.png": "B. Roe",
        "n.png": "",
        "m.svg": "",
        "t.png": "Ann Doe",
    }
    written = "".join(map(str, chapter.blocks)) + "".join(note.xhtml for note in chapter.notes)
    assert written.count('<span class="credit">Ann Doe</span>') == 2


def test_every_edition_gets_the_picture_at_its_place_or_its_words(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nA ![sign & mark](s.png) here.\n"})
    layout = design.find_layout("reportage", root, Place("book/publication.yaml"))
    hand = design.EditionInHand(read(root).publication, "ebook", layout)
    [unit] = [unit for unit in laid_out(hand).units if unit.kind == "chapter"]
    [place] = unit.document.root.iterfind(".//{*}span[@role='img']")
    assert (place.get("aria-label"), place.text) == ("sign & mark", "[sign & mark]")


def test_a_photograph_as_high_as_a_line_is_told(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nA ![sign](s.png) and ![large](l.png) here.\n"})
    picture(root / "assets/photos/s.png", 60, 40)
    picture(root / "assets/photos/l.png", 1200, 800)
    assert ids(collect(root)[1]) == ["photo-in-line"]


@pytest.mark.parametrize(
    ("listed", "style"),
    [
        ('<ol start="3"><li>c</li></ol>', "counter-reset: list-item 2"),
        ('<ol start="0"><li>zero</li></ol>', "counter-reset: list-item -1"),
        ('<ol type="A" start="3"><li>C</li></ol>', "counter-reset: list-item 2; list-style-type: upper-alpha"),
        ('<ol reversed="reversed"><li>b</li><li>a</li></ol>', "counter-reset: list-item 3"),
        ("<ol><li>a</li></ol>", ""),
    ],
)
def test_a_list_begins_with_its_number_on_pages(listed: str, style: str) -> None:
    assert styles(listed, "ol") == [style]


def test_items_have_their_own_numbers_on_pages() -> None:
    listed = '<ol start="2"><li>2</li><li value="7">7</li><li>8</li><li value="3">3</li></ol>'
    steps = ["", "counter-increment: list-item 5", "", "counter-increment: list-item -5"]
    assert styles(listed, "li") == steps
    backwards = '<ol reversed="reversed"><li>2</li><li value="9">9</li></ol>'
    assert styles(backwards, "li") == ["counter-increment: list-item -1", "counter-increment: list-item 7"]


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ("<pre><code>one\n  two</code></pre>", {"note-pre": "one\n  two"}),
        ("<ol><li>first</li></ol>", {"note-ol": "", "note-li": "first"}),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", {"note-tr": "", "note-td": "b"}),
        ("<blockquote><p>Q</p></blockquote>", {"note-blockquote": "", "note-p": "Q"}),
    ],
)
def test_blocks_of_notes_stay_blocks_on_pages(block: str, kept: dict[str, str]) -> None:
    notes = f'<section class="notes"><aside class="note" id="n"><p>Words.</p>{block}</aside></section>'
    tree = adapted(f'<p>Text<a class="noteref" href="#n" id="c">1</a></p>{notes}')
    found = {str(e.get("class")): "".join(e.itertext()) for e in tree.iter("span") if e.get("class")}
    for name, text in kept.items():
        assert text in found[name]


def test_cells_of_a_note_keep_their_alignment_on_pages() -> None:
    table = '<table><tr><td class="right">1</td></tr></table>'
    notes = f'<section class="notes"><aside class="note" id="n">{table}</aside></section>'
    tree = adapted(f'<p>Text<a class="noteref" href="#n" id="c">1</a></p>{notes}')
    assert [e.get("style") for e in tree.iter("span") if e.get("class") == "note-td"] == ["text-align: right"]


@pytest.mark.parametrize(("rows", "is_long"), [(3, False), (40, True)])
def test_a_long_table_may_begin_where_it_stands(rows: int, is_long: bool) -> None:  # noqa: FBT001  # what is expected
    [table] = adapted(f"<table>{'<tr><td>a</td></tr>' * rows}</table>").iter("table")
    assert (table.get("class") == "long") == is_long


def test_a_sign_in_a_caption_is_no_word_of_it(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n![Alt](x.jpg)\nTurn ![an arrow](a.svg) left.\n"})
    [(_, figure)] = read(root).publication.figures()
    assert figure.caption is not None
    assert figure.caption.text == "Turn left."
