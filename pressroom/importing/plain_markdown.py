"""Plain Markdown: texts that are no markup, written so that a chapter has them again letter by letter when it is read.

Only signs that would mean something are escaped: what comes out is read and edited by people.
"""

from __future__ import annotations

import json
import re

_ALWAYS = re.compile(r"([\\`*\[\]{}<>|~^]|(?<=\])\()")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
"""An underscore that is not inside a word, where it is none."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_CITATION = re.compile(r"(?<!\w)@(?=\w)|(?<=-)@(?=\w)")
_FORMULA = re.compile(r"(?<=\S)\$|\$(?!\d)")
"""A dollar sign that may end or begin a formula; that of a price, as in $5, may not."""
_MARK = re.compile(r"=(?==)|(?<==)=")
_BLOCK = re.compile(
    r"^(\s*)(?:([#=:>%]|\+(?=\s|$)|-(?=[\s-]|$)|\||!(?=!!)|\?(?=\?\?))|(\d{1,9})([.)])(?=\s|$)|([Tt]able):(?=\s))"
)
"""What begins a heading, a list, a definition, a callout, a table or its caption, at the beginning of a line."""
_PLAIN_ADDRESS = re.compile(r"(?:(?:https?:/|mailto:)|#)?[\w./~+@,?=%-]+(?:#[\w.-]*)?")
_PLAIN_YAML = re.compile(r"(?:\d{1,3}[-. ]{1,2})?[^\W\d_][\w .()’/–-]*(?<! )")
_YAML_WORDS = frozenset("true false yes no on off null y n".split())


def text(words: str) -> str:
    """A plain text as Markdown, on one line."""
    return line_start(inside(words))


def inside(words: str) -> str:
    """A plain text as Markdown that stands inside a line."""
    written = _ALWAYS.sub(r"\\\1", words)
    for signs in (_UNDERSCORE, _ENTITY, _CITATION, _FORMULA, _MARK):
        written = signs.sub(lambda match: f"\\{match[0]}", written)
    return written


def line_start(line: str) -> str:
    """A line of Markdown whose first sign begins no block."""
    return _BLOCK.sub(_escaped_block, line)


def _escaped_block(match: re.Match[str]) -> str:
    space, sign, number, dot, table = match.groups()
    if table:
        return f"{space}{table}\\:"
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def picture(file: str, alt: str, attributes: str) -> str:
    """A picture with its alt text, which is Markdown already, and what stands in its braces."""
    where = address(file)
    return f"![{alt}]({where}){{{attributes}}}" if attributes else f"![{alt}]({where})"


def address(typed: str) -> str:
    """An address as it stands in the round brackets of a link or picture; “” is that of a picture still to come."""
    if not typed or _PLAIN_ADDRESS.fullmatch(typed):
        return typed
    return f"<{_ALWAYS_IN_ADDRESS.sub(_escape, typed)}>"


_ALWAYS_IN_ADDRESS = re.compile(r"[\\<>]|&(?=#?\w+;)")


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def fits_attribute(value: str) -> bool:
    """Whether a text can be the value of an attribute: braces have no escape for these signs."""
    return not re.search(r'["\\{}$=]', value)


def yaml(value: str) -> str:
    """A text as a value of YAML, in quotation marks only where it needs them."""
    if _PLAIN_YAML.fullmatch(value) and value.casefold() not in _YAML_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
