"""Settling an OpenDocument text: what is no text of the book is taken out with a remark, and words are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Remark
from pressroom.importing.html_tree import take_out
from pressroom.importing.office.block_facts import COUNTED, COUNTED_WORDS, without_counted
from pressroom.importing.office.odt_package import DC, DRAW, FO, OFFICE, STYLE, SVG, TABLE, TEXT, OdtElement, OdtPackage
from pressroom.importing.office.style_words import caption_label, is_code
from pressroom.importing.office.symbol_letters import as_letters

NUMBER = "number"
"""An attribute of each paragraph: which one of the document it is, counted from 1."""
LABEL = "label"
"""An attribute of a caption: the label that stood before it."""
RULE = "rule"
"""An attribute of an empty paragraph that holds a rule across the page."""
BOX = "box"
"""An attribute of the paragraphs of a text box: the number of the box."""
_INDEXES = [
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "alphabetical-index", "object-index", "user-index",
        "bibliography",
    )
]  # fmt: skip
_DECLARED = [
    f"{TEXT}{name}" for name in ("sequence-decls", "variable-decls", "user-field-decls", "soft-page-break")
] + [f"{OFFICE}forms", f"{OFFICE}annotation-end", f"{DRAW}glue-point"]
_SHAPES = tuple(
    f"{DRAW}{name}"
    for name in (
        "custom-shape", "rect", "ellipse", "circle", "polygon", "regular-polygon", "caption", "line", "polyline",
        "connector", "path", "measure",
    )
)  # fmt: skip
"""Drawn shapes, which may have words in them."""
DRAWINGS = (f"{DRAW}frame", f"{DRAW}g", f"{DRAW}control", *_SHAPES)
"""All that is drawn."""
_THINNEST = 2.0
"""The most millimetres that a rule across the page is high."""
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


@dataclass
class SettledText:
    """An OpenDocument text that is being settled."""

    package: OdtPackage
    source: str
    remarks: list[Remark] = field(default_factory=list)
    words: str = ""

    def remark(self, id: str, severity: Severity, element: OdtElement | None, what: str) -> None:
        """Note a thing at the paragraph that an element stands in."""
        near = (element, *element.iterancestors(), *element.iterdescendants()) if element is not None else ()
        number = next((int(each.get(NUMBER, "0")) for each in near if each.get(NUMBER)), 0)
        self.remarks.append(Remark(id, severity, Place(self.source, number), " ".join(what.split())))


def settle_text(package: OdtPackage, source: str) -> SettledText:
    """Take out of a document what is no text of the book."""
    settled = SettledText(package, source)
    root = package.text
    _wrap_loose_words(root)
    text = (each for each in root.iter(*PARAGRAPHS) if next(each.iterancestors(f"{TEXT}tracked-changes"), None) is None)
    for number, paragraph in enumerate(text, 1):
        paragraph.set(NUMBER, str(number))
    _take_changes(root, settled)
    _take_comments(root, settled)
    _take_indexes(root, settled)
    _take_hidden(root, settled)
    _take_unfilled(root, settled)
    _note_formats(root, settled)
    _settle_spaces(root)
    _settle_rules(root)
    _settle_symbols(root, settled)
    _take_labels(root, settled)
    _open_boxes(root, settled)
    _list_headers(settled)
    _mark_references(root)
    words = "\n".join("".join(_own_words(each)) for each in root.iter(*PARAGRAPHS))
    settled.words = without_counted(words)
    return settled


def _wrap_loose_words(root: OdtElement) -> None:
    """Put words that stand between paragraphs, as Pandoc leaves those of an abstract, into one of their own."""
    for before in [None, *root]:
        words = root.text if before is None else before.tail
        if not (words or "").strip():
            continue
        paragraph = etree.Element(f"{TEXT}p")
        paragraph.text = words
        if before is None:
            root.text = None
            root.insert(0, paragraph)
        else:
            before.tail = None
            before.addnext(paragraph)


def _mark_references(root: OdtElement) -> None:
    """Mark the words of references to labels of captions, “Figure 3”, which a book counts for itself."""
    labelled = (each for each in root.iter(f"{TEXT}p") if each.get(LABEL))
    known = {each.get(f"{TEXT}ref-name", "") for paragraph in labelled for each in paragraph.iter(f"{TEXT}sequence")}
    for each in root.iter(f"{TEXT}sequence-ref"):
        if each.get(f"{TEXT}ref-name", "") in known and COUNTED_WORDS.fullmatch(each.text or ""):
            each.text = f"{COUNTED}{each.text}{COUNTED}"


def all_words(element: OdtElement) -> str:
    """All words in an element, on one line."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _own_words(element: OdtElement) -> Iterator[str]:
    """The words of a paragraph, without those of paragraphs and alt texts inside it."""
    yield element.text or ""
    for child in element:
        is_apart = child.tag in (*PARAGRAPHS, f"{TEXT}note", *DRAWINGS)
        if isinstance(child.tag, str) and not is_apart:
            yield from _own_words(child)
        yield child.tail or ""


