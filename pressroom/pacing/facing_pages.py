"""Facing pages: what two pages of pictures cost together, beside what each costs alone."""

from __future__ import annotations

from collections.abc import Sequence

from pressroom.pacing.costs import Costs, priced
from pressroom.pacing.page_forms import PageForm, jump
from pressroom.pacing.sequence import PacingPaper, PictureToPace, caption_letters, colour_difference, likeness

_EVEN_FEET = 0.4
"""Millimetres by which feet may differ and still meet."""
_NEARLY = 26.0
"""Millimetres from which feet differ on purpose."""
_NO_MEETING = 25.0
"""What feet of pictures that hang from the head cost when they do not meet, in mm of nearly meeting."""
_CROWDED = 5
"""The most pictures of a spread that is not crowded."""
_NOT_FAR = 25.0
"""The distance of colours (ΔE) that facing pictures may have."""

Pictures = Sequence[PictureToPace]


def leaves_captions(verso: PageForm, recto: PageForm, left: Pictures, right: Pictures) -> bool:
    """Whether a spread has room for its captions: two full pages have none."""
    return verso.words != ("bleed",) or recto.words != ("bleed",) or not caption_letters((*left, *right))


def facing(verso: PageForm, recto: PageForm, left: Pictures, right: Pictures, paper: PacingPaper) -> Costs:
    """What two facing pages cost together."""
    singles = len(left) == len(right) == 1
    pair = (left[0], right[0]) if singles else None
    amounts = {
        "ragged": _ragged(verso, recto),
        "hang": _hanging(verso, recto, paper),
        "unlike": float(verso.is_block and recto.is_block and singles and verso.words != recto.words),
        "abut": float({verso.words[0], recto.words[0]} <= {"bleed", "head"}),
        "letters": _too_long(verso, recto, left, right, paper),
        "crowd": max(0, len(left) + len(right) - _CROWDED),
        "jump": jump((*verso.areas, *recto.areas)),
        "twins": likeness(*pair) if pair else 0.0,
        "clash": max(0.0, colour_difference(*pair) - _NOT_FAR) if pair else 0.0,
    }
    return priced(**amounts)


def _ragged(verso: PageForm, recto: PageForm) -> float:
    """How nearly the feet of two pages meet without meeting, in mm."""
    apart = abs(verso.height - recto.height)
    if apart <= _EVEN_FEET and verso.words[0] == recto.words[0]:
        return 0.0
    if verso.is_block and recto.is_block:
        return max(0.0, _NEARLY - apart)
    return _NO_MEETING * ({verso.words[0], recto.words[0]} <= {"head", "edge"})


def _hanging(verso: PageForm, recto: PageForm, paper: PacingPaper) -> float:
    """How much white stands below pictures that hang from the head; nothing where feet that do not meet are worse."""
    hung = [page for page in (verso, recto) if page.words[0] in ("head", "edge")]
    if len(hung) == 2 and _ragged(verso, recto):
        return 0.0
    white = sum(min(1.0, max(0.0, 0.8 - page.height / paper.height) * 6) for page in hung)
    return white / 2 if len(hung) == 2 else white


def _too_long(verso: PageForm, recto: PageForm, left: Pictures, right: Pictures, paper: PacingPaper) -> float:
    """Letters of captions for which there is no room. Those of a full page stand on the facing one."""
    room, one, other = paper.caption_letters, caption_letters(left), caption_letters(right)
    if ("bleed",) in (verso.words, recto.words):
        return max(0.0, one + other - room)
    return max(0.0, one - room) + max(0.0, other - room)
