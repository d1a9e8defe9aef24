"""`preview`: what a browser may ask of it, what it writes, and where pages come from."""

from __future__ import annotations

import http.client
import io
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from conftest import Publish, picture
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from ruamel.yaml import YAML

from pressroom import production
from pressroom.errors import MachineError, PressroomError
from pressroom.preview.guard import DoorGuard
from pressroom.preview.page_views import PageViews, block_at
from pressroom.preview.photo_framing import PhotoFraming, changed
from pressroom.preview.proofs import PageShape, Proof, ProofPage, Proofreader
from pressroom.preview.server import PreviewServer, open_server
from pressroom.preview.session import Session
from pressroom.preview.watching import saves
from pressroom.preview.workroom import ProofMade
from pressroom.production import Order

NOTES = """\
# the desk's notes
fire.jpg:
    alt: "A fire"   # checked
    caption: |
      Two lines
      of it
    focus: '60% 40%'

"truck 1.jpg": {alt: A truck, credit: "N. N."}
empty.jpg:
# end
"""


# ---- who may ask


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    root = tmp_path_factory.mktemp("served")
    (root / "secret.txt").write_text("no")
    session = Session(Order(root))
    with open_server(session, None) as opened:
        threading.Thread(target=opened.serve_forever, args=(0.02,), daemon=True).start()
        yield opened
        session.close()
        opened.shutdown()


Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def ask(server: PreviewServer) -> Iterator[Ask]:
    """Asks for a path behind the token."""
    connections: list[http.client.HTTPConnection] = []

    def asked(
        path: str, method: str = "GET", token: str = server.guard.token, **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connections.append(connection)
        given = {"Host": f"127.0.0.1:{server.server_port}", **headers}
        connection.putrequest(method, f"/{token}/{path}", skip_host=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(b"{}" if method == "POST" else None)
        return connection.getresponse()

    yield asked
    for connection in connections:
        connection.close()


def test_the_page_and_its_files_are_answered(ask: Ask) -> None:
    assert b"Preview" in ask("").read()
    assert ask("desk/main.js").headers["Content-Type"].startswith("text/javascript")
    assert ask("fonts/regular.ttf").status == 200
    assert json.loads(ask("state").read())["pages"] == []


@pytest.mark.parametrize("token", ["", "wrong", "x" * 32])
def test_who_does_not_know_the_address_gets_nothing(ask: Ask, token: str) -> None:
    assert ask("", token=token).status == 404
    assert ask("state", token=token).status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:8710", "evil.example:8710"])
def test_another_name_for_this_machine_is_refused(ask: Ask, host: str) -> None:
    assert ask("", Host=host).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
def test_another_site_is_refused(ask: Ask, origin: str) -> None:
    assert ask("state", Origin=origin).status == 403
    assert ask("undo", "POST", Origin=origin, **{"Content-Length": "2"}).status == 403


def test_a_change_needs_the_origin_of_the_page(ask: Ask, server: PreviewServer) -> None:
    own = {"Content-Length": "2"}
    assert ask("undo", "POST", **own).status == 403
    assert ask("undo", "POST", Origin=f"http://127.0.0.1:{server.server_port}", **own).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "desk/../server.py",
        "desk/%2e%2e/server.py",
        "desk/..%2f..%2fapi.py",
        "desk//etc/passwd",
        "ebook/../../secret.txt",
        "ebook/x/../../secret.txt",
        "photo/../../secret.txt",
        "page/..%2f..%2fsecret.jpg",
        "fonts/../../secret.txt",
        "../secret.txt",
        "%00",
        "place?page=../x&x=1&y=1",
    ],
)
def test_no_path_leads_out(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert answer.read() == b""


@pytest.mark.parametrize("length", ["x", "-1", "99999999", ""])
def test_a_change_of_no_sensible_length_is_not_read(ask: Ask, server: PreviewServer, length: str) -> None:
    own = f"http://127.0.0.1:{server.server_port}"
    assert ask("frame", "POST", Origin=own, **{"Content-Length": length}).status == 404


def test_a_browser_is_told_to_load_nothing_from_elsewhere(ask: Ask) -> None:
    headers = ask("").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_every_preview_has_a_token_of_its_own() -> None:
    assert len({DoorGuard(1).token for _ in range(20)}) == 20


def test_a_taken_port_is_reported_if_it_was_asked_for_and_else_passed_over(server: PreviewServer) -> None:
    with pytest.raises(MachineError, match="another program uses it"):
        open_server(server.session, server.server_port)
    with open_server(server.session, None) as other:
        assert other.server_port != server.server_port


# ---- photos.yaml


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("name", "key", "value", "gone", "come"),
    [
        ("fire.jpg", "focus", "10% 20%", ["    focus: '60% 40%'"], ["    focus: 10% 20%"]),
        ("FIRE.JPG", "crop", "1% 2% 50% 50%", [], ["    crop: 1% 2% 50% 50%"]),
        ("fire.jpg", "focus", "", ["    focus: '60% 40%'"], []),
        (
            "truck 1.jpg",
            "focus",
            "1% 2%",
            ['"truck 1.jpg": {alt: A truck, credit: "N. N."}'],
            ['"truck 1.jpg": {alt: A truck, credit: "N. N.", focus: 1% 2%}'],
        ),
        ("empty.jpg", "focus", "1% 2%", [], ["  focus: 1% 2%"]),
        ("new.jpg", "focus", "1% 2%", [], ["new.jpg:", "  focus: 1% 2%"]),
        ("new: one.jpg", "focus", "1% 2%", [], ['"new: one.jpg":', "  focus: 1% 2%"]),
        ("new.jpg", "focus", "", [], []),
    ],
)
def test_one_value_is_written_and_no_other_letter(
    name: str, key: str, value: str, gone: list[str], come: list[str]
) -> None:
    after = changed(NOTES.encode(), name, key, value).decode()  # type: ignore[arg-type]
    assert lines_changed(NOTES, after) == (gone, come)
    assert changed(NOTES.replace("\n", "\r\n").encode(), name, key, value) == after.replace("\n", "\r\n").encode()  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["- a\n", "a: [", "just words", "a.jpg: &x {alt: a}\nb.jpg: *x\n", "a.jpg: 7\n"])
