"""Choosing: reads the options that a layout declares and a publication sets, and reports every fault at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pressroom.contrast import READABLE
from pressroom.design.colours import PressColour, ScreenColour, ink_of, read_colour
from pressroom.design.options import Option, Options
from pressroom.errors import Finding, Place, advice, did_you_mean, error, warning
from pressroom.forms import PlaceOf, Reading
from pressroom.publication import Edition

_NEARLY = 0.1
"""Contrast added to the required one in a suggested shade: inks are rounded to whole percents."""


# ---- what a layout declares


def check_declared(own: Mapping[str, Option], known: Mapping[str, Option], reading: Reading) -> Iterator[Finding]:
    """Faults of the options in a layout.yaml; `known` includes the options of the layouts that it extends."""
    for name, option in own.items():
        path, label = ("options", name), f"options.{name}"
        for key, what, remedy in _misfits(option, known):
            place = reading.keys.get((*path, key)) or reading.keys[path]
            yield error("option-wrong", place, f"“{label}”: {what}.", remedy)
        if option.ground is not None:
            yield from _check_value(read_colour, option.ground, f"{label}.ground", reading.place((*path, "ground")))
        if option.type != "choice" or option.choices:
            yield from _check_value(option.read, option.default, f"{label}.default", reading.place((*path, "default")))


def _misfits(option: Option, known: Mapping[str, Option]) -> Iterator[tuple[str, str, str]]:
    """The keys that an option lacks or cannot have, each with the fault and its remedy."""
    if option.type == "choice" and len(option.choices) < 2:
        yield "choices", "a choice needs two words or more", "Write choices: [one, two]."
    if option.type == "dark" and option.ground is None:
        yield (
            "ground",
            "the background of dark screens is missing",
            'Write ground: "#151514", or the background that the layout sets.',
        )
    colours = [name for name, other in known.items() if other.type == "colour"]
    if option.type in ("dark", "ink") and option.of not in colours:
        yield "of", "it must name a colour among the options", f"There are: {', '.join(colours) or 'none'}."
    belongs = {"choices": ("choice",), "ground": ("colour", "dark"), "of": ("dark", "ink"), "most": ("length",)}
    for key, types in belongs.items():
        if key in option.model_fields_set and option.type not in types:
            yield (
                key,
                f"“{key}” has no meaning for the type {option.type}",
                f"It is for {' and '.join(types)}: take it out.",
            )


def _check_value(read: Callable[[str], object], text: str, name: str, place: Place) -> Iterator[Finding]:
    try:
        read(text)
    except ValueError as wrong:
        yield _fault("value-wrong", place, name, wrong)


def _fault(id: str, place: Place, name: str, wrong: ValueError) -> Finding:
    what, _, remedy = str(wrong).partition("; ")
    remedy = remedy[:1].upper() + remedy[1:]
    return error(id, place, f"“{name}”: {what}.", remedy if remedy.endswith("?") else f"{remedy}.")


# ---- what a publication sets


@dataclass(frozen=True)
class GivenOptions:
    """`layout_options` of publication.yaml, with the places of their keys and values."""

    texts: Mapping[str, str | None]
    key_of: PlaceOf
    value_of: PlaceOf

    def choose(self, declared: Mapping[str, Option], layout: str) -> tuple[Options, list[Finding]]:
        """A layout's options with the values that a publication chooses, and every fault in them."""
        sound: dict[str, str] = {}
        findings: list[Finding] = []
        for name, text in self.texts.items():
            path = ("layout_options", name)
            if name not in declared:
                why = f"The layout “{layout}” has no option “{name}”."
                remedy = did_you_mean(name, declared) or f"It has: {', '.join(sorted(declared)) or 'none'}."
                findings.append(error("key-unknown", self.key_of(path), why, remedy))
                continue
            id = "value-unknown" if declared[name].type == "choice" and text else "value-wrong"
            try:
                declared[name].read(text)
                sound[name] = str(text)
            except ValueError as wrong:
                findings.append(_fault(id, self.value_of(path), f"layout_options.{name}", wrong))
        return Options(declared, sound), findings


def check_colours(options: Options, place_of: Callable[[str], Place], editions: Iterable[Edition]) -> Iterator[Finding]:
    """Warn of colours that cannot be read on their background, and report computed inks. `place_of` locates options."""
    for name in options.of_type("colour", "dark", "ink"):
        option = options.declared[name]
        base = options.declared[option.of] if option.type == "ink" and option.of else option
        if base.ground and (option.of is None or name in options.given):
            yield from _check_contrast(name, options[name], base.background_colour, place_of(name))
    if any(edition.page and edition.for_press for edition in editions):
        for name in options.of_type("colour"):
            yield from _report_computed_ink(name, options, place_of(name))


def _check_contrast(name: str, value: object, background: ScreenColour, place: Place) -> Iterator[Finding]:
    assert isinstance(value, ScreenColour | PressColour)
    on_screen = value.on_screen if isinstance(value, PressColour) else value
    contrast = on_screen.on(background)
    if contrast < READABLE:
        why = f"“{name}” has a contrast of {contrast:.1f} to 1 with its background, {background}. "
        why += f"Small type is set in it and needs {READABLE} (WCAG 2.2, 1.4.3), or many cannot read it."
        shade = on_screen.readable_on(background, READABLE + _NEARLY)
        instead = ink_of(shade) if isinstance(value, PressColour) else shade
        yield warning(
            "accent-pale", place, why, f"A shade that would do: “{instead}”, {shade.on(background):.1f} to 1."
        )


def _report_computed_ink(name: str, options: Options, place: Place) -> Iterator[Finding]:
    inks = [other for other in options.of_type("ink") if options.declared[other].of == name]
    if options.is_default(name) or any(ink in options.given for ink in inks):
        return
    ink = options.ink_for(name)
    why = f"“{name}” is printed as {ink} (percent of cyan, magenta, yellow, black), computed from {options[name]} "
    why += "without a profile: on paper it may look otherwise than on a screen."
    remedy = f"Ask the printer, then write {inks[0]}: {ink}" if inks else "Ask the printer for a proof."
    yield advice("ink-computed", place, why, remedy)
