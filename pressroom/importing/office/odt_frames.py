"""Frames of an OpenDocument text: pictures with their alt text, formulas, and what is drawn without being one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pressroom.errors import Severity
from pressroom.importing.figures_of_html import SIGN
from pressroom.importing.html_tree import take_out
from pressroom.importing.office.block_facts import UNPRINTED
from pressroom.importing.office.captioning import FLOATING
from pressroom.importing.office.odt_package import DRAW, FO, SVG, TEXT, XLINK, OdtElement, become, unwrap
from pressroom.importing.office.odt_settling import DRAWINGS, PARAGRAPHS, SettledText, all_words, millimetres
from pressroom.language.automatic_alt import without_automatic
from pressroom.whereabouts import leads_out

_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_PER_MILLIMETRE = 96 / 25.4


def write_frames(root: OdtElement, settled: SettledText) -> dict[str, bytes]:
    """Write pictures and formulas in their places; the bytes of pictures by their names in the document."""
    pictures: dict[str, bytes] = {}
    for link in [*root.iter(f"{DRAW}a")]:
        settled.remark("import-picture-link", Severity.ADVICE, link, link.get(f"{XLINK}href", ""))
        unwrap(link)
    for drawing in [*root.iter(*DRAWINGS)]:
        if next(drawing.iterancestors(*DRAWINGS), None) is None:
            _write_drawing(drawing, settled, pictures)
    for holder in [*root.iterchildren("img")]:
        paragraph = etree.Element("p")
        holder.addprevious(paragraph)
        paragraph.append(holder)
    return pictures


def _write_drawing(drawing: OdtElement, settled: SettledText, pictures: dict[str, bytes]) -> None:
    """Write what a drawing shows: its formula, or its pictures, of which a group may have several."""
    formula = _formula(drawing, settled)
    made = [formula] if formula is not None else [*_pictures(drawing, settled, pictures)]
    if not made:
        settled.remark("import-shape", Severity.WARNING, drawing, all_words(drawing) or _alt(drawing) or _name(drawing))
    elif formula is None and next(drawing.iter(f"{DRAW}object"), None) is not None:
        settled.remark("import-embedded", Severity.WARNING, drawing, _alt(drawing) or _name(drawing))
    for each in made:
        drawing.addprevious(each)
    take_out(drawing)


def _pictures(drawing: OdtElement, settled: SettledText, pictures: dict[str, bytes]) -> Iterator[OdtElement]:
    """The pictures in a drawing. A frame that has one in several formats shows the first that can be printed."""
    for frame in [drawing, *drawing.iterdescendants(*DRAWINGS)]:
        sources = [each.get(f"{XLINK}href", "").removeprefix("./") for each in frame.iterchildren(f"{DRAW}image")]
        if not sources:
            continue
        source = next((each for each in sources if not each.lower().endswith(UNPRINTED)), sources[0])
        picture = etree.Element("img", {"src": source, "alt": _alt(frame) or _alt(drawing)})
        sides = [millimetres(frame.get(f"{SVG}{side}", "")) * _PER_MILLIMETRE for side in ("width", "height")]
        if 0 < max(sides) <= SIGN:
            picture.attrib.update({"width": str(round(sides[0])), "height": str(round(sides[1]))})
        if drawing.get(f"{TEXT}anchor-type", "as-char") != "as-char":
            picture.set(FLOATING, "1")
        if (data := _bytes(source, settled)) is not None:
            pictures[source] = data
        clip = settled.package.styles.said("graphic", frame.get(f"{DRAW}style-name", ""), f"{FO}clip")
        if re.search(r"[1-9]", clip):
            settled.remark("import-picture-clipped", Severity.ADVICE, drawing, posixpath.basename(source))
        yield picture


def _bytes(source: str, settled: SettledText) -> bytes | None:
    """A picture in the document, or one beside it to which it leads: “../boats.jpg” is that, seen from inside."""
    if settled.package.archive.has(source):
        return settled.package.archive.read(source)
    if not source.startswith("../"):
        return None
    folder = Path(settled.source).parent
    file = folder / source.removeprefix("../")
    return file.read_bytes() if file.is_file() and not leads_out(file, folder) else None


def _alt(frame: OdtElement) -> str:
    said = ((frame.findtext(f"{SVG}{name}") or "").strip() for name in ("desc", "title"))
    return without_automatic(next(filter(None, said), ""))


def _name(frame: OdtElement) -> str:
    """What a drawing is called, so that a person finds it."""
    return frame.get(f"{DRAW}name", "") or etree.QName(frame).localname


def _formula(frame: OdtElement, settled: SettledText) -> OdtElement | None:
    """The formula in a frame as MathML, set apart where it is alone in its paragraph: programs say that of each."""
    for each in frame.iter(f"{DRAW}object"):
        math = next(each.iter(_MATH), None)
        name = f"{each.get(f'{XLINK}href', '').removeprefix('./').rstrip('/')}/content.xml"
        if math is None and settled.package.archive.has(name):
            math = settled.package.archive.read_xml(name)
        if math is None or math.tag != _MATH:
            continue
        paragraph = next(frame.iterancestors(*PARAGRAPHS), None)
        is_alone = (
            paragraph is not None
            and all_words(paragraph) == all_words(frame)
            and sum(1 for _ in paragraph.iter(*DRAWINGS)) == 1
        )
        become(math, "math", {"display": "block"} if is_alone else {})
        math.tail = None
        return math
    return None
