"""Link definitions: lines such as `[home]: https://example.org`, which no edition prints.

`[Ann]: Yes.` in an interview is such a line for Markdown, and her answer would be gone. A variable may give the
address, `[home]: {{ home }}`: the parser allows no space in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock

from pressroom.errors import Finding, Source, error
from pressroom.publication.variables import VARIABLE, filled

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|www\.|.*[/#@]|.*\.\w{2,5}(?:\?|$)|<?>?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\](:?)")
_OF_VARIABLE = re.compile(r"(?<=\]:)[ \t]*\n?[ \t>]*[^\s{]*\{\{ *\w.*")
"""The address of a definition with the variables in it, to the end of its line."""


def addresses_of_variables(dialect: MarkdownIt) -> None:
    """Let variables stand in the addresses of definitions."""
    ruler = dialect.block.ruler
    read = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))["reference"]

    def reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        known, typed = state.env.get("variables", ()), state.src
        begin, end = state.bMarks[first], state.eMarks[min(first + 1, last - 1)]
        here = typed[begin:end] if known and "{{" in typed[begin:end] else ""
        if here:  # every letter keeps its place, by which the parser finds lines
            state.src = typed[:begin] + _OF_VARIABLE.sub(lambda at: _in_one_piece(at[0], known), here, 1) + typed[end:]
        found = read(state, first, last, silent)
        state.src = typed
        if found and here:
            _as_typed(state.env, first)
        return found

    ruler.at("reference", reference)


def _in_one_piece(address: str, known: Container[str]) -> str:
    """An address whose variables hold no-break spaces; what no variable is called stays as typed."""
    return VARIABLE.sub(lambda at: at[0].replace(" ", "\u00a0") if at[1] in known else at[0], address)


def _as_typed(definitions: Mapping[str, Any], line: int) -> None:
    """Give the definition on a line, from 0, its spaces back."""
    for each in (*definitions["references"].values(), *definitions.get("duplicate_refs", ())):
        if each["map"][0] == line:
            each |= {key: each[key].replace("\u00a0", " ") for key in ("href", "title")}


def findings(definitions: Mapping[str, Any], source: Source) -> Iterator[Finding]:
    """An error for each definition that no link uses and that is no address: words that are meant to be read.

    `definitions` is what the parser has collected while it read the text.
    """
    given = [*definitions.get("references", {}).items()]
    given += [(each["label"], each) for each in definitions.get("duplicate_refs", ())]
    variables = definitions.get("variables", {})
    lost = [(label, each) for label, each in given if not _ADDRESS.match(filled(each["href"], variables))]
    named = (match[1] for match in _IN_BRACKETS.finditer(source.text if lost else "") if not match[2])
    used = set(map(normalizeReference, named))
    for label, each in lost:
        if label in used:
            continue
        place = source.place(each["map"][0] + 1)
        typed = place.excerpt[place.excerpt.find("[") :].strip()
        why = f"“{typed}” is read as the address of a link, which no link names: it is not printed."
        yield error("definition-lost", place, why, f"Put a backslash before the bracket: \\{typed}")
