"""Plain drawings: drawings that pages show as a browser does, and ebooks without the fonts of the reader’s machine.

The page engine draws a part of SVG. A drawing within that part stays as it is, with its words as words. Of every other
one, the renderer makes paths alone; and where that is not enough (shadows, blends, masks), pages get a picture.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pressroom import css
from pressroom.photographs.drawing_renderer import DrawingFonts, RenderError, as_png, plain_svg
from pressroom.photographs.drawing_styles import spell_out
from pressroom.photographs.drawing_transforms import OF_CSS

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    "svg g path rect circle ellipse line polyline polygon text defs title desc use symbol image linearGradient"
    " radialGradient stop clipPath marker a".split()
)
"""Elements that the page engine draws as browsers do, as measured on forty drawings."""
_OBEYED = frozenset(
    "id x y x1 y1 x2 y2 cx cy r rx ry width height d points transform viewBox preserveAspectRatio href version fill"
    " fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-dasharray stroke-dashoffset opacity color display visibility clip-path clip-rule clipPathUnits"
    " gradientUnits gradientTransform offset stop-color stop-opacity fx fy marker-start marker-mid marker-end"
    " markerWidth markerHeight markerUnits refX refY orient font-family font-size font-weight font-style text-anchor"
    " dx dy rotate space lang role tabindex focusable shape-rendering text-rendering image-rendering".split()
)
"""Attributes that it obeys; `aria-…` says nothing about looks."""
_IDLE = {
    "font-variant": "normal", "font-stretch": "normal", "spreadMethod": "pad", "paint-order": "normal",
    "mask": "none", "filter": "none", "letter-spacing": "0", "word-spacing": "0", "style": "",
}  # fmt: skip
"""Attributes that it does not obey, with the value that asks for nothing."""
_LEFT = frozenset((*OF_CSS, "transform-origin", "text-orientation", "offset-path", "backdrop-filter"))
_COLOURED = frozenset(("fill", "stroke", "stop-color", "flood-color", "color"))
_KNOWN_PAINTS = ("url(", "rgb(", "rgba(", "hsl(", "hsla(")
_BANDS = 24
"""The most colours of a round gradient that readers of PDFs show sharply."""
_SAID = frozenset(("title", "desc"))
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_GENERIC = {"serif": "serif", "sans-serif": "sans", "monospace": "sans", "cursive": "sans", "fantasy": "sans"}
_SERIFS = re.compile(r"serif|times|roman|georgia|garamond|palatino|cambria|book|minion|antiqua", re.IGNORECASE)
_EFFECTS = {
    "filter": "a shadow, blur or other filter",
    "mask": "a mask",
    "mix-blend-mode": "colours that blend with those below",
    "spreadMethod": "a gradient that repeats",
    "clipPathUnits": "a clip in the units of its shape",
    "stroke": "a line of a pattern",
    "clip-rule": "a clip with holes",
    "patternUnits": "a pattern in the units of its shape",
}
"""What the page engine cannot draw even of paths alone, by the attribute that asks for it, in words."""


@dataclass(frozen=True)
class DrawingFacts:
    """What a drawing asks of those who draw it."""

    is_plain: bool = True
    """Whether the page engine draws it as a browser does, if it has the fonts."""
    families: tuple[str, ...] = ()
    """The families for its words, each the first that a text names."""
    letters: str = ""
    """The letters of its words, each once."""
    effects: tuple[str, ...] = ()
    """What only a picture can show on a page, in words."""
    unread: tuple[str, ...] = ()
    """What browsers draw and neither pages nor ebooks will, in the words of the drawing."""
    is_styled: bool = False
    """Whether style sheets or style attributes say how it looks."""
    has_photographs: bool = False
    """Whether photographs are in it, which a press needs in its inks."""

    @property
    def is_rendered(self) -> bool:
        """Whether it is shown in another way than it is written."""
        return bool(self.letters) or self.is_styled or self.has_photographs or not self.is_plain


def facts_of(drawing: bytes) -> DrawingFacts:
    """What a cleaned drawing asks of those who draw it."""
    root = etree.fromstring(drawing)
    before = etree.tostring(root)
    spell_out(root)
    texts = list(root.iter(f"{_SVG}text"))
    families = dict.fromkeys(family for each in root.iter() if (family := _first_family(each)))
    words = "".join("".join(text.itertext()) for text in texts)
    has_parts = any(len(text) for text in texts)
    is_plain = all(map(_is_drawn, root.iter())) and not has_parts and not _clips_by_words(root)
    return DrawingFacts(
        is_plain=is_plain,
        families=tuple(families) if texts else (),
        letters="".join(sorted(set(words) - set(" \t\r\n"))),
        effects=() if is_plain else tuple(dict.fromkeys(_effects(root))),
        unread=tuple(dict.fromkeys(_unread(root))),
        is_styled=etree.tostring(root) != before,
        has_photographs=_has_photographs(root),
    )


def _unread(root: etree._Element) -> Iterator[str]:
    """What is left of a drawing’s CSS when all that SVG 1.1 can say is said."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name in _LEFT and value.strip() not in ("none", "0", "0 0", "0px 0px", "mixed", "auto"):
                yield f"{str(name).removeprefix('css-')}: {value}"
            elif name in _COLOURED and "(" in value and not value.strip().startswith(_KNOWN_PAINTS):
                yield f"{name}: {value}"
            elif name == "clip-path" and _is_beyond("clip-path", value):
                yield f"clip-path: {value}"


