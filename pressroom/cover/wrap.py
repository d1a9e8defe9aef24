"""The printed cover: back, spine and front on one sheet, as a composition of one page.

The front is the same as in all editions; `spine` and `back` arrange the rest on the same grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pressroom.contrast import Rgb, contrast
from pressroom.cover.arrangement import CoverSheet
from pressroom.cover.back import Back, Barcode, back_of, barcode_of, hanging_line, line_under
from pressroom.cover.back_pictures import MOST_HIGH, BackPictures, back_pictures
from pressroom.cover.front import EBOOK, CoverPage, colours, cover_among, cover_page, on_front, sheet_for
from pressroom.cover.spine import CLEAR, SpineText, spine_texts
from pressroom.design.compose import Compositor
from pressroom.design.composition import Composition, FontFace, Style
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.styling import styling_of, type_style
from pressroom.design.webfonts import embedded_faces
from pressroom.errors import Finding, PressroomError, advice, error, has_errors, warning
from pressroom.language.conventions import SpineTurn, spine_turn
from pressroom.photographs import Rendition
from pressroom.photographs.legibility import CoverInk
from pressroom.publication import CoverEdition, PdfEdition, Settings, Trim, isbn_digits, isbn_of
from pressroom.rules.caliper import Spine
from pressroom.rules.printers import PrinterRules, Zone

SAFE_MARGIN = 5.0
"""The distance in mm that words keep from trim and folds, if the printer has no rule."""
GLUED_FROM = 24
"""The number of pages from which books are glued and not stapled, if the printer has no rule."""


@dataclass(frozen=True)
class Wrap:
    """The values that a template gets for back and spine; those of the front are in `cover`."""

    width: float
    """The width of the front and of the back, in mm."""
    spine_width: float
    """The width of the spine, in mm."""
    ink: CoverInk
    """The ink of the words on back and spine."""
    spine: tuple[SpineText, ...]
    turn: SpineTurn
    back: Back
    pictures: BackPictures | None = None
    """The pictures of the back."""

    @property
    def sheet_width(self) -> float:
        """The width of back, spine and front together, in mm."""
        return 2 * self.width + self.spine_width


@dataclass(frozen=True)
class BoundBook:
    """A printed book with its cover: the edition of the cover, and the spine that the pages make."""

    hand: EditionInHand
    """The edition of the cover."""
    spine: Spine

    @property
    def settings(self) -> Settings:
        """The settings of the publication."""
        return self.hand.settings

    @property
    def cover(self) -> CoverEdition:
        """The form of the cover's edition."""
        assert self.hand.wrap
        return self.hand.wrap

    @cached_property
    def front(self) -> EditionInHand:
        """The front as the edition of a single page."""
        return on_front(self.hand)

    @property
    def rules(self) -> PrinterRules | None:
        """The rules of its printer, if one is named."""
        return self.hand.rules


def lay_out_cover(
    hand: EditionInHand, spine: Spine, renditions: Mapping[str, Rendition]
) -> tuple[Composition, tuple[Finding, ...]]:
    """Lay out the cover of a book with this spine, and return it with the findings on it.

    Raises PressroomError for faults in the layout's files, for a book that its printer cannot bind, and for a back
    whose text has no room.
    """
    bound = BoundBook(hand, spine)
    front = bound.front
    styling = styling_of(front, "wrap.css")
    sheet, screen, picture = sheet_for(front, styling.faces), hand.layout.options.css(EBOOK), cover_among(renditions)
    page = cover_page(hand.publication, sheet, screen, picture)
    figures = hand.publication.back_pictures
    backs = (back_pictures(figures, renditions, sheet, most) for most in MOST_HIGH)
    wraps = [_wrap(bound, sheet, page, colours(screen), back) for back in backs]
    wrap = next((each for each in wraps if not each.back.is_full), wraps[-1])
    findings = tuple(_findings(bound, wrap, sheet))
    if has_errors(findings):
        raise PressroomError(findings)
    used = {**styling.faces, "cover": [*(text.cut.face for text in page.texts), *_faces(wrap)]}
    fonts = embedded_faces(front.edition, used)
    styles = (
        *styling.styles,
        Style("sheet.css", f":root {{ --page-w: {wrap.sheet_width:.4f}mm; }}\n"),
        Style("type.css", type_style(front, used, fonts)),
    )
    compositor = Compositor(front, renditions, [style.name for style in styles], styling.faces, page)
    unit = compositor.unit("wrap", "wrap", hand.words.cover, "front", wrap=wrap)
    composition = Composition(
        publication=hand.publication,
        name=hand.name,
        edition=_sheet_edition(front, wrap),
        units=(unit,),
        contents=(),
        styles=styles,
        renditions=tuple({rendition.name: rendition for rendition in renditions.values()}.values()),
        fonts=fonts,
        cover=picture,
        rules=hand.rules,
        folds=(wrap.width, wrap.width + wrap.spine_width),
    )
    return composition, findings


