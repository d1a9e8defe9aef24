"""Formats: which picture files are accepted, and how each is opened. The content decides, not the file’s name."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PIL import (
    ExifTags,
    Image,
    ImageFile,
    JpegImagePlugin,
    PsdImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
)

from pressroom.machine.listening import listening
from pressroom.photographs import jpegs, signatures, tiffs

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "BMP", "JPEG2000", "PSD")
"""Formats that Pillow opens by itself; HEIC comes with `pressroom[heic]`. Of a PSD, it is the picture of all layers."""
_RAW = frozenset(
    ".cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .raf .orf .rw2 .dng .pef .srw .3fr .iiq .x3f .erf .mef".split()
)
_RAW_HEAD = re.compile(rb"II\*\0\x10\0\0\0CR|FUJIFILMCCD|IIR[OS]|MMOR|IIU\0|.{4}ftypcrx ", re.DOTALL)
"""How raw files begin: those of Canon, Fujifilm, Olympus and Panasonic."""
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""Brands of ISO 23008-12, table of clause B.4."""
_DNG_VERSION = 50706
"""The tag that makes a TIFF a raw file (DNG 1.7, chapter 4)."""
_PSD_VERSION = 1057
"""The resource of a Photoshop document that says whether it holds the picture of all layers."""
_BROKEN = (
    OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    RuntimeError, struct.error,
)  # fmt: skip
"""Exceptions that Pillow raises on broken directories and missing pixels."""
_NAMELESS = "tempfile.tif: "
"""What Pillow calls every TIFF file before its decoder."""
MOST_SIDE = 100_000
"""Pixels along a side: Pillow holds an entry for each row, and a line of 170,000,000 pixels takes 4 GB."""
AT_ONCE = 2
"""Pictures that are decoded at the same time."""
Argument = TypeVar("Argument")
Result = TypeVar("Result")


