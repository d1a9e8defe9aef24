"""The workroom: a process beside the server that reads the publication and makes its proofs, as long as a preview runs.

It has a process of its own so that the page answers while type is set, both cores work, units of a long book can be
laid out side by side, and whatever breaks in it leaves the page standing.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from pressroom import machine
from pressroom.errors import Finding, Place, PressroomError, error

if TYPE_CHECKING:
    from pressroom.preview.desk_photos import DeskPhoto
    from pressroom.preview.proofs import Proof
    from pressroom.production import Order
    from pressroom.publication import Edition

_PATIENCE = 2.0
"""Seconds in which the process may end by itself."""


@dataclass(frozen=True)
class ReadThrough:
    """The publication was read."""

    title: str
    editions: tuple[tuple[str, str], ...]
    """The names of its editions, and their forms."""
    photos: tuple[DeskPhoto, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ReadingFault:
    """The publication could not be read."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Underway:
    """What is being done, and how much of it is left."""

    what: str
    done: int
    steps: int
    last: str = ""
    """What was done last, such as a chapter’s title."""


@dataclass(frozen=True)
class ProofMade:
    """An edition was laid out, or its findings say what keeps it from it."""

    proof: Proof


WorkroomMessage = ReadThrough | ReadingFault | Underway | ProofMade


class Workroom:
    """The process, from the side of the server. Leaving the block ends it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self.order), name="pressroom-workroom")
        self._process.start()
        theirs.close()

    def __enter__(self) -> Workroom:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()

    def make(self, editions: tuple[str, ...]) -> Iterator[WorkroomMessage]:
        """Read the publication and make the proofs of some editions; with none, those of the one that is shown first.

        A process that was ended from outside is started again, and what it was doing is reported.
        """
        try:
            self._line.send(editions)
            while (message := self._line.recv()) is not None:
                yield message
        except (EOFError, OSError):
            self._process.join(_PATIENCE)
            if self._process.is_alive():  # the preview is closing: the line was closed here
                return
            self._start()
            why = "The process that lays out pages was ended from outside, perhaps for want of memory."
            remedy = "Close other programs, and save once more."
            yield ReadingFault((error("worker-ended", machine.PLACE, why, remedy),))


# ---- in the process


def _work(line: Connection, order: Order) -> None:
    """Answer until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    with contextlib.suppress(EOFError, OSError):
        craft = _Craft(order, line.send)
        while True:
            craft.make(line.recv())
            line.send(None)


class _Craft:
    """Reads and lays out, and tells what comes of it."""

    def __init__(self, order: Order, send: Callable[[WorkroomMessage], None]) -> None:
        from pressroom.preview.proofs import Proofreader  # noqa: PLC0415 - in this process alone

        self.order, self.send = order, send
        self.proofreader = Proofreader(order, _Told(send))

    def make(self, editions: tuple[str, ...]) -> None:
        """Read the publication, and lay out what is asked for. Nothing that is wrong with it ends this process."""
        try:
            self._make(editions)
        except PressroomError as fault:
            self.send(ReadingFault(fault.findings))
        except Exception as fault:  # noqa: BLE001 - a fault of the program must not end a preview
            self.send(ReadingFault((_crashed(fault),)))

    def _make(self, editions: tuple[str, ...]) -> None:
        from pressroom import production  # noqa: PLC0415
        from pressroom.preview.desk_photos import desk_photos  # noqa: PLC0415

        manuscript = production.read(self.order)
        known = manuscript.publication.settings.editions
        forms = tuple((name, edition.form) for name, edition in known.items())
        photos = tuple(desk_photos(manuscript))
        self.send(ReadThrough(manuscript.publication.settings.title, forms, photos, manuscript.findings))
        for name in [name for name in editions if name in known] or [first_shown(known)]:
            self.send(ProofMade(self.proofreader.proof(manuscript, name)))


class _Told:
    """A progress display that tells the server."""

    def __init__(self, send: Callable[[WorkroomMessage], None]) -> None:
        self.send, self.what, self.done, self.steps = send, "", 0, 0

    def begin(self, what: str, steps: int) -> None:
        """Begin a piece of work."""
        self.what, self.done, self.steps = what, 0, steps
        self.send(Underway(what, 0, steps))

    def step(self, done: str = "") -> None:
        """Mark one step as done."""
        self.done += 1
        self.send(Underway(self.what, self.done, self.steps, done))


def first_shown(editions: dict[str, Edition]) -> str:
    """The edition that is shown first: a book for the press, else one with pages, else the first."""
    ranked = sorted(editions, key=lambda name: (not editions[name].for_press, editions[name].form != "pdf"))
    paged = [name for name in ranked if editions[name].form == "pdf"]
    return (paged or ranked)[0]


def _crashed(fault: Exception) -> Finding:
    where = traceback.extract_tb(fault.__traceback__)[-1]
    why = f"Pressroom itself failed: {type(fault).__name__}: {fault} ({where.name}:{where.lineno})."
    return error("preview-crashed", Place("the preview"), why, "Report it, with what this prints: pressroom build")
