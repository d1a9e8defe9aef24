"""Ebooks: an EPUB 2 or 3 becomes chapters. Its spine gives their order, its contents the parts and missing titles."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.archive import SourceArchive
from pressroom.importing.brought import Brought, BroughtChapter, Remark
from pressroom.importing.bylines import authors_of, photographers_of, take_opening_byline
from pressroom.importing.ebook_links import bring_notes, settle_links
from pressroom.importing.ebook_package import EbookPackage, open_package, resolved
from pressroom.importing.ebook_pages import SpinePage, read_pages, settle_kinds
from pressroom.importing.ebook_parting import part_pages
from pressroom.importing.ebook_parts import is_title_page_of_part, parts_of, titles_in
from pressroom.importing.ebook_styles import name_blocks
from pressroom.importing.ebook_title_page import facts_left_out, title_page
from pressroom.importing.google_docs import styled
from pressroom.importing.html_captions import name_captions
from pressroom.importing.html_drawings import take_drawings
from pressroom.importing.html_tree import HEADINGS, HtmlElement, is_empty, words_in
from pressroom.importing.list_looks import name_numerals
from pressroom.importing.markdown_of_html import MarkdownText, markdown_of
from pressroom.importing.page_title import take_title, take_title_said
from pressroom.importing.page_words import visible_words, without
from pressroom.importing.picture_collection import PictureCollection
from pressroom.importing.pressroom_pages import undo_pages
from pressroom.publication.about import file_name_of

_PAGE = "data-page-of-ebook"


def read_ebook(source: Path) -> Brought:
    """All that an ebook gives. Raises PressroomError for one that is damaged, protected or a bomb."""
    package = open_package(SourceArchive(source))
    about, pictures = title_page(package), PictureCollection()
    pages, remarks = read_pages(package)
    pages, contents = part_pages(pages, package.contents)
    package = replace(package, contents=contents)
    settle_kinds(pages, package)
    heads = undo_pages(pages)
    remarks += [_made_anew(page, package) for page in pages if page.made_anew]
    kept = _settled([page for page in pages if not page.made_anew])
    remarks += [_number_left(page, package) for page in kept if page.title.number]
    _take_pictures(kept, package, pictures)
    parts = parts_of(package.contents, kept, about.title)
    groups = _grouped([page for page in kept if not is_title_page_of_part(page)], package)
    remarks += _take_bylines([page for group in groups for page in group[:1]], package)
    names = _names(groups)
    linked = settle_links(kept, {page.name: names[group[0].name] for group in groups for page in group})
    remarks += _emptied(bring_notes(kept), package)
    chapters, words = [], []
    for group in groups:
        if all(is_empty(page.body) for page in group):
            continue
        first = group[0].name
        printed = _visible(group)
        chapter, made = _chapter(group, package, pictures, linked, about.language)
        words.append(without(printed, made.taken))
        head = {**chapter.head, **heads.get(first, {})}
        part, is_after = parts.first.get(first, ""), first in parts.after
        chapters.append(replace(chapter, name=names[first], head=head, part=part, is_after_parts=is_after))
        remarks += made.remarks
    is_ours = any(page.is_ours for page in pages)  # its cover has words on the picture
    cover = _collect(package.cover, package, pictures) if package.cover and not is_ours else ""
    return Brought(
        str(source),
        tuple(chapters),
        tuple(pictures.pictures),
        title_page=replace(about, cover=cover),
        remarks=(*package.remarks, *remarks, *facts_left_out(package)),
        words="\n".join(words),
    )


def _settled(pages: list[SpinePage]) -> list[SpinePage]:
    """Pages whose captions, blocks and looks have the names of HTML, and whose titles are taken out of them."""
    for page in pages:
        name_captions(page.body)
        if not page.is_ours:
            name_blocks(page.body)
            styled(page.body, page.sheet)
            name_numerals(page.body, page.sheet)
    for page in pages:
        page.title = take_title(page.body)
    return pages


def _take_bylines(pages: Sequence[SpinePage], package: EbookPackage) -> Iterator[Remark]:
    """Take the bylines under titles off pages, each with a remark."""
    for page in pages:
        opening = takewhile(lambda each: each.tag not in HEADINGS, page.body.iter("p", *HEADINGS))
        lines = [each for each in opening if words_in(each) and next(each.iter("img"), None) is None]
        page.people, words = take_opening_byline(lines if page.title.title and not page.is_ours else ())
        if words:
            yield Remark("import-byline", Severity.ADVICE, package.place(page.source or page.name), words)


def _visible(group: list[SpinePage]) -> str:
    """The words that a reader sees of the pages of a chapter."""
    title = group[0].title
    return "\n".join([title.title, title.subtitle, *(visible_words(page.body) for page in group)])


def _made_anew(page: SpinePage, package: EbookPackage) -> Remark:
    what = f"{page.made_anew}: {' '.join(visible_words(page.body).split())[:60]}"
    return Remark("import-made-anew", Severity.ADVICE, package.place(page.name), what)


def _number_left(page: SpinePage, package: EbookPackage) -> Remark:
    return Remark("import-chapter-number", Severity.ADVICE, package.place(page.source or page.name), page.title.number)


def _emptied(pages: Sequence[SpinePage], package: EbookPackage) -> Iterator[Remark]:
    """Remarks on pages of which all notes went to the chapters that call them."""
    for page in pages:
        if is_empty(page.body) and page.title.title:
            yield Remark("import-notes-heading", Severity.ADVICE, package.place(page.name), page.title.title)


# ---- pictures


def _take_pictures(pages: Sequence[SpinePage], package: EbookPackage, pictures: PictureCollection) -> None:
    """Collect the pictures of pages, and let these call them by their paths in the archive."""
    for page in pages:
        take_drawings(page.body, pictures, posixpath.basename(page.name).partition(".")[0])
        for picture in page.body.iter("img"):
            file, _ = resolved(page.name, picture.get("src", ""))
            if file and package.archive.has(file) and picture.get("src"):
                picture.set("src", file)
                _collect(file, package, pictures)


def _collect(file: str, package: EbookPackage, pictures: PictureCollection) -> str:
    if file in pictures.names:
        return pictures.names[file]
    return pictures.add(file, package.archive.read(file), posixpath.basename(file), file)


# ---- chapters


def _grouped(pages: Sequence[SpinePage], package: EbookPackage) -> list[list[SpinePage]]:
    """Pages by chapters: one without a title that the contents do not name goes on the chapter before it."""
    titles = dict(titles_in(package.contents))
    groups: list[list[SpinePage]] = []
    for page in pages:
        if groups and not page.title.title and page.name not in titles and not page.role:
            groups[-1].append(page)
            continue
        if not page.title.title:
            page.title = replace(page.title, title=titles.get(page.name, ""))
            take_title_said(page.body, page.title.title)
        groups.append([page])
    return groups


def _names(groups: Sequence[Sequence[SpinePage]]) -> Mapping[str, str]:
    """A name for each chapter, by the file of its first page."""
    names: dict[str, str] = {}
    for group in groups:
        stem = posixpath.basename(group[0].name).partition(".")[0]
        wished = file_name_of(group[0].title.title) or file_name_of(stem) or "chapter"
        name, n = wished, 2
        while name in names.values():
            name, n = f"{wished}-{n}", n + 1
        names[group[0].name] = name
    return names


def _chapter(
    group: Sequence[SpinePage],
    package: EbookPackage,
    pictures: PictureCollection,
    linked: frozenset[str],
    book_language: str,
) -> tuple[BroughtChapter, MarkdownText]:
    """The chapter of some pages, and its text with what could not be carried."""
    first = group[0]
    whole = etree.Element("body")
    for page in group:
        page.body.set(_PAGE, page.source or page.name)
        whole.append(page.body)

    def place(element: HtmlElement) -> Place:
        around = (element, *element.iterancestors())
        name = next((name for each in around if (name := each.get(_PAGE))), first.name)
        return package.place(name, int(element.sourceline or 0))

    is_of_book = f"{book_language}-".lower().startswith(f"{first.language}-".lower())  # “en” in a book in en-GB
    language = "" if is_of_book else first.language
    made = markdown_of(whole, pictures.names, place, linked=linked, language=language or book_language)
    people = {"author": authors_of(first.people), "credit": photographers_of(first.people)}
    head = {"subtitle": first.title.subtitle, **people, "role": first.role, "language": language}
    return BroughtChapter("", first.title.title, made.text, head, source=first.name), made
