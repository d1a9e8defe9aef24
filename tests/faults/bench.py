"""The bench: builds a small publication again and again, each time with another fault of the system.

It runs with shim.so loaded before the C library. Every build is a copy of this process, which has loaded what builds
need; one without a fault follows each, and must make what was to be made.
"""

from __future__ import annotations

import ctypes
import errno
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from pressroom import cli, machine
from pressroom.drafts import mark_of
from pressroom.errors import ExitCode
from pressroom.production import conductor

KINDS = {"killed": -1, "full": errno.ENOSPC, "denied": errno.EACCES}
FULL, DENIED = 1, 2
"""What the shim says a call can be kept from; it can be killed at any."""
LONGEST = 120
"""Seconds that a build may take."""
SETTINGS = """\
title: Small
language: en
publisher: Vale Books
published: 2023-09-27
creators: [{name: Ann Doe, role: author}]
identifiers: {ebook: "urn:isbn:9780000000002"}
description: A book.
subjects: [{scheme: thema, code: AJ, name: Photography}]
editions:
  ebook: {format: epub, fonts: none, onix: true}
  print: {format: pdf, trim: a5, bleed: 3mm}
"""
CHAPTER = "# A\n\n![The {} house](house.jpg){{#fig}}\nThe {} house, seen from the road.\n"
DATE = "1695772800"


@dataclass(frozen=True)
class Fault:
    """A fault of the system at one call of a build."""

    at: int
    kind: str
    call: str
    """What the build asked for, and of which path."""

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}: {self.call}"


@dataclass(frozen=True)
class Ended:
    """How a build ended."""

    code: int
    """Its exit code; negative for a signal."""
    out: str
    err: str

    @property
    def errors(self) -> list[dict[str, str]]:
        """The errors in its answer."""
        found = json.loads(self.out)["findings"] if self.out else []
        return [finding for finding in found if finding["severity"] == "error"]


class Bench:
    """A publication that is built, changed, and built with faults; in its folder are its products of before."""

    def __init__(self, work: Path, shim: ctypes.CDLL) -> None:
        self.work, self.shim = work, shim
        self.root, self.temporary, self.before = work / "publication", work / "tmp", work / "before"
        self._write("old", 90)
        self._build()
        self.old = self.products()
        self._write("new", 200)
        shutil.copytree(self.root, self.before)
        self._build()
        self.calls = [shim.call(n).decode() for n in range(1, shim.number_of_calls() + 1)]
        self.new = self.products()
        assert len(self.old) == len(self.new) == 3
        assert not any(self.old[name] == self.new[name] for name in self.old)

    def _write(self, word: str, tone: int) -> None:
        picture = io.BytesIO()
        Image.effect_noise((240, 160), tone).convert("RGB").save(picture, "JPEG", comment=word)
        files = {
            "book/publication.yaml": SETTINGS.encode(),
            "book/a.md": CHAPTER.format(word, word).encode(),
            "assets/photos/house.jpg": picture.getvalue(),
        }
        for name, data in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data)

    def products(self) -> Mapping[str, bytes]:
        """The files beside each other in dist/."""
        return {file.name: file.read_bytes() for file in sorted((self.root / "dist").iterdir())}

    def drafts(self) -> list[str]:
        """What is left of a build, in every folder to which it writes."""
        left = [*self.temporary.iterdir(), *self.root.rglob(f"{mark_of(0)[:-2]}*")]
        return [str(path.relative_to(self.work)) for path in left]

    def restore(self) -> None:
        """Have everything as it was before the change was built."""
        for folder in (self.root, self.temporary):
            shutil.rmtree(folder)
        shutil.copytree(self.before, self.root)
        self.temporary.mkdir()

    def _build(self) -> None:
        ended = self.build()
        assert ended.code == 0, ended

    def build(self, fault: Fault | None = None) -> Ended:
        """Build in a copy of this process."""
        for name in ("out", "err"):
            (self.work / name).write_bytes(b"")
        folders = [self.root / "dist", self.root / ".pressroom", self.temporary]
        watched = (ctypes.c_char_p * len(folders))(*(bytes(folder) for folder in folders))
        self.shim.plan_fault(watched, len(folders), *((fault.at, KINDS[fault.kind]) if fault else (0, 0)))
        process = os.fork()
        if not process:
            for number, name in ((1, "out"), (2, "err")):
                os.dup2(os.open(self.work / name, os.O_WRONLY), number)
            raise SystemExit(cli.main(["build", "--json", "--jobs", "1", "--root", str(self.root)]))
        code = _ended(process)
        self.shim.plan_nothing()  # the disk is not full for who looks at it now
        return Ended(code, *((self.work / name).read_text("utf-8", "replace") for name in ("out", "err")))

    def complaints(self, fault: Fault) -> Iterator[str]:
        """What is not as promised when a fault meets a build, and in the build after it."""
        self.restore()
        ended = self.build(fault)
        made = self.products()
        yield from self._of_products(made, ended)
        yield from _of_words(fault, ended)
        if fault.kind != "killed" and not fault.call.startswith(("unlink", "rmdir")) and (left := self.drafts()):
            yield f"left behind: {left}"
        if fault.kind != "killed" and made == self.new and not self.drafts():
            return  # there is nothing to recover from
        again = self.build()
        if again.code or "Traceback" in again.err:
            yield f"the next build ends with {again.code}: {again.out[-500:]}{again.err[-500:]}"
        elif self.products() != self.new:
            yield f"the next build makes other products: {sorted(self.products())}"
        if left := self.drafts():
            yield f"left behind by the next build: {left}"

    def _of_products(self, made: Mapping[str, bytes], ended: Ended) -> Iterator[str]:
        for name, old in self.old.items():
            if made.get(name) not in (old, self.new[name]):
                yield f"{name} is neither the old one nor the new one"
            elif ended.code == 0 and made[name] == old:
                yield f"{name} is the old one, and nobody says so"


