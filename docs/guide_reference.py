"""The references of the guide (docs/guide): keys, commands and findings, written from the code that knows them.

`python docs/guide_reference.py` writes them; a test compares what stands in the guide with what this makes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guide_examples import PHOTO_KEYS, SETTINGS_KEYS
from guide_findings import Told, every_finding

from pressroom.cli.arguments import parser
from pressroom.settings import PhotosFile, json_schema

BOOK = Path(__file__).parent / "guide/book"
_PARTS = (
    (
        "Settings",
        "",
        "What `publication.yaml` says of the whole publication. Only `title` and `language` must be there.",
    ),
    ("The cover", "Cover", "Keys of `cover:`."),
    ("An ebook", "EpubEdition", "Keys of an edition with `format: epub`."),
    ("A PDF", "PdfEdition", "Keys of an edition with `format: pdf`."),
    ("A printed cover", "CoverEdition", "Keys of an edition with `format: cover`."),
    ("A creator", "Creator", "Keys of each entry of `creators:`."),
    ("A subject", "Subject", "Keys of each entry of `subjects:`."),
    ("A series", "Series", "Keys of `series:`."),
    ("Accessibility", "Accessibility", "Keys of `accessibility:`. Features and modes are found by the builder."),
    ("Fonts", "Fonts", "Keys of `fonts:`."),
    ("Contents", "Contents", "Keys of `contents:`."),
    ("A part", "PartEntry", "An entry of `chapters:` that begins a part."),
    ("Generated pieces", "GeneratedEntry", "An entry of `chapters:` for what the builder writes."),
)
"""The sections of the reference of settings: title, definition in the schema, what it is."""


def pages() -> dict[str, str]:
    """The reference chapters by the names of their files."""
    return {
        "reference-settings.md": settings_page(),
        "reference-photographs.md": photographs_page(),
        "reference-commands.md": commands_page(),
        "reference-findings.md": findings_page(),
    }


# ---- keys


def settings_page() -> str:
    """Every key of publication.yaml, with its meaning, what it may be and an example."""
    schema = json.loads(json_schema())
    head = _head(
        "Keys of publication.yaml", "Your editor shows the same: `publication.schema.json` lies beside the file."
    )
    sections = (
        f"## {title}\n\n{what}\n\n{_keys(_definition(schema, name), SETTINGS_KEYS[name])}"
        for title, name, what in _PARTS
    )
    return "\n\n".join((head, *sections)) + "\n"


def photographs_page() -> str:
    """Every key of photos.yaml."""
    schema = PhotosFile.model_json_schema()
    what = "An entry is the name of a file with its keys. What the manuscript says wins over it."
    return f"{_head('Keys of photos.yaml', what)}\n\n{_keys(schema['$defs']['PhotoNote'], PHOTO_KEYS)}\n"


def _definition(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    definition: Mapping[str, Any] = schema["$defs"][name] if name else schema
    return definition


def _keys(definition: Mapping[str, Any], examples: Mapping[str, str]) -> str:
    entries = []
    for name, key in definition["properties"].items():
        meaning = f"{_plain(_sentence(key.get('description', '')))} {_sentence(_choices(key))}".strip()
        entries.append(f"`{name}`\n:   {meaning}\n\n    ```yaml\n{_block(examples[name])}    ```")
    return "\n\n".join(entries)


def _block(example: str) -> str:
    return "".join(f"    {line}\n" for line in example.strip("\n").split("\n"))


def _choices(key: Mapping[str, Any]) -> str:
    """The values that a key may have, where they are few."""
    for form in (key, key.get("items", {}), *key.get("anyOf", ())):
        if found := form.get("enum"):
            return f"One of: {', '.join(f'`{value}`' for value in found)}"
    return ""


def _sentence(text: str) -> str:
    """A text that begins with a capital and ends with a stop, if there is any."""
    whole = f"{text[:1].upper()}{text[1:]}"
    return whole if not text or text.endswith((".", "!", "?")) else f"{whole}."


# ---- commands


def commands_page() -> str:
    """Every verb of the command line with its options and an example; options that all verbs have stand once."""
    verbs = _verbs_in(parser())
    every = [action for action in _options(verbs["build"]) if all(_has(verb, action) for verb in verbs.values())]
    what = "`pressroom VERB --help` says the same. Without a verb, `build` is meant."
    shared = f"## Every verb\n\n{_listed(every)}"
    inner = {f"{name} {more}": it for name, verb in verbs.items() for more, it in _verbs_in(verb).items()}
    ordered = sorted({**verbs, **inner}.items(), key=lambda each: [*verbs].index(each[0].split(" ")[0]))
    sections = (_verb(name, verb, every) for name, verb in ordered)
    return "\n\n".join((_head("Commands", what), shared, *sections)) + "\n"


def _verbs_in(outer: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The verbs that a parser has, each with its own parser."""
    found = (action.choices for action in outer._actions if isinstance(action, argparse._SubParsersAction))
    return dict(next(found, {}))


