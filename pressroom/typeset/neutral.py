"""Neutral pages: editions of one paper are laid out once, and dressed in their colours and pictures afterwards.

The lines of a screen and of a press edition are the same; colours, the names of pictures and what lies outside the
trim are not. Here a composition is freed from these: a colour that style sheets name becomes a marker, a picture has
the name of its place. Whatever cannot be told apart with certainty stays, and its edition is laid out for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pressroom import css
from pressroom.css import Token
from pressroom.design import Composition, Style, Unit
from pressroom.photographs import Rendition
from pressroom.typeset.constants import PIXELS, constants
from pressroom.xhtml import XHTML, XhtmlDocument

_OUTSIDE = ("--bleed", "--slug")
"""Measures outside the trimmed page."""
_GENERATED = frozenset(["options.css", "grid.css"])
"""Style sheets that the builder writes: they hold custom properties of `:root` and nothing else."""
_SHADED = frozenset(["groove", "ridge", "inset", "outset"])
"""Styles of borders that the engine draws in shades of their colour."""
_MARKER = "#0b01{:02x}"
_MOST_MARKERS = 0x100
_PICTURES = "../pictures/"


@dataclass(frozen=True)
class Neutral:
    """A composition to be laid out, and what makes its pages those of the edition."""

    composition: Composition
    colours: tuple[tuple[str, str], ...] = ()
    """Markers, and the colours of the edition that they stand for, as CSS."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Names of pictures on neutral pages, and in the edition."""
    bleed: float | None = None
    """What lies outside the trim on each side in CSS px; None leaves what was painted."""

    @property
    def is_shared(self) -> bool:
        """Whether an edition with another bleed may have the same pages."""
        return self.bleed is not None


def neutral(composition: Composition) -> Neutral:
    """What a composition shares with those of other editions on the same paper."""
    on_pages = [text for unit in composition.units for text in unit.document.styles]
    sheets = [style.css for style in composition.styles]
    known = constants(sheets, on_pages)
    roles = sorted(_roles(known, [*sheets, *on_pages])) if not any(map(_has_shades, sheets)) else []
    markers = {role: _MARKER.format(n) for n, role in enumerate(roles[:_MOST_MARKERS])}
    outside = () if _bleeds(composition, on_pages) else _OUTSIDE
    bleed = _pixels(known.get("--slug", ())) if outside else None
    places = [_with_places(unit, composition.renditions) for unit in composition.units]
    made = replace(
        composition,
        styles=tuple(_styles(composition, known, markers, outside if bleed is not None else ())),
        units=tuple(unit for unit, _ in places),
        renditions=(*(place for _, of_unit in places for place, _ in of_unit), *composition.renditions),
    )
    colours = tuple((marker, css.written(known[role])) for role, marker in markers.items())
    pictures = tuple((place.name, name) for _, of_unit in places for place, name in of_unit)
    return Neutral(made, colours, pictures, bleed)


# ---- style sheets


def _styles(
    composition: Composition, known: Mapping[str, tuple[Token, ...]], markers: Mapping[str, str], outside: Iterable[str]
) -> Iterator[Style]:
    values = {**markers, **dict.fromkeys(outside, "0mm")}
    for style in composition.styles:
        if style.name in _GENERATED:
            kept = [each for each in css.declarations(style.css) if each.name not in values]
            yield Style(
                style.name, f":root {{ {' '.join(f'{e.name}: {css.written(css.trimmed(e.value))};' for e in kept)} }}"
            )
        elif style.name == "press.css" and _only_names_inks(style, known):
            inks = {each.name for each in css.declarations(style.css) if each.name in known}
            values |= {name: css.written(known[name]) for name in sorted(inks - markers.keys())}
        else:
            yield style
    yield Style("neutral.css", f":root {{ {' '.join(f'{name}: {value};' for name, value in values.items())} }}")


