"""The verbs that begin a publication, and that bring photographs and texts of other programs into one."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pressroom import importing, machine, production, scaffold
from pressroom.cli.ordering import find_root
from pressroom.cli.terminal import Terminal, count, near
from pressroom.errors import Finding, Place, UsageError, error
from pressroom.language.bcp47 import tag_fault
from pressroom.publication.measures import parse_trim
from pressroom.whereabouts import TEMPLATES


def init(options: argparse.Namespace, terminal: Terminal) -> production.Report:
    """Begin a publication in a new folder."""
    if options.source and options.template:
        why = "--from makes a book of what you have, and --template begins one with an example."
        raise UsageError([error("template-unused", Place("command line"), why, "Leave one of the two out.")])
    if options.source:
        return _begin(options, terminal)
    only = {
        "--title": options.title,
        "--language": options.language,
        "--trim": options.trim,
        "--shift": options.shifts,
    }
    if unasked := next((name for name, value in only.items() if value), ""):
        why = f"{unasked} is for a book that is made of something, and no file or folder is named."
        raise UsageError([error("source-unnamed", Place("command line"), why, "Name one: --from FILE")])
    files = scaffold.init(options.folder, options.template or TEMPLATES[0])
    terminal.say(f"A new publication of {count(len(files), 'file')} is in {options.folder}. Now type:")
    _say_what_next(options.folder, terminal)
    return production.Report()


def _begin(options: argparse.Namespace, terminal: Terminal) -> production.Report:
    """Begin a publication with a folder of photographs, or with a text of another program."""
    (kind,) = importing.kinds_of([options.source])
    wishes = replace(_wishes(options, options.language or "en"), title=options.title, trim=_trim(options.trim))
    frame = scaffold.frame(options.folder)
    if kind is importing.SourceKind.PHOTOGRAPHS:
        with terminal.progress() as progress:
            told = importing.begin(options.folder, options.source, wishes, frame, _steps(progress))
        findings = _tell(told, terminal)
    else:
        _check_photo_options(options, options.trim)
        own = importing.TextWishes(options.title, options.language)
        told_of_text = importing.begin_with_text(options.folder, options.source, kind, own, frame)
        findings = _tell_of_texts(told_of_text, terminal)
    terminal.say(f"The publication is in {options.folder}; book/import.md says what came. Now type:")
    _say_what_next(options.folder, terminal)
    return _report_of(findings)


def bring(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Bring photographs, or texts of other programs, into a publication that is there."""
    begin = f"pressroom init FOLDER --from {shlex.quote(str(options.sources[0]))}"
    publication = find_root(options.root, root, Path.cwd(), begin)
    kinds = importing.kinds_of(options.sources)
    photographs = [kind is importing.SourceKind.PHOTOGRAPHS for kind in kinds]
    if not any(photographs):
        _check_photo_options(options)
        sources = list(zip(options.sources, kinds, strict=True))
        return _report_of(_tell_of_texts(importing.add_texts(publication, sources), terminal, publication))
    if not all(photographs):
        why = "Photographs and texts are brought in different ways, and both are named here."
        raise UsageError([error("import-mixed", Place("command line"), why, "Give a command for each.")])
    with terminal.progress() as progress:
        report = importing.add(publication, options.sources, _wishes(options), _steps(progress))
    findings = _tell(report, terminal)
    if not report.chapters:
        terminal.say("There is nothing new, and nothing was written.")
    _say_files(report.files, publication, terminal)
    return _report_of(findings)


def _check_photo_options(options: argparse.Namespace, trim: str = "") -> None:
    """Raise UsageError for an option of photographs where a text is named."""
    given = {"--shift": options.shifts, f"--{options.bringing}": options.bringing, "--trim": trim}
    if unasked := next((name for name, value in given.items() if value), ""):
        why = f"{unasked} is for photographs, and a text is named here."
        raise UsageError([error("photos-unnamed", Place("command line"), why, f"Leave {unasked} out.")])


def _report_of(findings: Iterable[Finding]) -> production.Report:
    report = production.Report()
    report.add(findings)
    return report


def _tell_of_texts(
    report: importing.TextReport, terminal: Terminal, publication: Path | None = None
) -> Sequence[Finding]:
    """Print the chapters that came of texts, and what is to be known."""
    terminal.also["imported"] = importing.text_report_json(report)
    files, findings = report.files, report.findings()
    for filed in files.chapters:
        terminal.say(f"  book/{filed.file}: {filed.chapter.title or '(no title)'}")
    pictures = count(len(files.pictures), "new picture")
    terminal.say(f"{count(len(files.chapters), 'chapter')} and {pictures} from {report.source}.")
    terminal.show(findings)
    if report.counts_paragraphs and any(finding.place.line for finding in findings):
        terminal.say("The numbers behind the name of the document count its paragraphs.")
    if publication:
        reports = [name for name in report.written if Path(name).name.startswith("import")]
        _say_files(reports, publication, terminal)
    return findings


def _say_files(files: Iterable[str], publication: Path, terminal: Terminal) -> None:
    for name in files:
        if name.startswith("book/"):
            terminal.say(f"  {near(publication / name)}")


def _wishes(options: argparse.Namespace, language: str = "en") -> importing.PhotoWishes:
    if fault := tag_fault(language):
        why, meant = fault
        remedy = f"Did you mean “{meant}”?" if meant else "Write its code (BCP 47), such as en, hy or pt-BR."
        raise UsageError([error("language-wrong", Place("--language"), f"“{language}”: {why}.", remedy)])
    cameras = {camera: shift for camera, shift in options.shifts if camera}
    every = next((shift for camera, shift in reversed(options.shifts) if not camera), dt.timedelta())
    shifts = importing.ClockShifts(every, cameras)
    return importing.PhotoWishes(language, bringing=options.bringing, shifts=shifts, today=machine.today())


def _trim(text: str) -> str:
    """The paper of a new book of photographs, as publication.yaml has it; “” for what suits them."""
    try:
        if text:
            parse_trim(text)
    except ValueError as fault:
        remedy = "Write a size such as 210x270mm or 8.5x8.5in, or a name such as a5."
        raise UsageError([error("trim-wrong", Place("--trim"), f"{fault}.", remedy)]) from fault
    return text.strip()


def _steps(progress: production.Progress) -> Callable[[str, int], Callable[[], None]]:
    def begin(what: str, steps: int) -> Callable[[], None]:
        progress.begin(what, steps)
        return progress.step

    return begin


def _tell(report: importing.ImportReport, terminal: Terminal) -> Sequence[Finding]:
    """Print the chapters with their photographs, and what is to be known."""
    terminal.also["imported"] = importing.as_json(report)
    for file, plan in report.chapters:
        terminal.say(f"  {file}: {plan.title}, {count(len(plan.pictures), 'photograph')}")
    findings = report.findings()
    terminal.show(findings)
    return findings


def _say_what_next(folder: Path, terminal: Terminal) -> None:
    terminal.say(f"  cd {shlex.quote(str(folder))}")
    terminal.say("  pressroom build")
