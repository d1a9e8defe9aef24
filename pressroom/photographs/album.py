"""The album: the file behind each figure, its framing, and whether it can be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.errors import Finding, Place, Severity, advice, did_you_mean, error, warning
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.embargo import embargo_findings
from pressroom.photographs.formats import UnusableError, side_by_side
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.photo_finder import FoundFile, PhotoFinder
from pressroom.photographs.plain_drawings import DrawingFacts
from pressroom.photographs.probing import ImageProbe, PictureKind
from pressroom.photographs.rights import Rights, rights_of
from pressroom.photographs.signatures import true_name
from pressroom.publication import IN_LINE, Figure, Focus, Publication, Region

SLIVER = 12.0
"""A picture whose longer side is more than this many times the shorter one is a mere line on the page."""
_SAMPLE = 60
"""The most letters of a caption that a finding quotes."""
LARGEST_SIGN = 800
"""The most pixels along the longer side of a picture that may be meant as a sign among words."""
_REMARKS = {
    "photo-pages": (
        "“{}” has several pages; only the first one is shown.",
        "To show another page, save it as a file of its own.",
    ),
    "photo-end-missing": (
        "“{}” lacks the marker of its end; all of its picture was read, but the file was cut.",
        "Open it in a photo program and save it again, or copy it again from where it came.",
    ),
    "photo-animated": (
        "“{}” is animated; paper shows its first frame, and so do all editions.",
        "To show another frame, save it as a picture of its own.",
    ),
    "photo-profile-broken": (
        "“{}” has a broken colour profile; its colours are read as sRGB, and may be wrong.",
        "Export it again with a sound profile.",
    ),
    "photo-ink-unknown": (
        "“{}” is in CMYK without a profile, so that its inks are a guess. Its colours will shift on screens; a press "
        "prints its inks unchanged.",
        "Export it as RGB, or with its profile.",
    ),
    "photo-white": (
        "“{}” is white on a transparent ground: on paper, which is white, nothing of it is seen.",
        "Put a ground behind it in a picture program, and save it as JPEG or PNG.",
    ),
}
"""What is said of a photograph that can be used, and what to do."""


_NOT_TAKEN = frozenset(
    "algorithmicMedia trainedAlgorithmicMedia dataDrivenMedia digitalArt digitalCreation screenCapture softwareImage "
    "virtualRecording".split()
)
"""IPTC's digital source types of pictures that no camera took (cv.iptc.org/newscodes/digitalsourcetype)."""


@dataclass(frozen=True)
class Photograph:
    """A picture file that can be printed, with the framing of the one figure that shows it."""

    file: Path
    width: int
    """Pixels across the cropped, upright picture; a drawing’s width is in its own units."""
    height: int
    kind: PictureKind
    digest: str
    """SHA-256 of the file."""
    crop_and_blur: CropAndBlur
    focus: Focus = field(default_factory=Focus)
    """The focus, in percent of the cropped picture."""
    rights: Rights = field(default_factory=Rights)
    metadata: Metadata = field(default_factory=Metadata)
    fingerprint: str = ""
    """A perceptual hash of 256 bits: similar pictures have similar ones. It is empty for drawings."""
    is_graphic: bool = False
    """Whether it has so few colours that it is a diagram or a screenshot."""
    has_border: bool = False
    """Whether its four edges have one tone."""
    drawing: DrawingFacts = field(default_factory=DrawingFacts)
    """What a drawing asks of those who draw it."""

    @property
    def is_whole(self) -> bool:
        """Whether it loses something where its edges are cut, however little: a drawing, a diagram, a frame."""
        return self.kind == "drawing" or self.is_graphic or self.has_border

    @property
    def was_taken(self) -> bool:
        """Whether somebody took it somewhere and some day, as a photograph; a drawing and a screenshot were made."""
        return self.kind != "drawing" and not self.is_graphic and self.metadata.source_type not in _NOT_TAKEN

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height


Album = Mapping[str, Photograph]
"""Photographs by the id of their figure. A figure whose photograph has not arrived has no entry."""


def gather(
    publication: Publication,
    finder: PhotoFinder,
    *,
    final: bool,
    today: dt.date | None = None,
    step: Callable[[], None] = lambda: None,
) -> tuple[Album, tuple[Finding, ...]]:
    """Find and probe every picture. A missing one is an error in a final publication and a warning in a draft.

    Embargoes are checked against `today`; without a day they are not checked.
    """
    maker = _AlbumMaker(finder, final=final, today=today)
    pictures = tuple(publication.pictures())
    files = [maker.find(figure, named_in) for named_in, figure in pictures]
    maker.probe_files([found.file for found in files if found], step)
    for (_, figure), found in zip(pictures, files, strict=True):
        if found is not None:
            maker.take(figure, found)
    order = {figure.place: n for n, (_, figure) in enumerate(pictures)}
    return maker.album, tuple(sorted(maker.findings, key=lambda finding: order[finding.place]))


