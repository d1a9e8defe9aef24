"""Kept PDFs: the last file of each PDF edition, under the hash of its parts.

Where another order asks for it, where its product was deleted or goes to another folder, it is neither written nor
checked again. The disk holds it once, as far as it knows links: a product is never changed, but replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pressroom import drafts, keeping
from pressroom.design import Composition
from pressroom.errors import Finding, Place, Severity
from pressroom.keeping.values import classes, keep_value, kept_value
from pressroom.production.finished import pictures_reported
from pressroom.production.job import Job, Renditions
from pressroom.production.order import MadeProduct


@dataclass(frozen=True)
class KeptFile:
    """What is known of a file that is kept."""

    parts: str
    """The hash of all that it was made of."""
    sha256: str
    made: MadeProduct


_KNOWN = classes((Finding, KeptFile, MadeProduct, Place, Severity))


def kept_or_made(job: Job, parts: str, file: Path, make: Callable[[], MadeProduct]) -> MadeProduct:
    """The PDF of a job's edition in its place: the one that was kept, if it has these parts, or made now and kept.

    One that is damaged, or of strangers, is made again. Where none can be kept, the next build makes it.
    """
    if not job.order.keeps:
        return make()
    copy, facts = _places(job)
    known = kept_value(facts, _KNOWN)
    if isinstance(known, KeptFile) and known.parts == parts and _put(copy, file) and _digest(file) == known.sha256:
        keeping.touch(copy)
        return known.made
    made = make()
    with contextlib.suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        if _put(file, copy):
            keep_value(facts, KeptFile(parts, _digest(copy), made))
    return made


def parts_of(job: Job, composition: Composition, renditions: Renditions, book: str) -> str:
    """The hash of all that a PDF is made and checked of; `book` is that of its drawn pages."""
    figures = [(figure.id, figure.place) for _, figure in composition.publication.pictures()]
    parts = (
        (job.builder, job.name, job.modified, job.is_final, book),
        (composition.publication.settings, composition.edition, composition.rules, composition.folds),
        (composition.profile, composition.profile and composition.profile.digest, composition.styles),
        (sorted(renditions.items()), figures, sorted(map(repr, pictures_reported(job)))),
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _places(job: Job) -> tuple[Path, Path]:
    """Where the PDF of an edition is kept, and what is known of it."""
    folder = job.order.cache / "pages"
    return folder / f"{job.name}.pdf", folder / f"{job.name}.made"


def _put(file: Path, place: Path) -> bool:
    """Have a file in another place too, whole; whether that could be done."""
    try:
        with drafts.beside(place) as draft:
            _link_or_copy(file, draft)
            draft.replace(place)
    except OSError:  # it is gone, or no file
        return False
    return True


def _link_or_copy(file: Path, draft: Path) -> None:
    """Make a draft the same file as another; a copy, where the disk knows no links, or where it is somebody else’s."""
    if file.stat().st_uid == draft.stat().st_uid:
        draft.unlink()
        with contextlib.suppress(OSError):
            os.link(file, draft)
            return
    shutil.copyfile(file, draft)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
