"""Bombs: small files that ask for all memory and time, and large ones that should be something else.

    python benchmarks/bombs.py [--only WORD] [--seconds 240] [--gigabytes 6]

Each is a publication of its own, which `pressroom build` gets with a limit of memory and processor time (Linux). Told
are the exit code, the findings, seconds of the processor, and the most memory that one process held. What is promised:
no traceback, and an end within the limits.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from timing import PRESSROOM

SETTINGS = "title: T\nlanguage: en\neditions: {ebook: {format: epub}, screen: {format: pdf, trim: a5}}\n"
OWN = SETTINGS + "layout: own\n"
TEXT = "# A\n\nWords.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
GRADIENT = (
    '<linearGradient id="g" x1="0" x2="0.0000001" spreadMethod="repeat"><stop offset="0" stop-color="red"/>'
    '<stop offset="1" stop-color="blue"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>'
)


@dataclass(frozen=True)
class Bomb:
    """A publication that asks for too much; texts are made when it is written."""

    name: str
    files: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    settings: Callable[[], str] = lambda: SETTINGS


def text(name: str, make: Callable[[], str]) -> Bomb:
    """A bomb in a chapter."""
    return Bomb(f"text: {name}", {"book/a.md": make})


def layout(name: str, file: str, make: Callable[[], str]) -> Bomb:
    """A bomb in a layout of its own."""
    own = {"layouts/own/layout.yaml": lambda: "title: own\nextends: reportage\n", f"layouts/own/{file}": make}
    return Bomb(f"layout: {name}", {"book/a.md": lambda: TEXT, **own}, lambda: OWN)


def drawing(name: str, make: Callable[[], str]) -> Bomb:
    """A bomb in a drawing."""
    chapter = {"book/a.md": lambda: "# A\n\n![A drawing](a.svg)\nA caption.\n"}
    return Bomb(f"drawing: {name}", {**chapter, "assets/photos/a.svg": make})


def settings(name: str, make: Callable[[], str]) -> Bomb:
    """A bomb in publication.yaml."""
    return Bomb(f"settings: {name}", {"book/a.md": lambda: TEXT}, make)


BOMBS = (
    text("a chapter of 200 MB", lambda: "# A\n\n" + "Words in a line.\n\n" * 11_000_000),
    text("a line of 2 MB", lambda: "# A\n\n" + "word " * 400_000),
    text("a word of 1 MB", lambda: "# A\n\n" + "a" * 1_000_000),
    text("400 emphases in each other", lambda: "# A\n\n" + "*" * 400 + "a" + "*" * 400),
    text("20,000 emphases that open", lambda: "# A\n\n" + "*a " * 20_000),
    text("50,000 brackets that open", lambda: "# A\n\n" + "[" * 50_000),
    text("20,000 comments that open", lambda: "# A\n\n" + "<!--" * 20_000),
    text("10,000 notes", lambda: "# A\n\n" + "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(10_000))),
    text("20,000 marks of the index in a line", lambda: "# A\n\n" + "[a]{.index} " * 20_000),
    text("20,000 pictures in a line", lambda: "# A\n\n" + "![a](b.jpg) " * 20_000),
    text("3,000 quotations in each other", lambda: "# A\n\n" + ">" * 3_000 + " a"),
    text("1,000 lists in each other", lambda: "# A\n\n" + "\n".join(" " * 2 * n + "- a" for n in range(1_000))),
    text("1,000 boxes in each other", lambda: "# A\n\n" + ("::: sidebar\n" * 1_000)),
    text("a table of 2,000 columns", lambda: "# A\n\n" + "|\n".join(cell * 2_000 for cell in ("|a", "|-", "|b"))),
    text("a table of 20,000 rows", lambda: "# A\n\n|a|b|\n|-|-|\n" + "|c|d|\n" * 20_000),
    text("20,000 headings", lambda: "# A\n\n" + "## B\n\nc\n\n" * 20_000),
    text("a formula of 100,000 braces", lambda: "# A\n\n$$" + "{" * 100_000 + "}" * 100_000 + "$$\n"),
    text("raw HTML, 5,000 deep", lambda: "# A\n\n" + "<div>" * 5_000 + "a" + "</div>" * 5_000),
    text("a cell over 100,000,000 columns", lambda: '# A\n\n<table><tr><td colspan="100000000">a</td></tr></table>\n'),
    settings("200 MB", lambda: SETTINGS + "description: " + "a" * 200_000_000 + "\n"),
    settings("lists, 100,000 deep", lambda: SETTINGS + "subjects: " + "[" * 100_000 + "]" * 100_000 + "\n"),
    settings("200,000 keys", lambda: SETTINGS + "".join(f"k{n}: 1\n" for n in range(200_000))),
    settings("variables that double", lambda: SETTINGS + "variables:\n  v0: aaaaaaaaaa\n"
             + "".join(f"  v{n}: '{{{{ v{n - 1} }}}}{{{{ v{n - 1} }}}}'\n" for n in range(1, 40))),
    layout("loops without end", "chapter.xhtml.j2",
           lambda: "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"),
    layout("a text of 3 GB", "chapter.xhtml.j2", lambda: "<p>{{ 'a' * 3000000000 }}</p>"),
    layout("a cell over 100,000,000 columns", "chapter.xhtml.j2",
           lambda: '<table><tr><td colspan="100000000">a</td></tr></table>'),
    layout("a page of 100 km", "own.css", lambda: "@page { size: 1e8mm 1e8mm }"),
    layout("variables that double", "own.css",
           lambda: "p { --v0: 1px 1px; "
           + "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1}); " for n in range(1, 40)) + "margin: var(--v39) }"),
    layout("a grid that begins in row 100,000,000", "own.css",
           lambda: "section { display: grid } p { grid-row: 100000000 / 100000001 }"),
    layout("a gradient that repeats without end", "own.css",
           lambda: "p { background: repeating-linear-gradient(red, blue 0.000001mm) }"),
    layout("100,000 rules", "own.css", lambda: "".join(f".a{n} p {{ color: red }}\n" for n in range(100_000))),
    layout("selectors, 10,000 deep", "own.css", lambda: ":not(" * 10_000 + "p" + ")" * 10_000 + "{ color: red }"),
    drawing("a gradient that repeats without end", lambda: SVG.format(GRADIENT)),
    drawing("300,000 elements", lambda: SVG.format('<rect width="1" height="1"/>' * 300_000)),
    drawing("copies of copies", lambda: SVG.format(
        '<defs><g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 40))
        + '</defs><use href="#a39"/>')),
    drawing("entities of entities", lambda: '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 12)) + "]>"
            + SVG.format("<text>&l;</text>")),
    drawing("a blur over 100,000", lambda: SVG.format(
        '<filter id="f"><feGaussianBlur stdDeviation="100000"/></filter>'
        '<rect width="9" height="9" filter="url(#f)"/>')),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of a bomb."""

    exit_code: int
    output: str
    seconds: float
    megabytes: int

    @property
    def findings(self) -> str:
        """The ids of errors and warnings."""
        return ", ".join(dict.fromkeys(re.findall(r"\b(?:error|warning) ([a-z][a-z-]+)", self.output)))

    @property
    def verdict(self) -> str:
        """“well”, or what was promised and not kept."""
        if "Traceback" in self.output:
            return "TRACEBACK"
        return "well" if self.exit_code in (0, 1, 3) else f"ENDED BY {self.exit_code}"


