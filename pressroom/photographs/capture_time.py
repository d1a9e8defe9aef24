"""Captures: when and with which camera a photograph was taken, and how many stars a person gave it."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from dataclasses import dataclass

from PIL import ExifTags, Image

from pressroom.photographs.iim import Record, read_record
from pressroom.photographs.metadata import EXIF_FAULTS, exif_in, exif_text, packet_in
from pressroom.photographs.regions import stars_in
from pressroom.photographs.xmp import Packet, read_packet

_EXIF_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_RATING = 18246
"""The tag of the stars that Windows writes into EXIF."""
_UNSET = frozenset(dt.datetime(year, 1, 1) for year in (1904, 1970, 1980, 2000))  # noqa: DTZ001 - as cameras have it
"""Where the clocks of cameras and programs begin: such a time says that nobody has set the clock."""
_EARLIEST = 1826
"""The year of the first photograph (Niépce)."""


@dataclass(frozen=True)
class Capture:
    """The moment at which a photograph was taken. Parts that no file says are None, “” or 0."""

    time: dt.datetime | None = None
    """By the clock of the camera, without a time zone."""
    offset: dt.timedelta | None = None
    """How far this clock was ahead of UTC."""
    camera: str = ""
    """Make and model: “NIKON D750”."""
    rating: float = 0
    """The stars of XMP, from 1 to 5; -1 says that a person has rejected the picture."""


def read_capture(picture: Image.Image, sidecar: bytes = b"") -> Capture:
    """The capture of an opened picture that is not decoded yet. `sidecar` is an XMP packet in a file of its own.

    The time is that of the sidecar, which a person has written with a program; then of EXIF (EXIF 3.0, 4.6.6), of XMP
    and of IPTC. If XMP or IPTC name a day that is not next to EXIF’s, a person has dated the picture, mostly the scan
    of an older one, and that day is taken.
    """
    exif = _from_exif(picture)
    beside, inside = (read_packet(raw, "") or Packet() for raw in (sidecar, packet_in(picture)))
    dated = _time_of_packet(inside) or _time_of_record(read_record(picture, ""))
    taken = (exif.time, exif.offset) if exif.time else None
    if taken and dated and abs(dated[0].date() - taken[0].date()) > dt.timedelta(days=1):
        taken = dated
    time, offset = _time_of_packet(beside) or taken or dated or (None, None)
    return Capture(time, offset, exif.camera, stars_in(beside) or stars_in(inside) or exif.rating)


def _from_exif(picture: Image.Image) -> Capture:
    with contextlib.suppress(*EXIF_FAULTS):
        exif = exif_in(picture)
        taken = exif.get_ifd(ExifTags.IFD.Exif)
        written = exif_text(taken.get(ExifTags.Base.DateTimeOriginal))
        parts = exif_text(taken.get(ExifTags.Base.SubsecTimeOriginal)).strip(" \0")
        offset = exif_text(taken.get(ExifTags.Base.OffsetTimeOriginal))
        make, model = (exif_text(exif.get(tag)).strip(" \0") for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
        return Capture(_exif_time(written, parts), _offset(offset), _camera(make, model), _stars(exif.get(_RATING)))
    return Capture()


def _exif_time(text: str, parts: str) -> dt.datetime | None:
    """The time in EXIF's “2024:01:14 10:20:30”, with its parts of a second, digits of any number."""
    match = _EXIF_TIME.match(text.strip())
    if match is None:
        return None
    microseconds = int(parts[:6].ljust(6, "0")) if parts.isascii() and parts.isdigit() else 0
    year, month, day, hour, minute, second = map(int, match.groups())
    with contextlib.suppress(ValueError):
        return _sound(dt.datetime(year, month, day, hour, minute, second, microseconds))  # noqa: DTZ001 - as above
    return None


def _offset(text: str) -> dt.timedelta | None:
    match = _OFFSET.match(text.strip())
    if match is None:
        return None
    ahead = dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -ahead if match[1] == "-" else ahead


def _camera(make: str, model: str) -> str:
    """Make and model, without the make twice: makers write it into the model too."""
    first = make.partition(" ")[0]
    return model if model.casefold().startswith(first.casefold()) else f"{make} {model}".strip()


def _stars(value: object) -> float:
    with contextlib.suppress(TypeError, ValueError):
        return float(str(value))
    return 0


_Moment = tuple[dt.datetime, dt.timedelta | None]


def _time_of_packet(packet: Packet) -> _Moment | None:
    names = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
    return next(filter(None, (_iso_time(packet.text(name)) for name in names)), None)


def _time_of_record(record: Record | None) -> _Moment | None:
    """The time in IIM’s date and time of creation, 20240114 and 102030+0100."""
    if record is None:
        return None
    return _iso_time(f"{record.text(55)}T{record.text(60)}") or _iso_time(record.text(55))


def _iso_time(text: str) -> _Moment | None:
    with contextlib.suppress(ValueError, OverflowError):
        time = dt.datetime.fromisoformat(text.strip())
        if sound := _sound(time.replace(tzinfo=None)):
            return sound, time.utcoffset()
    return None


def _sound(time: dt.datetime) -> dt.datetime | None:
    return time if time.year >= _EARLIEST and time not in _UNSET else None
