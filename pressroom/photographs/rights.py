"""Rights: the part of a photograph’s metadata that is published with it.

That is its maker and its licence. Place, camera and the people in the picture are never published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from pressroom.photographs.metadata import Metadata

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_META = "adobe:ns:meta/"
_NAMES = {"x": _META, "rdf": _RDF, "dc": _DC, "photoshop": _PHOTOSHOP, "xmpRights": _RIGHTS, "Iptc4xmpExt": _EXT}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST = 65_000
"""The longest packet in bytes that fits a JPEG (ISO 16684-3, 1.1.3: 65 502 in one segment)."""
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@dataclass(frozen=True)
class Rights:
    """Who made a photograph, and on what terms it may be used."""

    creators: tuple[str, ...] = ()
    credit: str = ""
    copyright: str = ""
    licence: str = ""
    """URL of the licence, or of the statement of rights."""
    usage: str = ""
    source_type: str = ""
    """IPTC’s code for the origin of the picture: “digitalCapture”, “trainedAlgorithmicMedia”."""


def rights_of(metadata: Metadata, credit: str) -> Rights:
    """The rights in a file’s metadata, with the credit that the publication prints."""
    return Rights(
        creators=metadata.creators,
        credit=credit or metadata.credit,
        copyright=metadata.copyright,
        licence=metadata.licence,
        usage=metadata.usage,
        source_type=metadata.source_type,
    )


def packet(rights: Rights) -> bytes:
    """The rights as an XMP packet (ISO 16684-1); b"" if there are none. Overlong terms of use are left out."""
    if rights == Rights():
        return b""
    root = etree.Element(f"{{{_META}}}xmpmeta", nsmap=_NAMES)
    about = etree.SubElement(etree.SubElement(root, f"{{{_RDF}}}RDF"), f"{{{_RDF}}}Description")
    about.set(f"{{{_RDF}}}about", "")
    _list(about, f"{{{_DC}}}creator", "Seq", rights.creators)
    _list(about, f"{{{_DC}}}rights", "Alt", (rights.copyright,))
    _list(about, f"{{{_RIGHTS}}}UsageTerms", "Alt", (rights.usage,))
    source = _SOURCE_TYPES + rights.source_type if rights.source_type else ""
    for name, text in (
        (f"{{{_PHOTOSHOP}}}Credit", rights.credit),
        (f"{{{_RIGHTS}}}WebStatement", rights.licence),
        (f"{{{_EXT}}}DigitalSourceType", source),
    ):
        if text:
            etree.SubElement(about, name).text = text
    etree.cleanup_namespaces(root)
    begin, end = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>', b'<?xpacket end="r"?>'
    whole = begin + etree.tostring(root, encoding="utf-8") + end
    if len(whole) > _LONGEST:
        return packet(replace(rights, usage="")) if rights.usage else b""
    return whole


def _list(about: etree._Element, name: str, kind: str, values: tuple[str, ...]) -> None:
    if not any(values):
        return
    items = etree.SubElement(etree.SubElement(about, name), f"{{{_RDF}}}{kind}")
    for value in values:
        item = etree.SubElement(items, f"{{{_RDF}}}li")
        item.text = value
        if kind == "Alt":
            item.set(_LANG, "x-default")
