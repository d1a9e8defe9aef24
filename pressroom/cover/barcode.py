"""Barcodes of books: EAN-13 for the ISBN, EAN-5 beside it for the price, as bars. Pure arithmetic.

After the GS1 General Specifications, 5.2 (EAN/UPC symbology and its add-on symbols). One module is the unit, 0.33 mm at
100 %; symbols may be from 80 to 200 % of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

MODULE = 0.33
"""Millimetres at 100 %."""
SMALLEST = 0.8
"""The least size at which tills read it."""
BARS = 22.85 / MODULE
"""Height of the bars, in modules."""
GUARD = 5.0
"""How much longer the guard bars are, in modules."""
ADD_ON = 21.9 / MODULE
"""Height of the bars of an add-on, in modules; they end where the guard bars do."""
LEFT, RIGHT, AFTER_ADD_ON = 11, 7, 5
"""Quiet zones, in modules: before the bars, after them, after the bars of an add-on."""
APART = 10
"""Modules between the bars and those of an add-on: 7 to 12."""

_A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
"""Number set A, for each digit. Set C is its negative, set B that negative from right to left."""
_SETS = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")
"""The sets of the left half, which tell the first digit."""
_ADD_ON_SETS = ("BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA", "AABBA", "AAABB", "ABABA", "ABAAB", "AABAB")
"""Those of an EAN-5, which tell its check digit."""


@dataclass(frozen=True)
class Bar:
    """A dark bar, in modules from the first of its symbol."""

    left: int
    width: int
    is_guard: bool = False


def ean13(digits: str) -> tuple[Bar, ...]:
    """The bars of thirteen digits: 95 modules, dark and light."""
    left = (_code(digit, kind) for digit, kind in zip(digits[1:7], _SETS[int(digits[0])], strict=True))
    right = (_code(digit, "C") for digit in digits[7:])
    return tuple(_bars(["101", *left, "01010", *right, "101"], guards=(0, 7, 14)))


def ean5(digits: str) -> tuple[Bar, ...]:
    """The bars of the five digits of a price: 47 modules."""
    check = sum(int(digit) * (9 if n % 2 else 3) for n, digit in enumerate(digits)) % 10
    first, *others = (_code(digit, kind) for digit, kind in zip(digits, _ADD_ON_SETS[check], strict=True))
    parts = ["1011", first, *(part for other in others for part in ("01", other))]
    return tuple(_bars(parts))


def _code(digit: str, kind: str) -> str:
    """A digit's seven modules in a number set; 1 is dark."""
    code = _A[int(digit)]
    if kind == "A":
        return code
    negative = code.translate(str.maketrans("01", "10"))
    return negative if kind == "C" else negative[::-1]


def _bars(parts: Sequence[str], guards: Sequence[int] = ()) -> Iterator[Bar]:
    modules = [(sign, n in guards) for n, part in enumerate(parts) for sign in part]
    runs = [(key, len(list(run))) for key, run in groupby(modules)]
    for ((sign, is_guard), width), end in zip(runs, accumulate(width for _, width in runs), strict=True):
        if sign == "1":
            yield Bar(end - width, width, is_guard)
