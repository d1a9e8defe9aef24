"""Captions of HTML: what stands beside a picture and calls itself its caption becomes one, as in a figure.

Labels that are typed before captions go, since editions count.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pressroom.importing.html_tree import HtmlElement, kinds, nodes_of, take_out, words_in
from pressroom.importing.office.style_words import caption_label

_ENDINGS = ("caption", "caption-text", "caption_text", "legend")
_HOLDERS = ("div", "section", "p", "a", "span")


def name_captions(body: HtmlElement) -> None:
    """Make figures of elements that hold pictures and a caption by its class, as WordPress and newsrooms write them."""
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
