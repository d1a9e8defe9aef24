"""Texts of MkDocs: what extensions of Python-Markdown write becomes what our reader reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.errors import Severity
from pressroom.importing.folders.critic_markup import accepted
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.inclusions import Inclusions
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code, typed, unindented

SNIPPET = re.compile(r"^\s*-{1,}8<-{1,}\s+\"([^\"\n]+)\"\s*$", re.MULTILINE)
_FOLDED = re.compile(r"^(\s*)\?\?\?\+?(\s+\w)")
_TAB = re.compile(r"^(\s*)===\+?!?\s+\"([^\"]*)\"\s*$")
_KEYS = re.compile(r"\+\+([A-Za-z0-9\"-]+(?:\+[A-Za-z0-9\"-]+)*)\+\+")
_INSERTED = re.compile(r"\^\^(?=\S)([^^\n]+?)(?<=\S)\^\^")
_ICON = re.compile(r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^{}\n]*\})?[ \t]?")
_ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:\s*(.*)$")
_BRACES = re.compile(r"(?<=[\])\w*_`])\{:?\s*([^{}\n]*?)\s*\}")
_OF_LOOKS = re.compile(
    r"(?:^|\s)(?:\.md-[\w-]+|align=\w+|loading=\w+|target=\S+|data-[\w-]+(?:=\S+)?|markdown(?:=\S+)?)"
)
_FIGURE = re.compile(
    r"<figure\b[^<>]*>\s*(!\[[^\n]*)\s*(?:<figcaption\b[^<>]*>(.*?)</figcaption>)?\s*</figure>",
    re.DOTALL | re.IGNORECASE,
)
_CAPTION = re.compile(r"^///\s*(?:figure-)?caption\b.*$")


@dataclass(frozen=True)
class MkdocsTexts:
    """Rewrites the texts of a site."""

    gathering: Gathering

    def written(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text with signs that our reader reads."""
        self.gathering.inclusions = 0
        lines = [self._beside(line) for line in lines]
        lines = Inclusions(self.gathering, SNIPPET, self._snippet).into(lines, (lines[0].file,) if lines else ())
        lines = self._tabs([line.saying(_FOLDED.sub(r"\1!!!\2", line.text)) for line in lines])
        lines = _abbreviated(_captioned(lines))
        lines = changed(lines, _FIGURE, _as_figure)
        lines = [self._without_contents(line) for line in accepted(self.gathering, lines)]
        lines = changed(
            lines, _KEYS, lambda match, _: "+".join(f"<kbd>{_key(key)}</kbd>" for key in match[1].split("+"))
        )
        lines = changed(lines, _INSERTED, lambda match, _: match[1])
        lines = changed(lines, _ICON, self._icon)
        return changed(lines, _BRACES, lambda match, _: _plain_braces(match[1]))

    def _beside(self, line: TypedLine) -> TypedLine:
        """A line with the address of a snippet from its text, which MkDocs counts from the folder of its settings."""
        match = SNIPPET.match(line.text)
        if match is None or self.gathering.folder.file_of(match[1]) is None:
            return line
        way = posixpath.relpath(match[1], posixpath.dirname(line.file))
        return line.saying(line.text.replace(match[1], way))

    def _snippet(self, match: re.Match[str], line: TypedLine, file: str) -> list[TypedLine] | None:
        del match, line
        text = self.gathering.folder.text(file)
        return typed(file, text.rstrip("\n")) if text is not None else None

    def _without_contents(self, line: TypedLine) -> TypedLine:
        if line.text.strip().lower() not in ("[toc]", "[[toc]]"):
            return line
        self.gathering.remark("import-contents", line, line.text.strip(), Severity.ADVICE)
        return line.saying("")

    def _icon(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-icon", line, match[0].strip(), Severity.ADVICE)
        return ""

    def _tabs(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Tabs as passages below one another, each under its title."""
        made: list[TypedLine] = []
        code, n = is_code(lines), 0
        while n < len(lines):
            match = None if code[n] else _TAB.match(lines[n].text)
            if match is None:
                made.append(lines[n])
                n += 1
                continue
            end = _end_of_inner(lines, n, len(match[1]) + 4)
            self.gathering.remark("import-tabs", lines[n], match[2], Severity.ADVICE)
            inner = [line.saying(match[1] + line.text) for line in unindented(lines[n + 1 : end])]
            made += [lines[n].saying(f"{match[1]}**{match[2]}**"), lines[n].saying(""), *self._tabs(inner)]
            made.append(lines[n].saying(""))
            n = end
        return made


def _end_of_inner(lines: Sequence[TypedLine], start: int, indent: int) -> int:
    """The first line behind what is set in below a line."""
    for n in range(start + 1, len(lines)):
        if not lines[n].is_blank and len(lines[n].indent) < indent:
            return n
    return len(lines)


def _key(name: str) -> str:
    return name.strip('"') if name.startswith('"') else name.capitalize() if len(name) > 1 else name.upper()


def _as_figure(match: re.Match[str], line: TypedLine) -> str:
    del line
    caption = " ".join((match[2] or "").split())
    return match[1].strip() + (f"\n{caption}" if caption else "")


def _plain_braces(inside: str) -> str:
    """What stands in braces without what only a web page does with it."""
    kept = " ".join(_OF_LOOKS.sub(" ", inside).split())
    return f"{{{kept}}}" if kept else ""


def _captioned(lines: list[TypedLine]) -> list[TypedLine]:
    """Captions between `/// caption` and `///` as the line under their picture."""
    made: list[TypedLine] = []
    code, is_inside = is_code(lines), False
    for n, line in enumerate(lines):
        if not code[n] and not is_inside and _CAPTION.match(line.text):
            is_inside = True
            while made and made[-1].is_blank:
                made.pop()
        elif is_inside and line.text.strip() == "///":
            is_inside = False
            made.append(line.saying(""))
        elif not (is_inside and line.is_blank):
            made.append(line)
    return made


def _abbreviated(lines: list[TypedLine]) -> list[TypedLine]:
    """Words that the text explains once, as HTML has them."""
    code = is_code(lines)
    found = {m[1]: m[2] for n, each in enumerate(lines) if not code[n] and (m := _ABBREVIATION.match(each.text))}
    if not found:
        return lines
    kept = [line for n, line in enumerate(lines) if code[n] or not _ABBREVIATION.match(line.text)]
    words = re.compile(rf"(?<![\w\[<\"])(?:{'|'.join(map(re.escape, found))})(?![\w\]\"])")
    return changed(kept, words, lambda match, _: f'<abbr title="{found[match[0]]}">{match[0]}</abbr>')
