"""Kept units: pages that were laid out are taken again, whoever made them; a damaged or foreign entry is made anew."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import pickle
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Publish, ids, picture

from pressroom import keeping, pdf, production
from pressroom.design import Composition
from pressroom.errors import ExitCode
from pressroom.inspection import document
from pressroom.keeping.values import kept_value
from pressroom.pdf import DrawnBook, inks
from pressroom.production import Order, Report, conductor
from pressroom.typeset import kept_units, pool
from pressroom.typeset.engine import Engine
from pressroom.typeset.tags import embed

pytestmark = pytest.mark.kept
DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
WORDS = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "
CHAPTER = "# {0}\n\n{1}[^n] See [the other]({2}.md).\n\n![A field](a.jpg)\nA caption.\n\n{1}\n\n[^n]: A note.\n"
SETTINGS = """title: T
language: en
chapters: [{generated: [contents]}, a.md, b.md, c.md]
editions:
  screen: {format: pdf, trim: 105x148mm, standard: PDF/UA-1}
  print: {format: pdf, trim: 105x148mm, bleed: 3mm, marks: [crop]}
"""


@pytest.fixture
def root(publication: Publish) -> Path:
    texts = {f"book/{a}.md": CHAPTER.format(a.upper(), WORDS * 9, b) for a, b in ("ab", "bc", "ca")}
    root = publication(texts, settings=SETTINGS)
    picture(root / "assets/photos/a.jpg", 900, 600)
    return root


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The units that the page engine has laid out, one entry for each layout."""
    units: list[str] = []
    lay = Engine._make_up

    def counted(engine: Engine, request: object, findings: object) -> object:
        units.append(request.unit.id)  # type: ignore[attr-defined]
        return lay(engine, request, findings)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "_make_up", counted)
    yield units


def made(root: Path, **more: object) -> dict[str, str]:
    """The SHA-256 of each product."""
    report: Report = production.build(replace(Order(root, source_date=DATE), **more))  # type: ignore[arg-type]
    assert report.exit_code is ExitCode.MADE, report.findings
    return {product.edition: product.sha256 for product in report.products}


@pytest.mark.slow
def test_what_was_kept_gives_the_same_bytes_and_is_not_laid_out_again(root: Path, laid_out: list[str]) -> None:
    first = made(root)
    assert {"c-a", "c-b", "c-c", "contents"} <= set(laid_out)
    laid_out.clear()
    assert (made(root), laid_out) == (first, [])
    assert made(root, keeps=False) == first
    assert laid_out


@pytest.mark.slow
def test_an_edited_chapter_is_laid_out_and_no_other(root: Path, laid_out: list[str]) -> None:
    made(root)
    laid_out.clear()
    chapter = root / "book/b.md"
    chapter.write_text(chapter.read_text().replace("rises for days", "rises for weeks", 1))
    edited = made(root)
    assert set(laid_out) == {"c-b"}
    assert edited == made(root, keeps=False)


