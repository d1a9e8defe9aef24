"""The day of publication as it is typed: 2023-09-27, and what to write for a day that is typed otherwise."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BeforeValidator

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})")


def _day(text: Any) -> Any:
    """A day for pydantic to read, to which a bare number would be seconds. Raises ValueError."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        meant = _meant(text)
        remedy = f"write {meant}" if meant else "write year, month and day: 2023-09-27"
        raise ValueError(f"“{text}” is no day in the form that is read here; {remedy}")
    return text


def _meant(text: str) -> str:
    """A day that is typed otherwise, if it can be no other: 2023-9-7, 27.9.2023, 27/9/2023; or ""."""
    year = month = day = 0
    if typed := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(typed[1]), int(typed[3]), int(typed[4])
    elif (typed := _YEAR_LAST.fullmatch(text)) and (typed[2] == "." or int(typed[1]) > 12):  # 9/7 is July or September
        day, month, year = int(typed[1]), int(typed[3]), int(typed[4])
    with suppress(ValueError):
        return dt.date(year, month, day).isoformat()
    return ""


Day = Annotated[dt.date, BeforeValidator(_day)]
