"""Formulas: what is read as one, what stays a price, and what editions show of it."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from conftest import Publish, lines, read
from lxml import etree

from pressroom.design.drawn_formulas import with_drawn_formulas
from pressroom.manuscript import latex
from pressroom.manuscript.formulas import FORMULAS
from pressroom.manuscript.linear_formulas import linear
from pressroom.manuscript.markup import parse, plain_text
from pressroom.publication import Prose
from pressroom.xhtml import XhtmlDocument

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'


def formulas_in(text: str) -> list[str]:
    return [node.content.strip() for node in parse(text).walk() if node.type in FORMULAS]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 to $10.",
        "$5-$10, $5–$10, $20k–$30k, $5M–$7M",
        "$1,000 + $2,000 = $3,000",
        "$5, $6, $7.",
        "cost $5 (or $6)",
        "paid $10/$12",
        "$5\nand $6",
        "$.50 or $.75",
        "-$5 and -$6",
        "*$5* and **$6**",
        "$100 vs. $200 ($300)",
        "$1=£0.80; $2=£1.60",
        "20$ or 30$",
        "5$ und 6$ kosten",
        "1$=0.9€, 2$=1.8€",
        "$5 per person, or 4$",
        "$10 million and 20$",
        "from $5/day to 6$/day",
        "US$ and A$, (US$) and (CA$), US$m and A$m",
        "R$ 10 e R$ 20; C$5–C$10, HK$20",
        "A$AP Rocky and Ke$ha",
        "$HOME/$USER and $PATH",
        "“$” and “$”, '$' and '$', **$** and **$**",
        "rated $$ to $$$; $$ or $$",
        "$$ or $$",
        r"\$x\$ and \$5",
        "`$x$` and ``$$y$$``",
        "```\n$$\nx\n$$\n```",
        "$$ never closed\n\nx",
        "$ x $",
        "$5",
        "$",
    ],
)
def test_prices_names_and_code_are_no_formulas(text: str) -> None:
    assert formulas_in(text) == []


@pytest.mark.parametrize("depth", [1, 19, 30])
def test_groups_inside_one_another_are_a_formula(depth: int) -> None:
    inside = "x" + "{" * depth + "y" + "}" * depth
    assert formulas_in(f"Let ${inside}$ be.") == [inside]


@pytest.mark.slow
def test_a_formula_of_more_lines_than_a_page_has_is_told_and_drawn_whole(publication: Publish) -> None:
    lines_of = "\\\\\n".join(f"a &= {n}" for n in range(40))
    shown = read(publication({"book/a.md": f"# A\n\n\\begin{{align}}\n{lines_of}\n\\end{{align}}\n"}))
    assert lines(shown.findings) == ["book/a.md:3:1 warning formula-tall"]
    [block] = next(shown.publication.chapters()).blocks
    page = with_drawn_formulas(XhtmlDocument(PAGE.format(block.xhtml)))  # type: ignore[union-attr]
    [drawn] = page.root.iter("{*}img")
    width, ratio = re.findall(r"--(?:width|ratio): ([\d.]+)", drawn.get("style", ""))
    assert float(width) / float(ratio) > 40  # in em: what the style sheet makes fit a page


def test_words_before_what_is_no_formula_are_kept() -> None:
    text = "Prices of $5 to $10 or US$20, *sums of $5 to $6*, and $\\pi$ for $1 or A$2."
    assert plain_text(parse(text).children[0].children) == (
        "Prices of $5 to $10 or US$20, sums of $5 to $6, and π for $1 or A$2."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $x^2$ b", ["x^2"]),
        ("$x$ is 5", ["x"]),
        ("both $x$ and $5, then $y$", ["x", "y"]),
        ("the $n$th of $k$-means and $x$s", ["n", "k", "x"]),
        ("若$x$为", ["x"]),
        ("($a_1$, $b_2$), “$c$”", ["a_1", "b_2", "c"]),
        (r"\$5 and $x$ and \$6", ["x"]),
        (r"$\text{if it rains} \in A$", [r"\text{if it rains} \in A"]),
        (r"$\sin x \cos y$", [r"\sin x \cos y"]),
        (r"$5\,\mathrm{km}$", [r"5\,\mathrm{km}"]),
        ("text $$x^2$$ more", ["x^2"]),
        ("$$x$$", ["x"]),
        ("$$AB$$", ["AB"]),
        ("Text\n$$\nx\n$$ {#eq-x}\nmore", ["x"]),
        ("> $$x$$ {#eq-q}", ["x"]),
        ("- item\n\n  $$\n  y\n  $$", ["y"]),
        ("\\begin{align}\na&=b\n\\end{align}", ["\\begin{align}\na&=b\n\\end{align}"]),
    ],
)
def test_formulas_are_found(text: str, expected: list[str]) -> None:
    assert formulas_in(text) == expected


def written(publication: Publish, text: str, more: str = "") -> tuple[str, list[str]]:
    files = {"book/a.md": f"# A\n\n{text}\n"} | ({"book/b.md": more} if more else {})
    shown = read(publication(files))
    blocks = [block.xhtml for c in shown.publication.chapters() for block in c.blocks if isinstance(block, Prose)]
    return "\n".join(blocks), lines(shown.findings)


def test_a_formula_in_a_line_becomes_mathml_with_its_alternative(publication: Publish) -> None:
    xhtml, found = written(publication, "Energy $E=mc^2$.")
    assert found == []
    assert '<math alttext="E = mc²" xmlns="http://www.w3.org/1998/Math/MathML"><mi>E</mi>' in xhtml
    assert xhtml.endswith("</math>.</p>")


def test_equations_are_numbered_through_the_publication_and_referred_to(publication: Publish) -> None:
    text = "$$a$$ {#eq-a}\n\n$$b$$\n\n\\begin{align}\nc&=d\\label{eq:c}\n\\end{align}\n\n"
    text += "See [](#eq-a). By [](#eq-d), [so](#eq:c)."
    xhtml, found = written(publication, text, "# B\n\n$$d$$ {#eq-d}\n\n$$e \\tag{7a}$$ {#eq-e} \n\n[](#eq-e)")
    assert found == []
    assert re.findall(r'equation-number">\((\w+)\)', xhtml) == ["1", "2", "3", "7a"]
    assert re.findall(r'class="equation" id="([^"]+)"', xhtml) == ["eq-a", "eq:c", "eq-d", "eq-e"]
    assert 'See <a class="reference" href="#eq-a">equation 1</a>.' in xhtml
    assert 'By <a class="reference" href="#eq-d">equation 3</a>, <a class="reference" href="#eq:c">so</a>.' in xhtml
    assert '<a class="reference" href="#eq-e">Equation 7a</a>' in xhtml


def test_a_formula_that_cannot_be_read_is_printed_as_code_and_told(publication: Publish) -> None:
    xhtml, found = written(publication, "A $\\frac{a$ here.\n\n$$\na\n\\nosuch{b<c}\n$$")
    assert found == ["book/a.md:3:4 warning formula-unread", "book/a.md:7:1 warning formula-unread"]
    assert "<code>\\frac{a</code> here" in xhtml
    assert "<pre><code>a\n\\nosuch{b&lt;c}</code></pre>" in xhtml


def test_formulas_stand_beside_raw_html_and_in_titles(publication: Publish) -> None:
    root = publication({"book/a.md": "# Of $x^2$\n\nA <b>raw</b> $x<y$.\n\n## And $\\alpha_1$\n\nText."})
    [chapter] = read(root).publication.chapters()
    assert chapter.title == "Of x²"
    assert "<b>raw</b> <math" in chapter.blocks[0].xhtml  # type: ignore[union-attr]
    assert chapter.blocks[1].text == "And α₁"  # type: ignore[union-attr]


def test_the_author_may_give_the_words_that_are_spoken(publication: Publish) -> None:
    xhtml, _ = written(publication, '$$E=mc^2$$ {#eq-e alt="E equals m c squared"}')
    assert 'alttext="E equals m c squared"' in xhtml


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
        (r"\sqrt{x^2+y^2}", "√(x² + y²)"),
        (r"\sum_{i=0}^{n} x_i", "∑_(i = 0)ⁿ x_i"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a b; c d)"),
        (r"\hat{\beta} \leq 5\,\text{km}", "β̂ ≤ 5 km"),
        (r"f'(x)", "f′(x)"),
        (r"\mathrm{CO_2}", "CO₂"),
    ],
)
def test_a_formula_can_be_said_on_one_line(typed: str, told: str) -> None:
    assert linear(latex.mathml(typed, is_apart=True)) == told


def drawn(typed: str, *, is_apart: bool) -> tuple[dict[str, str], etree._Element]:
    made = latex.mathml(typed, is_apart=is_apart).replace("<math ", '<math alttext="said" ', 1)
    page = with_drawn_formulas(XhtmlDocument(PAGE.format(f"<p>a {made} b</p>")))
    [picture] = page.root.iter("{http://www.w3.org/1999/xhtml}img")
    assert (picture.tail or "").strip() == "b"
    return dict(picture.attrib), etree.fromstring(b64decode(picture.get("src", "").partition(",")[2]))


def measure(attributes: dict[str, str], name: str) -> float:
    found = re.search(rf"{name}: (-?[\d.]+)em", attributes["style"])
    assert found
    return float(found[1])


def test_pages_get_a_picture_in_the_size_of_the_line_and_on_its_baseline() -> None:
    flat, drawing = drawn("x", is_apart=False)
    deep, _ = drawn(r"\frac{a}{b}", is_apart=False)
    assert flat["alt"] == "said"
    assert 0.3 < measure(flat, "width") < 0.7
    assert -0.05 < measure(flat, "vertical-align") <= 0
    assert -0.6 < measure(deep, "vertical-align") < -0.2
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_limits_of_a_sum_stand_beside_it_in_a_line_and_above_it_apart() -> None:
    beside, _ = drawn(r"\sum_{i=0}^n", is_apart=False)
    above, _ = drawn(r"\sum_{i=0}^n", is_apart=True)
    assert measure(beside, "width") > measure(above, "width")
    assert measure(beside, "vertical-align") > measure(above, "vertical-align")


@pytest.mark.parametrize(
    "typed", [r"{}^{14}\mathrm{C}", r"\begin{pmatrix}a&\\&d\end{pmatrix}", r"\begin{align*}a&=b\end{align*}"]
)
def test_what_draws_nothing_has_no_height(typed: str) -> None:
    attributes, drawing = drawn(typed, is_apart=True)
    assert 0 < measure(attributes, "width") < 6
    assert float(drawing.get("height", "")) < 400


@pytest.mark.parametrize(
    "typed",
    ["x" * 20_000, "{" * 400 + "x" + "}" * 400, "^" * 3000, r"\newcommand{\a}{\a\a}\a", "", r"\left" * 500, "&" * 999],
)
def test_a_formula_without_sense_or_end_is_refused(typed: str) -> None:
    with pytest.raises(latex.FormulaError):
        latex.mathml(typed, is_apart=True)


def test_letters_that_pdfs_cannot_show_in_formulas_are_told(publication: Publish) -> None:
    _, found = written(publication, r"$\text{漢字} + \alpha + \mathbb{R} + \mathcal{L}$ and $\text{é}$")
    assert found == ["book/a.md:3:2 warning formula-glyph"]
