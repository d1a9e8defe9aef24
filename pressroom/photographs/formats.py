"""Formats: which files of pictures are taken in, and how each is opened. Told by what a file holds, not by its name."""

from __future__ import annotations

import contextlib
import struct
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PIL import ExifTags, Image, ImageFile, JpegImagePlugin, TiffImagePlugin, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF")
"""What Pillow opens by itself; HEIC comes with `pressroom[heic]`."""
_RAW = frozenset(
    ".cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .raf .orf .rw2 .dng .pef .srw .3fr .iiq .x3f .erf .mef".split()
)
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""Brands of ISO 23008-12, table of clause B.4."""
_DNG_VERSION = 50706
"""The tag that makes a TIFF a raw file (DNG 1.7, chapter 4)."""
_BROKEN = (
    OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    RuntimeError, struct.error,
)  # fmt: skip
"""What Pillow raises over directories that lead nowhere, and over pixels that are not there."""
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture of each orientation upright."""


AT_ONCE = 2
"""Pictures that are decoded side by side."""
Argument = TypeVar("Argument")
Result = TypeVar("Result")


class UnusableError(Exception):
    """Why a file cannot be printed, and what to do."""

    def __init__(self, id: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.id, self.message, self.remedy = id, message, remedy


@contextlib.contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """A picture, opened and not yet decoded. Raises UnusableError, also for what turns out while it is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bombs and broken EXIF are told as findings
            with Image.open(file, formats=_formats_for(file)) as picture:
                if isinstance(picture, TiffImagePlugin.TiffImageFile) and _DNG_VERSION in picture.tag_v2:
                    raise _raw(file)
                yield picture
    except (Image.DecompressionBombError, MemoryError):
        why = f"“{file.name}” has more pixels than any page can show, and would fill the memory."
        raise UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.") from None
    except UnidentifiedImageError:
        why = f"“{file.name}” is no picture, whatever its name says."
        raise UnusableError("photo-fake", why, f"Save it as one of: {', '.join(FORMATS)}.") from None
    except _BROKEN as fault:
        why = f"“{file.name}” is damaged ({fault}): part of the picture would be missing."
        raise UnusableError("photo-damaged", why, "Copy the photograph again.") from None


def _formats_for(file: Path) -> tuple[str, ...]:
    # A raw file holds a small JPEG, or calls itself a TIFF: what would open is not the photograph.
    if file.suffix.lower() in _RAW:
        raise _raw(file)
    with file.open("rb") as data:
        head = data.read(64)
    is_heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head
    if is_heic and not _with_heic():
        why = f"“{file.name}” is a HEIC photograph, as telephones take them; this machine cannot open it."
        raise UnusableError("photo-heic", why, "Type: pip install 'pressroom[heic]', or export the picture as JPEG.")
    return ("HEIF",) if is_heic else FORMATS


def _with_heic() -> bool:
    """Whether HEIC can be opened; the library is asked for only when such a file is there."""
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
    """How a camera was held (EXIF 3.0, tag 274): 1 to 8; 1, upright, where that is not told or cannot be read.

    Also 1 of what comes upright from its decoder, as a TIFF does. To be asked before the picture is decoded.
    """
    try:
        turned = int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return 1
    return turned if 1 <= turned <= 8 and not isinstance(picture, TiffImagePlugin.TiffImageFile) else 1


def interoperability_of(picture: Image.Image) -> str:
    """What a camera says of its colours where it embeds no profile (DCF 2.0): “R98”, “R03”; or nothing."""
    try:
        return str(picture.getexif().get_ifd(ExifTags.IFD.Interop).get(1, "")).strip("\0 ")
    except _BROKEN:
        return ""


def decode_smaller(picture: Image.Image, width: float, height: float) -> bool:
    """Have a JPEG decoded at a half, a quarter or an eighth, and not below this size; whether it will be.

    Other formats would bring up their thumbnail, which may show what was cut off or painted over since.
    """
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return False
    before = picture.size
    picture.draft(picture.mode, (max(1, round(width)), max(1, round(height))))
    return picture.size != before


def convertible(picture: Image.Image) -> Image.Image:
    """A picture in a mode from which Pillow gets to any other: 16 bits of grey, of which it would cut off what is above
    255, as 8; Lab as RGB; grey that is multiplied with its transparency as grey beside it.
    """
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = {"LAB": "RGB", "La": "LA"}.get(picture.mode)
    return picture.convert(mode) if mode else picture


def side_by_side(work: Callable[[Argument], Result], on: Iterable[Argument]) -> list[Result]:
    """Work on pictures, two at a time: Pillow decodes outside the interpreter’s lock; more would fill the memory."""
    with to_the_end(), ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, on))


@contextlib.contextmanager
def to_the_end() -> Iterator[None]:
    """Have Pillow refuse a picture that breaks off: the page engine, once it is loaded, tells it to be content."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
