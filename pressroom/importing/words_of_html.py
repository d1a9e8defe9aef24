"""Words of HTML: what stands in a line becomes Markdown, with its marks, links, notes, signs and formulas.

A line is first cut into segments, each with all the marks that it has. White space is settled on these, equal marks
that meet become one, and only then signs are chosen: `*` where CommonMark reads it so, else a tag.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count, groupby

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import BLOCKS, HtmlElement, kinds, nodes_of, words_in
from pressroom.importing.tex_of_mathml import tex_of

BREAK = "\\\n"
_SCHEMES = ("http://", "https://", "mailto:")
TO_CHAPTER = "data-chapter"
"""An attribute of a link with the name of the chapter to which it leads, “the-road.md”."""
_BREAKS_OF_PARAGRAPH = 2
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class _Mark:
    """What is done to words: signs around them, a link, or braces after them."""

    kind: str
    value: str = ""
    number: int = 0
    """Keeps marks apart that are two even where they meet: entries of an index."""


@dataclass(frozen=True)
class _Segment:
    """Words with one set of marks, or a piece of Markdown that is written already."""

    text: str
    marks: tuple[_Mark, ...]
    is_words: bool = True

    @property
    def is_break(self) -> bool:
        return not self.is_words and self.text == BREAK


_SIGNS = {"em": "*", "strong": "**", "del": "~~", "mark": "=="}
_MARKS_OF = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong",
    "del": "del", "s": "del", "strike": "del", "mark": "mark",
    "sub": "sub", "sup": "sup", "small": "small", "kbd": "kbd", "samp": "samp", "var": "var",
    "u": "underline", "ins": "underline",
}  # fmt: skip
"""The marks of elements. A tag that has no sign of Markdown is kept as a tag."""
_SMALL_CAPITALS = frozenset(("small-caps", "smallcaps", "sc", "smcap"))
_IN_BRACES = ("braces", "underline")
"""Marks that are written as `[words]{…}`, which no link can hold."""
_RUBY = frozenset(("ruby", "bdo", "bdi"))
"""Elements that are kept as they are, with all inside."""
_IN_RUBY = frozenset(("rb", "rt", "rp", "rtc"))
_APART = frozenset("video audio iframe object embed canvas input select textarea button svg map template".split())
"""What no book can show in a line."""
_numbers = count(1)


def line_of(nodes: Iterable[HtmlElement | str], page: HtmlPage, line_break: str = BREAK) -> str:
    """Nodes that stand in a line, as Markdown; “” if there is nothing to see. `line_break` is written for `<br>`."""
    written = paragraphs_of(nodes, page)
    if line_break == BREAK:
        return BREAK.join(written)
    return line_break.join(line for paragraph in written for line in paragraph.split(BREAK))


def paragraphs_of(nodes: Iterable[HtmlElement | str], page: HtmlPage) -> list[str]:
    """Nodes that stand in a line, as paragraphs of Markdown: two line breaks end one, as people mean them."""
    paragraphs: list[list[_Segment]] = [[]]
    breaks = 0
    for part in (part for segment in _segments(nodes, page, ()) for part in _parted(segment)):
        is_space = part.is_words and part.text == " "
        breaks = breaks + 1 if part.is_break else breaks if is_space else 0
        if breaks == _BREAKS_OF_PARAGRAPH and paragraphs[-1]:
            paragraphs.append([])
        paragraphs[-1].append(part)
    written = (_written(_spaced(paragraph), 0) for paragraph in paragraphs)
    return [BREAK.join(map(plain_markdown.line_start, each.split(BREAK))) for each in written if each]


# ---- segments


def _segments(nodes: Iterable[HtmlElement | str], page: HtmlPage, marks: tuple[_Mark, ...]) -> Iterator[_Segment]:
    for node in nodes:
        if isinstance(node, str):
            yield _Segment(_SPACES.sub(" ", node), marks)
        elif node in page.notes.numbers:
            yield _Segment(f"[^{page.notes.numbers[node]}]", (), is_words=False)
        elif node.tag == "br":
            yield _Segment(BREAK, (), is_words=False)
        elif (literal := _literal(node, page)) is not None:
            yield _Segment(literal, marks, is_words=False)
        elif node.tag in BLOCKS:
            yield _Segment(BREAK, (), is_words=False)
            yield from _segments(nodes_of(node), page, marks)
            yield _Segment(BREAK, (), is_words=False)
        else:
            yield from _marked(node, page, marks)


def _marked(element: HtmlElement, page: HtmlPage, marks: tuple[_Mark, ...]) -> Iterator[_Segment]:
    """The segments in an element, with the marks that it adds."""
    if element.tag == "q":
        yield _Segment('"', marks)
    inside = [*_segments(nodes_of(element), page, _together(marks, [*_marks_of(element, page)]))]
    yield from inside
    if element.tag == "q":
        yield _Segment('"', marks)


def _together(marks: tuple[_Mark, ...], more: Sequence[_Mark]) -> tuple[_Mark, ...]:
    """Marks around others, each once. A link inside a link is the outer one, and braces stand around links."""
    links = [mark for mark in (*marks, *more) if mark.kind == "link"][:1]
    others = [mark for mark in (*marks, *more) if mark.kind != "link"]
    braces = [mark for mark in others if mark.kind in _IN_BRACES]
    return tuple(dict.fromkeys([*braces, *links, *(mark for mark in others if mark not in braces)]))


def _marks_of(element: HtmlElement, page: HtmlPage) -> Iterator[_Mark]:
    said = kinds(element)
    if element.tag == "a" and (href := _address(element, page)):
        yield _Mark("link", href)
    if element.tag == "abbr" and element.get("title"):
        yield _Mark("abbr", element.get("title", ""))
    if element.tag in _MARKS_OF:
        yield _Mark(_MARKS_OF[element.tag])
    if element.tag == "span" and "index" in said:
        yield _Mark("braces", _index_mark(element, page), next(_numbers))
    if said & _SMALL_CAPITALS:
        yield _Mark("braces", ".smallcaps")
    language = element.get("lang", "").strip()
    if language != page.language and LANGUAGE.fullmatch(language):
        yield _Mark("braces", f"lang={language}")
    if (id := element.get("data-id")) and words_in(element):
        yield _Mark("braces", f"#{id}", next(_numbers))


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


# ---- what is written as it is


def _literal(element: HtmlElement, page: HtmlPage) -> str | None:
    """An element in a line that is no marked words, as Markdown; None for one that is."""
    said = kinds(element)
    if element.tag in ("img", "input") and (shown := _shown(element, page)):
        return shown
    if element.get("data-auto") and element.get("href", "")[1:] in page.ids:
        return f"[]({element.get('href')})"
    if element.tag == "math":
        return _formula(tex_of(element), element, page)
    if said & {"tex", "math-tex"} or (element.tag == "script" and "math/tex" in element.get("type", "")):
        return _formula(words_in(element), element, page)
    if element.tag in ("code", "tt"):
        return code(words_in(element)) if words_in(element) else ""
    if element.tag == "wbr":
        return ""
    if element.tag in _RUBY:
        return _as_html(element)
    if element.tag in ("script", "style", "noscript", "link", "meta", "title", "head", "template"):
        return ""
    if element.tag in _APART:
        page.remark(f"import-{_NAMES.get(element.tag, 'form')}", Severity.WARNING, element, _said_of(element))
        return ""
    return None


def _shown(element: HtmlElement, page: HtmlPage) -> str:
    """A picture in a line, or a box that is ticked or not; “” for another field of a form."""
    if element.tag == "img":
        return page.picture(element)
    is_box = element.get("type") == "checkbox"
    return ("☐" if element.get("checked") is None else "☒") if is_box else ""


_NAMES = dict.fromkeys(("video", "audio", "iframe", "object", "embed", "canvas"), "media") | {"svg": "drawing"}


def _said_of(element: HtmlElement) -> str:
    address = next((value for name in ("src", "data", "href", "name") if (value := element.get(name))), "")
    return f"<{element.tag!s}> {address or words_in(element)}".strip()[:200]


def _formula(tex: str, element: HtmlElement, page: HtmlPage) -> str:
    """A formula in a line. One that would not be read as such is code, and remarked."""
    tex = _bare_tex(tex)
    if tex and "$" not in tex and "\n" not in tex and not tex.startswith(tuple("'\"”’»).,;:!?`*")):
        return f"${tex}$"
    page.remark("import-formula", Severity.WARNING, element, tex or words_in(element))
    return code(tex or words_in(element)) if tex or words_in(element) else ""


def _bare_tex(tex: str) -> str:
    """TeX without the signs around it, on one line."""
    return re.sub(r"^(?:\\\(|\\\[|\$\$?)|(?:\\\)|\\\]|\$\$?)$", "", " ".join(tex.split())).strip()


def block_formula(element: HtmlElement, page: HtmlPage) -> str:
    """A formula on lines of its own."""
    math = element if element.tag == "math" else next(element.iter("math"), None)
    tex = _bare_tex(tex_of(math) if math is not None else words_in(element))
    if not tex or "$" in tex:
        return _formula(tex, element, page)
    return f"$$\n{tex}\n$$" + (f" {{#{element.get('data-id')}}}" if element.get("data-id") else "")


def code(words: str) -> str:
    """Words as code, between as many backticks as it takes."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    signs = "`" * (longest + 1)
    edge = " " if words[:1] in "` " or words[-1:] in "` " else ""
    return f"{signs}{edge}{words}{edge}{signs}"


def _as_html(element: HtmlElement) -> str:
    """An element and all inside as HTML, with nothing but its names, languages and directions."""
    kept = "".join(
        f' {name}="{element.get(name)}"' for name in ("lang", "dir") if re.fullmatch(r"[\w-]+", element.get(name, ""))
    )
    inner = "".join(
        plain_markdown.inside(_SPACES.sub(" ", node)) if isinstance(node, str) else _as_html(node)
        for node in nodes_of(element)
    )
    return (
        f"<{element.tag}{kept}>{inner}</{element.tag}>" if element.tag in {*_RUBY, "rb", "rt", "rp", "rtc"} else inner
    )


# ---- white space


def _spaced(segments: list[_Segment]) -> list[_Segment]:
    """Segments with single spaces, none at the ends of lines, and none with marks that words beside it lack."""
    kept: list[_Segment] = []
    for part in segments:
        if part.is_break:
            _trim(kept)
            if not kept or kept[-1].is_break:
                continue
        if part.text != " " or not part.is_words or (kept and not kept[-1].is_break and kept[-1].text != " "):
            kept.append(part)
    _trim(kept)
    if kept and kept[-1].is_break:
        kept.pop()
    return [
        replace(part, marks=_shared(kept[n - 1], kept[n + 1])) if part.text == " " and 0 < n < len(kept) - 1 else part
        for n, part in enumerate(kept)
    ]


def _trim(segments: list[_Segment]) -> None:
    while segments and segments[-1].is_words and segments[-1].text == " ":
        segments.pop()


def _parted(segment: _Segment) -> Iterator[_Segment]:
    """Words without the spaces around them, and these spaces."""
    if not segment.is_words:
        yield segment
        return
    for text in re.split(r"(^ +| +$)", segment.text):
        if text:
            yield replace(segment, text=" " if text.isspace() and text[0] == " " else text)


def _shared(before: _Segment, after: _Segment) -> tuple[_Mark, ...]:
    shared = []
    for one, other in zip(before.marks, after.marks, strict=False):
        if one != other:
            break
        shared.append(one)
    return tuple(shared)


# ---- writing


def _written(segments: Sequence[_Segment], depth: int) -> str:
    """Segments as Markdown, of which all share the first `depth` marks."""
    pieces: list[tuple[_Mark | None, str]] = []
    for mark, group in groupby(segments, key=lambda each: each.marks[depth] if len(each.marks) > depth else None):
        part = [*group]
        pieces.append((mark, _written(part, depth + 1) if mark else _plain(part)))
    written = ""
    for n, (mark, inner) in enumerate(pieces):
        after = pieces[n + 1][1][:1] if n + 1 < len(pieces) and pieces[n + 1][0] is None else ""
        follows = "" if n + 1 == len(pieces) else after or "["
        written = _joined(written, inner if mark is None else _signed(mark, inner, written[-1:], follows))
    return written


def _plain(segments: Sequence[_Segment]) -> str:
    written = ""
    for is_words, group in groupby(segments, key=lambda each: each.is_words):
        texts = [each.text for each in group]
        written = reduce(_joined, [plain_markdown.inside("".join(texts))] if is_words else texts, written)
    return written


def _joined(before: str, after: str) -> str:
    """Two pieces of a line, without the meaning that they would have together."""
    if before.endswith("!") and after.startswith("["):
        before = f"{before[:-1]}\\!"
    if before.endswith("]") and after[:1] in ("(", ":"):
        after = f"\\{after}"
    touching = before[-1:] + after[:1]
    if touching in ("``", "$$") or ("$" in touching and touching.strip("$").isalnum()):
        return f"{before}<!-- -->{after}"  # a letter beside a formula would make a price of it
    return before + after


def _signed(mark: _Mark, inner: str, before: str, after: str) -> str:
    """A piece with the signs of its mark."""
    if not inner.strip() or inner == BREAK:
        return inner
    if mark.kind == "link":
        return f"[{inner}]({plain_markdown.address(mark.value)})"
    if mark.kind == "braces":
        return f"[{inner}]{{{mark.value}}}"
    if mark.kind == "underline":
        return f"[{inner}]{{.underline}}"
    if mark.kind == "abbr":
        return f"<abbr title={_quoted(mark.value)}>{inner}</abbr>"
    if mark.kind in ("sup", "sub") and re.fullmatch(r"[\w+−–,.']+", inner) and "_" not in inner:
        sign = "^" if mark.kind == "sup" else "~"
        return f"{sign}{inner}{sign}" if sign not in (before, after) else f"<{mark.kind}>{inner}</{mark.kind}>"
    sign = _SIGNS.get(mark.kind, "")
    if sign and BREAK not in inner and _can_flank(sign, inner, before, after):
        return f"{sign}{inner}{sign}"
    return f"<{mark.kind}>{inner}</{mark.kind}>"


def _quoted(value: str) -> str:
    """A value of an attribute in HTML that stands in Markdown."""
    for sign, entity in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;")):
        value = value.replace(sign, entity)
    return f'"{" ".join(value.split())}"'


def _can_flank(sign: str, inner: str, before: str, after: str) -> bool:
    """Whether CommonMark takes signs around these words for emphasis (section 6.2, left- and right-flanking)."""
    letter = sign[0]
    if sign == "*" and re.fullmatch(r"\*\*[^*](?:.*[^*])?\*\*", inner):
        inner = inner[2:-2]  # three signs together are read as both
    if letter in (before, after, inner[0], inner[-1]):
        return False
    if letter == "=" and (len(inner) > 900 or "=" in inner):  # what the reader takes for marked words
        return False
    opens = not _may_be_sign(inner[0]) or not before or before.isspace() or _is_sign(before)
    closes = not _may_be_sign(inner[-1]) or not after or after.isspace() or _is_sign(after)
    return opens and closes and not inner[0].isspace() and not inner[-1].isspace()


def _may_be_sign(letter: str) -> bool:
    """Whether a letter is a sign to some parsers: they differ on symbols beyond ASCII."""
    return unicodedata.category(letter)[0] in "PS"


def _is_sign(letter: str) -> bool:
    return letter in string.punctuation or unicodedata.category(letter)[0] == "P"
