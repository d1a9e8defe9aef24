"""docs/ebook.md tells what each store asks for, and by which findings, as the program has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from test_press_papers import answers, hold, shown, table

from pressroom.design.ladder import LEAST_PX, LEAST_QUALITY, SHARE
from pressroom.preflight.ebook import PAGES_CHECKS, STORE_CHECKS
from pressroom.publication import EpubEdition
from pressroom.publication.edition_form import Store
from pressroom.rules.stores import StoreRules, most_pixels, rules_for

PAPER = Path(__file__).resolve().parents[1] / "docs/ebook.md"
STORES: tuple[Store, ...] = get_args(Store)

ROWS: dict[str, Callable[[StoreRules], str]] = {
    "`image_px`": lambda r: f"{r.image_px}",
    "`quality`": lambda r: f"{r.quality}",
    "largest file": lambda r: shown(r.max_mb, lambda mb: f"{mb:g} MB"),
    "advised": lambda r: shown(r.advised_mb, lambda mb: f"{mb:g} MB"),
    "largest chapter with its pictures": lambda r: shown(r.page_mb, lambda mb: f"{mb:g} MB"),
    "largest picture": lambda r: shown(r.picture_mb, lambda mb: f"{mb:g} MB"),
    "pixels of a picture": lambda r: shown(r.picture_pixels, lambda n: f"{n / 1e6:g} million"),
    "cover, made": lambda r: shown(r.cover, lambda c: f"{c.width} × {c.height} px"),
    "cover, at least": lambda r: shown(r.cover_least, lambda least: f"{least} px"),
    "cover inside the file": lambda r: shown(r.cover_inside, lambda yes: "must be" if yes else "need not be"),
    "levels of contents": lambda r: shown(r.contents_levels),
    "alt text": lambda r: shown(r.alt_characters, lambda n: f"under {n} characters"),
    "SVG drawings": lambda r: shown(r.drawings, lambda yes: "shown" if yes else "not all shown"),
}


def rules() -> str:
    rows = [(key, *(say(rules_for(name)) for name in STORES)) for key, say in ROWS.items()]
    return table(("", *(f"`{name}`" for name in STORES)), rows)


def asked() -> str:
    questions: tuple[Callable[..., Any], ...] = (*STORE_CHECKS, *PAGES_CHECKS)
    rows = [("`store-file-large`", "May the file become larger than the store takes?", "error")]
    for question in questions:
        text = " ".join((question.__doc__ or "").split())
        rows += [(f"`{id}`", re.split(r"(?<=\?)\s", text)[0], kinds) for id, kinds in answers(question)]
    return table(("finding", "question", "severity"), rows)


def sources() -> str:
    rows = [
        (f"`{name}`", key, f"[{source.title}]({source.at})", f"{source.read}")
        for name in STORES
        for key, source in rules_for(name).sources.items()
    ]
    return table(("store", "source", "title", "read"), rows)


@pytest.mark.parametrize("made", [rules, asked, sources])
def test_the_tables_are_what_the_program_holds(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    hold(PAPER, made(), save=request.config.getoption("--save-golden"))


def test_every_rule_has_its_row() -> None:
    assert len(ROWS) == len(StoreRules.model_fields.keys() - {"name", "sources"})


def test_the_numbers_of_the_text_are_the_programs() -> None:
    text = " ".join(PAPER.read_text("utf-8").split())
    edition = EpubEdition(format="epub")
    assert f"`image_px` ({edition.image_px}), of `quality` {edition.quality}" in text
    assert f"more than {most_pixels('generic') / 1e6:g} million pixels" in text
    assert f"about {SHARE:.0%}".replace("%", " %") in text
    assert f"the last has {LEAST_PX} px at quality {LEAST_QUALITY}" in text
