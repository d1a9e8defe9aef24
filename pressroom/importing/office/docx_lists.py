"""Numbers of lists in a Word document, counted as Word counts them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pressroom.importing.office.docx_package import DocxElement, DocxPackage, W, value
from pressroom.importing.office.docx_styles import DocxStyles

_NUMERALS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
"""Word’s letters and Roman numerals, as HTML’s attribute `type` has them."""


@dataclass(frozen=True)
class ListNumber:
    """The number of an item."""

    ordinal: int
    numerals: str = ""
    """The numerals that it is shown in, as HTML’s attribute `type` has them; “” for 1, 2, 3."""


class ListNumbers:
    """Counts the items of numbered lists, paragraph by paragraph in their order."""

    def __init__(self, package: DocxPackage) -> None:
        root = package.part("word/numbering.xml")
        parts = [*root] if root is not None else []
        self.abstract = {value(each, name="abstractNumId"): each for each in parts if each.tag == f"{W}abstractNum"}
        self.lists = {value(each, name="numId"): each for each in parts if each.tag == f"{W}num"}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.begun: set[str] = set()

    def number(self, paragraph: DocxElement, styles: DocxStyles) -> ListNumber | None:
        """The number of an item; None for what is no item of a numbered list."""
        id, depth = _list_of(paragraph, styles)
        whole = self.lists.get(id)
        if whole is None:
            return None
        family = value(whole, "abstractNumId")
        level = self._level(whole, family, depth)
        if value(level, "numFmt") in ("bullet", "none"):
            return None
        counts = self.counts[family]
        first = _begun_anew(whole, depth)
        if id not in self.begun and first is not None:
            counts.pop(depth, None)
        self.begun.add(id)
        start = first if first is not None else _whole(value(level, "start"), 1)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return ListNumber(counts[depth], _NUMERALS.get(value(level, "numFmt"), ""))

    def continued_level(self, paragraph: DocxElement, styles: DocxStyles) -> int:
        """The level, counted from 1, of an item that has a bullet without a sign, by which Pandoc goes on with the item
        before it; 0 for every other paragraph.
        """
        id, depth = _list_of(paragraph, styles)
        whole = self.lists.get(id)
        level = self._level(whole, value(whole, "abstractNumId"), depth) if whole is not None else None
        is_blank = value(level, "numFmt") == "bullet" and not value(level, "lvlText").strip()
        return depth + 1 if is_blank and value(level, "lvlText") else 0

    def _level(self, whole: DocxElement, family: str, depth: int) -> DocxElement | None:
        overrides = (each.find(f"{W}lvl") for each in whole.findall(f"{W}lvlOverride") if _is_at(each, depth))
        own = next((each for each in overrides if each is not None), None)
        levels = self.abstract[family].findall(f"{W}lvl") if family in self.abstract else []
        return own if own is not None else next((each for each in levels if _is_at(each, depth)), None)


def _list_of(paragraph: DocxElement, styles: DocxStyles) -> tuple[str, int]:
    """The list that a paragraph stands in, by itself or its style, and its level there, counted from 0."""
    chain = (each.find(f"{W}pPr") for each in styles.chain(value(paragraph, "pPr/pStyle")))
    said = (each for each in (paragraph.find(f"{W}pPr"), *chain) if each is not None)
    own = next((each for each in said if each.find(f"{W}numPr/{W}numId") is not None), None)
    return value(own, "numPr/numId"), _whole(value(own, "numPr/ilvl"), 0)


def _begun_anew(whole: DocxElement, depth: int) -> int | None:
    """The number with which a list begins anew; None where it goes on from another of its family."""
    starts = (value(each, "startOverride") for each in whole.findall(f"{W}lvlOverride") if _is_at(each, depth))
    return next((_whole(start, 1) for start in starts if start), None)


def _is_at(element: DocxElement, depth: int) -> bool:
    return _whole(value(element, name="ilvl"), 0) == depth


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
