"""Ordering: the publication and the order that the command line and the environment describe."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from pathlib import Path

from pressroom import machine, production
from pressroom.errors import Place, UsageError, error
from pressroom.whereabouts import SETTINGS_FILE, missing_settings

_LAST_SECOND = 4_354_819_199
"""The end of 2107, in seconds since 1970: ZIP files, and so ebooks, hold no later date."""


def order_of(options: argparse.Namespace, root: Path | None, out: Path | None) -> production.Order:
    """The order that the command line and the environment describe."""
    return order_at(find_root(options.root, root, Path.cwd()), options, out)


def order_at(root: Path, options: argparse.Namespace, out: Path | None) -> production.Order:
    """The same for a publication whose folder is known."""
    return production.Order(
        root=root,
        editions=tuple(options.edition),
        out=out,
        final=options.final,
        variables=tuple(options.variables),
        source_date=_source_date(os.environ.get("SOURCE_DATE_EPOCH", "")),
        today=machine.today(),
        jobs=min(getattr(options, "jobs", None) or machine.cores(), machine.cores()),
        keeps=not getattr(options, "no_cache", False),
    )


def find_root(named: Path | None, known: Path | None, here: Path, begin: str = "") -> Path:
    """Find the publication's folder: the one of --root, that of the start script, or the nearest one from here upward.

    Raises UsageError where there is none; `begin` is the command that begins one then, if not the usual one.
    """
    if root := named or known:
        return root.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).exists():
            return folder
    why, remedy = missing_settings(here, "this folder or above it")
    if begin:
        remedy = f"Go to a publication’s folder, name it with --root DIR, or begin one: {begin}"
    raise UsageError([error("publication-missing", Place(str(here)), why, remedy)])


def folder_here(named: Path | None, given: Path | None) -> Path | None:
    """The publication’s folder, as `find_root` finds it; None outside of a publication."""
    try:
        return find_root(named, given, Path.cwd())
    except UsageError:
        return None


def _source_date(text: str) -> dt.datetime | None:
    """The date of SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds since 1970 UTC. Raises UsageError."""
    if not text:
        return None
    if not text.isdecimal() or int(text[:20]) > _LAST_SECOND:
        why = f"SOURCE_DATE_EPOCH is “{text}”; it must be a number of seconds since 1970, of a day before 2108."
        raise UsageError([error("source-date", Place("environment"), why, "Set it to such a number, or unset it.")])
    return dt.datetime.fromtimestamp(int(text), dt.UTC)
