"""Pressroom builds publications from captioned photographs and text: an ebook, a PDF for the screen, one for the press.

Public are the names in `__all__`: `build`, `check` and `read`, and the values that they take and return
(docs/python.md). Every module below is private, and changes without notice. Importing this one loads none of them.
ARCHITECTURE.md has the map.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressroom.api import (
        ExitCode,
        Finding,
        Manuscript,
        Place,
        PressroomError,
        Product,
        Progress,
        Publication,
        Report,
        Severity,
        build,
        check,
        read,
    )

__version__ = "1.0.0"
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
    "__version__",
    "build",
    "check",
    "read",
]


def __getattr__(name: str) -> object:
    """Load the interface when it is first used (PEP 562): whoever asks for the version waits for nothing else."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("pressroom.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
