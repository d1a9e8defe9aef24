"""Settling a Word document: what is no text of the book is taken out, each with a remark, and all words are counted.

Changes of other people are accepted, comments listed; contents, hidden words and the numbers of captions go, since a
book makes its own. What stays is marked in the next step (`docx_marking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Remark
from pressroom.importing.office.block_facts import COUNTED, COUNTED_WORDS, without_counted
from pressroom.importing.office.docx_fields import DocxField, fields_in, open_simple_fields
from pressroom.importing.office.docx_package import MAIN, MC, DocxElement, DocxPackage, R, W, is_on, text_in, value
from pressroom.importing.office.docx_styles import DocxStyles
from pressroom.importing.office.style_words import caption_label
from pressroom.importing.office.symbol_letters import as_letters

NUMBER = "number"
"""An attribute of each paragraph: which one of the document it is, counted from 1."""
BOX = "box"
"""An attribute of the paragraphs of a text box: the number of the box."""
LABEL = "label"
"""An attribute of a caption: the label that stood before it, “Figure 3: ”."""
ANCHOR = "anchor"
"""An attribute of a caption: the bookmark on its label, by which the text refers to it."""
_CITING = re.compile(r"ADDIN\s+(?:ZOTERO|EN\.CITE|CSL_CITATION|MENDELEY)|CITATION\b", re.IGNORECASE)
_LONGEST_LABEL = 40
_MARKS_OF_RANGES = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "proofErr", "permStart", "permEnd",
)  # fmt: skip


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


def settle(package: DocxPackage, source: str) -> SettledDocument:
    """Take out of a document what is no text of the book."""
    settled = SettledDocument(package, DocxStyles.of(package), source)
    number = 0
    for _, root in package.stories:
        for paragraph in root.iter(f"{W}p"):
            number += 1
            paragraph.set(NUMBER, str(number))
    for name, root in package.stories:
        _take_alternatives(root)
        open_simple_fields(root)
        _accept_changes(root, settled)
        _list_comments(root, settled)
        _take_unfilled(root, settled)
        _take_hidden(root, settled)
        _take_contents(root, settled)
        _settle_fields(root, settled)
        _take_dead(root, name, settled)
        _open_boxes(root, settled)
        _settle_typed_labels(root, settled)
        if name == package.name_of(MAIN):
            _list_headers(root, settled)
    anchors = {each.get(ANCHOR, "") for _, root in package.stories for each in root.iter(f"{W}p")} - {""}
    for _, root in package.stories:
        _mark_references(root, anchors)
    words = "\n".join(text for _, root in package.stories for text in _texts(root))
    settled.words = without_counted(words)
    return settled


def _texts(root: DocxElement) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        if value(paragraph.getparent(), name="type") not in ("separator", "continuationSeparator"):
            yield text_in(paragraph).replace("\n", " ")


def take_out(element: DocxElement) -> None:
    """Remove an element with all inside; the tail of none is text in these formats."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: DocxElement) -> None:
    """Put what is in an element in its place."""
    for child in [*element]:
        element.addprevious(child)
    take_out(element)


# ---- what stands twice


def _take_alternatives(root: DocxElement) -> None:
    """Of things that stand twice, for newer and older programs, leave the newer one, which has the alt text."""
    for each in [*root.iter(f"{MC}AlternateContent")]:
        choice = each.find(f"{MC}Choice")
        kept = choice if choice is not None else each.find(f"{MC}Fallback")
        for child in [*kept] if kept is not None else ():
            each.addprevious(child)
        take_out(each)


# ---- other people's changes


def _accept_changes(root: DocxElement, settled: SettledDocument) -> None:
    for each in [*root.iter(f"{W}del", f"{W}moveFrom")]:
        parent = each.getparent()
        if parent is None or parent.tag in (f"{W}rPr", f"{W}trPr"):  # a paragraph or a row: it is looked at as such
            continue
        for deleted in [*each.iter(f"{W}delText")]:
            deleted.tag = f"{W}t"
        _tell_change("import-deletion", each, settled)
        take_out(each)
    for each in [*root.iter(f"{W}ins", f"{W}moveTo")]:
        _tell_change("import-insertion", each, settled)
        _unwrap(each)
    for row in [*root.iter(f"{W}tr")]:
        if row.find(f"{W}trPr/{W}del") is not None:
            settled.remark("import-deletion", Severity.WARNING, row, text_in(row))
            take_out(row)


def _tell_change(id: str, change: DocxElement, settled: SettledDocument) -> None:
    if words := text_in(change):
        settled.remark(id, Severity.WARNING, change, f"{_who(change)}: {words}")


def _who(change: DocxElement) -> str:
    return change.get(f"{W}author") or "somebody"


