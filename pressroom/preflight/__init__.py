"""Preflight: questions asked of a publication on the desk, of an edition before it is made, and of its file after.

One function a question: its id and why it matters beside it, the question as its docstring, an answer for each place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pressroom.design import EditionInHand
from pressroom.errors import Finding
from pressroom.preflight.ebook import (
    CONFORMANCE_CHECKS,
    ONIX_CHECKS,
    STORE_CHECKS,
    EbookPages,
    check_file,
    check_pages,
)
from pressroom.preflight.glyphs import font_not_embeddable, letters_missing
from pressroom.preflight.pictures import PICTURE_CHECKS, PictureDesk
from pressroom.preflight.plan import COVER_CHECKS, picture_cropped, picture_small, pictures_reduced
from pressroom.preflight.press import PageFinding, PressFile, check_finished
from pressroom.preflight.wording import WORDING_CHECKS
from pressroom.publication.edition_form import Topic

__all__ = [
    "EbookPages",
    "PageFinding",
    "PictureDesk",
    "PressFile",
    "check_desk",
    "check_file",
    "check_finished",
    "check_pages",
    "check_plan",
]

DESK_CHECKS: tuple[Callable[[PictureDesk], Iterator[Finding]], ...] = (*PICTURE_CHECKS, *WORDING_CHECKS)
PLAN_CHECKS: Mapping[Topic, tuple[Callable[[EditionInHand], Iterator[Finding]], ...]] = {
    "pages": (picture_small, pictures_reduced, picture_cropped, letters_missing),
    "ebook": (font_not_embeddable, *CONFORMANCE_CHECKS, *ONIX_CHECKS, *STORE_CHECKS),
    "cover": COVER_CHECKS,
}
"""Questions about an edition before it is made, by what it says that it is about."""


def check_desk(desk: PictureDesk) -> tuple[Finding, ...]:
    """What a picture editor would say of the pictures and their words, in order of place."""
    found = (finding for ask in DESK_CHECKS for finding in ask(desk))
    return tuple(sorted(found, key=lambda f: (f.place.file, f.place.line, f.place.column, f.id)))


def check_plan(hand: EditionInHand) -> tuple[Finding, ...]:
    """What can be said of an edition before it is made."""
    asked = (ask for topic in hand.edition.topics for ask in PLAN_CHECKS[topic])
    return tuple(finding for ask in asked for finding in ask(hand))
