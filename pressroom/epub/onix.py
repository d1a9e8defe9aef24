"""The ebook's record for the book trade, in ONIX for Books 3.0, with reference names.

Codes are those of issue 75 of EDItEUR’s code lists; a comment beside each names its list. A record has the metadata of
the publication and the features counted in the finished ebook. It leaves out what the publication does not state:
prices, sales rights, audience. The same ebook gives the same bytes; times are those of the ebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from pressroom.design.composition import Composition
from pressroom.epub.accessibility import Survey
from pressroom.language.bcp47 import bibliographic_code, script_subtag
from pressroom.publication import (
    Accessibility,
    Creator,
    Settings,
    Subject,
    isbn_digits,
    isbn_of,
)

_NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
_ROLES: Mapping[str, str] = {
    "author": "A01", "photographer": "A13", "editor": "B01", "illustrator": "A12", "translator": "B06",
    "compiler": "C01", "contributor": "A32", "designer": "A11", "book designer": "A11", "cover designer": "A36",
    "cartographer": "A39", "interviewer": "A43", "interviewee": "A44", "author of introduction": "A24",
    "author of afterword": "A19", "curator": "C04", "researcher": "A51", "typographer": "A11",
}  # fmt: skip
"""List 17. In ONIX, publishers, printers and proofreaders are not contributors."""
_SCHEMES: Mapping[str, str] = {
    "aat": "08", "bic": "12", "bisac": "10", "clc": "88", "clil": "29", "ddc": "01", "eurovoc": "B0", "lcsh": "04",
    "medtop": "24", "ndc": "40", "thema": "93", "udc": "09", "wgs": "26",
}  # fmt: skip
"""List 27; IPTC’s media topics have no code there (24: by name)."""
_WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVEL = {"A": "84", "AA": "85", "AAA": "86"}


@dataclass(frozen=True)
class EbookFacts:
    """The facts about an ebook that are known once it is built."""

    survey: Survey
    bytes: int
    modified: datetime
    pages_from: str = ""
    """The name of the print edition whose page list the ebook has."""
    pages: int = 0
    """The number of that edition's pages."""


