"""Texts of MyST: comments, labels and breaks become ours, and then directives (`myst_directives`) and `myst_roles`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.importing.folders.fences import parsed, rendered
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.myst_directives import MystDirectives
from pressroom.importing.folders.myst_roles import MystRoles, as_id
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code

_TARGET = re.compile(r"^(\s*)\(([^()\s][^()]*)\)=\s*$")
_LABEL = re.compile(r"^\s*\{#([\w:.-]+)\}\s*$")
_COMMENT = re.compile(r"^\s*%(?:\s(.*))?$")
_BREAK = re.compile(r"^\+\+\+(?:\s.*)?$")
_EQUATION = re.compile(r"\$\$([ \t]*)\(([\w:.-]+)\)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6}\s+.*?)(\s*\{[^{}]*\})?\s*$")
_PICTURE = re.compile(r"^\s*!\[.*\)(\{[^{}]*\})?\s*$")
_BOX = re.compile(r"^\s*:{3,} \S.*$")


@dataclass
class MystTexts:
    """Rewrites the texts of one project."""

    gathering: Gathering

    def __post_init__(self) -> None:
        self.roles = MystRoles(self.gathering)
        self.directives = MystDirectives(self.gathering, self.prepared)

    def written(self, lines: Sequence[TypedLine]) -> list[TypedLine]:
        """A text in our Markdown."""
        file = lines[0].file if lines else ""
        self.directives.within, self.gathering.inclusions = (file,), 0
        made = rendered(parsed(self.prepared(lines)), self.directives)
        made = changed(made, _EQUATION, lambda match, _: f"$$ {{#{match[2]}}}")
        return labelled(self.roles.rewrite(made))

    def prepared(self, lines: Sequence[TypedLine]) -> list[TypedLine]:
        """Lines whose comments, breaks and labels are ours."""
        made: list[TypedLine] = []
        for line, code in zip(lines, is_code(lines), strict=True):
            target = None if code else _TARGET.match(line.text)
            if code:
                made.append(line)
            elif target:
                made.append(line.saying(f"{target[1]}{{#{as_id(target[2])}}}"))
            elif comment := _COMMENT.match(line.text):
                made.append(line.saying(f"<!-- {(comment[1] or '').replace('-->', '-- >')} -->" if comment[1] else ""))
            else:
                made.append(line.saying("") if _BREAK.match(line.text) else line)
        return made


def labelled(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """Labels, which stand on lines of their own, go to the heading, picture or box that follows them."""
    made: list[TypedLine] = []
    waiting: list[TypedLine] = []
    for line in lines:
        if _LABEL.match(line.text):
            waiting.append(line)
        elif line.is_blank and waiting:
            continue
        else:
            made += _joined(waiting, line) if waiting else [line]
            waiting = []
    return made


def _joined(waiting: list[TypedLine], line: TypedLine) -> list[TypedLine]:
    """A line with the last of the labels above it; others become anchors of their own."""
    ids = [match[1] for each in waiting if (match := _LABEL.match(each.text))]
    anchors = [each.saying(f'<a id="{id}"></a>') for each, id in zip(waiting[:-1], ids, strict=False)]
    above = [*anchors, line.saying("")] if anchors else []
    if heading := _HEADING.match(line.text):
        return [*above, line if heading[2] and "#" in heading[2] else line.saying(f"{heading[1]} {{#{ids[-1]}}}")]
    if picture := _PICTURE.match(line.text):
        if picture[1] is None:
            return [*above, line.saying(f"{line.text.rstrip()}{{#{ids[-1]}}}")]
        has_id = "#" in picture[1]
        return [*above, line if has_id else line.saying(f"{line.text.rstrip()[:-1]} #{ids[-1]}}}")]
    if _BOX.match(line.text):
        return [*above, line if "{#" in line.text else line.saying(f"{line.text.rstrip()} {{#{ids[-1]}}}")]
    return [*above, waiting[-1], line]
