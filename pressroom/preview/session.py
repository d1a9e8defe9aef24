"""A session: what a preview shows. It makes proofs after every save; old pages stay until there are new ones."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom.errors import Finding
from pressroom.photographs import Photograph
from pressroom.preview.desk_photos import DeskPhoto
from pressroom.preview.photo_framing import PhotoFraming
from pressroom.preview.proofs import EbookPage, PageShape, Proof, ProofPage
from pressroom.preview.watching import saves
from pressroom.preview.workroom import ProofMade, ReadingFault, ReadThrough, Underway, Workroom, WorkroomMessage
from pressroom.production import Order


@dataclass(frozen=True)
class EditionView:
    """What is shown of one edition."""

    proof: Proof
    """The last one that could be made."""
    findings: tuple[Finding, ...]
    """Those of the newest state, also where it could not be made."""
    is_current: bool = True
    """Whether the proof is of the newest state: else its pages are old ones."""


@dataclass(frozen=True)
class DeskState:
    """All that the page shows, as it is at one moment."""

    version: int = 0
    title: str = ""
    editions: tuple[tuple[str, str], ...] = ()
    """The names of the editions, and their forms."""
    first: str = ""
    """The edition that is shown where none was chosen."""
    photos: tuple[DeskPhoto, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of the publication, whatever the edition."""
    is_read: bool = True
    """Whether the publication could be read."""
    views: dict[str, EditionView] = field(default_factory=dict)
    working: Underway | None = None
    seconds: float = 0.0
    """How long the last proof took, from the save on."""


class Session:
    """Makes the proofs that open pages ask for, one after the other. `run` works until `close` is called."""

    def __init__(self, order: Order, first: str = "") -> None:
        self.order, self.stop = order, threading.Event()
        self.state = DeskState(first=first)
        self.framing = PhotoFraming(order.root)
        self._changed = threading.Condition()
        self._looked_at: Counter[str] = Counter()
        self._asked: set[str] = {first}
        self._underway: frozenset[str] = frozenset()
        self._saves = 0
        """How often something was saved; what was begun before the last time is not current when it is made."""
        self._since = time.monotonic()
        self._pages: dict[str, tuple[ProofPage, PageShape]] = {}

    # ---- what the server asks

    @contextmanager
    def looking_at(self, edition: str) -> Iterator[None]:
        """A block in which somebody looks at an edition, so that it is made anew after each save."""
        with self._changed:
            self._looked_at[edition] += 1
            if not self._is_current(edition or self.state.first) and edition not in self._underway:
                self._ask({edition})
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._looked_at[edition] -= 1

    def wait(self, known: DeskState | None, seconds: float) -> DeskState:
        """The state, as soon as it is another than the known one, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.state is not known or self.stop.is_set(), seconds)
            return self.state

    def page(self, key: str) -> tuple[ProofPage, PageShape] | None:
        """A page that is shown, or was until now."""
        return self._pages.get(key)

    def ebook_pages_of(self, edition: str) -> tuple[EbookPage, ...]:
        """The pages of an ebook that is shown."""
        view = self.state.views.get(edition or self.state.first)
        return view.proof.ebook.pages if view and view.proof.ebook else ()

    def pages_of(self, edition: str) -> tuple[tuple[ProofPage, ...], PageShape | None]:
        """The pages of an edition that are shown."""
        view = self.state.views.get(edition or self.state.first)
        return (view.proof.pages, view.proof.shape) if view else ((), None)

    def ebook(self, name: str) -> Path | None:
        """The file of an ebook that is shown."""
        ebooks = (view.proof.ebook for view in self.state.views.values())
        return next((ebook.file for ebook in ebooks if ebook and ebook.file.stem == name), None)

    def photo(self, id: str) -> DeskPhoto | None:
        """A figure."""
        return next((photo for photo in self.state.photos if photo.id == id), None)

    def picture(self, id: str, *, is_whole: bool) -> Photograph | None:
        """The photograph of a figure, framed or whole."""
        photo = self.photo(id)
        return None if photo is None else photo.whole if is_whole else photo.photograph

    # ---- work

    def run(self, workroom: Workroom) -> None:
        """Make proofs until the session is closed."""
        threading.Thread(target=self._watch, daemon=True).start()
        while not self.stop.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._asked or self.stop.is_set())
                asked, self._asked, since = frozenset(self._asked), set(), self._since
                self._underway, saves_seen = asked, self._saves
            wanted = {name or self.state.first for name in asked}
            if not self.stop.is_set() and not all(self._is_current(name) for name in wanted):
                for message in workroom.make(tuple(sorted(wanted))):
                    self._take(message, time.monotonic() - since, saves_seen)
                self._underway = frozenset()
                self._update(working=None)

    def close(self) -> None:
        """End the work, and let go of everybody who waits."""
        self.stop.set()
        with self._changed:
            self._changed.notify_all()

    def _watch(self) -> None:
        for _ in saves(self.order.root, self.stop):
            with self._changed:
                self._saves += 1
                self._ask({edition for edition, lookers in self._looked_at.items() if lookers} or {""})
                outdated = {name: replace(view, is_current=False) for name, view in self.state.views.items()}
                self.state = replace(self.state, views=outdated)
                self._changed.notify_all()

    def _is_current(self, edition: str) -> bool:
        """Whether an edition was made since the last save."""
        view = self.state.views.get(edition)
        return view is not None and view.is_current

    def _ask(self, editions: set[str]) -> None:
        """Have editions made as soon as those that are underway are done."""
        if not self._asked:
            self._since = time.monotonic()
        self._asked |= editions

    def _take(self, message: WorkroomMessage, seconds: float, saves_seen: int) -> None:
        """Take what the workroom tells, which read the publication after some saves."""
        state = self.state
        if isinstance(message, Underway):
            self._update(working=message)
        elif isinstance(message, ReadingFault):
            self._update(findings=message.findings, is_read=False, version=state.version + 1)
        elif isinstance(message, ReadThrough):
            gone = set(state.views) - {name for name, _ in message.editions}
            self._update(
                title=message.title,
                editions=message.editions,
                photos=message.photos,
                findings=message.findings,
                is_read=True,
                views={name: view for name, view in state.views.items() if name not in gone},
                version=state.version + 1,
            )
        elif isinstance(message, ProofMade):
            self._show(message.proof, seconds, saves_seen)

    def _show(self, proof: Proof, seconds: float, saves_seen: int) -> None:
        """Show a proof, or what keeps it from being made beside the pages that are there."""
        before = self.state.views.get(proof.edition)
        if proof.is_made or before is None:
            view = EditionView(proof, proof.findings, is_current=saves_seen == self._saves)
        else:
            view = replace(before, findings=proof.findings, is_current=False)
        views = {**self.state.views, proof.edition: view}
        shown = [
            each.proof for each in (before, *views.values()) if each
        ]  # the browser may still ask for the old pages
        self._pages = {page.key: (page, each.shape) for each in shown if each.shape for page in each.pages}
        self._update(
            views=views,
            first=self.state.first or proof.edition,
            version=self.state.version + 1,
            seconds=seconds,
        )

    def _update(self, **changes: object) -> None:
        with self._changed:
            self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # the names are those of its fields
            self._changed.notify_all()
