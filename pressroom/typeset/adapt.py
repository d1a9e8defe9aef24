"""Adaptation of a unit's XHTML for the page engine: notes move to their calls, page numbers are filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pressroom.design.word_breaks import ADDRESS
from pressroom.publication import placement_of
from pressroom.typeset.captions_apart import captions_apart, close_up
from pressroom.typeset.elements import LETTERS, add_style
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.locators import join
from pressroom.typeset.notes_at_calls import notes_to_calls
from pressroom.typeset.page_fits import PageFits
from pressroom.typeset.page_letters import number_letters
from pressroom.typeset.page_looks import BlockKind
from pressroom.typeset.page_references import fill_references
from pressroom.typeset.runon import Break, broken
from pressroom.typeset.spreads import Spread, taken_out
from pressroom.typeset.tables_on_pages import number_tables, say_continued, turn_tables
from pressroom.xhtml import XHTML, XhtmlDocument

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_TEXT = frozenset(["p", "ul", "ol", "blockquote", "dl"])
"""Blocks past which a figure may be moved."""
_LISTS = frozenset(["ul", "ol", "dl"])
_NUMERALS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
"""The numerals of HTML's attribute `type` in CSS."""
_LONG_WORD = re.compile(r"\S{20}")
_LAST_WORD = re.compile(r"(?:^|(?<!\s)\s+)(?<!\S)\S{7,}\s*$")
"""The last word of a text, with the space before it: outside, lines would end too early."""
_WORD_BREAK = "\u200b"
"""Where a word may be parted without a hyphen (Unicode: zero width space). It is not in the text of a PDF."""
_NO_BREAK = "\u2060"
"""Where a word must not be parted (Unicode: word joiner). Nor is this one in the text of a PDF."""
_FIRST_MARK = re.compile(rf"(?<![^\s{_WORD_BREAK}(\[{{])[-/]+(?=[^\W_])|-(?=>)")
"""A mark after which lines would end, though it begins a word of code: /etc, --help, ->."""
KEPT = "keep"
"""The class of a paragraph that stays where it is: it is not drawn forward past a figure."""


@dataclass(frozen=True)
class Adapted:
    """A unit ready for the page engine."""

    html: str
    notes: Mapping[str, str]
    """The ids of the notes at the feet of its pages, each of which must stand on one, with the ids of their calls."""
    spreads: tuple[Spread, ...] = ()
    """Pictures over two pages, which are inserted between the pages of the text."""
    order: BlockOrder = ()
    """The numbers of the chapter's blocks, in the order in which they are laid out."""
    full_pages: tuple[str, ...] = ()
    """The ids of figures whose picture takes a page of its own, and whose caption stands on another."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """The ids of all figures in the manuscript's order, with the numbers of their blocks."""
    pointing: Mapping[int, int] = field(default_factory=dict)
    """Blocks of text that point back at a figure, with the number of the figure's block."""


@dataclass(frozen=True)
class Placing:
    """Results of earlier layouts that the next layout of a unit uses."""

    folios: Mapping[str, str] = field(default_factory=dict)
    """The folios of the ids that references name."""
    order: BlockOrder = ()
    """The order of the chapter's blocks, if it is not the manuscript's."""
    breaks: tuple[Break, ...] = ()
    """Paragraphs that run on past a picture; their second parts are numbered after all blocks."""
    whereabouts: Mapping[str, str] = field(default_factory=dict)
    """The words of a caption that locate its picture, by the figure's id: “Facing page”."""
    tables: Mapping[int, str] = field(default_factory=dict)
    """The classes that make wide tables fit, by the numbers of the tables in the unit."""
    fits: PageFits = field(default_factory=PageFits)
    """What is changed of single blocks, so that pages are filled."""
    continued: str = ""
    """The word for a table that goes on, in the publication’s language."""


