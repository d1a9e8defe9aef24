"""The command line: arguments, progress, messages, exit codes. The only room that prints."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars
from rich.text import Text

from pressroom import __version__, build, contactsheet, layouts, machine, scaffold
from pressroom.errors import CONTROL, ExitCode, Finding, Place, PressroomError, Severity, UsageError, error
from pressroom.publication import Change
from pressroom.settings import FILE

VERBS = ("build", "check", "photos", "layouts", "init", "doctor")
FOLDED = 3
"""Findings of one kind that `build` shows before it folds the rest; `check` shows all."""
_LAST_SECOND = 253_402_300_799
"""Of the year 9999, after which there are no dates."""
_VISIBLE = str.maketrans("\u00a0\u202f", "␣␣")
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run a command and give its exit code. `root` is the publication's folder, when the caller knows it."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0] not in VERBS and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, "build")
    options = _parser().parse_args(arguments)
    _print_anything()
    desk = Desk(as_json=options.json)
    started = time.monotonic()
    try:
        report = _WORK[options.verb](options, root, desk)
    except PressroomError as fault:
        report = build.Report()
        report.fail(fault)
        desk.show(report.findings)
    except KeyboardInterrupt:
        desk.err.print("\nStopped. No product was left half made.")
        return ExitCode.INTERRUPTED
    if desk.as_json:
        desk.print_json(report, time.monotonic() - started)
    return report.exit_code


def _print_anything() -> None:
    """A letter that the terminal's encoding has not comes as its code, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    common = _common()
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument(
        "--edition", action="append", default=[], metavar="NAME", help="only this edition; may be repeated"
    )
    status = chosen.add_mutually_exclusive_group()
    status.add_argument(
        "--draft", dest="final", action="store_false", default=None, help="missing photographs become placeholders"
    )
    status.add_argument(
        "--final", dest="final", action="store_true", default=None, help="missing photographs are errors"
    )
    parser = argparse.ArgumentParser(
        prog="pressroom",
        description="Build an EPUB and press-ready PDFs from captioned photographs and text.",
        epilog="Exit codes: 0 made, 1 the publication has faults, 2 the command line, 3 the machine lacks something.",
    )
    parser.add_argument("--version", action="version", version=f"pressroom {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = verbs.add_parser("build", parents=[common, chosen], help="make the products (the default)")
    make.add_argument("--out", type=Path, metavar="DIR", help="folder for the products (else dist/)")
    make.add_argument(
        "--jobs",
        type=_positive,
        default=1,
        metavar="N",
        help="how many units to lay out at once (accepted; work is serial as yet)",
    )
    check = verbs.add_parser(
        "check", parents=[common, chosen], help="tell everything that is wrong, without making anything"
    )
    check.add_argument("--typography", action="store_true", help="list every quote, dash and space that is set anew")
    photos = verbs.add_parser("photos", parents=[common, chosen], help="tell what each photograph says, and where from")
    photos.add_argument("--report", action="store_true", help="write a contact sheet, one page of HTML")
    photos.add_argument("--missing", action="store_true", help="write the list of photographs to come, as CSV and text")
    photos.add_argument("--out", type=Path, metavar="DIR", help="folder for these papers (else dist/)")
    _layouts_parser(verbs.add_parser("layouts", parents=[common], help="list the layouts, or take one home"))
    init = verbs.add_parser("init", parents=[common], help="begin a small publication in a new folder")
    init.add_argument("folder", type=Path, metavar="FOLDER")
    verbs.add_parser("doctor", parents=[common], help="tell what this machine lacks, and the command that brings it")
    return parser


def _common(**default: str) -> argparse.ArgumentParser:
    """What every verb may be given."""
    common = argparse.ArgumentParser(add_help=False, **default)  # type: ignore[arg-type]  # a default of any kind
    common.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    common.add_argument(
        "--root", type=Path, metavar="DIR", help="the publication’s folder (else found upward from here)"
    )
    return common


def _layouts_parser(verb: argparse.ArgumentParser) -> None:
    inner = verb.add_subparsers(dest="what", metavar="copy")
    said_before = _common(argument_default=argparse.SUPPRESS)  # else `layouts --json copy` would forget it
    copy = inner.add_parser("copy", parents=[said_before], help="copy a layout, or some of its files, into layouts/")
    copy.add_argument("name", metavar="NAME", help="the layout to copy")
    copy.add_argument("--to", default="", metavar="NAME", help="what the copy is called (else as the layout)")
    copy.add_argument("--only", nargs="+", default=[], metavar="FILE", help="only these files of it")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1")
    return int(text)


# ---- verbs


def _build(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    started = time.monotonic()
    with desk.progress() as progress:
        report = build.build(_order(options, root, options.out), progress)
    desk.introduce(report)
    desk.show(report.findings, folded=True)
    desk.summarise(report, time.monotonic() - started)
    return report


def _check(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    with desk.progress() as progress:
        report = build.check(_order(options, root, None), progress)
    if options.typography and report.manuscript:
        report.changes = report.manuscript.publication.changes
    desk.introduce(report)
    desk.show(report.findings)
    desk.show_changes(report.changes)
    desk.say(_counted(report.findings) or "Nothing to mend.")
    return report


def _photos(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    papers = build.Papers(sheet=options.report, missing=options.missing)
    with desk.progress() as progress:
        report = build.photos(_order(options, root, options.out), papers, progress)
    desk.introduce(report)
    if not report.products:
        desk.say(contactsheet.listing(report.entries))
    desk.show(report.findings, folded=True)
    for product in report.products:
        desk.say(f"  {product.format:<5} {_size(product.bytes):>9}  {_near(product.path)}")
    return report


def _layouts(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    if options.what == "copy":
        return _copy(options, _find_root(options.root, root, Path.cwd()), desk)
    report = build.Report()
    try:
        here = _find_root(options.root, root, Path.cwd())
    except UsageError:  # outside of a publication there are the built-in ones
        here = layouts.BUILTIN
    found: list[layouts.Layout] = []
    for name in layouts.known_layouts(here):
        with build.told(report):
            found.append(layouts.find_layout(name, here, Place(f"layouts/{name}")))
    desk.say(layouts.listing(found))
    desk.show(report.findings)
    desk.also["layouts"] = layouts.as_json(found)
    return report


def _copy(options: argparse.Namespace, root: Path, desk: Desk) -> build.Report:
    layout = layouts.find_layout(options.name, root, Place("NAME"))
    files = scaffold.copy_layout(layout, root, options.to, options.only)
    for file in files:
        desk.say(f"  {file.relative_to(root)!s:<42} {layouts.purposes(file.name)}")
    if not options.only:
        desk.say("To begin: colours and roles of type are in shared.css, sizes and positions in page.css.")
    if not options.to:
        desk.say("What you change in these holds at the next build; delete one to have the layout’s own again.")
    else:
        desk.say(f"Now write layout: {options.to} into {FILE}, and give it a title in its layout.yaml.")
    desk.also["copied"] = [str(file) for file in files]
    return build.Report()


def _init(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    del root
    files = scaffold.init(options.folder)
    desk.say(f"A publication of {len(files)} files is in {options.folder}. Now type:")
    desk.say(f"  cd {options.folder}")
    desk.say(f"  python {scaffold.DOOR}")
    return build.Report()


def _doctor(options: argparse.Namespace, root: Path | None, desk: Desk) -> build.Report:
    del options, root
    report = build.Report()
    for need in machine.needs():
        desk.say(f"  {'there  ' if need.is_there else 'MISSING'}  {need.name}, for {need.what_for}")
        if need.is_there:
            continue
        desk.say(f"           Type: {need.remedy}")
        kind = Severity.ERROR if need.needed else Severity.HINT
        report.findings.append(
            Finding(
                "machine-lacks",
                kind,
                machine.PLACE,
                f"{need.name} is missing, for {need.what_for}.",
                f"Type: {need.remedy}",
            )
        )
        if need.needed:
            report.exit_code = ExitCode.MACHINE
    return report


_WORK = {
    "build": _build,
    "check": _check,
    "photos": _photos,
    "layouts": _layouts,
    "init": _init,
    "doctor": _doctor,
}


def _order(options: argparse.Namespace, root: Path | None, out: Path | None) -> build.Order:
    return build.Order(
        root=_find_root(options.root, root, Path.cwd()),
        editions=tuple(options.edition),
        out=out,
        final=options.final,
        source_date=_source_date(os.environ.get("SOURCE_DATE_EPOCH", "")),
        today=dt.datetime.now().astimezone().date(),
    )


def _find_root(named: Path | None, given: Path | None, here: Path) -> Path:
    """The publication's folder: the one that is named, the door's own, or the nearest one upward from here."""
    if named is not None or given is not None:
        return (named or given or here).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    help = "Go to a publication’s folder, name it with --root DIR, or begin one: pressroom init FOLDER"
    raise UsageError([error("publication-missing", Place(str(here)), f"There is no {FILE} here or above.", help)])


def _source_date(text: str) -> dt.datetime | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org): seconds since 1970, in UTC."""
    if not text:
        return None
    if not text.isdecimal() or int(text[:20]) > _LAST_SECOND:
        why = f"SOURCE_DATE_EPOCH is “{text}”; it must be a number of seconds."
        raise UsageError([error("source-date", Place("environment"), why, "Set it to such a number, or unset it.")])
    return dt.datetime.fromtimestamp(int(text), dt.UTC)


# ---- the desk


class Desk:
    """Where the person sits: results on standard output, progress on standard error and only on a terminal."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.also: dict[str, Any] = {}
        """What the JSON object holds besides products and findings."""
        # NO_COLOR (no-color.org): without a system of colours no style is written, not even bold.
        colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self.out = Console(highlight=False, soft_wrap=True, emoji=False, color_system=colours)
        self.err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

    def say(self, text: str) -> None:
        """A line of the result, unless the result is JSON."""
        if not self.as_json:
            self.out.print(Text(_plain(text)))

    def introduce(self, report: build.Report) -> None:
        """What has been read."""
        if report.manuscript is None:
            return
        publication = report.manuscript.publication
        count = len(list(publication.pictures()))
        missing = count - len(report.manuscript.album)
        pictures = _count(count, "picture") + (f" ({missing} to come)" if missing else "")
        self.say(f"{publication.settings.title}: {_count(len(list(publication.chapters())), 'chapter')}, {pictures}")

    def show(self, findings: Iterable[Finding], *, folded: bool = False) -> None:
        """Findings with their line and a caret under what is meant; folded, only the first of a kind, and no hints."""
        seen: dict[str, int] = {}
        for finding in findings:
            if folded and finding.severity is Severity.HINT:
                continue
            seen[finding.id] = seen.get(finding.id, 0) + 1
            if not folded or finding.severity is Severity.ERROR or seen[finding.id] <= FOLDED:
                self._show_one(finding)
        for id, times in seen.items():
            if folded and times > FOLDED:
                self.say(f"… and {times - FOLDED} more of “{id}”: pressroom check shows all.")

    def _show_one(self, finding: Finding) -> None:
        if self.as_json:
            return
        colour, place = _COLOURS[finding.severity], finding.place
        said = _plain(f" {finding.id}  {finding.message}")
        self.out.print(Text.assemble(_plain(f"{place}  "), (str(finding.severity), colour), said))
        if place.excerpt and place.line:
            excerpt, column, width = _framed(place)
            self.out.print(Text.assemble((f"{place.line:>6} |", "dim"), f" {_plain(excerpt)}"))
            self.out.print(Text.assemble(" " * (8 + column), ("^" * width, colour)))
        if finding.hint:
            self.out.print(Text(f"         {_plain(finding.hint)}"))

    def show_changes(self, changes: Sequence[Change] | None) -> None:
        """What typography has altered, one change to a line, and how often each rule did."""
        if changes is None:
            return
        for change in changes:
            origin = f" (from {change.origin})" if change.origin else ""
            words = f"{change.before} → {change.after}{origin}".translate(_VISIBLE)
            self.say(f"{change.place}  {change.rule}  {words}")
        counted = ", ".join(f"{rule} {times}" for rule, times in Counter(c.rule for c in changes).most_common())
        self.say(f"Typography: {counted}. ␣ is a no-break space." if changes else "Typography: nothing to set.")

    def summarise(self, report: build.Report, seconds: float) -> None:
        """Each product with its pages and size."""
        for product in report.products:
            pages = _count(product.pages, "page") if product.pages else ""
            self.say(f"  {product.edition:<8} {pages:>9} {_size(product.bytes):>9}  {_near(product.path)}")
        counted = _counted(report.findings)
        if counted:
            self.say(f"{counted}. pressroom check shows all." if report.products else f"{counted}. Nothing was made.")
        if report.products:
            self.say(f"Made in {seconds:.1f} s.")

    def print_json(self, report: build.Report, seconds: float) -> None:
        """The report as one JSON object."""
        products = [
            {
                "edition": p.edition,
                "format": p.format,
                "path": str(p.path),
                "pages": p.pages,
                "bytes": p.bytes,
                "sha256": p.sha256,
            }
            for p in report.products
        ]
        findings = [_finding_json(f) for f in report.findings]
        answer: dict[str, Any] = {"products": products, "findings": findings, "seconds": round(seconds, 3)}
        answer |= self.also
        if report.entries:
            answer["photographs"] = contactsheet.as_json(report.entries)
        if report.changes is not None:
            answer["typography"] = [_change_json(change) for change in report.changes]
        is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        try:
            sys.stdout.write(json.dumps(answer, ensure_ascii=not is_unicode, indent=1) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # whoever asked has gone; what is left to flush must not complain at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def progress(self) -> _Shown:
        """Bars on a terminal; silence elsewhere."""
        return _Shown(self.err)


class _Shown:
    """Progress as bars, one for each piece of work."""

    def __init__(self, console: Console) -> None:
        self.bars = Bars(
            TextColumn("{task.description:<18}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task: Any = None

    def __enter__(self) -> _Shown:
        self.bars.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.bars.stop()

    def begin(self, what: str, steps: int) -> None:
        """A new bar."""
        self.task = self.bars.add_task(what, total=steps)

    def step(self) -> None:
        """Forward by one; units that are laid out again come on top."""
        task = self.bars.tasks[-1]
        total = max(task.total or 0, task.completed + 1)
        self.bars.update(task.id, advance=1, total=total)


def _finding_json(finding: Finding) -> dict[str, Any]:
    place = {"file": finding.place.file, "line": finding.place.line, "column": finding.place.column}
    return {
        "id": finding.id,
        "severity": str(finding.severity),
        "place": place,
        "message": finding.message,
        "hint": finding.hint,
    }


def _change_json(change: Change) -> dict[str, Any]:
    place = {"file": change.place.file, "line": change.place.line}
    said = {"before": change.before, "after": change.after, "origin": change.origin or "manuscript"}
    return {"place": place, "rule": change.rule, **said}


def _plain(text: str) -> str:
    """Text without the characters by which a terminal moves or colours what it shows."""
    return CONTROL.sub("\ufffd", text.replace("\t", " "))


def _framed(place: Place) -> tuple[str, int, int]:
    """As much of a line as fits the screen, with the column and width of the caret within it."""
    start = max(0, place.column - 40)
    dots = "…" if start else ""
    excerpt = dots + place.excerpt[start : start + 110]
    column = place.column - start + len(dots)
    return excerpt, column, max(1, min(place.width, len(excerpt) - column + 1))


def _size(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def _near(path: Path) -> str:
    """A path as short as it can be from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _counted(findings: Sequence[Finding]) -> str:
    counts = [(sum(f.severity is s for f in findings), s) for s in Severity]
    return ", ".join(_count(n, str(s)) for n, s in counts if n)
