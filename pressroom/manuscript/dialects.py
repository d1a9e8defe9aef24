"""Dialects: signs of other programs, which nobody means to be printed.

The patterns are narrow: a warning about prices, emoticons, formulas in prose or an editor's [sic] would teach people to
overlook warnings. Each kind of sign is a module of its own; here they are put together, with those of single places.
"""

from __future__ import annotations

from pressroom.language.automatic_alt import AUTOMATIC_ALT
from pressroom.manuscript.east_asian_signs import EAST_ASIAN
from pressroom.manuscript.foreign_sign import ForeignSign, sign
from pressroom.manuscript.lost_text import OFFICE, REMARKS
from pressroom.manuscript.markup_signs import MARKUP
from pressroom.manuscript.newsroom_signs import NEWSROOM, TRANSCRIBERS
from pressroom.manuscript.other_languages import OTHER_LANGUAGES
from pressroom.manuscript.pasted_signs import PASTED
from pressroom.manuscript.pointing_signs import POINTING
from pressroom.manuscript.writing_programs import WRITING_PROGRAMS
from pressroom.publication.placements import IN_MANUSCRIPTS

_COPIED = (*OFFICE, *REMARKS, *NEWSROOM, *TRANSCRIBERS, *PASTED)
SIGNS = (*POINTING, *MARKUP, *OTHER_LANGUAGES, *WRITING_PROGRAMS, *EAST_ASIAN, *_COPIED)

_OF_PLAIN: tuple[ForeignSign, ...] = (
    sign(
        "emphasis-unread", "*", r"(?<![\w*])\*{1,2}(?=[^\s*])[^*\n]+(?<=[^\s*])\*{1,2}(?![\w*])",
        "emphasis, which this text cannot have: its asterisks are printed", "Delete the asterisks.",
    ),
    sign(
        "emphasis-unread", "_", r"(?<![\w/])_(?=[^\s_])[^_\n]+(?<=[^\s_])_(?![\w/])",
        "emphasis, which this text cannot have: its underscores are printed", "Delete the underscores.",
    ),
    sign(
        "link-unread", "](", r"(?<![\w!])\[[^\[\]\n]+\]\([^()\s]*\)",
        "a link, which this text cannot have: its brackets are printed", "Write the words alone.",
    ),
    sign(
        "note-unread", "[^", r"\[\^[^\[\]\n]+\]",
        "the call of a note, which this text cannot have", "Call it from the text below.",
    ),
    sign(
        "script-unread", "^", r"\^[\w+−-]{1,12}\^",
        "raised words, which this text cannot have",
        "Type ¹, ² or ³, or delete the signs.",
    ),
    sign(
        "tag-unread", "<",
        r"</?(?:a|b|br|div|em|h[1-6]|i|li|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>@\n]*>",
        "a tag of HTML, which this text cannot have", "Delete it.",
    ),
    sign(
        "code-unread", "`", r"(?<!`)`[^`\n]+`(?!`)",
        "code, which this text cannot have: its backticks are printed",
        "Delete the backticks; of code that runs, write the result.",
    ),
)  # fmt: skip
PLAIN_SIGNS = (*_OF_PLAIN, *SIGNS)
"""The signs in texts that hold no markup: those of front matter and of publication.yaml."""
_AS_HTML = "No Markdown is read inside HTML: write {}, or take the tags away."
HTML_SIGNS: tuple[ForeignSign, ...] = (
    sign(
        "emphasis-unread", "*", r"(?<![\w*])\*(?=[^\W_])[^*\n]+(?<=[^\s*])\*(?![\w*])",
        "Markdown inside HTML, whose asterisks are printed", _AS_HTML.format("<em>words</em>"),
    ),
    sign(
        "emphasis-unread", "_", r"(?<![\w/])_(?=[^\W_])[^_\n]+(?<=[^\s_])_(?![\w/])",
        "Markdown inside HTML, whose underscores are printed", _AS_HTML.format("<em>words</em>"),
    ),
    sign(
        "emphasis-unread", "~~", r"(?<![\w~])~~(?=[^\s~])[^~\n]+~~(?!~)",
        "Markdown inside HTML, whose tildes are printed", _AS_HTML.format("<s>words</s>"),
    ),
    sign(
        "code-unread", "`", r"(?<!`)`[^`\n]+`(?!`)",
        "Markdown inside HTML, whose backticks are printed", _AS_HTML.format("<code>words</code>"),
    ),
    sign(
        "heading-unread", "# ", r"^[ \t]{0,3}#{1,6} \S.*$",
        "a heading of Markdown inside HTML", "Leave a blank line above and below it.",
    ),
    sign(
        "list-unread", "\n",
        r"^[ \t]*(?P<sign>[-*+]) \S.*(?=\n[ \t]*(?P=sign) \S)|^[ \t]*1[.)] \S.*(?=\n[ \t]*2[.)] \S)",
        "a list of Markdown inside HTML", "Leave a blank line above and below it.",
    ),
)  # fmt: skip
"""The signs of Markdown that mean nothing in raw HTML."""
TO_WRITE = r"\[TK\b[^\]\n]*\]"
CAPTION_SIGNS: tuple[ForeignSign, ...] = (
    sign(
        "braces-unread", ".", rf"\A\.(?:{'|'.join(IN_MANUSCRIPTS)})\b",
        "the placement of the picture without its braces", "Write it in braces: ![…](photo.jpg){.wide}.",
    ),
    sign(
        "remark-left", ":", r"\A(?i:caption|cutline|bildunterschrift|légende|pie de foto|подпись)[ \u00a0]?: ",
        "the name that a newsroom’s system gives to captions", "Delete it.",
    ),
    sign(
        "caption-to-write", "TK", TO_WRITE,
        "a caption that is still to be written", "Write who does what, where and when; or delete the line.",
    ),
)  # fmt: skip
"""The signs in captions."""
ALT_SIGNS: tuple[ForeignSign, ...] = (
    sign(
        "alt-to-write", "TK", TO_WRITE,
        "alt text that is still to be written", "Write what the picture shows, for readers who cannot see it.",
    ),
    ForeignSign(
        "alt-automatic", "alt text that a program wrote by itself",
        "Write what the picture shows, for readers who cannot see it.", AUTOMATIC_ALT,
        fate="is read aloud as it stands",
    ),
    sign(
        "size-unread", "|", r"\|\s*\d+(?:x\d+)?$",
        "the size of a picture in Obsidian", "Delete it, and choose a placement: ![…](photo.jpg){.wide}.",
    ),
)  # fmt: skip
"""The signs in alt text, which is read aloud."""
FRONT_SIGNS: tuple[ForeignSign, ...] = (
    sign(
        "front-matter-unread", "",
        r"^\+\+\+\s*$|^% \S.*$|\A%\S.*$|^= \S.*$|\A;;;$|\A---(?:json|toml|yaml)\b.*$|\A\{\s*\n?\s*[\"“]\w+[\"”]: "
        r"|\A(?:Title|Slug|Category): \S.*\n[A-Z]\w+: \S.*$"
        r"|^(?:title|author|date|layout|tags|draft|categories|slug): \S.*$",
        "the front matter of a chapter",
        "Write it between two lines of ---, the first of which is the first line of the file: title: The mill.",
    ),
)  # fmt: skip
"""The signs at the beginning of a chapter."""
