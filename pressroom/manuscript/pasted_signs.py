"""Pasted signs: what comes along with text copied out of chats, mails, PDFs, transcripts and pages of teams."""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import OPAQUE, ForeignSign, escaped_sign, sign, without_backslashes

_DELETE = "Delete it."
_FORMULA = "Write $$x^2$$ on lines of its own."
_GO_ON = "and|or|to|und|oder|bis|bzw|sowie|wie|als|et|ou|à|y|o|e|ed|en|of|och|eller|og|ja|tai|i|lub|a|и|или|та|і"
"""Words before which a hyphen may stand alone: two- and three-fold, Vor- und Nachteile."""

PASTED: tuple[ForeignSign, ...] = (
    sign(
        "remark-left", "",
        rf"【\d+[^】\n]{{0,80}}】|:contentReference{OPAQUE}?|\bcite(?:turn\d+[a-z]+\d+)+|\boai_citation:\d+",
        "the place of a source in a chat program", "Name the source: [@key], a note, or a link.",
    ),
    without_backslashes(sign(
        "math-unread", escaped_sign("["),
        rf"{escaped_sign('[')}[^{escaped_sign('[')}]*?[\\^_=+<>][^{escaped_sign('[')}]*?{escaped_sign(']')}",
        "a formula of TeX", _FORMULA,
    )),
    sign(
        "math-unread", "[\n", r"\A\[\n[^\[\]]*[=\\^_][^\[\]]*\n\]\Z",
        "a formula of TeX that lost its backslashes", _FORMULA,
    ),
    sign(
        "remark-left", "",
        r"\A(?:Sent from my \w[\w ]{1,20}|Von meinem \w+ gesendet|Envoyé de mon \w+|Get Outlook for \w+)\.?\Z"
        r"|\A-* ?(?:Begin forwarded message|(?:Original|Forwarded) [Mm]essage|Ursprüngliche Nachricht) ?:?-*\Z",
        "what a mail program has around a mail", _DELETE,
    ),
    sign("remark-left", " wrote:", r"\AOn [^\n]{5,80} wrote:\Z", "what a mail program has around a mail", _DELETE),
    sign(
        "word-parted", "-", rf"(?<![\w-])[^\W\d_]{{2,}}-[\n ](?!(?:{_GO_ON})\b)(?=[^\W\d_A-ZÀ-Þ]{{2}})\w+",
        "a word that was parted at the end of a line; it is printed with a space in it", "Join it.",
    ),
    sign(
        "word-parted", "\u00ad", r"\w+\u00ad\s\w+",
        "a word that was parted at the end of a line; it is printed with a space in it", "Join it.",
    ),
    sign(
        "tag-unread", "<", r"<(?:[@#][A-Z0-9]{6,}(?:\|[^<>\n]*)?|@!?\d+|a?:\w+:\d+)>",
        "a person, a channel or a picture of Slack or Discord", "Write the name.",
    ),
    sign("anchor-unread", "((", r"\(\((?=[\w-]*\d)[\w-]{9}\)\)", "the reference to a block in Roam", _DELETE),
    sign(
        "link-unread", "|http", r"\[[^\[\]|\n]+\|https?://[^\s\[\]|]+\]", "a link of Jira", "Write [words](address).",
    ),
    sign(
        "directive-unread", "#",
        r"^#(?:set|show|let|import) \w[^\n]*$"
        r"|(?<![\w/])#(?:figure|image|table|link|pagebreak|align|text|heading|cite)\([^\n]*",
        "an instruction of Typst", "Write what it stands for: ![…](photo.jpg), [words](address).",
    ),
    sign(
        "remark-left", ":",
        r"^(?:\d+\n)?\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:\d\d:\d\d[,.]\d{3}|\[(?:\d\d:)?\d\d:\d\d:\d\d\]"
        r"|\[(?:crosstalk|inaudible|unintelligible) (?:\d\d:)?\d\d:\d\d\]",
        "a time of subtitles or of a transcript", _DELETE,
    ),
)  # fmt: skip
