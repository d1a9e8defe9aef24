"""Hyphenation: the languages that the engine’s patterns lack are added to those that it has.

The engine asks pyphen for the breaks of each word, and pyphen a table by language: rules stand there like patterns.
"""

from __future__ import annotations

import pyphen

from pressroom.language.syllables import SYLLABLES, SyllableRules


class SyllableDictionary:
    """Rules in the place of pyphen’s patterns (`pyphen.HyphDict`)."""

    def __init__(self, rules: SyllableRules) -> None:
        self._rules = rules

    def positions(self, word: str) -> list[pyphen.DataInt]:
        """Where a word may be broken, as pyphen numbers it."""
        return [pyphen.DataInt(at) for at in self._rules.breaks(word)]


def add_languages() -> None:
    """Make the languages of `language.syllables` known to the engine; what it knows itself stays."""
    for language, rules in SYLLABLES.items():
        if pyphen.language_fallback(language) is None:
            pyphen.LANGUAGES[language] = pyphen.LANGUAGES_LOWERCASE[language] = language
            pyphen.hdcache[language] = SyllableDictionary(rules)
