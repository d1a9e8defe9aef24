"""Reading an OpenDocument text: element by element, it becomes the same HTML as Word documents, with the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pressroom.errors import Severity
from pressroom.importing.brought import Brought, TitlePage
from pressroom.importing.html_tree import take_out
from pressroom.importing.office.block_facts import BLOCK, BlockFacts
from pressroom.importing.office.odt_package import (
    DC,
    DRAW,
    FO,
    META,
    OFFICE,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    OdtElement,
    OdtPackage,
)
from pressroom.importing.office.odt_settling import BOX, LABEL, NUMBER, PARAGRAPHS, SettledText, all_words, settle_text
from pressroom.importing.office.office_document import OfficeDocument, brought_of
from pressroom.importing.office.style_words import list_depth
from pressroom.language.bcp47 import primary_subtag, tag_fault

_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_BOOKMARKS = [f"{TEXT}{name}" for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")]
_REFERENCES = ("sequence-ref", "bookmark-ref", "reference-ref")


def read_odt(file: Path) -> Brought:
    """All that an OpenDocument text gives. Raises PressroomError for one that is damaged, dangerous or encrypted."""
    package = OdtPackage(file)
    settled = settle_text(package, str(file))
    root = package.text
    blocks = _blocks(root, package)
    _write_paragraph_letters(root, blocks, package)
    _write_letters(root, package)
    _write_links(root)
    pictures = _write_frames(root, settled)
    _write_lists(root, package)
    _write_tables(root)
    for paragraph in root.iter(*PARAGRAPHS):
        paragraph.tag = "p"
    for section in [*root.iter(f"{TEXT}section")]:
        _open(section)
    notes = _take_notes(root)
    root.tag = "body"
    _lift_headings(root, blocks)
    about = _properties(package)
    return brought_of(
        OfficeDocument(str(file), root, blocks, notes, pictures, about, settled.words, tuple(settled.remarks))
    )


def _open(element: OdtElement) -> None:
    """Put what is in an element in its place."""
    for child in [*element]:
        element.addprevious(child)
    take_out(element)


def _properties(package: OdtPackage) -> TitlePage:
    meta = package.meta

    def said(name: str) -> str:
        return " ".join((meta.findtext(f".//{name}") or "").split()) if meta is not None else ""

    name = said(f"{META}initial-creator") or said(f"{DC}creator")
    language = package.styles.main_language or said(f"{DC}language")
    return TitlePage(said(f"{DC}title"), language=language, creators=((name, "author"),) if name else ())


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
    anchors += [each.get(f"{TEXT}name", "") for each in paragraph.iter(*_BOOKMARKS)]
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
        language=_foreign(styles.language("paragraph", name), package),
        is_rule=has_rule and not all_words(paragraph),
    )


def _foreign(language: str, package: OdtPackage) -> str:
    """A language that is another than the document’s; “” else."""
    is_other = primary_subtag(language) != primary_subtag(package.styles.main_language)
    return language if language and is_other and not tag_fault(language) else ""


def _lift_headings(root: OdtElement, blocks: dict[str, BlockFacts]) -> None:
    """Take headings out of the lists that number them."""
    for paragraph in [*root.iter("p")]:
        facts = blocks.get(paragraph.get(BLOCK, ""))
        outer = [*paragraph.iterancestors("ul", "ol")]
        if outer and facts is not None and facts.level:
            outer[-1].addprevious(paragraph)
    for each in [*root.iter("ul", "ol")]:
        if not all_words(each) and next(each.iter("img"), None) is None:
            take_out(each)


# ---- what stands in a line


def _write_letters(root: OdtElement, package: OdtPackage) -> None:
    for span in [*root.iter(f"{TEXT}span")]:
        first, *others = [*_letters(span.get(f"{TEXT}style-name", ""), package)] or [("span", {})]
        span.tag = first[0]
        span.attrib.clear()
        span.attrib.update(first[1])
        for tag, attributes in others:
            inner = etree.Element(tag, attributes)
            inner.text, span.text = span.text, None
            inner.extend([*span])
            span.append(inner)
            span = inner  # noqa: PLW2901 - the next one goes inside


def _write_paragraph_letters(root: OdtElement, blocks: dict[str, BlockFacts], package: OdtPackage) -> None:
    """Letters that are alike in a whole paragraph, which LibreOffice says of the paragraph and not of its words."""
    for paragraph in root.iter(f"{TEXT}p"):
        style = package.styles.by_name.get(("paragraph", paragraph.get(f"{TEXT}style-name", "")))
        facts = blocks.get(paragraph.get(BLOCK, ""))
        if style is None or facts is None or facts.level or facts.role in ("title", "subtitle", "author"):
            continue
        parent, own = style.getparent(), style.find(f"{STYLE}text-properties")
        if own is None or parent is None or parent.tag != f"{OFFICE}automatic-styles" or not all_words(paragraph):
            continue
        for property, values, tag in _OF_PARAGRAPHS:
            if own.get(property) in values:
                _put_around(paragraph, tag)


def _put_around(paragraph: OdtElement, tag: str) -> None:
    """Put an element around the words of a paragraph."""
    inner = etree.Element(tag)
    inner.text, paragraph.text = paragraph.text, None
    inner.extend([*paragraph])
    paragraph.append(inner)


_OF_PARAGRAPHS = (
    (f"{FO}font-style", ("italic", "oblique"), "em"),
    (f"{FO}font-weight", ("bold", "600", "700", "800", "900"), "strong"),
)


def _letters(name: str, package: OdtPackage) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements for what a style says of letters."""

    def said(property: str) -> str:
        return package.styles.said("text", name, property)

    if said(f"{FO}font-style") in ("italic", "oblique"):
        yield "em", {}
    if said(f"{FO}font-weight") in ("bold", "600", "700", "800", "900"):
        yield "strong", {}
    if said(f"{FO}font-variant") == "small-caps":
        yield "span", {"class": "small-caps"}
    position = said(f"{STYLE}text-position").split(" ")[0]
    if position not in ("", "0%", "0"):
        yield ("sub" if position.startswith(("sub", "-")) else "sup"), {}
    if said(f"{STYLE}text-line-through-style") not in ("", "none"):
        yield "s", {}
    if language := _foreign(package.styles.language("text", name), package):
        yield "span", {"lang": language}


