"""Contrast: every word of a made book can be read on its ground (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
import tinycss2
from conftest import Publish
from test_options import compose

from pressroom.layouts.colours import READABLE, Colour, read_colour, read_ink

Theme = Mapping[str, str]
"""The variables of style sheets in one light."""
LIGHTS = {"day": "", "night": "prefers-color-scheme", "grey": "monochrome"}
"""What a reading system may say of its screen, and the media feature that asks for it."""
ACCENTS = {"its own": "", "a chosen one": "layout_options: {accent: '#8b0000'}\n"}


def rules(css: str, light: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and declarations that hold in a light, in their order."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            asked = tinycss2.serialize(rule.prelude)
            if rule.lower_at_keyword == "supports" or "min-width" in asked or (light and light in asked):
                yield from rules(tinycss2.serialize(rule.content), light)
        elif rule.type == "qualified-rule":
            body = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = {d.name: tinycss2.serialize(d.value).strip() for d in body if d.type == "declaration"}
            yield tinycss2.serialize(rule.prelude).strip(), declared


def theme(found: list[tuple[str, dict[str, str]]]) -> Theme:
    """The variables of the root; the last word wins."""
    return {name: value for selector, said in found if selector == ":root" for name, value in said.items()}


def words_on_grounds(found: list[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, str, str]]:
    """Every rule that colours words, with their colour and the ground on which they stand."""
    grounds = {s: d["background"] for s, d in found if "background" in d and "img" not in s}
    assert set(grounds) == {"body", ".placeholder"}, "a ground that this test does not know"
    for selector, said in found:
        if said.get("color", "inherit") != "inherit":
            is_placeholder = selector.startswith(".placeholder")
            yield selector, said["color"], grounds[".placeholder" if is_placeholder else "body"]


def colour(value: str, variables: Theme) -> Colour:
    """A colour, through its variables; of inks, what is seen of them."""
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = variables[name[1]]
    ink = re.fullmatch(r"device-cmyk\(([^)]*)\)", value)
    return (
        read_ink(" ".join(f"{float(part) * 100:g}" for part in ink[1].split())).on_screen if ink else read_colour(value)
    )


@pytest.mark.parametrize(("layout", "accent", "light"), list(product(["reportage", "reader"], ACCENTS, LIGHTS)))
def test_every_word_of_an_ebook_can_be_read_in_every_light(
    publication: Publish, layout: str, accent: str, light: str
) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{e: {{format: epub}}}}\n{ACCENTS[accent]}"
    book = compose(publication(settings=settings), "e")
    found = [rule for style in book.styles for rule in rules(style.css, LIGHTS[light])]
    words = list(words_on_grounds(found))
    assert len(words) > 5
    for selector, ink, ground in words:
        contrast = colour(ink, theme(found)).on(colour(ground, theme(found)))
        assert contrast >= READABLE, f"{selector}: {ink} on {ground}, {contrast:.2f} to 1"


@pytest.mark.parametrize(("layout", "edition"), list(product(["reportage", "reader"], ["screen", "print"])))
def test_every_word_of_a_page_can_be_read_on_screens_and_from_presses(
    publication: Publish, layout: str, edition: str
) -> None:
    editions = "editions: {screen: {format: pdf}, print: {format: pdf, bleed: 3mm}}\n"
    book = compose(publication(settings=f"title: T\nlanguage: en\nlayout: {layout}\n{editions}"), edition)
    found = [rule for style in book.styles for rule in rules(style.css, "")]
    inks = {said["color"] for selector, said in found if "color" in said and "cover" not in selector}
    grounds = {said["background"] for selector, said in found if "background" in said} - {"var(--accent)"}
    assert grounds == {"var(--field)"}
    for ink, ground in product(inks - {"inherit"}, ["var(--paper)", "var(--field)"]):
        if ground == "var(--paper)" or ink in ("var(--soft)", "var(--ink)"):
            contrast = colour(ink, theme(found)).on(colour(ground, theme(found)))
            assert contrast >= READABLE, f"{ink} on {ground}, {contrast:.2f} to 1"
