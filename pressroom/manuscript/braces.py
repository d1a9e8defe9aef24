"""Braces: reads attributes, `{#id .class key=value}`, and tells them from text that stands in braces.

The parser's own plugin also knows comments between `%`: it would drop a line `{% hint %} words {% endhint %}` whole.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.tree import SyntaxTreeNode as Node

_NAME = r"""\.[^\s!"#$%&'()*+,./;<=>?@\[\]^`{|}~]+|\#[^\s!"#$%&'()*+,/;<=>?@\[\]^`{|}~]+"""
_VALUE = r"""[\w:-]+=(?:"(?:\\.|[^"\\])*"|[^\s{}"'=]+)"""
_ITEM = re.compile(rf"{_NAME}|{_VALUE}")
_CURLY = "“”„‟"
"""Quotation marks that a word processor puts around a value."""
ATTRIBUTES = re.compile(rf"\{{\s*(?:{_NAME}|{_VALUE})(?:\s+(?:{_NAME}|{_VALUE}))*\s*\}}")
"""Braces that hold ids, classes and values, and nothing else. A value needs quotes only if it has spaces."""


def read_attributes(text: str) -> dict[str, str] | None:
    """The attributes in braces, classes under one key; None if the braces hold anything else."""
    if not ATTRIBUTES.fullmatch(text):
        return {} if re.fullmatch(r"\{\s*\}", text) else None
    found: dict[str, str] = {}
    classes: list[str] = []
    for item in _ITEM.findall(text[1:-1]):
        name, _, value = item.partition("=")
        if item[0] == ".":
            classes.append(item[1:])
        elif item[0] == "#":
            found["id"] = item[1:]
        else:
            value = value[1:-1] if value[0] == '"' else value.strip(_CURLY)
            found |= {name: value} if name != "class" else {}
            classes += [value] if name == "class" else []
    return found | ({"class": " ".join(classes)} if classes else {})


def with_quotes(text: str) -> str:
    """Braces with quotes around every value: the parser's plugin reads `{width=50%}` only so."""
    if not ATTRIBUTES.fullmatch(text):
        return text
    return re.sub(r"""([\w:-]+)=([^\s{}"'=]+)(?=[\s}])""", lambda found: f'{found[1]}="{found[2].strip(_CURLY)}"', text)


def lines_of_attributes(dialect: MarkdownIt) -> None:
    """Read a line of attributes, which belong to the block below it. A line in braces with other words stays text."""
    dialect.block.ruler.at("attr", _attributes_above)


def _attributes_above(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    del last
    line = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]]
    found = None if state.is_code_block(first) or line[:1] != "{" else read_attributes(line.rstrip())
    if found is None:
        return False
    if not silent:
        token = state.push("attrs_block", "", 0)
        token.attrs, token.map = {**found}, [first, first + 1]
        state.line = first + 1
    return True


_UNNUMBERED = "{-}"
"""What Pandoc and Quarto have behind a heading without a number."""
TRAILING = re.compile(r"\s*(\{[^{}]*\})\s*$")
"""Braces at the end of a line."""


def read(text: str) -> tuple[dict[str, str], bool]:
    """The attributes in braces, and whether they cannot be read."""
    found = read_attributes(text)
    return {name: value.replace('\\"', '"') for name, value in (found or {}).items()}, found is None


def taken(inline: Node) -> dict[str, str]:
    """The attributes at the end of a line, taken out of its text; none if they cannot be read or are escaped."""
    last = inline.children[-1] if inline.children else None
    match = TRAILING.search(last.content) if last and last.type == "text" else None
    if match is None or last is None or last.token is None:
        return {}
    escaped = last.meta.get("escaped", [])
    if match.start(1) in escaped:
        return {}
    found, bad = ({"class": "unnumbered"}, False) if match[1] == _UNNUMBERED else read(match[1])
    if bad:
        return {}
    last.token.meta["escaped"] = [n for n in escaped if n < match.start()]
    last.token.content = last.content[: match.start()]
    return found
