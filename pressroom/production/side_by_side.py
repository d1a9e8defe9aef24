"""Side by side: work in processes of its own, while this process goes on. What comes of it is the same either way."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar

from pressroom import processes

T = TypeVar("T")


class SideBySide:
    """Work in up to `jobs` processes, this one among them. Leaving the block ends all of it.

    A process is a copy of this one, with all that it knows. Where a copy is not safe (other systems than Linux, or
    other threads), work is done here, at once.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._processes: list[BaseProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        for process in self._processes:
            process.terminate()  # one that has sent its result has ended already
            process.join()

    def begin(self, what: str, work: Callable[[], T]) -> Callable[[], T]:
        """Begin some work, and return a function that waits for its result, to be called once.

        That function raises what the work raises, and MachineError where its process dies.
        """
        running = sum(process.is_alive() for process in self._processes)
        if running + 1 >= self.jobs or not processes.can_be_copied():
            made = work()
            return lambda: made
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(work, sender), daemon=True)
        process.start()
        sender.close()
        self._processes.append(process)
        return lambda: _received(receiver, what)


def _received(receiver: Connection, what: str) -> Any:
    """What a process sends."""
    try:
        made, fault = receiver.recv()
    except EOFError:
        raise processes.ended(f"made “{what}”") from None
    finally:
        receiver.close()
    if fault is not None:
        raise fault
    return made


def _work(work: Callable[[], object], sender: Connection) -> None:
    """Do the work of a process of its own, and send what comes of it."""
    processes.begin()
    try:
        outcome: tuple[object, BaseException | None] = work(), None
    except Exception as fault:  # noqa: BLE001 - it is raised again in the first process
        fault.add_note("".join(traceback.format_exception(fault)))
        outcome = None, fault
    sender.send(outcome)
