"""HTML sources: bytes become text, and text becomes a tree. Nothing is fetched, no entity multiplies itself, and no
script runs.

Pages are read with lxml, which recovers from faults, knows the lines of elements, and is here for ebooks anyway.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import html.entities
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree

from pressroom.errors import CONTROL
from pressroom.importing.html_tree import HtmlElement, open_up

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_FEW_BROKEN = 0.02
"""The share of letters beyond ASCII that may be broken in a page that is UTF-8 all the same."""
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_PACKED = re.compile(r"data:(image/[\w.+-]+)(?:;[\w=.+-]+)*;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_SPELLED = re.compile(
    r"""(?<=["'])data:(image/[\w.+-]+)(?:;[\w=.+-]+)*,((?:(?<=")[^"]*|[^"'])*)(?=["'])""", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*>")
_WITHOUT_END = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody option".split()
)
"""Elements that have no end tag, or need none."""
_TOO_DEEP = 1000
PACKED_NAME = "packed-picture:"
"""What stands in place of the address of a picture that lies in the page itself, with its number after it."""


@dataclass(frozen=True)
class PageText:
    """The text of a page."""

    text: str
    encoding: str
    broken: int = 0
    """How many letters could not be read."""


@dataclass(frozen=True)
class UnpackedPage:
    """The text of a page without the pictures that lay in it."""

    text: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    """By what stands in their place."""


def page_text(data: bytes) -> PageText:
    """The text of a page: UTF-8 where it is that, else as it declares, else as its letters look."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, name)
    whole = _decoded(data, "utf-8")
    if not whole.broken or whole.broken <= _FEW_BROKEN * sum(1 for letter in whole.text if letter > "\x7f"):
        return whole
    match = _DECLARED.search(data[:4096])
    declared = _python_name(match[1].decode("ascii", "replace")) if match else ""
    if declared and declared != "utf-8" and not (found := _decoded(data, declared)).broken:
        return found
    guess = from_bytes(data[:200_000]).best()
    return _decoded(data, guess.encoding if guess else "cp1252")


def _decoded(data: bytes, encoding: str) -> PageText:
    text = data.decode(encoding, "replace")
    plain = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return PageText(plain, encoding, text.count("\ufffd"))


def _python_name(label: str) -> str:
    """The codec that browsers use for a label: Latin 1 is that of Windows."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def unpacked(text: str) -> UnpackedPage:
    """A page with the pictures that lie in its addresses (`data:`) taken out: they may have many megabytes."""
    pictures: dict[str, bytes] = {}

    def taken(match: re.Match[str]) -> str:
        name = f"{PACKED_NAME}{len(pictures) + 1}"
        try:
            is_packed = match.re is _PACKED
            pictures[name] = base64.b64decode(match[2]) if is_packed else unquote_to_bytes(html.unescape(match[2]))
        except (binascii.Error, ValueError):
            pictures[name] = b""
        return name

    return UnpackedPage(_SPELLED.sub(taken, _PACKED.sub(taken, text)), pictures)


def parse_page(text: str) -> HtmlElement:
    """The tree of an HTML page, whatever its faults. Raises ValueError for one without any element."""
    plain = _without_entities(text)
    tree = _parsed(plain)
    if open_up(tree) >= _TOO_DEEP:  # the parser drops in silence what stands deeper still
        tree = _parsed(_shallow(plain))
        open_up(tree)
    return tree


def _parsed(text: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as fault:
        raise ValueError(str(fault)) from None
    _begin_body(tree)
    return tree


def _begin_body(tree: HtmlElement) -> None:
    """Let the body begin where the head ends: the parser, which is older than `main`, reads on in the head."""
    head, body = tree.find("head"), tree.find("body")
    inside = [*head] if head is not None else []
    at = next((n for n, each in enumerate(inside) if isinstance(each.tag, str) and each.tag not in _OF_HEAD), None)
    if head is None or at is None:
        return
    if body is None:
        body = etree.SubElement(tree, "body")
    for each in reversed(inside[at:]):
        body.insert(0, each)


_OF_HEAD = ("base", "link", "meta", "noscript", "script", "style", "template", "title")


def _shallow(text: str) -> str:
    """A page without the tags that open or close an element inside hundreds of others."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _WITHOUT_END or tag[0].endswith("/>"):
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < _TOO_DEEP // 2 else ""
        depth += 1
        return tag[0] if depth <= _TOO_DEEP // 2 else ""

    return _TAG.sub(kept, text)


def parse_xhtml(text: str) -> tuple[HtmlElement, bool]:
    """The tree of an XHTML page, and whether it is well-formed. One that is not is read as HTML.

    Raises ValueError for one without any element.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        tree = etree.fromstring(_without_entities(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return parse_page(re.sub(r"^\s*<\?xml[^>]*\?>", "", text)), False
    open_up(tree)
    return tree, True


def _without_entities(text: str) -> str:
    """A text with the letters that HTML’s entities stand for; those that a page declares itself stay as they stand."""
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", lambda xml: "\n" * xml[0].count("\n"), text)
    text = _DOCTYPE.sub(lambda doctype: "\n" * doctype[0].count("\n"), text, count=1)
    return _ENTITY.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    if match[1] in _OF_XML:
        return match[0]
    return html.entities.html5.get(f"{match[1]};") or f"&amp;{match[1]};"
