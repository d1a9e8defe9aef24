"""Conformance: the final check of an ebook's pages before it claims an accessibility standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pressroom.design.composition import Composition
from pressroom.epub.accessibility import has_alternative, pictures_of
from pressroom.epub.links import Page
from pressroom.errors import Place, PressroomError, error
from pressroom.xhtml import XHTML


def check_claim(composition: Composition, pages: Sequence[Page], page_source: str) -> None:
    """Check the pages against the standard that the publication claims. `page_source` is the identifier of the print
    edition whose pages are marked. Raises PressroomError if a page fails.
    """
    claim = composition.publication.settings.accessibility.conforms_to
    faults = list(_faults(pages, page_source)) if claim else []
    if faults:
        place = Place(f"the edition “{composition.name}”")
        why = f"The ebook cannot claim “{claim}”: {'; '.join(faults)}."
        remedy = "Correct the layout’s templates, or take conforms_to out of publication.yaml."
        raise PressroomError([error("conformance-refused", place, why, remedy)])


def _faults(pages: Sequence[Page], page_source: str) -> Iterator[str]:
    marked = False
    for page in pages:
        if mute := sum(not has_alternative(picture) for picture in pictures_of(page.root)):
            yield f"{page.file} has {mute} {'picture' if mute == 1 else 'pictures'} without a text alternative"
        if not page.root.get("lang") and not page.root.get("{http://www.w3.org/XML/1998/namespace}lang"):
            yield f"{page.file} does not declare its language (WCAG 3.1.1)"
        if not (page.root.findtext(f"{XHTML}head/{XHTML}title") or "").strip():
            yield f"{page.file} has no title (WCAG 2.4.2)"
        marked = marked or any(element.get("role") == "doc-pagebreak" for element in page.root.iter("*"))
    if marked and not page_source:
        yield "it marks pages without naming the print edition (EPUB Accessibility 1.1, 3.3.3)"
