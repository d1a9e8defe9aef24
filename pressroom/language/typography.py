"""Typography: rules that replace the signs of a keyboard by typographic ones, in one paragraph at a time. Pure.

Letters, digits and their order are never touched; what is already typographic stays, so that setting a text twice
changes nothing. A sign of uncertain meaning stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from pressroom.language.conventions import NARROW, NO_BREAK, Convention
from pressroom.language.galley import MARK, Edit, Galley
from pressroom.language.quotes import quotes

PROTECTED = re.compile(
    "|".join(
        [
            r"""(?:(?:https?|ftp|file)://|mailto:|tel:|www\.)[^\s<>"“”«»]+(?<![.,;:!?)\]'’…])""",  # addresses
            r"(?<![\w.+'-])\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)+",
            r"""(?<![\w.-])[\w-]+(?:\.[\w-]+)+/[^\s<>"“”«»]*(?<![.,;:!?)\]'’…])""",
            r"(?<![\w./\\~-])[\w./\\~-]*\w\.(?:jpe?g|png|tiff?|webp|avif|gif|svg|heic|pdf|epub|md|txt|ya?ml|json|x?html?"
            r"|css|csv|py|docx?|xlsx?|zip|mp[34]|mov)\b",
            r"(?i:\b(?:isbn|issn|ean|doi|tel|fax|phone|тел|հեռ)\b(?:-1[03])?[.:]?[ \u00a0]?[+(]?\d[\d ()./-]*)",
            r"\+\d[\d ()./-]{5,}\d",  # telephone numbers
            r"""(?:^|(?<=\s)|(?<=^["'(])|(?<=[\s(]["'(“«„‘]))--?[A-Za-z][\w-]*""",  # options of programs
            r"(?<![\w&])#[\w-]+",  # ids
            r"\{[^{}]*\}",
            r"""(?<![\w-])[\w-]+=(?:"[^"]*"|'[^']*')""",  # attributes
            r"</?[A-Za-z][^<>]*>|<!--|-->",
            r"(?<!\w)[A-Za-z]'{1,2}(?=\s?[=(])",  # f'(x)
        ]
    )
)
"""Matches all that is no running text."""
SIGNS_OF_CODE = re.compile(r":\S|www\.|@|/|\.\w|\d|\+\d|(?<!\w)-|#|\{|=|<|-->|'\s?[=(]")
"""Matches a sign of each of these, in their order. Most paragraphs have none, which is found out much sooner."""
_UNKNOWN = Convention((("“", "”"), ("‘", "’")))
"""The convention for the rules that apply to any language."""
TypeRule = Callable[[str, Convention], Iterator[Edit]]


def typeset(
    text: str, convention: Convention | None, kept: Collection[int] = (), rules: Sequence[TypeRule] | None = None
) -> Galley:
    """Set a paragraph by the convention of its language. `kept` are characters that no rule may see."""
    galley = Galley(text, range(len(text)))
    if convention is None:
        convention, rules = _UNKNOWN, (ellipses,)
    altered = -1
    while altered != len(galley.edits):  # again, as long as one change makes another one certain
        altered = len(galley.edits)
        hidden = {*kept, *_protected(galley)}
        for rule in RULES if rules is None else rules:
            galley.apply(list(rule(galley.without(hidden), convention)))
    return galley


def _protected(galley: Galley) -> Iterator[int]:
    """The typed characters of all that is no running text."""
    if SIGNS_OF_CODE.search(galley.text):
        yield from (n for found in PROTECTED.finditer(galley.text) for n in galley.origins[slice(*found.span())])


def ellipses(text: str, convention: Convention) -> Iterator[Edit]:
    """Three full stops become an ellipsis, except in a path or among more than three."""
    del convention
    for found in re.finditer(r"(?<![./\\])\.{3}(?![./\\])", text):
        yield Edit(*found.span(), "…", "ellipsis")


# ---- numbers

