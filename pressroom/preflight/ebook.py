"""Checks of an ebook: its plan, its pages before they are packed, and its file, against the rules of its store."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.design import Composition, ContentsEntry, EditionInHand
from pressroom.design.contents import contents_of, to_depth
from pressroom.design.sizes import cover_size
from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.language.words import words_for
from pressroom.photographs import Rendition
from pressroom.publication import (
    Block,
    Box,
    EpubEdition,
    Figure,
    Framing,
    Gallery,
    Settings,
    isbn_of,
    pictures_in,
)
from pressroom.rules.stores import StoreRules, rules_for

_MEGABYTE = 1_000_000


# ---- before it is made


def _asked(hand: EditionInHand) -> StoreRules | None:
    """The rules of the store that an ebook is for."""
    return rules_for(hand.ebook.store) if hand.ebook else None


def cover_small(hand: EditionInHand) -> Iterator[Finding]:
    """Has the cover's photograph enough pixels in the cover's shape? An enlarged one looks soft in shops."""
    rules, cover = _asked(hand), hand.publication.cover
    photograph = hand.album.get(cover.id) if cover else None
    if rules is None or rules.cover_least is None or cover is None or photograph is None:
        return
    if photograph.kind == "drawing":
        return
    full = cover_size(hand.edition)
    window = Framing(aspect=full[0] / full[1]).window(photograph.width, photograph.height)
    width, height, least = window[2] - window[0], window[3] - window[1], rules.cover_least.value
    if not least.hold(width, height):
        name = photograph.file.name
        why = f"“{name}” has {width} × {height} px in the shape of “{hand.name}”’s cover; {rules.name} asks for "
        why += f"{least} px at least, and one that is enlarged looks soft."
        remedy = f"Deliver it with {full[0]} × {full[1]} px or more, or show more of it with crop."
        yield warning("cover-small", cover.place, why, remedy)


def store_contents_deep(hand: EditionInHand) -> Iterator[Finding]:
    """Does the store show all levels of the contents? Readers do not find deeper entries there."""
    rules = _asked(hand)
    if rules is None or rules.contents_levels is None:
        return
    levels = rules.contents_levels.value
    every = contents_of(hand.publication, words_for(hand.settings.language))
    contents = to_depth(every, hand.settings.contents.depth)
    if _depth(contents) > levels:
        first = next(_below(contents, levels))
        why = f"The contents of “{hand.name}” have {_depth(contents)} levels; {rules.name} shows {levels}: "
        why += f"“{first.title}” and others like it are not listed everywhere."
        remedy = "Use fewer levels, write contents: {depth: 2}, or accept that the contents leave these out."
        yield advice("store-contents-deep", hand.place("store"), why, remedy)


def _depth(entries: Sequence[ContentsEntry]) -> int:
    return 1 + max((_depth(entry.children) for entry in entries), default=0) if entries else 0


def _below(entries: Sequence[ContentsEntry], levels: int) -> Iterator[ContentsEntry]:
    """Entries that stand deeper than so many levels."""
    for entry in entries:
        if levels == 0:
            yield entry
        yield from _below(entry.children, max(0, levels - 1))


def store_alt_long(hand: EditionInHand) -> Iterator[Finding]:
    """Is every alt text as short as the store asks? Listeners cannot skim it."""
    rules = _asked(hand)
    if rules is None or rules.alt_characters is None:
        return
    for _, figure in hand.publication.figures():
        if len(figure.alt) >= rules.alt_characters.value:
            why = f"The alt text has {len(figure.alt)} characters; {rules.name} asks for less than "
            why += f"{rules.alt_characters.value}, since listeners cannot skim it."
            remedy = "Keep the main thing here, and move the rest to long_description in photos.yaml."
            yield advice("store-alt-long", figure.place, why, remedy)


def store_drawing(hand: EditionInHand) -> Iterator[Finding]:
    """Does the store show SVG drawings? Where it does not, readers see an empty space."""
    rules = _asked(hand)
    if rules is None or rules.drawings is None or rules.drawings.value:
        return
    for _, figure in hand.publication.figures():
        photograph = hand.album.get(figure.id)
        if photograph is not None and photograph.kind == "drawing":
            why = f"“{photograph.file.name}” is an SVG drawing; {rules.name} leaves some of them blank."
            yield warning("store-drawing", figure.place, why, "Export it as PNG, 2000 px wide, and show that.")


STORE_CHECKS: tuple[Callable[[EditionInHand], Iterator[Finding]], ...] = (
    cover_small,
    store_contents_deep,
    store_alt_long,
    store_drawing,
)


# ---- before it is packed


@dataclass(frozen=True)
class EbookPages:
    """An ebook as it was laid out, with its pictures by their figures."""

    hand: EditionInHand
    edition: EpubEdition
    composition: Composition
    renditions: Mapping[str, Rendition]

    @property
    def rules(self) -> StoreRules:
        """The rules of its store."""
        return rules_for(self.edition.store)

    @property
    def place(self) -> Place:
        """The key that names its store."""
        return self.hand.place("store")


def check_pages(pages: EbookPages) -> tuple[Finding, ...]:
    """Check an ebook’s laid-out pages against the rules of its store."""
    return tuple(finding for ask in PAGES_CHECKS for finding in ask(pages))


def store_cover_missing(pages: EbookPages) -> Iterator[Finding]:
    """Has the file a cover, where the store requires one inside? The store refuses a file without one."""
    rules = pages.rules
    if pages.edition.is_fixed:
        return  # it always has one
    if rules.cover_inside and rules.cover_inside.value and pages.composition.cover is None:
        why = f"“{pages.composition.name}” has no cover picture; {rules.name} refuses a file without one."
        remedy = "Name a photograph: cover: {photograph: fire.jpg}."
        yield error("store-cover-missing", pages.place, why, remedy)


def store_page_large(pages: EbookPages) -> Iterator[Finding]:
    """Is every chapter, with its pictures, as small as the store advises? A larger one opens slowly or not at all."""
    rules = pages.rules
    if rules.page_mb is None or pages.edition.is_fixed:
        return  # the pages of a fixed layout are far smaller than its chapters
    sizes = {one.name: one.path.stat().st_size for one in pages.composition.renditions}
    for unit in pages.composition.units:
        names = unit.pictures
        size = len(unit.xhtml.encode()) + sum(sizes.get(name, 0) for name in names)
        if size > rules.page_mb.value * _MEGABYTE:
            why = f"“{unit.title}” has {size / _MEGABYTE:.1f} MB with its {len(names)} pictures; {rules.name} advises "
            why += f"at most {rules.page_mb.value:g} in one chapter, since a reader loads it as a whole."
            remedy = "Make two chapters of it, or lower image_px."
            yield warning("store-page-large", Place(unit.source) if unit.source else pages.place, why, remedy)


def store_picture_large(pages: EbookPages) -> Iterator[Finding]:
    """Is every picture's file as small as the store asks? The store reduces a larger one by itself."""
    rules = pages.rules
    if rules.picture_mb is None:
        return
    names = {one.name for one in pages.composition.renditions}
    for _, figure in pages.composition.publication.figures():
        rendition = pages.renditions.get(figure.id)
        if rendition is None or rendition.name not in names:
            continue
        size = rendition.path.stat().st_size
        if size > rules.picture_mb.value * _MEGABYTE:
            why = f"“{figure.file.rpartition('/')[2]}” has {size / _MEGABYTE:.1f} MB in “{pages.composition.name}”; "
            why += f"{rules.name} reduces pictures of more than {rules.picture_mb.value:g}."
            yield warning("store-picture-large", figure.place, why, "Lower quality or image_px of the edition.")


