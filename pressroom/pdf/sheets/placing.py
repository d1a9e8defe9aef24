"""Placing: what stands on a page of the engine, and where: letters, pictures, grounds and rules.

With `boxtree` and `tags.shown`, this is what reads the engine's private parts: fields of its boxes and of their styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pressroom.layouts.sheets import Box, Ground, Image, Run, Type
from pressroom.pdf.boxtree import tree
from pressroom.pdf.sheets.css import border, colour, type_properties
from pressroom.pdf.sheets.lettering import Lettering

_PICTURES = "../pictures/"
"""Where a unit looks for its pictures."""
_SIDES = ("top", "right", "bottom", "left")


@dataclass
class Placed:
    """The things on one page."""

    lettering: Lettering
    boxes: dict[Any, int] = field(default_factory=dict)
    """The engine's boxes of letters and pictures, and their numbers."""
    things: list[Run | Image] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)


def placed(page: Any, lettering: Lettering) -> Placed:
    """All that can be seen on a page, in the order of its boxes."""
    found = Placed(lettering)
    root = tree(page)
    whole = Box(0, 0, float(root.margin_width()), float(root.margin_height()))
    for background in (root.background, root.canvas_background):
        if ground := _ground(whole, background):
            found.grounds.append(ground)
    for child in root.children:
        _walk(child, whole, found)
    return found


def _walk(box: Any, frame: Box, found: Placed) -> None:
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


def _add(box: Any, thing: Run | Image, found: Placed) -> None:
    found.boxes[box] = len(found.things)
    found.things.append(thing)


# ---- letters


def _run(box: Any, lettering: Lettering) -> Run:
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
    return Run(
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


def _image(box: Any, frame: Box) -> Image | None:
    """A picture with the part of it that is seen; None if nothing is, or if it is no file."""
    source = box.element.get("src", "") if box.element is not None else ""
    content = Box(*map(float, (box.content_box_x(), box.content_box_y(), box.width, box.height)))
    seen = frame.within(content)
    if not source.startswith(_PICTURES) or not (seen.width and seen.height):
        return None
    alt = box.element.get("alt", "").strip()
    return Image(source.removeprefix(_PICTURES), _fitted(box, content), seen, alt)


def _fitted(box: Any, content: Box) -> Box:
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
    return Box(content.left + left, content.top + top, width, height)


def _ratio(box: Any) -> float:
    ratio = box.replacement.get_intrinsic_size(box.style["image_resolution"], box.style["font_size"])[2]
    return float(ratio or 0)


def _shift(position: Any, room: float, *, from_end: bool) -> float:
    """How far a picture lies in its box: a share of what room it leaves, or a length."""
    shift = room * float(position.value) / 100 if position.unit == "%" else float(position.value)
    return room - shift if from_end else shift


# ---- grounds and rules


def _grounds(box: Any, frame: Box) -> Iterator[Ground]:
    area = Box(*map(float, (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())))
    if ground := _ground(frame.within(area), box.background):
        yield ground
    rules = tuple(
        (f"border-{side}", rule) for side in _SIDES if (rule := border(box, side, getattr(box, f"border_{side}_width")))
    )
    if rules:
        yield Ground(area, rules)
    if outline := _outline(box, area):
        yield outline


def _ground(area: Box, background: Any) -> Ground | None:
    if background is None or not background.color.alpha or not area.width or not area.height:
        return None
    return Ground(area, (("background-color", colour(background.color)),))


def _outline(box: Any, area: Box) -> Ground | None:
    """An outline, which lies outside its box; around one without height, it is a rule of twice its weight."""
    style, width = box.style, float(box.style["outline_width"])
    if style["outline_style"] in ("none", "hidden") or not width:
        return None
    ink = style["outline_color"]
    line = f"{colour(style['color'] if ink == 'currentcolor' else ink)}"
    around = Box(area.left - width, area.top - width, area.width + 2 * width, area.height + 2 * width)
    if not area.height:
        return Ground(around, (("border-top", f"{2 * width:.3f}px solid {line}"),))
    return Ground(around, (("border", f"{width:.3f}px {style['outline_style']} {line}"),))


def _padding(box: Any) -> Box:
    return Box(*map(float, (box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())))
