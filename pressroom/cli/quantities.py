"""Quantities: amounts of memory and time, shares and addresses, as they are typed. Each function raises
ArgumentTypeError, which becomes a usage error.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Mapping

from pressroom.catalogue.limits import Shard

_BYTES = {"kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_SECONDS = {"s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600}
_AMOUNT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+)", re.ASCII)
_LEAST_MEMORY = 64 * 10**6
"""Bytes without which not even Python starts."""


def size(text: str) -> int | None:
    """An amount of memory, such as 2GB; “none” sets no limit."""
    amount = _amount(text, _BYTES, "an amount of memory, such as 2GB or 500MB, or none")
    if amount is not None and amount < _LEAST_MEMORY:
        raise ArgumentTypeError(f"no title can be built in “{text}”; 500MB is enough for a small one")
    return None if amount is None else round(amount)


def duration(text: str) -> float | None:
    """An amount of time, such as 10min; “none” sets no limit."""
    amount = _amount(text, _SECONDS, "a time, such as 90s, 10min or 2h, or none")
    if amount == 0:
        raise ArgumentTypeError("no title can be built in no time; 10min is enough for most")
    return amount


def shard(text: str) -> Shard:
    """A share of the titles, such as 3/20."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text, re.ASCII)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise ArgumentTypeError(f"“{text}” is not a share such as 3/20, the third of twenty")
    return Shard(int(match[1]), int(match[2]))


def scheduler(text: str) -> str:
    """The address of a Dask scheduler; “local” is this machine."""
    if text == "local":
        return ""
    match = re.fullmatch(r"(tcp|tls)://([^\s/:]+|\[[\da-f:]+\]):(\d{1,5})", text, re.IGNORECASE | re.ASCII)
    if not match or not 0 < int(match[3]) < 65536:
        raise ArgumentTypeError(f"“{text}” is not the address of a scheduler, such as tcp://10.0.0.5:8786")
    return text


def _amount(text: str, units: Mapping[str, int], expected: str) -> float | None:
    if text.lower() == "none":
        return None
    match = _AMOUNT.fullmatch(text.strip().lower())
    if not match or match[2] not in units:
        raise ArgumentTypeError(f"“{text}” is not {expected}")
    return float(match[1]) * units[match[2]]
