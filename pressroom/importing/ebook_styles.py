"""Ebook styles: what the names of classes say of paragraphs, as InDesign and word processors write names of styles."""

from __future__ import annotations

import re

from pressroom.importing.html_tree import HEADINGS, HtmlElement, has_blocks, words_in
from pressroom.importing.office.style_words import heading_level, role_of_name

_TITLE = re.compile(
    r"(?:chapter|kapitel|chapitre|cap[ií]tulo|section|part|teil) ?(?:title|titel|titre|t[ií]tulo|heading|name)s?"
)
_SUBHEAD = re.compile(
    r"sub ?head(?:ing)?s?(?: ?\d)?|zwischenüberschrift|intertitre|section ?(?:head|heading|title)s?", re.IGNORECASE
)
_ROLES = {"quote": "blockquote"}


def name_blocks(body: HtmlElement) -> None:
    """Let paragraphs be what their classes are named after: headings where a page has none, and quotations."""
    has_headings = next(body.iter(*HEADINGS), None) is not None
    for paragraph in [*body.iter("p")]:
        names = [re.sub(r"[-_]+", " ", each) for each in paragraph.get("class", "").split()[:1]]
        if not names or has_blocks(paragraph) or not words_in(paragraph):
            continue
        level = 1 if _TITLE.fullmatch(names[0].lower()) else heading_level(names[0])
        level = level or (2 if _SUBHEAD.fullmatch(names[0]) else 0)
        if level and not has_headings:
            paragraph.tag = f"h{min(level, 6)}"
        elif role_of_name(names[0]) in _ROLES:
            paragraph.tag = _ROLES[role_of_name(names[0])]