def _take_changes(root: OdtElement, settled: SettledText) -> None:
    inserted = _inserted_words(root)
    places = {each.get(f"{TEXT}change-id"): each for each in root.iter(f"{TEXT}change", f"{TEXT}change-start")}
    for changes in [*root.iter(f"{TEXT}tracked-changes")]:
        for change in changes.iter(f"{TEXT}deletion", f"{TEXT}insertion"):
            region = change.getparent()
            place = places.get(region.get(f"{TEXT}id")) if region is not None else None
            who = change.findtext(f".//{DC}creator") or "somebody"
            words = " ".join(all_words(each) for each in change.iter(*PARAGRAPHS))
            kind = etree.QName(change).localname
            if kind == "insertion":
                words = inserted.get(region.get(f"{TEXT}id", ""), "") if region is not None else ""
            if words.strip():  # else it is the end of a paragraph
                settled.remark(f"import-{kind}", Severity.WARNING, place, f"{who}: {words}")
        take_out(changes)


def _inserted_words(root: OdtElement) -> dict[str, str]:
    """The words of each insertion, between the two points that mark it."""
    words: dict[str, str] = {}
    open_changes: set[str] = set()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        id = element.get(f"{TEXT}change-id", "")
        if event == "start" and element.tag == f"{TEXT}change-start":
            open_changes.add(id)
        elif event == "start" and element.tag == f"{TEXT}change-end":
            open_changes.discard(id)
        said = element.text if event == "start" else element.tail
        for each in open_changes if said else ():
            words[each] = f"{words.get(each, '')}{said}"
    return words


def _take_comments(root: OdtElement, settled: SettledText) -> None:
    for comment in [*root.iter(f"{OFFICE}annotation")]:
        words = " ".join(all_words(each) for each in comment.iter(*PARAGRAPHS))
        holder = comment.getparent()
        settled.remark("import-comment", Severity.WARNING, holder, f"{comment.findtext(f'{DC}creator')}: {words}")
        take_out(comment)


def _take_indexes(root: OdtElement, settled: SettledText) -> None:
    for index in [*root.iter(*_INDEXES)]:
        shown = index.find(f"{TEXT}index-body")
        words = all_words(shown if shown is not None else index)
        settled.remark("import-contents", Severity.ADVICE, index, words[:60])
        take_out(index)
    for paragraph in [*root.iter(f"{TEXT}p")]:
        if settled.package.styles.role(paragraph.get(f"{TEXT}style-name", "")) == "contents":
            settled.remark("import-contents", Severity.ADVICE, paragraph, all_words(paragraph)[:60])
            take_out(paragraph)
    for each in [*root.iter(*_DECLARED)]:
        take_out(each)


def _take_hidden(root: OdtElement, settled: SettledText) -> None:
    """Take out sections, paragraphs and words that nobody sees."""
    for each in [*root.iter(f"{TEXT}section", f"{TEXT}span", *PARAGRAPHS)]:
        if _is_hidden(each, settled.package) and any(up is root for up in each.iterancestors()):
            if words := all_words(each):
                settled.remark("import-hidden", Severity.WARNING, each, words)
            take_out(each)


def _is_hidden(element: OdtElement, package: OdtPackage) -> bool:
    if element.tag == f"{TEXT}section":
        return element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"
    if any(each.get(f"{TEXT}is-hidden") == "true" for each in element.iterchildren(f"{TEXT}hidden-paragraph")):
        return True
    family = "text" if element.tag == f"{TEXT}span" else "paragraph"
    return package.styles.said(family, element.get(f"{TEXT}style-name", ""), f"{TEXT}display") == "none"


def _take_unfilled(root: OdtElement, settled: SettledText) -> None:
    """Places in which nobody has written yet, and numbers of pages and notes, which will be others."""
    for each in [*root.iter(f"{TEXT}placeholder")]:
        settled.remark("import-unfilled", Severity.ADVICE, each, all_words(each).strip("<>"))
        take_out(each)
    for each in root.iter(f"{TEXT}bookmark-ref", f"{TEXT}reference-ref", f"{TEXT}sequence-ref", f"{TEXT}note-ref"):
        is_note = each.tag == f"{TEXT}note-ref" and each.get(f"{TEXT}reference-format") != "text"
        if is_note or each.get(f"{TEXT}reference-format") == "page":
            settled.remark("import-page-reference", Severity.WARNING, each, all_words(each))
            each.tag = f"{TEXT}span"


def _note_formats(root: OdtElement, settled: SettledText) -> None:
    """What of letters is not carried: lines under them, colours and capitals. Links and code have a look as such."""
    for span in root.iter(f"{TEXT}span"):
        if not all_words(span) or _is_link_or_code(span, settled.package):
            continue
        for property, plain, what in _FORMATS:
            if settled.package.styles.said("text", span.get(f"{TEXT}style-name", ""), property) not in ("", *plain):
                settled.remark("import-formatting", Severity.ADVICE, span, what)


