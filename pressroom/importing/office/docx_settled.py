"""A Word document that is being settled, and what is noted at its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Remark
from pressroom.importing.office.docx_package import DocxElement, DocxPackage, W
from pressroom.importing.office.docx_styles import DocxStyles

NUMBER = "number"
"""An attribute of each paragraph: which one of the document it is, counted from 1."""
BOX = "box"
"""An attribute of the paragraphs of a text box: the number of the box."""
LABEL = "label"
"""An attribute of a caption: the label that stood before it, “Figure 3: ”."""
ANCHOR = "anchor"
"""An attribute of a caption: the bookmark on its label, by which the text refers to it."""
RULE = "rule"
"""An attribute of a paragraph that holds a line across the page."""


@dataclass
class SettledDocument:
    """A document that is being settled."""

    package: DocxPackage
    styles: DocxStyles
    source: str
    remarks: list[Remark] = field(default_factory=list)
    words: str = ""

    def remark(self, id: str, severity: Severity, element: DocxElement | None, what: str) -> None:
        """Note a thing at the paragraph that an element stands in."""
        self.remarks.append(Remark(id, severity, self.place(element), " ".join(what.split())))

    def place(self, element: DocxElement | None) -> Place:
        """The paragraph that an element stands in; the nearest one before it where it stands in none."""
        if element is None:
            return Place(self.source)
        paragraphs = element.iterancestors(f"{W}p") if element.tag != f"{W}p" else iter((element,))
        found = next(paragraphs, None)
        if found is None:
            found = next(element.iter(f"{W}p"), None)
        number = found.get(NUMBER, "0") if found is not None else "0"
        return Place(self.source, int(number))


def take_out(element: DocxElement) -> None:
    """Remove an element with all inside; the tail of none is text in these formats."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: DocxElement) -> None:
    """Put what is in an element in its place."""
    for child in [*element]:
        element.addprevious(child)
    take_out(element)
