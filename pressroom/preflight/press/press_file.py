"""The file under preflight: a finished PDF, and the edition and printer that it is checked against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from pressroom.errors import Finding, Place
from pressroom.inspection import Inspected, PlacedPicture
from pressroom.inspection.page import Paint
from pressroom.publication.edition_form import Standard
from pressroom.publication.measures import PT_PER_MM, Trim
from pressroom.rules.printers import PrinterRules

_NAMED = 6
"""The most pages, or ranges of them, that a finding names; the others are counted."""


@dataclass(frozen=True)
class PageFinding(Finding):
    """A finding that applies to some pages of a file."""

    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class PressFile:
    """A finished PDF, made by Pressroom or another program."""

    facts: Inspected
    place: Place
    """The place of findings that are not about one picture."""
    rules: PrinterRules | None = None
    """The rules of its printer."""
    meant: Standard | None = None
    """The standard of its edition, if that has one."""
    trim: Trim | None = None
    """The trim size of its edition."""
    min_ppi: int | None = None
    """The least pixels per inch of its edition; 0 where it has no limit, None for a file without an edition."""
    asked_ppi: int | None = None
    """What the edition asks for, as findings name it: page make-up may draw a picture a little larger than planned."""
    most_ink: int | None = None
    """The total ink limit of its printing condition, in percent of one plate."""
    is_cover: bool = False
    is_for_press: bool = True
    is_draft: bool = False
    """Whether pages are still to come."""
    sources: Mapping[str, Place] = field(default_factory=dict)
    """The places of pictures in the manuscript, by the SHA-256 of their streams in the file."""
    reported: frozenset[Place] = frozenset()
    """Places of the pictures whose low resolution is reported already."""
    clear: float = 0.05
    """Tolerance of lengths, in mm."""

    @property
    def standard(self) -> str:
        """The standard that the file must meet, without its year: PDF/X-4, PDF/UA-1; empty for none."""
        return self.meant or self.claimed.partition(":")[0]

    @property
    def claimed(self) -> str:
        """The standard that the file claims: “PDF/X-3:2002”; empty for none."""
        return next(iter(self.facts.standards), "")

    @property
    def is_press_standard(self) -> bool:
        """Whether it must meet a PDF/X (ISO 15930)."""
        return self.standard.startswith("PDF/X")

    @property
    def has_inks_only(self) -> bool:
        """Whether all its colours must be CMYK or spot colours."""
        wants = self.rules.colour.value if self.rules else "any"
        return wants == "cmyk" or self.standard in ("PDF/X-1a",)

    def on(self, pages: Iterable[int], finding: Finding) -> PageFinding:
        """A finding with the pages that it applies to, named at its start: “Pages 3 and 5: …”."""
        numbers = tuple(sorted(set(pages)))
        values = {one.name: getattr(finding, one.name) for one in fields(finding)}
        values["message"] = f"{on_pages(numbers).capitalize()}: {finding.message}"
        return PageFinding(**values, pages=numbers)

    def place_of(self, picture: PlacedPicture) -> Place:
        """The place of a picture in the manuscript, else that of the file."""
        return self.sources.get(picture.digest, self.place)

    def painted(self, wanted: Callable[[Paint], bool]) -> list[int]:
        """The pages with a paint for which `wanted` is true."""
        return [page.number for page in self.facts.pages if any(wanted(paint) for paint in page.paints)]

    def pictures(self, wanted: Callable[[PlacedPicture], bool]) -> Iterator[tuple[PlacedPicture, list[int]]]:
        """Every picture for which `wanted` is true, at its largest placement, with all pages that it is on."""
        found: dict[str, list[tuple[PlacedPicture, int]]] = defaultdict(list)
        for page in self.facts.pages:
            for n, picture in enumerate(page.pictures):
                if wanted(picture):
                    found[picture.digest or f"{page.number}.{n}"].append((picture, page.number))
        for places in found.values():
            yield max((picture for picture, _ in places), key=lambda p: p.width * p.height), [n for _, n in places]


def on_pages(numbers: Iterable[int]) -> str:
    """“page 3”, “pages 1–4 and 7”, “pages 1, 3, 5, 7, 9, 11 and 40 more”."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_NAMED]]
    more = sum(map(len, runs[_NAMED:]))
    word = "page" if len(ordered) == 1 else "pages"
    if more:
        return f"{word} {', '.join(named)} and {more} more"
    return f"{word} {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}"


def mm(points: float) -> float:
    """Millimetres of a length in points."""
    return points / PT_PER_MM
