"""Probing: each picture file is decoded once, at a small size, to learn that it is whole and how large it is.

The result is cached by the file’s digest, so that an unchanged photograph is not decoded again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import PIL
from PIL import Image, TiffImagePlugin

from pressroom.keeping import keep
from pressroom.photographs import drawings
from pressroom.photographs.drawing_reading import MAX_BYTES, UnfitDrawingError
from pressroom.photographs.drawing_renderer import NO_FONTS, RenderError, plain_svg
from pressroom.photographs.formats import (
    UnusableError,
    convertible,
    decode,
    decode_smaller,
    opened,
    orientation_of,
    reduction_of,
)
from pressroom.photographs.jpegs import lacks_end
from pressroom.photographs.plain_drawings import DrawingFacts, facts_of
from pressroom.photographs.signatures import is_drawing
from pressroom.photographs.srgb import is_profile
from pressroom.photographs.tiffs import full_pages

PictureKind = Literal["photograph", "drawing"]
TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""
MOST_BYTES = 2_000_000_000
"""Bytes of a picture file: as many pixels as can be opened, four of 16 bits each, have 1.4 thousand million."""
_ACROSS, _DOWN = 17, 16
"""Pixels of the small grey picture from which a fingerprint is computed."""
_SAMPLE = 64
"""Pixels across and down of the sample whose colours are counted."""
_MOST_COLOURS, _MOST_GREYS = 200, 40
"""The most colours in the sample of a diagram or screenshot, and the most levels of a grey one."""
_PAPER_WHITE = 252
"""The level of grey from which an eye takes a tone for white paper."""
_ONE_TONE = 12
"""The levels of grey, of 256, between which the tones of a border lie."""
_VERSION = 10
"""Bump when the probe of an unchanged file changes."""


@dataclass(frozen=True)
class ImageProbe:
    """Facts about one picture file, learnt by decoding it."""

    digest: str
    """SHA-256 of the file."""
    width: int
    """Pixels across the upright picture; a drawing’s width is in its own units."""
    height: int
    kind: PictureKind = "photograph"
    fingerprint: str = ""
    """A perceptual hash, 256 bits in hexadecimal: similar pictures have similar ones."""
    remarks: tuple[str, ...] = ()
    """Ids of findings that an editor should see."""
    is_graphic: bool = False
    """Whether it has so few colours that it is a diagram or a screenshot, which nobody has taken with a camera."""
    has_border: bool = False
    """Whether its four edges have one tone: a frame, or the paper around an engraving."""
    said: tuple[str, ...] = ()
    """What its decoder complained of, in its own words."""
    removed: tuple[str, ...] = ()
    """What is removed from a drawing, in words: “a script”."""
    format: str = "SVG"
    """Its format by its content, in Pillow’s word."""
    drawing: DrawingFacts = field(default_factory=DrawingFacts)
    """What a drawing asks of those who draw it."""


def probe_file(file: Path, cache: Path | None = None) -> ImageProbe:
    """The probe of a file, from the cache if the same bytes were probed before. Raises UnusableError."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            why = f"“{file.name}” has {size / 1e9:.1f} GB, more than any picture that a page can show."
            raise UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.")
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as fault:
        raise UnusableError("photo-unreadable", f"“{file.name}” cannot be read: {fault.strerror}.") from None
    if not size:
        raise UnusableError("photo-empty", f"“{file.name}” is an empty file.", "Copy the photograph again.")
    entry = cache / f"{digest[:32]}.json" if cache else None
    probe = _cached(entry, digest) if entry else None
    if probe is None:
        probe = _drawing(file, digest) if is_drawing(file) else _photograph(file, digest)
        if entry:
            keep(entry, json.dumps({"by": _BY, **asdict(probe)}).encode())
    return probe


_BY = f"{PIL.__version__}/{_VERSION}"
"""The decoder and the version of this module that made a probe."""


