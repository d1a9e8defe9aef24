"""Jobs: what is needed to make one edition, and the first steps of it, which are its checks, pictures and layout."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom import cover, design, photographs, preflight
from pressroom.design import Composition, EditionInHand
from pressroom.design.ladder import Step
from pressroom.errors import Place, PressroomError, Severity, error, has_errors
from pressroom.photographs import CoverRecipe, Profile, Recipe, Rendition
from pressroom.production.conserved import words_lost
from pressroom.production.order import Order, Progress, Report
from pressroom.production.receipts import builder_state
from pressroom.production.writing import disk, writable_cache
from pressroom.whereabouts import INPUTS

Renditions = Mapping[str, Rendition]
"""Pictures at their size, by the ids of their figures."""

_LAST_SECOND = 4_354_819_199
"""The end of 2107 in seconds since 1970. Disks hold later times, which neither ZIP files nor Python’s dates do."""


@dataclass(frozen=True)
class Job:
    """One edition in the making, with its order and its report."""

    hand: EditionInHand
    order: Order
    progress: Progress
    report: Report
    asked: Mapping[str, Sequence[Recipe]] = field(default_factory=dict)
    """What all editions of the order ask of each picture, by its figure's id: one decode makes the pictures of all."""
    builder: str = field(default_factory=lambda: builder_state())  # noqa: PLW0108 - looked up when it is called
    """The state of what it is made with: what another builder has kept is not taken."""

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.hand.name

    @property
    def cache(self) -> Path:
        """The folder for pictures and fonts that are kept between builds."""
        return self.order.shared_cache

    @property
    def modified(self) -> dt.datetime:
        """The date that products carry: that of the order, else that of the newest source file."""
        return self.order.source_date or _newest(self.order.root)

    @property
    def is_final(self) -> bool:
        """Whether a missing photograph is an error."""
        status = self.hand.settings.status
        return status == "final" if self.order.final is None else self.order.final

    def other(self, name: str, report: Report | None = None) -> Job:
        """The same job for another edition; `report` takes its findings where they do not belong to this report."""
        return replace(self, hand=self.hand.other(name), report=report or self.report)

    def check(self) -> None:
        """Report the preflight findings on the plan. Raises PressroomError where one of them is an error."""
        findings = preflight.check_plan(self.hand)
        if has_errors(findings):
            raise PressroomError(findings)
        self.report.add(findings)

    def compose(self, step: Step | None = None) -> tuple[Composition, Renditions]:
        """Lay the edition out as XHTML, with its pictures at the edition's size or at a step of its budget.

        The pictures come by the ids of their figures. Raises PressroomError where the plan has an error,
        or a word of the sources is lost.
        """
        self.check()
        hand = self.on_pages(step)
        profile, renditions = self.pictures(hand)
        styling = design.styling_of(hand, cache=self.cache / "fonts")
        front = cover.front_page(hand, styling, renditions)
        with disk(), writable_cache(self.order):
            composition = design.lay_out(hand, styling, renditions, front)
        faulty = {finding.place.file for finding in self.report.findings if finding.severity is Severity.ERROR}
        kept = self.order.cache / "pages" / f"{self.name}.conserved" if self.order.keeps else None
        lost = [each for each in words_lost(composition, self.builder, kept) if each.place.file not in faulty]
        if lost:  # in a chapter without an error, which would explain it
            raise PressroomError(lost)
        return replace(composition, profile=profile), renditions

    def pictures(self, hand: EditionInHand) -> tuple[Profile | None, dict[str, Rendition]]:
        """The printing condition of an edition, and its pictures made for it, by the ids of their figures."""
        profile, findings = design.printing_condition(hand, self.order.root)
        self.report.add(findings)
        front, findings = cover.cover_picture(hand)
        self.report.add(findings)
        front = replace(front, press=design.separated_for(profile)) if front else None
        return profile, self.develop({**self.recipes(hand, profile), **cover.back_recipes(hand, profile)}, front)

    def recipes(self, hand: EditionInHand, profile: Profile | None = None) -> Mapping[str, Recipe]:
        """What an edition needs of each picture. Raises PressroomError where that cannot be told."""
        with disk(), writable_cache(self.order):
            return design.recipes(hand, profile, self.cache / "fonts")

    def on_pages(self, step: Step | None = None) -> EditionInHand:
        """The edition as it is laid out: a fixed-layout ebook as pages, and with pictures at a step of its budget."""
        hand = self.hand.on_its_pages()
        return hand.made_as(hand.edition.with_pictures(step.size, step.quality)) if step else hand

    def develop(self, recipes: Mapping[str, Recipe], front: CoverRecipe | None = None) -> dict[str, Rendition]:
        """Make pictures after their recipes. Raises PressroomError for a file that can no longer be read."""
        album, cache = self.hand.album, self.cache / "renditions"
        if recipes or front:
            self.progress.begin(f"{self.name}: pictures", len(recipes) + bool(front))
        try:
            with disk(), writable_cache(self.order):
                renditions = dict(photographs.render_all(album, recipes, cache, self.progress.step, self.asked))
                if front:
                    renditions["cover"] = photographs.render_cover(album.get("cover"), front, cache)
                    self.progress.step()
        except photographs.UnusableError as fault:  # it was sound when it was read: somebody has changed it since
            place = Place(f"the edition “{self.name}”")
            raise PressroomError([error(fault.id, place, fault.message, fault.remedy)]) from None
        return renditions


def asked_of_pictures(hands: Iterable[EditionInHand], order: Order) -> Mapping[str, Sequence[Recipe]]:
    """What some editions ask of each picture, by its figure's id."""
    asked: dict[str, list[Recipe]] = defaultdict(list)
    for hand in hands:
        with contextlib.suppress(PressroomError, OSError):  # an edition that cannot be made is told in its turn
            pages = hand.on_its_pages()
            profile, _ = design.printing_condition(pages, order.root)
            for id, recipe in design.recipes(pages, profile, order.shared_cache / "fonts").items():
                asked[id].append(recipe)
    return asked


def _newest(root: Path) -> dt.datetime:
    """The time of the newest source file, so that unchanged sources give the same bytes."""
    files = (f for folder in INPUTS for f in (root / folder).rglob("*") if f.is_file())
    newest = int(max((f.stat().st_mtime for f in files), default=0))
    return dt.datetime.fromtimestamp(min(max(newest, 0), _LAST_SECOND), dt.UTC)
