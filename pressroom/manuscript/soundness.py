"""Soundness of raw HTML: mends what browsers accept but validators and screen readers do not.

The rules are those of the HTML Standard (which elements hold which), of ARIA in HTML and of EPUB Accessibility. Words
are never lost: an element that may not stand in its place becomes a `div` or `span`.
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
"""Terms of the EPUB 3 Structural Semantics Vocabulary with their roles in DPUB-ARIA. Terms that make a landmark
(chapter, glossary …) belong in front matter: landmarks need names of their own."""
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
    "value": re.compile(r"-?\d{1,9}"),
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
"""What a phrasing element needs to be valid, as an XPath condition: an abbreviation its title."""
_TABLE_PARTS = ("caption", "colgroup", "thead", "tbody", "tfoot")
_KEPT = ("class", "dir", "id", "lang", "title")
_EPUB_TYPE = "epub:type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_sound(tag: str, name: str, value: str) -> bool:
    """Whether the value of an attribute means something to reading systems."""
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
    """Whether an address on the network is complete (RFC 3986; for http the URL Standard)."""
    try:
        parts = urlsplit(href)
        return bool(parts.path if parts.scheme in ("mailto", "tel") else parts.hostname) and parts.port != 0
    except ValueError:
        return False


def mend(holder: HtmlElement, *, phrasing: bool) -> tuple[str, ...]:
    """Make the content of an element sound, in place. Returns the tags that had to become others.

    `phrasing`: the content will stand where no block may, in a heading.
    """
    for item in list(holder.iter("ul", "ol")):
        _wrap_strays(item)
    altered = [*_retag_misplaced(holder, phrasing=phrasing), *_retag_mixed_lists(holder), *_retag_empty(holder)]
    for element in holder.iter():
        if isinstance(element.tag, str):
            _set_roles(element)
    for table in holder.iter("table"):
        _order(table)
        _check_heads(table)
    return tuple(dict.fromkeys(altered))


def _parent(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    assert parent is not None  # all of them stand in the holder
    return parent


def _retag(element: HtmlElement, tag: str) -> str:
    """Give an element another tag, with only the attributes that every element may have; returns its old tag."""
    before, element.tag = element.tag, tag
    for name in set(element.attrib) - set(_KEPT):
        del element.attrib[name]
    return str(before)


def _wrap_strays(listing: HtmlElement) -> None:
    """Turn the text and elements between the items of a list into items."""
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


def _retag_misplaced(holder: HtmlElement, *, phrasing: bool) -> Iterator[str]:
    """Retag blocks inside phrases, items outside lists and the like, outermost first; yields their old tags."""
    for element in list(holder.iterdescendants()):
        if isinstance(element.tag, str):
            among_words = _is_among_words(element, holder, phrasing=phrasing)
            if tag := _tag_for(element, element.tag, is_among_words=among_words):
                yield _retag(element, tag)


def _tag_for(element: HtmlElement, tag: str, *, is_among_words: bool) -> str:
    """The tag that an element must get in its place; empty if it may keep its own."""
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


def _retag_mixed_lists(holder: HtmlElement) -> Iterator[str]:
    """Retag definition lists that hold anything but terms and their definitions; yields their old tags."""
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


def _retag_empty(holder: HtmlElement) -> Iterator[str]:
    """Retag headings, links and column heads without words, which a screen reader would announce as empty."""
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
    """Whether a text has a character that can be seen or read aloud."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _set_roles(element: HtmlElement) -> None:
    """Give an element its role and language in every attribute that reading systems read."""
    if "lang" in element.attrib:
        element.set(_XML_LANG, element.get("lang"))
    roles = [_TYPES[term] for term in element.get(_EPUB_TYPE, "").split() if _TYPES.get(term)]
    if roles:
        element.set("role", roles[0])
    if element.tag == "footer":
        element.set("role", "presentation")  # else screen readers take it for the foot of the whole page
    if element.tag == "a" and "href" not in element.attrib:
        element.attrib.pop("aria-label", None)


def _order(table: HtmlElement) -> None:
    """Put the parts of a table into their order, with one caption, one head and one foot."""
    for kind, otherwise in (("caption", "div"), ("thead", "tbody"), ("tfoot", "tbody")):
        found = [part for part in table if part.tag == kind]
        for other in found[1:]:
            other.tag = otherwise
            if kind == "caption":
                found[0].append(other)
    parts = [part for part in table if part.tag in _TABLE_PARTS]
    table.extend(sorted(parts, key=lambda part: _TABLE_PARTS.index(str(part.tag))))


def _check_heads(table: HtmlElement) -> None:
    """Drop `headers` of cells that name ids outside their table."""
    heads = {head.get("id") for head in table.iter("th")}
    for cell in table.iter("td", "th"):
        if not set(cell.get("headers", "").split()) <= heads:
            del cell.attrib["headers"]
