"""Receipts: a build in which nothing changed reads nothing; whatever a product depends on makes it anew."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Publish, ids, picture

from pressroom import keeping, production
from pressroom.errors import ExitCode, Severity
from pressroom.production import Order, Report, conductor, receipts

pytestmark = pytest.mark.receipts
DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
DAY = dt.date(2023, 9, 27)
EBOOK = "title: T\nlanguage: en\neditions:\n  ebook: {format: epub}\n"


@pytest.fixture
def order(publication: Publish) -> Order:
    """An order whose products are made."""
    root = publication({"book/a.md": "# A\n\nWords.\n\n![A field](a.jpg)\n"}, settings=EBOOK)
    picture(root / "assets/photos/a.jpg")
    order = Order(root, source_date=DATE, today=DAY)
    assert production.build(order).exit_code is ExitCode.MADE
    return order


def is_answered(order: Order) -> bool:
    """Whether a build finds all of its products there, and nothing changed."""
    return production.build(order).is_unchanged


@pytest.mark.slow
def test_a_build_in_which_nothing_changed_reports_what_the_last_one_did(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(conductor, "build", pytest.fail)
        again = production.build(order)
    made = production.build(replace(order, keeps=False))
    assert again.is_unchanged and not made.is_unchanged
    assert (again.products, again.findings, again.facts, again.exit_code) == (
        made.products, made.findings, made.facts, made.exit_code,
    )  # fmt: skip


CHANGES: dict[str, Callable[[Path], object]] = {
    "a chapter": lambda root: (root / "book/a.md").write_text("# A\n\nOther words.\n"),
    "a chapter of the same length": lambda root: (root / "book/a.md").write_text(
        (root / "book/a.md").read_text().replace("Words", "Birds")
    ),
    "a new chapter": lambda root: (root / "book/b.md").write_text("# B\n\nMore.\n"),
    "a photograph": lambda root: picture(root / "assets/photos/a.jpg", 80, 40),
    "settings": lambda root: (root / "book/publication.yaml").write_text(EBOOK.replace("T\n", "U\n", 1)),
    "a style sheet of its own": lambda root: (
        (root / "layouts/reportage").mkdir(parents=True),
        (root / "layouts/reportage/own.css").write_text("p { color: #111 }"),
    ),
    "the date of a source": lambda root: os.utime(root / "book/a.md", (2e9, 2e9)),
    "a product that is gone": lambda root: (root / "dist/t.epub").unlink(),
    "a product that was written over": lambda root: (root / "dist/t.epub").write_bytes(b"x"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_the_products_are_made_anew(order: Order, change: Callable[[Path], object]) -> None:
    assert is_answered(order)
    change(order.root)
    assert not is_answered(order)
    assert is_answered(order)


@pytest.mark.slow
def test_another_order_has_a_receipt_of_its_own(order: Order) -> None:
    for other in (
        replace(order, editions=("ebook",)),
        replace(order, out=order.root / "elsewhere"),
        replace(order, final=True),
        replace(order, source_date=DATE + dt.timedelta(days=1)),
    ):
        assert not is_answered(other)
    assert not is_answered(order)  # the last one has put another date into the products
    assert is_answered(replace(order, jobs=4))


@pytest.mark.slow
def test_a_receipt_serves_later_days_but_no_earlier_one(order: Order) -> None:
    assert is_answered(replace(order, today=DAY + dt.timedelta(days=1)))
    assert not is_answered(replace(order, today=DAY - dt.timedelta(days=1)))  # an embargo may have ended between


@pytest.mark.slow
def test_a_build_with_an_error_gets_no_receipt(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n![A field](missing.jpg)\n"}, settings=EBOOK + "status: final\n")
    reports = [production.build(Order(root, source_date=DATE)) for _ in range(2)]
    assert [(ids(report.findings), report.is_unchanged) for report in reports] == [(["photo-missing"], False)] * 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda _: "[]",
        lambda _: "{",
        lambda held: json.dumps({**held, "form": 99}),
        lambda held: json.dumps({**held, "products": [{"edition": "ebook"}]}),
        lambda held: json.dumps({**held, "states": ["x"]}),
        lambda held: json.dumps({**held, "findings": [{"severity": "loud"}]}),
    ],
)
def test_a_damaged_receipt_is_made_anew(order: Order, damage: Callable[[dict[str, object]], str]) -> None:
    [file] = (order.root / ".pressroom/receipts").iterdir()
    file.write_text(damage(json.loads(file.read_text())))
    assert not is_answered(order)
    assert is_answered(order)


def times_in(folder: Path) -> dict[Path, int]:
    """When each file was changed; parts of fonts have none, since tests share them."""
    return {path: path.stat().st_mtime_ns * ("fonts" not in path.parts) for path in folder.rglob("*")}


@pytest.mark.slow
def test_no_cache_uses_nothing_and_keeps_nothing(order: Order) -> None:
    before = times_in(order.root / ".pressroom")
    report: Report = production.build(replace(order, keeps=False))
    assert not report.is_unchanged and len(report.products) == 1
    assert times_in(order.root / ".pressroom") == before


@pytest.mark.slow
def test_where_no_receipt_can_be_written_the_next_build_makes_everything(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (order.root / "book/a.md").write_text("# A\n\nOther words.\n")
    monkeypatch.setattr(receipts.keeping, "keep", full)
    assert not is_answered(order)
    assert not is_answered(order)


def a_file_in_its_place(order: Order, patch: pytest.MonkeyPatch) -> None:
    del patch
    shutil.rmtree(order.cache)
    order.cache.write_text("here first")


def a_full_disk(order: Order, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(order.cache)
    write = keeping.keep

    def keep(path: Path, data: bytes) -> Path:
        if path.is_relative_to(order.root):
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    patch.setattr(keeping, "keep", keep)


@pytest.mark.slow
@pytest.mark.parametrize("close", [a_file_in_its_place, a_full_disk])
def test_where_nothing_can_be_kept_everything_is_made_and_that_is_reported(
    order: Order, monkeypatch: pytest.MonkeyPatch, close: Callable[[Order, pytest.MonkeyPatch], None]
) -> None:
    before = production.build(order)
    close(order, monkeypatch)
    for carry_out, products in ((production.check, []), (production.build, before.products)):
        report = carry_out(order)
        assert (report.exit_code, report.products) == (ExitCode.MADE, products)
        assert [(f.id, f.severity) for f in report.findings if f not in before.findings] == [
            ("cache-unwritable", Severity.ADVICE)
        ]
    assert not [file for file in order.root.rglob("*") if file.name.endswith(".part")]


ODD = {
    "empty object": "{}",
    "list": "[]",
    "nothing": "null",
    "number": "3",
    "other names": '{"name": 3, "sha256": []}',
    "a path that leads out": '{"name": "../../book/a.md", "sha256": "", "ink": null, "by": 1}',
    "nested deeply": "[" * 100_000 + "]" * 100_000,
    "no JSON": "\x00\xff",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ODD)
def test_whatever_stands_in_kept_facts_the_products_are_made_anew(order: Order, kind: str) -> None:
    """Facts of another version, of somebody else or damaged: all files of facts that a build keeps."""
    before = {product.path.name: product.sha256 for product in production.build(order).products}
    kept = list((order.root / ".pressroom").rglob("*.json"))
    assert len(kept) >= 3
    for file in kept:
        file.write_text(ODD[kind], "utf-8")
    report = production.build(order)
    assert {product.path.name: product.sha256 for product in report.products} == before
    assert not report.is_unchanged
