"""Templates: Jinja with every safety on. The undefined stops, text is escaped, a fault has its file and line."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pressroom.errors import Place, PressroomError, Source, error
from pressroom.layouts.library import BUILTIN, Layout, shown
from pressroom.publication import Note


def environment(layout: Layout) -> ImmutableSandboxedEnvironment:
    """A layout's templates. One that is overridden can extend the original as `builtin/{layout}/{file}`."""
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [FileSystemLoader(layout.folders), PrefixLoader({"builtin": FileSystemLoader(BUILTIN / "layouts")})]
        ),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["xhtml"] = Markup
    env.filters["kind"] = lambda block: type(block).__name__.lower()
    env.filters["with_backlink"] = with_backlink
    env.filters["called_in"] = called_in
    env.filters["roman"] = roman
    return env


def render(layout: Layout, env: ImmutableSandboxedEnvironment, name: str, values: dict[str, Any]) -> str:
    """The text that a template makes of its values. Raises PressroomError with the template's file and line."""
    try:
        return env.get_template(name).render(values)
    except TemplateNotFound as fault:
        why = f"The layout “{layout.name}” has no template “{fault.name}”."
        raise PressroomError([error("template-missing", Place(f"layouts/{layout.name}"), why)]) from None
    except TemplateSyntaxError as fault:
        place = _place(fault.filename or name, fault.lineno, layout)
        raise PressroomError(
            [error("template-fault", place, f"The template cannot be read: {fault.message}.")]
        ) from None
    except PressroomError:
        raise
    except Exception as fault:  # noqa: BLE001  # whatever a template's expression raises is the template's fault
        frames = [f for f in traceback.extract_tb(fault.__traceback__) if f.filename.endswith(".j2")]
        place = _place(frames[-1].filename, frames[-1].lineno or 0, layout) if frames else Place(name)
        what = str(fault) if isinstance(fault, TemplateError) else f"{type(fault).__name__}: {fault}"
        raise PressroomError(
            [error("template-fault", place, f"The template fails: {what}.".replace("..", "."))]
        ) from None


def _place(file: str, line: int, layout: Layout) -> Place:
    path = Path(file)
    name = shown(path, layout.root)
    if not path.is_file():
        return Place(name, line)
    return Source(name, path.read_text("utf-8", "replace")).place(line)


def called_in(notes: tuple[Note, ...], xhtml: str) -> list[Note]:
    """The notes that a text calls: a block that an edition leaves out takes its notes with it."""
    return [note for note in notes if f'href="#{note.id}"' in xhtml]


def with_backlink(note: Note, label: str) -> Markup:
    """A note's paragraphs, the first of which begins with its number, which leads back to the text."""
    back = Markup('<a class="backlink" role="doc-backlink" href="#{}" title="{}">{}</a> ').format(
        note.call_id, label, note.number
    )
    if note.xhtml.startswith("<p>"):
        return Markup("<p>") + back + Markup(note.xhtml[3:])  # noqa: S704  # well-formed since it was written
    return Markup("<p>") + back + Markup("</p>") + Markup(note.xhtml)  # noqa: S704  # the same


def roman(number: int | str) -> str:
    """A number in capital roman numerals."""
    rest, text = int(number), ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += letters * (rest // value)
        rest %= value
    return text
