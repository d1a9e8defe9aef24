"""Style reading: the style sheets of an edition as the engine reads them. Who lays out one edition again and again, as
a preview does, reads them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from pressroom import drafts
from pressroom.design import Composition
from pressroom.design.composition import Style
from pressroom.errors import Finding, Place
from pressroom.typeset.constants import as_written, worked_out
from pressroom.typeset.engine.fetcher import ROOT, CompositionFetcher
from pressroom.typeset.engine.log import collecting_findings


@dataclass(frozen=True)
class ReadStyles:
    """Style sheets that were read, with the fonts that they name."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    findings: tuple[Finding, ...]


class _Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Fonts for the engine, which writes them to a folder of its own: one that is deleted also if it is killed."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = drafts.scratch_folder()

    def add_font_face(self, *rule: Any) -> None:
        """Take the font of an @font-face rule. Raises OSError where it cannot be written."""
        with drafts.telling(self._folder):
            super().add_font_face(*rule)


class StyleReader:
    """Reads style sheets, and keeps the last ones that it has read."""

    def __init__(self) -> None:
        self._last: tuple[Any, ReadStyles] | None = None

    def read(self, composition: Composition, fetcher: CompositionFetcher) -> ReadStyles:
        """The style sheets of a composition."""
        on_pages = tuple(css for unit in composition.units for css in unit.document.styles)
        key = _made_of(composition, on_pages)
        if self._last is None or self._last[0] != key:
            self._last = key, _read(composition, fetcher, on_pages)
        return self._last[1]


def _made_of(composition: Composition, on_pages: Sequence[str]) -> tuple[Any, ...]:
    """All that the read style sheets depend on."""
    faces = [(face, face.file.stat().st_mtime_ns) for face in composition.fonts]
    return composition.publication.settings.layout, composition.styles, frozenset(on_pages), tuple(faces)


def _read(composition: Composition, fetcher: CompositionFetcher, on_pages: Sequence[str]) -> ReadStyles:
    fonts, findings = _Fonts(), list[Finding]()
    written = composition.styles

    def sheet(style: Style, before: str) -> CSS:
        place = Place(f"layouts/{composition.publication.settings.layout}/{style.name}")
        with collecting_findings(place, findings, partial(as_written, before, style.css)):
            address = f"{ROOT}styles/{style.name}"
            return CSS(string=style.css, font_config=fonts, url_fetcher=fetcher, base_url=address)

    read = worked_out(written, on_pages)
    sheets = tuple(sheet(style, before.css) for before, style in zip(written, read, strict=True))
    return ReadStyles(fonts, sheets, tuple(findings))
