"""Multiplication: asterisks between two numbers or letters, which CommonMark takes for emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_FACTOR_BEFORE = re.compile(r"(?<!(?<![\w*])\*)(?<!(?<![\w*])\*\*)(?:\d|(?<!\w)[A-Za-z])\Z")
_FACTOR_AFTER = re.compile(r"\d|[A-Za-z](?!\w)")
"""What stands before and behind a sign of multiplication; not the letter that emphasis has begun with: *p*H."""
_LONGEST_FACTOR = 20
_ASTERISKS = re.compile(r"\*+")


@dataclass(frozen=True)
class Asterisks:
    """Asterisks in a row, and the text in which they stand."""

    text: str
    start: int
    end: int

    @classmethod
    def at(cls, text: str, n: int) -> Self:
        """Those that an asterisk is one of."""
        match = _ASTERISKS.match(text, n)
        end = match.end() if match else n
        while n and text[n - 1] == "*":
            n -= 1
        return cls(text, n, end)

    def are_a_product(self) -> bool:
        """Whether they stand between factors, and so do those behind them; or those before, and none ends emphasis."""
        if not self._are_between_factors():
            return False
        following, above = self.text.find("*", self.end), self.text.rfind("*", 0, self.start)
        behind = self.at(self.text, following) if following >= 0 else None
        if behind and (behind._are_between_factors() or behind._may_end_emphasis()):
            return behind._are_between_factors()
        return above >= 0 and self.at(self.text, above)._are_between_factors()

    def _are_between_factors(self) -> bool:
        is_factor = _FACTOR_BEFORE.search(self.text, max(0, self.start - _LONGEST_FACTOR), self.start)
        return bool(is_factor and _FACTOR_AFTER.match(self.text, self.end))

    def _may_end_emphasis(self) -> bool:
        """Whether CommonMark may take them for an end (section 6.2, right-flanking)."""
        before, after = self.text[self.start - 1 : self.start], self.text[self.end : self.end + 1]
        return not before.isspace() and (before.isalnum() or not after.isalnum())
