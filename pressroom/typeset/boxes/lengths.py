"""Lengths of the page engine, which counts in CSS px, become points as they are read, and nowhere else."""

from __future__ import annotations

from typing import Any

from pressroom.publication.measures import PT_PER_PX
from pressroom.typeset.boxes import Rectangle


def pt(px: Any) -> float:
    """Points of a length in CSS px."""
    return float(px) * PT_PER_PX


def rectangle(left: Any, top: Any, width: Any, height: Any) -> Rectangle:
    """A rectangle in pt of one in CSS px."""
    return Rectangle(pt(left), pt(top), pt(width), pt(height))
