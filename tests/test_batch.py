"""A catalogue: many publications with one command, of which one that fails costs no other."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from conftest import Publish, picture

from pressroom import cli, keeping, production
from pressroom.catalogue import Shard, apart, find_titles, sharing, standing, workplaces
from pressroom.errors import ExitCode, Severity, warning
from pressroom.errors import Place as FaultPlace
from pressroom.reports.cataloguepage import CatalogueRow, ProductLink, catalogue_page

ROOT = Path(__file__).resolve().parents[1]
EBOOK = "title: {}\nlanguage: en\neditions: {{ebook: {{format: epub, fonts: none}}}}\n"
PDF = "title: {}\nlanguage: en\neditions: {{screen: {{format: pdf, trim: a5}}}}\n"
BROKEN = {"book/a.md": "# A\n\nSee [](#nowhere).\n"}
NEEDS_TOO_MUCH = "data = bytearray(20 * 10**9)\n"
LIBRARY_FINDS_NO_ROOM = """import resource
if resource.getrlimit(resource.RLIMIT_AS)[0] > 0:
    raise OSError("cannot load library 'libpango-1.0-0': failed to map segment")
"""
TAKES_TOO_LONG = "import time\ntime.sleep(60)\n"
IS_KILLED = "import os\nos.kill(os.getpid(), 9)\n"
KILLS_ITS_WORKER = """import os, pathlib, time
begun = pathlib.Path({!r})
if not begun.exists():
    begun.touch()
    assert os.getppid() != {!r}  # the process of the tests themselves
    os.kill(os.getppid(), 9)
    time.sleep(60)
