"""The preflight of finished PDFs: each fault alone in the smallest file that has it, and its finding."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import FAULTS, described, finished

from pressroom.preflight.press import check_finished
from pressroom.preflight.press.press_file import on_pages

ROOT = Path(__file__).resolve().parents[1]
IDS = sorted(folder.name for folder in FAULTS.iterdir() if folder.is_dir())


def told() -> dict[str, set[str]]:
    """Every id that the questions can answer with, and how severely: read from the source."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in (ROOT / "pressroom/preflight/press").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 3 and isinstance(node.args[0], ast.Constant):
                names = {n.id for n in ast.walk(node.func) if isinstance(n, ast.Name)} & {"error", "warning", "advice"}
                found[str(node.args[0].value)] |= names
    return found


def test_the_sound_file_has_no_fault() -> None:
    assert check_finished(finished(described(""))) == ()


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_each_fault_gives_exactly_its_finding(id: str, request: pytest.FixtureRequest) -> None:
    findings = check_finished(finished(described((FAULTS / id / "fault.yaml").read_text("utf-8"))))
    assert {finding.id for finding in findings} == {id}
    printed = "".join(f"{f.severity} {f.id}\n{f.message}\n{f.remedy}\n" for f in findings)
    file = FAULTS / id / "findings.txt"
    if request.config.getoption("--save-golden"):
        file.write_text(printed, "utf-8")
    assert printed == file.read_text("utf-8")


def test_every_finding_has_an_example() -> None:
    assert set(IDS) == set(told())


def test_every_finding_has_a_remedy() -> None:
    for id in IDS:
        for line in (FAULTS / id / "findings.txt").read_text("utf-8").splitlines():
            assert line.endswith((f" {id}", ".")), line
            assert "'" not in line, f"{id}: {line}"


# ---- pages in words


@pytest.mark.slow
@given(st.sets(st.integers(1, 400), min_size=1))
def test_lists_of_pages_are_short_and_complete(numbers: set[int]) -> None:
    text = on_pages(numbers)
    assert text.startswith("page " if len(numbers) == 1 else "pages ")
    assert len(text) < 80
    named: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?(?! more)\b(?! more)", text):
        named |= set(range(int(first), int(last or first) + 1))
    more = re.search(r"(\d+) more$", text)
    assert named <= numbers
    assert len(named) + (int(more[1]) if more else 0) == len(numbers)
