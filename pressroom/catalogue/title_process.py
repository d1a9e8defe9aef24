"""The process of one title: holds its limit of memory, builds, and answers on standard output.

`apart` starts it. It ends with the process that started it: then its standard input ends.
"""

from __future__ import annotations

import _thread
import io
import os
import pickle
import re
import signal
import sys
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path

from pressroom import machine, processes, production
from pressroom.catalogue.limits import GIGABYTE
from pressroom.catalogue.outcomes import TitleOutcome, TitleTask, failed, outcome_of
from pressroom.catalogue.sharing import sharing_if_writable
from pressroom.errors import ExitCode, Finding, Place, error

_PATIENCE = 5
"""Seconds to put things in order, after which a process that was told to end does."""


def main() -> None:
    """Build the title that standard input names."""
    with io.FileIO(os.dup(1), "w") as answer:
        os.dup2(2, 1)  # what a library prints is no part of the answer
        task: TitleTask = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it
        threading.Thread(target=_end_with_the_other, daemon=True).start()
        data = memoryview(pickle.dumps(carry_out(task)))
        while data:
            data = data[answer.write(data) :]


def carry_out(task: TitleTask) -> TitleOutcome:
    """Build a title within its limit of memory. Whatever goes wrong is a finding."""
    title, memory = task.title, task.limits.memory
    try:
        with processes.memory_limited(memory):
            report = production.build(sharing_if_writable(task.order))
    except Exception as fault:  # noqa: BLE001 - a fault of the program costs one title, not the catalogue
        if _is_starved(fault):
            return failed(title, [_memory_short(title.name, memory)])
        where = traceback.extract_tb(fault.__traceback__)[-1]
        why = f"Pressroom itself failed on this title, so that it is not made: {type(fault).__name__}: {fault} "
        why += f"({Path(where.filename).name}:{where.lineno})."
        remedy = f"Report it, with what this prints: pressroom build --root {title.name}"
        return failed(title, [error("title-crashed", Place(title.name), why, remedy)])
    outcome = outcome_of(title, report, 0)
    if memory is not None and any(map(_misses_pango, outcome.findings)) and machine.has_pango():  # it found no room
        others = (finding for finding in outcome.findings if not _misses_pango(finding))
        findings = (*others, _memory_short(title.name, memory))
        return replace(outcome, exit_code=ExitCode.FAULTS, findings=findings)
    return outcome


def _misses_pango(finding: Finding) -> bool:
    return finding.id == "pango-missing"


def _is_starved(fault: Exception) -> bool:
    """Whether memory was short: for an object, or for a library that could not be loaded."""
    return isinstance(fault, MemoryError) or bool(re.search("cannot allocate memory|failed to map", str(fault), re.I))


def _memory_short(name: str, memory: int | None) -> Finding:
    """The error that a title needs more memory than it may have."""
    allowed = f"more than the {memory / GIGABYTE:g} GB that --memory allows" if memory else "more than there is"
    why = f"This title needs {allowed}, so that it is not made. The other titles are."
    remedy = "Allow it more (--memory 8GB) with fewer titles at once (--jobs), or give it smaller pictures."
    return error("memory-short", Place(name), why, remedy)


def _end_with_the_other() -> None:
    """Wait until standard input ends, then stop the build as Ctrl-C does, so that it leaves nothing half written."""
    while os.read(0, 65536):
        pass
    if hasattr(signal, "pthread_kill"):  # it also wakes what waits
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()
    time.sleep(_PATIENCE)
    os._exit(1)
