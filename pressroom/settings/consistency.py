"""What the keys of publication.yaml say together: each may be well alone, and contradict another or do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom import forms
from pressroom.errors import Finding, advice, did_you_mean, error, warning
from pressroom.publication import Cover, Settings, isbn_digits, isbn_of

_OF_COVER_PICTURE = ("alt", "credit", "focus", "crop", "blur", "title_at", "ink")
"""Keys of `cover` that say something about its photograph, and those that are for the back of a printed cover."""
_OF_BACK = ("back", "blurb", "about", "price", "price_code")


def inconsistencies(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys that name what is not there, and for ISBNs that are none."""
    yield from _dangling(settings, reading)
    yield from _wrong_isbns(settings, reading)


def _dangling(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys that name an edition that does not exist."""
    names = list(settings.editions)
    for name in settings.identifiers:
        if name not in names:
            place = reading.keys[("identifiers", name)]
            yield error("edition-unknown", place, f"No edition is called “{name}”.", _offer(name, names))
    if "editions" not in settings.model_fields_set:
        return
    for name, edition in settings.editions.items():
        for fault in edition.contradictions(name):
            yield error(fault.id, reading.keys["editions", name, fault.key], fault.message, fault.remedy)
        other = edition.waits_for
        book = settings.editions.get(other.name) if other else None
        if other and not (book and book.page):
            place, pdfs = reading.place(("editions", name, other.key)), [n for n in names if settings.editions[n].page]
            remedy = _offer(other.name, pdfs) if pdfs else "Add one: print: {format: pdf, trim: 210x270mm, bleed: 3mm}."
            yield error("edition-unknown", place, f"No PDF edition is called “{other.name}”.", remedy)
        elif other and edition.wrap and book and book.page and book.page.proof:
            why = f"“{other.name}” is a proof with two pages to a sheet, so that the width of a spine is unknown."
            remedy = "Name the edition that goes to the printer."
            yield error("cover-of-proof", reading.place(("editions", name, other.key)), why, remedy)


def _wrong_isbns(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for ISBNs with a wrong digit, by which shops would find another book, or none."""
    for name, identifier in settings.identifiers.items():
        if not (isbn := isbn_of(identifier)):
            continue
        try:
            isbn_digits(isbn)
        except ValueError as fault:
            why = f"“{isbn}” is not an ISBN: {fault}. With it, shops would find another book, or none."
            remedy = "Copy it again from its source."
            yield error("isbn-wrong", reading.place(("identifiers", name)), why, remedy)


def doubts(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Warnings about settings that are valid, but are probably mistakes."""
    yield from _shared_isbns(settings, place_of)
    for n, subject in enumerate(settings.subjects):
        if subject.scheme not in ("keyword", "lcsh") and not subject.code:
            why = f"“{subject.name}” names the scheme {subject.scheme}, and has no code; shops sort by the code."
            yield warning("subject-incomplete", place_of(("subjects", n)), why, "Add code: …, or delete scheme: …")
        elif subject.scheme == "keyword" and subject.code:
            why = f"The code “{subject.code}” belongs to no scheme. Without one it has no meaning, and is left out."
            yield warning("subject-incomplete", place_of(("subjects", n, "code")), why, "Add scheme: thema, bisac …")

    claims = settings.accessibility
    for key in ("certifier_credential", "certifier_report"):
        if getattr(claims, key) and not claims.certified_by:
            why = "This credential or report names no certifier, so that it is left out."
            yield warning("certifier-missing", place_of(("accessibility", key)), why, "Write certified_by: … as well.")


def _shared_isbns(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Warnings about ISBNs that two editions share, though an ISBN identifies one product."""
    first: dict[str, str] = {}
    for name, identifier in settings.identifiers.items():
        isbn, edition = isbn_of(identifier), settings.editions.get(name)
        if not isbn or (edition and not edition.is_product):
            continue
        other = first.setdefault(isbn_digits(isbn), name)
        if other != name:
            why = f"“{name}” has the same ISBN as “{other}”; every product that is sold needs its own (ISO 2108)."
            remedy = "Write another ISBN, or none: then a unique identifier is made for it."
            yield warning("isbn-shared", place_of(("identifiers", name)), why, remedy)


def not_yet(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Advice on keys that are valid, and have no effect: in this version, or without another key."""
    for name, edition in settings.editions.items():
        if edition.page and edition.page.standard == "PDF/UA-1" and edition.for_press:
            why = f"“{name}” is for a press, and this version of Pressroom tags only what is for screens."
            remedy = "Add an edition with this standard and without bleed, marks and printer."
            yield advice("not-yet", place_of(("editions", name, "standard")), why, remedy)
    yield from _unused_of_cover(settings, place_of)


def _unused_of_cover(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Keys of `cover` about a photograph or a back that the cover does not have."""
    cover, has_back = settings.cover, any(edition.wrap for edition in settings.editions.values())
    typed = {key for key, field in Cover.model_fields.items() if getattr(cover, key) != field.default}
    for key in (key for key in _OF_COVER_PICTURE if key in typed and not cover.photograph):
        why = f"“cover.{key}” has no effect: the cover has no photograph, and is set in type alone."
        remedy = "Name one as well, photograph: fire.jpg; or delete the key."
        yield advice("key-unused", place_of(("cover", key)), why, remedy)
    for key in (key for key in _OF_BACK if key in typed and not has_back):
        why = f"“cover.{key}” has no effect: it is for the back of a printed cover, and no edition is one."
        remedy = "Add one, cover: {format: cover, for: print, caliper: 0.1mm}; or delete the key."
        yield advice("key-unused", place_of(("cover", key)), why, remedy)


def _offer(name: str, names: list[str]) -> str:
    return did_you_mean(name, names) or f"There are: {', '.join(names)}."
