"""ISBN: the number by which the book trade knows a product (ISO 2108). Pure arithmetic."""

from __future__ import annotations

import re

_URN = re.compile(r"urn:isbn:(.+)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u00ad\u2010-\u2015\u2212-]")
"""Spaces and hyphens; numbers that are copied from a web page bring other hyphens with them."""


def isbn_of(identifier: str) -> str:
    """The ISBN in an identifier, as it is written; empty for one that is something else."""
    match = _URN.fullmatch(identifier)
    return match[1] if match else ""


def isbn_digits(text: str) -> str:
    """The thirteen digits of an ISBN, also of one with ten. Raises ValueError if it is none, with what is wrong."""
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
    """Twelve digits with their check digit (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits))
    return digits + str(-total % 10)


def plain_identifier(identifier: str) -> str:
    """An identifier as programs compare it: an ISBN with thirteen digits and nothing between them."""
    isbn = isbn_of(identifier)
    if not isbn:
        return identifier
    try:
        return f"urn:isbn:{isbn_digits(isbn)}"
    except ValueError:
        return identifier
