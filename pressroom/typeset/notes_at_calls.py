"""Notes at their calls: the engine sets a note at the foot of the page on which it finds it in the text."""

from __future__ import annotations

import re

from lxml import etree

from pressroom.typeset.elements import add_style

_ALIGNED = ("left", "center", "right")
_BLOCKS = frozenset("p ul ol li blockquote dl dt dd div pre table caption thead tbody tfoot tr td th footer".split())


def notes_to_calls(root: etree._Element) -> dict[str, str]:
    """Move every note to its first call; returns the ids of notes, and of these calls."""
    notes = {str(aside.get("id")): aside for aside in root.iter("aside") if "note" in str(aside.get("class")).split()}
    placed: dict[str, str] = {}
    called_in_notes = set[str]()
    for call in [a for a in root.iter("a") if a.get("class") == "noteref"]:
        target = str(call.get("href"))[1:]
        if target in placed or target in called_in_notes:
            call.set("class", "noteref-again")
        elif (caller := _note_around(call)) is not None:
            call.set("class", "noteref-again")
            _append_note(caller, _note(target, notes[target], call))
            called_in_notes.add(target)
        else:
            placed[target] = str(call.get("id"))
            _replace(call, _note(target, notes[target], call))
    for section in [s for s in root.iter("section") if s.get("class") == "notes"]:
        parent = section.getparent()
        assert parent is not None
        parent.remove(section)
    return placed


def _note_around(call: etree._Element) -> etree._Element | None:
    return next((span for span in call.iterancestors("span") if span.get("class") == "fn"), None)


def _append_note(caller: etree._Element, note: etree._Element) -> None:
    """Append a note to the one that calls it, with its number: the engine lays out no note of a note."""
    inner = etree.SubElement(caller, "span", {"class": "note-p", "id": str(note.get("id"))})
    inner.text = f"{note.get('data-number')}\u2002"
    inner.extend(list(note))


def _note(id: str, aside: etree._Element, call: etree._Element) -> etree._Element:
    """The note as one inline element. Its blocks become spans, since a paragraph cannot hold a paragraph."""
    note = etree.Element(
        "span", {"class": "fn", "id": id, "data-number": call.text or "", "data-call": str(call.get("id"))}
    )
    for child in aside:
        note.append(child)
    for link in [a for a in note.iter("a") if a.get("class") == "backlink"]:
        _drop(link)
    paragraphs = list(note)
    for element in note.iter():
        # The engine keeps line ends inside notes, though they are mere spaces in XHTML. No-break spaces stay.
        if not any(
            "pre" in (e.tag, str(e.get("class")).removeprefix("note-")) for e in (element, *element.iterancestors())
        ):
            element.text = element.text and re.sub(r"[ \t\n]+", " ", element.text)
        element.tail = element.tail and re.sub(r"[ \t\n]+", " ", element.tail)
        if element.tag in _BLOCKS:
            if element.get("class") in _ALIGNED:
                add_style(element, f"text-align: {element.get('class')}")
            element.set("class", f"note-{element.tag}" if len(paragraphs) > 1 or element.tag != "p" else "note-text")
            element.tag = "span"
    return note


def _replace(old: etree._Element, new: etree._Element) -> None:
    """Replace an element by another, after an empty element that keeps the id."""
    parent = old.getparent()
    assert parent is not None
    place = etree.Element("span", id=str(old.get("id")))
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)
    new.addprevious(place)


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the text after it."""
    parent, tail = element.getparent(), (element.tail or "").lstrip()
    assert parent is not None
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
