"""Spreads: one picture over two facing pages, put between the pages of its chapter where a verso begins.

The text runs on undisturbed: a spread's two pages are laid out apart and inserted after the recto nearest to its place,
so that no page before it stays empty. Its caption stays in the text and says where the picture is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from pressroom.publication import FOOT, LEFT, RIGHT, caption_is_apart, placement_of
from pressroom.typeset.elements import SEEN


@dataclass(frozen=True)
class Spread:
    """A picture that has been taken out of its chapter's text."""

    id: str
    """The id of its figure, whose caption stays in the text."""
    html: str
    """Its two pages."""


@dataclass(frozen=True)
class Insertion:
    """Where a spread goes."""

    spread: Spread
    after: int
    """The page of the text (from 0) that it follows; -1 puts it before the first."""
    precedes_caption: bool
    """Whether a reader meets the picture before its caption."""


def last_of(id: str) -> str:
    """The anchor of the last page on which a figure stands: its caption's, or that of its picture."""
    return f"{id}--last"


def taken_out(root: etree._Element) -> Iterator[Spread]:
    """Take the pictures of all spreads out of a chapter, each as a document of two pages."""
    for figure in [f for f in root.iter("figure") if placement_of(str(f.get("class"))).two_pages]:
        picture = next((child for child in figure if child.get("class") == "picture"), None)
        if picture is None:
            continue
        figure.remove(picture)
        beside = [] if caption_is_apart(str(figure.get("class"))) else list(figure)
        for element in beside:
            figure.remove(element)
        if len(figure) == 0:  # without a caption, the place still has to be known
            etree.SubElement(figure, "span")
        yield Spread(str(figure.get("id")), _pages(root, figure, picture, beside))


def _pages(
    root: etree._Element, figure: etree._Element, picture: etree._Element, beside: Sequence[etree._Element]
) -> str:
    """The two pages of a spread, with what stands beside its picture: captions and small pictures."""
    html = etree.Element("html", dict(root.attrib))
    head, body = root.find("head"), root.find("body")
    assert head is not None and body is not None
    html.append(deepcopy(head))
    words = [word for word in str(figure.get("class")).split() if word in ("over", FOOT, LEFT, RIGHT)]
    places = {"class": " ".join(("spread-pages", *words)), "data-spread": str(figure.get("id"))}
    places["style"] = "; ".join(filter(None, (str(figure.get("style", "")), str(picture.get("style", "")))))
    section = etree.SubElement(etree.SubElement(html, "body", dict(body.attrib)), "section", places)
    style = f"{figure.get('style', '')}; {picture.get('style', '')}"
    seen = str(picture.get(SEEN, ""))
    verso = etree.SubElement(section, "div", {"class": "leaf verso", "style": style, SEEN: seen})
    recto = etree.SubElement(section, "div", {"class": "leaf recto", "style": style, SEEN: seen})
    image = picture.find("img")
    if image is None:
        verso.extend(list(picture))
        etree.SubElement(recto, "div", {"class": "placeholder"})
    else:
        verso.append(image)
        recto.append(deepcopy(image))  # the tags tell of one picture, on two pages
    if picture.get("id"):
        verso.set("id", str(picture.get("id")))
    if beside:
        pictured = " pictured" if any(element.tag == "figure" for element in beside) else ""
        side = recto if "over" in words and LEFT not in words else verso
        etree.SubElement(side, "div", {"class": f"beside-picture{pictured}"}).extend(beside)
    return etree.tostring(html, encoding="unicode", method="html", doctype="<!DOCTYPE html>")


def insertions(
    spreads: Sequence[Spread],
    anchors: Mapping[str, int],
    pages: int,
    *,
    first_is_recto: bool,
    figures: Sequence[str] = (),
) -> tuple[Insertion, ...]:
    """Where each spread goes, in their order: after the recto nearest to its place at which all figures keep the order
    of the manuscript. Where no recto is such a one, after the recto on which its place is, or the next one.
    """
    found: list[Insertion] = []
    for spread in spreads:
        page = anchors.get(spread.id, 0)
        usual = page if _is_recto(page, first_is_recto=first_is_recto) else page + 1 if page + 1 < pages else page - 1
        least, most = _bounds(spread.id, anchors, figures)
        least = max([least, *(one.after for one in found)])
        rectos = [n for n in range(-1, pages) if least <= n <= most and _is_recto(n, first_is_recto=first_is_recto)]
        after = min(rectos, key=lambda recto: (abs(recto - usual), -recto), default=usual)
        found.append(Insertion(spread, after, precedes_caption=after < page))
    return tuple(found)


def _bounds(id: str, anchors: Mapping[str, int], figures: Sequence[str]) -> tuple[int, int]:
    """The last page with a figure that is before a spread in the manuscript, and the last page before one after it."""
    at = figures.index(id) if id in figures else 0
    before = [anchors[each] for each in figures[:at] if each in anchors and each != id]
    after = [anchors[each] - 1 for each in figures[at + 1 :] if each in anchors] if id in figures else []
    return max(before, default=-1), min(after, default=len(anchors) + max(anchors.values(), default=0))


def overtaken(inserted: Sequence[Insertion], anchors: Mapping[str, int], figures: Sequence[str]) -> tuple[str, str]:
    """A spread, and the first figure that stands before it and should stand after it; both empty if none does."""
    spreads = {one.spread.id: one.after for one in inserted}
    for id in (id for id in figures if id in spreads):
        for later in figures[figures.index(id) + 1 :]:
            if later not in spreads and anchors.get(later, spreads[id] + 1) <= spreads[id]:
                return id, later
    return "", ""


def _is_recto(page: int, *, first_is_recto: bool) -> bool:
    return (page % 2 == 0) == first_is_recto
