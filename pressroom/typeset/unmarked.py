"""Unmarked: what was painted for a tagged file, without its marked content (ISO 32000-1, 14.6), for one without tags.

So pages that two editions have in common are painted once, and are the same whichever edition comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pressroom.typeset.drawn_pages import DrawnForm, DrawnPage, DrawnUnit, PdfValue

_MARK = re.compile(rb"^(?:/(?:Span|Figure)\n<</MCID \d+>>\nBDC|/Artifact\nBMC|EMC)(?:\n|\Z)", re.MULTILINE)
"""The beginning or the end of marked content, as the engine writes it: one operand to a line."""


def unmarked(unit: DrawnUnit) -> DrawnUnit:
    """A drawn unit without marks."""
    return replace(unit, pages=tuple(map(_page, unit.pages)), painted=())


def _page(page: DrawnPage) -> DrawnPage:
    forms: dict[int, DrawnForm] = {}
    resources = {kind: _value(held, forms) for kind, held in page.resources.items()}
    return replace(page, operators=_without_marks(page.operators), resources=resources)


def _without_marks(operators: bytes) -> bytes:
    return _MARK.sub(b"", operators).removesuffix(b"\n")


def _value(value: PdfValue, forms: dict[int, DrawnForm]) -> PdfValue:
    """A value with its forms unmarked; a form stays one, however often it is named."""
    if isinstance(value, DrawnForm):
        if id(value) not in forms:
            entries, resources = _value(value.entries, forms), _value(value.resources, forms)
            form = replace(value, operators=_without_marks(value.operators), entries=entries, resources=resources)
            forms[id(value)] = form
        return forms[id(value)]
    if isinstance(value, Mapping):
        return {name: _value(inner, forms) for name, inner in value.items()}
    return [_value(inner, forms) for inner in value] if isinstance(value, list) else value
