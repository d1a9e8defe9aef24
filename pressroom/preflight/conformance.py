"""Whether an ebook may claim to conform to a standard of accessibility: what a machine knows of it beforehand.

The rest is for people to judge; that is why a claim names who has (EPUB Accessibility 1.1, section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, hint
from pressroom.layouts import has_cover
from pressroom.preflight.plan import Plan
from pressroom.publication import Block, Box, EpubEdition, Figure, Gallery, pictures_in


def conformance_refused(plan: Plan) -> Iterator[Finding]:
    """Does the claim hold that the ebook makes? Readers who depend on it buy by it, and find out at home."""
    settings = plan.publication.settings
    edition, stated = settings.editions[plan.name], settings.accessibility
    if not isinstance(edition, EpubEdition) or not stated.conforms_to:
        return
    place = plan.place_of(("accessibility", "conforms_to"))
    claim = f"“{plan.name}” cannot claim “{stated.conforms_to}”"
    if edition.is_fixed:
        why = f"{claim}, and does not: the text of a fixed layout cannot be made larger (WCAG 2.2, 1.4.4)."
        yield hint("conformance-fixed", place, why, "Offer a flowing ebook beside it: layout_mode: reflowable.")
        return
    mute = [f"{_named(figure)} ({figure.place})" for figure in _shown(plan) if not figure.alt.strip()]
    if mute:
        have = "1 picture has" if len(mute) == 1 else f"{len(mute)} pictures have"
        why = f"{claim}: {have} no alt text, and say nothing to a reader who cannot see: {', '.join(mute)}."
        help = "Write for each what it shows, or take conforms_to out."
        yield error("conformance-refused", place, why, help)
    if not stated.certified_by:
        why = f"{claim}: it must name who has evaluated the ebook, and nobody is named."
        yield error("conformance-refused", place, why, "Write certified_by: … below it, or take conforms_to out.")


def _named(figure: Figure) -> str:
    return f"“{figure.file.rpartition('/')[2]}”" if figure.file else "a photograph to come"


def _shown(plan: Plan) -> Iterator[Figure]:
    """Every picture of the edition, also one that has not arrived yet."""
    cover = plan.publication.cover
    if cover is not None and has_cover(plan.publication.settings.editions[plan.name]):
        yield cover
    for chapter in plan.publication.chapters():
        yield from _inside(chapter.blocks, plan.name)


def _inside(blocks: tuple[Block, ...], edition: str) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure | Gallery):
            yield from pictures_in(block)
        elif isinstance(block, Box) and (block.kind != "only" or edition in block.editions):
            yield from _inside(block.blocks, edition)


CONFORMANCE_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (conformance_refused,)
