"""Pages: one edition of a publication, laid out as XHTML units with all that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

from pressroom.cover.front import CoverPage, cover_page, front_of, has_cover, picture_for, sheet_for, unset_findings
from pressroom.design.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.design.contents import contents_of, is_front
from pressroom.design.estimates import Estimates
from pressroom.design.fonts import advances, depth, find_faces, roman
from pressroom.design.grid import grid_for, variables
from pressroom.design.indexing import index_of
from pressroom.design.library import Layout
from pressroom.design.openings import with_opening
from pressroom.design.optics import caption_drop, optics
from pressroom.design.sizes import expected_ratio, size_to_deliver
from pressroom.design.templates import environment, render
from pressroom.design.webfonts import brought, font_rule
from pressroom.design.wellformed import check, without_gaps
from pressroom.errors import Finding, Place, PressroomError, has_errors
from pressroom.forms import PlaceOf
from pressroom.language.words import Words, direction, words_for
from pressroom.photographs import Album, CoverRecipe, CoverRendition, Rendition
from pressroom.publication import Chapter, Edition, Figure, Focus, Generated, Part, PdfEdition, Publication, Settings

_LINK = re.compile(r'<a\b[^>]*\shref="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(r"\.\./pictures/([A-Za-z0-9._-]+)")


def lay_out(
    publication: Publication,
    name: str,
    layout: Layout,
    renditions: Mapping[str, Rendition],
    place_of: PlaceOf = lambda _: Place("book/publication.yaml"),
) -> Composition:
    """Lay out one edition of a publication. Raises PressroomError with the faults of the layout's files.

    Renditions are by the ids of their figures; the cover's is the one that `cover_picture` asks for. `place_of` tells
    where a key of publication.yaml stands.
    """
    edition = publication.settings.editions[name]
    faces, findings = find_fonts(publication.settings, layout, place_of)
    styles, faults = styles_of(edition, layout, publication.settings.language)
    if has_errors([*findings, *faults]):
        raise PressroomError([*findings, *faults])
    cover = next((r for r in renditions.values() if isinstance(r, CoverRendition)), None)
    front = cover_page(publication, sheet_for(edition, layout, publication.settings, faces), styles[0].css, cover)
    is_typeset = isinstance(edition, PdfEdition) and has_cover(edition)  # an ebook's cover is a picture
    used = {**faces, "cover": [text.face for text in front.texts]} if is_typeset else faces
    press = Compositor(publication, name, edition, layout, renditions, [*styles, Style("type.css", "")], faces, front)
    units = tuple(_without_dangling_links(press.units()))
    fonts = brought(edition, used, [*(style.css for style in styles), *(unit.xhtml for unit in units)])
    styles.append(Style("type.css", type_style(used, fonts, words_for(publication.settings.language), edition)))
    for unit in units:
        check(unit.xhtml, unit.kind, unit.title, layout)
    ids = {id for unit in units for id in _ids(unit.xhtml)}
    navigation = press.navigation(units) if not isinstance(edition, PdfEdition) else ""
    return Composition(
        publication=publication,
        name=name,
        edition=edition,
        units=units,
        contents=tuple(_present(press.contents, ids)),
        styles=tuple(styles),
        renditions=tuple(_shown(renditions, units)),
        fonts=fonts,
        cover=cover,
        navigation=navigation,
    )


def _shown(renditions: Mapping[str, Rendition], units: tuple[Unit, ...]) -> Iterator[Rendition]:
    """The pictures that stand on a page, each once: what is kept for another edition is not handed on with this one."""
    names = {name for unit in units for name in _PICTURE.findall(unit.xhtml)}
    for name, rendition in {rendition.name: rendition for rendition in renditions.values()}.items():
        if name in names or isinstance(rendition, CoverRendition):
            yield rendition


def _present(entries: tuple[ContentsEntry, ...], ids: set[str]) -> Iterator[ContentsEntry]:
    """The contents without what this edition leaves out."""
    for entry in entries:
        if entry.id in ids:
            yield replace(entry, children=tuple(_present(entry.children, ids)))


def find_fonts(
    settings: Settings, layout: Layout, place_of: PlaceOf
) -> tuple[dict[str, list[FontFace]], list[Finding]]:
    """The cuts of type behind each use of it (text, captions), and the families that are not there."""
    faces: dict[str, list[FontFace]] = {}
    findings: list[Finding] = []
    for use, family in (("text", settings.fonts.text), ("captions", settings.fonts.captions)):
        place = place_of(("fonts", use))
        faces[use], faults = find_faces(family, layout.manifest.weights, layout.root, place)
        findings += faults
    return faces, findings


def cover_picture(
    publication: Publication, name: str, layout: Layout, album: Album, place_of: PlaceOf
) -> tuple[CoverRecipe | None, tuple[Finding, ...]]:
    """The picture that an edition's cover needs, if it has a cover and that needs one; and what cannot be set on it."""
    edition, settings = publication.settings.editions[name], publication.settings
    faces, missing = find_fonts(settings, layout, place_of)
    if missing or not has_cover(edition):
        return None, ()
    edition = front_of(edition, settings)
    sheet = sheet_for(edition, layout, settings, faces)
    has_photograph = publication.cover is not None and publication.cover.id in album
    recipe = picture_for(sheet, edition, layout.style("shared.css")[0].css, has_photograph=has_photograph)
    return recipe, tuple(unset_findings(sheet, edition, place_of))


