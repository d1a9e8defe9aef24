"""Faults of notes: those without text, without a call, or with two texts under one name; and too many in a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, error, warning
from pressroom.manuscript import markup

MOST_NOTES = 5000
"""Notes of a chapter that a PDF holds in common memory: the engine keeps all pages of a chapter at once."""
_TEXT = re.compile(r"(?:[ \t]{0,3}(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*\[\^([^\]]+)\][ \u00a0\u202f]?[:：]")
"""How the text of a note begins, also in a list or a quotation."""


def findings(source: Source, text: str, notes: Sequence[Node], nodes: Sequence[Node]) -> Iterator[Finding]:
    """The findings on the notes of a chapter, whose blocks are `nodes`."""
    code = {n for top in nodes for each in top.walk() if each.type in ("fence", "code_block") for n in _lines(each)}
    defined: dict[str, int] = {}
    for n, typed in enumerate(text.split("\n"), 1):
        match = None if n in code else _TEXT.match(typed)
        if match and match[1] in defined:
            why = f"The note [^{match[1]}] is written on line {defined[match[1]]} too; only one could be shown."
            yield error("note-twice", source.place(n), why, "Give one of them another name.")
        elif match:
            defined[match[1]] = n
    alike = {label.casefold(): label for label in defined}
    for label in (label for note in notes if (label := _typed_label(note)) is not None and label not in defined):
        yield _missing(label, source, text, alike)
    for note in notes:
        label = _typed_label(note)
        if label in defined and not _has_text(note):
            why = f"The note [^{label}] is called, and has no text: readers find an empty note."
            yield warning("note-empty", source.place(defined[label]), why, "Write it, or delete it with its call.")
    called = {_typed_label(note) for note in notes}
    for label, line in defined.items():
        if label not in called:
            why = f"The note [^{label}] is written here and called nowhere: no reader would find it."
            yield warning("note-unused", source.place(line), why, "Call it, or delete it.")
    if len(notes) > MOST_NOTES:
        why = f"This chapter has {len(notes)} notes. It is laid out as one: a PDF takes minutes, and more than 1 GB."
        yield warning("notes-many", source.place(1), why, f"Split it into chapters of at most {MOST_NOTES} notes.")


def _missing(label: str, source: Source, text: str, alike: Mapping[str, str]) -> Finding:
    """The error that the text of a note is missing; a line that begins with its name may be meant to be it."""
    place, close = source.find(f"[^{label}]", 1, len(source.lines)), alike.get(label.casefold())
    why = f"The note [^{label}] is called here and written nowhere."
    begins = re.compile(rf" {{0,3}}\[\^{re.escape(label)}\][ \t]+\S")
    bare = next((n for n, line in enumerate(text.split("\n"), 1) if n > place.line and begins.match(line)), 0)
    remedy = f"Put a colon on line {bare}: [^{label}]: …" if bare else f"Add a line “[^{label}]: …”."
    if close:
        remedy = f"Write [^{close}]: capitals and small letters make two names."
    return error("note-missing", place, why, remedy)


def _has_text(note: Node) -> bool:
    """Whether a note holds anything that is printed."""
    return any(
        (node.type != "inline" and node.content.strip()) or node.type == "image"
        for node in note.walk()
        if not node.is_root
    )


def _typed_label(note: Node) -> str | None:
    """The name of a note as typed; the parser has no-break spaces in it. None for a note written where it is called."""
    label = note.meta.get("label")
    return label.replace("\u00a0", " ") if label else None


def _lines(node: Node) -> range:
    first, last = markup.lines_of(node)
    return range(first, last + 1)
