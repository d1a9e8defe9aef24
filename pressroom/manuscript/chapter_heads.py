"""Heads of chapters: front matter, and the heading that is the title."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom import forms
from pressroom.errors import Finding, Source, did_you_mean, error, warning
from pressroom.manuscript import markup
from pressroom.manuscript.picture_paragraphs import opens_with_picture
from pressroom.manuscript.written import without_comments
from pressroom.publication import ChapterRole, Language
from pressroom.publication.arrange_setting import ArrangeKey
from pressroom.publication.people import names_of_people, other_keys
from pressroom.publication.photo_notes import Text
from pressroom.publication.variables import filled_value

_BEFORE_FRONT_MATTER = re.compile(r"(?:[ \t]*\n|[ \t]*<!--(?:(?!-->).)*-->[ \t]*\n)*", re.DOTALL)
_LANG = re.compile(r"\Alang(?=[ \t]*:)")
"""Pandoc’s name of the language."""
_TIME = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*$")
"""The time of day behind a day, as blogs have it: a book prints the day."""
_MULTIMARKDOWN = re.compile(
    r"(?:Title|Author|Format|Base Header Level):[ \t]*\S.*\n(?:[A-Z][\w -]*:[ \t]*\S.*|[ \t]+\S.*)(?:\n|\Z)"
)
_OF_MULTIMARKDOWN = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "date": "date",
    "language": "language",
}
"""The keys of MultiMarkdown that front matter has."""
_PANDOC_KEYS = ("title", "author", "date")
"""The lines of Pandoc's title block, each with a percent sign before it, in their order."""


class FrontMatter(forms.Form):
    """What a chapter says of itself, between two lines of ---."""

    title: Text | None = None
    """Title of the chapter; else its first heading."""
    subtitle: Text | None = None
    """A line under the title."""
    author: Text | tuple[Text, ...] | None = None
    """Who wrote it."""
    role: ChapterRole = "chapter"
    """What the chapter is to the publication; only chapters are counted."""
    language: Language | None = None
    """Language of the chapter, where it is another than the book's, as a BCP 47 tag: hy, ar."""
    date: Text | None = None
    """When it was written, as it is printed."""
    place: Text | None = None
    """Where it was written, as it is printed."""
    credit: Text | None = None
    """The credit of its photographs that have none of their own."""
    arrange: ArrangeKey | None = None
    """Whether the builder places pictures that have no word of placement: auto, none, or {seed: 3, pages: 40}."""


def split_front_matter(
    source: Source, variables: Mapping[str, str], findings: list[Finding]
) -> tuple[FrontMatter | None, str]:
    """The front matter, and the source text with blank lines in its place, so that every line keeps its number.

    Blank lines and comments may stand before it. Hugo's form (TOML between `+++`) and Pandoc's title block (`% Title`)
    are read too. The front matter is None if it has faults; these are among the findings.
    """
    before = _BEFORE_FRONT_MATTER.match(source.text)
    start = before[0].count("\n") if before else 0
    lines = source.lines
    opening = lines[start].rstrip()
    if opening.startswith("% "):
        return _title_block(lines, start)
    if not start and _MULTIMARKDOWN.match(source.text):
        return _multimarkdown(source, findings)
    if opening not in ("---", "+++") or (start and not _is_key(lines, start + 1)):
        return FrontMatter(), source.text
    ends = ("---", "...") if opening == "---" else ("+++",)
    end = next((n for n, line in enumerate(lines[start + 1 :], start + 1) if line.rstrip() in ends), None)
    if end is None:
        why = "The front matter is never closed: the whole chapter would be read as settings."
        remedy = f"Add a line of {opening} after the settings; if there are none, delete this line."
        findings.append(error("front-matter-open", source.place(start + 1), why, remedy))
        return None, "\n".join([*lines[:start], "", *lines[start + 1 :]])
    inner = Source(source.file, "\n".join(lines[start + 1 : end]), first_line=start + 2)
    yaml = inner if opening == "---" else _yaml_of_toml(inner, findings)
    rest = "\n".join([*lines[:start], *[""] * (end + 1 - start), *lines[end + 1 :]])
    if yaml is None:
        return None, rest
    own = _without_foreign_keys(yaml, findings)
    form, reading = forms.fill(own, FrontMatter, partial(_altered, variables=variables))
    findings += (*reading.findings, *reading.warnings, *_left_out_of_people(reading))
    return form, rest


