"""Chapter text: the Markdown of a chapter of photographs, as a person would have typed it. Pure.

Words come from the photographs’ own fields, or are asked of the writer with `[TK …]`; none is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.importing import plain_markdown
from pressroom.importing.grouping import ShotGroup
from pressroom.importing.shots import Shot
from pressroom.language.dates import day_in_words
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.photographs.metadata import printed_credit

_NUMBERED = re.compile(r"^\d{1,3}[\s._-]+(?=\S)")
"""The number that a person gives a folder to have it in its place."""


@dataclass(frozen=True)
class PlacedShot:
    """A photograph with its name in the manuscript and its placement."""

    shot: Shot
    address: str


@dataclass(frozen=True)
class PlacedPage:
    """The photographs that stand together, and the words for their place."""

    pictures: tuple[PlacedShot, ...]
    words: str
    """As they stand in braces: “.page .small”, or for several pictures `.page tree="(.|.)"`."""


@dataclass(frozen=True)
class ChapterPlan:
    """What a chapter says at its head, and the photographs that follow."""

    title: str
    pages: tuple[PlacedPage, ...]
    date: str = ""
    """The day of all its photographs, if it is the same and the title does not say it."""
    place: str = ""
    """The place of all its photographs, if it is the same."""
    is_named_by_day: bool = False

    @property
    def pictures(self) -> tuple[PlacedShot, ...]:
        """All its photographs."""
        return tuple(picture for page in self.pages for picture in page.pictures)


def plan_chapter(group: ShotGroup, pages: Sequence[PlacedPage], title: str, language: str) -> ChapterPlan:
    """The head of a chapter. What holds for all its photographs is said there, and not in each caption."""
    days, is_one_day = group.days_in_words(language), len(group.days) == 1
    places = {shot.frame.metadata.place for shot in group.shots}
    return ChapterPlan(
        title=title,
        pages=tuple(pages),
        date=days if is_one_day and days != title else "",
        place=places.pop() if len(places) == 1 else "",
        is_named_by_day=is_one_day and days == title,
    )


def title_of_name(name: str) -> str:
    """A title out of the name of a folder: “02_harbour_days” becomes “Harbour days”."""
    words = _NUMBERED.sub("", name).replace("_", " ")
    words = words if " " in words or words != words.lower() else words.replace("-", " ")
    words = " ".join(words.split()) or name
    return words[:1].upper() + words[1:] if words == words.lower() else words


def chapter_text(plan: ChapterPlan, language: str, credit: str) -> str:
    """The chapter as Markdown. `credit` is the one of all photographs, which need not be repeated."""
    head = {"title": plan.title, "date": plan.date, "place": plan.place}
    lines = ["---", *(f"{key}: {plain_markdown.yaml(value)}" for key, value in head.items() if value), "---"]
    blocks = ["\n".join(lines), *(_page(plan, page, language, credit) for page in plan.pages)]
    return "\n\n".join(blocks) + "\n"


def credit_of(shot: Shot) -> str:
    """The credit of a photograph, as printed; “” if its file says none."""
    return printed_credit(shot.frame.metadata)


def alt_of(shot: Shot, language: str) -> str:
    """The alt text of a photograph as plain text, or the request for one."""
    return shot.frame.metadata.alt or to_write(words_to_write(language).alt)


def _page(plan: ChapterPlan, page: PlacedPage, language: str, credit: str) -> str:
    """A picture with its words, or a gallery of several, which has the words of all."""
    if len(page.pictures) == 1:
        return _picture(plan, page.pictures[0], page.words, language, credit)
    inside = "\n\n".join(_picture(plan, picture, "", language, credit) for picture in page.pictures)
    return f"::: gallery {{{page.words}}}\n{inside}\n:::"


def _picture(plan: ChapterPlan, placed: PlacedShot, words: str, language: str, credit: str) -> str:
    said = placed.shot.frame.metadata
    alt = plain_markdown.text(said.alt) if said.alt else alt_of(placed.shot, language)
    own = credit_of(placed.shot)
    is_typed = own != credit and plain_markdown.fits_attribute(own)
    braces = " ".join(filter(None, (words, f'credit="{own}"' if is_typed and own else "")))
    return f"{plain_markdown.picture(placed.address, alt, braces)}\n{_caption(plan, placed.shot, language)}"


def _caption(plan: ChapterPlan, shot: Shot, language: str) -> str:
    """The caption or the headline of the file, or a request with what is known of place and day."""
    said = shot.frame.metadata
    if words := said.caption or said.headline:
        return plain_markdown.text(words)
    is_dated = plan.date or plan.is_named_by_day
    day = day_in_words(shot.day, language) if shot.day and not is_dated else ""
    known = ", ".join(filter(None, ("" if plan.place else said.place, day)))
    request = to_write(words_to_write(language).caption)
    return f"{request} {plain_markdown.text(known)}{'' if known.endswith('.') else '.'}" if known else request


def photo_notes(pictures: Sequence[PlacedShot], credit: str) -> str:
    """Entries of photos.yaml for what does not fit into braces, and for long descriptions in sidecars; mostly none."""
    entries = []
    for placed in pictures:
        own, said = credit_of(placed.shot), placed.shot.frame.metadata
        values = {"credit": own if own != credit and not plain_markdown.fits_attribute(own) else ""}
        values["long_description"] = said.long_description if placed.shot.file.sidecar else ""
        lines = [f"  {key}: {plain_markdown.yaml(value)}\n" for key, value in values.items() if value]
        entries += [f"{plain_markdown.yaml(placed.address.rpartition('/')[2])}:\n{''.join(lines)}"] if lines else []
    return "".join(entries)
