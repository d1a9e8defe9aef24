"""docs/press.md tells what is asked of a finished file, and what each printer asks for, as the program has it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any, get_args

import pytest

from pressroom.preflight.press import PRESS_CHECKS
from pressroom.publication.edition_form import Printer
from pressroom.rules.printers import PrinterRules, rules_for
from pressroom.rules.rulebook import Rule

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
    names = get_args(Printer)
    rows = [(key, *(say(rules_for(name)) for name in names)) for key, say in ROWS.items()]
    return table(("", *(f"`{name}`" for name in names)), rows)


def sources() -> str:
    rows = []
    for name in get_args(Printer):
        for key, source in rules_for(name).sources.items():
            rows.append((f"`{name}`", key, f"[{source.title}]({source.at})", f"{source.read}"))
    return table(("printer", "source", "title", "read"), rows)


@pytest.mark.parametrize("made", [asked, presets, sources])
def test_the_tables_are_what_the_program_holds(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    hold(PAPER, made(), save=request.config.getoption("--save-golden"))
