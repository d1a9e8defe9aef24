"""Lines: those of a paragraph are chosen together; what is read, copied and linked stays as it was."""

from __future__ import annotations

import inspect
from itertools import pairwise
from pathlib import Path
from statistics import pstdev
from typing import Any

import pytest
from font_source_serif_pro import font_directory
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break

from pressroom.typeset.engine import line_filling, pinned
from pressroom.typeset.engine.line_filling import LineFilling
from pressroom.typeset.engine.line_spacing import spaces_in
from pressroom.typeset.engine.line_text import TextShaper, breaks_in, text_in
from pressroom.typeset.engine.painter import Painter
from pressroom.typeset.engine.parted_words import parting_points, spare_points
from pressroom.typeset.lines.breakpoints import ATOM

pytestmark = pytest.mark.slow

# ---- with the engine

TEXT = (
    "The mill stood where the river narrows, and for as long as anyone could remember it had made paper of rags. They "
    "came down from the towns in carts, sorted by women who sat at long tables and cut away buttons, hooks and seams. "
)
SIGN = (
    "<img style='width: 30px; height: 8px' src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'>"
)
PAGE = "@page { size: 440px 900px; margin: 20px } body { margin: 0; font: 12px/16px serif } p { margin: 0; text-align: "


def page_lines(body: str, css: str = "justify } p { hyphens: auto", language: str = "en", **filled: bool) -> list[Any]:
    """The line boxes of a page of the engine's."""
    html = HTML(string=f"<html lang={language}><style>{PAGE}{css} }}</style><body>{body}")
    if not filled.get("filled", True):
        pages = html.render().pages
    else:
        with LineFilling().at_work():
            pages = html.render().pages
    found = (box for page in pages for box in page._page_box.descendants() if isinstance(box, boxes.LineBox))
    return [line for line in found if not line.element_tag.endswith("::first-line")]


FACE = f"@font-face {{ font-family: S; src: url({Path(font_directory, 'SourceSerifPro-Regular.otf').as_uri()}) }}"
LEAVES = (boxes.TextBox, boxes.InlineReplacedBox)


def text_of(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def right(line: Any) -> float:
    """The right edge of the letters of a line."""
    return float(max(b.position_x + b.width for b in line.descendants() if isinstance(b, boxes.TextBox)))


def test_lines_of_the_engine_are_as_wide_as_their_column() -> None:
    found = page_lines(f"<p>{TEXT * 3}")
    assert [right(line) for line in found[:-1]] == pytest.approx([420.0] * (len(found) - 1), abs=6)  # signs stand out
    words = "".join(text_of(line).removesuffix("‐") + " " * (not text_of(line).endswith("‐")) for line in found)
    assert words.split() == (TEXT * 3).split()


def test_a_line_that_the_manuscript_ends_keeps_its_spaces() -> None:
    found = page_lines(f"<p>{TEXT}<em>And</em> then <b>no</b> more<br>{TEXT}")
    [ended] = [line for line in found if text_of(line).endswith("more")]
    assert right(ended) < 400
    assert all(box.justification_spacing == 0 for box in ended.descendants() if isinstance(box, boxes.TextBox))


def test_spaces_are_more_even_than_in_lines_filled_one_after_the_other() -> None:
    def widest(found: list[Any]) -> float:
        return max(b.justification_spacing for ln in found for b in ln.descendants() if isinstance(b, boxes.TextBox))

    together, one_by_one = page_lines(f"<p>{TEXT * 6}"), page_lines(f"<p>{TEXT * 6}", filled=False)
    assert widest(together) < 0.7 * widest(one_by_one)
    assert len(together) <= len(one_by_one)


def test_what_kerning_takes_from_a_space_is_known() -> None:
    [line] = page_lines("<p>She read. What she found was of the mill.", f"left; font-family: S }} {FACE} @page {{")
    leaf = next(box for box in line.descendants() if isinstance(box, boxes.TextBox))
    kerned = TextShaper().run(leaf, 0.0, None, None).kerned
    assert set(kerned) == {9}  # “. W”
    assert -2 < kerned[9] < 0


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TEXT}<em>In italics, {TEXT}</em>{TEXT}",
        f"<p>{TEXT}<a href='#x'>A link, {TEXT}</a><b id=x>bold</b>{TEXT}",
        f"<p>{TEXT}<code>a  b</code> {TEXT}<code>c</code>",
        f"<p><span style='float: left; font-size: 48px; line-height: 48px'>T</span>{TEXT}{TEXT}",
        f"<div style='float: right; width: 90px; height: 50px'></div><p>{TEXT}{TEXT}",
        f"<style>p::first-line {{ font-variant-caps: small-caps }}</style><p>{TEXT}{TEXT}",
        f"<p style='text-indent: 20px'>{TEXT}<br>{TEXT}",
        f"<p>{TEXT}—{TEXT}—{TEXT}",
        f"<p>{'wordwithoutend' * 20} {TEXT}",
        f"<p>{TEXT}<span style='float: footnote'>A note.</span> {TEXT}",
        f"<p>{TEXT}{SIGN} {TEXT}({SIGN}), {TEXT}<em>{SIGN}</em> {TEXT}",
        f"<p>{SIGN}{SIGN} {TEXT}{SIGN}",
        f"<p>{SIGN * 60} {TEXT}",  # wider than a line: filled by the engine
    ],
)
def test_every_word_is_there_whatever_stands_in_the_paragraph(body: str) -> None:
    def words(*, filled: bool) -> str:
        texts = [text_of(line) for line in page_lines(body, filled=filled)]
        return "".join(text.removesuffix("‐") for text in texts).replace(" ", "").casefold()

    assert words(filled=True) == words(filled=False)


