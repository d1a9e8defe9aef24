"""Faults of the system at every write of a build: it is killed there, the disk is full from there on, or it is denied.

shim.c, a library that is loaded before the C library (LD_PRELOAD), numbers the calls that write and has one go wrong. A
layer over Python's own functions would miss what libraries in C and Rust write; strace's injection cannot tell which
folder a call writes to, and counts for each thread. `bench` builds with one fault after the other.

`python -m tests.faults` tries all of them, and takes an hour; `python -m tests.faults 100` tries a hundred.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Outcome:
    """What came of builds with faults."""

    calls: int
    """The calls of one build that write."""
    faults: int
    """The faults that can meet them."""
    tried: int
    complaints: list[str]
    """What was not as promised."""


def compiled(folder: Path) -> Path:
    """The shim, made with gcc."""
    shim = folder / "shim.so"
    command = ["gcc", "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", shim, _HERE / "shim.c", "-ldl"]
    subprocess.run(command, check=True)
    return shim


def tried(work: Path, number: int = 0, *, is_told: bool = False) -> Outcome:
    """The outcome of so many faults, evenly chosen; 0 for all. `is_told` prints each on standard error."""
    root = str(_HERE.parents[1])
    environment = os.environ | {"LD_PRELOAD": str(compiled(work)), "PYTHONPATH": root}
    command = [sys.executable, _HERE / "bench.py", work / "bench", str(number)]
    told = None if is_told else subprocess.PIPE
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=told, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Outcome(**json.loads(done.stdout))
