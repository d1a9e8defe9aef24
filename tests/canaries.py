"""Canaries: pictures of many formats in which every field, comment, chunk, box and thumbnail holds words that must not
get into any product, and a search for these words.
"""

from __future__ import annotations

import base64
import functools
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin

CANARY = "CANARY"
MAKER = "A. Photographer"
"""Who made the pictures: the one thing in them that goes out."""
_SIZE = (360, 240)


def word(format: str, where: str) -> str:
    """A canary that tells where it was."""
    return f"{CANARY}-{format}-{where}"


def picture(format: str) -> Image.Image:
    """A picture that no other format has."""
    tones = Image.effect_noise(_SIZE, 60)
    turn = Image.linear_gradient("L").rotate(sum(format.encode())).resize(_SIZE)
    return Image.merge("RGB", (tones, turn, Image.new("L", _SIZE, 90)))


def profile(format: str) -> bytes:
    """sRGB under another name."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = word(format, "icc")[:13].ljust(13).encode("utf-16-be")
    assert "sRGB built-in".encode("utf-16-be") in data
    return data.replace("sRGB built-in".encode("utf-16-be"), name)


def thumbnail(format: str) -> bytes:
    """A small picture with a comment, as cameras write it into their files."""
    data = io.BytesIO()
    picture(format).resize((60, 40)).save(data, "JPEG", comment=word(format, "thumbnail"))
    return data.getvalue()


def exif(format: str) -> Image.Exif:
    """Every text that EXIF has, in each of its directories, and a maker's note."""
    told = Image.Exif()
    for tag in (0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x013C, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0xC614, 0xC62F):
        told[tag] = word(format, f"exif-{tag:x}")
    told[0x013B] = MAKER
    camera = {0x9286: b"ASCII\0\0\0", 0x927C: b"MakerNote\0" + thumbnail(format), 0xA40B: b""}
    texts = {tag: word(format, f"exif-{tag:x}") for tag in (0x9290, 0xA004, 0xA420, 0xA430, 0xA431, 0xA433, 0xA435)}
    told.get_ifd(0x8769).update({tag: data + word(format, f"{tag:x}").encode() for tag, data in camera.items()} | texts)
    place = {1: "N", 2: (39.0, 38.0, 27.7), 3: "E", 4: (46.0, 32.0, 49.2), 8: word(format, "gps-8")}
    told.get_ifd(0x8825).update({**place, 27: word(format, "gps-27").encode(), 28: word(format, "gps-28").encode()})
    return told


def xmp(format: str) -> bytes:
    """A packet in which properties, attributes, comments and padding tell of people and places."""
    named = word(format, "xmp")
    return f"""<?xpacket begin="" id="{named}-id"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{named}-kit">
<!-- {named}-comment --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="{named}" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:ph="http://ns.adobe.com/photoshop/1.0/" xmlns:own="https://own.example/"
 ph:City="{named}-city" own:serial="{named}-own"><dc:creator><rdf:Seq><rdf:li>{MAKER}</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>{named}-subject</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>
{" " * 100}{named}-padding<?xpacket end="w"?>""".encode()


def iptc(format: str) -> bytes:
    """Records of IIM, among Photoshop's resources (APP13 of a JPEG)."""
    records = b"".join(_record(number, word(format, f"iim-{number}")) for number in (5, 25, 55, 90, 92, 101, 120, 122))
    return (
        _resource(1028, records)
        + _resource(1008, word(format, "resource").encode())
        + _resource(1036, bytes(28) + thumbnail(format))
    )


def _record(number: int, text: str) -> bytes:
    return b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text.encode()


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHL", number, 0, len(data)) + data + bytes(len(data) % 2)


# ---- formats


def _saved(format: str, name: str, **options: Any) -> bytes:
    data = io.BytesIO()
    picture(format).save(data, name, **options)
    return data.getvalue()


