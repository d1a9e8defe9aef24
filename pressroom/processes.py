"""Processes of a build beside the first: how they are started, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
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


def ended(what: str) -> MachineError:
    """The fault of a process that did not come to its end; `what` it was doing: “laid out ‘Two’”."""
    why = f"The process that {what} was ended from outside, perhaps for want of memory."
    remedy = "Close other programs and build again, or type --jobs 1, which needs the least memory."
    return MachineError([error("worker-ended", machine.PLACE, why, remedy)])