def _altered(value: Any, variables: Mapping[str, str]) -> Any:
    """The values of front matter with variables filled in, the names of people alone, and a day without its time."""
    given = filled_value(value, variables)
    if not isinstance(given, dict):
        return given
    people = {"author": names_of_people(given["author"])} if "author" in given else {}
    day = {"date": _TIME.sub("", given["date"])} if isinstance(given.get("date"), str) else {}
    return {**given, **people, **day}


def _left_out_of_people(reading: forms.Reading) -> Iterator[Finding]:
    """The warning that other things than names are said of authors, which are printed nowhere."""
    authors = reading.value.get("author") if isinstance(reading.value, dict) else None
    if keys := ", ".join(other_keys(authors)):
        why = f"{keys}: of an author, the name alone is printed."
        yield warning(
            "key-foreign", reading.place(("author",)), why, "Write it into the text, or leave it for the other program."
        )


def _without_foreign_keys(yaml: Source, findings: list[Finding]) -> Source:
    """Front matter without the keys that other programs have there; blank lines are in their place."""
    kept: list[str] = []
    found: list[tuple[int, str]] = []
    is_foreign = False
    has_language = any(line.startswith("language:") for line in yaml.lines)
    for n, typed in enumerate(yaml.lines):
        line = typed if has_language else _LANG.sub("language", typed)
        if line[:1] not in ("", " ", "\t", "-", "#"):
            key = line.partition(":")[0].strip()
            is_foreign = key in _FOREIGN_KEYS or _is_of_others(line, key)
            found += [(n, key)] if is_foreign else []
        kept.append("" if is_foreign else line)
    if found:
        names = ", ".join(key for _, key in found)
        why = f"{names}: other programs read this in front matter; here it has no effect."
        remedies = dict.fromkeys(_FOREIGN_KEYS.get(key, _NOT_HERE) for _, key in found)
        place = yaml.place(found[0][0] + yaml.first_line, 1, len(found[0][1]))
        findings.append(warning("key-foreign", place, why, " ".join(remedies)))
    return Source(yaml.file, "\n".join(kept), first_line=yaml.first_line)


def _is_of_others(line: str, key: str) -> bool:
    """Whether a key is like none that is known here: it is another program’s, and no misspelling of ours."""
    is_key = bool(re.match(r"[A-Za-z][\w.-]*[ \t]*:(?:\s|$)", line))
    return is_key and key not in FrontMatter.model_fields and not did_you_mean(key, FrontMatter.model_fields)


_NOT_HERE = "Delete it, or leave it for the other program."
_FOR_THE_BOOK = "Write it into publication.yaml, for the whole book: bibliography: refs.bib, citation_style: apa."
_OF_OTHERS = """
aliases categories code-fold cssclass cssclasses date-modified description draft editor engine execute filters format
jupyter kernelspec keywords knitr layout number number-sections order output pagetitle params permalink publish
sidebar_position slug tag tags toc toc-depth weight
abstract affiliations banner comments cover created css documentclass excerpt exports featured fontsize geometry github
header-includes hide icon id image images jupytext lastmod license lightbox lof lot mainfont menu modified numbering
papersize pin resources sidebar sidebar_label site summary template theme thumbnail title-block-banner uid updated url
"""
_OF_THE_WHOLE = "It belongs to the whole book: publication.yaml has it as creators, identifiers, publisher or rights."
_OF_METADATA = "creator contributor identifier publisher rights copyright isbn doi"
_OF_A_BOOK = "bibliography citation-style csl link-citations nocite suppress-bibliography"
_FOREIGN_KEYS = dict.fromkeys(_OF_OTHERS.split(), _NOT_HERE) | dict.fromkeys(_OF_A_BOOK.split(), _FOR_THE_BOOK)
_FOREIGN_KEYS |= dict.fromkeys(_OF_METADATA.split(), _OF_THE_WHOLE)
"""Keys that Quarto, Pandoc, Hugo, Jekyll, MyST and Obsidian have in front matter, and what is to be done with them."""


