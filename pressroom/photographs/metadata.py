"""Metadata: a photograph’s caption, credit, rights, place and date, read from the XMP, IIM and EXIF in its file."""

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
from pressroom.photographs.iim import Record, read_record
from pressroom.photographs.png import bring_forward
from pressroom.photographs.text_encodings import decoded, encoding_of
from pressroom.photographs.xmp import Packet, read_packet

Origin = Literal["XMP", "IPTC", "EXIF"]
EXIF_FAULTS = (SyntaxError, OSError, ValueError, struct.error, IndexError, KeyError, TypeError, OverflowError)
"""Exceptions that Pillow raises on broken EXIF."""


@dataclass(frozen=True)
class Metadata:
    """The metadata of one photograph. Each field comes from the first origin that has it: XMP, then IIM, then EXIF.

    The fields are those of the IPTC Photo Metadata Standard. Texts are one line each, in NFC; “” stands for none.
    """

    caption: str = ""
    headline: str = ""
    creators: tuple[str, ...] = ()
    credit: str = ""
    """The credit line."""
    copyright: str = ""
    source: str = ""
    licence: str = ""
    """URL of the licence, or else of the statement of rights."""
    usage: str = ""
    """The terms of use, in words."""
    date: dt.date | None = None
    """The day on which it was taken."""
    place: str = ""
    """Where it was taken, from the nearest name to the largest: “Vank, Martakert, Artsakh”."""
    people: tuple[str, ...] = ()
    """Names of the people in the picture."""
    alt: str = ""
    """The alt text, which only XMP has. A caption is never used for it."""
    long_description: str = ""
    """The extended description, which only XMP has."""
    instructions: str = ""
    release: dt.date | None = None
    """The day from which it may be published."""
    source_type: str = ""
    """IPTC’s code for the origin of the picture, such as “digitalCapture” or “trainedAlgorithmicMedia”."""
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)
    """The origin of each field that is not empty, by the field’s name."""
    broken: tuple[Origin, ...] = ()
    """Origins that are present in the file and cannot be read."""
    guessed: str = ""
    """The encoding in which texts were read that no part of the file names: “MacRoman”. “” if all was certain."""


def read_metadata(picture: Image.Image, language: str, sidecar: bytes = b"") -> Metadata:
    """The metadata of an opened picture; of texts in several languages, the one nearest to `language` (a BCP 47 tag).

    What a sidecar says (an XMP packet in a file of its own) comes before what the picture says. The picture must not
    be decoded yet, since a TIFF closes its file then.
    """
    if isinstance(picture, PngImagePlugin.PngImageFile):
        bring_forward(picture)
    readings: list[tuple[Origin, Metadata | None]] = [
        ("XMP", _from_xmp(read_packet(sidecar, language))),
        ("XMP", _from_xmp(read_packet(packet_in(picture), language))),
        ("IPTC", _from_iim(read_record(picture, language))),
        ("EXIF", _from_exif(picture, language)),
    ]
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for origin, reading in readings:
        for name in _FIELDS:
            value = _written(_tidy(getattr(reading, name, None)))
            if value and name not in values:
                values[name], origins[name] = value, origin
    broken = tuple(dict.fromkeys(origin for origin, reading in readings if reading is None))
    return Metadata(**values, origins=origins, broken=broken, guessed=_guessed(values, origins, dict(readings)))


_FIELDS = tuple(f.name for f in fields(Metadata) if f.name not in ("origins", "broken", "guessed"))


def _guessed(
    values: Mapping[str, Any], origins: Mapping[str, Origin], readings: Mapping[Origin, Metadata | None]
) -> str:
    """The encoding that was guessed, if a text is used whose letters depend on it."""
    for name, origin in origins.items():
        reading = readings[origin]
        if reading and reading.guessed and not repr(values[name]).isascii():
            return reading.guessed
    return ""


def printed_credit(metadata: Metadata) -> str:
    """The credit as it is printed: “A. Photographer / Agency”, or as much of that as the metadata has."""
    line = metadata.credit
    unnamed = [creator for creator in metadata.creators if not _names(line, creator)]
    credit = " / ".join(filter(None, (", ".join(unnamed), line)))
    return credit or metadata.source or metadata.copyright


def _names(line: str, creator: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(creator.casefold())}(?!\w)", line.casefold()) is not None


