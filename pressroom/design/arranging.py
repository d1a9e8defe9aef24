"""Arranging: pictures that no word of the manuscript places become pages and spreads, as the pacing decides.

It is decided once for all editions, on the paper of the first press edition. Every word in the manuscript wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pressroom.design.library import Layout
from pressroom.design.pictures_to_pace import PicturesToPace, is_free, letters_in, pacing_paper
from pressroom.errors import Finding, Place, advice
from pressroom.pacing import (
    Pacing,
    PacingPaper,
    PacingWish,
    PictureOnSpread,
    WordsOfPlacement,
    pace,
    placed,
    words,
)
from pressroom.photographs import Album, Photograph, SeenPicture
from pressroom.publication import (
    PLACEMENTS,
    ArrangeSetting,
    Block,
    Chapter,
    Figure,
    Focus,
    Gallery,
    Generated,
    Part,
    Prose,
    Publication,
    parse_focus,
    pictures_in,
)
from pressroom.xhtml import read_fragment, write_fragment

KEEP = "keep"
"""The class of text that is not drawn forward past a picture."""
_NEAR = 0.05
"""The share by which a book may miss the pages that were asked for, without a word."""


@dataclass(frozen=True)
class ArrangedPage:
    """A page that the pacing has made of pictures without a word of placement."""

    places: tuple[Place, ...]
    """Where each of its pictures stands in the manuscript."""
    words: WordsOfPlacement


@dataclass(frozen=True)
class Arranged:
    """A publication whose pictures all have their places."""

    publication: Publication
    album: Album
    pages: tuple[ArrangedPage, ...] = ()
    pacings: tuple[Pacing, ...] = ()
    findings: tuple[Finding, ...] = ()


def to_arrange(publication: Publication, layout: Layout) -> tuple[Chapter, ...]:
    """The chapters that have pictures to arrange: they or their publication ask for it, or else their layout does."""
    return tuple(
        chapter
        for chapter in publication.chapters()
        if _setting(chapter, publication, layout).is_on and any(is_free(block) for block in chapter.blocks)
    )


def _setting(chapter: Chapter, publication: Publication, layout: Layout) -> ArrangeSetting:
    by_layout = ArrangeSetting(is_on=layout.manifest.arrange == "auto")
    return chapter.arrange or publication.settings.arrange or by_layout


def arranged(publication: Publication, album: Album, layout: Layout, seen: Mapping[str, SeenPicture]) -> Arranged:
    """Arrange the pictures of all chapters that ask for it; `seen` has what was seen in each, by the figure’s id.

    Chapters that ask for a taste or a length of their own are paced alone, all others together.
    """
    chapters = to_arrange(publication, layout)
    if not chapters:
        return Arranged(_with_kept_text(publication, layout), album)
    paper = pacing_paper(publication.settings, layout)
    pictures = PicturesToPace(album, seen, paper)
    pacings: list[Pacing] = []
    findings: list[Finding] = []
    alone = [(chapter,) for chapter in chapters if chapter.arrange]
    for together in filter(None, (*alone, tuple(chapter for chapter in chapters if not chapter.arrange))):
        setting = _setting(together[0], publication, layout)
        sequence = [picture for chapter in together for picture in pictures.of(chapter)]
        pacings.append(pace(sequence, paper, PacingWish(setting.seed, setting.pages)))
        findings += _remarks(pacings[-1], together, setting)
    by_first = {page.pictures[0]: page for pacing in pacings for page in words(pacing)}
    typed = {first: _typed(page, album) for first, page in by_first.items()}
    pages = tuple(page for chapter in chapters for page in _pages(chapter, typed))
    changed = {chapter.id: replace(chapter, blocks=tuple(_blocks(chapter.blocks, by_first))) for chapter in chapters}
    focused = {id: replace(album[id], focus=focus) for id, focus in _focuses(by_first.values()) if id in album}
    whole = _with_kept_text(_with_chapters(publication, changed), layout)
    return Arranged(whole, {**album, **focused}, pages, tuple(pacings), tuple(findings))


# ---- what comes out


def _pages(chapter: Chapter, by_first: Mapping[str, WordsOfPlacement]) -> Iterator[ArrangedPage]:
    """The pages of a chapter that no word had placed before."""
    places = {figure.id: figure.place for block in chapter.blocks if is_free(block) for figure in _figures(block)}
    heads = {block.figures[0].id: block.place for block in chapter.blocks if isinstance(block, Gallery)}
    for first, page in by_first.items():
        if first in places:
            own = (heads[first],) if first in heads else tuple(places[id] for id in page.pictures)
            yield ArrangedPage(own, page)


def _figures(block: Block) -> tuple[Figure, ...]:
    return pictures_in(block) if isinstance(block, Figure | Gallery) else ()


def _blocks(blocks: Sequence[Block], by_first: Mapping[str, WordsOfPlacement]) -> Iterator[Block]:
    """The blocks of a chapter with the words of the pacing; pictures that share a page are a gallery."""
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        first = _figures(block)[0].id if is_free(block) else ""
        page = by_first.get(first)
        if page is None or not isinstance(block, Figure | Gallery):
            yield block
        elif isinstance(block, Gallery):
            yield replace(block, placed=PLACEMENTS[page.classes[0]], classes=page.classes[1:], tree=page.tree)
        elif len(page.pictures) == 1:
            classes = (*block.classes, *page.classes[1:])
            yield replace(block, placed=PLACEMENTS[page.classes[0]], classes=classes)
        else:
            yield _gallery(block, rest, page)


def _gallery(first: Figure, rest: list[Block], page: WordsOfPlacement) -> Gallery:
    """A page of several pictures: the first, and those that are taken from the rest."""
    figures = [first]
    for block in tuple(rest):
        if isinstance(block, Figure) and block.id in page.pictures:
            figures.append(block)
            rest.remove(block)
    placement = PLACEMENTS[page.classes[0]]
    return Gallery(f"{first.id}-page", "", tuple(figures), None, placement, first.place, page.classes[1:], page.tree)


def _with_chapters(publication: Publication, changed: Mapping[str, Chapter]) -> Publication:
    """A publication with some of its chapters changed."""

    def now(piece: Chapter | Generated) -> Chapter | Generated:
        return changed.get(piece.id, piece) if isinstance(piece, Chapter) else piece

    pieces = tuple(
        replace(piece, pieces=tuple(map(now, piece.pieces))) if isinstance(piece, Part) else now(piece)
        for piece in publication.pieces
    )
    return replace(publication, pieces=pieces)


def _focuses(pages: Iterable[WordsOfPlacement]) -> Iterator[tuple[str, Focus]]:
    """The focus that the pacing gives to pictures which it crops, by the ids of their figures."""
    for page in pages:
        yield from ((id, parse_focus(text)) for id, text in zip(page.pictures, page.focuses, strict=True) if text)


def _typed(words: WordsOfPlacement, album: Album) -> WordsOfPlacement:
    """Words whose points count on the whole files, as they are typed; those of the pacing count on what is shown."""
    texts = (_on_file(text, album.get(id)) for id, text in zip(words.pictures, words.focuses, strict=True))
    return replace(words, focuses=tuple(texts))


def _on_file(text: str, photograph: Photograph | None) -> str:
    if not text or photograph is None:
        return text
    focus, framed = parse_focus(text), photograph.crop_and_blur
    left, top, right, bottom = framed.window
    x = (left + focus.x / 100 * (right - left)) / framed.width
    y = (top + focus.y / 100 * (bottom - top)) / framed.height
    return f"{x:.0%} {y:.0%}"


def _with_kept_text(publication: Publication, layout: Layout) -> Publication:
    """A publication of whose arranged chapters no text is drawn forward past a picture, to fill a page before it."""
    kept = {
        chapter.id: replace(chapter, blocks=tuple(_kept(chapter.blocks)))
        for chapter in publication.chapters()
        if _setting(chapter, publication, layout).is_on
    }
    return _with_chapters(publication, kept)


def _kept(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks with a class on the first text behind each picture."""
    is_behind = False
    for block in blocks:
        has_words = isinstance(block, Prose) and bool(letters_in(block))
        yield _marked(block) if is_behind and has_words and isinstance(block, Prose) else block
        is_behind = isinstance(block, Figure | Gallery) or (is_behind and not has_words)


