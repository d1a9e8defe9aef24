"""CSS: Pressroom reads style sheets as a browser does, however they are written."""

import pytest

from pressroom.css import component_values, declarations, requests, with_empty_comments, written
from pressroom.design.webfonts import weights_asked
from pressroom.photographs.drawings import UnfitDrawingError, clean


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
