"""Growth: what four times as much of a sign costs, as a ratio to what once as much costs.

    python benchmarks/growth.py [--only WORD] [--signs 2500]

Each sign is a chapter of its own, which `pressroom check` reads in two lengths; what an empty chapter takes is taken
off both. A search that looks once at each sign gives 4; one that looks from each sign to the end gives 16. Ratios of
runs under a tenth of a second say nothing, and are told as “short”.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from timing import PRESSROOM, timed

SETTINGS = "title: T\nlanguage: en\neditions: {ebook: {format: epub}}\n"
FACTOR = 4
SIGNS = {
    "comments that nothing closes": "<!--",
    "variables that nothing closes": "{{",
    "index marks on a line": "[word]{.index} ",
    "signs on a line": "[@a] {{ b }} ==c== ",
    "brackets": "[[[[![",
    "backslashes": "\\({++",
    "pipes and dollars": "| $",
    "dollars with letters": "a$ b ",
    "formulas apart": "$$\nx\n",
    "backticks": "` `` ``` ",
    "addresses": "https://example.org/{{x}} ",
    "elements that nothing closes": "<div>\n<script>",
    "tags that nothing ends": "<b>a ",
    "tags that nothing begins": "</i>a <b>a ",
    "cells": "| **a | b |\n|---|---|\n",
    "links": "[a](https://example.org) ",
    "emphases that open": "*a ",
    "notes": "[^n] ",
    "paragraphs of prose": "Plain words (and a price of $5), said she, with *emphasis* and a [link](#a).\n\n",
}
NESTED = {
    "braces of a formula": ("$x{", "{", "}", "}$"),
}
"""Signs inside one another: what stands before all, what opens, what closes, what stands behind all."""


def seconds(text: str) -> float:
    """What `pressroom check` takes of the processor for a chapter; the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book")
        book.mkdir()
        (book / "publication.yaml").write_text(SETTINGS, "utf-8")
        (book / "a.md").write_text(f"# A\n\n{text}\n", "utf-8")
        return min(_checked(folder) for _ in range(3))


def _checked(folder: str) -> float:
    # Whether there is something to mend does not matter here; only an end that nobody planned does.
    command = f"{' '.join(PRESSROOM)} check --root {folder} > /dev/null 2>&1; [ $? -le 1 ]"
    return timed("sh", "-c", command).processor


def _signs(name: str, times: int) -> str:
    if name in SIGNS:
        return SIGNS[name] * times
    before, opens, closes, behind = NESTED[name]
    return before + opens * times + closes * times + behind


def main() -> int:
    """Read each sign in two lengths, and print the ratio."""
    words = argparse.ArgumentParser(description="How the time to read a chapter grows with its signs.")
    words.add_argument("--only", default="", help="signs with this word in their names")
    words.add_argument("--signs", type=int, default=2500, help="how often the sign stands in the shorter chapter")
    given = words.parse_args()
    nothing = seconds("Words.")
    for name in [*SIGNS, *NESTED]:
        if given.only not in name:
            continue
        few, many = (max(seconds(_signs(name, given.signs * times)) - nothing, 0.001) for times in (1, FACTOR))
        ratio = f"{many / few:5.1f}" if few > 0.1 else "short"
        print(f"{name:32} {few:7.2f} s {many:7.2f} s  {ratio}", flush=True)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except subprocess.CalledProcessError as ended:
        raise SystemExit(f"{ended}: see what `pressroom check` says of it.") from None
