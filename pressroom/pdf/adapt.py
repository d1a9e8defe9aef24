"""Adaptation: a unit's XHTML as the page engine wants it. Notes go to the foot of the page on which they are called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pressroom.publication import Settings

_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
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


def adapt(xhtml: str, settings: Settings, modified: dt.datetime, shown: Mapping[str, str]) -> Adapted:
    """A unit with its page numbers filled in and its notes at their calls."""
    root = _parsed(xhtml)
    _set_head(root, settings, modified)
    notes = _notes_to_calls(root)
    references = frozenset(_fill_references(root, shown))
    return Adapted(
        etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>"), references, notes
    )


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


def _fill_references(root: etree._Element, shown: Mapping[str, str]) -> Iterator[str]:
    """Put page numbers where they are printed: in lists, and after references in the text."""
    for link in root.iter("a"):
        target = str(link.get("href", ""))
        if target.startswith("#") and (
            link.get("data-page") is not None or "reference" in str(link.get("class")).split()
        ):
            link.set("data-page", shown.get(target[1:], ""))
            yield target[1:]


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