def _cached(entry: Path, digest: str) -> ImageProbe | None:
    """An earlier probe of the same bytes; None if there is none, or it is damaged."""
    try:
        values = json.loads(entry.read_bytes())
        if values.pop("by") != _BY or values["digest"] != digest:
            return None
        values |= {
            "remarks": tuple(values["remarks"]),
            "removed": tuple(values["removed"]),
            "said": tuple(values["said"]),
        }
        facts = values["drawing"]
        facts |= {"families": tuple(facts["families"]), "effects": tuple(facts["effects"])}
        values["drawing"] = DrawingFacts(**facts)
        return ImageProbe(**values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _drawing(file: Path, digest: str) -> ImageProbe:
    try:
        with file.open("rb") as whole:
            drawing = drawings.clean(whole.read(MAX_BYTES + 1))
        facts = facts_of(drawing.data)
        if not facts.is_plain:
            plain_svg(drawing.data, NO_FONTS)  # one that never ends is known before anything is made
    except UnfitDrawingError as fault:
        raise UnusableError("drawing-unfit", f"“{file.name}” {fault}", fault.remedy) from None
    except RenderError as fault:
        raise unrendered(file.name, fault) from None
    width, height = (max(1, round(side)) for side in (drawing.width, drawing.height))
    return ImageProbe(digest, width, height, "drawing", removed=drawing.removed, drawing=facts)


def unrendered(name: str, fault: RenderError) -> UnusableError:
    """The finding on a drawing that the renderer gave up."""
    why = f"“{name}” cannot be drawn: {fault}."
    return UnusableError("drawing-unfit", why, "Simplify it, or export it as a PNG.")


def _photograph(file: Path, digest: str) -> ImageProbe:
    with opened(file) as picture:
        width, height = picture.size
        remarks, format = tuple(_remarks(picture, file)), picture.format or "TIFF"
        orientation = orientation_of(picture)
        times = reduction_of(picture, 1 / 8)
        decode_smaller(picture, times)
        said = decode(picture)
        if times == 1:
            width, height = picture.size  # some decoders turn a picture upright
        seen = convertible(picture)
        remarks += ("photo-white",) if _is_white_on_paper(seen) else ()
        fingerprint, is_graphic, has_border = _fingerprint(seen), _is_graphic(seen), _has_border(seen)
    if orientation in TURNED:
        width, height = height, width
    return ImageProbe(
        digest,
        width,
        height,
        "photograph",
        fingerprint,
        remarks,
        is_graphic,
        has_border=has_border,
        said=said,
        format=format,
    )


_ANIMATED = ("GIF", "PNG", "WEBP", "AVIF")
"""Formats whose further pictures are frames of an animation."""


def _remarks(picture: Image.Image, file: Path) -> list[str]:
    remarks = []
    if lacks_end(file):
        remarks.append("photo-end-missing")
    if isinstance(picture, TiffImagePlugin.TiffImageFile) and full_pages(picture) > 1:
        remarks.append("photo-pages")
    if picture.format in _ANIMATED and getattr(picture, "n_frames", 1) > 1:
        remarks.append("photo-animated")
    profile = picture.info.get("icc_profile")
    if profile and not is_profile(profile):
        remarks.append("photo-profile-broken")
    elif not profile and picture.mode == "CMYK":
        remarks.append("photo-ink-unknown")
    return remarks


def _is_graphic(picture: Image.Image) -> bool:
    """Whether a picture has few colours: a photograph has thousands, and a grey one most of its levels."""
    sample = picture.convert("RGB").resize((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    colours = [colour for _, colour in sample.getcolors(_SAMPLE * _SAMPLE) or ()]
    is_grey = all(max(colour) - min(colour) < 3 for colour in colours if isinstance(colour, tuple))
    return 1 < len(colours) <= (_MOST_GREYS if is_grey else _MOST_COLOURS)


def _is_white_on_paper(picture: Image.Image) -> bool:
    """Whether white shapes on a transparent ground are all that a picture has, of which white paper shows nothing."""
    if not picture.has_transparency_data:
        return False
    layers = picture.convert("RGBA")
    paper = Image.new("RGBA", layers.size, "white")
    paper.alpha_composite(layers)
    return paper.convert("L").getextrema()[0] >= _PAPER_WHITE  # type: ignore[operator]  # one band, one pair


def _has_border(picture: Image.Image) -> bool:
    """Whether the outermost pixels on all four sides have one tone, and not the whole picture."""
    grey = picture.convert("L").resize((_SAMPLE, _SAMPLE), Image.Resampling.BOX)
    last = _SAMPLE - 1
    edges = [(0, 0, _SAMPLE, 1), (0, last, _SAMPLE, _SAMPLE), (0, 0, 1, _SAMPLE), (last, 0, _SAMPLE, _SAMPLE)]
    tones = [tone for edge in edges for tone in grey.crop(edge).tobytes()]
    all_of_it = grey.tobytes()
    return max(tones) - min(tones) <= _ONE_TONE < max(all_of_it) - min(all_of_it)


def _fingerprint(picture: Image.Image) -> str:
    """A difference hash: one bit for each pixel of a small grey copy, set where its right neighbour is lighter."""
    grey = picture.convert("L").resize((_ACROSS, _DOWN), Image.Resampling.BOX).tobytes()
    bits = "".join(
        "1" if grey[row * _ACROSS + n] < grey[row * _ACROSS + n + 1] else "0"
        for row in range(_DOWN)
        for n in range(_ACROSS - 1)
    )
    return f"{int(bits, 2):064x}"
