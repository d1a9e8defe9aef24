"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from conftest import Publish, picture

from pressroom import __version__, cli, production
from pressroom.cli import terminal
from pressroom.cli.arguments import VERBS, parse
from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.whereabouts import TEMPLATES

ROOT = Path(__file__).resolve().parents[1]
EBOOK = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
BOTH = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}, screen: {format: pdf, trim: a5}}\n"
PDFS = (
    "title: T\nlanguage: en\neditions: {screen: {format: pdf, trim: a5}, print: {format: pdf, trim: a5, bleed: 3mm}}\n"
)
ALL = PDFS.replace("}}\n", "}, ebook: {format: epub, fonts: none}}\n")
BROKEN = {"book/a.md": "# A\n\nSee [](#nowhere).\n"}
STUB = """\
print("-----\\nThis engine gives advice of its own.\\n-----")
raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open shared object file")
"""
"""A page engine on a machine without Pango."""

Capture = pytest.CaptureFixture[str]


def answer(capsys: Capture) -> dict[str, Any]:
    """The one object on standard output; nothing is on standard error."""
    out, err = capsys.readouterr()
    assert not err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def run(
    *command: object, cwd: Path, path: Sequence[Path] = (ROOT,), umask: int = -1, **env: str
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which knows of the environment only what is named."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(map(str, path))}
    python = [sys.executable, "-X", "faulthandler", *map(str, command)]
    return subprocess.run(
        python, cwd=cwd, env=known | env, umask=umask, capture_output=True, encoding="utf-8", check=False
    )


def older_in(folder: Path, *names: str) -> dict[str, bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"older")
    return dict.fromkeys(names, b"older")


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# ---- --json


@pytest.mark.slow
def test_json_is_one_object_of_a_known_shape(publication: Publish, capsys: Capture) -> None:
    root = publication({"book/a.md": "# A\n\nText.[^1]\n\n[^1]: Note.\n\n[^2]: Lost.\n"}, settings=BOTH)
    assert cli.main(["build", "--json", "--root", str(root)]) == 0
    found = answer(capsys)
    assert list(found) == ["products", "findings", "seconds"]
    assert isinstance(found["seconds"], float)
    ebook, screen = found["products"]
    assert list(ebook) == list(screen) == ["edition", "format", "path", "pages", "bytes", "sha256"]
    assert (ebook["edition"], ebook["format"], ebook["pages"]) == ("ebook", "epub", 0)
    assert (screen["edition"], screen["format"]) == ("screen", "pdf")
    assert screen["pages"] > 3
    for product, name in ((ebook, "t.epub"), (screen, "t-screen.pdf")):
        data = (root / "dist" / name).read_bytes()
        assert product["path"] == str(root / "dist" / name)
        assert product["bytes"] == len(data)
        assert product["sha256"] == hashlib.sha256(data).hexdigest()
    (finding,) = found["findings"]
    assert list(finding) == ["id", "severity", "place", "message", "remedy"]
    assert finding["place"] == {"file": "book/a.md", "line": 7, "column": 1}
    assert (finding["id"], finding["severity"]) == ("note-unused", "warning")


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["build", "check"])
def test_json_holds_for_faults_too(publication: Publish, capsys: Capture, verb: str) -> None:
    assert cli.main([verb, "--json", "--root", str(publication(BROKEN, settings=EBOOK))]) == 1
    found = answer(capsys)
    assert [f["id"] for f in found["findings"]] == ["reference-dead"]
    assert found["products"] == []


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_any_letter_can_be_printed_on_any_terminal(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    root = str(publication({"book/a.md": "# A\n\nSee [](#ձուկ🎉).\n"}, settings=EBOOK))
    for options in ([], ["--json"]):
        printed = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding=encoding))
        assert cli.main(["check", "--root", root, *options]) == 1
        sys.stdout.flush()
        out = printed.getvalue().decode(encoding)
        assert "reference-dead" in out
        assert ("ձուկ🎉" in out) == (encoding == "utf-8")
    assert "ձուկ🎉" in json.loads(out)["findings"][0]["message"]


