"""Companions: the families that set the letters which a layout’s family lacks, chosen by the script of the letters.

A family of the same design comes first: Source Serif 4 has the Cyrillic and Greek italics that Source Serif Pro lacks.
The Noto families stand for all other scripts. No letter is taken from any other font of the machine in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from pressroom.design.composition import FontFace
from pressroom.design.font_files import face_in, own_faces
from pressroom.design.fonts import code_points, font_folders, installed, machine_fonts
from pressroom.language.bcp47 import primary_subtag, written_language

_DEBIAN, _DEBIAN_CJK = "fonts-noto-core", "fonts-noto-cjk"


@dataclass(frozen=True)
class LetterScript:
    """A script that companions set, with the families for it."""

    name: str
    blocks: tuple[range, ...]
    serif: tuple[str, ...]
    """Families beside a serif text face, the best first."""
    sans: tuple[str, ...]
    debian: str = _DEBIAN
    """The Debian package that holds them."""
    extra: str = ""
    """The extra of Pressroom that installs them from PyPI, where there is one."""
    is_scaled: bool = True
    """Whether its letters are made as high as those of the text face; others have heights of their own."""
    is_sloped: bool = False
    """Whether its emphasis is an italic."""
    is_large: bool = False
    """Whether it has thousands of letters, of which only those in use are taken."""

    def holds(self, letter: str) -> bool:
        """Whether a letter is of this script."""
        return any(ord(letter) in block for block in self.blocks)

    @property
    def command(self) -> str:
        """What installs its families on this machine."""
        debian = f"apt-get install {self.debian} (Debian)"
        return f"pip install 'pressroom[{self.extra}]', or {debian}" if self.extra else debian

    @property
    def remedy(self) -> str:
        """What to do where its letters are missing."""
        return f"Type: {self.command}; or put the font files of “{self.serif[-1]}” into assets/fonts."


def _blocks(*bounds: int) -> tuple[range, ...]:
    """Ranges from the first and last code points of blocks (Unicode, Blocks.txt)."""
    return tuple(range(first, last + 1) for first, last in zip(bounds[::2], bounds[1::2], strict=True))


_GREEK = LetterScript(
    "Greek", _blocks(0x370, 0x3FF, 0x1F00, 0x1FFF), ("Noto Serif",), ("Noto Sans",), extra="noto", is_sloped=True
)
_CYRILLIC = LetterScript(
    "Cyrillic",
    _blocks(0x400, 0x52F, 0x1C80, 0x1C8F, 0x2DE0, 0x2DFF, 0xA640, 0xA69F),
    ("Noto Serif",),
    ("Noto Sans",),
    extra="noto",
    is_sloped=True,
)
_ARMENIAN = LetterScript(
    "Armenian", _blocks(0x530, 0x58F, 0xFB13, 0xFB17), ("Noto Serif Armenian",), ("Noto Sans Armenian",)
)
_GEORGIAN = LetterScript(
    "Georgian",
    _blocks(0x10A0, 0x10FF, 0x1C90, 0x1CBF, 0x2D00, 0x2D2F),
    ("Noto Serif Georgian",),
    ("Noto Sans Georgian",),
)
_HEBREW = LetterScript(
    "Hebrew", _blocks(0x590, 0x5FF, 0xFB1D, 0xFB4F), ("Noto Serif Hebrew",), ("Noto Sans Hebrew",), extra="hebrew"
)
_ARABIC = LetterScript(
    "Arabic",
    _blocks(0x600, 0x6FF, 0x750, 0x77F, 0x8A0, 0x8FF, 0xFB50, 0xFDFF, 0xFE70, 0xFEFC),
    # Noto draws dots as glyphs of their own over skeletons that several letters share: no reader finds a word of that.
    ("Amiri", "Noto Naskh Arabic"),
    ("Amiri", "Noto Sans Arabic"),
    extra="arabic",
    is_scaled=False,
)
_DEVANAGARI = LetterScript(
    "Devanagari",
    _blocks(0x900, 0x97F, 0x1CD0, 0x1CFF, 0xA8E0, 0xA8FF),
    ("Noto Serif Devanagari",),
    ("Noto Sans Devanagari",),
    extra="devanagari",
    is_scaled=False,
)
_BENGALI, _TAMIL, _ETHIOPIC = (
    LetterScript(name, _blocks(*bounds), (f"Noto Serif {name}",), (f"Noto Sans {name}",), is_scaled=False)
    for name, bounds in (
        ("Bengali", (0x980, 0x9FF)),
        ("Tamil", (0xB80, 0xBFF)),
        ("Ethiopic", (0x1200, 0x139F, 0x2D80, 0x2DDF, 0xAB00, 0xAB2F)),
    )
)
_THAI = LetterScript(
    "Thai", _blocks(0xE00, 0xE7F), ("Noto Serif Thai",), ("Noto Sans Thai",), extra="thai", is_scaled=False
)
_HANGUL, _KANA = _blocks(0x1100, 0x11FF, 0x3130, 0x318F, 0xAC00, 0xD7AF), _blocks(0x3040, 0x30FF, 0x31F0, 0x31FF)
_HAN = _blocks(0x2E80, 0x303F, 0x3100, 0x312F, 0x3200, 0x9FFF, 0xF900, 0xFAFF, 0xFE30, 0xFE4F, 0xFF00, 0xFFEF)


def _east_asian(name: str, region: str, extra: str) -> LetterScript:
    """Chinese, Japanese or Korean: the same characters are drawn otherwise in each."""
    serif, sans = ((f"Noto {kind} CJK {region}", f"Noto {kind} {region}") for kind in ("Serif", "Sans"))
    blocks = (*_HAN, *_KANA, *_HANGUL, range(0x20000, 0x32000))
    return LetterScript(name, blocks, serif, sans, _DEBIAN_CJK, extra, is_scaled=False, is_large=True)


_SIMPLIFIED = _east_asian("simplified Chinese", "SC", "chinese")
_TRADITIONAL = _east_asian("traditional Chinese", "TC", "chinese-traditional")
_JAPANESE = _east_asian("Japanese", "JP", "japanese")
_KOREAN = _east_asian("Korean", "KR", "korean")

SCRIPTS = (
    _CYRILLIC, _GREEK, _ARMENIAN, _GEORGIAN, _HEBREW, _ARABIC, _DEVANAGARI, _BENGALI, _TAMIL, _THAI,
    _ETHIOPIC,
    _SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN,
)  # fmt: skip
"""The scripts that Pressroom names companions for."""
_EAST_ASIAN = SCRIPTS[-4:]
_SAME_DESIGN: Mapping[str, str] = {"Source Serif Pro": "Source Serif 4", "Source Sans Pro": "Source Sans 3"}
"""Families of one design: the later edition of a family has letters that the earlier one lacks."""
_NOTO_PACKAGES = (
    "pylopdf_fonts_ar", "pylopdf_fonts_he", "pylopdf_fonts_hi", "pylopdf_fonts_th",
    "pylopdf_fonts_zh_cn", "pylopdf_fonts_zh_tw", "pylopdf_fonts_jp", "pylopdf_fonts_ko",
)  # fmt: skip
"""The packages behind the extras: font files under the OFL, without an entry point."""


@dataclass(frozen=True)
class Companion:
    """A face that completes a face of the layout, not yet cut to its weight and size."""

    of: FontFace
    """The layout’s face."""
    source: FontFace
    """The face that has the letters; its file may have all weights in one."""
    script: LetterScript
    letters: frozenset[int]
    """Code points to take from it: the whole alphabet, since the engine asks which font sets a whole language."""

    @property
    def weight(self) -> int:
        """The weight that it is cut in: the layout’s, or that of the source if it has only one."""
        return self.of.weight if is_variable(self.source.file) else self.source.weight


def script_of(letter: str, language: str = "") -> LetterScript | None:
    """The script of a letter, if Pressroom names companions for it. Chinese, Japanese and Korean share characters: the
    language of the publication tells which is meant.
    """
    found = next((script for script in SCRIPTS if script.holds(letter)), None)
    if found not in _EAST_ASIAN:
        return found
    primary = primary_subtag(language)
    if primary == "ja" or (primary not in ("zh", "ko") and any(ord(letter) in block for block in _KANA)):
        return _JAPANESE
    if primary == "ko" or (primary != "zh" and any(ord(letter) in block for block in _HANGUL)):
        return _KOREAN
    return _TRADITIONAL if written_language(language) == "zh-Hant" else _SIMPLIFIED


def companions(faces: Sequence[FontFace], letters: Iterable[str], language: str, root: Path) -> tuple[Companion, ...]:
    """The companions of a family’s faces for some letters: for each face and script the first family that is there.

    A script without italics has upright companions only. Fonts of the publication, in its folder `root`, come first.
    """
    by_script: dict[LetterScript, set[int]] = {}
    for letter in letters:
        if script := script_of(letter, language):
            by_script.setdefault(script, set()).add(ord(letter))
    found: dict[tuple[FontFace, int], Companion] = {}
    for face in faces:
        for script, codes in by_script.items():
            if one := _companion(face, script, codes, root):
                key = one.source, one.weight
                earlier = found.get(key, one)
                found[key] = replace(earlier, letters=earlier.letters | one.letters)
    return tuple(found.values())


def _companion(face: FontFace, script: LetterScript, codes: Collection[int], root: Path) -> Companion | None:
    """The companion of one face for the letters of one script; None if none is there."""
    lacking = frozenset(codes) - code_points(face.file)
    for family in families_for(face.family, script):
        alike = [one for one in sources(root).get(family, ()) if one.italic == face.italic]
        source = min(alike, key=lambda one: (abs(one.weight - face.weight), one.weight), default=None)
        held = code_points(source.file, source.number) if source else frozenset[int]()
        if source and lacking & held:
            whole = lacking if script.is_large else {code for block in script.blocks for code in block}
            return Companion(face, source, script, frozenset(held & whole))
    return None


def families_for(family: str, script: LetterScript) -> tuple[str, ...]:
    """The families that may complete a family in a script, the best first."""
    alike = (_SAME_DESIGN[family],) if script.is_sloped and family in _SAME_DESIGN else ()
    return (*alike, *(script.sans if "sans" in family.lower() else script.serif))


def has_companion(
    family: str, letter: str, language: str, here: Mapping[str, Sequence[FontFace]], *, italic: bool = False
) -> bool:
    """Whether one of the companions that are `here` has a letter."""
    script = script_of(letter, language)
    families = families_for(family, script) if script else ()
    faces = (face for name in families for face in here.get(name, ()) if face.italic == italic)
    return any(ord(letter) in code_points(face.file, face.number) for face in faces)


def has_one_weight(family: str, letter: str, language: str, here: Mapping[str, Sequence[FontFace]]) -> bool:
    """Whether a letter has a companion, but in one weight only: strong letters look like the others then."""
    script = script_of(letter, language)
    for name in families_for(family, script) if script else ():
        held = [face for face in here.get(name, ()) if ord(letter) in code_points(face.file, face.number)]
        if held:
            return len({face.weight for face in held}) == 1 and not is_variable(held[0].file)
    return False


def upright_companions(family: str, root: Path) -> tuple[FontFace, ...]:
    """The upright faces that may set whole lines in place of a family, the best for each script first. Fonts in
    collections are left out: what draws a cover opens files.
    """
    here, families = sources(root), dict.fromkeys(name for script in SCRIPTS for name in families_for(family, script))
    faces = (face for name in families for face in here.get(name, ()))
    return tuple(face for face in faces if not face.italic and face.file.suffix != ".ttc")


def sources(root: Path) -> Mapping[str, tuple[FontFace, ...]]:
    """The faces of companions that are there, by family: the publication’s own, then those of packages and of the
    machine.
    """
    found: dict[str, tuple[FontFace, ...]] = {}
    for face in own_faces(root):
        found[face.family] = (*found.get(face.family, ()), face)
    return {**_shared(), **found}


@cache
def _shared() -> Mapping[str, tuple[FontFace, ...]]:
    """The faces of companions in packages and on the machine; of two places that hold a family, the first counts."""
    found: dict[str, tuple[FontFace, ...]] = {}
    for place in (installed(), tuple(_in_packages()), tuple(_on_the_machine())):
        families: dict[str, tuple[FontFace, ...]] = {}
        for face in place:
            families[face.family] = (*families.get(face.family, ()), face)
        found = {**families, **found}
    return found


def _in_packages() -> Iterator[FontFace]:
    """The faces of packages that hold font files: those of fontpkg register themselves, the others are named here."""
    folders = [getattr(point.load(), "ROOT", None) for point in entry_points(group="fontpkg.family")]
    specs = (find_spec(package) for package in _NOTO_PACKAGES)
    folders += [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    for folder in folders:
        files = sorted(Path(folder).rglob("*.[ot]tf")) if folder else []
        yield from (face for file in files if (face := face_in(file)))


def _on_the_machine() -> Iterator[FontFace]:
    """The faces of this machine’s Noto fonts. Only files that are named after one of the families are opened: a machine
    may have thousands.
    """
    families = {name.replace(" ", "") for script in SCRIPTS for name in (*script.serif, *script.sans)}
    stems = families | {"NotoSerifCJK", "NotoSansCJK"}
    for file in machine_fonts():
        if _named_after(file) in stems and (face := face_in(file)):
            yield face
    for file in sorted(file for folder in font_folders() for file in folder.rglob("Noto*.ttc")):
        if _named_after(file) in stems:
            yield from collected(file)


def _named_after(file: Path) -> str:
    """The family that a file is named after: NotoSerif-Bold, NotoSerif[wght]."""
    return file.stem.partition("-")[0].partition("[")[0]


def collected(file: Path) -> Iterator[FontFace]:
    """The faces of a collection: Debian has Chinese, Japanese and Korean in one file. None if it is damaged."""
    number = 0
    while face := face_in(file, number):
        yield face
        number += 1


@cache
def is_variable(file: Path) -> bool:
    """Whether a font file has a range of weights (OpenType, `fvar`)."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - asked for a few files only

    with TTFont(file, lazy=True, fontNumber=0) as font:
        return "fvar" in font


def standing(root: Path) -> Iterator[tuple[LetterScript, str]]:
    """Each script with the family on this machine that sets it beside the built-in families; "" if there is none."""
    here = sources(root)
    for script in SCRIPTS:
        families = [*families_for("Source Serif Pro", script), *families_for("Source Sans Pro", script)]
        yield script, next((family for family in families if family in here), "")
