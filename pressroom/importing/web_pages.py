"""Web pages: an HTML article with its pictures, saved beside it or packed into it, becomes a chapter.

Scripts never run and nothing is fetched: pictures of the network are listed, and so is all that stands around the
article.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from pressroom.errors import Place, PressroomError, Severity, error
from pressroom.importing.archive import MOST_TEXT, SourceArchive
from pressroom.importing.article_heads import authors_in, day_in, record_of, take_head
from pressroom.importing.brought import Brought, BroughtChapter, Remark, TitlePage
from pressroom.importing.bylines import authors_of, photographers_of
from pressroom.importing.google_docs import direct_links, nest_lists, styled, take_comments
from pressroom.importing.html_captions import name_captions
from pressroom.importing.html_drawings import take_drawings
from pressroom.importing.html_main import beside, main_of, take_surroundings
from pressroom.importing.html_source import PACKED_NAME, page_text, parse_page, unpacked
from pressroom.importing.html_tree import HtmlElement, kinds, plain_tree, take_out, words_in
from pressroom.importing.list_looks import join_parted_lists, name_numerals
from pressroom.importing.markdown_of_html import markdown_of
from pressroom.importing.office.google_document import GoogleDocument, brought_of_google, is_of_google
from pressroom.importing.page_title import take_headline, take_section_numbers
from pressroom.importing.page_words import visible_words, without
from pressroom.importing.picture_collection import PictureCollection
from pressroom.importing.word_pages import settle_word_page
from pressroom.language.bcp47 import usual_tag
from pressroom.publication.about import file_name_of
from pressroom.whereabouts import leads_out

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-orig-file", "data-large-file", "data-full-src")
_STAND_IN = re.compile(
    r"(?:^|[/_-])(?:spacer|placeholder|blank|transparent|pixel|lazy|loading|1x1)\b[^/]*$", re.IGNORECASE
)
"""Names of pictures that only keep a place until a script has run."""
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+([\d.]+)[wx])?(?=\s*(?:,|$))")
"""An address in `srcset`, with its width."""
_REMOTE = re.compile(r"[A-Za-z][\w+.-]*://|//")
_SCRIPTS = ("script", "noscript", "template")
_TINY = 2
"""The pixels of a picture that only counts readers."""
PictureAt = Callable[[str], bytes | Path | None]
"""The picture at an address of a page; None if there is none."""


@dataclass
class _WebPage:
    """A page while it is read."""

    name: str
    """As places call it."""
    tree: HtmlElement
    pictures: PictureCollection = field(default_factory=PictureCollection)
    remarks: list[Remark] = field(default_factory=list)

    def place(self, element: HtmlElement) -> Place:
        return Place(self.name, int(element.sourceline or 0))

    def remark(self, id: str, severity: Severity, element: HtmlElement, what: str) -> None:
        self.remarks.append(Remark(id, severity, self.place(element), what))


def read_web_page(source: Path) -> Brought:
    """All that a saved page gives, with the pictures that lie beside it.

    Raises PressroomError for a page that cannot be read or holds nothing.
    """
    if source.stat().st_size > MOST_TEXT:
        raise _refusal(source, f"{source.name} has {source.stat().st_size / 1e6:.0f} MB, more than any article.")

    def picture_at(address: str) -> Path | None:
        file = source.parent / unquote(address.partition("?")[0])
        return file if file.is_file() and not leads_out(file, source.parent) else None

    return _brought(str(source), source.read_bytes(), source, picture_at)


def read_zipped_page(source: Path) -> Brought:
    """All that a zipped page gives, as Google Docs writes it: one page, and pictures in a folder beside it.

    Raises PressroomError for an archive that is damaged or a bomb, or a page that holds nothing.
    """
    archive = SourceArchive(source)
    pages = sorted(name for name in archive.names if name.lower().endswith((".html", ".htm", ".xhtml")))
    page = min(pages, key=lambda name: (name.count("/"), name))
    if archive.size(page) > MOST_TEXT:
        raise _refusal(source, f"{page} has {archive.size(page) / 1e6:.0f} MB, more than any article.")

    def picture_at(address: str) -> bytes | None:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address.partition("?")[0])))
        return archive.read(name) if archive.has(name) else None

    brought = _brought(str(source), archive.read(page), source, picture_at)
    others = (name for name in pages if name != page)
    told = (Remark("import-other-page", Severity.WARNING, Place(f"{source.name}/{name}"), name) for name in others)
    return replace(brought, remarks=(*brought.remarks, *told))


def _refusal(source: Path, why: str) -> PressroomError:
    remedy = "Open it in a browser, save the article alone, and import that."
    return PressroomError([error("import-broken", Place(str(source)), f"{why} Nothing was written.", remedy)])


def _brought(source: str, data: bytes, file: Path, picture_at: PictureAt) -> Brought:
    text = page_text(data)
    bare = unpacked(text.text)
    try:
        root = plain_tree(parse_page(bare.text))
    except ValueError:
        raise _refusal(file, f"{file.name} is a page without a word.") from None
    page = _WebPage(file.name, root)
    if text.broken:
        what = f"{text.broken} letters, read as {text.encoding}"
        page.remarks.append(Remark("import-letters", Severity.WARNING, Place(file.name), what))
    about = _about(root)
    body = root.find("body")
    if body is None:
        raise _refusal(file, f"{file.name} is a page without a word.")
    sheet = "\n".join(words for each in root.iter("style") if (words := each.text))
    main = _article(body, page, sheet)
    _take_pictures(main, page, lambda address: bare.pictures.get(address) or picture_at(address))
    if is_of_google(body):
        return brought_of_google(GoogleDocument(source, main, sheet, page.pictures, about, tuple(page.remarks)))
    title = take_headline(main)
    head = take_head(main, tuple(name for name, _ in about.creators))
    for element, words in head.left_out:
        page.remark("import-left-out", Severity.ADVICE, element, words)
    about = replace(about, creators=about.creators or head.people)
    made = markdown_of(main, page.pictures.names, page.place, language=about.language)
    made = replace(made, text=re.sub(r"\A(?:---\n+)+", "", made.text))  # no break before the first word
    if not made.text and not title.title:
        raise _refusal(file, f"{file.name} is a page without a word.")
    words = without("\n".join((title.title, title.subtitle, visible_words(main))), made.taken)
    heading = title.title or about.title
    if title.title.casefold() in about.title.casefold():  # “The mill – The Daily Post”
        about = replace(about, title=heading)
    chapter = BroughtChapter(
        file_name_of(heading) or file_name_of(file.stem) or "page",
        heading,
        made.text,
        {"subtitle": title.subtitle, "author": authors_of(about.creators), "credit": photographers_of(head.people)},
        source=file.name,
    )
    remarks = (*page.remarks, *made.remarks)
    return Brought(source, (chapter,), tuple(page.pictures.pictures), title_page=about, remarks=remarks, words=words)


def _about(root: HtmlElement) -> TitlePage:
    """What the head of a page says of it."""
    metas = [(each.get("name") or each.get("property") or "", each.get("content", "")) for each in root.iter("meta")]
    said = {name.lower(): content for name, content in metas}
    title = next((words_in(each) for each in root.iter("title") if words_in(each)), "")
    record = record_of(root)
    return TitlePage(
        title=" ".join((said.get("og:title") or title).split()),
        language=_language(root),
        creators=tuple((name, "author") for name in authors_in(root, record)),
        published=day_in(root, record),
        description=" ".join((said.get("description") or said.get("og:description") or "").split()),
    )


def _language(root: HtmlElement) -> str:
    """The language of a page; Word writes it on the body, in capitals."""
    said = root.get("lang") or next((each.get("lang", "") for each in root.iter("body")), "")
    return usual_tag(said.strip())


# ---- the article


def _article(body: HtmlElement, page: _WebPage, sheet: str) -> HtmlElement:
    """The article of a page, with all that stands around it told."""
    for comment, words in take_comments(body):
        page.remark("import-comment", Severity.ADVICE, comment, words)
    for id, element, words in settle_word_page(body):
        page.remark(id, Severity.ADVICE if id == "import-contents" else Severity.WARNING, element, words)
    _show_lazy(body)
    for script in [each for each in page.tree.iter(*_SCRIPTS) if "math/tex" not in each.get("type", "")]:
        if script.tag == "script":
            page.remark("import-script", Severity.ADVICE, script, script.get("src", "")[:80])
        take_out(script)
    main = main_of(body)
    for element, words in [*beside(body, main), *take_surroundings(main)]:
        page.remark("import-left-out", Severity.ADVICE, element, words)
    for heading, number in take_section_numbers(main):
        page.remark("import-chapter-number", Severity.ADVICE, heading, number)
    name_captions(main)
    styled(main, sheet)
    name_numerals(main, sheet)
    nest_lists(main)
    join_parted_lists(main)
    direct_links(main)
    return main


def _show_lazy(body: HtmlElement) -> None:
    """Give pictures that a script would load their addresses; what is only for readers without scripts is that."""
    for hidden in [*body.iter("noscript")]:
        _show_for_all(hidden)
    for picture in body.iter("img"):
        lazy = next((value for name in _LAZY if (value := picture.get(name))), "")
        shown = picture.get("src", "")
        is_stand_in = not shown or shown.startswith(PACKED_NAME) or bool(_STAND_IN.search(shown))
        if lazy and is_stand_in:
            picture.set("src", lazy)
        elif is_stand_in and (several := _largest_of(picture)):
            picture.set("src", several)


def _show_for_all(hidden: HtmlElement) -> None:
    """Show the picture that a page has for readers without scripts, if no other stands beside it."""
    holder, pictures = hidden.getparent(), [*hidden.iter("img")]
    if holder is None or len(pictures) != 1 or any(each not in pictures for each in holder.iter("img")):
        return
    hidden.addprevious(pictures[0])


def _largest_of(picture: HtmlElement) -> str:
    """The largest of the files that a picture has for several screens, by what is said of their widths."""
    around = next(picture.iterancestors("picture"), None)
    sources = [*around.iter("source")] if around is not None else []
    said = [each.get(name, "") for each in (*sources, picture) for name in ("srcset", "data-srcset")]
    found = [match for text in said for match in _CANDIDATE.finditer(text)]
    kept = [each for each in found if not _REMOTE.match(each[1])] or found
    return max(kept, key=lambda each: float(each[2] or 1))[1] if kept else ""


# ---- pictures


def _take_pictures(main: HtmlElement, page: _WebPage, picture_at: PictureAt) -> None:
    """Collect the pictures of an article. Those of the network stay addresses, and are listed."""
    take_drawings(main, page.pictures, "page")
    for picture in [*main.iter("img")]:
        if _is_counter(picture):
            page.remark("import-left-out", Severity.ADVICE, picture, f"<img> {picture.get('src', '')[:80]}")
            take_out(picture)
            continue
        address = picture.get("src", "").strip()
        if not address or address in page.pictures.names or _REMOTE.match(address):
            continue
        content = _content(address, picture_at)
        if content is not None:
            is_packed = address.startswith(PACKED_NAME)
            name = f"picture-{address.removeprefix(PACKED_NAME)}" if is_packed else posixpath.basename(unquote(address))
            place = page.place(picture)
            page.pictures.add(address, content, name.partition("?")[0], f"data: in {place}" if is_packed else address)


def _content(address: str, picture_at: PictureAt) -> bytes | Path | None:
    try:
        return picture_at(address)
    except (OSError, ValueError, PressroomError):  # a name that no system can have, or a damaged file in an archive
        return None


def _is_counter(picture: HtmlElement) -> bool:
    """Whether a picture is so small that it only counts readers."""
    sizes = [picture.get(name, "").removesuffix("px") for name in ("width", "height")]
    return all(size.isdigit() and int(size) <= _TINY for size in sizes) or "pixel" in kinds(picture)
