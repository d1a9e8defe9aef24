"""Reading an OpenDocument text: element by element, it becomes the same HTML as Word documents, with the same facts."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pressroom.importing.brought import Brought, TitlePage
from pressroom.importing.html_tree import take_out
from pressroom.importing.office.block_facts import BLOCK, BlockFacts
from pressroom.importing.office.odt_frames import write_frames
from pressroom.importing.office.odt_lines import BOOKMARKS, foreign, write_letters, write_links, write_paragraph_letters
from pressroom.importing.office.odt_lists import write_lists
from pressroom.importing.office.odt_package import DC, FO, META, TABLE, TEXT, OdtElement, OdtPackage, become, unwrap
from pressroom.importing.office.odt_settling import BOX, LABEL, NUMBER, PARAGRAPHS, RULE, all_words, settle_text
from pressroom.importing.office.office_document import OfficeDocument, brought_of
from pressroom.importing.office.style_words import list_depth


def read_odt(file: Path) -> Brought:
    """All that an OpenDocument text gives. Raises PressroomError for one that is damaged, dangerous or encrypted."""
    package = OdtPackage(file)
    settled = settle_text(package, str(file))
    root = package.text
    blocks = _blocks(root, package)
    _write_paragraph_letters(root, blocks, package)
    write_letters(root, package)
    write_links(root)
    pictures = write_frames(root, settled)
    write_lists(root, package)
    _write_tables(root)
    for paragraph in root.iter(*PARAGRAPHS):
        paragraph.tag = "p"
    for section in [*root.iter(f"{TEXT}section")]:
        unwrap(section)
    notes = _take_notes(root)
    root.tag = "body"
    _lift_headings(root, blocks)
    about = _properties(package)
    return brought_of(
        OfficeDocument(str(file), root, blocks, notes, pictures, about, settled.words, tuple(settled.remarks))
    )


def _properties(package: OdtPackage) -> TitlePage:
    meta = package.meta

    def said(name: str) -> str:
        return " ".join((meta.findtext(f".//{name}") or "").split()) if meta is not None else ""

    names = (said(f"{META}initial-creator") or said(f"{DC}creator")).split(";")
    language = package.styles.main_language or said(f"{DC}language")
    creators = tuple((name.strip(), "author") for name in names if name.strip())
    return TitlePage(said(f"{DC}title"), language=language, creators=creators)


# ---- paragraphs


def _blocks(root: OdtElement, package: OdtPackage) -> dict[str, BlockFacts]:
    """What is known of each paragraph, which gets the key to it."""
    blocks = {}
    for paragraph in root.iter(*PARAGRAPHS):
        key = f"p{paragraph.get(NUMBER)}"
        paragraph.set(BLOCK, key)
        blocks[key] = _facts(paragraph, package)
    return blocks


def _facts(paragraph: OdtElement, package: OdtPackage) -> BlockFacts:
    styles, name = package.styles, paragraph.get(f"{TEXT}style-name", "")
    outline = paragraph.get(f"{TEXT}outline-level", "1") if paragraph.tag == f"{TEXT}h" else ""
    anchors = [each.get(f"{TEXT}ref-name", "") for each in paragraph.iter(f"{TEXT}sequence")]
    anchors += [each.get(f"{TEXT}name", "") for each in paragraph.iter(*BOOKMARKS)]
    has_rule = styles.said("paragraph", name, f"{FO}border-bottom") not in ("", "none")
    return BlockFacts(
        number=int(paragraph.get(NUMBER, "0")),
        level=int(outline) if outline.isdecimal() else styles.level(name),
        role=styles.role(name) or ("caption" if paragraph.get(LABEL) else ""),
        alignment=styles.said("paragraph", name, f"{FO}text-align"),
        label=paragraph.get(LABEL, ""),
        anchors=tuple(filter(None, anchors)),
        box=paragraph.get(BOX, ""),
        depth=max(map(list_depth, styles.names(name)), default=0),
        language=foreign(styles.language("paragraph", name), package),
        is_rule=(has_rule or bool(paragraph.get(RULE))) and not all_words(paragraph),
    )


def _write_paragraph_letters(root: OdtElement, blocks: dict[str, BlockFacts], package: OdtPackage) -> None:
    """Letters that are alike in whole paragraphs. A heading or title is slanted or bold by being one."""
    for paragraph in root.iter(f"{TEXT}p"):
        facts = blocks.get(paragraph.get(BLOCK, ""))
        is_title = facts is None or facts.level > 0 or facts.role in ("title", "subtitle", "author")
        if not is_title and all_words(paragraph):
            write_paragraph_letters(paragraph, package)


def _lift_headings(root: OdtElement, blocks: dict[str, BlockFacts]) -> None:
    """Take headings out of the lists that number them."""
    for paragraph in [*root.iter("p")]:
        facts = blocks.get(paragraph.get(BLOCK, ""))
        outer = [*paragraph.iterancestors("ul", "ol")]
        if outer and facts is not None and facts.level:
            outer[-1].addprevious(paragraph)
    for each in [*root.iter("ul", "ol")]:
        if not all_words(each) and next(each.iter("img", "math"), None) is None:
            take_out(each)


# ---- notes and tables


def _take_notes(root: OdtElement) -> dict[str, OdtElement]:
    """Notes by their ids, with calls in their places."""
    notes = {}
    for number, note in enumerate([*root.iter(f"{TEXT}note")], 1):
        id = f"fn-{number}"
        aside = etree.Element("aside", {"class": "note", "id": id})
        body = note.find(f"{TEXT}note-body")
        aside.extend([*body] if body is not None else [])
        notes[id] = aside
        tail, words = note.tail, note.findtext(f"{TEXT}note-citation") or str(number)
        for child in [*note]:
            note.remove(child)
        become(note, "a", {"class": "noteref", "href": f"#{id}"})
        note.text, note.tail = words, tail
    return notes


def _write_tables(root: OdtElement) -> None:
    for table in root.iter(f"{TABLE}table"):
        become(table, "table", {})
    for rows in root.iter(f"{TABLE}table-header-rows"):
        become(rows, "thead", {})
    for row in root.iter(f"{TABLE}table-row"):
        become(row, "tr", {})
    for cell in root.iter(f"{TABLE}table-cell"):
        spans = {name: cell.get(f"{TABLE}number-{long}-spanned", "1") for name, long in _SPANS.items()}
        is_header = next(cell.iterancestors("thead"), None) is not None
        become(cell, "th" if is_header else "td", {name: span for name, span in spans.items() if span != "1"})
    for each in [*root.iter(f"{TABLE}covered-table-cell", f"{TABLE}table-columns", f"{TABLE}table-column")]:
        take_out(each)
    for each in [*root.iter(f"{TABLE}table-rows")]:
        unwrap(each)


_SPANS = {"colspan": "columns", "rowspan": "rows"}
