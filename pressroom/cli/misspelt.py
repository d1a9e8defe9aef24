"""Misspelt words of the command line: what was meant, where a word of it is no option, verb or choice."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NoReturn

from pressroom.errors import did_you_mean

_WRONG_CHOICE = re.compile(r"(argument .+): invalid choice: '?(.*?)'? \(choose from (.+)\)")
_FILES_TO_CHECK = (".pdf", ".epub")
_CHAPTERS = (".md", ".txt", ".yaml", ".yml")
_OTHER_WORDS = {
    **dict.fromkeys(("serve", "watch", "open", "show", "view"), "preview"),
    **dict.fromkeys(("new", "create", "start"), "init"),
    **dict.fromkeys(("make", "render", "export", "publish"), "build"),
    **dict.fromkeys(("lint", "validate", "preflight"), "check"),
    **dict.fromkeys(("convert", "add"), "import"),
    "help": "--help",
}
"""Verbs of other programs, with ours."""


class OfferingParser(argparse.ArgumentParser):
    """A parser that offers the nearest choice for one that it does not know."""

    def error(self, message: str) -> NoReturn:
        """Exit with a message, after the usage."""
        if wrong := _WRONG_CHOICE.fullmatch(message):
            known = [each.strip(" '") for each in wrong[3].split(",")]
            near = did_you_mean(wrong[2], known) or f"One of: {', '.join(known)}."
            message = f"{wrong[1]}: there is no “{wrong[2]}”. {near}"
        if message.endswith("required: FOLDER"):
            message = (
                f"{self.prog.rpartition(' ')[2]} makes a folder: name it before all else, as in pressroom init my-book"
            )
        super().error(message)


def no_verb(typed: str, verbs: Sequence[str]) -> str:
    """What is said of a first word that is no verb."""
    if Path(typed).suffix.lower() in _FILES_TO_CHECK:
        return f"“{typed}” is a file. To check it, type: pressroom check {typed}"
    if Path(typed).is_dir():
        make = f"To make the publication in it, type: pressroom build --root {typed}"
        return f"“{typed}” is a folder. {make} – to begin one with what is in it: {_beginning(typed)}"
    if Path(typed).is_file():
        return f"“{typed}” is a file. To begin a publication with it, type: {_beginning(typed)}"
    if other := _OTHER_WORDS.get(typed):
        return f"There is no verb “{typed}”. Here it is: pressroom {other}"
    return f"There is no verb “{typed}”. {did_you_mean(typed, verbs) or 'The verbs are: ' + ', '.join(verbs) + '.'}"


def unread(words: Sequence[str], verb: str, whole: argparse.ArgumentParser) -> str:
    """What is said of words that a verb does not take."""
    word, help = words[0], f"`pressroom {verb} --help` lists what it takes."
    if word in _verbs(whole):
        return f"The verb stands first: pressroom {word} …"
    if not word.startswith("-"):
        if re.fullmatch(r"[\w-]+", word) and "--edition" in _options(whole, verb) and not Path(word).exists():
            help = f"For one edition, type: pressroom {verb} --edition {word}"
        return f"{verb} takes no “{word}”. {_elsewhere(word, verb) or help}"
    return f"{verb} has no option {word}. {did_you_mean(word.partition('=')[0], _options(whole, verb)) or help}"


def _elsewhere(word: str, verb: str) -> str:
    """The command for a folder or a file that a verb does not take; “” for other words."""
    if Path(word).is_dir():
        return f"For the publication in it, type: pressroom {verb} --root {word}"
    is_source = Path(word).is_file() and Path(word).suffix.lower() not in _CHAPTERS
    return f"To begin a publication with it, type: {_beginning(word)}" if is_source else ""


def _beginning(source: str) -> str:
    return f"pressroom init my-book --from {shlex.quote(source)}"


def _verbs(whole: argparse.ArgumentParser) -> Collection[str]:
    """The verbs of the command line."""
    found = (action.choices for action in whole._actions if isinstance(action, argparse._SubParsersAction))
    return next(found, {}).keys()


def _options(parser: argparse.ArgumentParser, verb: str | None = None) -> list[str]:
    """The options of a parser and of the verbs in it, or of one of them, as they are typed."""
    found: list[str] = []
    for action in parser._actions:
        found += action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += _options(inner) if verb in (None, name) else ()
    return found
