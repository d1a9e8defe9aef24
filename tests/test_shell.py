"""Habits of a shell: how much is printed and in which form, completion, and products that are opened."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Publish

from pressroom import cli, machine
from pressroom.cli.annotations import github, sarif
from pressroom.cli.arguments import SHELLS, VERBS
from pressroom.cli.progress_bars import ProgressLines
from pressroom.errors import Place, advice, error, warning
from pressroom.machine.system_packages import PackageManager, package_manager

Capture = pytest.CaptureFixture[str]
FAULTY = {"book/a.md": "# A\n\nSee [](#nowhere).\n\nWords.[^1]\n\n[^1]: Note.\n\n[^2]: Another.\n"}
EBOOK = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"


def files_here(place: Place) -> str:
    return "" if place.file == "this machine" else f"site/{place.file}"


# ---- annotations


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (
            error("reference-dead", Place("book/a.md", 3, 5), "There is no “x”.", "Write it."),
            "::error file=site/book/a.md,line=3,col=5,title=reference-dead::There is no “x”. Write it.",
        ),
        (warning("page-gap", Place("book/a.md"), "White.", ""), "::warning file=site/book/a.md,title=page-gap::White."),
        (
            advice("x", Place("a, b: c.md", 1), "50 %\nof it.", ""),
            "::notice file=site/a%2C b%3A c.md,line=1,title=x::50 %25%0Aof it.",
        ),
        (
            error("pango-missing", Place("this machine"), "No Pango.", "Install it."),
            "::error title=pango-missing::this machine: No Pango. Install it.",
        ),
    ],
)
def test_a_finding_is_an_annotation_of_github(finding: Any, line: str) -> None:
    assert github(finding, files_here) == line


def test_findings_are_one_sarif_log_with_a_rule_for_each_kind() -> None:
    told = [
        error("reference-dead", Place("book/a b.md", 3, 5), "No “x”.", "Write it."),
        warning("page-gap", Place("book/a.md"), "White.", ""),
        error("reference-dead", Place("this machine"), "No “y”.", ""),
    ]
    log = sarif(told, files_here)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["reference-dead", "page-gap"]
    assert [(r["ruleIndex"], r["level"], r["message"]["text"]) for r in run["results"]] == [
        (0, "error", "No “x”. Write it."),
        (1, "warning", "White."),
        (0, "error", "No “y”."),
    ]
    assert [result["locations"] for result in run["results"]] == [
        [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "site/book/a%20b.md"},
                    "region": {"startLine": 3, "startColumn": 5},
                }
            }
        ],
        [{"physicalLocation": {"artifactLocation": {"uri": "site/book/a.md"}}}],
        [{"logicalLocations": [{"name": "this machine"}]}],
    ]


def test_check_names_files_from_the_folder_in_which_it_is_typed(
    publication: Publish, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = publication(FAULTY, settings=EBOOK)
    monkeypatch.chdir(root.parent)
    assert cli.main(["check", "--format", "github", "--root", str(root)]) == 1
    assert f"::error file={root.name}/book/a.md,line=3," in capsys.readouterr().out
    assert cli.main(["check", "--format", "sarif", "--root", str(root)]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    found = {r["ruleId"]: r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    assert found["reference-dead"] == f"{root.name}/book/a.md"


# ---- how much


def test_quiet_prints_errors_and_warnings_only(publication: Publish, capsys: Capture) -> None:
    assert cli.main(["check", "--quiet", "--root", str(publication(FAULTY, settings=EBOOK))]) == 1
    out = capsys.readouterr().out
    assert "error reference-dead" in out
    assert "warning note-unused" in out
    assert "advice" not in out
    assert not re.search(r"^T: |\d errors?", out, re.MULTILINE)


def test_verbose_prints_each_finding_and_each_step(publication: Publish, capsys: Capture) -> None:
    unused = "".join(f"[^{n}]: Note.\n\n" for n in range(9))
    root = publication({"book/a.md": f"# The road\n\nText.\n\n{unused}"}, settings=EBOOK)
    assert cli.main(["build", "-v", "--root", str(root)]) == 0
    printed = capsys.readouterr()
    assert printed.out.count("warning note-unused") == 9
    assert re.search(r"\d s  ebook \(1\)\n", printed.err)


def test_steps_have_the_names_of_chapters_and_the_seconds_since_the_first(capsys: Capture) -> None:
    ticks = iter([10.0, 10.5, 11.0, 12.25])
    with ProgressLines(lambda: next(ticks)) as lines:
        lines.begin("print", 2)
        lines.step("The road")
        lines.step()
    assert capsys.readouterr().err == "   0.50 s  print (2)\n   1.00 s    The road\n   2.25 s  done\n"


# ---- completion


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.slow
def test_completion_knows_every_verb(shell: str, capsys: Capture) -> None:
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(verb in script for verb in VERBS)
    assert "edition" in script


def test_completion_for_zsh_may_be_sourced_or_evaluated(capsys: Capture) -> None:
    cli.main(["completion", "zsh"])
    assert "$zsh_eval_context[-1] == (eval|file) ]]" in capsys.readouterr().out


def test_completion_for_bash_is_a_script_that_bash_reads(capsys: Capture) -> None:
    cli.main(["completion", "bash"])
    script = capsys.readouterr().out + "\nCOMP_WORDS=(pressroom bui); COMP_CWORD=1; complete -p pressroom"
    done = subprocess.run(["bash", "--norc"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "pressroom" in done.stdout


# ---- open


def stand_in(folder: Path, name: str, notes: Path) -> None:
    """A program that notes with what it was called."""
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "$@" >> "{notes}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files itself")
@pytest.mark.slow
def test_open_hands_each_product_to_the_program_of_the_system(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "opened"
    stand_in(tmp_path, "open" if sys.platform == "darwin" else "xdg-open", notes)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["build", "--open", "--root", str(publication(settings=EBOOK))]) == 0
    assert [Path(line).name for line in notes.read_text().splitlines()] == ["t.epub"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files itself")
def test_where_nothing_opens_them_the_products_stand_and_it_is_said(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["build", "--open", "--root", str(publication(settings=EBOOK))]) == 0
    assert "advice open-failed  Nothing on this machine opens t.epub." in capsys.readouterr().out


# ---- doctor


@pytest.mark.parametrize(
    ("platform", "there", "commands"),
    [
        ("linux", "dnf", ["sudo dnf install --assumeyes pango qpdf"]),
        ("linux", "zypper", ["sudo zypper --non-interactive install libpango-1_0-0 libharfbuzz-subset0 qpdf"]),
        ("linux", "pacman", ["sudo pacman -S --noconfirm pango qpdf"]),
        ("darwin", "brew", ["brew install pango qpdf"]),
        (
            "win32",
            "",
            [
                "winget install --exact --id MSYS2.MSYS2",
                r"C:\msys64\usr\bin\bash -lc 'pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango'",
                "winget install --exact --id QPDF.QPDF",
            ],
        ),
        ("linux", "", []),
    ],
)
def test_commands_are_those_of_the_system(platform: str, there: str, commands: list[str]) -> None:
    found = package_manager(platform, lambda name: name == there)
    assert list(PackageManager(found.name).commands(["Pango", "qpdf"])) == commands


def test_root_needs_no_sudo() -> None:
    assert PackageManager("apk", is_root=True).commands(["qpdf"]) == ("apk add qpdf",)


def test_a_system_without_a_known_manager_is_told_what_to_look_for() -> None:
    assert PackageManager("").remedy("Pango") == "install the package that holds Pango"


def test_doctor_fix_prints_commands_for_what_a_build_needs_and_the_rest_as_comments(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    apt = PackageManager("apt-get")
    lacking = [
        machine.Need("Pango", "PDFs", is_there=False, remedy=apt.remedy("Pango"), package="Pango"),
        machine.Need("Java", "tests", is_there=False, remedy=apt.remedy("Java"), needed=False, package="Java"),
        machine.Need("qpdf", "tests", is_there=True, remedy="", needed=False, package="qpdf"),
    ]
    monkeypatch.setattr(machine, "needs", lambda: lacking)
    monkeypatch.setattr("pressroom.cli.doctor_verb.package_manager", lambda: apt)
    monkeypatch.setattr("pressroom.judges.JUDGES", ())
    assert cli.main(["doctor", "--fix"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "letters" not in line]
    assert lines == [
        "sudo apt-get install --yes libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "# Java, for tests: sudo apt-get install --yes default-jre-headless",
    ]


def test_doctor_parts_what_a_build_needs_from_what_it_does_without(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    lacking = [
        machine.Need("Pango", "PDFs", is_there=True, remedy=""),
        machine.Need("Java", "tests", is_there=False, remedy="install it", needed=False),
    ]
    monkeypatch.setattr(machine, "needs", lambda: lacking)
    monkeypatch.setattr("pressroom.judges.JUDGES", ())
    monkeypatch.setattr("pressroom.cli.doctor_verb._companions", lambda publication: ())
    assert cli.main(["doctor"]) == 0
    assert capsys.readouterr().out.splitlines()[:6] == [
        "What a build needs:",
        "  there    Pango, for PDFs",
        "What a build does without, for those who want it:",
        "  not here Java, for tests",
        "           Type: install it",
        "Nothing that a build needs is missing.",
    ]


def test_a_library_that_makes_pdfs_faster_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "has_harfbuzz_subset", lambda: False)
    (need,) = (need for need in machine.needs(PackageManager("apt-get")) if need.name == "HarfBuzz-Subset")
    assert not need.needed
    assert "libharfbuzz-subset0" in need.remedy


# ---- words that are mistyped


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("biuld", "Did you mean “build”?"),
        ("build --editon print", "Did you mean “--edition”?"),
        ("--editon=print", "Did you mean “--edition”?"),
        ("layouts copy reader --onyl x", "Did you mean “--only”?"),
        ("init book --template storry", "Did you mean “story”?"),
        ("completion bsh", "Did you mean “bash”?"),
        ("check --format xml", "One of: text, json, github, sarif."),
        ("build print-us", "type: pressroom build --edition print-us"),
        ("build screen", "For one edition, type: pressroom build --edition screen"),
        ("build words.md", "`pressroom build --help` lists what it takes."),
        ("book.pdf", "pressroom check book.pdf"),
        ("harbour", "pressroom build --root harbour"),
        ("harbour", "pressroom init my-book --from harbour"),
        ("text.docx", "pressroom init my-book --from text.docx"),
        ("build text.docx", "pressroom init my-book --from text.docx"),
        ("init --from text.docx", "pressroom init my-book"),
        ("serve", "pressroom preview"),
        ("preview harbour", "pressroom preview --root harbour"),
        ("--quiet check", "The verb stands first: pressroom check"),
        ("init book --root harbour", "init has no option --root."),
    ],
)
def test_a_mistyped_word_is_told_with_the_one_that_was_meant(
    typed: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "harbour").mkdir()
    (tmp_path / "text.docx").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        cli.main(typed.split())
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("check --root yml", "There is book/publication.yml: call it book/publication.yaml."),
        ("check --root harbor", "Did you mean “harbour”?"),
        ("check --root harbour/book", "The publication is the folder above: --root "),
        ("check harbour", "pressroom check --root harbour"),
        ("check book.pdf --edition print", "Leave out --edition, or the file."),
        ("check book.pdf --draft", "Leave out --draft, or the file."),
        ("check manuscript.docx", "pressroom import manuscript.docx"),
        ("check harbour/book/a.md", "it looks at the whole publication: pressroom check"),
        ("check manuscrpt.pdf", "Did you mean “manuscript.docx”?"),
        ("import manuscript.docx", "pressroom init FOLDER --from manuscript.docx"),
        ("build --root harbour --out manuscript.docx", "this is a file, and no folder"),
    ],
)
def test_a_wrong_place_is_told_with_the_right_command(
    typed: str, told: str, publication: Publish, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    root = publication({"book/a.md": "# A\n\nText.\n"}, settings=EBOOK)
    here = root.rename(root.with_name("harbour")).parent
    (here / "yml/book").mkdir(parents=True)
    (here / "yml/book/publication.yml").write_text(EBOOK)
    (here / "manuscript.docx").write_bytes(b"PK")
    monkeypatch.chdir(here)
    assert cli.main(typed.split()) in (1, 2)
    assert told in capsys.readouterr().out
