"""Progress: bars on a terminal, with the chapter in hand and the time that is left; or lines, where all is told."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

_NAME = 28
"""Letters of a chapter’s name that fit beside its bar."""


class ProgressBars:
    """Progress bars on standard error, one for each piece of work, if that is a terminal."""

    def __init__(self) -> None:
        self.bars: Bars | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.bars:
            self.bars.stop()

    def begin(self, what: str, steps: int) -> None:
        """Add a bar."""
        if self.bars is None and sys.stderr.isatty():
            self.bars = _started_bars()
        if self.bars:
            self.bars.add_task(what, total=steps, done="")

    def step(self, done: str = "") -> None:
        """Advance the last bar by one step; units that are laid out again lengthen it."""
        if self.bars:
            task = self.bars.tasks[-1]
            total = max(task.total or 0, task.completed + 1)
            name = done if len(done) <= _NAME else f"{done[: _NAME - 1]}…"
            self.bars.update(task.id, advance=1, total=total, done=name, refresh=True)


class ProgressLines:
    """A line on standard error for each piece of work, with the seconds since the first one; where all is told."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.start = clock, clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._write("done")

    def begin(self, what: str, steps: int) -> None:
        """Print what begins."""
        self._write(f"{what} ({steps})")

    def step(self, done: str = "") -> None:
        """Print the name of what is done, if it has one."""
        if done:
            self._write(f"  {done}")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"{self.clock() - self.start:7.2f} s  {text}\n")


class NoBars(ProgressBars):
    """No progress, where a person wants to read errors and warnings only."""

    def begin(self, what: str, steps: int) -> None:
        """Show nothing."""


def _started_bars() -> Bars:
    """A display of rich that has begun, and has no bar yet."""
    from rich.console import Console  # noqa: PLC0415 - not to be waited for where there is no terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
    columns = (
        TextColumn("{task.description:<18}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        TextColumn("{task.fields[done]}", markup=False),
    )
    # Drawn at each step, and not by a thread of its own: pages are laid out in forks, which copy one thread only.
    bars = Progress(*columns, console=console, transient=True, disable=not console.is_terminal, auto_refresh=False)
    bars.start()
    return bars
