"""Embargoes: an agency may forbid the use of a photograph before a day that its metadata names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pressroom.errors import Finding, advice, error, warning
from pressroom.photographs.metadata import Metadata
from pressroom.publication import Figure

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    (re.compile(r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"), "number"),
    (re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\b"), "number"),
    (re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<m>{_MONTH}),?\s*(?P<y>\d{{4}})\b", re.I), "name"),
    (re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.I), "name"),
)
_EITHER_WAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_USE = r"(?:use|publi|print|release|broadcast)\w*"
_WORD = re.compile(
    rf"embargo|sperrfrist|\b(?:(?:not (?:to be|for)|do not) {_USE}|hold(?: for release)?) (?:before|until)\b", re.I
)


def embargo_findings(figure: Figure, name: str, metadata: Metadata, today: dt.date) -> Iterator[Finding]:
    """Findings on a photograph’s instructions: a running embargo is an error, other instructions are advice."""
    ends = embargo_of(metadata)
    instructions = metadata.instructions
    if ends is not None and ends > today:
        why = f"“{name}” is under embargo until {ends.isoformat()}: printing it earlier breaks the agency’s terms."
        yield error("photo-embargo", figure.place, why, "Build on that day, or take the picture out.")
    elif ends is None and _WORD.search(instructions):
        why = f"“{name}” is under an embargo, and no day can be read in it: “{instructions}”"
        yield warning("photo-embargo-unclear", figure.place, why, "Ask the agency when the embargo ends.")
    elif instructions and not _WORD.search(instructions):
        why = f"“{name}” comes with instructions: “{instructions}”"
        yield advice("photo-instructions", figure.place, why, "Make sure that this publication follows them.")


def embargo_of(metadata: Metadata) -> dt.date | None:
    """The first day on which a photograph may be printed; None where no such day is named."""
    days = [metadata.release] if metadata.release else []
    if _WORD.search(metadata.instructions):
        days += _days(metadata.instructions)
    return max(days, default=None)


def _days(text: str) -> Iterator[dt.date]:
    for pattern, kind in _DATES:
        for match in pattern.finditer(text):
            month = int(match["m"]) if kind == "number" else _MONTHS.index(match["m"][:3].lower()) + 1
            yield from _day(int(match["y"]), month, int(match["d"]))
    for match in _EITHER_WAY.finditer(text):
        # 1/12 is a day in December or in January, by the writer’s country: the later one is the safe choice.
        one, other, year = (int(number) for number in match.groups())
        yield from max([list(_day(year, one, other)), list(_day(year, other, one))])


def _day(year: int, month: int, day: int) -> Iterator[dt.date]:
    try:
        yield dt.date(year, month, day)
    except ValueError:
        return
