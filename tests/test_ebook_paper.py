"""docs/ebook.md has the rules of each store, and the checks against them, as the program has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from test_press_papers import cell, findings_of, table, table_in

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
    "largest file": lambda r: cell(r.max_mb, lambda mb: f"{mb:g} MB"),
    "advised": lambda r: cell(r.advised_mb, lambda mb: f"{mb:g} MB"),
    "largest chapter with its pictures": lambda r: cell(r.page_mb, lambda mb: f"{mb:g} MB"),
    "largest picture": lambda r: cell(r.picture_mb, lambda mb: f"{mb:g} MB"),
    "pixels of a picture": lambda r: cell(r.picture_pixels, lambda n: f"{n / 1e6:g} million"),
    "cover, made": lambda r: cell(r.cover, lambda c: f"{c.width} × {c.height} px"),
    "cover, at least": lambda r: cell(r.cover_least, lambda least: f"{least} px"),
    "cover inside the file": lambda r: cell(r.cover_inside, lambda yes: "must be" if yes else "need not be"),
    "levels of contents": lambda r: cell(r.contents_levels),
    "alt text": lambda r: cell(r.alt_characters, lambda n: f"under {n} characters"),
    "SVG drawings": lambda r: cell(r.drawings, lambda yes: "shown" if yes else "not all shown"),
}


def rules() -> str:
    rows = [(key, *(cell_of(rules_for(name)) for name in STORES)) for key, cell_of in ROWS.items()]
    return table(("", *(f"`{name}`" for name in STORES)), rows)


def checks() -> str:
    every: tuple[Callable[..., Any], ...] = (*STORE_CHECKS, *PAGES_CHECKS)
    rows = [("`store-file-large`", "Is `max_mb` within what the store takes?", "error")]
    for check in every:
        text = " ".join((check.__doc__ or "").split())
        rows += [(f"`{id}`", re.split(r"(?<=\?)\s", text)[0], kinds) for id, kinds in findings_of(check)]
    return table(("finding", "question", "severity"), rows)


def sources() -> str:
    rows = [
        (f"`{name}`", key, f"[{source.title}]({source.at})", f"{source.read}")
        for name in STORES
        for key, source in rules_for(name).sources.items()
    ]
    return table(("store", "source", "title", "read"), rows)


@pytest.mark.parametrize("made", [rules, checks, sources])
def test_the_tables_equal_those_of_the_program(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    assert table_in(PAPER, made(), save=request.config.getoption("--save-golden")) == made()


def test_every_rule_has_its_row() -> None:
    assert len(ROWS) == len(StoreRules.model_fields.keys() - {"name", "sources"})


def test_the_numbers_of_the_text_are_the_programs() -> None:
    text = " ".join(PAPER.read_text("utf-8").split())
    edition = EpubEdition(format="epub")
    assert f"`image_px` ({edition.image_px}), of `quality` {edition.quality}" in text
    assert f"more than {most_pixels('generic') / 1e6:g} million pixels" in text
    assert f"about {SHARE:.0%}".replace("%", " %") in text
    assert f"the last has {LEAST_PX} px at quality {LEAST_QUALITY}" in text
