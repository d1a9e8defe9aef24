"""The terminal: prints findings, summaries, progress and JSON. Nothing but this module and `verbs` prints.

rich is loaded where findings are coloured or bars drawn on a terminal: what goes into a file or a pipe is plain text.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pressroom import production
from pressroom.cli.progress_bars import NoBars, ProgressBars, ProgressLines
from pressroom.errors import CONTROL, ExitCode, Finding, Place, Severity

if TYPE_CHECKING:
    from rich.console import Console

    from pressroom.cli.annotations import FileOf
    from pressroom.publication import Change

PrintedForm = Literal["text", "json", "github", "sarif"]
Telling = Literal["little", "usual", "all"]
"""How much is printed: errors and warnings only; what a person needs; all findings, and each step."""
FOLDED = 3
"""Findings of one id that `build` prints before it folds the rest; `check` prints all."""
_VISIBLE = str.maketrans("\u00a0\u202f", "␣␣")
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


class Terminal:
    """Prints results on standard output, and progress on standard error if that is a terminal."""

    def __init__(
        self, form: PrintedForm = "text", telling: Telling = "usual", file_of: FileOf = lambda place: place.file
    ) -> None:
        self.form, self.telling, self.file_of = form, telling, file_of
        self.also: dict[str, Any] = {}
        """What a verb adds to the JSON object, besides products and findings."""
        self.titles: list[dict[str, Any]] | None = None
        """What a catalogue has in that object in the place of products."""
        self.is_folded = False
        """Whether findings were left out of what was printed."""

    @cached_property
    def paint(self) -> Console | None:
        """What colours findings; None where standard output shows no colour, or NO_COLOR (no-color.org) forbids it."""
        if os.environ.get("NO_COLOR") or not (sys.stdout.isatty() or os.environ.get("FORCE_COLOR")):
            return None
        from rich.console import Console  # noqa: PLC0415 - not to be waited for where there is nothing to colour

        return Console(highlight=False, soft_wrap=True, emoji=False)

    @property
    def as_object(self) -> bool:
        """Whether the result is one object for programs, so that nothing else may be printed."""
        return self.form in ("json", "sarif")

    def say(self, text: str) -> None:
        """Print a line of the result, unless only findings are wanted, or an object."""
        if self.telling != "little":
            self._line(text)

    def _line(self, text: str) -> None:
        if not self.as_object:
            _write(_plain(text) + "\n")

    def introduce(self, report: production.Report) -> None:
        """Print the title of the publication with the number of its chapters and pictures."""
        if facts := report.facts:
            pictures = count(facts.pictures, "picture") + (f" ({facts.missing} missing)" if facts.missing else "")
            self.say(f"{facts.title}: {count(facts.chapters, 'chapter')}, {pictures}")

    def show(self, findings: Iterable[Finding], *, folded: bool = False) -> None:
        """Print findings kind by kind, errors first: of each kind the first one with its line and a caret.

        If folded, only some of each kind are printed, and no advice but that which `check` cannot find.
        """
        if self.form == "github":
            self._annotate(findings)
            return
        folded, findings = folded and self.telling != "all", list(findings)
        told = [f for f in findings if not folded or f.severity is not Severity.ADVICE or f.needs_build]
        told = [f for f in told if self.telling != "little" or f.severity is not Severity.ADVICE]
        self.is_folded = folded and len(told) < len(findings)
        for kind in _by_kind(told):
            whole = len(kind) if kind[0][0].severity is Severity.ERROR else FOLDED if folded else 1
            for finding, places in kind[:whole]:
                self._show_one(finding, places)
            if more := kind[whole:]:
                is_all = not folded or all(finding.needs_build for finding, _ in more)
                self.is_folded |= not is_all
                where = ":" if is_all else ": --verbose shows all."
                self._line(f"… and {len(more)} more of “{more[0][0].id}”{where}")
                for finding, places in more if is_all else ():
                    self._show_short(finding, places, kind[0][0])

    def _annotate(self, findings: Iterable[Finding]) -> None:
        from pressroom.cli.annotations import github  # noqa: PLC0415 - few want it

        for finding in findings:
            self._line(github(finding, self.file_of))

    def _show_short(self, finding: Finding, places: Sequence[Place], first: Finding) -> None:
        """Print a finding without its line, and without a remedy that the first of its kind has too."""
        remedy = f" {finding.remedy}" if finding.remedy and finding.remedy != first.remedy else ""
        self._line(f"  {finding.place}  {finding.severity} {finding.id}  {finding.message}{remedy}")
        self._show_places(places)

    def _show_places(self, places: Sequence[Place]) -> None:
        if places:
            self._line(f"         The same at {', '.join(map(str, places))}.")

    def _show_one(self, finding: Finding, places: Sequence[Place] = ()) -> None:
        """Print a finding: place, severity, id and message, then the line with a caret, then the remedy.

        `places` are the others at which the very same is found.
        """
        if self.as_object:
            return
        colour, place = _COLOURS[finding.severity], finding.place
        self._print((f"{place}  ", ""), (str(finding.severity), colour), (f" {finding.id}  {finding.message}", ""))
        if place.excerpt and place.line:
            excerpt, column, width = _framed(place)
            self._print((f"{place.line:>6} |", "dim"), (f" {excerpt}", ""))
            self._print((" " * (8 + column), ""), ("^" * width, colour))
        if finding.remedy:
            self._line(f"         {finding.remedy}")
        self._show_places(places)

    def _print(self, *parts: tuple[str, str]) -> None:
        """Print a line of texts, each in a style of rich where the terminal shows colours."""
        if self.paint is None:
            self._line("".join(text for text, _ in parts))
            return
        from rich.text import Text  # noqa: PLC0415 - loaded with the console

        self.paint.print(Text.assemble(*((_plain(text), style) for text, style in parts)))

    def show_changes(self, changes: Sequence[Change] | None) -> None:
        """Print the changes that typography made, one a line, and how many each rule made."""
        if changes is None:
            return
        for change in changes:
            origin = f" (from {change.origin})" if change.origin else ""
            words = f"{change.before} → {change.after}{origin}".translate(_VISIBLE)
            self.say(f"{change.place}  {change.rule}  {words}")
        by_rule = ", ".join(f"{rule} {times}" for rule, times in Counter(c.rule for c in changes).most_common())
        self.say(f"Typography: {by_rule}. ␣ is a no-break space." if changes else "Typography: nothing to set.")

    def summarise(self, report: production.Report, seconds: float) -> None:
        """Print each product with its pages and size, the number of findings, and the time taken."""
        for product in report.products:
            pages = count(product.pages, "page") if product.pages else ""
            self.say(f"  {product.edition:<8} {pages:>9} {size_of(product.bytes):>9}  {near(product.path)}")
        if findings := counted(report.findings):
            more = " --verbose shows all." if self.is_folded else ""
            self.say(f"{findings}.{more}" if report.products else f"{findings}. Nothing was made.")
        if report.is_unchanged:
            self.say("Nothing has changed since the last build: its products stand.")
        elif report.products:
            self.say(f"Made in {seconds:.1f} s.")

    def list_photographs(self, report: production.Report) -> None:
        """Print each photograph with its words and where they come from."""
        from pressroom import reports  # noqa: PLC0415 - they are there already if there are entries

        self.say(reports.listing(report.entries))

    def list_papers(self, report: production.Report) -> None:
        """Print each paper that was written (a contact sheet, a list, a light table) with its size."""
        for paper in report.products:
            self.say(f"  {paper.format:<5} {size_of(paper.bytes):>9}  {near(paper.path)}")

    def print_object(self, report: production.Report, seconds: float) -> None:
        """Print the report as the one object that is asked for: our JSON, or SARIF."""
        if self.form == "json":
            self.print_json(report, seconds)
        elif self.form == "sarif":
            from pressroom.cli.annotations import sarif  # noqa: PLC0415 - few want it

            _write(json.dumps(sarif(report.findings, self.file_of), ensure_ascii=True, indent=1) + "\n")

    def print_json(self, report: production.Report, seconds: float) -> None:
        """Print the report as one JSON object."""
        made = (
            {"products": list(map(product_json, report.products))} if self.titles is None else {"titles": self.titles}
        )
        findings = list(map(finding_json, report.findings))
        answer: dict[str, Any] = {**made, "findings": findings, "seconds": round(seconds, 3)}
        answer |= self.also
        if report.entries:
            from pressroom import reports  # noqa: PLC0415 - they are there already if there are entries

            answer["photographs"] = reports.as_json(report.entries)
        if report.manuscript and report.manuscript.pacings:
            from pressroom import reports  # noqa: PLC0415 - design has loaded the pacing

            answer["arrangement"] = reports.arrangement(report.manuscript.pacings)
        if report.changes is not None:
            answer["typography"] = [_change_json(change) for change in report.changes]
        is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        _write(json.dumps(answer, ensure_ascii=not is_unicode, indent=1) + "\n")

    def progress(self) -> ProgressBars | ProgressLines:
        """Progress bars on a terminal, and nothing elsewhere; lines where all is told, nothing where little is."""
        return NoBars() if self.telling == "little" else ProgressLines() if self.telling == "all" else ProgressBars()


def _by_kind(findings: Iterable[Finding]) -> list[list[tuple[Finding, list[Place]]]]:
    """Findings by severity and kind, each with the other places at which the very same is found."""
    same: dict[tuple[Severity, str, str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault((finding.severity, finding.id, finding.message, finding.remedy), []).append(finding)
    kinds: dict[tuple[Severity, str], list[tuple[Finding, list[Place]]]] = {}
    for (severity, id, *_), (first, *others) in same.items():
        kinds.setdefault((severity, id), []).append((first, [other.place for other in others]))
    order = list(Severity)
    return [kinds[key] for key in sorted(kinds, key=lambda key: order.index(key[0]))]


def _write(text: str) -> None:
    """Write to standard output at once."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the pipe has gone; the flush at exit must not fail again
        _give_up_output()
    except OSError as fault:  # a full disk: a program that reads the output must hear of it
        _give_up_output()
        sys.stderr.write(f"Nothing can be printed: {fault.strerror}. What was made stays.\n")
        raise SystemExit(ExitCode.MACHINE) from None


