"""Publications that nobody thought of end with whole products, or with findings that say where and what to do.

`python -m fuzz.publications` draws as many as are wanted; docs/reliability.md says how many have been.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import made_up
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from made_up import MadeUp
from test_conservation import text_of

from pressroom import cli

pytestmark = pytest.mark.slow
ONE_RUN = {"suppress_health_check": [*HealthCheck], "deadline": None}
EDITION = {"ebook": made_up.ONLY_EBOOK, "pages": made_up.ONLY_PAGES}


def told(root: Path, *command: str) -> tuple[int, Mapping[str, Any]]:
    """How a command ends, and what it says."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = cli.main([*command, "--root", str(root), "--json"])
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return code, json.loads(out.getvalue())


def check_answer(code: int, answer: Mapping[str, Any]) -> None:
    """0 stands for no error, 1 for one that is named; every finding has a place and, unless it is advice, a remedy."""
    errors = [finding for finding in answer["findings"] if finding["severity"] == "error"]
    assert code == (1 if errors else 0), answer
    for finding in answer["findings"]:
        assert finding["place"], finding
        assert finding["message"], finding
        assert finding["remedy"] or finding["severity"] == "advice", finding


def check_product(made: MadeUp, edition: str, file: Path) -> None:
    """It is sound, and has every word."""
    if file.suffix == ".epub":
        assert zipfile.ZipFile(file).testzip() is None
    else:
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages)
    if made.is_plain:
        times = Counter(text_of(file))
        once = made.words[made_up.ONCE] + made.words[EDITION[edition]]
        assert {word: times[word] for word in once} == dict.fromkeys(once, 1)
        shown = made.words[made_up.TITLE] + made.words[made_up.CAPTION]
        assert [word for word in shown if not times[word]] == []


def check(made: MadeUp, *options: str) -> int:
    """`check` ends as it should; its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        made.write(Path(folder))
        code, answer = told(Path(folder), "check", *options)
        check_answer(code, answer)
        return code


def build(made: MadeUp, edition: str) -> tuple[int, int]:
    """`build` ends as it should, and what it makes is whole; its exit code, and how many products it made."""
    with tempfile.TemporaryDirectory() as folder:
        made.write(Path(folder))
        code, answer = told(Path(folder), "build", "--edition", edition)
        check_answer(code, answer)
        assert bool(answer["products"]) or code, answer
        for product in answer["products"]:
            check_product(made, edition, Path(folder, product["path"]))
        return code, len(answer["products"])


@settings(max_examples=188, **ONE_RUN)
@given(made_up.publications(), some.sampled_from(["pages", "pages", "pages", "ebook"]))
def test_checks_end_with_findings(made: MadeUp, edition: str) -> None:
    """Of one edition each: covers of ebooks take most of the time."""
    assert check(made, "--edition", edition) in (0, 1)


@settings(max_examples=10, **ONE_RUN)
@given(made_up.publications())
def test_ebooks_are_whole_or_it_is_said_why_not(made: MadeUp) -> None:
    assert build(made, "ebook") in ((0, 1), (1, 0), (1, 1))


@settings(max_examples=2, **ONE_RUN)
@given(made_up.publications())
def test_pages_are_whole_or_it_is_said_why_not(made: MadeUp) -> None:
    assert build(made, "pages") in ((0, 1), (1, 0), (1, 1))
