"""Cues in captions: the words that name a maker, a day, a place or a side of a picture, language by language.

Wrong advice costs more than none: whatever may name a day or a place counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from pressroom.language.bcp47 import primary_subtag
from pressroom.language.dates import names_in_cldr

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


# ---- makers

_MAKER = re.compile(
    r"©|\(c\) ?[^\W\d_]|\bcourtesy\b|\bcredits?\b ?:"
    r"|\b(?:photo(?:graph)?|picture|image|drawing)s?\b ?(?:by|credit|[:/|©])"
    r"|\b(?:foto|fotografie|fotograf[ií]a|fotografia|bild|zdjęcie|fénykép|kuva)s?\b ?(?:[:/|©]|von|de|di|av|af)"
    r"|\bphotos?\b ?(?:de|du)\b|\bcr[ée]dit\w*\b ?:|\bфото\w*\b ?[:/|©]|(?:写真|撮影|摄影|攝影|사진) ?[:：/]"
    r"|(?:صورة|تصوير) ?[:：]|[\[(][^\[\]()]+ ?/ ?[^\[\]()]+[\])][.\s]*$",
    re.IGNORECASE,
)
"""How captions name the maker of a picture: “Photo: Ann Doe”, “© Ann Doe”, “(Ann Doe/Agency)” at their end."""


def names_maker(caption: str) -> bool:
    """Whether a caption seems to name who made the picture."""
    return bool(_MAKER.search(caption))


# ---- sentences

_ENDS = re.compile(r"[.!?…։؟۔。｡！？．।॥።။។]$")
"""The full stops, question marks and exclamation marks of the scripts of the world."""
_CLOSING = " \u00a0\u202f\"'”’“‘»«›‹)]}」』）】"
"""What may stand after the full stop: spaces, quotes and brackets."""


def ends_as_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, or with what stands for one in its script."""
    return bool(_ENDS.search(text.rstrip(_CLOSING)))


# ---- days

_CAPITALISED = frozenset(["en", "de"])
"""Here months are written with a capital, and “may” and “march” are verbs. Elsewhere a capital opens a sentence."""
_UNDECLINED = frozenset(["en", "de", "fr", "es", "it"])
"""Names of months and days keep their form. In other languages endings change, and the beginning of a name counts."""
_NOT_IN_CLDR: Mapping[str, frozenset[str]] = {
    "de": frozenset(["Jänner", "Sonnabend"]),
    "es": frozenset(["setiembre"]),
    "ru": frozenset(["мае"]),
}
"""Regional names; and of “май” a case whose beginning is too short to count."""
_ENDING = re.compile(r"[аеийоуыьэюяաեէըիոօւ]+$")
"""The vowels, and the soft sign, that a case changes at the end of a Russian or Armenian name."""
_RELATIVE: Mapping[str, frozenset[str]] = {
    "en": frozenset("today yesterday tonight century centuries".split()),
    "de": frozenset("heute gestern vorgestern jahrhundert jahrhunderts".split()),
    "fr": frozenset("aujourd hier siècle".split()),
    "es": frozenset("hoy ayer anteayer anoche siglo".split()),
    "it": frozenset("oggi ieri secolo".split()),
    "ru": frozenset("сегодня вчера позавчера накануне века веке".split()),
    "hy": frozenset("այսօր երեկ դարի դարում".split()),
}
"""Words for a day that is counted from the one of the photograph, and for a century."""
_NO_LETTER = r"(?![^\W\d_])"
_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d|2100)(?!\d)")
_IN_FIGURES = re.compile(r"(?<!\d)(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.\s?\d{1,2}\.|\d{1,2}/\d{1,2})(?!\d)")
_THIS_WEEK = re.compile(r"\b(?:this|last|next|past) (?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b")


def misses_date(caption: str, language: str, *, known: bool = False) -> bool:
    """Whether a caption names no day, month or year. `known` says that the photograph's file has a date.

    In a language of which only the names in CLDR are known, any digit may be a date, and one is missed only where the
    file has it.
    """
    tongue = primary_subtag(language)
    if tongue not in _RELATIVE:
        return known and not any(character.isdigit() for character in caption) and not _names_day(caption, tongue)
    if _YEAR.search(caption) or _IN_FIGURES.search(caption):
        return False
    if tongue == "en" and _THIS_WEEK.search(caption):
        return False
    has_word = any(word.casefold() in _RELATIVE[tongue] for word in _TOKEN.findall(caption))
    return not has_word and not _names_day(caption, tongue)


