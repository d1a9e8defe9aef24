"""A second, independent reading of a source: its words line by line, with all signs stripped and no Markdown parsed.

`preflight` looks for these words in what is printed. It shares nothing with the first reading, so that a fault of that
one, or of its parser, cannot hide itself. Where it is unsure whether a sign is printed, it leaves the words out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from pressroom.errors import Source
from pressroom.language.words import TABLE_WORDS

_SILENT_SIGNS = str.maketrans("", "", "*_~`\u00ad\u200b\u2060\ufeff")
"""Signs that may stand inside a word without parting it."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: each letter counts as a word."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


_TIMES = re.compile(r"(?<=\d)\s?[xх×]\s?(?=\d)")
"""A sign between numbers that typography makes a multiplication sign: 5x3, 5 x 3."""


def words_of(text: str) -> list[str]:
    """The words of a text, without case, hyphenation and the signs of emphasis."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(_TIMES.sub(" ", text.translate(_SILENT_SIGNS).casefold()))


class SourceLine(NamedTuple):
    """The words of a line that are printed."""

    line: int
    words: tuple[str, ...]
    editions: frozenset[str] | None = None
    """The editions that print them; None for all."""


@lru_cache(maxsize=1024)
def plain_lines(source: Source) -> tuple[SourceLine, ...]:
    """The lines of a source that have words to be printed, with these words. Every edition asks: they are read once."""
    return tuple(_plain_lines(source))


def _plain_lines(source: Source) -> Iterator[SourceLine]:
    if PurePosixPath(source.file).suffix.lower() == ".txt":
        for number, text in enumerate(source.lines, 1):
            yield SourceLine(number, tuple(words_of(_TEMPLATE.sub(" ", text))))
        return
    lines = [*_plain_code(_without_settings(source.lines))]
    editions = [*_editions_of(lines)]
    _settle_notes(lines, editions)
    for number, text in enumerate(_stripped("\n".join(lines)).split("\n"), 1):
        if words := words_of(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text)):
            yield SourceLine(number, tuple(words), editions[number - 1])


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w+);")
"""An entity as Markdown knows it: browsers also take one without its semicolon."""
_BLOCK = re.compile(r"^[ \t>]*:{3,}(.*)$")
_BLOCK_NAME = re.compile(r"^\s*[\w-]*|\{[^{}]*\}|:")
_ONLY = re.compile(r"^only\b.*\bedition\s*=\s*[\"']?([\w ,-]+)")


def _editions_of(lines: list[str]) -> Iterator[frozenset[str] | None]:
    """The editions that print each line; of a line that opens a block, its title is left in `lines`."""
    open_blocks: list[frozenset[str] | None] = []
    for n, text in enumerate(lines):
        if match := _BLOCK.match(text):
            _follow(match[1].strip(), open_blocks)
            lines[n] = _CALL.sub("", _BLOCK_NAME.sub("", match[1]))  # a title calls no notes
        among = [each for each in open_blocks if each is not None]
        yield frozenset.intersection(*among) if among else None


def _follow(head: str, open_blocks: list[frozenset[str] | None]) -> None:
    """Follow the opening or closing line of a block."""
    if head.strip(":"):
        match = _ONLY.match(head)
        open_blocks.append(frozenset(re.split(r"[\s,]+", match[1].strip())) if match else None)
    elif open_blocks:
        open_blocks.pop()


# ---- stripping


@dataclass(frozen=True)
class _Strip:
    """A sign and what is printed of it."""

    pattern: re.Pattern[str]
    printed: str | Callable[[re.Match[str]], str] = ""


def _strip(pattern: str, printed: str | Callable[[re.Match[str]], str] = "", flags: int = 0) -> _Strip:
    return _Strip(re.compile(pattern, re.MULTILINE | flags), printed)


def _without_formula(match: re.Match[str]) -> str:
    """What is printed of escaped brackets: a formula of TeX is not."""
    return " " if re.search(r"[\\^_=+<>]", match[1]) else match[0]


def _without_sums(match: re.Match[str]) -> str:
    """What is printed of signs of dollars: words between two prices are, a formula is not."""
    is_prose = re.search(r"[A-Za-z]{2,},?\s+[A-Za-z]{2,}", match[0]) and not re.search(r"[\\^_={}]", match[0])
    return match[0] if is_prose else " "


_TEMPLATE = re.compile(r"\{\{.{0,500}?\}\}")
"""A variable, or an instruction of another program."""
_OF_FORMULA = r"\\.|[^$\\\n]|\n(?![ \t]*\n)"
"""A character of a formula, which no blank line parts."""
_KEY_CITED = r"-?@(?:\{[^{}\s]+\}|\w+(?:[:.#$%&+?<>~/-]\w+)*)"
_ATTRIBUTE = r"(?:[#.][^\s{}\"]+|[\w:-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+)|-)"
_BRACES = rf"\{{\s*:?\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}"
_PARTING = "br|p|div|li|td|th|tr|h[1-6]|hr|ul|ol|dl|dt|dd|table|section|blockquote|pre|caption|footer|figure|figcaption"
_STRIPS: Sequence[_Strip] = (
    _strip(r"<!--.*?(?:-->|\Z)", flags=re.DOTALL),
    _strip(r"<(script|style|math|svg|title|head|textarea|select|video|audio|object|iframe)\b.*?(?:</\1\s*>|\Z)",
           flags=re.DOTALL | re.IGNORECASE),
    _strip(r"\\[(\[]((?:(?!\\[()\[\]])[^\n]){1,300})\\[)\]]", _without_formula),
    _strip(r"\$\$.{0,4000}?\$\$", " ", re.DOTALL),
    _strip(rf"(?<![\w$\\])\$(?=[^\s$])(?:{_OF_FORMULA}){{1,3000}}(?<=[^\s$])\$(?=(?:st|nd|rd|th|s)\b|[^\w$]|$)",
           _without_sums),
    _strip(r"\\begin\{([^{}\n]*)\}.{0,4000}?\\end\{\1\}", " ", re.DOTALL),
    _strip(r"\\[A-Za-z](?:\w|\\_)*(?:\{[^{}\n]*\})*", " "),
    _strip(r"%%[^%]*%%", " "),
    _strip(r"^[ \t>]{0,8}\[[^\[\]\n^]+\]:[ \t]*\n?[ \t]*[^\s{]*\{\{[^{}\n]*\}\}[^\n]*$", " "),
    _Strip(_TEMPLATE, " "),
    _strip(r"!\[\[[^\[\]\n]*\]\](?!\()", " "),
    _strip(r"(?<!!)\[\[(?:[^\[\]\n|]*\|)?([^\[\]\n]*)\]\]", r" \1 "),
    _strip(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>", r" \1 "),
    _strip(r"!\[[^\n]{0,1000}?\][ \t]?\([^()\n]*\.(?:jpe?g|png|gif|svg|tiff?|webp|avif|heic)[^()\n]*\)", " ",
           flags=re.IGNORECASE),
    _strip(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])?", " "),
    _strip(r"^[ \t>]{0,8}\[\^[^\[\]\n]+\]\s?[:：]", " "),
    _strip(r"^[ \t>]{0,8}\[[^\[\]\n^]+\]:[ \t]*\n?[ \t]*\S+[^\n]*$", " "),
    _strip(r"\[\^[^\[\]\n]*\]", " "),
    _strip(r"\]\(\s*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)\s*(?:[\"'(][^\n]{0,500}?[\"')])?\s*\)", "] "),
    _strip(r"(\[[^\[\]\n]*\])\[[^\[\]\n]+\]", r"\1 "),
    _strip(r"\[(?:[^\[\]\n]|\n(?![ \t]*\n)){0,500}(?<![\w.])-?@[\w{][^\[\]]{0,1000}\]", " "),
    _strip(rf"(?<![\w.@/]){_KEY_CITED}(?: \[[^\[\]@\n]+\](?![(\[{{:]))?", " "),
    _strip(r"\[[^\[\]\n]*\]\{[^{}\n]*\.only\b[^{}\n]*\}", " "),
    _strip(_BRACES, " "),
    _strip(r"<<[a-z_#][\w#.-]*>>", " "),
    _strip(rf"</?(?:{_PARTING})\b[^<>]*>", " ", re.IGNORECASE),
    _strip(r"(?<!<)</?[A-Za-z][\w:-]*(?:\s[^<>]*|/)?>"),
    _strip(r"^(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\](?=[ \t])", " "),
    _strip(r"^[ \t>]*(?:[-*+][ \t]+)?(?:\d{1,9}[.)](?=[ \t]|$)|\[[ xX]\](?=[ \t]))", " "),
    _strip(r"^[ \t>]*\[!\w[\w-]*\][+-]?", " "),
    _strip(r"^\[{1,2}_?toc_?\]{1,2}$", " ", re.IGNORECASE),
    _strip(rf"^[ \t>]*(?:(?:Figure|{'|'.join(TABLE_WORDS)})?[ \u00a0]?:[ \t]|表：)", " ", re.IGNORECASE),
    _strip(r"^[ \t]*!!![ \t]*(?:[\w-]+(?:[ \t]+[\w-]+)*[ \t]+(?=[\"“])|[\w-]+)|^[ \t]*\.\. [\w-]+::", " "),
    _strip(r"\\([!-/:-@\[-`{-~])", r"\1"),
)  # fmt: skip
"""What no reader sees, in the order in which it is taken off."""
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.{1,1000}?)(?<!`)\1(?!`)", re.DOTALL)
_FENCE = re.compile(r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}|~{3,})([^`\n]*)$")
_SIGNS_IN_CODE = str.maketrans(dict.fromkeys("<>{}[]()@$\\&%!|:^", " "))


def _stripped(text: str) -> str:
    """A Markdown text without its signs, on the same lines."""
    text = _CODE_SPAN.sub(lambda code: code[2].translate(_SIGNS_IN_CODE), text)
    for strip in _STRIPS:
        text = strip.pattern.sub(_on_its_lines(strip.printed), text)
    return text


def _on_its_lines(printed: str | Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """What is printed of a match, with the line ends of the match."""

    def replaced(match: re.Match[str]) -> str:
        new = match.expand(printed) if isinstance(printed, str) else printed(match)
        return new + "\n" * (match[0].count("\n") - new.count("\n"))

    return replaced


_MULTIMARKDOWN = re.compile(r"(?:Title|Author|Format|Base Header Level):[ \t]*\S")
_KEY = re.compile(r"[\w-]+\s*[:=]")


def _without_settings(lines: list[str]) -> list[str]:
    """The lines with front matter left out: its values are looked for by their keys."""
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.strip().startswith("<!--")), 0)
    opening = lines[start].rstrip() if lines else ""
    if (
        not start
        and len(lines) > 1
        and _MULTIMARKDOWN.match(opening)
        and re.match(r"[A-Z][\w -]*:[ \t]*\S|\s+\S", lines[1])
    ):
        end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
        return [""] * end + lines[end:]
    if opening not in ("---", "+++") or (start and not _KEY.match(lines[min(start + 1, len(lines) - 1)])):
        return lines
    ends = ("---", "...") if opening == "---" else ("+++",)
    end = next((n for n, line in enumerate(lines[start + 1 :], start + 1) if line.rstrip() in ends), 0)
    return [""] * (end + 1) + lines[end + 1 :] if end else lines


def _plain_code(lines: Sequence[str]) -> Iterator[str]:
    """The lines with the fences of code left out, and with no sign in code."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if not fence and match:
            fence = match[1]
            yield ""
        elif fence and match and match[1].startswith(fence) and not match[2].strip():
            fence = ""
            yield ""
        else:
            yield line.translate(_SIGNS_IN_CODE) if fence else line


_NOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]\s?[:：]")
_CALL = re.compile(r"\[\^([^\]\n]+)\]")


def _notes_in(lines: Sequence[str]) -> Iterator[tuple[str, range]]:
    """The notes by their labels, with the lines that each stands on."""
    starts = [n for n, line in enumerate(lines) if _NOTE.match(line)]
    for start in starts:
        end, is_after_blank = start + 1, False
        while end < len(lines) and not _NOTE.match(lines[end]) and not (is_after_blank and lines[end][:1].strip()):
            is_after_blank = not lines[end].strip()
            end += 1
        match = _NOTE.match(lines[start])
        assert match
        yield match[1], range(start, end)


def _settle_notes(lines: list[str], editions: list[frozenset[str] | None]) -> None:
    """Give each note the editions that call it. One that is called nowhere goes: `note-unused` reports it."""
    notes = list(_notes_in(lines))
    calls: dict[str, list[frozenset[str] | None]] = {label: [] for label, _ in notes}
    for line, among in zip(lines, editions, strict=True) if notes else ():
        for match in _CALL.finditer(line):
            if match[1] in calls and not (match.start() < 4 and _NOTE.match(line)):
                calls[match[1]].append(among)
    for label, inside in notes:
        some = [each for each in calls[label] if each is not None]
        among = frozenset.union(*some) if some and len(some) == len(calls[label]) else None
        for n in inside:
            lines[n] = lines[n] if calls[label] else ""
            editions[n] = among
