"""Well-formed pages: templates are text, and what they make is held against what every reading system asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pressroom.design.library import Layout
from pressroom.design.templates import near as near_in
from pressroom.errors import PressroomError, error

_XHTML = "{http://www.w3.org/1999/xhtml}"
_REMOTE = re.compile(r"\s*(?:(?:https?|ftp):)?//", re.IGNORECASE)
_REMOTE_STYLE = re.compile(r"(?:url\(|@import|image-set\()\s*['\"]?(?:(?:https?|ftp):)?//", re.IGNORECASE)


def check(xhtml: str, kind: str, title: str, layout: Layout) -> None:
    """Raise PressroomError where a page is no XML, which an e-reader shows as an error, or asks for the network."""
    name = f"{kind}.xhtml.j2"
    try:
        root = etree.fromstring(xhtml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        opened = re.search(r"mismatch: \S+ line (\d+)", fault.msg or "")
        number, lines = int(opened[1]) if opened else fault.lineno or 0, xhtml.split("\n")
        near = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        why = f"The template makes no well-formed XHTML of “{title}”: {fault.msg}, near “{near[:80]}”."
        remedy = "Close what is open, and write & as &amp;."
        raise PressroomError([error("template-malformed", near_in(layout, name, near), why, remedy)]) from None
    if root.tag != _XHTML + "html" or root.find(f"{_XHTML}head/{_XHTML}title") is None:
        why = f"The template makes no page of “{title}”: <html> in the namespace of XHTML, with a head and a title."
        remedy = 'Begin with {% extends "base.xhtml.j2" %}.'
        raise PressroomError([error("template-malformed", near_in(layout, name, ""), why, remedy)])
    for remote in _remote_parts(root):
        why = f"The template asks for “{remote}” on the network; a build opens no connection and a book has none."
        remedy = "Put pictures into the manuscript, fonts into assets/fonts."
        raise PressroomError([error("template-remote", near_in(layout, name, remote), why, remedy)])


def _remote_parts(root: etree._Element) -> Iterator[str]:
    """What a page would fetch; a link that a reader may follow is another matter."""
    for element in root.iter("*"):
        names = ("src", "srcset", "poster", "data") + ("href",) * (element.tag != _XHTML + "a")
        yield from (v for v in (element.get(n, "") for n in names) if _REMOTE.match(v))
        styles = (element.get("style", ""), (element.text or "") * (element.tag == _XHTML + "style"))
        yield from (match[0] for style in styles if (match := _REMOTE_STYLE.search(style)))


# ---- Outline: the headings of a page as a ladder without missing rungs, whatever wrote them.

_HEADING = re.compile(r"(<h)([1-6])\b([^>]*>.*?</h)\2>", re.DOTALL)


def without_gaps(xhtml: str) -> str:
    """A page whose first heading is what it was, and each other stands one level under the one that it belongs to."""
    over: list[tuple[int, int]] = []
    """Of the headings under which the next one stands: the level as written, and as it is set."""

    def settled(match: re.Match[str]) -> str:
        written = int(match[2])
        while len(over) > 1 and over[-1][0] >= written:
            over.pop()
        level = min(over[-1][1] + 1, 6) if over else written
        over.append((written, level))
        return f"{match[1]}{level}{match[3]}{level}>"

    return _HEADING.sub(settled, xhtml)
