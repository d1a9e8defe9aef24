"""Timing: what a command takes of the processor, on the clock and of memory, with all processes that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
PRESSROOM = (PYTHON, "-m", "pressroom")


@dataclass(frozen=True)
class Took:
    """What a command took."""

    processor: float
    clock: float
    """Both in seconds."""
    peak: int = 0
    """The most memory that its processes held at once, in MB; 0 where that cannot be read (Linux only)."""


def timed(*command: str | Path, here: Path | None = None) -> Took:
    """Run a command in a folder. Raises CalledProcessError where it fails.

    Python keeps the modules that it has compiled, as `pip install` does: a checkout in an environment that forbids it
    would compile all of them each time.
    """
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started, before = time.monotonic(), os.times()
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, cwd=here, env=given)
    peak = [0]
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    if process.wait() != 0:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(processor, time.monotonic() - started, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _held(process.pid) // 1_000_000)
        time.sleep(0.1)


def _held(pid: int) -> int:
    """The memory of a process and of those that it has started, in bytes; what they share counts once."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        own = next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [child for each in threads for child in each.read_text().split()]
    except (OSError, StopIteration):
        return 0
    return own + sum(_held(int(child)) for child in children)
