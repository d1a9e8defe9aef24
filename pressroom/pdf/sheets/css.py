"""Styles of the page engine as CSS that every browser reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_VARIANTS = ("caps", "numeric", "ligatures", "east_asian")
_POSITIONS = {"super": "sups", "sub": "subs"}
"""Raised and lowered figures as features of the font: the property for them is younger than many reading systems."""


def colour(value: Any) -> str:
    """A colour in sRGB."""
    red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in value.to("srgb").coordinates)
    if value.alpha < 1:
        return f"rgba({red}, {green}, {blue}, {float(value.alpha):.3g})"
    return f"#{red:02x}{green:02x}{blue:02x}"


def border(box: Any, side: str, width: float) -> str:
    """A border of a box; empty where there is none."""
    style = box.style[f"border_{side}_style"]
    ink = box.style[f"border_{side}_color"]
    ink = box.style["color"] if ink == "currentcolor" else ink
    if not width or style in ("none", "hidden") or not ink.alpha:
        return ""
    return f"{float(width):.3f}px {style} {colour(ink)}"


def type_properties(style: Any) -> Iterator[tuple[str, str]]:
    """What a style says of letters beyond family, size, weight and colour."""
    for name in _VARIANTS:
        value = style[f"font_variant_{name}"]
        if value != "normal":
            yield f"font-variant-{name.replace('_', '-')}", value if isinstance(value, str) else " ".join(value)
    if style["font_kerning"] == "none":
        yield "font-kerning", "none"
    features = dict(() if style["font_feature_settings"] == "normal" else style["font_feature_settings"])
    if position := _POSITIONS.get(style["font_variant_position"]):
        features[position] = 1
    if features:
        yield "font-feature-settings", ", ".join(f'"{tag}" {value}' for tag, value in features.items())
    lines = style["text_decoration_line"]
    if lines != "none":
        ink = style["text_decoration_color"]
        yield "text-decoration-line", " ".join(sorted(lines))
        yield "text-decoration-color", "currentcolor" if ink == "currentcolor" else colour(ink)
