"""Emphasis across: signs that begin in one paragraph or cell and end in another or nowhere; neither is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pressroom.manuscript.foreign_sign import ForeignSign, sign
from pressroom.manuscript.printed_text import PrintedText

_FARTHEST = 10
"""Paragraphs over which somebody may have meant one emphasis."""
_NO_CODE = (
    r"(?!(?:(?<=\w\()|(?<=[\[{]))\*{1,2}[\w.]+[)\]},=])(?!(?<=, )\*{1,2}[\w.]+[)\]}])(?!\*{1,2}(?:kw)?args\b|\*\*kw\b)"
    r"(?<!\bchar )(?<!\bint )(?<!\bvoid )(?<!\bfloat )(?<!\bdouble )"
)
"""Where asterisks are no argument, `f(**options)`, and no pointer, `char **names`."""
_ACROSS = sign(
    "emphasis-unread", "*", rf"(?<![\w*]){_NO_CODE}(\*{{1,3}})(?=[^\s*/])[^*]*\Z",
    "emphasis over several paragraphs", "Emphasis ends with its paragraph: write the asterisks around each.",
)  # fmt: skip
"""The beginning of an emphasis that ends in another paragraph."""
_NEVER_ENDED = sign(
    "emphasis-unread", "**",
    rf"(?<![\w*]){_NO_CODE}\*\*(?=[\"'“„«‘(¡¿]?(?:[^\W\d_] )?[^\W\d_]{{2}})[^*]*\Z"
    r"|(?<![\w*])(?<!\b\w )\*\*(?=\d[\d,.]* [^\W\d_]{2})[^*]*\Z",
    "bold words without their end", "Write two asterisks behind the last of them: **words**.",
)  # fmt: skip
"""The beginning of bold words that end nowhere. “**p < .01” is the note of a table, 2 **3 a power."""
_ONE_CELL = "A bar ends its cell: write the signs around the words of each, or \\| for a bar that is one of the words."


def _over_cells(id: str, character: str, signs: str, what: str) -> ForeignSign:
    """The beginning in one cell of what ends in another."""
    return sign(id, character, rf"(?<![\w{character}])({signs})(?=[^\s{character}])[^{character}]*\Z", what, _ONE_CELL)


_OVER_CELLS = (
    _over_cells("emphasis-unread", "*", r"\*{1,3}", "emphasis over several cells of a table"),
    _over_cells("emphasis-unread", "_", "__?", "emphasis over several cells of a table"),
    _over_cells("emphasis-unread", "~", "~~", "struck words over several cells of a table"),
    _over_cells("highlight-unread", "=", "==", "highlighted text over several cells of a table"),
    _over_cells("code-unread", "`", "`{1,3}", "code over several cells of a table"),
)
_LINK = sign(
    "link-unread", "[", r"(?<!\w)\[[^\[\]]*\Z", "a link over several cells of a table",
    "A bar ends its cell: write \\| for one that is a part of the link.",
)  # fmt: skip
_END_OF_LINK = re.compile(r"[^\[\]]*\]\([^()\s]+\)")


def across(runs: Sequence[PrintedText]) -> Iterator[tuple[ForeignSign, PrintedText, re.Match[str]]]:
    """Every sign that is not ended where it has to be, with its text."""
    for n, run in enumerate(runs):
        if run.is_cell:
            found = _over_cells_in(run, [*_rest_of_row(runs, n)])
        else:
            following = (each.text for each in runs[n + 1 : n + 1 + _FARTHEST] if "*" in each.text)
            found = _over_paragraphs_in(run, next(following, ""))
        if found is None and (open_bold := _NEVER_ENDED.pattern.search(run.text)):
            found = _NEVER_ENDED, open_bold
        if found:
            yield found[0], run, found[1]


def _rest_of_row(runs: Sequence[PrintedText], n: int) -> Iterator[str]:
    """The texts of the cells behind the n-th text, which is a cell."""
    for behind in map(runs.__getitem__, range(n + 1, len(runs))):  # a slice would be copied for each cell
        if not behind.is_cell or behind.first != runs[n].first:
            return
        yield behind.text


def _over_paragraphs_in(run: PrintedText, following: str) -> tuple[ForeignSign, re.Match[str]] | None:
    opening = _ACROSS.pattern.search(run.text)
    closing = opening and re.match(rf"[^*]*[^\s*]{re.escape(opening[1])}(?![\w*])", following)
    return (_ACROSS, opening) if opening and closing else None


def _over_cells_in(run: PrintedText, row: Sequence[str]) -> tuple[ForeignSign, re.Match[str]] | None:
    """The sign that a cell begins, and one behind it in its row ends. “5*” is a number with its note."""
    for kind in _OVER_CELLS:
        opening = kind.pattern.search(run.text) if kind.needs in run.text else None
        ending = next((text for text in row if kind.needs in text), "")
        before = r"[^\s*\d]" if opening and opening[1] == "*" else rf"[^\s{kind.needs}]"
        if opening and re.match(rf"[^{kind.needs}]*{before}{re.escape(opening[1])}(?![\w{kind.needs}])", ending):
            return kind, opening
    opening = _LINK.pattern.search(run.text)
    return (_LINK, opening) if opening and any(map(_END_OF_LINK.match, row)) else None
