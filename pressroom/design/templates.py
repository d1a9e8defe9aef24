"""Templates: Jinja in strict mode. Undefined names are errors, text is escaped, faults have a file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pressroom.design.library import Layout, display_name
from pressroom.errors import Finding, Place, PressroomError, Source, did_you_mean, encoding_fault, error
from pressroom.language.words import roman
from pressroom.publication import Figure, Gallery, Note, pictures_in
from pressroom.whereabouts import BUILTIN
from pressroom.xhtml import read_fragment

MOST_STEPS = 5_000_000
"""The steps that all loops of a template may take together; a chapter of 100,000 elements takes fewer."""
_SHORTEST = 24
"""The least letters of a list entry that is shortened from a long caption."""
_EXPRESSION = re.compile(r"\{[{%#].*?[}%#]\}")


class _Compiled(BytecodeCache):
    """A cache of compiled templates by their text: every edition uses the same ones."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled code of a template with the same text."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled code of a template."""
        self.codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which loops end: a template may come from strangers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.left = MOST_STEPS

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the steps of each loop."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno, environment=self)
        return tree

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, as long as the template has steps left. Raises TemplateRuntimeError."""
        for item in items:
            self.left -= 1
            if self.left < 0:
                raise TemplateRuntimeError(f"its loops take more than {MOST_STEPS:,} steps")
            yield item


def environment(layout: Layout) -> BoundedEnvironment:
    """The Jinja environment of a layout. An overriding template can extend the original: `builtin/{layout}/{file}`."""
    env = BoundedEnvironment(
        loader=ChoiceLoader(
            [FileSystemLoader(layout.folders), PrefixLoader({"builtin": FileSystemLoader(BUILTIN / "layouts")})]
        ),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    env.filters["counted"] = env.counted
    env.filters["xhtml"] = Markup
    env.filters["kind"] = lambda block: type(block).__name__.lower()
    env.filters["with_backlink"] = with_backlink
    env.filters["called_in"] = called_in
    env.filters["said_in_lists"] = said_in_lists
    env.filters["shortened"] = shortened
    env.filters["roman"] = lambda number: roman(number).upper()
    return env


def render(layout: Layout, env: BoundedEnvironment, name: str, values: dict[str, Any]) -> str:
    """The text that a template renders. Raises PressroomError with the template's file and line."""
    env.left = MOST_STEPS
    try:
        return env.get_template(name).render(values)
    except PressroomError:
        raise
    except Exception as fault:  # noqa: BLE001  # any exception of an expression is a fault of the template
        raise PressroomError([_fault(fault, layout, name)]) from None


def _fault(fault: Exception, layout: Layout, name: str) -> Finding:
    frames = [f for f in traceback.extract_tb(fault.__traceback__) if f.filename.endswith(".j2")]
    place = _place(frames[-1].filename, frames[-1].lineno or 0, layout) if frames else _file(layout, name)
    if isinstance(fault, TemplateNotFound):
        why = f"The layout “{layout.name}” has no template “{fault.name}”."
        close = did_you_mean(str(fault.name), layout.names()) if frames else ""
        remedy = f"Write one into layouts/{layout.name}, or “extends: reportage” into its layout.yaml."
        return error("template-missing", place, why, close or remedy)
    if isinstance(fault, UnicodeDecodeError):
        files = (f for folder in layout.folders for f in folder.glob("*.j2") if f.read_bytes() == fault.object)
        place = next((_place(str(file), 1, layout) for file in files), place)
        return encoding_fault(place.file, fault)
    if isinstance(fault, TemplateSyntaxError):
        place = _place(fault.filename or name, fault.lineno, layout)
        why = f"The template cannot be read: {str(fault.message).rstrip('.')}."
        return error("template-fault", place, why, "See the Jinja documentation for the syntax.")
    what = str(fault) if isinstance(fault, TemplateError) else f"{type(fault).__name__}: {fault}"
    remedy = "Correct the template, or delete it: Pressroom then uses the built-in one."
    return error("template-fault", place, f"The template fails: {what.rstrip('.')}.", remedy)


def near(layout: Layout, name: str, text: str) -> Place:
    """The line of a layout's templates that most likely rendered a piece of a page."""
    if not text.strip():
        return _file(layout, name)
    files = [f for folder in layout.folders for f in sorted(folder.glob("*.j2"), key=lambda f: f.name != name)]
    lines = [
        (f, n, s) for f in files for n, s in enumerate(f.read_text("utf-8", "replace").split("\n"), 1) if s.strip()
    ]
    for file, number, line in lines:
        if text.strip() in line:
            return _place(str(file), number, layout)
    scores = [
        (SequenceMatcher(None, text, _EXPRESSION.sub("", line).strip()).ratio(), file, number)
        for file, number, line in lines
        if file.name == name
    ]
    score, file, number = max(scores, key=lambda each: each[0], default=(0.0, Path(name), 0))
    return _place(str(file), number, layout) if score > 0.3 else _file(layout, name)


def _file(layout: Layout, name: str) -> Place:
    """The place of a template's first line."""
    found = next((folder / name for folder in layout.folders if (folder / name).is_file()), None)
    return _place(str(found), 1, layout) if found else Place(f"layouts/{layout.name}")


def _place(file: str, line: int, layout: Layout) -> Place:
    path = Path(file)
    name = display_name(path, layout.root)
    if not path.is_file():
        return Place(name, line)
    return Source(name, path.read_text("utf-8", "replace")).place(line)


def called_in(notes: tuple[Note, ...], xhtml: str) -> list[Note]:
    """The notes that a text calls, and those that they call; notes of what an edition leaves out are left out."""
    by_id = {note.id: note for note in notes}
    called, waiting = set[str](), [xhtml]
    while waiting:
        fresh = {link for link in _links_in(waiting.pop()) if link in by_id and link not in called}
        called |= fresh
        waiting += (by_id[id].xhtml for id in fresh)
    return [note for note in notes if note.id in called]


def _links_in(xhtml: str) -> Iterator[str]:
    """The ids to which a text leads."""
    yield from (str(link.get("href"))[1:] for link in read_fragment(xhtml, recover=True).iter("a"))


def said_in_lists(block: Figure | Gallery) -> str:
    """The text of a picture in the list of photographs: its caption, else its alt text."""
    first = next(iter(pictures_in(block)), None)
    caption = block.caption or (first and first.caption)
    return caption.text if caption else first.alt if first else ""


def shortened(text: str, longest: int) -> str:
    """A caption as a list entry: whole, or cut after a sentence, at a comma, or after a word with an ellipsis."""
    if len(text) <= longest:
        return text.removesuffix(".")
    sentence = re.match(rf"(.{{{_SHORTEST},{longest}}}?)[.!?]\s", text)
    clause = re.match(rf"(.{{{_SHORTEST},{longest}}})[,;:]\s", text)
    found = sentence or clause
    return found[1] if found else text[: text.rfind(" ", 0, longest)].rstrip(" ,;:") + "\u00a0…"


def with_backlink(note: Note, label: str) -> Markup:
    """A note's paragraphs; the first begins with its number as a link back to the text."""
    back = Markup('<a class="backlink" role="doc-backlink" href="#{}" title="{}">{}</a> ').format(
        note.call_id, label, note.number
    )
    if note.xhtml.startswith("<p>"):
        return Markup("<p>") + back + Markup(note.xhtml[3:])  # noqa: S704  # Pressroom wrote it
    return Markup("<p>") + back + Markup("</p>") + Markup(note.xhtml)  # noqa: S704  # the same
