"""Fonts of a PDF: their names, their formats, and whether they are embedded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pikepdf

from pressroom.inspection.pdf_names import name_of

FontKind = Literal["TrueType", "Type 1", "CFF", "OpenType", "Type 3", "not embedded"]


@dataclass(frozen=True)
class Font:
    """A font as a page uses it."""

    name: str
    """Its PostScript name, without the tag of six letters that marks a subset."""
    kind: FontKind
    """The embedded font program (ISO 32000-1, 9.9). OpenType is a whole OpenType file, which needs PDF 1.6."""
    is_subset: bool
    has_unicode: bool
    """Whether its glyphs map to Unicode, so that text can be searched and read out."""

    @property
    def is_embedded(self) -> bool:
        """Whether the file holds its font program."""
        return self.kind != "not embedded"


def font_of(font: pikepdf.Object) -> Font:
    """The facts in a font dictionary."""
    inner = font.get("/DescendantFonts")
    described = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else font
    name = name_of(font.get("/BaseFont", font.get("/Name", "/unnamed")))
    is_subset = len(name) > 7 and name[6] == "+" and name[:6].isupper()
    return Font(name[7:] if is_subset else name, _kind(font, described), is_subset, _is_readable(font))


def _is_readable(font: pikepdf.Object) -> bool:
    """Whether a font maps its glyphs to letters, by ToUnicode or by an encoding of glyph names."""
    is_simple = name_of(font.get("/Subtype")) in ("TrueType", "Type1", "MMType1")
    return "/ToUnicode" in font or (is_simple and "/Encoding" in font)


def _kind(font: pikepdf.Object, described: pikepdf.Object) -> FontKind:
    if name_of(font.get("/Subtype")) == "Type3":
        return "Type 3"
    descriptor = described.get("/FontDescriptor")
    if not isinstance(descriptor, pikepdf.Dictionary):
        return "not embedded"
    if "/FontFile" in descriptor:
        return "Type 1"
    if "/FontFile2" in descriptor:
        return "TrueType"
    if "/FontFile3" in descriptor:
        return "OpenType" if name_of(descriptor["/FontFile3"].get("/Subtype")) == "OpenType" else "CFF"
    return "not embedded"
