"""A document of an office program on its way to chapters, whichever program wrote it: blocks become what they are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Brought, BroughtChapter, BroughtPicture, Remark, TitlePage
from pressroom.importing.bylines import People, authors_of, byline_of, photographers_of, take_opening_byline
from pressroom.importing.html_anchors import fit_id
from pressroom.importing.html_tree import HEADINGS, HtmlElement, take_out
from pressroom.importing.markdown_of_html import markdown_of
from pressroom.importing.office.block_facts import BLOCK, COUNTED, UNPRINTED, BlockFacts
from pressroom.importing.office.block_groups import group_blocks
from pressroom.importing.office.captioning import is_slanted, join_captions
from pressroom.importing.office.chapter_cutting import CutChapter, cut_chapters
from pressroom.importing.office.index_words import wrap_index_words
from pressroom.importing.office.list_items import settle_lists
from pressroom.importing.page_words import without
from pressroom.publication.about import file_name_of

_TITLES = re.compile(
    r"Microsoft Word\b.*|(?:Document|Dokument|untitled)\s*\d*|\W*|.*\.(?:docx?|odt|rtf|html?)", re.IGNORECASE
)
_USERS = re.compile(r"python-docx|(?:microsoft |windows )?(?:office )?user|benutzer|admin\w*|root", re.IGNORECASE)
_LONGEST_HEADING = 80
"""Letters that a bold paragraph may have to look like a heading."""
_SIDES = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True)
class OfficeDocument:
    """A document as HTML, with what is known of its paragraphs."""

    source: str
    body: HtmlElement
    blocks: Mapping[str, BlockFacts]
    """By the value of `BLOCK`."""
    notes: Mapping[str, HtmlElement]
    """Notes by their ids."""
    pictures: Mapping[str, bytes | Path]
    """By the `src` of their elements."""
    about: TitlePage
    """What the properties of the file say."""
    words: str
    remarks: tuple[Remark, ...]

    def facts(self, element: HtmlElement) -> BlockFacts:
        """What is known of an element’s paragraph."""
        return self.blocks.get(element.get(BLOCK, "")) or BlockFacts(0)

    def place(self, element: HtmlElement) -> Place:
        """The paragraph that an element stands in, by its number."""
        near = (element, *element.iterancestors(), *element.iterdescendants())
        numbers = (self.blocks[each.get(BLOCK, "")].number for each in near if each.get(BLOCK, "") in self.blocks)
        return Place(self.source, next(numbers, 0))


def brought_of(document: OfficeDocument) -> Brought:
    """Chapters, pictures and the title page of a document."""
    body, facts = document.body, document.facts
    remarks = list(document.remarks)
    for each in (body, *document.notes.values()):
        _fit_ids(each)
    names = _picture_names(document)
    settle_lists(body, document.facts)
    _settle_headings(body, document)
    _align_cells(body, document)
    taken: list[str] = []
    about, has_title = _title_page(document, remarks, taken)
    remarks += _like_headings(body, document)
    wrap_index_words(body)
    remarks += join_captions(body, facts, document.place)
    _unmark_words(body)
    group_blocks(body, facts)
    _drop_empty(body)
    cut, about = cut_chapters(body, about, has_title=has_title)
    chapters: list[BroughtChapter] = []
    for chapter in cut:
        people = _byline(chapter.body, document, remarks, taken)
        if len(cut) == 1 and people:
            is_whole = any(role == "author" for _, role in people)
            about = replace(about, creators=people if is_whole else (*about.creators, *people))
        roles = {facts(each).role for each in chapter.body if _words(each)}
        role = "dedication" if roles == {"dedication"} else chapter.role
        _add_notes(chapter.body, document.notes)
        written = markdown_of(chapter.body, names, document.place, linked=_linked(cut), language=about.language)
        remarks += written.remarks
        taken += written.taken
        chapters.append(_chapter(chapter, role, people, written.text, document.source))
    pictures = tuple(BroughtPicture(names[src], data, src) for src, data in document.pictures.items())
    return Brought(
        document.source,
        tuple(chapters),
        pictures,
        title_page=about,
        remarks=tuple(remarks),
        words=without(document.words, taken),
    )


def _chapter(chapter: CutChapter, role: str, people: People, text: str, source: str) -> BroughtChapter:
    head = {"author": authors_of(people), "role": role, "credit": photographers_of(people)}
    return BroughtChapter(
        name=file_name_of(chapter.title) or "chapter",
        title=chapter.title,
        body=text,
        head={key: words for key, words in head.items() if words},
        part=chapter.part,
        is_after_parts=chapter.is_after_parts,
        source=source,
    )


def _fit_ids(body: HtmlElement) -> None:
    """Give bookmarks names that can stand in braces, and let links call them so: Google’s have “=” in them."""
    for each in body.iter("*"):
        if each.tag == "a" and (id := each.get("id", "")):
            each.set("id", fit_id(id))
        if each.get("href", "").startswith("#") and "noteref" not in each.get("class", ""):
            each.set("href", f"#{fit_id(each.get('href', '')[1:])}")


def _unmark_words(body: HtmlElement) -> None:
    """Take the signs off words of references that lead to no figure or table: they stay as they are."""
    for each in body.iter("*"):
        if each.text and COUNTED in each.text and not each.get("data-auto"):
            each.text = each.text.replace(COUNTED, "")


def _linked(cut: list[CutChapter]) -> set[str]:
    """The ids that some chapter has and to which links lead from any."""
    ids = {id for chapter in cut for each in chapter.body.iter() if (id := each.get("id", ""))}
    links = {each.get("href", "").removeprefix("#") for chapter in cut for each in chapter.body.iter("a")}
    return ids & links


def _add_notes(body: HtmlElement, notes: Mapping[str, HtmlElement]) -> None:
    """The notes that a chapter calls, behind its text."""
    for call in [*body.iter("a")]:
        note = notes.get(call.get("href", "")[1:]) if "noteref" in call.get("class", "") else None
        if note is not None:
            body.append(note)


def _picture_names(document: OfficeDocument) -> dict[str, str]:
    """What pictures are called: by the document, so that those of two do not have one name. A drawing that cannot be
    printed has the name under which a person may save it.
    """
    stem = file_name_of(posixpath.splitext(posixpath.basename(document.source))[0], 40) or "document"
    names = {src: f"{stem}/{_readable(src, n)}" for n, src in enumerate(document.pictures, 1)}
    drawn = (src for image in document.body.iter("img") if (src := image.get("src", "")).lower().endswith(UNPRINTED))
    return names | {src: f"{stem}/{posixpath.splitext(posixpath.basename(src))[0]}.png" for src in drawn}


def _readable(src: str, n: int) -> str:
    """The name of a picture’s file; LibreOffice gives numbers of thirty digits, which nobody can tell apart."""
    stem, suffix = posixpath.splitext(posixpath.basename(src))
    return f"picture-{n:02d}{suffix.lower()}" if re.fullmatch(r"[0-9A-Fa-f]{20,}", stem) else f"{stem}{suffix}"


# ---- blocks


def _settle_headings(body: HtmlElement, document: OfficeDocument) -> None:
    """Paragraphs that are headings, with their language."""
    for element in body.iter("p", "li"):
        facts = document.facts(element)
        if facts.language:
            element.set("lang", facts.language)
        if facts.level and element.tag == "p" and _words(element):
            element.tag = f"h{min(6, facts.level)}"
        elif facts.is_rule and not _words(element) and next(element.iter("img"), None) is None:
            element.tag = "hr"


def _align_cells(body: HtmlElement, document: OfficeDocument) -> None:
    """Let cells be aligned as all their paragraphs are."""
    for cell in body.iter("td", "th"):
        sides = {document.facts(each).alignment for each in cell.iter("p") if _words(each)}
        if len(sides) == 1 and (side := _SIDES.get(sides.pop(), "")):
            cell.set("align", side)


def _like_headings(body: HtmlElement, document: OfficeDocument) -> list[Remark]:
    """Short bold paragraphs, which people take for headings, where a document has no heading at all."""
    if next(body.iter(*HEADINGS), None) is not None:
        return []
    like = [each for each in body.iterchildren("p") if _is_bold(each)]
    return [Remark("import-heading-guess", Severity.WARNING, document.place(each), _words(each)) for each in like]


def _title_page(document: OfficeDocument, remarks: list[Remark], taken: list[str]) -> tuple[TitlePage, bool]:
    """The title page, from paragraphs of these styles before the first heading, which are taken out of the text; and
    whether one of them was a title. The words of a byline are added to `taken`.
    """
    found: dict[str, list[str]] = {"title": [], "subtitle": [], "author": [], "date": []}
    for element in [*document.body]:
        role = document.facts(element).role
        if re.fullmatch(r"h[1-6]", str(element.tag)) or (role == "title" and found["title"]):
            break
        if role == "date" and not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", _words(element)):
            continue  # “last Monday” is no date that publication.yaml can have
        if role in found and _words(element) and next(element.iter("img"), None) is None:
            taken += [_words(element)] * bool(role == "author" and byline_of(_words(element)))
            found[role].append(_words(element))
            take_out(element)
    about = _without_programs(document.about)
    has_heading = next(document.body.iterchildren(*HEADINGS), None) is not None
    if not has_heading and not found["title"]:
        found["title"] += _bold_title(document, remarks)
    people = _byline(document.body, document, remarks, taken) if has_heading or found["title"] else ()
    for said in [each for each in found["subtitle"] if byline_of(each)]:
        found["subtitle"].remove(said)
        taken.append(said)
        people += byline_of(said)
    if people or found["author"]:
        named = (person for said in found["author"] for person in (byline_of(said) or ((said, "author"),)))
        people = tuple(dict.fromkeys((*named, *people)))
    if any(role == "author" for _, role in people):
        about = replace(about, creators=people)
    else:
        names = ", ".join(name for name, _ in about.creators)
        remarks += [Remark("import-author", Severity.ADVICE, Place(document.source), names)] * bool(names)
        about = replace(about, creators=(*about.creators, *people))
    title, subtitle = " ".join(found["title"]), " ".join(found["subtitle"])
    published = "".join(found["date"][:1]) or about.published
    return replace(about, title=title or about.title, subtitle=subtitle, published=published), bool(title)


def _bold_title(document: OfficeDocument, remarks: list[Remark]) -> list[str]:
    """The short bold line with which a document without styles begins, if a byline or a standfirst in italics follows
    it: it is the title, and no heading.
    """
    first, second, *_ = [*(each for each in document.body if each.tag != "p" or _words(each)), None, None]
    if first is None or second is None or first.tag != "p" or not _is_bold(first):
        return []
    if not byline_of(_words(second)) and not is_slanted(second):
        return []
    remarks.append(Remark("import-title-guess", Severity.ADVICE, document.place(first), _words(first)))
    take_out(first)
    return [_words(first)]


def _is_bold(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is short, and all of it bold."""
    words = _words(paragraph)
    is_whole = len(paragraph) > 0 and paragraph.find("strong") is not None and words == _words(paragraph[0])
    return is_whole and 0 < len(words) <= _LONGEST_HEADING