# ---- --typography

SET = {"book/a.md": '# A\n\nIt\'s "here",\nafter 10 km.\n'}


@pytest.mark.slow
def test_check_lists_what_typography_alters_and_counts_it(publication: Publish, capsys: Capture) -> None:
    root = str(publication(SET, settings=EBOOK))
    assert cli.main(["check", "--typography", "--root", root]) == 0
    out = capsys.readouterr().out.splitlines()
    assert 'book/a.md:3  apostrophe  It\'s "here", after → It’s “here”, after' in out
    assert 'book/a.md:4  no-break space  "here", after 10 km. → “here”, after 10␣km.' in out
    assert "Typography: quotes 2, apostrophe 1, no-break space 1. ␣ is a no-break space." in out
    cli.main(["check", "--root", root])
    assert "Typography" not in capsys.readouterr().out


@pytest.mark.slow
def test_json_lists_it_when_asked(publication: Publish, capsys: Capture) -> None:
    root = str(publication(SET, settings=EBOOK))
    assert cli.main(["check", "--typography", "--json", "--root", root]) == 0
    *_, last = answer(capsys)["typography"]
    assert last == {
        "place": {"file": "book/a.md", "line": 4},
        "rule": "no-break space",
        "before": '"here", after 10 km.',
        "after": "“here”, after 10\u00a0km.",
        "origin": "manuscript",
    }
    assert cli.main(["check", "--json", "--root", root]) == 0
    assert "typography" not in answer(capsys)


@pytest.mark.slow
def test_check_reports_a_publication_that_typography_leaves_unchanged(publication: Publish, capsys: Capture) -> None:
    assert cli.main(["check", "--typography", "--root", str(publication(settings=EBOOK))]) == 0
    assert "Typography: nothing to set." in capsys.readouterr().out


# ---- exit codes


