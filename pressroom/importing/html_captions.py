"""Captions of HTML: what stands beside a picture and calls itself its caption becomes one, as in a figure.

Labels that are typed before captions go, since editions count.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pressroom.importing.html_tree import HtmlElement, kinds, names_of, nodes_of, take_out, words_in
from pressroom.importing.office.style_words import caption_label

_ENDINGS = ("caption", "caption-text", "caption_text", "legend")
_TEXTS = ("blockquote", "table", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "video", "iframe")
_CREDITS = frozenset("credit credits attribution source copyright photographer".split())
_LONGEST_CREDIT = 60
"""Letters that may be a credit where they stand beside a picture that has a caption of its own."""
_HOLDERS = ("div", "section", "p", "a", "span")


def name_captions(body: HtmlElement) -> None:
    """Make figures of elements that hold pictures and a caption by its class, as WordPress and newsrooms write them."""
    for table in [*body.iter("table")]:
        _open_table(table)
    for figure in [*body.iter("figure")]:
        _take_in_credit(figure)
    for caption in [*body.iter("p", "div", "span", "small")]:
        if not _is_caption(caption) or next(caption.iterancestors("figure"), None) is not None:
            continue
        whole = _whole(caption)
        if (pictures := _pictures_before(whole)) is not None:
            figure = etree.Element("figure")
            pictures.addprevious(figure)
            figure.append(pictures)
            pictures.tail, whole.tag = None, "figcaption"
            take_out(whole)
            figure.append(whole)
            continue
        holder = whole.getparent()
        if holder is not None and holder.tag in _HOLDERS and _holds_pictures_alone(holder, whole):
            holder.tag, whole.tag = "figure", "figcaption"


def _open_table(table: HtmlElement) -> None:
    """Make a figure of a table that has nothing but a picture and its caption below it, as Blogger writes them."""
    rows = [[*row.iterchildren("td", "th")] for row in table.iter("tr")]
    if [len(row) for row in rows] != [1, 1] or "tr-caption-container" not in kinds(table):
        return
    pictures, caption = rows[0][0], rows[1][0]
    if words_in(pictures) or next(caption.iter("img"), None) is not None or next(pictures.iter("img"), None) is None:
        return
    figure = etree.Element("figure")
    table.addprevious(figure)
    pictures.tag, caption.tag = "div", "figcaption"
    figure.extend([pictures, caption])
    take_out(table)


def _take_in_credit(figure: HtmlElement) -> None:
    """Put the words beside the picture of a figure that name its source into the caption, as its credit."""
    captions, pictures = [*figure.iter("figcaption")], [*figure.iter("img")]
    if len(pictures) != 1 or len(captions) > 1 or next(figure.iter(*_TEXTS), None) is not None:
        return
    outside = [each for each in _lines(figure) if not any(each in caption.iter() for caption in captions)]
    said = " ".join(map(words_in, outside))
    is_named = all(names_of(each) & _CREDITS for each in outside)
    is_beside = len(said) <= _LONGEST_CREDIT and any(map(words_in, captions))
    if not said or not (is_named or is_beside) or any(each is figure for each in outside):
        return
    caption = captions[0] if captions else etree.SubElement(figure, "figcaption")
    credit = etree.SubElement(caption, "span", {"class": "credit"})
    credit.text = said
    if credit.getprevious() is not None or caption.text:
        _put_space_before(credit, caption)
    for each in outside:
        take_out(each)


def _lines(figure: HtmlElement) -> list[HtmlElement]:
    """The innermost elements in which words of a figure stand."""
    holders = [each for each in figure.iter("*") if (each.text or "").strip()]
    tails = [each.getparent() for each in figure.iterdescendants("*") if (each.tail or "").strip()]
    found = dict.fromkeys([*holders, *(each for each in tails if each is not None)])
    return [each for each in found if not any(up in found for up in each.iterancestors())]


def _put_space_before(credit: HtmlElement, caption: HtmlElement) -> None:
    before = credit.getprevious()
    if before is not None:
        before.tail = f"{before.tail or ''} "
    else:
        caption.text = f"{caption.text or ''} "


def _pictures_before(caption: HtmlElement) -> HtmlElement | None:
    """The block of pictures without a word directly before a caption that is one by its class, as ebooks have them."""
    before, holder = caption.getprevious(), caption.getparent()
    if before is None or holder is None or (before.tail or "").strip() or _holds_pictures_alone(holder, caption):
        return None
    is_alone = before.tag in (*_HOLDERS, "img") and not words_in(before)
    return before if is_alone and next(before.iter("img", "image"), None) is not None else None


def _is_caption(element: HtmlElement) -> bool:
    is_named = any(kind.endswith(_ENDINGS) for kind in kinds(element))
    return is_named and bool(words_in(element)) and next(element.iter("img"), None) is None


def _whole(caption: HtmlElement) -> HtmlElement:
    """The outermost element that holds nothing but a caption."""
    parent = caption.getparent()
    while parent is not None and parent.tag in _HOLDERS and len(parent) == 1 and words_in(parent) == words_in(caption):
        caption, parent = parent, parent.getparent()
    return caption


def _holds_pictures_alone(holder: HtmlElement, caption: HtmlElement) -> bool:
    """Whether an element has pictures, and no words but those of a caption."""
    others = [node for node in nodes_of(holder) if node is not caption]
    words = [node.strip() if isinstance(node, str) else words_in(node) for node in others]
    return not any(words) and next(holder.iter("img"), None) is not None


def take_label(caption: HtmlElement) -> str:
    """Take the label with its number off a caption, “Figure 3: ”; “” if there is none."""
    typed = "".join(str(text) for text in caption.itertext())
    label = caption_label(typed)
    left = len(label)
    for holder, part in [*_texts(caption)] if label and typed[left:].strip() else []:
        words = getattr(holder, part) or ""
        setattr(holder, part, words[left:])
        left = max(0, left - len(words))
    return label.strip() if typed[len(label) :].strip() else ""


def _texts(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The places of the words of an element, in reading order."""
    yield element, "text"
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child, "tail"
