"""Preflight of a finished PDF: what a printer's own preflight would say, before the file is sent.

An error comes back, a warning is asked about, advice is worth knowing. What is asked is what the Ghent Workgroup's
specifications for offset ask as well: boxes, overprint, fonts, black, spot inks, ink coverage, colours, resolution.
The limits are those that printers commonly work with, unless a printer of printers.yaml says otherwise.
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
    """Everything that can be said of a finished PDF, each thing once with the pages that it is true of."""
    return tuple(dict.fromkeys(finding for ask in PRESS_CHECKS for finding in ask(finished)))