PAGES_CHECKS: tuple[Callable[[EbookPages], Iterator[Finding]], ...] = (
    store_cover_missing,
    store_page_large,
    store_picture_large,
)


# ---- the claim to conform to an accessibility standard, as far as software can check it


def conformance_refused(hand: EditionInHand) -> Iterator[Finding]:
    """Can the ebook claim the accessibility standard that it names? Readers who need it rely on the claim."""
    edition, stated = hand.ebook, hand.settings.accessibility
    if edition is None or not stated.conforms_to:
        return
    place = hand.place_of(("accessibility", "conforms_to"))
    claim = f"“{hand.name}” cannot claim “{stated.conforms_to}”"
    if edition.is_fixed:
        why = f"{claim}, and does not: the text of a fixed layout cannot be made larger (WCAG 2.2, 1.4.4)."
        yield advice("conformance-fixed", place, why, "Offer a reflowable ebook, too: layout_mode: reflowable.")
        return
    mute = [f"{_named(figure)} ({figure.place})" for figure in _shown(hand) if not figure.alt.strip()]
    if mute:
        have = "1 picture has" if len(mute) == 1 else f"{len(mute)} pictures have"
        why = f"{claim}: {have} no alt text for readers who cannot see: {', '.join(mute)}."
        remedy = "Write an alt text for each, or take conforms_to out."
        yield error("conformance-refused", place, why, remedy)
    if not stated.certified_by:
        why = f"{claim} without the name of the person who has evaluated the ebook."
        yield error("conformance-refused", place, why, "Write certified_by: … below it, or take conforms_to out.")


