"""A new book: a folder of photographs becomes a publication that builds at once."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pressroom import drafts
from pressroom.design import find_layout
from pressroom.design.pictures_to_pace import pacing_paper
from pressroom.errors import Place, PressroomError, error
from pressroom.importing.berths import berths_at
from pressroom.importing.chapter_text import alt_of, chapter_text, credit_of, photo_notes, title_of_name
from pressroom.importing.chapters_of_photographs import (
    BookAround,
    PlannedChapters,
    common_credit,
    photographers,
    plan_chapters,
)
from pressroom.importing.import_report import ImportReport, as_markdown
from pressroom.importing.landing import Bringing, Cargo, land
from pressroom.importing.paced_shots import strongest
from pressroom.importing.selection import PhotoWishes, Steps, files_of, select
from pressroom.importing.settings_text import LAYOUT, NewBook, paper_for, settings_text
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.pacing import PacingPaper
from pressroom.publication import PdfEdition, Settings
from pressroom.publication.measures import parse_trim
from pressroom.settings import PHOTOS_FILE
from pressroom.whereabouts import CACHE, SETTINGS_FILE, check_own, leads_out

REPORT = "import.md"
"""The report in book/."""


def begin(folder: Path, photos: Path, wishes: PhotoWishes, frame: Mapping[str, str], steps: Steps) -> ImportReport:
    """Begin a publication in `folder` with the photographs of another folder, and say what came of it.

    `frame` has the texts of every new publication, by their paths. Raises PressroomError, before anything is written,
    if a publication is there or no picture can be read, and UsageError for a folder that does not exist.
    """
    check_free(folder, frame)
    files = files_of([photos], [] if folder.resolve() == photos.resolve() else [folder])
    with drafts.scratch() as cache:  # it is kept if all goes well: the first build decodes less
        selection = select(files, str(photos), wishes, cache, steps)
        berths = berths_at(folder, selection.shots)
        title = wishes.title or title_of_name(folder.resolve().name)
        paper = wishes.trim or paper_for([shot.ratio for shot in selection.shown])
        around = BookAround(wishes.language, title, _pacing_paper(folder, paper, title, wishes))
        planned = plan_chapters(selection, berths, around)
        texts = {**frame, **_texts(planned, title, wishes.language, paper)}
        report = planned.report(selection)
        report = replace(report, files=(*texts, f"book/{REPORT}", *berths.brought))
        texts[f"book/{REPORT}"] = as_markdown(report)
        land(folder, Cargo(berths.brought, texts, bringing=bringing_of(folder, [photos], wishes)))
        with contextlib.suppress(OSError):  # then the first build looks at each picture again
            shutil.copytree(cache, folder / CACHE, dirs_exist_ok=True)
    return report


def _pacing_paper(folder: Path, paper: str, title: str, wishes: PhotoWishes) -> PacingPaper:
    """The paper for which pages are chosen: that of the edition for a press."""
    press = PdfEdition(format="pdf", trim=parse_trim(paper), bleed=3.0)
    settings = Settings(title=title, language=wishes.language, layout=LAYOUT, editions={"print": press})
    return pacing_paper(settings, find_layout(LAYOUT, folder, Place(str(folder))))


def check_free(folder: Path, frame: Mapping[str, str]) -> None:
    """Raise PressroomError if a publication is there already."""
    place = Place(str(folder))
    check_own(folder)
    if folder.exists() and not folder.is_dir():
        why = f"{folder} is a file, not a folder; nothing was written."
        remedy = f"Name a folder that does not exist yet; to bring the file: pressroom init my-book --from {folder}"
        raise PressroomError([error("init-over", place, why, remedy)])
    existing = [name for name in (SETTINGS_FILE, *frame) if (folder / name).exists()]
    if existing:
        why = f"There is already a publication in {folder} ({', '.join(existing[:3])}); nothing was written."
        remedy = f"Name a folder that does not exist yet; or bring more into it: pressroom import --root {folder} FILE"
        raise PressroomError([error("init-over", place, why, remedy)])


def bringing_of(root: Path, sources: list[Path], wishes: PhotoWishes) -> Bringing:
    """How photographs come: those that lie in the publication need no second copy on the disk."""
    if wishes.bringing:
        return wishes.bringing
    return "copy" if any(leads_out(source, root) for source in sources) else "either"


def _texts(planned: PlannedChapters, title: str, language: str, paper: str) -> dict[str, str]:
    """The files of book/ by their paths below the publication."""
    pictures = planned.pictures
    credit = common_credit(pictures)
    texts = {f"book/{file}": chapter_text(plan, language, credit) for file, plan in planned.chapters}
    if notes := photo_notes(pictures, credit):
        texts[PHOTOS_FILE] = notes
    trim = parse_trim(paper)
    cover = strongest([placed.shot for placed in pictures], trim.width / trim.height)
    book = NewBook(
        title=title,
        language=language,
        creators=photographers(pictures) or (to_write(words_to_write(language).name),),
        credit=credit,
        has_credits=any(credit_of(placed.shot) for placed in pictures),
        cover=next(placed.address for placed in pictures if placed.shot is cover),
        cover_alt=alt_of(cover, language),
        chapters=tuple(file for file, _ in planned.chapters),
        paper=paper,
    )
    return {**texts, SETTINGS_FILE: settings_text(book)}