@pytest.mark.slow
def test_zero_is_made_and_one_is_a_fault(publication: Publish) -> None:
    good, broken = publication(settings=EBOOK), publication(BROKEN, settings=EBOOK)
    assert cli.main(["build", "--root", str(good)]) == 0
    assert cli.main(["check", "--root", str(good)]) == 0
    assert cli.main(["build", "--root", str(broken)]) == 1
    assert cli.main(["check", "--root", str(broken)]) == 1
    assert not (broken / "dist").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--edition"], ["--jobs", "0"], ["--jobs", "many"], ["--draft", "--final"], ["publish"], ["check", "--out", "x"]],
)
def test_two_is_a_command_line_that_cannot_be_read(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert not capsys.readouterr().out


def test_two_is_an_edition_that_nobody_makes(publication: Publish, capsys: Capture) -> None:
    root = publication(settings=EBOOK)
    older = older_in(root / "dist", "t.epub")
    for verb in ("build", "check"):
        assert cli.main([verb, "--json", "--root", str(root), "--edition", "ebok", "--edition", "prnt"]) == 2
        found = answer(capsys)["findings"]
        assert [(f["id"], f["severity"]) for f in found] == [("edition-unknown", "error")] * 2
    assert files_in(root / "dist") == older


@pytest.mark.slow
def test_two_is_no_publication_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("here first")
    for arguments in ([], ["check"], ["--root", "."], ["--root", "nowhere"], ["--root", "file"]):
        assert cli.main([*arguments, "--json"]) == 2
        assert [f["id"] for f in answer(capsys)["findings"]] == ["publication-missing"]
    assert files_in(tmp_path) == {"file": b"here first"}


@pytest.mark.parametrize("seconds", ["yesterday", "-1", "1e9", "²", "4354819200", "99999999999999", "9" * 5000])
def test_two_is_a_date_that_is_none(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture, seconds: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert cli.main(["build", "--json", "--root", str(publication(settings=EBOOK))]) == 2
    assert [f["id"] for f in answer(capsys)["findings"]] == ["source-date"]


def test_help_and_version(capsys: Capture) -> None:
    for arguments in (["--help"], ["build", "--help"], ["--version"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code == 0
    assert capsys.readouterr().out.endswith(f"pressroom {__version__}\n")


def test_three_is_a_machine_without_memory(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A style sheet of one's own can ask for more than there is; that is told, without a traceback."""

    def build(*_: object) -> production.Report:
        raise MemoryError

    monkeypatch.setattr(production, "build", build)
    assert cli.main(["build", "--json", "--root", str(publication(settings=EBOOK))]) == 3
    assert [finding["id"] for finding in answer(capsys)["findings"]] == ["memory-short"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.slow
def test_the_help_of_a_verb_shows_a_command_that_is_one(capsys: Capture, verb: str) -> None:
    """A sentence, the options and an example that can be copied."""
    with pytest.raises(SystemExit):
        cli.main([verb, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    before, _, example = said.partition("Example: pressroom ")
    assert re.search(r"\. (positional arguments|options):", before), "a sentence says what it is for"
    assert parse(example.split()).verb == verb


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bild", "Did you mean “build”?"),
        ("chekc", "Did you mean “check”?"),
        ("proof.pdf", "pressroom check proof.pdf"),
        ("xyz", "The verbs are: build, check,"),
    ],
)
def test_two_is_a_verb_that_there_is_not(capsys: Capture, typed: str, said: str) -> None:
    """With what was meant, where it can be guessed."""
    with pytest.raises(SystemExit) as ended:
        cli.main([typed])
    assert ended.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


# ---- options


@pytest.mark.slow
def test_editions_are_chosen_by_name(publication: Publish, capsys: Capture) -> None:
    root = publication(settings=BOTH.replace("{ebook:", "{small: {format: epub, fonts: none}, ebook:"))
    assert cli.main(["--json", "--root", str(root), "--edition", "ebook", "--edition", "small"]) == 0
    assert [p["edition"] for p in answer(capsys)["products"]] == ["small", "ebook"]
    assert sorted(files_in(root / "dist")) == ["t-ebook.epub", "t.epub"]


@pytest.mark.slow
def test_products_are_written_to_the_out_folder(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    root = publication(settings=EBOOK)
    out = tmp_path / "new" / "products here"
    assert cli.main(["--json", "--root", str(root), "--out", str(out)]) == 0
    assert answer(capsys)["products"][0]["path"] == str(out / "t.epub")
    assert list(files_in(out)) == ["t.epub"]
    assert not (root / "dist").exists()


@pytest.mark.slow
def test_final_and_draft_override_the_status(publication: Publish) -> None:
    missing = {"book/a.md": "# A\n\n![Alt](lost.jpg)\nCaption.\n"}
    draft = str(publication(missing, settings=EBOOK))
    final = str(publication(missing, settings=EBOOK + "status: final\n"))
    for verb in ("check", "build"):
        assert cli.main([verb, "--root", draft]) == 0
        assert cli.main([verb, "--root", draft, "--final"]) == 1
        assert cli.main([verb, "--root", final]) == 1
        assert cli.main([verb, "--root", final, "--draft"]) == 0


@pytest.mark.slow
def test_jobs_change_nothing_about_the_products(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    root = str(publication(settings=EBOOK))
    sums = set()
    for jobs in ("1", "2", "64"):
        assert cli.main(["--json", "--root", root, "--jobs", jobs]) == 0
        sums.add(answer(capsys)["products"][0]["sha256"])
    assert len(sums) == 1


@pytest.mark.slow
def test_a_publication_is_found_upward(publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    root = publication({"book/deep/er/a.md": "# A\n\nText.\n"}, settings=EBOOK)
    for folder in (root, root / "book", root / "book/deep/er"):
        monkeypatch.chdir(folder)
        assert cli.main(["build", "--json"]) == 0
        assert answer(capsys)["products"][0]["path"] == str(root / "dist/t.epub")
    assert list(files_in(root / "dist")) == ["t.epub"]


# ---- what is printed


@pytest.mark.slow
def test_results_are_on_standard_output_without_colours(publication: Publish, capsys: Capture) -> None:
    root = str(publication(BROKEN, settings=EBOOK))
    assert cli.main(["check", "--root", root]) == 1
    out, err = capsys.readouterr()
    assert not err
    assert "\x1b" not in out
    assert out.splitlines()[1].startswith("book/a.md:3:6  error reference-dead  ")


@pytest.mark.slow
def test_a_product_is_named_with_its_pages_and_size(publication: Publish, capsys: Capture) -> None:
    assert cli.main(["--root", str(publication(settings=BOTH))]) == 0
    out, err = capsys.readouterr()
    assert not err
    assert re.search(r"ebook +\d+ kB +\S*dist/t\.epub\n", out)
    assert re.search(r"screen +\d+ pages +\d+ kB +\S*dist/t-screen\.pdf\n", out)


@pytest.mark.slow
def test_check_prints_every_advice_with_its_remedy_and_build_only_counts_them(
    publication: Publish, capsys: Capture
) -> None:
    root = publication({"book/a.md": "# A\n\n![](a.png)\nA mill.\n\n![](b.png)\nA weir.\n"}, settings=EBOOK)
    for name in ("a.png", "b.png"):
        picture(root / "assets" / name)
    assert cli.main(["check", "--root", str(root)]) == 0
    printed = capsys.readouterr().out
    advised = production.check(production.Order(root)).findings
    assert [f.severity for f in advised if f.id == "alt-missing"] == ["advice", "advice"]
    for finding in advised:
        assert f"{finding.severity} {finding.id}  {finding.message}\n" in printed
        assert str(finding.place) in printed
        assert finding.remedy in printed
    assert "The same at book/a.md:6:1." in printed  # what is the very same is printed once, with all its places
    assert terminal.counted(advised) + "\n" in printed
    assert cli.main(["build", "--root", str(root)]) == 0
    printed = capsys.readouterr().out
    assert "alt-missing" not in printed
    assert f"{terminal.counted(advised)}. --verbose shows all." in printed


@pytest.mark.slow
def test_build_shortens_long_lists_of_findings_and_check_does_not(publication: Publish, capsys: Capture) -> None:
    unused = "".join(f"[^{n}]: Note.\n\n" for n in range(9))
    root = str(publication({"book/a.md": f"# A\n\nText.\n\n{unused}"}, settings=EBOOK))
    assert cli.main(["build", "--root", root]) == 0
    assert capsys.readouterr().out.count("warning note-unused") == terminal.FOLDED
    assert cli.main(["check", "--root", root]) == 0
    assert capsys.readouterr().out.count("warning note-unused") == 9


def shown(findings: list[Finding], capsys: Capture, *, folded: bool = False) -> list[str]:
    terminal.Terminal().show(findings, folded=folded)
    return capsys.readouterr().out.splitlines()


def test_findings_are_printed_kind_by_kind_and_errors_first(capsys: Capture) -> None:
    place = [Place("a.md", n) for n in range(6)]
    findings = [
        advice("alt-missing", place[1], "No alt.", "Write it."),
        warning("note-unused", place[2], "Note 2.", "Call it."),
        error("note-missing", place[3], "No note.", "Write one."),
        advice("alt-missing", place[4], "No alt.", "Write it."),
        warning("note-unused", place[5], "Note 5.", "Call it."),
    ]
    assert shown(findings, capsys) == [
        "a.md:3  error note-missing  No note.",
        "         Write one.",
        "a.md:2  warning note-unused  Note 2.",
        "         Call it.",
        "… and 1 more of “note-unused”:",
        "  a.md:5  warning note-unused  Note 5.",
        "a.md:1  advice alt-missing  No alt.",
        "         Write it.",
        "         The same at a.md:4.",
    ]


def test_a_build_prints_only_advice_that_check_cannot_find(capsys: Capture) -> None:
    found = [advice("page-gap", Place("a.md", n), f"Gap {n}.", "Move it.") for n in range(5)]
    report = production.Report()
    report.add(found, needs_build=True)
    report.add([advice("alt-missing", Place("a.md", 9), "No alt.", "Write it.")])
    printed = shown(report.findings, capsys, folded=True)
    assert [line for line in printed if "alt-missing" in line] == []
    assert sum("advice page-gap" in line for line in printed) == 5
    assert "… and 2 more of “page-gap”:" in printed


def test_findings_are_counted_in_plain_english() -> None:
    place = Place("a.md")
    one = [advice("a", place, "", "")]
    assert terminal.counted([]) == ""
    assert terminal.counted([*one, error("e", place, "", "")]) == "1 error, 1 piece of advice"
    assert terminal.counted([warning("w", place, "", "")] * 14 + one * 14) == "14 warnings, 14 pieces of advice"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to open here")
def test_colours_are_for_terminals_and_no_color_is_heeded(publication: Publish) -> None:
    root = publication(BROKEN, settings=EBOOK)
    shown = on_a_terminal(root)
    assert "\x1b[" in shown
    plain = on_a_terminal(root, NO_COLOR="1")
    assert "\x1b" not in plain
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", shown)


def on_a_terminal(root: Path, **env: str) -> str:
    """What `check` writes to a terminal."""
    terminal, inside = os.openpty()
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "pressroom", "check"]
    done = subprocess.run(command, cwd=root, env=known | env, stdout=inside, stderr=subprocess.PIPE, check=False)
    os.close(inside)
    with os.fdopen(terminal, "rb", 0) as file:
        shown = file.read(65536).decode()
    assert (done.returncode, done.stderr) == (1, b"")
    return shown


@pytest.mark.slow
def test_a_reader_that_has_gone_is_no_fault(publication: Publish) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "pressroom", "check", "--json"],
        cwd=publication(BROKEN, settings=EBOOK),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdout
    assert started.stderr
    started.stdout.close()
    with started.stderr:
        assert started.stderr.read() == b""
    assert started.wait() == 1


# ---- what is wrong around a command


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"]])
def test_three_is_an_output_that_cannot_be_written(publication: Publish, arguments: list[str]) -> None:
    """As on a full disk; a program that reads the output must not take it for whole."""
    root = publication(settings=EBOOK)
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "pressroom", *arguments]
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "Nothing can be printed: No space left on device." in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="shells of other systems cannot close an output")
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_an_output_that_is_closed_is_no_fault(publication: Publish, closed: str) -> None:
    """Whoever closes it wants to read nothing."""
    root = publication(settings=EBOOK)
    command = f"{sys.executable} -m pressroom check {closed}"
    done = subprocess.run(command, shell=True, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="other systems do not delete a folder in which somebody is")
def test_two_is_a_folder_that_was_deleted(tmp_path: Path) -> None:
    """The shell stands in it still."""
    command = f"mkdir gone; cd gone; rmdir ../gone; {sys.executable} -m pressroom check"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "was deleted" in done.stderr


@pytest.mark.slow
def test_a_time_zone_that_cannot_be_is_no_fault(publication: Publish) -> None:
    """The date is asked of the system, which deals with any."""
    root = publication(settings=EBOOK)
    environment = os.environ | {"TZ": "UTC+99"}
    command = [sys.executable, "-m", "pressroom", "check", "--root", str(root)]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


# ---- the door, and new publications


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ((), "Type: pip install pressroom"),
        (("Makefile",), "Type: make publication"),
        (("Makefile", ".venv/bin/python"), "Type: .venv/bin/python make_publication.py"),
    ],
)
@pytest.mark.slow
def test_three_is_a_python_without_pressroom(tmp_path: Path, beside: tuple[str, ...], said: str) -> None:
    """What to type instead, by what lies beside the file: no traceback, and nothing is made."""
    door = tmp_path / "make_publication.py"
    door.write_bytes((ROOT / "make_publication.py").read_bytes())
    for name in beside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    alone = [sys.executable, "-S", "-I", str(door)]  # without the packages of this environment
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert said.replace("/", os.sep) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_make_publication_makes_the_same_files_as_build(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    door = (ROOT / "make_publication.py").read_bytes()
    root = publication({"make_publication.py": door}, settings=EBOOK)
    done = run(root / "make_publication.py", cwd=tmp_path, SOURCE_DATE_EPOCH="86400")
    assert (done.returncode, done.stderr) == (0, "")
    made = files_in(root / "dist")
    assert list(made) == ["t.epub"]
    (root / "dist/t.epub").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert cli.main(["build", "--root", str(root)]) == 0
    assert files_in(root / "dist") == made
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert cli.main(["--json"], root=root) == 0
    assert answer(capsys)["products"][0]["path"] == str(root / "dist/t.epub")


@pytest.mark.slow
def test_init_begins_a_publication_that_builds_at_once(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "new" / "my book"
    assert cli.main(["init", str(folder)]) == 0
    assert capsys.readouterr().out.endswith(f"  cd '{folder}'\n  pressroom build\n")
    assert (folder / "make_publication.py").read_bytes() == (ROOT / "make_publication.py").read_bytes()
    assert cli.main(["--json", "--root", str(folder)]) == 0
    found = answer(capsys)
    assert [p["edition"] for p in found["products"]] == ["ebook", "screen", "print"]
    assert {f["severity"] for f in found["findings"]} <= {"advice"}, "its pictures are there, and large enough"
    photos = list((folder / "assets/photos").glob("*.jpg"))
    assert photos
    assert sum(photo.stat().st_size for photo in photos) < 200_000, "the wheel stays small"


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES[1:])
def test_every_template_builds_and_lacks_nothing_but_its_photographs(
    template: str, tmp_path: Path, capsys: Capture
) -> None:
    assert cli.main(["init", str(tmp_path / "new"), "--template", template]) == 0
    assert (tmp_path / "new/README.md").exists()
    capsys.readouterr()
    assert cli.main(["build", "--json", "--edition", "screen", "--root", str(tmp_path / "new")]) == 0
    found = answer(capsys)
    assert [p["edition"] for p in found["products"]] == ["screen"]
    assert {f["id"] for f in found["findings"] if f["severity"] != "advice"} == {"photo-to-come"}


def test_a_template_and_photographs_are_two_ways_to_begin(tmp_path: Path, capsys: Capture) -> None:
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path), "--template", "book", "--json"]) == 2
    assert [f["id"] for f in answer(capsys)["findings"]] == ["template-unused"]
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_init_never_writes_over_anything(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "book"
    assert cli.main(["init", str(folder)]) == 0
    (folder / "book/publication.yaml").write_text("title: Mine\n")
    before = files_in(folder)
    capsys.readouterr()
    assert cli.main(["init", "--json", str(folder)]) == 1
    assert [f["id"] for f in answer(capsys)["findings"]] == ["init-over"]
    assert files_in(folder) == before
    file = tmp_path / "file"
    file.write_text("here first")
    for target, id in ((file, "init-over"), (file / "book", "out-unwritable")):
        assert cli.main(["init", "--json", str(target)]) == 1
        assert [f["id"] for f in answer(capsys)["findings"]] == [id]
    assert file.read_text() == "here first"


@pytest.mark.slow
def test_init_takes_a_folder_that_holds_other_things(tmp_path: Path) -> None:
    for name in ("notes.txt", "README.md", ".gitignore"):
        (tmp_path / name).write_text("mine")
    assert cli.main(["init", str(tmp_path)]) == 0
    for name in ("notes.txt", "README.md", ".gitignore"):
        assert (tmp_path / name).read_text() == "mine"


# ---- the machine


@pytest.mark.slow
def test_doctor_names_what_is_needed(capsys: Capture) -> None:
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "Pango" in out
    assert "Python" in out
    assert cli.main(["doctor", "--json"]) == 0
    assert "error" not in {f["severity"] for f in answer(capsys)["findings"]}


@pytest.fixture
def no_pango(tmp_path: Path) -> Path:
    """A folder to import from whose page engine finds no Pango."""
    (tmp_path / "stub/weasyprint").mkdir(parents=True)
    (tmp_path / "stub/weasyprint/__init__.py").write_text(STUB)
    return tmp_path / "stub"


@pytest.fixture
def without_pango(no_pango: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process on a machine without Pango."""
    for name in [n for n in sys.modules if n.startswith(("weasyprint", "pressroom.pdf", "pressroom.typeset"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(no_pango)


@pytest.mark.slow
def test_doctor_prints_the_command_that_installs_pango(tmp_path: Path, no_pango: Path) -> None:
    done = run("-m", "pressroom", "doctor", cwd=tmp_path, path=(no_pango, ROOT))
    assert (done.returncode, done.stderr) == (3, "")
    assert re.search(r"Pango.*\n.*(apt-get|dnf|apk|brew|winget|package that holds)", done.stdout)
    assert "-----" not in done.stdout


@pytest.mark.usefixtures("without_pango")
@pytest.mark.slow
def test_doctor_gives_it_as_a_finding_too(capsys: Capture) -> None:
    assert cli.main(["doctor", "--json"]) == 3
    (finding,) = (f for f in answer(capsys)["findings"] if f["severity"] == "error")
    assert finding["id"] == "machine-lacks"
    assert "pango" in finding["remedy"].lower()


@pytest.mark.slow
@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_ebook_is_made_and_pdfs_are_refused(publication: Publish, capsys: Capture) -> None:
    root = publication(settings=ALL)
    older = older_in(root / "dist", "t.epub", "t-screen.pdf", "t-print.pdf")
    assert cli.main(["--json", "--root", str(root)]) == 3
    found = answer(capsys)
    assert [p["edition"] for p in found["products"]] == ["ebook"]
    (finding,) = (f for f in found["findings"] if f["severity"] == "error")
    assert finding["id"] == "pango-missing"
    assert "pango" in finding["remedy"].lower()
    now = files_in(root / "dist")
    assert now.pop("t.epub") != older.pop("t.epub")
    assert zipfile.is_zipfile(root / "dist/t.epub")
    assert now == older


@pytest.mark.slow
@pytest.mark.usefixtures("without_pango")
def test_without_pango_everything_can_be_checked(publication: Publish, capsys: Capture) -> None:
    assert cli.main(["check", "--json", "--root", str(publication(settings=BOTH))]) == 0
    assert answer(capsys)["findings"] == []


@pytest.mark.slow
@pytest.mark.parametrize("where", ["product", "picture", "probe"])
def test_a_full_disk_is_the_machine_s_fault(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture, where: str
) -> None:
    root = publication(settings=EBOOK)
    older = older_in(root / "dist", "t.epub")

    def full(*_args: object, **_options: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = {"product": "os.fsync", "picture": "pressroom.photographs.render_all", "probe": "tempfile.mkstemp"}[where]
    monkeypatch.setattr(target, full)
    assert cli.main(["--json", "--root", str(root)]) == 3
    found = answer(capsys)
    assert [(f["id"], f["severity"]) for f in found["findings"]] == [("disk-full", "error")]
    assert found["products"] == []
    assert files_in(root / "dist") == older


@pytest.mark.slow
@pytest.mark.parametrize(("number", "id"), [(errno.ENOSPC, "disk-full"), (errno.EACCES, "file-refused")])
def test_a_folder_for_temporary_files_that_takes_none_is_named(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture, number: int, id: str
) -> None:
    """And neither the layout nor the folder for products is blamed."""
    root = publication(settings="title: T\nlanguage: en\neditions: {screen: {format: pdf, trim: a5}}\n")

    def refused(*_args: object, **_options: object) -> NoReturn:
        raise OSError(number, os.strerror(number), "/somewhere/tmp")

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    assert cli.main(["--json", "--root", str(root)]) == 3
    (found,) = answer(capsys)["findings"]
    assert (found["id"], "/somewhere/tmp" in found["message"]) == (id, True)


@pytest.mark.parametrize(("seconds", "year"), [(5_000_000_000, 2107), (253_402_300_800, 2107), (-5, 1980)])
@pytest.mark.slow
def test_a_source_of_any_date_is_well(publication: Publish, seconds: int, year: int) -> None:
    """ZIP files hold no later and no earlier year, and disks do."""
    root = publication(settings=EBOOK)
    for file in (root / "book").iterdir():
        os.utime(file, (seconds, seconds))
    assert cli.main(["--root", str(root)]) == 0
    with zipfile.ZipFile(root / "dist/t.epub") as ebook:
        assert {entry.date_time[0] for entry in ebook.infolist()} == {year}


# ---- stopping


@pytest.mark.slow
@pytest.mark.parametrize(("settings", "step"), [(EBOOK, 1), (PDFS, 1), (PDFS, 3)])
def test_stopping_leaves_older_products_as_they_were(
    publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture, settings: str, step: int
) -> None:
    root = publication(settings=settings)
    older = older_in(root / "dist", "t.epub", "t-screen.pdf", "t-print.pdf")
    steps = iter(range(1, 1000))

    def stop(_self: object, _done: str = "") -> None:
        if next(steps) == step:
            raise KeyboardInterrupt

    monkeypatch.setattr("pressroom.cli.progress_bars.ProgressBars.step", stop)
    assert cli.main(["--root", str(root)]) == 130
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert files_in(root / "dist") == older


@pytest.mark.slow
def test_stopping_while_a_product_is_written(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    root = publication(settings=EBOOK)
    older = older_in(root / "dist", "t.epub")

    def stop(_handle: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    assert cli.main(["--root", str(root)]) == 130
    assert files_in(root / "dist") == older


@pytest.mark.slow
def test_what_was_made_before_stopping_stays(publication: Publish) -> None:
    class Impatient(production.NoProgress):
        def begin(self, what: str, steps: int) -> None:
            if what == "screen":
                raise KeyboardInterrupt

    root = publication(settings=BOTH)
    with pytest.raises(KeyboardInterrupt):
        production.build(production.Order(root), Impatient())
    assert list(files_in(root / "dist")) == ["t.epub"]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal here")
def test_ctrl_c_ends_a_build_at_once(publication: Publish) -> None:
    long = {f"book/{n:03}.md": f"# Chapter {n}\n\n" + "Words in a row. " * 900 for n in range(200)}
    root = publication(long, settings=PDFS)
    older = older_in(root / "dist", "t-screen.pdf", "t-print.pdf")
    started = subprocess.Popen(
        [sys.executable, "-m", "pressroom", "build"],
        cwd=root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while started.poll() is None and not list((root / "dist").glob(".pressroom-*")):
        time.sleep(0.05)  # until a product is being made
    assert started.poll() is None
    started.send_signal(signal.SIGINT)
    out, err = started.communicate()
    assert started.returncode == 130  # and not 0, as if all of it had been made first
    assert "Traceback" not in out + err
    assert files_in(root / "dist") == older


# ---- the same again


@pytest.mark.slow
def test_unchanged_sources_make_the_same_bytes(publication: Publish) -> None:
    root = publication(settings=EBOOK)
    assert cli.main(["--root", str(root)]) == 0
    before = files_in(root / "dist")
    assert cli.main(["--root", str(root)]) == 0
    assert files_in(root / "dist") == before


@pytest.mark.slow
def test_the_same_sources_make_the_same_bytes_on_another_day_and_machine(publication: Publish) -> None:
    chapter = "# A\n\n![Alt](a.jpg){#fig .wide}\nCaption.[^1]\n\n[^1]: See [](#fig).\n"
    root = publication({"book/a.md": chapter}, settings=ALL)
    picture(root / "assets/photos/a.jpg", 600, 400)
    made = []
    machines = (("UTC", "1", 0o022), ("Asia/Yerevan", "2", 0o077), ("America/Los_Angeles", "random", 0o002))
    for n, (zone, seed, umask) in enumerate(machines):
        for file in root.rglob("*"):
            os.utime(file, (n * 100_000, n * 100_000))
        values = {"TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1695772800"}
        done = run("-m", "pressroom", cwd=root, umask=umask if os.name == "posix" else -1, **values)
        assert (done.returncode, done.stderr) == (0, "")
        made.append(files_in(root / "dist"))
        shutil.rmtree(root / "dist")
        shutil.rmtree(root / ".pressroom")
    assert sorted(made[0]) == ["t-print.pdf", "t-screen.pdf", "t.epub"]
    assert made[0] == made[1] == made[2]
