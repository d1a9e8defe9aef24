"""What can go wrong, and how it is told: places, findings, exit codes.

A finding answers four questions of the person at the desk: where, what, why it matters, what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff\\ud800-\\udfff]")
"""Everything below space but tab and newline, DEL, the C1 controls, and the code points that XML 1.0 forbids."""


class ExitCode(IntEnum):
    """How the program ends, as the shell sees it."""

    MADE = 0
    FAULTS = 1
    USAGE = 2
    MACHINE = 3
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a finding weighs: an error keeps its edition from being made."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """A spot in a source file. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    """The line that stands there, for the caret."""
    width: int = 1
    """How many characters the caret underlines."""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True)
class Finding:
    """One thing to know about a publication, a product or the machine."""

    id: str
    severity: Severity
    place: Place
    message: str
    """What is there, and why it matters."""
    remedy: str = ""
    """What to do about it."""


@dataclass(frozen=True)
class Source:
    """A text file of the publication that knows its name and its lines."""

    file: str
    """Path relative to the publication, with forward slashes."""
    text: str
    first_line: int = 1
    """Where this text begins in its file: more than 1 for text cut out of a larger file."""

    @property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.text.split("\n")

    def place(self, line: int, column: int = 1, width: int = 0) -> Place:
        """The place at a line of the file and a column; width 0 underlines to the line's end."""
        lines, index = self.lines, line - self.first_line
        excerpt = lines[index].rstrip("\r") if 0 <= index < len(lines) else ""
        return Place(self.file, line, column, excerpt, width or max(1, len(excerpt) - column + 1))

    def find(self, needle: str, first: int, last: int) -> Place:
        """Where `needle` stands between two lines of the file, else the start of the first of them."""
        for line in range(first, last + 1):
            column = self.place(line).excerpt.find(needle)
            if needle and column >= 0:
                return self.place(line, column + 1, len(needle))
        return self.place(first)


def control_faults(source: Source) -> list[Finding]:
    """The first few control characters of a text."""
    faults = []
    for match in CONTROL.finditer(source.text):
        before = source.text[: match.start()]
        line, column = source.first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1
        name = "a NUL character" if match[0] == "\0" else f"a control character (U+{ord(match[0]):04X})"
        why = f"There is {name} here, which no ebook may hold."
        faults.append(error("text-control", source.place(line, column, 1), why, "Delete it."))
    return faults[:5]


class PressroomError(Exception):
    """Stops what was asked for. Carries every finding of the stage that failed."""

    exit_code = ExitCode.FAULTS

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f.message for f in self.findings))


class UsageError(PressroomError):
    """The command line asks for something that is not there."""

    exit_code = ExitCode.USAGE


class MachineError(PressroomError):
    """The machine lacks something: a library, a font, room on the disk."""

    exit_code = ExitCode.MACHINE


def error(id: str, place: Place, message: str, remedy: str = "") -> Finding:
    """A finding that keeps its edition from being made."""
    return Finding(id, Severity.ERROR, place, message, remedy)


def warning(id: str, place: Place, message: str, remedy: str = "") -> Finding:
    """A finding that a product can live with, and its maker should not."""
    return Finding(id, Severity.WARNING, place, message, remedy)


def advice(id: str, place: Place, message: str, remedy: str = "") -> Finding:
    """A finding that a good editor would mention."""
    return Finding(id, Severity.ADVICE, place, message, remedy)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion for a misspelt name: “Did you mean “trucks.jpg”?”, or nothing."""
    by_lower = {k.lower(): k for k in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"Did you mean “{by_lower[close[0]]}”?" if close else ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of these keeps a product from being made."""
    return any(f.severity is Severity.ERROR for f in findings)
