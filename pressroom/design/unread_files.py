"""Unread files: what lies in the folder of a layout, and has a name by which nothing reads it."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.design.library import Layout, display_name
from pressroom.errors import Finding, Place, did_you_mean, warning
from pressroom.whereabouts import BUILTIN

_OPTIONAL = {"own.css", "page-more.css", "ebook-more.css"}
"""Files that a layout may have, though no built-in one has them."""
_FOR_PEOPLE = {"", ".md", ".txt"}
"""How the names of files end that explain a layout: README.md, LICENSE."""
_SHOWN = 5


def unread_files(layout: Layout) -> Iterator[Finding]:
    """Does every file of the publication's own layouts do something? Files are known by their names; a template may
    also be named by another one.
    """
    known = {file.name for file in BUILTIN.glob("layouts/*/*")} | _OPTIONAL
    for folder in layout.folders:
        if folder.is_relative_to(BUILTIN / "layouts"):
            continue
        files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
        named = "\n".join(file.read_text("utf-8", "replace") for file in files.values() if file.suffix == ".j2")
        unread = [
            name
            for name, file in files.items()
            if name not in known and file.suffix not in _FOR_PEOPLE and not file.name.startswith(".")
            if name not in named
        ]
        if unread:
            yield _finding(unread, display_name(folder / unread[0], layout.root), known)


def _finding(unread: list[str], place: str, known: set[str]) -> Finding:
    shown = ", ".join(f"“{name}”" for name in unread[:_SHOWN])
    shown += f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
    why = f"Nothing reads {shown}: the files of a layout have the names of the built-in ones."
    remedy = (
        "Put rules for pages into page.css, for ebooks into ebook.css, for both into own.css; fonts into assets/fonts."
    )
    guess = did_you_mean(unread[0], known)
    return warning("layout-unread", Place(place), why, remedy if not guess else f"{guess} {remedy}")
