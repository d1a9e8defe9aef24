"""The verb that looks at the machine: what a build needs of it, what is missing, and the commands that install that."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from pressroom import keeping, machine, production
from pressroom.cli.ordering import folder_here
from pressroom.cli.terminal import Terminal, size_of
from pressroom.errors import ExitCode, advice, error
from pressroom.machine.system_packages import package_manager
from pressroom.whereabouts import CACHE


def doctor(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """List what a build needs of this machine, report what is missing, and say how much is kept between builds."""
    publication = folder_here(options.root, root)
    needs = [*machine.needs(), *_judges(), *_companions(publication)]
    if options.fix:
        return _say_commands(needs, terminal)
    report = production.Report()
    if publication:
        kept, most = size_of(keeping.size_of_cache(publication / CACHE)), size_of(keeping.MOST_BYTES)
        terminal.say(f"  {kept} are kept in {CACHE} (at most {most}); it may be deleted at any time")
    _say_needs("What a build needs:", [need for need in needs if need.needed], terminal)
    _say_needs("What a build does without, for those who want it:", [n for n in needs if not n.needed], terminal)
    missing = [need for need in needs if not need.is_there]
    for need in missing:
        _add(need, report)
    if not any(need.needed for need in missing):
        terminal.say("Nothing that a build needs is missing.")
    if missing:
        terminal.say("pressroom doctor --fix prints all commands together.")
    return report


def _say_needs(title: str, needs: Sequence[machine.Need], terminal: Terminal) -> None:
    terminal.say(title)
    for need in needs:
        state = "there" if need.is_there else "MISSING" if need.needed else "not here"
        terminal.say(f"  {state:8} {need.name}, for {need.what_for}")
        if not need.is_there:
            terminal.say(f"           Type: {need.remedy}")


def _add(need: machine.Need, report: production.Report) -> None:
    severity = error if need.needed else advice
    why, remedy = f"{need.name} is missing; it is needed for {need.what_for}.", f"Type: {need.remedy}"
    report.findings.append(severity("machine-lacks", machine.PLACE, why, remedy))
    if need.needed:
        report.exit_code = ExitCode.MACHINE


def _say_commands(needs: list[machine.Need], terminal: Terminal) -> production.Report:
    """Print commands for this system, so that a shell may read them: what a build may do without stands in comments."""
    missing = [need for need in needs if not need.is_there]
    packages = dict.fromkeys(need.package for need in missing if need.needed and need.package)
    commands = terminal.also["commands"] = list(package_manager().commands(packages))
    optional = [need for need in missing if not (need.needed and need.package)]
    for line in (*commands, *(f"# {need.name}, for {need.what_for}: {need.remedy}" for need in optional)):
        terminal.say(line)
    if not missing:
        terminal.say("# Nothing is missing.")
    return production.Report()


def _judges() -> Iterator[machine.Need]:
    """The programs that `check FILE --judge` asks."""
    from pressroom import judges  # noqa: PLC0415 - asked only here

    for judge in judges.JUDGES:
        is_there = judge.is_there()
        yield machine.Need(judge.name, f"check --judge: {judge.what_for}", is_there, judge.remedy, needed=False)


def _companions(publication: Path | None) -> Iterator[machine.Need]:
    """The families that set each script beside the built-in ones."""
    from pressroom import design  # noqa: PLC0415 - layouts are read only here

    for script, family in design.standing(publication or Path()):
        what_for = f"text in {script.name}{f': {family}' if family else ''}"
        yield machine.Need(f"{script.name} letters", what_for, bool(family), script.command, needed=False)
