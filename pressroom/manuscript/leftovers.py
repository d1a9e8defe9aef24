"""Leftovers: the guard over all text. What will be printed, and nobody means as text, is reported.

It looks at a chapter after it was read, so that what the reading understands is no leftover: no list of what is
understood has to be kept here. There is one finding for a kind and a chapter, with the places of all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Severity, Source, did_you_mean
from pressroom.forms import KeyPath, PlaceOf
from pressroom.manuscript import markup
from pressroom.manuscript.block_signs import BLOCK_SIGNS, sign_of
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.dialects import (
    ACROSS,
    ALT_SIGNS,
    CAPTION_SIGNS,
    FRONT_SIGNS,
    PLAIN_SIGNS,
    SIGNS,
)
from pressroom.manuscript.figures import IN_PHOTOS_FILE, FigureShape
from pressroom.manuscript.foreign_sign import ESCAPED, OPAQUE, ForeignSign
from pressroom.manuscript.lost_text import BROKEN
from pressroom.manuscript.printed_text import PrintedText, plain_run, run_of, run_of_html
from pressroom.manuscript.references import Labels
from pressroom.manuscript.shapes import BoxShape, GalleryShape, HeadingShape, Shape
from pressroom.publication import PartEntry, PhotoNote, Settings
from pressroom.publication.variables import VARIABLE

_ESCAPED = re.compile("[\U00100000-\U0010ffff]")
_KEYS = re.compile(r"@\{?([\w:.-]*\w)")
"""The keys of a citation."""
_LAST_OF_FRONT = 6
"""The last line on which what was meant as front matter may begin."""
EVERY_SIGN = (*PLAIN_SIGNS, *ALT_SIGNS, *CAPTION_SIGNS, *BROKEN, *FRONT_SIGNS, *BLOCK_SIGNS)
"""All that nobody means to be printed."""
_WHOLE = (1, 10**9)
_PRINTED = ("title", "subtitle", "publisher", "rights", "description", "source")
"""The keys of publication.yaml whose texts are printed or shown by shops."""
_FARTHEST = 10
"""Paragraphs over which somebody may have meant one emphasis."""
_LISTED = 40
"""Lines that a message lists; a longer list would not be read."""


@dataclass(frozen=True)
class Leftover:
    """A piece of text that nobody means to be printed, at its place."""

    sign: ForeignSign
    place: Place


@dataclass
class Guard:
    """Collects the leftovers of all chapters while they are read, before typography changes their text."""

    variables: Sequence[str] = ()
    """The names of the publication’s variables."""
    found: list[Leftover] = field(default_factory=list)

    def watch(self, draft: ChapterDraft) -> None:
        """Look at all text of a chapter."""
        search = Search(draft.source)
        runs = [*_front_runs(draft), *chain.from_iterable(map(_shape_runs, draft.shapes)), *_block_runs(draft.notes)]
        for run in runs:
            search.look_at(run)
        if headings := _named_headings(draft):
            for run in runs:
                search.look_for(headings, run)
        for run in runs[:2]:
            search.look_at_beginning(run)
        search.look_across(runs)
        search.look_at_blocks(
            [*(node for shape in _walk(draft.shapes) for node in getattr(shape, "nodes", [])), *draft.notes]
        )
        search.found += _metadata(draft)
        self.found += (self._known(left) for left in search.found)

    def watch_settings(self, settings: Settings, place_of: PlaceOf) -> None:
        """Look at the texts of publication.yaml that are printed, none of which holds markup."""
        texts: dict[KeyPath, str | None] = {(key,): getattr(settings, key) for key in _PRINTED}
        texts |= {("cover", key): getattr(settings.cover, key) for key in ("alt", "credit", "about")}
        texts |= {("creators", n, "name"): creator.name for n, creator in enumerate(settings.creators)}
        texts |= {("chapters", n, "part"): e.part for n, e in enumerate(settings.chapters) if isinstance(e, PartEntry)}
        for path, text in texts.items():
            self._watch_value(plain_run(text or "", (1, 1), is_alt=path[-1] == "alt"), place_of(path))

    def watch_photos(self, photos: Mapping[str, PhotoNote], place_of: PlaceOf) -> None:
        """Look at the texts of photos.yaml, by the names of the files."""
        for name, note in photos.items():
            caption = run_of(markup.parse_line(note.caption), (1, 1), is_caption=True) if note.caption else None
            alt = plain_run(note.alt, (1, 1), is_alt=True) if note.alt else None
            others = {key: plain_run(getattr(note, key) or "", (1, 1)) for key in ("credit", "long_description")}
            for key, run in {"caption": caption, "alt": alt, **others}.items():
                if run and run.text:
                    self._watch_value(run, place_of((name, key)))

    def _watch_value(self, run: PrintedText, place: Place) -> None:
        """Look at the value of a key that stands at a place."""
        for sign, match in _matches(run):
            at = match[0].split("\n")[0]
            column = place.excerpt.find(at, max(0, place.column - 1))
            exact = replace(place, column=column + 1, width=len(at)) if column >= 0 else place
            self.found.append(self._known(Leftover(sign, exact)))

    def _known(self, left: Leftover) -> Leftover:
        """A leftover; of a publication with variables, one that names none of them is such a name misspelt."""
        place = left.place
        typed = VARIABLE.match(place.excerpt, max(0, place.column - 1)) if left.sign.id == "template-unread" else None
        if not typed or not self.variables:
            return left
        remedy = did_you_mean(typed[1], self.variables) or f"There are: {', '.join(self.variables)}."
        what = f"the variable “{typed[1]}”, which publication.yaml does not define"
        return Leftover(ForeignSign("variable-unknown", what, remedy, VARIABLE), place)

    def findings(self, others: Iterable[Finding], labels: Labels) -> Iterator[Finding]:
        """One finding for each kind and file. What another finding reports already is left out, and references are."""
        told = defaultdict(list)
        for other in others:
            if other.severity is not Severity.ADVICE:
                whole_line = replace(other.place, column=1, width=10**6)
                is_unread = other.id.endswith("-unread")  # its author mends all of the line
                told[other.place.file, other.place.line].append(whole_line if is_unread else other.place)
        fresh = [left for left in self.found if not (_is_told(left.place, told) or _is_reference(left, labels))]
        for _, group in groupby(sorted(fresh, key=_kind), key=_kind):
            ordered = sorted(group, key=lambda left: (left.place.file, left.place.line, left.place.column))
            yield _asked(ordered) if ordered[0].sign.id in _TO_WRITE else _finding(ordered)


def _kind(left: Leftover) -> tuple[str, str, str]:
    """What one finding stands for: a file and a kind, of variables a name; all files, for what is to be written."""
    if left.sign.id in _TO_WRITE:
        return "", left.sign.id, ""
    return left.place.file, left.sign.id, left.sign.what if left.sign.id == "variable-unknown" else ""


def of_final(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings as they are in a final publication, where leftovers are errors: they would go to press."""
    ids = {"variable-unknown"} | {sign.id for sign in EVERY_SIGN}
    for finding in findings:
        yield replace(finding, severity=Severity.ERROR) if finding.id in ids else finding


