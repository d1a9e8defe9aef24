"""Unit typesetters: they lay out and draw the units of a composition.

One uses the page engine in this process, `pool` in several processes, and one looks first into what was kept. All make
the same of the same request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Protocol

from pressroom.design import Composition
from pressroom.errors import Finding, Place, advice
from pressroom.typeset.drawn_pages import DrawnUnit
from pressroom.typeset.engine import Engine
from pressroom.typeset.engine.style_reading import StyleReader
from pressroom.typeset.kept_units import KeptUnits
from pressroom.typeset.units import DrawRequest, Laid, LayRequest
from pressroom.typeset.unmarked import unmarked

OnLaid = Callable[[str], None]
"""Called with the name of every unit that has been laid out."""


class UnitTypesetter(Protocol):
    """What lays out and draws the units of one composition."""

    def lay(self, requests: Sequence[LayRequest]) -> Sequence[Laid]:
        """Lay out units that do not depend on each other. Raises PressroomError where the engine breaks."""

    def draw(self, requests: Sequence[DrawRequest]) -> Sequence[DrawnUnit]:
        """Draw units that were laid out. Raises PressroomError where the engine breaks."""

    def blank(self, *, is_tagged: bool) -> DrawnUnit:
        """Draw a blank page."""


@dataclass(frozen=True)
class EngineTypesetter:
    """Uses the page engine in this process; it is started when it is needed."""

    composition: Composition
    step: OnLaid = lambda name: None
    style_reader: StyleReader | None = None

    @cached_property
    def engine(self) -> Engine:
        """The page engine."""
        return Engine(self.composition, self.style_reader)

    def lay(self, requests: Sequence[LayRequest]) -> list[Laid]:
        """Lay out one unit after the other."""
        return [self.lay_one(request) for request in requests]

    def lay_one(self, request: LayRequest) -> Laid:
        """Lay out a unit."""
        laid = self.engine.lay(request)
        self.step(request.unit.name)
        return laid

    def draw(self, requests: Sequence[DrawRequest]) -> list[DrawnUnit]:
        """Draw one unit after the other."""
        return [self.engine.draw(request) for request in requests]

    def blank(self, *, is_tagged: bool) -> DrawnUnit:
        """Draw a blank page."""
        return self.engine.blank(is_tagged=is_tagged)


@dataclass(frozen=True)
class KeepingTypesetter:
    """Takes what was kept, has the rest made, and keeps that."""

    kept: KeptUnits
    maker: UnitTypesetter
    step: OnLaid = lambda name: None
    also_tagged: frozenset[bool] = frozenset()
    """Whether what is drawn will be needed tagged, untagged or both."""
    unkept: list[str] = field(default_factory=list)
    """Why something could not be kept; after the first time, nothing else is tried."""

    def lay(self, requests: Sequence[LayRequest]) -> list[Laid]:
        """Lay out those units that were not kept."""
        known = [self.kept.laid(request) for request in requests]
        for request, laid in zip(requests, known, strict=True):
            if laid is not None:
                self.step(request.unit.name)
        missing = [request for request, laid in zip(requests, known, strict=True) if laid is None]
        made = list(self.maker.lay(missing))
        for request, laid in zip(missing, made, strict=True):
            self._keep(partial(self.kept.keep_laid, request, laid))
        rest = iter(made)
        return [laid or next(rest) for laid in known]

    def draw(self, requests: Sequence[DrawRequest]) -> list[DrawnUnit]:
        """Draw those units that were not kept."""
        known = [self.kept.drawn(request) for request in requests]
        missing = [request for request, drawn in zip(requests, known, strict=True) if drawn is None]
        marked = [replace(request, is_tagged=request.is_tagged or True in self.also_tagged) for request in missing]
        made = iter(list(map(self._as_asked, missing, self.maker.draw(marked))))
        return [drawn or next(made) for drawn in known]

    def _as_asked(self, request: DrawRequest, drawn: DrawnUnit) -> DrawnUnit:
        """A unit that was drawn for all that will need it, as one request asks for it; it is kept for all of them."""
        ways = {True: drawn, False: unmarked(drawn)}
        for is_tagged in {request.is_tagged} | self.also_tagged:
            self._keep(partial(self.kept.keep_drawn, replace(request, is_tagged=is_tagged), ways[is_tagged]))
        return ways[request.is_tagged]

    def blank(self, *, is_tagged: bool) -> DrawnUnit:
        """Draw a blank page, unless one was kept."""
        if known := self.kept.blank(is_tagged=is_tagged):
            return known
        made = self.maker.blank(is_tagged=is_tagged)
        self._keep(partial(self.kept.keep_blank, made, is_tagged=is_tagged))
        return made

    def _keep(self, keep: Callable[[], None]) -> None:
        if not self.unkept:
            try:
                keep()
            except OSError as fault:
                self.unkept.append(fault.strerror or str(fault))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding where pages could not be kept."""
        if not self.unkept:
            return ()
        why = f"Laid-out pages cannot be kept ({self.unkept[0]}): the next build lays them out again."
        remedy = "Make the folder writable, make room on the disk, or type --no-cache."
        return (advice("cache-unwritable", Place(self.kept.folder.as_posix()), why, remedy),)
