"""Import reports: what came, what was set aside or left out, and why; as JSON, and as a text beside the chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pressroom.errors import CONTROL, Finding, Place, Severity, warning
from pressroom.importing import plain_markdown
from pressroom.importing.chapter_text import ChapterPlan, PlacedShot, credit_of
from pressroom.importing.grouping import SetAside
from pressroom.importing.photo_files import LeftOut
from pressroom.importing.shots import ClockDoubts
from pressroom.whereabouts import REPORT_OF_IMPORT, SETTINGS_FILE


@dataclass(frozen=True)
class AsidePicture:
    """A photograph that is not shown, with its name in the publication; “” if it was not brought."""

    aside: SetAside
    address: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What came of a folder of photographs."""

    source: str
    """The folder, as it was named."""
    chapters: tuple[tuple[str, ChapterPlan], ...] = ()
    """New chapters by their files, as paths below the publication."""
    aside: tuple[AsidePicture, ...] = ()
    shown_already: tuple[str, ...] = ()
    """Photographs that the publication has and shows already."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Names in the folder, and in the publication where these are others."""
    left_out: tuple[LeftOut, ...] = ()
    passed_over: int = 0
    doubts: ClockDoubts = field(default_factory=ClockDoubts)
    unlisted: tuple[str, ...] = ()
    """New chapters that could not be added to publication.yaml."""
    files: tuple[str, ...] = ()
    """All new files, as paths below the publication."""

    @property
    def pictures(self) -> tuple[PlacedShot, ...]:
        """The photographs that are shown."""
        return tuple(picture for _, plan in self.chapters for picture in plan.pictures)

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each kind, with the places of all."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        key = lambda left: left.id  # noqa: E731
        for id, group in groupby(sorted(self.left_out, key=key), key):
            yield self._of_left(id, list(group))
        twins = [each.aside.shot.name for each in self.aside if each.aside.like]
        rejected = [each.aside.shot.name for each in self.aside if not each.aside.like]
        told = (
            ("import-alike", Severity.ADVICE, twins),
            ("import-rejected", Severity.ADVICE, rejected),
            ("import-shown", Severity.ADVICE, list(self.shown_already)),
            ("import-renamed", Severity.ADVICE, [before for before, _ in self.renamed]),
            ("clock-future", Severity.WARNING, list(self.doubts.future)),
            ("clock-same", Severity.WARNING, list(self.doubts.same)),
            ("clock-none", Severity.ADVICE, list(self.doubts.without)),
        )
        for id, severity, names in told:
            if names:
                yield self._finding(id, severity, names, *_MESSAGES[id])
        if self.unlisted:
            why = f"publication.yaml does not list {', '.join(self.unlisted)}, so that no edition has these chapters."
            yield warning("import-unlisted", Place(SETTINGS_FILE), why, "Add them to chapters.")

    def _of_left(self, id: str, group: list[LeftOut]) -> Finding:
        names = [left.name for left in group]
        if id in _MESSAGES:
            severity = Severity.ADVICE if id in ("import-video", "import-other") else Severity.WARNING
            return self._finding(id, severity, names, *_MESSAGES[id])
        first = group[0]
        others = len(group) - 1
        more = f" It is left out, and {others} more for the same reason." if others else " It is left out."
        return Finding(
            id, Severity.WARNING, self._place(first.name), f"{first.why}{more}", first.remedy, self._also(names)
        )

    def _finding(self, id: str, severity: Severity, names: list[str], what: str, remedy: str) -> Finding:
        shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        why = what.format(count=_count(len(names), *_THINGS.get(id, ("photograph", "photographs"))), names=shown)
        return Finding(id, severity, self._place(names[0]), why, remedy, self._also(names))

    def _also(self, names: list[str]) -> tuple[Place, ...]:
        return tuple(map(self._place, names[1:]))

    def _place(self, name: str) -> Place:
        return Place(f"{self.source}/{name}")


