"""Heads of code: what stands behind the signs that open it, beside the language: its id, its classes and its title.

Pandoc and Quarto write ```{#lst-a .python filename="run.py"}, Docusaurus and MkDocs ```python title="run.py", Qiita and
Zenn ```python:run.py. The title is printed over the code.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pressroom.manuscript.braces import read_attributes

TITLE = "title"
"""The key in the `meta` of code under which it has its title."""
_TITLES = ("lst-cap", "caption", "title", "filename")
_TITLE = re.compile(rf"""\s(?:{"|".join(_TITLES)})=(?:"([^"]+)"|“([^”]+)”|'([^']+)'|([^\s"'“{{}}]+))""")
_NAMED = re.compile(r"([a-z][\w+#-]*):(\S*\w\.\w+)")


def code_heads(dialect: MarkdownIt) -> None:
    """Read the heads of code."""
    dialect.core.ruler.before("inline", "code_heads", _read_heads)


def _read_heads(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "fence" and token.info.strip():
            _read_head(token)


def _read_head(code: Token) -> None:
    info = code.info.strip()
    given = read_attributes(info) if info[0] == "{" else None
    if given:
        names = given.pop("class", "").split()
        code.info = names[0] if names else ""
        code.attrs |= {"id": given["id"]} if "id" in given else {}
        title = next((given[key] for key in _TITLES if given.get(key)), "")
    elif named := _NAMED.fullmatch(info):
        code.info, title = named[1], named[2]
    else:
        found = _TITLE.search(info)
        title = next(filter(None, found.groups()), "") if found else ""
    if title:
        code.meta[TITLE] = title
