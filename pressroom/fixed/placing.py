"""Placing: what stands on a page of the engine, and where: letters, pictures, grounds and rules.

With `boxtree` and `tags.shown`, this is what reads the engine's private parts: fields of its boxes and of their styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pressroom.fixed.fixed_page import Ground, Image, Rectangle, Type, TypeRun
from pressroom.fixed.typefaces import Lettering
from pressroom.typeset.boxtree import tree

_PICTURES = "../pictures/"
"""Where a unit looks for its pictures."""
_SIDES = ("top", "right", "bottom", "left")


@dataclass
class Placed:
    """The things on one page."""

    lettering: Lettering
    boxes: dict[Any, int] = field(default_factory=dict)
    """The engine's boxes of letters and pictures, and their numbers."""
    things: list[TypeRun | Image] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)


def placed(page: Any, lettering: Lettering) -> Placed:
    """All that can be seen on a page, in the order of its boxes."""
    found = Placed(lettering)
    root = tree(page)
    whole = Rectangle(0, 0, float(root.margin_width()), float(root.margin_height()))
    for background in (root.background, root.canvas_background):
        if ground := _ground(whole, background):
            found.grounds.append(ground)
    for child in root.children:
        _walk(child, whole, found)
    return found


def _walk(box: Any, frame: Rectangle, found: Placed) -> None:
    """A box and all in it; `frame` is the part of the page on which it can be seen."""
    box = getattr(box, "_box", box)  # what is positioned leaves a placeholder
    if box.style["visibility"] == "visible":
        if hasattr(box, "text"):
            if box.style["font_size"] > 0:
                _add(box, _run(box, found.lettering), found)
            return
        found.grounds += _grounds(box, frame)
        if hasattr(box, "replacement") and (image := _image(box, frame)):
            _add(box, image, found)
    inner = frame.within(_padding(box)) if box.style["overflow"] != "visible" else frame
    for child in getattr(box, "children", ()):
        _walk(child, inner, found)


def _add(box: Any, thing: TypeRun | Image, found: Placed) -> None:
    found.boxes[box] = len(found.things)
    found.things.append(thing)


# ---- letters


def _run(box: Any, lettering: Lettering) -> TypeRun:
    style, (families, lent) = box.style, lettering.of(box)
    spacing = style["letter_spacing"]
    type = Type(
        families=families,
        size=float(style["font_size"]),
        weight=int(style["font_weight"]),
        style=str(style["font_style"]),
        colour=colour(style["color"]),
        letter_spacing=0.0 if spacing == "normal" else float(spacing),
        properties=tuple(type_properties(style)),
    )
    return TypeRun(
        str(box.text),
        float(box.position_x),
        float(box.position_y + box.baseline),
        float(box.width),
        type,
        float(style["word_spacing"] + box.justification_spacing),
        direction=str(style["direction"]),
        lent=lent,
    )


# ---- pictures


def _image(box: Any, frame: Rectangle) -> Image | None:
    """A picture with the part of it that is seen; None if nothing is, or if it is no file."""
    source = box.element.get("src", "") if box.element is not None else ""
    content = Rectangle(*map(float, (box.content_box_x(), box.content_box_y(), box.width, box.height)))
    seen = frame.within(content)
    if not source.startswith(_PICTURES) or not (seen.width and seen.height):
        return None
    alt = box.element.get("alt", "").strip()
    return Image(source.removeprefix(_PICTURES), _fitted(box, content), seen, alt)


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
    """How far a picture lies in its box: a share of what room it leaves, or a length."""
    shift = room * float(position.value) / 100 if position.unit == "%" else float(position.value)
    return room - shift if from_end else shift


# ---- grounds and rules


def _grounds(box: Any, frame: Rectangle) -> Iterator[Ground]:
    area = Rectangle(*map(float, (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())))
    if ground := _ground(frame.within(area), box.background):
        yield ground
    rules = tuple(
        (f"border-{side}", rule) for side in _SIDES if (rule := border(box, side, getattr(box, f"border_{side}_width")))
    )
    if rules:
        yield Ground(area, rules)
    if outline := _outline(box, area):
        yield outline


def _ground(area: Rectangle, background: Any) -> Ground | None:
    if background is None or not background.color.alpha or not area.width or not area.height:
        return None
    return Ground(area, (("background-color", colour(background.color)),))


def _outline(box: Any, area: Rectangle) -> Ground | None:
    """An outline, which lies outside its box; around one without height, it is a rule of twice its weight."""
    style, width = box.style, float(box.style["outline_width"])
    if style["outline_style"] in ("none", "hidden") or not width:
        return None
    ink = style["outline_color"]
    line = f"{colour(style['color'] if ink == 'currentcolor' else ink)}"
    around = Rectangle(area.left - width, area.top - width, area.width + 2 * width, area.height + 2 * width)
    if not area.height:
        return Ground(around, (("border-top", f"{2 * width:.3f}px solid {line}"),))
    return Ground(around, (("border", f"{width:.3f}px {style['outline_style']} {line}"),))


def _padding(box: Any) -> Rectangle:
    return Rectangle(*map(float, (box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())))


# ---- Styles of the page engine as CSS that every browser reads.

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
