"""What the files of the collection say of themselves: an XMP packet, as cameras and picture desks write it."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from scenes.collection import PICTURES, Picture

FIRST_DAY = dt.datetime(2026, 6, 1, 6, 0, tzinfo=dt.UTC)
"""When the series of pictures begins: eight pictures a day, an hour and a half apart."""
A_DAY, APART = 8, dt.timedelta(minutes=90)
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:Credit="Drawn by Pressroom" exif:DateTimeOriginal="{time}"
 ext:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></core:AltTextAccessibility>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">CC0</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(picture: Picture) -> bytes:
    """The XMP packet of a picture: its words, its credit, its place in the series as a time, and that it is drawn."""
    day, hour = divmod(PICTURES.index(picture), A_DAY)
    time = FIRST_DAY + dt.timedelta(days=day) + hour * APART
    words = {"caption": escape(picture.caption), "alt": escape(picture.alt)}
    filled = _PACKET.format(time=time.strftime("%Y-%m-%dT%H:%M:%S"), **words)
    return filled.encode()