def _has_photographs(root: etree._Element) -> bool:
    return root.find(f".//{_SVG}image") is not None


def _first_family(element: etree._Element) -> str:
    own = element.get("font-family")
    return _names(own)[0] if own and _names(own) else ""


def _names(families: str) -> list[str]:
    return [name for each in families.split(",") if (name := each.strip().strip("'\"").strip())]


def _is_drawn(element: etree._Element) -> bool:
    namespace, _, name = str(element.tag).rpartition("}")
    if f"{namespace}}}" != _SVG or name not in _DRAWN:
        return False
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2]
        if attribute in _IDLE and str(value).strip() in ("", _IDLE[attribute]):
            continue
        if attribute not in _OBEYED and not attribute.startswith("aria-"):
            return False
        if _is_beyond(attribute, str(value)) or (name == "clipPath" and attribute == "clip-path"):
            return False
    return True


def _is_beyond(attribute: str, value: str) -> bool:
    """Whether the page engine obeys an attribute, but not this value of it."""
    if attribute == "clip-path":
        return not value.strip().startswith(("url(", "none"))
    if attribute == "clip-rule":
        return value.strip() == "evenodd"
    return value.strip() == "auto-start-reverse" or value.strip().startswith("context-")


def _clips_by_words(root: etree._Element) -> bool:
    return any(next(clip.iter(f"{_SVG}text"), None) is not None for clip in root.iter(f"{_SVG}clipPath"))


# ---- for ebooks and for pages


@dataclass(frozen=True)
class DrawingRecipe:
    """How an edition shows drawings that are not plain."""

    fonts: DrawingFonts
    on_pages: bool
    """Whether the page engine draws them, rather than a browser."""
    width: int
    """Pixels across for a drawing that only a picture can show: of 600 to the inch, as for line art."""


MOST_PIXELS = 20_000_000
"""The most pixels of a drawing that is shown as a picture; a sheet of A5 at 600 to the inch has 17 million."""