def _list_comments(root: DocxElement, settled: SettledDocument) -> None:
    comments = settled.package.part("word/comments.xml")
    said = {value(each, name="id"): each for each in (comments if comments is not None else ())}
    for reference in [*root.iter(f"{W}commentReference")]:
        comment = said.get(value(reference, name="id"))
        if comment is not None:
            words = text_in(comment).replace("\n", " ")
            settled.remark("import-comment", Severity.WARNING, reference, f"{_who(comment)}: {words}")
    for name in _MARKS_OF_RANGES:
        for each in [*root.iter(f"{W}{name}")]:
            take_out(each)


# ---- what a book does not print


def _take_hidden(root: DocxElement, settled: SettledDocument) -> None:
    for run in [*root.iter(f"{W}r")]:
        is_index = run.find(f"{W}instrText") is not None or run.find(f"{W}fldChar") is not None
        if is_on(run, "rPr/vanish") and not is_index:
            if words := text_in(run).strip():
                settled.remark("import-hidden", Severity.WARNING, run, words)
            take_out(run)


def _take_unfilled(root: DocxElement, settled: SettledDocument) -> None:
    """Fields of a form in which nobody has written; letters of symbol fonts and tabs to a margin become plain ones."""
    for control in [*root.iter(f"{W}sdt")]:
        if is_on(control, "sdtPr/showingPlcHdr"):
            settled.remark("import-unfilled", Severity.ADVICE, control, text_in(control))
            take_out(control)
    for run in root.iter(f"{W}r"):
        font = value(run, "rPr/rFonts", "ascii") or value(run, "rPr/rFonts", "hAnsi")
        for text in run.iter(f"{W}t") if font else ():
            text.text = as_letters(text.text or "", font)
    for tab in root.iter(f"{W}ptab"):
        tab.tag = f"{W}tab"


