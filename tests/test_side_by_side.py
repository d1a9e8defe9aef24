"""Side by side: work in a process of its own gives what it would give here, faults included."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys

import pytest

from pressroom import processes
from pressroom.errors import ExitCode, MachineError, Place, PressroomError, UsageError, error
from pressroom.production.side_by_side import SideBySide

FAULT = error("transparency", Place("the edition “print”"), "Something shows through.", "")

needs_copies = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, work is done in one process")


@pytest.fixture(autouse=True)
def no_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that other tests left behind are no matter here: nothing that is copied waits for their locks."""
    monkeypatch.setattr(processes, "can_be_copied", lambda: sys.platform == "linux")


def fail() -> int:
    raise PressroomError([FAULT])


@needs_copies
def test_work_is_done_beside_this_process_as_far_as_jobs_allow() -> None:
    with SideBySide(3) as beside:
        barrier = multiprocessing.get_context("fork").Barrier(3)
        waiting = [beside.begin(f"edition {n}", lambda: (barrier.wait(9), os.getpid())) for n in range(3)]
        processes = [wait()[1] for wait in waiting]
    assert len(set(processes)) == 3
    assert processes[-1] == os.getpid()


def test_with_one_job_work_is_done_at_once_and_here() -> None:
    done: list[int] = []
    with SideBySide(1) as beside:
        beside.begin("print", lambda: done.append(os.getpid()))
        assert done == [os.getpid()]


@needs_copies
def test_the_findings_of_work_come_back(capfd: pytest.CaptureFixture[str]) -> None:
    with SideBySide(2) as beside:
        wait = beside.begin("print", fail)
        with pytest.raises(PressroomError) as raised:
            wait()
    assert raised.value.findings == (FAULT,)
    assert capfd.readouterr() == ("", "")


@needs_copies
def test_a_process_that_dies_is_named() -> None:
    with SideBySide(2) as beside:
        wait = beside.begin("print", lambda: os.kill(os.getpid(), signal.SIGKILL))
        with pytest.raises(MachineError, match="“print” was ended from outside"):
            wait()


@needs_copies
def test_leaving_ends_work_that_is_not_done() -> None:
    with pytest.raises(KeyboardInterrupt), SideBySide(2) as beside:
        beside.begin("print", signal.pause)
        raise KeyboardInterrupt
    assert not any(process.is_alive() for process in beside._processes)


@pytest.mark.parametrize("kind", [PressroomError, UsageError, MachineError])
def test_a_fault_is_the_same_in_another_process(kind: type[PressroomError]) -> None:
    fault = pickle.loads(pickle.dumps(kind([FAULT])))
    assert (type(fault), fault.findings, fault.exit_code) == (kind, (FAULT,), kind.exit_code)
    assert fault.exit_code in ExitCode


@needs_copies
def test_no_process_outlives_the_first() -> None:
    script = """
import time
from pressroom.production.side_by_side import SideBySide
with SideBySide(2) as beside:
    beside.begin("print", lambda: (print("begun", flush=True), time.sleep(600)))
    time.sleep(600)
"""
    first = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "begun\n"
    first.kill()
    first.communicate(timeout=60)  # its output is closed when both have ended
