"""The ledger: a line of JSON for each finished title, by which a batch goes on after an interruption."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pressroom.catalogue.limits import Shard
from pressroom.catalogue.outcomes import TitleOutcome
from pressroom.catalogue.titles import CatalogueTitle
from pressroom.errors import ExitCode, Finding, MachineError, Place, Severity, UsageError, advice, error
from pressroom.production import Order, Product


@dataclass(frozen=True)
class LedgerLine:
    """What the ledger has of one title."""

    root: Path
    called: str
    is_made: bool
    ordered: Mapping[str, Any]
    """What was ordered of it, without its root."""
    products: tuple[Product, ...]
    seconds: float

    def still_holds(self, order: Order) -> bool:
        """Whether the title was made as it is ordered now, and its products are where they were written."""
        return self.is_made and self.ordered == ordered(order) and all(map(_stands, self.products))

    def outcome(self, title: CatalogueTitle) -> TitleOutcome:
        """The outcome of a title that is not made again."""
        return TitleOutcome(title, self.called, ExitCode.MADE, self.products, (), 0, "resumed")


def ledger_in(folder: Path, shard: Shard | None) -> Path:
    """Where the ledger of a catalogue lies, unless it is named. Machines that share a folder have one each."""
    part = f"-{shard.number}-of-{shard.of}" if shard else ""
    return folder / f".pressroom-batch{part}.jsonl"


def read_ledger(path: Path) -> tuple[Mapping[Path, LedgerLine], tuple[Finding, ...]]:
    """The last line for each title, by its root, and advice on lines that are damaged. Raises UsageError."""
    lines: dict[Path, LedgerLine] = {}
    damaged: list[int] = []
    for number, text in enumerate(_text(path).split("\n"), 1):
        if not text.strip():
            continue
        try:
            line = _parsed(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError):
            damaged.append(number)
        else:
            lines[line.root] = line
    return lines, (_damage(path, damaged),) if damaged else ()


def begin_ledger(path: Path, *, is_resumed: bool) -> None:
    """Begin a ledger anew or, if it is resumed, on a line of its own. Raises UsageError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if not is_resumed:
                file.truncate(0)
            elif file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # it was interrupted in the middle of a line
                    file.write(b"\n")
    except OSError as fault:
        raise UsageError([_unwritable(path, fault)]) from None


def enter(path: Path, outcome: TitleOutcome, order: Order) -> None:
    """Add the line of a title, whole and at once. Raises MachineError where the disk refuses it."""
    counts = {str(severity): outcome.counted(severity) for severity in Severity}
    line = {
        "root": str(outcome.root),
        "title": outcome.called,
        "outcome": "made" if outcome.exit_code is ExitCode.MADE else "failed",
        "ordered": ordered(order),
        "products": [asdict(product) | {"path": str(product.path)} for product in outcome.products],
        "findings": counts,
        "seconds": outcome.seconds,
    }
    try:
        with path.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise MachineError([_unwritable(path, fault)]) from None


def ordered(order: Order) -> Mapping[str, Any]:
    """What of an order decides what is made, besides the sources."""
    return {
        "editions": list(order.editions),
        "out": str(order.out) if order.out else None,
        "final": order.final,
        "source_date": order.source_date.isoformat() if order.source_date else None,
    }


def _parsed(line: Any) -> LedgerLine:
    """A line of the ledger. Raises ValueError, KeyError or TypeError for one that is damaged."""
    products = tuple(
        Product(p["edition"], p["format"], Path(p["path"]), int(p["pages"]), int(p["bytes"]), p["sha256"])
        for p in line["products"]
    )
    is_made = line["outcome"] == "made"
    return LedgerLine(
        Path(line["root"]), str(line["title"]), is_made, dict(line["ordered"]), products, float(line["seconds"])
    )


def _stands(product: Product) -> bool:
    """Whether a product is where it was written, as long as it was."""
    try:
        return product.path.stat().st_size == product.bytes
    except OSError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
    except OSError as fault:
        raise UsageError([_unwritable(path, fault)]) from None


def _damage(path: Path, numbers: list[int]) -> Finding:
    """Advice on lines that cannot be read."""
    which = f"{len(numbers)} lines" if len(numbers) > 1 else "This line"
    why = f"{which} of the ledger cannot be read, so that titles of which only they tell are built again."
    return advice("ledger-damaged", Place(str(path), numbers[0]), why, "Nothing: new lines are written.")


def _unwritable(path: Path, fault: OSError) -> Finding:
    """The error that the ledger cannot be kept."""
    why = f"The ledger cannot be written ({fault.strerror}), and without it a batch cannot go on where it stopped."
    return error("ledger-unwritable", Place(str(path)), why, "Make it writable, or name another with --ledger FILE.")
