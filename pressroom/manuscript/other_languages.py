r"""Signs of markup languages that are not Markdown: AsciiDoc, reStructuredText, TeX, wikis, forums, templates, Org."""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import OPAQUE, ForeignSign, escaped_sign, sign

_PICTURE_FILE = r"\S+\.(?:jpe?g|png|gif|svg|tiff?|webp)"
_WRITE_IT = "Write what it stands for, or delete it."
_AS_BLOCK = "Write what it stands for: ![…](photo.jpg), ::: sidebar, *words*, [](#id)."
_BACKSLASH = escaped_sign("\\")
_MACROS = "image|link|xref|footnote|footnoteref|stem|latexmath|asciimath|kbd|btn|menu|icon|anchor|pass|indexterm2?"
_FORUM = "b|i|u|s|img|url|quote|code|size|color|colour|center|list|spoiler|embed|video|audio|youtube|caption|table"
_JIRA = "code|noformat|quote|panel|info|note|tip|warning|color|toc|section|column|expand|anchor"

_ACCENTS = "".join(map(escaped_sign, '"^`~'))
_TEX: tuple[ForeignSign, ...] = (
    sign(
        "tex-unread", "", rf"(?<=[^\W\d_])[{_ACCENTS}][A-Za-z](?=[a-z])",
        "a letter of TeX with its accent, whose backslash is lost", "Type the letter itself: ï, ê, ø.",
    ),
    sign("tex-unread", "", rf"(?<=\d){escaped_sign(',')}(?=\w)|(?<=[A-Z]\.){_BACKSLASH}(?= )", "a space of TeX",
         "Write a space, or &nbsp; for one at which no line ends.",
    ),
    sign("quotes-unread", ",,", r"(?<![,\w]),,(?=\w)[^,\"“”\n]{1,120}(?:[\"“”]|'')", "quotation marks made of commas",
         "Write „words“, or \"words\".",
    ),
    sign(
        "math-unread", _BACKSLASH,
        rf"{_BACKSLASH}\((?=[^\n]*{_BACKSLASH}\)).*?{_BACKSLASH}\)"
        rf"|{_BACKSLASH}\[(?=[^\n]*{_BACKSLASH}\]).*?{_BACKSLASH}\]",
        "a formula of mdBook", "Write $x^2$ in a line, and $$x^2$$ on lines of its own.",
    ),
    sign(
        "quotes-unread", "``", r"``(?=\S)[^`\n]{1,300}?''", "quotation marks of TeX", "Write “words” or \"words\".",
    ),
    sign(
        "quotes-unread", "`", r"(?<![\w`])`(?=\w)[^`'\n]{1,80}'(?![\w'])",
        "quotation marks of TeX", "Write ‘words’ or 'words'.",
    ),
    sign(
        "code-unread", "``", r"`{2,}(?![^`\n]*'').*$", "code that begins or ends with another number of backticks",
        "As many backticks end code as begin it.",
    ),
)  # fmt: skip
_ASCIIDOC: tuple[ForeignSign, ...] = (
    sign(
        "directive-unread", "[", rf"\b(?:{_MACROS}):[^\s\[\]]{{0,300}}\[[^\]\n]*\]", "a macro of AsciiDoc", _AS_BLOCK,
    ),
    sign(
        "directive-unread", "[", r"^\[[#.%][A-Za-z][\w.#%-]*\]$", "attributes of AsciiDoc",
        "Write {#id .class} on the line above the block.",
    ),
    sign("directive-unread", "//", r"\A// \S.*$|^/{4,}$", "a comment of AsciiDoc", "Delete it, or write <!-- … -->."),
    sign(
        "directive-unread", "///", r"^/{3} (?!/)\S.*$|^/{3}$", "a block of MkDocs",
        "Write ::: sidebar Title, the text, and a line of :::.",
    ),
    sign("directive-unread", "'''", r"^'{3,}$", "a break of AsciiDoc", "Write --- between blank lines."),
    sign("directive-unread", "<<<", r"^<<<(?: ?@?[\w/.~-]+)?$", "a page break or an included file", _WRITE_IT),
    sign(
        "directive-unread", "+++", r"(?<![\w+])\+\+\+(?=\S)[^+\n]+\+\+\+(?!\+)", "text that AsciiDoc passes through",
        "Delete its signs.",
    ),
    sign("table-unread", "|===", r"^\|={3,}$", "a table of AsciiDoc", "Write its rows as | cell | cell |."),
    sign(
        "list-unread", "*", r"(?<=\n)\*{2,5} \S[^*\n]*$", "a list inside a list of AsciiDoc",
        "Write - and a space, set in under the words of the item above.",
    ),
    sign(
        "list-unread", ".", r"^\. (?=[^\s.]).*$", "a numbered list of AsciiDoc",
        "Write 1. and a space before each item.",
    ),
    sign(
        "index-unread", "(((", r"\({3}(?=\w)[^()\n]*,[^()\n]*\){3}", "a mark for the index in AsciiDoc",
        "Write [words]{.index}.",
    ),
)  # fmt: skip
_DIAGRAMS: tuple[ForeignSign, ...] = (
    sign(
        "directive-unread", "@", r"^@(?:start|end)(?:uml|mindmap|json|yaml|gantt|wbs|salt)\b.*$",
        "a diagram of PlantUML",
        "Write ![what it shows](drawing.svg).",
    ),
    sign("directive-unread", "#| ", r"^#\| [\w-]+: .*$", "an option of code in Quarto", "Delete it."),
)  # fmt: skip
_RESTRUCTURED: tuple[ForeignSign, ...] = (
    sign(
        "directive-unread", "..", r"^\.\. (?=\S).*$", "a directive or comment of reStructuredText", _AS_BLOCK,
    ),
    sign("directive-unread", "::", r"^::$|(?<=\w)::\Z", "the sign before code in reStructuredText",
         "Write code between two lines of ```, and one colon.",
    ),
    sign(
        "reference-unread", "<",
        rf"<{OPAQUE}>",
        "a reference of AsciiDoc", "Write [](#id); for quotation marks write « and ».",
    ),
    sign("link-unread", "_", rf"{OPAQUE}_{{1,2}}(?!\w)|\[[\w#*]+\]_(?!\w)", "a link of reStructuredText",
         "Write [words](address), or [^1] for a note.",
    ),
    sign("table-unread", "==", r"^=+(?: +=+)+$", "a table of reStructuredText",
         "Write the table with pipes: | Year | Trips |, and under the head |---|---|.",
    ),
    sign(
        "directive-unread", ":", r"^:[a-z][\w-]*: (?!:)\S.*$",
        "an option of a directive, or the name of an emoji", _WRITE_IT,
    ),
)  # fmt: skip
_WIKIS: tuple[ForeignSign, ...] = (
    sign("emphasis-unread", "''", r"(?<![\w'])'{2,3}(?=[^\s'])[^'\n]{3,}?(?<=[^\s'])'{2,3}(?!')",
         "emphasis of a wiki", "Write *words* or **words**.",
    ),
    sign("table-unread", "|", r"^\{\|.*$|^\|[-}+]\s*$", "a table of a wiki", "Write its rows as | cell | cell |."),
    sign("heading-unread", ". ", r"^(?:h[1-6]|bq|bc)\. \S.*$", "a heading or quotation of Textile",
         "Write ## or > and a space before the words.",
    ),
    sign("picture-unread", "!", rf"(?<!\w)!{_PICTURE_FILE}(?:\|[^!\n]*)?!", "a picture of Textile or Jira",
         "Write ![what it shows](photo.jpg), with the file in assets/photos.",
    ),
    sign("picture-unread", "/", rf"\A/{_PICTURE_FILE}(?: [\"“].*)?\Z", "the file of a picture",
         "Write ![what it shows](photo.jpg), with the file in assets/photos.",
    ),
    sign("highlight-unread", "||", r"\|\|(?=[^\s:])[^|\n]+(?<=[^\s:])\|\|", "hidden words of Discord",
         "Write *words*, or delete the bars.",
    ),
    sign("braces-unread", "{", rf"\{{/?(?:{_JIRA})(?::[^{{}}\n]*)?\}}", "a macro of Jira or Confluence", _WRITE_IT),
    sign("shortcode-unread", "[/", rf"\[({_FORUM})(?:=[^\]\n]*)?\][^\n]{{0,500}}?\[/\1\]",
         "markup of a forum or of WordPress", "Write *words*, [words](address) or ![…](photo.jpg).",
    ),
    sign("shortcode-unread", "[", r"\[[a-z][\w-]+(?: +[\w-]+=(?:\"[^\"\n]*\"|“[^”\n]*”))+ ?/?\]",
         "a shortcode of WordPress", "Write what it stands for; a picture is ![what it shows](photo.jpg).",
    ),
    sign(
        "note-unread", "[fn:",
        r"\[fn:[\w-]*(?::[^\[\]\n]*)?\]",
        "a note of Org", "Write [^name], and [^name]: … for its text.",
    ),
    sign(
        "directive-unread", "-",
        r"[<\[]\d{4}-\d\d-\d\d [A-Z][a-zé]{1,3}\.?(?: [^<>\[\]\n]{1,30})?[>\]]",
        "a date of Org or Logseq", "Write the day as it is to be printed.",
    ),
    sign("directive-unread", "#+", r"^#\+[A-Za-z_]+:?.*$", "a line of Org", _WRITE_IT),
)  # fmt: skip
_TEMPLATES: tuple[ForeignSign, ...] = (
    sign("template-unread", "{#", r"\{# [^{}\n]*#\}", "a comment of a template", "Delete it, or write <!-- … -->."),
    sign("template-unread", "[%", r"\[% .*?%\]", "an instruction of a template", _WRITE_IT),
    sign("template-unread", "<%", r"<%.*?(?:%>|$)", "an instruction of a template", _WRITE_IT),
    sign("template-unread", "<$", r"<\$[A-Za-z][^>\n]*>", "a placeholder of Scrivener", _WRITE_IT),
    sign(
        "template-unread", "{",
        r"[$#]\{[A-Za-z_][\w.]*\}|\{(?:[a-z]+[_-][a-z_-]*[a-z]|[a-z]+[A-Z][A-Za-z]*|(?:props|this|page|site"
        r"|frontmatter)\.[\w.]+)\}",
        "a variable of a template",
        "Write {{ name }}, and define the name under variables: in publication.yaml.",
    ),
    sign("template-unread", "%", r"%\([a-z_]+\)[sd]|(?<![\w%])%[A-Z][A-Z_]{2,}%(?![\w%])|(?<!\w)@@[A-Z_]{2,}@@",
         "a variable of a template", "Write {{ name }}, and define the name under variables: in publication.yaml.",
    ),
    sign(
        "template-unread", "",
        r"^!(?:include|INCLUDE)\b.*$|^@(?:import|include) [\"“].*$|\{![^{}\n]+!\}|\[!INCLUDE\b",
        "a file that another program includes", "List the file under chapters, or write its text here.",
    ),
    sign("template-unread", " from ", r"^import .+ from ['\"](?=[^'\"\n]*[/.@])[^'\"\n]+['\"];?$",
         "a line of MDX", _WRITE_IT,
    ),
    sign("template-unread", "export ", r"^export (?:const|default|function) .*$", "a line of MDX", _WRITE_IT),
)  # fmt: skip
OTHER_LANGUAGES = (*_TEX, *_ASCIIDOC, *_DIAGRAMS, *_RESTRUCTURED, *_WIKIS, *_TEMPLATES)
