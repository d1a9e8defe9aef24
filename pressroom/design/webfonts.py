"""Fonts of an edition: the faces that it embeds, and their `@font-face` rules.

The weights in layout.yaml determine the faces of a layout. An ebook embeds only the faces that its style sheets can
use: a layout may not use its light weight on e-ink, for example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pressroom import css
from pressroom.design.composition import FontFace
from pressroom.design.fonts import code_points
from pressroom.publication import Edition

_NORMAL, _BOLD = 400, 700
_HEAVIEST = 1000
_NAMED = {"bold": (_BOLD,), "bolder": (400, 700, 900), "lighter": (100, 400, 700)}
"""The weights that a keyword can resolve to (CSS Fonts 4, 2.2); `normal` is always needed."""
_COMPUTED = frozenset(["calc", "env", "attr", "min", "max", "clamp"])
"""CSS functions whose result is unknown before the page is laid out."""


def embedded_faces(
    edition: Edition, faces: Mapping[str, Sequence[FontFace]], sheets: Iterable[str] = ()
) -> tuple[FontFace, ...]:
    """The faces that an edition embeds. An ebook embeds faces whose licence allows it and whose weight its style sheets
    can use; with `fonts: none` it embeds none.
    """
    every = tuple(dict.fromkeys(face for cuts in faces.values() for face in cuts))
    if not edition.ebook:
        return every
    if edition.ebook.fonts == "none":
        return ()
    asked, allowed = set(weights_asked(sheets)), [face for face in every if face.may_be_embedded]
    return tuple(face for face in allowed if _is_needed(face, allowed, asked))


def font_rules(faces: Sequence[FontFace], edition: Edition) -> list[str]:
    """The `@font-face` rules of an edition’s faces, companions first.

    In an ebook a companion stands in the family that it completes, for its letters only, and in each weight and style
    of that family: a reading system looks for letters only in the rules of the weight and style that it has chosen (CSS
    Fonts 4, 5.2 and 5.3). Where a system does not know ranges, the rule that comes last counts, which is the family’s.
    The page engine takes two files of one family, weight and style for one: there a companion has a name that no other
    file has, since its family may be installed, set words of the cover, or complete two families. Its file has the name
    of the family that it completes as well.
    """
    own = [face for face in faces if not face.completes]
    beside = [face for face in faces if face.completes]
    if edition.ebook:
        completed = [_as_part_of(face, beside) for face in own]
        return [*(rule for rules in completed for rule in rules), *(_rule(face, edition) for face in own)]
    return [_rule(face, edition) for face in (*beside, *own)]


def _rule(face: FontFace, edition: Edition) -> str:
    address = _in_ebook(face) if edition.ebook else f"url(../fonts/{face.file.name})"
    family = f"{face.family} beside {face.completes}" if face.completes else face.family
    return f"@font-face {{ {_which(family, face)}; src: {address} }}"


def _as_part_of(face: FontFace, companions: Sequence[FontFace]) -> Iterator[str]:
    """The rules of the companions of a face: of each family the one that is most like it. None slants upright text."""
    alike = [one for one in companions if one.completes == face.family and (face.italic or not one.italic)]
    for family in dict.fromkeys(one.family for one in alike):
        among = (one for one in alike if one.family == family)
        best = min(among, key=lambda one: (one.italic != face.italic, abs(one.weight - face.weight), one.weight))
        ranges = _ranges(code for code in code_points(best.file) if not chr(code).isspace())
        yield f"@font-face {{ {_which(face.family, face)}; src: {_in_ebook(best)}; unicode-range: {ranges} }}"


def _which(family: str, face: FontFace) -> str:
    style = "italic" if face.italic else "normal"
    return f'font-family: "{family}"; font-weight: {face.weight}; font-style: {style}'


def _in_ebook(face: FontFace) -> str:
    return f'url(../{face.part}) format("woff2")'


def _ranges(codes: Iterable[int]) -> str:
    """Code points as CSS writes them: U+400-45F, U+462."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in found)


def weights_asked(sheets: Iterable[str]) -> Iterator[int]:
    """The weights that style sheets name, whether or not their selectors match an element."""
    yield from (_NORMAL, _BOLD)  # defaults of reading systems: text; headings and <b>
    stated = [each for sheet in sheets for each in css.declarations(sheet)]
    variables = defaultdict(list)
    for each in stated:
        variables[each.name].append(each.value)
    for each in stated:
        if each.name in ("font", "font-weight"):
            yield from _weights(each.value, variables, set())


def _weights(
    value: Sequence[css.Token], variables: Mapping[str, Sequence[Sequence[css.Token]]], passed: set[str]
) -> Iterator[int]:
    """The weights that a value can resolve to, with every value that its variables can have."""
    before = ""
    for token in css.tokens(value):
        if token.type == "ident" and token.value.startswith("--"):
            if token.value not in passed:
                passed.add(token.value)
                for meant in variables.get(token.value, ()):
                    yield from _weights(meant, variables, passed)
        elif token.type == "ident":
            yield from _NAMED.get(token.lower_value, ())
        elif token.type == "number" and token.int_value and before != "/" and token.int_value <= _HEAVIEST:
            yield token.int_value  # in `font`, the number after a slash is the line height
        elif token.type == "function" and token.lower_name in _COMPUTED:
            yield from range(1, _HEAVIEST + 1)
        if token.type not in ("whitespace", "comment"):
            before = str(getattr(token, "value", ""))


def _is_needed(face: FontFace, faces: Sequence[FontFace], asked: Iterable[int]) -> bool:
    """Whether a face is its family's nearest to one of the weights that are needed."""
    weights = {f.weight for f in faces if (f.family, f.italic) == (face.family, face.italic)}
    return any(_nearest(weight, weights) == face.weight for weight in asked)


def _nearest(weight: int, weights: Iterable[int]) -> int:
    """The available weight that replaces a missing one (CSS Fonts 4, 5.2): from 400 to 500 the next up to 500, then
    lighter ones; below 400 lighter ones first, above 500 heavier ones first.
    """

    def far(other: int) -> tuple[int, int]:
        if other == weight or (_NORMAL <= weight < other <= 500):
            return 0, other - weight
        is_lighter = other < weight
        return (1 if is_lighter == (weight <= 500) else 2), abs(other - weight)

    return min(weights, key=far)
