"""The metadata of a photograph's file: read from XMP, IIM and EXIF, in this order, and never guessed."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import struct
import subprocess
import warnings
import zlib
from pathlib import Path

import pytest
from conftest import picture
from hypothesis import example, given
from hypothesis import strategies as some
from PIL import ExifTags, Image, TiffImagePlugin

from pressroom.photographs.metadata import Metadata, Origin, printed_credit, read_metadata
from pressroom.photographs.xmp import NAMESPACES

DAY = dt.date(2023, 9, 25)
PREFIXES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items() if prefix != "xml")
UTF8 = (1, 90, b"\x1b%G")
needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")


# ---- photographs with metadata


def description(body: str = "", attributes: str = "") -> str:
    return f'<rdf:Description rdf:about="" {PREFIXES} {attributes}>{body}</rdf:Description>'


def packet(*descriptions: str) -> str:
    """An XMP packet, wrapped and padded as programs write it."""
    rdf = f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">{"".join(descriptions)}</rdf:RDF>'
    begin, end = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>', '<?xpacket end="w"?>'
    return f'{begin}<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>{" " * 20}{end}'


def alternatives(name: str, **texts: str) -> str:
    """A text in several languages: `en_GB` stands for en-GB, `x_default` for the default."""
    items = "".join(f'<rdf:li xml:lang="{tag.replace("_", "-")}">{text}</rdf:li>' for tag, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def listed(name: str, *texts: str, kind: str = "Seq") -> str:
    return f"<{name}><rdf:{kind}>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:{kind}></{name}>"


def iim(*sets: tuple[int, int, bytes]) -> bytes:
    """Data sets of an IIM record, each as record, number and content."""
    return b"".join(struct.pack(">BBBH", 0x1C, record, number, len(raw)) + raw for record, number, raw in sets)


def exif(taken: str = "", **texts: str) -> bytes:
    """EXIF with texts in UTF-8, as most programs write them, by the names of their tags."""
    tags = Image.Exif()
    for name, text in texts.items():
        tags[ExifTags.Base[name]] = text.encode()
    if taken:
        tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    return tags.tobytes()


def photograph(xmp: str | bytes = b"", record: bytes = b"", exif: bytes = b"") -> io.BytesIO:
    """A JPEG that holds these parts."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG", xmp=xmp.encode() if isinstance(xmp, str) else xmp, exif=exif)
    if not record:
        return data
    body = (
        b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(record)) + record + b"\0" * (len(record) % 2)
    )
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    return io.BytesIO(data.getvalue()[:2] + segment + data.getvalue()[2:])


def told(file: io.BytesIO | Path, language: str = "en") -> Metadata:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow looks into the EXIF of a JPEG as it opens it
        image = Image.open(file)
    with image:
        return read_metadata(image, language)


def told_by_xmp(body: str = "", attributes: str = "", language: str = "en") -> Metadata:
    return told(photograph(packet(description(body, attributes))), language)


def told_by_info(raw: object) -> Metadata:
    """The metadata that are read if Pillow returns this as the packet."""
    image = Image.new("RGB", (8, 8))
    image.info["xmp"] = raw
    return read_metadata(image, "en")


# ---- as the trade's own tool writes it

