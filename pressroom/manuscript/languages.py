"""Languages that a manuscript marks: a tag that does not exist is told, and left out of every edition."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.errors import Finding, Place, warning
from pressroom.language.bcp47 import tag_fault


def findings(tag: str, place: Place) -> Iterator[Finding]:
    """What is wrong with a language tag that stands at a place."""
    if fault := tag_fault(tag):
        why, meant = fault
        why = (
            f"{why[0].upper()}{why[1:]}: the mark is left out, and these words are read aloud in the voice around them."
        )
        remedy = f"Did you mean “{meant}”?" if meant else "Write its code (BCP 47), such as en, hy or pt-BR."
        yield warning("language-wrong", place, why, remedy)
