"""Lists of HTML: items and definitions as Markdown has them, whatever stands in them, and lists that stay apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from pressroom.importing.html_page import WriteBlocks
from pressroom.importing.html_tree import HtmlElement, is_empty

_NUMERALS = ("a", "A", "i", "I")
"""What HTML’s attribute `type` of a list says of its letters and Roman numerals; ours says the same."""


def list_of(element: HtmlElement, blocks: WriteBlocks, *, ordered: bool) -> list[str]:
    """A list as blocks: one, and another from each item on that has a number of its own."""
    items = [(each, inside) for each in _items(element) if (inside := _item(each, blocks))]
    first = _number(element.get("start", "1"))
    is_loose = any((len(item) > 1 and not _is_list(item[1])) or len(item) > 2 for _, item in items)
    runs: list[list[str]] = [[]]
    n = first
    for each, inside in items:
        own = _number(each.get("value", ""), n) if ordered else n
        runs += [[]] if own != n and runs[-1] else []
        sign = f"{own}. " if ordered else "- "
        inner = ("\n\n" if is_loose or (len(inside) > 1 and _begins_late(inside[1])) else "\n").join(inside)
        runs[-1].append(sign + indented(inner, len(sign)).lstrip(" "))
        n = own + 1
    numerals = element.get("type", "") if ordered and element.get("type", "") in _NUMERALS else ""
    types = f"type={numerals}" if numerals else ""
    heads = [f"#{id}" if (id := element.get("data-id")) else "", *([""] * (len(runs) - 1))]
    braces = [" ".join(filter(None, (head, types))) for head in heads]
    made = [("\n\n" if is_loose else "\n").join(written) for written in runs if written]
    return [(f"{{{held}}}\n" if held else "") + block for held, block in zip(braces, made, strict=False)]


def _item(item: HtmlElement, blocks: WriteBlocks) -> list[str]:
    """The blocks of an item. A box that is ticked or to be ticked stands before its words."""
    box = next((each for each in item.iter("input") if each.get("type") == "checkbox"), None)
    sign = "" if box is None else "[x] " if box.get("checked") is not None else "[ ] "
    if box is not None:
        box.tag, box.text = "span", ""
    written = blocks(item)
    return [sign + written[0], *written[1:]] if written and sign else written


def definitions_of(element: HtmlElement, blocks: WriteBlocks, line: Callable[[HtmlElement], str]) -> list[str]:
    """Terms with their definitions; `line` writes a term."""
    written: list[str] = []
    terms: list[str] = []
    for each in _terms(element):
        if each.tag == "dt":
            terms += [line(each)]
            continue
        inside = blocks(each)
        definition = f": {indented(inside[0], 4).lstrip(' ')}" if inside else ""
        others = "".join(f"\n\n{indented(block, 4)}" for block in inside[1:])
        if terms or not written:
            written.append("<br>".join(filter(None, terms)) or "…")
        written[-1] += f"\n{definition}{others}" if definition else ""
        terms = []
    written += filter(None, terms)
    braces = f"{{#{element.get('data-id')}}}\n" if element.get("data-id") and written else ""
    return [braces + "\n\n".join(written)] if written else []


def _items(element: HtmlElement) -> Iterator[HtmlElement]:
    """The items of a list. A list that stands between items belongs to the item before it."""
    last: HtmlElement | None = None
    for child in [*element]:
        if child.tag in ("ul", "ol") and last is not None:
            last.append(child)
        elif child.tag in ("li", "ul", "ol") or not is_empty(child):
            last = child if child.tag == "li" else _wrapped(child)
    yield from (child for child in element if child.tag == "li")


def _wrapped(child: HtmlElement) -> HtmlElement:
    """An item around something that stands in a list without one."""
    item = etree.Element("li")
    parent = child.getparent()
    assert parent is not None
    parent.replace(child, item)
    item.append(child)
    return item


def _terms(element: HtmlElement) -> list[HtmlElement]:
    """The terms and definitions of a list. One that stands inside another, for want of an end tag, comes after it."""
    found = [each for each in element.iter("dt", "dd") if next(each.iterancestors("dl"), None) is element]
    for each in reversed(found):
        if (outer := each.getparent()) is not None and outer.tag in ("dt", "dd"):
            outer.addnext(each)
    return [each for each in element.iter("dt", "dd") if next(each.iterancestors("dl"), None) is element]


def _number(typed: str, otherwise: int = 1) -> int:
    return int(typed) if re.fullmatch(r"\d{1,8}", typed.strip()) else otherwise


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:\{[^{}\n]*\}\n)?(?:- |\d{1,9}[.)] )", block))


def _is_numbered(block: str) -> bool:
    return bool(re.match(r"(?:\{[^{}\n]*\}\n)?\d", block))


def _begins_late(block: str) -> bool:
    """Whether a block is a list with braces or that begins with another number than one: a blank line parts it from
    words.
    """
    return bool(re.match(r"(?!1\.)\d+\. |\{", block))


def indented(text: str, spaces: int) -> str:
    """Lines that stand deeper by so many spaces."""
    return "\n".join(f"{' ' * spaces}{line}" if line else "" for line in text.split("\n"))


def parted_lists(blocks: list[str]) -> list[str]:
    """Blocks in which no list goes on the list before it: a comment parts them."""
    parted: list[str] = []
    for block in blocks:
        goes_on = parted and _is_list(block) and not block.startswith("{") and _is_list(parted[-1])
        if goes_on and _is_numbered(block) == _is_numbered(parted[-1]):
            parted.append("<!-- -->")
        parted.append(block)
    return parted
