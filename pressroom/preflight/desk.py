"""The picture desk: every picture of a publication with its words, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pressroom.photographs import Album, Photograph
from pressroom.publication import Figure, Publication


@dataclass(frozen=True)
class Desk:
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
