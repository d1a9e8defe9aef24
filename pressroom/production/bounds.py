"""Bounds: what an edition with a layout of its own may need.

Such a layout may come from strangers, and its templates and style sheets can ask for more than any machine has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pressroom import processes
from pressroom.errors import MachineError, Place, error

MOST_MEMORY = 4_000_000_000
"""Bytes of address space; a catalogue allows its titles the same."""
MOST_SECONDS = 600.0
"""A book of 300 pages takes a tenth of it on a slow machine."""
_LAYOUTS = Place("layouts")
_REMEDY = "Take out of your own templates and style sheets what was added last: a loop, or a length that no page has."


@contextmanager
def bounded(root: Path, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """A block of work for the publication at `root`. Raises MachineError where its own layout asks for too much."""
    if not has_own_layout(root):
        yield
        return
    try:
        with processes.memory_limited(MOST_MEMORY), processes.time_limited(seconds):
            yield
    except processes.OutOfTime:
        why = f"This edition takes more than {seconds / 60:g} minutes, which a layout of its own may not."
        raise MachineError([error("time-short", _LAYOUTS, why, _REMEDY)]) from None
    except MemoryError:
        why = f"This edition needs more than {MOST_MEMORY / 1e9:g} GB of memory, which a layout of its own may not."
        raise MachineError([error("memory-short", _LAYOUTS, why, _REMEDY)]) from None


def has_own_layout(root: Path) -> bool:
    """Whether a publication has templates or style sheets of its own."""
    return any((root / "layouts").glob("*/*.j2")) or any((root / "layouts").glob("*/*.css"))