@pytest.mark.parametrize("language", ["ar", "he"])
def test_text_from_right_to_left_fills_its_lines(language: str) -> None:
    word = "كتاب" if language == "ar" else "ספרים"
    css = "justify; direction: rtl; text-indent: 20px"
    found = page_lines(f"<p>{' '.join([word, word * 2] * 30)}", css, language)
    lefts = [min(b.position_x for b in ln.descendants() if isinstance(b, boxes.TextBox)) for ln in found]
    assert lefts[:-1] == pytest.approx([20.0] * (len(found) - 1), abs=1)
    assert right(found[0]) == pytest.approx(400, abs=1)
    assert [right(line) for line in found[1:]] == pytest.approx([420.0] * (len(found) - 1), abs=1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "川が細くなるところに水車小屋があり、人々の記憶にあるかぎり、ぼろ布から紙を「漉いて」いた。"),
        ("zh", "磨坊坐落在河流变窄的地方，人们记得的年代里，它一直用“破布”造纸。车子从城里来；雨下得很大！"),
        ("zh-Hant", "磨坊座落在河流變窄的地方，在人們記得的年代裡，它一直用《破布》造紙。"),
    ],
)
def test_lines_without_spaces_are_filled_between_letters(language: str, text: str) -> None:
    found = page_lines(f"<p>{text * 6}", "justify", language)
    texts = [text_of(line) for line in found]
    assert "".join(texts) == text * 6
    assert [right(line) for line in found[:-1]] == pytest.approx([420.0] * (len(found) - 1), abs=2)
    assert not [line for line in texts if line[0] in "、。，；！」”》" or line[-1] in "「“《"]  # JIS X 4051, GB/T 15834


@pytest.mark.parametrize("before", ["", "(", "e"])
@pytest.mark.parametrize("after", [" ", ", ", ") "])
def test_a_paragraph_with_pictures_or_formulas_is_set_as_a_whole(before: str, after: str) -> None:
    found = page_lines(f"<p>{f'{TEXT} {before}{SIGN}{after}' * 4}")
    edges = [max(b.position_x + b.width for b in ln.descendants() if isinstance(b, LEAVES)) for ln in found]
    assert edges[:-1] == pytest.approx([420.0] * (len(found) - 1), abs=6)
    texts = ["".join(text_in(b) for b in line.descendants() if isinstance(b, LEAVES)) for line in found]
    assert "".join(texts).count(ATOM) == 4
    assert not [text for text in texts if text.startswith((",", ")")) or text.endswith("(")]


def test_the_spaces_of_code_are_not_stretched() -> None:
    found = page_lines(f"<style>code {{ --spaces: fixed }}</style><p>{TEXT}<code>git add file</code> {TEXT}")
    [code] = [b for ln in found for b in ln.descendants() if isinstance(b, boxes.TextBox) and "git add" in b.text]
    assert spaces_in(code) == 0
    assert not code.justification_spacing


def test_narrow_columns_are_ragged_unless_the_style_sheet_asks_otherwise() -> None:
    narrow = "justify; width: 90px"
    assert len({round(right(line)) for line in page_lines(f"<p>{TEXT}", narrow)[:-1]}) > 2
    asked = page_lines(f"<p>{TEXT}", f"{narrow}; --narrow: justified; hyphens: auto")
    several = [right(line) for line in asked[:-1] if " " in text_of(line)]
    assert several == pytest.approx([110.0] * len(several), abs=5)


