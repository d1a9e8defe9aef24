"""The album: which file is behind each figure, how it is framed, and whether it is a picture that can be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.errors import Finding, Severity, advice, did_you_mean, error, warning
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.embargo import embargo_findings
from pressroom.photographs.formats import UnusableError, side_by_side
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.photo_finder import Found, PhotoFinder
from pressroom.photographs.probing import ImageProbe, PictureKind
from pressroom.photographs.rights import Rights, rights_of
from pressroom.publication import Figure, Focus, Publication, Region

SLIVER = 12.0
"""A picture that is longer than this for its width is a line on the page."""
_REMARKS = {
    "photo-pages": "“{}” has several pages; the first one is taken.",
    "photo-animated": "“{}” moves; paper shows its first frame, and so do all editions.",
    "photo-profile-broken": "“{}” carries a colour profile that cannot be read; its colours are taken for sRGB.",
    "photo-ink-unknown": "“{}” is in CMYK without a profile: which inks are meant is a guess. Its colours will "
    "shift on screens; a press prints its inks as they are.",
}
_REMEDIES = {
    "photo-pages": "If another is meant, save it as a file of its own.",
    "photo-animated": "If another frame says more, save it as a picture of its own.",
    "photo-profile-broken": "Export it again with its profile.",
    "photo-ink-unknown": "Export it as RGB, or with its profile.",
}


@dataclass(frozen=True)
class Photograph:
    """A picture file that can be printed, as one figure shows it."""

    file: Path
    width: int
    """Pixels of the part that is shown, upright; of a drawing, its own units."""
    height: int
    kind: PictureKind
    digest: str
    """SHA-256 of the file."""
    negative: CropAndBlur
    focus: Focus = field(default_factory=Focus)
    """Of the part that is shown."""
    rights: Rights = field(default_factory=Rights)
    metadata: Metadata = field(default_factory=Metadata)
    fingerprint: str = ""
    """256 bits, alike for pictures that look alike; empty for drawings."""

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height


Album = Mapping[str, Photograph]
"""Photographs by the id of their figure; a figure whose photograph has not arrived is not among them."""


def gather(
    publication: Publication,
    shelf: PhotoFinder,
    *,
    final: bool,
    today: dt.date | None = None,
    step: Callable[[], None] = lambda: None,
) -> tuple[Album, tuple[Finding, ...]]:
    """Find and look at every picture. One that is missing is an error in a final publication, a warning in a draft.

    `today` is the day against which embargoes are held; without it none is.
    """
    gathering = _Gathering(shelf, final=final, today=today)
    pictures = tuple(publication.pictures())
    files = [gathering.find(figure, named_in) for named_in, figure in pictures]
    gathering.look_at([found.file for found in files if found], step)
    for (_, figure), found in zip(pictures, files, strict=True):
        if found is not None:
            gathering.take(figure, found)
    order = {figure.place: n for n, (_, figure) in enumerate(pictures)}
    return gathering.album, tuple(sorted(gathering.findings, key=lambda finding: order[finding.place]))


class _Gathering:
    """An album on its way."""

    def __init__(self, shelf: PhotoFinder, *, final: bool, today: dt.date | None) -> None:
        self.shelf, self.final, self.today = shelf, final, today
        self.album: dict[str, Photograph] = {}
        self.findings: list[Finding] = []
        self.looks: dict[Path, ImageProbe | UnusableError] = {}

    def find(self, figure: Figure, chapter: str) -> Found | None:
        try:
            found = self.shelf.find(figure.file, chapter)
        except UnusableError as fault:
            self._tell(fault, figure)
            return None
        if found is None:
            self.findings.append(_missing(figure, self.shelf, final=self.final))
        return found

    def look_at(self, files: list[Path], step: Callable[[], None]) -> None:
        """Every file once."""

        def one(file: Path) -> ImageProbe | UnusableError:
            try:
                return self.shelf.look(file)
            except UnusableError as fault:
                return fault
            finally:
                step()

        once = list(dict.fromkeys(files))
        self.looks = dict(zip(once, side_by_side(one, once), strict=True))

    def take(self, figure: Figure, found: Found) -> None:
        """Put the photograph of a figure into the album, with what there is to say of it."""
        look = self.looks[found.file]
        if isinstance(look, UnusableError):
            self._tell(look, figure)
            return
        metadata = self.shelf.metadata(found.file)
        try:
            self.album[figure.id] = _photograph(figure, found.file, look, metadata)
        except UnusableError as fault:
            self._tell(fault, figure)
        self.findings += _remarks(figure, found, look, metadata)
        if self.today is not None:
            self.findings += embargo_findings(figure, found.file.name, metadata, self.today)

    def _tell(self, fault: UnusableError, figure: Figure) -> None:
        self.findings.append(error(fault.id, figure.place, fault.message, fault.remedy))


def _missing(figure: Figure, shelf: PhotoFinder, *, final: bool) -> Finding:
    severity = Severity.ERROR if final else Severity.WARNING
    fate = "and this publication is final" if final else "a placeholder holds its place"
    if figure.placement.on_cover and not final:
        fate = "so the cover is set in type"
    if not figure.file:
        remedy = "Put its file name between the round brackets." + (" Or set status: draft." if final else "")
        if figure.place.file.endswith(".txt"):
            remedy = "To name its file, turn the gallery into Markdown."
        return Finding("photo-to-come", severity, figure.place, f"This photograph has not arrived, {fate}.", remedy)
    close = did_you_mean(figure.file.rpartition("/")[2], (f.name for f in shelf.pictures()))
    remedy = " ".join(filter(None, (close, "Or set status: draft to hold its place." if final else "")))
    why = f"There is no “{figure.file}” in assets/photos, {fate}."
    return Finding("photo-missing", severity, figure.place, why, remedy or "Put the file into assets/photos.")


def _photograph(figure: Figure, file: Path, look: ImageProbe, metadata: Metadata) -> Photograph:
    framing, width, height = figure.framing, look.width, look.height
    if look.kind == "drawing" and figure.placement.on_cover:
        why = f"“{file.name}” is a drawing; the cover needs a picture of pixels, which every shop can show."
        raise UnusableError("cover-drawing", why, "Export it as PNG, at least 1600 × 2400 pixels.")
    if look.kind == "drawing" and (framing.crop or framing.aspect or framing.blur):
        why = f"“{file.name}” is a drawing, of which no part can be cut off or blurred."
        raise UnusableError("drawing-framed", why, "Change it in your drawing program.")
    for name, regions in (("crop", filter(None, (framing.crop,))), ("blur", framing.blur)):
        for region in regions:
            _check_inside(region, name, file, look)
    window = framing.window(width, height)
    return Photograph(
        file=file,
        width=window[2] - window[0],
        height=window[3] - window[1],
        kind=look.kind,
        digest=look.digest,
        negative=CropAndBlur(width, height, window, tuple(region.box(width, height) for region in framing.blur)),
        focus=framing.focus_in(window, width, height),
        rights=rights_of(metadata, figure.credit),
        metadata=metadata,
        fingerprint=look.fingerprint,
    )


def _check_inside(region: Region, name: str, file: Path, look: ImageProbe) -> None:
    """Pixels are of one version of a file; of another, they would hide or show the wrong part."""
    if region.unit == "px" and (region.x + region.width > look.width or region.y + region.height > look.height):
        why = f"The {name} reaches out of “{file.name}”, which has {look.width} × {look.height} pixels."
        raise UnusableError(f"{name}-outside", why, "Measure it on this file, or write it in per cent: 10% 5% 80% 90%.")


def _remarks(figure: Figure, found: Found, look: ImageProbe, metadata: Metadata) -> Iterator[Finding]:
    """What an editor should know of a picture that can be printed."""
    name, place = found.file.name, figure.place
    if not found.is_called_so:
        why = f"The file is called “{name}”; a machine that tells capitals from small letters would not find it."
        yield warning("photo-case", place, why, f"Write “{name}” here.")
    for remark in look.remarks:
        yield advice(remark, place, _REMARKS[remark].format(name), _REMEDIES[remark])
    if look.removed:
        why = f"“{name}” holds what no book may: {', '.join(look.removed)}. It is left out."
        yield warning("drawing-cleaned", place, why, "Export it as plain SVG.")
    if metadata.broken:
        why = f"What “{name}” says of itself ({', '.join(metadata.broken)}) is damaged and is not read."
        yield advice("photo-metadata-broken", place, why, "Save its caption and credit again in your photo program.")
    ratio = look.width / look.height
    if look.kind == "photograph" and not 1 / SLIVER <= ratio <= SLIVER:
        why = f"“{name}” has {look.width} × {look.height} pixels: on a page it is a line."
        yield warning("photo-sliver", place, why, "Deliver another picture, or show a part of it with crop.")