@pytest.mark.slow
def test_only_pages_that_changed_are_finished_and_inspected(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = Counter[str]()

    def count(owner: object, name: str) -> None:
        work = getattr(owner, name)

        def counted(*given: object, **named: object) -> object:
            done[name] += 1
            return work(*given, **named)

        monkeypatch.setattr(owner, name, counted)

    count(inks._Painter, "plain")
    count(embed.TagWriter, "_marked")
    count(document, "read_page")
    made(root)
    every = Counter(done)
    assert every["plain"] > 3
    assert every["_marked"] > 3
    assert every["read_page"] >= every["plain"] + every["_marked"]
    done.clear()
    made(root)
    assert not done
    chapter = root / "book/b.md"
    chapter.write_text(chapter.read_text().replace("rises for days", "rises for weeks", 1))
    made(root)
    assert all(0 < done[work] < every[work] / 2 for work in every), (done, every)


@pytest.mark.slow
def test_editions_of_one_paper_come_out_alike_in_any_order_and_alone(root: Path) -> None:
    together = made(root, keeps=False)
    alone = {name: made(root, keeps=False, editions=(name,))[name] for name in ("screen", "print")}
    assert alone == together


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_products_are_the_same_in_any_number_of_processes(
    root: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(pool, "_WORTH_IT", 0)
    monkeypatch.setattr(pool, "_method", lambda: method)
    started: list[int] = []
    start = pool.PoolTypesetter._start

    def counted(self: pool.PoolTypesetter) -> None:
        start(self)
        started.append(len(self._workers))

    monkeypatch.setattr(pool.PoolTypesetter, "_start", counted)
    assert made(root, keeps=False, jobs=1) == made(root, keeps=False, jobs=2)
    assert set(started) == {2}


@pytest.mark.slow
def test_a_process_that_dies_is_reported_with_its_chapter(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_WORTH_IT", 0)
    monkeypatch.setattr(pool, "_method", lambda: "fork")
    here, lay = os.getpid(), Engine.lay

    def killed(engine: Engine, request: object) -> object:
        if os.getpid() != here and request.unit.id == "c-b":  # type: ignore[attr-defined]
            os._exit(9)
        return lay(engine, request)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "lay", killed)
    report = production.build(Order(root, ("screen",), source_date=DATE, jobs=2, keeps=False))
    [finding] = [finding for finding in report.findings if finding.id == "worker-ended"]
    assert "“B”" in finding.message and "--jobs 1" in finding.remedy
    assert (report.exit_code, report.products) == (ExitCode.MACHINE, [])


# ---- entries of the cache


class Bomb:
    """An object of strangers: to unpickle it would run a program."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 3",)


def packed(value: object) -> bytes:
    data = zlib.compress(pickle.dumps(value))
    return hashlib.sha256(data).digest() + data


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda data: data[:-9],
    "another byte": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "of another shape": lambda _: packed({"pages": 3}),
    "of strangers": lambda _: packed(Bomb()),
    "of an older version": lambda _: packed(kept_units.Place),
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_or_foreign_entry_is_made_anew(root: Path, damage: Callable[[bytes], bytes]) -> None:
    order = {"editions": ("screen",)}
    first = made(root, **order)
    for file in (*(root / ".pressroom/units").iterdir(), *(root / ".pressroom/pages").iterdir()):
        file.write_bytes(damage(file.read_bytes()))
    assert made(root, **order) == first


@pytest.mark.parametrize("value", [os.system, Bomb(), Path("/"), ExitCode.MADE, {1: [Bomb()]}])
def test_nothing_but_values_of_pages_comes_out_of_an_entry(tmp_path: Path, value: object) -> None:
    (tmp_path / "entry").write_bytes(packed(value))
    assert kept_value(tmp_path / "entry", kept_units._KNOWN) is None


@pytest.mark.slow
def test_where_pages_cannot_be_kept_they_are_made_and_it_is_reported_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_units, "keep_value", full)
    report = production.build(Order(root, ("screen",), source_date=DATE))
    assert ids(report.findings).count("cache-unwritable") == 1
    assert [product.edition for product in report.products] == ["screen"]


# ---- how much is kept


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    for n, name in enumerate(("old", "middle", "new")):
        (tmp_path / name).write_bytes(bytes(100))
        os.utime(tmp_path / name, (n, n))
    keeping.touch(tmp_path / "old")
    keeping.prune(tmp_path, 250)
    assert {path.name for path in tmp_path.iterdir()} == {"old", "new"}
    assert keeping.size_of_cache(tmp_path) == 200


def test_nothing_goes_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/letter.txt").write_bytes(bytes(100))
    (tmp_path / "whole").symlink_to(tmp_path / "own")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/units").symlink_to(tmp_path / "own")
    for cache in ("whole", "cache"):
        keeping.prune(tmp_path / cache, 0)
    assert (tmp_path / "own/letter.txt").is_file()


def test_nothing_goes_while_there_is_room(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100))
    keeping.prune(tmp_path, 100)
    keeping.prune(tmp_path / "nowhere", 100)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.slow
def test_pages_of_another_version_of_the_builder_are_not_taken(
    root: Path, laid_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(root, editions=("screen",))
    laid_out.clear()
    monkeypatch.setattr(conductor, "builder_state", lambda: "a change of the program")
    made(root, editions=("screen",))
    assert "c-b" in laid_out


# ---- PDFs that are kept


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The PDFs that were written, one entry for each time."""
    names: list[str] = []
    bind = pdf.bind

    def noted(book: DrawnBook, composition: Composition, *rest: Any) -> pdf.MadePdf:
        names.append(composition.name)
        return bind(book, composition, *rest)

    monkeypatch.setattr(pdf, "bind", noted)
    return names


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


PDF_CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing": (lambda _: None, []),
    "no products": (lambda root: shutil.rmtree(root / "dist"), []),
    "a product that was written over": (lambda root: cut(root / "dist/t-print.pdf"), ["print"]),
    "a kept file that is damaged": (lambda root: cut(root / ".pressroom/pages/print.pdf"), ["print"]),
    "a kept file that is gone": (lambda root: (root / ".pressroom/pages/print.pdf").unlink(), ["print"]),
    "damaged facts of it": (lambda root: cut(root / ".pressroom/pages/screen.made"), ["screen"]),
}


@pytest.mark.slow
def test_a_pdf_is_written_again_only_where_it_is_not_kept_whole(root: Path, bound: list[str]) -> None:
    first = made(root)
    for change, expected in PDF_CHANGES.values():
        shutil.rmtree(root / ".pressroom/receipts")
        bound.clear()
        change(root)
        assert (made(root), bound) == (first, expected)
        assert {hashlib.sha256(file.read_bytes()).hexdigest() for file in (root / "dist").iterdir()} == {
            *first.values()
        }
    bound.clear()
    assert made(root, editions=("print",)) == {"print": first["print"]}
    assert made(root, out=root / "elsewhere") == first
    assert not bound


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "expected"), [("description: D", ["screen", "print"]), ("", [])])
def test_a_pdf_of_other_parts_is_not_taken(root: Path, bound: list[str], setting: str, expected: list[str]) -> None:
    made(root)
    (root / "book/publication.yaml").write_text(f"{SETTINGS}{setting}\n")
    bound.clear()
    again = made(root)
    assert bound == expected
    assert again == made(root, keeps=False)


@pytest.mark.slow
def test_on_a_disk_without_links_a_pdf_is_kept_as_a_copy(
    root: Path, bound: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    with monkeypatch.context() as disk:
        disk.setattr(os, "link", no_links)
        first = made(root)
        cut(root / "dist/t-print.pdf")
        bound.clear()
        assert made(root) == first
    assert not bound


@pytest.mark.slow
def test_what_is_no_file_in_the_place_of_a_kept_pdf_is_left_alone(root: Path, bound: list[str]) -> None:
    first, kept = made(root), root / ".pressroom/pages/print.pdf"
    kept.unlink()
    kept.mkdir()
    bound.clear()
    shutil.rmtree(root / ".pressroom/receipts")
    assert (made(root), bound) == (first, ["print"])
    assert kept.is_dir()
    assert not list(kept.parent.glob("*.part"))
