"""Jobs: one edition of a publication on its way to a file, as far as its laid-out pages and their pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom import design, photographs, preflight
from pressroom.design import Composition
from pressroom.design.ladder import Step
from pressroom.errors import Place, PressroomError, error, has_errors
from pressroom.photographs import CoverRecipe, Profile, Recipe, Rendition
from pressroom.production.finished import Renditions
from pressroom.production.order import Manuscript, Order, Progress, Report
from pressroom.production.writing import CACHE, disk, writable_cache
from pressroom.publication import Edition, EpubEdition, Publication
from pressroom.publication.editions import as_pages
from pressroom.rules.printers import PrinterRules, rules_for


@dataclass(frozen=True)
class Job:
    """One edition, with all that making it needs to know and whom it is to tell."""

    name: str
    manuscript: Manuscript
    order: Order
    progress: Progress
    report: Report

    @property
    def edition(self) -> Edition:
        """What is to be made."""
        return self.manuscript.publication.settings.editions[self.name]

    @property
    def rules(self) -> PrinterRules | None:
        """The rules of its printer."""
        return rules_for(self.edition, self.manuscript.printers)

    @property
    def cache(self) -> Path:
        """The folder of what is kept between builds."""
        return self.order.root / CACHE

    @property
    def modified(self) -> dt.datetime:
        """The moment that products carry: one that was given, else that of the newest source."""
        return self.order.source_date or _newest(self.order.root)

    @property
    def is_final(self) -> bool:
        """Whether nothing may be missing any more."""
        status = self.manuscript.publication.settings.status
        return status == "final" if self.order.final is None else self.order.final

    def place(self, *keys: str) -> Place:
        """Where a key of the edition stands, or the edition itself."""
        return self.manuscript.place_of(("editions", self.name, *keys))

    def ask(self) -> None:
        """What can be said of it before it is made. Raises PressroomError for what keeps it from being made."""
        of = self.manuscript
        plan = preflight.Plan(of.publication, self.name, of.layout, of.album, of.place_of, self.rules)
        told = preflight.check_plan(plan)
        if has_errors(told):
            raise PressroomError(told)
        self.report.add(told)

    def compose(self, step: Step | None = None) -> tuple[Composition, Renditions]:
        """Lay it out as XHTML, with its pictures at their size or at a step of its budget, by their figures."""
        self.ask()
        of, publication = self.manuscript, self.set_on_pages(step)
        profile, renditions = self.pictures(publication)
        composition = design.lay_out(publication, self.name, of.layout, renditions, of.place_of)
        return replace(composition, profile=profile, rules=self.rules), renditions

    def pictures(self, publication: Publication) -> tuple[Profile | None, dict[str, Rendition]]:
        """Its pictures by their figures, and the printing condition that they are made for."""
        of, edition = self.manuscript, publication.settings.editions[self.name]
        root, rules = self.order.root, self.rules
        profile, findings = design.printing_condition(publication, self.name, rules, root, of.place_of)
        self.report.add(findings)
        cover, findings = design.cover_picture(publication, self.name, of.layout, of.album, of.place_of)
        self.report.add(findings)
        cover = replace(cover, press=design.separated_for(profile)) if cover else None
        return profile, self.develop(design.recipes(publication, edition, of.layout, of.album, profile), cover)

    def set_on_pages(self, step: Step | None = None) -> Publication:
        """The publication with this edition as what it is laid out as: a fixed layout as pages; and its pictures as a
        step of its budget has them.
        """
        publication = self.manuscript.publication
        editions = publication.settings.editions
        pages = as_pages(self.edition, editions)
        if step:
            size = "image_px" if isinstance(pages, EpubEdition) else "image_ppi"
            pages = pages.model_copy(update={size: step.size, "quality": step.quality})
        settings = publication.settings.model_copy(update={"editions": {**editions, self.name: pages}})
        return replace(publication, settings=settings)

    def develop(
        self, recipes: Mapping[str, Recipe], cover: CoverRecipe | None = None
    ) -> dict[str, photographs.Rendition]:
        """Pictures made after their recipes."""
        album, cache = self.manuscript.album, self.cache / "renditions"
        if recipes or cover:
            self.progress.begin(f"{self.name}: pictures", len(recipes) + bool(cover))
        try:
            with disk(), writable_cache(self.order.root):
                renditions = dict(photographs.render_all(album, recipes, cache, self.progress.step))
                if cover:
                    renditions["cover"] = photographs.render_cover(album.get("cover"), cover, cache)
                    self.progress.step()
        except photographs.UnusableError as fault:  # it was sound a moment ago: somebody is at work on it
            place = Place(f"the edition “{self.name}”")
            raise PressroomError([error(fault.id, place, fault.message, fault.remedy)]) from None
        return renditions


def _newest(root: Path) -> dt.datetime:
    """When the newest source was changed: products of unchanged sources stay the same, to the byte."""
    files = (f for folder in ("book", "layouts", "assets") for f in (root / folder).rglob("*") if f.is_file())
    return dt.datetime.fromtimestamp(int(max((f.stat().st_mtime for f in files), default=0)), dt.UTC)
