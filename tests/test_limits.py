"""Limits: what no book has, and a file of strangers may, ends in a finding before it fills memory or time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Publish

from pressroom import production
from pressroom.manuscript import note_faults
from pressroom.production import Order

SECURITY = Path(__file__).parents[1] / "SECURITY.md"
EBOOK = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
MOST_NOTES = 1
"""In the place of 5,000, which take minutes."""
WIDE = "|" + " a |" * 501
TOO_MUCH: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "text-large": lambda: {"book/a.md": "# A\n\n" + " " * 10_000_000},
    "yaml-deep": lambda: {"book/publication.yaml": EBOOK + "source: " + "[" * 51 + "]" * 51},
    "variable-long": lambda: {"book/publication.yaml": EBOOK + f"variables: {{v: {'a' * 10_001}}}"},
    "emphasis-deep": lambda: {"book/a.md": "# A\n\n" + "*" * 120 + "a" + "*" * 120},
    "brackets-open": lambda: {"book/a.md": "# A\n\n" + "[" * 1001},
    "html-mended": lambda: {"book/a.md": "# A\n\nText " + "<span>" * 300 + "a" + "</span>" * 300},
    "notes-many": lambda: {"book/a.md": "# A\n\n" + "B.[^1] D.[^2]\n\n[^1]: C.\n\n[^2]: E."},
    "table-cells": lambda: {"book/a.md": f"# A\n\n| a |\n|---|\n{WIDE}\n"},
    "title-long": lambda: {"book/a.md": "# " + "A" * 301},
    "style-immense": lambda: {"layouts/reportage/ebook.css": "/*" + " " * 4_000_000 + "*/"},
    "drawing-unfit": lambda: {
        "book/a.md": "# A\n\n![B](a.svg)\nC.",
        "assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + " " * 20_000_000 + "</svg>",
    },
}
"""What goes over each limit by a little, by the id of its finding."""


@pytest.mark.slow
@pytest.mark.parametrize("id", TOO_MUCH)
def test_what_goes_over_a_limit_is_told(publication: Publish, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    monkeypatch.setattr(note_faults, "MOST_NOTES", MOST_NOTES)
    files = {"book/publication.yaml": EBOOK, **TOO_MUCH[id]()}
    report = production.check(Order(publication(files, settings=files["book/publication.yaml"])))
    assert id in {finding.id for finding in report.findings}


@pytest.mark.parametrize(
    ("name", "id"), [("assets/a.jpg", "photo-huge"), ("assets/profiles/own.icc", "profile-broken")]
)
@pytest.mark.slow
def test_a_film_under_another_name_is_not_read(publication: Publish, name: str, id: str) -> None:
    """It would take minutes, and all memory."""
    press = EBOOK.replace("}}", "}, print: {format: pdf, bleed: 3mm, profile: own}}")
    root = publication({"book/a.md": "# A\n\n![B](a.jpg)\nC.", name: ""}, settings=press)
    with (root / name).open("wb") as film:
        film.truncate(60_000_000_000)  # which takes no room on the disk
    assert id in {finding.id for finding in production.check(Order(root)).findings}


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["span", "div"])
def test_words_deep_in_html_are_set(publication: Publish, tag: str) -> None:
    """Parsers give up at some depth, and would lose them."""
    deep = f"<{tag}>" * 900 + "deep<br>down" + f"</{tag}>" * 900 + "\n\nAfter."
    report = production.check(Order(publication({"book/a.md": f"# A\n\n{deep}"}, settings=EBOOK)))
    assert {finding.id for finding in report.findings if finding.severity != "advice"} == {"html-mended"}


def test_security_md_states_each_limit() -> None:
    stated = SECURITY.read_text("utf-8").split("## Limits")[1].split("\n## ")[0]
    assert [id for id in TOO_MUCH if f"`{id}`" not in stated] == []