class _AlbumMaker:
    """Collects the album of a publication, and findings on its pictures."""

    def __init__(self, finder: PhotoFinder, *, final: bool, today: dt.date | None) -> None:
        self.finder, self.final, self.today = finder, final, today
        self.album: dict[str, Photograph] = {}
        self.findings: list[Finding] = []
        self.probes: dict[Path, ImageProbe | UnusableError] = {}

    def find(self, figure: Figure, chapter: str) -> FoundFile | None:
        try:
            found = self.finder.find(figure.file, chapter)
        except UnusableError as fault:
            self._add_error(fault, figure)
            return None
        if found is None:
            self.findings.append(_missing(figure, self.finder, final=self.final))
        return found

    def probe_files(self, files: list[Path], step: Callable[[], None]) -> None:
        """Probe every file once."""

        def one(file: Path) -> ImageProbe | UnusableError:
            try:
                return self.finder.probe(file)
            except UnusableError as fault:
                return fault
            finally:
                step()

        once = list(dict.fromkeys(files))
        self.probes = dict(zip(once, side_by_side(one, once), strict=True))

    def take(self, figure: Figure, found: FoundFile) -> None:
        """Put the photograph of a figure into the album, and note the findings on it."""
        probe = self.probes[found.file]
        if isinstance(probe, UnusableError):
            self._add_error(probe, figure)
            return
        metadata = self.finder.metadata(found.file)
        try:
            self.album[figure.id] = _photograph(figure, found.file, probe, metadata)
        except UnusableError as fault:
            self._add_error(fault, figure)
        self.findings += _remarks(figure, found, probe, metadata)
        if self.today is not None:
            self.findings += embargo_findings(figure, found.file.name, metadata, self.today)

    def _add_error(self, fault: UnusableError, figure: Figure) -> None:
        self.findings.append(error(fault.id, figure.place, fault.message, fault.remedy))


def _missing(figure: Figure, finder: PhotoFinder, *, final: bool) -> Finding:
    severity = Severity.ERROR if final else Severity.WARNING
    fate = "and this publication is final" if final else "a placeholder holds its place"
    if figure.placed.on_cover and not final:
        fate = "so the cover is set in type"
    if not figure.file:
        remedy = "Put its file name between the round brackets." + (" Or set status: draft." if final else "")
        if figure.place.file.endswith(".txt"):
            remedy = f"To name its file, turn the gallery into Markdown: pressroom import {figure.place.file}"
        return Finding("photo-to-come", severity, figure.place, f"This photograph has not arrived, {fate}.", remedy)
    close = did_you_mean(figure.file.rpartition("/")[2], (f.name for f in finder.pictures()))
    remedy = " ".join(filter(None, (close, "Or set status: draft to hold its place." if final else "")))
    why = f"There is no “{figure.file}” in assets/photos, {fate}."
    return Finding("photo-missing", severity, figure.place, why, remedy or "Put the file into assets/photos.")


def _photograph(figure: Figure, file: Path, probe: ImageProbe, metadata: Metadata) -> Photograph:
    framing, width, height = figure.framing, probe.width, probe.height
    if probe.kind == "drawing" and figure.placed.on_cover:
        why = f"“{file.name}” is a drawing, which some shops cannot show as a cover."
        raise UnusableError("cover-drawing", why, "Export it as PNG, at least 1600 × 2400 pixels.")
    if probe.kind == "drawing" and (framing.crop or framing.aspect or framing.blur):
        why = f"“{file.name}” is a drawing; only photographs can be cropped or blurred."
        raise UnusableError("drawing-framed", why, "Change it in your drawing program.")
    for name, regions in (("crop", filter(None, (framing.crop,))), ("blur", framing.blur)):
        for region in regions:
            _check_inside(region, name, file, probe)
    window = framing.window(width, height)
    return Photograph(
        file=file,
        width=window[2] - window[0],
        height=window[3] - window[1],
        kind=probe.kind,
        is_graphic=probe.is_graphic,
        has_border=probe.has_border,
        digest=probe.digest,
        crop_and_blur=CropAndBlur(width, height, window, tuple(region.box(width, height) for region in framing.blur)),
        focus=framing.focus_in(window, width, height),
        rights=rights_of(metadata, figure.credit),
        metadata=metadata,
        fingerprint=probe.fingerprint,
        drawing=probe.drawing,
    )


