"""Processes of a build beside the first: how they are started, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait

from pressroom import machine
from pressroom.errors import MachineError, error


def can_be_copied() -> bool:
    """Whether this process can be copied: only one thread would go on, and locks of others would stay locked."""
    return sys.platform == "linux" and threading.active_count() == 1


def begin() -> None:
    """What a process beside the first does first: it leaves Ctrl-C to the first one, and ends when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    machine.look_seldom_for_unused_objects()
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    if first := multiprocessing.parent_process():
        wait([first.sentinel])
        os._exit(1)


@contextmanager
def memory_limited(memory: int | None) -> Iterator[None]:
    """A block in which this process, and those that it starts, get only so much memory (bytes of address space), where
    the system holds it to that: Linux does, macOS and Windows do not. None sets no limit.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if memory is not None:
        most = min(limit for limit in (memory, soft, hard) if limit >= 0)
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class OutOfTime(BaseException):
    """A block took longer than it may. No handler of ordinary faults may take it for one of the block."""


@contextmanager
def time_limited(seconds: float) -> Iterator[None]:
    """A block that may take so long, where the system has alarms and this is the main thread. Raises OutOfTime."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def ended(what: str) -> MachineError:
    """The fault of a process that did not come to its end; `what` it was doing: “laid out ‘Two’”."""
    why = f"The process that {what} was ended from outside, perhaps for want of memory."
    remedy = "Close other programs and build again, or type --jobs 1, which needs the least memory."
    return MachineError([error("worker-ended", machine.PLACE, why, remedy)])
