"""The navigation document of a fixed layout: contents, landmarks, list of photographs and page list (EPUB 3.3, 7).

It is not in the spine: the contents that readers see are a page of the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml import etree

from pressroom.design.composition import NAVIGATION, Composition, ContentsEntry
from pressroom.design.templates import shortened
from pressroom.epub.links import Page
from pressroom.epub.pagelist import Marker, list_pages
from pressroom.fixed.fixed_page import FixedPage
from pressroom.language.words import direction, words_for
from pressroom.publication import Gallery
from pressroom.xhtml import XHTML

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST = 120
"""The most letters of an entry in the list of photographs."""
NavEntry = tuple[str, str]
"""Its target and its text."""


def navigation(
    composition: Composition, sheets: Sequence[FixedPage], ids: Collection[str], markers: Sequence[Marker]
) -> Page:
    """The navigation document. `ids` are the ids on the pages."""
    settings = composition.publication.settings
    words = words_for(settings.language)
    attributes = {"lang": settings.language, _XML_LANG: settings.language, "dir": direction(settings.language)}
    names = {None: XHTML[1:-1], "epub": "http://www.idpf.org/2007/ops"}
    root = etree.Element(f"{XHTML}html", attributes, nsmap=names)
    head = etree.SubElement(root, f"{XHTML}head")
    etree.SubElement(head, f"{XHTML}meta", charset="utf-8")
    etree.SubElement(head, f"{XHTML}title").text = words.contents
    body = etree.SubElement(root, f"{XHTML}body")
    contents = _nav(body, "toc", words.contents, "doc-toc")
    _add_contents(contents, composition.contents)
    landmarks = _nav(body, "landmarks", words.landmarks)
    for id, kind, title in _landmarks(composition, sheets, ids):
        _add_entry(landmarks, id, title).set(_EPUB_TYPE, kind)
    if photographs := [entry for entry in _photographs(composition) if entry[0] in ids]:
        _add_entries(_nav(body, "loi", words.photographs), photographs)
    page = Page(NAVIGATION, "nav.xhtml", root)
    if markers:
        list_pages(page, markers, "nav-page-list")
    return page


def _nav(body: etree._Element, kind: str, title: str, role: str = "") -> etree._Element:
    """Add a list with a title; all lists but the contents are hidden. Returns the element for its entries."""
    attributes = {_EPUB_TYPE: kind, "id": f"nav-{kind}", "aria-labelledby": f"nav-{kind}-title"}
    attributes |= {"role": role} if role else {"hidden": "hidden"}
    nav = etree.SubElement(body, f"{XHTML}nav", attributes)
    etree.SubElement(nav, f"{XHTML}h{1 if role else 2}", id=f"nav-{kind}-title").text = title
    return etree.SubElement(nav, f"{XHTML}ol")


def _add_contents(parent: etree._Element, entries: Iterable[ContentsEntry]) -> None:
    for entry in entries:
        link = _add_entry(parent, entry.id, entry.title)
        if entry.language:
            link.attrib.update({"lang": entry.language, _XML_LANG: entry.language, "dir": direction(entry.language)})
        item = link.getparent()
        assert item is not None
        if entry.children:
            _add_contents(etree.SubElement(item, f"{XHTML}ol"), entry.children)


def _add_entries(parent: etree._Element, entries: Iterable[NavEntry]) -> None:
    for id, text in entries:
        _add_entry(parent, id, text)


def _add_entry(parent: etree._Element, id: str, text: str) -> etree._Element:
    link = etree.SubElement(etree.SubElement(parent, f"{XHTML}li"), f"{XHTML}a", href=f"#{id}")
    link.text = text
    return link


def _landmarks(
    composition: Composition, sheets: Sequence[FixedPage], ids: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """The landmarks of the book (cover, contents, start of the text …): their ids, kinds and titles."""
    words = words_for(composition.publication.settings.language)
    by_kind = {sheet.kind: sheet.unit for sheet in reversed(sheets)}
    by_kind["body"] = next((sheet.unit for sheet in sheets if sheet.matter == "body" and sheet.unit), "")
    kinds = {
        "cover": ("cover", words.cover),
        "title-page": ("titlepage", words.title_page),
        "contents": ("toc", words.contents),
        "body": ("bodymatter", words.start_of_text),
        "photographs": ("loi", words.photographs),
        "index": ("index", words.index),
    }
    for kind, (term, title) in kinds.items():
        if by_kind.get(kind, "") in ids:
            yield by_kind[kind], term, title


def _photographs(composition: Composition) -> Iterator[NavEntry]:
    """The numbered pictures, by their captions."""
    for block in composition.publication.numbered():
        alone = block.figures[0] if isinstance(block, Gallery) else block
        caption = block.caption or alone.caption
        yield block.id, shortened(f"{block.number} {caption.text if caption else alone.alt}".strip(), _LONGEST)
