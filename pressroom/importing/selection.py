"""Selection: the photographs of a folder that a book shows, those that are set aside, and those that are left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error
from pressroom.importing.grouping import SetAside, without_twins
from pressroom.importing.import_report import ImportReport
from pressroom.importing.photo_files import LeftOut, PhotoFiles, list_files, list_folder
from pressroom.importing.shots import ClockDoubts, ClockShifts, Shot, is_camera, judge_clocks, read_shots

Steps = Callable[[str, int], Callable[[], None]]
"""Begins a piece of work that has a number of steps, and returns what marks one of them as done."""


@dataclass(frozen=True)
class PhotoWishes:
    """How photographs are to be brought in."""

    language: str = "en"
    """Language of a new book. A publication that is there has its own."""
    title: str = ""
    """Title of a new book; without it, the name of its folder."""
    trim: str = ""
    """Paper of a new book: a name or WIDTHxHEIGHT with a unit. “” takes one that suits most pictures."""
    bringing: Literal["", "copy", "link"] = ""
    """Whether photographs are copied or linked. “” links those that lie in the publication, and copies others."""
    shifts: ClockShifts = field(default_factory=ClockShifts)
    today: dt.date | None = None
    """The day after which no photograph was taken; None believes every clock."""


@dataclass(frozen=True)
class Selection:
    """What was chosen of the files."""

    source: str
    """Where they lay, as it was named."""
    shown: tuple[Shot, ...]
    aside: tuple[SetAside, ...]
    left_out: tuple[LeftOut, ...]
    passed_over: int
    doubts: ClockDoubts

    @property
    def shots(self) -> tuple[Shot, ...]:
        """All that can be printed."""
        return (*self.shown, *(aside.shot for aside in self.aside))


def files_of(sources: Sequence[Path], besides: Sequence[Path]) -> PhotoFiles:
    """The files in folders, or of single pictures. Raises UsageError for what is neither."""
    faults = list(filter(None, map(_fault_of, sources)))
    if faults:
        raise UsageError(faults)
    if len(sources) == 1 and sources[0].is_dir():
        return list_folder(sources[0], besides)
    found = list_files([source for source in sources if source.is_file()])
    for folder in (source for source in sources if source.is_dir()):
        inside = list_folder(folder, besides)
        found.pictures += [replace(picture, name=f"{folder.name}/{picture.name}") for picture in inside.pictures]
        found.left_out += [replace(left, name=f"{folder.name}/{left.name}") for left in inside.left_out]
        found.passed_over += inside.passed_over
    names = Counter(picture.name for picture in found.pictures)
    found.pictures = [
        picture if names[picture.name] == 1 else replace(picture, name=picture.file.as_posix().lstrip("/"))
        for picture in {picture.file.resolve(): picture for picture in found.pictures}.values()
    ]
    return found


def _fault_of(source: Path) -> Finding | None:
    place = Place(str(source))
    if not source.exists():
        beside = [each.name for each in source.parent.iterdir()] if source.parent.is_dir() else []
        remedy = did_you_mean(source.name, beside) or "Name a folder of photographs, or single pictures."
        return error("import-missing", place, f"There is no {source}.", remedy)
    if source.is_file() and not list_files([source]).pictures:
        why = f"{source.name} is neither a folder nor a picture of a format that is known here."
        return error("import-kind", place, why, "Name a folder of photographs, or single pictures.")
    return None


def select(files: PhotoFiles, source: str, wishes: PhotoWishes, cache: Path | None, steps: Steps) -> Selection:
    """Read all pictures, and choose. Raises PressroomError if none can be shown, and UsageError for a wrong camera."""
    step = steps("reading pictures", len(files.pictures))
    shots, unreadable = read_shots(files.pictures, wishes.language, cache, wishes.shifts, step)
    left_out = (*files.left_out, *unreadable)
    if not shots:
        findings = ImportReport(source, left_out=left_out).findings()
        what = "none of the pictures in it can be read" if files.pictures else "there is no picture in it"
        why = f"{source} makes no book: {what}."
        remedy = "Put photographs there (JPEG, PNG, TIFF, WebP, AVIF), or name another folder."
        raise PressroomError([error("import-empty", Place(source), why, remedy), *findings])
    _check_cameras(shots, wishes.shifts)
    judged, doubts = judge_clocks(shots, wishes.today)
    shown, aside = without_twins(judged)
    return Selection(source, tuple(shown), tuple(aside), left_out, files.passed_over, doubts)


def _check_cameras(shots: Sequence[Shot], shifts: ClockShifts) -> None:
    """Raise UsageError for a shift of a camera that took none of the photographs."""
    cameras = sorted({shot.frame.capture.camera for shot in shots} - {""})
    unknown = [name for name in shifts.cameras if not any(is_camera(name, camera) for camera in cameras)]
    if unknown:
        known = f"The cameras are: {', '.join(cameras)}." if cameras else "No file says its camera."
        raise UsageError(
            error(
                "camera-unknown",
                Place("--shift"),
                f"No photograph is from a “{name}”.",
                did_you_mean(name, cameras) or known,
            )
            for name in unknown
        )