def as_picture(drawing: bytes, recipe: DrawingRecipe, ratio: float) -> bytes:
    """A drawing as a PNG, for a place where pages need a picture; coarser if it needs too much. Raises RenderError,
    also for a drawing with photographs in it, which the renderer does not paint.
    """
    root = _spelled(drawing, recipe.fonts)
    if _has_photographs(root):
        raise RenderError("photographs and effects (shadows, blends, masks) are in it, and a page cannot show both")
    data = etree.tostring(root)
    width = max(1, round(min(recipe.width, math.sqrt(MOST_PIXELS * ratio))))
    try:
        return as_png(data, recipe.fonts, width)
    except RenderError:
        return as_png(data, recipe.fonts, -(-width // 2))


def for_screens(drawing: bytes, fonts: DrawingFonts, facts: DrawingFacts) -> bytes:
    """A drawing for an ebook: words are paths, which need no fonts. Its alternative text stays. Raises RenderError."""
    root = _spelled(drawing, fonts)
    if facts.is_plain and not facts.letters:
        return etree.tostring(root)
    return _with_words_of(root, etree.fromstring(plain_svg(etree.tostring(root), fonts)))


def for_pages(drawing: bytes, fonts: DrawingFonts, facts: DrawingFacts) -> tuple[bytes, tuple[str, ...]]:
    """A drawing for the page engine, and what it holds that only a picture can show. Raises RenderError."""
    root = _spelled(drawing, fonts)
    families = {family_for(each, fonts) for each in facts.families} or {fonts.serif}
    if facts.is_plain and families <= fonts.on_pages and fonts.letters.issuperset(facts.letters):
        return etree.tostring(root), ()
    plain = etree.fromstring(plain_svg(etree.tostring(root), fonts))
    for path in list(plain.iter(f"{_SVG}path")):
        _painted_in_order(path)
    clips = itertools.count()
    for path in list(plain.iter(f"{_SVG}path")):
        _clipped_pattern(path, plain, clips)
    return _with_words_of(root, plain), tuple(dict.fromkeys(_effects(plain)))


def _spelled(drawing: bytes, fonts: DrawingFonts) -> etree._Element:
    """A drawing without style sheets, whose words name families that are there."""
    root = etree.fromstring(drawing)
    spell_out(root)
    root.set("font-size", root.get("font-size", "16"))  # as in browsers; the renderer’s own is smaller
    for element in root.iter():
        if own := element.get("font-family"):
            element.set("font-family", family_for(own, fonts))
    return root


def family_for(families: str, fonts: DrawingFonts) -> str:
    """The family that is used for a list of families: the first that is there, else the layout’s nearest one."""
    names = _names(families)
    for name in names:
        if found := next((family for family in fonts.families if family.lower() == name.lower()), None):
            return found
        if kind := _GENERIC.get(name.lower()):
            return fonts.serif if kind == "serif" else fonts.sans
    return fonts.serif if not names or _SERIFS.search(names[0]) else fonts.sans


def _with_words_of(root: etree._Element, plain: etree._Element) -> bytes:
    """A plain drawing with the title, description and names for screen readers of its source."""
    for key in ("role", "lang", *(key for key in root.attrib if str(key).startswith("aria-"))):
        if value := root.get(key):
            plain.set(key, value)
    for region in plain.iter(f"{_SVG}filter"):  # of shadows by functions of CSS; the renderer ends them at the shape
        if [region.get(side) for side in ("x", "y", "width", "height")] == ["-1", "-1", "2", "2"]:
            region.set("width", "3")
            region.set("height", "3")
    said = [child for child in root if str(child.tag).removeprefix(_SVG) in _SAID]
    plain[:0] = said
    etree.cleanup_namespaces(plain)
    return etree.tostring(plain, encoding="UTF-8", xml_declaration=True) + b"\n"


# ---- what the page engine draws otherwise


def _painted_in_order(path: etree._Element) -> None:
    """Part a path whose line is painted below its colour, as halos of letters are: the engine knows one order only."""
    if not path.attrib.pop("paint-order", "").startswith("stroke") or path.get("fill", "") == "none":
        return
    below = etree.Element(path.tag, dict(path.attrib))
    below.set("fill", "none")
    path.addprevious(below)
    for name in [name for name in path.attrib if str(name).startswith("stroke")]:
        del path.attrib[name]
    path.set("stroke", "none")
    path.attrib.pop("id", None)


def _clipped_pattern(path: etree._Element, root: etree._Element, clips: Iterator[int]) -> None:
    """Fill a path with its pattern through a clip: the engine counts a pattern from the corner of what it fills."""
    pattern = _referred(path.get("fill", ""), "pattern", root)
    numbers = [float(number) for number in _NUMBER.findall(path.get("d", ""))]
    if pattern is None or len(numbers) < 2:
        return
    x, y = min(numbers[::2]), min(numbers[1::2])
    width, height = max(numbers[::2]) - x, max(numbers[1::2]) - y
    name = f"filled-{next(clips)}"
    defined, group = etree.Element(f"{_SVG}defs"), etree.Element(f"{_SVG}g", {"clip-path": f"url(#{name}-clip)"})
    clip = etree.SubElement(defined, f"{_SVG}clipPath", {"id": f"{name}-clip"})
    etree.SubElement(clip, f"{_SVG}path", {"d": path.get("d", ""), "clip-rule": path.get("fill-rule", "nonzero")})
    defined.append(_counted_from(x, y, pattern, name))
    box = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}", "fill": f"url(#{name})"}
    etree.SubElement(group, f"{_SVG}rect", box | {k: v for k, v in path.attrib.items() if k == "fill-opacity"})
    path.addprevious(defined)
    path.addprevious(group)
    path.set("fill", "none")


def _counted_from(x: float, y: float, pattern: etree._Element, name: str) -> etree._Element:
    """A copy of a pattern that stands where it was, though it is counted from a corner at x, y."""
    own = etree.fromstring(etree.tostring(pattern))
    start = f"translate({_number(pattern, 'x'):g} {_number(pattern, 'y'):g})"
    moved = f"translate({-x:g} {-y:g}) {pattern.get('patternTransform', '')} {start}"
    for key, value in (("id", name), ("x", "0"), ("y", "0"), ("patternTransform", moved)):
        own.set(key, value)
    own.tail = None
    return own


def _number(element: etree._Element, name: str) -> float:
    return float(element.get(name, "0"))


def _referred(paint: str, kind: str, root: etree._Element) -> etree._Element | None:
    """The element of a kind that a paint refers to."""
    if not paint.startswith("url(#"):
        return None
    name = paint[5:].rstrip(")")
    return next((each for each in root.iter(f"{_SVG}{kind}") if each.get("id") == name), None)


def _effects(root: etree._Element) -> Iterator[str]:
    """What only a picture can show on a page, in words."""
    patterns = {f"url(#{each.get('id')})" for each in root.iter(f"{_SVG}pattern")}
    for element in root.iter():
        for name in ("filter", "mask"):
            if element.get(name, "none").strip() not in ("none", ""):
                yield _EFFECTS[name]
        if any(_blends(each) for each in css.declarations(element.get("style", ""))):
            yield _EFFECTS["mix-blend-mode"]
        is_banded = element.tag == f"{_SVG}radialGradient" and len(element) > _BANDS
        if element.get("spreadMethod", "pad") != "pad" or is_banded:
            yield _EFFECTS["spreadMethod"]
        if element.get("stroke") in patterns:
            yield _EFFECTS["stroke"]
        if element.tag == f"{_SVG}pattern" and element.get("patternUnits") != "userSpaceOnUse":
            yield _EFFECTS["patternUnits"]
        if element.get("clip-rule") == "evenodd":
            yield _EFFECTS["clip-rule"]
        if element.get("clipPathUnits") == "objectBoundingBox":
            yield _EFFECTS["clipPathUnits"]


def _blends(declared: css.Declaration) -> bool:
    return declared.name == "mix-blend-mode" and css.written(declared.value).strip() != "normal"
