"""The bars of a book's barcode: EAN-13 for the ISBN, and EAN-5 beside it for the price.

The source is GS1 General Specifications, 5.2 (EAN/UPC symbology and its add-on symbols). Lengths are modules: one is
0.33 mm at 100 %, and symbols may have from 80 to 200 % of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

MODULE = 0.33
"""The width of one module at 100 %, in mm."""
BARS = 22.85 / MODULE
"""The height of the bars, in modules."""
GUARD = 5.0
"""How much longer the guard bars are than the others, in modules."""
ADD_ON = 21.9 / MODULE
"""The height of the bars of an add-on, in modules; they end where the guard bars end."""
LEFT, RIGHT, AFTER_ADD_ON = 11, 7, 5
"""The quiet zones, in modules: before the bars, after them, and after the bars of an add-on."""
APART = 10
"""The modules between the bars and those of an add-on; the standard allows 7 to 12."""

_A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
"""Number set A: the seven modules of each digit. Set C is its negative, and set B is set C from right to left."""
_SETS = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")
"""The number sets of the six digits in the left half; they encode the first digit."""
_ADD_ON_SETS = ("BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA", "AABBA", "AAABB", "ABABA", "ABAAB", "AABAB")
"""The number sets of the five digits of an EAN-5; they encode its check digit."""


@dataclass(frozen=True)
class Bar:
    """A dark bar, in modules from the start of its symbol."""

    left: int
    width: int
    is_guard: bool = False


def ean13(digits: str) -> tuple[Bar, ...]:
    """The bars of an EAN-13 of thirteen digits, which is 95 modules wide."""
    left = (_code(digit, kind) for digit, kind in zip(digits[1:7], _SETS[int(digits[0])], strict=True))
    right = (_code(digit, "C") for digit in digits[7:])
    return tuple(_bars(["101", *left, "01010", *right, "101"], guards=(0, 7, 14)))


def ean5(digits: str) -> tuple[Bar, ...]:
    """The bars of an EAN-5 of five digits, which is 47 modules wide."""
    check = sum(int(digit) * (9 if n % 2 else 3) for n, digit in enumerate(digits)) % 10
    first, *others = (_code(digit, kind) for digit, kind in zip(digits, _ADD_ON_SETS[check], strict=True))
    parts = ["1011", first, *(part for other in others for part in ("01", other))]
    return tuple(_bars(parts))


def _code(digit: str, kind: str) -> str:
    """The seven modules of a digit in a number set; 1 is dark."""
    code = _A[int(digit)]
    if kind == "A":
        return code
    negative = code.translate(str.maketrans("01", "10"))
    return negative if kind == "C" else negative[::-1]


def _bars(parts: Sequence[str], guards: Sequence[int] = ()) -> Iterator[Bar]:
    """The dark bars of a symbol; `guards` are the indices of the parts that are guard patterns."""
    modules = [(sign, n in guards) for n, part in enumerate(parts) for sign in part]
    runs = [(key, len(list(run))) for key, run in groupby(modules)]
    for ((sign, is_guard), width), end in zip(runs, accumulate(width for _, width in runs), strict=True):
        if sign == "1":
            yield Bar(end - width, width, is_guard)
