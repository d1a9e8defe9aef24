"""The Python interface: what the commands `build` and `check` do, for programs. docs/python.md describes it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import machine, production
from pressroom.errors import ExitCode, Finding, Place, PressroomError, Severity
from pressroom.production import Manuscript, Order, Product, Progress, Report

if TYPE_CHECKING:
    from pressroom.publication import Publication

__all__ = [
    "ExitCode",
    "Finding",
    "Manuscript",
    "Place",
    "PressroomError",
    "Product",
    "Progress",
    "Publication",
    "Report",
    "Severity",
    "build",
    "check",
    "read",
]


def __getattr__(name: str) -> object:
    """Load the model when it is asked for (PEP 562): who builds a publication that has not changed needs none."""
    if name != "Publication":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pressroom.publication import Publication  # noqa: PLC0415

    return Publication


def build(  # noqa: PLR0913 - all but one have a name and a default
    root: str | os.PathLike[str],
    *,
    editions: str | Iterable[str] = (),
    out: str | os.PathLike[str] | None = None,
    final: bool | None = None,
    source_date: dt.datetime | None = None,
    today: dt.date | None = None,
    variables: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make a publication's products, and report what was made and found.

    * root: the publication's folder, which holds book/publication.yaml.
    * editions: the names of the editions to make; none means all.
    * out: the folder for the products; None means dist/ in the publication.
    * final: whether a missing photograph is an error; None leaves it to the publication's status.
    * source_date: the date that products carry; None takes that of the newest source. A naive one is local time.
      The environment variable SOURCE_DATE_EPOCH is not read.
    * today: the day against which embargoes on photographs are held; None asks the clock.
    * variables: other values for variables of publication.yaml, by their names, as `build --set` takes them.
    * progress: is called while the work goes on.

    Faults of the publication and of the machine are findings of the report: nothing is raised for them.
    """
    order = Order(
        root=_folder(root),
        editions=_names(editions),
        out=None if out is None else Path(out),
        final=final,
        source_date=source_date and source_date.astimezone(dt.UTC),
        today=today or machine.today(),
        variables=tuple((variables or {}).items()),
    )
    return production.build(order, progress)


def check(  # noqa: PLR0913 - as above
    root: str | os.PathLike[str],
    *,
    editions: str | Iterable[str] = (),
    final: bool | None = None,
    today: dt.date | None = None,
    variables: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Report everything that can be found in a publication without making it; the arguments are those of `build`.

    Faults of the publication and of the machine are findings of the report: nothing is raised for them.
    """
    chosen = tuple((variables or {}).items())
    order = Order(_folder(root), _names(editions), final=final, today=today or machine.today(), variables=chosen)
    return production.check(order, progress)


def read(
    root: str | os.PathLike[str],
    *,
    final: bool | None = None,
    today: dt.date | None = None,
    variables: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Manuscript:
    """Read a publication: its settings, its chapters, its photographs, and what is wrong with them.

    The arguments are those of `build`. A chapter that cannot be read is a finding of what is returned. Raises
    PressroomError, with all its findings, where there is nothing to return: no folder, no settings that can be read,
    no layout, or a disk that is full.
    """
    chosen = tuple((variables or {}).items())
    return production.read(
        Order(_folder(root), final=final, today=today or machine.today(), variables=chosen), progress
    )


def _folder(root: str | os.PathLike[str]) -> Path:
    return Path(root).resolve()


def _names(editions: str | Iterable[str]) -> tuple[str, ...]:
    """The names of editions; a single one is not taken for a list of letters."""
    return (editions,) if isinstance(editions, str) else tuple(editions)
