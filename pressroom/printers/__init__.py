"""Printers: what each of them asks of a file. The rules stand in printers.yaml, each with its source and its date."""

from pressroom.printers.applying import applied, breaches
from pressroom.printers.rules import CoverRules, Gutter, Pages, PrinterRules, TrimRange, Zone, rules_for
from pressroom.printers.spine import Spine, spine_faults, spine_of

__all__ = [
    "CoverRules",
    "Gutter",
    "Pages",
    "PrinterRules",
    "Spine",
    "TrimRange",
    "Zone",
    "applied",
    "breaches",
    "rules_for",
    "spine_faults",
    "spine_of",
]
