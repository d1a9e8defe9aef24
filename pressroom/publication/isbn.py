"""ISBN, the product number of the book trade (ISO 2108): reads and checks it."""

from __future__ import annotations

import re

_URN = re.compile(r"urn:isbn:(.+)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u00ad\u2010-\u2015\u2212-]")
"""Spaces, and all hyphens that numbers copied from a web page may have."""


def isbn_of(identifier: str) -> str:
    """The ISBN in an identifier, as typed; empty for an identifier of another kind."""
    match = _URN.fullmatch(identifier)
    return match[1] if match else ""


def isbn_digits(text: str) -> str:
    """The thirteen digits of an ISBN of ten or thirteen. Raises ValueError, with the fault, if it is none."""
    plain = _SEPARATORS.sub("", text.upper())
    if re.fullmatch(r"[0-9]{9}[0-9X]", plain):
        weighed = sum((10 - n) * (10 if digit == "X" else int(digit)) for n, digit in enumerate(plain))
        if weighed % 11:
            raise ValueError("its check digit is wrong: a digit is mistyped, or two are exchanged")
        return with_check(f"978{plain[:9]}")
    if plain.startswith("9790"):
        raise ValueError("numbers that begin with 979-0 are those of printed music (ISMN)")
    if not re.fullmatch(r"97[89][0-9]{10}", plain):
        raise ValueError("an ISBN has thirteen digits, the first of them 978 or 979, or ten")
    if with_check(plain[:12]) != plain:
        raise ValueError(f"its check digit should be {with_check(plain[:12])[-1]}, or another digit is mistyped")
    return plain


def with_check(digits: str) -> str:
    """Add the check digit to twelve digits (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits))
    return digits + str(-total % 10)


def plain_identifier(identifier: str) -> str:
    """An identifier in the form that programs compare: an ISBN has thirteen digits without hyphens."""
    isbn = isbn_of(identifier)
    if not isbn:
        return identifier
    try:
        return f"urn:isbn:{isbn_digits(isbn)}"
    except ValueError:
        return identifier
