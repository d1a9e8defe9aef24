"""Words of HTML: what stands in a line becomes Markdown, with its marks, links, notes, signs and formulas.

A line is cut into segments here, each with all the marks that it has; `marked_words` writes them, `literals_of_html`
what is no marked words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import BLOCKS, HtmlElement, kinds, nodes_of, words_in
from pressroom.importing.literals_of_html import literal_of
from pressroom.importing.marked_words import BREAK, IN_BRACES, SPACES, Segment, WordMark, parted, spaced, written_marks

_SCHEMES = ("http://", "https://", "mailto:")
TO_CHAPTER = "data-chapter"
"""An attribute of a link with the name of the chapter to which it leads, “the-road.md”."""
_BREAKS_OF_PARAGRAPH = 2
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_MARKS_OF = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong",
    "del": "del", "s": "del", "strike": "del", "mark": "mark",
    "sub": "sub", "sup": "sup", "small": "small", "kbd": "kbd", "samp": "samp", "var": "var",
    "u": "underline", "ins": "underline",
}  # fmt: skip
"""The marks of elements. A tag that has no sign of Markdown is kept as a tag."""
_SMALL_CAPITALS = frozenset(("small-caps", "smallcaps", "sc", "smcap"))
_numbers = count(1)


def line_of(nodes: Iterable[HtmlElement | str], page: HtmlPage, line_break: str = BREAK) -> str:
    """Nodes that stand in a line, as Markdown; “” if there is nothing to see. `line_break` is written for `<br>`."""
    written = paragraphs_of(nodes, page)
    if line_break == BREAK:
        return BREAK.join(written)
    return line_break.join(line for paragraph in written for line in paragraph.split(BREAK))


def paragraphs_of(nodes: Iterable[HtmlElement | str], page: HtmlPage) -> list[str]:
    """Nodes that stand in a line, as paragraphs of Markdown: two line breaks end one, as people mean them."""
    paragraphs: list[list[Segment]] = [[]]
    breaks = 0
    for part in (part for segment in _segments(nodes, page, ()) for part in parted(segment)):
        is_space = part.is_words and part.text == " "
        breaks = breaks + 1 if part.is_break else breaks if is_space else 0
        if breaks == _BREAKS_OF_PARAGRAPH and paragraphs[-1]:
            paragraphs.append([])
        paragraphs[-1].append(part)
    written = (written_marks(spaced(paragraph), 0) for paragraph in paragraphs)
    return [BREAK.join(map(plain_markdown.line_start, each.split(BREAK))) for each in written if each.strip()]


# ---- segments


def _segments(nodes: Iterable[HtmlElement | str], page: HtmlPage, marks: tuple[WordMark, ...]) -> Iterator[Segment]:
    for node in nodes:
        if isinstance(node, str):
            yield Segment(SPACES.sub(" ", node), marks)
        elif node in page.notes.numbers:
            yield Segment(f"[^{page.notes.numbers[node]}]", (), is_words=False)
        elif node.tag == "br":
            yield Segment(BREAK, (), is_words=False)
        elif (literal := literal_of(node, page)) is not None:
            yield Segment(literal, marks, is_words=False)
        elif node.tag in BLOCKS:
            yield Segment(BREAK, (), is_words=False)
            yield from _segments(nodes_of(node), page, marks)
            yield Segment(BREAK, (), is_words=False)
        else:
            yield from _marked(node, page, marks)


def _marked(element: HtmlElement, page: HtmlPage, marks: tuple[WordMark, ...]) -> Iterator[Segment]:
    """The segments in an element, with the marks that it adds."""
    if element.tag == "q":
        yield Segment('"', marks)
    inside = [*_segments(nodes_of(element), page, _together(marks, [*_marks_of(element, page)]))]
    yield from inside
    if element.tag == "q":
        yield Segment('"', marks)


def _together(marks: tuple[WordMark, ...], more: Sequence[WordMark]) -> tuple[WordMark, ...]:
    """Marks around others, each once. A link inside a link is the outer one, and braces stand around links."""
    links = [mark for mark in (*marks, *more) if mark.kind == "link"][:1]
    others = [mark for mark in (*marks, *more) if mark.kind != "link"]
    braces = [mark for mark in others if mark.kind in IN_BRACES]
    return tuple(dict.fromkeys([*braces, *links, *(mark for mark in others if mark not in braces)]))


def _marks_of(element: HtmlElement, page: HtmlPage) -> Iterator[WordMark]:
    said = kinds(element)
    if element.tag == "a" and (href := _address(element, page)):
        yield WordMark("link", href)
    if element.tag == "abbr" and element.get("title"):
        yield WordMark("abbr", element.get("title", ""))
    if element.tag in _MARKS_OF:
        yield WordMark(_MARKS_OF[element.tag])
    if element.tag == "span" and "index" in said:
        yield WordMark("braces", _index_mark(element, page), next(_numbers))
    if said & _SMALL_CAPITALS:
        yield WordMark("braces", ".smallcaps")
    language = element.get("lang", "").strip()
    if not page.is_in(language) and LANGUAGE.fullmatch(language):
        yield WordMark("braces", f"lang={language}")
    if (id := element.get("data-id")) and words_in(element):
        yield WordMark("braces", f"#{id}", next(_numbers))


def _index_mark(element: HtmlElement, page: HtmlPage) -> str:
    """The braces of words that are marked for the index."""
    values = [(key, element.get(f"data-{key}", "")) for key in ("term", "sub", "see", "see-also")]
    for key, value in values:
        if value and not plain_markdown.fits_attribute(value):
            page.remark("import-index-term", Severity.WARNING, element, f"{key}: {value}")
    return " ".join([".index", *(f'{k}="{v}"' for k, v in values if v and plain_markdown.fits_attribute(v))])


def _address(link: HtmlElement, page: HtmlPage) -> str:
    """Where a link leads in our Markdown; “” if it leads nowhere that a book can."""
    href = link.get("href", "").strip()
    if chapter := link.get(TO_CHAPTER):
        return chapter
    if href.startswith("#"):
        if href[1:] in page.ids:
            return href
        if href[1:] and words_in(link):
            page.remark("import-link-dead", Severity.WARNING, link, href)
        return ""
    if href.lower().startswith(_SCHEMES):
        return re.sub(r"\s", "%20", href)
    if href and words_in(link):
        page.remark("import-link-dropped", Severity.WARNING, link, href[:200])
    return ""
