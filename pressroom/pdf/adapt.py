"""Adaptation: a unit's XHTML as the page engine wants it. Notes go to the foot of the page on which they are called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pressroom.pdf.boxes import LETTERS
from pressroom.pdf.floats import Kind, Order
from pressroom.pdf.locators import join
from pressroom.pdf.paging import number_letters
from pressroom.pdf.spreads import Spread, last_of, taken_out
from pressroom.publication import Settings

_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_FULL = frozenset(["page", "bleed", "opener"])
"""Placements that take a page of their own."""
_APART = frozenset(["bleed", "opener", "spread"])
"""Placements whose caption stands on another page."""
_TEXT = frozenset(["p", "ul", "ol", "blockquote", "dl"])
"""Blocks past which a figure may be moved."""
_LONG_WORD = re.compile(r"\S{20}")
_BLOCKS = frozenset(
    ["p", "ul", "ol", "li", "blockquote", "dl", "dt", "dd", "div", "pre", "table", "tbody", "tr", "td", "th", "footer"]
)


@dataclass(frozen=True)
class Adapted:
    """A unit ready for the page engine."""

    html: str
    references: frozenset[str]
    """The ids whose page numbers it prints."""
    notes: Mapping[str, str]
    """The ids of its notes, each of which must come to stand on one page, and of the places that call them."""
    spreads: tuple[Spread, ...] = ()
    """Pictures over two pages, which go between the pages of the text."""
    order: Order = ()
    """The blocks of the chapter, by number, as they are laid out here."""
    full_pages: tuple[str, ...] = ()
    """The ids of figures whose picture takes a page of its own, and whose caption stands on another."""


@dataclass(frozen=True)
class Placing:
    """What is known of where a unit's pieces stand."""

    shown: Mapping[str, str] = field(default_factory=dict)
    """Folios by the ids that references name."""
    order: Order = ()
    """The chapter's blocks in another order than the manuscript's."""
    whereabouts: Mapping[str, str] = field(default_factory=dict)
    """What a caption says of where its picture is, by the id of the figure: “Facing page”."""
    tables: Mapping[int, str] = field(default_factory=dict)
    """The classes of tables that are too wide as they are, by their numbers in the unit."""


def adapt(xhtml: str, settings: Settings, modified: dt.datetime, placing: Placing) -> Adapted:
    """A unit with its page numbers filled in, its blocks in their order and its notes at their calls."""
    root = _parsed(xhtml)
    number_letters(root)
    _set_head(root, settings, modified)
    _begin_at_titles(root)
    _number_tables(root, placing.tables)
    order = _number_blocks(root, placing.order)
    notes = _notes_to_calls(root)
    _fill_anchors(root)
    _mark_long_words(root)
    references = frozenset(_fill_references(root, placing.shown))
    for places in [span for span in root.iter("span") if span.get("class") == "locators"]:
        join(places)
    full_pages = tuple(_captions_apart(root, placing.whereabouts))
    spreads = tuple(taken_out(root))
    html = etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return Adapted(html, references, notes, spreads, order, full_pages)


def _parsed(xhtml: str) -> etree._Element:
    root = etree.fromstring(xhtml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_XHTML)
            element.attrib.pop(_EPUB_TYPE, None)
    etree.cleanup_namespaces(root)
    return root


def _set_head(root: etree._Element, settings: Settings, modified: dt.datetime) -> None:
    """The publication's own metadata: the engine takes a PDF's from the first unit. Styles are applied apart."""
    head = root.find("head")
    assert head is not None
    for link in head.findall("link"):
        head.remove(link)
    title = head.find("title")
    assert title is not None
    title.text = settings.title
    date = modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    metas = {
        "author": ", ".join(c.name for c in settings.creators),
        "description": settings.description or "",
        "keywords": ", ".join(s.name for s in settings.subjects),
        "generator": "Pressroom",
        "dcterms.created": date,
        "dcterms.modified": date,
    }
    for name, content in metas.items():
        if content:
            etree.SubElement(head, "meta", name=name, content=content)


def _begin_at_titles(root: etree._Element) -> None:
    """A chapter is found at its title, which has a folio: not at the full page with a picture that faces it."""
    for header in root.iterfind(".//section[@id]/header"):
        section = header.getparent()
        if section is not None and section.index(header) > 0:
            header.set("id", str(section.attrib.pop("id")))


def _fill_references(root: etree._Element, shown: Mapping[str, str]) -> Iterator[str]:
    """Put page numbers where they are printed: in lists, and after references in the text."""
    for link in root.iter("a"):
        target = str(link.get("href", ""))
        if target.startswith("#") and (
            link.get("data-page") is not None or "reference" in str(link.get("class")).split()
        ):
            first, through = shown.get(target[1:], ""), str(link.attrib.pop("data-through", ""))
            last = shown.get(last_of(through)) or shown.get(through) or first
            link.set("data-page", first if last == first else f"{first}–{last}")
            yield from filter(None, (target[1:], through, through and last_of(through)))


