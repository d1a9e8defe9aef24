"""Stores: what each shop asks of an ebook. The rules stand in stores.yaml, each with its source and its date."""

from pressroom.stores.applying import applied, breaches
from pressroom.stores.rules import Pixels, Sides, StoreRules, most_pixels, rules_for

__all__ = ["Pixels", "Sides", "StoreRules", "applied", "breaches", "most_pixels", "rules_for"]
