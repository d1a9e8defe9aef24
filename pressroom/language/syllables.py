"""Syllables: where words may be broken in languages whose rules are few, and which the page engine has no patterns for.

Turkish: the spelling guide of Türk Dil Kurumu (Yazım Kılavuzu, “Hece Yapısı ve Satır Sonunda Kelimelerin Bölünmesi”).
Armenian: the rules of word division (տողադարձ) of the Terminology Committee; a break that would need the unwritten
vowel ը is not made. Georgian: the harmonic groups, two consonants that are spoken as one, stay together, and with a ვ
after them (H. I. Aronson, Georgian: A Reading Grammar). One rule holds in all: the last consonant before a vowel begins
a syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class SyllableRules:
    """The rules of one language."""

    vowel: re.Pattern[str]
    """A vowel, in small letters; several characters may write one."""
    closing: str = ""
    """Characters that write a vowel with a consonant after it."""
    blurred: str = ""
    """Consonants before which a cluster may have an unwritten vowel: one of three or more is not broken there."""
    onset: tuple[str, ...] = ()
    """Consonants that stay together before a vowel."""

    def breaks(self, word: str) -> list[int]:
        """The indices in a word before which it may be broken. Parts of words beside an apostrophe, a hyphen or a
        figure are words of their own, and not broken from it.
        """
        return [found.start() + at for found in _LETTERS.finditer(word) for at in self._inside(found[0])]

    def _inside(self, letters: str) -> Iterator[int]:
        small = "".join(letter.lower()[0] for letter in letters)  # İ has two characters when it is small
        vowels = list(self.vowel.finditer(small))
        for vowel, following in pairwise(vowels):
            between = small[vowel.end() : following.start()]
            is_joined = len(between) > 2 and between[-1] in self.blurred
            kept = max((len(onset) for onset in self.onset if between.endswith(onset)), default=bool(between))
            if not is_joined and (between or vowel[0] not in self.closing):
                yield following.start() - kept


_HARMONIC = tuple(
    front + back + after
    for fronts, backs in (("ბდძჯ", "გღ"), ("ფთცჩ", "ქხ"), ("პტწჭ", "კყ"))
    for front in fronts
    for back in backs
    for after in ("", "ვ")
)
"""The harmonic groups of Georgian: both sounds are voiced, breathed or closed alike."""
SYLLABLES = {
    "tr": SyllableRules(re.compile("[aâeıiîoöuûü]")),
    "hy": SyllableRules(re.compile("ու|[աեէըիոօև]"), closing="և", blurred="րլղն", onset=("թյ",)),
    "ka": SyllableRules(re.compile("[აეიოუ]"), onset=_HARMONIC),
}
"""The rules by the language’s primary subtag."""
SYLLABLES["hyw"] = SYLLABLES["hy"]
