"""Checks of the index across the publication: references to terms that do not exist, marks without a printed index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pressroom.errors import Finding, advice, did_you_mean, error, warning
from pressroom.forms import PlaceOf
from pressroom.publication import Chapter, Generated, Part, Piece


def index_findings(pieces: Sequence[Piece], place_of: PlaceOf) -> Iterator[Finding]:
    """The faults of the index of these pieces."""
    all = [inner for piece in pieces for inner in (piece.pieces if isinstance(piece, Part) else (piece,))]
    marks = [mark for piece in all if isinstance(piece, Chapter) for mark in piece.marks]
    printed = next((piece for piece in all if isinstance(piece, Generated) and piece.kind == "index"), None)
    terms = {mark.term for mark in marks if not mark.see}
    for mark in marks:
        for target in filter(None, (mark.see, mark.see_also)):
            if target not in terms:
                why = f"The index has no entry “{target}” to which “{mark.term}” leads."
                remedy = did_you_mean(target, terms) or "Mark a place for it: [words]{.index}."
                yield error("index-see-dead", mark.place, why, remedy)
    if marks and printed is None:
        why = "Words are marked for an index, and none is printed."
        yield advice(
            "index-unprinted", place_of(("chapters",)), why, "List it among the chapters: - generated: [index]"
        )
    if printed is not None and not marks:
        why = "An index is to be printed, and no word is marked for it."
        yield warning("index-none", printed.place, why, "Mark words: [Lachin]{.index}.")
