"""Reading a Word document: mammoth makes HTML of what was settled and marked, and the marks become elements again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import mammoth  # type: ignore[import-untyped]  # it has no stubs
from lxml import etree, html

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Brought, Remark, TitlePage
from pressroom.importing.html_tree import HtmlElement
from pressroom.importing.office.block_facts import BLOCK
from pressroom.importing.office.docx_marking import SIGN, Marks, mark, style_map
from pressroom.importing.office.docx_package import DocxPackage
from pressroom.importing.office.docx_settling import settle
from pressroom.importing.office.office_document import OfficeDocument, brought_of

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_NEEDED = re.compile(
    r"(?:\[Content_Types\]|_rels/|word/(?:_rels/)?(?:document|footnotes|endnotes|numbering|styles)\d*\b)"
)
"""The parts that mammoth reads; pictures stay behind."""
_KNOWN_MESSAGES = re.compile(
    r"Unrecognised (?:paragraph|run) style|style with ID \S+ was referenced|v:|unlikely to display"
    r"|Ignoring complex field end"
)
"""What mammoth tells and is no loss: every style is looked at here."""


def read_docx(file: Path) -> Brought:
    """All that a Word document gives. Raises PressroomError for one that is damaged or dangerous."""
    source = str(file)
    package = DocxPackage(file)
    settled = settle(package, source)
    marks = mark(settled)
    body, messages = _converted(package, marks)
    remarks = [*settled.remarks, *_of_messages(messages, source)]
    notes = {each.get("id", ""): each for each in [*body.iter("aside")]}
    for note in notes.values():
        body.remove(note)
    pictures = {part: package.archive.read(part) for part in marks.pictures}
    about = _properties(package, marks.language)
    return brought_of(OfficeDocument(source, body, marks.blocks, notes, pictures, about, settled.words, tuple(remarks)))


def _properties(package: DocxPackage, language: str) -> TitlePage:
    """What the properties of the file say, which nobody may have looked at."""
    root = package.part("docProps/core.xml")

    def said(name: str) -> str:
        return " ".join((root.findtext(f"{_DUBLIN_CORE}{name}") or "").split()) if root is not None else ""

    creators = tuple((name.strip(), "author") for name in said("creator").split(";") if name.strip())
    return TitlePage(said("title"), language=language or said("language"), creators=creators)


def _converted(package: DocxPackage, marks: Marks) -> tuple[HtmlElement, list[str]]:
    """The document as HTML with all marks resolved, and the messages of mammoth."""
    try:
        result = mammoth.convert_to_html(
            _copy(package),
            style_map=style_map(marks),
            include_default_style_map=False,
            include_embedded_style_map=False,
        )
    except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError) as fault:
        raise package.archive.broken(f"{type(fault).__name__}: {fault}") from None
    body = html.fragment_fromstring(result.value or "<p></p>", create_parent="body")
    for anchor in [each for each in body.iter("a") if each.get("id", "").startswith(SIGN)]:
        _resolve(anchor, marks)
    for span in body.iter("span"):
        language = span.get("class", "").removeprefix("lang-")
        if language in marks.languages:
            span.set("lang", language)
            del span.attrib["class"]
    _settle_notes(body)
    return body, [message.message for message in result.messages]


def _copy(package: DocxPackage) -> io.BytesIO:
    """The document with its parts as they are now, for mammoth."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name in package.archive.names:
            if _NEEDED.match(name):
                part = package.changed.get(name)
                out.writestr(name, etree.tostring(part) if part is not None else package.archive.read(name))
    copy.seek(0)
    return copy


def _resolve(anchor: HtmlElement, marks: Marks) -> None:
    """What a bookmark stands for, in its place."""
    name = anchor.get("id", "").removeprefix(SIGN)
    block = anchor.getparent()
    if name in marks.blocks and block is not None:
        block.set(BLOCK, name)
        anchor.drop_tag()  # type: ignore[attr-defined]
    elif name in marks.elements and block is not None:
        element = marks.elements[name]
        element.tail = anchor.tail
        block.replace(anchor, element)


def _settle_notes(body: HtmlElement) -> None:
    """Calls of notes, and notes, as `markdown_of` knows them."""
    for call in [each for each in body.iter("a") if re.match(r"#(?:foot|end)note-\d", each.get("href", ""))]:
        parent = call.getparent()
        if parent is None or parent.tag != "sup":
            continue
        link = etree.Element("a", {"class": "noteref", "href": call.get("href", "").replace("#", "#fn-")})
        link.text, link.tail = call.text, parent.tail
        parent.getparent().replace(parent, link)  # type: ignore[union-attr]
    for item in [each for each in body.iter("li") if re.match(r"(?:foot|end)note-", each.get("id", ""))]:
        for back in [each for each in item.iter("a") if "note-ref-" in each.get("href", "")]:
            back.drop_tree()  # type: ignore[attr-defined]
        outer = item.getparent()
        item.tag = "aside"
        item.set("class", "note")
        item.set("id", f"fn-{item.get('id')}")
        body.append(item)
        if outer is not None and not len(outer):
            outer.getparent().remove(outer)  # type: ignore[union-attr]


def _of_messages(messages: list[str], source: str) -> Iterator[Remark]:
    """What mammoth could not read, and nothing here has."""
    for message in dict.fromkeys(messages):
        if not _KNOWN_MESSAGES.search(message):
            yield Remark("import-unread", Severity.WARNING, Place(source), message)
