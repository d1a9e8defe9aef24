"""Formulas: reads `$…$`, `$$…$$ {#eq-x}` and the environments of amsmath, and writes them as MathML.

dollarmath and amsmath of mdit-py-plugins find the formulas. Two things are added: what looks like a price is none, and
braces after the closing `$$` belong to the formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath.index import dollarmath_plugin, math_block_dollar, math_inline_dollar

from pressroom.errors import Finding, Place, warning
from pressroom.manuscript import braces, latex
from pressroom.manuscript.linear_formulas import linear
from pressroom.xhtml import escaped, quoted

if TYPE_CHECKING:
    from pressroom.manuscript.prose import ProseWriter

APART = frozenset(["math_block", "amsmath"])
FORMULAS = frozenset(["math_inline", "math_inline_double", *APART])
"""The types of the nodes that are formulas, and of those that are blocks."""
_MOST_LINES = 25
"""The lines of a formula that fit a page of usual size."""
_LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u058f]")
"""Letters and digits of scripts that part words by spaces: a dollar sign beside one belongs to a price or a name."""
_ENDING = re.compile(r"(?:st|nd|rd|th|s)\b")
"""What may follow a formula without a space: `$n$th`."""
_NO_BEGINNING = tuple("'\"”’»).,;:!?`*")
_DEEPEST = 20
"""Groups of a formula inside one another whose letters are not taken for words; few have five."""
_GROUP = re.compile(r"\{[^{}]*\}|\\[A-Za-z]+")
_PROSE = re.compile(
    r"(?<![A-Za-z\\])[A-Za-z]{2,},?\s+[A-Za-z]{2,}(?![A-Za-z])"  # two words
    r"|^\d[\d.,]*\s?[A-Za-z]{2,}\b"  # a price and a word
    r"|[`“”]"
)
_BETWEEN_PRICES = frozenset(["", "or", "and", "to", "vs", "vs.", "–", "-", ",", "/", "und", "oder", "bis", "et", "ou"])
"""What stands between signs for classes of prices: “$$ or $$$”."""
_BRACES = re.compile(r"\$\$[ \t]*(\{[^{}$]*\}|\([A-Za-z][\w:-]*\))[ \t]*$")
"""What stands behind a formula: attributes, or its label as MyST has it, `$$…$$ (eq-x)`."""
_InlineRule = Callable[[StateInline, bool], bool]
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def formula_plugin(dialect: MarkdownIt) -> None:
    """Read formulas between dollar signs, and environments of amsmath."""
    dialect.use(dollarmath_plugin).use(amsmath_plugin)
    inline = math_inline_dollar(allow_space=False, allow_digits=True, allow_double=True)
    dialect.inline.ruler.at("math_inline", _without_prices(inline))
    block = _with_braces(math_block_dollar(allow_labels=False, allow_blank_lines=False))
    dialect.block.ruler.at("math_block", block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _without_prices(rule: _InlineRule) -> _InlineRule:
    """The rule for formulas in a line, stricter: “$5 to $10”, “US$” and “$HOME/$USER” are no formulas."""

    def read(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        start, pushed, pending = state.pos, len(state.tokens), state.pending
        text = state.src
        if text[start] != "$" or (start and (_LETTER.match(text[start - 1]) or text[start - 1] in "$\\")):
            return False
        if text.startswith(_NO_BEGINNING, start + 1) or not rule(state, silent):
            return False
        if _is_formula(text[start : state.pos], text[state.pos : state.pos + 3]):
            return True
        state.pos, state.pending = start, pending  # the rule has made a token of the words before it
        del state.tokens[pushed:]
        return False

    return read


def _is_formula(typed: str, after: str) -> bool:
    """Whether what stands between dollar signs is a formula, by its words and by what follows it."""
    is_double = typed.startswith("$$")
    inside = typed.strip("$")
    if after.startswith("$") or (_LETTER.match(after) and not _ENDING.match(after)):
        return False
    if is_double and (typed.startswith("$$$") or inside.strip().lower() in _BETWEEN_PRICES):
        return False
    if inside[:1].isdigit() and inside.count("(") != inside.count(")") and not re.search(r"[\\\[\]]", inside):
        return False  # “$5 (5$)” begins in one bracket and ends in another
    for _ in range(_DEEPEST):
        inside = _GROUP.sub(" ", inside)
    return not _PROSE.search(inside)


def _with_braces(rule: _BlockRule) -> _BlockRule:
    """The rule for formulas between paragraphs, which hands on the braces after the closing dollar signs."""

    def read(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        closing, braces = _closing_braces(state, first, end)
        kept, pushed, line = state.eMarks[closing], len(state.tokens), state.line
        state.eMarks[closing] -= len(braces)
        try:
            found = rule(state, first, end, silent)
        finally:
            state.eMarks[closing] = kept
        if found and not _is_formula(f"$${state.tokens[-1].content}$$", ""):
            found, silent = False, True
        if len(state.tokens) > pushed and silent:
            del state.tokens[pushed:]
            state.line = line
        elif found:
            state.tokens[-1].meta["braces"] = re.sub(r"^\((.*)\)$", r"{#\1}", braces.strip())
        return found

    return read


def _closing_braces(state: StateBlock, first: int, end: int) -> tuple[int, str]:
    """The line with the braces after a formula, and the braces with the spaces around them; empty without any."""
    for line in range(first, end):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if line == first and not text.startswith("$$"):
            break
        found = _BRACES.search(text)
        if found and (line > first or found.start() > 1):
            return line, text[found.start() + 2 :]
        if not text.strip() or (text.rstrip().endswith("$$") and (line > first or len(text.strip()) > 3)):
            break
    return first, ""


# ---- what a formula says of itself


def attributes_of(node: Node) -> dict[str, str]:
    """The attributes in the braces after a formula; without any if they cannot be read."""
    found, is_unread = braces.read(node.meta.get("braces") or "{}")
    return {} if is_unread else found


def equations(nodes: list[Node]) -> Iterator[Node]:
    """The formulas among nodes that have a number: with an id, or in an environment that LaTeX numbers."""
    for node in (inner for top in nodes for inner in top.walk()):
        if node.type in APART:
            named = latex.named(node.content)
            if named.is_numbered or named.tag or "id" in attributes_of(node):
                yield node


def text_of(node: Node) -> str:
    """A formula as plain text, for lists and contents."""
    try:
        return linear(_mathml(node))
    except latex.FormulaError:
        return node.content.strip()


def _mathml(node: Node) -> str:
    return latex.mathml(latex.named(node.content).latex, is_apart=node.type != "math_inline")


# ---- writing


def written(node: Node, writer: ProseWriter) -> str:
    """A formula as MathML; one that cannot be read is printed as code, with a warning."""
    try:
        made = _with_alternative(_mathml(node), attributes_of(node).get("alt", ""))
        writer.findings += [*_undrawn(node, latex.undrawn(made), writer), *_tall(node, made, writer)]
    except latex.FormulaError as fault:
        writer.findings.append(_unread(fault, _place(node, fault, writer)))
        inside = f"<code>{escaped(node.content.strip())}</code>"
        made = f"<pre>{inside}</pre>" if node.type in APART else inside
    return _apart(node, made) if node.type in APART else made


def _with_alternative(made: str, given: str) -> str:
    return made.replace("<math ", f"<math alttext={quoted(given or linear(made))} ", 1)


def _apart(node: Node, made: str) -> str:
    """A formula on lines of its own, with its number."""
    given = attributes_of(node)
    number = str(node.meta.get("number", ""))
    id = f" id={quoted(str(node.meta['id']))}" if node.meta.get("id") else ""
    if made.startswith("<pre>") and (not number or len(node.content) > latex.LONGEST):
        return made.replace(
            "<pre>", f"<pre{id}>", 1
        )  # code goes on overleaf, which a formula beside its number does not
    names = " ".join(filter(None, ("equation", given.get("class", ""))))
    shown = f'<span class="equation-number">({escaped(number)})</span>' if number else ""
    return f'<div class={quoted(names)}{id}><div class="formula">{made}</div>{shown}</div>'


def _unread(fault: latex.FormulaError, place: Place) -> Finding:
    why = f"This formula cannot be read, and is printed as code: {fault.why.rstrip('.')}."
    return warning("formula-unread", place, why, "Mend it, or write \\$ for a dollar sign that is none of a formula.")


def _undrawn(node: Node, letters: str, writer: ProseWriter) -> Iterator[Finding]:
    """The finding on letters that no PDF can show in a formula."""
    if letters:
        why = f"PDFs show boxes for “{letters}” in this formula: the type of formulas has no such letters."
        yield warning("formula-glyph", _place(node, None, writer), why, "Put these words into the text beside it.")


def _tall(node: Node, made: str, writer: ProseWriter) -> Iterator[Finding]:
    """The finding on a formula that has more lines than a page."""
    if (lines := latex.lines_of_formula(made)) > _MOST_LINES:
        why = f"This formula has {lines} lines; pages have room for some {_MOST_LINES}. PDFs show it smaller, to fit."
        yield warning("formula-tall", _place(node, None, writer), why, "Part it into several formulas.")


def _place(node: Node, fault: latex.FormulaError | None, writer: ProseWriter) -> Place:
    """Where a formula is faulty, or where it begins."""
    read = latex.named(node.content).latex
    typed = read.split("\n")[read[: fault.position if fault else 0].count("\n")].strip()
    return writer.source.find(typed or "$", *writer.lines)
