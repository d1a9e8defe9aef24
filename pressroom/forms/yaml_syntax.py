"""YAML syntax: what a parser says of a text that is no YAML, in the words of a person who typed it."""

from __future__ import annotations

import re

from pressroom.errors import Finding, Place, Source, error

_NEEDS_QUOTES = (
    "A value needs quotes around all of it where it holds “: ” or “ #”, or begins with a sign: - [ { @ % * & ! | > ? `."
)
_TIGHT = re.compile(r"(\s*(?:- )?)([^\W\d][\w-]*)(?:：|:(?! |//))\s*(\S.*)")
"""A key whose colon has no plain space behind it, or is a wide one."""
_PAIR = re.compile(r"\s*(?:- )?([\w-]+):\s+(\S.*)")


def syntax_fault(source: Source, problem: str, place: Place, begun: Place) -> Finding:
    """The finding for what a parser says of a text, at the place where its writer has to change it.

    `place` is where the parser stops, `begun` where that begins which it reads there.
    """
    if "\t" in place.excerpt[: place.column]:
        why = "This is not YAML: there is a tab here, and YAML indents with spaces only."
        return error("yaml-syntax", place, why, "Replace the tab by spaces.")
    known = _colon(source, place, begun, problem) or _open(place, begun, problem) or _behind(place, problem)
    return known or error("yaml-syntax", place, f"This is not YAML: {problem}.", _NEEDS_QUOTES)


def unread_text(source: Source, fault: str) -> Finding:
    """The finding for a text whose fault has no place."""
    said = fault.split("\n", maxsplit=1)[0]
    why = f"This is not YAML: {said}"
    return error("yaml-syntax", source.place(source.first_line), why, "Put what cannot be read into quotes.")


def in_quotes(text: str) -> str:
    """A text as YAML has it between single quotes, where no sign has a use of its own."""
    return "'" + text.replace("'", "''") + "'"


def _value_on(place: Place) -> str:
    """The value of the key on a line; without a key, what stands behind the margin."""
    pair = _PAIR.fullmatch(place.excerpt)
    return (pair[2] if pair else place.excerpt).strip()


def _colon(source: Source, place: Place, begun: Place, problem: str) -> Finding | None:
    """A colon without its space, one too many, and lines of a group that begin in different columns."""
    is_colon = problem.startswith("mapping values are not allowed")
    for line in (begun.line, place.line - 1) if is_colon or "could not find expected ':'" in problem else ():
        if tight := _TIGHT.fullmatch(source.place(line).excerpt):
            why = f"The colon behind “{tight[2]}” has no space behind it, so that YAML sees no key here."
            remedy = f"Write “{tight[2]}: {tight[3]}”."
            return error("yaml-syntax", source.place(line, len(tight[1]) + 1), why, remedy)
    if "could not find expected ':'" in problem:
        why = "This line is neither a key with its value nor an item of a list."
        remedy = "Write “key: value” or “- item”. A text of several lines is set in, under its key."
        return error("yaml-syntax", source.place(begun.line), why, remedy)
    if is_colon and (pair := _PAIR.fullmatch(place.excerpt)) and place.column > pair.start(2):
        why = f"The value of “{pair[1]}” holds a colon and a space, which YAML takes for a second key."
        quoted = pair[2].replace('"', '\\"')
        return error("yaml-syntax", place, why, f'Put quotes around all of the value: {pair[1]}: "{quoted}".')
    is_astray = problem.partition("expected <block end>, but found '")[2].startswith(("<block", "-", "?"))
    if is_astray and place.column == begun.column:
        why = "Keys and items of a list (- …) stand in one column here, and are no group together."
        return error("yaml-syntax", place, why, "Set the items in by two spaces, under the key that they belong to.")
    if is_colon or is_astray:
        why = "This line begins in another column than the lines that it belongs to."
        return error("yaml-syntax", place, why, "Begin all lines of a group in the same column, with spaces.")
    return None


def _open(place: Place, begun: Place, problem: str) -> Finding | None:
    """Brackets and quotation marks that are never closed, and what stands between brackets without a comma."""
    if problem == "found unexpected end of stream":
        why = "This quotation mark is never closed, and all that follows belongs to the value."
        return error("yaml-syntax", begun, why, "Close it where the value ends.")
    closing = re.match(r"expected ',' or '([\]}])'", problem)
    if closing and place.line == begun.line:
        why = f"Before this, a comma or a closing {closing[1]} is missing."
        remedy = "Part what stands between brackets by commas; a value that holds “: ” or a bracket needs quotes."
        return error("yaml-syntax", place, why, remedy)
    comment = re.search(rf" #.*\{closing[1]}", begun.excerpt[begun.column :]) if closing else None
    if closing and comment:
        why = f"This bracket is never closed: after a space, # begins a comment, which holds the {closing[1]}."
        return error("yaml-syntax", begun, why, "Put quotes around the value that holds the #.")
    if closing:
        why = f"This bracket is not closed before line {place.line}."
        return error("yaml-syntax", begun, why, f"Close it with {closing[1]}, and part what is in it by commas.")
    return None


def _behind(place: Place, problem: str) -> Finding | None:
    """What stands behind a value that has its end already, and a sign with which no value begins."""
    before = place.excerpt[: place.column - 1].rstrip()
    if problem.startswith("expected <block end>") and before[-1:] in {*"'\"]}"}:
        why = f"The value ends with the {before[-1]} before this; what stands behind it cannot be read."
        is_apostrophe = before[-1] == "'"
        remedy = (
            'Put the whole value into double quotes, as in "It\'s here".'
            if is_apostrophe
            else f"Put the whole value into single quotes: {in_quotes(_value_on(place))}."
        )
        return error("yaml-syntax", place, why, remedy)
    if first := re.match(r"found character '(.+)' that cannot start", problem):
        why = f"YAML has a use of its own for {first[1]}, and no value begins with it."
        value = place.excerpt[place.column - 1 :].rstrip()
        return error("yaml-syntax", place, why, f'Put quotes around all of the value: "{value}".')
    if "found another document" in problem:
        why = "A second line of --- begins another document, and this file is one."
        return error("yaml-syntax", place, why, "Delete the line of ---.")
    if "expected escape sequence" in problem or "unknown escape character" in problem:
        why = "Between double quotes, a backslash stands for a sign that cannot be typed; this is none."
        return error("yaml-syntax", place, why, "Write single quotes around the value, or two backslashes.")
    return None
