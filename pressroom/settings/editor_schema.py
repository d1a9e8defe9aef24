"""The schema by which editors complete and check publication.yaml."""

from __future__ import annotations

import json
from typing import Any

from pressroom.publication import Settings


def json_schema() -> str:
    """The JSON Schema of publication.yaml, for editors that check it while it is typed."""
    schema = _for_editors(Settings.model_json_schema(by_alias=True))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _for_editors(schema: Any) -> Any:
    """A schema without defaults, which editors would insert as internal values. A text may be typed as a number."""
    if isinstance(schema, list):
        return [_for_editors(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _for_editors(value) for key, value in schema.items() if key != "default"}
    if plain.get("type") == "string" and not plain.keys() & {"enum", "const", "format", "examples"}:
        plain["type"] = ["string", "number"]
    return plain