def _take_contents(root: DocxElement, settled: SettledDocument) -> None:
    """Tables of contents, lists of figures and indexes, which the book makes anew."""
    for block in [*root.iter(f"{W}sdt")]:
        if value(block, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            settled.remark("import-contents", Severity.ADVICE, block, text_in(block)[:60])
            take_out(block)
    for paragraph in [*root.iter(f"{W}p")]:
        if settled.styles.role(paragraph) == "contents":
            settled.remark("import-contents", Severity.ADVICE, paragraph, text_in(paragraph)[:60])
            for each in [*paragraph.iter(f"{W}t", f"{W}tab", f"{W}fldChar", f"{W}instrText")]:
                take_out(each)


def _list_headers(root: DocxElement, settled: SettledDocument) -> None:
    """Running heads and feet, which a layout has of its own."""
    shown = set()
    for kind in ("word/header", "word/footer"):
        for name in settled.package.names(kind):
            part = settled.package.part(name)
            words = " ".join(text_in(part).split()) if part is not None else ""
            if re.search(r"[^\W\d_]{2}", words) and words not in shown:
                shown.add(words)
                settled.remark("import-header", Severity.ADVICE, None, words)


# ---- fields


def _settle_fields(root: DocxElement, settled: SettledDocument) -> None:
    for each in fields_in(root):
        words = "".join(text_in(run) for run in each.result)
        if each.kind == "SEQ":
            _take_label(each, settled)
        elif each.kind == "INDEX":
            settled.remark("import-contents", Severity.ADVICE, each.first, "index")
            for run in each.result:
                take_out(run)
        elif each.kind == "HYPERLINK":
            _settle_link(each)
        elif each.kind in ("PAGEREF", "NOTEREF"):
            settled.remark("import-page-reference", Severity.WARNING, each.first, words)
        elif _CITING.match(each.instruction.strip()):
            settled.remark("import-citation", Severity.ADVICE, each.first, words)


def _settle_link(field: DocxField) -> None:
    """Write the instruction of a link with its address alone, without options that mammoth takes for a part of it."""
    address = "" if field.argument.startswith("\\") else field.argument
    anchor = field.option("l")
    said = f'HYPERLINK "{address}{"#" if address and anchor else ""}{anchor if address else ""}"'
    texts = [each for part in field.parts for each in part.iter(f"{W}instrText")]
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = said if address else f' HYPERLINK \\l "{anchor}" '


def _mark_references(root: DocxElement, anchors: set[str]) -> None:
    """Mark the words of references to labels of captions, “Figure 3”, which a book counts for itself."""
    for each in fields_in(root):
        texts = [text for run in each.result for text in run.iter(f"{W}t")]
        words = "".join(text.text or "" for text in texts)
        if each.kind == "REF" and each.argument in anchors and COUNTED_WORDS.fullmatch(words):
            texts[0].text = f"{COUNTED}{words}{COUNTED}"
            for text in texts[1:]:
                text.text = ""


def _take_label(field: DocxField, settled: SettledDocument) -> None:
    """Take the label with its number off a caption: “Figure 3: ”. The book counts for itself."""
    paragraph = next(field.first.iterancestors(f"{W}p"), None)
    if paragraph is None or paragraph.get(LABEL):
        return
    before = [run for run in paragraph.iter(f"{W}t") if _precedes(run, field.first, paragraph)]
    label = "".join(text.text or "" for text in before)
    if len(label) > _LONGEST_LABEL:  # a number in the middle of a sentence
        return
    number = "".join(text_in(run) for run in field.result)
    paragraph.set(LABEL, label.strip() or field.argument)
    if name := _bookmark_on(field.first, paragraph):
        paragraph.set(ANCHOR, name)
    for text in before:
        text.text = ""
    for run in field.result:
        take_out(run)
    _strip_sign(paragraph)
    settled.remark("import-caption-number", Severity.ADVICE, paragraph, f"{label}{number}")


def _precedes(text: DocxElement, field: DocxElement, paragraph: DocxElement) -> bool:
    order = {id(each): n for n, each in enumerate(paragraph.iter())}
    return order[id(text)] < order[id(field)]


def _bookmark_on(field: DocxElement, paragraph: DocxElement) -> str:
    """The bookmark that is on the label of a caption: the last one that begins before its number."""
    names = [
        value(each, name="name") for each in paragraph.iter(f"{W}bookmarkStart") if _precedes(each, field, paragraph)
    ]
    return next((name for name in reversed(names) if name != "_GoBack"), "")


def _strip_sign(paragraph: DocxElement) -> None:
    """Take off the sign between the number and the words: “: ”, “. ”, “ – ”."""
    for text in paragraph.iter(f"{W}t"):
        stripped = re.sub(r"^[\s.:)|–—-]+", "", text.text or "")
        text.text = stripped
        if stripped:
            return


def _settle_typed_labels(root: DocxElement, settled: SettledDocument) -> None:
    """Take typed labels off captions: “Fig. 3. ”."""
    for paragraph in root.iter(f"{W}p"):
        if settled.styles.role(paragraph) != "caption" or paragraph.get(LABEL):
            continue
        texts = [*paragraph.iter(f"{W}t")]
        label = caption_label("".join(text.text or "" for text in texts))
        if not label:
            continue
        paragraph.set(LABEL, label.strip())
        settled.remark("import-caption-number", Severity.ADVICE, paragraph, label.strip())
        left = len(label)
        for text in texts:
            words = text.text or ""
            text.text, left = words[left:], max(0, left - len(words))


# ---- what leads nowhere


def _take_dead(root: DocxElement, part: str, settled: SettledDocument) -> None:
    """Links and calls of notes that lead nowhere, as damaged documents have them."""
    targets = settled.package.targets(part)
    for link in [*root.iter(f"{W}hyperlink")]:
        if link.get(f"{R}id", "") not in ("", *targets):
            settled.remark("import-link-dead", Severity.WARNING, link, text_in(link))
            _unwrap(link)
    for kind in ("footnote", "endnote"):
        notes = settled.package.part(f"word/{kind}s.xml")
        known = {value(each, name="id") for each in (notes if notes is not None else ())}
        for call in [*root.iter(f"{W}{kind}Reference")]:
            if value(call, name="id") not in known:
                settled.remark("import-note-missing", Severity.WARNING, call, "")
                take_out(call)


# ---- text boxes


def _open_boxes(root: DocxElement, settled: SettledDocument) -> None:
    """Put the paragraphs of text boxes behind the paragraph that holds the box."""
    for number, box in enumerate([*root.iter(f"{W}txbxContent")], 1):
        holder = next(box.iterancestors(f"{W}p"), None)
        drawing = next(box.iterancestors(f"{W}drawing", f"{W}pict"), None)
        if holder is None:
            continue
        paragraphs = [each for each in box if each.tag in (f"{W}p", f"{W}tbl")]
        if words := text_in(box).strip():
            settled.remark("import-text-box", Severity.ADVICE, holder, words)
        for each in reversed(paragraphs):
            for paragraph in each.iter(f"{W}p"):
                paragraph.set(BOX, f"{holder.get(NUMBER)}-{number}")
            holder.addnext(each)
        take_out(box)
        if drawing is not None and not _has_more(drawing):
            take_out(drawing)


def _has_more(drawing: DocxElement) -> bool:
    """Whether a drawing holds other things than an emptied box."""
    return any(
        etree.QName(each).localname in ("blip", "imagedata", "txbxContent", "relIds", "chart")
        for each in drawing.iter(etree.Element)
    )
