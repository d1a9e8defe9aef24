"""Draws publications by chance and builds them: `python -m fuzz.publications --kind check --examples 10000`.

The strategies and the promises are those of the tests (tests/made_up.py, tests/test_made_up.py). A fault does not end
the run: the first publication of each kind of fault is kept in build/fuzz/publications, and the run ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "docs")]

import made_up  # noqa: E402 - from the tests, by the path above
import test_made_up  # noqa: E402

FOLDER = ROOT / "build" / "fuzz" / "publications"
KINDS: Mapping[str, Callable[[made_up.MadeUp], object]] = {
    "check": test_made_up.check,
    "ebook": partial(test_made_up.build, edition="ebook"),
    "pages": partial(test_made_up.build, edition="pages"),
}


def main() -> int:
    """Draw as many as were asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kind", choices=KINDS, default="check")
    options.add_argument("--examples", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    began, drawn, faults = time.monotonic(), Counter[str](), Counter[str]()

    @hypothesis.seed(asked.seed)
    @hypothesis.settings(
        max_examples=asked.examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @hypothesis.given(made_up.publications())
    def draw(made: made_up.MadeUp) -> None:
        drawn["plain" if made.is_plain else "odd"] += 1
        try:
            KINDS[asked.kind](made)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault
            name = _name(fault)
            faults[name] += 1
            if faults[name] == 1:
                made.write(FOLDER / name)
                (FOLDER / name / "fault.txt").write_text(traceback.format_exc(), "utf-8")
                print(f"fault: {name}: {fault!s:.200}", flush=True)

    draw()
    print(f"{asked.kind}: {dict(drawn)}, faults {dict(faults)}, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


def _name(fault: BaseException) -> str:
    """A name for all faults of one kind and one place."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = next((f for f in reversed(frames) if "/pressroom/" in f.filename), frames[-1])
    return f"{type(fault).__name__}-{Path(last.filename).stem}-{last.lineno}"


if __name__ == "__main__":
    sys.exit(main())
