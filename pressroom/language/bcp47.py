"""Language tags (BCP 47): checks them against the IANA registry of subtags, and has their ISO 639-2 codes.

A wrong tag is worse than none: the text is read aloud in the wrong voice and not hyphenated, and shops refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pressroom.errors import did_you_mean

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?P<extended>(-[a-z]{3}){0,3})|[a-z]{4,8})"
    r"(-(?P<script>[a-z]{4}))?"
    r"(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*"
    r"(-x(-[a-z0-9]{1,8})+)?"
)
_EVERYDAY = frozenset(
    "ar de de-at de-ch de-de en en-au en-ca en-gb en-ie en-us es es-es fr fr-ca fr-ch fr-fr hy it nl pl pt pt-br pt-pt"
    " ru sv tr uk".split()
)
"""Tags that most publications have, in small letters. Of these the registry, a megabyte, need not be asked."""
_PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+")
_FOR_PRIVATE_USE = {
    "language": re.compile(r"q[a-t][a-z]"),
    "script": re.compile(r"qaa[a-z]|qab[a-x]"),
    "region": re.compile(r"aa|q[m-z]|x[a-z]|zz"),
}
"""Codes in the ranges for private use, which are not listed one by one in the registry."""
_NAMES = {"extlang": "language"}
_TYPED_INSTEAD = {"uk": "gb", "jp": "ja", "cz": "cs", "gr": "el", "dk": "da", "cn": "zh"}
"""Codes of countries that people type for a region or a language, and the subtag that they mean."""
_OWN_NAMES = {
    "deutsch": "de", "français": "fr", "español": "es", "italiano": "it", "português": "pt", "nederlands": "nl",
    "русский": "ru", "українська": "uk", "հայերեն": "hy", "العربية": "ar", "עברית": "he",
}  # fmt: skip
"""The names of languages in themselves; the registry has the English ones."""


def primary_subtag(tag: str) -> str:
    """The language in a tag, without script and region: `en` of en-GB."""
    return tag.partition("-")[0].lower()


def script_subtag(tag: str) -> str:
    """The script in a tag, as `Cyrl` of sr-Cyrl-RS; empty if the tag names none."""
    tag, _, _ = tag.lower().partition("-x-")  # what follows is for private use
    after_language = tag.split("-")[1:3]  # one subtag may come before it: zh-yue-Hant
    return next((part.title() for part in after_language if re.fullmatch("[a-z]{4}", part)), "")


_IN_TRADITIONAL_LETTERS = frozenset(["TW", "HK", "MO"])
"""Regions whose Chinese is written in traditional letters where the tag names no script (CLDR, likely subtags)."""


def written_language(tag: str) -> str:
    """The language in a tag as it is written: `en` of en-GB, but `zh-Hant` of zh-TW, whose letters are others."""
    primary, subtags = primary_subtag(tag), tag.upper().split("-")
    script = script_subtag(tag) or ("" if _IN_TRADITIONAL_LETTERS.isdisjoint(subtags) else "Hant")
    return "zh-Hant" if (primary, script) == ("zh", "Hant") else primary


def usual_tag(tag: str) -> str:
    """A tag in its usual capitals, en-GB of EN-gb (RFC 5646, 2.1.1); it may be a wrong one."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_capitals(code.lower()) for code in rest)])


@lru_cache(maxsize=256)
def tag_fault(tag: str) -> tuple[str, str] | None:
    """The fault of a language tag and the tag that may be meant; None for a tag that exists."""
    plain = tag.lower()
    if plain in _EVERYDAY or _PRIVATE.fullmatch(plain) or "grandfathered" in _kinds(plain):
        return None
    match = _TAG.fullmatch(plain)
    if not match:
        return f"“{tag}” is not a language tag", _meant(tag)
    for kind, code in _subtags(match):
        if not _exists(kind, code):
            start = plain.index(code) if kind == "language" else plain.rindex(code)
            return f"there is no {_NAMES.get(kind, kind)} “{tag[start : start + len(code)]}”", _meant(tag)
    variants = match["variants"].split("-")[1:]
    if len(variants) != len(set(variants)):
        return f"“{tag}” gives a variant twice", ""
    return None


