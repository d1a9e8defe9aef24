"""Answers: what the preview says to each request of its page. A request names no file: only what is shown is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import font_source_sans_pro
import pypdfium2

from pressroom import photographs
from pressroom.errors import Place, PressroomError
from pressroom.preview.desk_state import photos_of, values_of
from pressroom.preview.ebook_files import MEDIA_TYPES
from pressroom.preview.page_views import PageViews, block_at
from pressroom.preview.session import Session

_DESK = Path(__file__).parent / "desk"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FONTS = {"regular.ttf": "SourceSansPro", "semibold.ttf": "SourceSansProSemibold"}
"""The type of the page itself: that of the built-in layouts, so that it looks alike on every machine."""
_FOR_LONG = "private, max-age=31536000, immutable"
"""For what has a name of its own for all that it holds."""
_THUMBNAIL, _LARGE = photographs.Recipe(640, 480, 80), photographs.Recipe(1600, 1600, 85)
_MOST_HITS = 400
_FEW = 2
"""The letters from which on words are searched."""


@dataclass(frozen=True)
class Answer:
    """What goes back to the browser."""

    body: bytes
    media_type: str = "application/json"
    status: int = 200
    keeping: str = "no-store"
    is_ebook: bool = False


NOT_THERE = Answer(b"", "text/plain", 404)
Query = Mapping[str, str]


def as_answer(values: Any, status: int = 200) -> Answer:
    """Values as JSON."""
    return Answer(json.dumps(values, ensure_ascii=False).encode(), status=status)


@dataclass(frozen=True)
class Answers:
    """Answers from a session."""

    session: Session
    views: PageViews = field(default_factory=PageViews)

    def get(self, path: str, query: Query) -> Answer:
        """Answer a question."""
        first, _, rest = path.partition("/")
        ways: Mapping[str, Callable[[str, Query], Answer]] = {
            "": lambda *_: _static("index.html"),
            "desk": lambda name, _: _static(name),
            "fonts": lambda name, _: _font(name),
            "state": self._state,
            "photos": lambda *_: as_answer(photos_of(self.session.state)),
            "page": self._page,
            "place": self._place,
            "passage": self._passage,
            "search": self._search,
            "photo": self._photo,
            "ebook": self._ebook,
        }
        try:
            return ways[first](rest, query) if first in ways else NOT_THERE
        except (OSError, LookupError, ValueError, BadZipFile, pypdfium2.PdfiumError, photographs.UnusableError):
            return NOT_THERE  # it was replaced meanwhile, or was never there

    def post(self, path: str, values: Mapping[str, Any]) -> Answer:
        """Change photos.yaml, or take a change back; nothing else can be changed."""
        framing = self.session.framing
        try:
            if path == "undo":
                undone = framing.undo()
                return as_answer({"undone": undone, "left": len(framing.written)})
            photo = self.session.photo(str(values.get("id", ""))) if path == "frame" else None
            key = values.get("key")
            if photo is None or photo.whole is None or key not in ("focus", "crop"):
                return NOT_THERE
            framing.write(photo.photograph.file.name if photo.photograph else "", key, str(values.get("value", "")))
            return as_answer({"left": len(framing.written)})
        except PressroomError as fault:
            messages = [f"{finding.message} {finding.remedy}" for finding in fault.findings]
            return as_answer({"message": " ".join(messages), "left": len(framing.written)}, 409)

    def _state(self, _: str, query: Query) -> Answer:
        return as_answer(values_of(self.session.state, query.get("edition", "")))

    # ---- pages

    def _page(self, name: str, query: Query) -> Answer:
        page, shape = self.session.page(name.removesuffix(".jpg")) or (None, None)
        if page is None or shape is None:
            return NOT_THERE
        ppi = min(400.0, max(20.0, float(query.get("ppi", "144"))))
        return Answer(self.views.paint(page, shape, ppi), "image/jpeg", keeping=_FOR_LONG)

    def _place(self, _: str, query: Query) -> Answer:
        page, shape = self.session.page(query["page"]) or (None, None)
        if page is None or shape is None:
            return NOT_THERE
        place = self.views.place_at(page, shape, float(query["x"]), float(query["y"]))
        return as_answer(asdict(place) if place else None)

    def _passage(self, _: str, query: Query) -> Answer:
        """The place in the manuscript of some words on a page of an ebook."""
        page = self.session.ebook_pages_of(query["edition"])[int(query["page"])]
        place = block_at(page, query["letters"]) or (Place(page.source) if page.source else None)
        return as_answer(asdict(place) if place else None)

    def _search(self, _: str, query: Query) -> Answer:
        words = " ".join(query.get("words", "").split())
        pages, shape = self.session.pages_of(query.get("edition", ""))
        found: list[dict[str, Any]] = []
        for number, text in enumerate(page.text for page in self.session.ebook_pages_of(query.get("edition", ""))):
            found += [{"page": number, "share": at / len(text)} for at in _occurrences(text, words)]
        for number, page in enumerate(pages if len(words) >= _FEW and shape else ()):
            assert shape
            found += [{"page": number, "boxes": boxes} for boxes in self.views.find(page, shape, words)]
            if len(found) >= _MOST_HITS:
                break
        return as_answer(found)

    # ---- pictures and ebooks

    def _photo(self, id: str, query: Query) -> Answer:
        is_whole = query.get("whole") == "1"
        photograph = self.session.picture(id, is_whole=is_whole)
        if photograph is None:
            return NOT_THERE
        folder = self.session.order.shared_cache / "renditions"
        made = photographs.render(photograph, _LARGE if is_whole else _THUMBNAIL, folder)
        return Answer(made.path.read_bytes(), made.media_type, keeping="private, no-cache")

    def _ebook(self, path: str, _: Query) -> Answer:
        name, _slash, inside = path.partition("/")
        file, suffix = self.session.ebook(name), Path(inside).suffix.lower()
        if file is None or suffix not in MEDIA_TYPES:
            return NOT_THERE
        with ZipFile(file) as archive:
            return Answer(archive.read(inside), MEDIA_TYPES[suffix], keeping=_FOR_LONG, is_ebook=True)


def _occurrences(text: str, words: str) -> list[int]:
    """Where some words begin in a text without white space."""
    wanted = "".join(words.split()).casefold()
    return [found.start() for found in re.finditer(re.escape(wanted), text.casefold())] if len(wanted) >= _FEW else []


def _static(name: str) -> Answer:
    """A file of the page."""
    if name not in {file.name for file in _DESK.iterdir()}:
        return NOT_THERE
    return Answer((_DESK / name).read_bytes(), _TYPES[Path(name).suffix])


def _font(name: str) -> Answer:
    if name not in _FONTS:
        return NOT_THERE
    data = Path(font_source_sans_pro.font_files_ttf[_FONTS[name]]).read_bytes()
    return Answer(data, "font/ttf", keeping=_FOR_LONG)
