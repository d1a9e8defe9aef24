"""Signs in lines as Pandoc and Quarto write them, and our reader does not: each becomes one that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.errors import Severity
from pressroom.importing.folders.critic_markup import accepted
from pressroom.importing.folders.cross_references import anchors_of, plain_words
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code, runs, text_of

_LABEL = r"(?:\\.|[^\[\]\\]|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\])*"
_ALONE = re.compile(
    rf"(\s*)!\[({_LABEL})\]\(\s*(<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)\s*(\{{[^{{}}]*\}})?\s*",
    re.DOTALL,
)
_HAS_ALT = re.compile(r"\b(?:fig-)?alt\s*=")
_RAW = re.compile(r"`([^`\n]*)`\{=(\w+)\}")
_RUN = re.compile(r"`(?:(r|python|julia|ojs)\s+|\{(r|python|julia|ojs)\}\s*)([^`]+)`")
_TRACKED = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\{\.(insertion|deletion|comment-start|comment-end|paragraph-\w+)[^{}]*\}"
)
_DEFINED = re.compile(
    r"^( {0,3}\[[^\]\n]+\]:[ \t]+(?:<[^<>\n]*>|\S+)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?)"
    r"(?:[ \t]+\w+=\"?[\w%.]+\"?)+[ \t]*$",
    re.MULTILINE,
)
"""An address that links call by its name, with attributes as MultiMarkdown has them."""
_BOOKDOWN = re.compile(r"\\@ref\((?:(fig|tab|tbl|eq|sec|thm):)?([\w-]+)\)")
_TEX = re.compile(
    r"(?<![\\\w$])\\(newpage|clearpage|cleardoublepage|pagebreak|linebreak|noindent|bigskip|medskip|smallskip|vfill|hfill"
    r"|vspace|hspace|index|label|setcounter|addcontentsline|appendix|mainmatter|frontmatter|backmatter|tableofcontents"
    r"|listoffigures|listoftables|centering|large|Large|small|LaTeX|TeX)\b\*?(?:\[[^\]\n]*\])?((?:\{[^{}\n]*\})*)"
)
_TEX_REFERENCE = re.compile(r"(?<![\\\w$])\\(ref|autoref|cref|eqref|cite)\{([\w:.-]+)\}")
_NOT_FOR_US = re.compile(r"\s+tbl-colwidths=\"[^\"\n]*\"|(?<=[)\]}])\\[ \t]*(?=\n[ \t]*\n|\Z)")
"""Widths of columns, and the backslash that keeps Pandoc from making a figure of a picture."""
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_MATHS = frozenset("equation align gather multline eqnarray".split())
"""Environments that our reader reads."""
_EXAMPLE = re.compile(r"^(\s*)\(@([\w-]*)\)(?=\s)")
_EXAMPLE_CALLED = re.compile(r"\(@([\w-]+)\)")
_LETTERED = re.compile(r"^(\s*)\(?([a-zA-Z]{1,4}|\d{1,2}|#)[.)](\s+)(?=\S)")
_IMPLICIT = re.compile(r"(?<![\]!\\\w])\[([^\[\]\n@^]+)\](?:\[([^\[\]\n]*)\])?(?![\[({:])")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass
class PandocSigns:
    """Rewrites the signs of one folder. `headings` are the words of all headings, by which links without address go."""

    gathering: Gathering
    headings: dict[str, str] = field(default_factory=dict)
    """Headings of texts that are one for Pandoc, by their words in small letters."""
    examples: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def rewrite(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text with signs that our reader reads."""
        lines = self._numbered(lines)
        lines = changed(lines, _RAW, self._raw, in_spans=True)
        lines = changed(lines, _RUN, self._run, in_spans=True)
        lines = changed(lines, _TRACKED, self._tracked)
        lines = accepted(self.gathering, lines)
        lines = changed(lines, _DEFINED, lambda match, _: match[1])
        lines = changed(lines, _BOOKDOWN, _bookdown_reference)
        lines = changed(lines, _ENVIRONMENT, self._environment)
        lines = changed(lines, _TEX, self._tex)
        lines = changed(lines, _TEX_REFERENCE, lambda m, _: f"[](#{m[2]})" if m[1] != "cite" else f"[@{m[2]}]")
        lines = changed(lines, _NOT_FOR_US, lambda *_: "")
        return self._headings_linked(lines)

    def _raw(self, match: re.Match[str], line: TypedLine) -> str:
        if match[2].startswith("html"):
            return match[1]
        self.gathering.remark("import-raw", line, f"{match[2]}: {match[1]}")
        return ""

    def _run(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-code", line, match[0].strip("`"))
        return f"`{match[3].strip()}`"

    def _tracked(self, match: re.Match[str], line: TypedLine) -> str:
        kind = match[2]
        if kind != "insertion":
            self.gathering.remark("import-comment" if kind.startswith("comment") else "import-deletion", line, match[1])
        return match[1] if kind == "insertion" else ""

    def _environment(self, match: re.Match[str], line: TypedLine) -> str:
        if match[1].rstrip("*") in _MATHS:
            return match[0]
        self.gathering.remark("import-raw", line, match[0])
        return f"<!--\n{match[0].replace('-->', '-- >')}\n-->"

    def _tex(self, match: re.Match[str], line: TypedLine) -> str:
        if match[1] in ("LaTeX", "TeX"):
            return match[1]
        formulas = (each.span() for each in _ENVIRONMENT.finditer(match.string))
        if any(start < match.start() < end for start, end in formulas):
            return match[0]
        self.gathering.remark("import-raw", line, match[0], Severity.ADVICE)
        return ""

    # ---- lists

    def _numbered(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Numbered examples, and lists with letters, as lists with numbers."""
        made: list[TypedLine] = []
        for is_paragraph, run in runs(lines):
            made += self._examples(_with_numbers(run, self.gathering)) if is_paragraph else run
        return changed(
            made, _EXAMPLE_CALLED, lambda m, _: f"({self.examples[m[1]]})" if m[1] in self.examples else m[0]
        )

    def _examples(self, run: Sequence[TypedLine]) -> list[TypedLine]:
        made = []
        for line in run:
            if match := _EXAMPLE.match(line.text):
                self.count += 1
                self.examples |= {match[2]: self.count} if match[2] else {}
                made.append(line.saying(f"{match[1]}{self.count}.{line.text[match.end() :]}"))
            else:
                made.append(line)
        return made

    # ---- links to headings

    def _headings_linked(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Pandoc’s links without an address: `[The road]` leads to the heading of these words."""
        headings = self.headings | headings_in(lines)
        defined = {match[1].casefold() for line in lines if (match := re.match(r" {0,3}\[([^\]]+)\]:", line.text))}

        def linked(match: re.Match[str], _: TypedLine) -> str:
            words = headings.get((match[2] or match[1]).casefold())
            if words is None or (match[2] or match[1]).casefold() in defined:
                return match[0]
            return f"[{match[1]}](#{min(anchors_of(words))})"

        return changed(lines, _IMPLICIT, linked) if headings else lines


def _bookdown_reference(match: re.Match[str], line: TypedLine) -> str:
    """A reference of bookdown; one to a chapter or section has no word before its id."""
    del line
    return f"@{match[1].replace('tab', 'tbl')}-{match[2]}" if match[1] else f"[](#{match[2]})"


def headings_in(lines: Sequence[TypedLine]) -> dict[str, str]:
    """The words of all headings, by the same in small letters."""
    code = is_code(lines)
    matches = (re.match(r"#{1,6}\s+(.*)", line.text) for n, line in enumerate(lines) if not code[n])
    found = (plain_words(match[1]) for match in matches if match)
    return {words.casefold(): words for words in found if words}


def with_captions(lines: list[TypedLine], gathering: Gathering) -> list[TypedLine]:
    """A picture that is a paragraph of its own has its caption in the brackets; ours has it on the line below."""
    made: list[TypedLine] = []
    for is_paragraph, run in runs(lines):
        match = _ALONE.fullmatch(text_of(run)) if is_paragraph else None
        if not match or not match[2].strip() or _HAS_ALT.search(match[5] or ""):
            made += run
            continue
        space, caption, address, title, braces = match.groups()
        if title and title.strip("\"' \n") not in caption:
            gathering.remark("import-picture-title", run[0], title.strip())
        made.append(run[0].saying(f"{space}![]({address}){braces or ''}"))
        made.append(run[0].saying(space + " ".join(caption.split())))
    return made


def _with_numbers(run: Sequence[TypedLine], gathering: Gathering) -> Sequence[TypedLine]:
    """A paragraph that is a list with letters, Roman numerals, (1) or #. as one with numbers. Braces above it say which
    letters they were.
    """
    marks = [_LETTERED.match(line.text) for line in run]
    items = [(n, m) for n, m in enumerate(marks) if m and not re.fullmatch(r"\s*\d+[.)]\s+", m[0])]
    names = [match[2] for _, match in items]
    if not items or items[0][0] != 0 or not _counts(names):
        return run
    if not all(match[0].rstrip().endswith(f"{match[2]}.") and "(" not in match[0] for _, match in items):
        gathering.remark("import-list", run[0], run[0].text, Severity.ADVICE)
    made = list(run)
    for number, (n, match) in enumerate(items, 1):
        made[n] = run[n].saying(f"{match[1]}{number}.{match[3]}{run[n].text[match.end() :]}")
    is_counted = names[0] in ("a", "A", "i", "I")
    return [run[0].saying(f"{run[0].indent}{{type={names[0]}}}"), *made] if is_counted else made


def _counts(names: Sequence[str]) -> bool:
    """Whether signs of items count: a, b, c or i, ii, iii or 1, 2, 3; a lone letter is none."""
    lower = [name.lower() for name in names]
    if set(lower) == {"#"}:
        return True
    orders: Mapping[str, Sequence[str]] = {
        "a": "abcdefghijklmnopqrstuvwxyz",
        "i": _ROMAN,
        "1": [*map(str, range(1, 99))],
    }
    order = orders.get(lower[0], ())
    return len(lower) > 1 and list(order[: len(lower)]) == lower
