"""The documents are correct: every command of the README runs, and everything that they name exists."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scenes.collection import drawn
from word_files import WordFile

from pressroom.cli.arguments import VERBS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.strip().split("\n")]


def test_the_two_commands_come_first() -> None:
    assert COMMANDS[:2] == ["make publication", "make test"]
    assert README.index("make test") < 500


RUN = """
import os, pathlib, sys
from fonts_cut_once import cut_once
import pressroom.production.conductor, pressroom.typeset
from pressroom.cli import main
cut_once(pathlib.Path(sys.argv[1]))
for command in sys.stdin.read().splitlines():
    print("$", command, flush=True)
    process = os.fork()
    if process == 0:
        sys.stderr = sys.stdout
        sys.exit(main(command.split()[1:]))
    if code := os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]):
        sys.exit(f"It ended with {code}.")
"""
"""Runs commands, each in a copy of one process: most of them take less time than the libraries that they load."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows copies no processes")
def test_every_command_of_the_readme_runs(tmp_path: Path, parts_of_fonts: Path) -> None:
    for name in ("book", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "harbour-photographs").mkdir()
    for seed in range(3):
        drawn("dusk", seed, 1.5, 900).save(tmp_path / f"harbour-photographs/{seed}.jpg")
    word = WordFile()
    word.heading("The harbour")
    word.paragraph("Boats come in at dawn.")
    word.save(tmp_path / "manuscript.docx")
    commands = [command for command in COMMANDS if not command.startswith("make ")]  # these have brought the test here
    assert all(command.startswith("pressroom ") for command in commands)
    ran = subprocess.run(
        [sys.executable, "-c", RUN, parts_of_fonts],
        input="\n".join(here(command, tmp_path) for command in commands),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("$ pressroom") == len(commands)
    assert "\x1b[" not in ran.stdout


def here(command: str, folder: Path) -> str:
    """A command of the README, in this folder. Of what it begins only ebooks: other tests build the rest."""
    for named, name in {"/tmp/proofs": "proofs", "~/Pictures/harbour": "harbour-photographs"}.items():
        command = command.replace(named, str(folder / name))
    return f"{command} --edition ebook" if command.startswith("pressroom build --root") else command


def test_every_verb_is_in_the_readme() -> None:
    assert all(f"pressroom {verb}" in README for verb in VERBS)


def test_every_room_is_in_the_architecture() -> None:
    rooms = {f.name.removesuffix(".py") for f in (ROOT / "pressroom").iterdir() if not f.name.startswith("_")}
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \|([^|]+)\|", text, re.MULTILINE)
    assert rooms - {"builtin", "py.typed"} == {room for row in rows for room in row.split("`")[1::2]}


def test_the_papers_keep_their_length() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 130
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 50


def test_links_between_the_papers_lead_somewhere() -> None:
    for paper in ROOT.glob("*.md"):
        for target in re.findall(
            r"\]\((?!https?:|#)([^)\s]+)\)", re.sub(r"```.*?```", "", paper.read_text("utf-8"), flags=re.DOTALL)
        ):
            if not target.startswith(("02-crossing", "#")) and "`" not in target:
                assert (ROOT / target).exists() or target in ("fire.jpg",), f"{paper.name}: {target}"