_FRACTIONS = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
"""Fractions that every font has."""
_TIMES = re.compile(r"(?<![\w.,/#-])(?!0x)\d+(?:[.,]\d+)?(?:( ?)[xх]\1\d+(?:[.,]\d+)?)+(?:[cm]?m|px|in|ft)?(?![\w/])")
_FEET = re.compile(rf"(?<![\w.,'°{MARK}])\d{{1,2}}(')(?: ?\d{{1,2}}(?:[.,]\d+)?(\"|'')|\d{{1,2}}(?![\w']))")
_ARC = re.compile(r"(?<=\d°)\s?\d{1,2}(')(?:\s?\d{1,2}(?:[.,]\d+)?(\"|''))?")
_RANGE = re.compile(rf"(?<![\w.,:/#+{MARK}-])(?<!\d )(\d{{1,4}})(-)(\d{{1,4}})(?![\w/{MARK}-]|[.,:]\d| \d)")
_TWO_HYPHENS = re.compile(r"(?<=[\d%°])--(?=[$€£¥]?\d)")


def numbers(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of fractions, multiplication signs, feet and inches, minutes of arc, and thousands."""
    del convention
    if not re.search(r"\d", text):
        return
    for found in re.finditer(rf"(?<![\w.,/×{MARK}-])(?:1/[24]|3/4)(?![\w/{MARK}]|[.,-]\d)", text):
        yield Edit(*found.span(), _FRACTIONS[found[0]], "fraction")
    for found in _TIMES.finditer(text):
        for sign in re.compile(r"[xх](?= ?\d)").finditer(text, *found.span()):
            yield Edit(*sign.span(), "×", "multiplication sign")
    for found in re.finditer(r"(?<![\w.,'])\d{1,3}(?:'\d{3})+(?![\w'])", text):
        yield from (Edit(n, n + 1, "’", "apostrophe") for n in range(*found.span()) if text[n] == "'")
    yield from _primes(text)


def _primes(text: str) -> Iterator[Edit]:
    """Edits of a sign for feet or minutes, and of the one for inches or seconds after it."""
    for found in (*_FEET.finditer(text), *_ARC.finditer(text)):
        yield Edit(*found.span(1), "′", "prime")
        if found[2]:
            yield Edit(*found.span(2), "″", "prime")


def ranges(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of hyphens in number ranges, except dates and telephone numbers, whose parts ascend by chance.

    Two hyphens beside numbers of any form are a dash: 1.2--1.5, 5 %--10 %.
    """
    del convention
    for found in _TWO_HYPHENS.finditer(text):
        yield Edit(*found.span(), "–", "range")
    for found in _RANGE.finditer(text):
        first, last = found[1], found[3]
        is_number = not first.startswith("0") and not last.startswith("0")
        if is_number and (len(first), len(last)) != (3, 4) and int(first) < int(last) < int(first) + 1000:
            yield Edit(*found.span(2), "–", "range")


# ---- dashes

_SPACED = re.compile(r"(?<=[^\s–—-])([ \n]+)(-{1,3})([ \n]+)(?=[^\s–—-])")
_TIGHT = re.compile(
    rf"(?<=[\w{MARK}])-{{2,3}}(?=[\w{MARK}\"'“‘«„(¿¡])|(?<=[.,;:!?…)\"'”’»])-{{2,3}}(?=[\w{MARK}])"
    r"|(?<=\S[\"'”’»])-{2,3}(?=[\"'“‘«„]\w)"
)
_FIRST = re.compile(r"^-{2,3}(?=[ \n]+[^\s-])")
_BROKEN_OFF = re.compile(r"(?<=[\w.,…!?])-{2,3}(?=[\"'”’»)]*(?:$|[\"'”’»)][\s.,;:!?]))")


def dashes(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of hyphens that stand for a dash, except those that may be a minus."""
    if "-" not in text:
        return
    before, after = convention.dash_spaces or ("", "")
    for found in _SPACED.finditer(text):
        if len(found[2]) > 1 or not _may_be_minus(text, found):
            yield Edit(*found.span(), _spaced_dash(found, convention), "dash")
    for found in _TIGHT.finditer(text):
        is_range = text[found.start() - 1].isdigit() and text[found.end()].isdigit()
        if not is_range and not _BROKEN_OFF.match(text, found.start()):
            yield Edit(*found.span(), before + convention.dash + after, "dash")
    for found in (*_BROKEN_OFF.finditer(text), *_FIRST.finditer(text)):
        yield Edit(*found.span(), convention.dash, "dash")


def _spaced_dash(found: re.Match[str], convention: Convention) -> str:
    """A dash with the spaces of its language; a plain space stays as it is typed, which may be the end of a line."""
    before, after = convention.dash_spaces or (" ", " ")
    return (found[1] if before == " " else before) + convention.dash + (found[3] if after == " " else after)


def _may_be_minus(text: str, found: re.Match[str]) -> bool:
    """Whether a hyphen stands between two numbers or variables: 10 - 5, x - y, n - 1."""
    sides = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 2][::-1]
    numbers = [side[-1:].isdigit() for side in sides]
    letters = [re.search(r"(?<!\w)[^\W\d_]$", side) for side in sides]
    is_variable = any(letter and letter[0] in "bcdfghjklmnpqrstvwxz" for letter in letters)
    return all(numbers) or (is_variable and all(map(any, zip(numbers, letters, strict=True))))


# ---- spaces

_INITIALS = re.compile(r"(?<![\w.])((?:[^\W\d_]\.)+)([ \n])(?=([^\W\d_])(?:(\.)|[\w’'-]))")
_THOUSANDS = re.compile(r"(?<![\d.,/+-])(?<!\d[ \u00a0\u202f])[1-9]\d{0,2}(?: \d{3})+(?![ \u00a0\u202f]?\d)(?![/-]\d)")
_FACTORS = re.compile(r"(?<=\d)( )×( )(?=\d)")
_BEFORE_DASH = re.compile(r"(?<=\S)([ \n])(?=[–—][ \n])")


def spaces(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of spaces at which no line may end."""
    found: dict[int, str] = dict.fromkeys(_bound(text, convention), NO_BREAK)
    for group in _THOUSANDS.finditer(text):
        found |= {n: NARROW for n in range(*group.span()) if text[n] == " "}
    yield from (Edit(n, n + 1, space, "no-break space") for n, space in sorted(found.items()))


def _bound(text: str, convention: Convention) -> Iterator[int]:
    """The indices of spaces at which no line may end."""
    for found in convention.before_name.finditer(text):
        if text[found.end()].isupper():
            yield found.start(1)
    for pattern in (convention.before_number, convention.after_number, convention.after_leading):
        yield from (found.start(1) for found in pattern.finditer(text))
    for found in _FACTORS.finditer(text):
        yield from (found.start(1), found.start(2))
    for found in _INITIALS.finditer(text):
        is_name = found[1][-2].isupper() and found[3].isupper() and found[1] != "I."
        if found[4] or is_name:
            yield found.start(2)
    if convention.dash_spaces and convention.dash_spaces[0] == NO_BREAK:
        yield from (found.start(1) for found in _BEFORE_DASH.finditer(text))


_UNSPACED = re.compile(rf"«(?=\S)|(?<=[^\s«])»|(?<=[\w)\]»”’…%{MARK}])[;!?:](?=[;!?]*(?:$|[\s»”’)\]]))")


def punctuation(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of the spaces inside guillemets and before high punctuation, for languages that have them."""
    if not convention.spaced:
        return
    for found in re.finditer(r"«([ \n])(?=\S)|([ \n])(?=[;!?:»])", text):
        sign = "«" if found[1] else text[found.end()]
        yield Edit(*found.span(1 if found[1] else 2), convention.spaced[sign], "no-break space")
    for found in _UNSPACED.finditer(text):
        if found[0] in convention.added:
            space = convention.spaced[found[0]]
            yield Edit(*found.span(), "«" + space if found[0] == "«" else space + found[0], "no-break space")


RULES: Sequence[TypeRule] = (ellipses, numbers, ranges, dashes, quotes, spaces, punctuation)
"""All rules, in the order of application."""
QUOTES_ONLY: Sequence[TypeRule] = (quotes,)
"""The rules for texts that are no sentences, such as credits."""
