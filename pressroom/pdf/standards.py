"""Standards: the claims, metadata and output intent of a PDF/X (ISO 15930) or PDF/A (ISO 19005).

A PDF/X is made here from the engine’s plain PDF, because the engine’s own ones have random identifiers and the time of
the clock. A PDF/A-2u is the engine’s own, with the publication’s printing condition where it has one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from pressroom.design import Composition
from pressroom.errors import Finding, Place, error
from pressroom.photographs import Profile

_COMPONENTS = {"gray": 1, "rgb": 3, "cmyk": 4}
_CLASS = slice(12, 16)
"""The device class of an ICC profile (ICC.1, 7.2.7): “prtr” is a printing condition, “mntr” a screen."""


@dataclass(frozen=True)
class PdfX:
    """One version of PDF/X."""

    pdf: str
    """The version of PDF that it needs."""
    version: str
    """GTS_PDFXVersion, its claim."""
    conformance: str = ""
    """GTS_PDFXConformance, which only PDF/X-1a:2001 has."""
    opaque: bool = True
    """Whether transparency is forbidden."""


_FORMS = {
    "PDF/X-4": PdfX("1.6", "PDF/X-4", opaque=False),  # ISO 15930-7
    "PDF/X-3": PdfX("1.4", "PDF/X-3:2003"),  # ISO 15930-6
    "PDF/X-1a": PdfX("1.4", "PDF/X-1a:2003"),  # ISO 15930-4
}
_OLDEST = {
    "PDF/X-3": PdfX("1.3", "PDF/X-3:2002"),  # ISO 15930-3
    "PDF/X-1a": PdfX("1.3", "PDF/X-1:2001", "PDF/X-1a:2001"),  # ISO 15930-1
}


def pdfx_of(composition: Composition) -> PdfX | None:
    """The version of PDF/X that an edition must have, as its printer wants it; None for another standard or none."""
    oldest = composition.rules.oldest if composition.rules else None
    forms = _FORMS | _OLDEST if oldest and oldest.value else _FORMS
    return forms.get(composition.page.standard or "")


def faults(composition: Composition) -> Iterator[Finding]:
    """What keeps an edition from meeting its standard, as far as that is known before it is laid out."""
    edition, profile = composition.page, composition.profile
    if pdfx_of(composition) is None:
        return
    place = Place(f"the edition “{composition.name}”")
    remedy = "Name the condition of your printer’s press, such as profile: coated-fogra39."
    if profile is None:
        why = f"{edition.standard} has to say for which ink and paper it was made, and this edition names none."
        yield error("profile-needed", place, why, remedy)
    elif profile.data[_CLASS] != b"prtr" or (profile.space == "rgb" and edition.standard == "PDF/X-1a"):
        why = f"{edition.standard} is made for ink on paper, and “{profile.name}” is no profile of a press for it."
        yield error("profile-not-press", place, why, f"{remedy} Without one, take standard: out.")


def claim(pdf: pikepdf.Pdf, composition: Composition, modified: dt.datetime, file: Path) -> None:
    """Write the claims of a PDF into it. Its identifiers are the edition’s, and a hash of the `file` before."""
    edition, profile = composition.page, composition.profile
    form = pdfx_of(composition)
    if form:
        _claim_in_xmp(pdf, form, composition, modified, file)
        _claim_in_info(pdf, form, modified)
    if profile and (edition.for_press or edition.standard == "PDF/A-2u"):
        kind = Name.GTS_PDFA1 if edition.standard == "PDF/A-2u" else Name.GTS_PDFX
        pdf.Root.OutputIntents = Array([_intent(pdf, profile, kind)])


def _claim_in_info(pdf: pikepdf.Pdf, form: PdfX, modified: dt.datetime) -> None:
    info = pdf.docinfo
    info.Trapped = Name("/False")
    info.CreationDate = info.ModDate = String(f"D:{modified.astimezone(dt.UTC):%Y%m%d%H%M%S}+00'00'")
    if form.opaque:
        info.GTS_PDFXVersion = String(form.version)
    if form.conformance:
        info.GTS_PDFXConformance = String(form.conformance)


def _claim_in_xmp(pdf: pikepdf.Pdf, form: PdfX, composition: Composition, modified: dt.datetime, file: Path) -> None:
    """Repeat the claims in XMP (ISO 15930-7, 6.7): readers of PDF/X-4 look here, those of the others in both places."""
    document = uuid.uuid5(uuid.NAMESPACE_URL, composition.publication.settings.identifier(composition.name))
    with file.open("rb") as content:
        instance = uuid.uuid5(document, hashlib.file_digest(content, "sha256").hexdigest())
    date = f"{modified.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo)
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = date
        xmp["xmpMM:DocumentID"], xmp["xmpMM:InstanceID"] = f"uuid:{document}", f"uuid:{instance}"
        xmp["xmpMM:VersionID"], xmp["xmpMM:RenditionClass"] = "1", "default"
        xmp["pdf:Trapped"] = "False"
        xmp["pdfx:GTS_PDFXVersion" if form.opaque else "pdfxid:GTS_PDFXVersion"] = form.version
        if form.conformance:
            xmp["pdfx:GTS_PDFXConformance"] = form.conformance


def _intent(pdf: pikepdf.Pdf, profile: Profile, kind: Name) -> Dictionary:
    """The printing condition that the file was made for (ISO 32000-1, 14.11.5)."""
    stream = pdf.make_stream(profile.data)
    stream.N = _COMPONENTS[profile.space]
    intent = Dictionary(Type=Name.OutputIntent, S=kind, DestOutputProfile=stream)
    intent.OutputConditionIdentifier = String(profile.identifier)
    intent.OutputCondition = intent.Info = String(profile.condition)
    if profile.registry:
        intent.RegistryName = String(profile.registry)
    return intent


def plain_fonts(pdf: pikepdf.Pdf) -> None:
    """Embed the bare CFF outlines of OpenType fonts: OpenType files need PDF 1.6 (ISO 32000-1, 9.9)."""
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Subtype") != Name.CIDFontType0:
            continue
        if "/CIDToGIDMap" in font:
            del font.CIDToGIDMap  # only TrueType fonts may have it
        descriptor = font.FontDescriptor
        if descriptor.FontFile3.get("/Subtype") == Name.OpenType:
            with TTFont(io.BytesIO(descriptor.FontFile3.read_bytes()), lazy=True) as whole:
                bare = pdf.make_stream(whole.reader["CFF "])
            bare.Subtype = Name.CIDFontType0C
            descriptor.FontFile3 = bare
