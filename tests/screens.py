"""Screens: an ebook's pages in a real browser, measured where they stand, and the colours that they really have."""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, ClassVar

from validators import chromium

SCRIPT = Path(__file__).with_suffix(".js")
PATIENCE = 240
"""Seconds that a browser may take over all pages."""
DARK = "--blink-settings=preferredColorScheme=0"


@dataclass(frozen=True)
class View:
    """How a reader has set up a reading system."""

    name: str
    width: int = 414
    height: int = 800
    """CSS pixels."""
    css: str = ""
    """The reading system's own style sheet …"""
    first: bool = False
    """… which it puts before those of the book, or after them."""


@dataclass(frozen=True)
class Screens:
    """A browser, and an ebook unpacked for it."""

    browser: str
    folder: Path

    def room(self, views: Sequence[View]) -> list[str]:
        """What does not stay in its place, in every view."""
        told = self._ask({"what": "room"}, views)
        return [f"{each['page']} · {each['view']}: {fault}" for each in told for fault in each["told"]]

    def colours(self, views: Sequence[View], *, dark: bool = False) -> dict[str, list[dict[str, Any]]]:
        """The contrast of all words and rules with their ground, the least of each kind, by the names of the views."""
        found: dict[str, list[dict[str, Any]]] = {view.name: [] for view in views}
        for each in self._ask({"what": "colours"}, views, dark=dark):
            found[each["view"]] += each["told"]
        return found

    def values(self, asked: Sequence[tuple[str, str]], css: str = "", *, first: bool = False) -> list[list[str]]:
        """Computed values of properties, for each of the selectors, throughout the book."""
        told = self._ask({"what": "values", "ask": asked}, [View("", css=css, first=first)])
        return [[value for page in told for value in page["told"][n]] for n in range(len(asked))]

    def _ask(self, job: dict[str, Any], views: Sequence[View], *, dark: bool = False) -> list[dict[str, Any]]:
        """Have the script do a job on every page in every view, and send what it finds."""
        pages = [page.relative_to(self.folder).as_posix() for page in sorted(self.folder.rglob("*.xhtml"))]
        job = {**job, "pages": pages, "views": [asdict(view) for view in views]}
        script = f"const job = {json.dumps(job)};\n{SCRIPT.read_text('utf-8')}"
        page = f"<!DOCTYPE html><meta charset='utf-8'><body><script>{script}</script>"
        self.folder.joinpath("screens.html").write_text(page, encoding="utf-8")
        told: Queue[bytes] = Queue()
        with _served(self.folder, told) as address, _open(self.browser, f"{address}/screens.html", dark=dark):
            found = json.loads(told.get(timeout=PATIENCE))
        assert isinstance(found, list), found
        assert len(found) == len(pages) * len(views)
        return found


@contextmanager
def _served(folder: Path, told: Queue[bytes]) -> Iterator[str]:
    """Serves a folder on this machine, and receives the reports of its script."""

    class Handler(SimpleHTTPRequestHandler):
        extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".xhtml": "application/xhtml+xml"}

        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(folder))

        def do_POST(self) -> None:
            told.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _open(browser: str, address: str, *, dark: bool) -> Iterator[None]:
    """A browser without a window, at an address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"]
        command = [browser, *options, *[DARK] * dark, address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                yield
            finally:
                process.terminate()


def screens(epub: Path, folder: Path) -> Screens:
    """An ebook in a browser; without one the test is skipped."""
    browser = chromium()
    with zipfile.ZipFile(epub) as packed:
        packed.extractall(folder)
    return Screens(browser, folder)
