"""The form: a mapping that a person types, as a class whose docstrings explain its keys to editors of YAML."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Form(BaseModel):
    """A mapping that a person types. Unknown keys are faults, and the values are frozen.

    What reads a form is built when the form is first read: of the rules of printers and stores, most builds need none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema for editors, in which each key has the docstring below it as its description.

        `use_attribute_docstrings` would read every module’s source again in every build, which nobody sees.
        """
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for name, text in docstrings(cls).items():
            properties[cls.model_fields[name].alias or name].setdefault("description", text)
        return schema


def docstrings(form: type[Form]) -> dict[str, str]:
    """The docstrings below the keys of a form and of those that it extends, by the names of its fields."""
    return {
        key.target.id: inspect.cleandoc(below.value.value)
        for each in reversed(form.mro())
        if issubclass(each, Form)
        for key, below in pairwise(_body(each))
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and key.target.id in form.model_fields
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


def _body(form: type[Form]) -> list[ast.stmt]:
    """The statements of a class; none where it has no source of its own, as a generic one with its parameters."""
    try:
        (definition,) = ast.parse(inspect.getsource(form)).body
    except OSError:
        return []
    assert isinstance(definition, ast.ClassDef)
    return definition.body
