"""Arranging: pictures that no word of the manuscript places become pages and spreads, as the pacing decides.

It is decided once for all editions, on the paper of the first press edition. Every word in the manuscript wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pressroom.design.estimates import LETTERS
from pressroom.design.grid import Grid, grid_for
from pressroom.design.library import Layout
from pressroom.errors import Finding, Place, advice
from pressroom.pacing import (
    Pacing,
    PacingPaper,
    PacingWish,
    PictureOnSpread,
    PictureToPace,
    WordsOfPlacement,
    pace,
    placed,
    weights_of,
    words,
)
from pressroom.photographs import Album, Photograph, SeenPicture
from pressroom.publication import (
    COLUMN,
    PLACEMENTS,
    ArrangeSetting,
    Block,
    Chapter,
    Figure,
    Focus,
    Gallery,
    Generated,
    Part,
    PdfEdition,
    Prose,
    Publication,
    Settings,
    parse_focus,
    pictures_in,
)
from pressroom.xhtml import read_fragment, text_of, write_fragment

_PRESS_PPI, _SCREEN_PPI = 150, 100
"""The least resolution that is arranged, where the edition asks for none."""
_CAPTION_LINES = 2.5
"""Lines of text that are kept free for captions below the pictures of a page."""
_TO_COME = (6000, 4000)
"""The pixels of a photograph that has not arrived."""
_PICTURE_IN_TEXT = 700
"""The letters for which a picture stands that is set among text."""
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
        if _setting(chapter, publication, layout).is_on and any(_is_free(block) for block in chapter.blocks)
    )


def _setting(chapter: Chapter, publication: Publication, layout: Layout) -> ArrangeSetting:
    by_layout = ArrangeSetting(is_on=layout.manifest.arrange == "auto")
    return chapter.arrange or publication.settings.arrange or by_layout


def _is_free(block: Block) -> bool:
    """Whether no word says where a picture or a gallery stands."""
    if isinstance(block, Figure):
        return block.placed == COLUMN and not block.is_told and block.share == 1
    return isinstance(block, Gallery) and block.placed == COLUMN


def _has_pages(block: Block) -> bool:
    """Whether words give a picture or a gallery pages of its own."""
    return isinstance(block, Figure | Gallery) and (block.placed.own_page or block.placed.two_pages)


def arranged(publication: Publication, album: Album, layout: Layout, seen: Mapping[str, SeenPicture]) -> Arranged:
    """Arrange the pictures of all chapters that ask for it; `seen` has what was seen in each, by the figure’s id.

    Chapters that ask for a taste or a length of their own are paced alone, all others together.
    """
    chapters = to_arrange(publication, layout)
    if not chapters:
        return Arranged(_with_kept_text(publication, layout), album)
    paper = pacing_paper(publication.settings, layout)
    pictures = _Pictures(album, seen, paper)
    pacings: list[Pacing] = []
    findings: list[Finding] = []
    for _, group in groupby(chapters, key=lambda chapter: (chapter.arrange, chapter.arrange and chapter.id)):
        together = tuple(group)
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


# ---- what goes in


def pacing_paper(settings: Settings, layout: Layout) -> PacingPaper:
    """The paper that is arranged for: that of the first press edition, else of the first PDF, else of the layout."""
    pages = [edition.page for edition in settings.editions.values() if edition.page and not edition.wrap]
    page = next((page for page in pages if page.for_press), pages[0] if pages else None)
    page = page or PdfEdition(format="pdf", trim=layout.manifest.papers[0].trim)
    grid = grid_for(page, layout.manifest.papers)
    unit, trim = grid.paper.unit, grid.trim
    side = (trim.width - grid.full_width) / 2
    head, captions = grid.paper.head * unit, _CAPTION_LINES * unit
    chapters = next((side for side in ("verso", "next") if layout.options.has("chapters", side)), "recto")
    return PacingPaper(
        width=trim.width,
        height=trim.height,
        inner=side,
        outer=side,
        head=head,
        foot=trim.height - head - grid.paper.lines * unit,
        captions=captions,
        gap=layout.manifest.pictures.gap,
        bleed=page.bleed,
        beside=0,
        ppi=page.min_ppi or (_PRESS_PPI if page.for_press else _SCREEN_PPI),
        letters=max(1, int(_letters_of_a_page(grid))),
        chapters=chapters,  # type: ignore[arg-type]  # one of its three words
    )


def _letters_of_a_page(grid: Grid) -> float:
    return grid.paper.column * LETTERS * grid.paper.lines


@dataclass(frozen=True)
class _Pictures:
    """Makes the pictures to pace of chapters."""

    album: Album
    seen: Mapping[str, SeenPicture]
    paper: PacingPaper

    def of(self, chapter: Chapter) -> Iterator[PictureToPace]:
        """The pictures of a chapter that have pages of their own, in their order."""
        title = len(chapter.title) + self.paper.letters // 3
        text, opens, weights = title, True, self._weights()
        for block in chapter.blocks:
            if isinstance(block, Figure | Gallery) and (_is_free(block) or _has_pages(block)):
                for figure in pictures_in(block):
                    picture = self._picture(figure, block, weights.get(figure.id, 0.5))
                    yield replace(picture, text=text, opens=opens, under_title=opens and text == title)
                    text, opens = 0, False
            else:
                letters = _letters(block)
                text += letters

    def _weights(self) -> Mapping[str, float]:
        signals = [each.sight.signals for each in self.seen.values()]
        return dict(zip(self.seen, weights_of(signals, [each.stars for each in self.seen.values()]), strict=True))

    def _picture(self, figure: Figure, block: Figure | Gallery, weight: float) -> PictureToPace:
        photograph, seen = self.album.get(figure.id), self.seen.get(figure.id, SeenPicture())
        width, height = (photograph.width, photograph.height) if photograph else _TO_COME
        focus = photograph.focus if photograph and figure.framing.focus != Focus() else None
        is_gallery = isinstance(block, Gallery)
        return PictureToPace(
            figure.id,
            width,
            height,
            weight,
            seen.sight,
            letters=len(figure.caption.text if figure.caption else "") + len(figure.credit_line),
            faces=seen.faces,
            focus=(focus.x / 100, focus.y / 100) if focus else None,
            words=() if _is_free(block) else (block.placed.name, *_modifiers(block)),
            group=block.id if is_gallery else "",
            tree=block.tree if isinstance(block, Gallery) else "",
        )


def _modifiers(block: Figure | Gallery) -> tuple[str, ...]:
    return tuple(word for word in block.placed.modifiers if word in block.classes)


def _letters(block: Block) -> int:
    """The letters of a block of text; a picture among text stands for some lines."""
    if isinstance(block, Prose):
        return len(text_of(read_fragment(block.xhtml, recover=True)).strip())
    return _PICTURE_IN_TEXT


# ---- what comes out


def _pages(chapter: Chapter, by_first: Mapping[str, WordsOfPlacement]) -> Iterator[ArrangedPage]:
    """The pages of a chapter that no word had placed before."""
    places = {figure.id: figure.place for block in chapter.blocks if _is_free(block) for figure in _figures(block)}
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
        first = _figures(block)[0].id if _is_free(block) else ""
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
        has_words = isinstance(block, Prose) and bool(_letters(block))
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
