"""Citing: reads `[@key]`, `[see @one, p. 3; -@two]` and `@key` in a text, as Pandoc, Quarto and MyST write them.

`@fig-x` and `[@tab-x]`, the references of Quarto, are read here too, since they look alike: `cited` tells what a key
names when every label is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode as Node

CITATION = "citation"
"""The type of a citation’s node."""
_KEY = r"(?:\{[^{}\s]+\}|\w+(?:[:.#$%&+?<>~/-]\w+)*)"
_GROUP = re.compile(r"\[(?=[^\[\]@]{0,1000}@)([^\[\]]{1,3000})\](?![(\[{:])")
_ITEM = re.compile(rf"(?P<prefix>.*?)(?P<less>-)?@(?P<key>{_KEY})(?P<rest>.*)", re.DOTALL)
_BARE = re.compile(rf"-?@({_KEY})")
_AFTER = re.compile(r"[ ]\[([^\[\]@\n]+)\](?![(\[{:])")
_LABELS = {
    "page": "p pp page pages s seite seiten", "chapter": "ch chap chapter chapters kap", "section": "sec section §",
    "figure": "fig figure", "volume": "vol volume bd", "number": "no nr number", "paragraph": "para ¶",
    "line": "l ll line",    "note": "n note", "column": "col column", "folio": "fol folio", "verse": "v vv verse",
    "part": "pt part",
    "book": "bk book", "issue": "issue", "sub-verbo": "sv",
}  # fmt: skip
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words.split()}
_LOCATOR = re.compile(
    r",?\s*(?:(?P<label>[^\W\d_]+|§|¶)(?:\.\s*|\s+|(?=\d)))?"
    r"(?P<value>[\divxlcIVXLC]+\w?(?:\s*(?:-{1,3}|[–,&])\s*[\divxlc]+\w?)*)(?!\w)(?P<suffix>.*)",
    re.DOTALL,
)
_GIVEN_LOCATOR = re.compile(
    r",?\s*\{\s*(?:(?P<label>[^\W\d_]+|§|¶)\.?\s+)?(?P<value>[^{}]+)\}(?P<suffix>.*)", re.DOTALL
)
"""A locator between braces, which Pandoc takes as it stands: `[@doe, {pp. iv, vi–xi} and more]`."""

OF_THINGS = re.compile(r"(?:fig|tab|tbl|eq|sec|lst|thm|lem|def)[-:]")
"""How Quarto and pandoc-crossref begin the ids of figures, tables, equations and sections."""


@dataclass(frozen=True)
class CitedWork:
    """A work in a citation, with what stands around its key."""

    key: str
    prefix: str = ""
    suffix: str = ""
    label: str = ""
    """What the locator counts, in CSL’s words: page, chapter …"""
    locator: str = ""
    is_suppressed: bool = False
    """Whether the author is left out: `[-@key]`."""


@dataclass(frozen=True)
class Citing:
    """What the parser must know of a publication’s bibliography."""

    keys: Container[str] = field(default_factory=frozenset)
    as_notes: bool = False
    """Whether the style has citations in notes."""
    is_named: bool = False
    """Whether publication.yaml names a bibliography."""


def citation_plugin(dialect: MarkdownIt) -> None:
    """Read citations. `env["citing"]` may hold a `Citing`."""
    ruler = dialect.inline.ruler
    ruler.before("link", CITATION, _group)
    ruler.before("link", "citation_bare", _bare)
    dialect.core.ruler.at("inline", _inline)
    if "footnote_inline" in ruler.get_all_rules():
        rule = next(each.fn for each in ruler.__rules__ if each.name == "footnote_inline")
        ruler.at("footnote_inline", _in_note(rule))


def _inline(state: StateCore) -> None:
    """Parse the lines of a text, and remember which of them are in notes: no note stands in a note."""
    depth = 0
    for token in state.tokens:
        depth += token.nesting if token.type.startswith("footnote_reference") else 0
        if token.type == "inline":
            state.env["in_note"] = depth > 0
            token.children = token.children if token.children is not None else []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _in_note(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def read(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        before = state.env.get("in_note", False)
        state.env["in_note"] = True
        try:
            return rule(state, silent)
        finally:
            state.env["in_note"] = before

    return read


def _group(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    if state.src[state.pos] != "[" or not (found := _GROUP.match(state.src, state.pos)):
        return False
    works = tuple(work for part in found[1].split(";") if (work := _work(part)))
    if len(works) != found[1].count(";") + 1:
        return False
    if not silent:
        _push(state, works, found[0], is_narrative=False)
    state.pos = found.end()
    return True


def _work(part: str) -> CitedWork | None:
    found = _ITEM.fullmatch(part)
    if found is None or re.search(r"[\w@\\]\Z", found["prefix"]) or "@" in found["rest"]:
        return None
    return _with_locator(
        found["key"].strip("{}"), found["rest"], " ".join(found["prefix"].split()), is_suppressed=bool(found["less"])
    )


def _with_locator(key: str, rest: str, prefix: str = "", *, is_suppressed: bool = False) -> CitedWork:
    given = _GIVEN_LOCATOR.fullmatch(rest)
    found = given or _LOCATOR.fullmatch(rest)
    label = _LABEL_OF.get((found["label"] or "p").lower()) if found else None
    is_bare = found and not given and not found["label"] and not re.search(r"\d", found["value"])
    is_word = found and is_bare and re.match(r" *\w", found["suffix"])
    if given and label is None:
        return CitedWork(key, prefix, re.sub(r"[{}]", "", rest).strip(), is_suppressed=is_suppressed)  # as it stands
    if found is None or label is None or is_word:
        return CitedWork(key, prefix, rest.strip(), is_suppressed=is_suppressed)
    locator = re.sub(r"-{2,3}", "–", found["value"].strip())
    return CitedWork(key, prefix, found["suffix"].strip(), label, locator, is_suppressed)


def _bare(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    start = state.pos
    before = state.src[start - 1 : start] if start else ""
    if state.src[start] not in "-@" or before.isalnum() or before in ("\\", "/", "@", ".", "_", "-"):
        return False
    if not (found := _BARE.match(state.src, start)) or state.src[found.end() : found.end() + 1] == "@":
        return False
    key, end = found[1].strip("{}"), found.end()
    citing: Citing = state.env.get("citing", Citing())
    after = _AFTER.match(state.src, end) if key in citing.keys else None
    work = _with_locator(key, after[1] if after else "")
    if after and work.locator:
        end = after.end()
    else:
        work = CitedWork(key)
    work = replace(work, is_suppressed=state.src[start] == "-")
    if not silent:
        _push(state, (work,), state.src[start:end], is_narrative=True)
    state.pos = end
    return True


def _push(state: StateInline, works: tuple[CitedWork, ...], typed: str, *, is_narrative: bool) -> None:
    citing: Citing = state.env.get("citing", Citing())
    is_known = any(work.key in citing.keys for work in works)
    is_read = is_known or (citing.is_named and not is_narrative) or all(OF_THINGS.match(work.key) for work in works)
    meta = {"works": works, "is_narrative": is_narrative, "is_read": is_read, "in_note": bool(state.env.get("in_note"))}
    if not (citing.as_notes and is_known and not state.env.get("in_note")):
        _token(state, typed, meta)
        return
    if is_narrative:
        _token(state, typed, {**meta, "is_name": True})
    notes = state.env.setdefault("footnotes", {}).setdefault("list", {})
    inner = state.__class__("", state.md, state.env, [])
    _token(inner, typed, {**meta, "is_narrative": False, "in_note": True})
    notes[len(notes)] = {"content": typed, "tokens": inner.tokens}
    state.push("footnote_ref", "", 0).meta = {"id": len(notes) - 1}


def _token(state: StateInline, typed: str, meta: dict[str, object]) -> None:
    token = state.push(CITATION, "", 0)
    token.content, token.meta = typed, meta


def citations_in(nodes: list[Node]) -> list[Node]:
    """The citations among nodes, in their order."""
    return [node for top in nodes for node in top.walk() if node.type == CITATION]
