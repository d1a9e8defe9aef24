"""Spellings: pictures, braces and letters as other programs write them, turned into ours before a paragraph is parsed.

Obsidian writes `![[photo.jpg|300]]` and `![Alt|300](photo.jpg)`, others `![Alt](photo.jpg =300x200)`; Markdown Preview
Enhanced has a space before the braces; editors of Windows wrote `&#150;` for a dash. Code keeps its letters.
"""

from __future__ import annotations

import re
from collections.abc import Container

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from pressroom.manuscript import link_definitions
from pressroom.manuscript.braces import ATTRIBUTES, with_quotes
from pressroom.manuscript.newsroom_signs import TO_INSERT
from pressroom.publication.variables import VARIABLE

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
PICTURE_SUFFIXES = "(?:jpe?g|png|gif|tiff?|webp|avif|heic|heif|svg|bmp|jp2|psd)"
"""The endings of picture files, those included that cannot be printed: `photographs` says so."""
_PICTURE_FILE = rf"\.{PICTURE_SUFFIXES}"
_ALT = r"(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*"
_ADDRESS = r"""(?:<[^<>\n]*>|(?:[^()\s<>]|\([^()\s]*\))+)(?:\s+"[^"\n]*")?"""
_EMBED = re.compile(rf"(?<!\\)!\[\[\s*([^\[\]|#\n]+?{_PICTURE_FILE})\s*(?:\|([^\[\]\n]*))?\]\]", re.IGNORECASE)
_SIZE_IN_ALT = re.compile(rf"(?<!\\)!\[({_ALT})\|\s*(\d+)(?:x(\d+))?\s*\](\({_ADDRESS}\))")
_SIZE_AFTER_NAME = re.compile(rf"(?<!\\)(!\[{_ALT}\]\({_ADDRESS})\s+=(\d*%?)x?(\d*%?)\s*\)")
_APART = re.compile(rf"(?<!\\)(!\[{_ALT}\]\({_ADDRESS}\))[ \t]+(?=\{{)")
_BELOW = re.compile(rf"(?<!\\)(!\[{_ALT}\]\({_ADDRESS}\))[ \t]*\n[ \t]*({ATTRIBUTES.pattern})[ \t]*(?=\n|\Z)")
"""A picture whose braces stand on the next line."""
_LOOSE = re.compile(
    rf"""(?<!\\)!\[((?:(?!\][ \t]?\()[^\n]){{0,300}})\][ \t]?\(([^<>\n"]{{1,300}}?{_PICTURE_FILE})"""
    r"""(\s+["“”„][^"“”\n]*["“”])?\s*\)""",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"(<a\s+)name\s*=(?=[^<>]*>)(?![^<>]*\sid\s*=)", re.IGNORECASE)
"""The beginning of a place as HTML 4 named it, `<a name="mill">`; HTML has `id` for it."""
_VARIABLE_ADDRESS = re.compile(r"(?<=\]\()[ \t]*[^()\s{]*\{\{ *\w[^(){}\n]*\}\}[^()\n]*(?=\))")
"""An address that a variable gives, `[words]({{ shop }}/mills)`: the parser allows no space in it."""
_LONE_BRACKETS = re.compile(r"(?<!\\)[\[\]]")
_BRACES = re.compile(rf"(?<=[)\]`}}]){ATTRIBUTES.pattern}")
_C1 = re.compile(r"(?<!\\)&#(?:x0*([89][0-9a-f])|0*(1[2-5][0-9]));", re.IGNORECASE)
_SPACED_NOTE = re.compile(r"( {0,3}\[\^[^\]\n]+\])(?:[ \u00a0\u202f]:|[ \u00a0\u202f]?：)(?=\s|[^\x00-\x7f])")
"""The beginning of a note with a space before its colon, as French has one, or with the wide colon of Chinese."""
_NAMED_NOTE = re.compile(r"^ {0,3}\[\^([^\]\n]* [^\]\n]*)\]:", re.MULTILINE)
_CALL = re.compile(r"\[\^([^\]\n]+)\]")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_GUILLEMETS = re.compile(
    rf"<<(?!(?i:{TO_INSERT})\b)(?:(?![\w#.-]*,)(?=[^<>\n]*[ A-ZÀ-Þ])(?=[^\s<>])|[ \u00a0](?=[^\W\d_]{{2}}))"
    r"([^<>\n]{1,300}?)[ \u00a0]?>>"
)
"""Quotation marks as French typewriters have them, with spaces inside or without."""
_TO_INSERT = re.compile(rf"<<(?i:{TO_INSERT})\b[^<>\n]*>>")
OPEN_BRACKETS = "open brackets"
"""The key in the `meta` of a paragraph that has more brackets than are parsed."""
MOST_OPEN = 1000
"""Brackets behind the last closing one of a paragraph, up to which it is parsed as it stands."""
_NO_BREAK_SPACE = re.compile(r"(?<!\\)((?:\\\\)*)\\ (?=\S)")
"""A space behind a backslash: Pandoc’s no-break space, which its exports of Word’s files have."""
_PIXELS = re.compile(r"\s*(\d+)(?:x(\d+))?\s*")


