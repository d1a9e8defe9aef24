"""Writing: drawn pages become one PDF, by the engine's own writer. It gets stand-ins that paint what was drawn.

A font becomes one subset for the whole file: several subsets under one tag print wrong glyphs (ISO 32000-1, 9.6.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint.pdf
from PIL import Image
from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import DiskCache, Document
from weasyprint.images import RasterImage, get_image_from_uri
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import ffi, harfbuzz
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from pressroom import drafts
from pressroom.typeset.drawn_pages import DEFAULT_SPACE, DrawnFont, DrawnForm, DrawnPage, DrawnUnit, PdfString, PdfValue
from pressroom.typeset.engine.cid_fonts import numbered_by_place

ffi.cdef("""
    hb_blob_t * hb_blob_create(const char *data, unsigned int length, int mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create(hb_blob_t *blob, unsigned int index);
""")
_READ_ONLY = 1
"""HB_MEMORY_MODE_READONLY: the bytes stay where they are, and nobody writes to them."""
_COUNTED = re.compile(rb"^/([sxp])(\d+) (gs|sh|Do|scn|SCN)$", re.MULTILINE)
"""An operator with a resource whose name the engine counts through the file."""
_KINDS = {b"gs": "ExtGState", b"sh": "Shading", b"Do": "XObject", b"scn": "Pattern", b"SCN": "Pattern"}
_COUNTED_NAME = re.compile(r"[sxp]\d+")


@dataclass(frozen=True)
class FileFacts:
    """What the file says of itself."""

    identifier: str
    title: str
    authors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    date: str
    """When its sources were changed, as W3C date."""
    language: str
    options: Mapping[str, Any] = field(default_factory=dict)
    """The standard that the engine writes itself."""


def write_pdf(
    file: Path,
    pages: Sequence[DrawnPage],
    units: Sequence[DrawnUnit],
    facts: FileFacts,
    fetcher: URLFetcher,
) -> None:
    """Write the PDF of drawn pages, not compressed: who finishes it reads all of it.

    It has the fonts of the units in reading order: a glyph means what it meant first.
    """
    fonts = _merged(units)
    metadata = DocumentMetadata(
        title=facts.title,
        authors=list(facts.authors),
        description=facts.description or None,
        keywords=list(facts.keywords),
        generator="Pressroom",
        created=facts.date,
        modified=facts.date,
        lang=facts.language,
    )
    with _structure_left_out(), drafts.scratch() as folder:  # pictures wait on disk
        open_picture = partial(_opened, _WaitingPictures(folder), fetcher)
        sheets = [_StandIn(page, fonts, open_picture) for page in pages]
        _, of_variant = VARIANTS.get(facts.options.get("pdf_variant", ""), (None, {}))
        document = Document(sheets, metadata, fetcher, FontConfiguration(), {}, of_variant.get("output_intent"))
        document.write_pdf(file, pdf_identifier=facts.identifier.encode(), uncompressed_pdf=True, **facts.options)


class _WaitingPictures(DiskCache):  # type: ignore[misc]  # as below
    """Pictures that wait on disk. The engine takes one that cannot be written there for a damaged one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder, self.refused = folder, list[OSError]()

    def __setitem__(self, key: str, value: object) -> None:
        try:
            with drafts.telling(self.folder):
                super().__setitem__(key, value)
        except OSError as fault:
            self.refused.append(fault)
            raise


def _opened(waiting: _WaitingPictures, fetcher: URLFetcher, *asked: Any, **more: Any) -> Any:
    """A picture as the engine opens it. Raises OSError where it cannot wait on disk."""
    picture = get_image_from_uri(waiting, fetcher, dict(DEFAULT_OPTIONS), *asked, **more)
    if picture is None and waiting.refused:
        raise waiting.refused[0]
    return picture


class _Font(Font):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A face as the writer wants it, made of values: no Pango is at hand here."""

    def __init__(self, drawn: DrawnFont, data: bytes) -> None:
        self.__dict__.update(deepcopy(dict(drawn.facts)))
        self.file_content = data
        self._buffer = ffi.from_buffer(data)
        blob = harfbuzz.hb_blob_create(self._buffer, len(data), _READ_ONLY, ffi.NULL, ffi.NULL)
        self.hb_face = harfbuzz.hb_face_create(blob, self.index)
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}
        self.missing: dict[int, int] = {}

    def learn(self, drawn: DrawnFont) -> None:
        """Add the glyphs that a unit shows; those known already keep their meaning."""
        self.widths |= {glyph: width for glyph, width in drawn.widths.items() if glyph not in self.widths}
        self.to_unicode |= {glyph: text for glyph, text in drawn.meanings.items() if glyph not in self.to_unicode}
        self.missing |= drawn.missing

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001 - the engine's signature
        """Cut the font down to the glyphs that the file shows."""
        super().clean(to_unicode, hinting)
        self.file_content = numbered_by_place(self.file_content)


def _merged(units: Sequence[DrawnUnit]) -> dict[int, _Font]:
    files = {digest: data for unit in units for digest, data in unit.font_files.items()}
    fonts: dict[int, _Font] = {}
    for drawn in (font for unit in units for font in unit.fonts):
        if drawn.key not in fonts:
            fonts[drawn.key] = _Font(drawn, files[drawn.file])
        fonts[drawn.key].learn(drawn)
    return fonts


class _StandIn:
    """A drawn page in the place of one of the engine's."""

    def __init__(self, page: DrawnPage, fonts: Mapping[int, _Font], open_picture: Any) -> None:
        self.page, self.fonts, self.open_picture = page, fonts, open_picture
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.anchors, self.bookmarks = page.anchors, page.bookmarks
        self.links = [(kind, target, area, SimpleNamespace()) for kind, target, area in page.links]
        self.forms: dict[Any, list[Any]] = {None: []}

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Put the page's operators into a stream of the file, and its resources among those of the file."""
        del scale  # it was drawn at the scale of the writer
        for key in self.page.fonts:
            stream._fonts.setdefault(key, self.fonts[key])
        self._add_pictures(stream)
        renamed = dict(_add_resources(stream, self.page.resources))
        operators = self.page.operators
        if renamed:
            operators = _COUNTED.sub(
                lambda found: (
                    f"/{renamed[_KINDS[found[3]], (found[1] + found[2]).decode()]} {found[3].decode()}".encode()
                ),
                operators,
            )
        if operators:
            stream.stream.append(operators)

    def _add_pictures(self, stream: Any) -> None:
        for use in self.page.pictures:
            if use.address:
                picture = self.open_picture(use.address)
            else:
                picture = RasterImage(Image.open(BytesIO(use.data)), use.name, use.data)
            if not use.in_form:
                stream.add_image(picture, use.interpolate, use.ratio)
                continue
            entry = {"image": picture, "interpolate": use.interpolate, "dpi_ratios": set(), "x_object": None}
            name = f"i{picture.id}{int(use.interpolate)}"
            stream._images.setdefault(name, entry)["dpi_ratios"].add(use.ratio)


def _add_resources(
    stream: Any, resources: Mapping[str, Mapping[str, PdfValue]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Add a page's resources to those of the file; yields the new names of those that the engine counts."""
    made: dict[int, Any] = {}
    for kind, held in resources.items():
        of_file = stream._resources[kind]
        for name, value in held.items():
            if not _COUNTED_NAME.fullmatch(name):
                of_file.setdefault(name, _pdf_object(value, stream, made))
                continue
            new = f"{name[0]}{len(of_file)}"
            of_file[new] = _pdf_object(value, stream, made)
            if hasattr(of_file[new], "id"):
                of_file[new].id = new
            yield (kind, name), new


def _pdf_object(value: PdfValue, stream: Any, made: dict[int, Any]) -> Any:
    """A value as an object of the writer's; a form becomes one stream, however often it is named."""
    if isinstance(value, DrawnForm):
        if id(value) not in made:
            made[id(value)] = _stream(value, stream, made)
        return made[id(value)]
    if isinstance(value, Mapping):
        return pydyf.Dictionary({name: _pdf_object(inner, stream, made) for name, inner in value.items()})
    if isinstance(value, list):
        return pydyf.Array([_pdf_object(inner, stream, made) for inner in value])
    if isinstance(value, PdfString):
        return pydyf.String(value.text)
    return stream._default_color_space if value == DEFAULT_SPACE else value


def _stream(form: DrawnForm, stream: Any, made: dict[int, Any]) -> Any:
    entries = _pdf_object(form.entries, stream, made)
    if form.resources is None:
        return pydyf.Stream([form.operators], entries, compress=stream.compress)
    resources = _pdf_object(form.resources, stream, made)
    resources["ColorSpace"] = stream._resources["ColorSpace"]
    entries["Resources"] = resources
    group = stream.clone(resources=resources, extra=entries)
    group.stream, group.id = [form.operators], form.name
    return group


@contextmanager
def _structure_left_out() -> Iterator[None]:
    """Keep the writer from making a structure tree: `tags` makes one, of the document instead of its boxes."""
    original = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = lambda pdf, *_: pdf.catalog.update(
        ViewerPreferences=pydyf.Dictionary({"DisplayDocTitle": "true"}), MarkInfo=pydyf.Dictionary({"Marked": "true"})
    )
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = original