def test_a_style_sheet_can_ask_for_lines_filled_one_after_the_other() -> None:
    css = "justify; hyphens: auto; --lines: first-fit"
    plain = [text_of(line) for line in page_lines(f"<p>{TEXT}", css, filled=False)]
    assert [text_of(line) for line in page_lines(f"<p>{TEXT}", css)] == plain


@pytest.mark.slow
def test_a_text_before_code_is_not_broken_after_its_first_word() -> None:
    """WeasyPrint 70 does, where a text fits but for the space at its end."""
    for width in range(150, 260, 7):
        css = f"left; width: {width}px; --lines: first-fit"
        first, *_ = page_lines("<p>Now that your work is merged in, for the <code>iss53</code> branch", css)
        assert len(text_of(first).split()) > 1, width


@pytest.mark.slow
def test_a_long_text_is_not_shaped_whole_for_each_of_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = line_filling._split_text_box

    def counted(context: Any, box: Any, width: Any, skip: int, *more: Any) -> Any:
        asked.append(len(box.text.encode()) - skip)
        return real(context, box, width, skip, *more)

    monkeypatch.setattr(line_filling, "_split_text_box", counted)
    page_lines(f"<p>{TEXT * 40} <code>x</code>", "justify; --lines: first-fit")
    assert len(asked) > 100
    assert max(asked) <= 4000


def test_a_word_that_no_line_holds_is_not_tried_at_each_of_its_syllables(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = line_break.create_layout
    monkeypatch.setattr(line_break, "create_layout", lambda text, *more: asked.append(text) or real(text, *more))
    found = page_lines(f"<p>{'internationalisation' * 200}", "justify; hyphens: auto; overflow-wrap: break-word")
    assert "".join(map(text_of, found)).replace("‐", "") == "internationalisation" * 200
    assert len(asked) < 10 * len(found)


def test_the_last_line_of_a_page_parts_no_word() -> None:
    css = "justify; hyphens: auto } @page { size: 440px 104px"  # four lines
    found = page_lines(f"<p>{TEXT * 8}", css)
    ends = [before for before, after in pairwise(found) if after.position_y < before.position_y]
    assert len(ends) > 5
    assert [text_of(line) for line in ends if text_of(line).endswith("‐")] == []


PARTED = "justify; hyphens: auto; hyphenate-limit-chars: 6 3 3; --narrow: justified; width: 198px"
SPARE = "; --hyphenate-spare: 5 2 2"


def test_few_letters_are_parted_from_their_word_only_where_a_line_would_be_torn() -> None:
    text = "<p>" + "Когда построили железную дорогу, телеги исчезли в течение одного года, а вместе с ними бумага. " * 2
    strict, free = (page_lines(text, PARTED + more, "ru") for more in ("", SPARE))
    widest = [max(gap_after_letters(box) for line in found for box in texts_of(line)) for found in (strict, free)]
    assert widest[1] < widest[0]
    words = ["".join(text_of(line).removesuffix("‐") for line in found).replace(" ", "") for found in (strict, free)]
    assert words[0] == words[1]


@pytest.mark.parametrize(("language", "word", "more"), [("ru", "бумага", True), ("en", "entirely", False)])
def test_two_letters_go_to_the_next_line_only_in_languages_that_do_so(language: str, word: str, more: bool) -> None:  # noqa: FBT001
    style = page_lines("<p>word", PARTED + SPARE, language)[0].style
    assert any(len(word) - point == 2 for point in spare_points(word, style)) == more
    assert all(3 <= point <= len(word) - 3 for point in parting_points(word, style))


# ---- figures, on the column of the layout reader: Source Serif Pro, 10 on 13.5 pt, 297 pt wide


SENTENCES = Path(__file__).parents[1] / "benchmarks" / "sentences"


def texts_of(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, boxes.TextBox)]


def gap_after_letters(box: Any) -> float:
    """What is added to a space as it is seen, in px: the letter before it may be moved too."""
    return float(box.justification_spacing + box.tracking)


