"""Open tags: elements of HTML that begin in a line of Markdown and never end there, or end and never began."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript.foreign_sign import ForeignSign

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*?(/?)>")
_WITH_END = frozenset(
    "a abbr b bdi bdo cite code del dfn div em i ins kbd mark pre q ruby s samp section small span strong sub sup"
    " time u var".split()
)
"""The elements that are kept and need an end. Those of lists and tables end with what follows them."""
_SELF_ENDED = re.compile(r"<(?!(?:br|col|hr|img|wbr)\b)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*?)?)\s*/>", re.IGNORECASE)
"""An element that ends itself, as XHTML has it: `<a id="mill"/>`."""
NEVER_ENDED = ForeignSign(
    "tag-open",
    "a tag of HTML without its end",
    "Write its end, such as </b>, behind the last of its words; or delete it.",
    re.compile(""),
    fate="ends with its paragraph",
)
NEVER_BEGUN = ForeignSign(
    "tag-open",
    "the end of a tag of HTML that nothing has begun",
    "Write its beginning, such as <b>, before the first of its words, in each paragraph; or delete it.",
    re.compile(""),
    fate="is left out",
)
OPEN_TAGS = (NEVER_ENDED, NEVER_BEGUN)


@dataclass(frozen=True)
class OpenTag:
    """A tag that lacks its other half."""

    sign: ForeignSign
    typed: str
    before: int
    """How many tags that are typed alike stand before it in its line."""


def whole(html: str) -> str:
    """HTML in which an element that ends itself is an empty one: browsers would take in all that follows."""
    return html if html.startswith("<!--") or "/>" not in html else _SELF_ENDED.sub(r"<\1\2></\1>", html)


def open_tags(nodes: Sequence[Node]) -> Iterator[OpenTag]:
    """The tags among the nodes of a line that lack their other half."""
    typed = [each.content for top in nodes for each in top.walk() if each.type == "html_inline"]
    begun: defaultdict[str, list[int]] = defaultdict(list)
    lacking: dict[int, ForeignSign] = {}
    for n, tag in enumerate(map(_TAG.fullmatch, typed)):
        name = tag[2].lower() if tag else ""
        if tag is None or tag[3] or name not in _WITH_END:
            continue
        if not tag[1]:
            begun[name].append(n)
        elif begun[name]:
            begun[name].pop()
        else:
            lacking[n] = NEVER_BEGUN
    lacking |= {n: NEVER_ENDED for places in begun.values() for n in places}
    seen: Counter[str] = Counter()
    for n, content in enumerate(typed):
        if n in lacking:
            yield OpenTag(lacking[n], content, seen[content])
        seen[content] += 1


def ends_of(nodes: Sequence[Node]) -> str:
    """The ends that the elements of a line lack: else they would reach into the paragraphs below."""
    lacking = [each.typed for each in open_tags(nodes) if each.sign is NEVER_ENDED]
    return "".join(f"</{tag[2].lower()}>" for tag in map(_TAG.match, reversed(lacking)) if tag)
