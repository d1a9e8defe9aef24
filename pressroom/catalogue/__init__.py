"""The catalogue: many publications, each built in a process of its own, with a ledger and one report of all.

`titles` finds them, `batching` builds them, at a `workplace`: this machine, or a cluster. One title stops no other.
Each name below is loaded when it is first used, since a title's own process needs few of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressroom.catalogue.batching import Batch, CatalogueReport, run_batch
    from pressroom.catalogue.limits import Limits, Shard
    from pressroom.catalogue.outcomes import TitleOutcome
    from pressroom.catalogue.planning import TitlePlan, plan_all
    from pressroom.catalogue.standing import unchanged
    from pressroom.catalogue.summing_up import check_page, write_page
    from pressroom.catalogue.titles import CatalogueTitle, find_titles

_MODULES = {
    "Batch": "batching",
    "CatalogueReport": "batching",
    "CatalogueTitle": "titles",
    "Limits": "limits",
    "Shard": "limits",
    "TitleOutcome": "outcomes",
    "TitlePlan": "planning",
    "check_page": "summing_up",
    "find_titles": "titles",
    "plan_all": "planning",
    "run_batch": "batching",
    "unchanged": "standing",
    "write_page": "summing_up",
}
"""The module of each name."""
__all__ = [
    "Batch",
    "CatalogueReport",
    "CatalogueTitle",
    "Limits",
    "Shard",
    "TitleOutcome",
    "TitlePlan",
    "check_page",
    "find_titles",
    "plan_all",
    "run_batch",
    "unchanged",
    "write_page",
]


def __getattr__(name: str) -> object:
    """Load a name from its module (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
