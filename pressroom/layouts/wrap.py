"""The printed cover: back, spine and front on one sheet, as a composition of one page.

The front is the one that all editions have; `spine` and `backcover` arrange the rest on the same grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pressroom.errors import Finding, Place, PressroomError, error, has_errors, hint, warning
from pressroom.forms import PlaceOf
from pressroom.layouts.backcover import Back, Barcode, back_of, barcode_of, hung
from pressroom.layouts.barcode import isbn_digits
from pressroom.layouts.composition import Composition, FontFace, Style
from pressroom.layouts.cover import Sheet
from pressroom.layouts.frontcover import EBOOK, CoverPage, colours, cover_page, front_of, sheet_for
from pressroom.layouts.library import Layout
from pressroom.layouts.pages import Press, check, find_fonts, styles_of, type_style
from pressroom.layouts.spine import CLEAR, SpineText, Turn, spine_texts, turn_for
from pressroom.photographs import CoverRendition, Rendition
from pressroom.photographs.legibility import Ink, contrast
from pressroom.printers import CoverRules, PrinterRules, Spine, Zone, rules_for
from pressroom.publication import CoverEdition, PdfEdition, Publication, Settings, Trim
from pressroom.words import words_for

SAFE = 5.0
"""Millimetres from trim and folds that stay free of words, where a printer does not say."""
FEW = 24
"""Pages under which a book is rather stapled than glued, where a printer does not say."""
_ISBN = re.compile(r"urn:isbn:(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Wrap:
    """What a template knows of a cover around a book; the front is `cover`."""

    width: float
    """Of one of its two pages, in mm."""
    spine_width: float
    """Millimetres."""
    ink: Ink
    """Of the words on back and spine."""
    spine: tuple[SpineText, ...]
    turn: Turn
    back: Back

    @property
    def sheet_width(self) -> float:
        """Of all three, in mm."""
        return 2 * self.width + self.spine_width


def isbn_of(settings: Settings, cover: CoverEdition) -> str:
    """The ISBN of the book that a cover is for, as it is written; empty where it has none."""
    match = _ISBN.fullmatch(settings.identifiers.get(cover.of, ""))
    return match[1] if match else ""


def lay_out_cover(
    publication: Publication,
    name: str,
    layout: Layout,
    renditions: Mapping[str, Rendition],
    spine: Spine,
    place_of: PlaceOf = lambda _: Place("book/publication.yaml"),
) -> tuple[Composition, tuple[Finding, ...]]:
    """Lay out the cover of a book with such a spine, and say what came of it.

    Raises PressroomError with the faults of the layout's files, and where the back has no room for its words.
    """
    cover, settings = publication.settings.editions[name], publication.settings
    assert isinstance(cover, CoverEdition)
    front = front_of(cover, settings)
    assert isinstance(front, PdfEdition)
    faces, findings = find_fonts(settings, layout, place_of)
    styles, faults = styles_of(front, layout, "wrap.css")
    if has_errors([*findings, *faults]):
        raise PressroomError([*findings, *faults])
    picture = next((r for r in renditions.values() if isinstance(r, CoverRendition)), None)
    sheet, screen = sheet_for(front, layout, settings, faces), layout.options.css(EBOOK)
    page = cover_page(publication, sheet, screen, picture)
    wrap = _wrap(publication, cover, sheet, page, spine, screen)
    told = tuple(_told(wrap, cover, spine, sheet, name, place_of))
    if has_errors(told):
        raise PressroomError(told)
    used = {**faces, "cover": [text.cut.face for text in (*page.texts, *wrap.spine)], "back": _back_faces(wrap.back)}
    styles.append(Style("sheet.css", _measures(wrap)))
    styles.append(Style("type.css", type_style(used, words_for(settings.language), front)))
    press = Press(publication, name, front, layout, renditions, styles, faces, page)
    unit = press.unit("wrap", "wrap", words_for(settings.language).cover, "front", wrap=wrap)
    check(unit.xhtml, unit.kind, unit.title, layout)
    composition = Composition(
        publication=publication,
        name=name,
        edition=_sheet_edition(front, wrap),
        units=(unit,),
        contents=(),
        styles=tuple(styles),
        renditions=tuple({rendition.name: rendition for rendition in renditions.values()}.values()),
        fonts=tuple(dict.fromkeys(face for family in used.values() for face in family)),
        cover=picture,
        folds=(wrap.width, wrap.width + wrap.spine_width),
    )
    return composition, told


def _cover_rules(cover: CoverEdition) -> CoverRules | None:
    return rules_for(cover.printer).cover if cover.printer else None


def _wrap(
    publication: Publication, cover: CoverEdition, sheet: Sheet, page: CoverPage, spine: Spine, css: str
) -> Wrap:
    rules, unit, settings = _cover_rules(cover), sheet.grid.paper.unit, publication.settings
    clear = rules.spine_clear.value if rules and rules.spine_clear else CLEAR
    least = rules.spine_text_from.value if rules and rules.spine_text_from else 0
    words = spine_texts(sheet, spine.width / unit, clear / unit) if spine.pages >= least else ()
    zone = rules.barcode.value if rules and rules.barcode else None
    code = _barcode(settings, cover, zone, sheet.margin * unit)
    title = next(text for text in page.texts if text.role == "title") if page.rules else None
    of = colours(css)
    both: dict[Ink, tuple[int, int, int]] = {"light": of["paper"], "dark": of["ink"]}
    ink = page.ink if page.picture is None else max(both, key=lambda ink: contrast(both[ink], of["accent"]))
    back = back_of(publication, sheet, hung(sheet, title), code, zone)
    return Wrap(sheet.grid.trim.width, spine.width, ink, words, turn_for(settings.language), back)


def _barcode(settings: Settings, cover: CoverEdition, zone: Zone | None, margin: float) -> Barcode | None:
    isbn = isbn_of(settings, cover)
    if not isbn:
        return None
    digits = isbn_digits(isbn)
    shown = isbn if len(re.sub(r"[\s-]", "", isbn)) == len(digits) else digits
    return barcode_of(shown, digits, settings.cover.price_code, zone, margin)


def _back_faces(back: Back) -> list[FontFace]:
    return [block.cut.face for block in (back.blurb, back.about, back.foot) if block]


def _measures(wrap: Wrap) -> str:
    """The sheet as CSS variables: it is the page now, and the front's own width has another name."""
    sheet, width, spine = wrap.sheet_width, wrap.width, wrap.spine_width
    return f":root {{ --page-w: {sheet:.4f}mm; --trim-w: {width:.4f}mm; --spine: {spine:.4f}mm; }}\n"