def _is_link_or_code(span: OdtElement, package: OdtPackage) -> bool:
    if any(map(is_code, package.styles.names(span.get(f"{TEXT}style-name", ""), "text"))):
        return True
    holder = next(span.iterancestors(f"{TEXT}a", *PARAGRAPHS), None)
    is_link = holder is not None and holder.tag == f"{TEXT}a"
    return is_link or (holder is not None and package.styles.role(holder.get(f"{TEXT}style-name", "")) == "code")


_FORMATS = (
    (f"{STYLE}text-underline-style", ("none",), "underlined words"),
    (f"{FO}color", ("#000000",), "coloured words"),
    (f"{FO}background-color", ("transparent", "#ffffff"), "highlighted words"),
    (f"{FO}text-transform", ("none", "lowercase", "capitalize"), "words in capitals"),
)


def _settle_spaces(root: OdtElement) -> None:
    """Write spaces and tabs, which are elements, as signs. Several in a row are the indent of a line of code."""
    for each in [*root.iter(f"{TEXT}s", f"{TEXT}tab")]:
        count = each.get(f"{TEXT}c", "1")
        spaces = " " * min(_MOST_SPACES, int(count) if count.isdecimal() else 1)
        each.tail = f"{spaces if each.tag == f'{TEXT}s' else chr(9)}{each.tail or ''}"
        take_out(each)


_MOST_SPACES = 200


def _settle_rules(root: OdtElement) -> None:
    """A flat shape that is alone in its paragraph is a rule across the page."""
    for shape in [*root.iter(f"{DRAW}line", f"{DRAW}rect", f"{DRAW}custom-shape")]:
        holder = next(shape.iterancestors(*PARAGRAPHS), None)
        if holder is None or all_words(holder) or sum(1 for _ in holder.iter(*DRAWINGS)) != 1:
            continue
        tops = [millimetres(shape.get(f"{SVG}{name}", "")) for name in ("y1", "y2", "height")]
        if abs(tops[0] - tops[1]) + tops[2] <= _THINNEST:
            holder.set(RULE, "1")
            take_out(shape)


def millimetres(length: str) -> float:
    """A length in millimetres; 0 for what is none."""
    match = re.fullmatch(r"(-?\d*\.?\d+)(mm|cm|in|pt|pc|px)", length)
    return float(match[1]) * _UNITS[match[2]] if match else 0.0


_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}


def _settle_symbols(root: OdtElement, settled: SettledText) -> None:
    """Write the letters of symbol fonts as what they show."""
    for span in root.iter(f"{TEXT}span"):
        name = span.get(f"{TEXT}style-name", "")
        font = settled.package.styles.said("text", name, f"{STYLE}font-name")
        span.text = as_letters(span.text or "", re.sub(r"\d+$", "", font).strip())


def _take_labels(root: OdtElement, settled: SettledText) -> None:
    """Take labels with their numbers off captions. The book counts for itself."""
    for paragraph in root.iter(f"{TEXT}p"):
        is_numbered = next(paragraph.iter(f"{TEXT}sequence"), None) is not None
        role = settled.package.styles.role(paragraph.get(f"{TEXT}style-name", ""))
        label = caption_label("".join(_own_words(paragraph))) if role == "caption" or is_numbered else ""
        if not label:
            continue
        paragraph.set(LABEL, label.strip())
        settled.remark("import-caption-number", Severity.ADVICE, paragraph, label)
        left = len(label)
        for holder, place in [*_own_texts(paragraph)]:
            words = getattr(holder, place) or ""
            setattr(holder, place, words[left:])
            left = max(0, left - len(words))


def _own_texts(element: OdtElement) -> Iterator[tuple[OdtElement, str]]:
    """The places of the words of a paragraph, as `_own_words` counts them."""
    yield element, "text"
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (*PARAGRAPHS, f"{TEXT}note", f"{DRAW}frame"):
            yield from _own_texts(child)
        yield child, "tail"


def _open_boxes(root: OdtElement, settled: SettledText) -> None:
    """Put the paragraphs of text boxes behind the paragraph that holds the box."""
    for number, box in enumerate([*root.iter(f"{DRAW}text-box", *_SHAPES)], 1):
        holder = next(box.iterancestors(*PARAGRAPHS), None)
        frame = next(box.iterancestors(f"{DRAW}frame"), box)
        blocks = [each for each in box if isinstance(each.tag, str) and each.tag.startswith((TEXT, TABLE))]
        if box.tag in _SHAPES and not any(map(all_words, blocks)):
            continue
        if not all(block.get(LABEL) or not all_words(block) for block in blocks):
            settled.remark("import-text-box", Severity.ADVICE, box, all_words(box))
        for block in reversed(blocks):
            block.tail = None
            for paragraph in block.iter(*PARAGRAPHS):
                paragraph.set(BOX, str(number))
            (holder if holder is not None else frame).addnext(block)
        take_out(frame)


def _list_headers(settled: SettledText) -> None:
    master, shown = settled.package.master, set()
    for each in master.iter(f"{STYLE}header", f"{STYLE}footer") if master is not None else ():
        words = all_words(each)
        if re.search(r"[^\W\d_]{2}", words) and words not in shown:
            shown.add(words)
            settled.remark("import-header", Severity.ADVICE, None, words)