def _names_day(caption: str, tongue: str) -> bool:
    pattern = _day_pattern(tongue)
    return bool(pattern and pattern.search(caption))


@cache
def day_names(tongue: str) -> frozenset[str]:
    """The months and weekdays of a language, written out: those of CLDR in all their forms, and regional ones."""
    return names_in_cldr(tongue, "wide", "months", "days") | _NOT_IN_CLDR.get(tongue, frozenset())


@cache
def _day_pattern(tongue: str) -> re.Pattern[str] | None:
    """What finds a month or a weekday in a caption. A short form counts beside a number only: “mar” may be the sea."""
    names = day_names(tongue)
    if not names:
        return None
    written_out = f"{_any_of(names)}{_NO_LETTER}" if tongue in _UNDECLINED else _any_of(map(_stem_of_day, names))
    short = _any_of(names_in_cldr(tongue, "abbreviated", "months") | {"Sept"})
    after = r"\.?\s\d|\." if tongue in _CAPITALISED else r"\.?\s\d"
    patterns = rf"(?<![^\W\d_])(?:{written_out}|{short}(?:{after}))|\d\.?\s(?:de\s)?{short}{_NO_LETTER}"
    return re.compile(patterns, re.NOFLAG if tongue in _CAPITALISED else re.IGNORECASE)


def _any_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(names)))})"


def _stem_of_day(name: str) -> str:
    """The beginning that a name has in every case, unless too little would be left."""
    stem = _ENDING.sub("", name)
    return stem if len(stem) >= 3 else name


# ---- places

_BEFORE_PLACES: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "in at near from outside on along across into to through around over inside of the towards toward for off "
        "between past beyond above below under beside behind within via upon".split()
    ),
    "de": frozenset("in aus nach bei von vor über um durch zwischen gegen bis ab".split()),
    "fr": frozenset("à au aux en dans de d du des sur vers depuis devant chez entre par pour près sous".split()),
    "es": frozenset("en de del desde hacia a al por para entre hasta ante sobre tras bajo".split()),
    "it": frozenset(
        "a ad al allo alla all ai agli alle in nel nello nella nell nei negli nelle di del dello della dell dei degli "
        "delle da dal dallo dalla dall dai dagli dalle su sul sullo sulla sull verso presso per tra fra".split()
    ),
}
"""Prepositions of place. An article and an adjective may come before the name: “in the southern Caucasus”."""
_PAIRS = frozenset(["en", "fr", "es", "it"])
"""Languages in which “Goris, Armenia” anywhere, or “Goris: …” at the beginning of a caption, is a place."""


def misses_place(caption: str, language: str, known: str = "") -> bool:
    """Whether a caption names no place. `known` is the place that the photograph's file names.

    In languages that decline names, or have no capitals, a place is missed only if that of the file does not occur.
    """
    tongue = primary_subtag(language)
    words = _TOKEN.findall(caption)
    if _names_one_of(known, caption) or _has_lead(words, tongue):
        return False
    if tongue in _PAIRS:
        return not (_has_pair(words, tongue) or _has_tail(words, tongue))
    has_name = tongue not in _BEFORE_PLACES and any(word[0].isupper() for word in words[1:])
    return bool(_readable(known, caption)) and not has_name


def _has_lead(words: list[str], tongue: str) -> bool:
    leads = _BEFORE_PLACES.get(tongue, frozenset())
    return any(word.casefold() in leads and _reaches_name(words[n + 1 : n + 4], tongue) for n, word in enumerate(words))


def _reaches_name(words: list[str], tongue: str) -> bool:
    """Whether a name is among the next words, after small words only; in German it must be the very next word."""
    for word in words[:1] if tongue == "de" else words:
        if _is_name(word, tongue):
            return True
        if not (word.islower() or word in "’'"):  # “dell’Armenia”
            return False
    return False


def _has_pair(words: list[str], tongue: str) -> bool:
    names = [_is_name(word, tongue) for word in words]
    paired = any(names[n] and words[n + 1] == "," and names[n + 2] for n in range(len(words) - 2))
    opening = next((n for n, is_name in enumerate(names) if not is_name), len(words))
    return paired or (0 < opening < len(words) and words[opening] in ":.—–")


def _has_tail(words: list[str], tongue: str) -> bool:
    """Whether a name stands behind a comma before a day or an end, as in “She carries water, Marsa, 3 May 2024.”."""
    for n in (n for n, word in enumerate(words) if n and word == "," and words[n - 1].islower()):
        end = next((m for m in range(n + 1, len(words)) if not _is_name(words[m], tongue)), len(words))
        after = [*words[end : end + 2], "."]
        is_day = after[0] == "," and (after[1].isdigit() or after[1] in day_names(tongue))
        if end > n + 1 and (is_day or after[0] in ".;("):
            return True
    return False


