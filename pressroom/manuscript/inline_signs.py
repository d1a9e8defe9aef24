"""Signs in lines that other dialects have: `==marked==`, `H~2~O`, `x^2^`, tasks; and emphasis beside CJK.

Subscript, superscript and tasks are read by kept plugins. What they make of tasks is a form for browsers; here a box of
the font stands before the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from pressroom.manuscript.multiplication import Asterisks

_CLOSING_MARK = re.compile(r"(?<![\s=])==(?!=)")
_FACE = re.compile(r"([\^~])[._-]{1,3}\1")
LONGEST_MARK = 1000
"""The most characters of marked words: a search without end would take hours for a text full of opening signs."""
TRACKED = frozenset("insertion deletion comment-start comment-end paragraph-insertion paragraph-deletion".split())
"""Classes of changes and comments that Pandoc keeps of Word."""
BOX, TICKED_BOX = "\u2610", "\u2611"


def signs_in_lines(dialect: MarkdownIt) -> None:
    """Read the signs of other dialects in lines."""
    dialect.use(sub_plugin).use(superscript_plugin).use(tasklists_plugin)
    dialect.inline.ruler.before("emphasis", "mark", _mark)
    dialect.core.ruler.after("github-tasklists", "boxes", _boxes)
    dialect.core.ruler.before("boxes", "cjk_lines", _join_cjk_lines)
    dialect.core.ruler.after("boxes", "bare_changes", _bare_changes)
    rules = dict(zip(dialect.inline.ruler.get_active_rules(), dialect.inline.ruler.getRules(""), strict=True))
    for name in ("sub", "sup"):
        dialect.inline.ruler.at(name, _without_faces(rules[name]))
    for name in ("emphasis", "strikethrough"):
        dialect.inline.ruler.at(name, _between_factors(_beside_cjk(rules[name])))


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    """`==marked==`, with markup inside."""
    start, last = state.pos, state.posMax
    if state.src[start : start + 2] != "==" or state.src[start + 2 : start + 3].strip(" =\n") == "":
        return False
    if start and state.src[start - 1] == "=":
        return False
    end = _CLOSING_MARK.search(state.src, start + 3, min(last, start + LONGEST_MARK))
    if silent or end is None:
        return False
    state.push("mark_open", "mark", 1).markup = "=="
    state.pos, state.posMax = start + 2, end.start()
    state.md.inline.tokenize(state)
    state.push("mark_close", "mark", -1).markup = "=="
    state.pos, state.posMax = end.end(), last
    return True


def _without_faces(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for what is lowered or raised, without faces: `^_^` stands apart and has no letter."""

    def stricter(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        face = _FACE.match(state.src, state.pos)
        is_face = face and not state.src[max(0, state.pos - 1) : state.pos].isalnum()
        return not is_face and read(state, silent)

    return stricter


def _between_factors(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for emphasis, without asterisks between two numbers or letters: 3*4 m and 5*6 m, 2**n, a*b + c*d.

    One that begins or ends emphasis has no factor on its other side: 2*n* is two times an emphasised n.
    """

    def stricter(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        start, before = state.pos, len(state.delimiters)
        found = read(state, silent)
        if found and state.src[start] == "*" and Asterisks.at(state.src, start).are_a_product():
            for delimiter in state.delimiters[before:]:
                delimiter.open = delimiter.close = False
        return found

    return stricter


def _bare_changes(state: StateCore) -> None:
    """Changes and comments of Word that Pandoc kept, without number, author and day: they are reported."""
    for token in (child for each in state.tokens for child in each.children or ()):
        if token.type == "span_open" and TRACKED.intersection(str(token.attrs.get("class", "")).split()):
            token.attrs = {"class": token.attrs["class"]}


def _boxes(state: StateCore) -> None:
    """Boxes of the font in place of the forms for browsers that the plugin writes."""
    for token in state.tokens:
        box = token.children[0] if token.children else None
        if box is not None and box.type == "html_inline" and "task-list-item-checkbox" in box.content:
            box.type, box.content = "text", TICKED_BOX if "checked" in box.content else BOX


# ---- Chinese, Japanese and Korean


def _beside_cjk(read: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for emphasis, with signs beside CJK letters and marks: `**「重要」**です` is bold.

    CommonMark needs a space there, which these scripts do not have. The rule is that of markdown-cjk-friendly.
    """

    def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        start, before = state.pos, len(state.delimiters)
        found = read(state, silent)
        if found and not state.src.isascii():
            last, following = state.src[start - 1 : start] or " ", state.src[state.pos : state.pos + 1] or " "
            opens, closes = _flanks(last, following)
            if state.src[start] == "_":  # inside a word it is a part of it: a file’s name may have it
                opens = opens and _is_mark(following)
            for delimiter in state.delimiters[before:]:
                delimiter.open, delimiter.close = delimiter.open or opens, delimiter.close or closes
        return found

    return emphasis


def _flanks(last: str, following: str) -> tuple[bool, bool]:
    """Whether signs between two characters may open and close emphasis, if one is of a script without spaces."""
    before, after = _is_without_spaces(last), _is_without_spaces(following)
    if not (before or after):
        return False, False
    opens = not isWhiteSpace(ord(following)) and (_is_word(following) or not _is_word(last) or before)
    closes = not isWhiteSpace(ord(last)) and (_is_word(last) or not _is_word(following) or after)
    return opens, closes


def _is_word(sign: str) -> bool:
    """Whether a character stands for a letter in the rule: marks of CJK do, other marks and spaces do not."""
    return _is_cjk(sign) or not (isMdAsciiPunct(ord(sign)) or isPunctChar(sign) or isWhiteSpace(ord(sign)))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "P"


def _is_without_spaces(sign: str) -> bool:
    """Whether a character is of a script that has no spaces between words: CJK, Thai, Lao, Khmer, Burmese."""
    return _is_cjk(sign) or bool(re.match("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]", sign))


def _is_cjk(sign: str) -> bool:
    return len(sign) == 1 and (unicodedata.east_asian_width(sign) in "WF" or "\uac00" <= sign <= "\ud7a3")


def _join_cjk_lines(state: StateCore) -> None:
    """Take away the ends of lines between two letters or marks of Chinese or Japanese, which have no spaces there."""
    verse = 0
    for token in state.tokens:
        if verse or "poem" in str(token.attrs.get("class", "")).split():
            verse += token.nesting
        elif token.type == "inline" and token.children and not token.content.isascii():
            token.children = [each for n, each in enumerate(token.children) if not _is_joined(token.children, n)]


def _is_joined(tokens: list[Token], n: int) -> bool:
    if tokens[n].type != "softbreak":
        return False
    before = next((each.content for each in reversed(tokens[:n]) if each.content.strip()), "")
    after = next((each.content for each in tokens[n + 1 :] if each.content.strip()), "")
    return _is_unspaced(before.rstrip()[-1:]) and _is_unspaced(after.lstrip()[:1])


def _is_unspaced(sign: str) -> bool:
    return _is_cjk(sign) and not "\uac00" <= sign <= "\ud7a3" and not "\u1100" <= sign <= "\u11ff"
