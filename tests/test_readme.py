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


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    for name in ("book", "assets", "layouts", "pressroom"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "make_publication.py", tmp_path)
    (tmp_path / "harbour-photographs").mkdir()
    for seed in range(3):
        drawn("dusk", seed, 1.5, 900).save(tmp_path / f"harbour-photographs/{seed}.jpg")
    word = WordFile()
    word.heading("The harbour")
    word.paragraph("Boats come in at dawn.")
    word.save(tmp_path / "manuscript.docx")
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "NO_COLOR": "1"}
    for command in COMMANDS:
        if command.startswith("make "):
            continue  # these two have brought the test here
        assert command.startswith("pressroom "), command
        here = {"/tmp/proofs": "proofs", "~/Pictures/harbour": "harbour-photographs"}
        for named, folder in here.items():
            command = command.replace(named, str(tmp_path / folder))  # noqa: PLW2901 - the same command, elsewhere
        arguments = command.removeprefix("pressroom ").split()
        if arguments[0] == "build" and "--root" in arguments:
            arguments += ["--edition", "ebook"]  # all editions of templates and imports are built by their own tests
        ran = subprocess.run(
            [sys.executable, "-m", "pressroom", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        assert "\x1b[" not in ran.stdout


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
