"""Fonts of an edition: the faces that it brings, and the rules by which its style sheets find them.

The weights that layout.yaml names decide which faces a layout has. Of these an ebook brings the ones that its style
sheets can come to ask for: on e-ink a layout may well do without the light cut that it has on paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pressroom.design.composition import FontFace
from pressroom.publication import EditionForm

_NORMAL, _BOLD = 400, 700
_HEAVIEST = 1000
_NAMED = {"bold": (_BOLD,), "bolder": (400, 700, 900), "lighter": (100, 400, 700)}
"""The weights that a word can come to mean (CSS Fonts 4, 2.2); `normal` is always asked for."""
_ASKED = re.compile(r"""\bfont(?:-weight)?\s*:\s*([^;}"]*)""", re.IGNORECASE)
_GIVEN = re.compile(r"""(--[\w-]+)\s*:\s*([^;}"]*)""")
_WORD = re.compile(r"--[\w-]+|[\w.%/-]+")


def brought(
    edition: EditionForm, faces: Mapping[str, Sequence[FontFace]], sources: Iterable[str] = ()
) -> tuple[FontFace, ...]:
    """The faces that an edition brings. An ebook brings, unless it is to have none, those that may be embedded and
    whose weight its `sources`, style sheets and pages, can ask for.
    """
    every = tuple(dict.fromkeys(face for cuts in faces.values() for face in cuts))
    if not edition.ebook:
        return every
    if edition.ebook.fonts == "none":
        return ()
    asked, allowed = set(weights_asked("\n".join(sources))), [face for face in every if face.may_be_embedded]
    return tuple(face for face in allowed if _is_asked(face, allowed, asked))


def font_rule(face: FontFace, edition: EditionForm) -> str:
    """The `@font-face` rule of a face."""
    address = f'url(../{face.part}) format("woff2")' if edition.ebook else f"url(../fonts/{face.file.name})"
    which = f'font-family: "{face.family}"; font-weight: {face.weight}; font-style: '
    return f"@font-face {{ {which}{'italic' if face.italic else 'normal'}; src: {address} }}"


def weights_asked(css: str) -> Iterator[int]:
    """The weights that style sheets can ask for, rather too many than too few: nobody looks whether a rule applies."""
    yield from (_NORMAL, _BOLD)  # what a reading system has for text, and for headings and <b>
    given = defaultdict(list)
    for name, value in _GIVEN.findall(css):
        given[name].append(value)
    for value in set(_ASKED.findall(css)):
        for word in _words(value, given, set()):
            yield from _NAMED.get(word, ())
            if word.isdecimal() and int(word) <= _HEAVIEST:
                yield int(word)
            elif word in ("calc", "env", "attr", "min", "max", "clamp"):  # whatever comes of it
                yield from range(1, _HEAVIEST + 1)


def _words(value: str, given: Mapping[str, Sequence[str]], passed: set[str]) -> Iterator[str]:
    """The words of a value, with all that its variables can stand for."""
    for word in _WORD.findall(value):
        if not word.startswith("--"):
            yield word.lower()
        elif word not in passed:
            passed.add(word)
            for meant in given.get(word, ()):
                yield from _words(meant, given, passed)


def _is_asked(face: FontFace, faces: Sequence[FontFace], asked: Iterable[int]) -> bool:
    """Whether a face is the one that its family has for a weight that is asked for."""
    weights = {f.weight for f in faces if (f.family, f.italic) == (face.family, face.italic)}
    return any(_nearest(weight, weights) == face.weight for weight in asked)


def _nearest(weight: int, weights: Iterable[int]) -> int:
    """The weight that is taken for another (CSS Fonts 4, 5.2): from 400 to 500 the next up to 500, then lighter ones;
    for lighter ones first what is lighter yet, for heavier ones what is heavier.
    """

    def far(other: int) -> tuple[int, int]:
        if other == weight or (_NORMAL <= weight < other <= 500):
            return 0, other - weight
        is_lighter = other < weight
        return (1 if is_lighter == (weight <= 500) else 2), abs(other - weight)

    return min(weights, key=far)