def _is_told(place: Place, told: Mapping[tuple[str, int], Sequence[Place]]) -> bool:
    end = place.column + place.width
    return any(
        other.column < end and place.column < other.column + max(other.width, 3)
        for other in told.get((place.file, place.line), ())
    )


def _is_reference(left: Leftover, labels: Labels) -> bool:
    """Whether what looks like a citation names places in the publication: `[@bridge]` is a reference then."""
    typed = left.place.excerpt[left.place.column - 1 :][: left.place.width]
    keys = _KEYS.findall(typed) if left.sign.id == "citation-unread" else ()
    return bool(keys) and all(labels.resolve(f"#{key}", left.place.file) for key in keys)


def _finding(group: Sequence[Leftover]) -> Finding:
    first, places = group[0], list(dict.fromkeys(left.place for left in group))
    excerpt = first.place.excerpt[first.place.column - 1 :][: first.place.width].strip()
    shown = excerpt if len(excerpt) <= 50 else f"{excerpt[:50]}…"
    shown = _named(shown) if first.sign in BROKEN else f"“{shown}”"
    why = f"{shown} is printed as it stands. It looks like {first.sign.what}."
    if len(places) > 1:
        why += f" This file has {len(places)} of them, on {_lines(places)}."
    remedy = f"{first.sign.remedy} If you mean the signs themselves, put a backslash before each."
    return Finding(first.sign.id, Severity.WARNING, first.place, why, remedy, tuple(places[1:]))


_TO_WRITE = {
    "caption-to-write": ("caption is", "captions are"),
    "alt-to-write": ("alt text is", "alt texts are"),
}
"""What `[TK …]` stands for where a picture has it, one and several."""


