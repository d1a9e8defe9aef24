"""The front cover of one edition: the recipe of its picture, and the values for the template of its page.

In a PDF the page engine sets the words, on the photograph or on the accent colour. The ebook's cover is one picture
with the words in it, as shops and shelves show it, and needs no page engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from pressroom.contrast import Rgb, contrast
from pressroom.cover.arrangement import (
    Arrangement,
    CoverRole,
    CoverSheet,
    CoverText,
    DrawnRule,
    on_photograph,
    without_photograph,
)
from pressroom.css import declarations, rgb_of
from pressroom.design.companions import upright_companions
from pressroom.design.composition import FontFace
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.grid import grid_for
from pressroom.design.sizes import cover_size
from pressroom.design.styling import Faces, Styling, find_fonts
from pressroom.errors import Finding, warning
from pressroom.photographs import CoverRecipe, CoverRendition, RelativeBox, Rendition, TypeLine, WordsPlace, can_shape
from pressroom.photographs.legibility import CoverInk, CoverPosition
from pressroom.publication import Edition, PdfEdition, Publication, Settings, Window
from pressroom.publication.measures import NAMED_TRIMS, pixels
from pressroom.publication.pdf_edition import PRESS_QUALITY, SCREEN_QUALITY

EBOOK = PdfEdition(format="pdf", trim=NAMED_TRIMS["us-trade"])
"""The page that an ebook's cover is drawn on: 2:3, as most shops show covers; some stores change its height."""
_COLOURS = {"paper": (255, 255, 255), "ink": (27, 27, 27), "accent": (0, 92, 123)}
"""The colours used where a style sheet has none that can be read."""
FRONT_PPI = 300
"""The least ppi of a printed cover around a book whose PDF is made for a screen."""
_AROUND = 0.5
"""The space around words that counts as their background, in units of the grid."""


@dataclass(frozen=True)
class CoverPage:
    """The values that a template gets for the front cover."""

    place: CoverPosition
    ink: CoverInk
    texts: tuple[CoverText, ...]
    rules: tuple[DrawnRule, ...]
    margin: float
    """The margin on all sides, in units of the grid."""
    picture: Rendition | None = None
    alt: str = ""

    @property
    def faces(self) -> list[FontFace]:
        """The font faces that its words are set in."""
        return [text.face for text in self.texts]


def on_front(hand: EditionInHand) -> EditionInHand:
    """The edition as the page of its front: of a printed cover only that part of the sheet."""
    wrap = hand.wrap
    book = hand.settings.editions[wrap.of].page if wrap else None
    if wrap is None or book is None:
        return hand
    ppi = book.image_ppi if book.for_press else max(book.image_ppi, FRONT_PPI)
    front = PdfEdition(
        format="pdf", trim=book.trim, bleed=wrap.bleed, marks=wrap.marks, image_ppi=ppi, min_ppi=book.min_ppi,
        standard=wrap.standard, profile=wrap.profile, printer=wrap.printer,
    )  # fmt: skip
    return hand.made_as(front)


def sheet_for(hand: EditionInHand, faces: Faces) -> CoverSheet:
    """The page that an edition's cover is arranged on."""
    page = hand.page or _ebook_page(hand.edition)
    companions = partial(upright_companions, root=hand.layout.root)
    return CoverSheet(grid_for(page, hand.layout.manifest.papers), hand.settings, faces, companions)


def _ebook_page(edition: Edition) -> PdfEdition:
    """The page that an ebook's cover is drawn on, in the proportions that its store asks for."""
    width, height = cover_size(edition)
    trim = replace(EBOOK.trim, height=EBOOK.trim.width * height / width)
    return EBOOK.model_copy(update={"trim": trim})


def colours(css: str) -> dict[str, Rgb]:
    """The colours of a layout by their names, from a style sheet.

    The first value of each is taken: later ones are for dark mode or for e-ink.
    """
    palette: dict[str, Rgb] = {}
    for each in declarations(css):
        if each.name.startswith("--") and (colour := rgb_of(each.value)) is not None:
            palette.setdefault(each.name[2:], colour)
    return _COLOURS | palette


def inks(settings: Settings, palette: Mapping[str, Rgb]) -> dict[CoverInk, Rgb]:
    """The inks that the words may have: the one of publication.yaml, else both."""
    both: dict[CoverInk, Rgb] = {"light": palette["paper"], "dark": palette["ink"]}
    return {settings.cover.ink: both[settings.cover.ink]} if settings.cover.ink != "auto" else both


# ---- the page


def front_page(hand: EditionInHand, styling: Styling, renditions: Mapping[str, Rendition]) -> CoverPage:
    """The front cover of an edition, with the cover picture among its renditions, if it has one."""
    sheet = sheet_for(hand, styling.faces)
    return cover_page(hand.publication, sheet, styling.styles[0].css, cover_among(renditions))


def cover_among(renditions: Mapping[str, Rendition]) -> CoverRendition | None:
    """The cover picture among these renditions, if there is one."""
    return next((made for made in renditions.values() if isinstance(made, CoverRendition)), None)


def cover_page(publication: Publication, sheet: CoverSheet, css: str, picture: CoverRendition | None) -> CoverPage:
    """The front cover with its picture, or in type alone."""
    if picture is None:
        arranged = without_photograph(sheet)
        choice, background = inks(sheet.settings, colours(css)), colours(css)["accent"]
        ink = max(choice, key=lambda ink: contrast(choice[ink], background))
        return CoverPage(arranged.place, ink, arranged.texts, arranged.rules, sheet.margin)
    setting = picture.setting
    arranged = next(one for one in on_photograph(sheet) if one.place == setting.place)
    alt = publication.cover.alt if publication.cover else ""
    return CoverPage(setting.place, setting.ink, arranged.texts, (), sheet.margin, picture, alt)


