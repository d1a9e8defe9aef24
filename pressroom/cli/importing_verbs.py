"""The verbs that begin a publication, and that bring photographs into one."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from pressroom import importing, machine, production, scaffold
from pressroom.cli.ordering import find_root
from pressroom.cli.terminal import Terminal, count, near
from pressroom.errors import Place, UsageError, error
from pressroom.language.bcp47 import tag_fault


def init(options: argparse.Namespace, terminal: Terminal) -> production.Report:
    """Begin a publication in a new folder."""
    if options.photos and options.template:
        why = "--from makes a book of photographs, and --template begins one with an example."
        raise UsageError([error("template-unused", Place("command line"), why, "Leave one of the two out.")])
    if options.photos:
        return _begin(options, terminal)
    only = {"--title": options.title, "--language": options.language, "--shift": options.shifts}
    if unasked := next((name for name, value in only.items() if value), ""):
        why = f"{unasked} is for a book of photographs, and no folder of photographs is named."
        raise UsageError([error("photos-unnamed", Place("command line"), why, "Name one: --from PHOTOS")])
    files = scaffold.init(options.folder, options.template or next(iter(scaffold.TEMPLATES)))
    terminal.say(f"A new publication of {count(len(files), 'file')} is in {options.folder}. Now type:")
    _say_what_next(options.folder, terminal)
    return production.Report()


def _begin(options: argparse.Namespace, terminal: Terminal) -> production.Report:
    """Begin a publication with a folder of photographs."""
    wishes = _wishes(options, options.language or "en", options.title)
    with terminal.progress() as progress:
        report = importing.begin(
            options.folder, options.photos, wishes, scaffold.frame(options.folder), _steps(progress)
        )
    _tell(report, terminal)
    terminal.say(f"The publication is in {options.folder}; book/import.md says what came. Now type:")
    _say_what_next(options.folder, terminal)
    return production.Report(findings=list(report.findings()))


def bring(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Bring photographs into a publication that is there."""
    publication = find_root(options.root, root, Path.cwd())
    with terminal.progress() as progress:
        report = importing.add(publication, options.sources, _wishes(options), _steps(progress))
    _tell(report, terminal)
    if not report.chapters:
        terminal.say("There is nothing new, and nothing was written.")
    for name in report.files:
        if name.startswith("book/"):
            terminal.say(f"  {near(publication / name)}")
    return production.Report(findings=list(report.findings()))


def _wishes(options: argparse.Namespace, language: str = "en", title: str = "") -> importing.PhotoWishes:
    if fault := tag_fault(language):
        why, meant = fault
        remedy = f"Did you mean “{meant}”?" if meant else "Write its code (BCP 47), such as en, hy or pt-BR."
        raise UsageError([error("language-wrong", Place("--language"), f"“{language}”: {why}.", remedy)])
    cameras = {camera: shift for camera, shift in options.shifts if camera}
    every = next((shift for camera, shift in reversed(options.shifts) if not camera), dt.timedelta())
    shifts = importing.ClockShifts(every, cameras)
    today = machine.today()
    return importing.PhotoWishes(language, title, options.bringing, shifts, today)


def _steps(progress: production.Progress) -> Callable[[str, int], Callable[[], None]]:
    def begin(what: str, steps: int) -> Callable[[], None]:
        progress.begin(what, steps)
        return progress.step

    return begin


def _tell(report: importing.ImportReport, terminal: Terminal) -> None:
    """Print the chapters with their photographs, and what is to be known."""
    terminal.also["imported"] = importing.as_json(report)
    for file, plan in report.chapters:
        terminal.say(f"  {file}: {plan.title}, {count(len(plan.pictures), 'photograph')}")
    terminal.show(report.findings())


def _say_what_next(folder: Path, terminal: Terminal) -> None:
    terminal.say(f"  cd {folder}")
    terminal.say(f"  python {scaffold.DOOR}")
