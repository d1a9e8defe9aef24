"""Files for the engine: the pictures and fonts of the composition, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pressroom.design import Composition

ROOT = "file:///publication/"
"""The base address of pages. The folder does not exist: only files of the composition are served."""


class CompositionFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Serves the files of a composition by their addresses: no network, no other file."""

    def __init__(self, composition: Composition) -> None:
        super().__init__(allowed_protocols=())
        self.files = {f"{ROOT}pictures/{r.name}": r.path for r in composition.renditions}
        self.files |= {f"{ROOT}fonts/{face.file.name}": face.file for face in composition.fonts}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address of the composition. Raises ValueError for any other."""
        file = self.files.get(url.partition("#")[0])
        if file is None:
            raise ValueError(f"“{url.removeprefix(ROOT)}” is not part of this publication")
        kind = "image/svg+xml" if file.suffix == ".svg" else ""
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind} if kind else None)
