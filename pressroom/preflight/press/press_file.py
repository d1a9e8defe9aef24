"""A finished PDF on the light table: what it holds, and what it is meant to be."""

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

_SHOWN = 6
"""Pages, or ranges of them, that a finding names before it says “and so on”."""


@dataclass(frozen=True)
class PageFinding(Finding):
    """A finding that is about some pages of a file."""

    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class PressFile:
    """A PDF that has been made, here or elsewhere."""

    facts: Inspected
    place: Place
    """Where findings belong that are not about one picture."""
    rules: PrinterRules | None = None
    """What its printer asks for."""
    meant: Standard | None = None
    """The standard that it was made for; else the one that it claims."""
    trim: Trim | None = None
    """The size that its edition has."""
    min_ppi: int | None = None
    """Pixels per inch that its edition asks for; 0 where it asks for none."""
    most_ink: int | None = None
    """In percent of one plate, where the printing condition says so."""
    is_cover: bool = False
    is_for_press: bool = True
    is_draft: bool = False
    """Whether pages are still to come."""
    sources: Mapping[str, Place] = field(default_factory=dict)
    """Where the manuscript names a picture, by the SHA-256 of its bytes in the file."""
    told: frozenset[Place] = frozenset()
    """Places of pictures of which it has been said already that they have few pixels."""
    clear: float = 0.05
    """Millimetres by which lengths may differ and still be the same."""

    @property
    def standard(self) -> str:
        """The standard that the file has to keep, its year left out: PDF/X-4, PDF/UA-1; empty for none."""
        return self.meant or self.claimed.partition(":")[0]

    @property
    def claimed(self) -> str:
        """The standard that the file says it keeps: “PDF/X-3:2002”; empty for none."""
        return next(iter(self.facts.standards), "")

    @property
    def is_press_standard(self) -> bool:
        """Whether that is one of the standards for exchange with printers (ISO 15930)."""
        return self.standard.startswith("PDF/X")

    @property
    def has_inks_only(self) -> bool:
        """Whether everything in it must be in inks."""
        wants = self.rules.colour.value if self.rules else "any"
        return wants == "cmyk" or self.standard in ("PDF/X-1a",)

    def on(self, pages: Iterable[int], finding: Finding) -> PageFinding:
        """A finding with the pages that it is true of, named at its start: “Pages 3 and 5: …”."""
        numbers = tuple(sorted(set(pages)))
        said = {one.name: getattr(finding, one.name) for one in fields(finding)}
        said["message"] = f"{on_pages(numbers).capitalize()}: {finding.message}"
        return PageFinding(**said, pages=numbers)

    def place_of(self, picture: PlacedPicture) -> Place:
        """Where the manuscript names a picture, else the file."""
        return self.sources.get(picture.digest, self.place)

    def painted(self, wanted: Callable[[Paint], bool]) -> list[int]:
        """The pages on which something is painted in a way."""
        return [page.number for page in self.facts.pages if any(wanted(paint) for paint in page.paints)]

    def pictures(self, wanted: Callable[[PlacedPicture], bool]) -> Iterator[tuple[PlacedPicture, list[int]]]:
        """Every picture of a kind, at the largest that it stands anywhere, with all pages on which it does."""
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
    shown = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_SHOWN]]
    more = sum(map(len, runs[_SHOWN:]))
    word = "page" if len(ordered) == 1 else "pages"
    if more:
        return f"{word} {', '.join(shown)} and {more} more"
    return f"{word} {' and '.join(filter(None, (', '.join(shown[:-1]), shown[-1])))}"


def mm(points: float) -> float:
    """Millimetres of a length in points."""
    return points / PT_PER_MM
