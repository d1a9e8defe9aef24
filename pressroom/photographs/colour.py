"""Colour: pictures brought from the profile that they carry to sRGB; grey stays grey."""

from __future__ import annotations

import io
import itertools
import struct

from PIL import Image, ImageChops, ImageCms

from pressroom.photographs.formats import interoperability_of

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_UNFIT = (ImageCms.PyCMSError, OSError, ValueError)
"""What is raised over a profile that is damaged, or for other colours."""
_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}
_ROUNDING = 2
"""Of 255: as much as two makers of the same profile differ by."""
_ADOBE_RGB = "R03"
"""How a camera says Adobe RGB without a profile (DCF 2.0, optional colour space)."""


def profile_of(picture: Image.Image) -> bytes:
    """The profile that a picture carries, or the one that its camera means; empty for plain sRGB or grey."""
    profile = picture.info.get("icc_profile")
    if profile:
        return bytes(profile)
    return adobe_rgb() if picture.mode == "RGB" and interoperability_of(picture) == _ADOBE_RGB else b""


def is_profile(profile: bytes) -> bool:
    """Whether a profile can be read to its end, and used on pictures of the kind that it is for."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        _conversion(source, _MODES[source.profile.xcolor_space])
    except (*_UNFIT, KeyError):
        return False
    return True


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """A picture in RGB, grey or CMYK, as sRGB or grey. A profile that does not fit is passed over, as viewers do."""
    converted = _converted(picture, profile) if profile else None
    if converted is None:
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    return converted.getchannel("G") if picture.mode == "L" else converted  # of a grey, all channels are one


def _converted(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        conversion = _conversion(ImageCms.ImageCmsProfile(io.BytesIO(profile)), picture.mode)
        return picture if _is_idle(conversion, picture.mode) else ImageCms.applyTransform(picture, conversion)
    except _UNFIT:
        return None


def _conversion(source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", _INTENT, _FLAGS)


def _is_idle(conversion: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether a conversion changes no more than a rounding does: it is from one of the many profiles of sRGB."""
    if mode != "RGB":
        return False
    steps = (*range(0, 255, 32), 255)
    sample = Image.frombytes("RGB", (len(steps) ** 3, 1), bytes(itertools.chain(*itertools.product(steps, repeat=3))))
    changed = ImageChops.difference(sample, ImageCms.applyTransform(sample, conversion) or sample)
    return max(changed.tobytes()) <= _ROUNDING


def adobe_rgb() -> bytes:
    """An ICC profile of Adobe RGB (1998): its primaries, adapted to D50, and its gamma of 563/256 (annex A of the
    encoding's specification; the layout of the bytes is ICC.1:2001, the smallest profile that it allows).
    """
    xyz = {
        b"rXYZ": (0.60974, 0.31111, 0.01947),
        b"gXYZ": (0.20528, 0.62567, 0.06087),
        b"bXYZ": (0.14919, 0.06322, 0.74457),
    }
    white = (0.96420, 1.0, 0.82491)
    tags = {name: b"XYZ \0\0\0\0" + _fixed(*values) for name, values in (xyz | {b"wtpt": white}).items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0" + struct.pack(">IHxx", 1, 563))
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 10) + b"Adobe RGB\0" + bytes(80)
    tags[b"cprt"] = b"text\0\0\0\0CC0\0"
    directory, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        directory += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = (
        struct.pack(">I4xI", start + len(body), 0x02100000) + b"mntrRGB XYZ " + struct.pack(">6H", 1998, 1, 1, 0, 0, 0)
    )
    head += b"acsp" + bytes(28) + _fixed(*white)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + directory + body


def _fixed(*values: float) -> bytes:
    """Numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
