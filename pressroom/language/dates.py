"""Dates: days in the words of a language, and the names of months and weekdays, by CLDR (Babel)."""

from __future__ import annotations

import datetime as dt

_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040, "tibt": 0xF20, "olck": 0x1C50}
"""The figure zero of the numbering systems that languages use by default (CLDR, numberingSystems)."""
_FIGURES = "0123456789"


def day_in_words(day: dt.date, language: str) -> str:
    """A day in the words and figures of a language, in its long form; as ISO 8601 has it if CLDR lacks the language.

    The calendar is the Gregorian one in every language, since that is what publication.yaml has.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not to be waited for where no day is printed
    from babel.dates import format_date  # noqa: PLC0415 - as above

    tags = (language.replace("-", "_"), language.partition("-")[0])
    for tag in tags:
        try:
            locale = Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
        return in_figures_of(format_date(day, "long", locale=locale), locale.default_numbering_system)
    return day.isoformat()


def in_figures_of(text: str, system: str) -> str:
    """A text with its figures in a numbering system."""
    zero = _ZEROS.get(system)
    return text.translate({ord(figure): zero + n for n, figure in enumerate(_FIGURES)}) if zero else text


def names_in_cldr(tongue: str, width: str, *kinds: str) -> frozenset[str]:
    """Names of `months` or `days` as they stand in a date and alone; none for a language that CLDR does not have."""
    from babel import Locale, localedata  # noqa: PLC0415 - not to be waited for where nobody asks about captions

    if not localedata.exists(tongue):
        return frozenset()
    locale = Locale.parse(tongue)
    tables = [getattr(locale, kind)[context][width] for kind in kinds for context in ("format", "stand-alone")]
    return frozenset(name.rstrip(".") for table in tables for name in table.values())