def test_a_file_that_is_written_otherwise_stays_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "book/photos.yaml"
    file.parent.mkdir()
    file.write_text(text)
    framing = PhotoFraming(tmp_path)
    if "&x" in text:  # an entry of its own name can be written, one that stands for another cannot
        with pytest.raises(PressroomError):
            framing.write("b.jpg", "focus", "1% 2%")
    else:
        with pytest.raises(PressroomError):
            framing.write("a.jpg", "focus", "1% 2%")
    assert file.read_text() == text


NAMES = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"), min_size=1, max_size=12
)


@pytest.mark.slow
@given(st.dictionaries(NAMES, st.dictionaries(NAMES, NAMES, min_size=1, max_size=3), max_size=4), NAMES)
def test_whatever_the_names_only_the_value_changes(notes: dict[str, dict[str, str]], name: str) -> None:
    before = json.dumps(notes, ensure_ascii=False, indent=2).encode()
    try:
        after = changed(before, name, "focus", "1% 2%")
    except PressroomError:  # nothing was written, which is right as well
        return
    found = YAML(typ="safe").load(after.decode())
    for other, entry in found.items():
        own = {key: value for key, value in entry.items() if key != "focus"}
        assert own == {key: value for key, value in notes.get(other, {}).items() if key != "focus"}
    assert changed(changed(b"", name, "focus", "1% 2%"), name, "focus", "") == b""


def test_what_was_written_is_taken_back_until_somebody_else_writes(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    framing, file = PhotoFraming(tmp_path), tmp_path / "book/photos.yaml"
    framing.write("a.jpg", "focus", "10% 20%")
    framing.write("a.jpg", "crop", "0% 0% 50% 50%")
    assert file.read_text() == "a.jpg:\n  focus: 10% 20%\n  crop: 0% 0% 50% 50%\n"
    assert framing.undo()
    assert file.read_text() == "a.jpg:\n  focus: 10% 20%\n"
    assert framing.undo()
    assert not file.exists()
    assert not framing.undo()
    framing.write("a.jpg", "focus", "10% 20%")
    file.write_text("a.jpg: {alt: new}\n")
    with pytest.raises(PressroomError, match="somebody else"):
        framing.undo()
    assert file.read_text() == "a.jpg: {alt: new}\n"


@pytest.mark.parametrize(("key", "value"), [("focus", "120% 10%"), ("focus", "x: 1"), ("crop", "0% 0% 0% 0%")])
def test_a_value_that_photos_yaml_may_not_have_is_not_written(tmp_path: Path, key: str, value: str) -> None:
    (tmp_path / "book").mkdir()
    with pytest.raises(PressroomError):
        PhotoFraming(tmp_path).write("a.jpg", key, value)  # type: ignore[arg-type]
    assert list((tmp_path / "book").iterdir()) == []


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "own/book").mkdir(parents=True)
    (tmp_path / "else.yaml").write_text("{}\n")
    (tmp_path / "own/book/photos.yaml").symlink_to(tmp_path / "else.yaml")
    with pytest.raises(PressroomError, match="leads out"):
        PhotoFraming(tmp_path / "own").write("a.jpg", "focus", "1% 2%")
    assert (tmp_path / "else.yaml").read_text() == "{}\n"


