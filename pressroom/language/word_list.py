"""The list of the words that the builder itself prints, and its English ones. Other languages are in `vocabulary`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Words of one language, as they stand on pages and in navigation."""

    figure: str
    """In a reference: “figure 3”."""
    table: str
    equation: str
    tables: str
    continued: str
    """What is said of a table on its later pages: “Table 1 (continued)”."""
    bibliography: str
    page: str
    """In a printed reference: “p. 12”."""
    part: str
    back_to_text: str
    contents: str
    photographs: str
    credits: str
    colophon: str
    cover: str
    title_page: str
    imprint: str
    landmarks: str
    pages: str
    """Over the list of the pages of a print edition."""
    description: str
    """Over the long description of a picture."""
    start_of_text: str
    to_come: str
    """On the placeholder of a missing photograph."""
    pixels: str
    """“at least 1200 × 800 pixels”, with {width} and {height}."""
    set_in: str
    """In the colophon, with {fonts}."""
    made_with: str
    facing_page: str
    """In a caption whose picture stands on another page."""
    preceding_page: str
    following_page: str
    following_pages: str
    preceding_pages: str
    index: str
    see: str
    """In the index: “Artsakh, see …”."""
    see_also: str
    made_by_ai: str
    """After the credit of a picture made by artificial intelligence."""
    partly_by_ai: str
    """After the credit of a picture partly made by artificial intelligence."""
    list_comma: str = ", "
    places: tuple[str, ...] = ()
    """Where a picture stands among others: “Top left” and so on, by rows; without them, letters do."""

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """All words for the page of a picture that is not beside its caption."""
        pages = (self.preceding_pages, self.following_pages)
        return self.facing_page, self.preceding_page, self.following_page, *pages


ENGLISH = Words(
    figure="figure",
    table="table",
    equation="equation",
    tables="Tables",
    continued="continued",
    bibliography="Bibliography",
    page="p.",
    part="Part",
    back_to_text="Back to the text",
    contents="Contents",
    photographs="Photographs",
    credits="Credits",
    colophon="Colophon",
    cover="Cover",
    title_page="Title page",
    imprint="Imprint",
    landmarks="Landmarks",
    pages="Pages",
    description="Description",
    start_of_text="Start of the text",
    to_come="Photograph to come",
    pixels="at least {width} × {height} pixels",
    set_in="Set in {fonts}.",
    made_with="Made with Pressroom from one source for screen, print and ebook.",
    index="Index",
    see="see",
    see_also="see also",
    facing_page="Facing page",
    preceding_page="Preceding page",
    following_page="Following page",
    following_pages="Following pages",
    preceding_pages="Preceding pages",
    made_by_ai="Made with artificial intelligence",
    partly_by_ai="Partly made with artificial intelligence",
    places=("Top left", "Top", "Top right", "Left", "Centre", "Right", "Bottom left", "Bottom", "Bottom right"),
)
