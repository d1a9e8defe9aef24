"""Errors: findings and their places, exceptions, and exit codes.

A finding answers four questions of its reader: where, what, why it matters, what to do.
"""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property

CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff\\ud800-\\udfff]")
"""Control characters except tab and newline, and the code points that XML 1.0 forbids."""


class ExitCode(IntEnum):
    """The exit codes of the program."""

    MADE = 0
    FAULTS = 1
    USAGE = 2
    MACHINE = 3
    INTERRUPTED = 130


class Severity(StrEnum):
    """How serious a finding is. An error prevents its edition from being made."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """A position in a source file. Lines and columns count from 1; line 0 stands for the whole file."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    """The text of that line, under which the terminal draws a caret."""
    width: int = 1
    """The number of characters that are underlined."""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True)
class Finding:
    """One fault, or one piece of advice, about a publication, a product or the machine."""

    id: str
    severity: Severity
    place: Place
    message: str
    """What is wrong, and why it matters."""
    remedy: str = ""
    """What to do about it."""
    also: tuple[Place, ...] = ()
    """The other places of the same fault, where one finding stands for all of them."""
    needs_build: bool = field(default=False, compare=False)
    """Whether only a build can find it: it is about finished pages."""


@dataclass(frozen=True)
class Source:
    """A text file of the publication, with its name and its lines."""

    file: str
    """Path relative to the publication, with forward slashes."""
    text: str
    first_line: int = 1
    """The line of the file on which this text begins: more than 1 for a text cut out of a larger file."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without line ends. They are split once: every place of a long chapter asks for them."""
        return self.text.split("\n")

    def place(self, line: int, column: int = 1, width: int = 0) -> Place:
        """The place at a line and column of the file; width 0 underlines the rest of the line."""
        lines, index = self.lines, line - self.first_line
        excerpt = lines[index].rstrip("\r") if 0 <= index < len(lines) else ""
        return Place(self.file, line, column, excerpt, width or max(1, len(excerpt) - column + 1))

    def find(self, needle: str, first: int, last: int) -> Place:
        """The place of `needle` between two lines of the file, or else the start of the first line."""
        for line in range(first, last + 1):
            column = self.place(line).excerpt.find(needle)
            if needle and column >= 0:
                return self.place(line, column + 1, len(needle))
        return self.place(first)


def control_faults(source: Source) -> list[Finding]:
    """An error for each of the first five control characters in a text."""
    faults = []
    for match in CONTROL.finditer(source.text):
        before = source.text[: match.start()]
        line, column = source.first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1
        name = "a NUL character" if match[0] == "\0" else f"a control character (U+{ord(match[0]):04X})"
        why = f"There is {name} here, which an ebook must not contain."
        faults.append(error("text-control", source.place(line, column, 1), why, "Delete it."))
    return faults[:5]


def encoding_fault(file: str, fault: UnicodeDecodeError) -> Finding:
    """The error for a text that is not UTF-8, at the first byte that means nothing in it."""
    data, end, remedy = fault.object, fault.start, "Save the file as UTF-8 in your editor."
    line = data.count(b"\n", 0, end) + 1
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        why = "This is UTF-16, which some editors call Unicode, and not UTF-8."
        return error("text-encoding", Place(file, line), why, remedy)
    why = f"This is not UTF-8 text: byte 0x{data[end]:02x} means nothing there."
    before = data[:end].rpartition(b"\n")[2].decode("utf-8", "replace")
    after = data[end:].partition(b"\n")[0].rstrip(b"\r").decode("cp1252", "replace")  # what such bytes mean, most often
    return error("text-encoding", Place(file, line, len(before) + 1, before + after), why, remedy)


class PressroomError(Exception):
    """A stage failed. The exception carries every finding of that stage."""

    exit_code = ExitCode.FAULTS

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f.message for f in self.findings))

    def __reduce__(self) -> tuple[type[PressroomError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)  # else another process would get its message for its findings


class UsageError(PressroomError):
    """The command line names something that does not exist."""

    exit_code = ExitCode.USAGE


class MachineError(PressroomError):
    """The machine lacks something: a library, a font, space on the disk."""

    exit_code = ExitCode.MACHINE


def error(id: str, place: Place, message: str, remedy: str) -> Finding:
    """A finding that prevents its edition from being made."""
    return Finding(id, Severity.ERROR, place, message, remedy)


def warning(id: str, place: Place, message: str, remedy: str) -> Finding:
    """A finding that does not stop the build, and should be mended."""
    return Finding(id, Severity.WARNING, place, message, remedy)


def advice(id: str, place: Place, message: str, remedy: str) -> Finding:
    """A finding that suggests an improvement."""
    return Finding(id, Severity.ADVICE, place, message, remedy)


_LISTED = 40
"""Lines that a message lists; a longer list would not be read."""


def lines_of(places: Iterable[Place]) -> str:
    """“line 3” or “lines 3, 8”, for a message; many lines are counted."""
    lines = list(dict.fromkeys(str(place.line) for place in places))
    more = f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines[:_LISTED])}{more}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion for a misspelt name, “Did you mean “trucks.jpg”?”, or “” if no known name is close."""
    by_lower = {k.lower(): k for k in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"Did you mean “{by_lower[close[0]]}”?" if close else ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(f.severity is Severity.ERROR for f in findings)
