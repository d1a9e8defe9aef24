"""Page list: the pages of a print edition, marked in the ebook's text and listed in its navigation.

A marker is an empty element with the number of its page (EPUB 3.3, `pagebreak`; DPUB-ARIA, `doc-pagebreak`). Markers
are inside lines, so that they do not break sibling selectors of style sheets, but before headings and figures, so that
they do not become part of their accessible names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pressroom.design.composition import NAVIGATION
from pressroom.design.letters import INLINE, LETTER, PICTURE, Letters, TextRun, elements, is_picture, name_of, read
from pressroom.design.pagination import PageList
from pressroom.epub.links import Page
from pressroom.language.words import words_for
from pressroom.xhtml import XHTML

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_PASSED = INLINE | {f"h{n}" for n in range(1, 7)} | {"hgroup", "header", "figure", "div", "picture", "nav"}
"""Elements for which a marker at their beginning goes before the element, not into it."""
_STRICT = frozenset(["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "ruby"])
"""Elements that allow no marker among their children (HTML, content models)."""


@dataclass(frozen=True)
class Marker:
    """The place in the ebook at which a page of the print edition begins."""

    folio: str
    id: str
    page: str
    """The id of the ebook's page that contains the marker."""


def mark(pages: Sequence[Page], spine: Sequence[str], page_list: PageList) -> tuple[Marker, ...]:
    """Put a marker where each print page begins, and add the page list to the navigation document; changes `pages`.

    `spine` has the ids of the pages in reading order. A print page out of that order gets no marker.
    """
    order = {id: n for n, id in enumerate(spine)}
    taken = {str(element.get("id")) for page in pages for element in page.root.iter("*") if element.get("id")}
    markers: list[Marker] = []
    wanted: dict[str, dict[int, list[Marker]]] = {}
    reached = 0
    for at in page_list.breaks:
        if order.get(at.unit, -1) >= reached:
            reached = order[at.unit]
            markers.append(Marker(at.folio, _new_id(f"page-{at.folio}", taken), at.unit))
            wanted.setdefault(at.unit, {}).setdefault(at.letter, []).append(markers[-1])
    for page in (page for page in pages if page.id in wanted):
        _mark_page(page.root, page_list.letters.get(page.id) or read(page.root), wanted[page.id])
    navigation = next(page for page in pages if page.id == NAVIGATION)
    if markers:
        list_pages(navigation, markers, _new_id("page-list", taken))
    return tuple(markers)


def _new_id(id: str, taken: set[str]) -> str:
    """A unique id: a heading “Page 12” may have the id that a marker would get."""
    while id in taken:
        id += "-print"
    taken.add(id)
    return id


def list_pages(navigation: Page, markers: Sequence[Marker], id: str) -> None:
    """Add the page list to the end of the navigation document, hidden from readers; reading systems use it."""
    root = navigation.root
    language = str(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en")
    body = root.find(f"{XHTML}body")
    assert body is not None
    attributes = {_EPUB_TYPE: "page-list", "role": "doc-pagelist", "aria-labelledby": f"{id}-title"}
    nav = etree.SubElement(body, f"{XHTML}nav", attributes, id=id, hidden="hidden")
    etree.SubElement(nav, f"{XHTML}h2", id=f"{id}-title").text = words_for(language).pages
    entries = etree.SubElement(nav, f"{XHTML}ol")
    for marker in markers:
        item = etree.SubElement(entries, f"{XHTML}li")
        own = navigation.file if marker.page == NAVIGATION else ""  # checkers expect whole addresses here
        etree.SubElement(item, f"{XHTML}a", href=f"{own}#{marker.id}").text = marker.folio


# ---- markers in the text


def _mark_page(root: etree._Element, letters: Letters, wanted: Mapping[int, Sequence[Marker]]) -> None:
    """Put markers before their letters, from the last to the first, so that earlier positions stay valid."""
    numbered = dict(elements(root))
    for letter in sorted(wanted, reverse=True):
        run = next(run for run in reversed(letters.runs) if run.first <= letter)
        place_markers(run, numbered[run.owner], letter, list(_spans(wanted[letter])))


def _spans(markers: Sequence[Marker]) -> Iterator[etree._Element]:
    for marker in markers:
        attributes = {_EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", "id": marker.id, "aria-label": marker.folio}
        span = etree.Element(f"{XHTML}span", attributes)
        span.text = ""
        yield span


def place_markers(run: TextRun, owner: etree._Element, letter: int, spans: Sequence[etree._Element]) -> None:
    """Put markers before a letter of a run, in their order; `owner` is the element of its number."""
    at = 0 if run.text == PICTURE else _index(run.text, letter - run.first)
    if run.text == PICTURE or (run.after is None and not run.text[:at].strip() and _may_pass(owner)):
        _put_before(_outermost(owner), spans)
        return
    before = None if run.after is None else owner[run.after]
    now = (owner.text if before is None else before.tail) or ""  # already split at later markers
    for n, span in enumerate(spans):
        owner.insert((0 if run.after is None else run.after + 1) + n, span)
    spans[-1].tail = now[at:]
    if before is None:
        owner.text = now[:at]
    else:
        before.tail = now[:at]


def _index(text: str, count: int) -> int:
    """The index in a text of the letter after `count` letters; the end of the last letter if there are no more."""
    letters = [found.start() for found in islice(LETTER.finditer(text), count + 1)]
    return letters[count] if count < len(letters) else letters[-1] + 1


def _put_before(element: etree._Element, spans: Sequence[etree._Element]) -> None:
    for span in spans:
        element.addprevious(span)


def _outermost(element: etree._Element) -> etree._Element:
    """The outermost element that begins with this one and that a marker goes before."""
    parent = element.getparent()
    while parent is not None and _may_pass(parent) and _is_first(element, parent):
        element, parent = parent, parent.getparent()
    return element


def _may_pass(element: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None or name_of(parent) in _STRICT:
        return False
    return name_of(element) in _PASSED or is_picture(element) or element.get("aria-hidden") == "true"


def _is_first(element: etree._Element, parent: etree._Element) -> bool:
    before = element.getprevious()
    return before is None and not (parent.text or "").strip()
