"""Targets: each gives its input to one reader, which may refuse it in its own words; whatever else happens is wrong."""

from __future__ import annotations

import io
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError

from pressroom import inspection, photographs, production
from pressroom.design import font_files, fonts
from pressroom.errors import Finding, Place, PressroomError
from pressroom.importing import SourceKind, TextWishes, begin_with_text
from pressroom.photographs import drawings, plain_drawings
from pressroom.photographs.drawing_reading import UnfitDrawingError
from pressroom.photographs.metadata import read_metadata
from pressroom.photographs.xmp import read_packet
from pressroom.preflight import press

_FOLDER = Path(tempfile.mkdtemp(prefix="pressroom-fuzz-"))
"""Where inputs are laid that are read from files."""
_MOST_IN_SEGMENT = 65_500
"""Bytes that a segment of a JPEG holds, less what stands before them."""
_IMAGE_FAULTS = (UnidentifiedImageError, OSError, Image.DecompressionBombError)


def manuscript(data: bytes) -> None:
    """A chapter."""
    root = _publication({"book/publication.yaml": b"title: T\nlanguage: en\n", "book/a.md": data})
    _check_findings(production.check(production.Order(root, keeps=False)).findings)


def settings(data: bytes) -> None:
    """A publication.yaml."""
    root = _publication({"book/publication.yaml": data, "book/a.md": b"# A\n\nText.\n"})
    _check_findings(production.check(production.Order(root, keeps=False)).findings)


def xmp(data: bytes) -> None:
    """A packet of XMP, as it stands in a picture."""
    read_packet(data, "en")
    _read_picture(_jpeg(b"\xff\xe1", b"http://ns.adobe.com/xap/1.0/\0", data))


def iim(data: bytes) -> None:
    """A record of IIM."""
    data = data[:_MOST_IN_SEGMENT]
    head = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data))
    _read_picture(_jpeg(b"\xff\xed", b"Photoshop 3.0\0" + head, data + b"\0" * (len(data) % 2)))


def exif(data: bytes) -> None:
    """The EXIF of a picture."""
    _read_picture(_jpeg(b"\xff\xe1", b"Exif\0\0", data))


def drawing(data: bytes) -> None:
    """An SVG drawing."""
    try:
        cleaned = drawings.clean(data).data
    except UnfitDrawingError:
        return
    assert drawings.clean(cleaned).data == cleaned, "a cleaned drawing is not clean"
    plain_drawings.facts_of(cleaned)


def font(data: bytes) -> None:
    """A font in assets/fonts."""
    file = _laid("font.otf" if data.startswith(b"OTTO") else "font.ttf", data)
    for kept in (font_files.face_in, font_files.fault_in, fonts.cut, fonts.advances, fonts.ink, fonts.code_points):
        kept.cache_clear()
    face = font_files.face_in(file)
    if font_files.fault_in(file):
        return
    assert face, "a sound font has no face"
    fonts.cut(face)
    fonts.ink(face, "Hamburgefonstiv")
    fonts.code_points(file)


def pdf(data: bytes) -> None:
    """A finished PDF of others, and every check of it."""
    try:
        facts = inspection.inspect(data, photographs.ink_of_jpeg)
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return
    _check_findings(press.check_finished(press.PressFile(facts, Place("file.pdf"), None)))


def imported(data: bytes) -> None:
    """A text of another program; its first byte tells which."""
    kinds = [*_SOURCES]
    kind = kinds[data[0] % len(kinds)] if data else kinds[0]
    name, pack = _SOURCES[kind]
    source = _laid(name, pack(data[1:]))
    try:
        begin_with_text(Path(tempfile.mkdtemp(dir=_FOLDER), "book"), source, kind, TextWishes(), {})
    except PressroomError as fault:
        _check_findings(fault.findings)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (manuscript, settings, xmp, iim, exif, drawing, font, pdf, imported)
}


def _publication(files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        _laid(f"publication/{name}", data)
    return _FOLDER / "publication"


def _laid(name: str, data: bytes) -> Path:
    file = _FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def _check_findings(findings: Iterable[Finding]) -> None:
    """Whoever reads a finding learns where it is, and what to do."""
    for finding in findings:
        assert finding.place.file, finding
        assert finding.message, finding
        assert finding.remedy or finding.severity == "advice", finding


def _jpeg(marker: bytes, head: bytes, data: bytes) -> bytes:
    """A small JPEG with one segment more."""
    body = head + data[: _MOST_IN_SEGMENT - len(head)]
    return _PICTURE[:2] + marker + struct.pack(">H", len(body) + 2) + body + _PICTURE[2:]


def _small_picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG")
    return made.getvalue()


_PICTURE = _small_picture()


def _read_picture(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(data))
        except _IMAGE_FAULTS:
            return
        with picture:
            read_metadata(picture, "en")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


_CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
    b'full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_PACKAGE = (
    b'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>en</dc:language></metadata>'
    b'<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="a"/></spine></package>'
)
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_PARTS = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="' + _RELATIONS + b'/officeDocument" Target="word/document.xml"/></Relationships>',
}


@dataclass(frozen=True)
class _Packed:
    """Makes a file of a format from its main text."""

    main: str
    parts: Mapping[str, bytes]

    def __call__(self, text: bytes) -> bytes:
        return _zipped({**self.parts, self.main: text})


_SOURCES: Mapping[SourceKind, tuple[str, Callable[[bytes], bytes]]] = {
    SourceKind.WEB_PAGE: ("page.html", lambda text: text),
    SourceKind.EBOOK: ("book.epub", _Packed("a.xhtml", {"META-INF/container.xml": _CONTAINER, "b.opf": _PACKAGE})),
    SourceKind.OPEN_DOCUMENT: (
        "text.odt",
        _Packed("content.xml", {"mimetype": b"application/vnd.oasis.opendocument.text"}),
    ),
    SourceKind.WORD: ("text.docx", _Packed("word/document.xml", _WORD_PARTS)),
    SourceKind.MARKDOWN: ("text.md", lambda text: text),
    SourceKind.TEXT_GALLERY: ("gallery.txt", lambda text: text),
}
SOURCE_KINDS = tuple(_SOURCES)
"""The kinds of `imported`, in the order of its first byte."""
