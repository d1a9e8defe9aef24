"""Captions apart: where the caption of a picture stands that fills a page or two, and what it says of its picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from lxml import etree

from pressroom.css import declarations
from pressroom.publication import SIDES, caption_is_apart, placement_of

LETTERS_IN_A_LINE = 60
"""An estimate: it converts the height of a caption in lines into letters of the text beside it."""
HOSTED = "hosted"
"""The class of a figure in another one: the caption of a picture that has no room for it on its own page."""
_HIDDEN = "display: none"
"""The style of what is left of a spread without a caption: between full pictures it would ask for a page of its own."""
NARROWER = 0.5
"""An estimate: how many lines a caption takes in the text column for each of its lines in the margin."""


def captions_apart(root: etree._Element, whereabouts: Mapping[str, str]) -> Iterator[str]:
    """Add to each caption on another page than its picture where the picture is; yield the full-page figures."""
    figures = list(root.iter("figure"))
    on_two = {figure.get("id") for figure in figures if placement_of(str(figure.get("class"))).two_pages}
    for figure in figures:
        id, classes = str(figure.get("id") or figure.get("data-of")), str(figure.get("class"))
        caption, is_hosted = figure.find("figcaption"), HOSTED in classes.split()
        if caption is None or not (is_hosted or caption_is_apart(classes)):
            continue
        caption.set("id", f"{id}-caption")
        if whereabouts.get(id):
            caption.set("data-where", whereabouts[id])
        if id not in on_two:
            if not is_hosted:
                _beside_text(figure, caption)
            yield id


def _beside_text(figure: etree._Element, caption: etree._Element) -> None:
    """Put a caption that no text follows beside the text before its picture, else under the next figure, else under the
    one before: at the head of a page it would stand alone, or over that figure like its title.
    """
    after = figure.getnext()
    if after is not None and after.tag != "figure":
        return
    if (place := _text_before(figure)) is not None:
        place.addprevious(_holder(figure, caption))
    elif after is not None and not placement_of(str(after.get("class"))).reaches_edges:
        _under(after, figure, caption)
    elif after is None and (other := _figure_before(figure)) is not None:
        _under(other, figure, caption)


def _figure_before(figure: etree._Element) -> etree._Element | None:
    """The figure before one or two full pictures that end a chapter, if a caption has room under it."""
    before = figure.getprevious()
    if before is not None and before.tag == "figure" and placement_of(str(before.get("class"))).reaches_edges:
        before = before.getprevious()
    if before is None or before.tag != "figure":
        return None
    classes = str(before.get("class"))
    return None if placement_of(classes).reaches_edges or "hosting" in classes.split() else before


def _text_before(figure: etree._Element) -> etree._Element | None:
    """The first of the paragraphs before a picture beside which its caption has room."""
    before = figure.getprevious()
    if before is not None and before.tag == "figure" and is_full(before):
        before = before.getprevious()
    if before is None or before.tag != "p":
        return None
    letters = LETTERS_IN_A_LINE * _lines(figure, "--rows")
    while True:
        letters -= len("".join(before.itertext()))
        earlier = before.getprevious()
        if earlier is not None and earlier.tag == "header":
            return before  # nothing follows on the page of a chapter’s first words
        if letters <= 0 or earlier is None or earlier.tag != "p":
            break
        before = earlier
    return before if letters <= 0 else None  # a caption longer than the text beside it would cover the picture


def _under(other: etree._Element, figure: etree._Element, caption: etree._Element) -> None:
    """Put a caption under another figure, which leaves room for it on its page."""
    rows = math.ceil(_lines(figure, "--rows") * NARROWER) + 1
    holder = _holder(figure, caption)
    holder.set("class", f"{holder.get('class')} under")
    other.append(holder)
    other.set("class", f"{other.get('class')} hosting")
    kept = _lines(other, "--notes") + rows
    other.set("style", f"{other.get('style', '')}; --notes: {kept}; --under: {rows}")


def _holder(figure: etree._Element, caption: etree._Element) -> etree._Element:
    words = [word for word in str(figure.get("class")).split() if word not in SIDES]  # those say where the picture is
    holder = etree.Element("figure", {"class": " ".join(words), "style": str(figure.get("style"))})
    holder.set("data-of", str(figure.get("id")))
    holder.append(caption)
    return holder


def _lines(figure: etree._Element, name: str) -> int:
    """A number of lines that the layout's template has written into a figure's style; 0 without one."""
    for each in declarations(figure.get("style", "")):
        if each.name == name:
            return next((token.int_value for token in each.value if token.type == "number"), None) or 0
    return 0


def close_up(root: etree._Element) -> None:
    """Move a spread’s caption past full-page pictures to the next text: between them it would stand on an empty page.
    The anchor of the spread stays at the picture before it.
    """
    for figure in [f for f in root.iter("figure") if placement_of(str(f.get("class"))).two_pages]:
        before, last = figure.getprevious(), figure.getnext()
        while before is not None and before.get("style") == _HIDDEN:
            before = before.getprevious()
        if before is not None and figure.find("figcaption") is None:
            _anchor_in(before, figure)
            figure.set("style", _HIDDEN)
            continue
        if before is None or last is None or not is_full(before) or not is_full(last):
            continue
        while (after := last.getnext()) is not None and is_full(after):
            last = after
        if after is not None and after.get("data-kind") == "text":
            _anchor_in(before, figure)
            last.addnext(figure)


def _anchor_in(block: etree._Element, figure: etree._Element) -> None:
    """Mark the place of a spread in the block before it."""
    figure.set("data-of", str(figure.attrib.pop("id")))
    place = etree.Element("span", {"id": str(figure.get("data-of")), "style": "position: absolute"})
    if is_full(block):
        block.insert(0, place)
    else:
        block.append(place)


def is_full(block: etree._Element) -> bool:
    """Whether a block is a picture with a page of its own."""
    return block.tag == "figure" and placement_of(str(block.get("class"))).own_page
