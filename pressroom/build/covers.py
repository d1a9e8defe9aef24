"""Printed covers: each around as many pages as its book has."""

from __future__ import annotations

from dataclasses import replace

from pressroom import layouts, printers
from pressroom.build.finished import Renditions
from pressroom.build.job import Job
from pressroom.build.paging import Paging
from pressroom.layouts import Composition
from pressroom.publication import CoverEdition


def compose_cover(job: Job, paging: Paging) -> tuple[Composition, Renditions]:
    """A cover's sheet as XHTML, with its pictures by their figures."""
    cover, of = job.edition, job.manuscript
    assert isinstance(cover, CoverEdition)
    job.ask()
    profile, renditions = job.pictures(of.publication)
    spine = printers.spine_of(cover, paging.pages_of(cover.of, job))
    assert spine is not None  # it was asked for
    bound = layouts.Bound(of.publication, job.name, of.layout, spine, of.place_of)
    composition, findings = layouts.lay_out_cover(bound, renditions)
    job.report.add(findings)
    return replace(composition, profile=profile), renditions
