"""Builds that were killed: the next one makes the products, and removes what the killed one left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Publish

from pressroom import production
from pressroom.production import Order
from pressroom.production.writing import check_out, drafts_of, pending

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
    strange = [
        tmp_path / f"{drafts_of(0)[:-2]}{name}" for name in ("x-1.pdf", "-.pdf", "99999999999999999999999-a.pdf")
    ]
    other = tmp_path / f".pressroom-another-machine-{os.getpid()}-a.pdf"
    for file in (*strange, other):
        file.touch()
    with pending(tmp_path / "t.pdf") as draft:
        check_out(tmp_path)
        assert draft.file.exists()
    assert {*strange, other} == set(tmp_path.iterdir())
