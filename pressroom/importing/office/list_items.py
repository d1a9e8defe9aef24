"""Items of lists in documents of office programs: how deep each stands, what goes on with it, where numbers begin."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from pressroom.importing.html_tree import HtmlElement, take_out
from pressroom.importing.office.block_facts import BlockFacts

_TYPED = re.compile(r"\s*[•▪◦●‣▸►■❖➢✓]\s+(?=\S)|\s*[•▪◦●‣▸►■❖➢✓](?=\w)")
"""A bullet that somebody has typed."""
FactsOf = Callable[[HtmlElement], BlockFacts]


def settle_lists(body: HtmlElement, facts: FactsOf) -> None:
    """Let items stand as deep as they are shown, and lists begin with the numbers that they show."""
    _read_typed(body)
    for item in [*body.iter("li")]:
        first = next(iter(item), None)
        depth = facts(item).depth or (facts(first).depth if first is not None else 0)
        _nest(item, depth)
    for numbered in [*body.iter("ol")]:
        _part_numbers(numbered, facts)
    for paragraph in [each for each in body.iter("p") if facts(each).goes_on]:
        _take_into_item(paragraph, facts)
    for whole in [*body.iter("ul", "ol")]:
        _join_deeper(whole)
    for whole in [*body.iter("ul", "ol")]:
        _take_in_following(whole, facts)
    for numbered in body.iter("ol"):
        first = next(numbered.iterchildren("li"), None)
        said = facts(first) if first is not None else BlockFacts(0)
        if said.ordinal > 1:
            numbered.set("start", str(said.ordinal))
        if said.numerals:
            numbered.set("type", said.numerals)


def _read_typed(body: HtmlElement) -> None:
    """Make a list of paragraphs in a row that begin with a typed bullet."""
    made: HtmlElement | None = None
    for paragraph in [*body.iter("p")]:
        before, after = paragraph.getprevious(), paragraph.getnext()
        is_item = bool(_TYPED.match(paragraph.text or ""))
        if is_item and made is not None and before is made:
            _take_as_item(paragraph, made)
        elif is_item and after is not None and after.tag == "p" and _TYPED.match(after.text or ""):
            made = etree.Element("ul")
            paragraph.addprevious(made)
            _take_as_item(paragraph, made)


def _take_as_item(paragraph: HtmlElement, whole: HtmlElement) -> None:
    paragraph.text = _TYPED.sub("", paragraph.text or "")
    etree.SubElement(whole, "li").append(paragraph)


def _part_numbers(numbered: HtmlElement, facts: FactsOf) -> None:
    """Part a list where the numbers of its items do not go on: two lists that follow each other are read as one."""
    items = [*numbered.iterchildren("li")]
    counted = [facts(item) for item in items]
    for n in range(len(items) - 1, 0, -1):
        before, own = counted[n - 1], counted[n]
        goes_on = own.ordinal == before.ordinal + 1 and own.numerals == before.numerals
        if own.ordinal and before.ordinal and not goes_on:
            rest = etree.Element("ol")
            rest.extend(items[n:])
            numbered.addnext(rest)
            items = items[:n]


def _nest(item: HtmlElement, depth: int) -> None:
    """Put an item that stands deeper by its style into a list of its own in the item before it."""
    whole, previous = item.getparent(), item.getprevious()
    if whole is None or depth <= sum(1 for _ in item.iterancestors("li")):
        return
    before = whole.getprevious()
    if previous is None and before is not None and before.tag in ("ul", "ol") and len(before):
        previous = before[-1]
    if previous is None:
        return
    last = previous[-1] if len(previous) else None
    if last is None or last.tag not in ("ul", "ol"):
        last = etree.SubElement(previous, str(whole.tag))
    last.append(item)
    _nest(item, depth)
    if not len(whole):
        _join_lists(before, whole)


def _take_into_item(paragraph: HtmlElement, facts: FactsOf) -> None:
    """Put a paragraph that goes on with an item into it, and let the list go on behind it."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    if before is None or before.tag not in ("ul", "ol"):
        return
    level = facts(paragraph).goes_on_at
    fitting = [each for each in before.iter("li") if not level or _level(each, before) <= level]
    last = fitting[-1]
    last.append(paragraph)
    outer = last if last.getparent() is before else before[-1]
    if after is not None and after.tag == before.tag and _counts_on(outer, after, facts):
        before.extend([*after])
        take_out(after)


def _level(item: HtmlElement, whole: HtmlElement) -> int:
    """How deep an item stands in a list, counted from 1."""
    return 1 + sum(1 for up in item.iterancestors("li") if whole in up.iterancestors())


def _counts_on(last: HtmlElement, after: HtmlElement, facts: FactsOf) -> bool:
    """Whether a list counts on from an item."""
    first = next(after.iterchildren("li"), None)
    ordinal = facts(first).ordinal if first is not None else 0
    return not ordinal or ordinal == facts(last).ordinal + 1


def _join_deeper(whole: HtmlElement) -> None:
    """Put a list into the last item of the list before it where it begins with a deeper one and has no word of its own:
    so LibreOffice writes lists of several styles inside one another.
    """
    first = next(whole.iterchildren("li"), None)
    if first is None or len(first) != 1 or first[0].tag not in ("ul", "ol") or (first.text or "").strip():
        return
    before, inner = whole.getprevious(), first[0]
    if before is not None and before.tag in ("ul", "ol") and len(before):
        before[-1].append(inner)
        take_out(first)
    elif len(whole) == 1:
        whole.addprevious(inner)
        take_out(whole)
    if not len(whole):
        take_out(whole)


def _take_in_following(whole: HtmlElement, facts: FactsOf) -> None:
    """Take in the list behind a list that ends with a deeper one and goes on in it."""
    after = whole.getnext()
    while after is not None and after.tag == whole.tag and _ends_deeper(whole) and len(after):
        numbers = [each.get("start", "1") for each in (whole, after)]
        counts_on = all(map(str.isdecimal, numbers)) and int(numbers[1]) == int(numbers[0]) + len(whole)
        if (
            whole.tag == "ol"
            and not counts_on
            and not (facts(after[0]).ordinal and _counts_on(whole[-1], after, facts))
        ):
            return
        whole.extend([*after])
        take_out(after)
        after = whole.getnext()


def _ends_deeper(whole: HtmlElement) -> bool:
    """Whether the last item of a list ends with another list."""
    return len(whole) > 0 and len(whole[-1]) > 0 and whole[-1][-1].tag in ("ul", "ol")


def _join_lists(before: HtmlElement | None, emptied: HtmlElement) -> None:
    """Take out a list whose items have gone into the one before it, which goes on in the one behind it."""
    after, parent = emptied.getnext(), emptied.getparent()
    if parent is not None:
        parent.remove(emptied)
    if before is not None and after is not None and after.tag == before.tag and not after.get("start"):
        before.extend([*after])
        after.getparent().remove(after)  # type: ignore[union-attr]
