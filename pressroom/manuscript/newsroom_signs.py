"""Signs of newsrooms and of transcribers: remarks to desk and author, ends of copy, marks of Project Gutenberg."""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import ForeignSign, sign

_DONE = "Settle it, and delete the remark."
_AS_PICTURE = "Write ![what it shows](photo.jpg), with the file in assets/photos."
_GUTENBERG = "a mark of Project Gutenberg"
TO_INSERT = "pull ?quote|photo|picture|caption|sidebar|box|map|embed|video|graphic"
"""What newsrooms name between << and >>, where it is to be put in."""

NEWSROOM: tuple[ForeignSign, ...] = (
    sign(
        "remark-left", "", r"[\[(](?:CQ|cq)[\])]|\[[^\[\]()\n]{0,60}\b(?:TK|tk|to come)\]|\([^()\n]{1,40} TK\)",
        "a mark of a newsroom: checked, or still to come", _DONE,
    ),
    sign("remark-left", "TK", r"(?<=[.!?,;:–—] )TK(?=\s*$|[.,;])", "words that are still to come", "Write them."),
    sign(
        "remark-left", "[",
        r"\[(?:AU|AQ|Author|Query|Desk|DESK|ED NOTE|EDS): [^\]\n]+\]|\[AQ ?\d+\]"
        r"|\[\?{2,}\]|\[(?i:check|source|spelling|date|year|name)\b[^\]\n]{0,40}\?\]",
        "a question to author or desk", _DONE,
    ),
    sign(
        "remark-left", "[",
        r"\[(?:(?i:eds?|editors?|subs?|legal|note)\.?:? )?"
        r"(?i:please|check(?! ?(?:mark|box|list))|confirm|verify|fact-?check)\b(?=[^\]\n]* )[^\]\n]*\]",
        "a request to author or desk", _DONE,
    ),
    sign(
        "remark-left", "XXX", r"\AXXX+[ :]+[a-z].*", "a remark of its writer", _DONE,
    ),
    sign(
        "remark-left", "<<",
        rf"<<(?i:{TO_INSERT})\b[^<>\n]*>>",
        "the place of something to be put in", _AS_PICTURE,
    ),
    sign(
        "remark-left", "",
        r"\A(?:ADVERTISEMENT|Advertisement|ANZEIGE|Anzeige|PUBLICITÉ|Publicité|PUBLICIDAD|Publicidad|РЕКЛАМА|Реклама)\Z",
        "the place of an advertisement on a web page", "Delete it.",
    ),
    sign(
        "remark-left", "{", r'\A\{\s*["“]\w+["”]\s*:.*\}\Z', "data of a web page", "Delete it.",
    ),
    sign(
        "remark-left", "//", r"(?<![\w:/])//(?=[^\s/])[^/\n]+(?<=[^\s/])//(?![\w/])",
        "a remark between slashes, or emphasis of a wiki", "Delete it; for emphasis write *words*.",
    ),
    sign("remark-left", "@@", r"(?<![\w@])@@(?=[^\s@])[^@\n]+(?<=[^\s@])@@(?![\w@])", "a private remark", _DONE),
    sign(
        "remark-left", "[",
        r"\[(?i:photo|picture|image|figure|fig\.?|table|map|chart|illustration)\b[^\]\n]*\b(?i:about|near) here\]"
        r"|\[(?:PHOTO|PICTURE|IMAGE|FIGURE|TABLE|MAP|CHART|ILLUSTRATION) (?:HERE|GOES HERE|TO COME)\b[^\]\n]*\]",
        "the place of a picture or table", _AS_PICTURE,
    ),
    sign(
        "remark-left", "INSERT", r"[«<\[{(]{1,3}INSERT\b[^»>\]})\n]*[»>\]})]{1,3}",
        "the place of something to be put in", _AS_PICTURE,
    ),
    sign(
        "remark-left", "",
        r"\A(?:--? ?30 ?--?|-{1,2} ?(?:MORE|more|ENDS) ?-{1,2}|ENDIT|[(\[](?:ENDS?|MORE|more)[)\]])\Z",
        "the sign at the end of a page of copy", "Delete it.",
    ),
    sign(
        "front-matter-unread", ": ",
        r"\A(?:SLUG|HED|DEK|BYLINE|DATELINE|HEADLINE|KICKER|STANDFIRST|(?:Slug|Hed|Dek|Standfirst)(?=:)): .*"
        r"(?:\n[A-Z]\w{2,}: .*)*\Z",
        "a line for the system of a newsroom",
        "Front matter holds it: title, subtitle, author, place, between two lines of --- at the head of the file.",
    ),
    sign(
        "remark-left", ": ", r"\A(?:CAPTION|CUTLINE|ALT|(?:PHOTO )?CREDIT|PHOTOS?): .*(?:\n[A-Z]{3,}: .*)*\Z",
        "the words of a picture that is not there", f"{_AS_PICTURE} The caption stands right under it.",
    ),
    sign(
        "remark-left", "http", r"\[(?i:embed|tweet|video|youtube):? ?https?://[^\s\]]+\]",
        "something of the network that a page would show", "Write what it says, with its address as a link.",
    ),
)  # fmt: skip
TRANSCRIBERS: tuple[ForeignSign, ...] = (
    sign(
        "remark-left", "***", r"^\*{3} ?(?:START|END) OF (?:THE|THIS) PROJECT GUTENBERG .*$", _GUTENBERG, "Delete it.",
    ),
    sign("remark-left", "[Ill", r"\[Illustration(?:\]|: [^\]\n]*\]?)", "the place of a picture", _AS_PICTURE),
    sign("note-unread", "[Foot", r"\[Footnote \w+: .*", _GUTENBERG, "Write [^1], and [^1]: … for its text."),
    sign("remark-left", "[Side", r"\[Sidenote: [^\]\n]*\]?", _GUTENBERG, "Write ::: sidebar, or delete it."),
    sign("remark-left", "[Pg", r"\[Pg ?[\divxlc]+\]", "the number of a page of another edition", "Delete it."),
    sign("remark-left", "[Trans", r"\[Transcriber[’']s [Nn]ote: .*", _GUTENBERG, "Delete it, or make it a note."),
    sign(
        "highlight-unread", "=", r"(?<![\w=])=(?=[^\W\d_]{2})[^=\n]{1,80}(?<=[\w.,!?])=(?![\w=])",
        "bold words of Project Gutenberg, or words of Org as they stand", "Write **words**.",
    ),
    sign(
        "letter-broken", "[", r"(?<=[A-Za-z])\[[=)'`^~:][A-Za-z]\](?!\()|\[[=)'`^~:][A-Za-z]\](?=[a-z])",
        "a letter as transcribers write it who have it on no key", "Type the letter: ā, é, ü.",
    ),
    sign(
        "directive-unread", "/", r"\A/[*#$](?:\n|\Z)|(?:\n|\A)[*#$]/\Z", "a mark of Distributed Proofreaders",
        "Delete it; for verse write | before each line.",
    ),
)  # fmt: skip
