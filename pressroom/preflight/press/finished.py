"""A finished PDF on the light table: what it holds, and what it is meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from pressroom.errors import Finding, Place
from pressroom.inspection import Inspected, PlacedPicture
from pressroom.printers import PrinterRules
from pressroom.publication.editions import PT_PER_MM, Standard, Trim

_SHOWN = 6
"""Pages, or ranges of them, that a finding names before it says “and so on”."""


@dataclass(frozen=True)
class PageFinding(Finding):
    """A finding that is about some pages of a file."""

    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finished:
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
    most_ink: int | None = None
    """In percent of one plate, where the printing condition says so."""
    is_cover: bool = False
    is_for_press: bool = True
    sources: Mapping[str, Place] = field(default_factory=dict)
    """Where the manuscript names a picture, by the SHA-256 of its bytes in the file."""
    clear: float = 0.05
    """Millimetres by which lengths may differ and still be the same."""

    @property
    def standard(self) -> str:
        """The standard that the file has to keep, its year left out: PDF/X-4, PDF/UA-1; empty for none."""
        claimed = next(iter(self.facts.standards), "").partition(":")[0]
        return self.meant or claimed

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
        """A finding with the pages that it is true of."""
        said = {one.name: getattr(finding, one.name) for one in fields(finding)}
        return PageFinding(**said, pages=tuple(sorted(set(pages))))

    def place_of(self, picture: PlacedPicture) -> Place:
        """Where the manuscript names a picture, else the file."""
        return self.sources.get(picture.digest, self.place)


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