# ---- three origins


def packet_in(picture: Image.Image) -> bytes | str:
    """The XMP packet in a picture; “” if there is none."""
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
        guessed=record.encoding.name,
    )


def _from_exif(picture: Image.Image, language: str) -> Metadata | None:
    try:
        with warnings.catch_warnings(record=True) as flaws:
            warnings.simplefilter("always")
            exif = exif_in(picture)
            taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
            raw = [_exif_bytes(value) for value in (*map(exif.get, _EXIF_TEXTS), taken)]
    except EXIF_FAULTS:
        return None
    encoding = encoding_of(raw, language)
    caption, artist, rights, when = (decoded(text, encoding) for text in raw)
    reading = Metadata(
        caption=_caption(caption.partition("\0")[0]),
        creators=tuple(artist.partition("\0")[0].split(";")),
        # EXIF 2.3, 4.6.4: the photographer’s copyright, NUL, the editor’s
        copyright="; ".join(filter(None, map(_line, rights.split("\0")))),
        date=_date(when),
        guessed=encoding.name,
    )
    # EXIF is seldom without a flaw, which matters only if nothing could be read.
    flawed = any(flaw.category is UserWarning for flaw in flaws)
    return None if flawed and not any(map(_tidy, vars(reading).values())) else reading


def exif_in(picture: Image.Image) -> Image.Exif:
    """The EXIF, read again: Pillow reads a JPEG’s while opening it, and swallows the warnings."""
    raw = picture.info.get("exif")
    if isinstance(raw, bytes):
        exif = Image.Exif()
        exif.load(raw)
        return exif
    with contextlib.suppress(TypeError):  # it looks for the orientation in XMP, and fails on a packet that is text
        picture.getexif()
    return picture.getexif()


_EXIF_TEXTS = (ExifTags.Base.ImageDescription, ExifTags.Base.Artist, ExifTags.Base.Copyright)


def exif_text(value: object) -> str:
    """A text of EXIF that needs no other letters than those of ASCII, such as a time or the name of a camera."""
    return _exif_bytes(value).decode("utf-8", "replace")


