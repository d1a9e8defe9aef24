"""Ebook packages: what an EPUB 2 or 3 says of its files, their order, its contents and itself.

The files are read with zipfile and lxml, within the limits of `archive`: EbookLib takes what it cannot read for empty,
repairs pages as it reads them, and knows neither limits nor lines.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from pressroom.errors import Place, PressroomError, Severity
from pressroom.importing.archive import SourceArchive
from pressroom.importing.brought import Remark
from pressroom.importing.html_source import page_text, parse_xhtml
from pressroom.importing.html_tree import HtmlElement, kinds, plain_tree, words_in

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""The ways in which fonts are obfuscated, which protect no words."""
PAGE_TYPES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")


@dataclass(frozen=True)
class EbookItem:
    """A file of an ebook."""

    name: str
    """Its path in the archive."""
    media_type: str
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TocLine:
    """A line of the contents."""

    title: str
    file: str
    id: str = ""
    """The id in the file to which it leads; “” for the file itself."""
    children: tuple[TocLine, ...] = ()


@dataclass(frozen=True)
class EbookPackage:
    """What an ebook says of itself."""

    archive: SourceArchive
    metadata: HtmlElement
    items: Mapping[str, EbookItem]
    """By their ids."""
    spine: tuple[tuple[EbookItem, bool], ...]
    """The pages in their order, and whether each is in the reading order."""
    guide: Mapping[str, str] = field(default_factory=dict)
    """The files of an EPUB 2 by what they are: cover, toc, title-page."""
    contents: tuple[TocLine, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def cover(self) -> str:
        """The picture on the cover, which EPUB 3 and EPUB 2 mark in ways of their own; “” for none."""
        marked = next((item.name for item in self.items.values() if "cover-image" in item.properties), "")
        named = [each.get("content", "") for each in self.metadata.iter("meta") if each.get("name") == "cover"]
        called = next((item.name for item in self.items.values() if _is_called_cover(item)), "")
        return marked or next((self.items[id].name for id in named if id in self.items), called)

    def place(self, name: str, line: int = 0) -> Place:
        """A place in one of the files."""
        return Place(f"{self.archive.file.name}/{name}", line)


def _is_called_cover(item: EbookItem) -> bool:
    """Whether a picture is that of the cover by the name of its file, where the metadata do not say which one is."""
    stem = posixpath.splitext(posixpath.basename(item.name))[0].lower()
    return item.media_type.startswith("image/") and bool(
        re.fullmatch(r"(?:front[-_]?)?cover(?:[-_]?(?:image|page|\d+))?", stem)
    )


def open_package(archive: SourceArchive) -> EbookPackage:
    """The package of an ebook. Raises PressroomError for one that is damaged or protected."""
    _refuse_protected(archive)
    container = plain_tree(archive.read_xml(CONTAINER))
    name = next((path for each in container.iter("rootfile") if (path := each.get("full-path"))), "")
    if not archive.has(name):
        raise archive.broken(f"{CONTAINER} names no package that is there")
    package = plain_tree(archive.read_xml(name))
    remarks: list[Remark] = []
    items = dict(_items(package, name, archive, remarks))
    spine = tuple(_spine(package, items))
    if not spine:
        raise archive.broken(f"{name} lists no page that is there")
    found = package.find("metadata")
    metadata = found if found is not None else etree.Element("metadata")
    guide = {
        each.get("type", ""): file
        for each in package.iter("reference")
        if (file := resolved(name, each.get("href", ""))[0])
    }
    twice = [each for each, count in Counter(archive.stored_names).items() if count > 1]
    remarks += [
        Remark("import-file-twice", Severity.WARNING, Place(f"{archive.file.name}/{each}"), each) for each in twice
    ]
    contents = tuple(_contents(archive, [*items.values()]))
    return EbookPackage(archive, metadata, items, spine, guide, contents, tuple(remarks))


def _refuse_protected(archive: SourceArchive) -> None:
    """Refuse an ebook whose pages are encrypted. Fonts that are obfuscated hide no words."""
    if not archive.has(_ENCRYPTION):
        return
    ways = {
        each.get("Algorithm") or each.get("algorithm") or ""
        for data in archive.read_xml(_ENCRYPTION).iter("{*}EncryptedData")
        for each in data.iter("{*}EncryptionMethod")
    }
    if ways - {*_FONTS}:
        why = f"{archive.file.name} is protected against copying (DRM): its pages are encrypted."
        remedy = "Ask its publisher for a file without protection, or import what it was made from."
        raise archive.refusal("import-protected", why, remedy)


def resolved(base: str, address: str) -> tuple[str, str]:
    """The path in the archive to which an address leads from a file, and the id in it; “” if it leads out of it."""
    path, _, id = address.strip().partition("#")
    if re.match(r"[A-Za-z][\w+.-]*:|//|/", path) or "\\" in path:
        return "", unquote(id)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return ("" if joined.startswith("..") else joined), unquote(id)


def _items(
    package: HtmlElement, name: str, archive: SourceArchive, remarks: list[Remark]
) -> Iterator[tuple[str, EbookItem]]:
    for each in package.iter("item"):
        href = each.get("href", "")
        file, _ = resolved(name, href)
        if not file or not archive.has(file):
            is_remote = re.match(r"[A-Za-z][\w+.-]*:", href)
            id = "import-file-outside" if not file and not is_remote else "import-file-missing"
            place = Place(f"{archive.file.name}/{name}", int(each.sourceline or 0))
            remarks.append(Remark(id, Severity.WARNING, place, href[:200]))
            continue
        properties = frozenset(each.get("properties", "").split())
        yield each.get("id", href), EbookItem(file, each.get("media-type", ""), properties)


def _spine(package: HtmlElement, items: Mapping[str, EbookItem]) -> Iterator[tuple[EbookItem, bool]]:
    seen: set[str] = set()
    for each in package.iter("itemref"):
        item = items.get(each.get("idref", ""))
        if item is not None and item.name not in seen and item.media_type in PAGE_TYPES:
            seen.add(item.name)
            yield item, each.get("linear") != "no"


# ---- contents


def _contents(archive: SourceArchive, items: list[EbookItem]) -> Iterator[TocLine]:
    """The contents, from the navigation page of EPUB 3 or the NCX of EPUB 2. A damaged one says nothing."""
    page = next((item for item in items if "nav" in item.properties), None)
    ncx = next((item for item in items if item.media_type == "application/x-dtbncx+xml"), None)
    for item, read in ((page, _of_page), (ncx, _of_ncx)):
        if item is None:
            continue
        try:
            found = [*read(plain_tree(parse_xhtml(page_text(archive.read(item.name)).text)[0]), item.name)]
        except (PressroomError, ValueError):
            continue
        if found:
            yield from found
            return


def _of_page(tree: HtmlElement, name: str) -> Iterator[TocLine]:
    nav = next((each for each in tree.iter("nav") if "toc" in kinds(each)), None)
    lists = nav.find("ol") if nav is not None else None
    if lists is not None:
        yield from _entries_of_page(lists, name)


def _entries_of_page(lists: HtmlElement, name: str) -> Iterator[TocLine]:
    for item in lists.iterchildren("li"):
        label = next((each for each in item if each.tag in ("a", "span")), None)
        inner = item.find("ol")
        children = tuple(_entries_of_page(inner, name)) if inner is not None else ()
        if label is not None:
            yield TocLine(words_in(label), *resolved(name, label.get("href", "#")), children)


def _of_ncx(tree: HtmlElement, name: str) -> Iterator[TocLine]:
    map = tree.find("navmap")
    yield from _points(map, name) if map is not None else ()


def _points(parent: HtmlElement, name: str) -> Iterator[TocLine]:
    for point in parent.iterchildren("navpoint"):
        label, content = point.find("navlabel"), point.find("content")
        title = words_in(label) if label is not None else ""
        file, id = resolved(name, content.get("src", "")) if content is not None else ("", "")
        yield TocLine(title, file, id, tuple(_points(point, name)))
