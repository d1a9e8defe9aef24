"""Reads the styles of the page engine's boxes: lengths in pt, and else CSS that every browser reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressroom.typeset.boxes import BoxAppearance, FontStretch, Rectangle, RuleLine, TextAppearance, Type
from pressroom.typeset.boxes.lengths import pt, rectangle

_SIDES = ("top", "right", "bottom", "left")
_VARIANTS = ("caps", "numeric", "ligatures", "east_asian")
_POSITIONS = {"super": "sups", "sub": "subs"}
"""Raised and lowered figures as features of the font: the property for them is younger than many reading systems."""


# ---- letters


def text_appearance(box: Any, fonts: tuple[FontStretch, ...]) -> TextAppearance:
    """How the letters of a box are set, which were taken from these fonts."""
    style = box.style
    spacing, tracking = style["letter_spacing"], getattr(box, "tracking", 0.0)
    type = Type(
        families=tuple(str(family) for family in style["font_family"]),
        size=pt(style["font_size"]),
        weight=int(style["font_weight"]),
        style=str(style["font_style"]),
        colour=_colour(style["color"]),
        letter_spacing=pt((0.0 if spacing == "normal" else spacing) + tracking),
        properties=tuple(_type_properties(style)),
    )
    return TextAppearance(
        type,
        left=pt(box.position_x),
        baseline=pt(box.position_y + box.baseline),
        width=pt(box.width),
        word_spacing=pt(style["word_spacing"] + box.justification_spacing - tracking),
        direction=str(style["direction"]),
        fonts=fonts,
    )


def _type_properties(style: Any) -> Iterator[tuple[str, str]]:
    """The style of text beyond family, size, weight and colour."""
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
        yield "text-decoration-color", "currentcolor" if ink == "currentcolor" else _colour(ink)


# ---- backgrounds, rules and pictures


def box_appearance(box: Any) -> BoxAppearance:
    """How a box looks that is none of letters."""
    borders = ((side, _border(box, side)) for side in _SIDES)
    content = fitted = None
    if hasattr(box, "replacement"):
        content = rectangle(box.content_box_x(), box.content_box_y(), box.width, box.height)
        fitted = _fitted(box, content)
    return BoxAppearance(
        rectangle(box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()),
        clip=_padding_box(box) if box.style["overflow"] != "visible" else None,
        background=background_colour(box.background),
        borders=tuple((side, rule) for side, rule in borders if rule),
        outline=_outline(box),
        content=content,
        fitted=fitted,
    )


def background_colour(background: Any) -> str:
    """The colour of a background; empty if it has none."""
    return _colour(background.color) if background is not None and background.color.alpha else ""


def _padding_box(box: Any) -> Rectangle:
    return rectangle(box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())


def _border(box: Any, side: str) -> RuleLine | None:
    """A border of a box; None where there is none."""
    style, width = box.style[f"border_{side}_style"], pt(getattr(box, f"border_{side}_width"))
    ink = box.style[f"border_{side}_color"]
    ink = box.style["color"] if ink == "currentcolor" else ink
    if not width or style in ("none", "hidden") or not ink.alpha:
        return None
    return RuleLine(width, str(style), _colour(ink))


def _outline(box: Any) -> RuleLine | None:
    style, width = box.style["outline_style"], pt(box.style["outline_width"])
    if style in ("none", "hidden") or not width:
        return None
    ink = box.style["outline_color"]
    return RuleLine(width, str(style), _colour(box.style["color"] if ink == "currentcolor" else ink))


def _fitted(box: Any, content: Rectangle) -> Rectangle:
    """Where all of a picture stands that is fitted into its box (CSS Images 3, object-fit and object-position)."""
    style, ratio = box.style, _ratio(box)
    fit = style["object_fit"]
    if fit == "fill" or not ratio:
        return content
    covers = fit == "cover"
    is_wide = (content.width > content.height * ratio) != covers
    width = content.height * ratio if is_wide else content.width
    height = content.height if is_wide else content.width / ratio
    from_x, x, from_y, y = style["object_position"][0]
    left = _shift(x, content.width - width, from_end=from_x == "right")
    top = _shift(y, content.height - height, from_end=from_y == "bottom")
    return Rectangle(content.left + left, content.top + top, width, height)


def _ratio(box: Any) -> float:
    ratio = box.replacement.get_intrinsic_size(box.style["image_resolution"], box.style["font_size"])[2]
    return float(ratio or 0)


def _shift(position: Any, room: float, *, from_end: bool) -> float:
    """How far a picture lies in its box, in pt: a share of what room it leaves, or a length."""
    shift = room * float(position.value) / 100 if position.unit == "%" else pt(position.value)
    return room - shift if from_end else shift


def _colour(value: Any) -> str:
    """A colour in sRGB."""
    red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in value.to("srgb").coordinates)
    if value.alpha < 1:
        return f"rgba({red}, {green}, {blue}, {float(value.alpha):.3g})"
    return f"#{red:02x}{green:02x}{blue:02x}"
