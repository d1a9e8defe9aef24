"""The guide: its references say what the code says, its examples are read, and its commands parse."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import Publish
from guide_examples import PHOTO_KEYS, SETTINGS_KEYS
from guide_findings import every_finding
from guide_reference import BOOK, pages

from pressroom import cli
from pressroom.cli.arguments import parse
from pressroom.importing.remark_wordings import WORDINGS
from pressroom.settings import read_photo_notes, read_settings

EDITIONS = ("EpubEdition", "PdfEdition", "CoverEdition")
WHOLE = "title: T\nlanguage: en\n"
KEYS = [(form, key) for form, keys in SETTINGS_KEYS.items() for key in keys]
COMMANDS = [
    line
    for chapter in sorted(BOOK.glob("*.md"))
    for block in re.findall(r"```sh\n(.*?)```", chapter.read_text("utf-8"), re.DOTALL)
    for line in block.strip().split("\n")
    if line.startswith("pressroom ")
]
VARYING = {"chapter-missing", "citation-unknown", "placement-unknown", "page-engine"}
"""Findings whose remedy depends on what is there: a name that is close, the keys that are known."""
# what an import changed or left out asks for nothing, where its wording says no more
NOTHING_TO_DO = {"clock-none", "ebook-broken", "ebook-reduced", "import-renamed", "import-shown"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["settings", "photographs", "commands", "findings"])
def test_a_reference_says_what_the_code_says(name: str) -> None:
    file = f"reference-{name}.md"
    assert (BOOK / file).read_text("utf-8") == pages()[file], "Type: make guide"


EXPECTED = re.compile(r"\b(?:error|warning|advice) ([a-z]+(?:-[a-z0-9]+)+)$", re.MULTILINE)


def test_the_reference_has_every_finding_that_the_tests_of_manuscripts_meet() -> None:
    cases = sorted((Path(__file__).parent / "manuscript").glob("*.md"))
    met = {id for case in cases for id in EXPECTED.findall(case.read_text("utf-8"))}
    reference = (BOOK / "reference-findings.md").read_text("utf-8")  # the same as the code: the test above
    assert len(met) > 50
    assert met <= {*re.findall(r"^`([a-z0-9-]+)`$", reference, re.MULTILINE)}


@pytest.mark.slow
def test_every_finding_says_what_to_do() -> None:
    told = every_finding()
    assert len(told) > 500
    mute = {id for id, ways in told.items() if not any(way.remedy for way in ways)} - WORDINGS.keys()
    assert mute <= VARYING | NOTHING_TO_DO


@pytest.mark.parametrize(("form", "key"), KEYS, ids=lambda value: value or "settings")
def test_the_example_of_a_key_is_read(form: str, key: str, publication: Publish) -> None:
    example = SETTINGS_KEYS[form][key]
    settings = "".join(f"{k}: x\n" if k == "title" else "language: en\n" for k in ("title", "language") if k != key)
    if form in EDITIONS:
        inner = ["ebook: {format: epub}"] if form == "EpubEdition" and "pages_from" in example else []
        inner += ["print: {format: pdf, trim: us-trade, bleed: 3mm}"] if "print:" not in example else []
        lines = "\n".join(f"  {line}" for line in (*inner[-1:], *example.split("\n")))
        settings += f"editions:\n{lines}\n"
    else:
        settings += f"{example}\n"
    assert read_settings(publication(settings=settings)).settings


@pytest.mark.parametrize("key", PHOTO_KEYS)
def test_the_example_of_a_key_of_a_photograph_is_read(key: str, publication: Publish) -> None:
    notes = read_photo_notes(publication({"book/photos.yaml": PHOTO_KEYS[key]}, settings=WHOLE)).notes
    assert getattr(notes["boat.jpg"], key)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_can_be_typed(command: str) -> None:
    assert parse(shlex.split(command)[1:]).verb


@pytest.mark.slow
def test_the_guide_has_nothing_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(BOOK.parent)]) == 0
    assert capsys.readouterr().out.endswith("Nothing to mend.\n")


def test_every_chapter_of_the_guide_is_in_it() -> None:
    listed = (BOOK / "publication.yaml").read_text("utf-8")
    assert all(chapter.name in listed for chapter in BOOK.glob("*.md"))
