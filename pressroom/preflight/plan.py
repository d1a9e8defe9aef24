"""What can be said of an edition before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pressroom.errors import Finding, warning
from pressroom.layouts import Layout, effective_ppi, has_cover, placed_width
from pressroom.photographs import Album
from pressroom.publication import Figure, Gallery, PdfEdition, Publication
from pressroom.publication.editions import MM_PER_INCH


@dataclass(frozen=True)
class Plan:
    """An edition that is about to be made."""

    publication: Publication
    name: str
    layout: Layout
    album: Album


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """What can be said of an edition before it is made."""
    return tuple(finding for ask in PLAN_CHECKS for finding in ask(plan))


def picture_small(plan: Plan) -> Iterator[Finding]:
    """Has every photograph enough pixels for its place in print? Too few print as blur or blocks."""
    edition = plan.publication.settings.editions[plan.name]
    if not isinstance(edition, PdfEdition) or edition.min_ppi is None:
        return
    for block in _shown(plan, edition):
        for figure in block.figures if isinstance(block, Gallery) else (block,):
            photograph = plan.album.get(figure.id)
            if photograph is None or photograph.kind == "drawing":
                continue
            width = placed_width(block, edition, plan.layout, photograph.ratio)
            ppi = effective_ppi(photograph, block, edition, plan.layout)
            if ppi < edition.min_ppi:
                largest = photograph.width / edition.min_ppi * MM_PER_INCH
                name = photograph.file.name
                why = f"“{name}” has {ppi:.0f} ppi at {width:.0f} mm; “{plan.name}” asks for {edition.min_ppi}."
                help = f"Deliver a larger file, or place it at most {largest:.0f} mm wide."
                yield warning("picture-small", figure.place, why, help)


def _shown(plan: Plan, edition: PdfEdition) -> Iterator[Figure | Gallery]:
    if plan.publication.cover is not None and has_cover(edition):
        yield plan.publication.cover
    yield from (block for _, block in plan.publication.illustrations())


PLAN_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (picture_small,)
