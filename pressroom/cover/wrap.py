"""The printed cover: back, spine and front on one sheet, as a composition of one page.

The front is the one that all editions have; `spine` and `backcover` arrange the rest on the same grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pressroom.contrast import Rgb, contrast
from pressroom.cover.arrangement import CoverSheet
from pressroom.cover.back import Back, Barcode, back_of, barcode_of, hung
from pressroom.cover.front import EBOOK, CoverPage, colours, cover_among, cover_page, on_front, sheet_for
from pressroom.cover.spine import CLEAR, SpineText, spine_texts
from pressroom.design.compose import Compositor
from pressroom.design.composition import Composition, FontFace, Style
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.styling import styling_of, type_style
from pressroom.design.webfonts import brought
from pressroom.errors import Finding, PressroomError, advice, error, has_errors, warning
from pressroom.language.conventions import SpineTurn, spine_turn
from pressroom.photographs import Rendition
from pressroom.photographs.legibility import CoverInk
from pressroom.publication import CoverEdition, PdfEdition, Settings, Trim, isbn_digits, isbn_of
from pressroom.rules.caliper import Spine
from pressroom.rules.printers import PrinterRules, Zone

SAFE = 5.0
"""Millimetres from trim and folds that stay free of words, where a printer does not say."""
FEW = 24
"""Pages under which a book is rather stapled than glued, where a printer does not say."""


@dataclass(frozen=True)
class Wrap:
    """What a template knows of a cover around a book; the front is `cover`."""

    width: float
    """Of one of its two pages, in mm."""
    spine_width: float
    """Millimetres."""
    ink: CoverInk
    """Of the words on back and spine."""
    spine: tuple[SpineText, ...]
    turn: SpineTurn
    back: Back

    @property
    def sheet_width(self) -> float:
        """Of all three, in mm."""
        return 2 * self.width + self.spine_width


@dataclass(frozen=True)
class BoundBook:
    """A printed book that gets its cover: the cover's edition, and how thick the book is."""

    hand: EditionInHand
    """The cover's."""
    spine: Spine

    @property
    def settings(self) -> Settings:
        """What publication.yaml says."""
        return self.hand.settings

    @property
    def cover(self) -> CoverEdition:
        """The edition."""
        assert self.hand.wrap
        return self.hand.wrap

    @cached_property
    def front(self) -> EditionInHand:
        """The front, as a page of its own."""
        return on_front(self.hand)

    @property
    def rules(self) -> PrinterRules | None:
        """What its printer asks for."""
        return self.hand.rules


def lay_out_cover(
    hand: EditionInHand, spine: Spine, renditions: Mapping[str, Rendition]
) -> tuple[Composition, tuple[Finding, ...]]:
    """Lay out the cover of a book with this spine, and say what came of it.

    Raises PressroomError with the faults of the layout's files, and where the back has no room for its words.
    """
    bound = BoundBook(hand, spine)
    front = bound.front
    styling = styling_of(front, "wrap.css")
    sheet, screen, picture = sheet_for(front, styling.faces), hand.layout.options.css(EBOOK), cover_among(renditions)
    page = cover_page(hand.publication, sheet, screen, picture)
    wrap = _wrap(bound, sheet, page, colours(screen))
    findings = tuple(_findings(bound, wrap, sheet))
    if has_errors(findings):
        raise PressroomError(findings)
    used = {**styling.faces, "cover": [*(text.cut.face for text in page.texts), *_faces(wrap)]}
    fonts = brought(front.edition, used)
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


def _wrap(bound: BoundBook, sheet: CoverSheet, page: CoverPage, of: Mapping[str, Rgb]) -> Wrap:
    rules, unit, spine = bound.rules.cover if bound.rules else None, sheet.grid.paper.unit, bound.spine
    clear = rules.spine_clear.value if rules and rules.spine_clear else CLEAR
    least = rules.spine_text_from.value if rules and rules.spine_text_from else 0
    words = spine_texts(sheet, spine.width / unit, clear / unit) if spine.pages >= least else ()
    zone = rules.barcode.value if rules and rules.barcode else None
    code = _barcode(bound, zone, sheet.margin * unit)
    title = next(text for text in page.texts if text.role == "title") if page.rules else None
    both: dict[CoverInk, Rgb] = {"light": of["paper"], "dark": of["ink"]}
    ink = page.ink if page.picture is None else max(both, key=lambda ink: contrast(both[ink], of["accent"]))
    back = back_of(bound.hand.publication, sheet, hung(sheet, title), code, zone)
    return Wrap(sheet.grid.trim.width, spine.width, ink, words, spine_turn(bound.settings.language), back)


