"""Navigation of a fixed layout: contents, landmarks, photographs and pages, which reading systems show by themselves.

The contents that readers see are a page of the book; so this document is no page of it.
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
"""Letters of an entry of the list of photographs."""
NavEntry = tuple[str, str]
"""Its target and its text."""


def navigation(
    composition: Composition, sheets: Sequence[FixedPage], ids: Collection[str], markers: Sequence[Marker]
) -> Page:
    """The navigation document. `ids` are those that the pages have."""
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
    for id, kind, said in _landmarks(composition, sheets, ids):
        _add_entry(landmarks, id, said).set(_EPUB_TYPE, kind)
    if photographs := [entry for entry in _photographs(composition) if entry[0] in ids]:
        _add_entries(_nav(body, "loi", words.photographs), photographs)
    page = Page(NAVIGATION, "nav.xhtml", root)
    if markers:
        list_pages(page, markers, "nav-page-list")
    return page


def _nav(body: etree._Element, kind: str, title: str, role: str = "") -> etree._Element:
    """A list with its title, hidden but for the contents; what it returns takes the entries."""
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
    for id, said in entries:
        _add_entry(parent, id, said)


def _add_entry(parent: etree._Element, id: str, said: str) -> etree._Element:
    link = etree.SubElement(etree.SubElement(parent, f"{XHTML}li"), f"{XHTML}a", href=f"#{id}")
    link.text = said
    return link


def _landmarks(
    composition: Composition, sheets: Sequence[FixedPage], ids: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Where the parts of a book begin that readers look for: their ids, kinds and names."""
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
    for kind, (named, said) in kinds.items():
        if by_kind.get(kind, "") in ids:
            yield by_kind[kind], named, said


def _photographs(composition: Composition) -> Iterator[NavEntry]:
    """The numbered pictures, by their captions."""
    for _, block in composition.publication.illustrations():
        alone = block.figures[0] if isinstance(block, Gallery) else block
        caption = block.caption or alone.caption
        if block.number:
            yield block.id, shortened(f"{block.number} {caption.text if caption else alone.alt}".strip(), _LONGEST)
