"""The loop edit → page: how long it takes from a save until the page is there, in a preview that runs.

    python benchmarks/loop.py [--sizes S M]

It stands beside `pressroom build` of the same edition after the same edit: else that would show the page. The clock is
taken from the save until the changed pages have come as pictures, in the size of a window; the processor is that of the
preview with all its processes (Linux). A figure is the median of a few edits.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from books import SIZES, ready_pictures, write_book
from speed import HEAD, row
from timing import PRESSROOM, Took, timed

EDITION, EDITS, PPI, SPREAD = "print", 5, 110, 2
"""How many edits are measured; in how many pixels per inch a page is painted for a window; the pages that it shows."""
BUILD = "pressroom build --edition print"


class Desk:
    """A preview that runs, and a page of it that is open."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        self.address, self.process = address, process
        self.news = urllib.request.urlopen(f"{address}events?edition={EDITION}")
        self.pages: dict[str, None] = {}

    def get(self, path: str, **query: object) -> bytes:
        """What the preview answers."""
        answer: bytes = urllib.request.urlopen(f"{self.address}{path}?{urllib.parse.urlencode(query)}").read()
        return answer

    def changed(self) -> list[str]:
        """Wait for pages that were not there before, and return their keys."""
        for line in self.news:
            if line.startswith(b"data:"):
                state: Mapping[str, Any] = json.loads(self.get("state", edition=EDITION))
                keys = dict.fromkeys(page["key"] for page in state["pages"])
                fresh = [key for key in keys if key not in self.pages]
                if fresh and state["is_current"]:
                    self.pages = keys
                    return fresh
        raise RuntimeError("the preview has ended")

    def processor(self) -> float:
        """Seconds of the processor that it has used, with all its processes."""
        return sum(_used(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _used(pid: int) -> float:
    """User and system time of a process and of its children that have ended (proc(5), stat, 14 to 17)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def desk(root: Path) -> Iterator[Desk]:
    """A preview of a publication."""
    command = [*PRESSROOM, "preview", "--root", str(root), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address
        try:
            yield Desk(address[0], process)
        finally:
            process.send_signal(signal.SIGINT)


def edits(root: Path) -> Iterator[int]:
    """Change one word in the chapter in the middle, again and again. The letters stay about as many."""
    chapters = sorted((root / "book").glob("*.md"))
    file = chapters[len(chapters) // 2]
    first, _, rest = file.read_text().partition("\n\n")
    for n in range(EDITS + 1):
        file.write_text(f"{first}\n\nWord{n:02} {rest}")
        yield n


def loop(root: Path) -> tuple[Took, Took]:
    """What an edit takes until it is on the page, and what the build of the edition takes after such an edit."""
    with desk(root) as open_desk:
        open_desk.changed()
        took: list[Took] = []
        for n in edits(root):
            before, saved = open_desk.processor(), time.monotonic()
            for key in open_desk.changed()[:SPREAD]:
                open_desk.get(f"page/{key}.jpg", ppi=PPI)
            if n:  # the first edit loads what only edits need
                took.append(Took(open_desk.processor() - before, time.monotonic() - saved))
            time.sleep(0.5)
    build = (*PRESSROOM, "build", "--root", root, "--edition", EDITION)
    timed(*build)
    next(edits(root))
    middle = Took(statistics.median(t.processor for t in took), statistics.median(t.clock for t in took))
    return middle, timed(*build)


def main() -> None:
    """Print the rows."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--sizes", nargs="*", choices=SIZES, default=["S", "M"])
    sys.stdout.write(HEAD)
    for size in arguments.parse_args().sizes:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name) / size
            write_book(root, size)
            ready_pictures(root / "assets/photos", SIZES[size][2])
            edit, build = loop(root)
        print(row(size, "an edit until it is on the page of the preview", edit, build, BUILD), flush=True)
        print(row(size, f"the same by `{BUILD}`", build, build, BUILD), flush=True)


if __name__ == "__main__":
    main()
