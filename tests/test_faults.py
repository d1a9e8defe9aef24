"""Faults of the system while a build writes: products stay whole, the cause is told, and the next build recovers."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from faults import tried

SOME = 6
"""Faults that are tried here; `python -m tests.faults` tries all."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is a means of Linux")
@pytest.mark.skipif(
    shutil.which("gcc") is None and "PRESSROOM_NO_SKIPS" not in os.environ, reason="gcc is not installed"
)
def test_a_fault_at_any_write_breaks_no_product_and_leaves_nothing(tmp_path: Path) -> None:
    outcome = tried(tmp_path, SOME)
    assert outcome.calls > 100
    assert (outcome.tried, outcome.complaints) == (SOME, [])