def adapt(document: XhtmlDocument, placing: Placing) -> Adapted:
    """The unit as HTML, with page numbers filled in, blocks in their order and notes at their calls."""
    root = _without_namespaces(document.copy())
    number_letters(root)
    _drop_style_links(root)
    _begin_at_titles(root)
    _write_word_breaks(root)
    number_tables(root, placing.tables)
    say_continued(root, placing.continued)
    turn_tables(root)
    _number_lists(root)
    notes = notes_to_calls(root)
    blocks = _number_blocks(root, placing.breaks)
    figures = {id: number for number, block in enumerate(blocks) for id in _figures_in(block)}
    pointing = dict(_pointing(blocks, figures))
    order = _put_in_order(blocks, placing.order)
    _fill_anchors(root)
    for image in root.iter("img"):
        image.set("alt", image.get("alt") or " ")  # the engine reports an empty alt as an error
    _keep_last_words(root)
    _mark_long_words(root)
    fill_references(root, placing.folios)
    for places in [span for span in root.iter("span") if span.get("class") == "locators"]:
        join(places)
    placing.fits.apply(blocks)
    full_pages = tuple(captions_apart(root, placing.whereabouts))
    spreads = tuple(taken_out(root))
    close_up(root)
    html = etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return Adapted(html, notes, spreads, order, full_pages, figures, pointing)


def _without_namespaces(root: etree._Element) -> etree._Element:
    """The tree as HTML, without the namespace of XHTML."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(XHTML)
            if (kind := element.attrib.pop(_EPUB_TYPE, None)) is not None:
                element.set("data-type", kind)  # the tags need it: it says what a list contains
    etree.cleanup_namespaces(root)
    return root


def _drop_style_links(root: etree._Element) -> None:
    """Remove the links to style sheets: the engine gets these apart."""
    for link in root.findall("head/link"):
        link.getparent().remove(link)  # type: ignore[union-attr]  # it is a child of the head


def _write_word_breaks(root: etree._Element) -> None:
    """Write the breaks inside words as spaces without width: an element would part the text that is shaped as one."""
    for mark in root.iter("wbr"):
        mark.tail = f"{_WORD_BREAK}{mark.tail or ''}"
    etree.strip_elements(root, "wbr", with_tail=False)
    for element in root.iter("code", "kbd", "samp", "span"):
        if element.tag != "span" or element.get("class") == ADDRESS:
            element.text = element.text and _FIRST_MARK.sub(f"\\g<0>{_NO_BREAK}", element.text)


def _begin_at_titles(root: etree._Element) -> None:
    """Move a chapter's id to its title, whose page has a folio; a full-page picture before it has none."""
    for header in root.iterfind(".//section[@id]/header"):
        section = header.getparent()
        if section is not None and section.index(header) > 0:
            header.set("id", str(section.attrib.pop("id")))


def _fill_anchors(root: etree._Element) -> None:
    """Move the word after an empty anchor into it: the engine breaks no line before an empty element."""
    for anchor in [span for span in root.iter("span") if span.get("id") and not len(span) and not span.text]:
        word = re.match(r"\S+", anchor.tail or "")
        if word:
            anchor.text, anchor.tail = word[0], (anchor.tail or "")[word.end() :]
            parent = anchor.getparent()
            if parent is not None and parent.get(LETTERS):
                anchor.set(LETTERS, str(parent.get(LETTERS)))


def _mark_long_words(root: etree._Element) -> None:
    """Mark elements with words that may be longer than a line, such as web addresses; only these may break anywhere.

    If all elements could, the engine would break ordinary words in an inline element at the start of a line.
    """
    for element in root.iter():
        texts = (element.text, *(child.tail for child in element))
        if any(_LONG_WORD.search(text) for text in texts if text):
            element.set("data-long", "")


def _keep_last_words(root: etree._Element) -> None:
    """Keep the last word of each paragraph whole: the engine has no rule against half a word on the last line."""
    for paragraph in root.iter("p"):
        owner = next((child for child in reversed(paragraph) if (child.tail or "").strip()), None)
        text = (paragraph.text if owner is None else owner.tail) or ""
        parent = paragraph.getparent()
        if parent is not None and parent.get("class") == "pullquote" and owner is None:
            paragraph.text = re.sub(r"\s(\S{1,12})\s*$", "\u00a0\\1", text)  # no line of one word
            continue
        word = _LAST_WORD.search(text)
        rest = list(paragraph) if owner is None else list(owner.itersiblings())
        is_last = not any(child.get("class") != "fn" and (child.text or len(child)) for child in rest)
        if word is None or not is_last or _LONG_WORD.search(word[0]) or _runs_against(paragraph, word[0]):
            continue
        span = etree.Element("span", {"class": "last-word"})
        if paragraph.get(LETTERS):
            span.set(LETTERS, str(paragraph.get(LETTERS)))
        span.text = word[0]
        if owner is None:
            paragraph.text = text[: word.start()]
            paragraph.insert(0, span)
        else:
            owner.tail = text[: word.start()]
            owner.addnext(span)


