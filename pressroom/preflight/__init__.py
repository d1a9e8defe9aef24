"""Preflight: questions asked of a publication on the desk, of an edition before it is made, and of its file after.

One function a question: its id and why it matters beside it, the question as its docstring, an answer for each place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding
from pressroom.preflight.conformance import CONFORMANCE_CHECKS
from pressroom.preflight.cover import COVER_CHECKS
from pressroom.preflight.desk import Desk
from pressroom.preflight.faces import font_not_embeddable
from pressroom.preflight.files import MadeFile, check_file
from pressroom.preflight.letters import letters_missing
from pressroom.preflight.onix import ONIX_CHECKS
from pressroom.preflight.pictures import PICTURE_CHECKS
from pressroom.preflight.plan import Plan, picture_cropped, picture_small, pictures_reduced
from pressroom.preflight.press import Finished, PageFinding, check_finished
from pressroom.preflight.stores import STORE_CHECKS, Pages, check_pages
from pressroom.preflight.wording import WORDING_CHECKS

__all__ = [
    "Desk",
    "Finished",
    "MadeFile",
    "PageFinding",
    "Pages",
    "Plan",
    "check_desk",
    "check_file",
    "check_finished",
    "check_pages",
    "check_plan",
]

DESK_CHECKS: tuple[Callable[[Desk], Iterator[Finding]], ...] = (*PICTURE_CHECKS, *WORDING_CHECKS)
PLAN_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    picture_small,
    pictures_reduced,
    picture_cropped,
    letters_missing,
    font_not_embeddable,
    *COVER_CHECKS,
    *CONFORMANCE_CHECKS,
    *ONIX_CHECKS,
    *STORE_CHECKS,
)


def check_desk(desk: Desk) -> tuple[Finding, ...]:
    """What a picture editor would say of the pictures and their words, in order of place."""
    found = (finding for ask in DESK_CHECKS for finding in ask(desk))
    return tuple(sorted(found, key=lambda f: (f.place.file, f.place.line, f.place.column, f.id)))


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """What can be said of an edition before it is made."""
    return tuple(finding for ask in PLAN_CHECKS for finding in ask(plan))