def _subtags(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    language, *extended = match["language"].split("-")
    yield "language", language
    yield from (("extlang", code) for code in extended)
    yield from ((kind, match[kind]) for kind in ("script", "region") if match[kind])
    yield from (("variant", code) for code in match["variants"].split("-")[1:])


def _exists(kind: str, code: str) -> bool:
    private = _FOR_PRIVATE_USE.get(kind)
    return kind in _kinds(code) or bool(private and private.fullmatch(code))


def _kinds(code: str) -> list[str]:
    """The kinds of a code in the registry: language, script, region …; none for a range of codes, `qaa..qtz`."""
    if ".." in code:
        return []
    from language_tags import tags  # noqa: PLC0415 - it reads a megabyte, which asking for help need not wait for

    found: list[str] = tags.types(code)
    return found


def _meant(tag: str) -> str:
    """The existing tag that a wrong one may mean; empty if none is close."""
    first, *rest = re.split(r"[-_ ]+", tag.strip().lower())
    language = first if _exists("language", first) else _language_of(first)
    if not language:
        return ""
    tried = "-".join([language, *(_usual(code) for code in rest)])
    return tried if tried.lower() != tag.lower() and tag_fault(tried) is None else language


def _usual(code: str) -> str:
    """The subtag for a typed code, in its usual capitals (RFC 5646, 2.1.1)."""
    return _capitals(_TYPED_INSTEAD.get(code, code))


def _capitals(code: str) -> str:
    return code.upper() if len(code) == 2 else code.capitalize() if len(code) == 4 else code


@lru_cache(maxsize=64)
def _language_of(word: str) -> str:
    """The code of a language by its name, its country or its code of three letters; empty for any other word."""
    from language_tags import data  # noqa: PLC0415 - as above

    english = {
        name.lower(): str(record["Subtag"])
        for record in data.get("registry")
        if record["Type"] == "language" and len(record["Subtag"]) == 2
        for name in record["Description"]
    }
    known = _two_letters().get(word) or _TYPED_INSTEAD.get(word) or _OWN_NAMES.get(word) or english.get(word)
    close = re.search("“(.+)”", did_you_mean(word, english)) if not known and len(word) > 5 else None
    return known or (english[close[1]] if close else "")


# ---- ISO 639-2: the codes of three letters by which libraries and the book trade know languages.

UNCODED = "mis"
"""The code for a language that ISO 639-2 has no code for."""
_CODED_AS = {
    "hyw": "hy", "arb": "ar", "cmn": "zh", "pes": "fa", "prs": "fa", "ekk": "et", "lvs": "lv", "swh": "sw",
}  # fmt: skip
"""Languages that ISO 639-2 counts under a wider one: Western Armenian under Armenian."""
_ISO_639_3 = "2009-07-29"
"""On this day the registry took in the languages of ISO 639-3 (RFC 5646). Those before it are of ISO 639-2."""
_CODED_LATER = frozenset(["cnr", "zgh"])
"""Montenegrin and Moroccan Tamazight have had a code since."""
_WITHDRAWN = frozenset(["sh", "qaa..qtz"])
"""Serbo-Croatian has lost its code; the other is a range for private use."""


def bibliographic_code(tag: str) -> str:
    """The ISO 639-2/B code of a language tag’s language, as ONIX and library catalogues have it: `ger` for de-CH."""
    language = primary_subtag(tag)
    language = _CODED_AS.get(language, language)
    return _three_letters(language, "B") if language in _languages_of_iso_639_2() else UNCODED


def _three_letters(language: str, variant: str) -> str:
    """The code of three letters: the bibliographic one (B) or the terminological one (T), which few languages have."""
    from langcodes import Language  # noqa: PLC0415 - its tables take a tenth of a second to load

    return Language.get(language, normalize=False).to_alpha3(variant=variant)


@lru_cache(maxsize=1)
def _languages_of_iso_639_2() -> frozenset[str]:
    """The primary subtags whose language has a code in ISO 639-2."""
    from language_tags import data  # noqa: PLC0415 - as above

    languages = (record for record in data.get("registry") if record["Type"] == "language")
    early = {r["Subtag"] for r in languages if r["Added"] < _ISO_639_3 and "Deprecated" not in r}
    return frozenset(early - _WITHDRAWN | _CODED_LATER)


@lru_cache(maxsize=1)
def _two_letters() -> dict[str, str]:
    """The codes of two letters that language tags use, by those of three: `de` for `deu` and for `ger`."""
    short = [language for language in _languages_of_iso_639_2() if len(language) == 2]
    return {_three_letters(language, variant): language for language in short for variant in ("B", "T")}
