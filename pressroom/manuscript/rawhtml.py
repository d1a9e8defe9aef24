"""Raw HTML inside Markdown: elements on the list are kept and made well-formed, others are dropped with a finding.

Pictures have one way into a publication, `![…](…)`, where they are found, checked and sized; an `<img>` is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser

import lxml.html
import nh3
from lxml import etree
from lxml.html import defs

from pressroom.errors import CONTROL, Finding, Place, Source, error, warning
from pressroom.manuscript.markup import language_findings
from pressroom.manuscript.nesting_depth import DEEPEST
from pressroom.manuscript.soundness import is_sound, mend
from pressroom.manuscript.written import closed
from pressroom.xhtml import quoted

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em footer h2 h3 h4 h5 h6 "
    "hr i ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub sup table tbody td tfoot th "
    "thead time tr u ul var wbr".split()
)
_PICTURES = frozenset("img picture svg video audio iframe object embed image figure".split())
_ANYWHERE = frozenset(("class", "dir", "id", "lang", "title", "role", "epub:type"))
_FLAGS = frozenset(("markdown", "reversed", "open", "hidden", "nowrap", "compact", "noshade", "download"))
"""Attributes that have no value."""
_BY_TAG = {
    "a": {"href", "aria-label", "data-page"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "col": {"span"},
    "colgroup": {"span"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_WITH_CONTENT = frozenset(("script", "style", "title", "template"))
"""Elements that go with all that stands inside them."""
_MATHML = frozenset(
    "mi mo mn ms mtext mspace mrow msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle "
    "mpadded mphantom menclose mfenced mmultiscripts mprescripts semantics annotation annotation-xml".split()
)
_UNSEEN = {"<?": "an instruction of PHP or XML", "<![CDATA[": "raw text of XML"}
"""How HTML begins that no reading system shows."""
_INSTEAD = {
    "figcaption": "Write its words right under ![…](photo.jpg), without the tag.",
    "details": "Write ::: sidebar Title, the text, and a line of :::.",
    "summary": "Its words are the title of the box: ::: sidebar Title.",
    "aside": "Write ::: sidebar, the text, and a line of :::.",
    "center": "Delete it: the layout sets where words stand.",
    "font": "Delete it: the layout sets letters and colours.",
    "big": "Delete it: the layout sets sizes.",
    "strike": "Write ~~words~~.",
    "tt": "Write `words`.",
    "script": "Delete it: a book runs no scripts.",
    "style": "Delete it: rules for looks stand in the layout’s style sheet.",
}
"""What to write for elements that are dropped."""
_VOID = frozenset(("br", "col", "hr", "wbr"))
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>""")
_SCHEMES = frozenset(("http", "https", "mailto"))
_LINK = re.compile(r"""(<a\b[^>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def clean(html: str, *, phrasing: bool = False) -> tuple[str, tuple[str, ...]]:
    """Make raw HTML well-formed XHTML with sound nesting, and keep only elements and attributes on the list.

    Returns also the tags that had to become others, or had to go. `phrasing`: the piece stands in a heading, where no
    block may.
    """
    safe = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={"*": set(_ANYWHERE)} | {tag: set(names) for tag, names in _BY_TAG.items()},
        attribute_filter=lambda tag, name, value: value if is_sound(tag, name, value) else None,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    safe, too_deep = _shallow(safe)
    printable = CONTROL.sub("", safe)  # “&#1;” is sound HTML, and no XML may hold what it stands for
    known = re.sub(r"<wbr\b[^>]*>", "\u200b", printable)  # the parser takes it for an element with an end
    holder = lxml.html.fragment_fromstring(known, create_parent="div")
    altered = tuple(dict.fromkeys((*too_deep, *mend(holder, phrasing=phrasing))))
    xml = str(etree.tostring(holder, encoding="unicode", method="xml", with_tail=False))
    return xml.removeprefix("<div>").removesuffix("</div>") if xml != "<div/>" else "", altered


def with_links(html: str, lead: Callable[[str], str]) -> str:
    """Raw HTML with the address of each link changed by `lead`."""

    def changed(match: re.Match[str]) -> str:
        return match[1] + quoted(lead(unescape(match[2] or match[3] or match[4] or "")))

    return html if html.startswith("<!--") else _LINK.sub(changed, html)


def _shallow(html: str) -> tuple[str, tuple[str, ...]]:
    """Sound HTML without the tags that stand deeper than parsers follow; and those tags."""
    depth, too_deep = 0, dict[str, None]()

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        tag, is_end = match[2], bool(match[1])
        if tag in _VOID:
            return match[0]
        deep = depth > DEEPEST if is_end else depth >= DEEPEST
        depth += -1 if is_end else 1
        if deep:
            too_deep[tag] = None
        return "" if deep else match[0]

    return _TAG.sub(kept, html), tuple(too_deep)


def findings(html: str, source: Source, first: int, last: int) -> Iterator[Finding]:
    """The findings on raw HTML between two lines: everything that `clean` drops, and why."""
    yield from _unseen(html, source, first, last)
    scan = _TagCollector()
    scan.feed(closed(html))
    scan.close()
    found = {tag for tag, _, _ in scan.tags}
    for tag, attributes, raw in scan.tags:
        place = source.find(raw.split("\n")[0], first, last)
        remote = [v for k, v in attributes if k in ("src", "href", "data", "srcset", "poster") and _is_remote(v)]
        if remote and tag != "a":
            why = f"<{tag}> asks for “{remote[0]}” on the network; a build opens no connection and a book has none."
            yield error("remote-resource", place, why, "Put the file into assets/ and name it there.")
        elif tag == "figure" and "img" in found:
            continue  # its picture is told
        elif tag in _PICTURES:
            why = f"<{tag}> in HTML is not taken in: pictures are found, checked and sized only as Markdown."
            picture = _as_picture(dict(attributes))
            yield error("html-picture", place, why, f"Write {picture}, with the caption on the next line.")
        elif tag == "math":
            why = "<math> is dropped, with the formula in it: MathML is not read."
            yield error("html-dropped", place, why, "Write the formula as TeX: $x^2$.")
        elif tag in _MATHML:
            continue  # its formula is told
        elif tag in TAGS:
            yield from _of_attributes(tag, attributes, place)
        elif tag != "figcaption" or "figure" not in found:  # the figure is told already
            yield _dropped_tag(tag, place)


def _unseen(html: str, source: Source, first: int, last: int) -> Iterator[Finding]:
    """The findings on what begins as HTML does that no reading system shows."""
    for sign, kind in _UNSEEN.items():
        if html.startswith(sign):
            why = f"This is dropped, with what stands inside: it looks like {kind}."
            remedy = "Write what it stands for, or delete it."
            yield warning("html-dropped", source.find(sign, first, last), why, remedy)


def _dropped_tag(tag: str, place: Place) -> Finding:
    """The finding on an element that is left out; `<name>` is none of HTML, and may be meant as text."""
    why = f"<{tag}> is dropped, and words inside it are kept: it has no place in a book."
    if tag in _WITH_CONTENT:
        why = f"<{tag}> is dropped, with what stands inside."
    elif tag not in defs.tags and tag not in _INSTEAD:
        why = f"<{tag}> is not printed: it is read as a tag, and HTML has none of this name."
        return warning("html-dropped", place, why, f"To print it, write \\<{tag}>; else delete it.")
    return warning("html-dropped", place, why, _INSTEAD.get(tag, "Delete it."))


def _of_attributes(tag: str, attributes: list[tuple[str, str]], place: Place) -> Iterator[Finding]:
    """The findings on the attributes of an element that is kept."""
    words = [name for name, value in attributes if not value and name not in _ANYWHERE | _FLAGS]
    if len(words) > 1 or (words and len(tag) == 1):
        why = f"What stands between this < and the next > is not printed: it is read as the tag <{tag}>."
        yield warning("html-dropped", place, why, f"To print it, write \\<{tag}; else delete it.")
        return
    for name in _dropped(tag, attributes):
        why = f"The attribute “{name}” of <{tag}> is dropped: the layout sets looks, and books run no scripts."
        yield warning("html-attribute-dropped", place, why, "Use a class and the layout’s style sheet.")
    for name, value in attributes:
        if name == "lang":
            yield from language_findings(value, place)
        elif name in _ANYWHERE | _BY_TAG.get(tag, set()) and not is_sound(tag, name, value):
            why = f"{name}=“{value}” of <{tag}> is dropped: no reading system knows what it means there."
            yield warning("html-attribute-dropped", place, why, "Look it up in the HTML Standard.")


def _as_picture(attributes: dict[str, str]) -> str:
    """A picture in HTML as Markdown, with its own file and alt text."""
    file, alt = attributes.get("src") or attributes.get("data") or "file.jpg", attributes.get("alt", "")
    named = f"<{file}>" if re.search(r"[\s()]", file) else file
    return f"![{alt or 'what it shows'}]({named})"


def _dropped(tag: str, attributes: list[tuple[str, str]]) -> Iterator[str]:
    for name, value in attributes:
        scheme = value.partition(":")[0].lower() if ":" in value.split("/")[0] else ""
        if name == "markdown" and value in ("", "1", "block"):
            continue  # what stands inside is read
        if name not in _ANYWHERE | _BY_TAG.get(tag, set()) or (name == "href" and scheme and scheme not in _SCHEMES):
            yield name


def _is_remote(value: str) -> bool:
    return value.strip().lower().startswith(("http:", "https:", "//", "ftp:", "data:"))


class _TagCollector(HTMLParser):
    """Collects the start tags of raw HTML with their attributes, as typed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str]], str]] = []

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """“<![…” is a comment in HTML; the base class knows only SGML's, and stops at others."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(k, v or "") for k, v in attrs], self.get_starttag_text() or f"<{tag}"))
