"""Receipts: a build in which nothing changed is answered from what the last one wrote down, and reads nothing.

A receipt holds the state of all inputs (the publication's files, the builder, the libraries and fonts of the machine)
and of the products that were made of them. It knows files by place, size and times, as git does: whoever touches one
has it read again. It is kept under what was ordered, for a build that had no error.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pressroom
from pressroom import drafts, keeping, machine
from pressroom.errors import ExitCode, Finding, Place, Severity
from pressroom.production.order import BookFacts, Order, Product, Progress, Report
from pressroom.whereabouts import BUILTIN, INPUTS

_FORM = 1
"""The form of receipts; another one is not read."""
FileState = tuple[int, int, int]
"""Size in bytes, and the times of the last change of content and of the file (in ns)."""


@dataclass(frozen=True)
class Receipt:
    """What one build was made of, and what it made."""

    inputs: str
    today: str
    """The day of the build: an embargo can end later, and never begins."""
    facts: BookFacts
    products: tuple[Product, ...]
    states: tuple[FileState, ...]
    """The states of the products."""
    findings: tuple[Finding, ...]


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for, unless their products are there and nothing has changed since.

    One edition that has an error is reported, and the others are made.
    """
    if not order.keeps:
        return _made(order, progress)
    inputs = inputs_of(order.root)  # before they are read: what changes meanwhile is noticed by the next build
    if known := unchanged(order, inputs):
        drafts.delete_left_scratch()
        drafts.delete_left(order.products_folder)
        return known
    report = _made(order, progress)
    if report.exit_code is ExitCode.MADE and report.facts:
        _keep(order, report, inputs)
    keeping.prune(order.cache)
    return report


def _made(order: Order, progress: Progress | None) -> Report:
    from pressroom.production import conductor  # noqa: PLC0415 - it loads every room, and mostly is not needed

    return conductor.build(order, progress)


def unchanged(order: Order, inputs: str) -> Report | None:
    """The report of the last build of the same order, if its products are there and nothing has changed since.

    `inputs` is the state of what a build of it would read (`inputs_of`).
    """
    receipt = _read(_file(order))
    if receipt is None or receipt.today > _day(order) or receipt.inputs != inputs:
        return None
    if any(_state(product.path) != state for product, state in zip(receipt.products, receipt.states, strict=True)):
        return None
    return Report(list(receipt.products), list(receipt.findings), facts=receipt.facts, is_unchanged=True)


def inputs_of(root: Path, builder: str = "") -> str:
    """The state of everything that a build reads, as one hash.

    `builder` is `builder_state`, for who asks for many publications at once.
    """
    state = hashlib.sha256((builder or builder_state()).encode())
    _add(state, [root / name for name in INPUTS])
    return state.hexdigest()


def builder_state() -> str:
    """The state of what all publications are built with, as one hash: Pressroom, its libraries, the machine's fonts."""
    state = hashlib.sha256(f"{pressroom.__version__} {sys.version} {machine.fonts_stamp()}".encode())
    packages = [folder for folder in map(Path, sys.path) if folder.name in ("site-packages", "dist-packages")]
    for folder in [*packages, *machine.LIBRARIES]:  # a package that is installed changes its folder
        state.update(repr(_state(folder)).encode())
    package = Path(pressroom.__file__).parent
    _add(state, [package, BUILTIN / "layouts", BUILTIN / "assets" / "profiles"])
    return state.hexdigest()


def _add(state: hashlib._Hash, folders: Iterable[Path]) -> None:
    """Add the states of all files in some folders to a hash."""
    for folder in folders:
        for path in sorted(_files(folder)):
            state.update(f"{path} {_state(Path(path))}".encode("utf-8", "surrogateescape"))


def _files(folder: Path) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{path}/{name}" for name in files)


def _state(file: Path) -> FileState | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _day(order: Order) -> str:
    return (order.today or dt.date.max).isoformat()


# ---- on disk


def _file(order: Order) -> Path:
    """Where the receipt of an order lies."""
    asked = (sorted(order.editions), str(order.products_folder), order.final, order.source_date, order.variables)
    return order.cache / "receipts" / f"{hashlib.sha256(repr(asked).encode()).hexdigest()[:24]}.json"


def _keep(order: Order, report: Report, inputs: str) -> None:
    """Write a receipt. Where that cannot be done, the next build makes everything again."""
    states = [_state(product.path) for product in report.products]
    held = {
        "form": _FORM,
        "inputs": inputs,
        "today": _day(order),
        "facts": asdict(report.facts) if report.facts else {},
        "products": [{**asdict(product), "path": str(product.path)} for product in report.products],
        "states": states,
        "findings": [asdict(finding) for finding in report.findings],
    }
    try:
        keeping.keep(_file(order), json.dumps(held).encode())
    except OSError:
        return


def _read(file: Path) -> Receipt | None:
    """A receipt; None if there is none, or one that is damaged or of another form."""
    if not file.is_file():  # a pipe in its place would never end
        return None
    try:
        held = json.loads(file.read_bytes())
        return _receipt(held) if held["form"] == _FORM else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _receipt(held: dict[str, Any]) -> Receipt:
    return Receipt(
        inputs=str(held["inputs"]),
        today=str(held["today"]),
        facts=BookFacts(**held["facts"]),
        products=tuple(Product(**{**product, "path": Path(product["path"])}) for product in held["products"]),
        states=tuple((int(size), int(content), int(file)) for size, content, file in held["states"]),
        findings=tuple(map(_finding, held["findings"])),
    )


def _finding(held: dict[str, Any]) -> Finding:
    also = tuple(Place(**place) for place in held["also"])
    return Finding(**{**held, "severity": Severity(held["severity"]), "place": Place(**held["place"]), "also": also})
