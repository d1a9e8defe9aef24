"""Paragraphs of a Word document: what is known of each, and the emphasis that its styles give its letters."""

from __future__ import annotations

import re

from lxml import etree

from pressroom.importing.office.block_facts import BlockFacts
from pressroom.importing.office.docx_lists import ListNumbers
from pressroom.importing.office.docx_package import DocxElement, W, text_in, value
from pressroom.importing.office.docx_settled import ANCHOR, BOX, LABEL, NUMBER, RULE, SettledDocument
from pressroom.importing.office.docx_styles import EMPHASES, DocxStyles
from pressroom.importing.office.style_words import goes_on_by_name, list_depth


def paragraph_facts(
    paragraph: DocxElement, settled: SettledDocument, numbers: ListNumbers, language: str
) -> BlockFacts:
    """What is known of a paragraph, whose words are all in `language` or, if it is “”, in that of the document."""
    styles = settled.styles
    level, role = styles.level(paragraph), styles.role(paragraph)
    number = numbers.number(paragraph, styles) if not level and role != "caption" else None
    continued = numbers.continued_level(paragraph, styles)
    return BlockFacts(
        number=int(paragraph.get(NUMBER, "0")),
        level=level,
        role=role or ("caption" if paragraph.get(LABEL) else ""),
        alignment=styles.alignment(paragraph),
        label=paragraph.get(LABEL, ""),
        anchors=tuple(paragraph.get(ANCHOR, "").split()),
        box=paragraph.get(BOX, ""),
        ordinal=number.ordinal if number else 0,
        numerals=number.numerals if number else "",
        depth=list_depth(value(styles.by_id.get(value(paragraph, "pPr/pStyle")), "name")),
        goes_on=not level and not role and (bool(continued) or _goes_on(paragraph, styles)),
        goes_on_at=continued,
        language=language,
        is_rule=_is_rule(paragraph),
    )


def _goes_on(paragraph: DocxElement, styles: DocxStyles) -> bool:
    """Whether a paragraph goes on with an item: by its style, or by a number that was taken off and its indent left."""
    name = value(styles.by_id.get(value(paragraph, "pPr/pStyle")), "name")
    is_unnumbered = value(paragraph, "pPr/numPr/numId") == "0"
    at_margin = "0" in (value(paragraph, "pPr/ind", "left"), value(paragraph, "pPr/ind", "start"))
    return bool(text_in(paragraph).strip()) and (goes_on_by_name(name) or (is_unnumbered and not at_margin))


def _is_rule(paragraph: DocxElement) -> bool:
    """Whether an empty paragraph is nothing but a line across the page."""
    border = paragraph.find(f"{W}pPr/{W}pBdr")
    return (border is not None or bool(paragraph.get(RULE))) and not text_in(paragraph).strip()


def settle_emphasis(run: DocxElement, settled: SettledDocument, *, is_heading: bool) -> None:
    """Say directly what the style of a run says of its letters; a heading is bold by being one."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return
    _settle_position(properties, settled.styles)
    for twice in properties.findall(f"{W}dstrike"):
        twice.tag = f"{W}strike"
    for name in EMPHASES:
        own = properties.find(f"{W}{name}")
        if own is None and (said := settled.styles.emphasis(run, name)) is not None:
            own = etree.SubElement(properties, f"{W}{name}", {f"{W}val": said})
        if own is not None and is_heading and name == "b":
            properties.remove(own)


def _settle_position(properties: DocxElement, styles: DocxStyles) -> None:
    """Letters that are set lower or higher and smaller are indices: so LibreOffice writes some of them."""
    position, size = value(properties, "position"), value(properties, "sz")
    if size.isdecimal() and int(size) < styles.default_size and re.fullmatch(r"-?[1-9]\d*", position):
        said = "subscript" if position.startswith("-") else "superscript"
        if properties.find(f"{W}vertAlign") is None:
            etree.SubElement(properties, f"{W}vertAlign", {f"{W}val": said})
