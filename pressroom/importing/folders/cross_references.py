"""Cross-references: links by id through all chapters of a folder. One that leads nowhere keeps its words, and is noted.

A publication with a dead reference is not made, while other programs print a question mark.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code
from pressroom.publication import slug_of

_ID = re.compile(r"\{[^{}\n]*?#([\w:.-]+)[^{}\n]*\}|\bid\s*=\s*[\"']?([\w:.-]+)|\\label\{([\w:.-]+)\}")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^(?:=+|-+)[ \t]*$")
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_SIGNS = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|[*`_]{1,3}|\$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]\((?:([^()<>\s#]+)\.md)?#([^()\s]+)\)")
_OF_CODE = re.compile(r"^\s*[`~]{3,}\s*\{[^{}`]*#([\w:-]+)")
"""The id of code, in the head of its fence."""
_CITED = re.compile(
    r"(\[(?:see )?-?)?(?<![\w.@/\\])@((?:fig|tbl|tab|eq|sec|lst|thm|lem|cor|prp|def|exm|exr)[-:][\w-]+)(\])?"
)


def anchors_in(lines: Sequence[TypedLine]) -> tuple[set[str], set[str]]:
    """The ids that are typed in a text, and the anchors that programs make of its headings."""
    ids: set[str] = set()
    anchors: set[str] = set()
    before = ""
    for line, code in zip(lines, is_code(lines), strict=True):
        if code:
            before = ""
            ids |= {match[1] for match in _OF_CODE.finditer(line.text)}
            continue
        ids |= {match[1] or match[2] or match[3] for match in _ID.finditer(line.text)}
        if match := _HEADING.match(line.text):
            anchors |= anchors_of(match[1])
        elif before and _SETEXT.match(line.text):
            anchors |= anchors_of(before)
        before = line.text.strip()
    return ids, anchors


def anchors_of(heading: str) -> set[str]:
    """The anchors that GitHub, Pandoc and Pressroom make of the words of a heading."""
    words = plain_words(heading)
    lower = re.sub(r"\s", "-", words.lower())
    pandoc = re.sub(r"[^\w.-]", "", re.sub(r"\s+", "-", words.lower()))
    return {re.sub(r"[^\w-]", "", lower), re.sub(r"^[^a-z\u00aa-\uffff]+", "", pandoc), slug_of(words)} - {""}


def plain_words(heading: str) -> str:
    """The words of a heading without signs, escapes and braces."""
    plain = _SIGNS.sub(lambda match: match[1] or "", _BRACES.sub("", heading))
    return html.unescape(_ESCAPED.sub(r"\1", plain)).strip()


@dataclass
class CrossReferences:
    """Where every id of all chapters is."""

    gathering: Gathering
    titles: dict[str, str] = field(default_factory=dict)
    """The chapters, by ids and anchors of their titles."""
    ids: set[str] = field(default_factory=set)
    own: dict[str, set[str]] = field(default_factory=dict)
    """Anchors and ids by the names of chapters."""
    heads: dict[str, set[str]] = field(default_factory=dict)
    """The anchors of titles by the names of chapters."""
    _where: dict[str, list[str]] = field(default_factory=dict)
    _titled: dict[str, list[str]] = field(default_factory=dict)

    def enter(self, chapter: str, lines: Sequence[TypedLine], title: str, title_ids: Iterable[str]) -> None:
        """Enter a chapter with the text below its title."""
        ids, anchors = anchors_in(lines)
        self.ids |= ids
        self.own[chapter] = ids | anchors
        for anchor in self.own[chapter]:
            self._where.setdefault(anchor, []).append(chapter)
        self.heads[chapter] = anchors_of(title) | set(title_ids)
        for anchor in self.heads[chapter]:
            self._titled.setdefault(anchor, []).append(chapter)
        self.titles |= dict.fromkeys(title_ids, chapter)

    def settle(self, chapter: str, lines: list[TypedLine]) -> list[TypedLine]:
        """The text of a chapter with its links by id settled."""
        lines = changed(lines, _LINK, lambda match, line: self._link(match, line, chapter))
        return changed(lines, _CITED, lambda match, line: self._cited(match, line, chapter))

    def _link(self, match: re.Match[str], line: TypedLine, chapter: str) -> str:
        words, other, anchor = match.groups()
        there = other or chapter
        if anchor in self.own.get(there, ()) or (not other and anchor in self.ids):
            return match[0]
        if anchor in self.heads.get(there, ()):
            return f"[{words}]({there}.md)"
        if anchor in self.ids:  # it stands in another chapter than the link says
            return f"[{words}](#{anchor})"
        if found := self._elsewhere(anchor):
            return f"[{words}]({found})"
        if near := {anchor.lower(), slug_of(anchor)} & self.own.get(there, set()):
            return f"[{words}]({f'{other}.md' if other else ''}#{min(near)})"
        self.gathering.remark("import-reference", line, f"#{anchor}")
        return f"[{words}]({other}.md)" if other else words or anchor

    def _elsewhere(self, anchor: str) -> str:
        titled = self._titled.get(anchor, [])
        if anchor in self.titles or len(titled) == 1:
            return f"{self.titles.get(anchor) or titled[0]}.md"
        named = self._where.get(anchor, [])
        return f"{named[0]}.md#{anchor}" if len(named) == 1 else ""

    def _cited(self, match: re.Match[str], line: TypedLine, chapter: str) -> str:
        opening, id, closing = match[1] or "", match[2], match[3] or ""
        if id in self.ids:
            return match[0]
        if id in self.titles:
            link = f"[]({self.titles[id]}.md)"
            bare = opening in ("[", "[-") and closing
            return link if bare else f"{opening}{link}{closing}"
        self.gathering.remark("import-reference", line, f"@{id}")
        return f"{opening.rstrip('-')}\\@{id}{closing}"
