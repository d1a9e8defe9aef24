"""Every finding for the guide: its message and remedy, read from the code and from the tables of signs and remarks."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom.importing.remark_wordings import WORDINGS
from pressroom.manuscript.leftovers import EVERY_SIGN

PACKAGE = Path(__file__).parents[1] / "pressroom"
_SEVERITIES = {"error": "error", "warning": "warning", "advice": "advice", "report": "error or warning"}
_FIRST_WORD = {
    **dict.fromkeys(("error", "warning", "advice", "report", "_error", "_fault", "Contradiction", "OtherFile"), 2),
    "Finding": 3,
    "UnusableError": 1,
}
"""What makes findings, and which of its arguments is the message; the remedy follows."""
_FRAMINGS = ("focus", "crop", "aspect", "blur")
_ID = re.compile(r"(?:[a-z]+|…(?=-))(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Told:
    """What one place in the code says: how grave it is, its message and its remedy, with “…” for what varies."""

    severity: str
    message: str
    remedy: str


def every_finding() -> dict[str, list[Told]]:
    """What the whole package reports, by the ids of findings."""
    told = defaultdict(list, findings(sorted(PACKAGE.rglob("*.py"))))
    for id, way in (*_of_signs(), *_of_imports()):
        if way not in told[id]:
            told[id].append(way)
    return dict(told)


def _of_signs() -> Iterator[tuple[str, Told]]:
    """Signs of other programs, and what is still to be written."""
    for sign in EVERY_SIGN:
        yield sign.id, Told("warning", f"“…” looks like {sign.what}.", sign.remedy)


def _of_imports() -> Iterator[tuple[str, Told]]:
    """Remarks on what an import changed or left out."""
    for id, wording in WORDINGS.items():
        said = re.sub(r": \{names\}|\{names\}", "", wording.said)
        yield id, Told("advice or warning", f"… {wording.many} {said}", wording.remedy)


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
    in_functions = {id(node) for function in functions for node in ast.walk(function)}
    calls = [(call, function.body) for function in functions for call in ast.walk(function)]
    calls += [(call, list[ast.stmt]()) for call in ast.walk(module) if id(call) not in in_functions]
    for call, body in calls:
        if isinstance(call, ast.Call) and (found := _finding(call, body, whole)):
            name, told = found  # one that begins with “…” is made for each way of framing
            yield from ((name.replace("…", way), told) for way in (_FRAMINGS if "…" in name else ("",)))
    for node in (node for node in ast.walk(module) if isinstance(node, ast.Dict)):
        yield from _in_table(node)


def _finding(call: ast.Call, body: list[ast.stmt], whole: Mapping[str, str]) -> tuple[str, Told] | None:
    """The finding that a call makes, if it makes one whose id is written there."""
    name, first = _called(call.func), call.args[0] if call.args else None
    id = _text(first, whole) if first and name in _FIRST_WORD else ""
    if not _ID.fullmatch(id):
        return None
    known = {**whole, **_assigned(body, whole, before=call.lineno)}
    message, remedy = (*(_text(word, known) for word in call.args[_FIRST_WORD[name] :]), "", "")[:2]
    severity = _severity(call) if name == "Finding" else _SEVERITIES.get(name, "error")
    return id, Told(severity, f"“…” {message}" if name == "OtherFile" else message, remedy)


def _called(function: ast.expr) -> str:
    """The name of what is called: of a method its last part, of a choice between two functions “report”."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.IfExp():
            return "report"
    return ""


def _severity(call: ast.Call) -> str:
    named = call.args[1] if len(call.args) > 1 else None
    return named.attr.lower() if isinstance(named, ast.Attribute) else "error or warning"


def _in_table(table: ast.Dict) -> Iterator[tuple[str, Told]]:
    """Findings whose words stand in a table: id → (message, remedy)."""
    for key, value in zip(table.keys, table.values, strict=True):
        is_id = isinstance(key, ast.Constant) and "-" in str(key.value) and _ID.fullmatch(str(key.value))
        if is_id and isinstance(value, ast.Tuple) and len(value.elts) == 2:
            message, remedy = (_text(word, {}) for word in value.elts)
            if message.count(" ") > 3 and isinstance(key, ast.Constant):
                yield str(key.value), Told("warning or advice", re.sub(r"\{\w*\}", "…", message), remedy)


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
