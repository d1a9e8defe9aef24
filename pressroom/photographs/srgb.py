"""sRGB: converts pictures from their embedded profile to sRGB. Grey pictures stay grey."""

from __future__ import annotations

import functools
import io
import itertools
import struct
from collections.abc import Iterable

from PIL import Image, ImageChops, ImageCms

from pressroom.photographs.formats import interoperability_of

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
UNFIT = (ImageCms.PyCMSError, OSError, ValueError)
"""Exceptions for a profile that is damaged, or for another colour space."""
_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}
_ROUNDING = 2
"""Differences up to this, of 255, are mere rounding between two versions of the same profile."""
_CURVE = 1024
"""Points of a tone curve that is not a plain power function."""
_ADOBE_RGB = "R03"
"""A camera’s code for Adobe RGB without a profile (DCF 2.0, optional colour space)."""


def profile_of(picture: Image.Image) -> bytes:
    """A picture’s embedded profile, or the one that its camera names; empty for plain sRGB or grey."""
    profile = picture.info.get("icc_profile")
    if profile:
        return bytes(profile)
    return adobe_rgb() if picture.mode == "RGB" and interoperability_of(picture) == _ADOBE_RGB else b""


def is_profile(profile: bytes) -> bool:
    """Whether a profile is whole, and can convert pictures of its own colour space."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        _conversion(source, _MODES[source.profile.xcolor_space])
    except (*UNFIT, KeyError):
        return False
    return True


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Convert a picture in RGB, grey or CMYK to sRGB or grey. A profile that does not fit is ignored, as in viewers."""
    converted = _converted(picture, profile) if profile else None
    if converted is None:
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    return converted.getchannel("G") if picture.mode == "L" else converted  # the channels of a grey are equal


def _converted(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        conversion = _conversion(ImageCms.ImageCmsProfile(io.BytesIO(profile)), picture.mode)
        return picture if _is_idle(conversion, picture.mode) else ImageCms.applyTransform(picture, conversion)
    except UNFIT:
        return None


def _conversion(source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", _INTENT, _FLAGS)


def _is_idle(conversion: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether a conversion only rounds: then the profile is one of the many versions of sRGB."""
    if mode != "RGB":
        return False
    steps = (*range(0, 255, 32), 255)
    sample = Image.frombytes("RGB", (len(steps) ** 3, 1), bytes(itertools.chain(*itertools.product(steps, repeat=3))))
    changed = ImageChops.difference(sample, ImageCms.applyTransform(sample, conversion) or sample)
    return max(changed.tobytes()) <= _ROUNDING


def adobe_rgb() -> bytes:
    """An ICC profile of Adobe RGB (1998): its primaries, adapted to D50, and its gamma of 563/256 (annex A of the
    encoding's specification).
    """
    primaries = (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
    return _of_primaries(b"Adobe RGB", 1998, primaries, struct.pack(">IHxx", 1, 563))


@functools.cache
def srgb() -> bytes:
    """An ICC profile of sRGB: its primaries, adapted to D50, and its curve (IEC 61966-2-1). Always the same bytes."""
    primaries = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
    values = (n / (_CURVE - 1) for n in range(_CURVE))
    lights = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    curve = struct.pack(f">I{_CURVE}H", _CURVE, *(round(light * 65535) for light in lights))
    return _of_primaries(b"sRGB IEC61966-2.1", 1999, primaries, curve)


def _of_primaries(name: bytes, year: int, primaries: Iterable[tuple[float, ...]], curve: bytes) -> bytes:
    """The smallest matrix profile that ICC.1:2001 allows: three primaries and one curve."""
    white = (0.96420, 1.0, 0.82491)
    xyz = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), (*primaries, white), strict=True))
    tags = {tag: b"XYZ \0\0\0\0" + _fixed(*values) for tag, values in xyz.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0" + curve)
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(79)
    tags[b"cprt"] = b"text\0\0\0\0CC0\0"
    directory, bodies, start = b"", b"", 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in placed:  # the three curves share their bytes
            placed[data] = start + len(bodies)
            bodies += data + bytes(-len(data) % 4)
        directory += tag + struct.pack(">II", placed[data], len(data))
    head = (
        struct.pack(">I4xI", start + len(bodies), 0x02100000)
        + b"mntrRGB XYZ "
        + struct.pack(">6H", year, 1, 1, 0, 0, 0)
    )
    head += b"acsp" + bytes(28) + _fixed(*white)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + directory + bodies


def _fixed(*values: float) -> bytes:
    """Numbers as s15Fixed16, the fixed-point format of ICC profiles."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
