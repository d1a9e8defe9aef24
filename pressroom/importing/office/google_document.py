"""A document of Google Docs, exported as HTML, on its way to chapters: its classes and styles say what paragraphs are.

Google Docs has no captions, and a book may be one document: so these come in as documents of office programs do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from pressroom.importing.brought import Brought, Remark, TitlePage
from pressroom.importing.html_styles import own_styles, styles_of_classes
from pressroom.importing.html_tree import HEADINGS, HtmlElement, kinds, take_out, words_in
from pressroom.importing.office.block_facts import BLOCK, BlockFacts
from pressroom.importing.office.office_document import OfficeDocument, brought_of
from pressroom.importing.page_words import visible_words
from pressroom.importing.picture_collection import PictureCollection

_ROLES = ("title", "subtitle")
"""The classes of the paragraphs of a title page."""


def is_of_google(body: HtmlElement) -> bool:
    """Whether a page is a document of Google Docs, by the classes of its body and lists, and the ids of its notes."""
    said = "doc-content" in kinds(body) or any(
        kind.startswith("lst-kix") for each in body.iter() for kind in kinds(each)
    )
    return said or any(re.fullmatch(r"ftnt(?:_ref)?\d+", each.get("id", "")) for each in body.iter("a"))


@dataclass(frozen=True)
class GoogleDocument:
    """A document of Google Docs, with its comments and surroundings taken off."""

    source: str
    body: HtmlElement
    sheet: str
    """Its style sheet, in which classes say what they look like."""
    pictures: PictureCollection
    about: TitlePage
    remarks: tuple[Remark, ...]


def brought_of_google(document: GoogleDocument) -> Brought:
    """Chapters, pictures and the title page of a document of Google Docs."""
    words = visible_words(document.body)
    notes = _take_notes(document.body)
    body = etree.Element("body")
    body.extend([*document.body])
    names = document.pictures.names
    for picture in body.iter("img"):
        picture.set("src", names.get(picture.get("src", ""), picture.get("src", "")))
    for heading in body.iter(*HEADINGS):
        if id := heading.attrib.pop("id", ""):
            heading.insert(0, etree.Element("a", {"id": id}))
            heading[0].tail, heading.text = heading.text, None
    blocks = _blocks(body, document.sheet)
    shown = {picture.name: picture.content for picture in document.pictures.pictures}
    about = TitlePage(language=document.about.language, creators=document.about.creators)
    return brought_of(OfficeDocument(document.source, body, blocks, notes, shown, about, words, document.remarks))


def _blocks(body: HtmlElement, sheet: str) -> dict[str, BlockFacts]:
    """What is known of each paragraph, which gets the key to it."""
    by_class = styles_of_classes(sheet)
    blocks = {}
    for n, paragraph in enumerate(body.iter("p", "li", *HEADINGS)):
        said = kinds(paragraph)
        styles = {name: value for kind in said for name, value in by_class.get(kind, {}).items()}
        paragraph.set(BLOCK, f"p{n}")
        blocks[f"p{n}"] = BlockFacts(
            number=int(paragraph.sourceline or 0),
            role=next((role for role in _ROLES if role in said), ""),
            alignment={**styles, **own_styles(paragraph)}.get("text-align", ""),
        )
    return blocks


def _take_notes(main: HtmlElement) -> dict[str, HtmlElement]:
    """The notes, which stand behind the text under a line, by the ids to which their calls lead."""
    notes: dict[str, HtmlElement] = {}
    for mark in [*main.iter("a")]:
        note = next(mark.iterancestors("div"), None)
        if not re.fullmatch(r"ftnt\d+", mark.get("id", "")) or note is None or note is main:
            continue
        before = note.getprevious()
        if before is not None and before.tag == "hr":
            take_out(before)
        take_out(note)
        note.tag = "aside"
        note.set("id", mark.attrib.pop("id"))
        notes[note.get("id", "")] = note
    for call in main.iter("a"):
        if call.get("href", "").removeprefix("#") in notes and words_in(call):
            call.set("class", "noteref")
    return notes
