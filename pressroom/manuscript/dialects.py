"""Dialects: signs of other programs, private remarks and broken letters, which nobody means to be printed.

Each sign has the id of its finding, a pattern, and for the reader what it probably is and how it is written here. The
patterns are narrow: a warning about prices, emoticons, formulas in prose or an editor's [sic] would teach people to
overlook warnings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ESCAPED = 0x100000
"""Added to the code of a character that the author has escaped: no pattern takes it for markup."""
OPAQUE = "\0"
"""Stands for code, pictures, calls of notes and tags of HTML, which are not text."""
_ESCAPED_BAR = chr(ESCAPED + ord("("))


@dataclass(frozen=True)
class ForeignSign:
    """A piece of text that nobody means to be printed."""

    id: str
    """The id of its finding."""
    what: str
    """What it probably is, as the end of the sentence “This looks like …”."""
    remedy: str
    """How it is written here."""
    pattern: re.Pattern[str] = field(repr=False)
    needs: str = ""
    """A text without which the pattern cannot match: a search for it is quick."""


def _sign(id: str, needs: str, pattern: str, what: str, remedy: str) -> ForeignSign:
    return ForeignSign(id, what, remedy, re.compile(pattern, re.MULTILINE), needs)


_PICTURE = r"\.(?:jpe?g|png|gif|svg|tiff?|webp|avif|heic|bmp|pdf)\b"
_NAMES = "width|height|credit|focus|edition|title|lang|style|class|id|alt|align|fig-[a-z]+|tbl-[a-z]+|layout[a-z-]*"
_AS_PICTURE = "Write ![what it shows](photo.jpg), with the file in assets/photos."
_AS_LINK = "Write [words](chapter.md#id) for a place in this publication, or the full address."
_AS_FORMULA = "Write $x^2$ in a line, and $$x^2$$ on lines of its own; no space after the first $ or before the last."
_MARKS: tuple[ForeignSign, ...] = (
    _sign(
        "picture-unread", "![[", r"!\[\[[^\[\]\n]+\]\]",
        "an embedded file of Obsidian", _AS_PICTURE,
    ),
    _sign(
        "picture-unread", "![",
        rf"!\[[^\]\n]{{0,300}}\](?=[\[{{])(?:\[[^\]\n]*\]|\{{[^}}\n]*\}})|!\[[^\]\n]{{0,300}}\] ?"
        rf"\((?:[^()\n]*{_PICTURE}[^()\n]*\)?)|^!\[[^\]\n]{0,300}\]",
        "a picture that cannot be read", _AS_PICTURE,
    ),
    _sign(
        "wikilink-unread", "[[", r"\[\[(?![\d\s,.]*\]\])[^\[\]\n]+\]\]",
        "a link of a wiki or of Obsidian", _AS_LINK,
    ),
    _sign(
        "note-unread", "[^", r"\[\^[^\[\]\n]+\]:?",
        "a note that cannot be read", "Write [^name], and [^name]: … for its text; a name has no spaces.",
    ),
    _sign(
        "citation-unread", "@",
        r"\[[^\[\]\n@]*(?<![\w.])-?@[\w{][^\[\]\n]*\]|(?<![\w.@/\U00100000-\U0010ffff])@[A-Za-z]+[:_-]?(?:19"
        r"|20)\d\d[a-z]?\b",
        "a citation of a work that no bibliography has",
        "Name a file with the work in publication.yaml, bibliography: refs.bib, or write the source into a note.",
    ),
    _sign(
        "reference-unread", "@", r"(?<![\w.@/])@(?:fig|tbl|tab|eq|sec|lst|thm|ch)[-:][\w-]+",
        "a reference of Quarto or Pandoc", "Write [](#id), with the id of the figure, table or section.",
    ),
    _sign(
        "link-unread", "][", r"(?<!\w)\[(?!\^)[^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*\]\[(?:[^\[\]\n^]*\w[^\[\]\n^]*)?\]",
        "a link whose address is missing", "Add a line “[name]: address”, or write [words](address).",
    ),
    _sign(
        "link-unread", "](", r"(?<!!)\[[^\[\]\n]+\]\((?=[^()\n]*(?:://|mailto:|\.md\b|\.html?\b|#\w|www\.))[^()\n]*\)?",
        "a link that cannot be read", "Write [words](address) without spaces, or [words](<address with spaces>).",
    ),
    _sign(
        "link-unread", "] (", r"(?<!!)\[[^\[\]\n]+\] \((?:https?://|mailto:|www\.)[^()\s]*\)",
        "a link with a space before its address", "Write [words](address).",
    ),
    _sign(
        "shortcode-unread", "{{", r"\{\{[<%].*?(?:[>%]\}\}|$)",
        "a shortcode of Quarto or Hugo", "Write what it stands for; a picture is ![what it shows](photo.jpg).",
    ),
    _sign(
        "template-unread", "{{", r"\{\{(?![<%]).*?(?:\}\}|$)",
        "a variable or instruction of a template",
        "Define the name under variables: in publication.yaml, or delete it.",
    ),
    _sign(
        "template-unread", "{%", r"\{%.*?(?:%\}|$)",
        "an instruction of a template (Liquid, GitBook)", "Write its words without the braces, or delete it.",
    ),
    _sign(
        "remark-unread", "{", r"\{(?:>>|\+\+|--|~~|==).{0,500}?(?:<<|\+\+|--|~~|==)\}",
        "a change or remark in CriticMarkup", "Accept or reject it in your editor.",
    ),
    _sign(
        "braces-unread", "{",
        rf"\{{\s*(?:[#.](?![\d.])[\w:.-]+|(?:{_NAMES}|[\w-]+(?==[\"“”]))=[^{{}}\n]*?|-)(?:\s[^{{}}\n]*)?\}}",
        "attributes that cannot be read",
        'Braces touch what they belong to: ![…](photo.jpg){.wide}, [words]{.class}, ## Title {#id}.',
    ),
    _sign(
        "braces-unread", "{",
        rf"\{{::?[^{{}}\n]*\}}|\{{=[a-z]+\}}|\{{[a-z][a-z:-]*\}}(?={OPAQUE})|^\{{/?[a-z]+(?:[:,][^{{}}\n]*)?\}}$",
        "an instruction of another program (kramdown, MyST, Leanpub)", "Write what it stands for, or delete it.",
    ),
    _sign(
        "fence-unread", ":::", r"^\s*:{3,}.*$",
        "the line of a block that is not read here",
        "A block begins on the left margin with ::: name, and ends with :::.",
    ),
    _sign(
        "fence-unread", "~~~", r"^\s*~{3,}.*$",
        "a line that opens or closes code", "Code stands between two lines of ``` of its own.",
    ),
    _sign(
        "math-unread", "$$", r"\$\$.*?(?:\$\$(?:\s*\{#[\w:-]+\})?|$)",
        "a formula that cannot be read", _AS_FORMULA,
    ),
    _sign(
        "math-unread", "$", r"(?<![\w$])\$(?=[^\s$])(?:[A-Za-z]|[^$\n]*?[\\^_={}][^$\n]*?)(?<=[^\s$])\$(?![\w$])",
        "a formula that cannot be read", _AS_FORMULA,
    ),
    _sign(
        "math-unread", "$ ", r"(?<![\w$])\$ +[^$\n]{0,300}?\\[A-Za-z][^$\n]{0,300}?\$(?![\w$])",
        "a formula with a space after its first sign", _AS_FORMULA,
    ),
    _sign(
        "math-unread", _ESCAPED_BAR,
        rf"{_ESCAPED_BAR}[^{_ESCAPED_BAR}\n]*?[\\^_=+<>][^{_ESCAPED_BAR}\n]*?{chr(ESCAPED + ord(')'))}",
        "a formula of TeX that loses its backslashes", _AS_FORMULA,
    ),
    _sign(
        "tex-unread", "\\",
        r"(?<![\w:\\.])\\(?:begin|end)\s?\{[^{}\n]*\}"
        r"|(?<![\w:\\.])\\[A-Za-z]{3,}(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*(?![\w\\:.])",
        "a command of TeX", "It would be printed as typed. Write what it stands for, or delete it.",
    ),
    _sign(
        "table-unread", "|",
        r"^\s*\|?\s*:?-{2,}:?\s*\|[-:| ]*$|^\|\s.*\s\|\s*$|^\s*\+[-=:+]{3,}\+\s*$|^\|(?: .+)?\n\|.*$",
        "a table or a line block that is not read",
        "A table has a head, and under it a line |---|---| with as many cells.",
    ),
    _sign(
        "comment-unread", "%%", r"%%[^%\n]+%%|^%%.*$",
        "a private remark of Obsidian", "Delete it, or write <!-- … -->, which is not printed.",
    ),
    _sign(
        "highlight-unread", "==", r"(?<![\w=])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?!=)",
        "highlighted text", "Write *words* or **words**.",
    ),
    _sign(
        "script-unread", "~", r"(?<=\w)~(?=[A-Za-z0-9+-])[\w+-]{1,12}~(?!~)",
        "a subscript of Pandoc", "Write H<sub>2</sub>O.",
    ),
    _sign(
        "script-unread", "^", r"(?<=\w)\^[A-Za-z0-9+−-]{1,12}\^",
        "a superscript of Pandoc", "Write x<sup>2</sup>.",
    ),
    _sign(
        "emphasis-unread", "**",
        r"(?<![*\w])\*\*(?!\*)[^*\n]+(?<!\*)\*\*(?!\*)|(?<!\*)\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?!\*)",
        "bold words whose asterisks are printed", "The asterisks touch the words inside them: **words**.",
    ),
    _sign(
        "callout-unread", "[!", r"^\s*\[![A-Za-z][\w-]*\][+-]?.*$",
        "a callout of GitHub or Obsidian", "Write ::: sidebar Title, the text, and a line of :::.",
    ),
    _sign(
        "task-unread", "[", r"^\[[ xX]\](?=\s)",
        "a task with its box", "Write ☐ or ☑, or delete the brackets.",
    ),
    _sign(
        "toc-unread", "[", r"^\[{1,2}_?TOC_?\]{1,2}$|^\[toc\]$",
        "the place of a table of contents", "Write - generated: [contents] under chapters in publication.yaml.",
    ),
    _sign(
        "directive-unread", "::",
        r"^\s*\.\. [\w:-]+::.*$|^(?:image|include|video|toc|ifdef|endif)::.*$|^[A-Za-z][\w -]{0,30}:: \S.*$",
        "a directive of another program", "Write what it stands for: ![…](photo.jpg), or ::: sidebar.",
    ),
    _sign(
        "directive-unread", "", rf"^(?:!!!|\?\?\?\+?) \w.*$|(?<!\w):[a-z][a-z:-]*:{OPAQUE}",
        "a directive or role of another program", "Write what it stands for: ::: sidebar, *words*, [](#id).",
    ),
    _sign(
        "directive-unread", "[",
        r"^\[(?:source|NOTE|TIP|WARNING|IMPORTANT|CAUTION|quote|verse|cols|discrete)\b[^\]\n]*\]$",
        "a directive of AsciiDoc", "Write what it stands for: ::: sidebar, a quotation with >, code between ```.",
    ),
    _sign(
        "heading-unread", "=", r"^={2,5} \S.*$",
        "a heading of AsciiDoc", "Write ## and a space before the words.",
    ),
    _sign(
        "heading-unread", "##", r"^#{2,6}[^#\s\d].*$",
        "a heading without the space after its signs", "Write ## and a space before the words.",
    ),
    _sign(
        "reference-unread", "<<", r"<<[A-Za-z_#][\w#.-]*(?:,[^<>\n]*)?>>",
        "a reference of AsciiDoc", "Write [](#id); for quotation marks write « and ».",
    ),
    _sign(
        "conflict-unread", "", r"^(?:<{7}|>{7}|={7}|\|{7})(?: .*)?$",
        "the sign of a conflict between two versions of this file",
        "Choose one version, and delete the other with these signs.",
    ),
    _sign(
        "comment-unread", "<!--", r"<!--.*$",
        "a comment that is never closed", "Close it with -->.",
    ),
    _sign(
        "shortcode-unread", "[",
        r"\[/?[a-z][a-z_-]+(?: +[a-z_-]+=(?:\"[^\"\n]*\"|“[^”\n]*”))+ ?/?\]|\[/(?:[a-z][a-z_-]+|[biu])\]",
        "a shortcode of WordPress or BBCode", "Write what it stands for; a picture is ![what it shows](photo.jpg).",
    ),
    _sign(
        "emoji-unread", ":", rf"(?<![\w:]):[a-z][a-z0-9_+-]{{2,}}:(?![\w:{OPAQUE}])",
        "the name of an emoji", "Type the character itself.",
    ),
    _sign(
        "anchor-unread", "^", r"(?<=\s)\^[a-z0-9-]{4,}$",
        "the name of a paragraph in Obsidian", "Write {#name} on the line above the paragraph.",
    ),
    _sign(
        "entity-unread", "&",
        r"&(?:nbsp|amp|lt|gt|quot|apos|[mn]dash|hellip|[lr][sd]quo|[lr]aquo|shy|copy|ensp|emsp|thinsp|zwnj"
        r"|zwj)\b;?|&#x?[0-9A-Fa-f]+;|&[A-Za-z]{3,};",
        "an entity of HTML that is not read", "Type the character itself.",
    ),
)  # fmt: skip
_REMARKS: tuple[ForeignSign, ...] = (
    _sign(
        "remark-left", "T",
        r"\[(?:TK|TODO|TBD|TBC|FIXME)\b[^\]\n]*\]|\((?:TK|TODO|TBD|TBC|FIXME)\b(?! *\d)[^)\n]*\)|\b(?:TODO"
        r"|FIXME):.*$|\bTK ?TK\b",
        "a remark of its writer, who has something left to do", "Do it, and delete the remark.",
    ),
    _sign(
        "remark-left", "FIXME", r"\bFIXME\b(?!:).*$",
        "a remark of its writer, who has something left to do", "Do it, and delete the remark.",
    ),
)  # fmt: skip
BROKEN: tuple[ForeignSign, ...] = (
    _sign(
        "letter-broken", "\ufffd", "\ufffd+",
        "a letter that was lost when the file was saved or converted", "Look it up in the original, and type it again.",
    ),
    _sign(
        "letter-broken", "\ufffc", "\ufffc+",
        "the place of an object that was lost when the text was copied",
        "Put the picture or table there, or delete it.",
    ),
    _sign(
        "letter-broken", "Ã", "Ã[\u0080-\u00bf]|Ã(?=\\s)\\s[a-z]",
        "a letter that was read in the wrong encoding",
        "Save the file as UTF-8 in your editor, and look at the letter.",
    ),
    _sign(
        "letter-broken", "â€", "â€.?",
        "a quotation mark or dash that was read in the wrong encoding", "Type the character itself, and save as UTF-8.",
    ),
    _sign(
        "letter-invisible", "\ufeff", "\ufeff+",
        "a byte order mark inside the text, where two files were joined", "Delete it.",
    ),
    _sign(
        "letter-invisible", "\u200b", r"(?:(?<=\s)|(?<=^))\u200b+|\u200b+(?=\s|$)",
        "an invisible space that came with copied text", "Delete it.",
    ),
)  # fmt: skip
"""Broken letters, which are looked for in escapes and entities too."""
SIGNS = (*_MARKS, *_REMARKS)

_OF_PLAIN: tuple[ForeignSign, ...] = (
    _sign(
        "emphasis-unread", "*", r"(?<![\w*])\*{1,2}(?=[^\s*])[^*\n]+(?<=[^\s*])\*{1,2}(?![\w*])",
        "emphasis, which this text cannot have: its asterisks are printed", "Delete the asterisks.",
    ),
    _sign(
        "emphasis-unread", "_", r"(?<![\w/])_(?=[^\s_])[^_\n]+(?<=[^\s_])_(?![\w/])",
        "emphasis, which this text cannot have: its underscores are printed", "Delete the underscores.",
    ),
)  # fmt: skip
PLAIN_SIGNS = (*_OF_PLAIN, *SIGNS)
"""The signs in texts that hold no markup: those of front matter and of publication.yaml."""
TO_WRITE = r"\[TK\b[^\]\n]*\]"
CAPTION_SIGNS: tuple[ForeignSign, ...] = (
    _sign(
        "caption-to-write", "TK", TO_WRITE,
        "a caption that is still to be written", "Write who does what, where and when; or delete the line.",
    ),
)  # fmt: skip
"""The signs in captions."""
ALT_SIGNS: tuple[ForeignSign, ...] = (
    _sign(
        "alt-to-write", "TK", TO_WRITE,
        "alt text that is still to be written", "Write what the picture shows, for readers who cannot see it.",
    ),
    _sign(
        "size-unread", "|", r"\|\s*\d+(?:x\d+)?$",
        "the size of a picture in Obsidian", "Delete it, and choose a placement: ![…](photo.jpg){.wide}.",
    ),
)  # fmt: skip
"""The signs in alt text, which is read aloud."""
FRONT_SIGNS: tuple[ForeignSign, ...] = (
    _sign(
        "front-matter-unread", "",
        r"^\+\+\+\s*$|^% \S.*$|^(?:title|author|date|layout|tags|draft|categories|slug): \S.*$",
        "the front matter of a chapter",
        "Write it between two lines of ---, the first of which is the first line of the file: title: The mill.",
    ),
)  # fmt: skip
"""The signs at the beginning of a chapter."""
FOREIGN_FENCE = re.compile(r"^\{[A-Za-z][^{}\n]*\}")
"""The first words of code that another program would run, or of its directive: ```{python}."""
DASHED_TABLE = re.compile(r"^\s*-{2,}(?:\s+-{2,})+\s*$|^\s+-{20,}\s*$")
"""The line under the head of a table that Pandoc writes without pipes; CommonMark reads it as a rule."""
