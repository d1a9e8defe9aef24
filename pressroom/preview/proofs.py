"""Proofs: an edition laid out to be looked at. Its pages stay in the cache, in one small PDF for each unit.

A page has a key that names all that it shows: one whose key has not changed is not painted again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pressroom import keeping, machine
from pressroom.design import Composition, EditionInHand, Unit
from pressroom.design.letters import letters_of
from pressroom.errors import Finding, Place
from pressroom.language.words import is_rtl
from pressroom.preview.ebook_files import reading_order_of
from pressroom.preview.source_blocks import SourceBlock, blocks_of, on_page
from pressroom.production import Manuscript, NoProgress, Order, Progress, Report, collecting_errors
from pressroom.production.ebooks import make_reflowable
from pressroom.production.job import Job
from pressroom.production.order import MadeProduct
from pressroom.production.paging import Paging
from pressroom.production.pdfs import compose_cover
from pressroom.production.side_by_side import SideBySide
from pressroom.publication import Chapter
from pressroom.publication.edition_form import FormName
from pressroom.publication.measures import MM_PER_INCH
from pressroom.xhtml import XHTML, XhtmlDocument, text_of

if TYPE_CHECKING:
    from pressroom.pdf import StyleReader
    from pressroom.typeset.drawn_book import DrawnBook, Sheet  # loaded when pages are laid out
    from pressroom.typeset.drawn_pages import DrawnPage, DrawnUnit

_MM = MM_PER_INCH / 96
"""Millimetres in a px of the page engine."""


@dataclass(frozen=True)
class FigureArea:
    """Where a figure stands on a page: left, top, right and bottom in mm from the corner of the trim."""

    box: tuple[float, ...]
    figure: str
    place: Place


@dataclass(frozen=True)
class ProofPage:
    """One page, and where it can be painted from."""

    key: str
    """Names all that it shows."""
    folio: str
    file: Path
    """The PDF of its unit."""
    number: int
    """Its page in that file, from 0."""
    unit: str
    title: str
    source: str
    text: str = ""
    """Its letters, without white space, in reading order."""
    blocks: tuple[SourceBlock, ...] = ()
    figures: tuple[FigureArea, ...] = ()


@dataclass(frozen=True)
class PageShape:
    """The paper of an edition, in mm: its trim, and what lies around and upon it."""

    width: float
    height: float
    around: float
    """From the trim to the edge of the sheet in its PDF."""
    bleed: float
    safe: float | None
    """The margin that a printer wants free of text; None where none is asked for."""
    grid: Mapping[str, float] = field(default_factory=dict)
    """The layout's grid, as its style sheets have it."""


@dataclass(frozen=True)
class UnitText:
    """The letters of a unit, and where in the manuscript they come from."""

    xhtml: str
    chapter: Chapter | None
    letters: str
    blocks: tuple[SourceBlock, ...]


@dataclass(frozen=True)
class EbookPage:
    """A page of an ebook, as long as a chapter is."""

    path: str
    """Its path in the archive."""
    title: str
    source: str
    text: str
    """Its letters, without white space."""
    blocks: tuple[SourceBlock, ...]


@dataclass(frozen=True)
class ProofEbook:
    """A reflowable ebook."""

    file: Path
    pages: tuple[EbookPage, ...]


@dataclass(frozen=True)
class Proof:
    """An edition as it is now. Without pages and ebook, its findings say what keeps it from being made."""

    edition: str
    form: FormName
    findings: tuple[Finding, ...]
    shape: PageShape | None = None
    pages: tuple[ProofPage, ...] = ()
    ebook: ProofEbook | None = None
    from_right: bool = False
    """Whether it is read from right to left."""

    @property
    def is_made(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.pages or self.ebook)


@dataclass
class Proofreader:
    """Makes the proofs of one publication, again and again. What it knows of unchanged units, it keeps."""

    order: Order
    progress: Progress = field(default_factory=NoProgress)
    known: dict[tuple[str, str], UnitText] = field(default_factory=dict)
    """The letters of units as they were read last, by edition and unit."""
    style_reader: StyleReader | None = None
    """Has the style sheets of the edition that was laid out last; it is loaded with the page engine."""

    def proof(self, manuscript: Manuscript, name: str) -> Proof:
        """The proof of an edition. What keeps it from being made is among its findings."""
        report = Report()
        order = replace(self.order, editions=(name,))
        job = Job(manuscript.edition(name), order, self.progress, report)
        form = job.hand.edition.form
        made = Proof(name, form, ())
        with collecting_errors(report):
            made = replace(made, ebook=self._ebook(job)) if form == "reflowable" else self._pages(job, made)
        from_right = is_rtl(manuscript.publication.settings.language)
        return replace(made, findings=tuple(report.findings), from_right=from_right)

    # ---- pages

    def _pages(self, job: Job, made: Proof) -> Proof:
        self.style_reader = self.style_reader or machine.load_page_engine("pressroom.pdf").StyleReader()
        paging = Paging(SideBySide(1), self.style_reader)
        composition, _ = compose_cover(job, paging) if made.form == "cover" else job.compose()
        book = paging.typeset(job, composition)
        job.report.add(book.findings)
        binder = _Binder(book, composition, job, self.order.cache / "proofs")
        texts = self._texts(composition)
        pages = tuple(binder.page(sheet, texts) for sheet in book.sheets)
        return replace(made, shape=_shape(book, composition, job.hand), pages=pages)

    def _texts(self, composition: Composition) -> dict[str, UnitText]:
        """The letters of each unit, by its id."""
        chapters = {chapter.id: chapter for chapter in composition.publication.chapters()}
        return {
            unit.id: self._text(composition.name, unit.id, unit.document, chapters.get(unit.id))
            for unit in composition.units
        }

    def _text(self, edition: str, unit: str, document: XhtmlDocument, chapter: Chapter | None) -> UnitText:
        known = self.known.get((edition, unit))
        if known is None or (known.xhtml, known.chapter) != (document.text, chapter):
            letters = letters_of(document)
            blocks = blocks_of(chapter, letters) if chapter else ()
            known = self.known[edition, unit] = UnitText(document.text, chapter, letters.text, blocks)
        return known

    # ---- ebooks

    def _ebook(self, job: Job) -> ProofEbook:
        """The ebook without its page list, which no reader sees and which needs the pages of print."""
        assert job.hand.ebook
        plain = job.hand.ebook.model_copy(update={"pages_from": None})
        job = replace(job, hand=job.hand.made_as(plain))
        folder = self.order.cache / "proofs"
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{_hash(job.name)}.part"
        made: MadeProduct = make_reflowable(job, Paging(SideBySide(1)), draft)()
        job.report.add(made.findings)
        file = draft.with_name(f"{_digest(draft)}.epub")
        draft.replace(file)
        with ZipFile(file) as archive:
            return ProofEbook(file, tuple(self._ebook_page(job, archive, path) for path in reading_order_of(archive)))

    def _ebook_page(self, job: Job, archive: ZipFile, path: str) -> EbookPage:
        id = PurePosixPath(path).stem
        chapter = next((each for each in job.hand.publication.chapters() if each.id == id), None)
        document = XhtmlDocument(archive.read(path).decode())
        text = self._text(job.name, id, document, chapter)
        title = next((text_of(element) for element in document.root.iter(f"{XHTML}title")), id)
        return EbookPage(path, " ".join(title.split()), chapter.file if chapter else "", text.letters, text.blocks)