def _wrap(
    bound: BoundBook, sheet: CoverSheet, page: CoverPage, palette: Mapping[str, Rgb], pictures: BackPictures | None
) -> Wrap:
    """Arrange back and spine, as their printer's rules ask."""
    rules, unit, spine = bound.rules.cover if bound.rules else None, sheet.grid.paper.unit, bound.spine
    clear = rules.spine_clear.value if rules and rules.spine_clear else CLEAR
    least = rules.spine_text_from.value if rules and rules.spine_text_from else 0
    words = spine_texts(sheet, spine.width / unit, clear / unit) if spine.pages >= least else ()
    zone = rules.barcode.value if rules and rules.barcode else None
    code = _barcode(bound, zone, sheet.margin * unit)
    title = next(text for text in page.texts if text.role == "title") if page.rules else None
    both: dict[CoverInk, Rgb] = {"light": palette["paper"], "dark": palette["ink"]}
    ink = page.ink if page.picture is None else max(both, key=lambda ink: contrast(both[ink], palette["accent"]))
    at = line_under(pictures.height) if pictures else hanging_line(sheet, title)
    back = back_of(bound.hand.publication, sheet, at, code, zone)
    return Wrap(sheet.grid.trim.width, spine.width, ink, words, spine_turn(bound.settings.language), back, pictures)


def _barcode(bound: BoundBook, zone: Zone | None, margin: float) -> Barcode | None:
    """The barcode of the book's ISBN, if it has one; `margin` is in mm."""
    isbn = isbn_of(bound.settings.identifiers.get(bound.cover.of, ""))
    if not isbn:
        return None
    digits = isbn_digits(isbn)
    printed = isbn if len(re.sub(r"[\s-]", "", isbn)) == len(digits) else digits
    return barcode_of(printed, digits, bound.settings.cover.price_code, zone, margin)


def _faces(wrap: Wrap) -> Iterator[FontFace]:
    """The font faces of back and spine."""
    yield from (text.cut.face for text in wrap.spine)
    yield from (block.cut.face for block in (wrap.back.blurb, wrap.back.about, wrap.back.foot) if block)


def _sheet_edition(front: EditionInHand, wrap: Wrap) -> PdfEdition:
    """The edition of the sheet as one page, as wide as back, spine and front."""
    assert front.page
    return front.page.model_copy(update={"trim": Trim(round(wrap.sheet_width, 4), front.page.trim.height)})


# ---- findings


def _findings(bound: BoundBook, wrap: Wrap, sheet: CoverSheet) -> Iterator[Finding]:
    """Every finding on a printed cover."""
    yield from _page_count(bound)
    yield from _unsafe(bound, sheet)
    if wrap.back.is_full:
        why = "The text on the back of the cover has no room, even in the smallest type."
        cover = bound.settings.cover
        key = "blurb" if cover.blurb else "back" if cover.back_words else ""
        place = bound.hand.place_of(("cover", key) if key else ("description",))
        yield error(
            "back-full", place, why, "Shorten it, or write a shorter text for the cover alone under cover: back:."
        )
    if not wrap.spine:
        yield _thin(bound)
    yield _measured(bound, wrap, sheet)


def _measured(bound: BoundBook, wrap: Wrap, sheet: CoverSheet) -> Finding:
    """The measures of the sheet in mm, to be compared with the printer's template."""
    spine, bleed = bound.spine, 2 * bound.cover.bleed
    wide, high = wrap.sheet_width, sheet.grid.trim.height
    why = f"{spine.pages} pages on {spine.paper} make a spine of {spine.width:.2f} mm. The cover measures {wide:.2f} × "
    why += f"{high:.2f} mm, {wide + bleed:.2f} × {high + bleed:.2f} mm with its bleed, and has its folds "
    why += f"{wrap.width:.2f} and {wrap.width + wrap.spine_width:.2f} mm from its left edge."
    remedy = "Compare these measures with the printer’s template for this number of pages."
    return advice("cover-measures", bound.hand.place(), why, remedy)


def _page_count(bound: BoundBook) -> Iterator[Finding]:
    """Report a book of too few or too many pages for its binding."""
    spine, rules = bound.spine, bound.rules
    pages = rules.pages.value if rules and rules.pages else None
    if rules and pages and not pages.least <= spine.pages <= (pages.most or spine.pages):
        limits = f"{pages.least} to {pages.most}" if pages.most else f"at least {pages.least}"
        why = f"{rules.name} binds books of {limits} pages; this one has {spine.pages}."
        yield error(
            "cover-pages",
            bound.hand.place(),
            why,
            "Choose a larger or smaller page to change their number, or another printer.",
        )
    elif pages is None and spine.pages < GLUED_FROM:
        why = (
            f"A book of {spine.pages} pages is too thin for a glued spine; under {GLUED_FROM} pages, books are stapled."
        )
        remedy = "Ask your printer how to bind it; a stapled book needs no spine."
        yield advice("cover-pages", bound.hand.place(), why, remedy)


def _unsafe(bound: BoundBook, sheet: CoverSheet) -> Iterator[Finding]:
    """Report words so near the trim that an inexact cut could touch them."""
    rules = bound.rules
    safe = rules.cover.safe.value if rules and rules.cover.safe else SAFE_MARGIN
    margin = sheet.margin * sheet.grid.paper.unit
    if margin < safe:
        why = f"Words on the cover are {margin:.1f} mm from its edges; within {safe:g} mm the trimming may cut them."
        remedy = "Raise the margin `side` of this paper in layout.yaml."
        yield warning("cover-unsafe", bound.hand.place(), why, remedy)


def _thin(bound: BoundBook) -> Finding:
    """The finding that the spine has no words."""
    spine, rules = bound.spine, bound.rules
    least = rules.cover.spine_text_from.value if rules and rules.cover.spine_text_from else 0
    why = f"The spine has no words: its {spine.width:.2f} mm leave no room for type that can be read."
    if rules and spine.pages < least:
        why = f"The spine has no words: {rules.name} prints them from {least} pages on; this book has {spine.pages}."
    remedy = "Nothing needs to be done. More pages or thicker paper would make room for the title."
    return advice("spine-thin", bound.hand.place(), why, remedy)
