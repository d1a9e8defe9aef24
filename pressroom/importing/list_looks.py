"""Looks of lists: letters that only a style sheet gives to a list of HTML, and lists that its markup parts."""

from __future__ import annotations

import re

from pressroom.importing.html_styles import own_styles, styles_of_classes
from pressroom.importing.html_tree import HtmlElement, kinds, take_out

_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_OF_GOOGLE = re.compile(r"\.(lst-kix_[\w-]+)\s*>\s*li:before\s*\{[^{}]*counter\([^(),]*,\s*([a-z-]+)\)")
"""How Google Docs writes the numbers of a list before its items."""
_OF_NOTION = frozenset(("bulleted-list", "numbered-list", "to-do-list"))


def join_parted_lists(tree: HtmlElement) -> None:
    """Join lists of which each has one item, as Notion writes them; and write its boxes to be ticked as HTML does."""
    for whole in [*tree.iter("ul", "ol")]:
        if not kinds(whole) & _OF_NOTION or whole.getparent() is None:
            continue
        while (after := whole.getnext()) is not None and not (whole.tail or "").strip() and _goes_on(whole, after):
            whole.extend([*after])
            take_out(after)
        for box in [each for item in whole for each in item.iterchildren("div") if "checkbox" in kinds(each)]:
            box.tag = "input"
            box.attrib.update({"type": "checkbox", **({"checked": ""} if "checkbox-on" in kinds(box) else {})})


def _goes_on(whole: HtmlElement, after: HtmlElement) -> bool:
    if after.tag != whole.tag or kinds(after) != kinds(whole):
        return False
    return whole.tag == "ul" or after.get("start") == str(int(whole.get("start", "1")) + len(whole))


def name_numerals(tree: HtmlElement, sheet: str) -> None:
    """Give numbered lists their attribute `type` where only a style says that they have letters."""
    of_google = dict(_OF_GOOGLE.findall(sheet))
    by_class = styles_of_classes(sheet)
    for whole in tree.iter("ol"):
        names = whole.get("class", "").split()
        said = [own_styles(whole).get(each, "") for each in ("list-style-type", "list-style")]
        said += [by_class.get(name, {}).get("list-style-type", "") for name in names]
        said += [of_google.get(name, "") for name in names]
        found = next((_TYPES[word] for each in said for word in each.split() if word in _TYPES), "")
        if found and not whole.get("type"):
            whole.set("type", found)
