"""Every PDF that the tests make and that claims PDF/UA or PDF/A is shown to veraPDF at the end of a run, all at once.

`make test` asks for it with `--judge-screens`. A test that damages the program or its files on purpose is marked
`unjudged`. A rule that is broken makes the run fail, and names the test that made the file first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pressroom.errors import Finding, Place
from pressroom.judges import verapdf
from pressroom.production.writing import PendingFile

_CLAIMS = (b"pdfuaid:part", b"pdfaid:part")


Claim = tuple[Path, str, Place]
"""A file, what it claims, and the place that a finding names."""


def judged(claims: Sequence[Claim]) -> Iterator[Finding]:
    """What veraPDF says of files: half of them each of two processes, since tests have left both cores by then."""
    with ThreadPoolExecutor() as threads:
        for told in threads.map(lambda half: [*verapdf.findings_in(half)], filter(None, (claims[::2], claims[1::2]))):
            yield from told


class Judging:
    """A plugin of pytest that gathers what is made, in every process, and has it judged in the first one."""

    def __init__(self, config: pytest.Config) -> None:
        base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        self.is_first = not hasattr(config, "workerinput")
        self.folder = (base if self.is_first else base.parent) / "judged"
        self.folder.mkdir(exist_ok=True)
        self.test: pytest.Item | None = None
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(PendingFile, "keep", self._gathering(PendingFile.keep))
        self.told: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember which test makes the next files, or its fixtures do."""
        self.test = item

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Show to veraPDF what all processes have made."""
        self.patch.undo()
        if not self.is_first:
            return
        claims = [*self._claims()]
        if not verapdf.JUDGE.is_there():
            self.told = [f"veraPDF is not on this machine and has judged nothing ({verapdf.JUDGE.remedy})"]
            is_well = not os.environ.get("PRESSROOM_NO_SKIPS")
        else:
            broken = sorted(f"{each.place.file}: {each.message}" for each in judged(claims))
            self.told = [f"veraPDF has judged {len(claims)} files", *broken]
            is_well = not broken
        if not is_well and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what it said."""
        for line in self.told:
            terminalreporter.write_line(line)

    def _gathering(self, keep):  # type: ignore[no-untyped-def]
        def kept(draft: PendingFile) -> None:
            keep(draft)
            if draft.path.suffix == ".pdf" and self.test and not self.test.get_closest_marker("unjudged"):
                self._gather(draft.path.read_bytes(), self.test.nodeid)

        return kept

    def _gather(self, data: bytes, test: str) -> None:
        copy = self.folder / f"{hashlib.sha256(data).hexdigest()}.pdf"
        if any(claim in data for claim in _CLAIMS) and not copy.exists():
            copy.with_suffix(".txt").write_text(test, "utf-8")
            copy.write_bytes(data)

    def _claims(self) -> Iterator[Claim]:
        for file in sorted(self.folder.glob("*.pdf")):
            if flavour := verapdf.flavour_of(file):
                yield file, flavour, Place(file.with_suffix(".txt").read_text("utf-8"))
