"""What is not a publication's own, links out of it and special files, is refused before anything is read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Publish

from pressroom import importing, production, scaffold
from pressroom.cli.ordering import find_root
from pressroom.design import find_layout
from pressroom.errors import Place, PressroomError, UsageError
from pressroom.production import Order
from pressroom.whereabouts import strays

EBOOK = "title: T\nlanguage: en\neditions: {ebook: {format: epub}}\n"
OUTSIDE: Mapping[str, str] = {
    "a.md": "# A\n\nCANARY",
    "publication.yaml": EBOOK,
    "photos.yaml": "a.jpg: {alt: CANARY}",
    "a.jpg": "CANARY",
    "ebook.css": "/* CANARY */",
    "x.ttf": "CANARY",
    "x.icc": "CANARY",
    "kdp.yaml": "CANARY",
}
PLACES = (
    "book/b.md", "book/photos.yaml", "book/publication.yaml", "assets/photos/a.jpg", "assets/fonts/x.ttf",
    "assets/profiles/x.icc", "assets/printers/mine.yaml", "layouts/reportage/ebook.css",
    "layouts/reportage/layout.yaml",
)  # fmt: skip


def refused(root: Path) -> list[str]:
    """What a build says, in short; nothing must have been made."""
    report = production.build(Order(root))
    assert not report.products
    return [f"{finding.place} {finding.id}" for finding in report.findings]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.slow
def test_a_file_that_is_a_link_out_of_the_publication_is_refused(
    publication: Publish, tmp_path: Path, place: str
) -> None:
    """Whether it is used or not, and whatever it is: its text or its pixels would go into products."""
    root = publication(settings=EBOOK)
    outside = tmp_path / "outside"
    outside.mkdir()
    outside.joinpath("secret").write_text("CANARY")
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside / "secret")
    assert refused(root) == [f"{place} link-outside"]


@pytest.mark.parametrize(
    "place", ["book", "assets", "layouts", "assets/photos", "layouts/reportage", "book/more", "dist", ".pressroom"]
)
@pytest.mark.slow
def test_a_folder_that_is_a_link_out_is_refused(publication: Publish, tmp_path: Path, place: str) -> None:
    """Folders that a build reads, and those that it writes."""
    root = publication(settings=EBOOK)
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, text in OUTSIDE.items():
        outside.joinpath(name).write_text(text)
    if (root / place).exists():
        (root / place).rename(root / f"{Path(place).name}-before")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside, target_is_directory=True)
    before = sorted(outside.iterdir())
    assert refused(root) == [f"{place} link-outside"]
    assert sorted(outside.iterdir()) == before


@pytest.mark.parametrize("out", ["products", "products/more"])
@pytest.mark.slow
def test_products_go_through_no_link_that_leads_out(publication: Publish, tmp_path: Path, out: str) -> None:
    """Whoever types the name of a folder in the publication means one that lies there."""
    root = publication(settings=EBOOK)
    (tmp_path / "outside").mkdir()
    (root / "products").symlink_to(tmp_path / "outside")
    report = production.build(Order(root, out=root / out))
    assert [f"{finding.place} {finding.id}" for finding in report.findings] == ["products link-outside"]
    assert f"--out {tmp_path / 'outside'}" in report.findings[0].remedy
    assert not list((tmp_path / "outside").iterdir())
    assert production.check(Order(root, out=tmp_path / "outside")).ok, "a folder elsewhere may be named"


@pytest.mark.parametrize("place", [".pressroom/renditions", ".pressroom/units/a.laid"])
def test_nothing_is_kept_behind_a_link(publication: Publish, tmp_path: Path, place: str) -> None:
    """A publication may come with a cache whose folders lead to files of this machine."""
    root = publication(settings=EBOOK)
    (tmp_path / "outside").mkdir()
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(tmp_path / "outside")
    assert refused(root) == [f"{place} link-outside"]
    assert not list((tmp_path / "outside").iterdir())


def _bring(root: Path, tmp_path: Path) -> object:
    (tmp_path / "b.md").write_text("# B\n\nText.\n")
    return importing.add_texts(root, [(tmp_path / "b.md", importing.SourceKind.MARKDOWN)])


WRITERS: Mapping[str, Callable[[Path, Path], object]] = {
    "layouts": lambda root, _: scaffold.copy_layout(find_layout("reportage", root, Place("NAME")), root),
    "assets": _bring,
    "book": lambda root, _: scaffold.init(root / "new"),
}


@pytest.mark.parametrize("place", WRITERS)
def test_nothing_is_written_through_a_link_that_leads_out(publication: Publish, tmp_path: Path, place: str) -> None:
    """Neither layouts that are copied, nor what is imported, nor a publication that is begun."""
    root = publication(settings=EBOOK)
    (tmp_path / "outside").mkdir()
    link = root / "new/book" if place == "book" else root / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "outside")
    with pytest.raises(PressroomError) as refusal:
        WRITERS[place](root, tmp_path)
    assert [f"{finding.place} {finding.id}" for finding in refusal.value.findings] == [f"{place} link-outside"]
    assert not list((tmp_path / "outside").iterdir())


def test_a_layout_extends_a_name_and_no_path(publication: Publish, tmp_path: Path) -> None:
    """A path would lead to a layout anywhere on the machine."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/layout.yaml").write_text("title: CANARY\nextends: reportage\n")
    own = {"layouts/own/layout.yaml": f"title: Own\nextends: {tmp_path / 'outside'}\n"}
    root = publication(own, settings=f"{EBOOK}layout: own\n")
    assert refused(root) == ["layouts/own/layout.yaml:2:10 layout-missing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_is_named_is_not_opened(tmp_path: Path) -> None:
    """Whoever goes through a folder of received files would wait for ever."""
    os.mkfifo(tmp_path / "a.pdf")
    assert [finding.id for finding in production.check_pdf(tmp_path / "a.pdf").findings] == ["file-special"]
    with pytest.raises(UsageError) as refusal:
        importing.kinds_of([tmp_path / "a.pdf"])
    assert [finding.id for finding in refusal.value.findings] == ["file-special"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.receipts
@pytest.mark.slow
def test_a_pipe_in_the_cache_is_never_opened(publication: Publish) -> None:
    """Also where the receipt of the last build would lie, which is read first of all."""
    root = publication(settings=EBOOK)
    assert not production.build(Order(root)).is_unchanged
    receipt = next((root / ".pressroom/receipts").iterdir())
    receipt.unlink()
    os.mkfifo(receipt)
    assert refused(root) == [f".pressroom/receipts/{receipt.name} file-special"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_settings_that_are_a_pipe_are_told_as_such(publication: Publish) -> None:
    """And not as missing, where the publication is found by them."""
    root = publication(settings=EBOOK)
    (root / "book/publication.yaml").unlink()
    os.mkfifo(root / "book/publication.yaml")
    assert find_root(None, None, root) == root


def test_a_finished_file_or_a_list_of_captions_that_nobody_can_hold_is_not_read(tmp_path: Path) -> None:
    """A disk image under the name of a PDF would take all memory."""
    for name, size in (("a.pdf", 4_000_000_001), ("a.txt", 10_000_001)):
        with (tmp_path / name).open("wb") as data:
            data.truncate(size)
    assert [finding.id for finding in production.check_pdf(tmp_path / "a.pdf").findings] == ["file-huge"]
    with pytest.raises(PressroomError, match="more than 10 MB"):
        importing.begin_with_text(
            tmp_path / "new", tmp_path / "a.txt", importing.SourceKind.TEXT_GALLERY, importing.TextWishes(), {}
        )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.slow
def test_a_pipe_is_never_opened(publication: Publish, place: str) -> None:
    """A build that opened it would wait for ever."""
    root = publication(settings=EBOOK)
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(root / place)
    assert refused(root) == [f"{place} file-special"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in folders")
def test_a_socket_is_no_file(tmp_path: Path) -> None:
    """Nor is any other thing that is neither file nor folder."""
    (tmp_path / "book").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "book" / "s"))
        assert [finding.id for finding in strays(tmp_path)] == ["file-special"]


def test_links_within_the_publication_are_well(publication: Publish) -> None:
    """A picture that two folders show, and a link whose file is gone, are not outside."""
    root = publication({"book/a.md": "# A", "book/more/b.md": "# B"}, settings=EBOOK)
    (root / "book" / "c.md").symlink_to(root / "book" / "more" / "b.md")
    (root / "assets").mkdir(exist_ok=True)
    (root / "assets" / "gone.jpg").symlink_to(root / "assets" / "nothing.jpg")
    assert not list(strays(root))


@pytest.mark.parametrize(
    ("name", "target"), [("b.md", "gone.md"), ("deep.txt", "../assets/gone.txt"), ("b.md", "b.md")]
)
def test_a_chapter_whose_link_leads_nowhere_is_missing(publication: Publish, name: str, target: str) -> None:
    """Else a book would be printed without it."""
    root = publication({"book/a.md": "# A\n\nText.\n"}, settings=EBOOK)
    (root / "book" / name).symlink_to(target)
    (root / "book" / ".#a.md").symlink_to("somebody@desk.1234")  # an editor's lock
    assert refused(root) == [f"book/{name} chapter-missing"]


def test_all_of_them_are_told_at_once(publication: Publish, tmp_path: Path) -> None:
    """One build is enough to hear of everything that has to go."""
    root = publication(settings=EBOOK)
    (tmp_path / "secret").write_text("CANARY")
    for name in ("x.md", "y.md"):
        (root / "book" / name).symlink_to(tmp_path / "secret")
    (root / "assets").mkdir(exist_ok=True)
    os.mkfifo(root / "assets" / "pipe")
    assert sorted(refused(root)) == ["assets/pipe file-special", "book/x.md link-outside", "book/y.md link-outside"]


@pytest.mark.parametrize("place", ["assets", "assets/photos", "book", "layouts"])
def test_a_folder_that_cannot_be_read_is_told(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Else every picture in it would be called missing."""
    root = publication({"assets/photos/a.txt": "A", "layouts/reportage/own.css": ""}, settings=EBOOK)
    listed = os.scandir

    def denied(path: str) -> os._ScandirIterator[str]:
        if Path(path) == root / place:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert refused(root) == [f"{place} folder-unreadable"]


@pytest.mark.parametrize(
    "name", ["book/a.md", "book/deep/B.TXT", "book/publication.yaml", "book/photos.yaml", "assets/printers/a.yaml"]
)
def test_a_text_that_nobody_can_have_written_is_not_read(publication: Publish, name: str) -> None:
    """A film saved as a chapter would take all memory; a photograph of that size is well."""
    root = publication({"assets/photos/a.txt": ""}, settings=EBOOK)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    for file in (root / name, root / "assets/photos/a.txt"):
        with file.open("wb") as data:
            data.truncate(10_000_001)
    assert refused(root) == [f"{name} text-large"]


@pytest.mark.parametrize("file", ["ebook.css", "layout.yaml"])
@pytest.mark.slow
def test_a_file_of_a_layout_that_cannot_be_read_is_told(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """As a chapter is, whoever may not read it."""
    root = publication({f"layouts/reportage/{file}": "papers: {}"}, settings=EBOOK)
    read = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == file and path.is_relative_to(root):
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert f"layouts/reportage/{file} text-unreadable" in refused(root)
