"""Preflight: checks of a publication's pictures, of an edition before it is made, and of its file after.

Each check is one function. Its docstring is the question that it asks and why that matters; it yields a finding for
each place where the answer is no. `press`, the checks of a finished PDF, is loaded where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pressroom.design import EditionInHand
from pressroom.errors import Finding
from pressroom.preflight.conservation import words_lost
from pressroom.preflight.drawn_words import (
    drawing_as_picture,
    drawing_fonts_missing,
    drawing_letters_missing,
    drawing_unread,
)
from pressroom.preflight.ebook import (
    CONFORMANCE_CHECKS,
    ONIX_CHECKS,
    STORE_CHECKS,
    EbookPages,
    check_file,
    check_pages,
)
from pressroom.preflight.found_words import words_unfound
from pressroom.preflight.glyphs import emphasis_unseen, font_not_embeddable, letters_missing, weight_unseen
from pressroom.preflight.pictures import PICTURE_CHECKS, PictureDesk
from pressroom.preflight.plan import COVER_CHECKS, picture_cropped, picture_small, pictures_reduced
from pressroom.preflight.wording import WORDING_CHECKS
from pressroom.publication.edition_form import Topic

__all__ = [
    "EbookPages",
    "PictureDesk",
    "check_desk",
    "check_file",
    "check_pages",
    "check_plan",
    "words_lost",
    "words_unfound",
]

DESK_CHECKS: tuple[Callable[[PictureDesk], Iterator[Finding]], ...] = (*PICTURE_CHECKS, *WORDING_CHECKS)
"""The checks of a publication's pictures and their words, as a picture editor would make them."""
PLAN_CHECKS: Mapping[Topic, tuple[Callable[[EditionInHand], Iterator[Finding]], ...]] = {
    "pages": (
        picture_small,
        pictures_reduced,
        picture_cropped,
        letters_missing,
        emphasis_unseen,
        weight_unseen,
        drawing_as_picture,
        drawing_unread,
        drawing_fonts_missing,
        drawing_letters_missing,
    ),
    "ebook": (
        font_not_embeddable,
        drawing_fonts_missing,
        drawing_letters_missing,
        *CONFORMANCE_CHECKS,
        *ONIX_CHECKS,
        *STORE_CHECKS,
    ),
    "cover": COVER_CHECKS,
}
"""The checks of an edition before it is made, by the topics that its form names."""


def check_desk(desk: PictureDesk) -> tuple[Finding, ...]:
    """Check a publication's pictures and their words; the findings come in order of place."""
    findings = (finding for check in DESK_CHECKS for finding in check(desk))
    return tuple(sorted(findings, key=lambda f: (f.place.file, f.place.line, f.place.column, f.id)))


def check_plan(hand: EditionInHand) -> tuple[Finding, ...]:
    """Check an edition before it is made."""
    checks = (check for topic in hand.edition.topics for check in PLAN_CHECKS[topic])
    return tuple(finding for check in checks for finding in check(hand))
