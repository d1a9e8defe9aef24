"""Notes of HTML: which links call a note, and which element is the note, without its number and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pressroom.importing.html_tree import HEADINGS, HtmlElement, is_empty, kinds, nodes_of, take_out, words_in

_CALLS = frozenset(("noteref", "footnote-ref", "footnoteref", "endnote-ref", "footnote-reference"))
_LABEL = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,3})[\])]?")
_BACK = re.compile(r"[↩↵↑^⏎⮌🔙\ufe0e\s\[\](){}.:]*|back|return", re.IGNORECASE)
_AROUND = ("div", "li", "aside", "dd")
_LISTS = frozenset(("footnotes", "endnotes", "rearnotes", "notes"))


@dataclass
class NoteBook:
    """The notes of a page: the calls with their numbers, and the notes in the order of their calls."""

    numbers: dict[HtmlElement, str] = field(default_factory=dict)
    """The number of the note that a link calls."""
    notes: dict[str, HtmlElement] = field(default_factory=dict)
    """The notes by their numbers, taken out of the page."""
    headings: list[HtmlElement] = field(default_factory=list)
    """Headings over lists of notes, taken out with these."""
    backs: list[str] = field(default_factory=list)
    """The words of links from notes back to their calls, taken out too."""


def take_notes(tree: HtmlElement) -> NoteBook:
    """Take the notes out of a page, in the order of their calls."""
    _target_inline_notes(tree)
    backs = [*_take_ways_back(tree)]
    by_id = {id: element for element in tree.iter("*") if (id := element.get("id") or _name(element))}
    order = {element: n for n, element in enumerate(tree.iter("*"))}
    links = [(link, by_id[_target(link)]) for link in tree.iter("a") if _target(link) in by_id]
    calls = [(link, target) for link, target in links if _is_call(link, target, order)]
    book = NoteBook(backs=backs)
    wholes: dict[HtmlElement, str] = {}
    targets = {target for _, target in calls}
    for link, target in calls:
        whole = _whole(target, targets, calls)
        book.numbers[link] = wholes.setdefault(whole, str(len(wholes) + 1))
    labels = {book.numbers[link]: words_in(link) for link, _ in reversed(calls)}
    back = {id for link, _ in calls for id in _ids_around(link)}
    for whole, number in wholes.items():
        book.notes[number] = whole
        _take(whole, book)
        book.backs += _unnumber(whole, labels[number].strip("[]().: "), back)
    others = {target for link, target in links if link not in book.numbers}
    for link, target in calls:
        link.attrib.pop("href")
        if target not in others:  # a note needs no id any more
            target.attrib.pop("id", None)
    return book


def _target_inline_notes(tree: HtmlElement) -> None:
    """Let calls lead to notes that stand directly behind them, as plugins of WordPress write them."""
    ways_there = {(_target(link), link.get("id")) for link in tree.iter("a")}
    for n, note in enumerate([*tree.iter("span", "div")]):
        before = note.getprevious()
        if before is not None and (before.get("id"), _target(before)) in ways_there:
            continue  # the number of a note, which leads back to its call
        is_note = any(_INLINE.fullmatch(kind) for kind in kinds(note)) and bool(words_in(note))
        if not is_note or before is None or (before.tail or "").strip() or not is_label(before):
            continue
        call = before if before.tag == "a" else next(before.iter("a"), None)
        if call is None:
            call = before
            call.tag = "a"
        note.tag = "aside"
        note.set("id", note.get("id") or f"inline-note-{n}")
        call.attrib.update({"href": f"#{note.get('id')}", "class": "noteref"})


_INLINE = re.compile(r"\w*-?foot-?notes?(?:-footnote)?_*-?(?:note|text|content|body)")
"""What notes behind their calls are called: “modern-footnotes-footnote__note”."""


def _take_ways_back(tree: HtmlElement) -> Iterator[str]:
    """Take out lists of links back to several calls, “^ a b”, as Wikipedia has them; yields their words."""
    for way in [each for each in tree.iter("span") if any(kind.endswith("cite-backlink") for kind in kinds(each))]:
        yield words_in(way)
        take_out(way)


def _name(element: HtmlElement) -> str | None:
    return element.get("name") if element.tag == "a" else None


def _target(link: HtmlElement) -> str:
    href = link.get("href", "")
    return href[1:] if href.startswith("#") else ""


def says_it_calls(link: HtmlElement) -> bool:
    """Whether a link says itself that it calls a note."""
    return bool(kinds(link) & _CALLS)


def is_label(link: HtmlElement) -> bool:
    """Whether the words of a link could be the number of a note."""
    return bool(_LABEL.fullmatch(words_in(link)))


def _is_call(link: HtmlElement, target: HtmlElement, order: Mapping[HtmlElement, int]) -> bool:
    """Whether a link calls a note: it says so, or it is a number that leads to what leads back."""
    if says_it_calls(link):
        return True
    if kinds(link) & {"backlink", "footnote-back", "footnote-backref"} or order[target] < order[link]:
        return False
    if not is_label(link):
        return False
    inside = next(link.iter("sup"), None)
    is_raised = next(link.iterancestors("sup"), None) is not None or (
        inside is not None and words_in(inside) == words_in(link)
    )
    return is_raised or bool(kinds(target) & {"footnote", "endnote", "rearnote"}) or _leads_back(target, link)


def _leads_back(target: HtmlElement, link: HtmlElement) -> bool:
    block = target if target.tag in (*_AROUND, "p") else next(target.iterancestors("p", *_AROUND), target)
    return any(_target(inner) in _ids_around(link) for inner in block.iter("a"))


def _ids_around(link: HtmlElement) -> frozenset[str]:
    """The ids of a call and of what is closest around it, to which its note may lead back."""
    before = link.getprevious()
    mark = [before] if before is not None and before.tag == "a" and not words_in(before) and not before.tail else []
    around = [link, *link.iter("*"), *mark, *list(link.iterancestors("sup", "span", "p"))[:2]]
    return frozenset(id for each in around if (id := each.get("id") or _name(each)))


def _whole(target: HtmlElement, targets: set[HtmlElement], calls: list[tuple[HtmlElement, HtmlElement]]) -> HtmlElement:
    """The element with all of a note, of which only the number may have the id."""
    whole = target
    if whole.tag not in (*_AROUND, "p", "section", "td"):
        whole = next(whole.iterancestors("p", *_AROUND), whole)
    parent = whole.getparent()
    if whole.tag == "p" and parent is not None and parent.tag in _AROUND and whole is parent[0]:
        inside = set(parent.iter("*"))
        if len(inside & targets) == 1 and not any(link in inside and to is not target for link, to in calls):
            return whole if any(link in inside and to is target for link, to in calls) else parent
    return whole


def _take(whole: HtmlElement, book: NoteBook) -> None:
    """Take a note out, and what is left without it: its list, the heading of that, the rule above."""
    parent = whole.getparent()
    take_out(whole)
    while parent is not None and parent.getparent() is not None and _is_left(parent, book):
        left, parent = parent, parent.getparent()
        take_out(left)


def _is_left(parent: HtmlElement, book: NoteBook) -> bool:
    """Whether nothing is left in what held notes, but for a heading."""
    if parent.tag not in ("ol", "ul", "dl", "div", "section", "aside", "footer"):
        return False
    headings = [each for each in parent if each.tag in HEADINGS] if kinds(parent) & _LISTS else []
    if any(not (node in headings or _is_rule(node)) for node in nodes_of(parent)):
        return False
    book.headings += headings
    return True


def _is_rule(node: HtmlElement | str) -> bool:
    return not node.strip() if isinstance(node, str) else node.tag == "hr" or is_empty(node)


def _unnumber(whole: HtmlElement, label: str, back: set[str]) -> Iterator[str]:
    """Take the number of a note and the links back to its calls out of its text; yields the words of these links."""
    for link in [*whole.iter("a")]:
        said = words_in(link).strip("[]().: ")
        if _target(link) in back or kinds(link) & {"backlink", "footnote-back", "footnote-backref"}:
            if said == label or _BACK.fullmatch(said) or kinds(link) & {"backlink"}:
                yield words_in(link)
                take_out(link)
            else:
                link.attrib.pop("href")
        elif not link.get("href") and said == label:
            take_out(link)
    for sup in [*whole.iter("sup")]:
        if words_in(sup).strip("[]().: ") in ("", label) and not next(_before(sup, whole), ""):
            take_out(sup)
    _strip_label(whole, label)


def _before(element: HtmlElement, whole: HtmlElement) -> Iterator[str]:
    """The words of a note before one of its elements."""
    for node in whole.iter("*"):
        if node is element:
            return
        if node.text and node.text.strip():
            yield node.text
        if node.tail and node.tail.strip() and element not in node.iter("*") and node is not whole:
            yield node.tail


def _strip_label(whole: HtmlElement, label: str) -> None:
    """Take a number off the first words, “1. ”, and what was around it, “[] ”."""
    for holder, name in _texts(whole):
        text = getattr(holder, name)
        if text and text.strip():
            pattern = (
                rf"\s*(?:[\[(]?{re.escape(label)}(?:[\]).:]+|(?=\s))|[\[(]?[\]).:]+(?=\s))\s*" if label else r"\s+"
            )
            setattr(holder, name, (re.sub(pattern, "", text, count=1) if re.match(pattern, text) else text).lstrip())
            return


def _texts(whole: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    yield whole, "text"
    for inner in whole.iterdescendants("*"):
        yield inner, "text"
        yield inner, "tail"
