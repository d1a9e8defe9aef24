"""Breaks: a rule right under text, which CommonMark takes for a heading however long the text is."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

LONGEST_HEADING = 100
"""The most characters of a heading that is written as text with `---` under it. Longer text ends with a break."""
_SENTENCES = re.compile(r"[.!?…。।։][\"”’»)]*\s+\S.*[.!?…。।։][\"”’»)]*$", re.DOTALL)
_UNDERLINES = ("-", "=")
UNDER_TEXT = "rule under text"
"""The key in the `meta` of a break that was told from a heading."""


def breaks_under_text(dialect: MarkdownIt) -> None:
    """Take `---` under a paragraph or a picture for a break; under a few words it makes them a heading."""
    dialect.core.ruler.after("block", "breaks_under_text", _tell_apart)


def _tell_apart(state: StateCore) -> None:
    told: list[Token] = []
    for n, token in enumerate(state.tokens):
        told.append(token)
        if token.type == "heading_open" and _is_no_heading(token, state.tokens[n + 1].content):
            _retag(token, -1)
        elif token.type == "heading_close" and token.markup in _UNDERLINES and told[-3].type == "paragraph_open":
            _retag(token, 0)
            told.append(_break_of(told[-3], token.level))
    state.tokens = told


def _retag(token: Token, shorter: int) -> None:
    token.type, token.tag, token.markup = token.type.replace("heading", "paragraph"), "p", ""
    if token.map and shorter:
        token.map = [token.map[0], token.map[1] + shorter]


def _break_of(paragraph: Token, level: int) -> Token:
    line = paragraph.map[1] if paragraph.map else 0
    return Token("hr", "hr", 0, map=[line, line + 1], markup="---", block=True, level=level, meta={UNDER_TEXT: True})


def _is_no_heading(heading: Token, text: str) -> bool:
    """Whether a heading with a line of signs under it is text: a picture; above `---` also sentences and verses."""
    if heading.markup == "-":
        is_text = len(text) > LONGEST_HEADING or "\n" in text or bool(_SENTENCES.search(text))
    else:
        is_text = False
    return heading.markup in _UNDERLINES and (is_text or text.startswith(("![", "[![")))
