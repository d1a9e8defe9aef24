"""Makers: the functions that make each form of edition. A new form is registered here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom.production.ebooks import foresee_ebook, make_reflowable
from pressroom.production.job import Job
from pressroom.production.order import Making
from pressroom.production.paging import Paging
from pressroom.production.pdfs import foresee_cover, foresee_pdf, make_cover, make_pdf
from pressroom.publication import Edition
from pressroom.publication.edition_form import FormName


@dataclass(frozen=True)
class Maker:
    """The two functions that a form of edition needs."""

    make: Callable[[Job, Paging, Path], Making]
    """Begins to write the edition to a file. Raises PressroomError for what keeps it from being made."""
    foresee: Callable[[Job], None]
    """Reports the findings that need no finished file. Raises PressroomError as `make` does."""


def _make_fixed(job: Job, paging: Paging, file: Path) -> Making:
    """Make a fixed-layout ebook."""
    from pressroom.production.fixed_ebooks import make_fixed  # noqa: PLC0415 - few publications have one

    return make_fixed(job, paging, file)


_MAKERS: Mapping[FormName, Maker] = {
    "reflowable": Maker(make_reflowable, foresee_ebook),
    "fixed": Maker(_make_fixed, foresee_ebook),
    "pdf": Maker(make_pdf, foresee_pdf),
    "cover": Maker(make_cover, foresee_cover),
}


def maker_of(edition: Edition) -> Maker:
    """The maker of an edition's form."""
    return _MAKERS[edition.form]
