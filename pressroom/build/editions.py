"""Editions: each laid out, exported, checked and written, or told why not."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import epub, layouts, machine, photographs, preflight, printers
from pressroom.build import budget
from pressroom.build.finished import Renditions, check_made
from pressroom.build.order import Manuscript, Order, Product, Progress, Report, Silent, chosen, told
from pressroom.build.reading import read
from pressroom.build.writing import CACHE, check_out, disk, drafted, writable_cache, write
from pressroom.errors import Finding, MachineError, Place, PressroomError, error, has_errors, hint, warning
from pressroom.layouts import Composition
from pressroom.layouts.budget import Step
from pressroom.publication import CoverEdition, Edition, EpubEdition, PdfEdition, Publication

if TYPE_CHECKING:
    from pressroom.pdf import MadePdf  # what sets pages is loaded when it is needed: a machine may lack Pango


def check(order: Order, progress: Progress | None = None) -> Report:
    """Everything that can be told of a publication without making it."""
    report = Report()
    with told(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        for name in chosen(order, manuscript):
            with told(report):
                edition = _Edition(name, manuscript, order, progress or Silent(), report)
                if isinstance(edition.edition, CoverEdition):
                    edition.ask()  # a spine is known when the pages are made
                else:
                    report.add(edition.foresee(*edition.compose()))
    return report


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for, as far as they can be made."""
    report = Report()
    with told(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        if has_errors(manuscript.findings):
            return report
        out = order.out or order.root / "dist"
        check_out(out)
        names, paged = list(chosen(order, manuscript)), dict[str, Paged | PressroomError]()
        for name in in_turn(names, manuscript.publication.settings.editions):
            with told(report):
                _Edition(name, manuscript, order, progress or Silent(), report, paged).make(out)
        report.products.sort(key=lambda product: names.index(product.edition))
    return report


def in_turn(names: Sequence[str], editions: Mapping[str, Edition]) -> Iterator[str]:
    """The names of editions, each once, and before an ebook the edition whose page numbers it carries."""
    sources = ((getattr(editions[name], "pages_from", None) or "", name) for name in names)
    yield from dict.fromkeys(name for pair in sources for name in pair if name in names)


@dataclass(frozen=True)
class Paged:
    """A PDF edition as it was laid out, and what stands on which of its pages."""

    composition: Composition
    pages: tuple[layouts.PrintPage, ...]


@dataclass(frozen=True)
class _Edition:
    """One edition on its way from the manuscript to a file."""

    name: str
    manuscript: Manuscript
    order: Order
    progress: Progress
    report: Report
    paged: dict[str, Paged | PressroomError] = field(default_factory=dict)
    """PDF editions as they were laid out in this build, or why they were not: ebooks take page numbers from them."""
    records: dict[str, bytes] = field(default_factory=dict)
    """What is told the trade of ebooks."""

    @property
    def edition(self) -> Edition:
        return self.manuscript.publication.settings.editions[self.name]

    def make(self, out: Path) -> None:
        """Make it and write it, unless it has an error."""
        composition, renditions = self.compose()
        path = out / _file_name(composition.publication, self.name)
        with drafted(path) as draft:
            pages, findings = self._export(composition, draft.file)
            self.report.add(findings)
            size = draft.file.stat().st_size
            if isinstance(self.edition, EpubEdition) and size > budget.limit_of(self.edition):
                composition, renditions = self._reduce(composition, renditions, size)
                pages, _ = self._export(composition, draft.file)
            faults = (*self.ask_store(composition, renditions), *self._faults(composition, renditions, draft.file))
            self.report.add(faults)
            if has_errors((*findings, *faults)):
                return
            draft.keep()
        self.report.products.append(_product(self.name, self.edition.format, path, pages))
        if self.name in self.records:
            record = path.with_suffix(".onix.xml")
            write(record, self.records[self.name])
            self.report.products.append(_product(self.name, "onix", record, 0))

    def _faults(self, composition: Composition, renditions: Renditions, file: Path) -> tuple[Finding, ...]:
        """What can be said of the file, before it is put in its place. A proof is for nobody but the office."""
        edition = composition.edition
        if isinstance(edition, PdfEdition):
            if edition.proof:
                return ()
            return check_made(
                composition, renditions, file.read_bytes(), self.report.findings, is_draft=not self._is_final
            )
        return preflight.check_file(preflight.MadeFile(composition.publication, self.name, file))

    def _reduce(self, composition: Composition, renditions: Renditions, size: int) -> tuple[Composition, Renditions]:
        """An ebook that is too large, with all its pictures smaller."""

        def develop(step: Step) -> Renditions:
            edition = self._at(step)
            recipes = layouts.recipes(publication, edition, self.manuscript.layout, self.manuscript.album)
            self.progress.begin(f"{self.name}: pictures at {step.image_px} px", len(recipes))
            return self._developed(recipes)

        publication = composition.publication
        step, told = budget.reduction(self._made(composition, renditions, size), develop)
        self.report.add([told])
        return self.compose(step)

    def _made(self, composition: Composition, renditions: Renditions, size: int = 0) -> budget.Made:
        return budget.Made(composition, renditions, size, self.manuscript.place_of(("editions", self.name, "max_mb")))

    def _at(self, step: Step | None) -> Edition:
        """The edition, its pictures as a step of the budget has them."""
        return self.edition.model_copy(update=asdict(step)) if step else self.edition

    @property
    def _is_final(self) -> bool:
        status = self.manuscript.publication.settings.status
        return status == "final" if self.order.final is None else self.order.final

    def ask(self) -> None:
        """What can be said of it before it is made. Raises PressroomError for what keeps it from being made."""
        of = self.manuscript
        plan = preflight.Plan(of.publication, self.name, of.layout, of.album, of.place_of)
        told = preflight.check_plan(plan)
        if has_errors(told):
            raise PressroomError(told)
        self.report.add(told)

    def ask_store(self, composition: Composition, renditions: Renditions) -> tuple[Finding, ...]:
        """What the store of an ebook would say of its pages."""
        if not isinstance(self.edition, EpubEdition):
            return ()
        return preflight.check_pages(preflight.Pages(composition, renditions, self.manuscript.place_of))

    def foresee(self, composition: Composition, renditions: Renditions) -> tuple[Finding, ...]:
        """What can be said of it when it is laid out, and not made."""
        if not isinstance(self.edition, EpubEdition):
            return ()
        told = budget.foreseen(self._made(composition, renditions))
        return (*told, *self.ask_store(composition, renditions))

    def compose(self, step: Step | None = None) -> tuple[Composition, Renditions]:
        """Lay it out as XHTML, with its pictures at their size or at a step of the budget, by their figures."""
        publication, layout, album = self.manuscript.publication, self.manuscript.layout, self.manuscript.album
        self.ask()
        place_of = self.manuscript.place_of
        profile, findings = layouts.printing_condition(publication, self.name, self.order.root, place_of)
        self.report.add(findings)
        recipes = layouts.recipes(publication, self._at(step), layout, album, profile)
        cover, findings = layouts.cover_picture(publication, self.name, layout, album, place_of)
        self.report.add(findings)
        if recipes or cover:
            self.progress.begin(f"{self.name}: pictures", len(recipes) + bool(cover))
        cover = replace(cover, press=layouts.separated_for(profile)) if cover else None
        renditions = self._developed(recipes, cover)
        if isinstance(self.edition, CoverEdition):
            return replace(self._around(self.edition, renditions), profile=profile), renditions
        composition = layouts.lay_out(publication, self.name, layout, renditions, place_of)
        return replace(composition, profile=profile), renditions

    def _developed(
        self, recipes: Mapping[str, photographs.Recipe], cover: photographs.CoverRecipe | None = None
    ) -> dict[str, photographs.Rendition]:
        """Pictures made after their recipes."""
        album, cache = self.manuscript.album, self.order.root / CACHE / "renditions"
        try:
            with disk(), writable_cache(self.order.root):
                renditions = dict(photographs.render_all(album, recipes, cache, self.progress.step))
                if cover:
                    renditions["cover"] = photographs.render_cover(album.get("cover"), cover, cache)
                    self.progress.step()
        except photographs.UnusableError as fault:  # it was sound a moment ago: somebody is at work on it
            place = Place(f"the edition “{self.name}”")
            raise PressroomError([error(fault.id, place, fault.message, fault.help)]) from None
        return renditions

    def _around(self, cover: CoverEdition, renditions: Mapping[str, photographs.Rendition]) -> Composition:
        """The cover around as many pages as its book has."""
        manuscript = self.manuscript
        spine = printers.spine_of(cover, self._pages_of(cover.of))
        assert spine is not None  # it was asked for
        bound = layouts.Bound(manuscript.publication, self.name, manuscript.layout, spine, manuscript.place_of)
        composition, findings = layouts.lay_out_cover(bound, renditions)
        self.report.add(findings)
        return composition

    def _pages_of(self, book: str) -> int:
        """The pages of a book: counted when it was made, else it is laid out to be counted, and not written."""
        made = next((product.pages for product in self.report.products if product.edition == book), 0)
        if made:
            return made
        if not self.order.editions or book in self.order.editions:
            why = f"“{book}” was not made, so that nobody knows how thick a book this cover goes around."
            place = self.manuscript.place_of(("editions", self.name))
            raise PressroomError([error("cover-without-book", place, why, f"Mend what is told of “{book}”.")])
        inner = replace(self, name=book)
        pdf = inner._typeset(inner.compose()[0])
        self.report.add(pdf.findings)
        return len(pdf.folios)

    def _export(self, composition: Composition, file: Path) -> tuple[int, tuple[Finding, ...]]:
        """Write the file; its pages (of a PDF), and what was found on the way."""
        if isinstance(self.edition, EpubEdition):
            page_list, findings = self._page_list(composition, self.edition.pages_from)
            self.progress.begin(self.name, 1)
            with disk(), writable_cache(self.order.root):
                fonts = epub.fonts_of(composition, self.order.root / CACHE / "fonts")
            with file.open("wb") as target:
                held = epub.export(composition, self._modified, target, page_list, fonts)
            if self.edition.onix:
                source, size = self.edition.pages_from if page_list else None, file.stat().st_size
                finished = epub.Made(held, size, self._modified, source or "", self._pages_known(source))
                self.records[self.name] = epub.onix_record(composition, finished)
            self.progress.step()
            return 0, findings
        made = self._typeset(composition)
        file.write_bytes(made.data)
        return len(made.folios), made.findings

    def _typeset(self, composition: Composition) -> MadePdf:
        """The PDF, which later editions of this build may ask for its pages."""
        pdf = machine.load_page_engine("pressroom.pdf")
        self.progress.begin(self.name, len(composition.units))
        try:
            made: MadePdf = pdf.export(composition, self._modified, self.progress.step)
        except PressroomError as fault:
            self.paged[self.name] = fault
            raise
        self.paged[self.name] = Paged(composition, made.pages)
        return made

    def _pages_known(self, name: str | None) -> int:
        """The pages of a PDF edition, if it has been laid out in this build."""
        paged = self.paged.get(name or "")
        return len(paged.pages) if isinstance(paged, Paged) else 0

    @property
    def _modified(self) -> dt.datetime:
        return self.order.source_date or _newest(self.order.root)

    def _page_list(
        self, composition: Composition, source: str | None
    ) -> tuple[layouts.PageList | None, tuple[Finding, ...]]:
        """The pages of a print edition for this ebook. Without them it is made all the same, and that is told."""
        if source is None:
            return None, ()
        try:
            paged = self.paged.get(source) or replace(self, name=source, report=Report()).paginate(self.name)
            if isinstance(paged, PressroomError):
                raise paged
        except PressroomError as fault:
            self.paged[source] = fault
            place = self.manuscript.place_of(("editions", self.name, "pages_from"))
            why = f"The ebook “{self.name}” has no page numbers: “{source}” could not be laid out"
            if isinstance(fault, MachineError):
                return None, (hint("page-list-missing", place, f"{why} on this machine.", fault.findings[0].hint),)
            help = f"Type pressroom build --edition {source}, and do what it says."
            return None, (warning("page-list-missing", place, f"{why}. {fault.findings[0].message}", help),)
        return layouts.page_list(paged.pages, paged.composition, composition), ()

    def paginate(self, reader: str) -> Paged:
        """Lay out a PDF edition whose pages another edition, its reader, asks for, and write nothing."""
        pdf = machine.load_page_engine("pressroom.pdf")
        composition, _ = self.compose()
        self.progress.begin(f"{reader}: pages of {self.name}", len(composition.units))
        paged = self.paged[self.name] = Paged(
            composition, pdf.paginate(composition, self._modified, self.progress.step)
        )
        return paged


def _newest(root: Path) -> dt.datetime:
    """When the newest source was changed: products of unchanged sources stay the same, to the byte."""
    files = (f for folder in ("book", "layouts", "assets") for f in (root / folder).rglob("*") if f.is_file())
    return dt.datetime.fromtimestamp(int(max((f.stat().st_mtime for f in files), default=0)), dt.UTC)


def _product(name: str, format: str, path: Path, pages: int) -> Product:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Product(name, format, path, pages, path.stat().st_size, digest)


def _file_name(publication: Publication, name: str) -> str:
    """`slug.epub` for the first ebook, `slug-edition.…` for all else."""
    settings_ = publication.settings
    ebooks = [n for n, edition in settings_.editions.items() if isinstance(edition, EpubEdition)]
    if name in ebooks:
        return f"{settings_.file_stem}.epub" if name == ebooks[0] else f"{settings_.file_stem}-{name}.epub"
    return f"{settings_.file_stem}-{name}.pdf"
