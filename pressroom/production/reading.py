"""Reading: a whole publication, with its layout and its photographs, and everything to know about them."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom import design, photographs, preflight, settings
from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error, has_errors
from pressroom.manuscript import read_manuscript
from pressroom.photographs import Album, PhotoFinder
from pressroom.production.order import Manuscript, NoProgress, Order, Progress
from pressroom.production.writing import CACHE, disk, writable_cache
from pressroom.publication import EditionForm, Publication


def read(order: Order, progress: Progress | None = None) -> Manuscript:
    """Read a whole publication. Raises PressroomError where not even its settings can be read."""
    given = settings.read_settings(order.root)
    findings: list[Finding] = list(settings.not_yet(given.settings, given.place_of))
    findings += settings.doubts(given.settings, given.place_of)
    _check_names(order, given.settings.editions)
    try:
        notes = settings.read_photo_notes(order.root)
    except PressroomError as fault:
        notes = settings.PhotoNotes({})
        findings += fault.findings
    finder = PhotoFinder(
        order.root, given.settings.language, given.settings.captions_from_photos, order.root / CACHE / "probes"
    )
    publication, faults = read_manuscript(order.root, given.settings, notes.notes, given.place_of, finder.caption_data)
    album, missing = _gather(publication, finder, order, progress or NoProgress())
    pictures = {figure.file.rpartition("/")[2] for _, figure in publication.pictures()}
    files = tuple(finder.pictures())
    findings += [*faults, *missing, *notes.unused(pictures)]
    try:
        layout = design.find_layout(given.settings.layout, order.root, given.place_of(("layout",)))
    except PressroomError as fault:
        raise PressroomError([*fault.findings, *findings]) from None
    chosen = design.GivenOptions(given.settings.layout_options, given.key_of, given.place_of)
    layout, told = layout.choosing(chosen, given.settings.editions)
    findings += told
    findings += design.find_fonts(given.settings, layout, given.place_of)[1]
    if not has_errors(findings):  # of a chapter that could not be read, no picture would seem to be used
        findings += preflight.check_desk(preflight.PictureDesk(publication, album, files))
    return Manuscript(publication, layout, album, files, tuple(findings), given.place_of, given.printers)


def _gather(
    publication: Publication, finder: PhotoFinder, order: Order, progress: Progress
) -> tuple[Album, tuple[Finding, ...]]:
    final = publication.settings.status == "final" if order.final is None else order.final
    files = {figure.file for _, figure in publication.pictures() if figure.file}
    progress.begin("looking at pictures", len(files))
    with disk(), writable_cache(order.root):
        return photographs.gather(publication, finder, final=final, today=order.today, step=progress.step)


def _check_names(order: Order, editions: Mapping[str, EditionForm]) -> None:
    known = f"There are: {', '.join(editions)}."
    unknown = [name for name in order.editions if name not in editions]
    if unknown:
        raise UsageError(
            error(
                "edition-unknown",
                Place("--edition"),
                f"No edition is called “{n}”.",
                did_you_mean(n, editions) or known,
            )
            for n in unknown
        )
