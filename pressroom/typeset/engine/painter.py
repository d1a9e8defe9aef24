"""Painting: a page of the engine becomes a `DrawnPage`. A page has resources of its own, so that it can be moved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import get_pango_font_key

from pressroom.typeset.drawn_pages import (
    DEFAULT_SPACE,
    DrawnFont,
    DrawnForm,
    DrawnPage,
    PdfString,
    PdfValue,
    PictureUse,
)
from pressroom.typeset.engine.glyph_meanings import letters_in, meanings
from pressroom.typeset.engine.line_spacing import rounded

_PT_PER_PX = 0.75
_RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")
_LIVE = frozenset(["hb_font", "hb_face", "file_content", "widths", "to_unicode", "missing"])
"""Attributes of a font that are objects of Pango and HarfBuzz, or that `DrawnFont` holds under names of its own."""
_LAST_GLYPH = 0xFFFF
_FINE = re.compile(rb">(-?\d+\.\d{3})\d+")
"""A space between glyphs, in thousandths of an em, that is finer than any device."""
_EMPTY = re.compile(rb"(?<=[\[\d])<>(?=-?\d)")
"""A string without glyphs: the engine writes one behind each glyph that it raises. PDFium counts it, and loses the
last space of its array for it: in browsers, lines of Arabic ended up to 6 pt beside their edge.
"""


class Painter:
    """Paints the pages of one unit. Its fonts are its own: what it paints does not depend on other units."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self.addresses = addresses
        """The addresses of pictures, by the engine's names for them."""
        self.font_files: dict[str, bytes] = {}
        self._fonts: dict[int, _Face] = {}

    def paint(self, page: Any, marks: dict[Any, Any]) -> DrawnPage:
        """Paint a page. `marks` takes the marked content of its boxes."""
        canvas = _Canvas.of(page, self._fonts, marks, self.addresses)
        prelude = len(canvas.stream)
        _place_links(page)
        with rounded():
            page.paint(canvas, _PT_PER_PX)
        forms: dict[int, DrawnForm] = {}
        held = {
            kind: {name: _plain(value, forms) for name, value in canvas._resources[kind].items() if value is not None}
            for kind in _RESOURCES
        }
        return DrawnPage(
            width=page.width,
            height=page.height,
            bleed=dict(page.bleed),
            operators=_shortened(canvas.stream[prelude:]),
            fonts=tuple(canvas.fonts_used),
            pictures=tuple(canvas.pictures_used),
            resources=held,
            anchors={name: tuple(place) for name, place in page.anchors.items()},
            links=tuple((kind, target, tuple(area)) for kind, target, area, _ in page.links),
            bookmarks=tuple((level, label, tuple(place), state) for level, label, place, state in page.bookmarks),
        )

    def fonts(self) -> tuple[DrawnFont, ...]:
        """The fonts of all pages that were painted."""
        return tuple(self._font(key, font) for key, font in self._fonts.items())

    def _font(self, key: int, font: _Face) -> DrawnFont:
        data = bytes(font.file_content)
        digest = hashlib.sha256(data).hexdigest()
        self.font_files[digest] = data
        facts = {name: value for name, value in vars(font).items() if name not in _LIVE}
        meant = meanings(font.to_unicode, partial(letters_in, data, font.index))
        return DrawnFont(key, digest, facts, dict(font.widths), meant, dict(font.missing))


