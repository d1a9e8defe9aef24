"""Contrast: every word of a made book can be read on its ground (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
import tinycss2
from conftest import Publish
from test_options import compose

from pressroom.contrast import READABLE, luminance
from pressroom.design.colours import ScreenColour, read_colour, read_ink

Theme = Mapping[str, str]
"""The variables of style sheets in one light."""
THEMES = {
    "nobody’s": ("#000000", "#ffffff"),
    "black": ("#ffffff", "#000000"),
    "grey": ("#b0b0b0", "#121212"),
    "sepia": ("#5f4b32", "#fbf0d9"),
    "the book’s own at night": ("#e4e2de", "#151514"),
}
"""Text and background colours that a reader may set; with these, the system’s light or dark mode does not matter."""
ACCENTS = {"its own": "", "a chosen one": "layout_options: {accent: '#8b0000'}\n"}


def rules(css: str, asked: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and declarations, in their order; those inside @media only of what is `asked`."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            media = tinycss2.serialize(rule.prelude)
            if rule.lower_at_keyword == "supports" or (asked and asked in media):
                yield from rules(tinycss2.serialize(rule.content), asked)
        elif rule.type == "qualified-rule":
            body = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = {d.name: tinycss2.serialize(d.value).strip() for d in body if d.type == "declaration"}
            yield tinycss2.serialize(rule.prelude).strip(), declared


def theme(found: list[tuple[str, dict[str, str]]]) -> Theme:
    """The variables of the root; the last word wins."""
    return {name: value for selector, said in found if ":root" in selector.split(", ") for name, value in said.items()}


def seen(value: str, variables: Theme, words: ScreenColour, ground: ScreenColour) -> ScreenColour:
    """What is seen of a colour that is made of that of the words around it."""
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = variables[name[1]]
    if value in ("currentColor", "inherit"):
        return words
    if mixed := re.fullmatch(r"color-mix\(in srgb, currentColor (\d+)%, transparent\)", value):
        share = int(mixed[1]) / 100
        pairs = zip((words.red, words.green, words.blue), (ground.red, ground.green, ground.blue), strict=True)
        return ScreenColour(*(round(share * word + (1 - share) * under) for word, under in pairs))
    assert value.startswith("rgb(from currentColor "), f"{value} is no colour that the reader’s own is part of"
    parts = re.findall(r"calc\((\d+) \+ (-?\d+) \*", value)
    return ScreenColour(*(int(dark) + int(more) * (luminance(words.rgb) > 0.195) for dark, more in parts))


def colour(value: str, variables: Theme) -> ScreenColour:
    """A colour, through its variables; of inks, what is seen of them."""
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = variables[name[1]]
    value = variables["--ink"] if value == "currentColor" else value
    ink = re.fullmatch(r"device-cmyk\(([^)]*)\)", value)
    return (
        read_ink(" ".join(f"{float(part) * 100:g}" for part in ink[1].split())).on_screen if ink else read_colour(value)
    )


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "accent", "chosen"), list(product(["reportage", "reader"], ACCENTS, THEMES)))
def test_all_text_of_an_ebook_is_legible_on_the_background_of_its_reader(
    publication: Publish, layout: str, accent: str, chosen: str
) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{e: {{format: epub}}}}\n{ACCENTS[accent]}"
    found = [rule for style in compose(publication(settings=settings), "e").styles for rule in rules(style.css)]
    variables, (words, page) = theme(found), map(read_colour, THEMES[chosen])
    coloured = [(selector, said["color"]) for selector, said in found if "color" in said and "img" not in selector]
    assert len(coloured) > 5
    for selector, ink in coloured:
        is_placeholder = selector.startswith(".placeholder")
        ground = seen("var(--field)", variables, words, page) if is_placeholder else page
        contrast = seen(ink, variables, words, ground).on(ground)
        assert contrast >= READABLE, f"{selector}: {ink}, {contrast:.2f} to 1"


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader", "album"])
def test_an_ebook_sets_background_and_text_colours_only_in_dark_mode(publication: Publish, layout: str) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{e: {{format: epub}}}}\n"
    styles = compose(publication(settings=settings), "e").styles
    by_day = [rule for style in styles for rule in rules(style.css)]
    grounds = {selector: said["background"] for selector, said in by_day if "background" in said}
    pictures = {".picture img": "#fff", "img.photograph": "none", "img.in-place": "#fff"}
    assert grounds == pictures | {".placeholder": "var(--field)", "mark, .underline": "none"}
    at_night = [rule for style in styles for rule in rules(style.css, "prefers-color-scheme")]
    [(selector, said)] = [rule for rule in at_night if rule not in by_day]
    assert selector == ":where(html)"  # weaker than anything that a reading system may say
    assert set(said) == {"background", "color"}
    assert (said["color"], said["background"]) == THEMES["the book’s own at night"]


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "edition"), list(product(["reportage", "reader", "album"], ["screen", "print"])))
def test_every_word_of_a_page_can_be_read_on_screens_and_from_presses(
    publication: Publish, layout: str, edition: str
) -> None:
    editions = "editions: {screen: {format: pdf}, print: {format: pdf, bleed: 3mm}}\n"
    book = compose(publication(settings=f"title: T\nlanguage: en\nlayout: {layout}\n{editions}"), edition)
    found = [rule for style in book.styles for rule in rules(style.css)]
    inks = {said["color"] for selector, said in found if "color" in said and "cover" not in selector}
    grounds = {said["background"] for selector, said in found if "background" in said} - {"var(--accent)", "none"}
    assert grounds == {"var(--field)"}
    for ink, ground in product(inks - {"inherit"}, ["var(--paper)", "var(--field)"]):
        if ground == "var(--paper)" or ink in ("var(--soft)", "var(--ink)"):
            contrast = colour(ink, theme(found)).on(colour(ground, theme(found)))
            assert contrast >= READABLE, f"{ink} on {ground}, {contrast:.2f} to 1"
