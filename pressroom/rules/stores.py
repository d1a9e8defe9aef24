"""Stores: what each shop asks of an ebook, and what that makes of an edition.

The rules stand in stores.yaml, each with its source and its day. What a store does not say, or nobody could confirm,
has no rule: it is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pressroom import forms
from pressroom.errors import Finding, error
from pressroom.forms import PlaceOf
from pressroom.publication import EditionForm, EpubEdition
from pressroom.publication.edition_form import Store
from pressroom.rules.rulebook import Reference, Rule, read_rules

FILE = Path(__file__).with_name("stores.yaml")


class Pixels(forms.Form):
    """The size of a picture."""

    width: int
    height: int


class Sides(forms.Form):
    """Pixels that a picture must have, whichever way it stands."""

    shorter: int
    longer: int = 0

    def __str__(self) -> str:
        return f"{max(self.shorter, self.longer)} × {self.shorter}" if self.longer else f"{self.shorter}"

    def hold(self, width: int, height: int) -> bool:
        """Whether a picture has them."""
        return min(width, height) >= self.shorter and max(width, height) >= self.longer


class StoreRules(forms.Form):
    """What a store asks of an ebook, and what the builder chooses for it."""

    name: str
    sources: dict[str, Reference]
    image_px: int
    """Longest side of a picture where the publication says nothing: the builder’s choice."""
    quality: int
    """Of JPEGs, likewise."""
    max_mb: Rule[float] | None = None
    """The largest file that is taken."""
    advised_mb: Rule[float] | None = None
    """The largest file that is advised, or taken from everybody."""
    picture_pixels: Rule[int] | None = None
    """Most pixels of one picture."""
    picture_mb: Rule[float] | None = None
    """The largest file of one picture."""
    page_mb: Rule[float] | None = None
    """Most bytes that one page of the ebook may bring in with its pictures."""
    cover: Rule[Pixels] | None = None
    """The size of cover that is liked best."""
    cover_least: Rule[Sides] | None = None
    """What a cover must have."""
    cover_inside: Rule[bool] | None = None
    """Whether the file itself must hold its cover."""
    contents_levels: Rule[int] | None = None
    """How deep the contents are shown."""
    alt_characters: Rule[int] | None = None
    """The longest alt text."""
    drawings: Rule[bool] | None = None
    """Whether SVG drawings are shown."""


@cache
def _all() -> Mapping[str, StoreRules]:
    return read_rules(FILE, StoreRules)


def rules_for(store: Store) -> StoreRules:
    """The rules of a store."""
    return _all()[store]


def most_pixels(store: Store) -> int:
    """Most pixels of one picture: a store’s own limit, or else that of any shop."""
    rule = rules_for(store).picture_pixels or rules_for("generic").picture_pixels
    assert rule is not None  # any shop has one
    return rule.value


# ---- what they make of an edition


def applied(editions: Mapping[str, EditionForm]) -> dict[str, EditionForm]:
    """Editions with what their stores' rules say of what they leave open."""
    return {name: _ruled(e.ebook) if e.ebook else e for name, e in editions.items()}


def _ruled(edition: EpubEdition) -> EpubEdition:
    rules = rules_for(edition.store)
    largest = rules.advised_mb or rules.max_mb
    wanted = {"image_px": rules.image_px, "quality": rules.quality} | ({"max_mb": largest.value} if largest else {})
    return edition.model_copy(
        update={key: value for key, value in wanted.items() if key not in edition.model_fields_set}
    )


def breaches(editions: Mapping[str, EditionForm], place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition may become what its store does not take."""
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