def _verb(name: str, verb: argparse.ArgumentParser, every: Iterable[argparse.Action]) -> str:
    example = (verb.epilog or "").removeprefix("Example: ")
    known = {tuple(action.option_strings) for action in every}
    own = [action for action in _options(verb) if tuple(action.option_strings) not in known]
    return f"## pressroom {name}\n\n{verb.description}\n\n```sh\n{example}\n```\n\n{_listed(own)}".rstrip()


def _options(verb: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in verb._actions if action.dest != "help" and action.help]


def _has(verb: argparse.ArgumentParser, option: argparse.Action) -> bool:
    return any(action.option_strings == option.option_strings for action in verb._actions)


def _listed(options: Iterable[argparse.Action]) -> str:
    return "\n\n".join(map(_option, options))


def _option(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    shown = ", ".join(action.option_strings) or str(value)
    takes = f" {value}" if action.option_strings and action.nargs != 0 else ""
    return f"`{shown}{takes}`\n:   {_plain(_sentence((action.help or '').replace('%%', '%')))}"


# ---- findings


def findings_page() -> str:
    """Every finding with its cause and remedy, as the code words them."""
    told = every_finding()
    what = (
        "What `build`, `check`, `import` and `batch` report, in the order of the alphabet. “…” stands for what differs "
        "from one place to the other. An error stops its edition; a warning does not, and should be mended; advice "
        "suggests an improvement."
    )
    entries = (f"`{id}`\n{_told(ways)}" for id, ways in sorted(told.items()))
    return "\n\n".join((_head("Findings", what), *entries)) + "\n"


def _told(ways: Iterable[Told]) -> str:
    grave = defaultdict[tuple[str, str], list[str]](list)
    for way in ways:
        grave[way.message, way.remedy].append(way.severity)
    return "\n\n".join(
        f":   *{_sentence(' or '.join(severities))}* {_plain(_sentence(message))} {_plain(_sentence(remedy))}".rstrip()
        for (message, remedy), severities in grave.items()
    )


_NO_LETTER_FOR = re.compile("[\u3000-\u9fff\ufffd]")
"""Letters that the fonts of the guide do not have: it is built where no others are."""


def _plain(text: str) -> str:
    """A message as Markdown: what stands between backticks is code, and no sign outside means something."""
    text = re.sub("…+", "…", _NO_LETTER_FOR.sub(lambda letter: f"U+{ord(letter[0]):04X}", text))
    pieces = re.split(r"((?<!`)`[^`]+`(?!`))", " ".join(text.split()))
    return "".join(
        piece if n % 2 else re.sub(r"([\\`*_\[\]<>{}|$~^#@!])", r"\\\1", piece) for n, piece in enumerate(pieces)
    )


def _head(title: str, what: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{what}"


if __name__ == "__main__":
    for name, text in pages().items():
        (BOOK / name).write_text(text, encoding="utf-8")
