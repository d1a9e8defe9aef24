"""Front matter of other programs: what a text says of itself before it begins, and what of it a chapter can say."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.folders.source_folder import SourceFolder
from pressroom.importing.folders.typed_lines import TypedLine, text_of
from pressroom.publication.people import names_of_people

_ROLES = frozenset(
    "foreword preface introduction dedication acknowledgements prologue epilogue afterword appendix notes".split()
)
_CARRIED = frozenset("title subtitle author authors date place lang language bibliography csl abstract label".split())
_FOR_THE_BOOK = frozenset("variables substitutions myst aliases".split())
_LOOKS = frozenset(
    "format output engine jupyter kernelspec execute toc toc-depth number-sections cssclass cssclasses layout pagetitle"
    " documentclass geometry fontsize mainfont header-includes knitr editor filters code-fold theme css numbering"
    " jupytext permalink publish link-citations cover-image project book website nocite"
    " sidebar_position sidebar_label slug hide_title hide_table_of_contents".split()
)
"""Keys that say how the other program makes something; a publication has its own."""


def split_head(lines: list[TypedLine], folder: SourceFolder) -> tuple[dict[str, Any], list[TypedLine]]:
    """The values at the beginning of a text, in YAML, TOML or as Pandoc's title block, and the lines after them."""
    start = next((n for n, line in enumerate(lines) if not line.is_blank), len(lines))
    opening = lines[start].text.rstrip() if start < len(lines) else ""
    if opening.startswith("% "):
        return _title_block(lines, start)
    if start == 0 and _OF_MULTIMARKDOWN.match(opening):
        return _metadata_lines(lines)
    if opening not in ("---", "+++"):
        return {}, lines
    ends = ("---", "...") if opening == "---" else ("+++",)
    end = next((n for n, line in enumerate(lines[start + 1 :], start + 1) if line.text.rstrip() in ends), None)
    inner = lines[start + 1 : end]
    is_settings = bool(inner) and all(not line.is_blank for line in inner[:1])
    if end is None or not is_settings or not re.match(r"\s*(#|[\w\"'-]+\s*[:=])", inner[0].text):
        return {}, lines
    if opening == "+++":
        return _toml(text_of(inner)), lines[end + 1 :]
    return folder.yaml_of(text_of(inner), inner[0].file, inner[0].line), lines[end + 1 :]


def _metadata_lines(lines: list[TypedLine]) -> tuple[dict[str, Any], list[TypedLine]]:
    """What a text says of itself as MultiMarkdown and Scrivener have it: `Title: The road`, up to a blank line."""
    end = next((n for n, line in enumerate(lines) if line.is_blank), len(lines))
    pairs = [line.text.partition(":") for line in lines[:end]]
    if not all(sign and re.fullmatch(r"[A-Za-z][\w -]{0,30}", key) for key, sign, _ in pairs):
        return {}, lines
    return {key.strip().lower(): value.strip() for key, _, value in pairs}, lines[end:]


_OF_MULTIMARKDOWN = re.compile(r"(?:title|author|subtitle|date|base header level|language):\s", re.IGNORECASE)


def _toml(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(json.dumps(tomllib.loads(text), default=str)))
    except tomllib.TOMLDecodeError:
        return {}


def _title_block(lines: list[TypedLine], start: int) -> tuple[dict[str, Any], list[TypedLine]]:
    head: dict[str, Any] = {}
    for name in ("title", "author", "date"):
        if start < len(lines) and lines[start].text.startswith("%"):
            words = lines[start].text[1:].strip()
            head |= {name: [each.strip() for each in words.split(";")] if name == "author" else words} if words else {}
            start += 1
    return head, lines[start:]


def names_in_head(value: Any) -> list[str]:
    """The names of the people that a key of front matter has, however it has them."""
    names = names_of_people(value)
    each = names if isinstance(names, list) else [names]
    return [" ".join(str(name).split()) for name in each if isinstance(name, str) and name.strip()]


def words_in_head(value: Any) -> str:
    """The words of a value: Pandoc has titles as a list of `{type: main, text: …}` too."""
    if isinstance(value, list):
        return next(filter(None, map(words_in_head, value)), "")
    if isinstance(value, dict):
        return words_in_head(value.get("text", ""))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def chapter_head(head: Mapping[str, Any], role: str, language: str) -> dict[str, str]:
    """The keys that a chapter’s front matter has of it, besides the title."""
    own = words_in_head(head.get("lang") or head.get("language"))
    date = words_in_head(head.get("date"))
    found = {
        "subtitle": words_in_head(head.get("subtitle")),
        "author": ", ".join(names_in_head(head.get("author") or head.get("authors"))),
        "date": "" if date in ("today", "now", "last-modified") else date,
        "place": words_in_head(head.get("place")),
        "role": role or words_in_head(head.get("role")),
        "language": own if own != language else "",
    }
    if found["role"] not in _ROLES:
        found["role"] = ""
    return {key: value for key, value in found.items() if value}


def note_other_keys(head: Mapping[str, Any], file: str, folder: SourceFolder) -> None:
    """Note the keys of front matter that a chapter cannot have; those that only say how to make it need no word."""
    others = [key for key, value in head.items() if key not in _CARRIED | _FOR_THE_BOOK | _LOOKS | {"role"} and value]
    if others:
        folder.remark("import-key", file, ", ".join(others), 1, Severity.ADVICE)


def role_of_name(name: str) -> str:
    """The role that the name of a file or the title of a chapter says: preface, appendix …"""
    words = re.sub(r"[^a-z]+", " ", name.lower()).split()
    return words[-1] if len(words) <= 2 and words and words[-1] in _ROLES - {"introduction", "notes"} else ""
