"""Inclusions: a text that another one names is put in its place. One that includes itself ends in a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.source_folder import is_outside
from pressroom.importing.folders.typed_lines import TypedLine

Including = Callable[[re.Match[str], TypedLine, str], "Sequence[TypedLine] | None"]
"""Takes the sign of an inclusion, its line and the path of the file; hands out the lines that come in its place."""
_MOST = 2_000
"""The most inclusions in one text: files that include the next one twice double with every level."""

_DEEPEST = 20


@dataclass
class Inclusions:
    """Puts texts in the place of a sign. The first group of `sign` is the address."""

    gathering: Gathering
    sign: re.Pattern[str]
    lines_of: Including

    def into(self, lines: Sequence[TypedLine], within: tuple[str, ...]) -> list[TypedLine]:
        """Lines with all inclusions made. `within` are the files in which they stand, the outermost first."""
        made: list[TypedLine] = []
        for line in lines:
            match = self.sign.search(line.text)
            if match is None or (match.start() and line.text[match.start() - 1] in "\\{"):
                made.append(line)
                continue
            made += self._included(match, line, within)
        return made

    def _included(self, match: re.Match[str], line: TypedLine, within: tuple[str, ...]) -> list[TypedLine]:
        before, after = line.text[: match.start()], line.text[match.end() :]
        file = includable(self.gathering, match[1].strip(), line, within)
        if file is None:
            return [line.saying(before + after)] if (before + after).strip() else []
        found = self.lines_of(match, line, file)
        if found is None:
            return [line.saying(before + after)]
        inside = self.into(found, (*within, file))
        if not inside:
            return []
        inside[0] = inside[0].saying(before + inside[0].text)
        return [*inside[:-1], inside[-1].saying(inside[-1].text + after)]


def includable(gathering: Gathering, address: str, line: TypedLine, within: tuple[str, ...]) -> str | None:
    """The file that an address names, if it can be put there; None otherwise, which is noted."""
    file = gathering.folder.resolve(address, line.file, gathering.root)
    if file is None or is_outside(file):
        gathering.remark("import-outside" if file else "import-include-missing", line, address)
        return None
    return file if may_include(gathering, file, line, within) else None


def may_include(gathering: Gathering, file: str, line: TypedLine, within: tuple[str, ...]) -> bool:
    """Whether a file is put in this place: not inside of itself, and not without end. A refusal is noted once."""
    gathering.inclusions += 1
    if file not in within and len(within) <= _DEEPEST and gathering.inclusions <= _MOST:
        return True
    if gathering.inclusions <= _MOST + 1:
        gathering.remark("import-include-loop", line, file)
    return False
