"""Breakdowns: known crashes of the page engine over rules of a style sheet, turned into findings.

Those of WeasyPrint 70 that are known are told with their cause; the layouts that come with the builder reach none.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from pressroom.errors import Finding, Place, error

BREAKDOWNS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""The exceptions that the engine raises for input it does not support."""


@dataclass(frozen=True)
class _Known:
    """A known breakdown."""

    module: str
    """The end of the path of the engine's module that raises it."""
    function: str
    """The function in that module; empty for any."""
    cause: str
    remedy: str


_KNOWN = (
    _Known("draw/__init__.py", "_draw_box_shadow", "a blurred shadow in device-cmyk()", "Make the shadow sharp."),
    _Known("draw/color.py", "", "a groove, ridge, inset or outset border in device-cmyk()", "Make the border solid."),
    _Known("images.py", "draw", "a gradient in device-cmyk()", "Use one colour, or a picture."),
    _Known("css/__init__.py", "preprocess_stylesheet", "an @color-profile", "Name the profile in the edition instead."),
    _Known("layout/grid.py", "", "a picture that is itself an item of a grid", "Put it into a <div> of its own."),
)


def breakdown(fault: Exception, place: Place) -> Finding:
    """A finding for an exception of the engine: its place, its cause if that is known, and a remedy."""
    steps = [(Path(step.filename).as_posix(), step.name) for step in traceback.extract_tb(fault.__traceback__)]
    known = next(
        (k for k in _KNOWN if any(file.endswith(k.module) and k.function in ("", name) for file, name in steps)), None
    )
    what = f"The page engine broke down ({type(fault).__name__}) and this edition cannot be made"
    if known:
        return error("page-engine-broken", place, f"{what}: it cannot deal with {known.cause}.", known.remedy)
    remedy = "Take out of your own style sheets and templates what was added last; with the built-in ones, report it."
    return error("page-engine-broken", place, f"{what}.", remedy)
