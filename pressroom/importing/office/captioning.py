"""Captions: pictures and tables get the paragraphs that stand under or over them as captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Remark
from pressroom.importing.caption_credits import is_credit
from pressroom.importing.figures_of_html import is_sign
from pressroom.importing.html_anchors import fit_id
from pressroom.importing.html_tree import HtmlElement, words_in
from pressroom.importing.office.block_facts import BLOCK, COUNTED, BlockFacts
from pressroom.importing.office.style_words import caption_label, is_like_caption, is_of_table

_LONGEST_GUESS = 240
"""Letters that a paragraph may have to be taken for a caption by its look alone."""
FLOATING = "data-floating"
"""The attribute of a picture that stands beside the text, wherever it is anchored in it."""
_OF_TABLE = "data-of-table"
"""The attribute of paragraphs out of a table that held pictures with their captions: the number of that table."""


def join_captions(
    body: HtmlElement, facts: Callable[[HtmlElement], BlockFacts], place: Callable[[HtmlElement], Place]
) -> list[Remark]:
    """Join pictures and tables with their captions, here and in the cells of tables that hold pictures."""
    _open_picture_tables(body)
    remarks: list[Remark] = []
    _part_pictures(body)
    for element in [*body]:
        if element.getparent() is body and element.tag == "p" and _is_picture(element):
            remarks += _caption_picture(element, facts, place)
        elif element.getparent() is body and element.tag == "table":
            remarks += _caption_table(element, facts, place)
    _gather_galleries(body)
    for element in body.iterchildren("p"):
        if facts(element).role == "caption":
            remarks.append(Remark("import-caption-loose", Severity.WARNING, place(element), _words(element)))
    return remarks


def _is_picture(element: HtmlElement) -> bool:
    """Whether a paragraph holds pictures and no word."""
    return next(element.iter("img"), None) is not None and not _words(element)


def _part_pictures(body: HtmlElement) -> None:
    """Let a picture that stands at the beginning or end of a paragraph with words be a paragraph of its own."""
    for element in [*body.iterchildren("p")]:
        if _is_picture(element):
            continue
        for floating in reversed([each for each in element.iter("img") if each.get(FLOATING)]):
            element.addnext(_alone(floating, element))
        children = [*element]
        first = children[0] if children and not (element.text or "").strip() else None
        if first is not None and first.tag == "img" and not is_sign(first):
            alone = _alone(first, element)
            element.addprevious(alone)
        elif children and _ends_as_picture(children[-1]):
            element.addnext(_alone(children[-1], element))


def _ends_as_picture(last: HtmlElement) -> bool:
    """Whether a paragraph ends with a picture that is no sign among its words."""
    return last.tag == "img" and not (last.tail or "").strip() and not is_sign(last)


def _alone(image: HtmlElement, paragraph: HtmlElement) -> HtmlElement:
    """A paragraph of a picture that is taken out of another; the words behind it stay where they are."""
    tail, previous = image.tail or "", image.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        paragraph.text = (paragraph.text or "") + tail
    image.tail = None
    alone = etree.Element("p")
    alone.set(BLOCK, paragraph.get(BLOCK, ""))
    alone.append(image)
    return alone


def _caption_picture(
    element: HtmlElement, facts: Callable[[HtmlElement], BlockFacts], place: Callable[[HtmlElement], Place]
) -> Iterator[Remark]:
    """Make a figure of a paragraph of pictures, with the caption that stands under it, or over it."""
    following, previous = _neighbour(element, 1), _neighbour(element, -1)
    caption = following if following is not None and _is_caption(following, facts) else None
    if caption is None and previous is not None and _is_caption(previous, facts):
        caption = previous
    if caption is None and following is not None and _looks_like_caption(following, element, facts):
        caption = following
        yield Remark("import-caption-guess", Severity.ADVICE, place(following), _words(following))
    figures = [_single(image, element) for image in [*element.iter("img")]]
    figure = figures[-1]
    if len(figures) > 1 and caption is not None:  # a row of pictures with one caption
        figure = etree.Element("figure", _kept(element))
        element.addprevious(figure)
        figure.extend(figures)
    _take(element)
    if caption is not None:
        more = [*_more_captions(caption, facts)] if caption is following else []
        _name(figure, _anchors(caption, facts))
        _drop_anchors(caption)
        if is_slanted(caption):
            etree.strip_tags(caption, "em")
        caption.tag = "figcaption"
        figure.append(caption)
        for each in more:
            each.tag = "figcaption"
            figure.append(each)


def _single(image: HtmlElement, paragraph: HtmlElement) -> HtmlElement:
    """A figure of one picture of a paragraph, before it."""
    figure = etree.Element("figure", _kept(paragraph))
    image.tail = None
    figure.append(image)
    paragraph.addprevious(figure)
    return figure


def _more_captions(caption: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> Iterator[HtmlElement]:
    """The paragraphs that go on with a caption: its credit, and those in a style of captions that stand above no other
    picture.
    """
    following = caption.getnext()
    if following is not None and following.tag == "p" and not facts(following).role and is_credit(_words(following)):
        yield following
        following = following.getnext()
    while following is not None and _is_caption(following, facts) and not facts(following).label:
        after = _neighbour(following, 1)
        if not is_like_caption(_words(following)) and after is not None and _is_picture(after):
            return
        yield following
        following = following.getnext()


def _name(element: HtmlElement, anchors: Sequence[str]) -> None:
    """Give a figure or table the first of its bookmarks as id, and let links to the others lead there too."""
    if anchors:
        anchors = [*map(fit_id, anchors)]
        element.set("id", anchors[0])
        others = {f"#{anchor}" for anchor in anchors[1:]}
        for link in element.getroottree().getroot().iter("a"):
            if link.get("href") in others:
                link.set("href", f"#{anchors[0]}")
            if link.get("href") == f"#{anchors[0]}" and words_in(link).startswith(COUNTED):
                link.set("data-auto", "yes")


def _anchors(caption: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> list[str]:
    """The bookmarks on and in a caption, that on its label first."""
    inside = (id for each in caption.iter("a") if (id := each.get("id", "")))
    return [*dict.fromkeys((*facts(caption).anchors, *inside))]


def _drop_anchors(caption: HtmlElement) -> None:
    """Take the bookmarks out of a caption, whose figure has them."""
    for anchor in [each for each in caption.iter("a") if each.get("id") and not each.get("href")]:
        etree.strip_tags(anchor, "*")
        _take(anchor)


def _is_caption(element: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> bool:
    said = facts(element)
    is_said = said.role == "caption" or _OF_TABLE in element.attrib
    return element.tag == "p" and is_said and not is_of_table(said.label) and bool(_words(element))


def _looks_like_caption(element: HtmlElement, picture: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> bool:
    """Whether a short paragraph under a picture is its caption by its look: all in italics, set in the middle as the
    picture is, beginning as captions do, or with a line of credit under it.
    """
    words = _words(element)
    if element.tag != "p" or facts(element).role or not 0 < len(words) <= _LONGEST_GUESS:
        return False
    is_centred = facts(element).alignment == "center" == facts(picture).alignment
    after = element.getnext()
    has_credit = after is not None and after.tag == "p" and not facts(after).role and is_credit(_words(after))
    return is_slanted(element) or is_centred or is_like_caption(words) or has_credit


def is_slanted(element: HtmlElement) -> bool:
    """Whether all words, or nearly all, are in italics."""
    slanted = "".join(_words(each) for each in element.iter("em"))
    return len(slanted.replace(" ", "")) >= 0.9 * len(_words(element).replace(" ", "")) > 0


def _caption_table(
    table: HtmlElement, facts: Callable[[HtmlElement], BlockFacts], place: Callable[[HtmlElement], Place]
) -> Iterator[Remark]:
    """Give a table the caption that stands over it, or under it: one by its style, or by the number typed before it."""
    beside = [each for each in (_neighbour(table, -1), _neighbour(table, 1)) if each is not None and each.tag == "p"]
    caption = next((each for each in beside if _is_of_table(each, facts)), None)
    if (
        caption is None
        and (caption := next((each for each in beside if _looks_of_table(each, facts)), None)) is not None
    ):
        yield Remark("import-caption-guess", Severity.ADVICE, place(caption), _words(caption))
    if caption is None:
        return
    _name(table, _anchors(caption, facts))
    _drop_anchors(caption)
    caption.tag = "caption"
    caption.tail = None
    table.insert(0, caption)


def _is_of_table(element: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> bool:
    """Whether a paragraph is the caption of a table by its style."""
    said = facts(element)
    return said.role == "caption" and (is_of_table(said.label) or not said.label) and bool(_words(element))


def _looks_of_table(element: HtmlElement, facts: Callable[[HtmlElement], BlockFacts]) -> bool:
    """Whether a short paragraph begins as captions of tables do, “Table 2: ”, and says more than that."""
    label = "" if facts(element).role else caption_label(_words(element))
    return bool(label) and is_of_table(label) and len(label.strip()) < len(_words(element)) <= _LONGEST_GUESS


def _neighbour(element: HtmlElement, step: int) -> HtmlElement | None:
    """The next or the previous paragraph or table that is not empty."""
    found = element.getnext() if step > 0 else element.getprevious()
    while found is not None and found.tag == "p" and not _words(found) and next(found.iter("img"), None) is None:
        found = found.getnext() if step > 0 else found.getprevious()
    return found


def _open_picture_tables(body: HtmlElement) -> None:
    """Take pictures and their captions out of tables that are there for their place alone."""
    for n, table in enumerate([*body.iterchildren("table")], 1):
        cells = [*table.iter("td", "th")]
        pictures = sum(1 for cell in cells if next(cell.iter("img"), None) is not None)
        if not pictures or next(table.iterdescendants("table"), None) is not None:
            continue
        with_words = sum(1 for cell in cells if _words(cell))
        if with_words > pictures or any(len(_words(cell)) > _LONGEST_GUESS for cell in cells):
            continue
        rows = [[*row.iterchildren("td", "th")] for row in table.iter("tr")]
        for cell in [*_by_columns(rows)]:
            for child in [*cell]:
                child.set(_OF_TABLE, str(n))
                table.addprevious(child)
        _take(table)


def _kept(element: HtmlElement) -> dict[str, str]:
    """What a figure keeps of the paragraph that its picture stood in."""
    return {name: element.get(name, "") for name in (BLOCK, _OF_TABLE) if name in element.attrib}


def _gather_galleries(body: HtmlElement) -> None:
    """Let the pictures of one table be one gallery."""
    for number, group in groupby([*body], key=lambda each: each.get(_OF_TABLE) if each.tag == "figure" else None):
        figures = [*group]
        if number and len(figures) > 1:
            whole = etree.Element("figure", _kept(figures[0]))
            figures[0].addprevious(whole)
            whole.extend(figures)


def _by_columns(rows: list[list[HtmlElement]]) -> Iterator[HtmlElement]:
    """Cells in such an order that a caption in the row below a picture follows it."""
    done: set[int] = set()
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            if id(cell) in done:
                continue
            done.add(id(cell))
            yield cell
            below = rows[n + 1][m] if n + 1 < len(rows) and m < len(rows[n + 1]) else None
            if below is not None and next(cell.iter("img"), None) is not None and next(below.iter("img"), None) is None:
                done.add(id(below))
                yield below


def _take(element: HtmlElement) -> None:
    """Remove an element; the words behind it stay."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and previous is not None:
        previous.tail = (previous.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _words(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
