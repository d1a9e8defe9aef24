"""Links of a vault: which note a link means, and the texts of notes that others embed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pressroom.importing.folders.cross_references import anchors_of, plain_words
from pressroom.importing.folders.front_matter import words_in_head
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.inclusions import may_include
from pressroom.importing.folders.typed_lines import TypedLine, apart, is_code, trimmed

LINK = re.compile(r"(?<![!\\])\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
EMBED = re.compile(r"(?<!\\)!\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
BLOCK_ID = re.compile(r"(?:^|\s)\^([\w-]+)\s*$")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")

Notes = Mapping[str, tuple[Mapping[str, Any], list[TypedLine]]]


@dataclass
class NoteLinks:
    """Finds notes by what links call them."""

    gathering: Gathering
    notes: Notes
    wanted_blocks: set[tuple[str, str]] = field(default_factory=set)
    """The blocks that links lead to, with their notes."""
    _aliases: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for file, (head, lines) in self.notes.items():
            aliases = head.get("aliases") or head.get("alias") or []
            for alias in aliases if isinstance(aliases, list) else [aliases]:
                self._aliases.setdefault(words_in_head(alias).casefold(), file)
            for line in lines:
                for match in LINK.finditer(line.text) if "[[" in line.text else ():
                    name, _, place = match[1].partition("#")
                    if place.startswith("^"):
                        self.wanted_blocks.add((self.note_of(name.strip(), file) or file, place[1:].strip()))

    def note_of(self, name: str, beside: str) -> str | None:
        """The note that a link calls so; the note itself for a link that names none."""
        if not name:
            return beside
        found = self.gathering.by_name(f"{name}.md", beside) or self.gathering.by_name(name, beside)
        found = found or self._aliases.get(name.casefold())
        return found if found in self.notes else None

    # ---- embedded notes

    def embedded_whole(self) -> set[str]:
        """The notes that another one embeds from their first to their last line."""
        found: set[str] = set()
        for file, (_, lines) in self.notes.items():
            for line in lines:
                for match in EMBED.finditer(line.text) if "![[" in line.text else ():
                    note = None if "#" in match[1] else self.note_of(match[1].strip(), file)
                    if note and note != file:
                        found.add(note)
        return found

    def with_embedded(self, lines: Sequence[TypedLine], file: str, within: tuple[str, ...] = ()) -> list[TypedLine]:
        """A text with the notes, sections and paragraphs that it embeds."""
        made: list[TypedLine] = []
        for line, code in zip(lines, is_code(lines), strict=True):
            match = None if code else EMBED.search(line.text)
            note = self.note_of(match[1].partition("#")[0].strip(), file) if match else None
            if match is None or note is None:
                made.append(line)
                continue
            before, after = line.text[: match.start()].rstrip(), line.text[match.end() :].lstrip()
            inside = self._text_of(match, line, note, (*within, file))
            if before and not before.strip(" >"):
                made += [each.saying(f"{before} {each.text}") for each in inside]
            else:
                made += [line.saying(before)] if before.strip(" -*+") else []
                made += apart(inside)
            made += [line.saying(after)] if after else []
        return made

    def _text_of(self, match: re.Match[str], line: TypedLine, note: str, within: tuple[str, ...]) -> list[TypedLine]:
        place = match[1].partition("#")[2].strip()
        key = f"{note}#{place}" if place else note
        if not may_include(self.gathering, key, line, within):
            return []
        found = self._part_of(note, place)
        if not found:
            self.gathering.remark("import-include-missing", line, match[1])
        inside = self.with_embedded(found, note, (*within, key) if place else within)
        return trimmed([each.saying(BLOCK_ID.sub("", each.text)) for each in inside])

    def _part_of(self, note: str, place: str) -> list[TypedLine]:
        lines = self.notes[note][1]
        if place.startswith("^"):
            return _block(lines, place[1:])
        return _section(lines, place.rpartition("#")[2]) if place else _without_title(lines)


def _without_title(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """A whole note; its title becomes a section of the note that has it."""
    return [line.saying(f"#{line.text}") if re.match(r"#{1,5}\s", line.text) else line for line in lines]


def _section(lines: Sequence[TypedLine], heading: str) -> list[TypedLine]:
    """The lines below a heading, up to the next one of its level, with it."""
    wanted = anchors_of(heading)
    made: list[TypedLine] = []
    level = 0
    for line in lines:
        match = _HEADING.match(line.text)
        if match and level and len(match[1]) <= level:
            break
        if match and not level and anchors_of(plain_words(match[2])) & wanted:
            level = len(match[1])
        if level:
            made.append(line)
    return made


def _block(lines: Sequence[TypedLine], id: str) -> list[TypedLine]:
    """The paragraph that has this id at its end."""
    end = next((n for n, line in enumerate(lines) if (m := BLOCK_ID.search(line.text)) and m[1] == id), None)
    if end is None:
        return []
    if lines[end].text.strip() == f"^{id}":
        end = next((n for n in range(end - 1, -1, -1) if not lines[n].is_blank), end)
    start = end
    while start > 0 and not lines[start - 1].is_blank:
        start -= 1
    return list(lines[start : end + 1])


def note_name(file: str) -> str:
    """What a vault calls a note."""
    return PurePosixPath(file).stem
