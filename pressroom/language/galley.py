"""A galley: a paragraph that is being set, which knows of every character where it was typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

MARK = "\ufffc"
"""Stands for what rules may not read: code, a picture, an address. To them it is like a letter."""


@dataclass(frozen=True)
class Edit:
    """Characters to be replaced, and the rule that says so."""

    start: int
    end: int
    new: str
    rule: str


@dataclass
class Galley:
    """A paragraph's characters, and of each the place of the typed one that it comes from."""

    text: str
    origins: list[int]
    """In ascending order."""
    edits: list[Edit] = field(default_factory=list)
    """What has been altered, by its place in the typed text."""

    def apply(self, edits: Sequence[Edit]) -> None:
        """Replace characters. New ones belong where the old ones were, from the first on."""
        if not edits:
            return
        text, origins, done = "", list[int](), 0
        for edit in sorted(edits, key=lambda e: e.start):
            if edit.start < done:
                continue  # two readings of one sign: the first counts
            old = self.origins[edit.start : edit.end]
            text += self.text[done : edit.start] + edit.new
            origins += self.origins[done : edit.start] + [old[min(n, len(old) - 1)] for n in range(len(edit.new))]
            done = edit.end
            self.edits.append(Edit(old[0], old[-1] + 1, edit.new, edit.rule))
        self.text, self.origins = text + self.text[done:], origins + self.origins[done:]

    def without(self, hidden: Collection[int]) -> str:
        """The text with marks for what comes from hidden places of the typed one."""
        if not hidden:
            return self.text
        return "".join(MARK if n in hidden else sign for n, sign in zip(self.origins, self.text, strict=True))

    def set_of(self, start: int, end: int) -> str:
        """What has become of a stretch of the typed text."""
        return self.text[bisect_left(self.origins, start) : bisect_left(self.origins, end)]
