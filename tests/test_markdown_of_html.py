"""HTML as our Markdown: what a page holds is read again as the same words and the same structure."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree, html
from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place
from pressroom.importing.html_tree import PlaceIn, plain_tree
from pressroom.importing.markdown_of_html import MarkdownText, markdown_of
from pressroom.importing.tex_of_mathml import tex_of
from pressroom.manuscript.markup import parse


def lines_in(file: str) -> PlaceIn:
    """Says where elements stand by the lines of their file."""
    return lambda element: Place(file, int(element.sourceline or 0))


PICTURES = {"a.jpg": "a.jpg", "img/b.jpg": "b.jpg"}


def brought(page: str) -> MarkdownText:
    return markdown_of(html.document_fromstring(f"<body>{page}</body>")[0], PICTURES, lines_in("page.html"))


def written(page: str) -> str:
    return brought(page).text


def remarks(page: str) -> list[tuple[str, str]]:
    return [(each.id, each.what) for each in brought(page).remarks]


LINES = {
    "emphasis": ("<em>a</em> <b>b</b><strong>c</strong> <i><b>d</b></i>", "*a* **bc** ***d***"),
    "emphasis within a word": ("un<em>believ</em>able", "un*believ*able"),
    "emphasis between numbers": ("1<em>2</em>3 and 1<em>2</em>", "1<em>2</em>3 and 1*2*"),
    "emphasis that signs cannot show": ("x<em>(y)</em>z", "x<em>(y)</em>z"),
    "marks that touch": ("<em>a</em><strong>b</strong>", "*a*<strong>b</strong>"),
    "spaces at the ends of marks": ("one<b> two </b>three", "one **two** three"),
    "low and high": ("H<sub>2</sub>O, 10<sup>6</sup>, x<sup>a b</sup>", "H~2~O, 10^6^, x<sup>a b</sup>"),
    "struck out, marked, underlined": ("<s>a</s> <mark>b</mark> <u>c</u>", "~~a~~ ==b== [c]{.underline}"),
    "small capitals": ('<span class="small-caps">nato</span>', "[nato]{.smallcaps}"),
    "another language": ('<span lang="hy">հայ</span> <em lang="fr">oui</em>', "[հայ]{lang=hy} [*oui*]{lang=fr}"),
    "links": (
        '<a href="https://a.org/x_(y)">a</a> <a href="https://b.org/?q=1">b</a>',
        "[a](<https://a.org/x_(y)>) [b](https://b.org/?q=1)",
    ),
    "code": ("<code>a`b</code> <kbd>Ctrl</kbd> <abbr title='a &amp; b'>ab</abbr>",
             '``a`b`` <kbd>Ctrl</kbd> <abbr title="a &amp; b">ab</abbr>'),
    "signs that mean something": (
        "*a* [b] {c} 1 < 2 `d` $e$ &amp;amp; @f",
        r"\*a\* \[b\] \{c\} 1 \< 2 \`d\` \$e\$ \&amp; \@f",
    ),
    "signs at the beginning": ("# a<br>- b<br>1. c", "\\# a\\\n\\- b\\\n1\\. c"),
    "an exclamation before a link": ('Go!<a href="https://a.org">a</a>', r"Go\![a](https://a.org)"),
    "a picture among words": ('See <img src="a.jpg" alt="a star"> here', "See ![a star](a.jpg) here"),
    "a formula": ('<span class="math-tex">\\(x^2\\)</span> of', "$x^2$ of"),
    "words of the index": (
        '<span class="index">Goris</span> <span class="index" data-term="Doe, Ann" data-sub="as guide">she</span>',
        '[Goris]{.index} [she]{.index term="Doe, Ann" sub="as guide"}',
    ),
    "quotation marks": ("<q>Yes</q>", '"Yes"'),
    "ruby": ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), LINES.values(), ids=LINES)
def test_words_in_a_line(page: str, expected: str) -> None:
    assert written(f"<p>{page}</p>") == expected


BLOCKS = {
    "headings begin with two signs": ("<h1>A</h1><h3>B #</h3><h1>C</h1>", "## A\n\n### B \\#\n\n## C"),
    "a heading to which a link leads": ('<h2 id="x y">A</h2><p><a href="#x y">a</a></p>', "## A {#x-y}\n\n[a](#x-y)"),
    "a division to which a link leads": (
        '<div id="x"><p>A</p></div><p><a href="#x">a</a></p>', "{#x}\nA\n\n[a](#x)",
    ),
    "two breaks end a paragraph": ("<div>a<br><br>b<br>c</div>", "a\n\nb\\\nc"),
    "numbers of items": ("<ol start=5><li>a<li value=9>b<li>c</ol>", "5. a\n\n<!-- -->\n\n9. b\n10. c"),
    "lists": ("<ul><li>a<ol start=3><li>b<li>c</ol><li>d</ul>", "- a\n\n  3. b\n  4. c\n- d"),
    "lists with letters": (
        "<ol type=a><li>a<ol type=i start=2><li>b</ol><li>c</ol><ol type=A><li>d</ol><ol><li>e</ol>",
        "{type=a}\n1. a\n\n   {type=i}\n   2. b\n2. c\n\n{type=A}\n1. d\n\n<!-- -->\n\n1. e",
    ),
    "items of several paragraphs": ("<ol><li><p>a</p><p>b</p><li>c</ol>", "1. a\n\n   b\n\n2. c"),
    "two lists that follow each other": ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n<!-- -->\n\n- b"),
    "tasks": ("<ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>", "- [x] a\n- [ ] b"),
    "definitions": (
        "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd><p>d</p><p>e</p></dd></dl>", "a<br>b\n: c\n: d\n\n    e",
    ),
    "a quotation": ("<blockquote><p>a</p><footer>Ann Doe</footer></blockquote>", "> a\n>\n> — Ann Doe"),
    "code": ('<pre><code class="language-sh">ls -l\n  ```</code></pre>', "````sh\nls -l\n  ```\n````"),
    "breaks": ("<p>a</p><hr><p>b</p><p>* * *</p>", "a\n\n---\n\nb\n\n---"),
    "a line of underscores": ("<p>a</p><p>____________________</p><p>b</p>", "a\n\n---\n\nb"),
    "verse as WordPress writes it": ('<pre class="wp-block-verse">a\n  b <em>c</em>\nd</pre>', "| a\n|   b *c*\n| d"),
    "a quotation in a box of its own": (
        '<figure class="wp-block-pullquote"><blockquote><p>a</p><cite>Ann</cite></blockquote></figure>',
        "::: pullquote\na\n\n— Ann\n:::",
    ),
    "a heading in a division": ("<h1><div>A</div></h1><p>b</p>", "## A\n\nb"),
    "boxes": (
        '<aside id=s><h3>Title</h3><p>a</p></aside><div class="epigraph"><p>b</p></div>'
        '<aside epub:type="pullquote">c</aside><p><a href="#s">s</a></p>',
        "::: sidebar Title {#s}\na\n:::\n\n::: epigraph\nb\n:::\n\n::: pullquote\nc\n:::\n\n[s](#s)",
    ),
    "a box in a box": ("<aside><p>a</p><aside>b</aside></aside>", ":::: sidebar\na\n\n::: sidebar\nb\n:::\n::::"),
    "verse": ('<div class="poem"><p>a<br>&nbsp;&nbsp;b</p><p>c<br>d</p></div>', "| a\n|   b\n|\n| c\n| d"),
    "a paragraph in another language": ('<p lang="fr">Oui.</p>', "{lang=fr}\nOui."),
    "a formula": ('<div class="math-tex">\\[x^2\\]</div>', "$$\nx^2\n$$"),
    "letters that stand for a formula": (
        '<p>So <span class="math inline"><em>a</em><sup>2</sup></span>.</p>'
        '<p><span class="math display"><em>b</em></span></p>',
        "So *a*^2^.\n\n*b*",
    ),
    "words between blocks": ("a<p>b</p>c", "a\n\nb\n\nc"),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(page: str, expected: str) -> None:
    assert written(page) == expected


FIGURES = {
    "a figure": (
        '<figure id="f"><img src="a.jpg" alt="A [big] hut"><figcaption>The <i>hut</i>. <span class="credit">Ann Doe'
        '</span></figcaption></figure><p><a href="#f">it</a></p>',
        '![A \\[big\\] hut](a.jpg){#f credit="Ann Doe"}\nThe *hut*.\n\n[it](#f)',
    ),
    "a caption of two paragraphs": (
        '<figure><img src="a.jpg" alt="A"><figcaption><p>One.</p><p>Two.</p></figcaption></figure>',
        "::: figure\n![A](a.jpg)\n\nOne.\n\nTwo.\n:::",
    ),
    "a gallery": (
        '<figure><figure><img src="a.jpg" alt="A"><figcaption>One.</figcaption></figure><img src="img/b.jpg" alt="B">'
        "<figcaption>Both.</figcaption></figure>",
        "::: gallery\n![A](a.jpg)\nOne.\n\n![B](b.jpg)\n\nBoth.\n:::",
    ),
    "pictures side by side": (
        '<p><img src="a.jpg" alt="A"> <img src="img/b.jpg" alt="B"></p>',
        "::: gallery\n![A](a.jpg)\n\n![B](b.jpg)\n:::",
    ),
    "a picture before words": ('<p><img src="a.jpg" alt="A"> One.</p>', "![A](a.jpg)\n\nOne."),
    "a sign before words": ('<p><img src="a.jpg" alt="A" width="16"> One.</p>', "\u2060![A](a.jpg) One."),
    "a width": ('<p><img src="a.jpg" alt="A" style="width: 50%"></p>', "![A](a.jpg){width=50%}"),
    "a picture that is missing": ('<p><img src="c.jpg" alt="C"></p>', "![C](c.jpg)"),
}


@pytest.mark.parametrize(("page", "expected"), FIGURES.values(), ids=FIGURES)
def test_pictures(page: str, expected: str) -> None:
    assert written(page) == expected


TABLES = {
    "with bars": (
        '<table><caption>Cap</caption><tr><th>A<th>B<tr><td>1<td align="right">2|3</table>',
        "| A | B |\n|---|--:|\n| 1 | 2\\|3 |\n\nTable: Cap",
    ),
    "without a head": ("<table><tr><td>A<td>B</table>", "+-----+-----+\n| A   | B   |\n+-----+-----+"),
    "cells that span": (
        "<table><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D<tr><td>1<td colspan=2>2</table>",
        "+-----+-----------+\n| A   | B         |\n|     +-----+-----+\n|     | C   | D   |\n+=====+=====+=====+\n"
        "| 1   | 2         |\n+-----+-----------+",
    ),
    "a list in a cell": (
        "<table><tr><th>A<th>B<tr><td><ul><li>a<li>b</ul><td>c|d</table>",
        "+-----+----------+\n| A   | B        |\n+=====+==========+\n"
        "| - a | c&#124;d |\n| - b |          |\n+-----+----------+",
    ),
    "a single cell": ("<table><tr><td><p>A</p><p>B</p></table>", "A\n\nB"),
}


@pytest.mark.parametrize(("page", "expected"), TABLES.values(), ids=TABLES)
def test_tables(page: str, expected: str) -> None:
    assert written(page) == expected


NOTES = {
    "as ebooks have them": (
        '<p>a<a role="doc-noteref" href="#n" id="r">1</a></p><aside id="n" role="doc-footnote">'
        '<p><a role="doc-backlink" href="#r">1</a> The note.</p><p>More.</p></aside>',
        "a[^1]\n\n[^1]: The note.\n\n    More.",
    ),
    "as Pandoc writes them": (
        '<p>a<a href="#fn1" class="footnote-ref" id="r1"><sup>1</sup></a></p><section class="footnotes"><hr><ol>'
        '<li id="fn1"><p>The note.<a href="#r1" class="footnote-back">↩</a></p></li></ol></section>',
        "a[^1]\n\n[^1]: The note.",
    ),
    "as Google Docs writes them": (
        '<p>a<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a>'
        "<span>&nbsp;The note.</span></p></div>",
        "a[^1]\n\n---\n\n[^1]: The note.",
    ),
    "as Word writes them": (
        '<p>a<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></p><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">'
        "[1]</a> The note.</p></div>",
        "a[^1]\n\n[^1]: The note.",
    ),
    "behind their calls, as plugins write them": (
        'a<sup class="modern-footnotes-footnote"><a href="javascript:void(0)">1</a></sup><span class="modern-footnotes'
        '-footnote__note">The note.</span> b',
        "a[^1] b\n\n[^1]: The note.",
    ),
    "as Wikipedia writes them": (
        '<p>a<sup id="r-1"><a href="#n">[1]</a></sup> b<sup id="r-2"><a href="#n">[1]</a></sup></p><ol><li id="n">'
        '<span class="mw-cite-backlink">^ <a href="#r-1"><sup>a</sup></a> <a href="#r-2"><sup>b</sup></a></span> The'
        " note.</ol>",
        "a[^1] b[^1]\n\n[^1]: The note.",
    ),
    "with the place of the call before it": (
        '<p>a<a name="r"></a><a href="#n"><sup>1</sup></a></p><ol><li id="n">The note. <a href="#r">↩</a></li></ol>',
        "a[^1]\n\n[^1]: The note.",
    ),
    "called twice": (
        '<p>a<sup><a href="#n">1</a></sup> b<sup><a href="#n">1</a></sup></p><ol><li id="n">The note.</li></ol>',
        "a[^1] b[^1]\n\n[^1]: The note.",
    ),
}


@pytest.mark.parametrize(("page", "expected"), NOTES.values(), ids=NOTES)
def test_notes(page: str, expected: str) -> None:
    assert written(page) == expected


def test_a_link_to_a_numbered_section_is_no_note() -> None:
    page = '<p>See <a href="#s2">2</a>.</p><h2 id="s2">Two</h2><p>Words.</p>'
    assert written(page) == "See [2](#s2).\n\n## Two {#s2}\n\nWords."


REMARKS = {
    "a remote picture": ('<img src="https://a.org/a.jpg">', ("import-remote-picture", "https://a.org/a.jpg")),
    "a picture that is missing": ('<img src="c.jpg">', ("import-picture-missing", "c.jpg")),
    "a video": ('<video src="v.mp4">none</video>', ("import-media", "<video> v.mp4")),
    "a dead link": ('<a href="#nowhere">a</a>', ("import-link-dead", "#nowhere")),
    "a link to a file": ('<a href="other.html">a</a>', ("import-link-dropped", "other.html")),
    "numbers that fall": ("<ol reversed><li>x</ol>", ("import-list-numbers", "x")),
    "a heading of notes": (
        '<p>a<sup><a href="#n">1</a></sup></p><div class="notes"><h2>Notes</h2><p id="n">b</p></div>',
        ("import-notes-heading", "Notes"),
    ),
    "a table in a table": (
        "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", ("import-table-inside", "bc"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), REMARKS.values(), ids=REMARKS)
def test_what_cannot_be_carried_is_remarked_upon(page: str, expected: tuple[str, str]) -> None:
    assert expected in remarks(page)


def test_a_remark_says_the_line_of_its_element() -> None:
    assert str(brought('<p>a</p>\n<p><img src="c.jpg"></p>').remarks[0].place) == "page.html:2"


FORMULAS = {
    "<mfrac><mi>a</mi><msup><mi>x</mi><mn>2</mn></msup></mfrac>": r"\frac{a}{x^{2}}",
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>": r"\sum_{i = 1}^{n}",
    "<msqrt><mi>α</mi><mo>×</mo><mi>sin</mi><mi>x</mi></msqrt>": r"\sqrt{\alpha \times \sin x}",
    "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>": r"\begin{matrix} 1 & 2 \end{matrix}",
    "<semantics><mi>x</mi><annotation encoding='application/x-tex'>x_0</annotation></semantics>": "x_0",
    "<mover><mi>v</mi><mo>→</mo></mover>": r"\vec{v}",
    "<mmultiscripts><mi>C</mi><none/><mn>2</mn><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>": (
        "{}_{6}^{14}C{}^{2}"
    ),
    "<mrow><mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo></mrow>": r"\left( \frac{1}{2} \right)",
    "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>": "( x )",
    "<mrow><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable></mrow>": (
        r"\left\{ \begin{matrix} x \end{matrix} \right."
    ),
    "<mrow/>": "",
}


@pytest.mark.parametrize(("mathml", "tex"), FORMULAS.items())
def test_formulas_become_tex(mathml: str, tex: str) -> None:
    math = plain_tree(etree.fromstring(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{mathml}</math>'))
    assert tex_of(math) == tex


# ---- read again

Generated = Any
"""Words, or a tag and a list of what is in it."""
TAGS = ("em", "strong", "sub", "sup", "code", "span", "a")
WORDS = some.text(some.sampled_from("ab1 .*_`#-+=~^[](){}<>|&;:!\\$@\"'é中 "), min_size=1, max_size=8)
INLINE = some.recursive(
    WORDS, lambda inner: some.tuples(some.sampled_from(TAGS), some.lists(inner, max_size=3)), max_leaves=6
)
PARAGRAPH = some.tuples(some.sampled_from(("p", "h2", "h3")), some.lists(INLINE, min_size=1, max_size=4))
BLOCK = some.recursive(
    PARAGRAPH,
    lambda inner: some.tuples(some.sampled_from(("ul", "ol", "blockquote")), some.lists(inner, min_size=1, max_size=3)),
    max_leaves=6,
)


def element_of(tag: str, inside: list[Generated]) -> etree._Element:
    """A generated page as elements."""
    element = etree.Element(tag, {"a": {"href": "https://example.org"}, "span": {"lang": "fr"}}.get(tag, {}))
    for each in inside:
        if not isinstance(each, str):
            holder = etree.SubElement(element, "li") if tag in ("ul", "ol") else element
            holder.append(element_of(*each))
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + each
        else:
            element.text = (element.text or "") + each
    return element


def outline_of_page(element: etree._Element, around: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The blocks with words of a page: what each stands in, and its words."""
    for child in element:
        if child.tag in ("p", "h2", "h3"):
            if words := plainly("".join(map(str, child.itertext()))):
                yield (*around, "p" if child.tag == "p" else "heading", words)
        else:
            yield from outline_of_page(child, (*around, str(child.tag)))


