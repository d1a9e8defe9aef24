"""The title page of an ebook: its metadata as publication.yaml has them, and remarks on those that it has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pressroom.errors import Severity
from pressroom.importing.brought import Remark, TitlePage
from pressroom.importing.ebook_package import EbookPackage
from pressroom.importing.html_source import parse_page
from pressroom.importing.html_tree import HtmlElement, plain_tree, words_in
from pressroom.importing.page_words import visible_words
from pressroom.publication.about import RELATOR_CODES

_ROLES = {code: name for name, code in RELATOR_CODES.items()}
_TOLD = ("identifier", "subject", "source", "coverage", "relation", "type")


def title_page(package: EbookPackage) -> TitlePage:
    """What an ebook says of itself, without its cover."""
    refined = _refinements(package.metadata)
    titles = [*_texts(package.metadata, "title")]
    kind = {id: refined.get((id, "title-type"), "") for id, _ in titles}
    main = next((text for id, text in titles if kind[id] == "main"), titles[0][1] if titles else "")
    return TitlePage(
        title=main,
        subtitle=next((text for id, text in titles if kind[id] == "subtitle" and text != main), ""),
        language=next((text for _, text in _texts(package.metadata, "language")), ""),
        creators=tuple(dict.fromkeys(_creators(package.metadata, refined))),
        publisher=next((text for _, text in _texts(package.metadata, "publisher")), ""),
        published=_day(package.metadata),
        description=_plain(next((text for _, text in _texts(package.metadata, "description")), "")),
        rights=next((text for _, text in _texts(package.metadata, "rights")), ""),
    )


def facts_left_out(package: EbookPackage) -> Iterator[Remark]:
    """Remarks on the metadata that a new edition has of its own, or that a person has to write."""
    for name in _TOLD:
        for _, text in _texts(package.metadata, name):
            yield Remark("import-fact", Severity.ADVICE, package.place("package"), f"{name}: {text}")


def _texts(metadata: HtmlElement, name: str) -> Iterator[tuple[str, str]]:
    """The ids and texts of one kind of metadata."""
    for each in metadata.iter(name):
        if words_in(each):
            yield each.get("id", ""), words_in(each)


def _refinements(metadata: HtmlElement) -> Mapping[tuple[str, str], str]:
    """What EPUB 3 says of single pieces of metadata, by their id and property."""
    return {
        (each.get("refines", "")[1:], each.get("property", "")): words_in(each)
        for each in metadata.iter("meta")
        if each.get("refines", "").startswith("#")
    }


def _creators(metadata: HtmlElement, refined: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    for name, default in (("creator", "author"), ("contributor", "contributor")):
        for each in metadata.iter(name):
            old = next((value for key, value in each.attrib.items() if str(key).endswith("role")), "")
            code = str(refined.get((each.get("id", ""), "role")) or old).strip().lower()
            if words_in(each) and code != "bkp":  # the program that made the file
                yield words_in(each), _ROLES.get(code, default)


def _day(metadata: HtmlElement) -> str:
    """The day of publication. EPUB 2 has several dates, each with its event."""
    dates = [each for each in metadata.iter("date") if words_in(each)]
    events = {each: next((v for k, v in each.attrib.items() if str(k).endswith("event")), "") for each in dates}
    wanted = [each for each in dates if events[each] in ("publication", "original-publication")] or dates
    match = re.match(r"\d{4}(-\d{2}(-\d{2})?)?", words_in(wanted[0])) if wanted else None
    return match[0] if match else ""


def _plain(text: str) -> str:
    """A description without the tags that some programs write into it."""
    try:
        return " ".join(visible_words(plain_tree(parse_page(text))).split()) if "<" in text else text
    except ValueError:
        return ""
