"""Small PDFs put together from a description in text: a sound file for a press, and what a fault changes of it.

A description is YAML whose parts are in the syntax of PDF itself; a name like `/@photo` stands for the stream that is
described under `streams` by that name. `sound.yaml` says what is there where a description says nothing else.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name
from PIL import Image
from ruamel.yaml import YAML

from pressroom import inspection, pdf, photographs
from pressroom.design import Composition
from pressroom.errors import Place
from pressroom.inspection import Inspected
from pressroom.photographs.profiles import find_profile
from pressroom.preflight.press import PressFile
from pressroom.publication import Trim
from pressroom.rules.printers import builtin_printer

DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
FAULTS = Path(__file__).parent / "preflight"
Description = dict[str, Any]


def exported(composition: Composition) -> bytes:
    """The PDF of a composition."""
    with TemporaryDirectory() as folder:
        pdf.export(composition, DATE, file := Path(folder, "book.pdf"))
        return file.read_bytes()


def described(text: str) -> Description:
    """A description over that of the sound file."""
    sound = YAML(typ="safe").load((FAULTS / "sound.yaml").read_text("utf-8"))
    return {**sound, **(YAML(typ="safe").load(text) or {})}


def assembled(given: Description) -> bytes:
    """The PDF of a description."""
    pdf = pikepdf.new()
    streams = {"font": pdf.make_stream(font()), "profile": pdf.make_stream(_profile(), N=4)}
    for name, stream in given.get("streams", {}).items():
        streams[name] = _stream(pdf, stream)
    for stream in streams.values():
        _fill(stream, streams)
    for number in range(given["pages"]):
        page = _parsed(given["page"], streams)
        if number == given["pages"] - 1:
            for key, value in _parsed(given.get("last") or "", streams).items():
                page[key] = value
        page.Resources = _parsed(given["resources"] + given.get("more", ""), streams)
        page.Type, page.Contents = Name.Page, pdf.make_stream(given["content"].encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    for key, value in _parsed(given["root"], streams).items():
        pdf.Root[key] = value
    pdf.trailer.Info = pdf.make_indirect(_parsed(given["info"], streams))
    if given["intent"]:
        pdf.Root.OutputIntents = Array([_parsed(given["intent"], streams)])
    pdf.Root.Metadata = pdf.make_stream(_xmp(given["claims"]).encode(), Type=Name.Metadata, Subtype=Name.XML)
    return _saved(pdf, given)


def _saved(pdf: pikepdf.Pdf, given: Description) -> bytes:
    out = io.BytesIO()
    lock = given.get("password")
    locked = pikepdf.Encryption(owner=lock, user="") if lock else None
    pdf.save(out, deterministic_id=not lock, force_version=given["version"], encryption=locked)
    data = out.getvalue()
    if not given["identifier"]:
        start = data.rindex(b"/ID [")
        data = data[:start] + data[start:].replace(b"/ID", b"/No", 1)
    return data


def finished(given: Description) -> PressFile:
    """The file of a description, as preflight is given it."""
    facts = inspection.inspect(assembled(given), photographs.ink_of_jpeg, is_whole=photographs.is_whole)
    size = given.get("bytes")
    if size:
        facts = Inspected(**{**facts.__dict__, "bytes": size})
    return PressFile(
        facts,
        Place("file.pdf"),
        builtin_printer(given["printer"]) if given.get("printer") else None,
        meant=given.get("meant"),
        trim=Trim(*given["trim"]) if given.get("trim") else None,
        is_for_press=given.get("press", True),
    )


def _parsed(text: str, streams: dict[str, pikepdf.Stream]) -> Any:
    """A dictionary in the syntax of PDF."""
    return _fill(pikepdf.Object.parse(b"<<" + text.encode() + b">>"), streams)


def _fill(thing: Any, streams: dict[str, pikepdf.Stream]) -> Any:
    if isinstance(thing, Dictionary | pikepdf.Stream):
        for key in set(thing.keys()) - {"/Length"}:
            thing[key] = _fill(thing[key], streams)
    elif isinstance(thing, Array):
        for index, value in enumerate(thing):
            thing[index] = _fill(value, streams)
    elif isinstance(thing, Name) and bytes(thing).startswith(b"/@"):
        return streams[str(thing)[2:]]
    return thing


def _stream(pdf: pikepdf.Pdf, given: Description) -> pikepdf.Stream:
    data = given.get("data", "").encode() * given.get("times", 1)
    if "jpeg" in given:
        out = io.BytesIO()
        Image.new("CMYK", (32, 32), tuple(given["jpeg"])).save(out, "JPEG", quality=95)
        data = out.getvalue()
    stream = pdf.make_stream(data)
    for key, value in pikepdf.Object.parse(b"<<" + given["dict"].encode() + b">>").items():
        stream[key] = value
    return stream


@functools.cache
def font() -> bytes:
    """A TrueType font of one letter, a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    empty = TTGlyphPen(None).glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({0x61: "a"})
    builder.setupGlyf({".notdef": empty, "a": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "a": (1000, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=0)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


@functools.cache
def _profile() -> bytes:
    return find_profile("coated-fogra39", Path("/nowhere"), Place("x")).data


def _xmp(claims: str) -> str:
    """Metadata that claims standards: attributes of one description."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
        f'{claims}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