def _jpeg() -> bytes:
    own = {"comment": word("jpeg", "comment"), "exif": exif("jpeg"), "xmp": xmp("jpeg"), "icc_profile": profile("jpeg")}
    data = _saved("jpeg", "JPEG", quality=90, **own)
    segments = (
        (0xED, b"Photoshop 3.0\0" + iptc("jpeg")),
        (0xE5, word("jpeg", "app5").encode()),
        (0xEF, word("jpeg", "app15").encode()),
    )
    more = b"".join(b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments)
    return data[:2] + more + data[2:] + word("jpeg", "trailer").encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def _png() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", word("png", "text"))
    text.add_text("Author", word("png", "ztext"), zip=True)
    text.add_itxt("Location", word("png", "itext"), "en", word("png", "translated"), zip=True)
    text.add_itxt("XML:com.adobe.xmp", xmp("png").decode())
    data = _saved("png", "PNG", pnginfo=text, exif=exif("png"), icc_profile=profile("png"))
    end = data.rindex(b"IEND") - 4
    return data[:end] + _chunk(b"caNa", word("png", "chunk").encode()) + data[end:] + word("png", "trailer").encode()


def _tiff() -> bytes:
    tags = exif("tiff")
    tags.update(
        {
            700: xmp("tiff"),
            33723: iptc("tiff"),
            34377: iptc("tiff"),
            37724: word("tiff", "layers").encode(),
            65000: word("tiff", "private"),
        }
    )
    data = io.BytesIO()
    second = picture("tiff").resize((60, 40))
    second.encoderinfo = {"tiffinfo": {270: word("tiff", "second-page")}}
    picture("tiff").save(
        data,
        "TIFF",
        exif=tags,
        icc_profile=profile("tiff"),
        compression="tiff_lzw",
        save_all=True,
        append_images=[second],
    )
    return data.getvalue() + word("tiff", "trailer").encode()


def _webp() -> bytes:
    data = _saved("webp", "WEBP", exif=exif("webp"), xmp=xmp("webp"), icc_profile=profile("webp"))
    own = word("webp", "chunk").encode()
    data += b"CANA" + struct.pack("<L", len(own)) + own + bytes(len(own) % 2)
    return data[:4] + struct.pack("<L", len(data) - 8) + data[8:] + word("webp", "trailer").encode()


def _gif() -> bytes:
    data = _saved("gif", "GIF", comment=word("gif", "comment"))
    own = word("gif", "application").encode()
    block = b"!\xff\x0bCANARYapp01" + bytes([len(own)]) + own + b"\0"
    return data[:-1] + block + b";" + word("gif", "trailer").encode()


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data) + 8) + kind + data


def _avif() -> bytes:
    data = _saved("avif", "AVIF", exif=exif("avif"), xmp=xmp("avif"), icc_profile=profile("avif"))
    return data + _box(b"free", word("avif", "box").encode())


def _heic() -> bytes:
    import pillow_heif  # noqa: PLC0415 - an extra

    data = io.BytesIO()
    made = pillow_heif.from_pillow(picture("heic"))
    made.save(data, exif=exif("heic").tobytes(), xmp=xmp("heic"))
    return data.getvalue() + _box(b"free", word("heic", "box").encode())


def _bmp() -> bytes:
    data, own = _saved("bmp", "BMP"), word("bmp", "gap").encode()
    at = struct.unpack("<L", data[10:14])[0]
    return (
        data[:6]
        + b"CANA"
        + struct.pack("<L", at + len(own))
        + data[14:at]
        + own
        + data[at:]
        + word("bmp", "trailer").encode()
    )


def _jp2() -> bytes:
    data = _saved("jp2", "JPEG2000", comment=word("jp2", "comment"))
    boxes = _box(b"xml ", word("jp2", "xml").encode()) + _box(b"uuid", bytes(16) + xmp("jp2"))
    at = data.index(b"jp2c") - 4
    return data[:at] + boxes + data[at:]


