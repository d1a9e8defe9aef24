"""Words for the index: where a document has an entry at a point, the word before that point is marked for it."""

from __future__ import annotations

import re

from pressroom.importing.html_tree import HtmlElement

_LAST_WORD = re.compile(r"([\w’'-]+)([^\w]*)$")
_FIRST_WORD = re.compile(r"^([^\w]*)([\w’'-]+)")


def wrap_index_words(body: HtmlElement) -> None:
    """Let the marks of index entries, which are points, hold the words that they are about."""
    for entry in [each for each in body.iter("span") if "index" in each.get("class", "").split() and not each.text]:
        if not _take_before(entry):
            _take_after(entry)


def _take_before(entry: HtmlElement) -> bool:
    """Move the entry’s own words, or else the last word before it, into the entry."""
    previous, parent = entry.getprevious(), entry.getparent()
    text = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
    term = entry.get("data-sub") or entry.get("data-term", "")
    stripped = text.rstrip()
    if term and stripped.casefold().endswith(term.casefold()):
        at, end = len(stripped) - len(term), len(stripped)
    elif match := _LAST_WORD.search(stripped):
        at, end = match.start(1), match.end(1)
    else:
        return False
    entry.text, entry.tail = text[at:end], text[end:] + (entry.tail or "")
    if previous is not None:
        previous.tail = text[:at]
    elif parent is not None:
        parent.text = text[:at]
    return True


def _take_after(entry: HtmlElement) -> None:
    """Move the next word into the entry. One without any words beside it is given its own term."""
    if match := _FIRST_WORD.match(entry.tail or ""):
        rest = (entry.tail or "")[match.end() :]
        before, entry.text, entry.tail = match[1], match[2], rest
        if before:
            entry.text = before + (entry.text or "")
