"""Blocks of code are as large as text that is read, on lines of their own, and what is turned over shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import Publish
from pages_laid_out import LaidChapter, lay_out_unit

from pressroom.design.code_lines import code_letters, with_code_lines
from pressroom.design.grid import Paper
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset.boxes import BoxAppearance, LaidBox, PageBoxes, Rectangle
from pressroom.xhtml import XHTML, XhtmlDocument, text_of

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>%s</body></html>'
SETTINGS = "title: T\nlanguage: en\nlayout: %s\neditions: {print: {format: pdf, trim: %s}}\n"
PAPERS = [("reader", "6x9in"), ("reader", "a5"), ("reportage", "210x270mm"), ("reportage", "a5")]
LONG = (
    "a-command --with --options --that-go-on=and-on --and=on --beyond=the-end --of=any --measure=of --a=printed --page"
)


def lines(code: str, letters: int = 20, around: str = "%s") -> list[str]:
    """The lines of a block of code; what is turned over has a sign before it."""
    root = with_code_lines(XhtmlDocument(PAGE % around % f"<pre><code>{code}</code></pre>"), letters).root
    found = root.iter(f"{XHTML}span")
    return ["> " * ("turned" in line.get("class", "")) + (line.text or "") for line in found]


def chapter(publication: Publish, layout: str, trim: str, code: str) -> LaidChapter:
    text = f"# A\n\n## B\n\nBefore.\n\n```\n{code}\n```\n\nAfter `word` it.\n"
    return lay_out_unit(publication({"book/a.md": text}, SETTINGS % (layout, trim)))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("one\ntwo\n", ["one\n", "two\n"]),
        ("one\n\n  two", ["one\n", "\n", "  two"]),
        ("exactly twenty let.s", ["exactly twenty let.s"]),
        ("twenty letters and many more", ["twenty letters and ", "> many more"]),
        ("exactly twenty let.s  and more", ["exactly twenty let.s  ", "> and more"]),
        ("call(first, second, third)", ["call(first, second, ", "> third)"]),
        ("std::io::Error::other::one", ["std::io::Error::", "> other::one"]),
        ("--with --more --end-with-it", ["--with --more --end-", "> with-it"]),
        ("0123456789" * 4, ["01234567890123456789", "> 01234567890123456", "> 789"]),
        ("日本語日本語日本語日本語", ["日本語日本語日本語日", "> 本語"]),
        ("\tone\ttwo\tthree", ["\tone\ttwo\t", "> three"]),
    ],
)
def test_a_line_that_is_too_long_is_turned_over_at_a_good_place(code: str, expected: list[str]) -> None:
    assert lines(code) == expected


@pytest.mark.parametrize("code", ["one\ntwo\n", "0123456789" * 9, "a b\t c\n\n" * 5 + "x" * 70])
def test_the_text_of_code_is_the_same(code: str) -> None:
    document = XhtmlDocument(PAGE % f"<pre><code>{code}</code></pre>")
    assert text_of(with_code_lines(document, 20).root) == text_of(document.root)


def test_an_ebook_leaves_turning_to_the_reading_system() -> None:
    assert lines("twenty letters and many more\n", 0) == ["twenty letters and many more\n"]


def test_code_with_elements_in_it_stays_as_it_is() -> None:
    document = XhtmlDocument(PAGE % "<pre><code>one <em>two</em></code></pre>")
    assert with_code_lines(document, 20) is document


def test_code_in_a_list_has_fewer_letters_in_a_line_and_in_a_cell_any_number() -> None:
    assert lines("twenty letters here", around="<ul><li>%s</li></ul>") == ["twenty letters ", "> here"]
    assert lines(LONG, around="<table><tr><td>%s</td></tr></table>") == [LONG]


def test_a_line_holds_what_its_measure_holds() -> None:
    paper = Paper(trim="6x9in", unit=13.5 / PT_PER_MM, side=3, aside=0, column=22, head=5, lines=33, sink=11)
    assert code_letters(paper) == 58  # 297 pt, of 5.12 pt each


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "trim"), PAPERS)
def test_code_is_read_as_easily_as_text(publication: Publish, layout: str, trim: str) -> None:
    made = chapter(publication, layout, trim, "first\nsecond")
    first, second, word, text = map(made.set, ("first", "second", "word", "After"))
    assert first.type.size >= 8.5 - 1e-6
    assert 1.15 <= (second.baseline - first.baseline) / first.type.size <= 1.45
    assert 0.9 <= word.type.size / first.type.size <= 1.1
    assert word.type.size < text.type.size


@pytest.mark.slow
@pytest.mark.parametrize("count", range(1, 6))
@pytest.mark.parametrize(("layout", "trim"), [("reader", "6x9in"), ("reportage", "210x270mm")])
def test_text_after_code_is_on_its_grid(publication: Publish, layout: str, trim: str, count: int) -> None:
    made = chapter(publication, layout, trim, "\n".join(["code"] * (count - 1) + [LONG]))
    unit = 13.5 if layout == "reader" else 5 * PT_PER_MM
    steps = (made.set("After").baseline - made.set("Before").baseline) / unit
    assert abs(steps - round(steps)) < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("count", [71, 73])
@pytest.mark.parametrize(("layout", "trim"), [("reader", "6x9in"), ("reportage", "210x270mm")])
def test_text_after_code_that_a_page_breaks_is_on_its_grid(
    publication: Publish, layout: str, trim: str, count: int
) -> None:
    made = chapter(publication, layout, trim, "\n".join(["code"] * count))
    unit = 13.5 if layout == "reader" else 5 * PT_PER_MM
    steps = (made.set("After").baseline - made.set("Before").baseline) / unit
    assert len(made.pages) > 1
    assert abs(steps - round(steps)) < 0.02


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "trim"), PAPERS)
def test_a_line_that_is_turned_over_has_a_sign_that_is_no_letter(publication: Publish, layout: str, trim: str) -> None:
    made = chapter(publication, layout, trim, f"short\n{LONG}")
    first, *turned = [line for line in made.lines if "--" in line]
    signs = list(_signs(made))
    assert (len(signs), "".join((first, *turned)).replace(" ", "")) == (len(turned), LONG.replace(" ", ""))
    assert all(sign.right < made.set(line).left for sign, line in zip(signs, turned, strict=True))
    assert turned


@pytest.mark.slow
def test_a_full_line_that_is_turned_over_stands_beside_its_sign(publication: Publish) -> None:
    letters = 63  # of a line of this paper
    full = "x" * (letters - 3)
    code = "\n".join("a" * letters + f" {full}{end}" for end in ("", " ", " more"))
    made = chapter(publication, "reportage", "210x270mm", code)
    turned = [looks for text, looks in made.letters if text == full]
    assert len(turned) == 3
    for text, sign in zip(turned, _signs(made), strict=False):
        assert text.baseline - text.type.size < sign.bottom < text.baseline


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "trim"), [("reader", "6x9in"), ("reportage", "a5")])
def test_a_heading_stays_with_the_code_after_it(publication: Publish, layout: str, trim: str) -> None:
    """Code of five lines fills whole lines of the page, with no white above its first one."""
    line, code = "One line.\n\n", "```\n" + "code\n" * 5 + "```\n\n"
    parts = (f"{line * n}## Heading {n}\n\n{code}" for n in range(1, 24))
    made = lay_out_unit(publication({"book/a.md": f"# A\n\n{''.join(parts)}"}, SETTINGS % (layout, trim)))
    last = [max(_texts(page), key=lambda box: box.bottom).text for page in made.pages]
    assert len(last) > 10
    assert [text for text in last if "Heading" in text] == []


def _texts(page: PageBoxes) -> list[LaidBox]:
    """What stands in the text area of a page."""
    return [box for box in page.walk() if box.text.strip() and box.bottom < page.bottom + 1]


def _signs(made: LaidChapter) -> Iterator[Rectangle]:
    """Where the signs stand before what is turned over."""
    for _, box in made.boxes:
        if box.part == "before" and isinstance(box.looks, BoxAppearance) and box.looks.borders:
            yield box.looks.border_box
