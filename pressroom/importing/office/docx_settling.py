"""Settling a Word document: what is no text of the book is taken out, each with a remark, and all words are counted.

Changes of other people are accepted, comments listed; contents, hidden words and the numbers of captions go, since a
book makes its own. What stays is marked in the next step (`docx_marking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pressroom.errors import Severity
from pressroom.importing.office.block_facts import without_counted
from pressroom.importing.office.docx_fields import DocxField, fields_in, open_simple_fields, take_inner_words
from pressroom.importing.office.docx_labels import mark_references, settle_typed_labels, take_label
from pressroom.importing.office.docx_package import MAIN, MC, DocxElement, DocxPackage, R, W, is_on, text_in, value
from pressroom.importing.office.docx_settled import ANCHOR, BOX, LABEL, NUMBER, SettledDocument, take_out, unwrap
from pressroom.importing.office.docx_styles import DocxStyles
from pressroom.importing.office.symbol_letters import as_letters

_CITING = re.compile(r"ADDIN\s+(?:ZOTERO|EN\.CITE|CSL_CITATION|MENDELEY)|CITATION\b", re.IGNORECASE)
_MARKS_OF_RANGES = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "proofErr", "permStart", "permEnd",
)  # fmt: skip


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
        _settle_bookmarks(root)
        _settle_lines(root)
        _join_drop_capitals(root)
        open_simple_fields(root)
        take_inner_words(root)
        _accept_changes(root, settled)
        _list_comments(root, settled)
        _take_unfilled(root, settled)
        _take_hidden(root, settled)
        _take_section_numbers(root, settled)
        _take_contents(root, settled)
        _settle_fields(root, settled)
        _take_dead(root, name, settled)
        _open_boxes(root, settled)
        settle_typed_labels(root, settled)
        if name == package.name_of(MAIN):
            _list_headers(root, settled)
    anchors = {each.get(ANCHOR, "") for _, root in package.stories for each in root.iter(f"{W}p")} - {""}
    for _, root in package.stories:
        mark_references(root, anchors)
    words = "\n".join(text for _, root in package.stories for text in _texts(root))
    settled.words = without_counted(words)
    return settled


def _texts(root: DocxElement) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        if value(paragraph.getparent(), name="type") not in ("separator", "continuationSeparator"):
            yield text_in(paragraph).replace("\n", " ")


# ---- what stands twice


def _take_alternatives(root: DocxElement) -> None:
    """Of things that stand twice, for newer and older programs, leave the newer one, which has the alt text."""
    for each in [*root.iter(f"{MC}AlternateContent")]:
        choice = each.find(f"{MC}Choice")
        kept = choice if choice is not None else each.find(f"{MC}Fallback")
        for child in [*kept] if kept is not None else ():
            each.addprevious(child)
        take_out(each)


def _settle_bookmarks(root: DocxElement) -> None:
    """Put bookmarks that stand between paragraphs, as Pandoc writes them, into the next one, or else the last."""
    for mark in [*root.iter(f"{W}bookmarkStart")]:
        parent = mark.getparent()
        if parent is None or parent.tag == f"{W}p" or next(mark.iterancestors(f"{W}p"), None) is not None:
            continue
        after = (each for other in mark.itersiblings() for each in other.iter(f"{W}p"))
        before = (each for other in mark.itersiblings(preceding=True) for each in other.iter(f"{W}p"))
        holder = next(after, None)
        holder = holder if holder is not None else next(before, None)
        if holder is not None:
            holder.insert(1 if holder.find(f"{W}pPr") is not None else 0, mark)


def _settle_lines(root: DocxElement) -> None:
    """Write line breaks in their usual form, and open what says the direction of words, which these have anyway."""
    for end in root.iter(f"{W}cr"):
        end.tag = f"{W}br"
    for number in [*root.iter(f"{W}pgNum")]:
        take_out(number)
    for each in [*root.iter(f"{W}bdo", f"{W}dir")]:
        unwrap(each)


def _join_drop_capitals(root: DocxElement) -> None:
    """Put a drop capital, which has a paragraph of its own, before the words that it begins."""
    for capital in [*root.iter(f"{W}p")]:
        if value(capital, "pPr/framePr", "dropCap") not in ("drop", "margin"):
            continue
        words = next((each for each in capital.itersiblings(f"{W}p")), None)
        if words is None:
            continue
        at = 1 if words.find(f"{W}pPr") is not None else 0
        for run in reversed(capital.findall(f"{W}r")):
            for size in run.findall(f"{W}rPr"):
                run.remove(size)
            words.insert(at, run)
        take_out(capital)


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
        unwrap(each)
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


def _take_section_numbers(root: DocxElement, settled: SettledDocument) -> None:
    """Numbers that Pandoc has counted before headings, with the tab behind them."""
    for run in [*root.iter(f"{W}r")]:
        paragraph = run.getparent()
        if value(run, "rPr/rStyle") != "SectionNumber" or paragraph is None or not settled.styles.level(paragraph):
            continue
        settled.remark("import-chapter-number", Severity.ADVICE, run, text_in(run))
        tab = run.getnext()
        if tab is not None and not text_in(tab).strip():
            take_out(tab)
        take_out(run)


def _take_contents(root: DocxElement, settled: SettledDocument) -> None:
    """Tables of contents, lists of figures and indexes, which the book makes anew."""
    for block in [*root.iter(f"{W}sdt")]:
        if value(block, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            settled.remark("import-contents", Severity.ADVICE, block, text_in(block)[:60])
            take_out(block)
    _take_contents_fields(root, settled)
    for paragraph in [*root.iter(f"{W}p")]:
        if settled.styles.role(paragraph) == "contents":
            settled.remark("import-contents", Severity.ADVICE, paragraph, text_in(paragraph)[:60])
            for each in [*paragraph.iter(f"{W}t", f"{W}tab", f"{W}fldChar", f"{W}instrText")]:
                take_out(each)


def _take_contents_fields(root: DocxElement, settled: SettledDocument) -> None:
    """Tables of contents and lists of figures that Word has worked out, whatever styles their lines have."""
    kinds: list[str] = []
    for each in [*root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}tab")]:
        kind = value(each, name="fldCharType") if each.tag == f"{W}fldChar" else ""
        if kind == "begin":
            kinds.append("")
        elif kind == "end" and kinds:
            kinds.pop()
        elif each.tag == f"{W}instrText" and kinds:
            kinds[-1] += each.text or ""
        elif not kind and any(said.strip().upper().startswith("TOC ") for said in kinds):
            paragraph = next(each.iterancestors(f"{W}p"), None)
            if paragraph is not None and settled.styles.role(paragraph) != "contents" and each.tag == f"{W}t":
                settled.remark("import-contents", Severity.ADVICE, each, (each.text or "")[:60])
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
            take_label(each, settled)
        elif each.kind == "INDEX":
            settled.remark("import-contents", Severity.ADVICE, each.first, "index")
            for run in each.result:
                take_out(run)
        elif each.kind == "HYPERLINK":
            _settle_link(each)
        elif each.kind == "EQ":
            settled.remark("import-unread", Severity.WARNING, each.first, f"a formula: {each.instruction.strip()}")
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


# ---- what leads nowhere


def _take_dead(root: DocxElement, part: str, settled: SettledDocument) -> None:
    """Links and calls of notes that lead nowhere, as damaged documents have them."""
    targets = settled.package.targets(part)
    for link in [*root.iter(f"{W}hyperlink")]:
        if link.get(f"{R}id", "") not in ("", *targets):
            settled.remark("import-link-dead", Severity.WARNING, link, text_in(link))
            unwrap(link)
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
        words = text_in(box).strip()
        if words and not all(_is_caption(each, settled) for each in box.iter(f"{W}p") if text_in(each).strip()):
            settled.remark("import-text-box", Severity.ADVICE, holder, words)
        for each in reversed(paragraphs):
            for paragraph in each.iter(f"{W}p"):
                paragraph.set(BOX, f"{holder.get(NUMBER)}-{number}")
            holder.addnext(each)
        take_out(box)
        if drawing is not None and not _has_more(drawing):
            take_out(drawing)


def _is_caption(paragraph: DocxElement, settled: SettledDocument) -> bool:
    return bool(paragraph.get(LABEL)) or settled.styles.role(paragraph) == "caption"


def _has_more(drawing: DocxElement) -> bool:
    """Whether a drawing holds other things than an emptied box."""
    return any(
        etree.QName(each).localname in ("blip", "imagedata", "txbxContent", "relIds", "chart")
        for each in drawing.iter(etree.Element)
    )