def _runs_against(paragraph: etree._Element, word: str) -> bool:
    """Whether a word is read in another direction than its paragraph: the engine sets an element by itself in the
    paragraph’s direction, so that the words of a phrase would change places. No such word is hyphenated.
    """
    own = next((each.get("dir") for each in (paragraph, *paragraph.iterancestors()) if each.get("dir")), "ltr")
    against = {"ltr": ("R", "AL"), "rtl": ("L",)}.get(str(own), ("L", "R", "AL"))
    return any(unicodedata.bidirectional(letter) in against for letter in word)


# ---- blocks


def _number_blocks(root: etree._Element, breaks: Iterable[Break]) -> list[etree._Element]:
    """The blocks of a chapter, numbered in the manuscript's order; parts of broken paragraphs come last."""
    section = next((s for s in root.iter("section") if "chapter" in str(s.get("class")).split()), None)
    if section is None:
        return []
    blocks = [child for child in section if isinstance(child.tag, str) and child.get("class") != "notes"]
    for number, block in enumerate(blocks):
        block.set("data-block", str(number))
        block.set("data-kind", _kind(block))
    for split in breaks:
        rest = broken(blocks[split.block], split.letters)
        if rest is not None:
            rest.set("data-block", str(len(blocks)))
            rest.set("data-goes-on", str(split.block))
            blocks[split.block].addnext(rest)
            blocks.append(rest)
    return blocks


def _put_in_order(blocks: Sequence[etree._Element], order: BlockOrder) -> BlockOrder:
    """Put the blocks into the order of make-up, if it is one of these blocks; returns their order."""
    if not order or len(order) != len(blocks):
        return tuple(range(len(blocks)))
    section = blocks[0].getparent()
    assert section is not None
    for child in blocks:
        section.remove(child)
    section[0:0] = [blocks[number] for number in order]
    return order


def _figures_in(block: etree._Element) -> Iterator[str]:
    """The ids of the pictures of a block; those of a gallery stand in it."""
    for figure in block.iter("figure"):
        if figure.find("div[@class='picture']") is not None and figure.get("id"):
            yield str(figure.get("id"))


def _pointing(blocks: Sequence[etree._Element], figures: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Blocks with a reference to a figure before them, and the last such figure."""
    for number, block in enumerate(blocks):
        named = (str(link.get("href")).removeprefix("#") for link in block.iter("a"))
        before = [figures[id] for id in named if figures.get(id, number) < number]
        if before:
            yield number, max(before)


def _number_lists(root: etree._Element) -> None:
    """Write the numbers of lists as styles: the engine takes attributes for hints of looks, and reads none."""
    for listing in root.iter("ol"):
        items = [item for item in listing if item.tag == "li"]
        backwards = listing.get("reversed") is not None
        step = -1 if backwards else 1
        number = start = _whole_number(listing.get("start"), len(items) if backwards else 1)
        if start != 1 or backwards:
            add_style(listing, f"counter-reset: list-item {start - step}")
        if kind := _NUMERALS.get(listing.get("type", "")):
            add_style(listing, f"list-style-type: {kind}")
        for item in items:
            given = _whole_number(item.get("value"), number)
            if given != number or backwards:  # counter-set would come before the increment
                add_style(item, f"counter-increment: list-item {given - number + step}")
            number = given + step


def _whole_number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else otherwise


def _kind(block: etree._Element) -> BlockKind:
    if block.tag == "figure":
        return "full" if placement_of(str(block.get("class"))).own_page else "figure"
    if re.fullmatch(r"h\d", str(block.tag)):
        return "heading"
    is_kept = KEPT in str(block.get("class")).split() or _goes_on(block)
    return "text" if block.tag in _TEXT and block.get("role") != "separator" and not is_kept else "other"


def _goes_on(block: etree._Element) -> bool:
    """Whether a block is the rest of a list that has a picture between its items: the next step is not to stand before
    the picture of this one.
    """
    before = block.getprevious()
    while before is not None and before.tag == "figure":
        before = before.getprevious()
    is_list = block.tag in _LISTS and before is not None and before.tag == block.tag
    return is_list and before is not block.getprevious()