def our_spelling(dialect: MarkdownIt) -> None:
    """Turn the spellings of other programs into ours, in every text that is parsed for what stands in lines."""
    dialect.core.ruler.before("block", "names_of_notes", _respell_notes)
    link_definitions.addresses_of_variables(dialect)
    dialect.core.ruler.before("inline", "our_spelling", _respell)
    dialect.inline.ruler.before("html_inline", "remark_of_newsroom", _remark)


def _remark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    """Keep the words of `<<PULL QUOTE: We stood in the water>>`, which would be read as a tag with attributes."""
    if not _TO_INSERT.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "<<"
    state.pos += 2
    return True


def _respell_notes(state: StateCore) -> None:
    """Let a note have a name with spaces, `[^my note]`: the parser sees no-break spaces. Code keeps its letters."""
    if "\n[^" not in state.src and "\n [^" not in state.src:
        return
    fence = ""
    lines = [_SPACED_NOTE.sub(r"\1: ", line) for line in state.src.split("\n")]
    named = {match[1] for match in map(_NAMED_NOTE.match, lines) if match}
    for n, line in enumerate(lines):
        if match := _FENCE.match(line):
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
        elif not fence:
            lines[n] = _CALL.sub(lambda m: m[0].replace(" ", "\u00a0") if m[1] in named else m[0], line)
    state.src = "\n".join(lines)


def _respell(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[", token.content.rfind("]") + 1) > MOST_OPEN:
            token.meta[OPEN_BRACKETS] = token.content.count("[", token.content.rfind("]") + 1)
            token.content = _without_hope(token.content)
        if token.type == "html_block" or (token.type == "inline" and "<a" in token.content):
            token.content = _ANCHOR.sub(r"\1id=", token.content)
        if token.type == "inline" and any(sign in token.content for sign in ("![", "{", "&#", "<<", "\\ ")):
            token.content = respelt(token.content, state.env.get("variables", ()))


def _without_hope(text: str) -> str:
    """A text whose brackets that nothing closes are escaped: the parser would look for the end of each in vain."""
    end = text.rfind("]") + 1
    return text[:end] + re.sub(r"(?<!\\)\[", r"\\[", text[end:])


def respelt(text: str, variables: Container[str] = ()) -> str:
    """A paragraph's Markdown in our spelling; `variables` are the names that addresses may hold."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text) if "`" in text else ():
        parts += [_respelt(text[end : code.start()], variables), code[0]]
        end = code.end()
    parts.append(_respelt(text[end:], variables))
    return _BRACES.sub(lambda match: with_quotes(match[0]), "".join(parts))


def _respelt(text: str, variables: Container[str]) -> str:
    text = _GUILLEMETS.sub(r"«\1»", _C1.sub(_windows_letter, text))
    text = _VARIABLE_ADDRESS.sub(lambda address: _without_spaces(address[0], variables), text)
    text = _NO_BREAK_SPACE.sub("\\1\u00a0", text)
    if "![" not in text:
        return text
    text = _LOOSE.sub(_with_angle_brackets, _EMBED.sub(_embedded, text))
    text = _SIZE_IN_ALT.sub(lambda m: f"![{m[1]}]{m[4]}{_size(m[2], m[3])}", text)
    text = _SIZE_AFTER_NAME.sub(lambda m: f"{m[1]}){_size(m[2], m[3])}", text)
    return _APART.sub(r"\1", _BELOW.sub(r"\1\2", text))


def _without_spaces(address: str, variables: Container[str]) -> str:
    """An address with the variables in it as the parser takes them; what no variable is called stays as typed."""
    return VARIABLE.sub(lambda found: f"{{{{{found[1]}}}}}" if found[1] in variables else found[0], address)


def _with_angle_brackets(match: re.Match[str]) -> str:
    """A picture with spaces or lone brackets in its name or alt text, or with curly quotes around its title."""
    alt, file, title = match[1], match[2].strip(), (match[3] or "").strip()
    if "](" in alt:
        return match[0]
    if not re.fullmatch(_ALT, alt):
        alt = _LONE_BRACKETS.sub(r"\\\g<0>", alt)
    if not re.fullmatch(_ADDRESS, file):
        file = f"<{file}>"
    return f"![{alt}]({file}" + (f' "{title[1:-1]}")' if title else ")")


def _embedded(match: re.Match[str]) -> str:
    """`![[photo.jpg|300]]` and `![[photo.jpg|what it shows]]`."""
    words = (match[2] or "").removesuffix("\\")
    size = _PIXELS.fullmatch(words)
    alt = "" if size else words.strip()
    return f"![{alt}](<{match[1]}>)" + (_size(size[1], size[2]) if size else "")


def _size(width: str | None, height: str | None) -> str:
    given = [f'{name}="{value}"' for name, value in (("width", width), ("height", height)) if value]
    return f"{{{' '.join(given)}}}" if given else ""


def _windows_letter(match: re.Match[str]) -> str:
    """A number from 128 to 159 as Windows-1252 has it, and as browsers read it (HTML Standard, 13.2.5.84)."""
    code = int(match[1], 16) if match[1] else int(match[2])
    letter = bytes([code]).decode("cp1252", "replace") if 0x80 <= code <= 0x9F else "\ufffd"
    return match[0] if letter == "\ufffd" else letter
