"""Styles of drawings: works out style sheets, so that every element carries its own look as plain attributes.

Renderers of drawings know little of CSS. Here selectors, nested rules, variables, the shorthand `font`, and colours of
CSS Color 4 become what SVG 1.1 knows. The order of rules is that of CSS Cascade 4; conditions of a screen hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cssselect2
from lxml import etree

from pressroom import css
from pressroom.css import Token
from pressroom.photographs.drawing_rewrites import rewrite

_SVG = "{http://www.w3.org/2000/svg}"
_LONGEST = 10_000
"""The most letters of a value: variables that name variables can grow without end."""
_DEEPEST = 8
"""The most rules inside one another."""
_IN_STYLE = frozenset("mix-blend-mode isolation".split())
"""Properties that SVG has as a style only."""
_COLOURS = frozenset("fill stroke stop-color flood-color lighting-color color".split())
_PROPERTY = re.compile(r"[a-z][a-z-]*")
"""How names of properties are written that can be attributes: no prefix of a program, none of the signs of escapes."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no attribute can hold; escapes write it."""
_COLOUR = re.compile(r"\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^()]*\)", re.IGNORECASE)
_UNKNOWN = frozenset("all cursor transition animation pointer-events user-select will-change".split())
"""Properties that no still picture shows."""
_STYLES, _STRETCHES = ("italic", "oblique"), ("condensed", "expanded", "narrower", "wider")
_SIZE = re.compile(r"[\d.].*|((xx?-)?(small|large)|medium|smaller|larger)(/.*)?", re.IGNORECASE)
_REM = re.compile(r"(\d*\.?\d+)rem\b")
_WITH_UNITS = frozenset(("font-size", "letter-spacing", "word-spacing"))
_UNITLESS = re.compile(r"[-+]?[\d.]*[1-9][\d.]*")


@dataclass(frozen=True)
class _Rule:
    selector: Any
    """One compiled selector of cssselect2."""
    body: tuple[css.Declaration, ...]


def spell_out(root: etree._Element) -> None:
    """Give every element of a drawing the attributes that its style sheets and style attributes ask for.

    The style sheets, classes and variables are gone then. What cannot be read is passed over, as in browsers.
    """
    sheets = [element for element in root.iter(f"{_SVG}style") if _is_css(element)]
    rules = [rule for sheet in sheets for rule in _rules("".join(sheet.itertext()))]
    matcher = cssselect2.Matcher()
    for rule in rules:
        matcher.add_selector(rule.selector, rule.body)
    _spell(cssselect2.ElementWrapper.from_xml_root(root), matcher, {})
    for sheet in sheets:
        parent = sheet.getparent()
        if parent is not None:
            parent.remove(sheet)
    rewrite(root)


def _is_css(sheet: etree._Element) -> bool:
    return sheet.get("type", "text/css").strip().lower() in ("", "text/css") and _holds(sheet.get("media", "all"))


def _holds(media: str) -> bool:
    """Whether a list of media queries holds for a plain screen. Queries on its size or settings do not."""
    return any(re.fullmatch(r"\s*(?:only\s+)?(?:all|screen)\s*", each, re.I) for each in media.split(",")) or not media


# ---- rules


def _rules(sheet: str) -> Iterator[_Rule]:
    yield from _nested(css.rules_of(sheet), "", 0)


def _nested(nodes: Iterable[Token], parent: str, depth: int) -> Iterator[_Rule]:
    """The rules among nodes, and inside these; nested selectors are joined to those around them (CSS Nesting 1)."""
    for node in nodes if depth <= _DEEPEST else ():
        if (
            node.type == "at-rule"
            and node.content is not None
            and node.lower_at_keyword in ("media", "supports", "layer")
        ):
            if node.lower_at_keyword != "media" or _holds(css.written(node.prelude)):
                yield from _inside(node.content, parent, depth)
        elif node.type == "qualified-rule":
            yield from _inside(node.content, _joined(css.written(node.prelude).strip(), parent), depth)


def _inside(content: Iterable[Token], selector: str, depth: int) -> Iterator[_Rule]:
    nodes = css.contents_of(content)
    declared = (css.declaration_of(node) for node in nodes if node.type == "declaration")
    body = tuple(each for each in declared if not _lacks_unit(each))
    if body and selector:
        yield from (_Rule(each, body) for each in _compiled(selector))
    yield from _nested((n for n in nodes if n.type != "declaration"), selector, depth + 1)


def _lacks_unit(declared: css.Declaration) -> bool:
    """Whether a style sheet gives a length without a unit, which has no meaning there; in attributes it has."""
    return declared.name in _WITH_UNITS and bool(_UNITLESS.fullmatch(css.written(declared.value).strip()))


