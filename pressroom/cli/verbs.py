"""The verbs: each carries out what was typed, prints what came of it, and returns its report."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pressroom import machine, production
from pressroom.cli.arguments import parser
from pressroom.cli.ordering import folder_here, order_of
from pressroom.cli.terminal import Terminal, counted, near
from pressroom.errors import ExitCode, MachineError, Place, PressroomError, UsageError, error


@machine.looking_seldom_for_unused_objects()
def run(options: argparse.Namespace, root: Path | None) -> int:
    """Run the verb that was typed, and return the exit code."""
    _print_anything()
    if not _has_folder():
        sys.stderr.write("The folder that you are in was deleted. Go to one that is there (cd), and type it again.\n")
        return ExitCode.USAGE
    terminal = Terminal(options.form, options.telling, _paths_from_here(options, root))
    started = time.monotonic()
    try:
        report = _VERB_FUNCTIONS[options.verb](options, root, terminal)
    except (PressroomError, MemoryError) as fault:
        report = production.Report()
        report.fail(fault if isinstance(fault, PressroomError) else _memory_short())
        terminal.show(report.findings)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. No product was left half written.\n")
        return ExitCode.INTERRUPTED
    terminal.print_object(report, time.monotonic() - started)
    return report.exit_code


def _paths_from_here(options: argparse.Namespace, root: Path | None) -> Callable[[Place], str]:
    """What gives the path of a place’s file from the working folder, as code hosts need it; “” for what is no file."""

    def path(place: Place) -> str:
        folder = folder_here(getattr(options, "root", None), root) or Path.cwd()
        return Path(near(folder / place.file)).as_posix() if (folder / place.file).is_file() else ""

    return path


def _has_folder() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _memory_short() -> MachineError:
    """What is said where memory ends; a layout of one's own may ask for a page of a hundred kilometres."""
    why = "The memory of this machine does not suffice for this. The edition that was being made is not made."
    remedy = (
        "Make one edition at a time (--edition NAME, --jobs 1), or take out of your own layout what was added last."
    )
    return MachineError([error("memory-short", Place("this machine"), why, remedy)])


def _print_anything() -> None:
    """Make streams print the code of a letter that their encoding lacks, instead of raising UnicodeEncodeError. What is
    written to a stream that the caller has closed is lost.

    Standard error gets a number of its own: on the usual one, libraries in C are listened to.
    """
    usual = sys.__stderr__
    if usual and sys.stderr is usual:
        sys.stderr = open(os.dup(usual.fileno()), "w", buffering=1, encoding=usual.encoding)  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process lives
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _build(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Make the products, and print a summary of them."""
    started = time.monotonic()
    with terminal.progress() as progress:
        report = production.build(order_of(options, root, options.out), progress)
    terminal.introduce(report)
    terminal.show(report.findings, folded=True)
    terminal.summarise(report, time.monotonic() - started)
    if options.open:
        from pressroom.cli.opening import open_products  # noqa: PLC0415 - as below

        open_products(report, terminal)
    return report


def _check(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Check a publication or, if a file is named, a finished PDF."""
    if options.file is not None:
        return _check_file(options, root, terminal)
    if options.printer or options.report or options.judge:
        why = "--printer, --report and --judge need a finished file to check."
        raise UsageError(
            [
                error(
                    "file-missing",
                    Place("command line"),
                    why,
                    "Name the file, as in: pressroom check dist/book-print.pdf",
                )
            ]
        )
    with terminal.progress() as progress:
        report = production.check(order_of(options, root, None), progress)
    if options.typography and report.manuscript:
        report.changes = report.manuscript.publication.changes
    terminal.introduce(report)
    terminal.show(report.findings)
    terminal.show_changes(report.changes)
    terminal.say(counted(report.findings) or "Nothing to mend.")
    return report


def _check_file(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Check a finished PDF, and write the light table if it is asked for."""
    of_sources = {"--edition": options.edition, "--set": options.variables, "--typography": options.typography}
    of_sources |= {"--final": options.final, "--draft": options.final is False}
    if unasked := next((name for name, given in of_sources.items() if given), ""):
        why = f"{unasked} is for the check of a publication, and a finished file is named here."
        raise UsageError([error("option-unused", Place("command line"), why, f"Leave out {unasked}, or the file.")])
    if options.file.suffix.lower() == ".epub":
        report = production.check_epub(options.file, judge=options.judge)
    else:
        folder = folder_here(options.root, root)
        report = production.check_pdf(options.file, options.printer, options.report, folder, judge=options.judge)
    terminal.show(report.findings)
    terminal.say(counted(report.findings) or "Nothing to mend.")
    terminal.list_papers(report)
    return report


def _photos(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """List the photographs, write the papers that are asked for, or write the places of pictures into chapters."""
    if options.arrange is not None:
        return _arrange(options, root, terminal)
    papers = production.Papers(sheet=options.report, missing=options.missing)
    with terminal.progress() as progress:
        report = production.photos(order_of(options, root, options.out), papers, progress)
    terminal.introduce(report)
    if not report.products:
        terminal.list_photographs(report)
    terminal.show(report.findings, folded=True)
    terminal.list_papers(report)
    return report


def _arrange(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Write the places of pictures into the chapters."""
    with terminal.progress() as progress:
        report = production.write_places(order_of(options, root, options.out), options.arrange, progress)
    terminal.introduce(report)
    terminal.show(report.findings, folded=True)
    terminal.list_papers(report)
    return report


def _layouts(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """List the layouts, or copy one."""
    from pressroom.cli import layout_verbs  # noqa: PLC0415 - the other verbs need not wait for it

    return layout_verbs.layouts(options, root, terminal)


def _init(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Begin a publication in a new folder."""
    from pressroom.cli import importing_verbs  # noqa: PLC0415 - as above

    del root
    return importing_verbs.init(options, terminal)


def _import(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Bring photographs into a publication."""
    from pressroom.cli import importing_verbs  # noqa: PLC0415 - as above

    return importing_verbs.bring(options, root, terminal)


def _preview(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Show the pages in a browser."""
    from pressroom.cli import preview_verb  # noqa: PLC0415 - as above

    return preview_verb.preview(options, root, terminal)


def _doctor(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Report what is missing on this machine."""
    from pressroom.cli import doctor_verb  # noqa: PLC0415 - as above

    return doctor_verb.doctor(options, root, terminal)


def _completion(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Print the script by which a shell completes commands."""
    import shtab  # noqa: PLC0415 - nothing else needs it

    del root
    script = shtab.complete(parser(), options.shell).rstrip()
    if options.shell == "zsh":  # shtab's script completes where it is evaluated, and fails where it is sourced
        script = script.replace("$zsh_eval_context[-1] == eval ", "$zsh_eval_context[-1] == (eval|file) ")
    terminal.say(script)
    return production.Report()


def _batch(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """Build a catalogue."""
    from pressroom.cli import batch_verb  # noqa: PLC0415 - as above

    del root
    return batch_verb.batch(options, terminal)


_VERB_FUNCTIONS = {
    "build": _build,
    "check": _check,
    "photos": _photos,
    "layouts": _layouts,
    "init": _init,
    "import": _import,
    "preview": _preview,
    "doctor": _doctor,
    "batch": _batch,
    "completion": _completion,
}
