"""Questions that the store of an ebook would ask: of its plan, and of its pages before they are packed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pressroom.errors import Finding, Place, error, hint, warning
from pressroom.forms import PlaceOf
from pressroom.layouts import Composition, ContentsEntry
from pressroom.layouts.contents import contents_of
from pressroom.layouts.sizes import cover_size
from pressroom.photographs import Rendition
from pressroom.preflight.plan import Plan
from pressroom.publication import EpubEdition, Framing
from pressroom.stores import StoreRules, rules_for
from pressroom.words import words_for

_MEGABYTE = 1_000_000
_PICTURE = re.compile(r"\.\./pictures/([A-Za-z0-9._-]+)")


# ---- before it is made


def _asked(plan: Plan) -> StoreRules | None:
    """The rules of the store that an ebook is for."""
    edition = plan.publication.settings.editions[plan.name]
    return rules_for(edition.store) if isinstance(edition, EpubEdition) else None


def cover_small(plan: Plan) -> Iterator[Finding]:
    """Has the cover's photograph enough pixels in the cover's shape? A shop that enlarges it shows it soft, or not."""
    rules, cover = _asked(plan), plan.publication.cover
    photograph = plan.album.get(cover.id) if cover else None
    if rules is None or rules.cover_least is None or cover is None or photograph is None:
        return
    if photograph.kind == "drawing":
        return
    full = cover_size(plan.publication.settings.editions[plan.name])
    window = Framing(aspect=full[0] / full[1]).window(photograph.width, photograph.height)
    width, height, least = window[2] - window[0], window[3] - window[1], rules.cover_least.value
    if not least.hold(width, height):
        name = photograph.file.name
        why = f"“{name}” has {width} × {height} px in the shape of “{plan.name}”’s cover; {rules.name} asks for "
        why += f"{least} px at least, and one that is enlarged looks soft."
        help = f"Deliver it with {full[0]} × {full[1]} px or more, or show more of it with crop."
        yield warning("cover-small", cover.place, why, help)


def store_contents_deep(plan: Plan) -> Iterator[Finding]:
    """Does the store show all levels of the contents? What is below them, readers do not find there."""
    rules = _asked(plan)
    if rules is None or rules.contents_levels is None:
        return
    levels = rules.contents_levels.value
    contents = contents_of(plan.publication, words_for(plan.publication.settings.language))
    if _depth(contents) > levels:
        first = next(_below(contents, levels))
        why = f"The contents of “{plan.name}” have {_depth(contents)} levels; {rules.name} shows {levels}: "
        why += f"“{first.title}” and others like it are not listed everywhere."
        help = "Use parts or fewer levels of headings, or accept that these are found by reading."
        yield hint("store-contents-deep", plan.place_of(("editions", plan.name, "store")), why, help)


def _depth(entries: Sequence[ContentsEntry]) -> int:
    return 1 + max((_depth(entry.children) for entry in entries), default=0) if entries else 0


def _below(entries: Sequence[ContentsEntry], levels: int) -> Iterator[ContentsEntry]:
    """Entries that stand deeper than so many levels."""
    for entry in entries:
        if levels == 0:
            yield entry
        yield from _below(entry.children, max(0, levels - 1))


def store_alt_long(plan: Plan) -> Iterator[Finding]:
    """Is every alt text as short as the store wants it? It is heard in one go."""
    rules = _asked(plan)
    if rules is None or rules.alt_characters is None:
        return
    for _, figure in plan.publication.figures():
        if len(figure.alt) >= rules.alt_characters.value:
            why = f"The alt text has {len(figure.alt)} characters; {rules.name} wants less than "
            why += f"{rules.alt_characters.value}."
            help = "Say the main thing here, and put the rest into long_description in photos.yaml."
            yield hint("store-alt-long", figure.place, why, help)


def store_drawing(plan: Plan) -> Iterator[Finding]:
    """Does the store show SVG drawings? Where it does not, readers see an empty place."""
    rules = _asked(plan)
    if rules is None or rules.drawings is None or rules.drawings.value:
        return
    for _, figure in plan.publication.figures():
        photograph = plan.album.get(figure.id)
        if photograph is not None and photograph.kind == "drawing":
            why = f"“{photograph.file.name}” is an SVG drawing; {rules.name} does not show every one of them."
            yield warning("store-drawing", figure.place, why, "Export it as PNG, 2000 px wide, and show that.")


STORE_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    cover_small,
    store_contents_deep,
    store_alt_long,
    store_drawing,
)


# ---- before it is packed


@dataclass(frozen=True)
class Pages:
    """An ebook as it was laid out, with its pictures by their figures."""

    edition: EpubEdition
    composition: Composition
    renditions: Mapping[str, Rendition]
    place_of: PlaceOf

    @property
    def rules(self) -> StoreRules:
        """Of its store."""
        return rules_for(self.edition.store)

    @property
    def place(self) -> Place:
        """Where its store is named."""
        return self.place_of(("editions", self.composition.name, "store"))


def check_pages(pages: Pages) -> tuple[Finding, ...]:
    """What a store would say of an ebook whose pages are laid out."""
    return tuple(finding for ask in PAGES_CHECKS for finding in ask(pages))


def store_cover_missing(pages: Pages) -> Iterator[Finding]:
    """Has the file a cover, where the store wants one inside? It is refused without."""
    rules = pages.rules
    if pages.edition.is_fixed:
        return  # it always has one
    if rules.cover_inside and rules.cover_inside.value and pages.composition.cover is None:
        why = f"“{pages.composition.name}” has no cover picture; {rules.name} refuses a file without one."
        help = "Name a photograph: cover: {photograph: fire.jpg}."
        yield error("store-cover-missing", pages.place, why, help)


def store_page_large(pages: Pages) -> Iterator[Finding]:
    """Is every page of the ebook, with its pictures, as small as the store advises? Larger ones open slowly or not."""
    rules = pages.rules
    if rules.page_mb is None or pages.edition.is_fixed:
        return  # the pages of a fixed layout are far smaller than its chapters
    sizes = {one.name: one.path.stat().st_size for one in pages.composition.renditions}
    for unit in pages.composition.units:
        names = set(_PICTURE.findall(unit.xhtml))
        size = len(unit.xhtml.encode()) + sum(sizes.get(name, 0) for name in names)
        if size > rules.page_mb.value * _MEGABYTE:
            why = f"“{unit.title}” has {size / _MEGABYTE:.1f} MB with its {len(names)} pictures; {rules.name} advises "
            why += f"at most {rules.page_mb.value:g} in one chapter, since a reader loads it as a whole."
            help = "Make two chapters of it, or lower image_px."
            yield warning("store-page-large", Place(unit.source) if unit.source else pages.place, why, help)


def store_picture_large(pages: Pages) -> Iterator[Finding]:
    """Is every picture's file as small as the store takes it? A larger one is reduced there, by other hands."""
    rules = pages.rules
    if rules.picture_mb is None:
        return
    names = {one.name for one in pages.composition.renditions}
    for _, figure in pages.composition.publication.figures():
        rendition = pages.renditions.get(figure.id)
        if rendition is None or rendition.name not in names:
            continue
        size = rendition.path.stat().st_size
        if size > rules.picture_mb.value * _MEGABYTE:
            why = f"“{figure.file.rpartition('/')[2]}” has {size / _MEGABYTE:.1f} MB in “{pages.composition.name}”; "
            why += f"{rules.name} takes {rules.picture_mb.value:g} for one picture."
            yield warning("store-picture-large", figure.place, why, "Lower quality or image_px of the edition.")


PAGES_CHECKS: tuple[Callable[[Pages], Iterator[Finding]], ...] = (
    store_cover_missing,
    store_page_large,
    store_picture_large,
)