def outline_of_markdown(node: Node, around: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    names = {"bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote"}
    for child in node.children:
        if child.type in ("paragraph", "heading"):
            yield (*around, "p" if child.type == "paragraph" else "heading", plainly(words_of(child)))
        elif child.type not in ("html_block", "hr"):
            yield from outline_of_markdown(child, (*around, names[child.type]))


def words_of(node: Node) -> str:
    if node.type in ("text", "code_inline"):
        return str(node.content)
    return " " if node.type in ("softbreak", "hardbreak") else "".join(map(words_of, node.children))


def plainly(words: str) -> str:
    return "".join(words.split())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(some.lists(BLOCK, min_size=1, max_size=4))
def test_what_is_written_is_read_again_with_the_same_words_in_the_same_places(blocks: list[Generated]) -> None:
    page = element_of("body", blocks)
    text = markdown_of(page, {}, lines_in("page.html")).text
    breaks = {"*", "_", "#", "~", "-"}
    expected = [each for each in outline_of_page(page) if set(each[-1]) - breaks]
    found = [each for each in outline_of_markdown(parse(text)) if set(each[-1]) - breaks]
    assert found == expected, text


CELL = some.tuples(
    some.sampled_from(["x", "a|b", "一二", "+--+", "- a", "á", "`c`", "#h", "1. z", "=="]),
    some.integers(0, 3),
    some.integers(1, 3),
    some.booleans(),
)


def table_of_cells(rows: list[list[tuple[str, int, int, bool]]]) -> etree._Element:
    """A table of cells: their words, the rows and columns that they span, and whether they hold a list."""
    table = etree.Element("table")
    for row in rows:
        line = etree.SubElement(table, "tr")
        for words, down, across, has_list in row:
            cell = etree.SubElement(line, "td", rowspan=str(down), colspan=str(across))
            cell.text = words
            if has_list:
                etree.SubElement(etree.SubElement(cell, "ul"), "li").text = words
    return table


@pytest.mark.slow
@settings(max_examples=60)
@given(some.lists(some.lists(CELL, min_size=1, max_size=4), min_size=2, max_size=4))
def test_a_table_is_read_again_with_every_cell(rows: list[list[tuple[str, int, int, bool]]]) -> None:
    page = etree.Element("body")
    page.append(table_of_cells(rows))
    tree = parse(markdown_of(page, {}, lines_in("page.html")).text)
    cells = [plainly(words_of(node)) for node in tree.walk() if node.type in ("td", "th")]
    expected = [plainly(words * (1 + has_list)) for row in rows for words, _, _, has_list in row]
    assert sorted(filter(None, cells)) == sorted(expected)