def _asked(group: Sequence[Leftover]) -> Finding:
    """The finding for words that are still to be written, which one count of the whole publication tells best."""
    first, places = group[0], list(dict.fromkeys(left.place for left in group))
    by_file = groupby(places, key=lambda place: place.file)
    where = "; ".join(f"{file}, {_lines(list(inside))}" for file, inside in by_file)
    what = _TO_WRITE[first.sign.id][len(places) > 1]
    why = f"{len(places)} {what} still to be written, in place of [TK …]: {where}."
    return Finding(first.sign.id, Severity.WARNING, first.place, why, first.sign.remedy, tuple(places[1:]))


def _lines(places: Sequence[Place]) -> str:
    lines = list(dict.fromkeys(str(place.line) for place in places))
    more = f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines[:_LISTED])}{more}"


def _named(letters: str) -> str:
    """A broken letter with its code, since it may be invisible."""
    codes = " ".join(f"U+{ord(letter):04X}" for letter in letters[:2])
    return f"“{letters}” ({codes})" if letters[:1].isprintable() else codes


# ---- the search


@dataclass
class Search:
    """Looks for signs in the texts of one source."""

    source: Source
    found: list[Leftover] = field(default_factory=list)
    lines: list[str] = field(init=False)
    _seen: dict[tuple[int, str], int] = field(default_factory=dict)
    """The column after the last match of a text on a line: the next one stands behind it."""

    def __post_init__(self) -> None:
        self.lines = self.source.lines

    def look_at(self, run: PrintedText) -> None:
        """Collect what nobody means in a text."""
        for sign, match in _matches(run):
            self.found.append(Leftover(sign, self._place(run, match)))

    def look_for(self, sign: ForeignSign, run: PrintedText) -> None:
        """Collect the places of one sign in a text."""
        self.found += (Leftover(sign, self._place(run, match)) for match in sign.pattern.finditer(run.text))

    def look_at_beginning(self, run: PrintedText) -> None:
        """Collect front matter that is printed, since it was not the very first of its file."""
        is_open = self.lines[:1] == ["---"]  # its end is missing, which is reported
        if run.first <= _LAST_OF_FRONT and not is_open:
            for sign in FRONT_SIGNS:
                self.found += (Leftover(sign, self._place(run, match)) for match in sign.pattern.finditer(run.text))

    def look_across(self, runs: Sequence[PrintedText]) -> None:
        """Collect emphasis that begins in one paragraph and ends in another, which neither is read as."""
        for n, run in enumerate(runs):
            opening = ACROSS.pattern.search(run.text)
            closing = re.compile(rf"[^*]*[^\s*]{re.escape(opening[1])}(?![\w*])") if opening else None
            following = (each.text for each in runs[n + 1 : n + 1 + _FARTHEST] if "*" in each.text)
            if opening and closing and closing.match(next(following, "")):
                self.found.append(Leftover(ACROSS, self._place(run, opening)))

    def look_at_blocks(self, nodes: Sequence[Node]) -> None:
        """Collect what blocks and elements show: code of other programs, tables that were read as rules, tasks."""
        line = 1
        for node in (inner for top in nodes for inner in top.walk()):
            line = node.map[0] + 1 if node.map else line
            if found := sign_of(node, self.lines[line - 1] if line <= len(self.lines) else ""):
                sign, typed = found
                self.found.append(
                    Leftover(sign, self.source.find(typed, line, line + 40) if typed else self.source.place(line))
                )

    def _place(self, run: PrintedText, match: re.Match[str]) -> Place:
        """The place of a match in the source: the first line from the counted one on that holds its text."""
        whole = _ESCAPED.sub(lambda sign: f"\\{chr(ord(sign[0]) - ESCAPED)}", match[0]).strip().split("\n")[0]
        parts = [part for part in re.split(f"[{OPAQUE}\\\\]", whole) if part.strip()]
        first = run.line_at(match.start() + len(match[0]) - len(match[0].lstrip()))
        lines = range(first, min(run.last, len(self.lines), first + 200) + 1)
        for needle in filter(None, dict.fromkeys((whole, *(part.strip() for part in parts[:1])))):
            for line in lines:
                column = self.lines[line - 1].find(needle, self._seen.get((line, needle), 0))
                if column >= 0:
                    self._seen[line, needle] = column + len(needle)
                    return Place(self.source.file, line, column + 1, self.lines[line - 1], len(needle))
        return self.source.place(min(first, len(self.lines)))