# ---- pages, and where they come from


BOOK = """\
title: The Field
language: en
creators: [{name: N. N.}]
layout: reader
chapters: [a.md, b.md]
editions: {print: {format: pdf, trim: a5, bleed: 3mm, image_ppi: 72}, ebook: {format: epub}}
"""
FIRST = "# A\n\nThe first words of it.\n\n- one item\n- another item\n\n![A field](p.jpg){#fig-p}\nThe caption of it.\n"


@pytest.fixture
def proofread(publication: Publish) -> Callable[[Mapping[str, str], str], Proof]:
    """Makes the proof of an edition after files were written, by one proofreader."""
    root = publication({"book/a.md": FIRST, "book/b.md": "# B\n\nOther words."}, BOOK)
    picture(root / "assets/photos/p.jpg", 900, 600)
    reader = Proofreader(Order(root))

    def proof(files: Mapping[str, str], edition: str) -> Proof:
        for name, text in files.items():
            (root / name).write_text(text)
        return reader.proof(production.read(reader.order), edition)

    return proof


@pytest.mark.slow
@pytest.mark.kept
def test_only_the_pages_that_changed_have_another_key(
    proofread: Callable[[Mapping[str, str], str], Proof],
) -> None:
    before, after = proofread({}, "print"), proofread({"book/b.md": "# B\n\nQuite other words."}, "print")
    changed = [page.unit for old, page in zip(before.pages, after.pages, strict=True) if old.key != page.key]
    assert changed == ["c-b"]
    assert [page.key for page in proofread({}, "print").pages] == [page.key for page in after.pages]


@pytest.mark.slow
@pytest.mark.kept
def test_what_a_proofreader_knows_changes_no_page(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "# A\n\nThe first words of it.", "book/b.md": "# B\n\nOther words."}, BOOK)
    known = Proofreader(Order(root))
    wider = BOOK.replace("layout: reader", "layout: reader\nlayout_options: {text: ragged}")
    for n, text in enumerate((BOOK, wider, BOOK.replace("a5", "110x178mm"))):
        (root / "book/publication.yaml").write_text(text)
        fresh = Proofreader(Order(root, cache_folder=tmp_path / str(n)))
        ours, theirs = (each.proof(production.read(each.order), "print") for each in (known, fresh))
        assert ours.is_made
        assert [page.key for page in ours.pages] == [page.key for page in theirs.pages]


@pytest.mark.slow
@pytest.mark.kept
def test_a_point_on_a_page_leads_to_its_line(proofread: Callable[[Mapping[str, str], str], Proof]) -> None:
    proof, views = proofread({}, "print"), PageViews()
    assert proof.shape
    found = {}
    for words in ("first words", "another item", "caption of", "Other words"):
        for page in proof.pages:
            for boxes in views.find(page, proof.shape, words):
                x, y, width, height = boxes[0]
                found[words] = str(views.place_at(page, proof.shape, x + width / 2, y + height / 2))
    assert found == {
        "first words": "book/a.md:3:1",
        "another item": "book/a.md:5:1",
        "caption of": "book/a.md:8:1",
        "Other words": "book/b.md:3:1",
    }
    [area] = [area for page in proof.pages for area in page.figures]
    assert (area.figure, area.place.line) == ("fig-p", 8)


@pytest.mark.slow
@pytest.mark.kept
def test_a_page_is_painted_with_its_bleed(proofread: Callable[[Mapping[str, str], str], Proof]) -> None:
    proof = proofread({}, "print")
    assert proof.shape
    with Image.open(io.BytesIO(PageViews().paint(proof.pages[-1], proof.shape, 72))) as shown:
        assert shown.size == pytest.approx([(148 + 6) / 25.4 * 72, (210 + 6) / 25.4 * 72], abs=2)