class _Face(Font):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A font whose stand-ins for missing glyphs are the same in every unit: the engine numbers them as they come."""

    def get_unused_glyph_id(self, codepoint: int) -> int:
        """The glyph that stands for a letter which the font lacks."""
        beyond = self.glyph_count + codepoint % max(1, _LAST_GLYPH - self.glyph_count)
        return int(self.missing.setdefault(codepoint, beyond))


class _Canvas(Stream):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A content stream that notes which fonts and pictures it uses."""

    fonts_used: dict[int, None]
    pictures_used: list[PictureUse]
    addresses: Mapping[str, str]
    is_form = False

    @classmethod
    def of(cls, page: Any, fonts: dict[int, _Face], marks: dict[Any, Any], addresses: Mapping[str, str]) -> _Canvas:
        """An empty canvas for a page, with the first matrix of the engine's writer."""
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in _RESOURCES} | {"ColorSpace": None})
        width = page.width + page.bleed["left"] + page.bleed["right"]
        height = page.height + page.bleed["top"] + page.bleed["bottom"]
        area = (-page.bleed["left"], -page.bleed["top"], width, height)
        canvas = cls(fonts, area, resources, {}, marks, {}, None, compress=False)
        canvas.fonts_used, canvas.pictures_used, canvas.addresses = {}, [], addresses
        canvas.transform(d=-1, f=page.height * _PT_PER_PX)
        return canvas

    def clone(self, **more: Any) -> _Canvas:
        """A form of the page, which notes what it uses in the same lists."""
        made: _Canvas = super().clone(**more)
        made.__class__ = _Canvas
        made.fonts_used, made.pictures_used, made.addresses = self.fonts_used, self.pictures_used, self.addresses
        made.is_form = True
        return made

    def add_font(self, pango_font: Any) -> tuple[_Face, float]:
        """The font of Pango's, and its size."""
        key, description, size = get_pango_font_key(pango_font)
        if key not in self._fonts:
            self._fonts[key] = _Face(pango_font, description, size)
        self.fonts_used.setdefault(key)
        return self._fonts[key], size

    def add_image(self, image: Any, interpolate: Any, ratio: float) -> str:
        """The name of a picture on the page."""
        address = self.addresses.get(image.id, "")
        data = b"" if address else bytes(image.image_data.data)
        self.pictures_used.append(PictureUse(image.id, address, data, bool(interpolate), ratio, self.is_form))
        return str(super().add_image(image, interpolate, ratio))

    @property
    def _default_color_space(self) -> str:
        return DEFAULT_SPACE


def _place_links(page: Any) -> None:
    """Give the boxes of links their areas in pt, from the lower left corner: the engine's writer does, at writing."""
    matrix = Matrix(_PT_PER_PX, 0, 0, -_PT_PER_PX, 0, page.height * _PT_PER_PX)
    for kind, _, area, box in page.links:
        if kind in ("internal", "external"):
            corners = (*matrix.transform_point(*area[:2]), *matrix.transform_point(*area[2:]))
            box.link_annotation = {"Rect": corners}


def _plain(value: Any, forms: dict[int, DrawnForm]) -> PdfValue:
    """An object of the writer's as a value. A stream becomes one form, however often it is named."""
    if isinstance(value, pydyf.Stream):
        if id(value) not in forms:
            forms[id(value)] = _form(value, forms)
        return forms[id(value)]
    if isinstance(value, dict):
        return {name: _plain(inner, forms) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, forms) for inner in value]
    return PdfString(value.string) if isinstance(value, pydyf.String) else value


def _form(stream: pydyf.Stream, forms: dict[int, DrawnForm]) -> DrawnForm:
    is_group = isinstance(stream, Stream)
    entries = {
        name: None if is_group and name == "Resources" else _plain(value, forms) for name, value in stream.extra.items()
    }
    resources = _plain(stream._resources, forms) if is_group else None
    operators = _shortened(stream.stream) if is_group else _joined(stream.stream)
    return DrawnForm(operators, entries, resources, getattr(stream, "id", ""))


def _joined(operators: list[Any]) -> bytes:
    return b"\n".join(pydyf._to_bytes(operator) for operator in operators)


def _shortened(operators: list[Any]) -> bytes:
    """Operators with glyphs in one string that have no space between them: the engine writes each in one of its own,
    which doubles the content of a page for everybody who reads it.
    """
    return _EMPTY.sub(b" ", _FINE.sub(rb">\1", _joined(operators).replace(b">0<", b"")))
