"""Quantities: amounts of memory and time, numbers, shares and addresses, as they are typed. Each function raises
ArgumentTypeError, which becomes a usage error.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Mapping
from datetime import timedelta

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


def clock_shift(text: str) -> tuple[str, timedelta]:
    """The camera whose clock was wrong, “” for every one, and by how much it is set on: “+1:30”, “NIKON D750=-1h”."""
    camera, sign, amount = text.rpartition("=")
    match = re.fullmatch(r"\s*([+−-])\s*(\S.*)", amount)
    ahead = _span(match[2]) if match else None
    if match is None or ahead is None or (sign and not camera.strip()):
        raise ArgumentTypeError(f"“{text}” is not a shift such as +1:30, -1h, +365d or 'NIKON D750=-1h'")
    return camera.strip(), ahead if match[1] == "+" else -ahead


def _span(text: str) -> timedelta | None:
    """“1:30”, “1:30:05” or “1d 2h 30min” as a span of time."""
    if match := re.fullmatch(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?", text.strip(), re.ASCII):
        return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
    amounts = re.findall(r"(\d{1,6})\s*([a-z]+)\s*", text.lower(), re.ASCII)
    units = {**_SECONDS, "d": 86400, "day": 86400, "days": 86400}
    whole = "".join(f"{number}{unit}" for number, unit in amounts) == re.sub(r"\s", "", text.lower())
    if not amounts or not whole or any(unit not in units for _, unit in amounts):
        return None
    return timedelta(seconds=sum(int(number) * units[unit] for number, unit in amounts))


def _amount(text: str, units: Mapping[str, int], expected: str) -> float | None:
    if text.lower() == "none":
        return None
    match = _AMOUNT.fullmatch(text.strip().lower())
    if not match or match[2] not in units:
        raise ArgumentTypeError(f"“{text}” is not {expected}")
    return float(match[1]) * units[match[2]]


def variable(text: str) -> tuple[str, str]:
    """A variable and its value: NAME=VALUE."""
    name, sign, value = text.partition("=")
    if not (name.strip() and sign):
        raise ArgumentTypeError(f"“{text}” is no NAME=VALUE")
    return name.strip(), value.strip()


def port(text: str) -> int:
    """The number of a port."""
    if not text.isdigit() or not 0 < int(text) < 2**16:
        raise ArgumentTypeError(f"“{text}” is no port, which is a number from 1 to 65535")
    return int(text)


def positive(text: str) -> int:
    """A whole number of 1 or more."""
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"“{text}” is not a whole number of 1 or more")
    return int(text)
