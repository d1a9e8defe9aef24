"""docs/press.md has the checks of a finished file and the rules of each printer as the program has them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from conftest import Publish

from pressroom.forms import docstrings
from pressroom.preflight.press import PRESS_CHECKS
from pressroom.publication import CoverEdition, PdfEdition
from pressroom.rules.caliper import spine_of
from pressroom.rules.printers import CoverRules, PrinterRules, builtin_printer
from pressroom.rules.rulebook import Rule
from pressroom.settings import read_settings
from pressroom.whereabouts import PRINTERS

SEVERITIES = ("error", "warning", "advice")
PAPER = Path(__file__).resolve().parents[1] / "docs/press.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def table_in(paper: Path, made: str, *, save: bool) -> str:
    """The table of a document that has the same head as `made`; with `save`, the document takes over `made` first."""
    text, head = paper.read_text("utf-8"), re.escape(made.partition("\n")[0])
    if save:
        text = re.sub(rf"^{head}\n(\|.*\n)*", lambda _: made, text, flags=re.MULTILINE)
        paper.write_text(text, "utf-8")
    return "".join(found[0] for found in re.finditer(rf"^{head}\n(?:\|.*\n)*", text, re.MULTILINE))


# ---- the checks


def findings_of(check: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """The ids of the findings that a check can report, each with its severities."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(ast.parse(dedent(inspect.getsource(check)))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            kinds = [n.id for n in ast.walk(node.func) if isinstance(n, ast.Name) and n.id in SEVERITIES]
            if kinds:
                found.setdefault(str(node.args[0].value), []).extend(kinds)
    for id, kinds in found.items():
        yield id, ", ".join(sorted(set(kinds), key=SEVERITIES.index))


def checks() -> str:
    rows = []
    for check in PRESS_CHECKS:
        text = " ".join((check.__doc__ or "").split())
        for id, kinds in findings_of(check):
            rows.append((f"`{id}`", re.split(r"(?<=\?)\s", text)[0], kinds))
    return table(("finding", "question", "severity"), rows)


# ---- the rules of printers


def cell(rule: Rule[Any] | None, in_words: Callable[[Any], str] = str) -> str:
    """The cell of a rule: its value and the name of its source, or a dash where there is no rule."""
    return f"{in_words(rule.value)} ({rule.source})" if rule is not None else "–"


def pages(value: Any) -> str:
    return f"{value.least}–{value.most}" if value.most else f"{value.least} or more"


def gutters(value: Any) -> str:
    return ", ".join(f"{step.inside:.3g} mm to {step.pages} p." for step in value)


ROWS: dict[str, Callable[[PrinterRules], str]] = {
    "bleed": lambda r: cell(r.bleed, lambda mm: f"{mm:.4g} mm"),
    "bleed at the spine": lambda r: cell(r.bleed_at_spine, lambda yes: "yes" if yes else "no"),
    "marks": lambda r: cell(r.marks, lambda yes: "taken" if yes else "refused"),
    "colour": lambda r: cell(r.colour, {"cmyk": "CMYK", "srgb": "sRGB", "any": "either"}.__getitem__),
    "standards": lambda r: cell(r.standards, lambda names: ", ".join(names) or "a plain PDF"),
    "profile": lambda r: cell(r.profile, lambda name: f"`{name}`"),
    "`image_ppi`": lambda r: cell(r.image_ppi),
    "`min_ppi`": lambda r: cell(r.min_ppi),
    "most ink": lambda r: cell(r.ink, lambda percent: f"{percent} %"),
    "pages": lambda r: cell(r.pages, pages),
    "free at the spine": lambda r: cell(r.gutters, gutters),
    "free at the edges": lambda r: cell(r.safe, lambda mm: f"{mm:.3g} mm"),
    "largest file": lambda r: cell(r.max_mb, lambda mb: f"{mb:g} MB"),
}


def presets() -> str:
    names = PRINTERS
    rows = [(key, *(cell_of(builtin_printer(name)) for name in names)) for key, cell_of in ROWS.items()]
    return table(("", *(f"`{name}`" for name in names)), rows)


def sources() -> str:
    rows = []
    for name in PRINTERS:
        for key, source in builtin_printer(name).sources.items():
            rows.append((f"`{name}`", key, f"[{source.title}]({source.at})", f"{source.read}"))
    return table(("printer", "source", "title", "read"), rows)


def rules_of_a_file() -> str:
    """The rules that the file of a printer may hold, as their forms describe them."""
    rows = [
        (f"`{at}{key}`", docstrings(form)[key])
        for at, form in {"": PrinterRules, "cover: ": CoverRules}.items()
        for key, field in form.model_fields.items()
        if "Rule[" in str(field.annotation)
    ]
    return table(("rule", "what it asks"), rows)


@pytest.mark.slow
@pytest.mark.parametrize("made", [checks, presets, sources, rules_of_a_file])
def test_the_tables_equal_those_of_the_program(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    assert table_in(PAPER, made(), save=request.config.getoption("--save-golden")) == made()


# ---- a printer of one's own


def own_printer() -> tuple[str, str]:
    """The example of the file of a printer: its path, and its text."""
    ((path, text),) = re.findall(r"```yaml\n# (assets/printers/\S+)\n(.*?)```", PAPER.read_text("utf-8"), re.DOTALL)
    return path, text


def test_the_example_of_an_own_printer_is_taken_by_a_book_and_its_cover(publication: Publish) -> None:
    path, text = own_printer()
    editions = "print: {format: pdf, trim: a5, printer: city-press}, cover: {format: cover}"
    root = publication({path: text}, settings=f"title: T\nlanguage: en\neditions: {{{editions}}}\n")
    file = read_settings(root)
    rules = file.printers["city-press"]
    book, cover = file.settings.editions["print"], file.settings.editions["cover"]
    assert isinstance(book, PdfEdition)
    assert isinstance(cover, CoverEdition)
    assert (book.bleed, book.standard, book.profile, book.min_ppi) == (3, "PDF/X-4", "coated-fogra39", 250)
    assert (cover.printer, cover.bleed) == ("city-press", 5)
    spine = spine_of(cover, rules, 200)
    assert spine is not None
    assert (spine.width, rules.gutter(200), rules.gutter(201)) == (pytest.approx(12), 12, 15)