# ---- the picture


def cover_picture(hand: EditionInHand) -> tuple[CoverRecipe | None, tuple[Finding, ...]]:
    """The recipe of the cover picture, or None where the edition needs none; and findings on words it cannot hold."""
    faces, missing = find_fonts(hand.settings, hand.layout, hand.place_of)
    if missing or not hand.edition.shows_front:
        return None, ()
    hand = on_front(hand)
    sheet, cover = sheet_for(hand, faces), hand.publication.cover
    css = hand.layout.style("shared.css")[0].css
    recipe = picture_for(sheet, hand.edition, css, has_photograph=cover is not None and cover.id in hand.album)
    return recipe, tuple(unset_findings(sheet, hand))


def picture_for(sheet: CoverSheet, edition: Edition, css: str, *, has_photograph: bool) -> CoverRecipe | None:
    """The recipe of a cover's picture: for a PDF the photograph alone, for an ebook the whole cover.

    None where no picture is needed: a cover in type alone, which the page engine sets, or an ebook's without words.
    """
    arrangements = _arrangements(sheet, has_photograph=has_photograph)
    with_words = not edition.page and not unset(sheet)
    if not (has_photograph or with_words):
        return None
    width, height = cover_size(edition)
    if page := edition.page:
        sides = (page.trim.width + 2 * page.bleed, page.trim.height + 2 * page.bleed)
        width, height = (pixels(side, page.image_ppi) for side in sides)
    places = (
        WordsPlace(
            one.place,
            tuple(_boxes(one, sheet)),
            tuple(_lines(one, sheet, width)) if with_words else (),
            tuple(_rules(one, sheet, width)) if with_words else (),
        )
        for one in arrangements
    )
    palette = colours(css)
    quality = PRESS_QUALITY if edition.for_press else SCREEN_QUALITY
    return CoverRecipe(
        width,
        height,
        quality,
        tuple(places),
        tuple(inks(sheet.settings, palette).items()),
        background=palette["accent"],
        is_for_shops=not edition.page,
    )


def _arrangements(sheet: CoverSheet, *, has_photograph: bool) -> tuple[Arrangement, ...]:
    """The arrangements of words to choose from."""
    if not has_photograph:
        return (without_photograph(sheet),)
    wanted = sheet.settings.cover.title_at
    return tuple(one for one in on_photograph(sheet) if wanted in ("auto", one.place))


def _boxes(arrangement: Arrangement, sheet: CoverSheet) -> Iterator[RelativeBox]:
    """The box behind each text, in shares of the picture, which extends beyond the page by the bleed."""
    bleed = sheet.grid.bleed / sheet.grid.paper.unit
    across, down = sheet.width + 2 * bleed, sheet.height + 2 * bleed
    for text in arrangement.texts:
        begin = sheet.width - sheet.margin - text.width if text.at_end != sheet.is_rtl else sheet.margin
        left, right = begin - _AROUND, begin + text.width + _AROUND
        top, bottom = text.baseline(0) - text.cut.cap * text.size - _AROUND, text.baseline(-1) + _AROUND
        yield (left + bleed) / across, (top + bleed) / down, (right + bleed) / across, (bottom + bleed) / down


def _lines(arrangement: Arrangement, sheet: CoverSheet, width: int) -> Iterator[TypeLine]:
    """The lines of type to be drawn into a picture of this width, in px."""
    unit = width / sheet.width
    for text in arrangement.texts:
        at_right = text.at_end != sheet.is_rtl
        x = (sheet.width - sheet.margin if at_right else sheet.margin) * unit
        for n, line in enumerate(text.lines):
            size, baseline = text.size * unit, text.baseline(n) * unit
            begin = x if at_right else x - text.overhang(line) * unit
            yield TypeLine(
                line, text.face.file, round(size, 2), round(begin, 1), round(baseline), at_right, sheet.is_rtl
            )


def _rules(arrangement: Arrangement, sheet: CoverSheet, width: int) -> Iterator[Window]:
    """The rules to be drawn into a picture of this width, as boxes in px."""
    unit = width / sheet.width
    for rule in arrangement.rules:
        top, left, right = rule.top * unit, sheet.margin * unit, (sheet.width - sheet.margin) * unit
        yield round(left), round(top), round(right), round(top + rule.weight * unit)


def unset(sheet: CoverSheet) -> tuple[CoverText, ...]:
    """The texts that cannot be drawn into a picture: no font has their letters, or FriBiDi is missing to join them."""
    texts = without_photograph(sheet).texts
    return tuple(t for t in texts if not all(t.cut.sets(line) and can_shape(line) for line in t.lines))


def unset_findings(sheet: CoverSheet, hand: EditionInHand) -> Iterator[Finding]:
    """Warn that an ebook's cover picture has no words, which is better than empty boxes in place of letters."""
    texts = () if hand.page else unset(sheet)
    for text in texts[:1]:
        key: dict[CoverRole, str] = {"makers": "creators"}
        why = f"The ebook’s cover picture has no words: no font has all the letters of “{text.lines[0]}”."
        remedy = "Put a font that has them into assets/fonts, and name its family under fonts."
        if all(map(text.cut.sets, text.lines)):
            why = f"The ebook’s cover picture has no words: this machine cannot join the letters of “{text.lines[0]}”."
            remedy = "Install FriBiDi: sudo apt install libfribidi0, or brew install fribidi."
        yield warning("cover-letters", hand.place_of((key.get(text.role, text.role),)), why, remedy)