class UnusableError(Exception):
    """A picture file cannot be used: the id, message and remedy of the finding."""

    def __init__(self, id: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.id, self.message, self.remedy = id, message, remedy


@contextlib.contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """Open a picture, mostly without decoding it. Raises UnusableError, also for damage found while the caller decodes
    it.

    Of a TIFF, the first page is opened that is no thumbnail. A JPEG that lacks only its end marker is given one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oversized pictures and broken EXIF become findings
            with _opened(file) as picture:
                _check(picture, file)
                yield picture
    except (Image.DecompressionBombError, MemoryError):
        why = f"“{file.name}” has more pixels than any page can show, and more than fit into memory."
        raise UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.") from None
    except UnidentifiedImageError:
        raise _unidentified(file) from None
    except _BROKEN as fault:
        why = f"“{file.name}” is damaged ({fault}): part of the picture would be missing."
        raise UnusableError("photo-damaged", why, "Copy the photograph again.") from None


def _opened(file: Path) -> Image.Image:
    head = signatures.head_of(file)
    formats = _formats_for(file, head)
    whole = jpegs.completed(file.read_bytes()) if jpegs.lacks_end(file) else None
    try:
        return Image.open(io.BytesIO(whole) if whole else file, formats=formats)
    except UnidentifiedImageError:
        apart = tiffs.read_apart(file) if signatures.known_format(head) == "TIFF" else None
        if apart is None:
            raise
        return apart


def _check(picture: Image.Image, file: Path) -> None:
    """Turn to the page that is meant, and refuse a file that holds no finished picture, or a line of one."""
    if max(picture.size) > MOST_SIDE:
        why = f"“{file.name}” has {picture.width:,} × {picture.height:,} pixels; a side has at most {MOST_SIDE:,}."
        raise UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.")
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        if _DNG_VERSION in picture.tag_v2:
            raise _raw(file)
        tiffs.show_full_page(picture)
    if isinstance(picture, PsdImagePlugin.PsdImageFile):
        versions = [data for id, _, data in picture.resources if id == _PSD_VERSION]
        if versions and not versions[0][4]:
            why = f"“{file.name}” holds layers only; the picture that they make together is not in it."
            raise UnusableError("photo-format", why, "Save it with “Maximize compatibility”, or export a TIFF.")


def _unidentified(file: Path) -> UnusableError:
    """Why a file cannot be opened, and what it is instead, as far as its first bytes tell."""
    head = signatures.head_of(file)
    known, other = signatures.known_format(head), signatures.other_file(head)
    if known == "TIFF" and (kind := tiffs.kind_of(file)):
        why = f"“{file.name}” is a TIFF of a kind that cannot be read: {kind}."
        return UnusableError("photo-format", why, "Save it flat, in RGB or grey, with 8 or 16 bits and no compression.")
    if known == "Photoshop":
        why = f"“{file.name}” is a Photoshop document of a kind that cannot be read; only those of 8 bits can."
        return UnusableError("photo-format", why, "Export it as a TIFF, or in 8 bits.")
    if known:
        why = f"“{file.name}” begins like a picture ({known}), and cannot be read: its beginning is damaged."
        return UnusableError("photo-damaged", why, "Copy the photograph again.")
    if other:
        return UnusableError(other.id, f"“{file.name}” {other.what}", other.remedy)
    why = f"“{file.name}” is not a picture of any format that is known here, whatever its name says."
    return UnusableError("photo-fake", why, "Copy the photograph again, or export it as JPEG, PNG or TIFF.")


def _formats_for(file: Path, head: bytes) -> tuple[str, ...]:
    # A raw file embeds a small JPEG, or is a kind of TIFF: Pillow would open the preview, not the photograph.
    if file.suffix.lower() in _RAW or _RAW_HEAD.match(head):
        raise _raw(file)
    is_heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head[:64]
    if is_heic and not _with_heic():
        why = f"“{file.name}” is a HEIC photograph, as mobile phones take them; this installation cannot open it."
        raise UnusableError("photo-heic", why, "Type: pip install 'pressroom[heic]', or export the picture as JPEG.")
    return ("HEIF",) if is_heic else FORMATS


def _with_heic() -> bool:
    """Whether HEIC can be opened. The library is loaded only when such a file appears."""
    try:
        import pillow_heif  # noqa: PLC0415
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def _raw(file: Path) -> UnusableError:
    why = f"“{file.name}” is a camera’s raw file, which only the photographer can develop."
    return UnusableError("photo-raw", why, "Develop it in your photo program and export a JPEG or TIFF.")


def orientation_of(picture: Image.Image) -> int:
    """The orientation of a picture that is not yet decoded (EXIF 3.0, tag 274), from 1 to 8.

    It is 1, upright, where it is missing or cannot be read, and for a TIFF, which its decoder turns upright.
    """
    try:
        turned = int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return 1
    return turned if 1 <= turned <= 8 and not isinstance(picture, TiffImagePlugin.TiffImageFile) else 1


def interoperability_of(picture: Image.Image) -> str:
    """The colour space of a camera’s picture without a profile (DCF 2.0): “R98”, “R03”, or “”."""
    try:
        return str(picture.getexif().get_ifd(ExifTags.IFD.Interop).get(1, "")).strip("\0 ")
    except _BROKEN:
        return ""


def reduction_of(picture: Image.Image, share: float) -> int:
    """How many times smaller than in full a JPEG can be decoded: 8, 4, 2 or 1, but not below this share of its size.

    It is 1 for other formats: they would give their thumbnail, which may still show what was cropped or painted over
    later.
    """
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return 1
    times = min(side // max(1, round(side * share)) for side in picture.size)
    return next((each for each in (8, 4, 2) if each <= times), 1)


def decode_smaller(picture: Image.Image, times: int) -> None:
    """Have a JPEG that is not decoded yet decoded so many times smaller: 8, 4, 2 or 1."""
    if times > 1 and isinstance(picture, JpegImagePlugin.JpegImageFile):
        picture.draft(picture.mode, (max(1, picture.width // times), max(1, picture.height // times)))


def decode(picture: Image.Image) -> tuple[str, ...]:
    """Decode a picture, and return what its decoder complains of without giving up, as that of TIFF alone does."""
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        picture.load()
        return ()
    heard = list[str]()
    try:
        with listening() as heard:
            picture.load()
    except OSError as fault:
        raise OSError("; ".join(heard) or str(fault)) from None
    return tuple(line.removeprefix(_NAMELESS) for line in heard)


def convertible(picture: Image.Image) -> Image.Image:
    """A picture in a mode that Pillow can convert to any other.

    Grey of more than 8 bits becomes 8; Lab becomes RGB; grey with premultiplied alpha becomes grey with plain alpha.
    """
    if picture.mode[0] in "IF":
        return tiffs.in_eight_bits(picture)
    mode = {"LAB": "RGB", "La": "LA"}.get(picture.mode)
    return picture.convert(mode) if mode else picture


def side_by_side(work: Callable[[Argument], Result], on: Iterable[Argument]) -> list[Result]:
    """Work on two pictures at a time: Pillow decodes outside the interpreter’s lock, and more would fill the memory."""
    with refusing_truncated(), ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, on))


@contextlib.contextmanager
def refusing_truncated() -> Iterator[None]:
    """Have Pillow refuse a truncated picture. WeasyPrint, once loaded, makes Pillow accept it."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
