"""Signatures: what a file is, by its first bytes, and how it should be named; for messages that are true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HEAD = 4096
"""Bytes at the beginning of a file that tell what it is."""
_AS_PICTURE = "Export it as JPEG, PNG or TIFF."


@dataclass(frozen=True)
class OtherFile:
    """A kind of file that is no picture that a book can take, with what to do."""

    id: str
    """Of the finding."""
    pattern: str
    what: str
    """Continues a sentence that begins with the file’s name."""
    remedy: str = _AS_PICTURE


_OTHERS = (
    OtherFile("photo-format", r"%PDF-", "is a PDF, which may have many pages.", "Export the page as PNG, or as SVG."),
    OtherFile(
        "photo-format",
        r"%!PS|\xc5\xd0\xd3\xc6",
        "is a PostScript file (EPS): a program, which only a PostScript interpreter can draw.",
        "Open it in a drawing program, and export it as SVG, or as PNG.",
    ),
    OtherFile("photo-format", r"\xff\x0a|\0\0\0\x0cJXL ", "is a JPEG XL picture, which is not taken."),
    OtherFile("photo-format", r"\x76\x2f\x31\x01|#\?(?:RADIANCE|RGBE)", "is a picture of light values (HDR)."),
    OtherFile("photo-format", r"8BPS\0\x02", "is a large Photoshop document (PSB), which is not taken."),
    OtherFile("photo-format", r"gimp xcf", "is a GIMP file of layers, which is not taken."),
    OtherFile("photo-format", r"P[1-7]\s", "is a portable bitmap (PNM), which is not taken."),
    OtherFile("photo-format", r"\0\0[\x01\x02]\0", "is an icon or a Targa picture, which is not taken."),
    OtherFile("photo-format", r"icns|DDS ", "is an icon or a texture, which is not taken."),
    OtherFile(
        "photo-format", r"\x0a[\0-\x05]\x01|qoif|\x01\xda[\0\x01]", "is a PCX, QOI or SGI picture, which is not taken."
    ),
    OtherFile("photo-format", r"\x28\0\0\0.{8}\x01\0", "is a bitmap without the head of its file (DIB)."),
    OtherFile("photo-format", r".{4}ftyp(?:qt  |isom|iso\d|mp4\d|M4V |3gp)", "is a film.", "Export one of its frames."),
    OtherFile("photo-format", r"PK\x03\x04", "is an archive or a document (ZIP).", "Take the picture out of it."),
    OtherFile(
        "photo-pointer",
        r"version https://git-lfs",
        "is only a note where its picture lies (Git LFS); the picture itself was not copied.",
        "Type: git lfs pull",
    ),
    OtherFile(
        "photo-fake",
        r"\s*(?:<!DOCTYPE html|<html|<\?xml)",
        "is a page of the web or another text, as a server sends it in place of a picture.",
        "Copy or export the picture again.",
    ),
)
_SIGNATURES = {
    "JPEG": r"\xff\xd8\xff",
    "PNG": r"\x89PNG",
    "TIFF": r"II[*+]\0|MM\0[*+]",
    "WebP": r"RIFF.{4}WEBP",
    "GIF": r"GIF8[79]a",
    "BMP": r"BM.{4}\0\0\0\0",
    "JPEG 2000": r"\0\0\0\x0cjP  \x0d\x0a|\xff\x4f\xff\x51",
    "Photoshop": r"8BPS\0\x01",
    "AVIF or HEIC": r".{4}ftyp(?:avi[fs]|hei[cxms]|hev[cx]|mif1|msf1)",
}
_ENDINGS = {
    "JPEG": ".jpg .jpeg .jpe .jfif .mpo",
    "MPO": ".jpg .jpeg .jpe .jfif .mpo",
    "PNG": ".png .apng",
    "TIFF": ".tif .tiff",
    "WEBP": ".webp",
    "GIF": ".gif",
    "AVIF": ".avif .avifs",
    "HEIF": ".heic .heif .hif",
    "BMP": ".bmp .dib",
    "JPEG2000": ".jp2 .j2k .jpf .jpx .j2c .jpc",
    "PSD": ".psd",
    "SVG": ".svg .svgz",
}
"""The endings of names by Pillow’s name of the format; the first is the usual one."""
_NAMES = {"MPO": "JPEG", "WEBP": "WebP", "HEIF": "HEIC", "JPEG2000": "JPEG 2000", "PSD": "Photoshop"}
_SVG = re.compile(rb"<(?:[\w.-]+:)?svg[\s>]")


def head_of(file: Path) -> bytes:
    """The first bytes of a file."""
    with file.open("rb") as data:
        return data.read(HEAD)


def is_drawing(file: Path) -> bool:
    """Whether a file is an SVG drawing, packed or not. A text that is called .svg is taken for one, though broken."""
    try:
        head = head_of(file)
    except OSError:
        return False
    if file.suffix.lower() in (".svg", ".svgz"):
        return not known_format(head)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_SVG.search(head)) and not _is_html(head)


def _is_html(head: bytes) -> bool:
    return bool(re.search(rb"<html|<!doctype html", head, re.IGNORECASE))


def known_format(head: bytes) -> str:
    """The format of a picture that Pillow could open, by its first bytes; “” for everything else."""
    return next((name for name, pattern in _SIGNATURES.items() if _begins(head, pattern)), "")


def other_file(head: bytes) -> OtherFile | None:
    """What a file is that is no picture of a format that is taken; None if that is not known."""
    return next((other for other in _OTHERS if _begins(head, other.pattern)), None)


def _begins(head: bytes, pattern: str) -> bool:
    return re.match(pattern.encode("latin-1"), head, re.DOTALL | re.IGNORECASE) is not None


def true_name(file: Path, form: str) -> tuple[str, str] | None:
    """The format of a file and a name for it, if its ending is that of another format; None if it is not."""
    ending = file.suffix.lower()
    own = _ENDINGS.get(form, "").split()
    if not own or ending in own or not any(ending in endings.split() for endings in _ENDINGS.values()):
        return None
    return _NAMES.get(form, form), file.stem + own[0]
