"""Placing: reads the positions of letters, pictures, backgrounds and rules from a laid-out page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pressroom.fixed.fixed_page import Ground, Image, TypeRun
from pressroom.fixed.styles import line
from pressroom.fixed.typefaces import Lettering
from pressroom.typeset.boxes import BoxAppearance, LaidBox, PageBoxes, Rectangle, RuleLine, TextAppearance

_PICTURES = "../pictures/"
"""The folder of the pictures in the addresses of a unit."""


@dataclass
class Placed:
    """The visible content of one page."""

    page: PageBoxes
    lettering: Lettering
    boxes: dict[int, int] = field(default_factory=dict)
    """The index in `things` by the number of the box."""
    things: list[TypeRun | Image] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)


def placed(page: PageBoxes, lettering: Lettering) -> Placed:
    """The visible content of a page, in the order of its boxes. The page must be laid out with `with_looks`."""
    found = Placed(page, lettering)
    whole = Rectangle(0, 0, page.width, page.height)
    for background in page.backgrounds:
        found.grounds += _ground(whole, background)
    for box in page.boxes:
        _walk(box, whole, found)
    return found


def _walk(box: LaidBox, frame: Rectangle, found: Placed) -> None:
    """Record a box and its children; `frame` is the part of the page in which they are visible."""
    looks = box.looks
    if isinstance(looks, TextAppearance):
        _add(box, _run(box, looks, found.lettering), found)
    elif isinstance(looks, BoxAppearance):
        if not box.is_hidden:
            found.grounds += _grounds(looks, frame)
            if box.kind == "picture" and (image := _image(box, looks, frame, found.page)):
                _add(box, image, found)
        inner = frame.within(looks.clip) if looks.clip else frame
        for child in box.children:
            _walk(child, inner, found)


def _add(box: LaidBox, thing: TypeRun | Image, found: Placed) -> None:
    found.boxes[box.number] = len(found.things)
    found.things.append(thing)


def _run(box: LaidBox, looks: TextAppearance, lettering: Lettering) -> TypeRun:
    families, lent = lettering.of(looks)
    return TypeRun(
        box.text,
        looks.left,
        looks.baseline,
        looks.width,
        replace(looks.type, families=families),
        looks.word_spacing,
        direction=looks.direction,
        lent=lent,
    )


def _image(box: LaidBox, looks: BoxAppearance, frame: Rectangle, page: PageBoxes) -> Image | None:
    """A picture with its visible part; None if no part is visible, or if it is not a rendition."""
    element = page.element(box)
    if element is None or looks.content is None or looks.fitted is None:
        return None
    source, seen = element.get("src"), frame.within(looks.content)
    if not source.startswith((_PICTURES, "data:")) or not (seen.width and seen.height):
        return None
    return Image(source.removeprefix(_PICTURES), looks.fitted, seen, element.get("alt").strip())


# ---- backgrounds and rules


def _grounds(looks: BoxAppearance, frame: Rectangle) -> Iterator[Ground]:
    area = looks.border_box
    yield from _ground(frame.within(area), looks.background)
    if looks.borders:
        yield Ground(area, tuple((f"border-{side}", line(rule)) for side, rule in looks.borders))
    if looks.outline:
        yield _outline(looks.outline, area)


def _ground(area: Rectangle, colour: str) -> Iterator[Ground]:
    if colour and area.width and area.height:
        yield Ground(area, (("background-color", colour),))


def _outline(outline: RuleLine, area: Rectangle) -> Ground:
    """An outline, which lies outside its box; around one without height, it is a rule of twice its weight."""
    width = outline.width
    around = Rectangle(area.left - width, area.top - width, area.width + 2 * width, area.height + 2 * width)
    if not area.height:
        return Ground(around, (("border-top", line(RuleLine(2 * width, "solid", outline.colour))),))
    return Ground(around, (("border", line(outline)),))