def _exif_bytes(value: object) -> bytes:
    """A text of EXIF as it stands in the file. Pillow decodes it as Latin-1; many programs write UTF-8."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1")
        except UnicodeEncodeError:
            return value.encode()
    return value if isinstance(value, bytes) else b""


# ---- texts


_SPACES = re.compile("[\\t-\\r\\x1c-\\x20\\x85\\u2028\\u2029]+")
"""Blanks and line ends. No-break spaces are kept, since a writer meant them."""


def _line(text: str) -> str:
    """A text on one line, in NFC, without control characters."""
    visible = CONTROL.sub("", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible).strip())


def _tidy(value: object) -> object:
    """A value with its texts cleaned; a list keeps each text once."""
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(filter(None, map(_line, value))))
    return value


_EMPTY = r"""
      (?:x-)?default | new\ document | null | none | n/a | undefined | unknown | -+ | \?+ | ascii | unicode
    | (?:enter|type|write|add|insert|your)\ (?:an?\ |the\ |your\ )?
      (?:caption|description|text|title|headline|name|copyright|credit)(?:\ (?:here|text))?\.?
    | \[?(?:caption|description|title|headline|copyright|creator|credit|author|artist|photographer)\]?
    | (?:image|photo|picture)\ (?:caption|description|title) | \[?(?:tk|tbd|tbc|todo)\]? | lorem\ ipsum.*
    | (?:created|made|edited)\ (?:with|in|using)\ (?:the\ )?(?:gimp|adobe|imagemagick|canva|inkscape|picasa)[\w\ .-]*
    | picasa(?:\ [\d.]+)? | adobe\ (?:photoshop|lightroom)[\w\ .]*"""
"""Texts that programs write into any field that nobody has filled in."""
_FILLER = re.compile(_EMPTY, re.IGNORECASE | re.VERBOSE)
_SUFFIXES = "jpe?g|tiff?|png|webp|avif|gif|hei[cf]|psd|dng|nef|cr[23]|arw|raf|orf|rw2"
_UNWRITTEN = re.compile(
    rf"""(?:charset="?[\w-]+"?\ ?)?(?:
      (?:[\w().]+\ ){{0,2}}digital\ ?(?:still\ ?)?camera
    | (?:sony|minolta)\ dsc | samsung\ camera\ pictures | <(?:kenox|digimax)[^>]*> | (?:kenox|digimax)\ \w+
    | samsung | sony | nikon | fujifilm | panasonic | huawei | xiaomi | gopro | dji
    | snapseed | instagram | vsco | photoshop | lightroom | canva | applemark | ducky | intel\(r\)\ jpeg\ library
    | default | exif[_ ]jpeg[_ ]picture | my\ beautiful\ picture | lead\ technologies.* | creator:\ gd-jpeg.*
    | (?:processed|edited|retouched)\ (?:with|by|in|using)
      \ (?:vsco|ebay|snapseed|picasa|photoshop|lightroom|gimp|canva)\b.*
    | (?:created|made|taken|shot)\ (?:by|on|with)\ (?:a\ |an\ )?
      (?:dji|gopro|iphone|ipad|samsung|galaxy|xiaomi|redmi|mi|oneplus|huawei|pixel|snapseed|vsco)\b.*
    | (?:untitled|ohne\ titel|unbenannt|sans\ titre|sin\ t[íi]tulo|senza\ titolo|sem\ t[íi]tulo|bez\ nazwy|без\ названия
      |без\ имени|無題|无标题|無標題|제목\ ?없음)(?:[-_ ]\w{{0,12}})?[-_ ]?\d*
    | (?:no|keine?|pas\ de|sin|senza|sem|без|нет)\ (?:description|beschreibung|descripci[óo]n|descrizione|описания)
    | bildunterschrift | titel | beschreibung | l[ée]gende | (?:exif\ )?image\ ?description | (?:user\ )?comments?
    | (?:picture|image|photo|foto|bild)(?:\ \d+(?:\ (?:of|von|de)\ \d+)?)?
    | _cuva | bsh | bt[fr] | cof(?:_soft)? | dav | edf | [frvx]?hdr(?:pl)? | mde | mgh | oznor\w* | ptr
    | rbt | rpt | sdr                                              # names of Huawei’s camera modes
    | (?:screen\ ?shot|bildschirmfoto|capture\ d[’']?[ée]cran|captura\ de\ (?:pantalla|ecrã)|schermata|снимок\ экрана
      |スクリーンショット|屏幕截图|截屏)(?:[-_.:,\d ]|at|um|à|a\ las|alle|[ap]m|[AP]\.?M\.?)*
    | (?:whatsapp\ image|signal|photo|telegram-cloud-photo-size|fb_img|received|snapchat|viber_image|img)
      [-_ ](?:[-_.:\d ]|at|um|wa|[ap]m){{4,}}
    | dcim[\\/].* | (?:file\ source:\ )?https?://\S+ | [\W\d_]{{0,3}}
    | .{{1,120}}\.(?:{_SUFFIXES})
    | _?(?:dsc[nf]?|imgp?|mg|p|pict|sam|cimg|dji|gopr|pxl|wp)[-_ ]?e?\d{{3,}}(?:[-_~ (]+(?:wa)?\d+\)?)*(?:\.mp)?
    | \d{{8}}[-_]\d{{6,}} | {_EMPTY}
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
"""Texts that cameras and programs write where a caption belongs."""


def _written(value: object) -> object:
    """A value without the texts that a program wrote because nobody did."""
    if isinstance(value, tuple):
        return tuple(each for each in value if not _FILLER.fullmatch(each))
    return "" if isinstance(value, str) and _FILLER.fullmatch(value) else value


def _caption(text: str) -> str:
    """A caption, or “” if a camera or program wrote it."""
    caption = _line(text)
    return "" if _UNWRITTEN.fullmatch(caption) else caption


def _place(parts: Iterable[str]) -> str:
    """The parts of an address on one line; a city named like its country appears once."""
    return ", ".join({part.casefold(): part for part in map(_line, parts) if part}.values())


_DATE = re.compile(r"([0-9]{4})([-:]?)([0-9]{2})\2([0-9]{2})(?:[T ].*)?")


def _date(text: str) -> dt.date | None:
    """The day in a date as XMP, IIM or EXIF writes it; None if it is incomplete or invalid."""
    match = _DATE.fullmatch(_line(text))
    if match is None:
        return None
    with contextlib.suppress(ValueError):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    return None