def _fill_anchors(root: etree._Element) -> None:
    """Give an empty anchor the word that follows it: before an empty element the engine breaks no line."""
    for anchor in [span for span in root.iter("span") if span.get("id") and not len(span) and not span.text]:
        word = re.match(r"\S+", anchor.tail or "")
        if word:
            anchor.text, anchor.tail = word[0], (anchor.tail or "")[word.end() :]
            parent = anchor.getparent()
            if parent is not None and parent.get(LETTERS):
                anchor.set(LETTERS, str(parent.get(LETTERS)))


def _mark_long_words(root: etree._Element) -> None:
    """Mark elements with words that may be longer than a line, such as addresses: only they may be parted anywhere.

    Inside an element at the head of a line, the engine takes every word for the first, which has no other place to go.
    """
    for element in root.iter():
        texts = (element.text, *(child.tail for child in element))
        if any(_LONG_WORD.search(text) for text in texts if text):
            element.set("data-long", "")


# ---- blocks


def _number_blocks(root: etree._Element, order: Order) -> Order:
    """Number the blocks of a chapter as the manuscript has them, and bring them into an order."""
    section = next((s for s in root.iter("section") if "chapter" in str(s.get("class")).split()), None)
    if section is None:
        return ()
    blocks = [child for child in section if isinstance(child.tag, str) and child.get("class") != "notes"]
    for number, block in enumerate(blocks):
        block.set("data-block", str(number))
        block.set("data-kind", _kind(block))
    if order and len(order) == len(blocks):
        for child in blocks:
            section.remove(child)
        section[0:0] = [blocks[number] for number in order]
    return order or tuple(range(len(blocks)))


def _number_tables(root: etree._Element, classes: Mapping[int, str]) -> None:
    """Number the tables of a unit as the manuscript has them, and give those that are too wide their class."""
    for number, table in enumerate(root.iter("table"), 1):
        table.set("data-table", str(number))
        if classes.get(number):
            table.set("class", f"{table.get('class', '')} {classes[number]}".strip())


def _captions_apart(root: etree._Element, whereabouts: Mapping[str, str]) -> Iterator[str]:
    """Have captions that stand on another page than their picture say where it is."""
    for figure in root.iter("figure"):
        id, classes = str(figure.get("id")), str(figure.get("class")).split()
        caption = figure.find("figcaption")
        if caption is None or _APART.isdisjoint(classes):
            continue
        caption.set("id", f"{id}-caption")
        if whereabouts.get(id):
            caption.set("data-where", whereabouts[id])
        if "spread" not in classes:
            yield id


def _kind(block: etree._Element) -> Kind:
    classes = str(block.get("class")).split()
    if block.tag == "figure":
        return "full" if not _FULL.isdisjoint(classes) else "figure"
    return "text" if block.tag in _TEXT and block.get("role") != "separator" else "other"


# ---- notes


def _notes_to_calls(root: etree._Element) -> dict[str, str]:
    """Move every note to the place that first calls it, which keeps its id."""
    notes = {str(aside.get("id")): aside for aside in root.iter("aside") if "note" in str(aside.get("class")).split()}
    placed: dict[str, str] = {}
    for call in [a for a in root.iter("a") if a.get("class") == "noteref"]:
        target = str(call.get("href"))[1:]
        if target in placed:
            call.set("class", "noteref-again")
            continue
        placed[target] = str(call.get("id"))
        _replace(call, _note(target, notes[target], call))
    for section in [s for s in root.iter("section") if s.get("class") == "notes"]:
        parent = section.getparent()
        assert parent is not None
        parent.remove(section)
    return placed


def _note(id: str, aside: etree._Element, call: etree._Element) -> etree._Element:
    """A note as one inline element. Its blocks become spans: a paragraph cannot stand inside a paragraph."""
    note = etree.Element("span", {"class": "fn", "id": id, "data-number": call.text or ""})
    for child in aside:
        note.append(child)
    for link in [a for a in note.iter("a") if a.get("class") == "backlink"]:
        _drop(link)
    paragraphs = list(note)
    for element in note.iter():
        # The engine keeps line ends inside notes, which mean nothing in the manuscript; no-break spaces do.
        element.text, element.tail = (t and re.sub(r"[ \t\n]+", " ", t) for t in (element.text, element.tail))
        if element.tag in _BLOCKS:
            element.set("class", f"note-{element.tag}" if len(paragraphs) > 1 or element.tag != "p" else "note-text")
            element.tag = "span"
    return note


def _replace(old: etree._Element, new: etree._Element) -> None:
    """Put one element in another's place, behind an empty one that keeps its id."""
    parent = old.getparent()
    assert parent is not None
    place = etree.Element("span", id=str(old.get("id")))
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)
    new.addprevious(place)


def _drop(element: etree._Element) -> None:
    """Remove an element and keep what follows it."""
    parent, tail = element.getparent(), (element.tail or "").lstrip()
    assert parent is not None
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
