"""Figures of HTML: pictures with their captions and credits, and groups of pictures, which become galleries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.caption_credits import plain_credit, take_credit
from pressroom.importing.html_captions import take_label
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_styles import pixels_of
from pressroom.importing.html_tree import (
    HtmlElement,
    is_block,
    is_empty,
    kinds,
    nodes_of,
    parts_of_kinds,
    take_out,
    words_in,
)
from pressroom.importing.marked_words import BREAK
from pressroom.importing.words_of_html import paragraphs_of

_CREDITS = frozenset(("credit", "credits"))
SIGN = 48
"""The most pixels of a picture that is a sign among words."""
PLACED = "data-placed"
"""An attribute with the word of placement that a reader of a format has found for a figure."""
CROP = "data-crop"
"""An attribute with the part of a picture to show, as `crop` has it."""
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|svg)(?:[?#].*)?$", re.IGNORECASE)


def pictures_in(element: HtmlElement) -> list[HtmlElement]:
    """The pictures in an element, itself included."""
    return [*element.iter("img")]


def is_gallery(element: HtmlElement) -> bool:
    """Whether an element holds several pictures, and no words but those of captions."""
    if element.tag not in ("figure", "div", "section", "p", "ul", "ol") or len(pictures_in(element)) <= 1:
        return False
    if element.tag != "figure" and next(element.iter("figcaption"), None) is not None:
        return any("gallery" in kind for kind in kinds(element)) and not has_loose_words(element)
    return not has_loose_words(element)


def has_loose_words(element: HtmlElement) -> bool:
    """Whether an element has words that are no caption, or a block that is none of pictures."""
    for node in nodes_of(element):
        if isinstance(node, str):
            if node.strip():
                return True
        elif node.tag in ("table", "pre", "blockquote", "math", "h1", "h2", "h3", "h4", "h5", "h6", "hr") or (
            node.tag != "figcaption" and has_loose_words(node)
        ):
            return True
    return False


def gallery(element: HtmlElement, page: HtmlPage) -> str:
    """A group of pictures as a gallery, with the caption of all at its end."""
    found: list[str] = []
    inner = [figure for figure in element.iter("figure") if figure is not element and pictures_in(figure)]
    inside = {picture for figure in inner for picture in pictures_in(figure)}
    own = [caption for caption in element.iter("figcaption") if not any(up in inner for up in caption.iterancestors())]
    for caption in own:
        _take_typed_credit(caption, page, pictures_in(element))
    for each in element.iter("figure", "img"):
        if each in inner:
            found += ["\n".join(_picture_with_caption(each, page))]
        elif each.tag == "img" and each not in inside:
            found += [_alone(each, page)]
    shared = BREAK.join(line for caption in own for line in _caption(caption, page))
    head = " ".join(filter(None, (f"#{id}" if (id := element.get("data-id")) else "", _placement(element))))
    return "\n".join(
        [f"::: gallery {{{head}}}" if head else "::: gallery", "\n\n".join([*found, *([shared] * bool(shared))]), ":::"]
    )


def figure(element: HtmlElement, page: HtmlPage) -> str:
    """A picture with its caption under it; one whose caption has several paragraphs is a block."""
    picture = pictures_in(element)[0]
    _drop_repeated_alt(element, picture, page)
    captions = [line for caption in element.iter("figcaption") for line in _caption_lines(caption, page, picture)]
    written = page.picture(picture, _attributes(element, picture), with_share=True)
    if len(captions) > 1:
        return "\n".join(["::: figure", written, "", "\n\n".join(captions), ":::"])
    return "\n".join([written, *captions])


def _drop_repeated_alt(element: HtmlElement, picture: HtmlElement, page: HtmlPage) -> None:
    """Take off an alt text that is the caption once more, as Pandoc writes it: a blind reader would hear it twice."""
    alt = " ".join(picture.get("alt", "").split())
    if alt and alt in {words_in(caption) for caption in element.iter("figcaption")}:
        del picture.attrib["alt"]
        page.remark("import-alt-repeated", Severity.ADVICE, picture, alt)


def picture_block(picture: HtmlElement, page: HtmlPage) -> str:
    """A picture that stands for itself, without a caption."""
    return _alone(picture, page)


def _alone(picture: HtmlElement, page: HtmlPage) -> str:
    _remark_link(picture, page)
    return page.picture(picture, _attributes(picture, picture), with_share=True)


def _picture_with_caption(element: HtmlElement, page: HtmlPage) -> list[str]:
    """The lines of a picture of a gallery."""
    picture = pictures_in(element)[0]
    lines = [line for caption in element.iter("figcaption") for line in _caption_lines(caption, page, picture)]
    written = page.picture(picture, _attributes(element, picture), with_share=True)
    return [written, *([BREAK.join(lines)] if lines else [])]


def _caption_lines(caption: HtmlElement, page: HtmlPage, picture: HtmlElement) -> list[str]:
    """The paragraphs of a caption; a credit in it goes to the picture."""
    for credit in [*caption.iter("span", "p", "small", "cite", "div")]:
        if parts_of_kinds(credit) & _CREDITS and "data-credit" not in picture.attrib and _is_plain_credit(credit, page):
            _give_credit(picture, plain_credit(words_in(credit)), words_in(credit), page)
            take_out(credit)
    take_typed_label(caption, page)
    _take_typed_credit(caption, page, [picture])
    return _caption(caption, page)


def _take_typed_credit(caption: HtmlElement, page: HtmlPage, pictures: list[HtmlElement]) -> None:
    """Give the credit that is typed at the end of a caption to its pictures, and tell of it."""
    if any("data-credit" in picture.attrib for picture in pictures):
        return
    left = deepcopy(caption)
    credit, typed = take_credit(left)
    if credit and plain_markdown.fits_attribute(credit):
        take_credit(caption)
        for picture in pictures:
            picture.set("data-credit", credit)
        page.taken.append(typed)
        page.remark("import-credit", Severity.ADVICE, caption, credit)


def _give_credit(picture: HtmlElement, credit: str, typed: str, page: HtmlPage) -> None:
    """Note the credit of a picture; the words around the name are left out."""
    picture.set("data-credit", credit)
    if credit != typed:
        page.taken.append(typed)


def take_typed_label(caption: HtmlElement, page: HtmlPage) -> None:
    """Take “Figure 3: ” off a caption, and tell of it: editions count."""
    if label := take_label(caption):
        page.remark("import-caption-number", Severity.ADVICE, caption, label)
        page.taken.append(label)


def _is_plain_credit(credit: HtmlElement, page: HtmlPage) -> bool:
    """Whether a credit is words that fit into the braces of a picture."""
    has_notes = any(link in page.notes.numbers for link in credit.iter("a"))
    return bool(words_in(credit)) and plain_markdown.fits_attribute(words_in(credit)) and not has_notes


def _caption(caption: HtmlElement, page: HtmlPage) -> list[str]:
    """The paragraphs of a caption. What cannot stand in one is written as lines."""
    paragraphs: list[str] = []
    run: list[HtmlElement | str] = []
    for node in nodes_of(caption):
        if isinstance(node, str) or not is_block(node):
            run.append(node)
            continue
        paragraphs += paragraphs_of(run, page)
        run = []
        paragraphs += paragraphs_of(nodes_of(node), page)
    return [*paragraphs, *paragraphs_of(run, page)]


def _attributes(element: HtmlElement, picture: HtmlElement) -> str:
    """What stands in the braces of a picture: its id, placement and credit."""
    id = element.get("data-id") or picture.get("data-id")
    said = {"credit": picture.get("data-credit", ""), "crop": picture.get(CROP, "")}
    named = (f'{name}="{words}"' for name, words in said.items() if words)
    return " ".join(filter(None, (f"#{id}" if id else "", _placement(element), *named)))


def _placement(element: HtmlElement) -> str:
    placed = element.get(PLACED, "")
    return f".{placed}" if placed else ""


def _remark_link(picture: HtmlElement, page: HtmlPage) -> None:
    """Remark on the link of a picture, which a book does not have; one to a larger picture says nothing."""
    for link in picture.iterancestors("a"):
        href = link.get("href", "")
        if href and not href.startswith("#") and not _PICTURE_FILE.search(href):
            page.remark("import-picture-link", Severity.ADVICE, link, href[:200])


def parted_at_pictures(nodes: list[HtmlElement | str]) -> Iterator[list[HtmlElement | str]]:
    """The nodes of a paragraph, parted at pictures that begin or end it or have a line of it: these are no signs."""
    seen = [node for node in nodes if _is_seen(node)]
    words = [n for n, node in enumerate(seen) if not _ends_line(node)]
    first, last = (words[0], words[-1]) if words else (0, 0)
    alone = [node for n, node in enumerate(seen) if _is_picture(node) and _stands_alone(seen, n, first, last)]
    run: list[HtmlElement | str] = []
    for node in nodes:
        if any(node is each for each in alone):
            yield _without_last_break(run)
            yield [node]
            run = []
        elif run or not _ends_line(node):
            run.append(node)
    yield run


def _is_seen(node: HtmlElement | str) -> bool:
    return bool(node.strip()) if isinstance(node, str) else not is_empty(node) or _ends_line(node)


def _stands_alone(nodes: list[HtmlElement | str], n: int, first: int, last: int) -> bool:
    """Whether the picture with this number begins or ends a paragraph, or has a line of it to itself."""
    return n in (first, last) or (_ends_line(nodes[n - 1]) and _ends_line(nodes[n + 1]))


def _ends_line(node: HtmlElement | str) -> bool:
    return not isinstance(node, str) and node.tag == "br"


def _without_last_break(run: list[HtmlElement | str]) -> list[HtmlElement | str]:
    while run and (_ends_line(run[-1]) or (isinstance(run[-1], str) and not run[-1].strip())):
        run = run[:-1]
    return run


def _is_picture(node: HtmlElement | str) -> bool:
    """Whether a node in a line is a picture and nothing else, and no small sign."""
    if isinstance(node, str):
        return False
    pictures = pictures_in(node)
    return len(pictures) == 1 and not words_in(node) and not is_sign(pictures[0])


def is_sign(picture: HtmlElement) -> bool:
    """Whether a picture is as small as a sign, by what the page says."""
    sizes = pixels_of(picture)
    return bool(sizes) and max(sizes) <= SIGN
