"""Builds that were killed: the next one makes the products, and removes what the killed one left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Publish

from pressroom import keeping, production
from pressroom.drafts import mark_of
from pressroom.production import Order
from pressroom.production.writing import check_out, pending

EBOOK = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
KILLED = """
import os, signal
from pathlib import Path
from pressroom.production.writing import pending
with pending(Path({product!r})) as draft:
    draft.file.write_bytes(b"half of a product")
    os.kill(os.getpid(), signal.SIGKILL)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot be asked whether a process lives")


@pytest.mark.slow
def test_the_next_build_removes_what_a_killed_one_left(publication: Publish) -> None:
    """The older product stays until the new one is whole; then nothing else lies in the folder."""
    root = publication(settings=EBOOK)
    product = root / "dist/t.epub"
    product.parent.mkdir()
    product.write_bytes(b"older")
    subprocess.run([sys.executable, "-c", KILLED.format(product=str(product))], check=False)
    left = [file for file in product.parent.iterdir() if file != product]
    assert len(left) == 1
    assert product.read_bytes() == b"older"
    assert production.build(Order(root)).products
    assert list(product.parent.iterdir()) == [product]
    assert product.read_bytes() != b"older"


def test_drafts_of_builds_that_run_stay(tmp_path: Path) -> None:
    """Two builds at once do not take each other's files; nor does one touch what is not its own."""
    strange = [tmp_path / f"{mark_of(0)[:-2]}{name}" for name in ("x-1.pdf", "-.pdf", "99999999999999999999999-a.pdf")]
    other = tmp_path / f".pressroom-another-machine-{os.getpid()}-a.pdf"
    for file in (*strange, other):
        file.touch()
    with pending(tmp_path / "t.pdf") as draft:
        check_out(tmp_path)
        assert draft.file.exists()
    assert {*strange, other} == set(tmp_path.iterdir())


LEFT = """
import os, signal
from pathlib import Path
from pressroom import drafts
with drafts.scratch() as folder:
    (folder / "picture.jpg").write_bytes(b"somebody")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_temporary_files_of_a_killed_build_are_deleted_by_the_next(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They hold pictures and fonts, and other programs read that folder, too."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    subprocess.run([sys.executable, "-c", LEFT], env=os.environ | {"TMPDIR": str(temporary)}, check=False)
    assert len(list(temporary.iterdir())) == 1
    strange = temporary / "somebody-else-s"
    strange.touch()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    production.check(Order(publication(settings=EBOOK)))
    assert list(temporary.iterdir()) == [strange]


@pytest.mark.slow
def test_what_a_killed_arranging_left_among_the_chapters_is_none(publication: Publish) -> None:
    """It is half of one; the next arranging deletes it."""
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    root = publication({"book/a.md": "# A\n\nText."}, settings=EBOOK)
    left = root / "book" / f"{mark_of(int(ended.stdout))}x.md"
    left.write_text("# Half of")
    facts = production.check(Order(root)).facts
    assert (facts and facts.chapters, left.exists()) == (1, True)
    with pending(root / "book/a.md"):
        assert not left.exists()


def test_what_a_killed_build_left_in_the_cache_is_deleted(tmp_path: Path) -> None:
    """And what others have kept stays."""
    kept = keeping.keep(tmp_path / "pages" / "a.pdf", b"whole")
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = kept.with_name(f"{mark_of(int(ended.stdout))}x.pdf")
    left.touch()
    keeping.prune(tmp_path)
    assert list(kept.parent.iterdir()) == [kept]
