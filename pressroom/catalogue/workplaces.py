"""Workplaces: where titles are built, each an executor of concurrent.futures. This one is this machine.

Its threads only wait: each title has a process of its own. A ProcessPoolExecutor would end all its work, and not say
which title was at fault, when one of its processes is killed.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pressroom.catalogue.apart import build_apart
from pressroom.catalogue.limits import GIGABYTE
from pressroom.catalogue.outcomes import TitleOutcome, TitleTask
from pressroom.errors import Finding, Place, advice

_NEEDED = GIGABYTE
"""Bytes of memory that are kept free for each title that is built at once: the specimen needs a fifth of it."""
_CGROUP = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much memory a container may use."""


@dataclass(frozen=True)
class Workplace:
    """Where titles are built."""

    executor: Executor
    build: Callable[[TitleTask], TitleOutcome]
    """What the executor is asked to do for each title."""
    is_there: Callable[[], bool]
    """Whether it can still be expected to answer."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with it, though it can be used."""


@contextlib.contextmanager
def this_machine(jobs: int, memory: int | None) -> Iterator[Workplace]:
    """This machine, building some titles at once, each in so much memory. All processes end with the block."""
    stop = threading.Event()
    executor = ThreadPoolExecutor(jobs)
    try:
        yield Workplace(
            executor, functools.partial(build_apart, is_stopped=stop.is_set), lambda: True, _limited(memory)
        )
    finally:
        stop.set()
        executor.shutdown(cancel_futures=True)


def titles_at_once(asked: int | None) -> tuple[int, tuple[Finding, ...]]:
    """How many titles this machine builds at once: one a core, or as asked, as far as there is memory for them."""
    cores, room = _cores(), max(1, _memory() // _NEEDED)
    if asked is None:
        return min(cores, room), ()
    if asked <= max(cores, room):
        return asked, ()
    at_once = max(cores, room)
    why = f"This machine has memory for {at_once} titles at once, not for {asked}: so many are built at once."
    return at_once, (advice("jobs-bounded", Place("--jobs"), why, f"Ask for {cores}, the number of its cores."),)


def _limited(memory: int | None) -> tuple[Finding, ...]:
    """Advice where the system cannot hold a title to the memory that it may use."""
    if memory is None or importlib.util.find_spec("resource"):
        return ()
    why = "This system holds no title to its --memory: one that needs too much slows down the whole machine."
    return (advice("memory-unlimited", Place("--memory"), why, "Leave room for it with fewer --jobs."),)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _memory() -> int:
    """The bytes of memory of this machine, or of the container that it is."""
    try:
        installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows does not say
        installed = 8 * GIGABYTE
    try:
        return min(installed, int(_CGROUP.read_text("ascii")))
    except (OSError, ValueError):  # no container, or one without a limit
        return installed