_THINGS = {
    "import-video": ("video", "videos"),
    "import-other": ("other file", "other files"),
    "import-link": ("link", "links"),
    "import-unreadable": ("folder or file", "folders or files"),
}
_MESSAGES = {
    "import-video": ("{count} left out: {names}. A book shows pictures only.", "Save a still of a video as a JPEG."),
    "import-other": (
        "{count} left out: {names}. Only pictures are brought in.",
        "Write texts as chapters, and put drawings into assets.",
    ),
    "import-link": (
        "{count} not followed: {names}. A link may lead to a picture in the same folder, and nowhere else.",
        "Name the other folder in a command of its own.",
    ),
    "import-unreadable": (
        "{count} not read: {names}. It is no file, or this computer gives no access.",
        "Make it readable, and bring it in by itself.",
    ),
    "import-alike": (
        "{count} set aside, since another one looks the same: {names}. The report says which.",
        "To show one of them, name it in the chapter: ![…](set-aside/NAME).",
    ),
    "import-rejected": (
        "{count} set aside, since their rating says that a person has rejected them: {names}.",
        "To show one of them, name it in the chapter: ![…](set-aside/NAME).",
    ),
    "import-shown": ("{count} that the publication shows already: {names}. None is shown again.", ""),
    "import-renamed": (
        "{count} with another name than in the folder, since two had one name or a system does not allow it: {names}.",
        "",
    ),
    "clock-future": (
        "{count} taken in the future, by the clock of the camera: {names}. Their days are left out of captions.",
        'Say by how much the clock was wrong: --shift "-365d", or for one camera --shift "NIKON D750=-365d".',
    ),
    "clock-same": (
        "All {count} have the same time, mostly that of their export: names decide the order, and days are left out.",
        "Export them with the time at which they were taken, or order them in the chapter.",
    ),
    "clock-none": ("{count} without a capture time: {names}. The order of names decides.", ""),
}
"""What is told of each kind, and what to do about it."""


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def as_json(report: ImportReport) -> dict[str, Any]:
    """The report for programs."""
    return {
        "from": report.source,
        "files": list(report.files),
        "chapters": [
            {"file": file, "title": plan.title, "photographs": [_picture_json(each) for each in plan.pictures]}
            for file, plan in report.chapters
        ],
        "set_aside": [
            {"source": each.aside.shot.name, "name": each.address or None, "like": each.aside.like or None}
            for each in report.aside
        ],
        "shown_already": list(report.shown_already),
        "left_out": [{"source": left.name, "id": left.id} for left in report.left_out],
        "passed_over": report.passed_over,
    }


def _picture_json(placed: PlacedShot) -> dict[str, Any]:
    shot = placed.shot
    return {
        "source": shot.name,
        "name": placed.address,
        "taken": shot.time.isoformat() if shot.time else None,
        "camera": shot.frame.capture.camera or None,
        "words": _words(placed),
    }


def _words(placed: PlacedShot) -> list[str]:
    """Which words came with a photograph."""
    said = placed.shot.frame.metadata
    having = {
        "caption": said.caption or said.headline,
        "alt": said.alt,
        "credit": credit_of(placed.shot),
        "place": said.place,
        "day": placed.shot.day,
    }
    return [name for name, value in having.items() if value]


def as_markdown(report: ImportReport) -> str:
    """The report as a text to be read beside the chapters. Its first line says that it is none of them."""
    return "\n\n".join(filter(None, _sections(report))) + "\n"


def _sections(report: ImportReport) -> Iterator[str]:
    yield REPORT_OF_IMPORT
    yield f"# What came from {report.source}"
    yield (
        "This is no chapter: no edition has it, unless publication.yaml names it. Delete it when you have read it.\n"
        "What is still to be written stands in the chapters as `[TK …]`; `pressroom check` counts it."
    )
    for file, plan in report.chapters:
        head = "| in the folder | in the book | taken | words that came with it |", "|---|---|---|---|"
        table = "\n".join((*head, *map(_row, plan.pictures)))
        yield f"## {file}: {plan.title}\n\n{table}"
    yield _list("Set aside", (_aside(each) for each in report.aside))
    yield _list("Shown already, and not shown again", report.shown_already)
    yield _list("Brought under another name", (f"{before}: now {after}" for before, after in report.renamed))
    yield _list(
        "Left out", (f"{left.name} ({left.id}){f': {left.why}' if left.why else ''}" for left in report.left_out)
    )
    told = [f"{finding.message} {finding.remedy}".strip() for finding in report.findings()]
    yield _list("To know", told)
    if report.passed_over:
        yield f"Hidden files and files of the system that were passed over: {report.passed_over}."


def _list(title: str, items: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    lines = [f"- {plain_markdown.text(CONTROL.sub(' ', item))}" for item in items]
    return "\n".join((f"## {title}", "", *lines)) if lines else ""


def _aside(each: AsidePicture) -> str:
    reason = f"looks like {each.aside.like}" if each.aside.like else "rejected by its rating"
    reason = f"the same file as {each.aside.like}" if each.aside.is_copy else reason
    return f"{each.aside.shot.name}: {reason}{f'; now {each.address}' if each.address else ''}"


def _row(placed: PlacedShot) -> str:
    taken = placed.shot.time.strftime("%Y-%m-%d %H:%M:%S") if placed.shot.time else ""
    names = (plain_markdown.text(CONTROL.sub(" ", name)) for name in (placed.shot.name, placed.address))
    return f"| {' | '.join(names)} | {taken} | {', '.join(_words(placed))} |"