def _is_key(lines: Sequence[str], n: int) -> bool:
    """Whether a line may belong to front matter: below blank lines, `---` may as well be a break."""
    return n < len(lines) and bool(re.match(r"[\w-]+\s*[:=]", lines[n]))


def _title_block(lines: Sequence[str], start: int) -> tuple[FrontMatter, str]:
    """Pandoc's title block: title, authors and date, each on a line and on lines that are set in below it."""
    given: dict[str, Any] = {}
    end = start
    for name in _PANDOC_KEYS:
        if end < len(lines) and lines[end].startswith("%"):
            first, end = end, end + 1
            while end < len(lines) and lines[end][:1] == " " and lines[end].strip():
                end += 1
            parts = [words for line in lines[first:end] if (words := line.removeprefix("%").strip())]
            given |= {name: (";" if name == "author" else " ").join(parts)} if parts else {}
    if ";" in given.get("author", ""):
        given["author"] = tuple(name.strip() for name in given["author"].split(";") if name.strip())
    return FrontMatter(**given), "\n".join([*lines[:start], *[""] * (end - start), *lines[end:]])


def _multimarkdown(source: Source, findings: list[Finding]) -> tuple[FrontMatter, str]:
    """The metadata of MultiMarkdown, which Scrivener writes: keys and values from the first line to a blank one."""
    lines = source.lines
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    given: dict[str, str] = {}
    name = ""
    for line in lines[:end]:
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon and not line[:1].isspace() else name
        more = value if name == key.strip().lower() else line
        given[name] = f"{given.get(name, '')} {more.strip()}".strip()
    if others := ", ".join(key for key in given if key not in _OF_MULTIMARKDOWN):
        why = f"{others}: other programs read this in front matter; here it has no effect."
        findings.append(warning("key-foreign", source.place(1), why, _NOT_HERE))
    known = {_OF_MULTIMARKDOWN[key]: value for key, value in given.items() if key in _OF_MULTIMARKDOWN and value}
    return FrontMatter(**known), "\n".join([""] * end + lines[end:])


def _yaml_of_toml(inner: Source, findings: list[Finding]) -> Source | None:
    try:
        found = tomllib.loads(inner.text)
    except tomllib.TOMLDecodeError as fault:
        why = f"This front matter is not TOML ({fault}): nothing of it can be read."
        remedy = "Mend it, or write it as “key: value” between lines of ---."
        findings.append(error("front-matter-toml", inner.place(inner.first_line - 1), why, remedy))
        return None
    written = [f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}" for name, value in found.items()]
    return Source(inner.file, "\n".join(written), inner.first_line)


def title_from_name(source: Source) -> str:
    """A title made of the name of a file, for a chapter that has none."""
    name = re.sub(r"[\s_-]+", " ", PurePosixPath(source.file).stem)
    return re.sub(r"^\d+ ", "", name).strip().capitalize() or name


def title_heading(nodes: Sequence[Node], given: str | None) -> Node | None:
    """The heading that is the title of a chapter: the first, of whatever level, if only pictures and comments are
    before it, or else the only one of level 1. A title `given` in front matter leaves other headings to the text.
    """
    headings = [node for node in nodes if node.type == "heading" and not _is_empty(node)]
    if not headings:
        return None
    first, tops = headings[0], [node for node in headings if node.tag == "h1"]
    is_title = all(map(_is_no_text, nodes[: nodes.index(first)])) or tops == [first]
    markup.heading_attributes(first)
    words = markup.plain_text(first.children[0].children)
    return first if words and is_title and given in (None, words) else None


def _is_empty(heading: Node) -> bool:
    return not markup.plain_text(heading.children[0].children).strip()


def _is_no_text(node: Node) -> bool:
    if node.type == "heading":
        return _is_empty(node)
    if node.type == "html_block":
        return not without_comments(node.content).strip()
    return node.type == "hr" or (node.type == "paragraph" and opens_with_picture(node))


def top_level(title: Node, nodes: Sequence[Node]) -> int:
    """The level of a title, for the headings below it to be counted from; 1 if others are not below it."""
    level = int(title.tag[1])
    return level if all(int(node.tag[1]) > level for node in _headings(nodes) if node is not title) else 1


def _headings(nodes: Sequence[Node]) -> Iterator[Node]:
    return (each for top in nodes for each in top.walk() if each.type == "heading")
