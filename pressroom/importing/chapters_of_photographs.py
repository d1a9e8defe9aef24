"""Chapters of photographs: what a selection becomes in a publication, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.importing.berths import Berths
from pressroom.importing.chapter_text import ChapterPlan, PlacedPage, PlacedShot, credit_of, plan_chapter, title_of_name
from pressroom.importing.grouping import ShotGroup, grouped
from pressroom.importing.import_report import AsidePicture, ImportReport
from pressroom.importing.paced_shots import paced
from pressroom.importing.selection import Selection
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.pacing import PacingPaper
from pressroom.publication.about import file_name_of


@dataclass(frozen=True)
class PlannedChapters:
    """New chapters by the names of their files, and what goes beside."""

    chapters: tuple[tuple[str, ChapterPlan], ...]
    aside: tuple[AsidePicture, ...]
    berths: Berths

    @property
    def pictures(self) -> tuple[PlacedShot, ...]:
        """The photographs that are shown."""
        return tuple(picture for _, plan in self.chapters for picture in plan.pictures)

    def report(self, selection: Selection) -> ImportReport:
        """What came of the selection."""
        return ImportReport(
            source=selection.source,
            chapters=tuple((f"book/{file}", plan) for file, plan in self.chapters),
            aside=self.aside,
            renamed=tuple(self.berths.renamed.items()),
            left_out=selection.left_out,
            passed_over=selection.passed_over,
            doubts=selection.doubts,
        )


@dataclass(frozen=True)
class BookAround:
    """What new chapters have to know of the book that they stand in."""

    language: str
    title: str
    """The title of a chapter that no subfolder names."""
    paper: PacingPaper
    """The paper for which pages are chosen."""
    first: int = 1
    """The number of the first new chapter."""


def plan_chapters(selection: Selection, berths: Berths, book: BookAround) -> PlannedChapters:
    """The chapters of a selection."""
    groups, language = grouped(selection.shown), book.language
    is_told_apart = len(groups) == 1 or any(group.folder for group in groups)
    named = [(_title(group, book.title, language, is_only=is_told_apart), group) for group in groups]
    named = [*_told_apart(named, book.title, language)]
    pages = paced(named, book.paper)
    plans = []
    for n, (title, group) in enumerate(named, book.first):
        inside = {shot.name for shot in group.shots}
        own = [page for page in pages if page[0][0].name in inside]
        placed = [PlacedPage(tuple(PlacedShot(s, berths.address(s)) for s in shots), words) for shots, words in own]
        plans.append((n, plan_chapter(group, placed, title, language)))
    width = max(2, len(str(book.first + len(groups) - 1)))
    chapters = tuple((_file_name(n, plan.title, width), plan) for n, plan in plans)
    aside = (
        AsidePicture(each, "" if each.is_copy else berths.address(each.shot, aside=True)) for each in selection.aside
    )
    return PlannedChapters(chapters, tuple(aside), berths)


def _told_apart(named: Sequence[tuple[str, ShotGroup]], title: str, language: str) -> Iterator[tuple[str, ShotGroup]]:
    """Groups with titles, of which only one has that of the whole: the others ask for theirs."""
    is_taken = False
    for own, group in named:
        yield (to_write(words_to_write(language).title) if own == title and is_taken else own), group
        is_taken = is_taken or own == title


def _title(group: ShotGroup, title: str, language: str, *, is_only: bool) -> str:
    """The title of a chapter: its subfolder’s, what the whole is called if no other chapter has it, or its days."""
    if group.folder:
        return title_of_name(group.folder.rpartition("/")[2])
    days = group.days_in_words(language)
    return (title if is_only else days) or title or to_write(words_to_write(language).title)


def _file_name(n: int, title: str, width: int) -> str:
    name = "" if title.startswith("[TK") else file_name_of(title)
    return f"{n:0{width}d}-{name or 'photographs'}.md"


def common_credit(pictures: Sequence[PlacedShot]) -> str:
    """The credit of all photographs, if they have the same one."""
    credits = {credit_of(placed.shot) for placed in pictures}
    return credits.pop() if len(credits) == 1 else ""


def photographers(pictures: Sequence[PlacedShot]) -> tuple[str, ...]:
    """Who took the photographs, as their files say, the one of most first."""
    return tuple(name for name, _ in Counter(n for p in pictures for n in p.shot.frame.metadata.creators).most_common())


def free_name(folder: Path, name: str) -> str:
    """A name that no file of the folder has: import.md, else import-2.md …"""
    stem, suffix = Path(name).stem, Path(name).suffix
    free, n = name, 2
    while (folder / free).exists():
        free, n = f"{stem}-{n}{suffix}", n + 1
    return free