def _psd() -> bytes:
    width, height = _SIZE
    resources = _resource(1057, bytes(4) + b"\1\0") + iptc("psd") + _resource(1058, exif("psd").tobytes())
    resources += _resource(1060, xmp("psd")) + _resource(1039, profile("psd"))
    layers = word("psd", "layers").encode()
    head = b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, height, width, 8, 3)
    bands = b"".join(band.tobytes() for band in picture("psd").split())
    return (
        head
        + bytes(4)
        + struct.pack(">L", len(resources))
        + resources
        + struct.pack(">L", len(layers))
        + layers
        + bytes(2)
        + bands
    )


def _svg() -> bytes:
    named, inside = word("svg", "drawing"), base64.b64encode(_jpeg()).decode()
    drawing = f"""<?xml version="1.0"?><!-- {named}-before --><?own {named}-instruction?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:own="https://own.example/"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="360" height="240" own:file="{named}-file"
 sodipodi:docname="{named}-name" data-author="{named}-data"><metadata>{named}-metadata</metadata>
<!-- {named}-comment -->
<style>/* {named}-css */ .a {{ fill: navy }}</style><own:people>{named}-people</own:people>
<rect class="a" width="200" height="100" own:by="{named}-by"/><path d="M10 200 L300 120 L350 230 Z" fill="teal"/>
<image width="60" height="40" x="5" y="5" xlink:href="data:image/jpeg;base64,{inside}"/></svg>
<!-- {named}-end -->"""
    return drawing.encode()


MAKERS = {
    "a.jpg": _jpeg, "b.png": _png, "c.tif": _tiff, "d.webp": _webp, "e.gif": _gif, "f.avif": _avif, "g.heic": _heic,
    "h.bmp": _bmp, "i.jp2": _jp2, "j.psd": _psd, "k.svg": _svg,
}  # fmt: skip
"""What makes each picture, by the name of its file."""


@functools.cache
def pictures() -> Mapping[str, bytes]:
    """A picture of each format, by the name of its file."""
    return {name: make() for name, make in MAKERS.items()}


# ---- the search

_SPELLINGS = re.compile(b"|".join(re.escape(CANARY.encode(code)) for code in ("utf-8", "utf-16-be", "utf-16-le")))
_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2}){4,})>")
_BASE64 = re.compile(rb"base64,([A-Za-z0-9+/=]+)")


def found_in(data: bytes) -> set[str]:
    """The canaries in some bytes, and in what is packed in them."""
    found = set()
    for part in parts(data):
        for hit in _SPELLINGS.finditer(part):
            around = part[hit.start() : hit.start() + 60].replace(b"\0", b"")
            found.add(re.split(rb"[^\w-]", around)[0].decode())
    return found


def parts(data: bytes) -> Iterator[bytes]:
    """Some bytes, and what is packed in them: members of archives, streams and strings of PDFs, data in addresses,
    chunks of PNG, and entries of the cache, before which a checksum stands.
    """
    yield data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from parts(archive.read(name))
    elif data.startswith(b"%PDF"):
        unpacked = _unpacked(data)
        yield unpacked
        yield from (bytes.fromhex(match[1].decode()) for match in _HEX.finditer(unpacked))
    yield from (base64.b64decode(match[1]) for match in _BASE64.finditer(data))
    yield from map(_inflated, (data[32:], *(data[at.end() :] for at in re.finditer(b"zTXt|iTXt|iCCP", data))))


def _unpacked(pdf: bytes) -> bytes:
    """A PDF in which nothing is packed but the pixels of its photographs."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        decoding, objects = pikepdf.StreamDecodeLevel.specialized, pikepdf.ObjectStreamMode.disable
        opened.save(out, compress_streams=False, stream_decode_level=decoding, object_stream_mode=objects)
    return out.getvalue()


def _inflated(data: bytes) -> bytes:
    """What can be inflated of some bytes, from the first place at which that can begin; else nothing."""
    start = re.search(rb"\x78[\x01\x5e\x9c\xda]", data[:400])
    try:
        return zlib.decompressobj().decompress(data[start.start() :]) if start else b""
    except zlib.error:
        return b""