WRITTEN = """
-codedcharacterset=utf8
-XMP-dc:Description=Աղբյուրը Շուշիում
-XMP-dc:Description-ru=Родник в Шуши
-IPTC:Caption-Abstract=A spring, says the record.
-EXIF:ImageDescription=A spring, says the camera.
-EXIF:DateTimeOriginal=2023:09:24 10:00:00
-XMP-dc:Creator=Լուսանկարիչ Ա.
-XMP-dc:Creator=B. Photographer
-XMP-photoshop:Credit=An Agency
-XMP-dc:Rights=© An Agency
-XMP-photoshop:Headline=Water
-XMP-photoshop:Source=The Archive
-XMP-cc:License=https://creativecommons.org/licenses/by/4.0/
-XMP-xmpRights:WebStatement=https://agency.example/rights
-XMP-xmpRights:UsageTerms=Once, in print.
-XMP-photoshop:DateCreated=2023:09:25 10:00:00+04:00
-XMP-iptcCore:Location=The old quarter
-XMP-photoshop:City=Shushi
-XMP-photoshop:Country=Artsakh
-XMP-iptcExt:PersonInImage=Person A
-XMP-iptcExt:PersonInImage=Person B
-XMP-iptcCore:AltTextAccessibility=Water runs from a stone wall.
-XMP-iptcCore:ExtDescrAccessibility=A wall of grey stone; from an iron pipe runs water.
-XMP-photoshop:Instructions=Not before the evening.
-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture
"""
READ = Metadata(
    caption="Родник в Шуши",
    headline="Water",
    creators=("Լուսանկարիչ Ա.", "B. Photographer"),
    credit="An Agency",
    copyright="© An Agency",
    source="The Archive",
    licence="https://creativecommons.org/licenses/by/4.0/",
    usage="Once, in print.",
    date=DAY,
    place="The old quarter, Shushi, Artsakh",
    people=("Person A", "Person B"),
    alt="Water runs from a stone wall.",
    long_description="A wall of grey stone; from an iron pipe runs water.",
    instructions="Not before the evening.",
    source_type="digitalCapture",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pictures in which exiftool wrote the same."""
    folder = tmp_path_factory.mktemp("written")
    files = [str(picture(folder / f"a.{suffix}")) for suffix in ("jpg", "tif", "png", "webp", "avif")]
    arguments = ["-q", "-q", "-m", "-overwrite_original", "-sep", "|", *WRITTEN.strip().splitlines(), *files]
    subprocess.run(["exiftool", "-@", "-"], input="\n".join(arguments), encoding="utf-8", check=True)
    return folder


@pytest.mark.slow
@needs_exiftool
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png", "webp", "avif"])
def test_metadata_written_by_exiftool_are_read_from_every_format(written: Path, suffix: str) -> None:
    read = told(written / f"a.{suffix}", "ru")
    assert {name: value for name, value in vars(read).items() if name != "origins"} == {
        name: value for name, value in vars(READ).items() if name != "origins"
    }
    assert set(read.origins.values()) == {"XMP"}


@pytest.mark.slow
@needs_exiftool
def test_iim_and_exif_of_exiftool_are_read_where_there_is_no_xmp(written: Path) -> None:
    for suffix, origin in (("jpg", "IPTC"), ("tif", "IPTC"), ("png", "EXIF"), ("webp", "EXIF"), ("avif", "EXIF")):
        with Image.open(written / f"a.{suffix}") as image:
            image.info |= {"xmp": b"", "XML:com.adobe.xmp": ""}
            read = read_metadata(image, "ru")
        assert read.origins == {"caption": origin, "date": "EXIF"}
        assert read.date == dt.date(2023, 9, 24)
        assert read.caption == {"IPTC": "A spring, says the record.", "EXIF": "A spring, says the camera."}[origin]


# ---- the same without it


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_and_exif_are_read_from_every_format(format: str) -> None:
    data, image = io.BytesIO(), Image.new("RGB", (8, 8))
    xmp = packet(description(alternatives("dc:description", x_default="Աղբյուր"))).encode()
    camera = exif(Artist="Лидия", taken="2023:09:25 10:00:00")
    if format == "PNG":
        image.save(data, format, exif=camera)
        data = with_chunk(data.getvalue(), xmp, at_the_end=False)
    else:
        image.save(data, format, exif=camera, xmp=xmp)
    read = told(data)
    assert (read.caption, read.creators, read.date) == ("Աղբյուր", ("Лидия",), DAY)
    assert read.origins == {"caption": "XMP", "creators": "EXIF", "date": "EXIF"}


def with_chunk(png: bytes, xmp: bytes, *, at_the_end: bool) -> io.BytesIO:
    """A PNG with XMP in front of its pixels or behind them."""
    body = b"iTXt" + b"XML:com.adobe.xmp\0\0\0\0\0" + xmp
    chunk = struct.pack(">I", len(xmp) + 22) + body + struct.pack(">I", zlib.crc32(body))
    place = len(png) - 12 if at_the_end else 33
    return io.BytesIO(png[:place] + chunk + png[place:])


def test_a_png_may_have_metadata_after_its_pixels() -> None:
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG", exif=exif(Artist="A. Photographer"))
    xmp = packet(description(attributes='photoshop:Credit="An Agency"')).encode()
    assert told(with_chunk(data.getvalue(), xmp, at_the_end=True)).credit == "An Agency"


def tiff(kind: int = 7, **tags: object) -> io.BytesIO:
    """A TIFF with these tags. What is given as bytes is marked as what it is, or as another kind: 2 is text."""
    directory, data = TiffImagePlugin.ImageFileDirectory_v2(), io.BytesIO()
    for name, value in tags.items():
        number = ExifTags.Base[name].value
        directory[number] = value
        if isinstance(value, bytes):
            directory.tagtype[number] = kind
    Image.new("RGB", (8, 8)).save(data, "TIFF", tiffinfo=directory)
    return data


def test_a_tiff_may_have_all_three_kinds_of_metadata() -> None:
    xmp, record = packet(description(attributes='photoshop:City="Goris"')).encode(), iim((2, 120, "Աղբյուր".encode()))
    taken = {ExifTags.Base.DateTimeOriginal.value: "2023:09:25 10:00:00"}
    read = told(tiff(XMLPacket=xmp, IPTCNAA=record, ExifOffset=taken, Artist="A. Photographer"))
    assert (read.place, read.caption, read.creators, read.date) == ("Goris", "Աղբյուր", ("A. Photographer",), DAY)
    assert read.origins == {"place": "XMP", "caption": "IPTC", "creators": "EXIF", "date": "EXIF"}


def test_a_photograph_without_metadata_supplies_none() -> None:
    assert told(photograph()) == Metadata()
    assert read_metadata(Image.new("RGB", (8, 8)), "en") == Metadata()


def test_another_reader_of_pictures_needs_only_the_same_places() -> None:
    """HEIC comes as an image with `info["xmp"]` and EXIF."""
    image = Image.new("RGB", (8, 8))
    image.info |= {"xmp": packet(description(attributes='photoshop:City="Goris"')).encode()}
    image.info |= {"exif": exif(Copyright="© A. Photographer")}
    read = read_metadata(image, "en")
    assert read.origins == {"place": "XMP", "copyright": "EXIF"}


# ---- who is believed

FIELDS: list[tuple[str, str, bytes, str]] = [
    ("caption", alternatives("dc:description", x_default="X"), iim((2, 120, b"I")), "ImageDescription"),
    ("headline", "<photoshop:Headline>X</photoshop:Headline>", iim((2, 105, b"I")), ""),
    ("creators", listed("dc:creator", "X"), iim((2, 80, b"I"), (2, 85, b"Title")), "Artist"),
    ("credit", "<photoshop:Credit>X</photoshop:Credit>", iim((2, 110, b"I")), ""),
    ("copyright", alternatives("dc:rights", x_default="X"), iim((2, 116, b"I")), "Copyright"),
    ("source", "<photoshop:Source>X</photoshop:Source>", iim((2, 115, b"I")), ""),
    ("instructions", "<photoshop:Instructions>X</photoshop:Instructions>", iim((2, 40, b"I")), ""),
    ("place", "<photoshop:City>X</photoshop:City>", iim((2, 92, b"I")), ""),
]


@pytest.mark.parametrize(("name", "xmp", "record", "tag"), FIELDS, ids=[name for name, *_ in FIELDS])
def test_xmp_is_believed_before_iim_and_iim_before_exif(name: str, xmp: str, record: bytes, tag: str) -> None:
    camera = exif(**({tag: "E"} if tag else {}))
    whole, empty = packet(description(xmp)), packet(description(xmp.replace("X<", " <")))
    expected: list[tuple[Metadata, str, Origin]] = [
        (told(photograph(whole, record, camera)), "X", "XMP"),
        (told(photograph(empty, record, camera)), "I", "IPTC"),
    ]
    if tag:
        expected.append((told(photograph(empty, iim((2, 120, b" ")), camera)), "E", "EXIF"))
    for read, text, origin in expected:
        assert getattr(read, name) in (text, (text,))
        assert read.origins == {name: origin}


def test_a_date_is_believed_in_the_same_order() -> None:
    record, camera = iim((2, 55, b"20230926")), exif(taken="2023:09:27 10:00:00")
    for xmp, sets, day, origin in (
        ("2023-09-25", record, 25, "XMP"),
        ("2023-09", record, 26, "IPTC"),
        ("", b"", 27, "EXIF"),
    ):
        read = told(photograph(packet(description(attributes=f'photoshop:DateCreated="{xmp}"')), sets, camera))
        assert (read.date, read.origins) == (dt.date(2023, 9, day), {"date": origin})


def test_facts_that_only_xmp_can_state() -> None:
    read = told_by_xmp(
        listed("Iptc4xmpExt:PersonInImage", "Person A", "Person B", "Person A", kind="Bag")
        + alternatives("Iptc4xmpCore:AltTextAccessibility", hy="Ջուր", en="Water")
        + alternatives("Iptc4xmpCore:ExtDescrAccessibility", en="Water, and a wall.")
        + alternatives("xmpRights:UsageTerms", x_default="Once.")
        + '<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/negativeFilm/"/>'
    )
    assert (read.people, read.alt, read.long_description) == (("Person A", "Person B"), "Water", "Water, and a wall.")
    assert (read.usage, read.source_type) == ("Once.", "negativeFilm")


def test_a_description_never_becomes_alt_text() -> None:
    xmp = packet(description(alternatives("dc:description", en="A spring.") + alternatives("dc:title", en="Spring")))
    read = told(photograph(xmp, iim((2, 120, b"A spring."), (2, 105, b"Spring")), exif(ImageDescription="A spring.")))
    assert (read.caption, read.alt, read.long_description) == ("A spring.", "", "")


def test_the_licence_comes_before_the_statement_of_rights() -> None:
    statement = "<xmpRights:WebStatement>https://agency.example/rights</xmpRights:WebStatement>"
    licence = '<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>'
    assert told_by_xmp(statement).licence == "https://agency.example/rights"
    assert told_by_xmp(statement + licence).licence == "https://creativecommons.org/licenses/by/4.0/"


def test_an_embargo_is_read_from_iim() -> None:
    read = told(photograph(record=iim((2, 30, b"20230925"), (2, 40, b"Embargo until Monday."))))
    assert (read.release, read.instructions) == (DAY, "Embargo until Monday.")


# ---- XMP


@pytest.mark.parametrize(
    ("language", "caption"),
    [("hy", "hy"), ("HY", "hy"), ("pt-BR", "pt-BR"), ("pt", "pt-PT"), ("hy-arevmda", "hy"), ("ru", "any")],
)
def test_a_text_is_taken_in_the_language_of_the_publication(language: str, caption: str) -> None:
    texts = alternatives("dc:description", de="de", x_default="any", pt_PT="pt-PT", pt_BR="pt-BR", hy="hy")
    assert told_by_xmp(texts, language=language).caption == caption


def test_a_language_may_be_written_with_an_underscore() -> None:
    texts = alternatives("dc:description", pt_PT="pt-PT", pt_BR="pt-BR").replace("pt-BR", "pt_BR", 1)
    assert told_by_xmp(texts, language="pt-BR").caption == "pt-BR"


def test_the_first_language_is_better_than_none_and_an_empty_one_counts_for_nothing() -> None:
    assert told_by_xmp(alternatives("dc:description", de="de", hy="hy"), language="ru").caption == "de"
    assert told_by_xmp(alternatives("dc:description", x_default="any", ru=" "), language="ru").caption == "any"


def test_properties_may_be_attributes() -> None:
    attributes = 'photoshop:Credit="An Agency" dc:description="A spring." photoshop:DateCreated="2023-09-25T10:00:00"'
    read = told_by_xmp(attributes=attributes)
    assert (read.credit, read.caption, read.date) == ("An Agency", "A spring.", DAY)


def test_properties_may_stand_in_several_descriptions() -> None:
    parts = (description(listed("dc:creator", "A. Photographer")), description(attributes='photoshop:Credit="Agency"'))
    read = told(photograph(packet(*parts)))
    assert (read.creators, read.credit) == (("A. Photographer",), "Agency")


def test_metadata_of_an_embedded_picture_are_not_those_of_the_photograph() -> None:
    inside = description("<photoshop:Credit>Another</photoshop:Credit>" + listed("dc:creator", "Another"))
    read = told_by_xmp(f"<xmpMM:Ingredients xmlns:xmpMM='urn:mm'><rdf:Bag><rdf:li>{inside}</rdf:li></rdf:Bag>"
                       "</xmpMM:Ingredients>")  # fmt: skip
    assert read == Metadata()


def test_prefixes_are_the_files_own() -> None:
    xmp = packet(description("<p:Credit>An Agency</p:Credit>", f'xmlns:p="{NAMESPACES["photoshop"]}"'))
    assert told(photograph(xmp)).credit == "An Agency"
    assert told_by_xmp('<photoshop:Credit xmlns:photoshop="urn:else">An Agency</photoshop:Credit>').credit == ""


def test_a_text_with_a_comment_or_a_qualifier_is_whole() -> None:
    qualified = '<rdf:li rdf:parseType="Resource"><rdf:value>A</rdf:value><dc:type>role</dc:type></rdf:li>'
    nested = "<rdf:li><rdf:Description><rdf:value>B</rdf:value><dc:type>role</dc:type></rdf:Description></rdf:li>"
    read = told_by_xmp(
        f"<dc:creator><rdf:Seq>{qualified}{nested}</rdf:Seq></dc:creator>"
        "<photoshop:Credit>An <!-- old --><![CDATA[Agency & Co.]]></photoshop:Credit>"
    )
    assert (read.creators, read.credit) == (("A", "B"), "An Agency & Co.")


CITY = "<Iptc4xmpExt:City>Vank</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Artsakh</Iptc4xmpExt:CountryName>"


@pytest.mark.parametrize(
    "structure",
    [
        f'<rdf:Bag><rdf:li rdf:parseType="Resource">{CITY}</rdf:li></rdf:Bag>',
        f"<rdf:Bag><rdf:li><rdf:Description>{CITY}</rdf:Description></rdf:li></rdf:Bag>",
        '<rdf:Bag><rdf:li Iptc4xmpExt:City="Vank" Iptc4xmpExt:CountryName="Artsakh"/></rdf:Bag>',
        f"<rdf:Description>{CITY}</rdf:Description>",
        '<rdf:Description Iptc4xmpExt:City="Vank" Iptc4xmpExt:CountryName="Artsakh"/>',
    ],
)
def test_the_place_may_be_a_structure(structure: str) -> None:
    created = f"<Iptc4xmpExt:LocationCreated>{structure}</Iptc4xmpExt:LocationCreated>"
    assert told_by_xmp(created).place == "Vank, Artsakh"
    assert told_by_xmp(created + "<photoshop:City>Goris</photoshop:City>").place == "Goris"
    assert told_by_xmp(created.replace("LocationCreated", "LocationShown")).place == ""


def test_each_part_of_a_place_appears_once_and_all_have_one_origin() -> None:
    flat = "<photoshop:City>Yerevan</photoshop:City><photoshop:State>YEREVAN</photoshop:State>"
    record = iim((2, 92, b"Opera"), (2, 90, b"Gyumri"), (2, 95, b"Shirak"), (2, 101, b"Armenia"))
    assert told(photograph(packet(description(flat)), record)).place in ("Yerevan", "YEREVAN")
    assert told(photograph(record=record)).place == "Opera, Gyumri, Shirak, Armenia"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_packet_may_be_in_any_encoding_of_unicode(encoding: str) -> None:
    xmp = packet(description(alternatives("dc:description", x_default="Աղբյուր, вода"))).encode(encoding)
    for raw in (xmp, xmp + b"\0" * 7):
        read = told_by_info(raw)
        assert (read.caption, read.broken) == ("Աղբյուր, вода", ())


def test_what_stands_around_the_document_is_no_matter() -> None:
    xmp = packet(description(attributes='photoshop:Credit="Աղբյուր"'))
    bare = xmp[xmp.index("<rdf:RDF") : xmp.index("</x:xmpmeta>")]
    declared = f'<?xml version="1.0" encoding="UTF-16"?>\n{bare}'
    for raw in (xmp.encode() + b"\0\xff\xfe<junk", b"\0\n" + bare.encode(), declared.encode(), xmp, bare + "\0"):
        assert told_by_info(raw).credit == "Աղբյուր"


def test_a_packet_that_a_tiff_holds_as_text_comes_out_right_and_so_does_exif() -> None:
    """Pillow takes such a text for Latin letters."""
    xmp = packet(description(attributes='photoshop:Credit="Աղբյուր"')).encode()
    data = tiff(kind=2, XMLPacket=xmp, Artist="A. Photographer")
    assert isinstance(Image.open(data).info["xmp"], str)
    read = told(data)
    assert (read.credit, read.creators, read.broken) == ("Աղբյուր", ("A. Photographer",), ())


@pytest.mark.parametrize("raw", [b"", b"\0\0", b" \n", "", "\ufeff"])
def test_an_empty_packet_is_none(raw: bytes | str) -> None:
    assert told_by_info(raw) == Metadata()


@pytest.mark.parametrize(
    "raw",
    [
        b"hello",
        b"<x:xmpmeta",
        packet(description("<photoshop:Credit>")).encode(),
        packet(description(attributes='photoshop:Credit="&lol;"')).encode(),
        packet(description(attributes='photoshop:Credit="?"')).encode().replace(b'?"', b'\xe9"'),
        packet(description(attributes='photoshop:Credit="\x01"')),
        "<x:xmpmeta>\ud800</x:xmpmeta>",
        ("a", "tuple"),
    ],
)
def test_a_broken_packet_is_reported_and_hides_nothing_else(raw: object) -> None:
    with Image.open(photograph(record=iim((2, 110, b"An Agency")), exif=exif(Artist="A. Photographer"))) as image:
        image.info["xmp"] = raw
        read = read_metadata(image, "en")
    assert (read.credit, read.creators, read.broken) == ("An Agency", ("A. Photographer",), ("XMP",))


def test_a_packet_that_grows_without_end_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>' + packet(description(attributes='photoshop:Credit="&a11;"'))
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + packet(
        description("<photoshop:Credit>&a;</photoshop:Credit>")
    )
    for xmp in (bomb, outside, "<!DOCTYPE x>" + packet(description(attributes='photoshop:Credit="A"'))):
        read = told(photograph(xmp, exif=exif(Artist="A. Photographer")))
        assert (read.credit, read.creators, read.broken) == ("", ("A. Photographer",), ("XMP",))


# ---- IIM


@pytest.mark.parametrize(
    ("sets", "creators"),
    [
        ([(2, 80, "Ж. Фотограф".encode())], ("Ж. Фотограф",)),
        ([UTF8, (2, 80, "Ժ. Լուսանկարիչ".encode())], ("Ժ. Լուսանկարիչ",)),
        ([(2, 80, "Zoé".encode("latin-1"))], ("Zoé",)),
        ([(2, 80, "Zoé’s".encode("cp1252"))], ("Zoé’s",)),
        ([(2, 80, b"Zo\xe9\x81")], ("Zoé",)),
        ([UTF8, (2, 80, "Zoé, Noé.".encode("latin-1"))], ("Zoé, Noé.",)),
        ([(2, 80, b"A"), (2, 80, b"B"), (2, 80, b""), (2, 80, b"A")], ("A", "B")),
        ([UTF8, UTF8, (2, 80, b"A"), (3, 80, b"X"), (2, 80, b"B")], ("A", "B")),
    ],
)
def test_iim_is_read_in_the_letters_it_was_written_in(sets: list[tuple[int, int, bytes]], creators: object) -> None:
    assert told(photograph(record=iim(*sets))).creators == creators


def test_a_by_line_that_was_cut_inside_a_letter_loses_no_more_than_it() -> None:
    by_line = "Լուսանկարիչ Լուսանկարչյան".encode()[:32]
    assert told(photograph(record=iim(UTF8, (2, 80, by_line)))).creators == ("Լուսանկարիչ Լուս",)


@pytest.mark.parametrize("record", [b"\x1c\x4d\x50\0\x01x", iim((2, 80, b"A")) + b"junk!", b"\x1c\x02\x50\xff\xff\x01"])
def test_broken_iim_is_reported_and_hides_nothing_else(record: bytes) -> None:
    read = told(photograph(record=record, exif=exif(Artist="A. Photographer")))
    assert (read.creators, read.broken) == (("A. Photographer",), ("IPTC",))


# ---- EXIF


def test_exif_is_decoded_in_the_encoding_of_its_writer() -> None:
    """Cameras write Latin letters or, as most programs do, UTF-8."""
    assert told(photograph(exif=exif(ImageDescription="Աղբյուր, вода"))).caption == "Աղբյուր, вода"
    latin = exif(ImageDescription="Caf____").replace(b"Caf____", b"Caf\xe9\0\0x")
    assert told(photograph(exif=latin)).caption == "Café"


def test_exif_may_name_several_photographers_and_two_owners_of_rights() -> None:
    read = told(
        photograph(exif=exif(Artist="A. Photographer; B. Photographer;", Copyright="A. Photographer\0An Agency"))
    )
    assert read.creators == ("A. Photographer", "B. Photographer")
    assert read.copyright == "A. Photographer; An Agency"
    assert told(photograph(exif=exif(Copyright=" \0An Agency"))).copyright == "An Agency"


def test_the_rest_of_a_field_of_fixed_length_is_not_read() -> None:
    read = told(photograph(exif=exif(ImageDescription="A spring.\0\0rest", Artist="A. Photographer\0\0rest; B")))
    assert (read.caption, read.creators) == ("A spring.", ("A. Photographer",))


def corrupted(camera: bytes) -> bytes:
    """EXIF whose first directory claims more entries than there are."""
    return camera[:14] + b"\xff\xff" + camera[16:]


FAR = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHLLLQ", 1, ExifTags.IFD.Exif, 16, 1, 26, 0, 1 << 63)
"""EXIF whose second directory lies farther away than any file is long."""


@pytest.mark.parametrize("camera", [b"Exif\0\0junk", b"Exif\0\0MM\0*\0\0", exif(Artist="A. Photographer")[:18], FAR])
def test_broken_exif_is_reported_and_hides_nothing_else(camera: bytes, recwarn: pytest.WarningsRecorder) -> None:
    read = told(photograph(record=iim((2, 110, b"An Agency")), exif=camera))
    assert (read.credit, read.broken) == ("An Agency", ("EXIF",))
    assert not recwarn.list


def test_a_harmless_fault_in_exif_is_not_reported(recwarn: pytest.WarningsRecorder) -> None:
    read = told(photograph(exif=corrupted(exif(Artist="A. Photographer"))))
    assert (read.creators, read.broken) == (("A. Photographer",), ())
    assert not recwarn.list


# ---- values


@pytest.mark.parametrize(
    "boilerplate",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "Minolta DSC",
        "KONICA MINOLTA DIGITAL CAMERA",
        "SAMSUNG CAMERA PICTURES",
        "DIGITAL CAMERA",
        "<KENOX S1050  / Samsung S1050>",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
        "Default",
        "untitled",
        "Untitled-1",
        "Exif_JPEG_PICTURE",
        "DSC_0001",
        "_DSC0001",
        "P1010001",
        "IMG_1234.JPG",
        "IMG-20230925-WA0001",
        "20230925_101010",
        "spring in Shushi (2).jpeg",
        "charset=Ascii Screenshot",
        "Screenshot 2023-09-25 at 10.00.00",
        "_cuva",
        "x-default",
        "Enter caption here",
        "[Caption]",
        "Created with GIMP",
        "lorem ipsum dolor",
        "null",
        "FUJIFILM DIGITAL CAMERA",
        "oznorWO",
        "Processed with VSCO with f2 preset",
        "Created by DJI camera",
        "Bildschirmfoto 2023-09-25 um 10.00.00",
        "WhatsApp Image 2023-09-25 at 10.00.00 AM",
        "signal-2023-09-25-100000",
        "PXL_20230925_101010123.MP",
        "Untitled photo",
        "Ohne Titel",
        "Picture 1 of 4",
        "Image",
        "https://example.org/image",
        ".",
    ],
)
def test_what_cameras_put_where_a_caption_belongs_is_none(boilerplate: str) -> None:
    xmp = packet(description(alternatives("dc:description", x_default=boilerplate.replace("<", "&lt;"))))
    record = iim((2, 120, boilerplate.encode()))
    for file in (photograph(xmp), photograph(record=record), photograph(exif=exif(ImageDescription=boilerplate))):
        assert told(file) == Metadata()
    behind = photograph(xmp, record, exif(ImageDescription="A spring in Shushi."))
    assert told(behind).origins == {"caption": "EXIF"}


@pytest.mark.parametrize("filler", ["x-default", "Copyright", "Your name here", "unknown", "Picasa 3.0", "TBD"])
def test_what_programs_put_where_nobody_wrote_is_no_credit(filler: str) -> None:
    names = description(alternatives("dc:rights", x_default=filler) + f"<photoshop:Credit>{filler}</photoshop:Credit>")
    assert told(photograph(packet(names))) == Metadata()
    assert told(photograph(exif=exif(Artist=filler, Copyright=filler))) == Metadata()


@pytest.mark.parametrize(
    "caption",
    [
        "A digital camera on a tripod.",
        "Processed with care, the fish dries.",
        "Sony Center, Berlin",
        "Photo of the mill",
        "Created by hand",
        "1924",
        "Screenshot of the call for help.",
        "IMG_1234 was the last picture she took",
        "By default, the doors stay open.",
        "Unknown soldiers at Goris.",
        "Enter the dragon.",
        "Created with love by Ann Doe",
        "Title fight, Goris",
        "DSC",
        "2023",
        "Default of a debtor",
        "P. 12",
    ],
)
def test_a_caption_that_only_resembles_it_is_kept(caption: str) -> None:
    assert told(photograph(record=iim((2, 120, caption.encode())))).caption == caption


def test_texts_are_clean_lines() -> None:
    told_text = told(
        photograph(exif=exif(ImageDescription="  A\x07 spring,\r\n\tcafe\u0301 \x01 and\u00a0wall.\x85 "))
    ).caption
    assert told_text == "A spring, caf\u00e9 and\u00a0wall."
    assert told(photograph(record=iim((2, 120, b" \x01 "), (2, 80, b"\x02")))) == Metadata()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-09-25", DAY),
        (" 2023-09-25T10:00:00+04:00", DAY),
        ("2023-09-25T10:00Z", DAY),
        ("2023:09:25 10:00:00", DAY),
        ("20230925", DAY),
        ("2023-09", None),
        ("2023", None),
        ("2023-09-31", None),
        ("2023-00-00", None),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2023-09-2512", None),
        ("2023:09-25", None),
        ("٢٠٢٣-٠٩-٢٥", None),
        ("25 September 2023", None),
    ],
)
def test_a_date_is_a_whole_day_or_none(written: str, day: dt.date | None) -> None:
    assert told_by_xmp(attributes=f'photoshop:DateCreated="{written}"').date == day
    assert told(photograph(record=iim((2, 30, written.encode())))).release == day


# ---- anything at all


@pytest.mark.slow
@given(some.binary() | some.binary().map(lambda raw: b"<x:xmpmeta" + raw) | some.text())
@example(b"<\0")
@example(b"</x:xmpmeta><x:xmpmeta")
def test_no_packet_stops_the_reading(raw: bytes | str) -> None:
    read = told_by_info(raw)
    assert read.broken in ((), ("XMP",))


SOUND = packet(description(alternatives("dc:description", en="A") + listed("dc:creator", "B"))).encode()


@pytest.mark.slow
@given(some.integers(0, len(SOUND)), some.binary(max_size=8), some.integers(0, 8))
def test_no_damage_to_a_packet_stops_the_reading(at: int, patch: bytes, cut: int) -> None:
    assert told_by_info(SOUND[:at] + patch + SOUND[at + cut :]).broken in ((), ("XMP",))


SETS = some.tuples(some.sampled_from([1, 2, 3, 8]), some.integers(0, 255), some.binary(max_size=20))


@pytest.mark.slow
@given(some.lists(SETS).map(lambda sets: iim(*sets)), some.binary(max_size=12))
@example(iim((3, 60, b"")), b"")
@example(iim((2, 80, b""), (2, 80, b"")), b"")
def test_no_iim_stops_the_reading(sets: bytes, rest: bytes) -> None:
    read = told(photograph(record=sets + rest))
    assert read.broken in ((), ("IPTC",))


CAMERA = exif(Artist="A. Photographer", Copyright="An Agency", taken="2023:09:25 10:00:00")


@pytest.mark.slow
@given(some.integers(6, len(CAMERA)), some.binary(max_size=8), some.integers(0, 8))
def test_no_exif_stops_the_reading(at: int, patch: bytes, cut: int) -> None:
    image = Image.new("RGB", (8, 8))
    image.info["exif"] = CAMERA[:at] + patch + CAMERA[at + cut :]
    assert read_metadata(image, "en").broken in ((), ("EXIF",))


@pytest.mark.slow
@given(some.data())
def test_no_png_that_breaks_off_stops_the_reading(data: some.DataObject) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG", exif=CAMERA)
    png = with_chunk(file.getvalue(), SOUND, at_the_end=True).getvalue()
    read = told(io.BytesIO(png[: data.draw(some.integers(png.index(b"IDAT") + 4, len(png)))]))
    assert {read.credit, *read.creators} <= {"", "A. Photographer", "B"}, "what is read is whole, or nothing"


# ---- the credit, as it is printed


@pytest.mark.parametrize(
    ("metadata", "credit"),
    [
        (Metadata(creators=("A. Photographer",), credit="An Agency"), "A. Photographer / An Agency"),
        (Metadata(creators=("A. Photographer", "B. Photographer")), "A. Photographer, B. Photographer"),
        (Metadata(creators=("A. Photographer",), credit="a. photographer/An Agency"), "a. photographer/An Agency"),
        (Metadata(creators=("A", "B"), credit="Photo: A, An Agency"), "B / Photo: A, An Agency"),
        (Metadata(creators=("Ann",), credit="Annapolis Press"), "Ann / Annapolis Press"),
        (Metadata(creators=("A (B)",), credit="A (B) / An Agency"), "A (B) / An Agency"),
        (Metadata(credit="An Agency", source="The Archive"), "An Agency"),
        (Metadata(creators=("A. Photographer",), source="The Archive", copyright="© C"), "A. Photographer"),
        (Metadata(source="The Archive", copyright="© C"), "The Archive"),
        (Metadata(copyright="© C"), "© C"),
        (Metadata(caption="A spring.", headline="Water"), ""),
    ],
)
def test_the_printed_credit_names_everybody_once(metadata: Metadata, credit: str) -> None:
    assert printed_credit(metadata) == credit
