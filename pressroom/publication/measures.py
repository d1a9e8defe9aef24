"""Measures: lengths and page sizes as they are typed. Lengths are millimetres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from pressroom.errors import did_you_mean

MM_PER_INCH = 25.4
PT_PER_MM = 72 / MM_PER_INCH
PT_PER_PX = 72 / 96
"""A CSS pixel in points (CSS Values 4, 6.2)."""
WIDEST_BLEED = 30.0
"""The widest bleed that a press trims, in millimetres."""
_UNITS = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": 1 / PT_PER_MM}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
_TRIM = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
SMALLEST, LARGEST = 50.0, 1000.0
"""The least and the greatest side of a trim size, in millimetres: a line of text, and a press sheet."""


@dataclass(frozen=True)
class Trim:
    """The size of a finished page, in millimetres."""

    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


def same_trim(one: Trim, other: Trim) -> bool:
    """Whether two sizes are equal within the tolerance of trimming, as 8.5 in and 216 mm are."""
    return abs(one.width - other.width) < 0.5 and abs(one.height - other.height) < 0.5


NAMED_TRIMS = {
    "a4": Trim(210, 297),
    "a5": Trim(148, 210),
    "b5": Trim(176, 250),
    "letter": Trim(8.5 * MM_PER_INCH, 11 * MM_PER_INCH),
    "us-trade": Trim(6 * MM_PER_INCH, 9 * MM_PER_INCH),
    "square-8.5": Trim(8.5 * MM_PER_INCH, 8.5 * MM_PER_INCH),
}


def parse_length(text: Any) -> float:
    """Millimetres of a length with a unit: “3mm”, “0.125in”. Raises ValueError."""
    if isinstance(text, float):
        return text
    match = _LENGTH.fullmatch(str(text).strip())
    if match:
        return float(match[1]) * _UNITS[match[2]]
    if re.fullmatch(r"0+(\.0+)?", str(text)):
        return 0.0
    meant = _meant(str(text))
    remedy = f"write {meant}" if _LENGTH.fullmatch(meant) else "write a number and its unit, such as 3mm or 0.125in"
    raise ValueError(f"“{text}” is not a length; {remedy}")


_UNITS_MEANT = {
    r"(?:\"|″|”|''|inch(?:es)?\b)": "in",
    r"milli?met(?:er|re)s?\b": "mm",
    r"centimet(?:er|re)s?\b": "cm",
    r"points?\b": "pt",
}
"""What people write for a unit."""


def _meant(text: str) -> str:
    """A measure as it is to be written: “3,5 MM” is 3.5mm, “1/8"” is 0.125in. The text itself where there is none."""
    plain = re.sub(r"\s+", "", re.sub(r"(?<=\d),(?=\d)", ".", text.lower()))
    for spelling, unit in _UNITS_MEANT.items():
        plain = re.sub(spelling, unit, plain)
    plain = re.sub(r"(\d)/(\d+)(?!\d)", lambda parts: f"{int(parts[1]) / max(1, int(parts[2])):g}", plain)
    return re.sub(r"(?<![\d.])\.(?=\d)", "0.", plain)


def parse_trim(text: Any) -> Trim:
    """A trim size, named or WIDTHxHEIGHT with a unit: “a5”, “210x270mm”. Raises ValueError."""
    if isinstance(text, Trim):
        return text
    name = str(text).strip().lower()
    if name in NAMED_TRIMS:
        return NAMED_TRIMS[name]
    match = _TRIM.fullmatch(name)
    if not match:
        names = ", ".join(NAMED_TRIMS)
        form = f"write WIDTHxHEIGHT with a unit, such as 210x270mm, or {names}"
        raise ValueError(f"“{text}” is not a trim size; {_trim_meant(name) or form}")
    trim = _sized(match)
    if not _is_page(name):
        raise ValueError(f"no page can be {trim}; each side must be from {SMALLEST:g} to {LARGEST:g} mm")
    return trim


def _sized(match: re.Match[str]) -> Trim:
    return Trim(float(match[1]) * _UNITS[match[2] or match[4]], float(match[3]) * _UNITS[match[4]])


def _is_page(text: str) -> bool:
    """Whether a text is a size that a page can have."""
    match = _TRIM.fullmatch(text)
    trim = _sized(match) if match else Trim(0, 0)
    return SMALLEST <= trim.width <= LARGEST and SMALLEST <= trim.height <= LARGEST


def _trim_meant(name: str) -> str:
    """What to write for a size that is no trim size: “a4 landscape” is 297x210mm, “us letter” is letter."""
    words = re.split(r"[\s_-]+", name)
    turned = NAMED_TRIMS.get("-".join(word for word in words if word != "landscape"))
    if turned and "landscape" in words:
        return f"write {max(turned.width, turned.height):g}x{min(turned.width, turned.height):g}mm"
    sized = _meant(re.sub(r"(?<=\d)\s*\*\s*(?=\d)", "x", name))
    if _TRIM.fullmatch(sized):
        return f"write {sized}"
    if units := [unit for unit in ("mm", "cm", "in") if _is_page(f"{sized}{unit}")]:
        return f"add the unit: {' or '.join(f'{sized}{unit}' for unit in units)}"
    return did_you_mean("-".join(words), NAMED_TRIMS).replace("Did", "did")


Length = Annotated[
    float, BeforeValidator(parse_length), WithJsonSchema({"type": "string", "examples": ["3mm", "0.125in"]})
]
TrimSize = Annotated[
    Trim, BeforeValidator(parse_trim), WithJsonSchema({"type": "string", "examples": ["210x270mm", *NAMED_TRIMS]})
]


def _bleed(mm: float) -> float:
    if mm > WIDEST_BLEED:
        raise ValueError(f"no press trims {mm:g} mm from a page; write at most {WIDEST_BLEED:g}mm, most often 3mm")
    return mm


Bleed = Annotated[Length, AfterValidator(_bleed)]


def pixels(mm: float, ppi: int) -> int:
    """Pixels that a length in mm needs at a resolution in pixels per inch."""
    return max(1, round(mm / MM_PER_INCH * ppi))