@pytest.mark.slow
@pytest.mark.kept
def test_what_keeps_an_edition_from_being_made_is_a_finding(
    proofread: Callable[[Mapping[str, str], str], Proof],
) -> None:
    wrong = BOOK.replace("bleed: 3mm", "bleed: 3mm, standard: PDF/X-4, profile: nowhere")
    proof = proofread({"book/publication.yaml": wrong}, "print")
    assert not proof.is_made
    faults = [finding for finding in proof.findings if finding.severity == "error"]
    assert [fault.place.file for fault in faults] == ["book/publication.yaml"]


@pytest.mark.slow
@pytest.mark.kept
def test_the_pages_of_an_ebook_know_their_lines(proofread: Callable[[Mapping[str, str], str], Proof]) -> None:
    ebook = proofread({}, "ebook").ebook
    assert ebook
    pages = {page.source: page for page in ebook.pages if page.source}
    assert set(pages) == {"book/a.md", "book/b.md"}
    assert str(block_at(pages["book/a.md"], "first words of it")) == "book/a.md:3:1"


# ---- saves


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[[Callable[[int], object]], int]]:
    """Does something again and again until it is told, and returns how often something was told meanwhile."""
    (tmp_path / "book").mkdir()
    stop, told = threading.Event(), list[None]()
    watcher = threading.Thread(target=lambda: told.extend(saves(tmp_path, stop)), daemon=True)
    watcher.start()

    def until_told(act: Callable[[int], object]) -> int:
        before, deadline = len(told), time.monotonic() + 30
        for n in range(10_000):
            act(n)
            if len(told) > before:
                break
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return len(told) - before

    yield until_told
    stop.set()
    watcher.join(20)


@pytest.mark.slow
def test_many_saves_are_told_a_few_times(tmp_path: Path, watched: Callable[[Callable[[int], object]], int]) -> None:
    file = tmp_path / "book/a.md"
    watched(lambda n: file.write_text(str(n)))
    assert watched(lambda _: [file.write_text(str(n)) for n in range(300)]) < 100


@pytest.mark.slow
def test_a_folder_that_went_is_watched_when_it_comes_back(
    tmp_path: Path, watched: Callable[[Callable[[int], object]], int]
) -> None:
    file = tmp_path / "book/a.md"
    assert watched(lambda n: file.write_text(str(n))) > 0
    shutil.rmtree(tmp_path / "book")
    assert watched(lambda _: None) > 0  # that it went
    (tmp_path / "book").mkdir()
    assert watched(lambda n: file.write_text(f"again {n}")) > 0  # that it came back
    assert watched(lambda n: file.write_text(f"and again {n}")) > 0


class SlowWorkroom:
    """Lays out what was saved when it began; somebody saves meanwhile."""

    def __init__(self, saved: list[str], meanwhile: Callable[[], None]) -> None:
        self.saved, self.meanwhile, self.made = saved, meanwhile, list[str]()

    def make(self, editions: tuple[str, ...]) -> Iterator[ProofMade]:
        del editions
        self.made.append(self.saved[-1])
        self.meanwhile()
        page = ProofPage(self.made[-1], "1", Path("a.pdf"), 0, "u", "U", "book/a.md")
        yield ProofMade(Proof("print", "pdf", (), PageShape(100, 100, 0, 0, None), (page,)))


@pytest.mark.slow
def test_what_is_saved_while_pages_are_made_is_made_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved, session = ["first"], Session(Order(tmp_path), "print")
    told = threading.Semaphore(0)

    def told_saves(root: Path, stop: threading.Event) -> Iterator[None]:
        del root
        while not stop.is_set():
            if told.acquire(timeout=0.05):
                yield None

    def save() -> None:
        if saved == ["first"]:
            saved.append("second")
            told.release()
            deadline = time.monotonic() + 10
            while session._saves == 0 and time.monotonic() < deadline:
                time.sleep(0.01)

    monkeypatch.setattr("pressroom.preview.session.saves", told_saves)
    workroom = SlowWorkroom(saved, save)
    threading.Thread(target=session.run, args=(workroom,), daemon=True).start()
    deadline = time.monotonic() + 10
    while workroom.made[-1:] != ["second"] and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)
    session.close()
    assert workroom.made == ["first", "second"]
    assert session.state.views["print"].is_current
    assert session.page("second")
