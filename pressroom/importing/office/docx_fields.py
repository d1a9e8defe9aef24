"""Fields of a Word document: what Word works out by itself, as numbers of captions, an index, and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pressroom.importing.office.docx_package import DocxElement, W, value

_QUOTED = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")


@dataclass
class DocxField:
    """A field with its instruction, and the runs that show its result."""

    first: DocxElement
    """The element that it begins with."""
    instruction: str = ""
    result: list[DocxElement] = field(default_factory=list)
    parts: list[DocxElement] = field(default_factory=list)
    """All runs of it that hold nothing of the text around it."""
    is_shown: bool = False

    @property
    def kind(self) -> str:
        """The word that its instruction begins with: SEQ, XE, REF."""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def argument(self) -> str:
        """What follows that word, without quotation marks."""
        rest = self.instruction.strip()[len(self.kind) :].strip()
        match = _QUOTED.match(rest)
        return match[1] if match else (rest.split() or [""])[0]

    def option(self, letter: str) -> str:
        r"""The value of an option: that of `\t "See Lachin"`; “” if it is not there."""
        match = re.search(rf"\\{letter}\s*(?:[\"“”„]([^\"“”„]*)[\"“”„]|([^\\\s]+))", self.instruction)
        return (match[1] or match[2] or "") if match else ""


def fields_in(root: DocxElement) -> Iterator[DocxField]:
    """The fields of a part, the inner ones before those around them."""
    opened: list[DocxField] = []
    for run in [*root.iter(f"{W}r")]:
        for each in run:
            kind = value(each, name="fldCharType") if each.tag == f"{W}fldChar" else ""
            if kind == "begin":
                opened.append(DocxField(run))
            elif each.tag == f"{W}instrText" and opened:
                opened[-1].instruction += each.text or ""
            elif kind == "separate" and opened:
                opened[-1].is_shown = True
            if opened:
                _note(opened[-1], run, is_text=each.tag in (f"{W}t", f"{W}tab"))
            if kind == "end" and opened:
                yield opened.pop()


def take_inner_words(root: DocxElement) -> None:
    """Take out words that stand in the instruction of a field: results of inner fields, which nobody sees there."""
    shown: list[bool] = []
    for each in [*root.iter(f"{W}fldChar", f"{W}t", f"{W}tab")]:
        kind = value(each, name="fldCharType") if each.tag == f"{W}fldChar" else ""
        if kind == "begin":
            shown.append(False)
        elif kind == "separate" and shown:
            shown[-1] = True
        elif kind == "end" and shown:
            shown.pop()
        elif not kind and not all(shown) and (run := each.getparent()) is not None:
            run.remove(each)


def open_simple_fields(root: DocxElement) -> None:
    """Write fields of the short form, which mammoth does not know, in the long one."""
    for simple in [*root.iter(f"{W}fldSimple")]:
        for name in ("begin", value(simple, name="instr"), "separate"):
            simple.addprevious(_part(name))
        for child in [*simple]:
            simple.addprevious(child)
        simple.addprevious(_part("end"))
        parent = simple.getparent()
        if parent is not None:
            parent.remove(simple)


def _part(name: str) -> DocxElement:
    """A run with a part of a field: its instruction, or a sign between its parts."""
    run = etree.Element(f"{W}r")
    if name in ("begin", "separate", "end"):
        etree.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": name})
    else:
        etree.SubElement(run, f"{W}instrText").text = name
    return run


def _note(field: DocxField, run: DocxElement, *, is_text: bool) -> None:
    if is_text and field.is_shown and run not in field.result:
        field.result.append(run)
    if run not in field.parts:
        field.parts.append(run)