def lit(bomb: Bomb, root: Path, seconds: int, memory: int) -> Outcome:
    """Write a bomb and build it."""
    files = {"book/publication.yaml": bomb.settings, **bomb.files}
    for name, make in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(make(), "utf-8")
    before, most = resource.getrusage(resource.RUSAGE_CHILDREN), 0
    command = ["prlimit", f"--as={memory}", f"--cpu={seconds}", *PRESSROOM, "build", "--jobs", "1", "--root", str(root)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            most = max(most, 0, *_held(process.pid))
            time.sleep(0.05)
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Outcome(process.returncode, output, took, most // 1_000_000)


def _held(process: int) -> Iterator[int]:
    """The bytes that a process holds, and each that it has started."""
    try:
        yield int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _held(int(child))


def main() -> int:
    """Light all bombs, or those with a word in their names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=int, default=240)
    parser.add_argument("--gigabytes", type=int, default=6)
    options = parser.parse_args()
    bad = 0
    for bomb in BOMBS:
        if options.only in bomb.name:
            with tempfile.TemporaryDirectory() as folder:
                outcome = lit(bomb, Path(folder), options.seconds, options.gigabytes * 1_000_000_000)
            bad += outcome.verdict != "well"
            print(f"| {bomb.name} | {outcome.verdict} | {outcome.exit_code} | {outcome.findings} "
                  f"| {outcome.seconds:.1f} s | {outcome.megabytes} MB |", flush=True)  # fmt: skip
            if outcome.verdict != "well":
                print(outcome.output[-1500:], file=sys.stderr)
    return bad > 0


if __name__ == "__main__":
    raise SystemExit(main())
