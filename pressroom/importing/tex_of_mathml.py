"""Formulas of MathML as TeX: the source that comes with one where there is it, else what its elements say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from pressroom.importing.html_tree import HtmlElement, words_in

_NAMES = (
    r"×\times ÷\div ±\pm ∓\mp ⋅\cdot ·\cdot ≤\le ≥\ge ≠\ne ≈\approx ≡\equiv ∼\sim ~\sim ∝\propto ∞\infty ∑\sum ∏\prod"
    r" ∫\int ∮\oint ∂\partial ∇\nabla ∈\in ∉\notin ⊂\subset ⊆\subseteq ∪\cup ∩\cap ∅\emptyset →\to ←\leftarrow"
    r" ⇒\Rightarrow ⇔\Leftrightarrow ↦\mapsto ∀\forall ∃\exists ¬\neg ∧\wedge ∨\vee …\dots ⋯\cdots {\{ }\} %\% #\#"
    r" &\& _\_ $\$ \\backslash ⟨\langle ⟩\rangle ‖\| ℏ\hbar ℓ\ell"
    r" α\alpha β\beta γ\gamma δ\delta ε\varepsilon ζ\zeta η\eta θ\theta ι\iota κ\kappa λ\lambda μ\mu ν\nu ξ\xi π\pi"
    r" ρ\rho σ\sigma τ\tau υ\upsilon φ\varphi χ\chi ψ\psi ω\omega Γ\Gamma Δ\Delta Θ\Theta Λ\Lambda Ξ\Xi Π\Pi Σ\Sigma"
    r" Υ\Upsilon Φ\Phi Ψ\Psi Ω\Omega ϵ\epsilon ϕ\phi ϑ\vartheta"
)
_SIGNS = {each[0]: each[1:] for each in _NAMES.split()}
_SIGNS |= {"∗": "*", "−": "-", "′": "'", "°": r"{}^{\circ}", "\u00a0": "~"}
_SIGNS |= dict.fromkeys("\u2061\u2062\u2063\u2064\u200b", "")
_ACCENTS = {"^": "hat", "ˆ": "hat", "¯": "overline", "‾": "overline", "→": "vec", "⃗": "vec", "~": "tilde", "˜": "tilde",
            "˙": "dot", "¨": "ddot", "⏞": "overbrace", "\u0300": "grave", "\u0301": "acute", "\u0302": "hat",
            "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0306": "breve", "\u0307": "dot",
            "\u0308": "ddot", "\u030c": "check"}  # fmt: skip
_OPENING, _CLOSING = ("", *"([{|‖⟨"), ("", *")]}|‖⟩")
_TALL = frozenset(["mfrac", "mtable", "munder", "munderover"])
"""What brackets grow around."""
_BELOW = {"⏟": "underbrace", "_": "underline", "\u0332": "underline"}
FUNCTIONS = frozenset(
    "sin cos tan cot sec csc log ln exp lim max min sup inf det gcd arg dim ker deg sinh cosh tanh".split()
)
_LIMITS = frozenset((r"\sum", r"\prod", r"\int", r"\lim", r"\max", r"\min", r"\sup", r"\inf"))


def tex_of(math: HtmlElement) -> str:
    """A formula as TeX; “” for one without anything."""
    for note in math.iter("annotation"):
        if "tex" in note.get("encoding", "").lower():
            return " ".join((note.text or "").split())
    said = math.get("alttext", "")
    if re.search(r"\\[A-Za-z]|[_^]\{", said):
        return " ".join(said.split())
    return " ".join(_row([*math]).split())


def _row(elements: Sequence[HtmlElement]) -> str:
    return " ".join(filter(None, map(_one, elements)))


def _one(element: HtmlElement) -> str:
    write = _WRITERS.get(str(element.tag))
    return write(element) if write else _row([*element]) if len(element) else _signs(words_in(element))


def _signs(words: str) -> str:
    """Letters and signs as commands."""
    written = "".join(
        f"{_SIGNS[sign]} " if _SIGNS.get(sign, "").startswith("\\") else _SIGNS.get(sign, sign) for sign in words
    )
    return written.strip()


def _identifier(element: HtmlElement) -> str:
    word = words_in(element)
    if word in FUNCTIONS:
        return f"\\{word}"
    if element.get("mathvariant") == "bold":
        return rf"\mathbf{{{_signs(word)}}}"
    is_word = len(word) > 1 and word.isalpha() and word.isascii()
    return rf"\mathrm{{{word}}}" if is_word or element.get("mathvariant") == "normal" else _signs(word)


def _text(element: HtmlElement) -> str:
    words = re.sub(r"([{}$%#&_\\])", r"\\\1", "".join(map(str, element.itertext())))
    return rf"\text{{{words}}}" if words.strip() else "~"


def _arguments(element: HtmlElement, count: int) -> list[str]:
    """The arguments of a command, each in braces where it is more than a sign."""
    written = [_one(child) for child in element][:count]
    return [*written, *[""] * (count - len(written))]


def _braced(tex: str) -> str:
    return f"{{{tex}}}"


def _command(name: str, count: int = 1) -> Callable[[HtmlElement], str]:
    def write(element: HtmlElement) -> str:
        return f"\\{name}" + "".join(map(_braced, _arguments(element, count)))

    return write


def _raised(*signs: str) -> Callable[[HtmlElement], str]:
    """The writer of scripts: what stands below and above a base."""

    def write(element: HtmlElement) -> str:
        base, *scripts = _arguments(element, 1 + len(signs))
        base = base if re.fullmatch(r"\\?\w+", base) else _braced(base)
        return base + "".join(f"{sign}{{{script}}}" for sign, script in zip(signs, scripts, strict=True) if script)

    return write


def _multiscripts(element: HtmlElement) -> str:
    """A base with pairs of scripts below and above, behind it and, after `mprescripts`, before it."""
    base, *others = element
    at = next((n for n, each in enumerate(others) if each.tag == "mprescripts"), len(others))
    return "".join((*_pairs(others[at + 1 :]), _one(base), *_pairs(others[:at])))


def _pairs(scripts: Sequence[HtmlElement]) -> Iterator[str]:
    for below, above in zip_longest(scripts[::2], scripts[1::2]):
        written = {sign: "" if each is None else _one(each) for sign, each in (("_", below), ("^", above))}
        yield "{}" + "".join(f"{sign}{{{script}}}" for sign, script in written.items() if script)


def _bracketed(row: HtmlElement) -> str:
    """A row; brackets around what is taller than a line grow with it. One of them may be empty, or missing."""
    inside = [*row]
    if len(inside) > 1 and inside[-1].tag == "mtable":
        inside.append(etree.Element("mo"))
    if not any(each.tag in _TALL for part in inside[1:-1] for each in part.iter()):
        return _row(inside)
    first, last = (words_in(end) if end.tag == "mo" else "none" for end in (inside[0], inside[-1]))
    if first not in _OPENING or last not in _CLOSING:
        return _row(inside)
    return rf"\left{_signs(first) or '.'} {_row(inside[1:-1])} \right{_signs(last) or '.'}"


def _over(element: HtmlElement) -> str:
    base, over = _arguments(element, 2)
    if len(element) and (accent := _ACCENTS.get(words_in(element[-1]))):
        return rf"\{accent}{{{base}}}"
    return f"{base}^{{{over}}}" if base in _LIMITS else rf"\overset{{{over}}}{{{base}}}"


def _under(element: HtmlElement) -> str:
    base, under = _arguments(element, 2)
    if len(element) and (accent := _BELOW.get(words_in(element[-1]))):
        return rf"\{accent}{{{base}}}"
    return f"{base}_{{{under}}}" if base in _LIMITS else rf"\underset{{{under}}}{{{base}}}"


def _under_over(element: HtmlElement) -> str:
    base, under, over = _arguments(element, 3)
    return (
        f"{base}_{{{under}}}^{{{over}}}"
        if base in _LIMITS
        else rf"\overset{{{over}}}{{\underset{{{under}}}{{{base}}}}}"
    )


def _fenced(element: HtmlElement) -> str:
    first, last = element.get("open", "("), element.get("close", ")")
    inner = ", ".join(map(_one, element))
    return rf"\left{_signs(first) or '.'} {inner} \right{_signs(last) or '.'}"


def _table(element: HtmlElement) -> str:
    rows = (" & ".join(_row([*cell]) for cell in row if cell.tag == "mtd") for row in element if row.tag == "mtr")
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


def _root(element: HtmlElement) -> str:
    base, degree = _arguments(element, 2)
    return rf"\sqrt[{degree}]{{{base}}}"


_WRITERS: Mapping[str, Callable[[HtmlElement], str]] = {
    "mi": _identifier,
    "mtext": _text,
    "ms": _text,
    "mfrac": _command("frac", 2),
    "msqrt": lambda element: rf"\sqrt{{{_row([*element])}}}",
    "mroot": _root,
    "msup": _raised("^"),
    "msub": _raised("_"),
    "msubsup": _raised("_", "^"),
    "mover": _over,
    "munder": _under,
    "munderover": _under_over,
    "mmultiscripts": _multiscripts,
    "mrow": _bracketed,
    "mfenced": _fenced,
    "mtable": _table,
    "mspace": lambda _: r"\ ",
    "mphantom": lambda _: "",
    "annotation": lambda _: "",
    "annotation-xml": lambda _: "",
}
