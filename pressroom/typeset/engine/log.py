"""The engine's log: it only logs what it refuses (a property, a picture, a broken link). Here that becomes findings."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from weasyprint.css.properties import KNOWN_PROPERTIES

from pressroom.errors import Finding, Place, PressroomError, Severity, did_you_mean, warning
from pressroom.machine.listening import listening
from pressroom.typeset.breakdowns import BREAKDOWNS, breakdown

_WHEN = re.compile(r"^\(.*?:\d+\): |(?<=\*\*): [\d:.]+(?=: )")
"""What GLib puts before its messages."""
_REMEDY = "Change what it names, in the style sheet or the text; if these are sound, report it."
_NO_GLYPH = ".notdef glyph rendered"
"""How the engine tells, for each letter and unit anew, what `letter-missing` has told once."""
_IGNORED = re.compile(
    r"Ignored `(?P<name>[\w-]+):\s*(?P<value>.*)`(?: at \d+:\d+)?, (?P<reason>unknown property|invalid value)"
)
"""How it tells a rule of a style sheet that it leaves out."""
_AT = re.compile(r" at (\d+):(\d+)")
AsWritten = Callable[[tuple[int, int]], tuple[int, int]]
"""Gives the line and column in a style sheet as it was written for those in what the engine read."""


@contextmanager
def collecting_findings(
    place: Place, findings: list[Finding], as_written: AsWritten = lambda place: place
) -> Iterator[None]:
    """A block of the engine's work, whose log is added to `findings`. Raises PressroomError where the engine breaks."""
    handler = _LogHandler(place, as_written)
    logger = logging.getLogger("weasyprint")
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    heard = list[str]()
    try:
        with listening() as heard:
            yield
    except BREAKDOWNS as fault:
        if isinstance(fault, OSError) and fault.errno:  # the system's, and not the engine's: a full disk
            raise
        raise PressroomError([breakdown(fault, place)]) from fault
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
        findings += [*handler.findings, *(_heard(line, place) for line in heard)]


def _heard(line: str, place: Place) -> Finding:
    """The finding on a line that Pango or GLib prints: without the number of the process and the time."""
    return warning("page-engine", place, f"The page engine says: {_WHEN.sub('', line)}.", _REMEDY)


def _left_out(place: Place, rule: re.Match[str]) -> Finding:
    """The finding on a rule that the engine leaves out, in words of CSS."""
    if rule["reason"] == "unknown property":
        why = f"“{rule['name']}” is no property that pages know, so that this rule is left out."
        remedy = did_you_mean(rule["name"], KNOWN_PROPERTIES) or "Look it up in the CSS of paged media, or delete it."
        return warning("page-engine", place, why, remedy)
    why = f"“{rule['value'].strip()}” is no value that “{rule['name']}” can have, so that this rule is left out."
    remedy = "Write one that CSS has for it; the unit of a length touches its number: 3mm."
    return warning("page-engine", place, why, remedy)


class _LogHandler(logging.Handler):
    """Turns WeasyPrint's log into findings. Its errors mean missing content, its warnings ignored rules."""

    def __init__(self, place: Place, as_written: AsWritten) -> None:
        super().__init__(logging.WARNING)
        self.place, self.as_written = place, as_written
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().rstrip(".")
        if message.startswith(_NO_GLYPH):
            return
        place = self.place
        if at := _AT.search(message):
            line, column = self.as_written((int(at[1]), int(at[2])))
            message = f"{message[: at.start()]} at {line}:{column}{message[at.end() :]}"
            place = Place(self.place.file, line, column)
        if ignored := _IGNORED.fullmatch(message):
            self.findings.append(_left_out(place, ignored))
            return
        severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
        self.findings.append(Finding("page-engine", severity, place, f"The page engine says: {message}.", _REMEDY))
