"""Reports of what was brought from texts of other programs: for the terminal, as JSON, and as book/import.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pressroom.errors import CONTROL, Finding, Place, Severity, error, warning
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Brought, Remark
from pressroom.importing.brought_files import BroughtFiles
from pressroom.importing.remark_wordings import wording_of
from pressroom.importing.words_kept import LostWords, count_words
from pressroom.whereabouts import REPORT_OF_IMPORT, SETTINGS_FILE

_SHOWN = 3
"""Things that a finding names before it says “…”."""
_SERIOUS = (Severity.ERROR, Severity.WARNING)
_LONGEST = 70
"""Letters of a thing that a finding shows; book/import.md has all."""


@dataclass(frozen=True)
class TextReport:
    """What came of texts."""

    sources: tuple[Brought, ...]
    files: BroughtFiles
    remarks: tuple[Remark, ...] = ()
    lost: tuple[tuple[str, LostWords], ...] = ()
    """Words that were not written, by their sources."""
    unlisted: tuple[str, ...] = ()
    """What could not be added to publication.yaml."""
    written: tuple[str, ...] = field(default=())
    """All new files, as paths below the publication."""

    @property
    def source(self) -> str:
        """What was imported, as it was named."""
        return ", ".join(brought.source for brought in self.sources)

    @property
    def counts_paragraphs(self) -> bool:
        """Whether places are told by paragraphs, since a source has no lines."""
        return any(brought.source.lower().endswith((".docx", ".odt")) for brought in self.sources)

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each kind, with the places of all."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        if self.lost:
            yield self._of_lost()
        for group in _by_id(self.remarks):
            yield _of_remarks(group)
        if self.unlisted:
            why = f"publication.yaml could not be given {', '.join(self.unlisted)}: no edition has these."
            yield warning("import-unlisted", Place(SETTINGS_FILE), why, "Add them by hand.")

    def _of_lost(self) -> Finding:
        words = [word for _, lost in self.lost for word in lost.words]
        place, first = self.lost[0]
        why = (
            f"{_count(len(words), 'word', 'words')} of the source not found in what was written: {_listed(words)}. "
            f"The first stands in the paragraph “{_cut(first.paragraph)}”."
        )
        remedy = "Look there, and write what is lacking into the chapter; book/import.md lists every place."
        found = error("import-words-lost", Place(place), why, remedy)
        also = tuple(Place(place, excerpt=_cut(lost.paragraph)) for place, lost in self.lost[1:])
        return Finding(found.id, found.severity, found.place, found.message, found.remedy, also)


def _by_id(remarks: Sequence[Remark]) -> Iterator[list[Remark]]:
    """Remarks of one id and severity together, the most serious first."""
    order = list(Severity)

    def key(remark: Remark) -> tuple[int, str]:
        return order.index(remark.severity), remark.id

    for _, group in groupby(sorted(remarks, key=key), key):
        yield list(group)


def _of_remarks(group: list[Remark]) -> Finding:
    """One finding for all remarks of an id."""
    first, wording = group[0], wording_of(group[0].id)
    names = _listed([remark.what for remark in group])
    why = f"{_count(len(group), wording.one, wording.many)} {wording.said.format(names=names)}"
    also = tuple(dict.fromkeys(remark.place for remark in group[1:]))
    return Finding(first.id, first.severity, first.place, why, wording.remedy, also)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(names: Sequence[str]) -> str:
    several = list(dict.fromkeys(map(_cut, filter(None, names))))
    return ", ".join(f"“{each}”" for each in several[:_SHOWN]) + (" …" if len(several) > _SHOWN else "")


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


def text_report_json(report: TextReport) -> dict[str, Any]:
    """The report for programs."""
    return {
        "from": report.source,
        "files": list(report.written),
        "chapters": [
            {"file": f"book/{filed.file}", "title": filed.chapter.title, "source": filed.chapter.source or None}
            for filed in report.files.chapters
        ],
        "pictures": [
            {"file": name, "source": picture.source or picture.name} for name, picture in report.files.pictures.items()
        ],
        "remarks": [
            {"id": each.id, "severity": str(each.severity), "place": str(each.place), "what": each.what}
            for each in report.remarks
        ],
        "words": {
            "source": sum(count_words(brought.words) for brought in report.sources),
            "lost": [{"source": place, "words": list(lost.words)} for place, lost in report.lost],
        },
    }


def text_report_markdown(report: TextReport) -> str:
    """The report as a text to be read beside the chapters. Its first line says that it is none of them."""
    return "\n\n".join(filter(None, _sections(report))) + "\n"


def _sections(report: TextReport) -> Iterator[str]:
    yield REPORT_OF_IMPORT
    yield f"# What came from {plain_markdown.text(report.source)}"
    yield (
        "This is no chapter: no edition has it, unless publication.yaml names it. Delete it when you have read it.\n"
        "What is still to be written stands in the chapters as `[TK …]`; `pressroom check` counts it.\n"
        "A number behind the name of a Word document or an OpenDocument text counts its paragraphs; behind another "
        "file, its lines."
    )
    words = sum(count_words(brought.words) for brought in report.sources)
    lost = sum(len(each.words) for _, each in report.lost)
    yield f"Words in the source: {words}. Words that were not found in what was written: {lost}."
    yield _list(
        "Chapters", (f"book/{each.file}: {each.chapter.title or '(no title)'}" for each in report.files.chapters)
    )
    yield _list("Pictures", (f"{name} from {each.source or each.name}" for name, each in report.files.pictures.items()))
    yield _list("Other files", report.files.extras)
    yield _list("Words that were lost", (f"{', '.join(each.words)}: {each.paragraph}" for _, each in report.lost))
    for title, severities in (("What needs a look", _SERIOUS), ("What was changed", (Severity.ADVICE,))):
        groups = [group for group in _by_id(report.remarks) if group[0].severity in severities]
        yield "\n\n".join((f"## {title}", *map(_told, groups))) if groups else ""
    yield _list("To add to publication.yaml", report.unlisted)


def _told(group: list[Remark]) -> str:
    """What is said of remarks of one id, and each with its place."""
    finding = _of_remarks(group)
    lead = f"{plain_markdown.text(finding.message)} {finding.remedy}".strip()
    return f"{lead}\n\n{_items(map(_placed, group))}"


def _placed(remark: Remark) -> str:
    return f"{remark.place}: {remark.what}" if remark.what else str(remark.place)


def _list(title: str, items: Iterator[str] | Sequence[str] | Any) -> str:
    lines = _items(items)
    return f"## {title}\n\n{lines}" if lines else ""


def _items(items: Any) -> str:
    return "\n".join(f"- {plain_markdown.text(CONTROL.sub(' ', ' '.join(item.split())))}" for item in items)
