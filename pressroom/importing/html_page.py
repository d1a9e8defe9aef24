"""An HTML page in hand: its tree, its pictures and notes, and the remarks that are made while it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Remark
from pressroom.importing.html_notes import NoteBook
from pressroom.importing.html_styles import share_of
from pressroom.importing.html_tree import HtmlElement, PlaceIn
from pressroom.language.automatic_alt import without_automatic

_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".svg")

WriteBlocks = Callable[[HtmlElement], list[str]]
"""Writes what is in an element as blocks of Markdown."""


@dataclass
class HtmlPage:
    """What is known of a page while its elements are written."""

    pictures: Mapping[str, str]
    """The names of pictures by their addresses in the page."""
    place_in: PlaceIn
    notes: NoteBook
    ids: frozenset[str] = frozenset()
    """The ids to which a link may lead."""
    language: str = ""
    remarks: list[Remark] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Words that were left out on purpose."""

    def remark(self, id: str, severity: Severity, element: HtmlElement, what: str) -> None:
        """Note what was changed or could not be carried."""
        self.remarks.append(Remark(id, severity, self.place_in(element), what))

    def is_in(self, language: str) -> bool:
        """Whether a language is that of the page: “en” is, on a page in en-GB."""
        return f"{self.language}-".lower().startswith(f"{language}-".lower())

    def picture(self, element: HtmlElement, attributes: str = "", *, with_share: bool = False) -> str:
        """A picture as Markdown. One that there is not keeps its place."""
        source = element.get("src", "").strip()
        name = self.pictures.get(source, "")
        if not name and source:
            is_remote = re.match(r"(?:https?:)?//", source, re.IGNORECASE)
            id = "import-remote-picture" if is_remote else "import-picture-missing"
            self.remark(id, Severity.WARNING, element, source[:200])
            name = self._name_to_come(source)
        alt = without_automatic(element.get("alt") or element.get("aria-label") or "")
        share = share_of(element) if with_share else ""
        all = " ".join(filter(None, (attributes, f"width={share}" if share else "")))
        return plain_markdown.picture(name, plain_markdown.inside(alt), all)

    def _name_to_come(self, source: str) -> str:
        """The name under which a picture that is not there can be put into the publication; “” if it tells none."""
        path = PurePosixPath(unquote(urlsplit(source).path)) if _is_address(source) else PurePosixPath()
        if path.suffix.lower() not in _SUFFIXES:
            return ""
        name = re.sub(r"[^\w.-]+", "-", path.name)
        return f"missing-{name}" if name in self.pictures.values() else name


def _is_address(source: str) -> bool:
    try:
        urlsplit(source)
    except ValueError:  # “http://[” is none
        return False
    return True