@dataclass
class _Binder:
    """Writes the units of a book, each to a PDF of its own, unless one was kept."""

    book: DrawnBook
    composition: Composition
    job: Job
    folder: Path
    files: dict[int, Path] = field(default_factory=dict)
    """The PDFs of units, by their number; -1 stands for a blank page."""

    def __post_init__(self) -> None:
        self.numbers = {id(page): (u, n) for u, unit in enumerate(self.book.units) for n, page in enumerate(unit.pages)}
        self.pictures = {f"../pictures/{one.name}": one.path.name for one in self.composition.renditions}

    def page(self, sheet: Sheet, texts: Mapping[str, UnitText]) -> ProofPage:
        """A page of the book."""
        number, at = self.numbers.get(id(sheet.page), (-1, 0))
        drawn = self.book.units[number] if number >= 0 else self.book.blank
        assert drawn
        file = self.files.get(number) or self._write(number, drawn)
        if number < 0:
            return ProofPage(self._key(sheet.page), sheet.folio, file, 0, "", "", "")
        unit, here = self.book.placed[number].unit, drawn.letters[at] if drawn.letters else ()
        text = texts[unit.id]
        standing = on_page(text.blocks, here)
        return ProofPage(
            self._key(sheet.page),
            sheet.folio,
            file,
            at,
            unit.id,
            unit.title or unit.kind.replace("-", " ").capitalize(),
            _source(unit, standing),
            "".join(text.letters[part.start : part.stop] for part in here),
            standing,
            tuple(_areas(sheet.page, standing)),
        )

    def _write(self, number: int, drawn: DrawnUnit) -> Path:
        """Write a unit, without its links: they lead to other files."""
        made_of = [*(self._key(page) for page in drawn.pages), *sorted(font.file for font in drawn.fonts)]
        file = self.folder / f"{_hash(repr(made_of))}.pdf"
        if not file.is_file():
            bare = tuple(replace(page, links=(), bookmarks=()) for page in drawn.pages)
            sheets = tuple(replace(self.book.sheets[0], page=page, painted=None) for page in bare)
            part = replace(self.book, units=(replace(drawn, pages=bare),), sheets=sheets, blank=None)
            draft = self.folder / f"{file.stem}.part"
            self.folder.mkdir(parents=True, exist_ok=True)
            engine = machine.load_page_engine("pressroom.typeset.typeset_book")
            engine.write(part, self.composition, self.job.modified, draft)
            draft.replace(file)
        keeping.touch(file)
        self.files[number] = file
        return file

    def _key(self, page: DrawnPage) -> str:
        """A hash of all that a page shows."""
        shown = [self.pictures.get(use.address, use.address) for use in page.pictures]
        return _hash(repr((replace(page, links=(), bookmarks=(), anchors={}), shown)))


def _source(unit: Unit, standing: tuple[SourceBlock, ...]) -> str:
    return unit.source or next((block.place.file for block in standing), "")


def _areas(page: DrawnPage, standing: tuple[SourceBlock, ...]) -> Iterator[FigureArea]:
    """The figures on a page, with the places of their pictures in the manuscript."""
    for block in standing:
        box = page.anchors.get(block.figure)
        if block.figure and box and len(box) == 4:
            yield FigureArea(tuple(round(number * _MM, 2) for number in box), block.figure, block.place)


def _shape(book: DrawnBook, composition: Composition, hand: EditionInHand) -> PageShape:
    page, edition = book.sheets[0].page, composition.page
    grid = hand.on_its_pages().grid
    around, rules = page.bleed["left"] * _MM, composition.rules
    safe = rules.safe.value if rules and rules.safe else None
    paper = grid.paper.model_dump(exclude={"trim"}) if grid and not composition.folds else {}
    return PageShape(page.width * _MM, page.height * _MM, around, min(edition.bleed, around), safe, paper)


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=12).hexdigest()


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
