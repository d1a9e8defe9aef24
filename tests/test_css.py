"""CSS: Pressroom reads style sheets as a browser does, however they are written."""

import sys

import pytest

from pressroom import css as sheets
from pressroom.css import component_values, declarations, requests, with_empty_comments, written
from pressroom.design.webfonts import weights_asked
from pressroom.photographs.drawing_reading import UnfitDrawingError
from pressroom.photographs.drawings import clean


@pytest.mark.parametrize(
    ("css", "asked"),
    [
        ("a { b: url(c.png) }", [("url", "c.png")]),
        ('a { b: URL( "c d.png" ) }', [("url", "c d.png")]),
        (r"a { b: u\72 l('c.png') }", [("url", "c.png")]),
        (r"a { b: \000075\0072 \6C(c.png) }", [("url", "c.png")]),
        (r"a { b: url(c\)d.png) }", [("url", "c)d.png")]),
        ("a { b: u/**/rl(c.png) }", []),
        ("/* a { b: url(c.png) } */", []),
        ('a::before { content: "url(c.png) } @import" }', []),
        ('a { b: "/*"; c: url(d.png); e: "*/" }', [("url", "d.png")]),
        ("@media print { @supports (a: b) { a { b: url(c.png) } } }", [("url", "c.png")]),
        ("a { b: url(c d.png) }", [("url", "")]),
        ("a { b: url(c.png", [("url", "c.png")]),
        ("@import 'a.css' print;", [("@import", "a.css")]),
        ("@IMPORT/* */url(a.css);", [("url", "a.css")]),
        (r"@\69mport 'a.css'", [("@import", "a.css")]),
        ("@import", [("@import", "")]),
        ("@import a;", [("@import", "")]),
        ('@import url("a.css");', [("url", "a.css")]),
        ('a { b: image-set(url("c.png") 1x) }', [("url", "c.png")]),
        ("a { b: image-set('c.png' 1x, \"d.png\" 2x) }", [("image-set", "c.png"), ("image-set", "d.png")]),
        ("a { b: image-set(url(c.png) 1x) }", [("url", "c.png")]),
        ("a { b: src(var(--c)) }", [("src", "")]),
    ],
)
def test_what_a_style_sheet_asks_for(css: str, asked: list[tuple[str, str]]) -> None:
    assert [(one.by, one.address) for one in requests(css)] == asked


def test_a_request_has_its_place() -> None:
    assert [(one.line, one.column) for one in requests("/* \n */ a {\n  b: url(c) }\n@import 'd';")] == [(3, 6), (4, 1)]


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("color: red; --A: { b: c }; d: 'e; f: g'", ["color", "--A", "d"]),
        ("a { COLOR: red } a:hover { b: c }", ["color", "b"]),
        ("/* a: b */ c { /* d: e; */ f: g }", ["f"]),
        ("@media (a: b) { c:hover { d: e; f & { g: h } i: j } }", ["d", "g", "i"]),
        ("@font-face { src: url(data:a;b:c) }", ["src"]),
        ("@page :first { margin: 0; @top-left { content: '}' } }", ["margin", "content"]),
        ("a { b }", []),
    ],
)
def test_declarations_are_found_however_deep_they_stand(css: str, names: list[str]) -> None:
    assert [one.name for one in declarations(css)] == names


def test_brackets_that_no_program_reads_are_written_as_nothing() -> None:
    assert written(component_values("(" * 2 * sys.getrecursionlimit())) == ""


@pytest.mark.slow
@pytest.mark.parametrize("deep", ["(", "{", "[", "a{", "@media{", "a("])
def test_brackets_without_end_are_no_trouble(deep: str) -> None:
    assert [one.address for one in requests(deep * 5000 + " url(a)")] == ["a"]
    assert not [*declarations(deep * 2000)]
    assert written(component_values(deep * 5000)) == ""


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a/* b */c", "a/**/c"),
        ("a\r\n/* b */ c\r/* d */ e\f/* f */", "a\n/**/ c\n/**/ e\n/**/"),
        ("'/* a */' /* b */", "'/* a */' /**/"),
        ("a { b: [c /* d */] } /* e", "a { b: [c /**/] } /**/"),
        ("a: \"\n/* b */ 'c", "a: \"\n/**/ 'c"),
        ("url(/* a */) /* b\r\n */", "url(/* a */) /**/"),
    ],
)
def test_comments_lose_their_words(css: str, kept: str) -> None:
    assert with_empty_comments(css) == kept


