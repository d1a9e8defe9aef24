"""Options: the settings of a layout that a publication may change without a style sheet.

A layout declares them in layout.yaml, each with its type, default and description. Colours and lengths become CSS
variables, words become classes of the body, and templates can read all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Annotated, Literal

from pydantic import AfterValidator

from pressroom.design.colours import OF_WORDS, WHITE, PressColour, ScreenColour, between, ink_of, read_colour, read_ink
from pressroom.errors import did_you_mean
from pressroom.forms import Form
from pressroom.publication import Edition
from pressroom.publication.measures import Length, parse_length

OptionValue = ScreenColour | PressColour | float | bool | str
"""A colour, an ink, a length in mm, yes or no, or a word."""
_SWITCHES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(f"“{text}” cannot name an option; use small letters, digits and _, and begin with a letter")
    return text


def _word(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", text):
        raise ValueError(f"“{text}” becomes part of a class; use small letters, digits and -, and begin with a letter")
    return text


OptionName = Annotated[str, AfterValidator(_name)]


class Option(Form):
    """One option of a layout."""

    type: Literal["colour", "dark", "ink", "choice", "length", "switch"]
    """The kind of value. `dark` is a colour's replacement on a dark screen, `ink` its replacement on a press."""
    default: str
    """The default value."""
    about: str
    """Its purpose, in a sentence."""
    choices: tuple[Annotated[str, AfterValidator(_word)], ...] = ()
    """The words of a choice."""
    of: str | None = None
    """The colour that a `dark` or `ink` replaces; by default it is computed from that colour."""
    ground: str | None = None
    """The background on which a colour of text must be readable."""
    most: Length | None = None
    """The greatest value of a length."""

    def read(self, text: str | None) -> OptionValue:
        """The value of a text. Raises ValueError: “fault; remedy”."""
        if text is None:
            raise ValueError("there is no value; a colour that begins with # needs quotes, as in “#7a1f1f”")
        if self.type == "choice":
            return _read_choice(text, self.choices)
        if self.type == "switch":
            if text.lower() not in _SWITCHES:
                raise ValueError(f"“{text}” is none of its choices; write yes or no")
            return _SWITCHES[text.lower()]
        if self.type == "length":
            return _read_length(text, self.most)
        return read_ink(text) if self.type == "ink" else read_colour(text)

    @property
    def default_value(self) -> OptionValue:
        """The default value."""
        return self.read(self.default)

    @property
    def background_colour(self) -> ScreenColour:
        """The background of text in this colour; white unless `ground` names another."""
        return read_colour(self.ground) if self.ground else WHITE


def _read_choice(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        remedy = did_you_mean(text, choices) or f"one of: {', '.join(choices)}"
        raise ValueError(f"“{text}” is none of its choices; {remedy}")
    return text


def _read_length(text: str, most: float | None) -> float:
    length = parse_length(text)
    if most is not None and length > most:
        raise ValueError(f"{text} is more than fits on these pages; write at most {most:g}mm")
    return length


@dataclass(frozen=True)
class Options:
    """The values of a layout's options: that of the publication, else the layout's default."""

    declared: Mapping[str, Option] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    """The valid values in the publication's `layout_options`."""

    def __getitem__(self, name: str) -> OptionValue:
        option = self.declared[name]
        if name in self.given:
            return option.read(self.given[name])
        if option.of is None or self.is_default(option.of):
            return option.default_value
        colour = self[option.of]
        assert isinstance(colour, ScreenColour)
        return colour.readable_on(option.background_colour) if option.type == "dark" else ink_of(colour)

    def is_default(self, name: str) -> bool:
        """Whether an option has its default value."""
        return self[name] == self.declared[name].default_value

    def has(self, name: str, word: str) -> bool:
        """Whether the layout has this option and its value is this word."""
        return name in self.declared and self[name] == word

    def ink_for(self, name: str) -> PressColour:
        """The inks that a colour is printed with."""
        ink = next((self[other] for other in self.of_type("ink") if self.declared[other].of == name), self[name])
        assert isinstance(ink, ScreenColour | PressColour)
        return ink_of(ink) if isinstance(ink, ScreenColour) else ink

    def of_type(self, *types: str) -> Iterator[str]:
        """The names of the options of some types."""
        return (name for name, option in self.declared.items() if option.type in types)

    # ---- options in the files of a layout

    def for_templates(self) -> SimpleNamespace:
        """The options as templates read them: `options.NAME`."""
        return SimpleNamespace(**{name: self[name] for name in self.declared})

    def classes(self) -> str:
        """The chosen words and switches as classes of the body: “captions-below”, “chapter-numbers-no”."""
        words = ((name, self[name]) for name in self.of_type("choice", "switch"))
        plain = ((name, "yes" if word is True else "no" if word is False else word) for name, word in words)
        return " ".join(f"{name}-{word}".replace("_", "-") for name, word in plain)

    def css(self, edition: Edition) -> str:
        """Colours and lengths as CSS variables; colours in sRGB for a screen, in CMYK for a press.

        In an ebook the reader chooses the background. So a colour with a `dark` replacement becomes the text colour;
        if the reading system supports relative colours in CSS, it becomes the one of the two that fits the text colour.
        """
        if edition.page:
            names = self.of_type("colour", "length")
            return _rule({name: self._css(name, for_press=edition.for_press) for name in names})
        themed = {str(self.declared[name].of): self._by_text_colour(name) for name in self.of_type("dark")}
        plain = {name: self._css(name, for_press=False) for name in self.of_type("colour", "length")}
        rules = _rule(plain | dict.fromkeys(themed, "currentColor"))
        return rules + (f"@supports (color: {OF_WORDS}) {{ {_rule(themed).strip()} }}\n" if themed else "")

    def _by_text_colour(self, dark: str) -> str:
        """The CSS of a colour or its dark replacement, chosen by the text colour."""
        day, night = self[str(self.declared[dark].of)], self[dark]
        assert isinstance(day, ScreenColour)
        assert isinstance(night, ScreenColour)
        return between(day, night)

    def _css(self, name: str, *, for_press: bool) -> str:
        value = self[name]
        if isinstance(value, float):
            return f"{value:g}mm"
        return self.ink_for(name).css if for_press else str(value)


def _rule(variables: Mapping[str, str]) -> str:
    text = "".join(f" --{name.replace('_', '-')}: {value};" for name, value in variables.items())
    return f":root {{{text} }}\n" if text else ""
