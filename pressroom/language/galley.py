"""A galley: a paragraph that is being set, in which every character keeps its place in the typed text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

MARK = "\ufffc"
"""Stands for code, a picture or an address, which rules must not alter. Rules take it for a letter."""


@dataclass(frozen=True)
class Edit:
    """The replacement of some characters, with the name of the rule that asks for it."""

    start: int
    end: int
    new: str
    rule: str


@dataclass
class Galley:
    """The characters of a paragraph, each with the index of the typed character that it comes from."""

    text: str
    origins: Sequence[int]
    """The indices in the typed text, in ascending order: a range until something is replaced."""
    edits: list[Edit] = field(default_factory=list)
    """All edits so far, with indices of the typed text."""

    def apply(self, edits: Sequence[Edit]) -> None:
        """Replace characters. New characters get the origins of the old ones, from the first on."""
        if not edits:
            return
        text, origins, done = "", list[int](), 0
        for edit in sorted(edits, key=lambda e: e.start):
            if edit.start < done:
                continue  # two readings of one sign: the first counts
            old = self.origins[edit.start : edit.end]
            text += self.text[done : edit.start] + edit.new
            origins += self.origins[done : edit.start]
            origins += (old[min(n, len(old) - 1)] for n in range(len(edit.new)))
            done = edit.end
            self.edits.append(Edit(old[0], old[-1] + 1, edit.new, edit.rule))
        self.text, self.origins = text + self.text[done:], [*origins, *self.origins[done:]]

    def without(self, hidden: Collection[int]) -> str:
        """The text with a MARK for each character whose origin is hidden."""
        if not hidden:
            return self.text
        return "".join(MARK if n in hidden else sign for n, sign in zip(self.origins, self.text, strict=True))

    def set_of(self, start: int, end: int) -> str:
        """The text as set that comes from a stretch of the typed text."""
        return self.text[bisect_left(self.origins, start) : bisect_left(self.origins, end)]
