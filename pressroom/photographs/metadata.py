"""What a photograph’s file says of itself: caption, credit, rights, place and date, from XMP, IIM and EXIF."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import struct
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from PIL import ExifTags, Image, PngImagePlugin

from pressroom.errors import CONTROL
from pressroom.photographs.iim import Record, decoded, read_record
from pressroom.photographs.png import bring_forward
from pressroom.photographs.xmp import Packet, read_packet

Origin = Literal["XMP", "IPTC", "EXIF"]


@dataclass(frozen=True)
class Metadata:
    """What a photograph’s file says of itself, each field from the first origin that has it: XMP, then IIM, then EXIF.

    The fields are those of the IPTC Photo Metadata Standard. Texts are one line each, in NFC; “” is not said.
    """

    caption: str = ""
    headline: str = ""
    creators: tuple[str, ...] = ()
    credit: str = ""
    """The credit line."""
    copyright: str = ""
    source: str = ""
    licence: str = ""
    """Address of the licence, else of the statement of rights."""
    usage: str = ""
    """The terms of use, in words."""
    date: dt.date | None = None
    """When it was taken."""
    place: str = ""
    """Where it was taken, from the near to the far: “Vank, Martakert, Artsakh”."""
    people: tuple[str, ...] = ()
    """Persons shown."""
    alt: str = ""
    """The alt text, which only XMP has. A caption is none."""
    long_description: str = ""
    """The extended description, which only XMP has."""
    instructions: str = ""
    release: dt.date | None = None
    """The day from which it may be published."""
    source_type: str = ""
    """IPTC’s code for how it came to be, such as “digitalCapture” or “trainedAlgorithmicMedia”."""
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)
    """Where each field was read, by its name; of fields that say something."""
    broken: tuple[Origin, ...] = ()
    """Parts of the file that are there and cannot be read."""


def read_metadata(picture: Image.Image, language: str) -> Metadata:
    """What a picture that has been opened says of itself, in this language where it has a choice (a BCP 47 tag).

    The picture must not have been decoded: a TIFF shuts its file then.
    """
    if isinstance(picture, PngImagePlugin.PngImageFile):
        bring_forward(picture)
    readings: dict[Origin, Metadata | None] = {
        "XMP": _from_xmp(read_packet(_packet_in(picture), language)),
        "IPTC": _from_iim(read_record(picture)),
        "EXIF": _from_exif(picture),
    }
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for origin, reading in readings.items():
        for name in (f.name for f in fields(Metadata)):
            value = _tidy(getattr(reading, name, None))
            if value and name not in values:
                values[name], origins[name] = value, origin
    broken = tuple(origin for origin, reading in readings.items() if reading is None)
    return Metadata(**values, origins=origins, broken=broken)


def printed_credit(metadata: Metadata) -> str:
    """The credit as it is printed: “A. Photographer / Agency”, or as much of it as the file says."""
    line = metadata.credit
    unnamed = [creator for creator in metadata.creators if not _names(line, creator)]
    credit = " / ".join(filter(None, (", ".join(unnamed), line)))
    return credit or metadata.source or metadata.copyright


def _names(line: str, creator: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(creator.casefold())}(?!\w)", line.casefold()) is not None


# ---- three origins


def _packet_in(picture: Image.Image) -> bytes | str:
    """The XMP packet; “” when there is none."""
    packet: bytes | str = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or ""
    return packet


def _from_xmp(packet: Packet | None) -> Metadata | None:
    if packet is None:
        return None
    text, texts = packet.text, packet.texts
    flat = ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State", "photoshop:Country")
    nested = [f"Iptc4xmpExt:{part}" for part in ("Sublocation", "City", "ProvinceState", "CountryName")]
    created = packet.within("Iptc4xmpExt:LocationCreated")
    return Metadata(
        caption=_caption(text("dc:description")),
        headline=text("photoshop:Headline"),
        creators=texts("dc:creator"),
        credit=text("photoshop:Credit"),
        copyright=text("dc:rights"),
        source=text("photoshop:Source"),
        licence=text("cc:license") or text("xmpRights:WebStatement"),
        usage=text("xmpRights:UsageTerms"),
        date=_date(text("photoshop:DateCreated")),
        place=_place(map(text, flat)) or _place(map(created.text, nested)),
        people=texts("Iptc4xmpExt:PersonInImage"),
        alt=text("Iptc4xmpCore:AltTextAccessibility"),
        long_description=text("Iptc4xmpCore:ExtDescrAccessibility"),
        instructions=text("photoshop:Instructions"),
        source_type=text("Iptc4xmpExt:DigitalSourceType").rstrip("/").rpartition("/")[2],
    )


def _from_iim(record: Record | None) -> Metadata | None:
    if record is None:
        return None
    text = record.text
    return Metadata(
        caption=_caption(text(120)),
        headline=text(105),
        creators=record.texts(80),
        credit=text(110),
        copyright=text(116),
        source=text(115),
        date=_date(text(55)),
        place=_place(map(text, (92, 90, 95, 101))),
        instructions=text(40),
        release=_date(text(30)),
    )


def _from_exif(picture: Image.Image) -> Metadata | None:
    try:
        with warnings.catch_warnings(record=True) as flaws:
            warnings.simplefilter("always")
            exif = _exif_in(picture)
            caption, artist, rights = (
                _exif_text(exif.get(tag))
                for tag in (ExifTags.Base.ImageDescription, ExifTags.Base.Artist, ExifTags.Base.Copyright)
            )
            taken = _exif_text(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal))
    except (SyntaxError, OSError, ValueError, struct.error, IndexError, KeyError, TypeError, OverflowError):
        return None
    reading = Metadata(
        caption=_caption(caption.partition("\0")[0]),
        creators=tuple(artist.partition("\0")[0].split(";")),
        # EXIF 2.3, 4.6.4: the photographer’s, NUL, the editor’s
        copyright="; ".join(filter(None, map(_line, rights.split("\0")))),
        date=_date(taken),
    )
    # EXIF is seldom without a flaw. One that cost us nothing is not worth a word.
    flawed = any(flaw.category is UserWarning for flaw in flaws)
    return None if flawed and not any(map(_tidy, vars(reading).values())) else reading


def _exif_in(picture: Image.Image) -> Image.Exif:
    """The EXIF, read anew: Pillow looks into a JPEG’s as it opens it, and keeps what went wrong to itself."""
    raw = picture.info.get("exif")
    if isinstance(raw, bytes):
        exif = Image.Exif()
        exif.load(raw)
        return exif
    with contextlib.suppress(TypeError):  # it then looks for the orientation in XMP, and stumbles over one that is text
        picture.getexif()
    return picture.getexif()


def _exif_text(value: object) -> str:
    """A text of EXIF. Pillow takes it for Latin-1; many programs write UTF-8."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value)
    return decoded(value) if isinstance(value, bytes) else ""


