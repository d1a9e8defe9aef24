"""Pictures in text: puts them where a chapter's prose holds their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from pressroom.photographs import Rendition
from pressroom.publication import Figure
from pressroom.xhtml import XHTML, XhtmlDocument


def with_pictures_in_text(
    document: XhtmlDocument, figures: Sequence[Figure], picture_of: Callable[[Figure], Rendition | None], to_come: str
) -> XhtmlDocument:
    """A chapter's page with the pictures in its text. A picture that has not arrived is named by its alt text."""
    if not figures:
        return document
    by_id: Mapping[str, Figure] = {figure.id: figure for figure in figures}
    root = document.copy()
    for place in list(root.iter(f"{XHTML}span")):
        figure = by_id.get(place.get("id", ""))
        if figure is not None and place.get("class") == figure.placement:
            _fill(place, figure, picture_of(figure), to_come)
    return XhtmlDocument.of(root)


def _fill(place: etree._Element, figure: Figure, rendition: Rendition | None, to_come: str) -> None:
    if rendition is None:
        place.set("class", f"{figure.placement} to-come")
        place.set("role", "img")
        place.set("aria-label", figure.alt or to_come)
        place.text = f"[{figure.alt or to_come}]"
        return
    place.tag, place.text = f"{XHTML}img", None
    if rendition.media_type == "image/jpeg":
        place.set("class", f"{figure.placement} photograph")
    place.set("src", f"../pictures/{rendition.name}")
    place.set("alt", figure.alt)
    place.set("width", str(rendition.width))
    place.set("height", str(rendition.height))
    if figure.share < 1:
        place.set("style", f"--share: {figure.share}; width: {figure.share:.1%}; height: auto")
