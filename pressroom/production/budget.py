"""The budget of an ebook: a file larger than `max_mb` gets smaller and coarser pictures, all alike.

The first step of a ladder at which the whole file fits is taken; where none fits, an error names the largest pictures.
The size at a step is a sum, because everything that is not a picture weighs the same at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pressroom.design import Composition
from pressroom.design.ladder import LEAST_PPI, LEAST_PX, Step, Weight, first_fit, ladder
from pressroom.errors import Finding, Place, PressroomError, advice, error, warning
from pressroom.photographs import Rendition
from pressroom.publication import EpubEdition, Figure
from pressroom.rules.stores import rules_for

MEGABYTE = 1_000_000
"""Bytes in a megabyte, as stores and disks count them."""
SOFT_PX, SOFT_PPI = 1000, 100
"""Pictures of fewer pixels, or of fewer ppi on a fixed page, look soft on a tablet: their maker should know."""
_SLACK = 64
"""Bytes kept free for each picture: its new name and size change how well the pages that show it are compressed."""
_MOST_NAMED = 5
"""Pictures that an error names."""
_REDUCIBLE = {"image/jpeg": True, "image/png": False}
"""The media types that can be reduced, and whether each has a quality. A drawing in SVG stays as it is."""


@dataclass(frozen=True)
class WeighedEbook:
    """An ebook as its edition asks for it, whose size is compared with its `max_mb`."""

    edition: EpubEdition
    composition: Composition
    renditions: Mapping[str, Rendition]
    """Its pictures, by the ids of their figures."""
    bytes: int
    """The size of the packed file; 0 when it is not packed yet."""
    place: Place
    """The place of max_mb in publication.yaml."""

    @property
    def full_step(self) -> Step:
        """The size and quality that the edition asks for."""
        page = self.composition.edition.page
        return Step(page.image_ppi if page else self.edition.image_px, self.edition.quality)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The sizes and qualities that its pictures can have, from the edition's own to the smallest."""
        return ladder(self.full_step, LEAST_PPI if self.edition.is_fixed else LEAST_PX)

    @property
    def soft_size(self) -> int:
        """The size in px, or in ppi on a fixed page, below which its pictures look soft."""
        return min(SOFT_PPI if self.edition.is_fixed else SOFT_PX, self.full_step.size)

    def weight(self, picture: Rendition) -> Weight:
        """What a picture weighs at the full step.

        On a fixed page the size is the edition's ppi: how large a picture with too few pixels stands is not known.
        """
        size = self.full_step.size if self.edition.is_fixed else max(picture.width, picture.height)
        return Weight(_bytes(picture), size, has_quality=_REDUCIBLE[picture.media_type])

    def describe(self, step: Step) -> str:
        """A step in words, as messages give it: “1200 px at quality 75”."""
        return f"{step.size} {'ppi' if self.edition.is_fixed else 'px'} at quality {step.quality}"

    @property
    def limit(self) -> float:
        """The bytes that the ebook may have."""
        return limit_of(self.edition)

    def used(self, renditions: Mapping[str, Rendition]) -> dict[str, Rendition]:
        """Keep of some renditions those of figures that stand in this edition."""
        names = {one.name for one in self.composition.renditions}
        return {id: one for id, one in renditions.items() if self.renditions[id].name in names}


def limit_of(edition: EpubEdition) -> float:
    """The bytes that an ebook may have."""
    return edition.max_mb * MEGABYTE


def reduction(ebook: WeighedEbook, develop: Callable[[Step], Mapping[str, Rendition]]) -> tuple[Step, Finding]:
    """The first step at which an ebook fits, and the finding that reports it. `develop` makes all pictures at a step.

    Raises PressroomError, naming the largest pictures, when it fits at no step.
    """
    steps = ebook.steps
    pictures = _reducible(ebook.used(ebook.renditions))
    rest = ebook.bytes - sum(map(_bytes, pictures.values())) + _SLACK * len(pictures)
    weights = [ebook.weight(one) for one in pictures.values()]
    expected = [rest + sum(weight.at(step, steps[0]) for weight in weights) for step in steps[1:]]
    tried: dict[int, Mapping[str, Rendition]] = {}

    def weigh(n: int) -> float:
        tried[n] = ebook.used(develop(steps[n + 1]))
        return rest + sum(map(_bytes, _reducible(tried[n]).values()))

    fitting = first_fit(expected, ebook.limit, weigh) if pictures else None
    if fitting is None:
        least = tried.get(len(expected) - 1, ebook.used(ebook.renditions))
        raise PressroomError([_too_large(ebook, least, steps[-1], rest)])
    step, bytes = steps[fitting + 1], rest + sum(map(_bytes, _reducible(tried[fitting]).values()))
    return step, _reduced(ebook, step, bytes)


