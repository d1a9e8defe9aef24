"""Styles of HTML, as far as they say what a thing is: bold, small capitals, hidden, a share of the column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pressroom import css
from pressroom.importing.html_tree import HtmlElement

Styles = Mapping[str, str]
"""Properties with their values, in small letters."""


@lru_cache(maxsize=1024)
def styles_of(style: str) -> Styles:
    """The properties of a style attribute."""
    return {each.name: css.written(css.trimmed(each.value)).lower() for each in css.declarations(style)}


def own_styles(element: HtmlElement) -> Styles:
    """The properties that an element has itself."""
    return styles_of(element.get("style", ""))


@lru_cache(maxsize=16)
def styles_of_classes(sheet: str) -> dict[str, Styles]:
    """The properties of single classes in a style sheet; rules with other selectors say nothing of elements here."""
    found: dict[str, Styles] = {}
    for rule in css.rules_of(sheet):
        if rule.type != "qualified-rule":
            continue
        said = {
            node.lower_name: css.written(css.trimmed(node.value)).lower()
            for node in css.contents_of(rule.content)
            if node.type == "declaration"
        }
        for name in _classes(css.written(rule.prelude)):
            found[name] = {**found.get(name, {}), **said}
    return found


def _classes(selectors: str) -> Iterator[str]:
    for selector in selectors.split(","):
        element, dot, name = selector.strip().partition(".")
        if dot and element in ("", "span", "a", "font", "ol") and name.replace("-", "").replace("_", "").isalnum():
            yield name


def marks_of(styles: Styles) -> Iterator[str]:
    """What a style means, as the elements that say it; small capitals have a class."""
    weight = styles.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= _BOLD):
        yield "strong"
    if styles.get("font-style", "").startswith(("italic", "oblique")):
        yield "em"
    if "line-through" in styles.get("text-decoration", "") + styles.get("text-decoration-line", ""):
        yield "del"
    yield from {"super": ("sup",), "sub": ("sub",)}.get(styles.get("vertical-align", ""), ())
    if "small-caps" in styles.get("font-variant", "") + styles.get("font-variant-caps", ""):
        yield "small-caps"


_BOLD = 600


def is_hidden(element: HtmlElement) -> bool:
    """Whether nobody sees an element."""
    styles = own_styles(element)
    said = styles.get("display") == "none" or styles.get("visibility") == "hidden"
    return said or element.get("hidden") is not None


def share_of(picture: HtmlElement) -> str:
    """The width of a picture as a share of the column, “50%”; “” where it has none or all of it."""
    styles = own_styles(picture)
    typed = styles.get("width") or styles.get("max-width") or picture.get("width") or ""
    number = typed.strip().removesuffix("%")
    if not typed.strip().endswith("%") or not number.replace(".", "", 1).isdigit():
        return ""
    return f"{round(float(number))}%" if 1 <= float(number) < 100 else ""  # percents


def pixels_of(picture: HtmlElement) -> list[float]:
    """The width and height that a page gives a picture, as far as it gives them in pixels."""
    styles = own_styles(picture)
    typed = [styles.get(name) or picture.get(name) or "" for name in ("width", "height")]
    numbers = [each.strip().removesuffix("px") for each in typed]
    return [float(number) for number in numbers if number.replace(".", "", 1).isdigit()]
