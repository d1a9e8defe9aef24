"""What a store's rules make of an ebook: they fill in what the publication leaves open; a file that may grow larger
than the store takes is a fault, since it would come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pressroom.errors import Finding, error
from pressroom.forms import PlaceOf
from pressroom.publication import Edition, EpubEdition
from pressroom.stores.rules import rules_for


def applied(editions: Mapping[str, Edition]) -> dict[str, Edition]:
    """Editions with what their stores' rules say of what they leave open."""
    return {name: _ruled(e) if isinstance(e, EpubEdition) else e for name, e in editions.items()}


def _ruled(edition: EpubEdition) -> EpubEdition:
    rules = rules_for(edition.store)
    largest = rules.advised_mb or rules.max_mb
    wanted = {"image_px": rules.image_px, "quality": rules.quality} | ({"max_mb": largest.value} if largest else {})
    return edition.model_copy(
        update={key: value for key, value in wanted.items() if key not in edition.model_fields_set}
    )


def breaches(editions: Mapping[str, Edition], place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition may become what its store does not take."""
    for name, edition in editions.items():
        if not isinstance(edition, EpubEdition):
            continue
        rules = rules_for(edition.store)
        if rules.max_mb and edition.max_mb > rules.max_mb.value:
            most = f"{rules.max_mb.value:g}"
            why = f"{rules.name} takes files of at most {most} MB; max_mb allows {edition.max_mb:g}."
            place = place_of(("editions", name, "max_mb"))
            yield error("store-file-large", place, why, f"Take the key out, or write max_mb: {most}.")
