"""Ebook pages: the files of the spine as trees, and which of them a new book makes for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.errors import PressroomError, Severity
from pressroom.importing.archive import MOST_TEXT
from pressroom.importing.brought import Remark
from pressroom.importing.bylines import People
from pressroom.importing.ebook_package import EbookItem, EbookPackage, resolved
from pressroom.importing.html_source import page_text, parse_xhtml
from pressroom.importing.html_tree import HEADINGS, HtmlElement, kinds, plain_tree, take_out, words_in
from pressroom.importing.page_title import PageTitle
from pressroom.importing.page_words import visible_words

_MADE_ANEW = frozenset(
    "cover titlepage title-page halftitlepage half-title-page half-title toc loi lot landmarks index".split()
)
"""Pages that a new book makes for itself."""
_MADE_BY_US = frozenset(("imprint", "copyright-page", "credits", "colophon", "photographs", "tables"))
_ROLES = {
    "foreword": "foreword", "preface": "preface", "introduction": "introduction", "dedication": "dedication",
    "acknowledgments": "acknowledgements", "acknowledgements": "acknowledgements", "prologue": "prologue",
    "epilogue": "epilogue", "afterword": "afterword", "appendix": "appendix", "bibliography": "bibliography",
}  # fmt: skip
_LARGEST_SHEET = 1_000_000
"""The most bytes of a style sheet that is read; those of programs have some tens of thousands."""
_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|contenido|sommario|indice"
    r"|sumário|содержание|оглавление|inhoud(?:sopgave)?|innehåll|indhold|innhold|spis treści|obsah|目次|目录",
    re.IGNORECASE,
)
_BETWEEN = frozenset("by von par de di av af a the and und et e y".split())
_PAGE_MARKS = frozenset(("pagebreak", "pagenum", "pagenumber", "page-number", "pageno"))
_XLINK = "{http://www.w3.org/1999/xlink}href"


_TITLE_PAGES = frozenset(("titlepage", "title-page", "halftitlepage", "half-title-page", "halftitle"))
_MOST_ON_TITLE_PAGE = 80
"""Words of the longest title page that a new book makes for itself."""


@dataclass
class SpinePage:
    """A page of an ebook, whose tree is made ready to be written."""

    item: EbookItem
    body: HtmlElement
    """With plain names."""
    sheet: str = ""
    """The style sheets of the page."""
    is_linear: bool = True
    language: str = ""
    title: PageTitle = field(default_factory=PageTitle)
    source: str = ""
    """The file that it is a piece of; “” if it is a whole one."""
    people: People = ()
    """Whom the byline under its title names."""
    made_anew: str = ""
    """What the page is, if a new book makes it for itself."""

    @property
    def name(self) -> str:
        """Its path in the archive."""
        return self.item.name

    @property
    def said(self) -> frozenset[str]:
        """What the page calls itself, by its body and by the one section in it."""
        only = [each for each in self.body if isinstance(each.tag, str)]
        return kinds(self.body) | (kinds(only[0]) if len(only) == 1 else frozenset())

    @property
    def is_ours(self) -> bool:
        """Whether Pressroom has made it."""
        return any(kind.startswith("captions-") for kind in kinds(self.body))

    @property
    def role(self) -> str:
        """What it is to the book, as front matter says it; “” for a chapter like others."""
        return next((_ROLES[kind] for kind in _ROLES if kind in self.said), "")


def read_pages(package: EbookPackage) -> tuple[list[SpinePage], list[Remark]]:
    """The pages of the spine, without the marks of a printed book’s pages, and remarks on what they were."""
    pages: list[SpinePage] = []
    remarks: list[Remark] = []
    for item, is_linear in package.spine:
        try:
            page = _read_page(package, item, is_linear, remarks)
        except (PressroomError, ValueError):
            remarks.append(Remark("import-page-broken", Severity.WARNING, package.place(item.name), item.name))
            continue
        pages.append(page)
    marks = [mark for page in pages for mark in _take_page_marks(page)]
    if marks:
        what = f"{len(marks)} marks of printed pages"
        remarks.append(Remark("import-page-list", Severity.ADVICE, package.place(pages[0].name), what))
    return pages, remarks


def _read_page(package: EbookPackage, item: EbookItem, is_linear: bool, remarks: list[Remark]) -> SpinePage:  # noqa: FBT001  # as the spine says it
    if package.archive.size(item.name) > MOST_TEXT:
        raise ValueError(item.name)
    text = page_text(package.archive.read(item.name))
    if text.broken:
        remarks.append(Remark("import-letters", Severity.WARNING, package.place(item.name), f"{text.broken} letters"))
    tree, is_well_formed = parse_xhtml(text.text)
    if not is_well_formed:
        remarks.append(Remark("import-page-faulty", Severity.ADVICE, package.place(item.name), item.name))
    root = plain_tree(tree)
    for script in [*root.iter("script")]:
        if "math/tex" not in script.get("type", ""):
            remarks.append(Remark("import-script", Severity.ADVICE, package.place(item.name), item.name))
            take_out(script)
    found = root.find("body") if root.tag == "html" else root
    body = found if found is not None else root
    sheet = "\n".join(_sheets(package, item, root))
    return SpinePage(item, body, sheet, is_linear, root.get("lang") or body.get("lang") or "")


def _sheets(package: EbookPackage, item: EbookItem, root: HtmlElement) -> Iterator[str]:
    """The style sheets of a page, in the ebook and in the page itself."""
    for each in root.iter("link", "style"):
        file, _ = resolved(item.name, each.get("href", "#"))
        if each.tag == "style":
            yield each.text or ""
        elif "stylesheet" not in each.get("rel", "") or not package.archive.has(file):
            continue
        elif 0 < package.archive.size(file) <= _LARGEST_SHEET:
            yield page_text(package.archive.read(file)).text


def _take_page_marks(page: SpinePage) -> Iterator[HtmlElement]:
    """Take the marks out that say where a printed book’s page begins; the number in one is none of the text."""
    for element in [*page.body.iter("*")]:
        if kinds(element) & _PAGE_MARKS:
            take_out(element)
            yield element
    for nav in [*page.body.iter("nav")]:
        if kinds(nav) & {"page-list", "landmarks", "loi", "lot"}:
            take_out(nav)


def settle_kinds(pages: Sequence[SpinePage], package: EbookPackage) -> None:
    """Say of each page whether a new book makes it for itself: its cover, title page, contents, index."""
    guide: Mapping[str, str] = {file: kind for kind, file in package.guide.items()}
    for n, page in enumerate(pages):
        said = page.said | {guide.get(page.name, "")} | ({"toc"} if "nav" in page.item.properties else set())
        known = said & (_MADE_ANEW | _MADE_BY_US if page.is_ours else _MADE_ANEW)
        if known & _TITLE_PAGES and len(visible_words(page.body).split()) > _MOST_ON_TITLE_PAGE:
            known = frozenset()  # an abstract, or a whole foreword
        kind = "" if known else _said_by_words(page, package)
        is_cover = n == 0 and len(pages) > 1 and _shows_cover(page, package)
        page.made_anew = min(known) if known else "cover" if is_cover else kind


def _said_by_words(page: SpinePage, package: EbookPackage) -> str:
    """What a page is by its words alone: the contents by their title and links, a title page by the names it has."""
    first = next((words_in(each) for each in page.body.iter(*HEADINGS, "p") if words_in(each)), "")
    links = {resolved(page.name, link.get("href", "")) for link in page.body.iter("a") if link.get("href")}
    if _CONTENTS.fullmatch(first) and len(links) > 1:
        return "toc"
    metadata = package.metadata
    known = [
        words_in(each) for name in ("title", "creator", "contributor", "publisher") for each in metadata.iter(name)
    ]
    words = _bare_words(visible_words(page.body))
    is_bare = words and next(page.body.iter("img", "table", "a"), None) is None
    return "titlepage" if is_bare and words <= _bare_words(" ".join(known)) | _BETWEEN else ""


def _bare_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _shows_cover(page: SpinePage, package: EbookPackage) -> bool:
    """Whether a page has the picture of the cover and nothing else."""
    shown = [each.get("src") or each.get(_XLINK) or each.get("href") or "" for each in page.body.iter("img", "image")]
    files = [resolved(page.name, address)[0] for address in shown]
    return len(files) == 1 and files[0] == package.cover and not words_in(page.body)
