"""The references of the guide (docs/guide): keys, commands and findings, written from the code that knows them.

`python docs/guide_reference.py` writes them; a test compares what stands in the guide with what this makes.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide_examples import PHOTO_KEYS, SETTINGS_KEYS

from pressroom.cli.arguments import parser
from pressroom.settings import PhotosFile, json_schema

BOOK = Path(__file__).parent / "guide/book"
PACKAGE = Path(__file__).parents[1] / "pressroom"
_SEVERITIES = {"error": "error", "warning": "warning", "advice": "advice"}
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
    verbs = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)).choices
    every = [action for action in _options(verbs["build"]) if all(_has(verb, action) for verb in verbs.values())]
    what = "`pressroom VERB --help` says the same. Without a verb, `build` is meant."
    shared = f"## Every verb\n\n{_listed(every)}"
    sections = (_verb(name, verb, every) for name, verb in verbs.items())
    return "\n\n".join((_head("Commands", what), shared, *sections)) + "\n"


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


@dataclass(frozen=True)
class Told:
    """What one place in the code says: how grave it is, its message and its remedy, with “…” for what varies."""

    severity: str
    message: str
    remedy: str


def findings_page() -> str:
    """Every finding with its cause and remedy, as the code words them."""
    told = findings(sorted(PACKAGE.rglob("*.py")))
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


def _plain(text: str) -> str:
    """A message as Markdown: what stands between backticks is code, and no sign outside means something."""
    pieces = re.split(r"(`[^`]+`)", " ".join(text.split()))
    return "".join(
        piece if n % 2 else re.sub(r"([\\`*_\[\]<>{}|$~^#@!])", r"\\\1", piece) for n, piece in enumerate(pieces)
    )


def findings(files: Iterable[Path]) -> dict[str, list[Told]]:
    """What the code reports, by the ids of findings."""
    told = defaultdict[str, list[Told]](list)
    for file in files:
        for id, way in _in_module(ast.parse(file.read_text("utf-8"))):
            if way.message and way not in told[id]:
                told[id].append(way)
    return dict(told)


def _in_module(module: ast.Module) -> Iterator[tuple[str, Told]]:
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    whole = _assigned(module.body, {})
    for function in functions:
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if found := _finding(call, function, whole):
                yield found
    for node in (node for node in ast.walk(module) if isinstance(node, ast.Dict)):
        yield from _in_table(node)


def _finding(call: ast.Call, function: ast.FunctionDef, whole: Mapping[str, str]) -> tuple[str, Told] | None:
    """The finding that a call makes, if it makes one whose id is written there."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in (*_SEVERITIES, "Finding") or not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    words = call.args[3:] if name == "Finding" else call.args[2:]
    known = {**whole, **_assigned(function.body, whole, before=call.lineno)}
    message, remedy = (*(_text(word, known) for word in words), "", "")[:2]
    severity = _severity(call) if name == "Finding" else _SEVERITIES[name]
    return str(call.args[0].value), Told(severity, message, remedy)


def _severity(call: ast.Call) -> str:
    named = call.args[1] if len(call.args) > 1 else None
    return named.attr.lower() if isinstance(named, ast.Attribute) else "error or warning"


def _in_table(table: ast.Dict) -> Iterator[tuple[str, Told]]:
    """Findings whose words stand in a table: id → (message, remedy)."""
    for key, value in zip(table.keys, table.values, strict=True):
        is_id = isinstance(key, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(key.value))
        if is_id and isinstance(value, ast.Tuple) and len(value.elts) == 2:
            message, remedy = (_text(word, {}) for word in value.elts)
            if message.count(" ") > 3 and isinstance(key, ast.Constant):
                yield str(key.value), Told("warning or advice", re.sub(r"\{\w+\}", "…", message), remedy)


def _assigned(body: Iterable[ast.AST], known: Mapping[str, str], before: int = 1 << 30) -> dict[str, str]:
    """The texts that names have where a function arrives at a line."""
    found = dict(known)
    nodes = sorted(
        (node for top in body for node in ast.walk(top) if isinstance(node, ast.Assign) and node.lineno < before),
        key=lambda node: node.lineno,
    )
    for node in nodes:
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if isinstance(name, ast.Name) and (text := _text(value, found)):
                    found[name.id] = text
    return found


def _text(node: ast.AST, known: Mapping[str, str]) -> str:
    """A text with “…” for what is not known before the program runs; “” for what is no text."""
    match node:
        case ast.Constant(value=str() as value):
            return value
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.Name(id=name):
            return known.get(name, "…" if name.isupper() else "")
        case ast.IfExp(body=one, orelse=other):
            return _text(one, known) or _text(other, known)
        case ast.BoolOp(values=values):
            return next((text for value in values if (text := _text(value, known))), "")
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            return f"{_text(left, known) or '…'}{_text(right, known) or '…'}"
    return ""


def _head(title: str, what: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{what}"


if __name__ == "__main__":
    for name, text in pages().items():
        (BOOK / name).write_text(text, encoding="utf-8")