def styles_of(edition: Edition, layout: Layout, language: str, *more: str) -> tuple[list[Style], list[Finding]]:
    """The style sheets of an edition, from what all share to what only the press needs, and `more` of the layout's."""
    names, grid = ["shared.css"], None
    if isinstance(edition, PdfEdition):
        grid = grid_for(edition, layout.manifest.papers)
        names += ["page.css"] + ["page-narrow.css"] * grid.paper.narrow
        turned = ["page-rtl.css"] + ["page-narrow-rtl.css"] * grid.paper.narrow if direction(language) == "rtl" else []
        names += [name for name in turned if layout.file(name)] + ["press.css"] * edition.for_press
    else:
        names += ["screen.css"] * (layout.file("screen.css") is not None) + ["ebook.css"]
    names += more
    names += ["own.css"] * (layout.file("own.css") is not None)
    chosen = layout.options.css(edition)
    styles = [Style("options.css", chosen)] if chosen else []  # first: a style sheet has the last word
    findings: list[Finding] = []
    for name in names:
        style, faults = layout.style(name)
        styles.append(style)
        findings += faults
    if grid is not None:
        styles.append(Style("grid.css", variables(grid)))
    return styles, findings


def type_style(faces: Mapping[str, list[FontFace]], fonts: Iterable[FontFace], words: Words, edition: Edition) -> str:
    """The families under the names that style sheets use, and the files of fonts; for print how letters stand in their
    lines, and the word before a page.
    """
    families = {use: f'"{cuts[0].family}"' for use, cuts in faces.items()}
    names = f"--serif: {families['text']}, serif; --sans: {families['captions']}, sans-serif;"
    rules = [font_rule(face, edition) for face in fonts]
    if not isinstance(edition, PdfEdition):
        return "\n".join([*rules, f":root {{ {names} }}\n"])
    measures = " ".join(f"--{name}: {ems};" for name, ems in optics(faces).items())
    return "\n".join([*rules, f':root {{ {names} {measures} --page-word: "{words.page}" }}\n'])


