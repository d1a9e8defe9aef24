"""Faces: may an ebook bring the fonts that it is set in? Whoever has the ebook has the fonts that are in it."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.errors import Finding, warning
from pressroom.layouts import find_fonts
from pressroom.preflight.plan import Plan
from pressroom.publication import EpubEdition


def font_not_embeddable(plan: Plan) -> Iterator[Finding]:
    """Do the licences of the fonts let an ebook bring them? Those of others are left out, and readers see their own."""
    settings = plan.publication.settings
    edition = settings.editions[plan.name]
    if not isinstance(edition, EpubEdition) or edition.fonts == "none":
        return
    faces, _ = find_fonts(settings, plan.layout, plan.place_of)
    told: set[str] = set()
    for use, cuts in faces.items():
        locked = [face for face in cuts if not face.may_be_embedded]
        if locked and locked[0].family not in told:
            told.add(locked[0].family)
            files = ", ".join(f"“{face.file.name}”" for face in locked)
            why = f"{files}: the licence keeps the font “{locked[0].family}” out of ebooks, by what the file says of "
            why += "itself (OS/2 fsType); readers see a font of their own in its place."
            help = (
                "Ask its foundry for files that ebooks may bring, name another family, or give the edition fonts: none."
            )
            yield warning("font-not-embeddable", plan.place_of(("fonts", use)), why, help)
