"""Pages of an ebook: parse their XHTML strictly, resolve their links to files, and write them as bytes.

EPUB 3.3 allows content documents only in the XML syntax of HTML. A reading system refuses markup that a browser would
repair; here it is an error.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pressroom.design.composition import NAVIGATION, Composition
from pressroom.errors import Finding, Place, PressroomError, error
from pressroom.xhtml import MATHML, XHTML, XhtmlDocument

SVG = "{http://www.w3.org/2000/svg}"
_ADDRESSES = ("href", "src", "{http://www.w3.org/1999/xlink}href")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_VOID = frozenset(
    XHTML + name
    for name in ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_SCRIPT_TYPE = re.compile(r"|module|.*(java|ecma)script.*", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A page of the ebook as a tree of elements."""

    id: str
    """The unit's id, or `NAVIGATION`."""
    file: str
    """Its path beside the package document: `text/{id}.xhtml`."""
    root: etree._Element
    source: str = ""
    """The source file that it comes from, for findings."""

    @property
    def properties(self) -> tuple[str, ...]:
        """Exactly the properties that the manifest must declare for this page (EPUB 3.3, manifest properties)."""
        tests = {"mathml": _is_mathml, "remote-resources": _is_remote, "scripted": _is_scripted, "svg": _is_svg}
        return tuple(name for name, holds in tests.items() if any(map(holds, self.root.iter("*"))))

    @property
    def place(self) -> Place:
        """The place for findings: the source file of the page, or the page itself."""
        return Place(self.source or self.file)

    def to_bytes(self) -> bytes:
        """The page as an XML document in UTF-8."""
        tree = self.root.getroottree()
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"


class Places:
    """The file of each id of the publication; resolves `#id` to an address in another file."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._files: dict[str, list[str]] = defaultdict(list)
        self._order: dict[str, int] = {}
        for page in pages:
            for element in page.root.iter("*"):
                if id := element.get("id"):
                    self._files[id].append(page.file)
                    self._order.setdefault(f"{page.file}#{id}", len(self._order))

    def order(self, address: str) -> int:
        """The rank of an address among all ids, in the order of the pages; it counts from the root."""
        return self._order[address]

    def address(self, id: str, file: str) -> str:
        """The address of an id relative to `file`. Raises LookupError if the id is missing or not unique."""
        files = self._files.get(id, [])
        if file in files:
            return f"#{id}"
        if len(files) != 1:
            raise LookupError(f"“#{id}” leads to {len(files)} places")
        return f"{posixpath.relpath(files[0], posixpath.dirname(file) or '.')}#{id}"


def read_pages(composition: Composition) -> tuple[Page, ...]:
    """The page of every unit, then the navigation document. Raises PressroomError with every page's fault."""
    sources = [(u.id, f"text/{u.id}.xhtml", u.document, u.source) for u in composition.units]
    sources.append((NAVIGATION, "nav.xhtml", composition.navigation or XhtmlDocument(""), ""))
    pages, faults = [], []
    for id, file, document, source in sources:
        try:
            pages.append(Page(id, file, _tree_of(document), source))
        except ValueError as fault:
            why = f"The page {file} is not well-formed XHTML ({fault}); a reading system would not open it."
            remedy = "Look for this markup in the layout's templates, and in raw HTML of the chapter."
            faults.append(error("page-malformed", Place(source or file), why, remedy))
    if faults:
        raise PressroomError(faults)
    return tuple(pages)


def _tree_of(document: XhtmlDocument) -> etree._Element:
    """A copy of a document's tree. Raises ValueError if it is not XHTML, or declares entities."""
    try:
        root = document.root
    except etree.XMLSyntaxError as fault:
        raise ValueError(fault.msg) from None
    if root.tag != XHTML + "html":
        raise ValueError("its root is not “html” in the namespace of XHTML")
    if next(root.iter(etree.Entity), None) is not None:
        raise ValueError("it has entities of its own")
    return document.copy()


def connect(pages: Sequence[Page], files: Collection[str]) -> Places:
    """Resolve the links of the pages to files and remove attributes that only print uses; changes `pages` in place.

    `files` are the style sheets and pictures of the ebook. Raises PressroomError with every dead link.
    """
    places = Places(pages)
    known = {*files, *(page.file for page in pages)}
    faults = [fault for page in pages for fault in _connect_page(page, places, known)]
    if faults:
        raise PressroomError(faults)
    return places


def _connect_page(page: Page, places: Places, known: Collection[str]) -> Iterator[Finding]:
    for element in page.root.iter("*"):
        element.attrib.pop("data-page", None)
        _spell_out(element)
        for name in _ADDRESSES:
            address = element.get(name, "")
            try:
                if address.startswith("#"):
                    element.set(name, places.address(address[1:], page.file))
                elif address and not _ELSEWHERE.match(address):
                    _check_file(_file(page, address), known)
            except LookupError as fault:
                why = f"On the page {page.file} a link is dead: {fault.args[0]}."
                remedy = "Look in the layout's templates: they may link to something that they leave out."
                yield error("link-dead", page.place, why, remedy)


def _spell_out(element: etree._Element) -> None:
    """Give an empty element an end tag: reading systems that parse XHTML as HTML do not close `<span/>`."""
    if len(element) == 0 and element.text is None and str(element.tag).startswith(XHTML) and element.tag not in _VOID:
        element.text = ""


def _file(page: Page, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.file), address.partition("#")[0]))


def _check_file(file: str, known: Collection[str]) -> None:
    if file not in known:
        raise LookupError(f"“{file}” is not in the ebook")


def pictures_on(page: Page) -> Iterator[str]:
    """The picture files of a page, in order."""
    for image in page.root.iter(XHTML + "img"):
        yield _file(page, image.get("src", ""))


def _is_svg(element: etree._Element) -> bool:
    return element.tag == SVG + "svg"


def _is_mathml(element: etree._Element) -> bool:
    return element.tag == MATHML + "math"


def _is_remote(element: etree._Element) -> bool:
    """Whether an element loads a remote resource; a link to a remote page is allowed."""
    names = ("src", "poster", "data") if element.tag != XHTML + "link" else ("href",)
    return any(re.match(r"(https?:)?//", element.get(name, ""), re.IGNORECASE) for name in names)


def _is_scripted(element: etree._Element) -> bool:
    if element.tag in (XHTML + "script", SVG + "script"):
        return bool(_SCRIPT_TYPE.fullmatch(element.get("type", "")))
    return element.tag == XHTML + "form" or any(str(name).startswith("on") for name in element.attrib)
