"""Bookdown: a book of R Markdown with `_bookdown.yml`. Its parts and appendices are headings of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pressroom.importing.brought import Brought
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.cross_references import plain_words
from pressroom.importing.folders.front_matter import split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.heading_chapters import chapters_at_headings
from pressroom.importing.folders.ordered_files import OrderedFile, listed
from pressroom.importing.folders.quarto import QuartoReader
from pressroom.importing.folders.source_folder import SourceFolder, is_outside, read_folder_files
from pressroom.importing.folders.source_words import source_words
from pressroom.importing.folders.title_pages import Bibliographies, title_page
from pressroom.importing.folders.typed_lines import TypedLine, is_code, typed

SETTINGS = "_bookdown.yml"
_PART = re.compile(r"#\s+\((PART|APPENDIX)\\?\*?\)\s*(.*?)\s*(?:\{[^{}]*\})?\s*$")
_TEXT_REFERENCE = re.compile(r"^\((ref:[\w-]+)\)\s+(\S.*)$")
_CALLED_REFERENCE = re.compile(r"\((ref:[\w-]+)\)")
_LABEL = re.compile(r"\(\\#(fig|tab|eq|thm|lem|def|exm|exr|cor|prp|cnj):([\w-]+)\)\s*")
_BOX = re.compile(r"^(:{3,})\s*\{\.(theorem|lemma|corollary|proposition|definition|example|exercise)\s+#([\w-]+)(.*)\}")
_CALLOUT = re.compile(r"^(:{3,}\s*)\{\.rmd(note|tip|warning|caution|important)\}")
_NOT_IN_HEADS = {ord('"'): "”", ord("`"): None}
"""Signs that the head of a block of code cannot hold."""
_ONLY_CODE = re.compile(r"^`r\s[^`]*`\s*$")
_PREFIXES = {
    "theorem": "thm", "lemma": "lem", "corollary": "cor", "proposition": "prp", "definition": "def",
    "example": "exm", "exercise": "exr",
}  # fmt: skip


def read_bookdown(root: Path) -> Brought:
    """All that a book of bookdown gives. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    files = list(_ordered(folder))
    gathering = Gathering(folder)
    texts = {file: split_head(typed(file, folder.text(file) or ""), folder) for file in files}
    first = files[0] if files else SETTINGS
    facts = texts[first][0] if files else {}
    works = Bibliographies(gathering)
    works.add(facts.get("bibliography"), first)
    works.add_style(facts.get("csl") or facts.get("biblio-style"), first)
    reader = QuartoReader(gathering, facts, works)
    read = (
        reader.of_lines(OrderedFile(file), {} if file == first else head, _with_own_signs(lines, gathering))
        for file, (head, lines) in texts.items()  # the head of the first file is the whole book’s
    )
    documents = list(_in_parts(read))
    about = title_page(gathering, facts, first, works.names)
    return assemble(gathering, documents, about, source_words(folder, files), tuple(works.extras.values()))


def _ordered(folder: SourceFolder) -> Iterator[str]:
    """The files that `_bookdown.yml` names, or all, the index first. What is named and not there is noted."""
    settings = folder.yaml(SETTINGS)
    named = settings.get("rmd_files")
    if isinstance(named, Mapping):  # by the format that is made
        named = named.get("epub") or next(iter(named.values()), [])
    for name in map(words_in_head, listed(named)):
        found = folder.resolve(name, SETTINGS)
        if found is None or is_outside(found):
            folder.remark("import-outside" if found else "import-file-missing", SETTINGS, name)
        else:
            yield found
    if not named:
        below = [words_in_head(each) for each in listed(settings.get("rmd_subdir")) if isinstance(each, str)]
        files = [file for file in folder.below("", (".rmd", ".qmd")) if _is_chapter(file, below)]
        yield from sorted(files, key=lambda file: not file.lower().startswith("index."))


def _is_chapter(file: str, below: Sequence[str]) -> bool:
    inside, _, name = file.rpartition("/")
    return not name.startswith("_") and (not inside or inside in below)


# ---- parts


def _in_parts(documents: Iterable[SourceDocument]) -> Iterator[SourceDocument]:
    """The chapters of all files, with the parts that begin with them; those of the appendix have its role."""
    part = role = ""
    for document in documents:
        code = is_code(document.lines)
        marks = {n: m for n, each in enumerate(document.lines) if not code[n] and (m := _PART.match(each.text))}
        waiting = [(document.lines[n].line, match) for n, match in marks.items()]
        kept = tuple(line for n, line in enumerate(document.lines) if n not in marks)
        for chapter in chapters_at_headings(replace(document, lines=kept)):
            first = next((line.line for line in chapter.lines if not line.is_blank), 0)
            while waiting and waiting[0][0] < first:
                part, role = _opened(waiting.pop(0)[1])
            if first:
                yield replace(chapter, part=part, role=chapter.role or role)
                part = ""
        for _, match in waiting:
            part, role = _opened(match)


def _opened(match: re.Match[str]) -> tuple[str, str]:
    """The title of a part, and the role of its chapters."""
    return plain_words(match[2]) or "Appendices", "appendix" if match[1] == "APPENDIX" else ""


# ---- signs


def _with_own_signs(lines: Sequence[TypedLine], gathering: Gathering) -> list[TypedLine]:
    """A text without the signs that bookdown alone has: texts with names, labels in brackets, boxes of theorems."""
    texts = {match[1]: match[2] for line in lines if (match := _TEXT_REFERENCE.match(line.text))}
    made: list[TypedLine] = []
    for line in lines:
        if _TEXT_REFERENCE.match(line.text):
            continue
        if _ONLY_CODE.match(line.text):
            gathering.remark("import-code", line, line.text.strip("`"))
            continue
        text = _CALLED_REFERENCE.sub(lambda match: texts.get(match[1], match[0]).translate(_NOT_IN_HEADS), line.text)
        text = _BOX.sub(lambda m: f"{m[1]} {{#{_prefixed(_PREFIXES[m[2]], m[3])}{m[4]}}}", text)
        text = _CALLOUT.sub(r"\1{.callout-\2}", text)
        made.append(line.saying(_labelled(text)))
    return made


def _prefixed(prefix: str, id: str) -> str:
    return id if id.startswith(f"{prefix}-") else f"{prefix}-{id}"


def _labelled(text: str) -> str:
    """A line whose label stands as ours does: behind a caption, or in an equation as TeX has it."""
    match = _LABEL.search(text)
    if match is None:
        return text
    id = f"{match[1].replace('tab', 'tbl')}-{match[2]}"
    rest = _LABEL.sub("", text, count=1)
    return f"{rest}\\label{{{id}}}" if match[1] == "eq" else f"{rest.rstrip()} {{#{id}}}"
