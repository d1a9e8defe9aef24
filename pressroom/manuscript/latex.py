r"""LaTeX: one formula becomes MathML Core, or a reason why it cannot. The only module that knows math-core.

math-core (Rust, 1 MB, MIT) tells a fault with its position and refuses what it does not know; latex2mathml writes
`\nosuch` as a letter, loses the columns of `aligned` and lets a lone `&` through, so that the page is not XML.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from importlib.resources import as_file, files
from typing import NamedTuple

from lxml import etree

LONGEST = 3000
"""The most characters of a formula: what is longer fits no page, and takes minutes to draw."""
_DEEPEST = 60
"""The most braces inside each other; more stop those who read the result."""
_LATIN = 0x24F
"""The last letter of Latin Extended-B: the type of formulas has all before it."""
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)(\w+);")
_NUMBERED = re.compile(r"\\begin\{(?:align|alignat|eqnarray|equation|flalign|gather|multline)\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(align|eqnarray|equation|flalign|gather|multline)\*?\}")
_INSIDE = {"gather": "gathered", "multline": "multline*"}
"""Environments that number nothing, for those that do; `aligned` for all others."""
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\{([^{}\s]+)\}")
_STYLES = ("displaystyle", "scriptlevel")
_MSTYLE = "{http://www.w3.org/1998/Math/MathML}mstyle"
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)\b")


class FormulaError(ValueError):
    """A formula that cannot be read: why, and the index of the character where."""

    def __init__(self, why: str, position: int = 0) -> None:
        super().__init__(why)
        self.why, self.position = why, position


class Named(NamedTuple):
    """A formula without what only names and numbers it."""

    latex: str
    label: str = ""
    """The id in `\\label{…}`."""
    tag: str = ""
    """The number that the author gives, in `\\tag{…}`."""
    is_numbered: bool = False
    """Whether its environment has a number in LaTeX."""


def named(latex: str) -> Named:
    """A formula, and its name and number: these are counted through the publication, not by the converter."""
    label, tag = _LABEL.search(latex), _TAG.search(latex)
    opened = _NUMBERED.search(latex)
    bare = _UNNUMBERED.sub("", _TAG.sub("", _LABEL.sub("", latex)))
    bare = _ENVIRONMENT.sub(_without_number, bare)
    numbered = opened is not None and not _UNNUMBERED.search(latex)
    return Named(bare.strip(), label[1] if label else "", tag[1] if tag else "", numbered or label is not None)


def _without_number(found: re.Match[str]) -> str:
    name = found[2]
    return "" if name == "equation" else f"\\{found[1]}{{{_INSIDE.get(name, 'aligned')}}}"


@lru_cache(maxsize=4096)
def mathml(latex: str, *, is_apart: bool) -> str:
    """The MathML of a formula, without attributes on `math` but `display`. Raises FormulaError."""
    from math_core import LatexError, LatexToMathML  # noqa: PLC0415 - only chapters with formulas need it

    _check_size(latex)
    converter = LatexToMathML(fancy_error=False, xml_namespace=True)
    try:
        made = converter.convert_with_local_state(latex, displaystyle=is_apart)
    except LatexError as fault:
        at, _, why = str(fault).partition(": ")
        raise FormulaError(why or at, int(at) if at.isdigit() else 0) from None
    return _checked(_ENTITY.sub(lambda entity: unescape(entity[0]), made))


def lines_of_formula(made: str) -> int:
    """The lines of a formula: those of the table that it is, or 1."""
    table = etree.fromstring(made.encode()).find(".//{*}mtable")
    return 1 if table is None else len(table)


def undrawn(made: str) -> str:
    """The letters of a formula that the type of formulas, STIX Two Math, does not have."""
    letters = {sign for sign in "".join(etree.fromstring(made.encode()).itertext()) if ord(sign) > _LATIN}
    unknown = {sign for sign in letters if sign.isprintable() and ord(sign) not in _drawable()} if letters else set()
    return "".join(sorted(unknown))


@cache
def _drawable() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only formulas with letters of other scripts need it

    with as_file(files("ziamath.fonts") / "STIXTwoMath-Regular.ttf") as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap()) | frozenset(range(0x2061, 0x2065)) | frozenset(range(0xFE00, 0xFE10))


def _check_size(latex: str) -> None:
    if len(latex) > LONGEST:
        raise FormulaError(f"it has {len(latex)} characters, and the most are {LONGEST}")
    depth = 0
    for position, sign in enumerate(latex):
        depth += (sign == "{") - (sign == "}")
        if depth > _DEEPEST:
            raise FormulaError(f"more than {_DEEPEST} braces stand inside each other", position)
    if not latex.strip():
        raise FormulaError("it is empty")


def _checked(made: str) -> str:
    """MathML that is XML, says something, and keeps to the schema of EPUB."""
    try:
        root = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        raise FormulaError(f"no MathML comes of it ({fault.msg})") from None
    if not "".join(root.itertext()).strip():
        raise FormulaError("nothing of it can be seen")
    for element in list(root.iter("*"))[1:]:
        _move_styles(element)
    return etree.tostring(root, encoding="unicode")


def _move_styles(element: etree._Element) -> None:
    """Move styles that any element of MathML Core may have to an `mstyle` around it: EPUB 3.3 has MathML 3."""
    name = etree.QName(element).localname
    moved = [each for each in _STYLES if each in element.attrib and name != "mstyle"]
    if name == "mtable":
        element.attrib.pop("scriptlevel", None)
        return
    parent = element.getparent()
    if moved and parent is not None:
        around = etree.Element(_MSTYLE, {each: str(element.attrib.pop(each)) for each in moved})
        parent.replace(element, around)
        around.append(element)
