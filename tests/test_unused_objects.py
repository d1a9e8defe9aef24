"""Python looks seldom for unused objects while a build runs, and at its own pace for whoever called it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pressroom.errors import ExitCode
from pressroom.production import Order, Report, conductor


@pytest.fixture(autouse=True)
def own_pace() -> Iterator[None]:
    """The pace of a program that has chosen none, whatever ran before in this process."""
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*usual)


@pytest.mark.parametrize("run", [conductor.build, conductor.check])
def test_a_program_that_builds_keeps_its_own_pace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Order], Report]
) -> None:
    before, during, read = gc.get_threshold(), list[tuple[int, int, int]](), conductor.read
    monkeypatch.setattr(conductor, "read", lambda *given: (during.append(gc.get_threshold()), read(*given))[1])
    assert run(Order(tmp_path)).exit_code is not ExitCode.MADE  # nothing is there to be read
    assert during[0][0] > before[0]
    assert gc.get_threshold() == before
