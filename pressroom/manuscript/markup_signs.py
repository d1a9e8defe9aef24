"""Markup signs: blocks, attributes, formulas and emphasis of other programs, which nobody means to be printed."""

from __future__ import annotations

from pressroom.language.words import TABLE_WORDS
from pressroom.manuscript.foreign_sign import OPAQUE, ForeignSign, escaped_sign, sign, without_backslashes

_ESCAPED_BAR = escaped_sign("(")
_NAMES = (
    "width|height|credit|focus|edition|title|lang|style|class|id|alt|align|target|rel|role"
    "|loading|fig-[a-z]+|tbl-[a-z]+|layout[a-z-]*"
)
_AS_FORMULA = "Write $x^2$ in a line, and $$x^2$$ on lines of its own; no space after the first $ or before the last."
_ROW = r"\|(?![-:| ]+$)(?:[ \t][^\n]*[ \t]|(?:[^\s|](?:[^|\n]*[^\s|])?\|)+[^\s|](?:[^|\n]*[^\s|])?)\|[ \t]*"
"""A row of a table, `| a | b |` or `|a|b|`; |x| + |y| is a sum."""
_WORDS = r"(?=[^*\n]*(?:[^\W\d_]{2}|[^\x00-\u024f]))"
_CLOSING = r"(?!(?<=[\s(\[{“„«‘=])\*{2,3}\w|(?<=\d)\*{2,3}\d)"
"""What tells bold words from powers and arguments: a ** b ** c, 2**3 and f(**options)."""
MARKUP: tuple[ForeignSign, ...] = (
    sign(
        "shortcode-unread", "{{", r"\{\{[<%] *(?:include|embed|readfile|import)\b.*?(?:[>%]\}\}|$)",
        "a file that Quarto or Hugo includes", "List the file under chapters, or write its text here.",
    ),
    sign(
        "shortcode-unread", "{{", r"\{\{[<%] *(?:rel)?ref\b.*?(?:[>%]\}\}|$)",
        "a reference of Hugo", "Write [](chapter.md), or [words](chapter.md#id).",
    ),
    sign(
        "shortcode-unread", "{{", r"\{\{[<%] *(?:var|meta|env|param)\b.*?(?:[>%]\}\}|$)",
        "a variable of Quarto or Hugo",
        "Write {{ name }}, and define the name under variables: in publication.yaml.",
    ),
    sign(
        "shortcode-unread", "{{", r"\{\{[<%] *(?:page-?break|columnbreak)\b.*?(?:[>%]\}\}|$)",
        "a page break of Quarto", "Delete it: the layout chooses where pages end, and a chapter begins on a new one.",
    ),
    sign(
        "shortcode-unread", "{{", r"\{\{[<%] *(?:video|youtube|vimeo|audio|tweet|x|instagram|gist)\b.*?(?:[>%]\}\}|$)",
        "something of the network that a page would show", "Write what it says, with its address as a link.",
    ),
    sign(
        "shortcode-unread", "{{", r"\{\{[<%].*?(?:[>%]\}\}|$)",
        "a shortcode of Quarto or Hugo", "Write what it stands for; a picture is ![what it shows](photo.jpg).",
    ),
    sign(
        "template-unread", "{{", r"\{\{ ?#(?:include|rustdoc_include|playground|title|template)\b.*?(?:\}\}|$)",
        "a file that mdBook includes", "List the file under chapters, or write its text here.",
    ),
    sign(
        "template-unread", "{{", r"\{\{-? ?(?:[$.][A-Za-z]|/\*).*?(?:\}\}|$)|\{\{-.*?(?:\}\}|$)",
        "an instruction of a template", "Write what it stands for, or delete it.",
    ),
    sign(
        "template-unread", "{{", r"\{\{(?![<%]).*?(?:\}\}|$)",
        "a variable or instruction of a template",
        "Define the name under variables: in publication.yaml, or delete it.",
    ),
    sign(
        "template-unread", "{%", r"\{%.*?(?:%\}|$)",
        "an instruction of a template (Liquid, GitBook)", "Write its words without the braces, or delete it.",
    ),
    sign(
        "remark-unread", "{", rf"\{{{OPAQUE}[^{{}}\n]*{OPAQUE}\}}|\{{~~[^{{}}\n]*~\}}",
        "a change or remark in CriticMarkup", "Accept or reject it in your editor.",
    ),
    sign(
        "remark-unread", "{", r"\{(?:>>|\+\+|--|~~|==).{0,500}?(?:<<|\+\+|--|~~|==)\}",
        "a change or remark in CriticMarkup", "Accept or reject it in your editor.",
    ),
    sign(
        "braces-unread", "{",
        rf"\{{\s*(?:[#.](?![\d.])[\w:.-]+|(?:{_NAMES}|[\w-]+(?==[\"“”]))=[^{{}}\n]*?|-)(?:[\s,][^{{}}\n]*)?\}}",
        "attributes that cannot be read",
        'Braces touch what they belong to: ![…](photo.jpg){.wide}, [words]{.class}, ## Title {#id}.',
    ),
    sign(
        "braces-unread", "{",
        rf"\{{::?[^{{}}\n]*\}}|\{{[a-z][a-z:-]*\}}(?={OPAQUE})|^\{{/?[a-z]+(?:[:,][^{{}}\n]*)?\}}$",
        "an instruction of another program (kramdown, MyST, Leanpub)", "Write what it stands for, or delete it.",
    ),
    sign(
        "braces-unread", "{=", r"\{=[a-z]\w*\}", "raw text of Pandoc for one format",
        "Of HTML, delete the backticks and the braces; of another format, write what it stands for.",
    ),
    sign(
        "fence-unread", ":::", r"^\s*:{3,}.*$",
        "the line of a block that is not read here",
        "A block begins on the left margin with ::: name, and ends with :::.",
    ),
    sign(
        "fence-unread", "~~~", r"^\s*~{3,}.*$",
        "a line that opens or closes code", "Code stands between two lines of ``` of its own.",
    ),
    sign(
        "math-unread", "$$", r"\$\$.*?(?:\$\$(?:\s*\{#[\w:-]+\})?|$)",
        "a formula that cannot be read", _AS_FORMULA,
    ),
    sign(
        "math-unread", "$", r"(?<![\w$])\$(?=[^\s$])(?:[A-Za-z]|[^$\n]*?[\\^_={}][^$\n]*?)(?<=[^\s$])\$(?![\w$])",
        "a formula that cannot be read", _AS_FORMULA,
    ),
    sign(
        "math-unread", "$", rf"\${OPAQUE}\$", "a formula of GitHub or GitLab", _AS_FORMULA,
    ),
    sign(
        "math-unread", "$ ", r"(?<![\w$])\$ +[^$\n]{0,300}?\\[A-Za-z][^$\n]{0,300}?\$(?![\w$])",
        "a formula with a space after its first sign", _AS_FORMULA,
    ),
    without_backslashes(sign(
        "math-unread", _ESCAPED_BAR,
        rf"{_ESCAPED_BAR}[^{_ESCAPED_BAR}\n]*?[\\^_=+<>][^{_ESCAPED_BAR}\n]*?{escaped_sign(')')}",
        "a formula of TeX", _AS_FORMULA,
    )),
    sign(
        "tex-unread", "\\", r"^\\(?:newpage|pagebreak|clearpage|cleardoublepage)\b(?:\[\d\])?(?:\{\})?$",
        "a page break of TeX", "Delete it: the layout chooses where pages end, and a chapter begins on a new one.",
    ),
    sign(
        "tex-unread", "\\",
        r"(?<![\w:\\.])\\(?:begin|end)\s?\{[^{}\n]*\}"
        r"|(?<![\w:\\.])\\[A-Za-z]{3,}(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*(?![\w\\:.])",
        "a command of TeX", "Write what it stands for, or delete it.",
    ),
    sign(
        "table-unread", "\t",
        r"^(?![^\w\s]\t|\(?\w{1,3}[.)]\t)[^\t\n]*[^\s\0]\t+[^\s\0].*\n[^\t\n]*[^\s\0]\t+[^\s\0].*$",
        "a table whose cells are parted by tabs; they run together", "Write its rows as | cell | cell |, under a head.",
    ),
    sign(
        "table-unread", "   ",
        r"^\S.*\S {4,}\S.*\n\S.*\S {4,}\S.*$",
        "a table whose cells are parted by spaces; they run together",
        "Write its rows as | cell | cell |, under a head.",
    ),
    sign("table-unread", "─", r"^[┌├╔╠╒╞].*[─═].*$", "a table of drawn lines", "Write its rows as | cell | cell |."),
    sign(
        "table-unread", "|", rf"\A{_ROW}(?:\n{_ROW})*\Z|(?<=\n){_ROW}\Z",
        "the rows of a table without the line under its head",
        "Write |---|---| under the first row, with as many cells; a single row is better a sentence.",
    ),
    sign(
        "table-unread", "|",
        r"^\s*\|?\s*:?-{2,}:?\s*\|[-:| ]*$|^\|\s.*\s\|\s*$|^\s*\+[-=:+]{3,}\+\s*$|^\|(?: .+)?\n\|.*$",
        "a table or a line block that is not read",
        "A table has a head, and under it a line |---|---| with as many cells; in one of boxes, each bar stands below a"
        " plus.",
    ),
    sign(
        "comment-unread", "%%", r"%%[^%]+%%|^%%.*$",
        "a private remark of Obsidian", "Delete it, or write <!-- … -->, which is not printed.",
    ),
    sign(
        "highlight-unread", "==", r"(?<![\w=])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?!=)",
        "highlighted text", "Write *words* or **words**.",
    ),
    sign(
        "script-unread", "~", r"(?<=\w)~(?=[A-Za-z0-9+-])[\w+-]{1,12}~(?!~)",
        "a subscript of Pandoc", "Write H<sub>2</sub>O.",
    ),
    sign(
        "script-unread", "^", r"(?<=\w)\^[A-Za-z0-9+−-]{1,12}\^",
        "a superscript of Pandoc", "Write x<sup>2</sup>.",
    ),
    sign(
        "emphasis-unread", "~~", r"(?<![\w~])~~(?=[^\W\d_]{2})[^~\n]*\Z",
        "struck words without their end", "Write two tildes behind the last of them, too.",
    ),
    sign(
        "highlight-unread", "==", r"(?<![\w=])==(?=[^\W\d_]{2})[^=\n]*\Z",
        "highlighted text without its end", "Write *words* or **words**.",
    ),
    sign(
        "emphasis-unread", "**",
        rf"(?<![*\w])(\*{{2,3}})(?!\*| ?(?:START|END) OF ){_WORDS}[^*\n]+(?<!\*){_CLOSING}\1(?!\*)"
        rf"|(?<!\*){_CLOSING}\*\*(?=[^\s*]){_WORDS}[^*\n]+(?<=[^\s*]){_CLOSING}\*\*(?!\*)",
        "bold words whose asterisks are printed", "The asterisks touch the words inside them: **words**.",
    ),
    sign(
        "callout-unread", "[!", r"^\s*\[![A-Za-z][\w-]*\][+-]?.*$",
        "a callout of GitHub or Obsidian", "Write ::: sidebar Title, the text, and a line of :::.",
    ),
    sign(
        "task-unread", "[", r"^\[[ xX]\](?=\s)",
        "a task with its box", "Write ☐ or ☑, or delete the brackets.",
    ),
    sign(
        "toc-unread", "[", rf"^\[{{1,2}}[_{OPAQUE}]?(?i:toc)[_{OPAQUE}]?\]{{1,2}}$",
        "the place of a table of contents", "Write - generated: [contents] under chapters in publication.yaml.",
    ),
    sign(
        "fence-unread", "::", r"^::[ \t]*\{?\.?(?:gallery|sidebar|pullquote|epigraph|timeline|only|figure)\b.*$",
        "the line of a block, with two colons", "A block begins with three colons, ::: name, and ends with :::.",
    ),
    sign(
        "toc-unread", "",
        r"^.*\w ?(?:\.{4,}|…{2,}|(?:[ \u00a0]\.){4,}|\t\.+\t?) ?\d{1,4}$|\A(?=[^\t\n]*[^\W\d])[^\t\n]*\t\d{1,4}\Z",
        "a table of contents with the pages of another edition",
        "Delete it, and write - generated: [contents] under chapters in publication.yaml.",
    ),
    sign(
        "braces-unread", "{#",
        rf"^(?i:{'|'.join(TABLE_WORDS)}) ?\d[\d.]*[\u00a0 ]?[.:：–—-] ?\S.*\{{#[\w:-]+[^{{}}\n]*\}}$",
        "the caption of a table with a number of its own",
        "Write Table: … {#id} right under the table: its number is given to it.",
    ),
    sign(
        "directive-unread", "::",
        r"^\s*\.\. [\w:-]+::.*$|^(?:image|include|video|toc|ifdef|endif)::.*$|^[A-Za-z][\w -]{0,30}:: \S.*$",
        "a directive of another program", "Write what it stands for: ![…](photo.jpg), or ::: sidebar.",
    ),
    sign(
        "directive-unread", "", rf"^(?:!!!|\?\?\?\+?) \w.*$|(?<!\w):[a-z][a-z:-]*:{OPAQUE}",
        "a directive or role of another program", "Write what it stands for: ::: sidebar, *words*, [](#id).",
    ),
    sign(
        "directive-unread", "[",
        r"^\[(?:source|NOTE|TIP|WARNING|IMPORTANT|CAUTION|quote|verse|cols|discrete)\b[^\]\n]*\]$",
        "a directive of AsciiDoc", "Write what it stands for: ::: sidebar, a quotation with >, code between ```.",
    ),
    sign(
        "directive-unread", '=== "',
        r'^=== ["“][^"“”\n]+["”]$',
        "a tab of MkDocs", "Write its words under a heading: ## Title.",
    ),
    sign(
        "directive-unread", "====",
        r"^={4,}$",
        "the beginning or end of a block of AsciiDoc", "Write ::: sidebar, or > before each line.",
    ),
    sign(
        "heading-unread", "-# ",
        r"^-# \S.*$",
        "a part of Leanpub, or small words of Discord", "Write # or ## and a space before the words.",
    ),
    sign("index-unread", "{i: ", r"\{i: [^{}\n]+\}", "a mark for the index in Leanpub", "Write [words]{.index}."),
    sign(
        "heading-unread", "#", r"^#{1,6}[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+\S.*$",
        "a heading with another space than the plain one behind its signs",
        "Write ## and a plain space before the words.",
    ),
    sign(
        "list-unread", "\u00a0", r"^[ \u00a0\u3000]*(?:[-*+•]|\d{1,3}[.)])\u00a0+\S.*$|^\u00a0+[-*+] \S.*$",
        "an item of a list with a no-break space", "Write - and a plain space before the words.",
    ),
    sign(
        "heading-unread", "=", r"^={2,5} \S.*$",
        "a heading of AsciiDoc", "Write ## and a space before the words.",
    ),
    sign(
        "heading-unread", "##", r"^#{2,6}[^#\s\d].*$",
        "a heading without the space after its signs", "Write ## and a space before the words.",
    ),
    sign(
        "heading-unread", " ##", r"\S+ #{2,6}$", "the closing signs of a heading", "Delete them.",
    ),
    sign(
        "heading-unread", "#######", r"^#{7,}\s*\S.*$",
        "a heading of a level that does not exist", "There are six levels: # to ######, and a space.",
    ),
    sign(
        "heading-unread", "# ", rf"^{OPAQUE}+ ?#{{1,6}} \S.*$",
        "a heading behind an anchor, as Mammoth writes it", "Write # first, and {#id} behind the words.",
    ),
    sign(
        "reference-unread", "<<", r"<<[A-Za-z_#][\w#.-]*(?:,[^<>\n]*)?>>",
        "a reference of AsciiDoc", "Write [](#id); for quotation marks write « and ».",
    ),
    sign(
        "conflict-unread", "", r"^(?:<{7}|>{7}|={7}|\|{7})(?: .*)?$",
        "the sign of a conflict between two versions of this file",
        "Choose one version, and delete the other with these signs.",
    ),
    sign(
        "comment-unread", "<!--", r"<!--.*$",
        "a comment that is never closed", "Close it with -->.",
    ),
    sign(
        "comment-unread", "", r"<(?!!--) ?! ?[-–—](?:.*?[-–—]>|.*$)|^-{2,}>$",
        "a comment whose hyphens have changed", "Write <!-- … -->, which is not printed; or delete it.",
    ),
    sign(
        "shortcode-unread", "[",
        r"\[/?[a-z][a-z_-]+(?: +[a-z_-]+=(?:\"[^\"\n]*\"|“[^”\n]*”))+ ?/?\]|\[/(?:[a-z][a-z_-]+|[biu])\]",
        "a shortcode of WordPress or BBCode", "Write what it stands for; a picture is ![what it shows](photo.jpg).",
    ),
    sign(
        "emoji-unread", ":", rf"(?<![\w:]):(?:[a-z][a-z0-9_+-]{{2,}}|[+-]1|L[ir][A-Z]\w+):(?![\w:{OPAQUE}])",
        "the name of an emoji", "Type the character itself.",
    ),
    sign(
        "anchor-unread", "^", r"(?<=\s)\^[a-z0-9-]{4,}$",
        "the name of a paragraph in Obsidian", "Write {#name} on the line above the paragraph.",
    ),
    sign(
        "entity-unread", "&",
        r"&(?:nbsp|amp|lt|gt|quot|apos|[mn]dash|hellip|[lr][sd]quo|[lr]aquo|shy|copy|ensp|emsp|thinsp|zwnj"
        r"|zwj)\b;?|&#x?[0-9A-Fa-f]+;|&[A-Za-z]{3,};",
        "an entity of HTML that is not read", "Type the character itself.",
    ),
    sign(
        "list-unread", "(@", r"\A\(@[\w-]*\)(?=\s).*$",
        "a numbered example of Pandoc", "Write 1. and a space before it.",
    ),
    sign(
        "list-unread", "#. ", r"^#\. (?=\S).*$",
        "a numbered list of Pandoc", "Write 1. and a space before each item.",
    ),
    sign(
        "directive-unread", "*[", r"^\*\[[^\]\n]+\]: .*$", "an abbreviation of PHP Markdown Extra or kramdown",
        "Write <abbr title=\"Hyper Text\">HT</abbr>, or delete it.",
    ),
    sign("braces-unread", "^", r"\A\^\Z", "the end of a block of kramdown", "Delete it."),
    sign("anchor-unread", ")=", r"^\([\w:-]+\)=$", "the label of MyST", "Write {#name} on the line above the block."),
    sign("directive-unread", "+++", r"^\+\+\+(?: .*)?$", "a break between cells of MyST", "Delete it."),
    sign(
        "comment-unread", "% ", r"\A% \S.*(?:\n%.*)*\Z", "a comment of MyST or TeX",
        "Delete it, or write <!-- … -->, which is not printed.",
    ),
    sign(
        "tags-unread", "#", r"\A[Tt]ags?: *(?:#[\w/-]+,? *)+\Z", "tags of Obsidian or Bear",
        "Delete them; the subjects of the publication stand in publication.yaml.",
    ),
    sign(
        "tags-unread", "#", r"\A#[a-z][\w-]*(?:/[\w/-]+|(?: +#[A-Za-z][\w/-]*)+)\Z", "tags of Obsidian or Bear",
        "Delete them; the subjects of the publication stand in publication.yaml.",
    ),
    sign(
        "field-unread", ":: ", r"[\[(][A-Za-z][\w -]*:: [^\])\n]+[\])]", "a field of Obsidian’s Dataview",
        "Write it as text, or delete it.",
    ),
    sign(
        "reference-unread", "",
        rf"{escaped_sign('@')}ref\([^()\n]+\)|\({escaped_sign('#')}[a-z]+:[\w-]+\)|\(ref:[\w-]+\)",
        "a reference of bookdown", "Write [](#id), with the id of the figure, table or section.",
    ),
    sign(
        "citation-unread", "[#", r"\[#[A-Za-z][\w:-]*\]", "a citation of MultiMarkdown", "Write [@key].",
    ),
    sign(
        "callout-unread", "> ", r"^[ABDEIQTWX]> \S.*$", "an aside of Leanpub",
        "Write ::: sidebar Title, the text, and a line of :::.",
    ),
    sign("toc-unread", "toc", r"^@\[toc\].*$", "the place of a table of contents", "Delete it."),
    sign(
        "break-unread", "\\", r"(?<![:\\])\\\Z", "a line break with nothing after it", "Delete it.",
    ),
    sign(
        "emphasis-unread", "", r"\A(?:\*{2,}|_{2,})\Z", "emphasis without words", "Delete it.",
    ),
)  # fmt: skip