raise KeyError('a page')
"""
FAILS = "raise KeyError('a page')\n"

Capture = pytest.CaptureFixture[str]


def batch(capsys: Capture, *typed: object) -> tuple[int, dict[str, Any]]:
    """What `batch … --json` ends with and answers."""
    code = cli.main(["batch", "--json", *map(str, typed)])
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return code, answer


def found_in(title: dict[str, Any]) -> list[str]:
    return [finding["id"] for finding in title["findings"]]


def page_engine(folder: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """What happens to a title that needs the page engine. An ebook does not."""
    stub = folder / ".stub"
    stub.mkdir()
    (stub / "weasyprint.py").write_text(program)
    monkeypatch.syspath_prepend(stub)


def no_process(*_: object, **__: object) -> NoReturn:
    raise AssertionError("a process was begun")


# ---- which titles


def test_titles_are_found_in_folders_of_folders(tmp_path: Path) -> None:
    for name in ("b/two", "a/one", "a/one/inner", "a/dist/old", "a/.pressroom/copy", "c"):
        (tmp_path / name / "book").mkdir(parents=True)
        (tmp_path / name / "book/publication.yaml").touch()
    titles, doubts = find_titles([tmp_path, tmp_path / "a"])
    assert [title.root.relative_to(tmp_path).as_posix() for title in titles] == ["a/one", "b/two", "c"]
    assert doubts == ()


def test_a_title_may_be_linked_and_is_built_once(publication: Publish, tmp_path: Path) -> None:
    root = publication()
    (tmp_path / "catalogue/deep").mkdir(parents=True)
    for name in ("catalogue/mill", "catalogue/deep/again"):
        (tmp_path / name).symlink_to(root)
    (tmp_path / "catalogue/deep/circle").symlink_to(tmp_path / "catalogue")
    titles, _ = find_titles([tmp_path / "catalogue"])
    assert [title.root for title in titles] == [root]


def test_a_folder_may_be_a_title_itself(publication: Publish) -> None:
    root = publication()
    titles, _ = find_titles([root])
    assert [title.root for title in titles] == [root]


def test_a_folder_without_a_publication_is_a_wrong_command_line(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").touch()
    code, answer = batch(capsys, tmp_path, tmp_path / "none", tmp_path / "file")
    assert code == ExitCode.USAGE
    assert list(answer) == ["titles", "findings", "seconds"]
    assert [finding["id"] for finding in answer["findings"]] == ["catalogue-empty"] * 3
    assert len({finding["message"] for finding in answer["findings"]}) == 3
    assert not list(tmp_path.glob(".pressroom*"))


def test_shards_share_all_titles_among_them(publication: Publish, tmp_path: Path) -> None:
    for _ in range(7):
        publication()
    titles, _ = find_titles([tmp_path])
    shards = [Shard(number, 3).share(titles) for number in (1, 2, 3)]
    assert sorted(map(len, shards)) == [2, 2, 3]
    assert {title for shard in shards for title in shard} == set(titles)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "--jobs 0",
            "--jobs -1",
            "--jobs many",
            "--shard 0/3",
            "--shard 4/3",
            "--shard x",
            "--shard 3",
            "--shard 1/0",
        ),
        *("--memory 2", "--memory -1GB", "--memory 1KB", "--memory GB", "--time 0s", "--time soon", "--time 5"),
        *("--executor here", "--executor tcp://host", "--executor http://host:80", "--executor tcp://host:99999"),
        *("--plan yaml", "--executor tcp://localhost:8786 --jobs 2"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_command_line(publication: Publish, capsys: Capture, typed: str) -> None:
    try:
        code = cli.main(["batch", str(publication()), *typed.split()])
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == ExitCode.USAGE
    printed = capsys.readouterr()
    assert typed.split(maxsplit=1)[0] in printed.out + printed.err
    assert "Traceback" not in printed.err


def test_no_more_titles_at_once_than_there_is_memory_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplaces, "_memory", lambda: 6 * 10**9)
    monkeypatch.setattr(workplaces, "_cores", lambda: 4)
    assert workplaces.titles_at_once(None) == (4, ())
    assert workplaces.titles_at_once(6) == (6, ())
    at_once, (finding,) = workplaces.titles_at_once(1000)
    assert (at_once, finding.id, finding.severity) == (6, "jobs-bounded", Severity.ADVICE)
    monkeypatch.setattr(workplaces, "_memory", lambda: 10**9)
    assert workplaces.titles_at_once(None) == (1, ())


# ---- plans


def test_a_plan_names_files_and_products_and_builds_nothing(
    publication: Publish, tmp_path: Path, capsys: Capture
) -> None:
    good = publication(
        {"assets/photos/a.jpg": b"-"}, settings=EBOOK.format("The mill").replace("none", "none, onix: true")
    )
    bad = publication(settings="title: [\n")
    code, answer = batch(capsys, tmp_path, "--plan", "json")
    assert code == ExitCode.FAULTS
    first, second = answer["titles"]
    assert first["root"] == str(good)
    assert first["inputs"] == [str(good / f) for f in ("book/a.md", "book/publication.yaml", "assets/photos/a.jpg")]
    assert first["products"] == [str(good / "dist" / f"the-mill.{end}") for end in ("epub", "onix.xml")]
    assert (second["root"], second["products"]) == (str(bad), [])
    assert second["findings"]
    assert not list(tmp_path.rglob("dist"))
    assert not list(tmp_path.glob(".pressroom*"))


def test_a_plan_is_of_its_shard(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    roots = [publication(settings=EBOOK.format(f"T {n}")) for n in range(3)]
    _, answer = batch(capsys, tmp_path, "--plan", "json", "--shard", "2/3", "--out", tmp_path / "all")
    assert [title["root"] for title in answer["titles"]] == [str(roots[1])]
    assert answer["titles"][0]["products"] == [str(tmp_path / "all/t-1.epub")]


def test_titles_that_would_overwrite_each_other_are_not_made(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "build_apart", no_process)
    (tmp_path / "all").mkdir()
    (tmp_path / "all/the-mill.epub").write_bytes(b"older")
    for _ in range(2):
        publication(settings=EBOOK.format("The mill"))
    code, answer = batch(capsys, tmp_path, "--out", tmp_path / "all")
    assert code == ExitCode.FAULTS
    assert [found_in(title) for title in answer["titles"]] == [["product-twice"]] * 2
    first, second = (title["findings"][0] for title in answer["titles"])
    assert "publication-2" in first["message"]
    assert "publication-1" in second["message"]
    assert [file.read_bytes() for file in (tmp_path / "all").iterdir()] == [b"older"]


# ---- what has not changed


@pytest.mark.slow
def test_no_process_is_begun_for_a_hundred_unchanged_titles(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = production.Product("ebook", "epub", tmp_path / "t.epub", 0, 5, "0" * 64)
    monkeypatch.setattr(standing, "unchanged", lambda *_: production.Report(products=[product]))
    monkeypatch.setattr(apart.subprocess, "Popen", no_process)
    for _ in range(100):
        publication()
    code, answer = batch(capsys, tmp_path)
    assert code == ExitCode.MADE
    assert len(answer["titles"]) == 100
    assert cli.main(["batch", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("unchanged") == 100


@pytest.mark.slow
@pytest.mark.receipts
def test_only_titles_that_have_changed_are_built_again(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    mill, bridge = (publication(settings=EBOOK.format(name)) for name in ("The mill", "The bridge"))
    code, first = batch(capsys, tmp_path)
    assert code == 0
    (bridge / "book/a.md").write_text("# A\n\nOther text.\n")
    begun: list[Path] = []
    monkeypatch.setattr(
        workplaces,
        "build_apart",
        lambda task, **more: (begun.append(task.order.root), apart.build_apart(task, **more))[1],
    )
    code, second = batch(capsys, tmp_path)
    assert code == 0
    assert begun == [bridge]
    assert second["titles"][0] | {"seconds": 0} == first["titles"][0] | {"seconds": 0}
    assert second["titles"][0]["root"] == str(mill)
    assert second["titles"][1]["products"] != first["titles"][1]["products"]


# ---- the ledger


@pytest.mark.slow
def test_a_bad_title_stops_no_other_and_a_batch_goes_on_where_it_ended(
    publication: Publish, tmp_path: Path, capsys: Capture
) -> None:
    good, bad = publication(settings=EBOOK.format("The mill")), publication(BROKEN, settings=EBOOK.format("Lost"))
    code, answer = batch(capsys, tmp_path)
    assert code == ExitCode.FAULTS
    assert list(answer) == ["titles", "findings", "seconds"]
    first, second = answer["titles"]
    assert list(first) == ["root", "title", "exit_code", "products", "findings", "seconds"]
    assert (first["root"], first["title"], first["exit_code"]) == (str(good), "The mill", 0)
    assert (second["root"], second["title"], second["exit_code"]) == (str(bad), "Lost", 1)
    assert [product["path"] for product in first["products"]] == [str(good / "dist/the-mill.epub")]
    assert (found_in(first), found_in(second), second["products"]) == ([], ["reference-dead"], [])
    lines = [json.loads(line) for line in (tmp_path / ".pressroom-batch.jsonl").read_text().splitlines()]
    assert {line["root"]: line["outcome"] for line in lines} == {str(good): "made", str(bad): "failed"}
    assert next(line for line in lines if line["root"] == str(good))["products"] == first["products"]

    made = (good / "dist/the-mill.epub").stat()
    (bad / "book/a.md").write_text("# A\n\nFound.\n")
    with (tmp_path / ".pressroom-batch.jsonl").open("a") as ledger:
        ledger.write('{"root": "torn')
    code, answer = batch(capsys, tmp_path, "--resume")
    assert code == ExitCode.MADE
    assert [finding["id"] for finding in answer["findings"]] == ["ledger-damaged"]
    assert [title["products"][0]["path"] for title in answer["titles"]] == [
        str(good / "dist/the-mill.epub"),
        str(bad / "dist/lost.epub"),
    ]
    assert (good / "dist/the-mill.epub").stat() == made
    *_, torn, last = (tmp_path / ".pressroom-batch.jsonl").read_text().splitlines()
    assert torn == '{"root": "torn'
    assert json.loads(last)["root"] == str(bad)


@pytest.mark.slow
def test_what_the_ledger_has_otherwise_or_no_more_is_made_again(
    publication: Publish, tmp_path: Path, capsys: Capture
) -> None:
    root = publication(settings=EBOOK.format("The mill"))
    ledger = ("--ledger", tmp_path / "kept" / "all.jsonl")
    assert batch(capsys, root, *ledger)[0] == 0
    assert batch(capsys, root, *ledger, "--resume")[1]["titles"][0]["seconds"] == 0
    (root / "dist/the-mill.epub").unlink()
    assert batch(capsys, root, *ledger, "--resume")[1]["titles"][0]["seconds"] > 0
    _, answer = batch(capsys, root, *ledger, "--resume", "--out", tmp_path / "all")
    assert answer["titles"][0]["products"][0]["path"] == str(tmp_path / "all/the-mill.epub")
    assert not (root / ".pressroom-batch.jsonl").exists()


def test_any_damage_of_the_ledger_is_advice(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "unchanged", lambda *_: production.Report())
    publication()
    ledger = tmp_path / ".pressroom-batch.jsonl"
    ledger.write_bytes(
        b'\xff\xfe\n[]\n{}\n"x"\n{"root": 3, "products": 4}\n\n{"root": "/a", "outcome": "made"}\nnull\n'
    )
    code, answer = batch(capsys, tmp_path, "--resume")
    assert code == 0
    (finding,) = answer["findings"]
    assert (finding["id"], finding["severity"], finding["place"]["line"]) == ("ledger-damaged", "advice", 1)


def test_a_ledger_that_cannot_be_written_is_a_wrong_command_line(
    publication: Publish, tmp_path: Path, capsys: Capture
) -> None:
    code, answer = batch(capsys, publication(), "--ledger", tmp_path)
    assert code == ExitCode.USAGE
    assert [finding["id"] for finding in answer["findings"]] == ["ledger-unwritable"]


def test_machines_that_share_a_folder_have_a_ledger_each(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "unchanged", lambda *_: production.Report())
    for _ in range(2):
        publication()
    for number in (1, 2):
        assert cli.main(["batch", str(tmp_path), "--shard", f"{number}/2"]) == 0
    ledgers = sorted(tmp_path.glob(".pressroom-batch*"))
    assert [file.name for file in ledgers] == [f".pressroom-batch-{number}-of-2.jsonl" for number in (1, 2)]
    assert [file.read_text().count("\n") for file in ledgers] == [1, 1]


# ---- what happens to one title


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "options", "found", "told"),
    [
        (NEEDS_TOO_MUCH, ("--memory", "2GB"), "memory-short", "2 GB"),
        (LIBRARY_FINDS_NO_ROOM, ("--memory", "2GB"), "memory-short", "2 GB"),
        (TAKES_TOO_LONG, ("--time", "12s"), "time-short", "12 s"),
        (IS_KILLED, (), "title-killed", "SIGKILL"),
        (FAILS, (), "title-crashed", "KeyError"),
    ],
    ids=["memory", "memory-for-a-library", "time", "killed", "crashed"],
)
def test_what_happens_to_one_title_costs_no_other(  # noqa: PLR0913, PLR0917 - a case
    publication: Publish,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    options: tuple[str, ...],
    found: str,
    told: str,
) -> None:
    page_engine(tmp_path, monkeypatch, program)
    publication(settings=PDF.format("The page"))
    publication(settings=EBOOK.format("The mill"))
    code, answer = batch(capsys, tmp_path, *options)
    assert code == ExitCode.FAULTS
    page, mill = answer["titles"]
    assert (mill["exit_code"], len(mill["products"])) == (0, 1)
    assert (page["exit_code"], page["products"], found_in(page)) == (1, [], [found])
    assert page["findings"][0]["place"]["file"].endswith("publication-1")
    assert told in page["findings"][0]["message"]
    assert not list((tmp_path / "publication-1").glob("dist/*"))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as on Linux and macOS")
def test_ctrl_c_ends_everything_and_leaves_a_whole_ledger(publication: Publish, tmp_path: Path) -> None:
    stub = tmp_path / ".stub"
    stub.mkdir()
    (stub / "weasyprint.py").write_text(f"open({str(tmp_path / '.begun')!r}, 'w').close()\n{TAKES_TOO_LONG}")
    mill, page = publication(settings=EBOOK.format("The mill")), publication(settings=PDF.format("The page"))
    ledger = tmp_path / ".pressroom-batch.jsonl"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(stub), str(ROOT)])}
    command = [sys.executable, "-m", "pressroom", "batch", str(tmp_path), "--jobs", "2"]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    for _ in range(300):
        if (tmp_path / ".begun").exists() and ledger.exists() and ledger.read_text():
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=8)
    assert running.returncode == ExitCode.INTERRUPTED
    assert "--resume" in told
    assert "Traceback" not in told
    assert [json.loads(line)["root"] for line in ledger.read_text().splitlines()] == [str(mill)]
    assert not list(page.glob("dist/.pressroom*"))
    assert not [name for name in _programs() if str(stub) in name]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as on Linux and macOS")
def test_no_title_outlives_a_batch_that_is_killed(publication: Publish, tmp_path: Path) -> None:
    stub = tmp_path / ".stub"
    stub.mkdir()
    (stub / "weasyprint.py").write_text(f"open({str(tmp_path / '.begun')!r}, 'w').close()\n{TAKES_TOO_LONG}")
    page = publication(settings=PDF.format("The page"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(stub), str(ROOT)])}
    running = subprocess.Popen([sys.executable, "-m", "pressroom", "batch", str(page)], env=environment)
    for _ in range(300):
        if (tmp_path / ".begun").exists():
            break
        time.sleep(0.1)
    assert list(page.glob("dist/.pressroom*"))
    running.kill()
    running.wait()
    for _ in range(80):
        if not [name for name in _programs() if str(stub) in name]:
            break
        time.sleep(0.1)
    assert not list(page.glob("dist/.pressroom*"))
    assert not [name for name in _programs() if str(stub) in name]


def _programs() -> Iterator[str]:
    """The environments of all processes, where the system shows them."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            yield (process / "environ").read_text("utf-8", "replace")
        except OSError:
            continue


