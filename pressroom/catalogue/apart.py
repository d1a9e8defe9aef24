"""Apart: a title is built in a process of its own, so that what it does to that process is done to no other title.

A function for any executor: it runs in a thread here, or in a worker of a cluster, and only waits.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Literal

from pressroom import __version__, drafts
from pressroom.catalogue.limits import GIGABYTE
from pressroom.catalogue.outcomes import TitleOutcome, TitleTask, failed
from pressroom.errors import ExitCode, Finding, Place, error
from pressroom.whereabouts import PRODUCTS, SETTINGS_FILE

_PROGRAM = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from pressroom.catalogue.title_process import main
main()
"""
"""The program of the other process: the packages of this one, then the task, come through its standard input."""
_GRACE = 5
"""Seconds in which a process that is told to end may put things in order."""
_TICK = 0.1
"""Seconds between two looks at a process."""
_STARVED = frozenset({"SIGABRT", "SIGSEGV", "SIGTRAP", "SIGBUS"})
"""The signals by which libraries end a process that gets no more memory."""

Ended = Literal["by itself", "too late", "stopped"]


def build_apart(task: TitleTask, is_stopped: Callable[[], bool] = bool) -> TitleOutcome:
    """Build a title in a process of its own, until `is_stopped`. Whatever goes wrong is a finding."""
    started = time.monotonic()
    if missing := _missing(task):
        return failed(task.title, [missing], code=ExitCode.MACHINE)
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - this Python itself
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=answer,
                stderr=complaints,
                start_new_session=True,  # Ctrl-C reaches this process, which ends that one in good order
            )
        except OSError as fault:
            why = f"No process could be started to build this title: {fault.strerror}."
            remedy = "Build fewer titles at once (--jobs)."
            return failed(
                task.title, [error("title-unstarted", Place(task.title.name), why, remedy)], code=ExitCode.MACHINE
            )
        try:
            ended = _wait(process, task, started, is_stopped)
        finally:
            end(process)
        seconds = time.monotonic() - started
        if outcome := _read(answer):
            return replace(outcome, seconds=round(seconds, 3))
        drafts.delete_of(task.order.out or task.order.root / PRODUCTS, process.pid)
        finding = _ended_badly(process.returncode, ended, task, _last_line(complaints))
    return failed(task.title, [finding], seconds)


def _missing(task: TitleTask) -> Finding | None:
    """What keeps this machine from building a title that another one asks for."""
    place = Place(task.title.name)
    if task.version != __version__:
        why = f"The worker has Pressroom {__version__} and {task.version} was asked for: products would not be alike."
        return error("worker-version", place, why, f"Install Pressroom {task.version} on every worker.")
    if not (task.order.root / SETTINGS_FILE).is_file():
        why = f"The machine that should build this title finds no {task.order.root / SETTINGS_FILE}."
        return error("title-unseen", place, why, "Give all workers the catalogue under the same path.")
    return None


def _wait(process: subprocess.Popen[bytes], task: TitleTask, started: float, is_stopped: Callable[[], bool]) -> Ended:
    """Hand a process its task, and wait until it ends, is too late or is stopped."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):  # it has ended already, and how is told from its exit code
        process.stdin.write(pickle.dumps(sys.path) + pickle.dumps(task))
        process.stdin.flush()
    limit = task.limits.seconds
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_TICK)
            return "by itself"
        if is_stopped():
            return "stopped"
        if limit is not None and time.monotonic() - started > limit:
            return "too late"


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process: in good order if it can, else at once."""
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read(answer: IO[bytes]) -> TitleOutcome | None:
    """The outcome that a process has written, if it came so far."""
    answer.seek(0)
    try:
        outcome: TitleOutcome = pickle.load(answer)  # noqa: S301 - written by the process that was started here
    except (EOFError, pickle.UnpicklingError):
        return None
    return outcome


def _ended_badly(code: int, ended: Ended, task: TitleTask, complaint: str) -> Finding:
    """The error of a title whose process gave no answer."""
    place, limits = Place(task.title.name), task.limits
    if ended == "too late":
        why = f"This title took more than the {limits.seconds:g} s that --time allows, so that it is not made."
        return error("time-short", place, why, "Allow it more (--time 30min), or make it shorter.")
    if ended == "stopped":
        return error("title-stopped", place, "This title was stopped before it was made.", "Go on with --resume.")
    name = _signal_name(code)
    if name in _STARVED and limits.memory is not None:
        why = f"The process of this title was ended by {name}, as happens where memory is short: --memory allows "
        why += f"{limits.memory / GIGABYTE:g} GB. It is not made."
        return error("memory-short", place, why, "Allow it more (--memory 8GB) with fewer titles at once (--jobs).")
    if name:
        why = f"The process of this title was ended from outside ({name}), so that it is not made."
        if name == "SIGKILL":
            why += " Systems do so to the process that takes the most memory where there is none left."
        return error("title-killed", place, why, "Build fewer titles at once (--jobs), then go on with --resume.")
    why = f"The process of this title ended with code {code} and without an answer, so that it is not made"
    why += f": {complaint}." if complaint else "."
    return error("title-killed", place, why, f"See what it says alone: pressroom build --root {task.title.name}")


def _signal_name(code: int) -> str:
    """The name of the signal that ended a process; "" where it ended otherwise."""
    try:
        return signal.Signals(-code).name if code < 0 else ""
    except ValueError:
        return f"signal {-code}"


def _last_line(complaints: IO[bytes]) -> str:
    """The last line that a process wrote to standard error."""
    complaints.seek(max(0, complaints.seek(0, 2) - 4096))
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
