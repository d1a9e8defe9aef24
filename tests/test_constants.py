"""Constants: the page engine gets style sheets in which everything that is the same all over a book is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any

import pytest
import tinycss2
from conftest import Publish, laid_out
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.css import resolve_math
from weasyprint.css.units import LENGTHS_TO_PIXELS

from pressroom import production
from pressroom.design import Composition, Style
from pressroom.typeset import constants, engine
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.engine import style_reading
from pressroom.typeset.units import LayRequest


def worked_out(*sheets: str, on_pages: tuple[str, ...] = ()) -> list[str]:
    styles = [Style(f"{n}.css", sheet) for n, sheet in enumerate(sheets)]
    return [style.css for style in constants.worked_out(styles, on_pages)]


ROOT = ":root { --u: 12pt; --n: 3; --long: 1px 2px }"


@pytest.mark.parametrize(
    ("css", "made"),
    [
        # var(): a constant takes its place, wherever a value may have one
        ("a { b: var(--u) }", "a { b: 12pt }"),
        ("a { b: var( --u ) }", "a { b: 12pt }"),
        ("a { b: VAR(--u, 1pt) }", "a { b: 12pt }"),
        ("a { b: var(--U) }", "a { b: var(--U) }"),
        (r"a { b: var(--\75) }", "a { b: 12pt }"),
        ("a { b: var(/**/--u/**/,) }", "a { b: 12pt }"),
        ("a { b: 1px var(--long) 3px }", "a { b: 1px 1px 2px 3px }"),
        ("a { b: c(var(--u), var(--n)) }", "a { b: c(12pt, 3) }"),
        ("a { b: x var(--n)var(--n) }", "a { b: x 3/**/3 }"),
        ("a { --b: { c: var(--u) } var(--n) }", "a { --b: { c: 12pt } 3 }"),
        ("a { b: c; d: var(--u) !important }", "a { b: c; d: 12pt !important }"),
        ("@media print { a { b: var(--u) } }", "@media print { a { b: 12pt } }"),
        (
            "@page :left { b: var(--u); @top { c: var(--n) } d: var(--n) }",
            "@page :left { b: 12pt; @top { c: 3 } d: 3 }",
        ),
        ("a { & b:hover { c: var(--u) } }", "a { & b:hover { c: 12pt } }"),
        # what is not known: the fallback is filled
        ("a { b: var(--none, var(--u)) }", "a { b: var(--none, 12pt) }"),
        ("a { b: var(--none, var(--other, calc(var(--n) * 2))) }", "a { b: var(--none, var(--other, 6)) }"),
        ("a { b: var() var(u) var(--u --n) }", "a { b: var() var(u) var(--u --n) }"),
        # no values: strings, comments, addresses, selectors, conditions
        ("a { b: 'var(--u)' /* var(--u) */ url( u.png ) }", 'a { b: "var(--u)" /* var(--u) */ url(u.png) }'),
        ("a:is(var(--u)) { }", "a:is(var(--u)) { }"),
        ("@supports (a: var(--u)) { b { c: var(--u) } }", "@supports (a: var(--u)) { b { c: 12pt } }"),
        ("a { @media (b: calc(1px + 2px)) { c: var(--u) } }", "a { @media (b: calc(1px + 2px)) { c: 12pt } }"),
        # calc(): one number, absolute lengths in px
        ("a { b: calc(1px + 2px) }", "a { b: 3px }"),
        ("a { b: calc(var(--u) * var(--n)) }", "a { b: 48px }"),
        ("a { b: calc(var(--u) + 1in) }", "a { b: 112px }"),
        ("a { b: calc(2.54cm) calc(1pc) calc(101.6Q) }", "a { b: 96px 16px 96px }"),
        ("a { b: CALC(1PX + 2px) }", "a { b: 3px }"),
        ("a { b: calc(10px - 2px * 3 / 4 + 1px) }", "a { b: 9.5px }"),
        ("a { b: calc((1px + 2px) * (3 - 1)) }", "a { b: 6px }"),
        ("a { b: calc(calc(2px) * calc(1 + 1)) }", "a { b: 4px }"),
        ("a { b: calc(1em + 2em) calc(1rem * 2) calc(10% / 4) }", "a { b: 3em 2rem 2.5% }"),
        ("a { b: calc(8 / 2) }", "a { b: 4 }"),
        ("a { b: calc(/**/1px/**/+/**/2px/**/) }", "a { b: 3px }"),
        ("a { b: calc(.1px + .2px) }", "a { b: 0.30000000000000004px }"),
        ("a { b: calc(1e-7px) calc(1e3em) }", "a { b: 1e-07px 1000em }"),
        # without calc() these would be faults where a property takes no negative numbers, or whole ones only
        ("a { b: calc(1px - 3px) calc(5 / 2) }", "a { b: calc(-2px) calc(2.5) }"),
        ("a { b: calc(2 * calc(1px - 3px) + 9px) }", "a { b: 5px }"),
        # in another calculation
        ("a { b: calc(1em + (1px + 2px)) }", "a { b: calc(1em + 3px) }"),
        ("a { b: calc(1em - (1px - 3px)) }", "a { b: calc(1em - -2px) }"),
        ("a { b: calc(var(--x) * calc(1px + 2px)) }", "a { b: calc(var(--x) * 3px) }"),
        ("a { b: min(calc(1px - 3px), var(--x)) }", "a { b: min(-2px, var(--x)) }"),
        ("a { b: clamp(0px, (1px + 2px) * var(--x), 1em) }", "a { b: clamp(0px, 3px * var(--x), 1em) }"),
        ("a { --b: calc(1px + 2px) }", "a { --b: 3px }"),
        ("a { b: c(calc(1px - 3px)) }", "a { b: c(calc(-2px)) }"),
        # what cannot be worked out
        ("a { b: calc(1px + 1em) calc(1px + 1) }", "a { b: calc(1px + 1em) calc(1px + 1) }"),
        ("a { b: calc(1px * 1px) calc(1 / 1px) }", "a { b: calc(1px * 1px) calc(1 / 1px) }"),
        ("a { b: calc(1px / 0) calc(1e308 * 10) }", "a { b: calc(1px / 0) calc(1e308 * 10) }"),
        ("a { b: calc(1px +2px) calc(+) calc() }", "a { b: calc(1px +2px) calc(+) calc() }"),
        ("a { b: calc(pi * 1px) calc(1deg + 1deg) }", "a { b: calc(pi * 1px) calc(1deg + 1deg) }"),
        ("a { b: (1px + 2px) }", "a { b: (1px + 2px) }"),
        # a faulty style sheet
        ("a { b: url(var(--u)); c: var(--u) }", "a { b: url(var(--u)); c: var(--u) }"),
        ("a { b: var(--u)) }", "a { b: var(--u)) }"),
    ],
)
def test_a_style_sheet_becomes(css: str, made: str) -> None:
    assert worked_out(ROOT, css)[1] == made


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        ("--a: 1px; --a: 2px", "2px"),
        ("--a: /* one */ 1px /* pixel */", "1px"),
        ("--b: 2px; --a: calc(var(--b) * 2)", "4px"),
        ("--a: calc(var(--b) * 2); --b: calc(var(--c) + 1px); --c: 1px", "4px"),
        ("--b: 1px + 2px; --a: calc(var(--b) * 2)", "5px"),
        ("--b: calc(1px + 2px); --a: calc(var(--b) * 2)", "6px"),
        ("--a: var(--none, 1px)", None),
        ("--a: var(--b); --b: var(--a)", None),
        ("--a: var(--a)", None),
        ("--a: var(--b); --b: var(--c, 1px); --c: var(--b)", None),
        ("--a: 1px !important; --a: 2px", None),
        ("--a: inherit", None),
        ("--a: Initial", None),
        ("--a: ", None),
        ("--a: { b: c }", None),
        ("--a: 1px)", None),
        ("& b { --a: 1px }", None),
    ],
)
def test_a_constant_has_the_value_that_root_gives_it(declared: str, value: str | None) -> None:
    assert worked_out(f":root {{ {declared} }}", "a { b: var(--a) }")[1] == f"a {{ b: {value or 'var(--a)'} }}"


@pytest.mark.parametrize(
    "own",
    [
        "figure { --u: 2pt }",
        "html { --u: 2pt }",
        ":root, [lang] { --u: 2pt }",
        ":root:lang(ar) { --u: 2pt }",
        "@media print { :root { --u: 2pt } }",
        "@supports (a: b) { :root { --u: 2pt } }",
        "@layer a { :root { --u: 2pt } }",
        "@page { --u: 2pt }",
        "@page { @top-left { --u: 2pt } }",
        ":root { b { --u: 2pt } }",
        r"figure { --\75: 2pt }",
    ],
)
def test_what_a_style_sheet_redeclares_is_no_constant(own: str) -> None:
    assert worked_out(ROOT, "a { b: var(--u) var(--n) }", own)[1] == "a { b: var(--u) 3 }"


@pytest.mark.parametrize("on_page", ["--u: 2pt", "a: b; --u: 2pt", "figure { --u: 2pt }", ":root { --u: 2pt }"])
def test_what_a_page_redeclares_is_no_constant(on_page: str) -> None:
    assert worked_out(ROOT, "a { b: var(--u) var(--n) }", on_pages=("c: d", on_page))[1] == "a { b: var(--u) 3 }"


def test_a_later_style_sheet_wins() -> None:
    first, second = ":root { --a: 1px } a { b: var(--a) }", "/* own */ :root { --a: 2px }"
    assert worked_out(first, second) == [":root { --a: 1px } a { b: 2px }", second]


def test_what_is_faulty_for_a_browser_declares_nothing() -> None:
    assert worked_out("faulty; :root { --a: 1px } a { b: var(--a) }")[0].endswith("var(--a) }")


@pytest.mark.slow
def test_properties_that_double_each_other_do_not_fill_the_memory() -> None:
    doubled = "".join(f"--a{n}: var(--a{n - 1}) f(var(--a{n - 1}));" for n in range(1, 100))
    assert worked_out(f":root {{ --a0: 1px; {doubled} }}", "a { b: var(--a99) }")[1] == "a { b: var(--a99) }"


@pytest.mark.slow
@pytest.mark.parametrize(
    "deep", ["(", "[", "{", "a{", "calc(", "var(--a,", "a{b:calc(", ":root{--a:", ":root{--a:calc("]
)
@pytest.mark.parametrize("are_closed", [False, True])
def test_brackets_without_end_are_left_as_they_are(deep: str, are_closed: bool) -> None:  # noqa: FBT001  # a case
    css = deep * 2000 + (")" * 2000 + " { a: b }") * are_closed
    assert worked_out(css) == [css]


def test_a_fault_keeps_its_place() -> None:
    before = "a { b: var(--u); c: calc(var(--u) * 2); d: e;\n  f: calc(1px - 2px); g: h }"
    _, after = worked_out(ROOT, before)
    assert after == "a { b: 12pt; c: 32px; d: e;\n  f: calc(-1px); g: h }"
    assert constants.as_written(before, after, (1, after.index("d:") + 1)) == (1, before.index("d:") + 1)
    assert constants.as_written(before, after, (2, 18)) == (2, 23)
    assert constants.as_written(before, after, (9, 9)) == (9, 9)


# ---- the same as the page engine makes of it


@dataclass(frozen=True)
class Expression:
    """An expression as it is written, and what it comes to in px."""

    text: str
    value: Fraction
    size: Fraction
    """What it would come to if nothing in it were subtracted: rounding grows with it."""

    def __add__(self, other: Expression) -> Expression:
        return Expression(f"({self.text} + {other.text})", self.value + other.value, self.size + other.size)

    def __sub__(self, other: Expression) -> Expression:
        return Expression(f"({self.text} - {other.text})", self.value - other.value, self.size + other.size)

    def __mul__(self, other: Expression) -> Expression:
        return Expression(f"{self.text} * {other.text}", self.value * other.value, self.size * other.size)

    def __truediv__(self, other: Expression) -> Expression:
        return Expression(f"({self.text} / {other.text})", self.value / other.value, self.size / other.size)

    def times(self, other: Expression) -> Expression:
        return Expression(f"(calc({other.text}) * {self.text})", self.value * other.value, self.size * other.size)


PIXELS = {"px": (1, 1), "pt": (4, 3), "pc": (16, 1), "in": (96, 1), "cm": (960000, 25400), "mm": (96000, 25400)}


def written(number: Decimal, unit: str = "") -> Expression:
    value = Fraction(number) * Fraction(*PIXELS.get(unit, (1, 1)))
    return Expression(f"{number:f}{unit}", value, abs(value))


DECIMALS = st.decimals(min_value=-999, max_value=999, places=3, allow_nan=False)
NUMBERS = DECIMALS.map(written)
DIVISORS = DECIMALS.filter(bool).map(written)
LENGTHS = st.builds(written, DECIMALS, st.sampled_from([*PIXELS]))
FACTORS = st.recursive(
    NUMBERS, lambda some: some | st.builds(add, some, some) | st.builds(sub, some, some), max_leaves=4
)


def calculated(some: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    sums = st.builds(add, some, some) | st.builds(sub, some, some)
    products = st.builds(mul, some, FACTORS) | st.builds(Expression.times, some, FACTORS)
    return sums | products | st.builds(truediv, some, DIVISORS)


@pytest.mark.slow
@given(st.recursive(LENGTHS, calculated, max_leaves=8))
def test_a_length_is_the_float_that_the_engine_makes(expression: Expression) -> None:
    text = f"calc({expression.text})"
    (made,) = worked_out(f"a{{b:{text}}}")
    number = made.removeprefix("a{b:").removesuffix("}").removeprefix("calc(").removesuffix(")")
    value = float(number.removesuffix("px"))
    assert number.endswith("px")
    assert abs(Fraction(value) - expression.value) <= expression.size * Fraction(1, 10**12)
    by_engine = resolve_math(tinycss2.parse_one_component_value(text))
    if by_engine is not None:  # functions in brackets are more than it can do
        assert value == by_engine.value


def test_lengths_are_as_long_as_in_the_engine() -> None:
    assert constants.PIXELS == LENGTHS_TO_PIXELS


SETTINGS = "title: T\nlanguage: en-GB\nlayout: {layout}\neditions: {{screen: {{format: pdf, trim: a5}}}}\n"
TEXT = "# Dam\n\nWater[^1] rises. {words}\n\n> Quoted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Slowly.\n"
OWN = ":root {{ --mine: calc(var(--u) * 2) }} {redeclared} .chapter > p {{ margin-top: calc(var(--mine) / 4) }}\n"


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader", "own", "redeclared"])
def test_a_page_has_the_same_boxes(publication: Publish, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    own = {
        "layouts/mine/layout.yaml": "title: Mine\nextends: reportage\n",
        "layouts/mine/own.css": OWN.format(redeclared="blockquote { --u: 3mm; --small: 4mm }" * (layout[0] == "r")),
    }
    mine = layout in ("own", "redeclared")
    files = {"book/a.md": TEXT.format(words="Words. " * 300), **(own if mine else {})}
    root = publication(files, SETTINGS.format(layout="mine" if mine else layout))
    composition = laid_out(production.read(production.Order(root)).edition("screen"))
    with_constants = pages(composition)
    monkeypatch.setattr(style_reading, "worked_out", lambda styles, _: styles)
    assert len(with_constants) > 1
    assert with_constants == pages(composition)


def pages(composition: Composition) -> tuple[PageBoxes, ...]:
    chapter = next(unit for unit in composition.units if unit.kind == "chapter")
    press = engine.Engine(composition)
    request = LayRequest(chapter, "recto", {})
    assert press.lay(request).findings == ()
    return press.look(request, 1).pages


@pytest.mark.slow
def test_a_fault_in_an_own_style_sheet_is_reported_where_it_was_written(publication: Publish) -> None:
    css = "p { text-indent: var(--u); colour: red; margin: var(--u) }\n"
    own: dict[str, Any] = {"layouts/mine/layout.yaml": "title: Mine\nextends: reportage\n", "layouts/mine/own.css": css}
    root = publication(own, SETTINGS.format(layout="mine"))
    composition = laid_out(production.read(production.Order(root)).edition("screen"))
    chapter = next(unit for unit in composition.units if unit.kind == "chapter")
    (found,) = engine.Engine(composition).lay(LayRequest(chapter, "recto", {})).findings
    assert str(found.place) == f"layouts/mine/own.css:1:{css.index('colour') + 1}"
    assert "colour" in found.message