def _of_words(fault: Fault, ended: Ended) -> Iterator[str]:
    """What is wrong in what a build says of a fault."""
    if "Traceback" in ended.err or ended.err:
        yield f"on standard error: {ended.err[-700:]}"
    if fault.kind == "killed":
        if ended.code != -signal.SIGKILL:
            yield f"it ended with {ended.code}"
    elif ended.code == ExitCode.MACHINE:
        told = " ".join(f"{error['id']} {error['place']} {error['message']}" for error in ended.errors)
        cause = "disk is full" if fault.kind == "full" else "Permission denied"
        if cause not in told or not any(folder in told for folder in ("dist", ".pressroom", "tmp")):
            yield f"the cause is not told: {told}"
    elif ended.code:
        yield f"it ended with {ended.code}: {ended.errors}"


def _ended(process: int) -> int:
    """The exit code of a process that may take so long."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return -signal.SIGALRM


def faults_at(calls: list[str]) -> Iterator[Fault]:
    """Every fault that can meet every call."""
    for at, line in enumerate(calls, 1):
        what, can_be, path = line.split(" ", 2)
        for kind, needs in (("killed", 0), ("full", FULL), ("denied", DENIED)):
            if int(can_be) & needs == needs:
                yield Fault(at, kind, f"{what} {path}")


def some_of(faults: list[Fault], number: int) -> list[Fault]:
    """As many of some faults, evenly chosen."""
    step = max(1, len(faults) // number)
    return faults[step // 2 :: step][:number]


def mixed(faults: list[Fault]) -> list[Fault]:
    """Faults in an order in which the first of them stand for all."""
    return random.Random(1).sample(faults, len(faults))


def main(work: Path, number: int) -> None:
    """Print what was tried, and what was not as promised, as JSON. `number` is how many faults; 0 for all."""
    (work / "tmp").mkdir(parents=True)
    os.environ.update({"TMPDIR": str(work / "tmp"), "SOURCE_DATE_EPOCH": DATE})
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    shim.call.restype = ctypes.c_char_p
    machine.load_page_engine("pressroom.pdf")
    assert conductor
    tempfile.gettempdir()  # Python tries the folder once, with a file of its own
    bench = Bench(work, shim)
    faults = list(faults_at(bench.calls))
    tried = some_of(faults, number) if number else mixed(faults)
    complaints = []
    for n, fault in enumerate(tried, 1):
        found = list(bench.complaints(fault))
        complaints += [f"{fault}: {complaint}" for complaint in found]
        sys.stderr.write(f"{n}/{len(tried)} {fault}{''.join(f'{chr(10)}    {each}' for each in found)}\n")
    json.dump(
        {"calls": len(bench.calls), "faults": len(faults), "tried": len(tried), "complaints": complaints}, sys.stdout
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
