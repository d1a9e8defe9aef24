"""A release: one version, dependencies that are locked for all systems, and files elsewhere that name what is there."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

import pressroom

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {
    "run": PROJECT["project"]["dependencies"],
    "test": PROJECT["project"]["optional-dependencies"]["test"],
    "dev": PROJECT["project"]["optional-dependencies"]["dev"],
}


def locked(name: str) -> dict[str, list[str]]:
    """The versions in a lock, by package: one that older Pythons cannot have has several."""
    found: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;\\]+)", _lock(name), re.MULTILINE):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def _lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text("utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heading
    assert heading[1] in ("Unreleased", pressroom.__version__)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_what_the_project_asks_for(name: str) -> None:
    """After a change of dependencies, `make lock` writes them."""
    versions = locked(name)
    for asked in map(Requirement, LOCKS[name]):
        have = versions.get(canonicalize_name(asked.name), [])
        assert any(asked.specifier.contains(version) for version in have), f"{asked}: {have}"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    """What is installed is what was tested; where it comes from is the machine's business."""
    lock = _lock(name)
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 20
    assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert "://" not in lock
    assert "index-url" not in lock


def test_what_is_built_is_locked_as_it_is_tested() -> None:
    """Each lock holds the one before: the tests run with the versions that `make publication` builds with."""
    run, test, dev = map(locked, ("run", "test", "dev"))
    assert {name: test.get(name) for name in run} == run
    assert {name: dev.get(name) for name in test} == test


def test_the_container_gets_what_the_wheel_is_made_of() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"], PROJECT["project"]["readme"]]
    needed += [*PROJECT["project"]["license-files"], "pyproject.toml", "requirements/run.txt"]
    assert {Path(path).parts[0] for path in needed} == allowed


WORKFLOWS = [*(ROOT / ".github/workflows").glob("*.yml"), ROOT / "action.yml"]


def test_workflows_name_actions_by_their_commits() -> None:
    """A tag can be moved to other code afterwards."""
    for file in WORKFLOWS:
        used = re.findall(r"^ +- uses: (.+)", file.read_text("utf-8"), re.MULTILINE)
        assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", name)] == [], file.name


def test_workflows_make_what_the_makefile_has() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert len(WORKFLOWS) > 2
    for file in WORKFLOWS:
        YAML(typ="safe", pure=True).load(file)
        for target in re.findall(r"\bmake ([\w-]+)", "\n".join(re.findall(r"run: (.*)", file.read_text("utf-8")))):
            assert target in targets, file.name


AS_GITHUB = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
"""How GitHub runs the script of a step."""


def named_step(name: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    return next(step for step in steps if step.get("name") == name)


@pytest.mark.skipif(not shutil.which("bash"), reason="GitHub runs the action in bash")
@pytest.mark.parametrize(
    ("editions", "final", "options"),
    [("", "false", ""), ("ebook print", "false", " --edition ebook --edition print"), ("", "true", " --final")],
)
def test_the_action_checks_and_builds_what_it_is_asked_for(
    tmp_path: Path, editions: str, final: str, options: str
) -> None:
    """Its step is run as GitHub runs it, with a program that tells how it was called."""
    step = named_step("Check and build", YAML(typ="safe", pure=True).load(ROOT / "action.yml")["runs"]["steps"])
    program = tmp_path / "pressroom"
    program.write_text('#!/bin/sh\necho "$@" >> said\n', "utf-8")
    program.chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "ROOT": "my book", "OUT": "made"}
    environment |= {"EDITIONS": editions, "FINAL": final}
    assert set(step["env"]) == {"ROOT", "EDITIONS", "FINAL", "OUT"}
    subprocess.run([*AS_GITHUB, step["run"]], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "said").read_text("utf-8").splitlines() == [
        f"check --format github --root my book{options}",
        f"build --format github --root my book --out made{options}",
    ]


@pytest.mark.skipif(not shutil.which("bash"), reason="GitHub runs the step in bash")
@pytest.mark.parametrize(
    ("urls", "is_told"),
    [
        ("", True),
        ('Source = "https://forge.example/b/pressroom"', True),
        ('Source = "https://forge.example/a/pressroom"', False),
    ],
)
def test_no_release_is_made_that_does_not_tell_where_it_comes_from(tmp_path: Path, urls: str, *, is_told: bool) -> None:
    jobs = YAML(typ="safe", pure=True).load(ROOT / ".github/workflows/release.yml")["jobs"]
    step = named_step("The package tells where it comes from", jobs["build"]["steps"])
    (tmp_path / "pyproject.toml").write_text(f"[project.urls]\n{urls}\n", "utf-8")
    where = {"GITHUB_SERVER_URL": "https://forge.example", "GITHUB_REPOSITORY": "a/pressroom"}
    ran = subprocess.run(
        [*AS_GITHUB, step["run"]],
        cwd=tmp_path,
        env={**os.environ, **where},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode == 1) == is_told
    assert ('Source = "https://forge.example/a/pressroom"' in ran.stdout) == is_told