def _marked(prose: Prose) -> Prose:
    """Text whose first block has the class by which it stays where it is."""
    fragment = read_fragment(prose.xhtml, recover=True)
    for first in fragment.iterchildren("*"):
        first.set("class", f"{first.get('class', '')} {KEEP}".strip())
        return replace(prose, xhtml=write_fragment(fragment))
    return prose


# ---- what is said of it


def _remarks(pacing: Pacing, chapters: tuple[Chapter, ...], setting: ArrangeSetting) -> Iterator[Finding]:
    """Findings on a book that could not be as it was asked for."""
    by_id = {figure.id: figure for chapter in chapters for block in chapter.blocks for figure in _figures(block)}
    small = [place for place in placed(pacing) if place.is_small]
    if small:
        yield _too_small(small, by_id[small[0].picture.id], pacing.paper)
    blank = sum(cover == 0 for spread in pacing.spreads for cover in spread.form.cover)
    if blank:
        why = f"{blank} {'page stays' if blank == 1 else 'pages stay'} blank: no arrangement fills the last spread."
        remedy = "Add or take away a picture, or take a side (.verso, .recto) away."
        yield advice("arrange-blank", chapters[0].place, why, remedy)
    if setting.pages and abs(pacing.pages - setting.pages) > max(2, setting.pages * _NEAR):
        why = f"arrange asks for {setting.pages} pages with pictures; there are {pacing.pages}."
        remedy = "More pages need larger pictures; fewer need pictures of fewer shapes."
        yield advice("arrange-length", chapters[0].place, why, remedy)


def _too_small(small: list[PictureOnSpread], first: Figure, paper: PacingPaper) -> Finding:
    names = ", ".join(f"“{place.picture.id}” ({place.frame.width:.0f} mm)" for place in small[:5])
    why = f"{len(small)} pictures have too few pixels for every form at {paper.ppi:g} ppi: {names}. Each is set small."
    return advice("arrange-small", first.place, why, "Deliver larger files, or leave them out.")