def onix_record(composition: Composition, made: EbookFacts) -> bytes:
    """The record of an ebook, as an XML document in UTF-8. The publication must name its publisher."""
    settings = composition.publication.settings
    assert settings.publisher  # the sender; preflight requires it
    identifier = settings.identifier(composition.name)
    is_out = bool(settings.published and settings.published <= made.modified.astimezone(UTC).date())
    sent = made.modified.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    product = _tag(
        "Product",
        _tag("RecordReference", identifier),
        _tag("NotificationType", "03" if is_out else "02"),  # list 1: confirmed on publication; advance
        *_identifiers(identifier),
        _tag("DescriptiveDetail", *_described(settings, made)),
        *_collateral(settings),
        _tag("PublishingDetail", *_published(settings, is_out=is_out)),
        *_related(settings, composition.name, made.pages_from),
    )
    header = _tag("Header", _tag("Sender", _tag("SenderName", settings.publisher)), _tag("SentDateTime", sent))
    message = _tag("ONIXMessage", header, product)
    message.set("release", "3.0")
    return etree.tostring(message, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _tag(name: str, *content: str | etree._Element) -> etree._Element:
    """An element with text or child elements."""
    element = etree.Element(f"{{{_NAMESPACE}}}{name}", nsmap={None: _NAMESPACE})
    for piece in content:
        if isinstance(piece, str):
            element.text = " ".join(piece.split())
        else:
            element.append(piece)
    return element


def _identifiers(identifier: str) -> Iterator[etree._Element]:
    """An ISBN as GTIN-13 and as ISBN-13, or a DOI, else the identifier unchanged (list 5)."""
    isbn, doi = isbn_of(identifier), re.fullmatch(r"(?i)(?:doi:|https?://(?:dx\.)?doi\.org/)(10\..+)", identifier)
    if isbn:
        known = {"03": isbn_digits(isbn), "15": isbn_digits(isbn)}
    elif doi:
        known = {"06": doi[1]}
    else:
        known = {"22" if identifier.lower().startswith("urn:") else "01": identifier}
    for kind, value in known.items():
        named = [_tag("IDTypeName", "URI")] if kind == "01" else []
        yield _tag("ProductIdentifier", _tag("ProductIDType", kind), *named, _tag("IDValue", value))


def _described(settings: Settings, made: EbookFacts) -> Iterator[etree._Element]:
    """The description of the product: form, title, contributors, language and subjects."""
    survey = made.survey
    yield _tag("ProductComposition", "00")  # list 2: single item
    yield _tag("ProductForm", "ED")  # list 150: to be downloaded
    yield _tag("ProductFormDetail", "E101")  # list 175: EPUB …
    yield _tag("ProductFormDetail", "E200" if survey.reflows else "E201")
    yield _feature("15", "101F")  # list 220: EPUB 3.3
    yield from _accessibility(settings.accessibility, survey)
    yield _tag("PrimaryContentType", "10")  # list 81: text
    if survey.pictures:
        yield _tag("ProductContentType", "07")  # still pictures
    yield _tag("EpubTechnicalProtection", "00")  # list 144: none
    yield from _licence(settings.license)
    yield from _series(settings)
    yield _tag("TitleDetail", _tag("TitleType", "01"), _title("01", settings.title, settings.subtitle or ""))
    yield from _contributors(settings)
    yield _language(settings.language)
    if made.pages:
        yield _extent("08", made.pages, "03")  # list 23: pages of the printed counterpart
    yield _extent("22", made.bytes, "17")  # size of the file, in bytes
    yield _tag("Illustrated", "02" if survey.pictures else "01")  # list 152
    yield from _subjects(settings.subjects)


def _feature(kind: str, value: str, description: str = "") -> etree._Element:
    described = [_tag("ProductFormFeatureDescription", description)] if description else []
    return _tag(
        "ProductFormFeature", _tag("ProductFormFeatureType", kind), _tag("ProductFormFeatureValue", value), *described
    )


def _accessibility(stated: Accessibility, survey: Survey) -> Iterator[etree._Element]:
    """The counted features and the publisher's claims (list 196), and the absence of hazards (list 143)."""
    summary = _feature("09", "00", stated.summary or survey.summary)
    if not stated.summary:
        summary[-1].set("language", "eng")
    yield summary
    yield from (_feature("09", code, description) for code, description in _claim(stated))
    features = {
        "11": True,  # contents
        "12": survey.index,
        "13": True,  # one reading order
        "14": survey.pictures > 0 and survey.is_described,
        "15": survey.pictures > 0 and survey.long_descriptions == survey.pictures,
        "19": survey.page_breaks,
        "29": survey.headings,
        "30": survey.roles,
        "32": survey.landmarks,
        "36": survey.reflows,
        "41": survey.page_list,
        "52": survey.is_described,  # all content can be read without sight
    }
    yield from (_feature("09", code) for code, is_present in features.items() if is_present)
    yield from (_feature("12", code) for code in ("14", "16", "18"))  # no flashes, no sounds, no simulated motion


def _claim(stated: Accessibility) -> Iterator[tuple[str, str]]:
    if not stated.conforms_to:
        return
    version, level = stated.conforms_to.removeprefix("EPUB Accessibility 1.1 - WCAG ").split(" Level ")
    yield "04", stated.certifier_report or ""
    yield _WCAG[version], ""
    yield _LEVEL[level], ""
    if stated.certified_by:
        yield "90", stated.certified_by


def _licence(address: str | None) -> Iterator[etree._Element]:
    """The licence: its name, if the address is one of Creative Commons, and its address."""
    if not address:
        return
    common = re.match(r"https?://creativecommons\.org/(?:licenses/([a-z-]+)|publicdomain/(zero))/([\d.]+)", address)
    name = f"CC {common[1].upper()} {common[3]}" if common and common[1] else f"CC0 {common[3]}" if common else address
    link = (_tag("EpubLicenseExpressionType", "01"), _tag("EpubLicenseExpressionLink", address))  # list 218: for people
    yield _tag("EpubLicense", _tag("EpubLicenseName", name), _tag("EpubLicenseExpression", *link))


def _series(settings: Settings) -> Iterator[etree._Element]:
    if series := settings.series:
        title = _tag("TitleDetail", _tag("TitleType", "01"), _title("02", series.name, number=series.number or ""))
        yield _tag("Collection", _tag("CollectionType", "10"), title)  # list 148: of the publisher


def _title(level: str, text: str, subtitle: str = "", *, number: str = "") -> etree._Element:
    """A title of the product (level 01) or of its series (level 02); list 149."""
    pieces = {"PartNumber": number, "TitleText": text, "Subtitle": subtitle}
    present = (_tag(name, piece) for name, piece in pieces.items() if piece)
    return _tag("TitleElement", _tag("TitleElementLevel", level), *present)


def _contributors(settings: Settings) -> Iterator[etree._Element]:
    """Every contributor once, with all their roles, in the order of the title page."""
    people: dict[str, list[Creator]] = {}
    for creator in settings.creators:
        if creator.role in _ROLES:
            people.setdefault(creator.name, []).append(creator)
    for n, entries in enumerate(people.values(), 1):
        roles = dict.fromkeys(_role(entry, settings.creators) for entry in entries)
        tags = [_tag("SequenceNumber", str(n)), *(_tag("ContributorRole", role) for role in roles)]
        file_as = next((entry.file_as for entry in entries if entry.file_as), None)
        yield _tag("Contributor", *tags, *_name(entries[0].name, file_as, settings.publisher))
    if not people:
        yield _tag("NoContributor")


def _role(creator: Creator, creators: Sequence[Creator]) -> str:
    """The role of a creator; a photographer is A08 in a book without an author, else a contributor (A13)."""
    if creator.role == "photographer" and all(other.role != "author" for other in creators):
        return "A08"
    return _ROLES[creator.role]


def _name(name: str, file_as: str | None, publisher: str | None) -> Iterator[etree._Element]:
    """A person’s name, and its inverted form; an organisation has one form only."""
    if name in (file_as, publisher):
        yield _tag("CorporateName", name)
        return
    yield _tag("PersonName", name)
    if file_as:
        yield _tag("PersonNameInverted", file_as)
        key, comma, before = file_as.partition(", ")
        if comma and f"{before} {key}" == name:
            yield _tag("NamesBeforeKey", before)
            yield _tag("KeyNames", key)


def _language(tag: str) -> etree._Element:
    """The language of the text (list 22) as an ISO 639-2 code, and the script if the tag names one."""
    script = script_subtag(tag)
    is_listed = bool(script) and not script.startswith("Qa")  # codes for private use
    scripts = [_tag("ScriptCode", script)] if is_listed else []
    return _tag("Language", _tag("LanguageRole", "01"), _tag("LanguageCode", bibliographic_code(tag)), *scripts)


def _extent(kind: str, value: int, unit: str) -> etree._Element:
    return _tag("Extent", _tag("ExtentType", kind), _tag("ExtentValue", str(value)), _tag("ExtentUnit", unit))


def _subjects(subjects: Sequence[Subject]) -> Iterator[etree._Element]:
    """Subjects by code, the first of each scheme as the main subject; subjects without a code become keywords."""
    seen: set[str] = set()
    keywords: list[str] = []
    for subject in subjects:
        scheme = _SCHEMES.get(subject.scheme)
        if scheme is None or not (subject.code or subject.scheme == "lcsh"):
            keywords.append(subject.name)
            continue
        main = [] if subject.scheme in seen else [_tag("MainSubject")]
        seen.add(subject.scheme)
        named = [_tag("SubjectSchemeName", "IPTC Media Topics")] if subject.scheme == "medtop" else []
        code = [_tag("SubjectCode", subject.code)] if subject.code else []
        heading = _tag("SubjectHeadingText", subject.name)
        yield _tag("Subject", *main, _tag("SubjectSchemeIdentifier", scheme), *named, *code, heading)
    if keywords:
        yield _tag("Subject", _tag("SubjectSchemeIdentifier", "20"), _tag("SubjectHeadingText", "; ".join(keywords)))


def _collateral(settings: Settings) -> Iterator[etree._Element]:
    if settings.description:
        kind, audience = _tag("TextType", "03"), _tag("ContentAudience", "00")  # list 153: description; 154: for all
        yield _tag("CollateralDetail", _tag("TextContent", kind, audience, _tag("Text", settings.description)))


def _published(settings: Settings, *, is_out: bool) -> Iterator[etree._Element]:
    publisher = settings.publisher or ""
    yield _tag("Publisher", _tag("PublishingRole", "01"), _tag("PublisherName", publisher))  # list 45
    day = settings.published
    yield _tag("PublishingStatus", "00" if day is None else "04" if is_out else "02")  # list 64: active; forthcoming
    if day:
        date = (_tag("PublishingDateRole", "01"), _tag("Date", day.strftime("%Y%m%d")))  # list 163: publication
        yield _tag("PublishingDate", *date)
    yield from _copyright(settings)


def _copyright(settings: Settings) -> Iterator[etree._Element]:
    """The year of a copyright line such as “© 2023 Example Press”, and the owner, if that is a creator or publisher."""
    match = re.match(
        r"(?:©|\(c\)|copyright(?: ©)?)\s*(\d{4})\b(?:\s+(?:by\s+)?([^.,;]+))?", settings.rights or "", re.IGNORECASE
    )
    if not match:
        return
    owner = (match[2] or "").strip()
    known = {creator.name: "PersonName" for creator in settings.creators if creator.file_as not in (None, creator.name)}
    known[settings.publisher or ""] = "CorporateName"
    owners = [_tag("CopyrightOwner", _tag(known[owner], owner))] if owner in known and owner else []
    yield _tag("CopyrightStatement", _tag("CopyrightYear", match[1]), *owners)


def _related(settings: Settings, name: str, pages_from: str) -> Iterator[etree._Element]:
    """The other products of the book, by their ISBNs (list 51)."""
    products = []
    for other, identifier in settings.identifiers.items():
        edition = settings.editions.get(other)
        is_product = other != name and (edition is None or edition.is_product)
        if not is_product or not isbn_of(identifier) or settings.identifier(other) == settings.identifier(name):
            continue
        is_print = other == pages_from and not (edition and edition.ebook)
        codes = ["06", "13"] if is_print else ["06"]  # another format; made after the printed one
        relations = (_tag("ProductRelationCode", code) for code in codes)
        products.append(_tag("RelatedProduct", *relations, *_identifiers(settings.identifier(other))))
    if products:
        yield _tag("RelatedMaterial", *products)