def _matches(run: PrintedText) -> Iterator[tuple[ForeignSign, re.Match[str]]]:
    """Every sign in a text with its match; of matches that overlap, the one that begins first, then the longest."""
    first = ALT_SIGNS if run.is_alt else CAPTION_SIGNS if run.is_caption else ()
    signs = PLAIN_SIGNS if run.is_plain else (*first, *SIGNS)
    texts = (*((sign, run.text) for sign in signs), *((sign, run.typed) for sign in BROKEN))
    found = [(sign, match) for sign, text in texts if sign.needs in text for match in sign.pattern.finditer(text)]
    addresses, end = run.addresses() if found else [], 0
    starts = [each.start for each in addresses]
    for sign, match in sorted(found, key=lambda each: (each[1].start(), -each[1].end())):
        n = bisect_right(starts, match.start()) - 1
        is_address = n >= 0 and match.end() <= addresses[n].stop
        if match.start() >= end and not is_address:
            end = match.end()
            yield sign, match


# ---- the texts of a chapter


def _front_runs(draft: ChapterDraft) -> Iterator[PrintedText]:
    front, source = draft.front, draft.source
    authors = (front.author,) if isinstance(front.author, str) else front.author or ()
    for text in filter(None, (front.title, front.subtitle, *authors, front.date, front.place)):
        line = source.find(text.split("\n")[0], 1, min(60, len(source.lines))).line
        yield plain_run(text, (line, line))
    if draft.title_nodes:
        yield run_of(draft.title_nodes, _WHOLE)


_METADATA = ForeignSign(
    "front-matter-unread",
    "metadata between two lines of ---, which Pandoc reads anywhere; here it is a heading",
    "Front matter stands on the first lines of the file; delete this.",
    re.compile(r"[a-z][\w-]*: "),
)


_TO_COMPUTE = ForeignSign(
    "template-unread",
    "a day that Quarto looks up when it renders",
    "Write the day as it is to be printed.",
    re.compile(r"today|now|last-modified"),
)


def _metadata(draft: ChapterDraft) -> Iterator[Leftover]:
    """Headings that stand between two rules and have the form of a key with its value; days that nobody has set."""
    if draft.front.date and _TO_COMPUTE.pattern.fullmatch(draft.front.date):
        yield Leftover(_TO_COMPUTE, draft.source.find(draft.front.date, 1, min(60, len(draft.source.lines))))
    for shape in _walk(draft.shapes):
        if isinstance(shape, HeadingShape) and _METADATA.pattern.match(markup.plain_text(shape.nodes)):
            above = draft.source.place(shape.place.line - 1)
            if above.line and above.excerpt.rstrip() == "---":
                yield Leftover(_METADATA, shape.place)


def _named_headings(draft: ChapterDraft) -> ForeignSign | None:
    """The words of a chapter’s headings in brackets, which Pandoc takes for references; None if it has no headings."""
    shapes = (shape for shape in _walk(draft.shapes) if isinstance(shape, HeadingShape))
    titles = {" ".join(markup.plain_text(shape.nodes).split()) for shape in shapes} - {""}
    if not titles:
        return None
    spaced = (r"\s+".join(map(re.escape, title.split(" "))) for title in sorted(titles, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\]!\w])\[(?:{'|'.join(spaced)})\](?![\[({{:])", re.IGNORECASE)
    return ForeignSign("reference-unread", "a reference of Pandoc to a heading", "Write [words](#id).", pattern)


def _walk(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, BoxShape):
            yield from _walk(shape.shapes)


def _shape_runs(shape: Shape) -> Iterator[PrintedText]:
    start = shape.place.line
    if isinstance(shape, FigureShape):
        runs = {
            "alt": plain_run(shape.alt, (start, start), is_alt=True),
            "credit": plain_run(shape.credit, (start, start)),
            "caption": run_of(shape.caption, (start, start + 200), is_caption=True),
        }
        yield from (run for key, run in runs.items() if shape.origins.get(key) != IN_PHOTOS_FILE)
    elif isinstance(shape, GalleryShape):
        for figure in shape.figures:
            yield from _shape_runs(figure)
        yield run_of(shape.caption, (start, start + 2000), is_caption=True)
    elif isinstance(shape, BoxShape):
        yield plain_run(shape.title, (start, start))
        for inner in shape.shapes:
            yield from _shape_runs(inner)
    elif isinstance(shape, HeadingShape):
        yield run_of(shape.nodes, (start, start + 1))
    else:
        yield from _block_runs(shape.nodes)


def _block_runs(nodes: Iterable[Node]) -> Iterator[PrintedText]:
    for node in (inner for top in nodes for inner in top.walk()):
        if node.type == "inline":
            yield run_of(node.children, markup.lines_of(node, _WHOLE))
        elif node.type == "html_block":
            yield run_of_html(node.content, markup.lines_of(node))