# ---- texts


_SPACES = re.compile("[\\t-\\r\\x1c-\\x20\\x85\\u2028\\u2029]+")
"""Blanks and ends of lines; no-break spaces are the writer’s."""


def _line(text: str) -> str:
    """A text as one clean line."""
    visible = CONTROL.sub("", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible).strip())


def _tidy(value: object) -> object:
    """A value with its texts as clean lines; of several, each once."""
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(filter(None, map(_line, value))))
    return value


_SUFFIXES = "jpe?g|tiff?|png|webp|avif|gif|hei[cf]|psd|dng|nef|cr[23]|arw|raf|orf|rw2"
_UNWRITTEN = re.compile(
    rf"""(?:charset="?[\w-]+"?\ ?)?(?:
      (?:(?:olympus|konica\ minolta|minolta|samsung|kodak|medion|pentax|sanyo)\ )?digital\ (?:still\ )?camera
    | (?:sony|minolta)\ dsc | samsung\ camera\ pictures | <(?:kenox|digimax)[^>]*>
    | default | untitled[-_ ]?\d* | exif[_ ]jpeg[_ ]picture | my\ beautiful\ picture
    | _cuva | bsh | cof | dav | edf | hdr | ptr | rbt | sdr       # Huawei’s names for ways of taking a picture
    | screen\ ?shot(?:[-_.:,\d ]|at|[ap]m)*
    | dcim[\\/].*
    | .{{1,120}}\.(?:{_SUFFIXES})
    | _?(?:dsc[nf]?|imgp?|mg|p|pict|sam|cimg|dji|gopr|pxl|wp)[-_ ]?\d{{3,}}(?:[-_~ (]+(?:wa)?\d+\)?)*
    | \d{{8}}[-_]\d{{6,}}
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
"""What cameras and programs put where a caption belongs."""


def _caption(text: str) -> str:
    """A caption, unless nobody wrote it."""
    caption = _line(text)
    return "" if _UNWRITTEN.fullmatch(caption) else caption


def _place(parts: Iterable[str]) -> str:
    """Parts of an address in one line; a city that bears its country’s name is said once."""
    return ", ".join({part.casefold(): part for part in map(_line, parts) if part}.values())


_DATE = re.compile(r"([0-9]{4})([-:]?)([0-9]{2})\2([0-9]{2})(?:[T ].*)?")


def _date(text: str) -> dt.date | None:
    """The day in a date as XMP, IIM or EXIF write it; None of one that is not whole, or none."""
    match = _DATE.fullmatch(_line(text))
    if match is None:
        return None
    with contextlib.suppress(ValueError):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    return None