def _byline(body: HtmlElement, document: OfficeDocument, remarks: list[Remark], taken: list[str]) -> People:
    """Whom the byline names with which a text begins, taken out of it, and its words added to `taken`."""
    opening = takewhile(lambda each: each.tag == "p", [*body])
    lines = [each for each in opening if _words(each) and next(each.iter("img"), None) is None]
    places = {each: document.place(each) for each in lines}
    people, words = take_opening_byline(lines)
    if people:
        line = next(each for each in lines if each.getparent() is None)
        remarks.append(Remark("import-byline", Severity.ADVICE, places[line], words))
        taken.append(words)
    return people


def _without_programs(about: TitlePage) -> TitlePage:
    """The properties of a file without what programs write there by themselves."""
    people = tuple(each for each in about.creators if not _USERS.fullmatch(each[0]))
    return replace(about, title="" if _TITLES.fullmatch(about.title) else about.title, creators=people)


def _drop_empty(body: HtmlElement) -> None:
    for element in [*body.iter("p")]:
        is_empty = not _words(element) and next(element.iter("img", "math", "a", "br", "input"), None) is None
        parent = element.getparent()
        if (
            is_empty
            and parent is not None
            and parent.tag not in ("td", "th", "li", "aside")
            and parent.get("class") != "verse"
        ):
            element.tail = None
            parent.remove(element)


def _words(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
