"""Units side by side: a unit typesetter with several processes, each with a page engine of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, TypeVar

from pressroom import processes
from pressroom.design import Composition
from pressroom.typeset.drawn_pages import DrawnUnit
from pressroom.typeset.engine import Engine
from pressroom.typeset.engine.style_reading import StyleReader
from pressroom.typeset.unit_typesetters import EngineTypesetter, OnLaid
from pressroom.typeset.units import DrawRequest, Laid, LayRequest

_Made = TypeVar("_Made", Laid, DrawnUnit)
_WORTH_IT = 60_000
"""Letters of XHTML below which a second process costs more than it saves."""


class PoolTypesetter:
    """Lays out units in several processes. Each process keeps the layouts that it made, and draws them.

    Little work is done in this process. Leaving the block ends all of them, whatever they are doing.
    """

    def __init__(
        self, composition: Composition, jobs: int, step: OnLaid, style_reader: StyleReader | None = None
    ) -> None:
        self.composition, self.jobs, self.step = composition, jobs, step
        self._here = EngineTypesetter(composition, step, style_reader)
        self._workers: list[ProcessPoolExecutor] = []
        self._owners: dict[str, ProcessPoolExecutor] = {}
        """The process that has the last layout of a unit."""
        self._others = set[BaseProcess]()
        """Processes that whoever builds has started before; they are not ended."""

    def __enter__(self) -> Self:
        self._others = set(multiprocessing.active_children())
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        for worker in self._workers:
            worker.shutdown(wait=kind is None, cancel_futures=True)
        if kind is not None:
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()

    def lay(self, requests: Sequence[LayRequest]) -> list[Laid]:
        """Lay out units side by side, the longest first. Raises MachineError where a process dies."""
        letters = sum(len(request.unit.document.text) for request in requests)
        if min(self.jobs, len(requests)) < 2 or (letters < _WORTH_IT and not self._workers):
            for request in requests:
                self._owners.pop(request.unit.id, None)
            return self._here.lay(requests)
        self._start()
        waiting = sorted(range(len(requests)), key=lambda n: len(requests[n].unit.document.text))
        free, running, made = list(self._workers), dict[Future[Laid], tuple[int, ProcessPoolExecutor]](), {}
        while waiting or running:
            while waiting and free:
                n, worker = waiting.pop(), free.pop()
                running[worker.submit(_lay, requests[n])] = n, worker
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                n, worker = running.pop(done)
                made[n] = _result(done, requests[n])
                self._owners[requests[n].unit.id] = worker
                free.append(worker)
                self.step(requests[n].unit.name)
        return [made[n] for n in range(len(requests))]

    def draw(self, requests: Sequence[DrawRequest]) -> list[DrawnUnit]:
        """Draw units, each where it was laid out. Raises MachineError where a process dies."""
        drawing = [
            owner.submit(_draw, request) if (owner := self._owners.get(request.laid.unit.id)) else None
            for request in requests
        ]
        return [
            _result(future, request.laid) if future else self._here.draw([request])[0]
            for request, future in zip(requests, drawing, strict=True)
        ]

    def blank(self, *, is_tagged: bool) -> DrawnUnit:
        """Draw a blank page."""
        return self._here.blank(is_tagged=is_tagged)

    def _start(self) -> None:
        if not self._workers:
            context = multiprocessing.get_context(_method())
            self._workers = [
                ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(self.composition,))
                for _ in range(self.jobs)
            ]


def _method() -> str:
    """How processes are started."""
    return "fork" if processes.can_be_copied() else "spawn"


def _result(future: Future[_Made], request: LayRequest) -> _Made:
    try:
        return future.result()
    except BrokenProcessPool:
        unit = request.unit
        raise processes.ended(f"laid out “{unit.name}”") from None


# ---- in a process of the pool


_engines: list[Engine] = []
"""The page engine of this process; empty in the process that the user has started."""


def _begin(composition: Composition) -> None:
    processes.begin()
    _engines[:] = [Engine(composition)]


def _lay(request: LayRequest) -> Laid:
    return _engines[0].lay(request)


def _draw(request: DrawRequest) -> DrawnUnit:
    return _engines[0].draw(request)
