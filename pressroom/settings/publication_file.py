"""publication.yaml: read with its variables filled in, and with the rules of the printers and stores that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pressroom import forms
from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error
from pressroom.publication import Settings
from pressroom.publication.people import names_of_people
from pressroom.publication.variables import MOST_LETTERS, filled_value, names_in, settled
from pressroom.rules import printers, stores
from pressroom.rules.printers import Printers
from pressroom.settings.consistency import inconsistencies
from pressroom.settings.own_printers import own_printers, unknown_printers
from pressroom.settings.typed_source import typed_source
from pressroom.whereabouts import SETTINGS_FILE


@dataclass(frozen=True)
class SettingsFile:
    """publication.yaml as values, with the place of each key."""

    settings: Settings
    reading: forms.Reading
    printers: Printers
    """The rules of the printers that the editions name."""

    def place_of(self, path: forms.KeyPath) -> Place:
        """The place of the value at a path of keys."""
        return self.reading.place(path)

    def key_of(self, path: forms.KeyPath) -> Place:
        """The place of a key."""
        return self.reading.keys[path]


def read_settings(root: Path, variables: Mapping[str, str] | None = None) -> SettingsFile:
    """Read book/publication.yaml and the own printers of the publication at `root`.

    `variables` replace values of its own variables, as `build --set` asks. Raises PressroomError with every fault.
    """
    chosen = variables or {}
    settings, reading = forms.fill(typed_source(root, SETTINGS_FILE), Settings, partial(_altered, chosen=chosen))
    reading.findings += _looping_variables(reading, chosen)
    own, faults = own_printers(root)
    faults = [*reading.findings, *unknown_printers(reading, own), *faults]
    if settings is None or faults:
        raise PressroomError(faults)
    named = {edition.printed_by for edition in settings.editions.values()}
    rules = {name: own.get(name) or printers.builtin_printer(name) for name in named if name}
    faults = [*inconsistencies(settings, reading)]
    settings = settings.model_copy(update={"editions": stores.applied(printers.applied(settings.editions, rules))})
    faults += printers.breaches(settings.editions, rules, reading.place)
    faults += stores.breaches(settings.editions, reading.place)
    if faults:
        raise PressroomError(faults)
    return SettingsFile(settings, reading, rules)


def _altered(value: Any, chosen: Mapping[str, str]) -> Any:
    """The values of publication.yaml with its variables filled in, and with `author:` as the creators that it names."""
    given = _with_variables(value, chosen)
    if not isinstance(given, dict) or "creators" in given or not given.get("author"):
        return given
    names = names_of_people(given["author"])
    creators = [{"name": name} for name in (names if isinstance(names, list) else [names])]
    return {key: each for key, each in given.items() if key != "author"} | {"creators": creators}


def _with_variables(value: Any, chosen: Mapping[str, str]) -> Any:
    """The values of publication.yaml with its variables filled in."""
    given = value.get("variables") if isinstance(value, dict) else None
    if not isinstance(given, dict):
        return value
    values = settled(_texts(given) | {name: text for name, text in chosen.items() if name in given}).values
    return filled_value({**value, "variables": None}, values) | {"variables": given | values}


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in given.items() if isinstance(text, str)}


def _looping_variables(reading: forms.Reading, chosen: Mapping[str, str]) -> Iterator[Finding]:
    """Errors for variables that name themselves. Raises UsageError for a chosen one that is not defined."""
    given = reading.value.get("variables") if isinstance(reading.value, dict) else None
    texts = _texts(given) if isinstance(given, dict) else {}
    for name in chosen:
        if name not in texts:
            why = f"publication.yaml defines no variable “{name}”, so that no text could show it."
            known = did_you_mean(name, texts) or (f"There are: {', '.join(texts)}." if texts else "")
            remedy = known or f"Write variables: {{{name}: …}} in publication.yaml."
            raise UsageError([error("variable-unknown", Place("--set"), why, remedy)])
    for name, text in texts.items():
        for other in dict.fromkeys(names_in(text)):
            if other not in texts:
                why = f"The variable “{name}” names “{other}”, which is not defined."
                remedy = did_you_mean(other, texts) or "Define it under variables:."
                yield error("variable-unknown", reading.place(("variables", name)), why, remedy)
    made = settled(texts | dict(chosen))
    for name in made.endless:
        why = f"The value of the variable “{name}” has more than {MOST_LETTERS} letters, with those that it names."
        yield error("variable-long", reading.place(("variables", name)), why, "Write such a text into a chapter.")
    for name in made.looping:
        why = f"The variable “{name}” names itself, directly or through another one, so that it has no value."
        yield error("variable-loop", reading.place(("variables", name)), why, "Write its value out.")
