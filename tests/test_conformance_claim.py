"""The claim that an ebook conforms to an accessibility standard: made on request, and only if it can be true."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Publish, ids, lines, picture

from pressroom import production

CLAIMED = """\
title: T
language: en
cover: {photograph: fire.jpg, alt: A fire}
accessibility:
  conforms_to: EPUB Accessibility 1.1 - WCAG 2.2 Level AA
  certified_by: Readers’ House
editions:
  ebook: {format: epub, fonts: none}
  screen: {format: pdf}
"""
SOUND = "# A\n\n![A fire](fire.jpg)\nWarm.\n"


@pytest.fixture
def fire(tmp_path: Path) -> bytes:
    return picture(tmp_path / "fire.jpg").read_bytes()


def check(publication: Publish, fire: bytes, chapter: str = SOUND, settings: str = CLAIMED) -> production.Report:
    root = publication({"book/a.md": chapter, "assets/photos/fire.jpg": fire}, settings)
    return production.check(production.Order(root))


@pytest.mark.slow
def test_a_claim_is_made_if_every_picture_has_alt_text(publication: Publish, fire: bytes) -> None:
    root = publication({"book/a.md": SOUND, "assets/photos/fire.jpg": fire}, CLAIMED)
    report = production.build(production.Order(root, editions=("ebook",)))
    assert "conformance-refused" not in ids(report.findings)
    package = ZipFile(report.products[0].path).read("EPUB/content.opf").decode()
    assert ">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in package


def test_it_is_refused_with_the_list_of_what_lacks_alt_text(publication: Publish, fire: bytes) -> None:
    chapter = SOUND + (
        "\n![](fire.jpg)\nMute.\n\n![]()\nTo come.\n\n::: gallery\n![A](fire.jpg)\nA.\n\n![](fire.jpg)\nB.\n:::\n"
        "\n::: only {edition=screen}\n![](fire.jpg)\nElsewhere.\n:::\n"
    )
    settings = CLAIMED.replace(", alt: A fire", "")
    root = publication({"book/a.md": chapter, "assets/photos/fire.jpg": fire}, settings)
    report = production.build(production.Order(root, editions=("ebook",)))
    refused = [finding for finding in report.findings if finding.id == "conformance-refused"]
    assert lines(refused) == ["book/publication.yaml:5:16 error conformance-refused"]
    assert refused[0].message.endswith(
        "4 pictures have no alt text for readers who cannot see: "
        "“fire.jpg” (book/publication.yaml:3:21), “fire.jpg” (book/a.md:6:1), "
        "a photograph to come (book/a.md:9:1), “fire.jpg” (book/a.md:16:1)."
    )
    assert not report.products


@pytest.mark.slow
def test_without_the_claim_the_same_ebook_is_made(publication: Publish, fire: bytes) -> None:
    settings = CLAIMED.replace("  conforms_to: EPUB Accessibility 1.1 - WCAG 2.2 Level AA\n", "")
    assert "conformance-refused" not in ids(
        check(publication, fire, "# A\n\n![](fire.jpg)\nMute.\n", settings).findings
    )


def test_a_claim_needs_somebody_who_has_looked(publication: Publish, fire: bytes) -> None:
    report = check(publication, fire, settings=CLAIMED.replace("  certified_by: Readers’ House\n", ""))
    (refused,) = [finding for finding in report.findings if finding.id == "conformance-refused"]
    assert "who has evaluated" in refused.message


def test_a_standard_that_nobody_knows_is_reported_with_a_suggestion(publication: Publish, fire: bytes) -> None:
    report = check(publication, fire, settings=CLAIMED.replace("2.2 Level AA", "2.2 AA"))
    assert lines(report.findings) == ["book/publication.yaml:5:16 error value-unknown"]
    assert "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" in report.findings[0].remedy