def spaces_of(language: str) -> tuple[list[float], float]:
    """The word spaces of full lines, in natural ones, and the share of lines that end with a part of a word."""
    sentences = (SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    texts = (" ".join(sentences[n % 10] for n in range(start, start + 5)) for start in range(10))
    css = f"justify; hyphens: auto; hyphenate-limit-chars: 6 3 3{SPARE}; width: 297pt; font: 10pt/13.5pt S }} {FACE}"
    found = page_lines("".join(f"<p>{text}" for text in texts), f"{css} @page {{", language)
    full = [
        line for line, after in pairwise(found) if after.position_y > line.position_y and after.element is line.element
    ]
    natural = TextShaper().space(full[0].style)
    each = [max(map(gap_after_letters, texts_of(line))) for line in full]
    hyphens = sum(text_of(line).endswith("‐") for line in full)
    return [1 + space / natural for space in each], hyphens / len(full)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pl", "ru"])
def test_spaces_are_as_even_as_in_good_books(language: str) -> None:
    spaces, parted = spaces_of(language)
    assert sum(space > 1.5 for space in spaces) / len(spaces) <= 0.05  # of lines filled one by one, it is over a third
    assert pstdev(spaces) <= 0.2
    assert 0.74 <= min(spaces) <= max(spaces) <= 1.7
    assert parted <= (0.26 if language == "ru" else 0.2)


# ---- the engine that is known


def test_the_engine_is_the_one_for_which_lines_are_filled() -> None:
    assert {one.__name__: pinned.digest_of(one) for one in pinned.FUNCTIONS} == dict(pinned.SOURCES)
    for mine, theirs in ((LineFilling.split_inline_box, inline.split_inline_box),):
        assert list(inspect.signature(mine).parameters)[1:5] == list(inspect.signature(theirs).parameters)[:4]


def test_another_version_with_the_same_functions_will_do() -> None:
    assert pinned.differing("71.0") == ()


@pytest.mark.slow
def test_a_version_that_breaks_lines_otherwise_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinned, "SOURCES", dict(pinned.SOURCES) | {"text_align": "another"})
    assert pinned.differing("71.0") == ("text_align",)
    assert "pip install weasyprint==70.0" in pinned.finding(("text_align",)).remedy


def test_a_fixed_space_does_not_become_the_meaning_of_all_spaces() -> None:
    painter = Painter({})
    html = HTML(
        string="<style>@page { size: 300px } body { font-family: serif }</style><p>\u20031\u2002one two\u00a0three"
    )
    for page in html.render().pages:
        painter.paint(page, {})
    assert {text for font in painter.fonts() for text in font.meanings.values() if text.isspace()} == {" "}


def test_letters_that_the_engine_moves_leave_no_empty_strings() -> None:
    """PDFium loses the last space of an array of glyphs for each empty string in it."""
    html = HTML(string="<style>p { font-family: serif; letter-spacing: 3px }</style><p>xa\u0303\u0301\u0323x xq\u0308x")
    [painted] = [Painter({}).paint(page, {}) for page in html.render().pages]
    assert b"TJ" in painted.operators
    assert b"<>" not in painted.operators


@pytest.mark.parametrize("lines", ["total-fit", "first-fit"])
def test_code_in_a_first_line_of_small_capitals_keeps_its_letters(lines: str) -> None:
    css = f"justify; --lines: {lines} }} p::first-line {{ font-variant-caps: small-caps }} code {{ --spaces: fixed"
    body = f"<p>The <em>mill</em> <code>git add</code> made paper. {TEXT * 2}"
    [first, *_] = page_lines(body, css)
    caps = {b.text.strip(): b.style["font_variant_caps"] for b in first.descendants() if isinstance(b, boxes.TextBox)}
    assert (caps["The"], caps["mill"], caps["git add"]) == ("small-caps", "small-caps", "normal")


@pytest.mark.slow
def test_a_quotation_in_thai_stays_with_its_marks() -> None:
    text = "เสมียนถาม “เท่าไหร่” หญิงคนนั้นตอบแล้วจ่ายเงิน “สิบสองแผ่น” "
    for width in range(100, 400, 20):
        texts = [text_of(line).strip() for line in page_lines(f"<p>{text * 4}", f"left; width: {width}px", "th")]
        assert not [line for line in texts if line[-1] == "“" or line[0] == "”"]


@pytest.mark.parametrize("number", [".78", "$.50", "-.5", "(.84", ",5", "1,990.50"])
def test_a_number_is_not_parted_behind_its_point(number: str) -> None:
    text = f"of {number} in"
    begins = breaks_in(text, "en")
    assert [n for n in range(4, 3 + len(number)) if begins[n]] == []
