"""Typed lines: lines that know the file and line that they were typed on, also after a file was included. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_CODE_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^`\n]*)$")
_COMMENT = re.compile(r"\s*<!--(?!.*-->)")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class TypedLine:
    """A line with its place in the source."""

    text: str
    file: str
    """The path below the folder, with forward slashes."""
    line: int
    """Its number, counted from 1."""

    def saying(self, text: str) -> TypedLine:
        """Another text at the same place."""
        return replace(self, text=text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but spaces stands on it."""
        return not self.text.strip()

    @property
    def indent(self) -> str:
        """The spaces at its beginning."""
        return self.text[: len(self.text) - len(self.text.lstrip())]


Lines = Sequence[TypedLine]
Rewriting = Callable[[re.Match[str], TypedLine], str]
"""What a match becomes; the line is that on which it begins."""


def typed(file: str, text: str, first: int = 1) -> list[TypedLine]:
    """The lines of a text."""
    return [TypedLine(line, file, n) for n, line in enumerate(text.split("\n"), first)]


def text_of(lines: Iterable[TypedLine]) -> str:
    """The text of lines."""
    return "\n".join(line.text for line in lines)


def is_code(lines: Lines) -> list[bool]:
    """For each line whether it belongs to fenced code or to a comment of several lines; their first and last do."""
    fence = ""
    is_comment = False
    found: list[bool] = []
    for line in lines:
        match = _CODE_FENCE.match(line.text)
        if not fence and (is_comment or _COMMENT.match(line.text)):
            is_comment = "-->" not in line.text
            found.append(True)
            continue
        if not fence and match:
            fence = match[1]
            found.append(True)
            continue
        found.append(bool(fence))
        if fence and match and match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return found


def runs(lines: Lines) -> Iterator[tuple[bool, list[TypedLine]]]:
    """Paragraphs, each a run of lines between blank ones, code or fences; and what stands between, with False."""
    run: list[TypedLine] = []
    for line, code in zip(lines, is_code(lines), strict=True):
        if not code and not line.is_blank and not line.text.lstrip().startswith(":::"):
            run.append(line)
            continue
        if run:
            yield True, run
            run = []
        yield False, [line]
    if run:
        yield True, run


def changed(lines: Lines, pattern: re.Pattern[str], change: Rewriting, *, in_spans: bool = False) -> list[TypedLine]:
    """Lines in which what matches is changed, paragraph by paragraph. Code stays, unless `in_spans` asks for it."""
    if not pattern.search(text_of(lines)):  # most signs are in few texts
        return list(lines)
    made: list[TypedLine] = []
    for is_paragraph, run in runs(lines):
        made += _changed_run(run, pattern, change, in_spans) if is_paragraph else run
    return made


def _changed_run(run: Lines, pattern: re.Pattern[str], change: Rewriting, in_spans: bool) -> Lines:  # noqa: FBT001 - private
    text = text_of(run)
    matches = list(pattern.finditer(text))
    if not matches:
        return run
    spans = [] if in_spans else [code.span() for code in _SPAN.finditer(text)]
    made = [run[0].saying("")]
    n = end = 0
    for match in matches:
        if match.start() < end or any(start <= match.start() < stop for start, stop in spans):
            continue
        n = _add(made, run, n, text[end : match.start()])
        new = change(match, run[n]).split("\n")
        made[-1] = made[-1].saying(made[-1].text + new[0])
        made += [run[n].saying(each) for each in new[1:]]
        n += match[0].count("\n")
        end = match.end()
    _add(made, run, n, text[end:])
    return made


def _add(made: list[TypedLine], run: Lines, n: int, text: str) -> int:
    """Add a text that stays as it is, and say on which line of the run it ends."""
    first, *others = text.split("\n")
    made[-1] = made[-1].saying(made[-1].text + first)
    for each in others:
        n += 1
        made.append(run[n].saying(each))
    return n


def apart(lines: Lines) -> list[TypedLine]:
    """Lines with a blank one before and after, so that they are blocks of their own."""
    if not lines:
        return []
    return [lines[0].saying(""), *lines, lines[-1].saying("")]


def trimmed(lines: Lines) -> list[TypedLine]:
    """Lines without the blank ones at the beginning and the end."""
    kept = [n for n, line in enumerate(lines) if not line.is_blank]
    return list(lines[kept[0] : kept[-1] + 1]) if kept else []


def closed_up(lines: Lines) -> list[TypedLine]:
    """Lines with one blank line where there are several; code keeps all."""
    code = is_code(lines)
    return [line for n, line in enumerate(lines) if code[n] or not (n and line.is_blank and lines[n - 1].is_blank)]


def unindented(lines: Lines) -> list[TypedLine]:
    """Lines without the spaces that all of them begin with."""
    least = min((len(line.indent) for line in lines if not line.is_blank), default=0)
    return [line.saying(line.text[least:]) for line in lines]
