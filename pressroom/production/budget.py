"""Keeping an ebook to its budget: when the finished file is larger than `max_mb`, all its pictures are made smaller and
coarser alike, by the first step at which everything together fits; or it is told why none does.

A book is weighed by adding: what is not a picture weighs the same at every step.
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
"""Bytes, as stores and disks count."""
SOFT_PX, SOFT_PPI = 1000, 100
"""Pictures smaller than this look soft on a tablet: a decision that its maker should know."""
_SLACK = 64
"""Bytes for each picture: other names and sizes are written into the pages, which are compressed a little otherwise."""
_NAMED = 5
_REDUCED = {"image/jpeg": True, "image/png": False}
"""What can be reduced, and whether it has a quality. A drawing in SVG stays as it is."""


@dataclass(frozen=True)
class OversizeEbook:
    """An ebook as its edition asks for it, and larger than it may be."""

    edition: EpubEdition
    composition: Composition
    renditions: Mapping[str, Rendition]
    """By their figures."""
    bytes: int
    place: Place
    """Of max_mb."""

    @property
    def full(self) -> Step:
        """What its pictures are made at, unless that is too much."""
        page = self.composition.edition.page
        return Step(page.image_ppi if page else self.edition.image_px, self.edition.quality)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What they can be made at, from the first to the last."""
        return ladder(self.full, LEAST_PPI if self.edition.is_fixed else LEAST_PX)

    @property
    def soft(self) -> int:
        """A size below which they look soft."""
        return min(SOFT_PPI if self.edition.is_fixed else SOFT_PX, self.full.size)

    def weight(self, picture: Rendition) -> Weight:
        """A picture of it; on a fixed page nobody knows how large one stands that has not all its pixels."""
        size = self.full.size if self.edition.is_fixed else max(picture.width, picture.height)
        return Weight(_bytes(picture), size, has_quality=_REDUCED[picture.media_type])

    def said(self, step: Step) -> str:
        """A step in words."""
        return f"{step.size} {'ppi' if self.edition.is_fixed else 'px'} at quality {step.quality}"

    @property
    def limit(self) -> float:
        """Bytes that it may have."""
        return limit_of(self.edition)

    def shown(self, renditions: Mapping[str, Rendition]) -> dict[str, Rendition]:
        """Of some renditions, those of figures that this edition shows."""
        names = {one.name for one in self.composition.renditions}
        return {id: one for id, one in renditions.items() if self.renditions[id].name in names}


def limit_of(edition: EpubEdition) -> float:
    """Bytes that an ebook may have."""
    return edition.max_mb * MEGABYTE


def reduction(made: OversizeEbook, develop: Callable[[Step], Mapping[str, Rendition]]) -> tuple[Step, Finding]:
    """The step at which an ebook fits, and what is to be told of it. `develop` makes all pictures at a step.

    Raises PressroomError, naming the largest pictures, when it fits at none.
    """
    steps = made.steps
    pictures = _pictures(made.shown(made.renditions))
    rest = made.bytes - sum(map(_bytes, pictures.values())) + _SLACK * len(pictures)
    weights = [made.weight(one) for one in pictures.values()]
    expected = [rest + sum(weight.at(step, steps[0]) for weight in weights) for step in steps[1:]]
    tried: dict[int, Mapping[str, Rendition]] = {}

    def weigh(n: int) -> float:
        tried[n] = made.shown(develop(steps[n + 1]))
        return rest + sum(map(_bytes, _pictures(tried[n]).values()))

    fitting = first_fit(expected, made.limit, weigh) if pictures else None
    if fitting is None:
        least = tried.get(len(expected) - 1, made.shown(made.renditions))
        raise PressroomError([_too_large(made, least, steps[-1], rest)])
    step, bytes = steps[fitting + 1], rest + sum(map(_bytes, _pictures(tried[fitting]).values()))
    return step, _told(made, step, bytes)


def foreseen(made: OversizeEbook) -> Iterator[Finding]:
    """What can be told of an ebook that is not packed: whether its pictures alone are more than it may have."""
    pictures = sum(map(_bytes, _pictures(made.shown(made.renditions)).values()))
    if pictures > made.limit:
        why = (
            f"The pictures of “{made.composition.name}” have {_mb(pictures)} MB; max_mb allows {made.edition.max_mb:g}"
        )
        yield advice(
            "ebook-reduced", made.place, f"{why}. A build makes them all smaller, as far as need be.", _remedy(made)
        )


def _pictures(renditions: Mapping[str, Rendition]) -> dict[str, Rendition]:
    """What can be reduced, each file once. The cover is not: shops show it, and ask for its size."""
    return {one.name: one for id, one in renditions.items() if id != "cover" and one.media_type in _REDUCED}


def _bytes(rendition: Rendition) -> int:
    return rendition.path.stat().st_size


def _told(made: OversizeEbook, step: Step, bytes: int) -> Finding:
    why = (
        f"To keep to max_mb: {made.edition.max_mb:g}, the pictures of “{made.composition.name}” are {made.said(step)} "
        f"instead of {made.said(made.full)}, and it has {_mb(bytes)} MB; at full size it would have "
        f"{_mb(made.bytes)} MB."
    )
    if step.size < made.soft:
        return warning("ebook-reduced", made.place, f"{why} On a tablet they look soft.", _remedy(made))
    return advice("ebook-reduced", made.place, why, _remedy(made))


def _too_large(made: OversizeEbook, renditions: Mapping[str, Rendition], step: Step, rest: int) -> Finding:
    """What is told of pictures as small as they may be, and of all else."""
    pictures = sum(map(_bytes, _pictures(renditions).values()))
    how = "and no picture that could be smaller"
    if pictures:
        how = f"even with its pictures of {made.said(step)}, below which they look bad"
    why = f"“{made.composition.name}” has {_mb(rest + pictures)} MB {how}; max_mb allows {made.edition.max_mb:g}. "
    why += "It is not written."
    if named := _largest(made, renditions):
        why += f" Its largest pictures: {'; '.join(named)}."
    why += f" Text, fonts and cover have {_mb(rest)} MB."
    return error("ebook-too-large", made.place, why, _remedy(made))


def _largest(made: OversizeEbook, renditions: Mapping[str, Rendition]) -> list[str]:
    """The largest pictures inside, each with its size and the first place that shows it."""
    shown: dict[str, tuple[Figure, Rendition]] = {}
    for _, figure in made.composition.publication.figures():
        if one := renditions.get(figure.id):
            shown.setdefault(one.name, (figure, one))
    heaviest = sorted(shown.values(), key=lambda each: -_bytes(each[1]))[:_NAMED]
    return [f"“{figure.file.rpartition('/')[2]}”, {_mb(_bytes(one))} MB ({figure.place})" for figure, one in heaviest]


def _remedy(made: OversizeEbook) -> str:
    rules = rules_for(made.edition.store)
    if rules.max_mb is None:
        return "Show fewer pictures, make two books of it, or raise max_mb if your store takes larger files."
    if rules.max_mb.value <= made.edition.max_mb:
        return "Show fewer pictures, or make two books of it."
    return f"Show fewer pictures, make two books of it, or raise max_mb: {rules.name} takes {rules.max_mb.value:g} MB."


def _mb(bytes: float) -> str:
    return f"{bytes / MEGABYTE:.1f}" if bytes >= 10 * MEGABYTE else f"{bytes / MEGABYTE:.2f}"
