"""The page of `preview` in Chromium: an edit on disk appears, a fault comes and goes, a crop is set and taken back."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import picture
from validators import preview

pytestmark = [pytest.mark.slow, pytest.mark.conformance, pytest.mark.xdist_group("preview-page")]
SETTINGS = """\
title: The Field
language: en
creators: [{name: N. N.}]
layout: reader
chapters: [a.md, b.md]
editions:
  print: {format: pdf, trim: a5, bleed: 3mm, image_ppi: 72}
  ebook: {format: epub, pages_from: print}
"""


@contextmanager
def running(root: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A preview that runs, with its address."""
    command = [sys.executable, "-m", "pressroom", "preview", "--root", str(root), "--no-open", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address, process.stderr and process.stderr.read()
        try:
            yield address[0], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What came of an hour at the desk."""
    root = tmp_path_factory.mktemp("preview")
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(SETTINGS)
    (root / "book/a.md").write_text("# A\n\nWords.\n")
    (root / "book/b.md").write_text("# B\n\nWords.\n\n![A field](p.jpg)\nA field.\n")
    picture(root / "assets/photos/p.jpg", 900, 600)
    with running(root) as (address, _):
        found = preview(address, root)
    assert sorted(path.name for path in (root / "book").iterdir()) == ["a.md", "b.md", "publication.yaml"]
    assert not (root / "dist").exists()
    assert isinstance(found, dict)
    return found


def test_an_edit_on_disk_appears_and_the_other_pages_stay(told: Mapping[str, Any]) -> None:
    assert told["edit"]["changed"] == 1
    assert told["edit"]["pages"] > 4
    assert told["search"] == "1 found"


def test_a_click_on_a_page_shows_file_and_line(told: Mapping[str, Any]) -> None:
    assert told["place"] == "book/a.md:3"


def test_a_click_on_a_finding_goes_to_its_page(told: Mapping[str, Any]) -> None:
    assert told["finding"].startswith("book/b.md:5 · p. ")
    assert told["finding"].endswith(f" {told['there']}")


def test_an_ebook_is_shown_in_the_theme_and_size_that_are_chosen(told: Mapping[str, Any]) -> None:
    looks = told["looks"]
    assert looks["Light"].startswith("16px on rgb(255, 255, 255)")
    assert looks["Sepia"] == "16px on rgb(243, 233, 210), rgb(63, 50, 34)"
    assert looks["Night"] == "16px on rgb(18, 18, 18), rgb(216, 212, 204)"
    assert looks["A+"].startswith("17.6px on rgb(18, 18, 18)")


def test_a_fault_is_shown_beside_the_old_pages_until_it_is_mended(told: Mapping[str, Any]) -> None:
    assert any("unknown" in id for id in told["fault"]["ids"])
    assert told["fault"]["pages"] == told["mended"]["pages"] == told["edit"]["pages"]
    assert not any("unknown" in id for id in told["mended"]["ids"])


def test_two_tabs_follow_the_same_save(told: Mapping[str, Any]) -> None:
    assert told["both"]


def test_a_crop_is_written_and_taken_back(told: Mapping[str, Any]) -> None:
    crop = re.fullmatch(r"p\.jpg:\n  crop: (\S+)% (\S+)% (\S+)% (\S+)%\n", told["crop"])
    assert crop, told["crop"]
    assert [round(float(number) / 25) * 25 for number in crop.groups()] == [25, 25, 50, 50]
    assert told["undone"]


@pytest.mark.parametrize("view", ["pages", "fault", "ebook", "photographs", "framing"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(told: Mapping[str, Any], view: str, scheme: str) -> None:
    assert told[f"{view}, {scheme}"] == []


def test_nothing_comes_from_elsewhere_and_nothing_breaks(told: Mapping[str, Any]) -> None:
    assert told["faults"] == []


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
def test_a_publication_that_cannot_be_read_waits_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/publication.yaml").write_text("title: [\n")
    with running(tmp_path) as (_, process):
        assert process.poll() is None
    assert process.returncode == 0