def _is_name(word: str, tongue: str) -> bool:
    return word[0].isupper() and word not in day_names(tongue)


def _names_one_of(places: str, caption: str) -> bool:
    """Whether a caption names any part of a place, whatever its ending."""
    plain = _plain(caption)
    return any(_stem(word) in plain for word in _readable(places, caption))


def _readable(places: str, caption: str) -> list[str]:
    """The names of a place in a script of the caption: “Գորիս” is not looked for in an English one."""
    scripts = {_script(character) for character in caption if character.isalpha()}
    names = (word for word in _TOKEN.findall(places) if word[0].isalpha() and not word.islower())
    return [word for word in names if _script(word[0]) in scripts]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _stem(word: str) -> str:
    plain = _plain(word)
    return plain[: max(4, len(plain) - 2)] if len(plain) > 4 else plain


def _plain(text: str) -> str:
    """The text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


# ---- sides

_SIDES: Mapping[str, tuple[str, str]] = {
    "en": (
        r"(?:\bat|\bon the|\bto the) (?:(?:far|top|bottom|upper|lower|centre|center|middle) )?(?:left|right)\b"
        r"(?! (?:to|of return|angles?|bank|wing|arm|hand|leg|foot|knee|eye|ear|shoulder|cheek|side of the road)\b)"
        r"|\b(?:top|bottom|cent(?:re|er)) (?:left|right)\b"
        r"|\b(?:picture|photo|photograph|image|pictured|shown|seen)s? (?:above|below)\b",
        r"(?:far |top |bottom |upper |lower )?(?:left|right|above|below)",
    ),
    "de": (
        r"\b(?:links|rechts|oben|unten) im Bild\b|\bim Bild (?:links|rechts|oben|unten)\b"
        r"|\b(?:linke|rechte|obere|untere)[snm]? (?:Bild|Foto|Aufnahme)",
        r"(?:ganz |oben |unten )?(?:links|rechts|oben|unten)",
    ),
    "fr": (
        r"\b[àÀ] (?:gauche|droite)\b|\bci-dess(?:us|ous)\b",
        r"(?:en haut|en bas|gauche|droite)(?: [àa] (?:gauche|droite))?",
    ),
    "es": (r"\ba la (?:izquierda|derecha)\b", r"(?:izquierda|derecha|arriba|abajo)"),
    "it": (r"\b(?:a|sulla) (?:sinistra|destra)\b", r"(?:(?:in )?(?:alto|basso)|sinistra|destra|sopra|sotto)"),
    "ru": (r"\b(?:слева(?! направо)|справа(?! налево))\b", r"(?:вверху|внизу|слева|справа)"),
}
"""Patterns of phrases that name a side, and of words that do so set off by punctuation: “(left)”, “Left: …”."""
_IN_A_ROW: Mapping[str, str] = {
    "en": r"\bfrom (?:the )?(?:left|right)\b|\b(?:left|right) to (?:left|right)\b",
    "de": r"\bvon (?:links|rechts)\b",
    "fr": r"\bde (?:gauche|droite) à (?:gauche|droite)\b",
    "es": r"\bde (?:izquierda|derecha) a (?:izquierda|derecha)\b",
    "it": r"\bda (?:sinistra|destra)\b",
    "ru": r"\b(?:слева направо|справа налево)\b",
}
"""Orders of a row. They are safe for people in one picture, but not for a row of pictures, which may be stacked."""


def side_in(caption: str, language: str, *, of_several: bool) -> str:
    """The words of a caption that name a side of the page; empty for none.

    After a name (“Anna, left, …”) they say who is who in one picture, and count only for several.
    """
    tongue = primary_subtag(language)
    if tongue not in _SIDES:
        return ""
    phrases, words = _SIDES[tongue]
    apart = rf"(?:^|[.;])\s*{words}\s*[:,]|[(,]\s*{words}\s*[),:;.]"
    row = [_IN_A_ROW[tongue]] if of_several else []
    for found in re.finditer("|".join([phrases, apart, *row]), caption, re.IGNORECASE):
        before = caption[: found.start()].split()[-1:]
        if of_several or not before or before[0].endswith(".") or not before[0][0].isupper():
            return found[0].strip(" .,:;()")
    return ""
