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
_MOST = 200_000
"""The most lines that inclusions may make of one text: files that include each other twice double with every level."""

_DEEPEST = 20


@dataclass
class Inclusions:
    """Puts texts in the place of a sign. The first group of `sign` is the address."""

    gathering: Gathering
    sign: re.Pattern[str]
    lines_of: Including
    count: int = 0

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
        file = includable(self.gathering, match[1].strip(), line, within, is_full=self.count > _MOST)
        if file is None:
            return [line.saying(before + after)] if (before + after).strip() else []
        found = self.lines_of(match, line, file)
        if found is None:
            return [line.saying(before + after)]
        self.count += len(found)
        inside = self.into(found, (*within, file))
        if not inside:
            return []
        inside[0] = inside[0].saying(before + inside[0].text)
        return [*inside[:-1], inside[-1].saying(inside[-1].text + after)]


def includable(
    gathering: Gathering, address: str, line: TypedLine, within: tuple[str, ...], *, is_full: bool = False
) -> str | None:
    """The file that an address names, if it can be put there; None otherwise, which is noted."""
    file = gathering.folder.resolve(address, line.file, gathering.root)
    if file is not None and not is_outside(file) and not is_full and file not in within and len(within) <= _DEEPEST:
        return file
    id = "import-include-missing" if file is None else "import-outside" if is_outside(file) else "import-include-loop"
    gathering.remark(id, line, address)
    return None