def _joined(selector: str, parent: str) -> str:
    if not parent:
        return selector
    around = f":is({parent})"
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


def _compiled(selector: str) -> list[Any]:
    try:
        return css.compiled(selector) if len(selector) <= _LONGEST else []
    except ValueError:
        return []


# ---- the cascade


def _spell(wrapper: Any, matcher: Any, inherited: Mapping[str, str]) -> None:
    """Write the look of an element and of those inside it. The tree is no deeper than the parser allows."""
    element: etree._Element = wrapper.etree_element
    chosen = _chosen(element, wrapper, matcher)
    known = {**inherited, **{name: value for name, value in chosen.items() if name.startswith("--")}}
    styles = []
    for name, value in chosen.items():
        if name in _UNKNOWN or not _PROPERTY.fullmatch(name):
            continue
        text = _filled(value, known) if "var(" in value.lower() else value
        for plain, look in _plain(name, text) if text is not None and not _NOT_XML.search(text) else ():
            if plain in _IN_STYLE:
                styles.append(f"{plain}:{look}")
            else:
                element.set(plain, look)
    element.attrib.pop("class", None)
    element.attrib.pop("style", None)
    if styles:
        element.set("style", ";".join(styles))
    for name in _COLOURS.intersection(element.attrib):
        value = str(element.get(name))
        if "(" in value and not value.startswith("url"):
            element.set(name, css.plain_colour(value))
    if "(" in element.get("filter", ""):
        element.set("filter", _COLOUR.sub(lambda found: css.plain_colour(found[0]), str(element.get("filter"))))
    for child in wrapper.iter_children():
        _spell(child, matcher, known)


def _chosen(element: etree._Element, wrapper: Any, matcher: Any) -> dict[str, str]:
    """The declared values of an element, the strongest of each property (CSS Cascade 4, 6.1)."""
    found = [
        (declared.important, 0, specificity, order, declared)
        for specificity, order, _, body in matcher.match(wrapper)
        for declared in body
    ]
    own = element.get("style")
    found += [(each.important, 1, (0, 0, 0), 0, each) for each in css.declarations(own)] if own else []
    found.sort(key=lambda each: each[:4])
    return {each[4].name: css.written(each[4].value).strip() for each in found}


def _filled(value: str, known: Mapping[str, str], depth: int = 0) -> str | None:
    """A value with its variables filled in; None if one is unknown and has no fallback, or they never end."""
    parts: list[str] = []
    for token in css.component_values(value):
        if token.type == "function" and token.lower_name == "var":
            name, _, fallback = css.written(token.arguments).partition(",")
            text = known.get(name.strip(), fallback.strip() or None)
            text = _filled(text, known, depth + 1) if text is not None and depth < _DEEPEST else None
            if text is None:
                return None
            parts.append(text)
        elif token.type == "comment":
            continue
        elif token.type == "function":
            inner = _filled(css.written(token.arguments), known, depth)
            if inner is None:
                return None
            parts.append(f"{token.name}({inner})")
        else:
            parts.append(token.serialize())
        if sum(map(len, parts)) > _LONGEST:
            return None
    return "".join(parts)


# ---- values


def _plain(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A property as attributes of SVG 1.1."""
    if name == "font":
        yield from _font(value)
    elif name in ("translate", "rotate", "scale"):
        yield f"css-{name}", value
    elif name == "d":
        yield name, value.removeprefix("path(").removesuffix(")").strip("\"' ")
    elif name == "marker":
        yield from ((f"marker-{place}", value) for place in ("start", "mid", "end"))
    elif name.startswith("font") or name.endswith("spacing"):
        yield name, _REM.sub(lambda found: f"{float(found[1]) * 16:g}px", value)
    else:
        yield name, value


def _font(value: str) -> Iterator[tuple[str, str]]:
    """The shorthand `font` (CSS Fonts 4, 2.7): words, the size with its line height, and the families."""
    words = re.sub(r"\s*/\s*", "/", value).split()
    size = next((n for n, word in enumerate(words) if _SIZE.fullmatch(word) and not word.isdigit()), None)
    if size is None or size + 1 >= len(words):
        return
    yield "font-style", next((word for word in words[:size] if word in _STYLES), "normal")
    weights = (word for word in words[:size] if word.isdigit() or word in ("bold", "bolder", "lighter"))
    yield "font-weight", next(weights, "normal")
    yield "font-variant", "small-caps" if "small-caps" in words[:size] else "normal"
    yield "font-stretch", next((word for word in words[:size] if word.endswith(_STRETCHES)), "normal")
    yield from _plain("font-size", words[size].partition("/")[0])
    yield "font-family", " ".join(words[size + 1 :])
