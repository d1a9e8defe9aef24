"""Soundness of raw HTML: what browsers take, but validators and screen readers do not, is set so that all of them can.

The rules are those of the HTML Standard (which elements hold which), of ARIA in HTML and of EPUB Accessibility. Words
are never lost: an element that may not stand where it stands becomes one that says nothing, `div` or `span`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pressroom.language.bcp47 import tag_fault

DIRECTION = re.compile("ltr|rtl|auto")
_TYPES: Mapping[str, str] = {
    "abstract": "doc-abstract", "concluding-sentence": "", "contributors": "", "credit": "doc-credit",
    "dedication": "doc-dedication", "division": "", "epigraph": "doc-epigraph", "imprimatur": "", "keyword": "",
    "notice": "doc-notice", "other-credits": "", "preamble": "", "pullquote": "doc-pullquote", "qna": "doc-qna",
    "revision-history": "", "topic-sentence": "",
}  # fmt: skip
"""Terms of the EPUB 3 Structural Semantics Vocabulary for what a text holds, with their roles of DPUB-ARIA. Those that
make a landmark (chapter, glossary …) are for front matter to say: landmarks need names of their own."""
_ROLES = frozenset(filter(None, _TYPES.values())) | {"note", "group"}
_NEUTRAL = frozenset(("div", "p", "section", "span"))
"""Elements that may take these roles."""
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_VALUES: Mapping[str, re.Pattern[str]] = {
    "aria-label": re.compile(r".*\S.*", re.DOTALL),
    "colspan": _NUMBER,
    "datetime": re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?|\d\d:\d\d(:\d\d)?"),
    "dir": DIRECTION,
    "rowspan": _NUMBER,
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "span": _NUMBER,
    "start": re.compile(r"-?\d{1,9}"),
    "type": re.compile("[1AaIi]"),
}
_PHRASING = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_PHRASING_INSIDE = (_PHRASING | _HEADINGS | {"p", "pre"}) - {"a", "del", "ins"}
"""Elements that hold no blocks; of links and changes, what they stand in decides."""
_AROUND_WORDS = _PHRASING & _PHRASING_INSIDE
_ONLY_WITH: Mapping[str, str] = {
    "a": "not(ancestor::a)",
    "bdo": "@dir",
    "dfn": "not(ancestor::dfn)",
    "rp": "parent::ruby",
    "rt": "parent::ruby",
    "ruby": "rt and normalize-space()",
    "time": "@datetime",
}
"""What must be true of a phrase for it to be one of its kind."""
_TABLE_PARTS = ("caption", "colgroup", "thead", "tbody", "tfoot")
_KEPT = ("class", "dir", "id", "lang", "title")
_EPUB_TYPE = "epub:type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_sound(tag: str, name: str, value: str) -> bool:
    """Whether an attribute says something that reading systems know."""
    if name == "role":
        return tag in _NEUTRAL and value in _ROLES
    if name == "lang":
        return tag_fault(value) is None
    if name == _EPUB_TYPE:
        return tag in _NEUTRAL and bool(value.split()) and all(term in _TYPES for term in value.split())
    if name == "href" and value.partition(":")[0].lower() in ("http", "https", "mailto"):
        return is_address(value)
    return name not in _VALUES or bool(_VALUES[name].fullmatch(value))


def is_address(href: str) -> bool:
    """Whether an address on the network is whole (RFC 3986, and the URL Standard for those of http)."""
    try:
        parts = urlsplit(href)
        return bool(parts.path if parts.scheme in ("mailto", "tel") else parts.hostname) and parts.port != 0
    except ValueError:
        return False


def mend(holder: HtmlElement, *, phrasing: bool) -> tuple[str, ...]:
    """Make all that an element holds sound, in place; the tags that could not stay what they were.

    `phrasing` is whether it will stand where there is room for words and no blocks: in a heading.
    """
    for item in list(holder.iter("ul", "ol")):
        _wrap_strays(item)
    altered = [*_set_free(holder, phrasing=phrasing), *_lists_of_terms(holder), *_emptied(holder)]
    for element in holder.iter():
        if isinstance(element.tag, str):
            _name(element)
    for table in holder.iter("table"):
        _order(table)
        _check_heads(table)
    return tuple(dict.fromkeys(altered))


def _parent(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    assert parent is not None  # all of them stand in the holder
    return parent


def _retag(element: HtmlElement, tag: str) -> str:
    """Give an element another tag, and leave it only what every element may say; the tag that it had."""
    before, element.tag = element.tag, tag
    for name in set(element.attrib) - set(_KEPT):
        del element.attrib[name]
    return str(before)


def _wrap_strays(listing: HtmlElement) -> None:
    """What stands in a list beside its items becomes an item."""
    if (listing.text or "").strip():
        first = listing.makeelement("li")
        first.text, listing.text = listing.text, None
        listing.insert(0, first)
    for child in list(listing):
        if child.tag != "li" and isinstance(child.tag, str):
            item = listing.makeelement("li")
            listing.replace(child, item)
            item.append(child)
        elif (child.tail or "").strip():
            item = listing.makeelement("li")
            item.text, child.tail = child.tail, None
            child.addnext(item)


def _set_free(holder: HtmlElement, *, phrasing: bool) -> Iterator[str]:
    """Blocks inside phrases, items without their list and the like, outermost first."""
    for element in list(holder.iterdescendants()):
        if isinstance(element.tag, str):
            among_words = _is_among_words(element, holder, phrasing=phrasing)
            if tag := _instead(element, element.tag, is_among_words=among_words):
                yield _retag(element, tag)


def _instead(element: HtmlElement, tag: str, *, is_among_words: bool) -> str:
    """What an element must be where it stands; nothing if it may be what it is."""
    if (tag not in _PHRASING and is_among_words) or (tag in _ONLY_WITH and not element.xpath(_ONLY_WITH[tag])):
        return "span"
    if tag in _AROUND_WORDS and not is_among_words and any(_is_block(inner) for inner in element.iterdescendants()):
        return "div"
    return "div" if element.xpath("self::li[not(parent::ul | parent::ol)] | self::footer[ancestor::footer]") else ""


def _is_among_words(element: HtmlElement, holder: HtmlElement, *, phrasing: bool) -> bool:
    around = _parent(element)
    while around is not holder and around.tag in ("a", "del", "ins"):
        around = _parent(around)
    return phrasing if around is holder else around.tag in _PHRASING_INSIDE


def _is_block(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag not in _PHRASING


def _lists_of_terms(holder: HtmlElement) -> Iterator[str]:
    """A list of terms that has something else than terms, each with what is said of it, is none."""
    for listing in list(holder.iter("dl")):
        groups = [group for group in listing if group.tag == "div"] if not _has_loose_words(listing) else []
        if not all(map(_is_of_terms, groups if groups and len(groups) == len(listing) else [listing])):
            yield _retag(listing, "div")
    for part in list(holder.iter("dt", "dd")):
        if part.xpath("not(parent::dl | parent::div/parent::dl)"):
            yield _retag(part, "div")


def _is_of_terms(group: HtmlElement) -> bool:
    tags = [child.tag for child in group if isinstance(child.tag, str)]
    orderly = tags[:1] == ["dt"] and tags[-1:] == ["dd"] and set(tags) == {"dt", "dd"}
    return orderly and not _has_loose_words(group)


def _has_loose_words(element: HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _emptied(holder: HtmlElement) -> Iterator[str]:
    """Headings, links and heads of columns that have no words: a listener would hear that there is one, and no more."""
    for element in list(holder.iter("a", "th", *_HEADINGS)):
        if has_words(element.text_content()) or (element.tag == "a" and "href" not in element.attrib):
            continue
        if element.tag == "th":
            element.tag = "td"  # the corner of a table, where nothing is expected
            element.attrib.pop("scope", None)
        else:
            yield str(element.tag)
            places = [inner for inner in element.iter() if inner is not element and "id" in inner.attrib]
            if places or element.tag == "a":
                element.drop_tag()
            else:
                element.drop_tree()


def has_words(text: str) -> bool:
    """Whether there is something in a text to be seen or said."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _name(element: HtmlElement) -> None:
    """Say what an element is and which language it has in every way that a reading system may look for."""
    if "lang" in element.attrib:
        element.set(_XML_LANG, element.get("lang"))
    roles = [_TYPES[term] for term in element.get(_EPUB_TYPE, "").split() if _TYPES.get(term)]
    if roles:
        element.set("role", roles[0])
    if element.tag == "footer":
        element.set("role", "presentation")  # else it would be taken for the foot of the whole page
    if element.tag == "a" and "href" not in element.attrib:
        element.attrib.pop("aria-label", None)


def _order(table: HtmlElement) -> None:
    """The parts of a table in their order, with one caption, one head and one foot."""
    for kind, otherwise in (("caption", "div"), ("thead", "tbody"), ("tfoot", "tbody")):
        found = [part for part in table if part.tag == kind]
        for other in found[1:]:
            other.tag = otherwise
            if kind == "caption":
                found[0].append(other)
    parts = [part for part in table if part.tag in _TABLE_PARTS]
    table.extend(sorted(parts, key=lambda part: _TABLE_PARTS.index(str(part.tag))))


def _check_heads(table: HtmlElement) -> None:
    """A cell names its heads by ids of this very table, or not at all."""
    heads = {head.get("id") for head in table.iter("th")}
    for cell in table.iter("td", "th"):
        if not set(cell.get("headers", "").split()) <= heads:
            del cell.attrib["headers"]
