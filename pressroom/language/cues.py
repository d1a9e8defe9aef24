"""Cues in captions: the words that tell a day, a place or a side, language by language. In doubt nothing is missed.

Wrong advice costs more than none: whatever may name a day or a place counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def primary(language: str) -> str:
    """The first part of a language tag: “en” of “en-GB”."""
    return language.partition("-")[0].lower()


# ---- days

_CALENDAR: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "January February March April May June July August September October November December "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    ),
    "de": frozenset(
        "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember "
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag".split()
    ),
    "fr": frozenset(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
        "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
    ),
    "es": frozenset(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre "
        "lunes martes miércoles jueves viernes sábado domingo".split()
    ),
    "it": frozenset(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "
        "lunedì martedì mercoledì giovedì venerdì sabato domenica".split()
    ),
}
_CALENDAR_STEMS: Mapping[str, tuple[str, ...]] = {
    "ru": tuple(
        "январ феврал март апрел май мая мае июн июл август сентябр октябр ноябр декабр "
        "понедельник вторник сред четверг пятниц суббот воскресен".split()
    ),
    "hy": tuple(
        "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր "
        "երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի".split()
    ),
}
"""Where endings change, the beginnings."""
_RELATIVE: Mapping[str, frozenset[str]] = {
    "en": frozenset("today yesterday tonight century centuries".split()),
    "de": frozenset("heute gestern vorgestern jahrhundert jahrhunderts".split()),
    "fr": frozenset("aujourd hier siècle".split()),
    "es": frozenset("hoy ayer anteayer anoche siglo".split()),
    "it": frozenset("oggi ieri secolo".split()),
    "ru": frozenset("сегодня вчера позавчера накануне века веке".split()),
    "hy": frozenset("այսօր երեկ դարի դարում".split()),
}
_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d|2100)(?!\d)")
_IN_FIGURES = re.compile(r"(?<!\d)(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.\s?\d{1,2}\.|\d{1,2}/\d{1,2})(?!\d)")
_SHORT_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?:\.|\s\d)")
_THIS_WEEK = re.compile(r"\b(?:this|last|next|past) (?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b")


def misses_date(caption: str, language: str, *, known: bool = False) -> bool:
    """Whether a caption names no day, month or year. `known` says that the photograph's file does.

    Of a language that is not known here, digits alone may be a date; then one is missed only where there is one.
    """
    tongue = primary(language)
    if tongue not in _RELATIVE:
        return known and not any(character.isdigit() for character in caption)
    if _YEAR.search(caption) or _IN_FIGURES.search(caption):
        return False
    if tongue == "en" and (_SHORT_MONTH.search(caption) or _THIS_WEEK.search(caption)):
        return False
    return not any(_is_date(word, tongue) for word in _TOKEN.findall(caption))


def _is_date(word: str, tongue: str) -> bool:
    lower, calendar = word.casefold(), _CALENDAR.get(tongue, frozenset())
    if lower in _RELATIVE[tongue] or lower.startswith(_CALENDAR_STEMS.get(tongue, ())):
        return True
    # “may” and “march” are verbs; where months are written small, a capital only opens a sentence.
    return word in calendar or (tongue not in ("en", "de") and lower in calendar)


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
"""Words that lead to a place, with or without an article and an adjective between: “in the southern Caucasus”."""
_PAIRS = frozenset(["en", "fr", "es", "it"])
"""Where two names with a comma between are a place (“Goris, Armenia”) or open the caption (“Goris: …”)."""


def misses_place(caption: str, language: str, known: str = "") -> bool:
    """Whether a caption names no place. `known` is the place that the photograph's file names.

    Where capitals tell no names, or endings change them, a place is missed only if the file's does not occur.
    """
    tongue = primary(language)
    words = _TOKEN.findall(caption)
    if _names_one_of(known, caption) or _has_lead(words, tongue):
        return False
    if tongue in _PAIRS:
        return not _has_pair(words, tongue)
    has_name = tongue not in _BEFORE_PLACES and any(word[0].isupper() for word in words[1:])
    return bool(_readable(known, caption)) and not has_name


def _has_lead(words: list[str], tongue: str) -> bool:
    leads = _BEFORE_PLACES.get(tongue, frozenset())
    return any(word.casefold() in leads and _reaches_name(words[n + 1 : n + 4], tongue) for n, word in enumerate(words))


def _reaches_name(words: list[str], tongue: str) -> bool:
    """Whether a name is among the next words, and only small letters before it. After an article, German has a noun."""
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


def _is_name(word: str, tongue: str) -> bool:
    return word[0].isupper() and word not in _CALENDAR[tongue]


def _names_one_of(places: str, caption: str) -> bool:
    """Whether a caption names any part of a place, whatever its ending."""
    plain = _plain(caption)
    return any(_stem(word) in plain for word in _readable(places, caption))


def _readable(places: str, caption: str) -> list[str]:
    """The names in a place that are written in a script of the caption: “Գորիս” is not found in English."""
    scripts = {_script(character) for character in caption if character.isalpha()}
    names = (word for word in _TOKEN.findall(places) if word[0].isalpha() and not word.islower())
    return [word for word in names if _script(word[0]) in scripts]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _stem(word: str) -> str:
    plain = _plain(word)
    return plain[: max(4, len(plain) - 2)] if len(plain) > 4 else plain


def _plain(text: str) -> str:
    """Small letters without accents."""
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
"""Phrases that point to a side; and words that do where they stand apart: “(left)”, “, left,”, “Left: …”."""
_IN_A_ROW: Mapping[str, str] = {
    "en": r"\bfrom (?:the )?(?:left|right)\b|\b(?:left|right) to (?:left|right)\b",
    "de": r"\bvon (?:links|rechts)\b",
    "fr": r"\bde (?:gauche|droite) à (?:gauche|droite)\b",
    "es": r"\bde (?:izquierda|derecha) a (?:izquierda|derecha)\b",
    "it": r"\bda (?:sinistra|destra)\b",
    "ru": r"\b(?:слева направо|справа налево)\b",
}
"""Of people in one picture these hold wherever it stands; of several pictures they do not."""


def side_in(caption: str, language: str, *, of_several: bool) -> str:
    """The words by which a caption points to a side, or “”. Of one picture, after a name they tell who is who."""
    tongue = primary(language)
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
