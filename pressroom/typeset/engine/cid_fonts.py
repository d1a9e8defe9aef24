"""CID fonts: in PostScript outlines of thousands of signs, each glyph has a number of its own (CID) besides its place.

The engine writes places into the text, and readers look these up as CIDs (ISO 32000-1, 9.7.4.2). A font that was cut
from a larger one keeps the larger one’s CIDs: strict readers then draw other signs, or none.
"""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont


def numbered_by_place(data: bytes) -> bytes:
    """A font file whose glyphs have their places as CIDs; the same bytes where they have them, or have no CIDs."""
    if not data.startswith(b"OTTO"):
        return data
    with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        outlines = font["CFF "].cff.topDictIndex[0]
        names = [".notdef", *(f"cid{place:05}" for place in range(1, len(outlines.charset)))]
        if not hasattr(outlines, "ROS") or outlines.charset == names:
            return data
        outlines.charset = names
        outlines.CharStrings.charStrings = {name: place for place, name in enumerate(names)}
        font.setGlyphOrder(names)
        renumbered = io.BytesIO()
        font.save(renumbered)
    return renumbered.getvalue()
