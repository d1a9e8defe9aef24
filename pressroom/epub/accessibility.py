"""The accessibility metadata of an ebook, counted from its pages.

The terms are those of schema.org's accessibility properties, which EPUB Accessibility 1.1 requires. Only the publisher
can claim that an ebook conforms to a standard, after a person has evaluated it; this module never makes the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pressroom.epub.links import SVG, Page
from pressroom.xhtml import MATHML, XHTML

HAZARDS = ("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard")
"""The hazards that text and still pictures do not have."""
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))


@dataclass(frozen=True)
class Survey:
    """The accessibility features of the pages (schema.org, `accessibilityFeature`)."""

    pictures: int
    """The number of pictures that are not decoration."""
    described: int
    """The number of pictures with a text alternative."""
    long_descriptions: int
    """The number of pictures with a long description."""
    headings: bool
    index: bool
    """Whether the ebook has an index."""
    roles: bool
    """Whether elements have ARIA roles."""
    formulas: bool = False
    """Whether the ebook has formulas, all of which are MathML."""
    page_breaks: bool = False
    """Whether the pages of a print edition are marked."""
    page_list: bool = False
    """Whether the ebook has a page list."""
    landmarks: bool = False
    """Whether the ebook has landmarks: links to the cover, the contents, the beginning of the text."""
    reflows: bool = True
    """Whether the ebook is reflowable; fixed pages are not."""

    @property
    def is_described(self) -> bool:
        """Whether every picture has a text alternative."""
        return self.described == self.pictures

    @property
    def modes(self) -> tuple[str, ...]:
        """The senses that parts of the content need (accessMode)."""
        return ("textual", "visual") if self.pictures else ("textual",)

    @property
    def sufficient_modes(self) -> tuple[str, ...]:
        """The sets of senses that each suffice for the whole content (accessModeSufficient)."""
        together = ",".join(self.modes)
        return tuple(dict.fromkeys([together, "textual"])) if self.is_described else (together,)

    @property
    def features(self) -> tuple[str, ...]:
        """The features (accessibilityFeature): some are true of every ebook made here, the rest are counted."""
        present = {
            "tableOfContents": True,
            "index": self.index,
            "readingOrder": True,
            "structuralNavigation": self.headings,
            "alternativeText": self.pictures > 0 and self.is_described,
            "longDescription": self.long_descriptions > 0,
            "MathML": self.formulas,
            "ARIA": self.roles,
            "pageBreakMarkers": self.page_breaks,
            "pageNavigation": self.page_list,
            "displayTransformability": self.reflows,
        }
        return tuple(name for name, is_present in present.items() if is_present)

    @property
    def summary(self) -> str:
        """A summary in English (accessibilitySummary), used where the publisher has not written one."""
        adapts = "the text adapts to the size and colours that a reader sets" if self.reflows else "pages do not reflow"
        navigation = f"The contents lead to every chapter; {adapts}."
        return f"{self._picture_summary} {navigation}"

    @property
    def _picture_summary(self) -> str:
        if not self.pictures:
            return "All content is text."
        if self.is_described:
            return "Every picture has a text alternative."
        if not self.described:
            return "The pictures have no text alternatives."
        return f"Of {self.pictures} pictures, {self.described} have a text alternative."


def survey(pages: Sequence[Page]) -> Survey:
    """Count the accessibility features of the pages."""
    pictures = [picture for page in pages for picture in pictures_of(page.root)]
    elements = [element for page in pages for element in page.root.iter("*")]
    return Survey(
        pictures=len(pictures),
        described=sum(map(has_alternative, pictures)),
        long_descriptions=sum(picture.get("aria-details") is not None for picture in pictures),
        headings=any(element.tag in _HEADINGS for element in elements),
        index=any(element.get("role") == "doc-index" for element in elements),
        roles=any(element.get("role") for element in elements),
        formulas=any(element.tag == f"{MATHML}math" for element in elements),
        page_breaks=any(element.get("role") == "doc-pagebreak" for element in elements),
        page_list=any(element.get("role") == "doc-pagelist" for element in elements),
        landmarks=any("landmarks" in (element.get(EPUB_TYPE) or "").split() for element in elements),
        reflows=not any(map(_is_fixed, elements)),
    )


def pictures_of(element: etree._Element) -> Iterator[etree._Element]:
    """The pictures in an element; the parts of a drawing do not count as pictures."""
    if element.get("aria-hidden") == "true":
        return
    if element.tag in (f"{XHTML}img", f"{SVG}svg") or element.get("role") == "img":
        if element.get("role") not in ("presentation", "none"):
            yield element
        return
    for child in element.iterchildren("*"):
        yield from pictures_of(child)


def _is_fixed(element: etree._Element) -> bool:
    """Whether an element states the page size in pixels, as fixed layouts require (EPUB 3.3, fixed layouts)."""
    return (
        element.tag == f"{XHTML}meta" and element.get("name") == "viewport" and "height" in element.get("content", "")
    )


def has_alternative(picture: etree._Element) -> bool:
    """Whether a picture has a text alternative, or is marked as decoration."""
    texts = (picture.get("alt"), picture.get("aria-label"), picture.findtext(f"{SVG}title"))
    return any(text and text.strip() for text in texts)