def _barcode(bound: BoundBook, zone: Zone | None, margin: float) -> Barcode | None:
    isbn = isbn_of(bound.settings.identifiers.get(bound.cover.of, ""))
    if not isbn:
        return None
    digits = isbn_digits(isbn)
    shown = isbn if len(re.sub(r"[\s-]", "", isbn)) == len(digits) else digits
    return barcode_of(shown, digits, bound.settings.cover.price_code, zone, margin)


def _faces(wrap: Wrap) -> Iterator[FontFace]:
    yield from (text.cut.face for text in wrap.spine)
    yield from (block.cut.face for block in (wrap.back.blurb, wrap.back.about, wrap.back.foot) if block)


def _sheet_edition(front: EditionInHand, wrap: Wrap) -> PdfEdition:
    """The sheet as one page for the press."""
    assert front.page
    return front.page.model_copy(update={"trim": Trim(round(wrap.sheet_width, 4), front.page.trim.height)})


# ---- what there is to say


def _findings(bound: BoundBook, wrap: Wrap, sheet: CoverSheet) -> Iterator[Finding]:
    yield from _few(bound)
    yield from _unsafe(bound, sheet)
    if wrap.back.is_full:
        why = "The back of the cover says more than there is room for, even in the smallest type."
        place = bound.hand.place_of(("cover", "back") if bound.settings.cover.back else ("description",))
        yield error("back-full", place, why, "Say it in fewer words: under cover: back: for the cover alone.")
    if not wrap.spine:
        yield _thin(bound)
    yield _measured(bound, wrap, sheet)


def _measured(bound: BoundBook, wrap: Wrap, sheet: CoverSheet) -> Finding:
    """What the printer's template must agree with."""
    spine, bleed = bound.spine, 2 * bound.cover.bleed
    wide, high = wrap.sheet_width, sheet.grid.trim.height
    why = f"{spine.pages} pages on {spine.paper} make a spine of {spine.width:.2f} mm; the sheet is {wide:.2f} × "
    why += f"{high:.2f} mm, with its bleed {wide + bleed:.2f} × {high + bleed:.2f} mm, and folded {wrap.width:.2f} and "
    why += f"{wrap.width + wrap.spine_width:.2f} mm from its left edge."
    return advice(
        "cover-measures", bound.hand.place(), why, "Hold it against the printer’s template for so many pages."
    )


def _few(bound: BoundBook) -> Iterator[Finding]:
    """Books of too few pages to be glued, or too many."""
    spine, rules = bound.spine, bound.rules
    pages = rules.pages.value if rules and rules.pages else None
    if rules and pages and not pages.least <= spine.pages <= (pages.most or spine.pages):
        limits = f"{pages.least} to {pages.most}" if pages.most else f"at least {pages.least}"
        why = f"{rules.name} binds books of {limits} pages; this one has {spine.pages}."
        yield error("cover-pages", bound.hand.place(), why, "Choose a larger or smaller page, or another printer.")
    elif pages is None and spine.pages < FEW:
        why = f"A book of {spine.pages} pages has hardly a spine: under {FEW} pages it is rather stapled than glued."
        yield advice(
            "cover-pages", bound.hand.place(), why, "Ask your printer how to bind it; stapled, it needs no spine."
        )


def _unsafe(bound: BoundBook, sheet: CoverSheet) -> Iterator[Finding]:
    rules = bound.rules
    safe = rules.cover.safe.value if rules and rules.cover.safe else SAFE
    margin = sheet.margin * sheet.grid.paper.unit
    if margin < safe:
        why = f"Words on the cover stand {margin:.1f} mm from its edges, where {safe:g} mm must stay free of them."
        yield warning("cover-unsafe", bound.hand.place(), why, "Give the layout a larger margin for this paper: side.")


def _thin(bound: BoundBook) -> Finding:
    spine, rules = bound.spine, bound.rules
    least = rules.cover.spine_text_from.value if rules and rules.cover.spine_text_from else 0
    why = f"The spine of {spine.width:.2f} mm stays without words: there is no room for type that can be read."
    if rules and spine.pages < least:
        why = f"The spine stays without words: {rules.name} prints them from {least} pages on; these are {spine.pages}."
    return advice("spine-thin", bound.hand.place(), why)
