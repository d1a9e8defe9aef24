"""One word for one thing: a public class and a module have a name that nothing else in the package has."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from package_source import FILES, PACKAGE, tree

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "stuff", "tools"}
CAPITALISED = re.compile(r"[A-Z]+[a-z]\w*")


@cache
def public_types(file: Path) -> tuple[str, ...]:
    """The classes that a module defines, and the types that it gives a name: `Length = Annotated[float, …]`."""
    return tuple(_public_types(file))


def _public_types(file: Path) -> Iterator[str]:
    for node in tree(file).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [node.name] if isinstance(node, ast.ClassDef) else [t.id for t in targets if isinstance(t, ast.Name)]
        yield from (name for name in names if CAPITALISED.fullmatch(name))


def module_name(file: Path) -> str:
    """What a module is called; a package’s `__init__` is the package."""
    return file.parent.name if file.stem == "__init__" else file.stem


def twins(named: Iterator[tuple[str, Path]]) -> dict[str, list[str]]:
    places = defaultdict(list)
    for name, file in named:
        places[name].append(file.relative_to(PACKAGE).as_posix())
    return {name: files for name, files in places.items() if len(files) > 1}


@pytest.mark.slow
def test_a_public_class_has_a_name_of_its_own() -> None:
    assert sum(len(public_types(file)) for file in FILES) > 250
    assert twins((name, file) for file in FILES for name in public_types(file)) == {}


def test_a_module_has_a_name_of_its_own() -> None:
    assert twins((module_name(file), file) for file in FILES if file.stem != "__main__") == {}


def test_a_module_is_named_after_what_it_holds() -> None:
    assert [file for file in FILES if module_name(file) in SAYS_NOTHING] == []
