"""Caption lists: captions of a gallery that a person has listed, each with the name of its file, a number or a credit.

They come as lines (“01.jpg – caption – credit”, “Photo 3: caption”), as a table that was pasted, or as paragraphs that
end with their credits. Nothing is guessed from a single line: two have to agree.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_SUFFIXES = r"(?:jpe?g|png|tiff?|heic|webp|gif|avif|raw|dng|cr2|cr3|nef|arw|raf|orf)"
_FILE = re.compile(
    rf"\s*(?:\d{{1,3}}[.)]\s+)?[\"“]?(?P<file>[^\s/\\:*?\"<>|][^/\\:*?\"<>|\t\n]*?\.{_SUFFIXES})[\"”]?"
    r"\s*(?:[-–—:|,;=\t]+\s*|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBERED = (
    re.compile(
        r"\s*(?P<label>(?:photo|photograph|picture|image|foto|bild|figure|fig\.?|caption|slide|plate)"
        r"\s*(?:no\.?\s*)?#?(?P<number>\d{1,3}))\s*(?:[.:)–—-]+\s*|$)(?P<rest>.*)",
        re.IGNORECASE,
    ),
    re.compile(r"\s*(?P<label>(?P<number>\d{1,3})[.)])\s+(?P<rest>.+)"),
)
_CREDIT = re.compile(
    r"(?:\(c\)|©|(?:photos?|photograph|foto|picture|image|credit)(?:\s*(?:by|:|credit:)|\s+©))\s*\S", re.IGNORECASE
)
_LAST_CREDIT = re.compile(
    rf"(?P<caption>\S.{{15,}}?[.!?”\"\s])[\s(|–—-]*(?P<credit>{_CREDIT.pattern}[^.\n]{{1,60}})\)?\.?", re.IGNORECASE
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright|all rights)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[–—|-]\s+|\s*\t\s*|\s*\|\s*")
_COLUMNS = {
    "file": "file files filename filenames name image photo picture photograph datei bild foto fichier".split(),
    "caption": "caption captions description text legend bildunterschrift beschreibung légende".split(),
    "credit": "credit credits photographer byline author copyright fotograf crédit".split(),
    "alt": "alt alt-text alternative".split(),
    "date": "date day datum".split(),
    "place": "place location ort lieu".split(),
}
_KINDS = {name: kind for kind, names in _COLUMNS.items() for name in names}


@dataclass(frozen=True)
class ListedCaption:
    """A caption of a list, or a paragraph of the text around it (`is_text`)."""

    line: int
    caption: str
    file: str = ""
    credit: str = ""
    label: str = ""
    """The number that stood before it, which editions count for themselves."""
    alt: str = ""
    is_text: bool = False


def listed_captions(text: str) -> list[ListedCaption]:
    """The captions of a list, with the paragraphs around them; nothing if the text is no list of captions."""
    lines = text.split("\n")
    for found in (_of_table(lines), _of_lines(lines, [_FILE]), *(_of_lines(lines, [each]) for each in _NUMBERED)):
        if sum(not each.is_text for each in found) > 1:
            return found
    found = [_with_credit(each) for each in _paragraphs(lines)]
    return found if sum(not each.is_text for each in found) > 1 else []


# ---- tables


def _of_table(lines: Sequence[str]) -> list[ListedCaption]:
    """The rows of a table with a head that names a file or a caption, and what stands around it."""
    for n, line in enumerate(lines):
        for sign in ("\t", "|", ";", ","):
            kinds = [_KINDS.get(cell.strip(' "*').casefold(), "") for cell in _cells(line, sign)]
            if len(kinds) > 1 and all(kinds) and "caption" in kinds:
                end = next((k for k in range(n + 1, len(lines)) if not lines[k].strip()), len(lines))
                rows = (_row(k + 1, _cells(lines[k], sign), kinds) for k in range(n + 1, end) if not _is_rule(lines[k]))
                after = (replace(each, line=each.line + end) for each in _paragraphs(lines[end:]))
                return [*_paragraphs(lines[:n]), *filter(None, rows), *after]
    return []


def _cells(line: str, sign: str) -> list[str]:
    if sign == "|":
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"[\s|:+-]*", line) is not None


def _row(line: int, cells: list[str], kinds: list[str]) -> ListedCaption | None:
    said = dict(zip(kinds, cells, strict=False))
    more = [said[kind] for kind in ("place", "date") if said.get(kind) and said[kind] not in said.get("caption", "")]
    caption = " ".join(filter(None, (said.get("caption", ""), f"({', '.join(more)})" if more else "")))
    if not caption and not said.get("file"):
        return None
    return ListedCaption(line, caption, said.get("file", ""), said.get("credit", ""), alt=said.get("alt", ""))


# ---- lines


def _of_lines(lines: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> list[ListedCaption]:
    """Lines that begin with the name of a file or with a number, with the lines that go on with them."""
    matches = [next(filter(None, (each.fullmatch(line) for each in patterns)), None) for line in lines]
    numbers = [int(match["number"]) for match in matches if match and "number" in match.groupdict()]
    if numbers and numbers != [*range(numbers[0], numbers[0] + len(numbers))]:
        return []
    starts = [n for n, match in enumerate(matches) if match]
    if patterns == [_NUMBERED[-1]] and 2 * len(starts) < sum(1 for line in lines if line.strip()):
        return []  # items of a list in a story
    found: list[ListedCaption] = []
    n = 0
    while n < len(lines):
        match = matches[n]
        end = next((k for k in range(n + 1, len(lines)) if not lines[k].strip() or matches[k]), len(lines))
        if match is None:
            found += [replace(each, line=each.line + n) for each in _paragraphs(lines[n:end])]
        else:
            words = [match["rest"], *lines[n + 1 : end]]
            if not "".join(words).strip() and end + 1 < len(lines) and not matches[end + 1]:
                after = next((k for k in range(end + 1, len(lines)) if not lines[k].strip() or matches[k]), len(lines))
                words, end = [*lines[end + 1 : after]], after
            said = match.groupdict()
            rest = " ".join(" ".join(words).split(" "))
            found.append(
                _parted(ListedCaption(n + 1, rest.strip(), said.get("file") or "", label=said.get("label") or ""))
            )
        n = max(end, n + 1)
    return found if starts else []


def _parted(listed: ListedCaption) -> ListedCaption:
    """A caption without the credit that is its last part."""
    parts = [part.strip() for part in _PARTS.split(listed.caption) if part and part.strip()]
    if len(parts) > 1 and (_CREDIT.match(parts[-1]) or ("\t" in listed.caption and len(parts) == 2)):
        end = listed.caption.rindex(parts[-1])
        return replace(listed, caption=re.sub(r"[\s–—|-]+$", "", listed.caption[:end]), credit=parts[-1])
    return replace(listed, caption=" ".join(listed.caption.split()))


# ---- paragraphs


def _paragraphs(lines: Sequence[str]) -> Iterator[ListedCaption]:
    start, words = 0, list[str]()
    for n, line in enumerate([*lines, ""]):
        if line.strip():
            start = start if words else n + 1
            words.append(line.strip())
        elif words:
            yield ListedCaption(start, " ".join(" ".join(words).split()), is_text=True)
            words = []


def _with_credit(paragraph: ListedCaption) -> ListedCaption:
    """A paragraph that ends with a credit is the caption of a photograph."""
    match = _LAST_CREDIT.fullmatch(paragraph.caption)
    if match is None or _RIGHTS.match(paragraph.caption):
        return paragraph
    return replace(paragraph, caption=match["caption"].strip(), credit=match["credit"].strip(), is_text=False)