def _write_links(root: OdtElement) -> None:
    """Links, bookmarks, references, line breaks and entries of the index."""
    for each in root.iter(f"{TEXT}a"):
        _become(each, "a", {"href": each.get(f"{XLINK}href", "").split("|")[0]})
    for each in root.iter(*_BOOKMARKS):
        _become(each, "a", {"id": each.get(f"{TEXT}name", "")})
    for each in root.iter(*(f"{TEXT}{name}" for name in _REFERENCES)):
        _become(each, "a", {"href": f"#{each.get(f'{TEXT}ref-name', '')}"})
    for each in root.iter(f"{TEXT}sequence"):
        _become(each, "span", {})
    for each in root.iter(f"{TEXT}line-break"):
        _become(each, "br", {})
    for each in root.iter(f"{TEXT}alphabetical-index-mark", f"{TEXT}alphabetical-index-mark-start"):
        key, term = each.get(f"{TEXT}key1", ""), each.get(f"{TEXT}string-value", "")
        values = {"class": "index", "data-term": key or term, "data-sub": term if key else ""}
        _become(each, "span", {name: value for name, value in values.items() if value})


def _become(element: OdtElement, tag: str, attributes: dict[str, str]) -> None:
    element.tag = tag
    element.attrib.clear()
    element.attrib.update(attributes)


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
        _become(note, "a", {"class": "noteref", "href": f"#{id}"})
        note.text, note.tail = words, tail
    return notes


# ---- frames


