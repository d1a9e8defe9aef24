"""Block signs: what nobody means as it stands, told by the kind of a block or element rather than by its text."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup
from pressroom.manuscript.foreign_sign import ForeignSign
from pressroom.manuscript.inline_signs import TRACKED
from pressroom.manuscript.list_signs import QUESTION, run_together

_FOREIGN_FENCE = re.compile(
    r"^(?:\{[=A-Za-z][^{}\n]*\}|(?:mermaid|plantuml|dataview(?:js)?|query|tasks|ad-[\w-]+|math|tikz|chart|vega-lite|graphviz|wavedrom|ditaa|nomnoml|pikchr|svgbob|excalidraw|leaflet|admonish|admonition)\b)"
)
"""The first words of code that another program would run or draw, or of its directive: ```{python}, ```mermaid."""
_FOREIGN_CODE = re.compile(
    r"^(?:\{(?:python|r|julia|ojs|bash|sql)\} ?\S|r [A-Za-z_.][\w.]*(?:[($\[]|:)|r \d+ *[-+*/]|\$?= (?:this|dv)\b)"
)
"""Code in a line that another program would run: `r nrow(data)` of R Markdown, `= this.x` of Dataview."""
_OTHER_TASK = re.compile(r"\[[^\w\s\[\]]\]\s")
"""A task of Obsidian with a box of another kind, `- [>] put off`."""
_DASHED_TABLE = re.compile(r"^\s*-{2,}(?:\s+-{2,})+\s*$")
"""The line under the head of a table that Pandoc writes without pipes; CommonMark reads it as a rule."""
_AS_CODE = "is printed as code"
_DIRECTIVE = ForeignSign(
    "directive-unread",
    "code that another program would run or draw",
    "Write ```python or ```text for code to be printed; for what it would make, write that.",
    _FOREIGN_FENCE,
    fate=_AS_CODE,
)
_MYST = ForeignSign(
    "directive-unread",
    "a directive of MyST",
    "Write what it stands for: ![…](photo.jpg), ::: note, $$x^2$$, a table with pipes.",
    re.compile(r"\{(?!(?:python|r|julia|ojs|bash|sh|sql|stata|js|javascript|perl|ruby|node|dot|mermaid)\b)[A-Za-z]"),
    fate=_AS_CODE,
)
_RAW = ForeignSign(
    "directive-unread",
    "raw text of Pandoc for one format",
    "Of HTML, delete the two lines of ```; of another format, write what it stands for.",
    re.compile(r"\{=\w+\}$"),
    fate=_AS_CODE,
)
_TABLE = ForeignSign(
    "table-unread",
    "a table of Pandoc without pipes",
    "Write the table with pipes: | Year | Trips |, and under the head |---|---|.",
    _DASHED_TABLE,
    fate="is no table here: its cells run together",
)
_TASK = ForeignSign(
    "task-unread", "a task of Obsidian with a box of its own", "Write - [ ] or - [x], or the words.", _OTHER_TASK
)
_QUOTED = ForeignSign(
    "quotes-unread",
    "quotation marks of TeX",
    'Write “words” or "words".',
    re.compile(""),
    fate=_AS_CODE,
)
_SINGLE = re.compile(r"\w[^`']*'[\s,.;:)]")
_TRACKED = ForeignSign(
    "remark-unread",
    "a change or comment of Word that Pandoc kept",
    "Accept or reject the changes in Word, or convert with --track-changes=accept.",
    re.compile(""),
    fate="says what was changed, and all versions of the words are printed",
)
_MARGIN = ForeignSign(
    "note-unread",
    "a note in the margin of Quarto or Pandoc",
    "Write it as a note, ^[words], or into the text.",
    re.compile(""),
    fate="has no effect here: these words stand in the line",
)
_MARGIN_CLASSES = frozenset(("aside", "column-margin", "margin", "marginnote", "sidenote", "margin-note"))
_MAGIC = ForeignSign(
    "directive-unread", "a switch of MediaWiki", "Delete it.", re.compile(""), fate="is printed in bold"
)
_MAGIC_WORDS = frozenset(
    "TOC NOTOC FORCETOC NOEDITSECTION NEWSECTIONLINK NONEWSECTIONLINK NOGALLERY HIDDENCAT INDEX NOINDEX"
    " NOTITLECONVERT NOCONTENTCONVERT STATICREDIRECT DISAMBIG NOTALK".split()
)
"""Words between double underscores that are switches in MediaWiki (Help:Magic words), and bold in Markdown."""
_LIST = ForeignSign(
    "list-unread",
    "a list whose items run together",
    "Write - or 1. and a space before each item, {type=a} above for letters; or a backslash at the end of each line.",
    re.compile(""),
)
_INTERVIEW = ForeignSign(
    "list-unread",
    "a question with its answer, which run together",
    "Leave a blank line between them, or write a backslash at the end of each line.",
    re.compile(""),
)
_SPEECHES = ForeignSign(
    "list-unread",
    "speeches or items, each of which begins with a dash; they run together",
    "Leave a blank line between speeches; for a list, write - and a space before each item.",
    re.compile(""),
)
BLOCK_SIGNS = (_DIRECTIVE, _MYST, _RAW, _MARGIN, _TABLE, _TASK, _TRACKED, _MAGIC, _QUOTED, _LIST, _INTERVIEW, _SPEECHES)


def sign_of(node: Node, line: str) -> tuple[ForeignSign, str] | None:
    """The sign that a node is, with the text that shows its place on the line; none if it is what it seems."""
    if node.type == "fence" and _FOREIGN_FENCE.match(node.info.strip()):
        return next((kind for kind in (_RAW, _MYST) if kind.pattern.match(node.info.strip())), _DIRECTIVE), ""
    if node.type == "hr" and _DASHED_TABLE.match(line):
        return _TABLE, ""
    if node.type == "code_inline" and _FOREIGN_CODE.match(node.content):
        return _DIRECTIVE, node.content
    if node.type == "inline" and "\n" in node.content and (item := run_together(node.content)):
        kind = _SPEECHES if item[0] in "–—―" else _INTERVIEW if QUESTION.match(item) else _LIST
        return None if markup.is_verse(node) else (kind, item)
    if node.type == "code_inline" and _is_quoted(node):
        return _QUOTED, f"{node.markup}{node.content}"
    if node.type == "span" and TRACKED.intersection(str(node.attrs.get("class", "")).split()):
        return _TRACKED, f"{{.{node.attrs['class']}"
    if node.type == "span" and (named := _MARGIN_CLASSES.intersection(str(node.attrs.get("class", "")).split())):
        return _MARGIN, f"{{.{min(named)}"
    if node.type == "strong" and node.markup == "__" and markup.plain_text(node.children) in _MAGIC_WORDS:
        return _MAGIC, f"__{markup.plain_text(node.children)}__"
    if node.type == "list_item" and (task := _OTHER_TASK.match(_first_words(node))):
        return _TASK, task[0].strip()
    return None


def _is_quoted(code: Node) -> bool:
    """Whether what is read as code lies between the quotation marks of TeX: ``words'' and `words'."""
    is_double = code.markup == "``" and "''" in code.content
    return is_double or (code.markup == "`" and code.content[-1:].isspace() and bool(_SINGLE.match(code.content)))


def _first_words(item: Node) -> str:
    """The text with which an item of a list begins."""
    first = next((node for node in item.walk() if node.type == "inline"), None)
    return first.content if first is not None else ""
