"""Ebook parts: which chapters begin a part, and which stand behind the last one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pressroom.importing.ebook_package import TocLine
from pressroom.importing.ebook_pages import SpinePage
from pressroom.importing.html_tree import HEADINGS, is_empty, words_in


@dataclass(frozen=True)
class EbookParts:
    """The parts of an ebook."""

    first: dict[str, str] = field(default_factory=dict)
    """The titles of parts by the files that begin them."""
    after: set[str] = field(default_factory=set)
    """Files behind the last part."""


def parts_of(contents: Sequence[TocLine], pages: Sequence[SpinePage], book: str) -> EbookParts:
    """The parts, by the contents and by pages that hold a title and nothing else. `book` is the title of the book."""
    parts = EbookParts()
    there = {page.name: page for page in pages if not is_title_page_of_part(page)}
    tops = list(contents)
    groups = [entry for entry in tops if _files_below(entry)]
    if len(groups) == 1 and (groups[0].title == book or len(tops) == 1):
        at = tops.index(groups[0])
        tops[at : at + 1] = groups[0].children
    seen = False
    for entry in tops:
        files = [file for file in (entry.file, *_files_below(entry)) if file in there]
        if _files_below(entry) and files:
            parts.first[files[0]] = entry.title
            seen = True
        elif seen:
            parts.after.add(entry.file)
    for page, following in pairwise(pages):
        if is_title_page_of_part(page) and following.name in there:
            parts.first.setdefault(following.name, page.title.title)
            parts.after.discard(following.name)
    return parts


def is_title_page_of_part(page: SpinePage) -> bool:
    """Whether a page has a title and nothing else."""
    others = [each for each in page.body.iter(*HEADINGS) if words_in(each)]
    is_bare = len(others) == 1 and words_in(page.body) == words_in(others[0]) and not _shows(page)
    return bool(page.title.title) and (is_empty(page.body) or is_bare)


def _shows(page: SpinePage) -> bool:
    return next(page.body.iter("img", "math", "table", "hr"), None) is not None


def _files_below(entry: TocLine) -> list[str]:
    """The other files to which the lines below a line of the contents lead."""
    return [
        file for child in entry.children for file in (child.file, *_files_below(child)) if file and file != entry.file
    ]


def titles_in(contents: Sequence[TocLine]) -> Iterator[tuple[str, str]]:
    """The files of the contents with their titles, the first of each file last, so that it wins in a dict."""
    for entry in reversed(contents):
        yield from titles_in(entry.children)
        yield entry.file, entry.title
