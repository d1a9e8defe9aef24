"""Brought settings: what the title page of a source becomes in the publication.yaml of a new book. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.errors import Place, Severity, Source
from pressroom.forms import fill
from pressroom.importing.brought import Remark, TitlePage
from pressroom.importing.plain_markdown import yaml
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.publication import Settings

Entry = str | tuple[str, tuple[str, ...]]
"""An entry of `chapters`: a file, or the title of a part with its files."""


@dataclass(frozen=True)
class BroughtBook:
    """What publication.yaml says of a new book of texts."""

    about: TitlePage
    """Its title is not empty, and its language is one that publication.yaml can have."""
    chapters: tuple[Entry, ...]
    cover: str = ""
    """The name of the picture on the cover; “” for none."""
    bibliography: tuple[str, ...] = ()
    is_illustrated: bool = False
    """Whether pictures are as much of it as words are."""
    generated: tuple[str, ...] = ("colophon",)
    """The pieces behind the chapters that are made anew."""


def entry_text(entry: Entry) -> str:
    """An entry of `chapters` as YAML on one line, which a list in brackets and one of lines can both have."""
    if isinstance(entry, str):
        return yaml(entry)
    part, files = entry
    return f"{{part: {yaml(part)}, chapters: [{', '.join(map(yaml, files))}]}}"


def entry_value(entry: Entry) -> str | dict[str, object]:
    """An entry as it is when it is read."""
    return entry if isinstance(entry, str) else {"part": entry[0], "chapters": list(entry[1])}


def facts_of(about: TitlePage, source: str) -> tuple[dict[str, str], list[Remark]]:
    """The facts of a title page as keys of publication.yaml with their YAML, and remarks on those that do not fit."""
    facts: dict[str, str] = {}
    remarks = []
    for key, text in _facts(about).items():
        if fill(Source(source, f"title: T\nlanguage: en\n{key}: {text}\n"), Settings)[0]:
            facts[key] = text
        else:
            remarks.append(Remark("import-fact", Severity.WARNING, Place(source), f"{key}: {text}"))
    return facts, remarks


def _facts(about: TitlePage) -> dict[str, str]:
    """What a title page says beside the title, as YAML."""
    names = ", ".join(f"{{name: {yaml(name)}, role: {yaml(role)}}}" for name, role in about.creators)
    variables = ", ".join(f"{yaml(name)}: {yaml(value)}" for name, value in about.variables.items())
    plain = {key: getattr(about, key) for key in ("subtitle", "publisher", "published", "description", "rights")}
    listed = {"creators": f"[{names}]" if names else "", "variables": f"{{{variables}}}" if variables else ""}
    written = {key: yaml(" ".join(value.split())) for key, value in plain.items() if value.strip()}
    return written | {key: text for key, text in listed.items() if text}


def book_settings_text(book: BroughtBook, facts: Mapping[str, str]) -> str:
    """The publication.yaml of a new book, with comments for who goes on with it."""
    words = words_to_write(book.about.language)
    first = {"title": yaml(book.about.title), **{key: facts[key] for key in ("subtitle",) if key in facts}}
    asked = f"[{{name: {yaml(to_write(words.name))}, role: author}}]"
    rest = {"creators": asked, **{key: text for key, text in facts.items() if key not in first}}
    if book.bibliography:
        rest["bibliography"] = f"[{', '.join(map(yaml, book.bibliography))}]"
    if book.cover:
        rest["cover"] = f"{{photograph: {yaml(book.cover)}, alt: {yaml(to_write(words.alt))}}}"
    lines = (f"{key}: {text}" for key, text in {**first, "language": book.about.language, **rest}.items())
    chapters = "".join(f"  - {entry_text(entry)}\n" for entry in book.chapters)
    layout, trim = ("reportage", "210x270mm") if book.is_illustrated else ("reader", "us-trade")
    generated = f"generated: [{', '.join(book.generated)}]"
    return _TEXT.format(about="\n".join(lines), layout=layout, trim=trim, chapters=chapters, generated=generated)


_TEXT = """\
# yaml-language-server: $schema=publication.schema.json
# The first line lets your editor check this file and offer its keys. A key that nobody knows is an error.
{about}
status: draft                       # final: what is still to be written ([TK …]) is an error
layout: {layout:<27} # `pressroom layouts` lists the others
chapters:                           # files of book/ in their order
{chapters}  - {generated:<32} # also: contents, photographs, tables, bibliography, index, credits
editions:
  ebook: {{format: epub, pages_from: print, image_px: 1600, max_mb: 50}}
  screen: {{format: pdf, trim: {trim}, standard: PDF/UA-1, image_ppi: 150}}
  print:                            # printer: kdp, ingramspark, lulu, bod or offset fills in what that printer asks for
    {{format: pdf, trim: {trim}, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
     profile: coated-fogra39, image_ppi: 300, min_ppi: 200}}
  # cover: {{format: cover, for: print, caliper: 0.1mm}}   # back, spine and front; caliper is the paper's thickness
"""
