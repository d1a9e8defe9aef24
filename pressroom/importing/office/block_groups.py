"""Groups of paragraphs: those that follow each other in a style of quotations, verse, code or terms, or in one box."""

from __future__ import annotations

import re

from lxml import etree

from pressroom.importing.html_tree import HtmlElement
from pressroom.importing.office.list_items import FactsOf

_GROUPS = {"quote": "blockquote", "epigraph": "blockquote", "pullquote": "blockquote", "verse": "div", "code": "pre"}
_ATTRIBUTED = ("quote", "epigraph", "pullquote", "verse")


def group_blocks(body: HtmlElement, facts: FactsOf) -> None:
    """Make one block of paragraphs that belong together."""
    _group(body, facts)
    _define(body, facts)
    _box(body, facts)


def _group(body: HtmlElement, facts: FactsOf) -> None:
    """Paragraphs that follow each other in a style of quotations, verse or code as one block."""
    last: tuple[str, HtmlElement] | None = None
    for element in [*body]:
        role = facts(element).role if element.tag == "p" else ""
        if role == "attribution" and last is not None and last[0] in _ATTRIBUTED:
            last[1].append(element)
            last = None
            continue
        if role not in _GROUPS:
            last = None
            continue
        if last is None or last[0] != role:
            group = etree.Element(_GROUPS[role], {} if role in ("quote", "code") else {"class": role})
            element.addprevious(group)
            last = (role, group)
        group = last[1]
        if role == "verse":
            _keep_indents(element)
        if role == "code":
            for end in [*element.iter("br")]:
                end.tail = f"\n{end.tail or ''}"
            words = "".join(map(str, element.itertext()))
            group.text = f"{group.text}\n{words}" if group.text else words
            body.remove(element)
        else:
            group.append(element)


def _keep_indents(line: HtmlElement) -> None:
    """Write the tabs at the beginning of lines of verse as spaces that stay."""
    line.text = _as_indent(line.text)
    for each in line.iter("br"):
        each.tail = _as_indent(each.tail)


def _as_indent(words: str | None) -> str | None:
    return re.sub(r"^\t+", lambda tabs: "\u00a0" * 4 * len(tabs[0]), words) if words else words


def _define(body: HtmlElement, facts: FactsOf) -> None:
    """Paragraphs in styles of terms and their definitions as a list of these."""
    last: HtmlElement | None = None
    for element in [*body]:
        role = facts(element).role if element.tag == "p" else ""
        if role not in ("term", "definition"):
            last = None
            continue
        if last is None and role == "term":
            last = etree.Element("dl")
            element.addprevious(last)
        if last is not None:
            element.tag = "dt" if role == "term" else "dd"
            last.append(element)


def _box(body: HtmlElement, facts: FactsOf) -> None:
    """The paragraphs of a text box as a block of its own, unless they are a caption."""
    last: tuple[str, HtmlElement] | None = None
    for element in [*body]:
        box = _box_of(element, facts)
        if not box:
            last = None
            continue
        if last is None or last[0] != box:
            aside = etree.Element("aside", {"class": "sidebar"})
            element.addprevious(aside)
            last = (box, aside)
        last[1].append(element)
    for aside in [each for each in body.iterchildren("aside") if all(child.tag == "figure" for child in each)]:
        for figure in [*aside]:
            aside.addprevious(figure)
        body.remove(aside)


def _box_of(element: HtmlElement, facts: FactsOf) -> str:
    own = facts(element).box
    return own or next((box for each in element.iter() if (box := facts(each).box)), "")
