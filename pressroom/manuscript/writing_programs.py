"""Signs of programs for writing and notes, which their exports leave in a text: Scrivener, Logseq, Bear, iA Writer …"""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import OPAQUE, ForeignSign, sign

_WRITE_IT = "Write what it stands for, or delete it."
_AS_PICTURE = "Write ![what it shows](photo.jpg), with the file in assets/photos."
_PICTURE_FILE = r"\S+\.(?:jpe?g|png|gif|svg|tiff?|webp)"
_OF_FRONT = "title|subtitle|author|date|abstract|keywords|lang|output|bibliography|layout|tags|format"

WRITING_PROGRAMS: tuple[ForeignSign, ...] = (
    sign(
        "template-unread", "Scr", r"<!?\$Scr\w*:+\d+>|\{\\Scrv_\w+=?.*?(?:\\end_Scrv_\w+\}|$)",
        "a mark of Scrivener", _WRITE_IT,
    ),
    sign("template-unread", "[%", r"\[%[A-Za-z][\w -]*\]", "a value of front matter in iA Writer", _WRITE_IT),
    sign(
        "directive-unread", "/", r"\A/\S+\.(?:md|markdown|txt|csv|mmd)\Z", "a file that iA Writer includes",
        "List the file under chapters, or write its text here.",
    ),
    sign("template-unread", "8<", r"^-{1,}8<-{1,}.*$", "a file that MkDocs includes", _WRITE_IT),
    sign("comment-unread", "{/*", r"\{/\*.*?(?:\*/\}|$)", "a comment of MDX", "Delete it, or write <!-- … -->."),
    sign(
        "note-unread", "(fn", r"(?<=[\w.,;:!?)”’\"]) ?\(fn(?:: ?[^()\n]*)?\)", "the place of a note in Ulysses",
        "Write [^name], and [^name]: … for its text.",
    ),
    sign(
        "picture-unread", "(",
        r"(?<!\w)\((?:img|vid)(?:: ?[^()\n]*)?\)",
        "the place of a picture in Ulysses", _AS_PICTURE,
    ),
    sign(
        "directive-unread", ":", r"^(?:SCHEDULED|DEADLINE): <\d.*$|^CLOCK: \[.*$|^:(?:LOGBOOK|PROPERTIES|END):$",
        "a date or property of Org or Logseq", "Delete it.",
    ),
    sign(
        "task-unread", "O", r"\A(?:TODO|DOING) (?=\[|[A-Z]?[a-z])", "a task of Logseq or Org",
        "Write - [ ] before the words, or the words alone.",
    ),
    sign(
        "tags-unread", "#", r"\A#[a-z][\w-]*(?:/[\w/-]+)?(?: +#[A-Za-z][\w/-]*(?: \w+)*#?)+\Z", "tags of Bear",
        "Delete them; the subjects of the publication stand in publication.yaml.",
    ),
    sign(
        "highlight-unread", "::", r"(?<![\w:])::(?=[^\s:])[^:\n]{1,300}(?<=[^\s:])::(?![\w:])", "words marked in Bear",
        "Write ==words==.",
    ),
    sign(
        "highlight-unread", "++", r"(?<![\w+])\+\+(?=[^\s+])(?:[^+\n]|\+(?!\+)){1,300}(?<=[^\s+])\+\+(?![\w+])",
        "inserted words, or keys of MkDocs", "Write [words]{.underline}, or <kbd>Ctrl</kbd>; or the words alone.",
    ),
    sign(
        "remark-unread", "{",
        r"\{-(?=[^\s{}-])[^{}\n]+-\}|\{\+(?=[^\s{}+])[^{}\n]+\+\}",
        "a change that wdiff or Ulysses shows", "Accept or reject it in your editor.",
    ),
    sign("citation-unread", "[>", r"\[>[A-Za-z(][^\[\]\n]*\]", "an abbreviation of MultiMarkdown", "Write the words."),
    sign(
        "highlight-unread", "^",
        rf"\^{OPAQUE}[^\0\n]*{OPAQUE}\^",
        "inserted words of MkDocs", "Write the words alone.",
    ),
    sign(
        "highlight-unread", "^^", r"(?<![\w^])\^\^(?=[^\s^])[^^\n]{1,300}(?<=[^\s^])\^\^(?![\w^])",
        "words marked in Roam, or inserted in MkDocs", "Write ==words==, or the words alone.",
    ),
    sign("highlight-unread", "!<", r"(?:\A|>)!(?=\S)[^!\n]{1,300}!<", "hidden words of Reddit", "Write the words."),
    sign(
        "script-unread", "^(", r"(?<![\w)\]])\^\([^()\n]{1,100}\)", "raised words of Reddit", "Write ^words^.",
    ),
    sign(
        "link-unread", "](", rf"(?<!!)\[[^\[\]\n]+\]\(\s*{_PICTURE_FILE}\s[^()\n]*\)",
        "a picture with more than a name", _AS_PICTURE,
    ),
    sign(
        "link-unread", "]: ", r"^\[[^\[\]\n]+\]: +\S+[ \t].*\b(?:width|height|class|id)=.*$",
        "the address of a link with attributes of MultiMarkdown",
        "Write [words](address), or ![…](photo.jpg){width=50%}.",
    ),
    sign(
        "table-unread", "^^", r"\A\^\^\Z", "a cell of MultiMarkdown that goes on from the one above",
        "Write its words again, or draw the table with +---+, where cells may span rows.",
    ),
    sign(
        "list-unread", "\n", r"(?<=\n):[ \t]+\S.*$",
        "a definition of several terms",
        "A term is one line with a blank line above it: write Term<br>Term, or each with its definition.",
    ),
    sign(
        "list-unread", "#) ", r"^#\) (?=\S).*$", "a numbered list of Pandoc", "Write 1. and a space before each item.",
    ),
    sign(
        "front-matter-unread", ": ", rf"\A(?:{_OF_FRONT}): .*(?:\n[a-z][\w-]*:(?: .*)?)+\Z",
        "the front matter of a chapter",
        "Front matter stands once, on the first lines of the file, between two lines of ---.",
    ),
    sign(
        "front-matter-unread", ": ", r"\ACreated(?: time| by)?: .*(?:\n[A-Z][\w ]{0,30}: .*)+\Z",
        "the properties of a page of Notion", "Delete them; what belongs in the book stands in front matter.",
    ),
    sign(
        "remark-left", "Unnamed: ", r"\AUnnamed: \d+(?:_level_\d+)?\Z", "an empty head that a converter has filled",
        "Empty the cell.",
    ),
    sign("remark-left", "NaN", r"\ANaN\Z", "an empty cell that a converter has filled", "Empty the cell."),
)  # fmt: skip
