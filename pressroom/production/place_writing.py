"""Placing: writes the words of the pacing into the chapters, all of them or none."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby

from pressroom.errors import Finding, Place, PressroomError, UsageError, advice, did_you_mean, error, has_errors
from pressroom.manuscript import with_words
from pressroom.production.order import Manuscript, Order, Product, Progress, Report, collecting_errors
from pressroom.production.reading import read
from pressroom.production.writing import pending


def write_places(order: Order, chapters: Sequence[str], progress: Progress | None = None) -> Report:
    """Write the place of every picture that the pacing has placed into the chapters that are named, or into all.

    What has a word already keeps it, and nothing else is changed. Raises UsageError for a chapter that there is not.
    """
    report = Report()
    with collecting_errors(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        named = _files(manuscript, chapters)
        if has_errors(manuscript.findings):
            return report
        texts = _written(order, manuscript, named)
        report.add(_nothing_to_do(named, texts))
        with contextlib.ExitStack() as stack:
            drafts = [(stack.enter_context(pending(order.root / file)), data) for file, data in texts.items()]
            for draft, data in drafts:
                draft.file.write_bytes(data)
            for draft, data in drafts:
                draft.keep()
                sha256 = hashlib.sha256(data).hexdigest()
                report.products.append(Product("arranged", draft.path.suffix[1:], draft.path, 0, len(data), sha256))
    return report


def _files(manuscript: Manuscript, chapters: Sequence[str]) -> tuple[str, ...]:
    """The files of chapters that are named by their path or by its end."""
    files = [chapter.file for chapter in manuscript.publication.chapters()]
    found = {name: [file for file in files if f"/{file}".endswith(f"/{name}")] for name in chapters}
    unknown = [name for name, matching in found.items() if not matching]
    if unknown:
        raise UsageError(
            error(
                "chapter-unknown",
                Place("--arrange"),
                f"No chapter is called “{name}”.",
                did_you_mean(name, files) or f"There are: {', '.join(files)}.",
            )
            for name in unknown
        )
    return tuple(dict.fromkeys(file for matching in found.values() for file in matching)) if chapters else tuple(files)


def _written(order: Order, manuscript: Manuscript, files: tuple[str, ...]) -> Mapping[str, bytes]:
    """The changed texts of chapters, by their files. Raises PressroomError with every place that cannot be written."""
    pages = sorted(manuscript.arranged, key=lambda page: page.places[0].file)
    texts: dict[str, bytes] = {}
    faults: list[Finding] = []
    for file, group in groupby(pages, key=lambda page: page.places[0].file):
        if file not in files:
            continue
        try:
            text = (order.root / file).read_bytes().decode("utf-8")
            texts[file] = with_words(text, ((page.places, page.words) for page in group)).encode()
        except PressroomError as fault:
            faults += fault.findings
    if faults:
        raise PressroomError(faults)
    return texts


def _nothing_to_do(files: tuple[str, ...], texts: Mapping[str, bytes]) -> list[Finding]:
    if texts:
        return []
    why = "There is nothing to arrange: every picture has a word of placement, or arrange is none."
    return [
        advice("arrange-nothing", Place(files[0] if files else "book"), why, "Write arrange: auto, or delete words.")
    ]