def _sheet_edition(front: PdfEdition, wrap: Wrap) -> PdfEdition:
    """The sheet as a page of its own for the press. A printer's rules for pages do not hold for it."""
    trim = Trim(round(wrap.sheet_width, 4), front.trim.height)
    return front.model_copy(update={"trim": trim, "printer": None})


# ---- what there is to say


def _told(
    wrap: Wrap, cover: CoverEdition, spine: Spine, sheet: Sheet, name: str, place_of: PlaceOf
) -> Iterator[Finding]:
    rules, place = rules_for(cover.printer) if cover.printer else None, place_of(("editions", name))
    yield from _few(spine, rules, place)
    safe = rules.cover.safe.value if rules and rules.cover.safe else SAFE
    margin = sheet.margin * sheet.grid.paper.unit
    if margin < safe:
        why = f"Words on the cover stand {margin:.1f} mm from its edges, where {safe:g} mm must stay free of them."
        yield warning("cover-unsafe", place, why, "Give the layout a larger margin for this paper: side.")
    if wrap.back.is_full:
        why = "The back of the cover says more than there is room for, even in the smallest type."
        key = ("cover", "back") if sheet.settings.cover.back else ("description",)
        yield error("back-full", place_of(key), why, "Say it in fewer words: under cover: back: for the cover alone.")
    if not wrap.spine:
        yield _thin(spine, rules, place)
    trim = sheet.grid.trim
    size = f"{wrap.sheet_width:.2f} × {trim.height:.2f} mm"
    full = f"{wrap.sheet_width + 2 * cover.bleed:.2f} × {trim.height + 2 * cover.bleed:.2f} mm"
    why = f"{spine.pages} pages on {spine.paper} make a spine of {spine.width:.2f} mm; the sheet is {size}, {full} with "
    why += f"its bleed, and folded {wrap.width:.2f} and {wrap.width + wrap.spine_width:.2f} mm from its left edge."
    yield hint("cover-measures", place, why, "Hold it against the printer’s template for so many pages.")


def _few(spine: Spine, rules: PrinterRules | None, place: Place) -> Iterator[Finding]:
    pages = rules.pages.value if rules and rules.pages else None
    if rules and pages and not pages.least <= spine.pages <= (pages.most or spine.pages):
        limits = f"{pages.least} to {pages.most}" if pages.most else f"at least {pages.least}"
        why = f"{rules.name} binds books of {limits} pages; this one has {spine.pages}."
        yield error("cover-pages", place, why, "Choose a larger or smaller page, or another printer.")
    elif pages is None and spine.pages < FEW:
        why = f"A book of {spine.pages} pages has hardly a spine: under {FEW} pages it is rather stapled than glued."
        yield hint("cover-pages", place, why, "Ask your printer; a stapled book has its cover on four pages of its own.")


def _thin(spine: Spine, rules: PrinterRules | None, place: Place) -> Finding:
    least = rules.cover.spine_text_from.value if rules and rules.cover.spine_text_from else 0
    why = f"The spine of {spine.width:.2f} mm stays without words: there is no room for type that can be read."
    if rules and spine.pages < least:
        why = f"The spine stays without words: {rules.name} prints them from {least} pages on; these are {spine.pages}."
    return hint("spine-thin", place, why)
