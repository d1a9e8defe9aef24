"""What every test may use: small publications in a temporary folder, what was read of them, and pictures to put in."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import hypothesis
import pytest
from fonts_cut_once import cut_once
from judged_screens import Judging
from PIL import Image

from pressroom.cover import front_page
from pressroom.design import Composition, EditionInHand, lay_out, styling_of
from pressroom.errors import Finding
from pressroom.manuscript import read_manuscript
from pressroom.photographs import Album, PhotoFinder, Rendition, gather
from pressroom.production import Order, Progress, Report, conductor, receipts
from pressroom.publication import Publication
from pressroom.settings import read_photo_notes, read_settings

# Inputs that nobody thought of, but the same ones in every run: a failure is the change's, not the day's.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

LONGEST_NAME = 200
STYLES_KEPT = 24
SETTINGS = "title: T\nlanguage: en\n"
CHAPTER = "# A\n\nText."


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--save-golden` saves the results of the golden tests as the expected ones; judged_screens.py has the other."""
    parser.addoption("--save-golden", action="store_true")
    parser.addoption("--judge-screens", action="store_true", help="show what the tests make to veraPDF, in the end")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Gather PDFs for veraPDF, where that is asked for: when pytest has its folders."""
    if config.getoption("--judge-screens"):
        config.pluginmanager.register(Judging(config))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Whole files and long texts are named by their size: every process is sent the names of all tests."""
    return f"{len(val)} letters" if isinstance(val, (str, bytes)) and len(val) > LONGEST_NAME else None


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what is made once for their file run in one process: else each process would make it.

    Slow ones come first: after a long one at the end, one process would wait for the other.
    """
    for item in items:
        made = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        shares = any(each[-1].scope == "module" for each in made)
        if shares and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """The collector of garbage passes over what stays for the whole run, and comes less often: a tenth of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Publish(Protocol):
    """Writes a publication and returns its root."""

    def __call__(self, files: Mapping[str, str | bytes] | None = None, settings: str = SETTINGS) -> Path: ...


@pytest.fixture(scope="session", autouse=True)
def parts_of_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all tests of a run, where ebooks find the parts of fonts that others have made: that takes time."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "parts-of-fonts"  # of every worker
    folder.mkdir(exist_ok=True)
    cut_once(folder)
    return folder


@pytest.fixture(autouse=True)
def _made_anew(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every build make its products, though nothing has changed but the program: tests replace parts of it."""
    if "receipts" not in request.keywords:
        monkeypatch.setattr(receipts, "unchanged", lambda *_: None)
    if "kept" not in request.keywords:
        build, builder = conductor.build, [""]

        def build_anew(order: Order, progress: Progress | None = None) -> Report:
            builder[0] = uuid4().hex  # editions of one build share what they can
            return build(order, progress)

        monkeypatch.setattr(conductor, "build", build_anew)
        for room in ("conductor", "job"):
            monkeypatch.setattr(f"pressroom.production.{room}.builder_state", lambda: builder[0])


@pytest.fixture(autouse=True)
def _styles_read_once() -> None:
    """Have style sheets that are alike be read once in a run, as a preview does: a fifth of the time of small books."""
    reading = sys.modules.get("pressroom.typeset.engine.style_reading")
    if reading is None or reading._read.__module__ == __name__:
        return
    read, kept = reading._read, dict[Any, Any]()

    def read_once(composition: Composition, fetcher: Any, on_pages: Any) -> Any:
        key = reading._made_of(composition, on_pages)
        if key not in kept:
            if len(kept) == STYLES_KEPT:
                del kept[next(iter(kept))]
            kept[key] = read(composition, fetcher, on_pages)
        return kept[key]

    reading._read = read_once  # type: ignore[attr-defined]


@pytest.fixture
def publication(tmp_path: Path) -> Publish:
    """A factory of publications: `publication({"book/a.md": "# A\\n\\nText."}, settings="title: T\\nlanguage: en\\n")`.

    Without a chapter among the files there is one, book/a.md. Every call writes a new folder.
    """

    def write(files: Mapping[str, str | bytes] | None = None, settings: str = SETTINGS) -> Path:
        root = tmp_path / f"publication-{len(list(tmp_path.glob('publication-*'))) + 1}"
        wanted = {"book/publication.yaml": settings, **(files or {})}
        if not any(name.startswith("book/") and name.endswith((".md", ".txt")) for name in wanted):
            wanted["book/a.md"] = CHAPTER
        for name, content in wanted.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@dataclass(frozen=True)
class Read:
    """A publication as the builder reads it, before anything is laid out."""

    publication: Publication
    findings: tuple[Finding, ...]
    """Of the manuscript."""


def read(root: Path) -> Read:
    """Settings, photos.yaml and manuscript of the publication at `root`; faults of the settings are raised."""
    file = read_settings(root)
    finder = PhotoFinder(root, file.settings.language, file.settings.captions_from_photos)
    return Read(*read_manuscript(root, file.settings, read_photo_notes(root).notes, file.place_of, finder.caption_data))


def laid_out(hand: EditionInHand, renditions: Mapping[str, Rendition] | None = None) -> Composition:
    """An edition laid out as XHTML, with its front cover."""
    styling, made = styling_of(hand), renditions or {}
    return lay_out(hand, styling, made, front_page(hand, styling, made))


def collect(root: Path, *, final: bool = False, today: dt.date | None = None) -> tuple[Album, tuple[Finding, ...]]:
    """The photographs of the publication at `root`, and what is wrong with them."""
    return gather(read(root).publication, PhotoFinder(root), final=final, today=today)


def ids(findings: Iterable[Finding]) -> list[str]:
    """The ids of findings, in their order."""
    return [finding.id for finding in findings]


def lines(findings: Iterable[Finding]) -> list[str]:
    """Findings as `file:line:column severity id`, in their order."""
    return [f"{f.place} {f.severity} {f.id}" for f in findings]


def picture(path: Path, width: int = 60, height: int = 40, mode: str = "RGB", **save: Any) -> Path:
    """Writes a picture with soft changes of colour, in the format of the name's suffix; `save` goes to Pillow."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, Image.new("L", (width, height), 90)))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.convert(mode).save(path, **save)
    return path
