"""Figure texts: chooses each text of a picture from the manuscript, photos.yaml or the photograph's own file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup
from pressroom.manuscript.citing import Citing
from pressroom.publication import FileCaptionData

IN_PHOTOS_FILE = "photos.yaml"
"""The origin of a text that photos.yaml has."""
CaptionDataOf = Callable[[str, str], FileCaptionData]
"""Finds the caption data in a picture's file, by the address in the chapter and the chapter's own file."""


def no_caption_data(file: str, chapter: str) -> FileCaptionData:
    """Empty caption data, for readers that open no photographs."""
    del file, chapter
    return FileCaptionData()


@dataclass
class TextChooser:
    """Chooses each text of a picture from the manuscript, photos.yaml or its file, and keeps its origin."""

    in_file: FileCaptionData
    typed_in: str = "manuscript"
    citing: Citing = field(default_factory=Citing)
    origins: dict[str, str] = field(default_factory=dict)

    def first(self, name: str, typed: str, noted: str | None, in_file: str) -> str:
        """The first of three texts that is not empty: typed in the manuscript, noted in photos.yaml, or in the file."""
        sources = ((typed, self.typed_in), (noted, IN_PHOTOS_FILE), (in_file, self.in_file.origins.get(name, "")))
        text, origin = next(((text, origin) for text, origin in sources if text), ("", ""))
        if text:
            self.origins[name] = origin
        return text

    def caption(self, typed: list[Node], title: str, noted: str | None) -> list[Node]:
        """The nodes of the caption. A caption from the file is plain text, in which no character is markup."""
        if typed:
            self.origins["caption"] = self.typed_in
            return typed
        text = self.first("caption", title, noted, self.in_file.caption)
        if text and self.origins["caption"] not in (self.typed_in, IN_PHOTOS_FILE):
            return markup.plain(text)[0].children[0].children
        return markup.parse_line(text, self.citing) if text else []


def framed_here(image: Node) -> dict[str, str]:
    """Which of focus, aspect and crop the manuscript gives, as origins."""
    return {name: "manuscript" for name in ("focus", "aspect", "crop") if markup.attribute(image, name)}


def quarto_texts(image: Node, caption: list[Node], known: Citing) -> tuple[str, list[Node]]:
    """Alt text and caption of a picture. Quarto writes the caption in brackets, where `fig-alt` has the alt text."""
    if alt := markup.attribute(image, "fig-alt"):
        return alt, caption or image.children
    if typed := markup.attribute(image, "fig-cap"):
        return markup.plain_text(image.children), caption or markup.parse_line(typed, known)
    return markup.plain_text(image.children), caption
