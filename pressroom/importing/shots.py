"""Shots: the photographs of a folder as they were read, with the time of each by a clock that was set right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pressroom.importing.photo_files import LeftOut, PhotoFile, natural
from pressroom.photographs import UnusableError
from pressroom.photographs.formats import side_by_side
from pressroom.photographs.frames import Frame, read_frame
from pressroom.photographs.likeness import Looks, looks_of


@dataclass(frozen=True)
class ClockShifts:
    """By how much the clocks of cameras are corrected."""

    every: dt.timedelta = dt.timedelta()
    """The correction of all cameras without one of their own."""
    cameras: Mapping[str, dt.timedelta] = field(default_factory=dict)
    """Corrections by camera, with make and model or the model alone."""

    def of(self, camera: str) -> dt.timedelta:
        """The correction of a camera."""
        return next((shift for name, shift in self.cameras.items() if is_camera(name, camera)), self.every)


def is_camera(name: str, camera: str) -> bool:
    """Whether a camera has this name: make and model, or the model alone."""
    return f" {camera}".casefold().endswith(f" {name}".casefold())


@dataclass(frozen=True)
class Shot:
    """A photograph that can be printed."""

    file: PhotoFile
    frame: Frame
    time: dt.datetime | None = None
    """When it was taken, by the clock of the place, as far as that is known."""
    day: dt.date | None = None
    """The day that a caption may name: None also where the clock was wrong."""

    @property
    def name(self) -> str:
        """Its path below the folder."""
        return self.file.name

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.frame.probe.width / self.frame.probe.height

    @cached_property
    def looks(self) -> Looks:
        """What it is compared by with others."""
        return looks_of(self.frame.probe.fingerprint, self.frame.probe.width, self.frame.probe.height)


def read_shots(
    files: Sequence[PhotoFile], language: str, cache: Path | None, shifts: ClockShifts, step: Callable[[], None]
) -> tuple[list[Shot], list[LeftOut]]:
    """Read every picture once, two at a time. One that cannot be read does not stop the others."""

    def one(file: PhotoFile) -> Shot | LeftOut:
        try:
            return _shot(file, read_frame(file.file, file.sidecar, language, cache), shifts)
        except UnusableError as fault:
            return LeftOut(file.name, fault.id, fault.message, fault.remedy)
        finally:
            step()

    read = side_by_side(one, files)
    return [shot for shot in read if isinstance(shot, Shot)], [left for left in read if isinstance(left, LeftOut)]


def _shot(file: PhotoFile, frame: Frame, shifts: ClockShifts) -> Shot:
    """A shot with its time corrected. A day that XMP or IPTC names was written by a person, and is not."""
    time, shift = frame.capture.time, shifts.of(frame.capture.camera)
    if time is not None:
        try:
            time += shift
        except OverflowError:
            time = None
    written = frame.metadata.date if frame.metadata.origins.get("date") != "EXIF" and not shift else None
    return Shot(file, frame, time, written or (time.date() if time else None))


# ---- clocks


@dataclass(frozen=True)
class ClockDoubts:
    """Shots whose clocks cannot be believed, by their names."""

    future: tuple[str, ...] = ()
    """Taken after today."""
    same: tuple[str, ...] = ()
    """All taken at the same second: a program has written the time of its export."""
    without: tuple[str, ...] = ()
    """Without any time."""


_ALL_THE_SAME = 3
"""From how many shots on it is no chance that all are of one second."""


def judge_clocks(shots: Sequence[Shot], today: dt.date | None) -> tuple[list[Shot], ClockDoubts]:
    """Shots without the days that cannot be true, and what is doubted. Their order by time is kept."""
    times = {shot.time.replace(microsecond=0) for shot in shots if shot.time}
    is_same = len(shots) >= _ALL_THE_SAME and len(times) == 1 and all(shot.time for shot in shots)
    last = today + dt.timedelta(days=1) if today else dt.date.max  # east of here it may be tomorrow
    future = [shot for shot in shots if shot.time and shot.time.date() > last]
    doubted = {shot.name for shot in (shots if is_same else future)}
    judged = [replace(shot, day=None) if shot.name in doubted else shot for shot in shots]
    doubts = ClockDoubts(
        tuple(shot.name for shot in future),
        tuple(shot.name for shot in shots if is_same),
        tuple(shot.name for shot in shots if not shot.time),
    )
    return judged, doubts


# ---- order


def in_order(shots: Iterable[Shot]) -> list[Shot]:
    """Shots in the order in which they were taken; of one moment, in the natural order of their names.

    Where every file says how far its clock was ahead of UTC, moments are compared; else the clocks as they stand. A
    shot without a time follows the one before it by name.
    """
    named = sorted(shots, key=lambda shot: natural(shot.name))
    timed = [shot for shot in named if shot.time]
    is_absolute = all(shot.frame.capture.offset is not None for shot in timed)
    moments = dict(_moments(named, is_absolute=is_absolute))
    return sorted(named, key=lambda shot: moments[shot.name])


_EARLIEST = dt.datetime(1, 1, 1)  # noqa: DTZ001 - cameras know no time zone


def _moments(named: Sequence[Shot], *, is_absolute: bool) -> Iterator[tuple[str, dt.datetime]]:
    last = min((shot.time for shot in named if shot.time), default=_EARLIEST)
    for shot in named:
        if shot.time:
            last = shot.time - (shot.frame.capture.offset or dt.timedelta()) if is_absolute else shot.time
        yield shot.name, last
