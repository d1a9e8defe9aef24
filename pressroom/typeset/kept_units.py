"""Kept units: what was laid out and drawn, each under the hash of all that it depends on.

An entry that is damaged, of another version or of strangers is made anew (`keeping.values`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pressroom import keeping
from pressroom.design import Composition
from pressroom.errors import Finding, Place, Severity
from pressroom.keeping.values import classes, keep_value, kept_value
from pressroom.photographs import Rendition
from pressroom.typeset.boxes import Rectangle
from pressroom.typeset.drawn_pages import DrawnFont, DrawnForm, DrawnPage, DrawnUnit, PdfString, PictureUse
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.page_fits import PageFits
from pressroom.typeset.tags.painted import PaintedPage
from pressroom.typeset.tags.tree import Area, MarkedContent
from pressroom.typeset.units import Decisions, DrawRequest, Laid, LayRequest

_VERSION = 1
"""To be raised when layouts come out otherwise from the same input."""
_VALUES: tuple[Any, ...] = (
    *(Decisions, Finding, Laid, PageFits, Place, Severity, range),
    *(DrawnFont, DrawnForm, DrawnPage, DrawnUnit, PdfString, PictureUse),
    *(DocumentElement, PaintedPage, Area, MarkedContent, Rectangle),
)
"""What may come out of an entry, beside numbers, texts, tuples, lists and dictionaries."""
_KNOWN = classes(_VALUES)


@dataclass(frozen=True)
class KeptUnits:
    """The units of one composition in a folder of the cache."""

    folder: Path
    base: str
    """The hash of what all its units depend on."""
    renditions: Mapping[str, Rendition]

    def laid(self, request: LayRequest) -> Laid | None:
        """A layout that was kept."""
        found = kept_value(self.folder / f"{self._key(request)}.laid", _KNOWN)
        return found if isinstance(found, Laid) else None

    def keep_laid(self, request: LayRequest, laid: Laid) -> None:
        """Keep a layout. Raises OSError."""
        keep_value(self.folder / f"{self._key(request)}.laid", laid)

    def drawn(self, request: DrawRequest) -> DrawnUnit | None:
        """A drawn unit that was kept, with the files of its fonts."""
        return self._with_fonts(self._drawn_file(request))

    def blank(self, *, is_tagged: bool) -> DrawnUnit | None:
        """A blank page that was kept."""
        return self._with_fonts(self._blank_file(is_tagged=is_tagged))

    def _with_fonts(self, file: Path) -> DrawnUnit | None:
        found = kept_value(file, _KNOWN)
        if not isinstance(found, DrawnUnit):
            return None
        files = {font.file: _font_file(self.folder, font.file) for font in found.fonts}
        held = {digest: data for digest, data in files.items() if data is not None}
        return replace(found, font_files=held) if len(held) == len(files) else None

    def keep_drawn(self, request: DrawRequest, unit: DrawnUnit) -> None:
        """Keep a drawn unit. Raises OSError."""
        self._keep(self._drawn_file(request), unit)

    def keep_blank(self, unit: DrawnUnit, *, is_tagged: bool) -> None:
        """Keep a blank page. Raises OSError."""
        self._keep(self._blank_file(is_tagged=is_tagged), unit)

    def _keep(self, file: Path, unit: DrawnUnit) -> None:
        """Keep what was drawn, and its fonts apart: several units share them."""
        for digest, data in unit.font_files.items():
            if not (self.folder / f"{digest}.font").is_file():
                keeping.keep(self.folder / f"{digest}.font", data)
        keep_value(file, replace(unit, font_files={}))

    def _blank_file(self, *, is_tagged: bool) -> Path:
        return self.folder / f"{_hash(repr((self.base, 'blank', is_tagged)))}.drawn"

    def _drawn_file(self, request: DrawRequest) -> Path:
        return self.folder / f"{self._key(request.laid, request.first, request.is_tagged)}.drawn"

    def _key(self, request: LayRequest, *drawing: object) -> str:
        unit = request.unit
        pictures = [_facts(self.renditions[name]) for name in sorted(unit.pictures) if name in self.renditions]
        identity = (unit.id, unit.kind, unit.matter, unit.source, unit.title, unit.document.text)
        asked = (request.side, sorted(request.folios.items()), request.decisions, drawing)
        return _hash(repr((self.base, identity, pictures, asked)))


def kept_units(composition: Composition, folder: Path, makers: str) -> KeptUnits:
    """The kept units of a composition; `makers` names all that lays them out, in its version."""
    settings = composition.publication.settings
    base = (
        _VERSION,
        makers,
        settings.language,
        settings.layout,
        [(style.name, style.css) for style in composition.styles],
        [(face.family, face.weight, face.italic, _digest(face.file)) for face in composition.fonts],
    )
    return KeptUnits(folder, _hash(repr(base)), {rendition.name: rendition for rendition in composition.renditions})


def _facts(rendition: Rendition) -> tuple[Any, ...]:
    """What a layout depends on of a picture: a drawing is painted with the page, a photograph is not."""
    drawing = _digest(rendition.path) if rendition.media_type == "image/svg+xml" else ""
    return rendition.name, rendition.frame, drawing


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _font_file(folder: Path, digest: str) -> bytes | None:
    try:
        data = (folder / f"{digest}.font").read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None
