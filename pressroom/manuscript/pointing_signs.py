"""Pointing signs: pictures, links, notes and citations of other programs, which nobody means to be printed."""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import ForeignSign, sign

_PICTURE = r"\.(?:jpe?g|png|gif|svg|tiff?|webp|avif|heic|bmp|pdf)\b"
_AS_PICTURE = "Write ![what it shows](photo.jpg), with the file in assets/photos."
_AS_LINK = "Write [words](chapter.md#id) for a place in this publication, or the full address."
POINTING: tuple[ForeignSign, ...] = (
    sign(
        "picture-unread", "![[",
        r"(?i)!\[\[[^\[\]\n]+\.(?:mp3|m4a|wav|ogg|oga|flac|3gp|mp4|m4v|webm|mov|mkv|ogv)(?:[#|][^\[\]\n]*)?\]\]",
        "sound or film that Obsidian embeds", "A book plays none. Write what it says, or its address as a link.",
    ),
    sign(
        "picture-unread", "![[",
        rf"(?i)!\[\[(?![^\[\]\n]*{_PICTURE})[^\[\]\n]+\]\]",
        "a note that Obsidian embeds", "List the file under chapters, or write its text here.",
    ),
    sign(
        "picture-unread", "![[", r"!\[\[[^\[\]\n]+\]\]",
        "an embedded file of Obsidian", _AS_PICTURE,
    ),
    sign(
        "picture-unread", "![",
        rf"!\[[^\]\n]{{0,300}}\](?=[\[{{])(?:\[[^\]\n]*\]|\{{[^}}\n]*\}})|!\[[^\]\n]{{0,300}}\] ?"
        rf"\((?:[^()\n]*{_PICTURE}[^()\n]*\)?)|^!\[[^\]\n]{{0,300}}\]|!\[[^\]\n]*\.(?:jpe?g|png|gif|svg|tiff?|webp)\]",
        "a picture that cannot be read", _AS_PICTURE,
    ),
    sign(
        "wikilink-unread", "[[", r"\[\[(?![\d\s,.]*\]\]|_?(?i:toc)_?\]\])[^\[\]\n]+\]\]",
        "a link of a wiki or of Obsidian", _AS_LINK,
    ),
    sign(
        "note-unread", "[^", r"\[\^[^\[\]\n]*\]:?",
        "a note that cannot be read", "Write [^name], and [^name]: … for its text; a name has no spaces.",
    ),
    sign(
        "note-unread", "]: ", r"^\[\d{1,3}\]: (?=[^\W\d_]).*$",
        "a note that is written as the address of a link", "Write [^1] in the text, and [^1]: … for its text.",
    ),
    sign(
        "note-unread", "^[", r"\^\[(?=\w)[^\[\]\n]*\Z",
        "a note in the line that is never closed", "Close it: ^[words].",
    ),
    sign(
        "citation-unread", "@",
        r"\[[^\[\]\n@]*(?<![\w.])-?@[\w{][^\[\]\n]*\]|(?<![\w.@/\U00100000-\U0010ffff])@[A-Za-z]+[:_-]?(?:19"
        r"|20)\d\d[a-z]?\b|(?<![\w.@/])@\{[^\s{}]+\}",
        "a citation of a work that no bibliography has",
        "Name a file with the work in publication.yaml, bibliography: refs.bib, or write the source into a note.",
    ),
    sign(
        "reference-unread", "@",
        r"(?<![\w.@/])@(?:fig|tbl|tab|eq|sec|lst|thm|ch|[Nn]te|[Tt]ip|[Ww]rn|[Ii]mp|[Cc]au|[Cc]or|[Pp]rp|[Cc]nj|[Ee]xm"
        r"|[Ee]xr|[Aa]lg|[Rr]em)[-:][\w-]+",
        "a reference of Quarto or Pandoc", "Write [](#id), with the id of the figure, table or section.",
    ),
    sign(
        "link-unread", "][", r"(?<!\w)\[(?!\^)[^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*\]\[(?:[^\[\]\n^]*\w[^\[\]\n^]*)?\]",
        "a link whose address is missing", "Add a line “[name]: address”, or write [words](address).",
    ),
    sign(
        "link-unread", "](",
        r"(?<!!)\[[^\[\]\n]+\]\((?!(?:file|data|javascript|vbscript):)(?=[^()\n]*(?:://|mailto:|\.md\b|\.html?\b|#\w"
        r"|www\.))[^()\n]*\)?",
        "a link that cannot be read",
        "Write [words](address) without spaces, or [words](<address with spaces>).",
    ),
    sign(
        "link-unread", "](",
        r"(?<!!)\[[^\[\]\n]+\]\((?=file:)[^()\n]*\)?",
        "a link to a file of one computer", "Delete it, or write the address at which readers find the file.",
    ),
    sign(
        "link-unread", "](",
        r"(?<!!)\[[^\[\]\n]+\]\((?=(?:javascript|data|vbscript):)(?:[^()\n]|\([^()\n]*\))*\)?",
        "a link that runs a script or holds data", "Delete it: a book runs nothing.",
    ),
    sign(
        "link-unread", "[http", r"(?<![\[\]])\[https?://[^\s\[\]]+ [^\[\]\n]+\](?!\()",
        "a link of MediaWiki", "Write [words](address).",
    ),
    sign(
        "link-unread", ")[", rf"!?\([^()\n]+\)\[[^\[\]\n]*(?:{_PICTURE}|://|www\.)[^\[\]\n]*\]",
        "a link or a picture whose brackets have changed places", "Write [words](address), or ![…](photo.jpg).",
    ),
    sign(
        "picture-unread", "!(",
        rf"!\([^()\s]+{_PICTURE}[^()\n]*\)",
        "a picture without its square brackets", _AS_PICTURE,
    ),
    sign(
        "picture-unread", "](", rf"(?<!\w)!(?=[^\s\[!])[^\[\]()\n]{{0,300}}\]\([^()\s]+{_PICTURE}[^()\n]*\)",
        "a picture without its first bracket", _AS_PICTURE,
    ),
    sign(
        "link-unread", "] (", r"(?<!!)\[[^\[\]\n]+\] \((?:https?://|mailto:|www\.)[^()\s]*\)",
        "a link with a space before its address", "Write [words](address).",
    ),
    sign(
        "anchor-unread", "((", r"\(\([0-9a-f-]{36}\)\)", "the reference to a block in Logseq", _AS_LINK,
    ),
)  # fmt: skip
