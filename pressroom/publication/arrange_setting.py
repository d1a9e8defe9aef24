"""The setting `arrange`: whether the builder places the pictures that no word of the manuscript places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

_MOST_PAGES = 4000
_MOST_SEED = 1_000_000


@dataclass(frozen=True)
class ArrangeSetting:
    """What `arrange` asks for."""

    is_on: bool = True
    seed: int = 0
    """The taste: another number gives another book."""
    pages: int | None = None
    """The pages with pictures that are wanted."""


def parse_arrange(value: Any) -> ArrangeSetting:
    """Read `auto`, `none`, or `{seed: 3, pages: 40}`. Raises ValueError for anything else."""
    if isinstance(value, ArrangeSetting):
        return value
    if value in ("auto", "none"):
        return ArrangeSetting(is_on=value == "auto")
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f"“{value}” is no way to arrange pictures; write auto, none, or {{seed: 3, pages: 40}}")
    unknown = [str(key) for key in value if key not in ("seed", "pages")]
    if unknown:
        raise ValueError(f"arrange knows seed and pages, and not “{unknown[0]}”; write {{seed: 3, pages: 40}}")
    seed, pages = _whole(value, "seed", 0, _MOST_SEED), _whole(value, "pages", 1, _MOST_PAGES)
    return ArrangeSetting(seed=seed or 0, pages=pages)


def _whole(value: Mapping[str, Any], key: str, least: int, most: int) -> int | None:
    """A whole number under a key, if it is there. Raises ValueError."""
    given = value.get(key)
    if given is None:
        return None
    number = int(given) if str(given).isdigit() else least - 1
    if not least <= number <= most:
        raise ValueError(f"the {key} of arrange cannot be “{given}”; write a whole number from {least} to {most}")
    return number


ArrangeKey = Annotated[
    ArrangeSetting,
    BeforeValidator(parse_arrange),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["auto", "none"]},
                {
                    "type": "object",
                    "properties": {
                        "seed": {"type": "integer", "minimum": 0, "maximum": _MOST_SEED},
                        "pages": {"type": "integer", "minimum": 1, "maximum": _MOST_PAGES},
                    },
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
