"""Questions about the pictures on the desk: whose they are, whether one stands twice, and what is hidden in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pressroom.errors import Finding, Place, advice, warning
from pressroom.photographs import Album, Photograph
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.metadata import printed_credit
from pressroom.publication import Figure, Publication, Window

_ALIKE = 26
"""Of the 256 bits of two fingerprints, at most so many differ when the pictures look alike."""
_TELLING = range(40, 217)
"""A fingerprint with fewer or more bits set is that of a flat picture, and tells nothing."""
_SAME_SHAPE = 0.05
_SUFFIXES = frozenset(".jpg .jpeg .png .tif .tiff .webp .gif .avif .heic .heif .svg".split())
"""Of pictures that a figure could show. What else lies beside them, raw files for one, is the photographer’s."""


def credit_missing(desk: PictureDesk) -> Iterator[Finding]:
    """Does every photograph name its maker? They have a right to it (Berne Convention, article 6bis)."""
    for figure, photograph in desk.photographs():
        if figure.credit_line:
            continue
        said = printed_credit(photograph.metadata)
        remedy = 'Write credit="…" in the braces after the picture, or credit: … in photos.yaml.'
        if figure is desk.publication.cover:
            remedy = "Write credit: … under cover, or in photos.yaml."
        if said:
            remedy = f"The file says: {said}; set captions_from_photos: true, or write it."
        why = f"“{photograph.file.name}” has no credit; whoever took it has a right to be named."
        yield advice("credit-missing", figure.place, why, remedy)


def photo_twice(desk: PictureDesk) -> Iterator[Finding]:
    """Does the same photograph stand behind two figures? Readers look for the difference, and there is none."""
    first: dict[str, Figure] = {}
    for figure, photograph in desk.inside():
        other = first.setdefault(photograph.digest, figure)
        if other is not figure:
            why = f"“{photograph.file.name}” is shown a second time; it stands at {other.place} already."
            remedy = "Keep one and refer to it where the other stands. If both are meant, all is well."
            yield advice("photo-twice", figure.place, why, remedy)


class _Seen(NamedTuple):
    figure: Figure
    photograph: Photograph
    bits: int
    shape: float
    """Width to height of the whole picture, of which the fingerprint was taken."""

    def is_like(self, other: _Seen) -> bool:
        alike = (self.bits ^ other.bits).bit_count() <= _ALIKE
        return alike and abs(self.shape / other.shape - 1) <= _SAME_SHAPE


def photo_alike(desk: PictureDesk) -> Iterator[Finding]:
    """Do two files look like one picture? Often they are neighbouring frames, or one is a copy of the other."""
    seen: dict[str, _Seen] = {}
    for figure, photograph in desk.inside():
        bits, whole = int(photograph.fingerprint or "0", 16), photograph.crop_and_blur
        if bits.bit_count() not in _TELLING or photograph.digest in seen:
            continue
        here = _Seen(figure, photograph, bits, whole.width / whole.height)
        other = next((earlier for earlier in seen.values() if here.is_like(earlier)), None)
        seen[photograph.digest] = here
        if other is not None:
            name, its_name = photograph.file.name, other.photograph.file.name
            why = f"“{name}” looks like “{its_name}” at {other.figure.place}: neighbouring frames, or a copy."
            yield advice("photo-alike", figure.place, why, "Keep the better one. If both are meant, all is well.")


def photo_unused(desk: PictureDesk) -> Iterator[Finding]:
    """Is every picture in assets/photos shown? One that is not may have been forgotten, or should not be handed on."""
    shown = {photograph.file for photograph in desk.album.values()}
    named = {_spelt(figure.file.rpartition("/")[2]) for _, figure in desk.publication.pictures()}
    for file in desk.files:
        is_ours = file.parts[-3:-1] == ("assets", "photos") and file.suffix.lower() in _SUFFIXES
        if is_ours and file not in shown and _spelt(file.name) not in named:
            why = f"No figure shows “{file.name}”: it was forgotten, or need not lie here."
            remedy = f"Show it with ![…]({file.name}), or take it out of the folder."
            yield advice("photo-unused", Place(f"assets/photos/{file.name}"), why, remedy)


def _spelt(name: str) -> str:
    """A file's name as any machine would find it."""
    return unicodedata.normalize("NFC", name).casefold()


def blur_uneven(desk: PictureDesk) -> Iterator[Finding]:
    """Is what one figure hides hidden wherever the photograph is shown? Else a face is covered here and seen there."""
    hidden: dict[str, list[tuple[Figure, Window]]] = {}
    for figure, photograph in desk.photographs():
        hidden.setdefault(photograph.digest, []).extend((figure, window) for window in photograph.crop_and_blur.blurred)
    for figure, photograph in desk.photographs():
        shown = [other for other, window in hidden[photograph.digest] if _shows(photograph.crop_and_blur, window)]
        if shown:
            why = f"“{photograph.file.name}” shows here what the figure at {shown[0].place} blurs."
            remedy = "Write blur: … in photos.yaml: then it is hidden wherever the file is shown."
            yield warning("blur-uneven", figure.place, why, remedy)


def _shows(part: CropAndBlur, region: Window) -> bool:
    """Whether any of a region lies in the part that is shown, and not wholly under one blur."""
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


# ---- The picture desk: every picture of a publication with its words, before anything is made of them.


@dataclass(frozen=True)
class PictureDesk:
    """A publication's pictures with their words, as they lie on the picture desk."""

    publication: Publication
    album: Album
    files: tuple[Path, ...] = ()
    """Every picture file in assets/photos and assets, used or not."""

    def photographs(self) -> Iterator[tuple[Figure, Photograph]]:
        """Every figure whose photograph has arrived, with it, the cover's first. Drawings are not among them."""
        for _, figure in self.publication.pictures():
            photograph = self.album.get(figure.id)
            if photograph is not None and photograph.kind == "photograph":
                yield figure, photograph

    def inside(self) -> Iterator[tuple[Figure, Photograph]]:
        """The same without the cover's, which often shows a photograph of the book again."""
        yield from ((figure, taken) for figure, taken in self.photographs() if figure is not self.publication.cover)