def _write_frames(root: OdtElement, settled: SettledText) -> dict[str, bytes]:
    """Pictures and formulas in their places; the bytes of pictures by their names in the document."""
    pictures: dict[str, bytes] = {}
    archive = settled.package.archive
    for frame in [*root.iter(f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}g", f"{DRAW}polygon", f"{DRAW}path")]:
        image, formula = next(frame.iter(f"{DRAW}image"), None), _formula(frame, settled)
        if formula is not None:
            made = formula
        elif image is not None:
            source = image.get(f"{XLINK}href", "").removeprefix("./")
            made = etree.Element("img", {"src": source, "alt": _alt(frame)})
            if archive.has(source):
                pictures[source] = archive.read(source)
            clip = settled.package.styles.said("graphic", frame.get(f"{DRAW}style-name", ""), f"{FO}clip")
            if re.search(r"[1-9]", clip):
                settled.remark("import-picture-clipped", Severity.ADVICE, frame, _name_of(source))
        else:
            settled.remark("import-shape", Severity.WARNING, frame, all_words(frame))
            take_out(frame)
            continue
        if next(frame.iter(f"{DRAW}object"), None) is not None and formula is None:
            settled.remark("import-embedded", Severity.WARNING, frame, _alt(frame))
        made.tail = frame.tail
        frame.tail = None
        parent = frame.getparent()
        if parent is not None:
            parent.replace(frame, made)
    for holder in [*root.iterchildren("img")]:
        paragraph = etree.Element("p")
        holder.addprevious(paragraph)
        paragraph.append(holder)
    return pictures


def _name_of(source: str) -> str:
    return source.rpartition("/")[2]


def _alt(frame: OdtElement) -> str:
    said = ((frame.findtext(f"{SVG}{name}") or "").strip() for name in ("desc", "title"))
    return " ".join(next(filter(None, said), "").split())


def _formula(frame: OdtElement, settled: SettledText) -> OdtElement | None:
    """The formula in a frame as MathML."""
    for each in frame.iter(f"{DRAW}object"):
        if (math := next(each.iter(_MATH), None)) is not None:
            return math
        name = f"{each.get(f'{XLINK}href', '').removeprefix('./').rstrip('/')}/content.xml"
        if settled.package.archive.has(name):
            root = settled.package.archive.read_xml(name)
            if root.tag == _MATH:
                return root
    return None


# ---- lists and tables


def _write_lists(root: OdtElement, package: OdtPackage) -> None:
    counts: dict[tuple[str, int], int] = {}
    made: dict[OdtElement, tuple[str, int]] = {}
    for each in root.iter(f"{TEXT}list"):
        outer = [*each.iterancestors(f"{TEXT}list")]
        named = (one.get(f"{TEXT}style-name", "") for one in (each, *outer))
        name = next(filter(None, named), "")
        level = _level(package.styles.lists.get(name), len(outer) + 1)
        first = next(each.iterchildren(f"{TEXT}list-item"), None)
        starts = [one.get(f"{TEXT}start-value", "") for one in (first, level) if one is not None]
        start = next((int(one) for one in starts if one.isdecimal()), 1)
        if each.get(f"{TEXT}continue-numbering") == "true" or each.get(f"{TEXT}continue-list"):
            start = counts.get((name, len(outer)), 0) + 1
        counts[name, len(outer)] = start + len(each.findall(f"{TEXT}list-item")) - 1
        made[each] = (level.get(f"{STYLE}num-format", "") if level is not None else "", start)
    for each, (numerals, start) in made.items():
        given = {"start": str(start) if start != 1 else "", "type": numerals if numerals in "aAiI" else ""}
        _become(each, "ol" if numerals else "ul", {name: said for name, said in given.items() if said and numerals})
    for item in root.iter(f"{TEXT}list-item", f"{TEXT}list-header"):
        _become(item, "li", {})


def _level(style: OdtElement | None, depth: int) -> OdtElement | None:
    """What a style of lists says of one level."""
    return next((each for each in (style if style is not None else ()) if each.get(f"{TEXT}level") == str(depth)), None)


def _write_tables(root: OdtElement) -> None:
    for table in root.iter(f"{TABLE}table"):
        _become(table, "table", {})
    for rows in root.iter(f"{TABLE}table-header-rows"):
        _become(rows, "thead", {})
    for row in root.iter(f"{TABLE}table-row"):
        _become(row, "tr", {})
    for cell in root.iter(f"{TABLE}table-cell"):
        spans = {name: cell.get(f"{TABLE}number-{long}-spanned", "1") for name, long in _SPANS.items()}
        is_header = next(cell.iterancestors("thead"), None) is not None
        _become(cell, "th" if is_header else "td", {name: span for name, span in spans.items() if span != "1"})
    for each in [*root.iter(f"{TABLE}covered-table-cell", f"{TABLE}table-columns", f"{TABLE}table-column")]:
        take_out(each)
    for each in [*root.iter(f"{TABLE}table-rows")]:
        _open(each)


_SPANS = {"colspan": "columns", "rowspan": "rows"}
