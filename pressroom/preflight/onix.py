"""Whether a publication says enough of itself for the trade."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, warning
from pressroom.preflight.plan import Plan
from pressroom.publication import EpubEdition, Settings, isbn_of


def onix_incomplete(plan: Plan) -> Iterator[Finding]:
    """Does an ONIX record hold what shops need to list the ebook? They send others back, or list what nobody finds."""
    settings = plan.publication.settings
    edition = settings.editions[plan.name]
    if not isinstance(edition, EpubEdition) or not edition.onix:
        return
    missing = [what for what, is_there in _wanted(settings, plan.name).items() if not is_there]
    place = plan.place_of(("editions", plan.name, "onix"))
    help = f"Add to publication.yaml: {', '.join(missing)}."
    if not settings.publisher:
        why = f"“{plan.name}” can have no ONIX record: one names who sends it, and there is no publisher."
        yield error("onix-incomplete", place, why, help)
    elif missing:
        why = f"The ONIX record of “{plan.name}” lacks what most shops ask for: {', '.join(missing)}."
        yield warning("onix-incomplete", place, why, help)


def _wanted(settings: Settings, name: str) -> dict[str, bool]:
    return {
        "publisher": bool(settings.publisher),
        f"identifiers: {{{name}: urn:isbn:…}}": bool(isbn_of(settings.identifiers.get(name, ""))),
        "published": settings.published is not None,
        "creators": bool(settings.creators),
        "description": bool(settings.description),
        "a subject with a code of Thema or BISAC": any(
            subject.scheme in ("thema", "bisac") and subject.code for subject in settings.subjects
        ),
    }


ONIX_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (onix_incomplete,)
