"""Feeds a target with inputs of atheris: `python -m fuzz.hunt TARGET --seconds 1800`.

A fault does not end the hunt: the first input of each (kind of exception, place in Pressroom) is kept in
build/fuzz/TARGET/faults, with its traceback. An input that takes more than a minute or 3 GB ends it at once; libFuzzer
keeps that one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pressroom"], enable_loader_override=False):
    from fuzz import corpora, targets

FOLDER = Path(__file__).resolve().parents[1] / "build" / "fuzz"
LONGEST, MOST_MB = 60, 3000
"""Seconds and megabytes that one input may take."""


def main() -> None:
    """Hunt for as long as was asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("target", choices=targets.TARGETS)
    options.add_argument("--seconds", type=int, default=1800)
    asked = options.parse_args()
    folder = FOLDER / asked.target
    corpora.lay(asked.target, folder / "corpus")
    (folder / "faults").mkdir(exist_ok=True)
    limits = [f"-max_total_time={asked.seconds}", f"-timeout={LONGEST}", f"-rss_limit_mb={MOST_MB}", "-max_len=65536"]
    quiet = ["-verbosity=1", "-print_final_stats=1", f"-artifact_prefix={folder / 'faults'}/"]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *limits, *quiet], _watched(asked.target, folder / "faults"))
    atheris.Fuzz()


def _watched(target: str, faults: Path) -> Callable[[bytes], None]:
    """A target whose faults are kept, each kind once."""
    feed, seen = targets.TARGETS[target], set[str]()

    def fed(data: bytes) -> None:
        try:
            feed(data)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault
            told = traceback.format_exc()
            name = _name(fault)
            if name not in seen:
                seen.add(name)
                (faults / name).write_bytes(data)
                (faults / f"{name}.txt").write_text(told)
                os.write(2, f"fault: {name}: {told.splitlines()[-1][:200]}\n".encode())

    return fed


def _name(fault: BaseException) -> str:
    """A name for all faults of one kind and one place."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/pressroom/" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(fault.__traceback__)[-1]
    said = f"{type(fault).__name__} {Path(last.filename).name} {last.name} {last.line}"
    return f"{type(fault).__name__}-{Path(last.filename).stem}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


if __name__ == "__main__":
    main()