def _named(figure: Figure) -> str:
    return f"“{figure.file.rpartition('/')[2]}”" if figure.file else "a photograph to come"


def _shown(hand: EditionInHand) -> Iterator[Figure]:
    """Every picture of the edition, also one that has not arrived yet."""
    cover = hand.publication.cover
    if cover is not None and hand.edition.shows_front:
        yield cover
    for chapter in hand.publication.chapters():
        yield from _inside(chapter.blocks, hand.name)


def _inside(blocks: tuple[Block, ...], edition: str) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure | Gallery):
            yield from pictures_in(block)
        elif isinstance(block, Box) and (block.kind != "only" or edition in block.editions):
            yield from _inside(block.blocks, edition)


CONFORMANCE_CHECKS: tuple[Callable[[EditionInHand], Iterator[Finding]], ...] = (conformance_refused,)


# ---- the finished file; for PDFs see `press`


def check_file(hand: EditionInHand, file: Path) -> tuple[Finding, ...]:
    """Check an ebook's finished file, before Pressroom moves it to its place."""
    return tuple(finding for ask in FILE_CHECKS for finding in ask(hand, file))


def ebook_too_large(hand: EditionInHand, file: Path) -> Iterator[Finding]:
    """Is the file within its budget, `max_mb`? Stores refuse a larger one at the upload."""
    if hand.ebook and (size := file.stat().st_size) > hand.ebook.max_mb * _MEGABYTE:
        why = f"The ebook has {size / _MEGABYTE:.2f} MB; max_mb allows {hand.ebook.max_mb:g}. It is not written."
        yield error("ebook-too-large", _product(hand), why, "Raise max_mb, or show fewer pictures.")


def ebook_broken(hand: EditionInHand, file: Path) -> Iterator[Finding]:
    """Is the finished container sound, with `mimetype` first and stored (OCF 3.3, 4.2)? Readers refuse others."""
    with zipfile.ZipFile(file) as ebook:
        first = ebook.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or ebook.testzip():
            why = "The ebook’s container is damaged; no reader would open it."
            yield error("ebook-broken", _product(hand), why, "Build it again; if that changes nothing, report it.")


def _product(hand: EditionInHand) -> Place:
    """The place of findings about a product: its edition."""
    return Place(f"the edition “{hand.name}”")


FILE_CHECKS: tuple[Callable[[EditionInHand, Path], Iterator[Finding]], ...] = (ebook_too_large, ebook_broken)


# ---- metadata for the book trade


def onix_incomplete(hand: EditionInHand) -> Iterator[Finding]:
    """Has the ONIX record what shops need to list the ebook? They return an incomplete one, or hide the ebook."""
    settings = hand.settings
    if not hand.ebook or not hand.ebook.onix:
        return
    missing = [what for what, is_there in _wanted(settings, hand.name).items() if not is_there]
    place = hand.place("onix")
    remedy = f"Add to publication.yaml: {', '.join(missing)}."
    if not settings.publisher:
        why = f"“{hand.name}” can have no ONIX record: a record must name its sender, and there is no publisher."
        yield error("onix-incomplete", place, why, remedy)
    elif missing:
        why = f"The ONIX record of “{hand.name}” lacks what most shops ask for: {', '.join(missing)}."
        yield warning("onix-incomplete", place, why, remedy)


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


ONIX_CHECKS: tuple[Callable[[EditionInHand], Iterator[Finding]], ...] = (onix_incomplete,)
