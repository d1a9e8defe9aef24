"""Equations of Word become LaTeX with the words, signs and brackets that Word shows."""

import latex2mathml.converter
import pytest
from lxml import etree
from lxml.html import fragment_fromstring

from pressroom.importing.office.docx_package import MATH
from pressroom.importing.office.omml import mathml_of
from pressroom.importing.tex_of_mathml import tex_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str, style: str = "") -> str:
    return f"<m:r>{style and f'<m:rPr>{style}</m:rPr>'}<m:t>{text}</m:t></m:r>"


def made(name: str, properties: str = "", **parts: str) -> str:
    held = "".join(f"<m:{part}>{inside}</m:{part}>" for part, inside in parts.items())
    return f"<m:{name}>{properties and f'<m:{name}Pr>{properties}</m:{name}Pr>'}{held}</m:{name}>"


UPRIGHT, WORDS, BOLD = '<m:sty m:val="p"/>', "<m:nor/>", '<m:sty m:val="b"/>'
HALF = made("f", num=run("a"), den=run("b"))
LINES = f"<m:eqArr><m:e>{run('x')}{run(' if ', WORDS)}{run('x>0')}</m:e><m:e>{run('0')}</m:e></m:eqArr>"
CELLS = f"<m:m><m:mr><m:e>{run('1')}</m:e><m:e>{run('0')}</m:e></m:mr></m:m>"
LIMIT = made("limLow", e=run("lim", UPRIGHT), lim=run("x→0"))


@pytest.mark.parametrize(
    ("equation", "tex"),
    [
        (run("sin θ"), r"\sin \theta"),
        (run("1,000.5+2"), "1,000.5 + 2"),
        (run("9.81 ") + run("m", UPRIGHT), r"9.81 \mathrm{m}"),
        (run("F", BOLD) + run("=ma"), r"\mathbf{F} = m a"),
        (made("func", fName=LIMIT, e=HALF), r"\lim_{x \to 0} \frac{a}{b}"),
        (made("func", fName=made("sSub", e=run("log", UPRIGHT), sub=run("2")), e=run("n")), r"\log_{2} n"),
        (made("d", e=run("a+b")), "( a + b )"),
        (made("d", e=HALF), r"\left( \frac{a}{b} \right)"),
        (made("d", '<m:begChr m:val="|"/><m:endChr m:val="|"/>', e=run("x")), "| x |"),
        (made("d", '<m:begChr m:val="{"/><m:endChr m:val=""/>', e=LINES),
         r"\left\{ \begin{matrix} x \text{ if } x > 0 \\ 0 \end{matrix} \right."),
        (made("d", '<m:begChr m:val="["/><m:endChr m:val="]"/>', e=CELLS),
         r"\left[ \begin{matrix} 1 & 0 \end{matrix} \right]"),
        (made("nary", '<m:chr m:val="∑"/>', sub=run("i=1"), sup=run("n"), e=run("i")), r"\sum_{i = 1}^{n} i"),
        (made("nary", sub=run("D"), sup="", e=run("f")), r"\int_{D} f"),
        (made("nary", sub="", sup="", e=run("f")), r"\int f"),
        (made("sPre", sub=run("6"), sup=run("14"), e=run("C")), "{}_{6}^{14} C"),
        (made("sSubSup", e=run("x"), sub=run("i"), sup=run("2")), "x_{i}^{2}"),
        (made("acc", e=run("x")), r"\hat{x}"),
        (made("acc", '<m:chr m:val="\u20d7"/>', e=run("v")), r"\vec{v}"),
        (made("bar", '<m:pos m:val="top"/>', e=run("x")), r"\overline{x}"),
        (made("bar", e=run("x")), r"\underline{x}"),
        (made("groupChr", e=run("a+b")), r"\underbrace{a + b}"),
        (made("groupChr", '<m:chr m:val="⏞"/><m:pos m:val="top"/>', e=run("a+b")), r"\overbrace{a + b}"),
        (made("limUpp", e=run("="), lim=run("!")), r"\overset{!}{=}"),
        (made("rad", "<m:degHide/>", deg="", e=run("x")), r"\sqrt{x}"),
        (made("rad", deg=run("3"), e=run("x")), r"\sqrt[3]{x}"),
        (made("borderBox", e=run("E")), "E"),
        (run("a") + made("phant", '<m:show m:val="0"/>', e=run("b")), "a"),
        (made("somethingNew", e=run("k")), "k"),
        (f"<w:ins>{run('y')}</w:ins><w:del>{run('z')}</w:del>", "y"),
    ],
)  # fmt: skip
def test_an_equation_of_word_is_the_same_in_latex(equation: str, tex: str) -> None:
    spaces = f'xmlns:m="{MATH[1:-1]}" xmlns:w="{WORD}"'
    math = mathml_of(etree.fromstring(f"<m:oMath {spaces}>{equation}</m:oMath>"), is_block=False)
    assert tex_of(fragment_fromstring(etree.tostring(math, encoding="unicode"))) == tex
    assert latex2mathml.converter.convert(tex)
