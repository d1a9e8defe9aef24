"""Preflight of a finished PDF: the checks of a printer’s own preflight, before the file is sent.

A printer sends a file with an error back, and asks about one with a warning. The topics are those of the Ghent
Workgroup’s specifications for offset: boxes, overprint, fonts, black, spot colours, ink coverage, colours, resolution.
The limits are those that printers commonly use, unless the rules of the printer (`rules.printers`) state others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding
from pressroom.preflight.press.claims import STANDARD_CHECKS
from pressroom.preflight.press.coverage import INK_CHECKS
from pressroom.preflight.press.drawn import CONTENT_CHECKS
from pressroom.preflight.press.geometry import GEOMETRY_CHECKS
from pressroom.preflight.press.press_file import PageFinding, PressFile
from pressroom.preflight.press.tagging import ACCESS_CHECKS

__all__ = ["PRESS_CHECKS", "PageFinding", "PressFile", "check_finished"]

PRESS_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    *GEOMETRY_CHECKS,
    *INK_CHECKS,
    *CONTENT_CHECKS,
    *STANDARD_CHECKS,
    *ACCESS_CHECKS,
)


def check_finished(finished: PressFile) -> tuple[Finding, ...]:
    """All findings about a finished PDF, each once, with the pages that it applies to."""
    return tuple(dict.fromkeys(finding for ask in PRESS_CHECKS for finding in ask(finished)))
