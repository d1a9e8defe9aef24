"""Signs of lists and dialogues that are typed by hand: lines that begin alike, and would run together."""

from __future__ import annotations

import re
from itertools import pairwise

_DIGIT = r"[\d\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"
_HAN = "一二三四五六七八九十"
_NUMBERS = tuple(
    map(
        re.compile,
        (
            rf"\(?{_DIGIT}{{1,2}}(?:[.)\u2024]\s|[．、）])",
            r"\d{1,2}\.\d{1,2}\.?\s",
            rf"（[{_HAN}\d]{{1,3}}）|[{_HAN}]{{1,3}}、",
            r"[\u2460-\u2473\u24b6-\u24e9]",
            r"\d{1,2}[.)](?=[^\W\d_]{2})",
        ),
    )
)
"""How lines of numbered lists begin, in any digits: `1.`, `(2)`, `१.`, `1.1`, `（一）`, `①`, `1.One`."""
_BULLET = re.compile(r"[•◦▪▫■□●○◆◇‣⁃∙·・※►▶➤→⇒✓✔✗✘☐☑]\s*(?=[^\W_])")
_TOUCHING = re.compile(r"[-+](?=[^\W\d_])|\*(?=[^\W\d_])[^*]*$")
"""A bullet of Markdown that touches its words: `-one`."""
_DASH = re.compile(r"[–—―]\s*(?=\S)")
_ALPHABETS = ("ab", "аб", "αβ", "אב", "أب", "աբ", "აბ")
_LETTER = re.compile(r"\(?(?i:([^\W\d_])|(i{1,2}))[.)\u2024]\s")
_NAMED = re.compile(r"[A-Z]\. .*(?:,| (?:and|or|und|oder|et|ou|y|e|i|en|och|og|&))$")
"""A line that begins with the initial of a person, and names another on the next: “A. Smith and”."""
QUESTION = re.compile(r"\*{0,2}[QFP]\d{0,3}\*{0,2}:\*{0,2}\s")
"""How the question of an interview begins: `Q:`, `**Q:**`, in German F, in Spanish P."""
_ANSWER = re.compile(r"\*{0,2}[AR]\d{0,3}\*{0,2}:\*{0,2}\s")
_HARD_ENDS = ("\\", "  ", "<br>", "<br/>")


def run_together(paragraph: str) -> str:
    """The first line of a list or dialogue that would run together in a paragraph, as it was typed; or nothing."""
    lines = [line.lstrip() for line in paragraph.split("\n")]
    for above, below in pairwise(lines):
        if not above.endswith(_HARD_ENDS) and _begin_alike(above, below):
            return above
    if any(line.endswith(_HARD_ENDS) for line in lines[:-1]):
        return ""
    if _is_lettered(lines) or any(_are_numbered(lines[0], line) for line in lines[2:20]):
        return lines[0]
    inner = (line for line, below in pairwise(lines[1:]) if line[:1].islower() and _is_lettered([line, below]))
    if first := next(inner, ""):
        return first
    led_in = (n for n, above in enumerate(lines[:-1], 1) if above.rstrip().endswith((":", ",", ";")))
    return next((lines[n] for n in led_in if _is_lettered(lines[n:])), "")


def _begin_alike(above: str, below: str) -> bool:
    """Whether two lines begin as two items of a list, as two speeches, or as a question and its answer."""
    if _are_numbered(above, below) or (QUESTION.match(above) and _ANSWER.match(below)):
        return True
    if _BULLET.match(above) and _BULLET.match(below):
        return above[0] == below[0] or {above[0], below[0]} <= set("✓✔✗✘☐☑")
    if _TOUCHING.match(above) and _TOUCHING.match(below):
        return above[0] == below[0]
    return bool(_DASH.match(above) and _DASH.match(below)) and _is_speech(above) == _is_speech(below)


def _are_numbered(above: str, below: str) -> bool:
    return any(number.match(above) and number.match(below) for number in _NUMBERS)


def _is_speech(line: str) -> bool:
    """Whether the first letter of a line is a capital; after a dash, a small one may go on with the line above."""
    return next((letter.isupper() for letter in line if letter.isalpha()), False)


def _is_lettered(lines: list[str]) -> bool:
    """Whether the first line has the first letter of an alphabet before it, and a later one the second."""
    first = _LETTER.match(lines[0])
    if first is None or _NAMED.match(lines[0]):
        return False
    seconds = {letters[1] for letters in _ALPHABETS if first[1] and letters[0] == first[1].lower()}
    seconds |= {"ii"} if (first[1] or first[2] or "").lower() == "i" else set()
    marks = (_LETTER.match(line) for line in lines[1:21])
    return any((mark[1] or mark[2] or "").lower() in seconds for mark in marks if mark)
