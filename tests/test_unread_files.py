"""Unread files: a rule that is written into a file that nothing reads changes nothing, and that is told."""

from __future__ import annotations

import pytest
from conftest import Publish

from pressroom import design, production
from pressroom.whereabouts import BUILTIN

LAYOUT = "title: Mine\nextends: reader\n"
SETTINGS = "title: T\nlanguage: en\nlayout: mine\neditions: {ebook: {format: epub}}\n"


def told(root_of: Publish, *names: str, **texts: str) -> list[tuple[str, str]]:
    files = dict.fromkeys(names, "") | {name.replace("__", "."): text for name, text in texts.items()}
    files = {f"layouts/mine/{name}": text for name, text in files.items()}
    root = root_of({"book/a.md": "# A\n\nText.\n", "layouts/mine/layout.yaml": LAYOUT, **files}, settings=SETTINGS)
    found = production.check(production.Order(root)).findings
    return [(str(one.place), one.message + one.remedy) for one in found if one.id == "layout-unread"]


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("print.css", "page.css"),
        ("style.css", "page.css"),
        ("pages.css", "Did you mean “page.css”?"),
        ("chapter.html.j2", "chapter.xhtml.j2"),
        ("layout.yml", "layout.yaml"),
        ("fonts/Mine-Regular.ttf", "assets/fonts"),
        ("paper.png", "Nothing reads “paper.png”"),
    ],
)
@pytest.mark.slow
def test_a_file_that_nothing_reads_is_told(publication: Publish, name: str, guess: str) -> None:
    ((place, words),) = told(publication, name)
    assert place == f"layouts/mine/{name}"
    assert guess in words


@pytest.mark.parametrize(
    "name", ["own.css", "page.css", "page-more.css", "ebook-more.css", "README.md", "LICENSE", ".DS_Store", "notes.txt"]
)
@pytest.mark.slow
def test_a_file_with_its_name_or_for_people_is_not(publication: Publish, name: str) -> None:
    assert told(publication, name) == []


def test_several_files_are_one_finding(publication: Publish) -> None:
    ((place, words),) = told(publication, *(f"{letter}.css" for letter in "abcdefgh"))
    assert place == "layouts/mine/a.css"
    assert "“a.css”, “b.css”, “c.css”, “d.css”, “e.css” and 3 more" in words


def test_a_template_may_have_parts_of_its_own(publication: Publish) -> None:
    chapter = "{% extends 'reader/chapter.xhtml.j2' %}{% from 'mine.j2' import x %}"
    assert told(publication, "mine.j2", chapter__xhtml__j2=chapter) == []


def test_a_folder_of_a_layout_without_its_manifest_is_told(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nText.\n", "layouts/mine/own.css": "p { color: red }\n"}, settings=SETTINGS)
    (found,) = production.check(production.Order(root)).findings
    assert (found.id, str(found.place)) == ("layout-missing", "book/publication.yaml:3:9")
    assert "layouts/mine has no layout.yaml" in found.message


def test_every_file_of_a_built_in_layout_has_a_purpose_that_a_copy_is_listed_with() -> None:
    files = {file.name for file in BUILTIN.glob("layouts/*/*")}
    assert len(files) > 30
    assert [name for name in sorted(files) if not design.purposes(name)] == []