def _give_up_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def product_json(product: production.Product) -> dict[str, Any]:
    """A product as a JSON object."""
    return {
        "edition": product.edition,
        "format": product.format,
        "path": str(product.path),
        "pages": product.pages,
        "bytes": product.bytes,
        "sha256": product.sha256,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object; with `also` where it stands for several places."""
    told = {
        "id": finding.id,
        "severity": str(finding.severity),
        "place": _place_json(finding.place),
        "message": finding.message,
        "remedy": finding.remedy,
    }
    return told | ({"also": list(map(_place_json, finding.also))} if finding.also else {})


def _place_json(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}


def _change_json(change: Change) -> dict[str, Any]:
    """A change that typography made, as a JSON object."""
    place = {"file": change.place.file, "line": change.place.line}
    words = {"before": change.before, "after": change.after, "origin": change.origin or "manuscript"}
    return {"place": place, "rule": change.rule, **words}


def _plain(text: str) -> str:
    """Replace the control characters in a text, which could move or colour what a terminal shows."""
    return CONTROL.sub("\ufffd", text.replace("\t", " "))


def _framed(place: Place) -> tuple[str, int, int]:
    """The part of a line that fits the screen, with the column and width of the caret in it."""
    start = max(0, place.column - 40)
    dots = "…" if start else ""
    excerpt = dots + place.excerpt[start : start + 110]
    column = place.column - start + len(dots)
    return excerpt, column, max(1, min(place.width, len(excerpt) - column + 1))


def size_of(size: int) -> str:
    """A number of bytes in bytes, kB or MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def near(path: Path) -> str:
    """A path, relative to the working folder if it lies in it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def count(number: int, thing: str) -> str:
    """“1 chapter”, “3 chapters”."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def counted(findings: Sequence[Finding]) -> str:
    """“2 errors, 14 pieces of advice”, or "" where there are no findings."""
    things = {Severity.ERROR: ("error", "errors"), Severity.WARNING: ("warning", "warnings")}
    things[Severity.ADVICE] = ("piece of advice", "pieces of advice")
    counts = ((sum(f.severity is severity for f in findings), thing) for severity, thing in things.items())
    return ", ".join(f"{number} {thing[number != 1]}" for number, thing in counts if number)
