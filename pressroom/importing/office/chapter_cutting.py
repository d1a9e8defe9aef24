"""Cutting a document into chapters at its top headings, with parts, front matter and roles."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, replace

from lxml import etree

from pressroom.importing.brought import TitlePage
from pressroom.importing.html_tree import HtmlElement, take_out
from pressroom.importing.office.chapter_roles import role_of_title

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class CutChapter:
    """A chapter with its title taken off."""

    title: str
    body: HtmlElement
    part: str = ""
    role: str = ""
    is_after_parts: bool = False


def cut_chapters(body: HtmlElement, about: TitlePage, *, has_title: bool) -> tuple[list[CutChapter], TitlePage]:
    """The chapters of a document, and its title page. The first heading is the title of the whole where it is the only
    one of its level, and the text has no other title (`has_title`).
    """
    counts = Counter(str(each.tag) for each in body if each.tag in _HEADINGS)
    top = next((tag for tag in _HEADINGS if counts[tag]), "")
    below = next((tag for tag in _HEADINGS if tag > top and counts[tag]), "") if top else ""
    if below and counts[top] == 1 and counts[below] > 1 and not has_title and _is_first(body, top):
        heading = next(body.iterchildren(top))
        about = replace(about, title=_words(heading))
        body.remove(heading)
        top, below = below, next((tag for tag in _HEADINGS if tag > below and counts[tag]), "")
    if not top:
        return _without_nothing([CutChapter("", body)]), about
    if below and _has_parts(body, top, below):
        return _cut_with_parts(body, top, below), about
    return _without_nothing([_chapter(*each) for each in _pieces(body, top)]), about


def _is_first(body: HtmlElement, top: str) -> bool:
    """Whether the first thing in a body is a heading of this level."""
    return next((each.tag for each in body if _words(each) or len(each)), "") == top


def _pieces(body: HtmlElement, tag: str) -> list[tuple[HtmlElement | None, HtmlElement]]:
    """The body in pieces, each with the heading that it begins with."""
    pieces: list[tuple[HtmlElement | None, HtmlElement]] = [(None, etree.Element("body"))]
    for element in [*body]:
        if element.tag == tag:
            pieces.append((element, etree.Element("body")))
        else:
            pieces[-1][1].append(element)
    return pieces


def _chapter(heading: HtmlElement | None, body: HtmlElement, part: str = "") -> CutChapter:
    title = _title(heading) if heading is not None else ""
    if heading is not None:
        _keep_what_titles_cannot_have(heading, body)
    return CutChapter(title, body, part, role_of_title(title))


def _title(heading: HtmlElement) -> str:
    """The words of a heading, without the numbers of its notes."""
    plain = copy.deepcopy(heading)
    for call in [each for each in plain.iter("a") if "noteref" in each.get("class", "")]:
        take_out(call)
    return _words(plain)


def _keep_what_titles_cannot_have(heading: HtmlElement, body: HtmlElement) -> None:
    """Keep the bookmarks, notes and pictures of a heading at the beginning of its chapter."""
    kept = [
        each
        for each in heading.iter("a", "img")
        if each.tag == "img" or each.get("id") or "noteref" in each.get("class", "")
    ]
    if not kept:
        return
    paragraph = etree.Element("p")
    for each in kept:
        again = copy.deepcopy(each)
        again.tail = None
        paragraph.append(again)
    body.insert(0, paragraph)


def _has_parts(body: HtmlElement, top: str, below: str) -> bool:
    """Whether headings of the top level are those of parts: each is followed by one of a chapter, without a word."""
    begins = [_tag_after(heading) for heading in body.iterchildren(top)]
    parts = begins.count(below)
    chapters = sum(1 for _ in body.iterchildren(below))
    return chapters > parts > (len(begins) - 1) // 2


def _tag_after(heading: HtmlElement) -> str:
    """The element that follows a heading, if it is not empty."""
    return next((str(each.tag) for each in heading.itersiblings() if _words(each) or len(each)), "")


def _cut_with_parts(body: HtmlElement, top: str, below: str) -> list[CutChapter]:
    cut: list[CutChapter] = []
    for heading, piece in _pieces(body, top):
        chapters = _pieces(piece, below)
        is_part = heading is not None and not _has_text(chapters[0][1]) and len(chapters) > 1
        if not is_part:
            chapter = _chapter(heading, _joined(chapters))
            cut.append(replace(chapter, is_after_parts=any(each.part for each in cut)))
            continue
        title = _words(heading) if heading is not None else ""
        for n, (inner, text) in enumerate(chapters[1:]):
            cut.append(_chapter(inner, text, title if n == 0 else ""))
    return _without_nothing(cut)


def _joined(pieces: list[tuple[HtmlElement | None, HtmlElement]]) -> HtmlElement:
    body = etree.Element("body")
    for heading, piece in pieces:
        body.extend([heading] if heading is not None else [])
        body.extend([*piece])
    return body


def _without_nothing(chapters: list[CutChapter]) -> list[CutChapter]:
    """The chapters without the piece before the first heading where nothing stands in it."""
    kept = [each for each in chapters if each.title or _has_text(each.body)]
    return kept or chapters[:1]


def _has_text(body: HtmlElement) -> bool:
    return bool(_words(body)) or next(body.iter("img", "table", "math"), None) is not None


def _words(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
