"""The package's metadata (EPUB 3.3, section 5.5), for shops, reading systems and libraries.

Each refinement directly follows the element that it refines, because some reading systems do not search further.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from lxml import etree

from pressroom.design.composition import Composition
from pressroom.epub.accessibility import HAZARDS, Survey
from pressroom.publication import Accessibility, Creator, Publication, Series, Settings, Subject
from pressroom.publication.about import RELATOR_CODES

IDENTIFIER_ID = "publication-id"
"""The XML id of the package's unique identifier."""
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CREATORS = frozenset({"author", "photographer", "illustrator", "compiler", "editor", "curator", "interviewer"})
"""Roles of creators; all others are contributors."""
_AUTHORITIES: Mapping[str, str] = {
    "aat": "AAT", "bic": "BIC", "bisac": "BISAC", "clc": "CLC", "clil": "CLIL", "ddc": "DDC", "eurovoc": "EuroVoc",
    "lcsh": "LCSH", "medtop": "MEDTOP", "ndc": "NDC", "thema": "Thema", "udc": "UDC", "wgs": "WGS",
}  # fmt: skip
"""Spelled as in the registry of subject authorities for EPUB 3."""


def describe(
    composition: Composition, modified: datetime, survey: Survey, cover_id: str, pages_from: str = ""
) -> etree._Element:
    """The `metadata` element of a composition. `cover_id` is the cover picture's id in the manifest, empty if there is
    none; `pages_from` is the identifier of the print edition whose page list the ebook has.
    """
    settings = composition.publication.settings
    metadata = etree.Element("metadata", nsmap={"dc": _DC})
    metadata.append(_dc("identifier", settings.identifier(composition.name), IDENTIFIER_ID))
    metadata.extend(_titles(settings))
    metadata.extend(_dc("language", language) for language in _languages(composition.publication))
    metadata.extend(_people(settings.creators))
    metadata.extend(_facts(settings))
    metadata.extend(_subjects(settings.subjects))
    metadata.extend(_series(settings.series))
    metadata.append(_meta("dcterms:modified", modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")))
    metadata.extend(_accessibility(composition.accessibility, survey))
    metadata.extend(_pages(pages_from) if pages_from else ())
    if cover_id:
        metadata.append(_old_meta("cover", cover_id))
    return metadata


def _languages(publication: Publication) -> Iterator[str]:
    """The publication's language first, then those of its chapters."""
    spoken = [publication.settings.language, *(chapter.language for chapter in publication.chapters())]
    yield from dict.fromkeys(filter(None, spoken))


def _titles(settings: Settings) -> Iterator[etree._Element]:
    yield _dc("title", settings.title, "title")
    yield _meta("title-type", "main", refines="title")
    if settings.subtitle:
        yield _dc("title", settings.subtitle, "subtitle")
        yield _meta("title-type", "subtitle", refines="subtitle")


def _people(creators: Sequence[Creator]) -> Iterator[etree._Element]:
    """Every contributor once, with all roles, so that a photographer who is also the author is listed once."""
    people: dict[str, list[Creator]] = {}
    for creator in creators:
        people.setdefault(creator.name, []).append(creator)
    seen: Counter[str] = Counter()
    for name, entries in people.items():
        kind = "creator" if any(entry.role in _CREATORS for entry in entries) else "contributor"
        seen[kind] += 1
        id = f"{kind}-{seen[kind]}"
        yield _dc(kind, name, id)
        for code in dict.fromkeys(RELATOR_CODES[entry.role] for entry in entries):
            yield _meta("role", code, refines=id, scheme="marc:relators")
        for file_as in [entry.file_as for entry in entries if entry.file_as][:1]:
            yield _meta("file-as", file_as, refines=id)
        yield _meta("display-seq", str(seen[kind]), refines=id)


def _facts(settings: Settings) -> Iterator[etree._Element]:
    facts = {
        "publisher": settings.publisher,
        "date": settings.published and settings.published.isoformat(),
        "rights": settings.rights,
        "description": settings.description,
        "source": settings.source,
    }
    yield from (_dc(name, text) for name, text in facts.items() if text)
    if settings.license:
        yield etree.Element("link", rel="dcterms:license", href=settings.license)


def _subjects(subjects: Sequence[Subject]) -> Iterator[etree._Element]:
    """Subjects by name; a code is written together with its scheme, since EPUB 3.3 allows neither alone."""
    for n, subject in enumerate(subjects, 1):
        id = f"subject-{n}"
        yield _dc("subject", subject.name, id)
        if subject.code and subject.scheme in _AUTHORITIES:
            yield _meta("authority", _AUTHORITIES[subject.scheme], refines=id)
            yield _meta("term", subject.code, refines=id)


def _series(series: Series | None) -> Iterator[etree._Element]:
    """The series in the terms of EPUB 3 and of calibre. Neither allows a number such as “IV”."""
    if series is None:
        return
    yield _meta("belongs-to-collection", series.name, id="series")
    yield _meta("collection-type", "series", refines="series")
    if series.number and re.fullmatch(r"\d+(\.\d+)*", series.number):
        yield _meta("group-position", series.number, refines="series")
    yield _old_meta("calibre:series", series.name)
    if series.number and re.fullmatch(r"\d+(\.\d+)?", series.number):
        yield _old_meta("calibre:series_index", series.number)


def _accessibility(stated: Accessibility, survey: Survey) -> Iterator[etree._Element]:
    """The metadata of EPUB Accessibility 1.1, section 2, and the publisher’s claim if there is one."""
    terms = {
        "accessMode": survey.modes,
        "accessModeSufficient": survey.sufficient_modes,
        "accessibilityFeature": survey.features,
        "accessibilityHazard": HAZARDS,
    }
    yield from (_meta(f"schema:{name}", value) for name, values in terms.items() for value in values)
    summary = _meta("schema:accessibilitySummary", stated.summary or survey.summary)
    if not stated.summary:
        summary.set(_XML_LANG, "en")
    yield summary
    yield from _claim(stated)


def _claim(stated: Accessibility) -> Iterator[etree._Element]:
    """The standard that the publisher claims, and who certifies it (EPUB Accessibility 1.1, section 4).

    Pressroom never makes the claim itself, since a person must evaluate the ebook. A certifier can be named without it.
    """
    if stated.conforms_to:
        yield _meta("dcterms:conformsTo", stated.conforms_to, id="conformance")
    if not stated.certified_by:
        return
    refines = "conformance" if stated.conforms_to else ""
    yield _meta("a11y:certifiedBy", stated.certified_by, refines=refines, id="certifier")
    if stated.certifier_credential:
        yield _meta("a11y:certifierCredential", stated.certifier_credential, refines="certifier")
    if stated.certifier_report:
        yield etree.Element("link", rel="a11y:certifierReport", refines="#certifier", href=stated.certifier_report)


def _pages(source: str) -> Iterator[etree._Element]:
    """The source of the page numbers, in the terms of EPUB Accessibility 1.1 and in those of reading systems."""
    yield _meta("pageBreakSource", source)
    yield _dc("source", source, "pages-from")
    yield _meta("source-of", "pagination", refines="pages-from")


def _dc(name: str, text: str, id: str = "") -> etree._Element:
    element = etree.Element(f"{{{_DC}}}{name}", nsmap={"dc": _DC})
    return _filled(element, text, id=id)


def _meta(property: str, text: str, *, refines: str = "", scheme: str = "", id: str = "") -> etree._Element:
    element = etree.Element("meta", property=property)
    return _filled(element, text, refines=f"#{refines}" if refines else "", scheme=scheme, id=id)


def _filled(element: etree._Element, text: str, **attributes: str) -> etree._Element:
    element.attrib.update({name: value for name, value in attributes.items() if value})
    element.text = " ".join(text.split())
    return element


def _old_meta(name: str, content: str) -> etree._Element:
    """A `meta` element of EPUB 2, for programs that read no others."""
    return etree.Element("meta", name=name, content=content)
