"""Added chapters: photographs come into a publication that is there, as chapters after its last one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pressroom.design import GivenOptions, find_layout
from pressroom.design.pictures_to_pace import pacing_paper
from pressroom.importing.berths import Berths, berths_at
from pressroom.importing.brought_settings import Entry
from pressroom.importing.chapter_text import chapter_text, photo_notes, title_of_name
from pressroom.importing.chapters_of_photographs import BookAround, PlannedChapters, free_name, plan_chapters
from pressroom.importing.import_report import ImportReport, as_markdown
from pressroom.importing.landing import Cargo, land
from pressroom.importing.new_book import REPORT, bringing_of
from pressroom.importing.selection import PhotoWishes, Selection, Steps, files_of, select
from pressroom.importing.settings_text import with_chapters
from pressroom.manuscript import read_manuscript
from pressroom.manuscript.sources import source_files
from pressroom.pacing import PacingPaper
from pressroom.photographs import PhotoFinder, UnusableError
from pressroom.settings import PHOTOS_FILE, SettingsFile, read_photo_notes, read_settings
from pressroom.whereabouts import CACHE, SETTINGS_FILE, check_own

_EVERY = ("*.md", "**/*.md")
"""Entries of `chapters` that new chapters belong to without being named."""


def add(root: Path, sources: Sequence[Path], wishes: PhotoWishes, steps: Steps) -> ImportReport:
    """Bring photographs into the publication at `root` as new chapters, and say what came of them.

    Raises PressroomError, before anything is written, if the settings have faults or no picture can be read, and
    UsageError for a source that does not exist.
    """
    check_own(root)
    settings = read_settings(root)
    language = settings.settings.language
    wishes = replace(wishes, language=language)
    files = files_of(sources, [root / "dist", root / "layouts"] if root.resolve() in _resolved(sources) else [root])
    selection = select(files, ", ".join(map(str, sources)), wishes, root / CACHE, steps)
    berths = berths_at(root, selection.shots)
    shown = _shown(root, settings)
    fresh, seen = _parted(selection, berths, shown)
    if not fresh.shown:
        return ImportReport(selection.source, shown_already=seen, left_out=selection.left_out)
    title = title_of_name(sources[0].resolve().name if sources[0].is_dir() else "")
    around = BookAround(language, title, _paper(root, settings), next_number(root / "book"))
    planned = plan_chapters(fresh, berths, around)
    texts, changed, unlisted = _texts(root, planned, settings)
    report = replace(planned.report(fresh), shown_already=seen, unlisted=unlisted)
    name = free_name(root / "book", REPORT)
    report = replace(report, files=(*texts, f"book/{name}", *berths.brought))
    texts[f"book/{name}"] = as_markdown(report)
    land(root, Cargo(berths.brought, texts, changed, bringing_of(root, list(sources), wishes)))
    return report


def _resolved(sources: Sequence[Path]) -> set[Path]:
    return {source.resolve() for source in sources}


def _paper(root: Path, file: SettingsFile) -> PacingPaper:
    """The paper for which pages are chosen. Raises PressroomError for a layout that there is not."""
    book = file.settings
    layout = find_layout(book.layout, root, file.place_of(("layout",)))
    chosen = GivenOptions(book.layout_options, file.key_of, file.place_of)
    return pacing_paper(book, layout.choosing(chosen, book.editions)[0])


def _shown(root: Path, settings: SettingsFile) -> set[Path]:
    """The picture files that the manuscript names."""
    book = settings.settings
    notes = read_photo_notes(root, book.variables).notes
    finder = PhotoFinder(root, book.language, book.captions_from_photos)
    publication, _ = read_manuscript(root, book, notes, settings.place_of)
    return {
        file.resolve() for named_in, figure in publication.pictures() for file in _found(finder, figure.file, named_in)
    }


def _found(finder: PhotoFinder, file: str, chapter: str) -> Iterator[Path]:
    try:
        if found := finder.find(file, chapter):
            yield found.file
    except UnusableError:  # `check` reports it
        return


def _parted(selection: Selection, berths: Berths, shown: set[Path]) -> tuple[Selection, tuple[str, ...]]:
    """The selection without what the publication shows already, and the names of that."""
    there = {digest for digest, file in berths.present.items() if file.resolve() in shown}
    seen = [shot for shot in selection.shown if shot.frame.probe.digest in there]
    fresh = tuple(shot for shot in selection.shown if shot.frame.probe.digest not in there)
    aside = tuple(each for each in selection.aside if each.shot.frame.probe.digest not in berths.present)
    return replace(selection, shown=fresh, aside=aside), tuple(shot.name for shot in seen)


def next_number(book: Path) -> int:
    """The number after the greatest one with which the name of a chapter begins."""
    numbers = (re.match(r"\d{1,4}(?!\d)", file.name) for file in source_files(book))
    return max((int(match[0]) for match in numbers if match), default=0) + 1


def _texts(
    root: Path, planned: PlannedChapters, settings: SettingsFile
) -> tuple[dict[str, str], dict[str, tuple[str, str]], tuple[str, ...]]:
    """New files, changed ones with their text before and after, and chapters that no settings could be given."""
    book, source = settings.settings, settings.reading.source
    credit = book.credit or ""
    texts = {f"book/{file}": chapter_text(plan, book.language, credit) for file, plan in planned.chapters}
    changed: dict[str, tuple[str, str]] = {}
    new = [file for file, _ in planned.chapters]
    if after := listed(root / "book", new, settings):
        changed[SETTINGS_FILE] = source.text, after
    if notes := photo_notes(planned.pictures, credit):
        before = (root / PHOTOS_FILE).read_text("utf-8-sig") if (root / PHOTOS_FILE).exists() else None
        if before is None:
            texts[PHOTOS_FILE] = notes
        else:
            changed[PHOTOS_FILE] = before, f"{before.rstrip()}\n{notes}"
    return texts, changed, () if after is not None else tuple(new)


def listed(book: Path, new: Sequence[Entry], settings: SettingsFile) -> str | None:
    """publication.yaml with the new chapters; “” where it needs no change, None where a person has to make it."""
    if settings.settings.chapters:
        globbed = [
            entry for entry in settings.settings.chapters if isinstance(entry, str) and entry in ("*.md", "**/*.md")
        ]
        return "" if globbed else with_chapters(settings.reading.source, new, ())
    old = [file.relative_to(book).as_posix() for file in source_files(book)]
    files = [entry for entry in new if isinstance(entry, str)]
    if files == list(new) and sorted([*old, *files]) == [*old, *files]:
        return ""
    return with_chapters(settings.reading.source, new, [*old, *new])
