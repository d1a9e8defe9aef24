"""An HTML page in hand: its tree, its pictures and notes, and the remarks that are made while it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Remark
from pressroom.importing.html_notes import NoteBook
from pressroom.importing.html_tree import HtmlElement, PlaceIn, share_of


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

    def remark(self, id: str, severity: Severity, element: HtmlElement, what: str) -> None:
        """Note what was changed or could not be carried."""
        self.remarks.append(Remark(id, severity, self.place_in(element), what))

    def picture(self, element: HtmlElement, attributes: str = "", *, with_share: bool = False) -> str:
        """A picture as Markdown. One that there is not keeps its place."""
        source = element.get("src", "").strip()
        name = self.pictures.get(source, "")
        if not name:
            is_remote = re.match(r"(?:https?:)?//", source, re.IGNORECASE)
            id = "import-remote-picture" if is_remote else "import-picture-missing"
            self.remark(id, Severity.WARNING, element, source[:200] or "a picture without an address")
        alt = " ".join((element.get("alt") or element.get("aria-label") or "").split())
        share = share_of(element) if with_share else ""
        all = " ".join(filter(None, (attributes, f"width={share}" if share else "")))
        return plain_markdown.picture(name, plain_markdown.inside(alt), all)
