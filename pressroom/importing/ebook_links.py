"""Ebook links: ids that are one page’s own become the whole book’s, and notes come to the pages that call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pressroom.importing.ebook_package import resolved
from pressroom.importing.ebook_pages import SpinePage
from pressroom.importing.html_anchors import fit_id
from pressroom.importing.html_notes import is_label, says_it_calls
from pressroom.importing.html_tree import HEADINGS, HtmlElement, kinds, take_out, words_in
from pressroom.importing.page_words import visible_words
from pressroom.importing.words_of_html import TO_CHAPTER

_INDEX_MARK = "--ix_"
"""What the ids of marks of Pressroom’s index have before their number."""
_Target = tuple[str, str]
"""A file, and an id in it."""


def settle_links(pages: Sequence[SpinePage], chapters: Mapping[str, str]) -> frozenset[str]:
    """Give the ids to which links lead names that no other page has, and let links lead to these or to chapters.

    `chapters` are the names of chapters by their files. Returns the ids to which some link leads.
    """
    wanted = {target for page in pages for _, target in _links(page)}
    titles = {(page.name, id) for page in pages for id in page.title.ids}
    unique = _unique_ids(pages, wanted - titles)
    for page in pages:
        for link, target in [*_links(page)]:
            if target in unique:
                link.set("href", f"#{unique[target]}")
            elif target[0] in chapters:
                link.set(TO_CHAPTER, f"{chapters[target[0]]}.md")
    for page in pages:
        for element in page.body.iter("*"):
            id = element.attrib.pop("id", None) or (element.attrib.pop("name", None) if element.tag == "a" else None)
            if id and (page.name, id) in unique:
                element.set("id", unique[page.name, id])
    return frozenset(unique.values())


def _links(page: SpinePage) -> Iterator[tuple[HtmlElement, _Target]]:
    """The links of a page into the ebook."""
    for link in page.body.iter("a"):
        if href := link.get("href", ""):
            file, id = resolved(page.name, href)
            if file:
                yield link, (file, id)


def _unique_ids(pages: Sequence[SpinePage], wanted: set[_Target]) -> dict[_Target, str]:
    unique: dict[_Target, str] = {}
    taken: set[str] = set()
    for page in pages:
        for element in page.body.iter("*"):
            for id in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if not id or (page.name, id) not in wanted or (page.name, id) in unique:
                    continue
                name, n = fit_id(id), 2
                while name in taken:
                    name, n = f"{fit_id(id)}-{n}", n + 1
                taken.add(name)
                unique[page.name, id] = name
    return unique


def bring_notes(pages: Sequence[SpinePage]) -> list[SpinePage]:
    """Bring the notes that stand in files of their own to the ends of the pages that call them.

    The ids of all pages are unique by then. Returns the pages from which notes were taken.
    """
    holder = {id: page for page in pages for element in page.body.iter("*") if (id := element.get("id"))}
    elements = {id: element for page in pages for element in page.body.iter("*") if (id := element.get("id"))}
    moved: dict[HtmlElement, SpinePage] = {}
    sources: list[SpinePage] = []
    for page in pages:
        for link in [*page.body.iter("a")]:
            id = link.get("href", "").removeprefix("#")
            if id not in elements or holder[id] in (page, moved.get(elements[id])):
                continue
            note = _note_of(elements[id])
            if note in moved or not _calls(link, note):
                continue
            moved[note] = page
            sources.append(holder[id])
            take_out(note)
            page.body.append(note)
    for page in pages:
        _drop_empty_lists(page)
    for page in sources:
        _drop_what_held_notes(page)
    return [page for page in pages if any(page is each for each in sources)]


def _note_of(element: HtmlElement) -> HtmlElement:
    """The element with the whole note: the id may be that of its number."""
    if element.tag in ("li", "aside", "div", "p", "section", "dd"):
        return element
    return next(element.iterancestors("li", "aside", "p", "dd", "div"), element)


def _calls(link: HtmlElement, note: HtmlElement) -> bool:
    """Whether a link to another page calls a note: it says so, or it is a number and the note leads back."""
    if note.tag in ("body", "section") or says_it_calls(link):
        return says_it_calls(link) and note.tag != "body"
    around = {id for each in (*link.iter("*"), *list(link.iterancestors())[:2]) if (id := each.get("id"))}
    return is_label(link) and any(back.get("href", "").removeprefix("#") in around for back in note.iter("a"))


def _drop_empty_lists(page: SpinePage) -> None:
    for lists in [*page.body.iter("ol", "ul", "dl")]:
        if not words_in(lists) and next(lists.iter("img"), None) is None:
            take_out(lists)


def _drop_what_held_notes(page: SpinePage) -> None:
    """Take out rules and headings of a page of which nothing else is left without its notes."""
    if next(page.body.iter("img", "math", "table"), None) is not None:
        return
    headings = [*page.body.iter(*HEADINGS)]
    if visible_words(page.body).split() == " ".join(map(words_in, headings)).split():
        for each in (*headings, *page.body.iter("hr")):
            take_out(each)


def pressroom_terms(pages: Sequence[SpinePage]) -> Iterator[tuple[_Target, str]]:
    """The places of the index that Pressroom has made, each with its term."""
    for page in pages:
        if page.made_anew != "index":
            continue
        for entry in page.body.iter("li"):
            terms = [words_in(each) for each in entry.iter("span") if "index-term" in kinds(each)]
            for link in entry.iter("a"):
                target = resolved(page.name, link.get("href", ""))
                if terms and _INDEX_MARK in target[1]:
                    yield target, terms[0]
