"""Source files: finds the chapters of a publication in their order, and reads their text."""

from __future__ import annotations

import codecs
import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pressroom import drafts
from pressroom.errors import Finding, Place, Source, control_faults, did_you_mean, encoding_fault, error
from pressroom.forms import PlaceOf
from pressroom.manuscript.left_out import left_out, no_chapters
from pressroom.publication import GeneratedEntry, PartEntry, Settings
from pressroom.whereabouts import CHAPTERS, REPORT_OF_IMPORT, leads_out


@dataclass(frozen=True)
class ChapterEntry:
    """One entry of `chapters`: a source file or a generated piece, with the part that it is in."""

    place: Place
    file: Path | None = None
    generated: str = ""
    part: str = ""
    part_place: Place | None = None


def list_entries(settings: Settings, book: Path, place_of: PlaceOf) -> tuple[list[ChapterEntry], list[Finding]]:
    """The entries of `chapters` in reading order, with globs resolved, and the findings on them."""
    lister = _Lister(book, place_of)
    if not settings.chapters:
        lister.add_all()
    for n, entry in enumerate(settings.chapters):
        if isinstance(entry, PartEntry):
            for m, pattern in enumerate(entry.chapters):
                lister.add(pattern, ("chapters", n, "chapters", m), entry.part, ("chapters", n))
        elif isinstance(entry, GeneratedEntry):
            for m, kind in enumerate(entry.generated):
                lister.entries.append(ChapterEntry(place_of(("chapters", n, "generated", m)), generated=kind))
        else:
            lister.add(entry, ("chapters", n))
    lister.check_names()
    lister.findings += no_chapters(lister.others, book)
    listed = {entry.file for entry in lister.entries if entry.file} if settings.chapters else set()
    lister.findings += left_out(book, source_files(book), listed | {file for _, file in lister.others})
    return lister.entries, lister.findings


class _Lister:
    """Collects the entries of `chapters`; a fault in one does not hide the next."""

    def __init__(self, book: Path, place_of: PlaceOf) -> None:
        self.book, self.place_of = book, place_of
        self.entries: list[ChapterEntry] = []
        self.others: list[tuple[Place, Path]] = []
        """Files that are listed and of no kind of chapter."""
        self.findings: list[Finding] = []

    def add_all(self) -> None:
        place = self.place_of(())
        for file in source_files(self.book):
            self.entries.append(ChapterEntry(place, file))
        for file in sorted(filter(_is_lost, self.book.rglob("*"))):
            why, remedy = (
                "This link leads nowhere; the chapter is missing.",
                "Put the file there, or take the link away.",
            )
            self.findings.append(
                error("chapter-missing", Place(f"book/{file.relative_to(self.book).as_posix()}"), why, remedy)
            )
        if not self.entries:
            why = "There is no chapter in book/: nothing can be made without one."
            self.findings.append(
                error("chapters-none", place, why, "Add a Markdown file, or a gallery as a .txt file.")
            )

    def add(
        self, pattern: str, path: tuple[str | int, ...], part: str = "", part_path: tuple[str | int, ...] = ()
    ) -> None:
        place = self.place_of(path)
        part_place = self.place_of(part_path) if part else None
        found = self._matches(pattern, place)
        self.entries += [ChapterEntry(place, f, part=part, part_place=part_place) for f in found]

    def _matches(self, pattern: str, place: Place) -> Sequence[Path]:
        outside = f"“{pattern}” leads out of book/; a publication holds all that it is made of."
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts or "\\" in pattern:
            self.findings.append(error("chapter-outside", place, outside, "Move the file into book/."))
            return ()
        plain = self.book / pattern
        found = [plain] if _is_file(plain) else sorted(self._glob(pattern), key=lambda f: f.as_posix())
        if not found:
            known = [f.relative_to(self.book).as_posix() for f in source_files(self.book)]
            is_pattern = any(sign in pattern for sign in "*?[")
            why = f"No file in book/ fits “{pattern}”." if is_pattern else f"There is no chapter “{pattern}” in book/."
            self.findings.append(error("chapter-missing", place, why, did_you_mean(pattern, known) or _offer(known)))
        for file in found:
            if file.suffix.lower() not in CHAPTERS:
                self.others.append((place, file))
            elif leads_out(file, self.book.parent):
                self.findings.append(
                    error("chapter-outside", place, outside, "Copy the file instead of linking to it.")
                )
        return [f for f in found if f.suffix.lower() in CHAPTERS]

    def _glob(self, pattern: str) -> Iterator[Path]:
        halves = [step for step in PurePosixPath(pattern).parts if "**" in step and step != "**"]
        if halves or not any(c in pattern for c in "*?["):
            return  # “**.md” is no pattern to some versions of Python, and means “*.md” to others
        yield from (f for f in self.book.glob(pattern) if _is_source(f))

    def check_names(self) -> None:
        """Check for files listed twice, or with names that differ in case only."""
        seen: dict[str, Path] = {}
        pieces: set[str] = set()
        for entry in self.entries:
            if entry.file is None:
                if entry.generated in pieces:
                    why = f"“{entry.generated}” is listed twice; a link could not tell the two apart."
                    self.findings.append(error("generated-twice", entry.place, why, "List it once."))
                pieces.add(entry.generated)
                continue
            name = entry.file.relative_to(self.book).as_posix()
            key = unicodedata.normalize("NFC", name).casefold()
            if key in seen:
                other = seen[key].relative_to(self.book).as_posix()
                why = f"The chapter “{name}” is listed twice; a link could not tell the two apart."
                if other != name:
                    same = "differ only in capitals or in how accents are encoded; on other systems they are one file"
                    why = f"“{other}” and “{name}” {same}."
                self.findings.append(error("chapter-twice", entry.place, why, "Rename one, or list it once."))
            seen[key] = entry.file


def source_files(book: Path) -> list[Path]:
    """Every source file in book/, in the order in which they are the chapters if publication.yaml lists none."""
    return sorted(filter(_is_source, book.rglob("*")), key=lambda file: file.as_posix())


def _is_source(file: Path) -> bool:
    """Whether a file is a chapter by its name, and neither the draft of one nor a report of `pressroom import`."""
    if drafts.is_draft(file) or file.suffix.lower() not in CHAPTERS or not file.is_file():
        return False
    if not file.name.startswith("import"):
        return True
    with contextlib.suppress(OSError), file.open("rb") as data:
        return data.readline().removeprefix(codecs.BOM_UTF8).strip() != REPORT_OF_IMPORT.encode()
    return True


def _is_lost(file: Path) -> bool:
    """Whether a file has the name of a chapter, and is a link that leads nowhere. Editors lock files by hidden ones."""
    return (
        file.is_symlink() and file.suffix.lower() in CHAPTERS and not file.name.startswith(".") and not _is_file(file)
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than any name can be
        return False


def _offer(known: Sequence[str]) -> str:
    return f"There are: {', '.join(sorted(known)[:8])}." if known else "book/ holds no chapter yet."


def read_source(file: Path, root: Path) -> tuple[Source | None, list[Finding]]:
    """The text of a source file with line feeds as line ends, or None and the reason.

    Byte order marks are dropped, also inside the text: joined files have one where each of them began.
    """
    name = file.relative_to(root).as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\ufeff", "")
    except UnicodeDecodeError as fault:
        return None, [encoding_fault(name, fault)]
    except OSError as fault:
        return None, [
            error(
                "text-unreadable", Place(name), f"This cannot be read: {fault.strerror}.", "Put a readable file there."
            )
        ]
    source = Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    return source, control_faults(source)
