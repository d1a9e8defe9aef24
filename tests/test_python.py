"""The Python interface: what docs/python.md promises to programs that build publications."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Publish, ids, picture

import pressroom
from pressroom import api

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/python.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
EBOOKS = "title: The mill\nlanguage: en\neditions:\n  ebook: {format: epub, fonts: none}\n"
EBOOKS += "  other: {format: epub, fonts: none}\n"
EMBARGO = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Instructions="Embargo: 2999-01-01"/>
</rdf:RDF></x:xmpmeta>"""
TO_COME = {"book/a.md": "# A\n\n![A wheel]()\nThe wheel turns.\n"}


@pytest.fixture
def story(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication at the path that the examples name, from where they run."""
    root = publication(TO_COME, settings=EBOOKS)
    (root.parent / "my-story").symlink_to(root)
    monkeypatch.chdir(root.parent)
    return root


# ---- the page


@pytest.mark.slow
def test_the_first_example_makes_an_ebook_and_reports_it(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(EXAMPLES[0], "docs/python.md", "exec"), {})
    made = story.parent / "proofs/the-mill.epub"
    assert capsys.readouterr().out == f"ebook: the-mill.epub, {made.stat().st_size} bytes\n"


@pytest.mark.usefixtures("story")
def test_the_second_example_lists_what_has_not_arrived(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(EXAMPLES[1], "docs/python.md", "exec"), {})
    assert capsys.readouterr().out == "The mill\nbook/a.md: figure 1 has not arrived: The wheel turns.\n"


@pytest.mark.slow
def test_the_examples_are_typed(tmp_path: Path) -> None:
    mypy = pytest.importorskip("mypy.api")
    for n, example in enumerate(EXAMPLES):
        (tmp_path / f"example_{n}.py").write_text(example)
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nfollow_imports = silent\nplugins = pydantic.mypy\n")
    files = [str(file) for file in sorted(tmp_path.glob("*.py"))]
    said, faults, code = mypy.run(["--strict", f"--config-file={config}", f"--cache-dir={tmp_path / 'cache'}", *files])
    assert code == 0, said + faults


def test_the_page_names_every_public_name_and_no_other() -> None:
    table = PAGE.split("## What they return")[1].split("```")[0]
    values = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    functions = set(re.findall(r"^`(\w+)\(", PAGE, re.MULTILINE))
    assert values | functions | {"Progress", "__version__"} == set(pressroom.__all__)
    assert sorted([*api.__all__, "__version__"]) == sorted(pressroom.__all__)


@pytest.mark.parametrize("function", [api.build, api.check, api.read], ids=lambda function: function.__name__)
def test_the_page_has_the_arguments_of_every_function(function: Any) -> None:
    (written,) = re.findall(rf"^`{function.__name__}\((.*?)\)(?: ->)", PAGE, re.MULTILINE)
    names = [name for name in function.__annotations__ if name != "return"]
    assert [part.partition("=")[0] for part in written.replace("*, ", "").split(", ")] == names
    assert all(f"| `{name}` |" in PAGE for name in names)


# ---- the package


def test_importing_the_package_loads_nothing_that_builds() -> None:
    code = "import sys, pressroom; pressroom.__version__; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pydantic", "lxml", "PIL", "pikepdf", "weasyprint", "pressroom.errors"} & {*ran.stdout.split()}


def test_names_of_the_interface_are_found_and_others_are_not() -> None:
    assert all(getattr(pressroom, name) is not None for name in pressroom.__all__)
    assert set(pressroom.__all__) <= set(dir(pressroom))
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        _ = pressroom.bild  # type: ignore[attr-defined]  # that is the point


# ---- build, check, read


@pytest.mark.slow
def test_a_build_reports_its_products(publication: Publish, tmp_path: Path) -> None:
    root, noon = publication(settings=EBOOKS), dt.datetime.fromisoformat("2024-05-01T12:00:00")
    report = pressroom.build(root, editions="other", out=tmp_path / "out", source_date=noon)
    (product,) = report.products
    assert report.ok
    assert report.exit_code == pressroom.ExitCode.MADE
    assert (product.edition, product.format, product.path) == ("other", "epub", tmp_path / "out/the-mill-other.epub")
    data = product.path.read_bytes()
    assert (product.bytes, product.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    moment = noon.astimezone(dt.UTC)  # a naive date is the machine's own time
    assert f"{moment:%Y-%m-%dT%H:%M:%SZ}" in zipfile.ZipFile(product.path).read("EPUB/content.opf").decode()


@pytest.mark.slow
@pytest.mark.parametrize("function", [pressroom.build, pressroom.check])
def test_no_mistake_in_a_publication_is_raised(function: Any, publication: Publish, tmp_path: Path) -> None:
    assert ids(function(tmp_path / "nowhere").findings) == ["publication-missing"]
    unknown = function(publication(settings=EBOOKS), editions=["ebok"])
    assert (ids(unknown.findings), unknown.exit_code) == (["edition-unknown"], pressroom.ExitCode.USAGE)
    broken = function(publication({"book/a.md": "# A\n\nSee [](#nowhere).\n"}, settings=EBOOKS))
    assert not broken.ok
    assert [f.severity for f in broken.findings] == [pressroom.Severity.ERROR]
    assert not broken.products


def test_a_place_that_cannot_be_written_to_is_a_finding(publication: Publish, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    report = pressroom.build(publication(settings=EBOOKS), out=tmp_path / "file")
    assert ids(report.findings) == ["out-unwritable"]


@pytest.mark.slow
def test_final_makes_a_missing_photograph_an_error(publication: Publish) -> None:
    root = publication(TO_COME, settings=EBOOKS)
    assert pressroom.check(root).ok
    assert not pressroom.check(root, final=True).ok
    assert "photo-to-come" in ids(pressroom.read(root, final=True).findings)


@pytest.mark.slow
def test_an_embargo_is_checked_against_the_clock_unless_a_day_is_named(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n![A wheel](wheel.jpg)\n"}, settings=EBOOKS)
    picture(root / "assets/photos/wheel.jpg", xmp=EMBARGO)
    assert not pressroom.check(root).ok
    assert pressroom.check(root, today=dt.date(2999, 1, 2)).ok


def test_what_cannot_be_read_at_all_is_raised_with_its_findings(publication: Publish) -> None:
    with pytest.raises(pressroom.PressroomError) as caught:
        pressroom.read(publication(settings="title: T\nlanguage: en\nlayot: x\n"))
    (finding,) = caught.value.findings
    assert str(finding.place).startswith("book/publication.yaml:3")


def test_a_fault_in_a_chapter_is_among_the_findings(publication: Publish) -> None:
    manuscript = pressroom.read(publication({"book/a.md": "# A\n\nSee [](#nowhere).\n"}, settings=EBOOKS))
    assert [chapter.title for chapter in manuscript.publication.chapters()] == ["A"]
    assert [finding.place for finding in manuscript.findings if finding.severity == "error"]


@pytest.mark.slow
def test_progress_is_reported_for_each_step(publication: Publish) -> None:
    heard = list[str]()

    class Listener:
        def begin(self, what: str, steps: int) -> None:
            heard.append(what)

        def step(self, done: str = "") -> None:
            heard.append(f"step {done}".strip())

    pressroom.build(publication(settings=EBOOKS), editions="ebook", progress=Listener())
    assert heard[-2:] == ["ebook", "step"]
