"""The page of a catalogue: what came of each title, as one table of HTML that needs no other file and no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pressroom.errors import CONTROL, Finding, Severity

_TEMPLATE = "cataloguepage.html.j2"


@dataclass(frozen=True)
class ProductLink:
    """A product, and where it lies as seen from the page."""

    edition: str
    name: str
    href: str
    pages: int
    bytes: int


@dataclass(frozen=True)
class CatalogueRow:
    """One title of a catalogue."""

    number: int
    name: str
    """Its folder."""
    title: str
    """Its own title; "" where it could not be read."""
    products: tuple[ProductLink, ...]
    pages: int
    bytes: int
    counts: Mapping[Severity, int]
    seconds: float
    remark: str
    """That it is not made, or was not made anew."""
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something of it is not made."""
        return self.counts[Severity.ERROR] > 0


def catalogue_page(rows: Sequence[CatalogueRow], findings: Sequence[Finding], seconds: float) -> str:
    """What came of a catalogue, as HTML. `findings` are about all titles."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    env.filters["size"] = _size
    made = sum(not row.has_errors for row in rows)
    values = {"rows": rows, "findings": findings, "seconds": seconds, "made": made, "severities": list(Severity)}
    return env.get_template(_TEMPLATE).render(values)


def _shown(value: Any) -> Any:
    """A value without the characters that HTML forbids."""
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _size(bytes: int) -> str:
    """A number of bytes in kB or MB; "" for none."""
    if not bytes:
        return ""
    return f"{bytes / 1e6:.1f} MB" if bytes >= 1e6 else f"{bytes / 1e3:.0f} kB"
