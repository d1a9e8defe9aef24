"""Damaged pictures in finished PDFs: what a press could not decode to its last pixel is told, and nothing else is."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from pressroom.inspection import inspect
from pressroom.photographs import is_whole

SIZE = (160, 120)
SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
Bytes = Callable[[], bytes]


def photograph(mode: str = "RGB") -> Image.Image:
    noise = Image.effect_noise(SIZE, 60)
    return Image.merge(mode, [noise] * len(Image.new(mode, (1, 1)).getbands()))


def written(kind: str, mode: str = "RGB", **how: Any) -> bytes:
    out = io.BytesIO()
    photograph(mode).save(out, kind, **how)
    return out.getvalue()


def jpeg(mode: str = "RGB", **how: Any) -> bytes:
    return written("JPEG", mode, **how)


def without_middle(data: bytes) -> bytes:
    """Without a part of its pixels, and with its end."""
    return data[: len(data) // 2] + data[-2:]


def is_told(data: bytes, keys: str, mode: str = "RGB") -> bool:
    """Whether a PDF with this picture has a damaged one."""
    pdf = pikepdf.new()
    picture = pikepdf.Stream(pdf, data)
    own = f"<< /Subtype /Image /Width {SIZE[0]} /Height {SIZE[1]} {keys} >>"
    for key, value in pikepdf.Object.parse(own.encode()).items():
        picture[key] = value
    if "/ImageMask" not in picture:
        picture.ColorSpace = picture.get("/ColorSpace", SPACES[mode])
    page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 99, 99], Resources=Dictionary(XObject=Dictionary(P=picture)))
    page.Contents = pdf.make_stream(b"50 0 0 50 0 0 cm /P Do")
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return inspect(out.getvalue(), is_whole=is_whole).pages[0].pictures[0].is_damaged


JPEG, JPX, FLATE = "/Filter /DCTDecode", "/Filter /JPXDecode", "/Filter /FlateDecode"
GREY_ROWS = b"".join(b"\0" + bytes(SIZE[0]) for _ in range(SIZE[1]))
"""Rows of a grey picture, each after the number of its predictor."""


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (lambda: b"no JPEG", JPEG),
        (lambda: jpeg()[: len(jpeg()) // 2], JPEG),
        (lambda: without_middle(jpeg()), JPEG),
        (lambda: without_middle(jpeg(progressive=True)), JPEG),
        (lambda: jpeg().replace(b"\xff\xc0", b"\xff\xfe", 1), JPEG),
        (lambda: written("JPEG2000")[:60], JPX),
        (lambda: zlib.compress(photograph().tobytes()[:9000]), FLATE),
        (lambda: zlib.compress(photograph().tobytes())[:-9000], FLATE),
        (lambda: b"\0" * 400, FLATE),
    ],
    ids=["none", "cut", "early", "progressive", "no frame", "JPEG 2000", "short", "Flate, cut", "no Flate"],
)
def test_a_picture_of_which_pixels_are_lost_is_told(data: Bytes, keys: str) -> None:
    assert is_told(data(), keys)


@pytest.mark.parametrize(
    ("data", "keys", "mode"),
    [
        (jpeg, JPEG, "RGB"),
        (lambda: jpeg(progressive=True, quality=30), JPEG, "RGB"),
        (lambda: jpeg("CMYK"), JPEG, "CMYK"),
        (lambda: jpeg("L") + b"\n\n", JPEG, "L"),
        (lambda: jpeg(subsampling=0, restart_marker_rows=1), JPEG, "RGB"),
        (lambda: written("JPEG2000"), JPX, "RGB"),
        (lambda: zlib.compress(photograph("CMYK").tobytes(), 9), FLATE, "CMYK"),
        (lambda: zlib.compress(photograph().tobytes())[:-4], FLATE, "RGB"),
        (lambda: zlib.compress(GREY_ROWS), f"{FLATE} /DecodeParms << /Predictor 15 /Columns {SIZE[0]} >>", "L"),
        (lambda: zlib.compress(bytes(SIZE[0] // 8 * SIZE[1])), f"{FLATE} /ImageMask true", "L"),
        (lambda: zlib.compress(bytes(SIZE[0] * SIZE[1])), f"{FLATE} /ColorSpace [/Indexed /DeviceRGB 0 <000000>]", "L"),
        (lambda: b"7>", "/Filter /ASCIIHexDecode", "L"),
    ],
)  # fmt: skip
def test_a_whole_picture_is_not(data: Bytes, keys: str, mode: str) -> None:
    assert not is_told(data(), keys, mode)
