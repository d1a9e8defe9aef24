"""Stores: the form of their rules, and how these rules complete an ebook’s edition or refuse it.

A store is one file of data. What a store does not state, or nobody could confirm, has no rule: it is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pressroom import forms
from pressroom.errors import Finding, error
from pressroom.forms import PlaceOf
from pressroom.publication import Edition, EpubEdition
from pressroom.publication.edition_form import Store
from pressroom.rules.rulebook import Reference, Rule, builtin_rules


class Pixels(forms.Form):
    """The size of a picture."""

    width: int
    height: int


class Sides(forms.Form):
    """The least pixels of a picture’s two sides, upright or oblong."""

    shorter: int
    longer: int = 0

    def __str__(self) -> str:
        return f"{max(self.shorter, self.longer)} × {self.shorter}" if self.longer else f"{self.shorter}"

    def hold(self, width: int, height: int) -> bool:
        """Whether a picture of this size has enough pixels."""
        return min(width, height) >= self.shorter and max(width, height) >= self.longer


class StoreRules(forms.Form):
    """What a store asks of an ebook, and what Pressroom chooses for an ebook that is sold there."""

    name: str
    sources: dict[str, Reference]
    image_px: int
    """Longest side of a picture, in pixels, where the edition has no `image_px`: Pressroom’s choice, no rule."""
    quality: int
    """Quality of JPEGs where the edition has no `quality`: Pressroom’s choice, no rule."""
    max_mb: Rule[float] | None = None
    """The largest file that is taken. Megabytes have 1,000,000 bytes, here and below."""
    advised_mb: Rule[float] | None = None
    """The largest file that is advised, or taken from every publisher."""
    picture_pixels: Rule[int] | None = None
    """The most pixels of one picture."""
    picture_mb: Rule[float] | None = None
    """The largest file of one picture."""
    page_mb: Rule[float] | None = None
    """The largest size of one chapter’s file together with its pictures."""
    cover: Rule[Pixels] | None = None
    """The preferred size of the cover."""
    cover_least: Rule[Sides] | None = None
    """The least size of the cover."""
    cover_inside: Rule[bool] | None = None
    """Whether the EPUB itself must hold its cover."""
    contents_levels: Rule[int] | None = None
    """How many levels of the contents the store’s readers display."""
    alt_characters: Rule[int] | None = None
    """The longest alt text."""
    drawings: Rule[bool] | None = None
    """Whether the store’s readers display SVG drawings."""


@cache
def rules_for(store: Store) -> StoreRules:
    """The rules of a store."""
    return builtin_rules("stores", store, StoreRules)


def most_pixels(store: Store) -> int:
    """The most pixels of one picture: the store’s own limit, or else the one for any shop."""
    rule = rules_for(store).picture_pixels or rules_for("generic").picture_pixels
    assert rule is not None  # any shop has one
    return rule.value


# ---- How rules complete an edition or refuse it.


def applied(editions: Mapping[str, Edition]) -> dict[str, Edition]:
    """Editions whose open keys are completed from the rules of their stores."""
    return {name: _ruled(e.ebook) if e.ebook else e for name, e in editions.items()}


def _ruled(edition: EpubEdition) -> EpubEdition:
    rules = rules_for(edition.store)
    largest = rules.advised_mb or rules.max_mb
    wanted = {"image_px": rules.image_px, "quality": rules.quality} | ({"max_mb": largest.value} if largest else {})
    return edition.model_copy(
        update={key: value for key, value in wanted.items() if key not in edition.model_fields_set}
    )


def breaches(editions: Mapping[str, Edition], place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition allows a file that its store does not take."""
    for name, edition in editions.items():
        ebook = edition.ebook
        if ebook is None:
            continue
        rules = rules_for(ebook.store)
        if rules.max_mb and ebook.max_mb > rules.max_mb.value:
            most = f"{rules.max_mb.value:g}"
            why = f"{rules.name} takes files of at most {most} MB; max_mb allows {ebook.max_mb:g}."
            place = place_of(("editions", name, "max_mb"))
            yield error("store-file-large", place, why, f"Take the key out, or write max_mb: {most}.")
