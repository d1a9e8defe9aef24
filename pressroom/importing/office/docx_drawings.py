"""Drawings in a Word document: pictures with their alt text, and what is drawn without being one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pressroom.importing.office.block_facts import UNPRINTED
from pressroom.importing.office.docx_package import PIC, WP, A, DocxElement, DocxPackage, R, W, text_in
from pressroom.language.automatic_alt import without_automatic

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_VECTOR = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
"""A drawing as SVG, beside the pixels that older programs show."""
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_GRAPHICS = {"chart": "import-chart", "chartex": "import-chart", "diagram": "import-smart-art"}


@dataclass(frozen=True)
class DocxPicture:
    """A picture at its place in the text."""

    source: str
    """Its part: “word/media/image1.png”; the address of one outside."""
    alt: str
    is_decorative: bool = False
    is_outside: bool = False
    size: tuple[float, float] = (0, 0)
    """Its width and height in pixels of CSS; 0 where the document does not say them."""
    crop: str = ""
    """The part of it that Word shows, as our `crop` says it; “” for all."""

    @property
    def name(self) -> str:
        """The name of its file."""
        return posixpath.basename(self.source.replace("\\", "/"))

    @property
    def is_unprinted(self) -> bool:
        """Whether it is in a format that cannot be printed."""
        return self.name.lower().endswith(UNPRINTED)


@dataclass(frozen=True)
class DocxDrawing:
    """A w:drawing, w:pict or w:object: the pictures in it, and the id of a remark for anything else."""

    pictures: tuple[DocxPicture, ...] = ()
    other: str = ""
    words: str = ""
    alt: str = ""
    is_rule: bool = False
    """Whether it is nothing but a line across the page."""


def read_drawing(drawing: DocxElement, package: DocxPackage, part: str) -> DocxDrawing:
    """What a drawing shows."""
    targets = package.targets(part)

    def target(id: str) -> tuple[str, bool]:
        return targets.get(id, ("", False))

    pictures = (*_pictures(drawing, target), *_vml_pictures(drawing, target))
    graphics = (each.get("uri", "").rstrip("/").rpartition("/")[2] for each in drawing.iter(f"{A}graphicData"))
    other = next((_GRAPHICS[name] for name in graphics if name in _GRAPHICS), "")
    if drawing.tag == f"{W}object":
        other = "import-embedded"
    if not pictures and not other and next(drawing.iter(f"{W}txbxContent"), None) is None:
        other = "import-shape" if not _is_line(drawing) else ""
    frame = next(drawing.iter(f"{WP}docPr"), None)
    alt = _alt([frame]) if frame is not None and not pictures else ""
    name = frame.get("name", "") if frame is not None and other == "import-shape" else ""
    program = next((each.get("ProgID", "") for each in drawing.iter(f"{_OFFICE}OLEObject")), "")
    words = _words(drawing, package, target) or alt or name or program
    return DocxDrawing(pictures, other, words, alt, not pictures and _is_line(drawing))


def _pictures(drawing: DocxElement, target: Callable[[str], tuple[str, bool]]) -> Iterator[DocxPicture]:
    for picture in drawing.iter(f"{PIC}pic"):
        blip = next(picture.iter(f"{A}blip"), None)
        if blip is None:
            continue
        vector = next((each.get(f"{R}embed") for each in blip.iter(_VECTOR)), None)
        source, is_outside = target(vector or blip.get(f"{R}embed") or blip.get(f"{R}link") or "")
        frame = next(drawing.iter(f"{WP}docPr"), None)
        own = next(picture.iter(f"{PIC}cNvPr"), None)
        told = [each for each in (frame, own) if each is not None]
        is_decorative = any(each.get("val", "1") != "0" for every in told for each in every.iter(_DECORATIVE))
        cut = next(picture.iter(f"{A}srcRect"), None)
        crop = _crop(cut) if cut is not None else ""
        alt = "" if is_decorative else _alt(told)
        yield DocxPicture(source, alt, is_decorative, is_outside, _size(drawing), crop)


def _size(drawing: DocxElement) -> tuple[float, float]:
    extent = next(drawing.iter(f"{WP}extent"), None)
    sides = [extent.get(name, "") if extent is not None else "" for name in ("cx", "cy")]
    width, height = (int(side) / _PER_PIXEL if side.isdecimal() else 0.0 for side in sides)
    return width, height


_PER_PIXEL = 9525
"""English Metric Units."""


def _crop(cut: DocxElement) -> str:
    """What is left of a picture of which a part is cut off at each side, in thousandths of a per cent."""
    sides = (re.fullmatch(r"(\d+)(%?)", cut.get(side, "0")) for side in "ltrb")
    left, top, right, bottom = (
        float(match[1]) / (1 if match[2] else 1000) if match else 0.0 for match in sides
    )  # less than nothing is room around the picture
    width, height = 100 - left - right, 100 - top - bottom
    is_cut = (left, top, right, bottom) != (0, 0, 0, 0) and width > 1 and height > 1
    return " ".join(f"{round(share, 2):g}%" for share in (left, top, width, height)) if is_cut else ""


def _alt(told: list[DocxElement]) -> str:
    """The alt text, without the sentence that Word adds to one that it has guessed."""
    found = next(filter(None, (each.get("descr", "").strip() for each in told)), "")
    found = found or next(filter(None, (each.get("title", "").strip() for each in told)), "")
    return without_automatic(found)


def _vml_pictures(drawing: DocxElement, target: Callable[[str], tuple[str, bool]]) -> Iterator[DocxPicture]:
    for data in drawing.iter(f"{_VML}imagedata"):
        shape = data.getparent()
        source, is_outside = target(data.get(f"{R}id", ""))
        alt = (shape.get("alt", "") if shape is not None else "") or data.get(f"{_OFFICE}title", "")
        if source:
            yield DocxPicture(source, " ".join(alt.split()), is_outside=is_outside)


def _is_line(drawing: DocxElement) -> bool:
    """Whether a drawing is nothing but a rule, as Word draws one for three hyphens."""
    return next(drawing.iter(f"{_VML}line"), None) is not None or any(
        each.get(f"{_OFFICE}hr") for each in drawing.iter(f"{_VML}rect")
    )


def _words(drawing: DocxElement, package: DocxPackage, target: Callable[[str], tuple[str, bool]]) -> str:
    """The words of a diagram or a chart."""
    found = [text_in(drawing)] if next(drawing.iter(f"{W}t"), None) is not None else []
    for each in drawing.iter():
        for name in ("dm", "id"):
            part, is_outside = target(each.get(f"{R}{name}", ""))
            root = package.part(part) if part.endswith(".xml") and not is_outside else None
            if root is not None:
                found += [(text.text or "").strip() for text in root.iter(f"{A}t")]
                labels = (text for cache in root.iter(f"{_CHART}strCache") for text in cache.iter(f"{_CHART}v"))
                found += [(text.text or "").strip() for text in labels]
    return ", ".join(dict.fromkeys(filter(None, found)))
