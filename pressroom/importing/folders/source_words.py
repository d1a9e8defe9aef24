"""Source words: the words that a reader of a folder sees, read a second time and without the conversion.

Where it is unsure whether a word is printed, it leaves it out: what is missing from the chapters is reported.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from pressroom.errors import Source
from pressroom.importing.folders.notebooks import cells_of, read_notebook, source_of
from pressroom.importing.folders.source_folder import SourceFolder, is_outside
from pressroom.manuscript import plain_lines

_HEAD = re.compile(r"\A\s*(?:---\n(.*?)\n(?:---|\.\.\.)|\+\+\+\n.*?\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*[\"']?([^|>\n{\[]+?)[\"']?[ \t]*$", re.MULTILINE)
_TEMPLATE = re.compile(r"\{\{.*?\}\}")
_CODE = re.compile(r"^([ \t>]*)(`{3,}|~{3,}).*?(?:^[ \t>]*\2[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_SILENT = (
    re.compile(r"^---\n[A-Za-z][\w-]*:(?:[ \t].*)?\n(?:(?!---|\.\.\.).*\n)*(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    _CODE,
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"^#{1,6}[ \t].*\n\s*:{3,}\s*\{#refs\b.*$", re.MULTILINE),
    re.compile(r"^\s*(?:[*+-]|\d+\.)\s.*\n\s*\{:[^{}\n]*\btoc\b[^{}\n]*\}", re.MULTILINE),
    re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL),
    re.compile(r"\\@ref\([^()]*\)|\(\\#\w+:[\w-]+\)|\((?:PART|APPENDIX)\\?\*?\)|\(ref:[\w-]+\)"),
    re.compile(r"^\s*-+8<-+.*$|^\*\[[^\]\n]+\]:.*$|^///.*$", re.MULTILINE),
    re.compile(r"(?<!\w):(?:material|fontawesome|octicons|simple)-[\w-]+:"),
    re.compile(r"%%.*?%%", re.DOTALL),
    re.compile(r"\{--.+?--\}|\{>>.+?<<\}|\{~~.+?~>|~~\}", re.DOTALL),
    re.compile(r"\A(?:[A-Za-z][\w -]{0,30}:[ \t].*\n)+[ \t]*\n"),
    re.compile(r"^(?:import|export)[ \t].*$|\{/\*.*?\*/\}", re.MULTILINE),
    re.compile(r"^%.*$", re.MULTILINE),
    re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE),
    re.compile(r"^[ \t]*:[\w-]+:.*$", re.MULTILINE),
    re.compile(r"^\s*\([\w:.-]+\)=\s*$", re.MULTILINE),
    re.compile(r"^\+\+\+.*$", re.MULTILINE),
    re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>", re.DOTALL),
    re.compile(r"!\[\[[^\[\]\n]*\]\]"),
    re.compile(r"\S*\{[\w:.+-]+\}`[^`]*`\S*"),
    re.compile(r"`[^`\n]+`(?:\{[^{}\n]*\})?"),
    re.compile(r"\$\$.*?\$\$(?:[ \t]*\([\w:-]+\))?", re.DOTALL),
    re.compile(r"\\[a-zA-Z]+(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*"),
    re.compile(r"\[[^\[\]\n]*\]\{[^{}\n]*\}"),
    re.compile(r"\^[\w-]+[ \t]*$", re.MULTILINE),
    re.compile(r"^(?:[ \t]*#[\w/-]+)+[ \t]*$", re.MULTILINE),
    re.compile(r"(?<!!)\[\[[^\[\]\n|]*(?:\|[^\[\]\n]*)?\]\]"),
    re.compile(r"^\s*\(@[\w-]*\)|\(@[\w-]+\)|^\s*\(?(?:[a-z]{1,3}|\d+|#)[.)]\s", re.MULTILINE),
    re.compile(r"<(video|audio|iframe|object|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE),
    re.compile(r"^\\(?:begin|end)\{.*$", re.MULTILINE),
    re.compile(r"^[ \t]*\[(?!\^)[^\[\]\n]+\]:.*$", re.MULTILINE),
)
"""What no reader sees, or what may be printed in another form."""


def source_words(folder: SourceFolder, files: Iterable[str], chapters: Collection[str] | None = None) -> str:
    """The words of these files, a paragraph on each line. Those that are no `chapters` are included, without title."""
    lines = (line for file in files for line in _words_of(folder, file, is_titled=chapters is None or file in chapters))
    return "\n".join(lines)


def _words_of(folder: SourceFolder, file: str, *, is_titled: bool) -> Iterator[str]:
    text = folder.text(file) or ""
    if PurePosixPath(file).suffix.lower() == ".ipynb":
        text = _of_notebook(text)
    if match := _HEAD.match(text):
        title = _TITLE.search(match[1] or "")
        yield from ([html.unescape(_TEMPLATE.sub("", title[1]))] if title and is_titled else [])
        text = text[match.end() :]
    yield from printed_words(text)


def printed_words(text: str) -> Iterator[str]:
    """The words of a text in Markdown of whatever program, line by line."""
    for silent in _SILENT:
        text = silent.sub(lambda match: "\n" * match[0].count("\n"), text)
    for line in plain_lines(Source("source.md", text)):
        yield " ".join(line.words)


def _of_notebook(text: str) -> str:
    cells = cells_of(read_notebook(text) or {})
    return "\n\n".join(source_of(c) for c in cells if c.get("cell_type") == "markdown")


def with_included(folder: SourceFolder, file: str, pattern: re.Pattern[str]) -> list[str]:
    """A text and the texts that it includes on any way, each once; the first group of the pattern is the name."""
    found = [file]
    for each in found:
        found += (name for name in named_texts(folder, each, pattern) if name not in found)
    return found


def named_texts(folder: SourceFolder, file: str, pattern: re.Pattern[str]) -> list[str]:
    """The files that a text includes, found by a pattern whose first group is the name."""
    names = (match[1].strip() for match in pattern.finditer(folder.text(file) or ""))
    found = (folder.resolve(name, file) for name in names)
    return [each for each in found if each and not is_outside(each) and posixpath.splitext(each)[1] in (".md", ".qmd")]