@pytest.mark.parametrize(
    ("css", "weights"),
    [
        ("/* font-weight: 300 */ p { content: 'font-weight: 300' }", set()),
        (r"p { f\6fnt-weight: 300 }", {300}),
        ("@media print { @supports (a: b) { p { FONT: 300 1em / 200 serif } } }", {300}),
        ("p { --font-weight: 300 }", set()),
        ("p { font-family: 'font: 300'; font: 1em '800' }", set()),
    ],
)
def test_weights_are_those_that_rules_ask_for(css: str, weights: set[int]) -> None:
    assert set(weights_asked([css])) == {400, 700} | weights


@pytest.mark.parametrize("style", ["x: 'url(a.png)'", "x: urls(a.png)", "font: 3px 'A } url(b)'", "/* url(a) */ x: y"])
def test_a_drawing_may_have_an_address_in_its_text(style: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g style="{style}"/></svg>'
    assert clean(drawing.encode())


@pytest.mark.parametrize("value", ["'a' url(b)", "rgb(0,0,0) url(b c)", "url(", "u/**/ url('b')", "image(red)"])
def test_a_drawing_may_ask_for_nothing_outside_itself(value: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g fill="{value}"/></svg>'
    with pytest.raises(UnfitDrawingError):
        clean(drawing.encode())


def test_attributes_by_which_a_drawings_styles_select_stay() -> None:
    style = (
        r"""<style>@media print { [ /* */ data-a ='x'] {} } /* [data-b] */ g::after { content: "[data-c]" }</style>"""
    )
    g = '<g data-a="1" data-b="1" data-c="1"/>'
    drawing = clean(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{style}{g}</svg>'.encode())
    assert b'<g data-a="1"/>' in drawing.data


# ---- values


def value(text: str) -> tuple[sheets.Token, ...]:
    return component_values(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", (12, "")),
        ("-1.5", (-1.5, "")),
        ("50%", (50, "%")),
        ("3MM", (3, "mm")),
        ("1e3px", (1000, "px")),
        ("auto", None),
        ("calc(1px)", None),
    ],
)
def test_an_amount_has_its_value_and_unit(text: str, amount: tuple[float, str] | None) -> None:
    assert sheets.amount_of(value(text)[0]) == amount


@pytest.mark.parametrize(
    ("number", "unit", "text"), [(12.0, "mm", "12mm"), (0.1, "em", "0.1em"), (-2.5, "", "-2.5"), (50.0, "%", "50%")]
)
def test_an_amount_is_written_with_all_its_digits(number: float, unit: str, text: str) -> None:
    token = sheets.amount(number, unit)
    assert (written([token]), sheets.amount_of(token)) == (text, (number, unit))


@pytest.mark.parametrize("text", ["f(1 2)", "(a, b)", "[x]", "{ y: z }"])
def test_a_block_may_get_other_contents(text: str) -> None:
    (token,) = value(text)
    other = sheets.with_inside(token, value("new 1px"))
    assert written([other]) == text[: text.index(written(sheets.inside_of(token) or []))] + "new 1px" + text[-1]
    assert written([token]) == text


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", (255, 255, 255)),
        (" /* white */ rgb(255, 128, 0) ", (255, 128, 0)),
        ("red", (255, 0, 0)),
        ("rgb(300, -20, 0)", (255, 0, 0)),
        ("rgba(0, 0, 0, .99)", None),
        ("transparent", None),
        ("currentcolor", None),
        ("red blue", None),
        ("1px", None),
        ("", None),
    ],
)
def test_a_colour_has_three_channels(text: str, colour: tuple[int, int, int] | None) -> None:
    assert sheets.rgb_of(value(text)) == colour


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("rgb(0 136 255)", "#0088ff"),
        ("rgb(0 136 255 / 50%)", "rgba(0,136,255,0.5)"),
        ("hsl(0 100% 50%)", "#ff0000"),
        ("hwb(120 0% 0%)", "#00ff00"),
        ("oklch(62.8% 0.2577 29.23)", "#ff0000"),
        ("oklab(0.8664 -0.2339 0.1795)", "#00ff00"),
        ("lab(29.57 68.3 -112.03)", "#0000ff"),
        ("lch(100 0 0)", "#ffffff"),
        ("lab(29.2345% 39.3825 20.0664)", "#7d2329"),
        ("oklch(40.101% 0.12332 21.555)", "#7d2329"),
        ("lab(1 0 0)", "#040404"),
        ("color(srgb 1.5 -1 0)", "#ff0000"),
        ("currentcolor", "currentcolor"),
        ("url(#a)", "url(#a)"),
    ],
)
def test_a_colour_of_today_is_written_as_older_programs_write_it(text: str, plain: str) -> None:
    """The colours in other spaces are examples of CSS Color 4 and the primaries of sRGB; one step is rounding."""
    found = sheets.plain_colour(text)
    if plain.startswith("#"):
        steps = [abs(int(found[n : n + 2], 16) - int(plain[n : n + 2], 16)) for n in (1, 3, 5)]
        assert max(steps) <= 1, found
    else:
        assert found == plain


