"""The condition under which an edition is printed: the profile of its pictures, and the reason for it."""

from __future__ import annotations

from pathlib import Path

from pressroom.design.edition_in_hand import EditionInHand
from pressroom.errors import Finding, PressroomError, advice, error
from pressroom.photographs import SRGB, Profile, find_profile
from pressroom.rules.printers import PrinterRules


def printing_condition(hand: EditionInHand, root: Path) -> tuple[Profile | None, tuple[Finding, ...]]:
    """The profile of an edition with the lower ink limit of profile and printer, and findings; None if it needs none.

    The profile is that of the edition or else of its printer; without either, pictures stay in sRGB. Raises
    PressroomError for a profile that cannot be used.
    """
    edition, name, place = hand.page or hand.wrap, hand.name, hand.place("profile")
    if edition is None:
        return None, ()
    if not edition.for_press:
        why = f"“{name}” has no bleed, marks, printer or PDF/X: it is for a screen, and its profile is not used."
        unused = advice("profile-unused", place, why, "Take the line out, or name a bleed, marks or a printer.")
        is_archived = (edition.standard or "").startswith("PDF/A")  # PDF/A requires a profile, too
        return SRGB if is_archived else None, (unused,) if edition.profile else ()
    rules = hand.rules
    if rules and rules.colour.value == "srgb":
        return SRGB, ()  # any other profile was reported when the settings were read
    named = edition.profile or (rules.profile.value if rules and rules.profile else SRGB.name)
    profile = find_profile(named, root, place)
    if profile.space != "cmyk" and (profile is not SRGB or _wants_inks(rules)):
        who = f"{rules.name} asks" if rules and _wants_inks(rules) else "a press asks"
        why = f"“{profile.name}” is a profile for {_COLOURS[profile.space]}; {who} for the four inks of CMYK."
        remedy = "Take the line out: the printer’s own is then used." if rules and rules.profile else "Ask the printer."
        raise PressroomError([error("profile-space", place, why, remedy)])
    return profile.within(rules.ink.value if rules and rules.ink else None), ()


_COLOURS = {"rgb": "screen colours (RGB)", "gray": "black alone"}


def _wants_inks(rules: PrinterRules | None) -> bool:
    return rules is not None and rules.colour.value == "cmyk"
