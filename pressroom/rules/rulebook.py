"""Rule books: what printers and stores ask for, each rule with the page that says so and the day it was read on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import RootModel

from pressroom import forms
from pressroom.errors import PressroomError, Source

RuleValue = TypeVar("RuleValue")
Rules = TypeVar("Rules", bound=forms.Form)


class Rule(forms.Form, Generic[RuleValue]):
    """One thing that somebody asks for, and where they say so."""

    value: RuleValue
    source: str
    """The name of one of their sources."""


class Reference(forms.Form):
    """A page in which a printer or a store, or somebody who works with them, says what is asked for."""

    title: str
    at: str
    """Its address."""
    read: dt.date
    """The day on which the rules were taken from it."""


class _Book(RootModel[dict[str, Rules]], Generic[Rules]):
    """Rules by the names of those who ask for them."""


def read_rules(file: Path, rules: type[Rules]) -> Mapping[str, Rules]:
    """The rules of all who stand in a file, by their names. Raises PressroomError with its faults."""
    filled, reading = forms.fill(Source(file.name, file.read_text("utf-8")), _Book[rules])  # type: ignore[valid-type]
    if filled is None:
        raise PressroomError(reading.findings)
    return filled.root
