"""Citations: set as a style has them, with the list of works. The only module that knows citeproc-py.

Every work is registered in reading order before anything is set, so that numbers and letters after years are settled.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, advice, did_you_mean, error
from pressroom.language.bcp47 import primary_subtag
from pressroom.manuscript.citing import CitedWork, Citing
from pressroom.publication import CitedEntry, slug_of
from pressroom.xhtml import escaped, read_fragment, text_of

_PLAIN = str.maketrans({"&": "\ue0e0", "<": "\ue0e1", ">": "\ue0e2"})
_TYPED = str.maketrans({"\ue0e0": "&amp;", "\ue0e1": "&lt;", "\ue0e2": "&gt;"})
"""What would be markup, in private characters while citeproc-py has it: it escapes a style, and nothing of a work."""
_MARKED = re.compile("\ue0e1(/?(?:i|b|sub|sup))\ue0e2")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_]{1,2})(?=[^\s*_])([^*_]+)(?<=[^\s*_])\1(?![\w*])")
_FIRST = 0xF0000
"""The first of the private characters that begin a work in a citation; one character ends it."""
_END = "\ue0e3"
_LABEL = re.compile(r"(\[\d+\]|\d+\.|\(\d+\))(?=\S)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_NAMED = 8


@dataclass
class Citations:
    """The citations of a publication, in one style and language."""

    items: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    style: bytes = b""
    language: str = "en"
    keys: dict[str, None] = field(default_factory=dict)
    """The works that are cited, in the order of their first citations."""
    has_failed: bool = False
    """Whether bibliography or style cannot be had, which is reported elsewhere."""
    cited_at: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The ids of the places that cite a work."""

    @property
    def is_there(self) -> bool:
        """Whether the publication has a bibliography."""
        return bool(self.style)

    @property
    def as_notes(self) -> bool:
        """Whether the style has citations in notes."""
        return b'class="note"' in self.style[:2000]

    @property
    def has_ranges(self) -> bool:
        """Whether the style writes numbers that follow one another as a range: “1–3”. citeproc-py does not."""
        return bool(re.search(rb'<citation\b[^>]*\bcollapse="citation-number"', self.style))

    @property
    def citing(self) -> Citing:
        """What the parser must know."""
        if not self.is_there:
            return Citing(is_named=self.has_failed)
        return Citing(self.items.keys(), self.as_notes, is_named=True)

    def register(self, nodes: Sequence[Node]) -> None:
        """Take up the works that citations name."""
        for key in (work.key for node in nodes for work in node.meta["works"]):
            if key in self.items:
                self.keys.setdefault(key)

    def settle(self, place: Place) -> Finding | None:
        """Settle the numbers and letters of all works; the finding if the processor cannot do what the style asks."""
        if not self.is_there or not self.keys:
            return None
        try:
            self.entries()
            for key in self.keys:
                self.set([CitedWork(key, label="page", locator="1")])
        except _FAULTS as fault:
            self.style, self.items, self.keys, self.has_failed = b"", {}, {}, True
            why = f"The style of citations asks for what cannot be done ({type(fault).__name__}: {fault}); none is set."
            return error("style-unread", place, why, "Take another style.")
        return None

    def id_of(self, key: str) -> str:
        """The id of a work in the list."""
        return self._ids[key]

    @cached_property
    def _ids(self) -> dict[str, str]:
        ids: dict[str, str] = {}
        taken = set[str]()
        for key in self.items:
            stem = f"bibliography--{slug_of(key) or 'work'}"
            ids[key] = stem if stem not in taken else f"{stem}_{len(ids)}"
            taken.add(ids[key])
        return ids

    # ---- findings

    def unknown(self, key: str) -> str:
        """What to do about a key that no bibliography has."""
        return did_you_mean(key, self.items) or "Add the work to the bibliography, or mend its key."

    def uncited(self) -> Iterator[Finding]:
        """The works that nothing cites, told once."""
        left = [key for key in self.items if key not in self.keys]
        if left:
            named = ", ".join(left[:_MOST_NAMED]) + (
                f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
            )
            why = f"{len(left)} of {len(self.items)} works are cited nowhere, and are not in the list: {named}."
            yield advice("work-uncited", self.places[left[0]], why, "Cite them with [@key], if they belong there.")

    # ---- setting

    def set(self, works: Sequence[CitedWork]) -> str:
        """A citation as the style has it, with each work between private characters: see `parted`."""
        from citeproc import Locator  # noqa: PLC0415 - only publications with a bibliography need it

        items = []
        for n, work in enumerate(works):
            around = {"prefix": chr(_FIRST + n) + _before(work.prefix), "suffix": _after(work.suffix) + _END}
            locator = Locator(work.label.replace("-", " "), work.locator.translate(_PLAIN)) if work.locator else None
            items.append((self._known[work.key], around | ({"locator": locator} if locator else {})))
        return _set_by(self._settled, items)

    @cached_property
    def _known(self) -> dict[str, str]:
        return {key: f"w{n}" for n, key in enumerate(self.keys)}

    def _process(self, letters: Mapping[str, str]) -> Any:
        from citeproc import (  # noqa: PLC0415 - as above
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - as above

        _remember_searches()
        works = [_for_processor(self._known[key], self.items[key], letters.get(key, "")) for key in self.keys]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            style = CitationStylesStyle(BytesIO(self.style), locale=_locale(self.language), validate=False)
            processor = CitationStylesBibliography(style, CiteProcJSON(works), formatter.html)
            for work in works:
                processor.register(Citation([CitationItem(work["id"])]))
            if style.has_bibliography():
                processor.sort()
        return processor

    @cached_property
    def _settled(self) -> Any:
        """The processor, with letters after the years of works that citations could not tell apart."""
        plain = self._process({})
        alike: dict[str, list[str]] = defaultdict(list)
        for id in plain.keys:
            alike[_set_by(plain, [(id, {})])].append(id)
        letters = {
            id: letter for ids in alike.values() if len(ids) > 1 for id, letter in zip(ids, _LETTERS, strict=False)
        }
        by_id = {id: key for key, id in self._known.items()}
        return self._process({by_id[id]: letter for id, letter in letters.items()}) if letters else plain

    def narrative(self, work: CitedWork) -> tuple[str, str]:
        """The names of a work’s authors as XHTML, and its citation without them: “Smith and Doe”, “(2020, p. 3)”."""
        whole = self.set([replace(work, prefix="")])
        before, inside, after = parted(whole)[0]
        year = str(_year(self.items[work.key]))
        at = inside.find(year) if year else -1
        if at > 0:
            return inside[:at].rstrip(" ,(–"), f"{before}{inside[at:]}{after}"
        return escaped(_names(self.items[work.key])), f"{before}{inside}{after}"

    def as_text(self, node: Node) -> str:
        """A citation in the text without markup. A style of notes has the names alone there."""
        names, rest = self.narrative(node.meta["works"][0])
        shown = names if node.meta.get("is_name") else f"{names} {rest}"
        return text_of(read_fragment(shown))

    def entries(self) -> tuple[CitedEntry, ...]:
        """The list of works, in the order of the style."""
        if not self.keys:
            return ()
        by_id = {id: key for key, id in self._known.items()}
        return tuple(
            CitedEntry(self.id_of(by_id[id]), text, tuple(self.cited_at[by_id[id]]))
            for id, text in zip(self._settled.keys, self._listed, strict=False)
        )

    @cached_property
    def _listed(self) -> list[str]:
        """The list of works as the style sets it, once for all who ask."""
        if not self._settled.style.has_bibliography():
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [_LABEL.sub(r"\1 ", _xhtml(str(each))) for each in self._settled.bibliography()]


@cache
def _remember_searches() -> None:
    """Have citeproc-py remember what it finds in a style: it looks for each term and macro anew for every work."""
    from citeproc.model import CitationStylesElement  # noqa: PLC0415 - as above

    CitationStylesElement.xpath_search = lru_cache(maxsize=20_000)(CitationStylesElement.xpath_search)


def _set_by(processor: Any, items: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A citation of some items, each by its id, as a processor sets it."""
    from citeproc import Citation, CitationItem  # noqa: PLC0415 - as above

    citation = Citation([CitationItem(id, **dict(more)) for id, more in items])
    citation.bibliography = processor
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(processor.cite(citation, lambda _: None))


def parted(text: str) -> list[tuple[str, str, str]]:
    """The works of a citation: what stands before each, the work itself, and, with the last, what stands after it."""
    pieces = re.split(f"[{chr(_FIRST)}-{chr(_FIRST + 9999)}]([^{_END}]*){_END}", text)
    found = [(_xhtml(pieces[n]), _xhtml(pieces[n + 1]), "") for n in range(0, len(pieces) - 1, 2)]
    return [*found[:-1], (*found[-1][:2], _xhtml(pieces[-1]))] if found else []


def with_ranges(parts: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The parts of a citation with three or more numbers in a row as a range (CSL 1.0.2, “Cite Collapsing”).

    The numbers within it are empty: “[1], [2], [3]” becomes “[1]–[3]”.
    """
    made = list(parts)
    start = 0
    while start < len(parts):
        end = start
        while end + 1 < len(parts) and _follows(parts[end][1], parts[end + 1]):
            end += 1
        if end - start > 1:
            made[start + 1 : end] = [("", "", "")] * (end - start - 1)
            made[end] = (re.sub(r"[,;\s]+", "–", parts[end][0]), *parts[end][1:])
        start = end + 1
    return made


def _follows(number: str, part: tuple[str, str, str]) -> bool:
    """Whether a part is the next number, with nothing but a sign before it."""
    before, inside, _ = part
    return inside.isdecimal() and number.isdecimal() and int(inside) == int(number) + 1 and not re.search(r"\w", before)


def order_of(text: str) -> list[int]:
    """The indices of a citation’s works, in the order in which the style sorts them."""
    return [ord(sign) - _FIRST for sign in text if _FIRST <= ord(sign) < _FIRST + 10_000]


def _xhtml(text: str) -> str:
    return _MARKED.sub(r"<\1>", text).translate(_TYPED)


def _before(prefix: str) -> str:
    return f"{_emphasised(prefix)} ".translate(_PLAIN) if prefix else ""


def _after(suffix: str) -> str:
    text = _emphasised(suffix)
    return (text if text[:1] in ",;.:" or not text else f" {text}").translate(_PLAIN)


def _emphasised(text: str) -> str:
    """The words before or after a work with their emphasis as tags: “and *passim*”."""
    return _EMPHASIS.sub(lambda m: f"<{'ib'[len(m[1]) - 1]}>{m[2]}</{'ib'[len(m[1]) - 1]}>", text)


def _for_processor(id: str, item: Mapping[str, Any], letter: str) -> dict[str, Any]:
    """An item with the fields that citeproc-py knows."""
    from citeproc import DATES, NAMES, VARIABLES  # noqa: PLC0415 - as above

    made: dict[str, Any] = {"id": id, "type": item["type"]}
    for name, value in item.items():
        known = name.replace("-", "_")
        if known in NAMES:
            people = value if isinstance(value, list) else [{"literal": str(value)}]
            made[name] = [person for each in people if (person := _person(each))]
        elif known in DATES:
            made[name] = value if isinstance(value, dict) else {"literal": str(value)}
        elif known in VARIABLES and isinstance(value, str):
            made[name] = value.translate(_PLAIN)
    if letter:
        made["year-suffix"] = letter
    return made


def _person(names: Mapping[str, str]) -> dict[str, str]:
    return {part: text.translate(_PLAIN) for part, text in names.items() if part in _PARTS and text}


_FAULTS = (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError)
"""What citeproc-py raises for a style or a work that it cannot follow."""
_PARTS = ("family", "given", "literal", "dropping-particle", "non-dropping-particle", "suffix")


def _year(item: Mapping[str, Any]) -> str:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    return str(parts[0][0]) if parts[0] else str(issued.get("literal", ""))


def _names(item: Mapping[str, Any]) -> str:
    """The names of authors, where a style prints none."""
    people = item.get("author") or item.get("editor") or []
    names = [
        one.get("literal") or " ".join(filter(None, (one.get("non-dropping-particle"), one.get("family"))))
        for one in people
    ]
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(filter(None, names)) or str(item.get("title", ""))


def _locale(language: str) -> str:
    """The locale of CSL for a language."""
    from citeproc import LOCALES_PATH, PRIMARY_DIALECTS  # noqa: PLC0415 - as above

    if (Path(LOCALES_PATH) / f"locales-{language}.xml").is_file():
        return language
    return str(PRIMARY_DIALECTS.get(primary_subtag(language), "en-US"))
