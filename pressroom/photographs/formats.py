"""Formats: which picture files are accepted, and how each is opened. The content decides, not the file’s name."""

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
"""Formats that Pillow opens by itself; HEIC comes with `pressroom[heic]`."""
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
"""Exceptions that Pillow raises on broken directories and missing pixels."""
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The transposition that turns a picture of each EXIF orientation upright."""


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
    """Open a picture without decoding it. Raises UnusableError, also for damage found while the caller decodes it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oversized pictures and broken EXIF become findings
            with Image.open(file, formats=_formats_for(file)) as picture:
                if isinstance(picture, TiffImagePlugin.TiffImageFile) and _DNG_VERSION in picture.tag_v2:
                    raise _raw(file)
                yield picture
    except (Image.DecompressionBombError, MemoryError):
        why = f"“{file.name}” has more pixels than any page can show, and more than fit into memory."
        raise UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.") from None
    except UnidentifiedImageError:
        why = f"“{file.name}” is not a picture, in spite of its name."
        raise UnusableError("photo-fake", why, f"Save it as one of: {', '.join(FORMATS)}.") from None
    except _BROKEN as fault:
        why = f"“{file.name}” is damaged ({fault}): part of the picture would be missing."
        raise UnusableError("photo-damaged", why, "Copy the photograph again.") from None


def _formats_for(file: Path) -> tuple[str, ...]:
    # A raw file embeds a small JPEG, or is a kind of TIFF: Pillow would open the preview, not the photograph.
    if file.suffix.lower() in _RAW:
        raise _raw(file)
    with file.open("rb") as data:
        head = data.read(64)
    is_heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head
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


def convertible(picture: Image.Image) -> Image.Image:
    """A picture in a mode that Pillow can convert to any other.

    Grey of 16 bits becomes 8, since Pillow would clip it at 255; Lab becomes RGB; grey with premultiplied alpha becomes
    grey with plain alpha.
    """
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
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
