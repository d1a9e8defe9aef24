"""The page engine is loaded without help of other programs."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED_ALONE = """import subprocess, sys
from pressroom import machine
def refused(*command, **named): sys.exit(f"started: {command}")
subprocess.Popen = refused
machine.load_page_engine("weasyprint")
import ctypes.util
assert ctypes.util.find_library.__module__ == "ctypes.util"
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, libraries have to be looked for")
def test_no_program_is_started_to_look_for_libraries() -> None:
    made = subprocess.run([sys.executable, "-c", LOADED_ALONE], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (0, "")
