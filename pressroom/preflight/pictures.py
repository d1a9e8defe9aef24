"""Checks of the pictures: credits, repetition, unused files, and blurs that another figure undoes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pressroom.errors import Finding, Place, advice, warning
from pressroom.language.cues import names_maker
from pressroom.photographs import Album, Photograph
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.likeness import Looks, looks_of
from pressroom.photographs.metadata import printed_credit
from pressroom.publication import IN_LINE, Figure, Publication, Window

_SUFFIXES = frozenset(".jpg .jpeg .png .tif .tiff .webp .gif .avif .heic .heif .bmp .jp2 .psd .svg .svgz".split())
"""The suffixes of files that a figure can show; raw files, for example, may stay in the folder unreported."""


def credit_missing(desk: PictureDesk) -> Iterator[Finding]:
    """Has every photograph a credit? Photographers have a right to be named (Berne Convention, article 6bis)."""
    for figure, photograph in desk.photographs():
        is_named = figure.credit_line or (figure.caption and names_maker(figure.caption.text))
        if is_named or not photograph.was_taken or figure.placed == IN_LINE:  # a sign among letters
            continue
        credit = printed_credit(photograph.metadata)
        remedy = 'Write credit="…" in the braces after the picture, or credit: … in photos.yaml.'
        if figure is desk.publication.cover:
            remedy = "Write credit: … under cover, or in photos.yaml."
        if credit:
            remedy = f"The file says: {credit}; set captions_from_photos: true, or write the credit yourself."
        why = f"“{photograph.file.name}” has no credit; its photographer has a right to be named."
        yield advice("credit-missing", figure.place, why, remedy)


def photo_twice(desk: PictureDesk) -> Iterator[Finding]:
    """Does every figure show a different photograph? Readers look for a difference between two that are the same.

    Pictures in text are signs, which mean the same wherever they stand.
    """
    first: dict[str, Figure] = {}
    for figure, photograph in desk.inside():
        if figure.placed.in_text:
            continue
        other = first.setdefault(photograph.digest, figure)
        if other is not figure:
            why = f"“{photograph.file.name}” is also shown at {other.place}; readers will look for a difference."
            remedy = "Keep one, and refer to it in place of the other. If you want both, nothing needs to be done."
            yield advice("photo-twice", figure.place, why, remedy)


class _ComparedPhoto(NamedTuple):
    """A photograph with its looks, and the figure that shows it first."""

    figure: Figure
    photograph: Photograph
    looks: Looks


def photo_alike(desk: PictureDesk) -> Iterator[Finding]:
    """Does every photograph look different? Two alike are often neighbouring frames, or one is a copy of the other."""
    seen: dict[str, _ComparedPhoto] = {}
    for figure, photograph in desk.inside():
        whole = photograph.crop_and_blur
        looks = looks_of(photograph.fingerprint, whole.width, whole.height)
        if photograph.is_graphic or not looks.is_distinct or photograph.digest in seen:
            continue
        here = _ComparedPhoto(figure, photograph, looks)
        other = next((earlier for earlier in seen.values() if looks.is_like(earlier.looks)), None)
        seen[photograph.digest] = here
        if other is not None:
            name, other_name = photograph.file.name, other.photograph.file.name
            why = f"“{name}” looks like “{other_name}” at {other.figure.place}: a neighbouring frame, or a copy."
            yield advice(
                "photo-alike", figure.place, why, "Keep the better one. If you want both, nothing needs to be done."
            )


def photo_unused(desk: PictureDesk) -> Iterator[Finding]:
    """Is every picture in assets/photos used? An unused one may be forgotten, or must not be published."""
    used = {photograph.file for photograph in desk.album.values()}
    named = {_spelt(figure.file.rpartition("/")[2]) for _, figure in desk.publication.pictures()}
    for file in desk.files:
        is_ours = file.parts[-3:-1] == ("assets", "photos") and file.suffix.lower() in _SUFFIXES
        if is_ours and file not in used and _spelt(file.name) not in named:
            why = f"No figure shows “{file.name}”: it may be forgotten, or must not be published."
            remedy = f"Show it with ![…]({file.name}), or move it out of the folder."
            yield advice("photo-unused", Place(f"assets/photos/{file.name}"), why, remedy)


def _spelt(name: str) -> str:
    """The name of a file as file systems compare it: one form of accents, no difference of case."""
    return unicodedata.normalize("NFC", name).casefold()


def blur_uneven(desk: PictureDesk) -> Iterator[Finding]:
    """Does every figure of a photograph blur the same parts? Otherwise one figure shows a face that another hides."""
    hidden: dict[str, list[tuple[Figure, Window]]] = {}
    for figure, photograph in desk.photographs():
        hidden.setdefault(photograph.digest, []).extend((figure, window) for window in photograph.crop_and_blur.blurred)
    for figure, photograph in desk.photographs():
        blurring = [other for other, window in hidden[photograph.digest] if _shows(photograph.crop_and_blur, window)]
        if blurring:
            why = f"“{photograph.file.name}” shows here what the figure at {blurring[0].place} blurs to hide it."
            remedy = "Write blur: … for the file in photos.yaml; it then holds for all its figures."
            yield warning("blur-uneven", figure.place, why, remedy)


def _shows(part: CropAndBlur, region: Window) -> bool:
    """Whether a part of a region can be seen: it is in the crop, and no single blur covers all of that part."""
    left, top = max(region[0], part.window[0]), max(region[1], part.window[1])
    right, bottom = min(region[2], part.window[2]), min(region[3], part.window[3])
    is_covered = any(b[0] <= left and b[1] <= top and right <= b[2] and bottom <= b[3] for b in part.blurred)
    return left < right and top < bottom and not is_covered


PICTURE_CHECKS: tuple[Callable[[PictureDesk], Iterator[Finding]], ...] = (
    credit_missing,
    photo_twice,
    photo_alike,
    photo_unused,
    blur_uneven,
)


# ---- the pictures of a publication


@dataclass(frozen=True)
class PictureDesk:
    """A publication with its photographs, as the checks of pictures and their words need them."""

    publication: Publication
    album: Album
    files: tuple[Path, ...] = ()
    """Every picture file in assets/photos and assets, used or not."""

    def photographs(self) -> Iterator[tuple[Figure, Photograph]]:
        """Every figure with its photograph, the cover's first; drawings and missing photographs are left out."""
        for _, figure in self.publication.pictures():
            photograph = self.album.get(figure.id)
            if photograph is not None and photograph.kind == "photograph":
                yield figure, photograph

    def inside(self) -> Iterator[tuple[Figure, Photograph]]:
        """The same without the cover, which often repeats a photograph of the book."""
        yield from ((figure, taken) for figure, taken in self.photographs() if figure is not self.publication.cover)
