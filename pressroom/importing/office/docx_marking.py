"""Marking a Word document: what mammoth would leave is noted beside the text, and a bookmark holds its place.

mammoth keeps bookmarks, and styles of letters that it is told of. So a picture, an equation, an entry of the index or
the beginning of a paragraph becomes a bookmark whose name leads to what is known of it, and a language a style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pressroom.errors import Severity
from pressroom.importing.figures_of_html import CROP
from pressroom.importing.figures_of_html import SIGN as SMALLEST
from pressroom.importing.office.block_facts import BlockFacts
from pressroom.importing.office.captioning import FLOATING
from pressroom.importing.office.docx_drawings import DocxPicture, read_drawing
from pressroom.importing.office.docx_fields import fields_in
from pressroom.importing.office.docx_languages import LANGUAGE_STYLE, language_of, mark_languages
from pressroom.importing.office.docx_lists import ListNumbers
from pressroom.importing.office.docx_package import MATH, WP, DocxElement, W, is_on, text_in, value
from pressroom.importing.office.docx_paragraphs import paragraph_facts, settle_emphasis
from pressroom.importing.office.docx_settled import RULE, SettledDocument, take_out
from pressroom.importing.office.omml import mathml_of

SIGN = "pressroom."
"""How the names of these bookmarks begin."""
_DRAWN_ELSEWHERE = ("import-chart", "import-smart-art")
_FORMATS = {
    "highlight": "highlighted words",
    "color": "coloured words",
    "u": "underlined words",
}
"""What of letters is not carried."""


@dataclass
class Marks:
    """What bookmarks stand for, by their names."""

    blocks: dict[str, BlockFacts] = field(default_factory=dict)
    elements: dict[str, DocxElement] = field(default_factory=dict)
    """Elements of HTML that stand for pictures, equations and entries of the index."""
    pictures: dict[str, DocxPicture] = field(default_factory=dict)
    """By their parts, those that can be printed."""
    languages: set[str] = field(default_factory=set)
    language: str = ""
    """The language of most of the text."""
    code: frozenset[str] = frozenset()
    """The styles of letters that are those of a program."""


def mark(settled: SettledDocument) -> Marks:
    """Mark all parts of a settled document."""
    marks = Marks(language=language_of(settled), code=settled.styles.code)
    numbers = ListNumbers(settled.package)
    for name, root in settled.package.stories:
        _mark_fields(root, marks)
        _mark_drawings(root, name, settled, marks)
        _mark_equations(root, marks)
        _mark_readings(root, marks)
        _note_formats(root, settled)
        _mark_breaks(root, settled)
        _mark_tables(root)
        for paragraph in [*root.iter(f"{W}p")]:
            _mark_paragraph(paragraph, settled, numbers, marks)
    return marks


def _bookmark(name: str) -> DocxElement:
    return etree.Element(f"{W}bookmarkStart", {f"{W}id": "0", f"{W}name": f"{SIGN}{name}"})


# ---- inline


def _mark_fields(root: DocxElement, marks: Marks) -> None:
    for each in fields_in(root):
        if each.kind == "XE" and each.argument:
            term, _, sub = each.argument.partition(":")
            see = re.sub(r"^(?:see|siehe|voir|véase|vedi|см\.)\s+", "", each.option("t"), flags=re.IGNORECASE)
            values = {"data-term": term.strip(), "data-sub": sub.strip(), "data-see": see.strip()}
            html = etree.Element("span", {"class": "index", **{key: text for key, text in values.items() if text}})
            name = f"e{len(marks.elements)}"
            marks.elements[name] = html
            each.first.addprevious(_bookmark(name))
        elif each.kind == "REF" and each.result:
            first = each.result[0]
            parent = first.getparent()
            if parent is None or any(run.getparent() is not parent for run in each.result):
                continue
            link = etree.Element(f"{W}hyperlink", {f"{W}anchor": each.argument})
            first.addprevious(link)
            link.extend(each.result)


def _mark_drawings(root: DocxElement, part: str, settled: SettledDocument, marks: Marks) -> None:
    for drawing in [*root.iter(f"{W}drawing", f"{W}pict", f"{W}object")]:
        found = read_drawing(drawing, settled.package, part)
        for picture in found.pictures:
            image = etree.Element("img", {"src": picture.source, "alt": picture.alt})
            if picture.is_decorative:
                image.set("role", "presentation")
            if picture.crop:
                image.set(CROP, picture.crop)
            if 0 < max(picture.size) <= SMALLEST:
                image.attrib.update({"width": f"{picture.size[0]:.0f}", "height": f"{picture.size[1]:.0f}"})
            if next(drawing.iter(f"{WP}anchor"), None) is not None:
                image.set(FLOATING, "1")
            _note_picture(picture, drawing, settled, marks)
            name = f"e{len(marks.elements)}"
            marks.elements[name] = image
            run = next(drawing.iterancestors(f"{W}r"), drawing)
            run.addprevious(_bookmark(name))
        if found.other:
            settled.remark(found.other, Severity.WARNING, drawing, found.words)
        if found.other in _DRAWN_ELSEWHERE and not found.pictures:
            _hold_place(drawing, found.alt, marks)
        if found.is_rule and (holder := next(drawing.iterancestors(f"{W}p"), None)) is not None:
            holder.set(RULE, "1")
        take_out(drawing)


def _hold_place(drawing: DocxElement, alt: str, marks: Marks) -> None:
    """Hold the place of what only its program can draw, so that its caption has a picture above it."""
    name = f"e{len(marks.elements)}"
    marks.elements[name] = etree.Element("img", {"src": "", "alt": alt})
    next(drawing.iterancestors(f"{W}r"), drawing).addprevious(_bookmark(name))


def _note_picture(picture: DocxPicture, drawing: DocxElement, settled: SettledDocument, marks: Marks) -> None:
    if not picture.source:
        settled.remark("import-picture-missing", Severity.WARNING, drawing, picture.alt or "a picture without a file")
        return
    if picture.is_outside or not settled.package.archive.has(picture.source):  # `markdown_of` remarks it
        return
    if picture.is_unprinted:
        settled.remark("import-picture-format", Severity.WARNING, drawing, picture.name)
        return
    marks.pictures[picture.source] = picture
    if picture.crop:
        settled.remark("import-picture-cut", Severity.ADVICE, drawing, picture.name)
    if picture.is_decorative:
        settled.remark("import-decorative", Severity.ADVICE, drawing, picture.name)


def _mark_equations(root: DocxElement, marks: Marks) -> None:
    for equation in [*root.iter(f"{MATH}oMath")]:
        whole = equation.getparent()
        is_block = whole is not None and (whole.tag == f"{MATH}oMathPara" or _is_alone(equation))
        html = mathml_of(equation, is_block=is_block)
        name = f"e{len(marks.elements)}"
        marks.elements[name] = html
        holder = whole if whole is not None and whole.tag == f"{MATH}oMathPara" else equation
        holder.addprevious(_bookmark(name))
        take_out(equation)
    for emptied in [*root.iter(f"{MATH}oMathPara")]:
        take_out(emptied)


def _is_alone(equation: DocxElement) -> bool:
    """Whether an equation is all that its paragraph shows: LibreOffice says no more of one on a line of its own."""
    paragraph = next(equation.iterancestors(f"{W}p"), None)
    others = (f"{MATH}oMath", f"{W}drawing", f"{W}pict")
    return paragraph is not None and not text_in(paragraph).strip() and sum(1 for _ in paragraph.iter(*others)) == 1


def _mark_readings(root: DocxElement, marks: Marks) -> None:
    """Words with their reading above them, as Japanese has them."""
    for ruby in [*root.iter(f"{W}ruby")]:
        html, reading = etree.Element("ruby"), etree.Element("rt")
        base, above = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        html.text = text_in(base) if base is not None else ""
        reading.text = text_in(above) if above is not None else ""
        html.append(reading)
        name = f"e{len(marks.elements)}"
        marks.elements[name] = html
        next(ruby.iterancestors(f"{W}r"), ruby).addprevious(_bookmark(name))
        take_out(ruby)


# ---- what is said once for all


def _note_formats(root: DocxElement, settled: SettledDocument) -> None:
    for run in root.iter(f"{W}r"):
        if settled.styles.is_code(run):
            continue
        for name, what in _FORMATS.items():
            shown = value(run, f"rPr/{name}")
            is_plain = (
                shown in ("", "none", "auto", "000000") or next(run.iterancestors(f"{W}hyperlink"), None) is not None
            )
            if not is_plain and text_in(run).strip():
                settled.remark("import-formatting", Severity.ADVICE, run, what)
        if is_on(run, "rPr/caps") and text_in(run).strip():
            settled.remark("import-formatting", Severity.ADVICE, run, "words in capitals")


def _mark_breaks(root: DocxElement, settled: SettledDocument) -> None:
    for each in [*root.iter(f"{W}br")]:
        if value(each, name="type") in ("page", "column"):
            settled.remark("import-page-break", Severity.ADVICE, each, "")
            if _parts_words(each):
                each.attrib.clear()  # the words on both sides are no single word
            else:
                take_out(each)


def _parts_words(sign: DocxElement) -> bool:
    """Whether words of one paragraph stand before and behind a sign."""
    paragraph = next(sign.iterancestors(f"{W}p"), None)
    if paragraph is None:
        return False
    words = [each for each in paragraph.iter(f"{W}t", f"{W}br") if each is sign or (each.text or "").strip()]
    return words[:1] != [sign] and words[-1:] != [sign]


def _mark_tables(root: DocxElement) -> None:
    """Make the first row of a table its head where its style says so, and no row does."""
    for table in root.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if len(rows) < 2 or any(is_on(row, "trPr/tblHeader") for row in rows):
            continue
        look = table.find(f"{W}tblPr/{W}tblLook")
        bits = value(look, name="val")
        is_said = value(look, name="firstRow") in ("1", "true") or (
            re.fullmatch(r"[0-9A-Fa-f]{4}", bits) is not None and int(bits, 16) & 0x20
        )
        if is_said:
            properties = rows[0].find(f"{W}trPr")
            if properties is None:
                properties = etree.Element(f"{W}trPr")
                rows[0].insert(0, properties)
            etree.SubElement(properties, f"{W}tblHeader")


# ---- paragraphs


def _mark_paragraph(paragraph: DocxElement, settled: SettledDocument, numbers: ListNumbers, marks: Marks) -> None:
    language = mark_languages(paragraph, settled, marks.language, marks.languages)
    facts = paragraph_facts(paragraph, settled, numbers, language)
    for run in paragraph.iter(f"{W}r"):
        settle_emphasis(run, settled, is_heading=facts.level > 0 or facts.role in ("title", "subtitle"))
    properties = paragraph.find(f"{W}pPr")
    is_of_style = facts.level or settled.styles.role(paragraph)
    dropped = ("pStyle", "numPr") if is_of_style else ("numPr",) if facts.goes_on_at else ()
    if properties is not None:
        for name in dropped:
            for each in properties.findall(f"{W}{name}"):
                properties.remove(each)
    name = f"p{facts.number}"
    marks.blocks[name] = facts
    paragraph.insert(0 if properties is None else 1, _bookmark(name))


def style_map(marks: Marks) -> str:
    """What mammoth makes of lists, letters and languages; all else is a paragraph."""
    lines = []
    for level in range(1, 10):
        outer = "ul|ol > li > " * (level - 1)
        lines += [f"p:{kind}-list({level}) => {outer}{tag} > li:fresh" for kind, tag in _LISTS.items()]
    lines += [f"r.{LANGUAGE_STYLE}{tag} => span.lang-{tag}" for tag in sorted(marks.languages)]
    lines += [f"r.{id} => code" for id in sorted(marks.code) if re.fullmatch(r"[A-Za-z][\w-]*", id)]
    return "\n".join((*lines, "p => p:fresh", "small-caps => span.small-caps"))


_LISTS: Mapping[str, str] = {"unordered": "ul", "ordered": "ol"}