# ---- the page


def test_the_page_shows_each_title_and_needs_nothing_else() -> None:
    finding = warning("a-finding", FaultPlace("book/a.md", 3), "What <b>is</b> wrong.", "What to do.")
    counts = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 0}
    product = ProductLink("ebook", "a <i>.epub", "../a%20%3Ci%3E.epub", 0, 1_500_000)
    row = CatalogueRow(1, "north/mill", "Mill & <script>\x00", (product,), 12, 1_500_000, counts, 2.25, "", (finding,))
    page = catalogue_page([row], [], 3.5)
    assert "<script" not in page
    assert "Mill &amp; &lt;script&gt;\ufffd" in page
    assert 'href="../a%20%3Ci%3E.epub"' in page
    assert "1.5 MB" in page
    assert page.count('scope="col"') == 8
    assert 'lang="en"' in page
    assert "prefers-color-scheme: dark" in page
    assert "What &lt;b&gt;is&lt;/b&gt; wrong." in page
    assert not re.search(r"https?:", page)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets
    assert all(f'id="{target}"' in page for target in targets)


def test_the_page_is_written_where_it_is_asked_for(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(apart.subprocess, "Popen", no_process)

    def unchanged(order: production.Order, _: str) -> production.Report:
        return production.Report(products=[production.Product("ebook", "epub", order.root / "dist/t.epub", 0, 5, "0")])

    monkeypatch.setattr(standing, "unchanged", unchanged)
    publication(), publication()
    assert cli.main(["batch", str(tmp_path), "--report", str(tmp_path / "pages/all.html")]) == 0
    page = (tmp_path / "pages/all.html").read_text("utf-8")
    assert 'href="../publication-2/dist/t.epub"' in page
    assert "2 of 2 titles made" in page
    assert "2 of 2 titles made" in capsys.readouterr().out


# ---- what titles share


@pytest.mark.slow
def test_a_photograph_is_made_ready_once_for_all_titles(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    photo = picture(tmp_path / "photos/a.jpg", 300, 200).read_bytes()
    show = {"assets/photos/a.jpg": photo, "book/a.md": "# A\n\n![Alt.](a.jpg)\nA mill.\n"}
    roots = [publication(show, settings=EBOOK.format(f"Mill {n}")) for n in range(3)]
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()

    def kept_of(name: str) -> dict[str, int]:
        """A file that is made again is another one."""
        found = (catalogue / ".pressroom/renditions").glob(f"{name}-*")
        return {file.name: file.stat().st_ino for file in found}

    for root in roots[:2]:
        (catalogue / root.name).symlink_to(root)
    assert batch(capsys, catalogue, "--jobs", "1")[0] == 0
    made = kept_of("a")
    assert sorted(Path(name).suffix for name in made) == [".jpg", ".json"]
    (catalogue / "third").symlink_to(roots[2])
    code, answer = batch(capsys, catalogue)
    assert code == 0
    assert kept_of("a") == made
    assert not [root for root in roots if (root / ".pressroom/renditions").exists()]
    alone = production.build(production.Order(roots[2], out=tmp_path / "alone")).products
    assert [title["products"][0]["sha256"] for title in answer["titles"]][2] == alone[0].sha256


def test_what_titles_share_holds_no_more_than_each_would_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_BYTES", 40)
    with sharing.shared_folder(tmp_path, 2) as folder:
        assert folder == tmp_path / ".pressroom"
        for n in range(3):
            keeping.keep(folder / "renditions" / f"{n}.jpg", bytes(30))
            os.utime(folder / "renditions" / f"{n}.jpg", (n, n))
        assert keeping.size_of_cache(folder) == 90
    assert sorted(file.name for file in (folder / "renditions").iterdir()) == ["1.jpg", "2.jpg"]


def test_a_title_alone_shares_nothing(tmp_path: Path) -> None:
    with sharing.shared_folder(tmp_path, 1) as folder:
        assert folder is None


def test_a_title_whose_process_cannot_write_the_shared_folder_keeps_its_own(tmp_path: Path) -> None:
    order = production.Order(tmp_path / "mill", shared_folder=tmp_path / ".pressroom")
    assert sharing.sharing_if_writable(order).shared_cache == tmp_path / ".pressroom"
    for locked in (tmp_path / "file", tmp_path / "gone/.pressroom"):
        (tmp_path / "file").touch()
        kept_alone = sharing.sharing_if_writable(replace(order, shared_folder=locked))
        assert kept_alone.shared_cache == tmp_path / "mill/.pressroom"


# ---- the cluster


def test_a_machine_without_the_extra_is_told_what_to_type(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    publication()
    code, answer = batch(capsys, tmp_path, "--executor", "tcp://127.0.0.1:9")
    assert code == ExitCode.MACHINE
    assert [finding["id"] for finding in answer["findings"]] == ["cluster-missing"]
    assert "pressroom[cluster]" in answer["findings"][0]["remedy"]
    assert [(title["exit_code"], found_in(title)) for title in answer["titles"]] == [(3, ["title-unbuilt"])]


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_a_fault_of_the_machine(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from pressroom.catalogue import cluster  # noqa: PLC0415 - the extra is there

    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    publication()
    code, answer = batch(capsys, tmp_path, "--executor", "tcp://127.0.0.1:9")
    assert code == ExitCode.MACHINE
    assert [finding["id"] for finding in answer["findings"]] == ["cluster-silent"]


@pytest.mark.slow
def test_a_cluster_builds_what_this_machine_would(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    roots = [publication(settings=EBOOK.format(f"Mill {n}")) for n in range(2)]
    roots.append(publication(BROKEN, settings=EBOOK.format("Lost")))
    assert cli.main(["batch", "--json", *map(str, roots), "--out", str(tmp_path / "here")]) == 1
    here = json.loads(capsys.readouterr().out)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        code, there = batch(capsys, *roots, "--out", tmp_path / "there", "--executor", address)
    assert code == ExitCode.FAULTS
    assert there["findings"] == []
    for one, other in zip(here["titles"], there["titles"], strict=True):
        assert [product["sha256"] for product in one["products"]] == [p["sha256"] for p in other["products"]]
        assert found_in(one) == found_in(other)


@pytest.mark.slow
def test_workers_of_another_version_build_nothing(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from pressroom.catalogue import cluster as room  # noqa: PLC0415 - the extra is there

    publication(settings=EBOOK.format("The mill"))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        monkeypatch.setattr(room, "__version__", "99")
        code, answer = batch(capsys, tmp_path, "--executor", cluster.scheduler_address)
    assert code == ExitCode.MACHINE
    assert [finding["id"] for finding in answer["findings"]] == ["worker-version"]
    assert [found_in(title) for title in answer["titles"]] == [["title-unbuilt"]]


@pytest.mark.slow
def test_a_scheduler_without_a_worker_is_told(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from pressroom.catalogue import cluster as room  # noqa: PLC0415 - the extra is there

    publication(settings=EBOOK.format("The mill"))
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster:
        monkeypatch.setattr(room, "_PATIENCE", 1)
        code, answer = batch(capsys, tmp_path, "--executor", cluster.scheduler_address)
    assert code == ExitCode.MACHINE
    assert [finding["id"] for finding in answer["findings"]] == ["cluster-idle"]
    assert [found_in(title) for title in answer["titles"]] == [["title-unbuilt"]]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as on Linux and macOS")
@pytest.mark.parametrize(
    ("failures", "code", "found"),
    [(3, ExitCode.FAULTS, "title-crashed"), (0, ExitCode.MACHINE, "worker-lost")],
    ids=["built-again", "given-up"],
)
def test_a_worker_that_is_killed_costs_at_most_its_title(  # noqa: PLR0913, PLR0917 - a case
    publication: Publish,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    failures: int,
    code: ExitCode,
    found: str,
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    import dask  # noqa: PLC0415 - the extra is there

    page_engine(tmp_path, monkeypatch, KILLS_ITS_WORKER.format(str(tmp_path / ".begun"), os.getpid()))
    publication(settings=PDF.format("The page")), publication(settings=EBOOK.format("The mill"))
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": failures}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        ended, answer = batch(capsys, tmp_path, "--executor", cluster.scheduler_address)
    page, mill = answer["titles"]
    assert (mill["exit_code"], len(mill["products"])) == (0, 1)
    assert (ended, found_in(page)) == (code, [found])


@pytest.mark.slow
def test_a_scheduler_that_dies_leaves_titles_unbuilt(
    publication: Publish, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from pressroom.catalogue import cluster as room  # noqa: PLC0415 - the extra is there

    begun = tmp_path / ".begun"
    page_engine(tmp_path, monkeypatch, f"open({str(begun)!r}, 'w').close()\n{TAKES_TOO_LONG}")
    publication(settings=PDF.format("The page"))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:

        def die() -> None:
            while not begun.exists() and not over.is_set():
                time.sleep(0.1)
            monkeypatch.setattr(room, "_PATIENCE", 1)
            cluster.close()

        over = threading.Event()
        dying = threading.Thread(target=die)
        dying.start()
        code, answer = batch(capsys, tmp_path, "--executor", cluster.scheduler_address)
        over.set()
        dying.join()
    assert code == ExitCode.MACHINE
    assert [found_in(title) for title in answer["titles"]] == [["title-unbuilt"]]
