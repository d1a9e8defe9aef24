"""docs/press.md tells what is asked of a finished file, and what each printer asks for, as the program has it."""

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
    """Rows of a table as Markdown has them."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def hold(paper: Path, wanted: str, *, save: bool) -> None:
    """A paper has a table as the program makes it; to save is to write it in the place of one with the same head."""
    text, head = paper.read_text("utf-8"), wanted.partition("\n")[0]
    if save:
        text = re.sub(rf"^{re.escape(head)}\n(\|.*\n)*", lambda _: wanted, text, flags=re.MULTILINE)
        paper.write_text(text, "utf-8")
    assert wanted in text


# ---- what is asked


def answers(question: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """The ids that a question can be answered with, and how severely each."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(ast.parse(dedent(inspect.getsource(question)))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            kinds = [n.id for n in ast.walk(node.func) if isinstance(n, ast.Name) and n.id in SEVERITIES]
            if kinds:
                found.setdefault(str(node.args[0].value), []).extend(kinds)
    for id, kinds in found.items():
        yield id, ", ".join(sorted(set(kinds), key=SEVERITIES.index))


def asked() -> str:
    rows = []
    for question in PRESS_CHECKS:
        text = " ".join((question.__doc__ or "").split())
        for id, kinds in answers(question):
            rows.append((f"`{id}`", re.split(r"(?<=\?)\s", text)[0], kinds))
    return table(("finding", "question", "severity"), rows)


# ---- what printers ask for


def shown(rule: Rule[Any] | None, say: Callable[[Any], str] = str) -> str:
    """What a printer says, with the name of its source; nothing where it is silent."""
    return f"{say(rule.value)} ({rule.source})" if rule is not None else "–"


def pages(value: Any) -> str:
    return f"{value.least}–{value.most}" if value.most else f"{value.least} or more"


def gutters(value: Any) -> str:
    return ", ".join(f"{step.inside:.3g} mm to {step.pages} p." for step in value)


ROWS: dict[str, Callable[[PrinterRules], str]] = {
    "bleed": lambda r: shown(r.bleed, lambda mm: f"{mm:.4g} mm"),
    "bleed at the spine": lambda r: shown(r.bleed_at_spine, lambda yes: "yes" if yes else "no"),
    "marks": lambda r: shown(r.marks, lambda yes: "taken" if yes else "refused"),
    "colour": lambda r: shown(r.colour, {"cmyk": "CMYK", "srgb": "sRGB", "any": "either"}.__getitem__),
    "standards": lambda r: shown(r.standards, lambda names: ", ".join(names) or "a plain PDF"),
    "profile": lambda r: shown(r.profile, lambda name: f"`{name}`"),
    "`image_ppi`": lambda r: shown(r.image_ppi),
    "`min_ppi`": lambda r: shown(r.min_ppi),
    "most ink": lambda r: shown(r.ink, lambda percent: f"{percent} %"),
    "pages": lambda r: shown(r.pages, pages),
    "free at the spine": lambda r: shown(r.gutters, gutters),
    "free at the edges": lambda r: shown(r.safe, lambda mm: f"{mm:.3g} mm"),
    "largest file": lambda r: shown(r.max_mb, lambda mb: f"{mb:g} MB"),
}


def presets() -> str:
    names = PRINTERS
    rows = [(key, *(say(builtin_printer(name)) for name in names)) for key, say in ROWS.items()]
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


@pytest.mark.parametrize("made", [asked, presets, sources, rules_of_a_file])
def test_the_tables_are_what_the_program_holds(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    hold(PAPER, made(), save=request.config.getoption("--save-golden"))


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