def foresee_size(ebook: WeighedEbook) -> Iterator[Finding]:
    """Advise when the pictures alone of an ebook that is not packed yet are larger than its max_mb."""
    pictures = sum(map(_bytes, _reducible(ebook.used(ebook.renditions)).values()))
    if pictures > ebook.limit:
        why = f"The pictures of “{ebook.composition.name}” have {_mb(pictures)} MB; max_mb allows "
        why += f"{ebook.edition.max_mb:g}. A build makes them all smaller until the ebook fits."
        yield advice("ebook-reduced", ebook.place, why, _remedy(ebook))


def _reducible(renditions: Mapping[str, Rendition]) -> dict[str, Rendition]:
    """The pictures that can be reduced, by file name, each file once. The cover is kept: shops ask for its size."""
    return {one.name: one for id, one in renditions.items() if id != "cover" and one.media_type in _REDUCIBLE}


def _bytes(rendition: Rendition) -> int:
    """The size of a picture file, in bytes."""
    return rendition.path.stat().st_size


def _reduced(ebook: WeighedEbook, step: Step, bytes: int) -> Finding:
    """The finding that pictures were reduced: a warning where they look soft."""
    why = (
        f"To keep to max_mb: {ebook.edition.max_mb:g}, the pictures of “{ebook.composition.name}” are "
        f"{ebook.describe(step)} instead of {ebook.describe(ebook.full_step)}. Now it has {_mb(bytes)} MB; with larger "
        f"pictures it would have {_mb(ebook.bytes)} MB."
    )
    if step.size < ebook.soft_size:
        return warning("ebook-reduced", ebook.place, f"{why} On a tablet they look soft.", _remedy(ebook))
    return advice("ebook-reduced", ebook.place, why, _remedy(ebook))


def _too_large(ebook: WeighedEbook, renditions: Mapping[str, Rendition], step: Step, rest: int) -> Finding:
    """The error that an ebook is too large even with its pictures as small as they may be."""
    pictures = sum(map(_bytes, _reducible(renditions).values()))
    how = "and no picture that could be smaller"
    if pictures:
        how = f"even with its pictures at {ebook.describe(step)}, the least at which they look right"
    why = f"“{ebook.composition.name}” has {_mb(rest + pictures)} MB {how}; max_mb allows {ebook.edition.max_mb:g}. "
    why += "It is not written."
    if named := _largest(ebook, renditions):
        why += f" Its largest pictures: {'; '.join(named)}."
    why += f" Text, fonts and cover have {_mb(rest)} MB."
    return error("ebook-too-large", ebook.place, why, _remedy(ebook))


def _largest(ebook: WeighedEbook, renditions: Mapping[str, Rendition]) -> list[str]:
    """The largest pictures inside, each with its size and the first place that shows it."""
    by_file: dict[str, tuple[Figure, Rendition]] = {}
    for _, figure in ebook.composition.publication.figures():
        if one := renditions.get(figure.id):
            by_file.setdefault(one.name, (figure, one))
    heaviest = sorted(by_file.values(), key=lambda each: -_bytes(each[1]))[:_MOST_NAMED]
    return [f"“{figure.file.rpartition('/')[2]}”, {_mb(_bytes(one))} MB ({figure.place})" for figure, one in heaviest]


def _remedy(ebook: WeighedEbook) -> str:
    """What to do about a large ebook, as far as its store allows larger files."""
    rules = rules_for(ebook.edition.store)
    if rules.max_mb is None:
        return "Show fewer pictures, make two books of it, or raise max_mb if your store takes larger files."
    if rules.max_mb.value <= ebook.edition.max_mb:
        return "Show fewer pictures, or make two books of it."
    return f"Show fewer pictures, make two books of it, or raise max_mb: {rules.name} takes {rules.max_mb.value:g} MB."


def _mb(bytes: float) -> str:
    """A number of bytes in MB, for messages."""
    return f"{bytes / MEGABYTE:.1f}" if bytes >= 10 * MEGABYTE else f"{bytes / MEGABYTE:.2f}"