@pytest.mark.parametrize("text", ["red", " #12345f ", "device-cmyk(0 0 0 1)"])
def test_nothing_shows_through_an_opaque_colour(text: str) -> None:
    assert sheets.is_opaque_colour(value(text))


@pytest.mark.parametrize(
    "text",
    ["device-cmyk(0 0 0 1 / .5)", "rgb(0 0 0 / 40%)", "transparent", "currentcolor", "red, blue", "none"],
)
def test_something_shows_through_any_other_value(text: str) -> None:
    assert not sheets.is_opaque_colour(value(text))


# ---- rules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":root { --a: 1 }", [("--a", True)]),
        (" :ROOT { --a: 1; B: 2 }", [("--a", True), ("b", True)]),
        ("html { --a: 1 }", [("--a", False)]),
        (":root p { --a: 1 }", [("--a", False)]),
        (":first { --a: 1 }", [("--a", False)]),
        ("::root { --a: 1 }", [("--a", False)]),
        ("@media print { :root { --a: 1 } }", [("--a", False)]),
        (":root { p & { --a: 1 } }", [("--a", False)]),
        ("--a: 1", []),
    ],
)
def test_variables_hold_everywhere_if_they_stand_on_the_root(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(one.name, one.is_on_root) for one in sheets.declarations_in_rules(text)] == found


def test_a_declaration_has_its_value_weight_and_place() -> None:
    (one,) = sheets.declarations_in_rules("\np {\n  Color: red !important }")
    assert (one.name, written(one.value), one.important, one.line, one.column) == ("color", " red ", True, 3, 3)


def test_what_is_inside_a_rule_is_read_in_its_order() -> None:
    (rule,) = sheets.rules_of("/* a */ p { /* b */ COLOR: red; --B: 1 !important; a { c: d } }")
    first, second, third = sheets.contents_of(rule.content)
    assert [sheets.declaration_of(node).name for node in (first, second)] == ["color", "--B"]
    assert sheets.declaration_of(second).important
    assert third.type == "qualified-rule"


@pytest.mark.parametrize(
    ("text", "kept"), [(" a /* b */", "a"), ("/* a */ b /* c */ d ", "b /* c */ d"), (" /* a */ ", ""), ("", "")]
)
def test_white_space_and_comments_around_a_value_do_not_count(text: str, kept: str) -> None:
    assert written(sheets.trimmed(value(text))) == kept


def test_comments_among_rules_are_none_of_their_contents() -> None:
    (block,) = component_values("{ /* a */\nb: c; /* d */ e { f: g } }")
    (declared, nested) = sheets.contents_of(block.content)
    assert sheets.declaration_of(declared) == sheets.Declaration("b", tuple(declared.value), line=2, column=1)
    assert nested.type == "qualified-rule"
    assert written(sheets.declaration_of(declared).value) == " c"


def test_a_declaration_without_a_rule_stands_on_no_root() -> None:
    assert [one.is_on_root for one in declarations("--a: 1")] == [False]


@pytest.mark.parametrize("selector", ["a b, c", ":is(a, b)", "a:not(.b)", ":is(" * 40 + "a" + ")" * 40])
def test_selectors_are_read(selector: str) -> None:
    text = f"/* a */ b {{ c: d }}\n@media print {{ {selector} {{ e: f }} }}"
    _, found = sheets.selectors(text)
    assert (written(found.tokens), found.line, found.column) == (selector, 2, 16)
    assert len(sheets.compiled(found.tokens)) == selector.count(", c") + 1


def test_rules_in_rules_have_their_selectors() -> None:
    found = sheets.selectors("a { b: c; & d { e: f } g { } } @page { h: i } @import 'j';")
    assert [written(one.tokens) for one in found] == ["a", "& d", "g"]


@pytest.mark.parametrize("selector", ["", "a[", ":nowhere", "a,, b"])
def test_what_is_no_selector_is_told(selector: str) -> None:
    with pytest.raises(ValueError):
        sheets.compiled(selector)


@pytest.mark.parametrize("selector", [":lang()", ":is(" * 41 + "a" + ")" * 41, "a " * 200])
def test_a_selector_that_breaks_the_page_engine_has_an_error_of_its_own(selector: str) -> None:
    with pytest.raises(sheets.UnreadableSelectorError):
        sheets.compiled(selector)