@dataclass
class Compositor:
    """Runs the templates of one edition."""

    publication: Publication
    name: str
    edition: Edition
    layout: Layout
    renditions: Mapping[str, Rendition]
    styles: list[Style]
    faces: dict[str, list[FontFace]]
    cover: CoverPage
    titles: dict[str, str] = field(default_factory=dict)
    """Of the pages, by their ids."""

    def __post_init__(self) -> None:
        settings = self.publication.settings
        self.env = environment(self.layout)
        self.words = words_for(settings.language)
        self.contents = contents_of(self.publication, self.words)
        with_credits = settings.credits != "end"
        captions_below = self.layout.options.has("captions", "below")
        make_up = Estimates(self._ratio, with_credits=with_credits)
        if isinstance(self.edition, PdfEdition):
            paper = grid_for(self.edition, self.layout.manifest.papers).paper
            upright = next(face for face in self.faces["captions"] if not face.italic)
            elsewhere = max(self.words.elsewhere, key=len)
            widths, drop = advances(upright), caption_drop(self.faces)
            make_up = Estimates(self._ratio, paper, widths, with_credits, captions_below, f"{elsewhere}.", drop)
        self.shared: dict[str, Any] = {
            "publication": self.publication,
            "settings": settings,
            "words": self.words,
            "edition": self.edition,
            "edition_name": self.name,
            "is_ebook": not isinstance(self.edition, PdfEdition),
            "direction": direction(settings.language),
            "direction_of": direction,
            "options": self.layout.options.for_templates(),
            "chosen": self.layout.options.classes(),
            "styles": [s.name for s in self.styles],
            "picture_of": lambda figure: self.renditions.get(figure.id),
            "ratio_of": self._ratio,
            "focus_of": self._focus,
            "credit_of": make_up.credit_of,
            "letters_in_a_line": make_up.letters_in_a_line,
            "fit_figure": make_up.figure,
            "fit_gallery": make_up.gallery,
            "with_opening": lambda blocks: with_opening(blocks, partial(depth, roman(self.faces["text"]))),
            "wanted": lambda figure, block: size_to_deliver(figure, block, self.edition, self.layout),
            "contents": self.contents,
            "index": (),
            "illustrations": [block for _, block in self.publication.illustrations() if block.number],
            "cover": self.cover,
            "identifier": settings.identifier(self.name),
            "credits": _credits(self.publication),
        }

    # ---- units

    def units(self) -> tuple[Unit, ...]:
        """The units in reading order. Index and contents are made when the others are: they list what those hold.

        An edition that holds no place of the index has none.
        """
        units = tuple(self._units())
        ids = {id for unit in units for id in _ids(unit.xhtml)}
        index = index_of(self.publication, ids)
        present = tuple(_present(self.contents, ids if index else ids - {"index"}))
        lists: dict[str, dict[str, Any]] = {"index": {"index": index}, "contents": {"contents": present}}
        return tuple(
            self.unit(one.kind, one.id, one.title, one.matter, **lists[one.kind]) if one.kind in lists else one
            for one in units
            if one.kind != "index" or index
        )

    def _units(self) -> Iterator[Unit]:
        for kind in self._front_pieces():
            yield self.unit(kind, kind, getattr(self.words, kind.replace("-", "_"), ""), "front")
        matter = "front"
        for piece in self.publication.pieces:
            if isinstance(piece, Part) or (isinstance(piece, Chapter) and not is_front(piece)):
                matter = "body"
            elif matter != "front" and isinstance(piece, Generated):
                matter = "back"
            yield from self._piece(piece, matter)

    def _front_pieces(self) -> list[str]:
        """The pieces before the manuscript that nobody needs to ask for."""
        placed = any(isinstance(p, Generated) and p.kind == "contents" for p in self.publication.pieces)
        pieces = ["title-page", "imprint"] + ["contents"] * (not placed)
        if isinstance(self.edition, PdfEdition):
            return (["cover"] if has_cover(self.edition) else ["half-title"]) + pieces
        return ["cover", "title-page", "imprint"]  # an ebook's contents are its navigation document

    def _piece(self, piece: Part | Chapter | Generated, matter: str) -> Iterator[Unit]:
        if isinstance(piece, Part):
            yield self.unit("part", piece.id, piece.title, matter, part=piece)
            for inner in piece.pieces:
                yield from self._piece(inner, matter)
        elif isinstance(piece, Chapter):
            yield self.unit("chapter", piece.id, piece.title, matter, chapter=piece, level=self._level(piece))
        elif piece.kind != "contents" or isinstance(self.edition, PdfEdition):
            yield self.unit(piece.kind, piece.id, getattr(self.words, piece.kind), matter)

    def _level(self, chapter: Chapter) -> int:
        """1, or 2 for a chapter inside a part: how deep it stands in a PDF's bookmarks."""
        parts = (p for p in self.publication.pieces if isinstance(p, Part))
        return 2 if any(chapter in part.pieces for part in parts) else 1

    def unit(self, kind: str, id: str, title: str, matter: str, **values: Any) -> Unit:
        """What a template makes of its values."""
        shared = {"unit_id": id, "unit_title": self._own_title(id, title), "matter": matter, "kind": kind}
        xhtml = without_gaps(render(self.layout, self.env, f"{kind}.xhtml.j2", self.shared | shared | values))
        start = self._start(kind)
        if start == "recto" and _opens_with_picture(values.get("chapter")):
            start = "verso"  # the picture on the left, the title facing it
        source = values["chapter"].file if "chapter" in values else ""
        return Unit(id, kind, title, matter, start, xhtml, source)  # type: ignore[arg-type]  # matter is one of three

    def _own_title(self, id: str, title: str) -> str:
        """A title by which its page can be told from others, in a list of open pages (WCAG 2.2, 2.4.2)."""
        if id not in self.titles:
            names = (f"{title} ({n})" if n > 1 else title for n in count(1))
            self.titles[id] = next(name for name in names if name not in self.titles.values())
        return self.titles[id]

    def _start(self, kind: str) -> str:
        """The side on which a kind of unit begins; a publication may have its chapters follow each other."""
        if kind == "chapter" and self.layout.options.has("chapters", "next"):
            return "next"
        return self.layout.manifest.starts.get(kind, "recto")

    def navigation(self, units: tuple[Unit, ...]) -> str:
        """The ebook's navigation document."""
        start = next((u.id for u in units if u.matter == "body"), units[-1].id)
        present = {u.id for u in units}
        values: dict[str, Any] = {"matter": "front", "kind": "nav", "unit_id": "nav"}
        values |= {"unit_title": self._own_title("nav", self.words.contents)}
        values |= {"start": start, "present": present, "ids": {i for u in units for i in _ids(u.xhtml)}}
        xhtml = render(self.layout, self.env, "nav.xhtml.j2", self.shared | values)
        check(xhtml, "nav", self.words.contents, self.layout)
        return xhtml

    # ---- what templates ask

    def _ratio(self, figure: Figure) -> float:
        rendition = self.renditions.get(figure.id)
        return rendition.width / rendition.height if rendition else expected_ratio(figure, self.edition, self.layout)

    def _focus(self, figure: Figure) -> Focus:
        rendition = self.renditions.get(figure.id)
        return rendition.focus if rendition else figure.framing.focus


def _credits(publication: Publication) -> list[tuple[str, list[Figure]]]:
    """Who made which pictures, in the order of the first of each, which may be the cover's."""
    makers: dict[str, list[Figure]] = {}
    for _, figure in publication.pictures():
        if figure.credit_line and figure.number:
            makers.setdefault(figure.credit_line, []).append(figure)
    return list(makers.items())


def _opens_with_picture(chapter: Chapter | None) -> bool:
    first = chapter.blocks[0] if chapter and chapter.blocks else None
    return isinstance(first, Figure) and first.placed.opens_chapter


# ---- what the templates made


def _ids(xhtml: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', xhtml))


def _without_dangling_links(units: tuple[Unit, ...]) -> Iterator[Unit]:
    """A link to a block that this edition leaves out becomes plain text."""
    ids = {id for unit in units for id in _ids(unit.xhtml)}

    def keep(match: re.Match[str]) -> str:
        return match[0] if match[1] in ids else match[2]

    yield from (replace(unit, xhtml=_LINK.sub(keep, unit.xhtml)) for unit in units)
