"""The desk's state as JSON: what the page in the browser draws."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pressroom.errors import Finding, Place, Severity
from pressroom.preview.proofs import PageShape, ProofPage
from pressroom.preview.session import DeskState, EditionView

_ORDER = {severity: n for n, severity in enumerate(Severity)}


def pulse_of(state: DeskState) -> dict[str, Any]:
    """What an open page is told at once: whether there is something new, and what is being done."""
    working = asdict(state.working) if state.working else None
    return {"version": state.version, "working": working}


def values_of(state: DeskState, edition: str) -> dict[str, Any]:
    """All that the page shows of an edition."""
    name = edition if any(edition == known for known, _ in state.editions) else state.first
    view = state.views.get(name)
    findings = tuple(dict.fromkeys([*state.findings, *(view.findings if view and state.is_read else ())]))
    return {
        "version": state.version,
        "title": state.title,
        "edition": name,
        "editions": [{"name": each, "form": form} for each, form in state.editions],
        "is_read": state.is_read,
        "is_current": bool(view and view.is_current and state.is_read),
        "seconds": round(state.seconds, 2),
        "findings": _findings(findings, view),
        **(_view(view) if view else {"form": "", "pages": [], "shape": None, "ebook": None, "from_right": False}),
    }


def photos_of(state: DeskState) -> list[dict[str, Any]]:
    """Every figure, in reading order."""
    return [{**photo.values, "is_there": photo.photograph is not None} for photo in state.photos]


def _view(view: EditionView) -> dict[str, Any]:
    proof = view.proof
    ebook = proof.ebook and {
        "name": proof.ebook.file.stem,
        "pages": [{"path": page.path, "title": page.title, "source": page.source} for page in proof.ebook.pages],
    }
    return {
        "form": proof.form,
        "from_right": proof.from_right,
        "shape": _shape(proof.shape) if proof.shape else None,
        "pages": [_page(page) for page in proof.pages],
        "ebook": ebook,
    }


def _shape(shape: PageShape) -> dict[str, Any]:
    return {**asdict(shape), "grid": dict(shape.grid)}


def _page(page: ProofPage) -> dict[str, Any]:
    figures = [{"id": area.figure, "box": area.box} for area in page.figures]
    return {
        "key": page.key,
        "folio": page.folio,
        "unit": page.unit,
        "title": page.title,
        "source": page.source,
        "figures": figures,
    }


def _findings(findings: Iterable[Finding], view: EditionView | None) -> list[dict[str, Any]]:
    """Findings with the page on which each stands, the gravest first."""
    standing = _lines_on_pages(view.proof.pages if view else ())
    ordered = sorted(findings, key=lambda finding: _ORDER[finding.severity])
    return [
        {
            "id": finding.id,
            "severity": str(finding.severity),
            "message": finding.message,
            "remedy": finding.remedy,
            "places": [
                {"file": place.file, "line": place.line, "excerpt": place.excerpt, "page": _page_of(place, standing)}
                for place in (finding.place, *finding.also)
            ],
        }
        for finding in ordered
    ]


def _lines_on_pages(pages: Sequence[ProofPage]) -> Mapping[str, list[tuple[int, int]]]:
    """By source file: the lines at which blocks begin, each with the first page on which the block stands."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, page in enumerate(pages):
        for block in page.blocks:
            found[block.place.file].setdefault(block.place.line, number)
    return {file: sorted(lines.items()) for file, lines in found.items()}


def _page_of(place: Place, standing: Mapping[str, list[tuple[int, int]]]) -> int | None:
    """The page, from 0, on which a place of the manuscript stands; None where it stands on none."""
    lines = standing.get(place.file)
    if not lines:
        return None
    return lines[max(0, bisect_right(lines, place.line, key=lambda begun: begun[0]) - 1)][1]
