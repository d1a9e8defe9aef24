"""Signs of a vault in lines: links to notes, embedded pictures, remarks, tags, fields, ids of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.errors import Severity
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed, is_code
from pressroom.importing.folders.vault_links import BLOCK_ID, EMBED, LINK, NoteLinks, note_name
from pressroom.publication import slug_of

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|tiff?|webp|avif|heic|bmp)$", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d+(?:x\d+)?\s*")
_TAGS = re.compile(r"^\s*(?:[Tt]ags?:\s*)?#[A-Za-zÀ-ɏ][\w/-]*(?:[\s,]+#[A-Za-zÀ-ɏ][\w/-]*)*\s*$")
_REMARK = re.compile(r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|%%(?P<words>.*?)%%")
_TEMPLATE = re.compile(r"<%.*?%>", re.DOTALL)
_FIELD = re.compile(r"[\[(]([A-Za-z][\w -]*):: ?([^\])\n]+)[\])]")
_FIELD_LINE = re.compile(r"^(\s*(?:[-*+] )?)([A-Za-z][\w -]{0,40})::[ \t]+(?=\S)", re.MULTILINE)
_QUERY = re.compile(r"`\$?=[^`\n]*`")
_TASK = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+)\[[^\sxX\]]\]\s", re.MULTILINE)


@dataclass(frozen=True)
class VaultSigns:
    """Rewrites the signs of a vault."""

    gathering: Gathering
    links: NoteLinks

    def rewrite(self, lines: Sequence[TypedLine]) -> list[TypedLine]:
        """A text with signs that our reader reads."""
        made = self._remarks(list(lines))
        made = self._blocks(self._without_tags(made))
        made = changed(made, EMBED, self._embed)
        made = changed(made, LINK, self._link)
        made = changed(made, _TEMPLATE, lambda m, line: self._out("import-template", m[0], line))
        made = changed(made, _QUERY, lambda m, line: self._out("import-query", m[0], line), in_spans=True)
        made = changed(made, _FIELD, lambda m, line: self._field(line, m[1], f"{m[1]}: {m[2].strip()}"))
        made = changed(made, _FIELD_LINE, lambda m, line: self._field(line, m[2], f"{m[1]}{m[2]}: "))
        return changed(made, _TASK, self._task)

    def _out(self, id: str, what: str, line: TypedLine) -> str:
        self.gathering.remark(id, line, what)
        return ""

    def _field(self, line: TypedLine, name: str, written: str) -> str:
        self.gathering.remark("import-field", line, name, Severity.ADVICE)
        return written

    def _task(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-task", line, line.text, Severity.ADVICE)
        return f"{match[1]}[ ] "

    # ---- remarks and tags

    def _remarks(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Private remarks, on one line or on many, become comments."""
        made: list[TypedLine] = []
        code = is_code(lines)
        alone = [n for n, line in enumerate(lines) if not code[n] and _has_single_sign(_REMARK.sub("", line.text))]
        unclosed = alone[-1] if len(alone) % 2 else len(lines)  # a sign that nothing closes hides no text
        is_open = False
        for n, line in enumerate(lines):
            if code[n] or "%%" not in line.text:
                made.append(line.saying(line.text.replace("-->", "-- >")) if is_open else line)
                continue
            text = line.text if is_open else _REMARK.sub(_as_comment, line.text)
            if n < unclosed and _has_single_sign(text):
                text = text.replace("%%", "-->" if is_open else "<!--", 1)
                is_open = not is_open
            made.append(line.saying(text))
        return made

    def _without_tags(self, lines: list[TypedLine]) -> list[TypedLine]:
        code = is_code(lines)
        tagged = [n for n, line in enumerate(lines) if not code[n] and "#" in line.text and _TAGS.match(line.text)]
        for n in tagged:
            self.gathering.remark("import-tags", lines[n], lines[n].text, Severity.ADVICE)
        return [line for n, line in enumerate(lines) if n not in set(tagged)]

    def _blocks(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Ids of paragraphs that links lead to stand above their paragraph; others are taken away."""
        code = is_code(lines)
        made: list[TypedLine] = []
        for n, line in enumerate(lines):
            match = None if code[n] else BLOCK_ID.search(line.text)
            if match is None:
                made.append(line)
                continue
            rest = line.text[: match.start()].rstrip()
            if rest:
                made.append(line.saying(rest))
            if (line.file, match[1]) in self.links.wanted_blocks:
                _put_id(made, match[1])
        return made

    # ---- links

    def _embed(self, match: re.Match[str], line: TypedLine) -> str:
        name, words = match[1].strip(), (match[2] or "").strip()
        if not _PICTURE.search(name.partition("#")[0]):
            id = "import-embed" if "." in name else "import-include-missing"
            self.gathering.remark(id, line, name)
            return words or name
        found = self.gathering.by_name(name, line.file)
        *alt, last = words.split("|")
        if found and not alt:
            return match[0].replace(match[1], self.gathering.bring(found), 1)
        width = f"{{width={last.strip().partition('x')[0]}}}" if _SIZE.fullmatch(last) else ""
        shown = " ".join(filter(None, alt if width else [*alt, last]))
        return f"![{shown}](<{f'/{found}' if found else name}>){width}"

    def _link(self, match: re.Match[str], line: TypedLine) -> str:
        name, _, place = match[1].partition("#")
        words = (match[2] or "").strip() or self._words(name.strip(), place)
        note = self.links.note_of(name.strip(), line.file)
        if note is None:
            self.gathering.remark("import-link", line, match[1])
            return words
        anchor = place.strip().lstrip("^") if place.startswith("^") else slug_of(place.rpartition("#")[2])
        if note == line.file:
            return f"[{words}](#{anchor})" if anchor else words
        return f"[{words}](</{note}{f'#{anchor}' if anchor else ''}>)"

    def _words(self, name: str, place: str) -> str:
        """The words that Obsidian shows of a link without its own."""
        shown = note_name(f"{name}.md") if "/" in name else name
        parts = [shown, *("" if place.startswith("^") else place).split("#")]
        return " > ".join(filter(None, (part.strip() for part in parts)))


def _has_single_sign(text: str) -> bool:
    return re.sub(r"`[^`]*`", "", text).count("%%") == 1


def _as_comment(match: re.Match[str]) -> str:
    """A private remark as a comment; code stays as it is."""
    return match["code"] or f"<!--{(match['words'] or '').replace('-->', '-- >')}-->"


def _put_id(made: list[TypedLine], id: str) -> None:
    """Put an id above the paragraph that the last line belongs to, if it is one: a list and a table have none."""
    end = next((n for n in range(len(made) - 1, -1, -1) if not made[n].is_blank), None)
    if end is None:
        return
    start = end
    while start > 0 and not made[start - 1].is_blank:
        start -= 1
    if not re.match(r"\s*(?:[-*+>|#]|\d+[.)]\s|!\[)", made[start].text):
        made.insert(start, made[start].saying(f"{{#{id}}}"))