def _only_names_inks(sheet: Style, known: Mapping[str, tuple[Token, ...]]) -> bool:
    """Whether a style sheet for the press moves no line: an own one may, a built-in one moves pages that are bound."""
    is_bound = _pixels(known.get("--binding", ())) != 0
    inks = (each.name for each in css.declarations(sheet.css) if each.name.startswith("--"))
    return not sheet.is_own and not is_bound and all(name in known for name in inks)


def _roles(known: Mapping[str, tuple[Token, ...]], texts: Iterable[str]) -> set[str]:
    """The custom properties whose value is a colour that is nowhere mixed with another, and shows nothing through."""
    mixed = {name for text in texts for name in (*_mixed(css.tokens(text)), *_in_shadows(text))}
    return {name for name, value in known.items() if css.is_opaque_colour(value) and name not in mixed}


def _mixed(tokens: Iterable[Token]) -> Iterator[str]:
    """The custom properties that are arguments of a function other than `var()`."""
    for token in tokens:
        if token.type in ("function", "() block") and getattr(token, "lower_name", "") != "var":
            inside = css.inside_of(token) or ()
            yield from (str(each.value) for each in css.tokens(inside) if each.type == "ident")


def _in_shadows(text: str) -> Iterator[str]:
    """The custom properties that colour shadows, which the engine draws as pictures."""
    for each in css.declarations(text):
        if each.name.endswith("shadow"):
            yield from (str(token.value) for token in css.tokens(each.value) if token.type == "ident")


def _has_shades(sheet: str) -> bool:
    borders = (each for each in css.declarations(sheet) if each.name.startswith(("border", "outline", "column-rule")))
    return any(token.type == "ident" and token.lower_value in _SHADED for each in borders for token in each.value)


# ---- what lies outside the trim


def _bleeds(composition: Composition, on_pages: Iterable[str]) -> bool:
    """Whether something on a page reaches into the bleed, or may do so by a rule of the publication's own."""
    figures = (figure for _, figure in composition.publication.pictures())
    if composition.folds or any(f.placed.reaches_edges or f.placed.on_cover for f in figures):
        return True
    return any(map(_may_bleed, (*on_pages, *(style.css for style in composition.styles if style.is_own))))


def _may_bleed(text: str) -> bool:
    """Whether rules mention what lies outside the trim, or colour a page, whose colour fills the bleed."""
    idents = (str(token.value) for token in css.tokens(text) if token.type in ("ident", "at-keyword"))
    colours = (each.name for each in css.declarations(text) if each.name.startswith("background"))
    return any(colours) or any(name in ("bleed", "marks", "page", *_OUTSIDE) for name in idents)


def _pixels(value: Iterable[Token]) -> float | None:
    """A length in CSS px; None for anything else."""
    parts = css.trimmed(tuple(value))
    found = css.amount_of(parts[0]) if len(parts) == 1 else None
    return found[0] * PIXELS[found[1]] if found and found[1] in PIXELS else None


# ---- pictures


def _with_places(unit: Unit, renditions: Iterable[Rendition]) -> tuple[Unit, list[tuple[Rendition, str]]]:
    """A unit whose pictures are named by their places; and these pictures, with the names they had."""
    root, known = unit.document.copy(), {rendition.name: rendition for rendition in renditions}
    for link in root.findall(f"{XHTML}head/{XHTML}link"):
        link.getparent().remove(link)  # type: ignore[union-attr]  # it is a child of the head
    places: list[tuple[Rendition, str]] = []
    for n, image in enumerate(root.iter(f"{XHTML}img")):
        rendition = known.get(image.get("src", "").removeprefix(_PICTURES))
        if rendition is not None:
            place = replace(rendition, name=f"{unit.id}-{n}{rendition.path.suffix}")
            places.append((place, rendition.name))
            image.set("src", _PICTURES + place.name)
            for name in ("width", "height"):
                image.attrib.pop(name, None)
    return replace(unit, document=XhtmlDocument(etree.tostring(root, encoding="unicode"))), places
