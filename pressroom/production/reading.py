"""Reading: a whole publication with its layout, its photographs and every finding on them."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom import design, photographs, preflight, settings
from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error, has_errors
from pressroom.manuscript import doubts_of_notes, of_final, read_manuscript
from pressroom.photographs import Album, PhotoFinder, Photograph, SeenPicture, UnusableError
from pressroom.photographs.formats import side_by_side
from pressroom.production.order import Manuscript, NoProgress, Order, Progress
from pressroom.production.writing import disk, writable_cache
from pressroom.publication import Edition, Publication
from pressroom.whereabouts import check_own


def read(order: Order, progress: Progress | None = None) -> Manuscript:
    """Read a whole publication.

    Raises PressroomError where something in it is not its own, or its settings or its layout cannot be read.
    """
    check_own(order.root, order.out)
    settings_file = settings.read_settings(order.root, dict(order.variables))
    book, place_of = settings_file.settings, settings_file.place_of
    findings: list[Finding] = list(settings.not_yet(book, place_of))
    findings += (*settings_file.reading.warnings, *settings.doubts(book, place_of))
    check_names(order, book.editions)
    try:
        notes = settings.read_photo_notes(order.root, book.variables)
    except PressroomError as fault:
        notes = settings.PhotoNotes({})
        findings += fault.findings
    finder = PhotoFinder(order.root, book.language, book.captions_from_photos, order.shared_cache / "probes")
    final = book.status == "final" if order.final is None else order.final
    publication, doubts = read_manuscript(order.root, book, notes.notes, place_of, finder.caption_data)
    if notes.reading:
        doubts += tuple(doubts_of_notes(notes.notes, book.variables, notes.reading.place))
    album, missing = _gather(publication, finder, order, progress or NoProgress(), final=final)
    pictures = {figure.file.rpartition("/")[2] for _, figure in publication.pictures()}
    files = tuple(finder.pictures())
    doubts = tuple(of_final(doubts)) if final else doubts
    findings += [*doubts, *missing, *notes.unused(pictures), *(notes.reading.warnings if notes.reading else ())]
    try:
        layout = design.find_layout(book.layout, order.root, place_of(("layout",)))
    except PressroomError as fault:
        raise PressroomError([*fault.findings, *findings]) from None
    chosen = design.GivenOptions(book.layout_options, settings_file.key_of, place_of)
    layout, option_findings = layout.choosing(chosen, book.editions)
    findings += [*option_findings, *design.unread_files(layout)]
    findings += design.find_fonts(book, layout, place_of)[1]
    if not has_errors(findings):  # the pictures of a chapter that could not be read would seem unused
        findings += preflight.check_desk(preflight.PictureDesk(publication, album, files))
    paced = _arranged(publication, album, layout, order, progress or NoProgress())
    findings += paced.findings
    made = paced.publication, layout, paced.album, files, tuple(findings), place_of, settings_file.printers
    return Manuscript(*made, arranged=paced.pages, pacings=paced.pacings)


def _gather(
    publication: Publication, finder: PhotoFinder, order: Order, progress: Progress, *, final: bool
) -> tuple[Album, tuple[Finding, ...]]:
    """Look at every photograph once, and report those that are missing or damaged."""
    files = {figure.file for _, figure in publication.pictures() if figure.file}
    progress.begin("looking at pictures", len(files))
    with disk(), writable_cache(order):
        return photographs.gather(publication, finder, final=final, today=order.today, step=progress.step)


def _arranged(
    publication: Publication, album: Album, layout: design.Layout, order: Order, progress: Progress
) -> design.Arranged:
    """Look at the pictures of the chapters that are to be arranged, and arrange them."""
    chapters = {chapter.id for chapter in design.to_arrange(publication, layout)}
    wanted = {
        figure.id: album[figure.id]
        for chapter, figure in publication.figures()
        if chapter.id in chapters and figure.id in album
    }
    if wanted:
        progress.begin("arranging pictures", len(wanted))

    def seen(photograph: Photograph) -> SeenPicture:
        try:
            return photographs.look_at(photograph, order.shared_cache / "sights")
        except UnusableError:  # whole enough to be probed; nothing more is known of it
            return SeenPicture()
        finally:
            progress.step()

    with disk(), writable_cache(order):
        sights = side_by_side(seen, wanted.values())
    return design.arranged(publication, album, layout, dict(zip(wanted, sights, strict=True)))


def check_names(order: Order, editions: Mapping[str, Edition]) -> None:
    """Raise UsageError for every name in the order that no edition has."""
    known = f"The editions are: {', '.join(editions)}."
    unknown = [name for name in order.editions if name not in editions]
    if unknown:
        raise UsageError(
            error(
                "edition-unknown",
                Place("--edition"),
                f"No edition is called “{name}”.",
                did_you_mean(name, editions) or known,
            )
            for name in unknown
        )