def _check_inside(region: Region, name: str, file: Path, probe: ImageProbe) -> None:
    """Refuse a region in pixels that reaches outside the file: it was measured on another version of the picture."""
    if region.unit == "px" and (region.x + region.width > probe.width or region.y + region.height > probe.height):
        why = f"The {name} reaches outside “{file.name}”, which has {probe.width} × {probe.height} pixels."
        raise UnusableError(f"{name}-outside", why, "Measure it on this file, or write it in per cent: 10% 5% 80% 90%.")


def _sample(metadata: Metadata) -> str:
    """Words of a file whose letters may be wrong."""
    texts = (
        metadata.caption,
        metadata.headline,
        *metadata.creators,
        metadata.credit,
        metadata.copyright,
        metadata.place,
    )
    sample = next((text for text in texts if not text.isascii()), metadata.source)
    return sample if len(sample) <= _SAMPLE else f"{sample[:_SAMPLE]}…"


def _remarks(figure: Figure, found: FoundFile, probe: ImageProbe, metadata: Metadata) -> Iterator[Finding]:
    """Warnings and advice about a picture that can be printed."""
    yield from _remarks_on_name(figure.place, found, probe)
    yield from _remarks_on_place(figure, found.file.name, probe)
    yield from _remarks_on_reading(figure.place, found.file.name, probe)
    yield from _remarks_on_metadata(figure.place, found.file.name, metadata)


def _remarks_on_name(place: Place, found: FoundFile, probe: ImageProbe) -> Iterator[Finding]:
    name = found.file.name
    if not found.has_exact_name:
        why = (
            f"The file is called “{name}”; a computer that distinguishes capitals from small letters would not find it."
        )
        yield warning("photo-case", place, why, f"Write “{name}” here.")
    if named := true_name(found.file, probe.format):
        why = f"“{name}” is a {named[0]} file, whatever its name says; it was read as what it is."
        yield advice("photo-ending", place, why, f"Call it {named[1]}, so that other programs can open it.")


def _remarks_on_place(figure: Figure, name: str, probe: ImageProbe) -> Iterator[Finding]:
    if figure.placed == IN_LINE and probe.kind == "photograph" and max(probe.width, probe.height) > LARGEST_SIGN:
        why = f"“{name}” stands in a line of text, as high as its letters; nobody sees what it shows."
        yield warning(
            "photo-in-line", figure.place, why, "Put it in a paragraph of its own, with its caption under it."
        )
    if probe.kind == "photograph" and not 1 / SLIVER <= probe.width / probe.height <= SLIVER:
        why = f"“{name}” has {probe.width} × {probe.height} pixels; on a page it would be a thin line."
        yield warning("photo-sliver", figure.place, why, "Deliver another picture, or show a part of it with crop.")


def _remarks_on_reading(place: Place, name: str, probe: ImageProbe) -> Iterator[Finding]:
    for remark in probe.remarks:
        message, remedy = _REMARKS[remark]
        say = warning if remark == "photo-white" else advice
        yield say(remark, place, message.format(name), remedy)
    if probe.said:
        why = f"Of “{name}”, its decoder says: {'; '.join(probe.said)}. Part of the picture may be wrong or missing."
        yield warning("photo-doubtful", place, why, "Look at it in a product; copy or export the photograph again.")
    if probe.removed:
        why = f"“{name}” holds {', '.join(probe.removed)}, which a book must not hold; that part is left out."
        is_html = "a piece of HTML" in probe.removed
        remedy = (
            "Export it with its words as text; in Mermaid, set htmlLabels: false."
            if is_html
            else "Export it as plain SVG."
        )
        yield warning("drawing-cleaned", place, why, remedy)


def _remarks_on_metadata(place: Place, name: str, metadata: Metadata) -> Iterator[Finding]:
    if metadata.broken:
        why = (
            f"The metadata of “{name}” ({', '.join(metadata.broken)}) is damaged; no caption or credit is read from it."
        )
        remedy = "Save the picture again in your photo program, with its caption and credit."
        yield advice("photo-metadata-broken", place, why, remedy)
    if metadata.guessed:
        why = f"The words in “{name}” do not name their encoding; they were read as {metadata.guessed}: "
        why += f"“{_sample(metadata)}”."
        yield advice("photo-letters", place, why, "If letters are wrong, save its words again, as UTF-8 or XMP.")
