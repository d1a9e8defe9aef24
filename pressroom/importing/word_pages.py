"""Pages that Word has saved as HTML: lists, captions, quotations and contents are paragraphs with classes of its own.

They become what HTML has for them. Comments and deletions go, and are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pressroom.importing.html_styles import own_styles
from pressroom.importing.html_tree import HtmlElement, kinds, take_out, words_in
from pressroom.importing.office.style_words import caption_label, is_of_table
from pressroom.language.bcp47 import usual_tag

_LIST = re.compile(r"mso-list:\s*(\w+)\s+level(\d)")
_LABEL = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(\w{1,4})[.)]")
_QUOTES = frozenset(("msoquote", "msointensequote"))
Told = tuple[str, HtmlElement, str]
"""The id of a remark, the element that it speaks of, and its words."""


def settle_word_page(body: HtmlElement) -> Iterator[Told]:
    """Settle a page of Word, and yield what was taken out of it; other pages stay as they are."""
    if not any(kind.startswith("mso") for each in body.iter("p") for kind in kinds(each)):
        return
    yield from _take_comments(body)
    for deleted in [*body.iter("del")]:
        yield "import-deletion", deleted, words_in(deleted)
        take_out(deleted)
    for inserted in [*body.iter("ins")]:
        yield "import-insertion", inserted, words_in(inserted)
    etree.strip_tags(body, "ins")
    for each in body.iter("*"):
        if each.get("lang"):
            each.set("lang", usual_tag(each.get("lang", "")))
    yield from _name_paragraphs(body)
    _read_lists(body)
    _caption_tables(body)


def _name_paragraphs(body: HtmlElement) -> Iterator[Told]:
    """Let paragraphs be what their classes say, and take out the lines of contents."""
    for paragraph in [*body.iter("p")]:
        named = kinds(paragraph)
        if any(re.fullmatch(r"msotoc\d|msotocheading|msotableoffigures|msoindex\d", kind) for kind in named):
            yield "import-contents", paragraph, words_in(paragraph)[:60]
            take_out(paragraph)
        elif "msotitle" in named:
            paragraph.tag = "h1"
        elif "msosubtitle" in named:
            paragraph.set("class", "subtitle")
        elif named & _QUOTES:
            paragraph.tag = "blockquote"


def _take_comments(body: HtmlElement) -> Iterator[Told]:
    for each in [*body.iter("div")]:
        if "mso-element:comment-list" in each.get("style", "").replace(" ", ""):
            for comment in each.iter("p"):
                yield "import-comment", comment, re.sub(r"^\[\w+\]\s*", "", words_in(comment))
            take_out(each)
    for call in [each for each in body.iter("span", "a") if kinds(each) & {"msocommentreference", "msocomanchor"}]:
        take_out(call)


def _read_lists(body: HtmlElement) -> None:
    """Lists of paragraphs that say their level, and show their bullet or number in a piece of its own."""
    opened: list[HtmlElement] = []
    last: HtmlElement | None = None
    for paragraph in [*body.iter("p")]:
        level, sign = _item(paragraph)
        if not level:
            continue
        tag = "ol" if _NUMBER.match(sign) else "ul"
        follows = last is not None and paragraph.getprevious() is not None and opened[0] is paragraph.getprevious()
        opened = opened[:level] if follows else []
        if opened and len(opened) == level and opened[-1].tag != tag:
            opened = opened[: level - 1]
        while len(opened) < level:
            made = etree.Element(tag, _begun(sign))
            if opened:
                (opened[-1][-1] if len(opened[-1]) else etree.SubElement(opened[-1], "li")).append(made)
            else:
                paragraph.addprevious(made)
            opened.append(made)
        item = etree.SubElement(opened[-1], "li")
        paragraph.tail = None
        item.append(paragraph)
        last = paragraph


def _item(paragraph: HtmlElement) -> tuple[int, str]:
    """The level of an item of a list, counted from 1, and its bullet or number, which is taken off; 0 for no item."""
    found = _LIST.search(paragraph.get("style", ""))
    label = next((each for each in paragraph.iter("span") if _LABEL.search(each.get("style", ""))), None)
    if found is not None and label is not None:
        sign = words_in(label)
        take_out(label)
        return int(found[2]), sign
    if not any(kind.startswith("msolistparagraph") for kind in kinds(paragraph)):
        return 0, ""
    sign = _take_typed_sign(paragraph)
    return (_level_by_indent(paragraph), sign) if sign else (0, "")


def _take_typed_sign(paragraph: HtmlElement) -> str:
    """Take off the bullet or number that “filtered” pages have as plain words, with the narrow spaces behind it."""
    spaces = next((each for each in paragraph.iter("span") if "7.0pt" in each.get("style", "")), None)
    if spaces is None or words_in(spaces):
        return ""
    before: list[str] = []
    for element in paragraph.iter("*"):
        if element is spaces:
            break
        before.append(element.text or "")
        element.text = None
    take_out(spaces)
    return " ".join("".join(before).split())


def _level_by_indent(paragraph: HtmlElement) -> int:
    """The level of an item by its indent: each level of Word stands half an inch deeper than the one above it."""
    match = re.fullmatch(r"([\d.]+)(pt|cm|mm|in)", own_styles(paragraph).get("margin-left", ""))
    inches = float(match[1]) / {"pt": 72, "cm": 2.54, "mm": 25.4, "in": 1}[match[2]] if match else 0.5
    return max(1, min(9, round(inches / 0.5)))


def _begun(sign: str) -> dict[str, str]:
    """What the number of the first item of a list says of its numerals and its beginning."""
    number = match[1] if (match := _NUMBER.match(sign)) else ""
    if number in ("a", "A", "i", "I"):
        return {"type": number}
    return {"start": number} if number.isdecimal() and number != "1" else {}


def _caption_tables(body: HtmlElement) -> None:
    """Give tables the captions that stand over or under them."""
    for table in [*body.iter("table")]:
        beside = [each for each in (table.getprevious(), table.getnext()) if each is not None and each.tag == "p"]
        for caption in beside:
            if "msocaption" in kinds(caption) and is_of_table(caption_label(words_in(caption))):
                caption.tag, caption.tail = "caption", None
                table.insert(0, caption)
                break
