"""The guard over all text: what nobody means to be printed is reported, and what people do write is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Publish, read
from hypothesis import given, settings
from hypothesis import strategies as some

from pressroom.errors import Finding, Severity, Source
from pressroom.manuscript import chapters, of_final
from pressroom.manuscript.citing import Citing
from pressroom.manuscript.figure_texts import no_caption_data
from pressroom.manuscript.figures import PictureReader
from pressroom.manuscript.leftovers import Guard
from pressroom.manuscript.references import Labels
from pressroom.manuscript.shapes import Shaper
from pressroom.production import Order
from pressroom.production.reading import read as read_publication
from pressroom.publication import Settings

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Settings(title="T", language="en")


def leftovers(text: str, citing: Citing | None = None) -> list[Finding]:
    """The leftovers of a chapter, without what other findings say of it."""
    told: list[Finding] = []
    shaper = Shaper(PictureReader({}, no_caption_data, told, citing=citing or Citing()), ("ebook",))
    guard = Guard()
    guard.watch(chapters.draft(Source("book/a.md", text), "c-a", shaper, SETTINGS, told))
    return list(guard.findings([*told, *shaper.findings], Labels()))


def told(text: str, citing: Citing | None = None) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.id}" for f in leftovers(text, citing)]


LEFT = {
    "Pandoc's citation": ("He wrote [see @smith2020, pp. 3–4].", "3:10 citation-unread"),
    "a citation without its author": ("He wrote [-@doe99].", "3:10 citation-unread"),
    "a citation in the text": ("As @doe1999 says.", "3:4 citation-unread"),
    "Pandoc's reference to a heading": ("## Heading one\n\nSee [heading\none].", "5:5 reference-unread"),
    "a remark of two lines": ("Text %%ask\nAnn%% more.", "3:6 comment-unread"),
    "TeX's space": ("It took 5\\,km.", "3:10 tex-unread"),
    "MediaWiki's address": ("See [http://example.org the mill].", "3:5 link-unread"),
    "a script as an address": ("See [the mill](javascript:void(0)).", "3:5 link-unread"),
    "brackets that changed places": ("See (the mill)[https://example.org].", "3:5 link-unread"),
    "a picture without square brackets": ("See !(mill.jpg) here.", "3:5 picture-unread"),
    "wdiff's change": ("Words {-gone-} here.", "3:7 remark-unread"),
    "MultiMarkdown's abbreviation": ("Words [>HTML] here.", "3:7 citation-unread"),
    "MkDocs' inserted words": ("Words ^^new^^ here.", "3:7 highlight-unread"),
    "MkDocs' tab": ('=== "Tab"\n\nwords', "3:1 directive-unread"),
    "AsciiDoc's block": ("====\nwords", "3:1 directive-unread"),
    "AsciiDoc's reference without words": ("See <<mill>> here.", "3:5 reference-unread"),
    "GitHub's formula": ("So $`x^2`$ grows.", "3:4 math-unread"),
    "MDX's variable": ("Words {props.title} here.", "3:7 template-unread"),
    "an included file": ("!include mill.md", "3:1 template-unread"),
    "MkDocs' included file": ("Words {!mill.md!} here.", "3:7 template-unread"),
    "Org's note": ("Words[fn:1] here.", "3:6 note-unread"),
    "a note without a name": ("Words[^] here.", "3:6 note-unread"),
    "Org's date": ("On <2024-01-01 Mon> here.", "3:4 directive-unread"),
    "Leanpub's part": ("-# The mill", "3:1 heading-unread"),
    "Leanpub's mark for the index": ('Words {i: "mill"} here.', "3:7 index-unread"),
    "quotation marks of commas": ('He said ,,yes" then.', "3:9 quotes-unread"),
    "TeX's quotation marks with a second pair": ("``One'' and ,,two`` here.", "3:1 quotes-unread"),
    "TeX's quotation marks that hold code": ("The `mill' and the `river' here.", "3:5 quotes-unread"),
    "a line of tags": ("Tags: #mills, #rivers", "3:1 tags-unread"),
    "cells parted by tabs": ("Year\tTrips\n2024\t12", "3:1 table-unread"),
    "cells parted by spaces": ("Year    Trips\n2024    12", "3:1 table-unread"),
    "a table of drawn lines": ("┌───┐\n│ a │\n└───┘", "3:1 table-unread"),
    "attributes behind a link": ("See [it](https://example.org) {target=_blank}.", "3:31 braces-unread"),
    "a heading with a no-break space": ("##\u00a0The mill", "3:1 heading-unread"),
    "metadata of Pandoc": ("Words.\n\n---\ntitle: The mill\n---\n\nMore.", "6:1 front-matter-unread"),
    "a heading in wide letters": ("＃ 見出し", "3:1 heading-unread"),
    "a list in wide numbers": ("１．水\n２．川", "3:1 list-unread"),
    "ruby of Aozora": ("これは漢字《かんじ》だ。", "3:4 ruby-unread"),
    "ruby of DenDen": ("これは{漢字|かんじ}だ。", "3:4 ruby-unread"),
    "MediaWiki's switch": ("Words.\n\n__NOTOC__", "5:1 directive-unread"),
    "Ulysses' note": ("Words (as Ann says)(fn).", "3:20 note-unread"),
    "Ulysses' picture": ("(img)", "3:1 picture-unread"),
    "Obsidian's link": ("See [[Mills of the north|the mills]].", "3:5 wikilink-unread"),
    "Obsidian's remark": ("Text %%ask Ann%% and more.", "3:6 comment-unread"),
    "Obsidian's block": ("A paragraph. ^quote-of-ann", "3:14 anchor-unread"),
    "a reference to no picture": ("![Alt][nope]", "3:1 picture-unread"),
    "a picture without an end": ("![Alt](mill.jpg", "3:1 picture-unread"),
    "a link without an address": ("See [the mill][nowhere].", "3:5 link-unread"),
    "a link with a space": ("Write [to Ann](mailto:ann@example.org?subject=two words).", "3:7 link-unread"),
    "a note with a space": ("Text.[^my note]", "3:6 note-unread"),
    "braces apart": ("Words {.wide} of text.", "3:7 braces-unread"),
    "braces of an id": ("Words {#words} of text.", "3:7 braces-unread"),
    "kramdown": ("Words.\n{: .lead}", "4:1 braces-unread"),
    "Leanpub": ("{pagebreak}", "3:1 braces-unread"),
    "MyST's role": ("See {ref}`mill`.", "3:5 braces-unread"),
    "Liquid": ("Built {% include date.html %} here.", "3:7 template-unread"),
    "a template": ("Version {{ site.version }}.", "3:9 template-unread"),
    "mdBook": ("{{#include mill.md}}", "3:1 template-unread"),
    "Hugo": ('{{< figure src="mill.jpg" >}}', "3:1 shortcode-unread"),
    "WordPress": ('[caption id="a1" width="300"]A mill[/caption]', "3:1 shortcode-unread 3:36"),
    "displayed TeX with a blank line": ("$$ E = \\int_0^T P(t)\n\ndt $$ {#eq-power}", "3:1 math-unread 5:4"),
    "TeX with a space before it": ("The area $ \\pi r^2 $ grows.", "3:10 math-unread"),
    "TeX in round brackets": ("Where \\(x = y\\) holds.", "3:7 math-unread"),
    "an environment of TeX": ("\\begin{figure}\nx\n\\end{figure}", "3:1 tex-unread 5:1"),
    "a page break of TeX": ("\\newpage", "3:1 tex-unread"),
    "boxes with a row longer than its border": (
        "+---+\n| longer |\n+===+\n| c |\n+---+",
        "3:1 table-unread 4:1 5:1 6:1 7:1",
    ),
    "boxes whose bars are out of line": (
        "+---+---+\n| a | longer |\n+===+===+\n| c | d |\n+===+===+\n| e | f |\n+===+===+",
        "3:1 table-unread 4:1 5:1 6:1 7:1 8:1 9:1",
    ),
    "a table with a head too short": ("| x |\n|--|--|\n| no |", "3:1 table-unread 4:1 5:1"),
    "contents": ("[TOC]", "3:1 toc-unread"),
    "reStructuredText": (".. note:: Text", "3:1 directive-unread"),
    "a role": ("See :ref:`mill`.", "3:5 directive-unread"),
    "AsciiDoc's reference": ("See <<mill,the mill>>.", "3:5 reference-unread"),
    "AsciiDoc's heading": ("== The mill", "3:1 heading-unread"),
    "a heading without its space": ("##The mill", "3:1 heading-unread"),
    "a heading of a seventh level": ("####### The mill", "3:1 heading-unread"),
    "a placement without its braces": ("![A mill](mill.jpg).wide\nThe mill burns.", "3:20 braces-unread"),
    "a block with two colons": (":: gallery", "3:1 fence-unread"),
    "a block with two colons and a title": ("::sidebar The mill", "3:1 fence-unread"),
    "Quarto's code": ("```{python}\nprint(1)\n```", "3:1 directive-unread"),
    "MyST's directive": ("```{note} Beware\nText\n```", "3:1 directive-unread"),
    "a conflict": ("<<<<<<< HEAD\nText.", "3:1 conflict-unread"),
    "a change": ("It was {++very++} late.", "3:8 remark-unread"),
    "something to do": ("The mill [TK: year] burnt.", "3:10 remark-left"),
    "something else to do": ("TODO: ask Ann.", "3:1 remark-left"),
    "bold that is not": ("It was ** very ** late.", "3:8 emphasis-unread"),
    "an emoji": ("Well done :tada:", "3:11 emoji-unread"),
    "an unknown entity": ("A&nbps;B", "3:2 entity-unread"),
    "a lost letter": ("Caf\ufffd.", "3:4 letter-broken"),
    "UTF-8 read as Latin-1": ("It’s at the CafÃ©.", "3:16 letter-broken"),
    "quotation marks read as Windows-1252": ("He said â€œno.", "3:9 letter-broken"),
    "two files joined": ("Text.\n\ufeffMore.", "4:1 letter-invisible"),
    "an invisible space": ("Text \u200bcopied.", "3:6 letter-invisible"),
    "a line end of another program": ("Text\u2028copied.", "3:1 letter-invisible"),
    "Pandoc's examples": ("(@good)  An example.", "3:1 list-unread"),
    "Pandoc's numbers": ("#. One\n#. Two", "3:1 list-unread 4:1"),
    "letters before items": ("a)  One\nb)  Two", "3:1 list-unread"),
    "small Roman numbers before items": ("(i) One\n(ii) Two", "3:1 list-unread"),
    "numbers in brackets before items": ("(1) One\n    more\n(2) Two", "3:1 list-unread"),
    "code that R Markdown runs": ("We met `r nrow(data)` people.", "3:9 directive-unread"),
    "code that Quarto runs": ("We met `{python} n` people.", "3:9 directive-unread"),
    "a diagram": ("```mermaid\ngraph TD\n```", "3:1 directive-unread"),
    "raw TeX": ("```{=latex}\n\\vspace{1em}\n```", "3:1 directive-unread"),
    "Dataview": ("```dataview\nTABLE x\n```", "3:1 directive-unread"),
    "a field of Dataview": ("The mill [built:: 1920] burnt.", "3:10 field-unread"),
    "Templater": ("On <% tp.date.now() %> it burnt.", "3:4 template-unread"),
    "Obsidian's tags": ("#mill #places/north", "3:1 tags-unread"),
    "Obsidian's task": ("- [>] put off", "3:3 task-unread"),
    "MyST's label": ("(the-mill)=\n## The mill", "3:1 anchor-unread"),
    "MyST's break": ("Text.\n\n\n\n\n+++", "8:1 directive-unread"),
    "MyST's comment": ("Text.\n\n% not to be printed", "5:1 comment-unread"),
    "an option": ("Text.\n\n:width: 300px", "5:1 directive-unread"),
    "an abbreviation": ("*[HTML]: Hypertext", "3:1 directive-unread"),
    "braces with a comma": ("{#mill, width=50%}", "3:1 braces-unread"),
    "Logseq": ("See ((5d1f4c2a-1111-2222-3333-444455556666)).", "3:5 anchor-unread"),
    "bookdown": ("See \\@ref(fig:mill).", "3:5 reference-unread"),
    "MultiMarkdown": ("So he wrote [#doe99].", "3:13 citation-unread"),
    "Markua": ("A> An aside.", "3:1 callout-unread"),
    "a backslash at the end": ("The end.\\", "3:9 break-unread"),
    "bold without words": ("## ****", "3:4 emphasis-unread"),
    "mdBook's formula": ("Where \\\\( x = y \\\\) holds.", "3:7 math-unread"),
    "TeX's quotation marks": ("He said ``no'' twice.", "3:9 quotes-unread"),
    "TeX's single quotation marks": ("He said `no' twice.", "3:9 quotes-unread"),
    "code that does not end": ("Type ``ls and go.", "3:6 code-unread"),
    "AsciiDoc's title": ("= The mill", "3:1 front-matter-unread"),
    "AsciiDoc's macro": ("A mill.footnote:[Built 1920.]", "3:8 directive-unread"),
    "AsciiDoc's attributes": ("[#mill.lead]\nText.", "3:1 directive-unread"),
    "AsciiDoc's comment": ("// not to be printed", "3:1 directive-unread"),
    "AsciiDoc's break": ("'''", "3:1 directive-unread"),
    "AsciiDoc's page break": ("<<<", "3:1 directive-unread"),
    "AsciiDoc's raw text": ("A +++<u>mill</u>+++ here.", "3:3 directive-unread"),
    "AsciiDoc's table": ("|===\n|a |b", "3:1 table-unread"),
    "AsciiDoc's list": (". One\n. Two", "3:1 list-unread 4:1"),
    "AsciiDoc's inner list": ("* One\n** Two", "4:1 list-unread"),
    "AsciiDoc's index": ("The (((mills,wind))) turn.", "3:5 index-unread"),
    "reStructuredText's comment": (".. not to be printed", "3:1 directive-unread"),
    "reStructuredText's link": ("See `the mill`_.", "3:15 link-unread"),
    "reStructuredText's note": ("The mill [1]_ burnt.", "3:10 link-unread"),
    "reStructuredText's code": ("As follows::", "3:11 directive-unread"),
    "reStructuredText's table": ("====  ====\na     b", "3:1 table-unread"),
    "a wiki's bold": ("The '''old mill''' burnt.", "3:5 emphasis-unread"),
    "a wiki's table": ('{| class="wikitable"', "3:1 table-unread"),
    "Textile's heading": ("h2. The mill", "3:1 heading-unread"),
    "Textile's picture": ("The mill !mill.jpg! burnt.", "3:10 picture-unread"),
    "iA Writer's picture": ("/mill.jpg", "3:1 picture-unread"),
    "Jira": ("{panel}", "3:1 braces-unread"),
    "a forum": ("The [b]old[/b] mill.", "3:5 shortcode-unread"),
    "a shortcode with a number": ('[contact-form-7 id="1"]', "3:1 shortcode-unread"),
    "Org": ("#+BEGIN_SRC", "3:1 directive-unread"),
    "Scrivener": ("Page <$p> of it.", "3:6 template-unread"),
    "a place for a pull quote": ("<<PULL QUOTE: We stood in the water>>", "3:1 remark-left"),
    "letters of a list inside an item": ("1. One\n    a. with\n    b. without", "4:5 list-unread"),
    "contents of Google Docs": ("[**1\\. Summary\t2**](#a)", "3:4 toc-unread"),
    "Obsidian's sound": ("![[Recording 1.m4a]]", "3:1 picture-unread"),
    "MyST's figure": ("```{figure} mill.jpg\nThe mill.\n```", "3:1 directive-unread"),
    "a comment of Jinja": ("Words {# ask Ann #} here.", "3:7 template-unread"),
    "Template Toolkit": ("[% INCLUDE mill %]", "3:1 template-unread"),
    "PlantUML": ("@startuml\nAnn -> Bob\n@enduml", "3:1 directive-unread 5:1"),
    "an option of Quarto's code": ("#| echo: false", "3:1 directive-unread"),
    "a heading with an invisible space": ("#\u200bThe mill", "3:1 heading-unread"),
    "a heading closed before its braces": ("## The mill ## {#mill}", "3:8 heading-unread"),
    "a note in the line without an end": ("Words^[see the map.", "3:6 note-unread"),
    "MkDocs' block": ("/// note | Title\nWords.\n///", "3:1 directive-unread 5:1"),
    "Quarto's raw text": ("So `<b>x</b>`{=html} it is.", "3:14 braces-unread"),
    "Quarto's raw block": ("```{=html}\n<b>x</b>\n```", "3:1 directive-unread"),
    "Quarto's margin": ("The mill [built in 1920]{.aside} burnt.", "3:25 note-unread"),
    "Quarto's callout by its id": ("See @nte-mill and @Wrn-mill.", "3:5 reference-unread 3:19"),
    "Quarto's page break": ("{{< pagebreak >}}", "3:1 shortcode-unread"),
    "Hugo's reference": ('See {{< relref "mill.md" >}}.', "3:5 shortcode-unread"),
    "a file of one computer": ("See [it](file:///C:/mill.pdf).", "3:5 link-unread"),
    "GitLab's contents": ("[[_TOC_]]\n\n[[toc]]", "3:1 toc-unread 5:1"),
    "strong emphasis that is none": ("*** The mill ***", "3:1 emphasis-unread"),
    "an invisible space as an entity": ("Text &#8203; here.", "3:6 letter-invisible"),
    "a variable": ("Dear ${first.name},", "3:6 template-unread"),
    "a variable in braces": ("Dear {first_name},", "3:6 template-unread"),
    "a variable between signs": ("Dear %FIRST_NAME%,", "3:6 template-unread"),
    "MDX": ("import Tabs from '@theme/Tabs';", "3:1 template-unread"),
    "Word's lost reference": ("See Error! Reference source not found. above.", "3:5 field-unread"),
    "Word's lost reference in German": ("Siehe Fehler! Textmarke nicht definiert.", "3:7 field-unread"),
    "Word's field": ("On page PAGEREF _Toc123 \\h 12", "3:9 field-unread"),
    "Word's tag": ("The mill<o:p></o:p> burnt.", "3:9 tag-unread 3:14"),
    "a tag without its end": ('The <a href="mill.jpg" mill.', "3:5 tag-unread"),
    "Word's change": ('It [was]{.deletion author="Ann"} is late.', "3:9 remark-unread"),
    "Word's empty form": ("Name: Click or tap here to enter text.", "3:7 remark-left"),
    "a picture still to come": ("[Insert photo here]", "3:1 remark-left"),
    "a picture that was lost": ("[image: mill.jpg]", "3:1 remark-left"),
    "dummy text": ("Lorem ipsum dolor sit amet.", "3:1 remark-left"),
    "Mammoth's heading": ('<a id="x"></a># The mill', "3:15 heading-unread"),
    "a sign in the wrong encoding": ("It was 20Â°C.", "3:10 letter-broken"),
    "Cyrillic in the wrong encoding": ("ÐœÐ¸Ñ€.", "3:1 letter-broken"),
    "a lost apostrophe": ("They don?t know.", "3:9 letter-broken"),
    "a bullet of Word": ("\uf0b7 One", "3:1 letter-broken"),
    "Scrivener's note": ("A {\\Scrv_fn=a note\\end_Scrv_fn} B <!$Scr_Ps::0>", "3:3 template-unread 3:35"),
    "iA Writer's value": ("By [%author]", "3:4 template-unread"),
    "iA Writer's file": ("/chapter-two.md", "3:1 directive-unread"),
    "MkDocs' file": ('--8<-- "mill.md"', "3:1 template-unread"),
    "MDX's comment": ("{/* not to be printed */}", "3:1 comment-unread"),
    "Logseq's task": ("- TODO ask [Ann]", "3:3 task-unread"),
    "Logseq's date": ("SCHEDULED: <2024-01-01 Mon>", "3:1 directive-unread"),
    "Bear's tags": ("#mill/wind #another tag#", "3:1 tags-unread"),
    "Bear's marks": ("The ::old:: mill", "3:5 highlight-unread"),
    "inserted words": ("The ++very old++ mill, ++ctrl+c++", "3:5 highlight-unread 3:24"),
    "Reddit": ("He was ^(so to say) old.", "3:8 script-unread"),
    "a change of words": ("It {~~was~>is~~} late.", "3:4 remark-unread"),
    "words with a remark": ("It is {==late==}.", "3:7 remark-unread"),
    "a second front matter": ("---\ntitle: The mill\nauthor: Ann\n---", "4:1 front-matter-unread 5:1"),
    "Notion's properties": ("Created: May 5, 2024\nTags: mills", "3:1 front-matter-unread"),
    "an empty cell of a converter": ("| a | NaN |\n|---|---|\n| NaN | b |", "3:7 remark-left 5:3"),
    "an address with its size": ('[mill]: mill.jpg "The mill" width=40px', "3:1 link-unread"),
    "numbers in brackets": ("#) One\n#) Two", "3:1 list-unread 4:1"),
    "words that are still to come": ("It burnt on Friday. TK", "3:21 remark-left"),
    "a newsroom’s mark": ("Two people [CQ] and Doe (cq).", "3:12 remark-left 3:25"),
    "a number still to come": ("He is (age TK) and [pic tk].", "3:7 remark-left 3:20"),
    "a question to the author": ("They left [AU: please confirm] in [date?].", "3:11 remark-left 3:35"),
    "a remark between slashes": ("//check with Ben// He said so.", "3:1 remark-left"),
    "a private remark": ("He said @@ask legal@@ so.", "3:9 remark-left"),
    "the place of a table": ("[Table 1 near here]\n\n[PHOTO HERE: the mill]", "3:1 remark-left 5:1"),
    "something to be put in": ("<<INSERT MAP>>", "3:1 remark-left"),
    "the end of copy": ("\\--30--\n\n-30-\n\n-MORE-", "5:1 remark-left 7:1"),
    "lines for a newsroom’s system": ("HED: The mill\nDEK: It burnt", "3:1 front-matter-unread"),
    "a caption without its picture": ("CAPTION: The mill.\nCREDIT: Ann Doe", "3:1 remark-left"),
    "a post of the network": ("[Embed: https://example.org/status/1]", "3:1 remark-left"),
    "Gutenberg’s beginning": ("*** START OF THE PROJECT GUTENBERG EBOOK MILLS ***", "3:1 remark-left"),
    "Gutenberg’s picture and page": ("[Illustration: The mill.]\n\nText [Pg 12] here.", "3:1 remark-left 5:6"),
    "Gutenberg’s note": ("[Footnote 1: See the map.]", "3:1 note-unread"),
    "Gutenberg’s bold": ("The =old= mill.", "3:5 highlight-unread"),
    "Gutenberg’s letters": ("The m[=a]ll.", "3:6 letter-broken"),
    "Distributed Proofreaders": ("/#\nblock\n#/", "3:1 directive-unread 5:1"),
    "numbers that begin later": ("(2) Two\n(5) Three", "3:1 list-unread"),
    "numbers with points in them": ("1.1 One\n1.2 Two", "3:1 list-unread"),
    "Cyrillic letters before items": ("а) буква\nб) вторая", "3:1 list-unread"),
    "Arabic numbers before items": ("١. واحد\n٢. اثنان", "3:1 list-unread"),
    "Devanagari numbers before items": ("१. पहला\n२. दूसरा", "3:1 list-unread"),
    "Armenian points after numbers": ("1․ առաջին\n2․ երկրորդ", "3:1 list-unread"),
    "Chinese numbers": ("一、第一点\n二、第二点", "3:1 list-unread"),
    "Chinese numbers in brackets": ("（1）甲\n（2）乙", "3:1 list-unread"),
    "numbers in circles": ("①最初\n②次", "3:1 list-unread"),
    "bullets with tabs": ("•\tOne\n•\tTwo", "3:1 list-unread"),
    "arrows and ticks": ("→ one\n→ two\n\n✓ yes\n✗ no", "3:1 list-unread 6:1"),
    "speeches": ("— Да, — сказал он.\n— Нет.", "3:1 list-unread"),
    "letters of TeX": ('It is na\\"ive of M\\"uller.', "3:9 tex-unread 3:19"),
    "a note in wide brackets": ("注释［^1］。", "3:3 note-unread"),
    "Pandoc’s key in braces": ("As @{https://example.org/x} says.", "3:4 citation-unread"),
    "a comment whose hyphens became dashes": ("Text <!– ask Ann –> more.\n\n<! – and Ben –>", "3:6 comment-unread 5:1"),
    "the end of a comment": ("Text.\n\n-->", "5:1 comment-unread"),
    "bold words of two paragraphs": ("He said: **This is bold\n\nand this** too.", "3:10 emphasis-unread"),
    "bold words without an end": ("He said: **This is bold and more.", "3:10 emphasis-unread"),
    "a stroke without an end": ("He said: ~~this is not.", "3:10 emphasis-unread"),
    "a highlight without an end": ("He said: ==this is.", "3:10 highlight-unread"),
    "italics of three paragraphs": ("*One.\n\nTwo.\n\nThree.*", "3:1 emphasis-unread"),
    "bold words over cells": ("| A | B |\n|---|---|\n| **x | y** |\n| *x | 5* |\n| a | **b |", "5:3 emphasis-unread"),
    "italics over three cells": ("| A | B | C |\n|---|---|---|\n| *x | y | z* |", "5:3 emphasis-unread"),
    "underscores over cells of a head": ("| __A | B__ |\n|---|---|\n| x | y |", "3:3 emphasis-unread"),
    "code over cells": ("| A | B |\n|---|---|\n| `x | y` |", "5:3 code-unread"),
    "a link over cells": ("| A | B |\n|---|---|\n| [x | y](https://example.org) |", "5:3 link-unread"),
    "rows of a table without a rule": ("| Ann | Bob |\n\nText.\n\n|a|b|\n|c|d|", "3:1 table-unread 7:1"),
    "a row as a caption": ("![Alt](a.jpg)\n| Ann | Bob |", "4:1 table-unread"),
    "a row under a caption": ("![Alt](a.jpg)\nCaption.\n| Ann | Bob |", "5:1 table-unread"),
    "bold that is never ended, in quotes": (
        "“**Quoted bold,” she said.\n\n(**A note.\n\n**12 dead.",
        "3:2 emphasis-unread 5:2 7:1",
    ),
    "bold between marks": ("He said **“mill,”**and went **by night **.", "3:9 emphasis-unread 3:29"),
    "bold of HTML without an end": ("It is <b>old.\n\n- a <i>b\n- c</i>", "3:7 tag-open 5:5 6:4"),
    "bold of HTML over cells": ("| A | B |\n|---|---|\n| <b>x | y</b> |", "5:3 tag-open 5:11"),
    "the second of three tags": ("A <u>b</u> and <u>c and <u>d</u>.", "3:16 tag-open"),
    "an end without a beginning": ("It is old.</b>", "3:11 tag-open"),
    "a tag in the title of a box": ("::: sidebar The <b>mill</b>\nText.\n:::", "3:17 tag-unread 3:24"),
    "the caption of a newsroom": ("![Alt](a.jpg)\nCaption: The mill.", "4:1 remark-left"),
    "a caption of a table with number and id": ("Table 3.1: Who came. {#tab-x}", "3:1 braces-unread"),
    "a table of contents out of Word": ("1. The mill ........ 3\n2. The river . . . . . 12", "3:4 toc-unread 4:4"),
    "other emoji": ("Thanks :+1: and :LiHome: too.", "3:8 emoji-unread 3:17"),
    "a request to the desk": ("Dora [ed.: check spelling] and [please confirm].", "3:6 remark-left 3:32"),
    "signs of an open question": ("XXX ask Ann\n\nIt was TKTKTK.", "3:1 remark-left 5:8"),
    "what a web page had around the text": ('ADVERTISEMENT\n\n(END)\n\n{"type":"ad"}', "3:1 remark-left 5:1 7:1"),
    "the place of a pull quote": ('<<pull quote: "Nobody waved">>', "3:1 remark-left"),
    "lines for a newsroom’s system in small letters": ("Hed: The mill\nDek: It burnt", "3:1 front-matter-unread"),
    "a list after its introduction": ("The gauges:\na) by hand\nb) by machine", "4:1 list-unread"),
    "bookdown’s id over a table": ("Table: (\\#tab:mass) Mass\n\n| a |\n|---|\n| b |", "3:8 reference-unread"),
    "the feet of pages": ("Seite **1** von 3\n\n– 12 –\n\nPage 4", "3:1 remark-left 5:1 7:1"),
    "alt text of an editor": ("![alt text](a.jpg)\n\n![image.png](b.jpg)", "3:3 alt-automatic 5:3"),
    "alt text that Word guessed": ("![A mill. Description automatically generated](a.jpg)", "3:3 alt-automatic"),
    "a path as alt text": ("![C:\\\\Users\\\\Ann\\\\mill.jpg](a.jpg)", "3:3 alt-automatic"),
    "the sources of a chat program": ("It burnt.【4†source】 Later cite\u200bx.", "3:10 remark-left"),
    "a formula out of a chat": ("\\[ x = y \\]", "3:1 math-unread"),
    "a formula that lost its backslashes in a chat": ("[\nx = y\n]", "3:1 math-unread"),
    "what mail programs add": ("Sent from my iPhone\n\nOn Monday, Ann Doe wrote:", "3:1 remark-left 5:1"),
    "letters in the code of mails": ("Caf=C3=A9 is open.", "3:4 letter-broken"),
    "a word of a PDF": ("The docu-\nmentation is long, the para- graph too.", "3:5 word-parted 4:24"),
    "a word with a soft hyphen": ("A co\u00ad\noperation.", "3:3 word-parted"),
    "a person in Slack": ("Ask <@U024BE7LH> there.", "3:5 tag-unread"),
    "Roam's block": ("See ((a1b2c3d4e)).", "3:5 anchor-unread"),
    "Jira's link": ("See [the mill|https://example.org].", "3:5 link-unread"),
    "Typst": ('#set page(paper: "a5")\n\nSee #link("x")[y].', "3:1 directive-unread 5:5"),
    "times of a transcript": ("[00:01:23] ANN: Hello.", "3:1 remark-left"),
    "in a caption": ("![Alt](mill.jpg)\nThe mill {{ year }}.", "4:10 template-unread"),
    "in a heading": ("## The mill {{ year }}", "3:13 template-unread"),
    "in a note": ("Text.[^1]\n\n[^1]: See [@doe99].", "5:11 citation-unread"),
    "in a cell": ("| A |\n|---|\n| x {{ y }} |", "5:5 template-unread"),
    "in a box": ("::: sidebar\nSee {{ year }}.\n:::", "4:5 template-unread"),
    "a list whose signs touch its words": ("-one\n-two\n\n1.One\n2.Two", "3:1 list-unread 6:1"),
    "dashes with two spaces": ("–  one\n–  two", "3:1 list-unread"),
    "a note as the address of a link": ("Text[1].\n\n[1]: The first note.", "5:1 note-unread"),
    "a cell of MultiMarkdown": ("| a | b |\n|---|---|\n| 1 | 2 |\n| ^^ | 3 |", "6:3 table-unread"),
    "a definition of two terms": ("Ann\nBen\n: People", "5:1 list-unread"),
    "emphasis in a table of HTML": ("<table><tr><td>*a* and _b_</td></tr></table>", "3:16 emphasis-unread 3:24"),
    "struck words in HTML": ("<p>~~a~~</p>", "3:4 emphasis-unread"),
    "code in HTML": ("<p>Type `ls`.</p>", "3:9 code-unread"),
    "a heading in HTML": ("<div>\n## The mill\n</div>", "4:1 heading-unread"),
    "lists in HTML": ("<div>\n- a\n- b\n</div>\n\n<div>\n1. a\n2. b\n</div>", "4:1 list-unread 9:1"),
    "a note in the title of a box": ("::: sidebar The mill[^1]\nText.\n:::", "3:21 note-unread"),
    "an interview": ("Q: What burnt?\nA: The mill.\n\n**Q:** When?\n**A:** In May.", "3:1 list-unread 6:1"),
    "in HTML": ("<div>\nSee {{ year }}.\n</div>", "4:5 template-unread"),
}


@pytest.mark.parametrize(("typed", "expected"), LEFT.values(), ids=LEFT)
def test_what_nobody_means_is_reported_at_its_place(typed: str, expected: str) -> None:
    place, id, *others = expected.split()
    found = leftovers(f"# A\n\n{typed}\n")
    places = sorted((each.line, each.column) for finding in found for each in (finding.place, *finding.also))
    assert [f"{line}:{column}" for line, column in places] == [place, *others]
    assert {finding.id for finding in found} == {id}
    assert len({finding.message for finding in found}) == len(found)


def test_each_explanation_has_a_finding_with_its_own_places() -> None:
    """Under one heading, `{{ x }}` would be called a file that is included, or the other way round."""
    found = leftovers("# A\n\n{{#include a.md}} {{ year }}\n\n{% raw %} {{ month }}\n")
    said = [(len(f.also), f.remedy.partition(".")[0].partition(",")[0]) for f in found]
    assert sorted(said) == [
        (0, "List the file under chapters"),
        (0, "Write its words without the braces"),
        (1, "Define the name under variables: in publication"),
    ]


MEANT = (
    ". . .",
    "A. Smith and\nB. Jones came.",
    "We know that 2**3 is 8, f(**k) is called; 2 **3 too, f(a, **b), {**a, **b}.",
    "It is a ** b ** c.",
    "It is <b>old, *and <i>dear</i>*</b>;<br> <a id='mill'/>so <img src='a.jpg' alt='A'> x, `<b>` and H<sub>2</sub>O.",
    "Call it with f(**options) at the end.\n\nThe note* said: f(*names).",
    "It is char **argv, int **p or **kwargs, src/**/*.md and 2**10 bytes, 2**(20) bytes.",
    "Sums: |x| + 2|y| = |z|\n\n|x|\n\n|x| + |y|",
    "| A | B |\n|---|---|\n| 0.31* | 0.5** |\n| *p | 5* |\n| `Eua | `Umar |",
    "It costs $5 to $10, or US$20 = A$30; between $1_000 and $2_000.",
    "He smiled :-) and :) and ;-P, then ¯\\\\\\_(ツ)_/¯ and ^_^ and <3 and \\o/.",
    "If x < y and y > z, then x^2 + y^2 = z^2, n! = n(n-1)!, |x| = |-x|, and a_1 ≠ b_2; 2 * 3 * 4 = 24; 5**2.",
    "“They was [sic] all [the miners] there [...] and [illegible] gone [ … ],” she said [sic][!].",
    "From 10:30 to 11:45:10 at 1:1, Genesis 1:2, ratio 3:2:1.",
    "The area $\\pi r^2$ grows. Where $n$ is a number, $$x$$.\n\n$$ E = \\int_0^T P(t)\\,dt $$ {#eq-power}",
    "\\begin{equation}\nx\n\\end{equation}\n\nSee @eq-power and [@fig-mill; -@tab-ann].",
    "| Year |\n|---|\n| 1920 |\n\n: The trips. {#tab-trips}",
    "The array a[1][2], the set {a, b, c}, the pair (x, y), the interval [0, 1) and [[1, 2], [3, 4]].",
    "AT&T, R&D; Q&A; <https://example.org/a_{b}?q={{x}}> and https://example.org/?a==b==c.",
    "Ann <ann@example.org>, @ann_doe, and ann@example.org wrote to [ann@example.org].",
    "He shouted: “What?!” ... -- and --- then *** nothing. ~5 km, ~~gone~~, file~1.",
    "Significance: * p < .05, ** p < .01, *** p < .001.",
    "Significance: *p < .05, **p < .01.",
    "C:\\Users\\ann\\file.txt and \\\\server\\share; and/or; 50 % %.",
    "#MeToo and #1 and No. #7; 100%; 5% of 10%; a = b == c.",
    "Escaped: \\[@smith2020\\], \\{\\{ x \\}\\}, \\$\\$x\\$\\$, \\==x\\==, \\![Alt]\\[nope], \\[\\[Page\\]\\].",
    "As entities: &#91;&#91;Page&#93;&#93; &lt;&lt;x&gt;&gt; &amp;nbsp;",
    "`[@smith2020]` and `{{ x }}` and ``$$x$$`` are code.",
    "    [@smith2020] {{ x }}",
    "```python\n{{ x }} [@smith2020] a[[1]] == b\n```",
    "Psalm XXX is long, Louis XXX came. A [check mark] stood there. Wait.... 5 and so on .... 1924 it was.",
    "The map shows A --> B --> C, and Photo: Ann; credit: none; (end) of it.",
    "Two- and three-fold, Vor- und Nachteile, a pre-\nand post-war house, Baden- Württemberg.",
    "In 1990- and so on, -ing or un-.",
    "Set [1] and \\[2\\]; ((quietly)) she said; #link and #table; at [10:30] and [1:2]; 2 <3> 4; x=AB=CD.",
    "Wow! [sic] And: Halt![1] (He meant: go.)",
    "He signs A. | B. || C; the TK of an airline (TK 1234); the TODO in Spanish: TODO ES MENTIRA.",
    "Zero-width: ไทย\u200bไทย, می\u200cخواهم, 👩\u200d👩\u200d👧.",
    "Português: SÃO PAULO, IRMÃ; à, â, É.",
    "NOTE: this is read. Warning: so is this. Scene:: of course not.",
    "--- not a table --- here --",
    "Name: ____ Date: ____",
    "- * [x1] y\n- [Ann] says",
    "His rank (O-3) and (a) and [b] and (c).",
    "She wrote “see p. 3 [of the first edition] (Paris, 1920).”",
    "The `Abd al-Malik, Hawai`i and O`ahu; rock 'n' roll; 5'' x 7''; f''(x) = y'' + y'.",
    "... and then .. or. (((Loud))) and ((quiet)); the set {a}, {laughs} and Dear {reader}.",
    "A footnote* and another** and a third***; C++ and a++ + ++b; |x| and a || b || c.",
    "[Photo: Ann Doe] [Figure 3.] (Photo: Ann) [photo by Ann] The [Image] of God. [illegible]",
    '.NET is a framework, and so was .Mac.\n\nimport wine from "France", export default rates.',
    "(a) One and (b) two; A. Smith and B. Jones; 1) yes 2) no; p. 5 (i) and (ii).",
    "#sad\n\nWe won. #winning #mills",
    "/etc/passwd and ~/bin and $HOME; <3 <- -> => <= >= != ==; \\o/.",
    "What? She asked? So what? Why?",
    "From: Ann\nTo: Ben\nSubject: hi\n\nDate: 5 May 1920\n\nTitle: Sir",
    "Line one // line two; E = mc²; ’tis; 10^-3^ m; Mark 3:5; std::string; ::1.",
    '![What it shows](mill.jpg){.wide credit="A. Doe"}\nThe mill {in spring}.',
    "<p>Words <b>of HTML</b> & more</p>",
    "NaN is no number. TODO LIST; DOING NOTHING is hard. Created: 1920.\n\nCreated: with love.",
    "The fee is $5 (5$), x^(n+1), f(x)^(k), a ++ b, ++i; std::move, ::1 and [a::b]. {/ and /} and A/B.",
    "||: A :|| and F#7/A; Qxf7#; 1. e4 e5; Na+ and Cl-; p. 3ff.; ¬p, x := 5; «a» <OE mylen.",
    "Title: Sir\n\nSubject: Re: the mill\nFrom: Ann\n\ntitle: lower",
    "Ann:   yes.\nBen said    no, and went.",
    "He said “〈川〉の《本》” and 東京《新聞》 of 2024-01-01 [Mon].",
    "## Ann\n\n[Ann](#ann) \\[Ann\\] a[Ann]; __init__ and __NOT__; $5 `and` $6; `it's` and `x' y`.",
    "• one\\\n• two\n\n1․ one  \n2․ two\n\n| — One\n| — Two\n\n— Да, сказал он\n— сказала она —\nи он.",
    "He said \\\"no\\\" and that\\'s all; l\\'eau \\~5 km, 5\\^x.",
    "Flight TK 1234 (to come) [sic]; (more to come), [Note: see below], http://a.org//b//c 5//6.",
    "If a=b=c and x =y= 3, -30 °C, [e:] is long, [Page 12], C[ae]sar, “Really??” INSERT INTO table; the END.",
    "Q: What burnt?\\\nA: The mill.\n\nP. Smith and\nR. Jones.",
    "*Ann* said\n*Ben* said; in -ing\nand -ed, 1.One.",
    "<p>2 * 3 * 4, a_b_c, 5*, it`s, C# and #1; <code>*a* `b`</code></p>\n\n<pre>\n# a\n- b\n- c\n</pre>",
    "Fruit\n: An apple\nRoot\n: A carrot\n\n| a | b |\n|---|---|\n| --- | 2^^ |",
    "<!-- ask Ann --> It *burnt*.",
    "1.5 km\nand 1.6 km. A. Smith and\nC. Jones. Louis XIV.\nII. was not.",
    "Text.\n\n* * *\n\nText.\n\n- - -\n\n---\n\n-----\n\nText.",
)


@pytest.mark.parametrize("typed", MEANT)
def test_what_people_write_is_not_reported(typed: str) -> None:
    assert told(f"# A\n\n{typed}\n") == []


@pytest.mark.parametrize("root", [ROOT, ROOT / "docs/specimen"], ids=["the publication", "the specimen"])
@pytest.mark.slow
def test_the_publications_of_this_repository_have_no_leftovers(root: Path) -> None:
    files = [*(root / "book").glob("*.md")]
    assert files
    works = "".join(file.read_text("utf-8") for file in (root / "book").glob("*.bib"))
    citing = Citing(keys=re.findall(r"@\w+{(\w+),", works), is_named=bool(works))
    all_told = [(file.name, told(file.read_text("utf-8"), citing)) for file in files]
    assert [one for one in all_told if one[1]] == []


def test_one_finding_names_all_lines_of_a_kind() -> None:
    (finding,) = leftovers("# A\n\nSee [@a1] and [@b2].\n\nText.\n\nSee [@c3].\n")
    assert finding.severity is Severity.WARNING
    assert [(place.line, place.column) for place in (finding.place, *finding.also)] == [(3, 5), (3, 15), (7, 5)]
    assert "3 of them, on lines 3, 7" in finding.message
    assert finding.place.excerpt[4:][: finding.place.width] == "[@a1]"
    assert "note" in finding.remedy
    assert "backslash" in finding.remedy


def test_leftovers_of_a_final_publication_are_errors() -> None:
    found = leftovers("# A\n\nSee [@a1]. {{ x }}\n")
    assert [f.severity for f in of_final(found)] == [Severity.ERROR, Severity.ERROR]


def test_front_matter_is_looked_at_and_has_no_emphasis() -> None:
    front = "---\ntitle: The *Titanic*\nsubtitle: A&nbsp;B\nauthor: Ann [@doe]\nplace: H~2~O\n---\n\nText.\n"
    assert sorted(told(front)) == [
        "2:12 emphasis-unread",
        "3:12 entity-unread",
        "4:13 citation-unread",
        "5:9 script-unread",
    ]


def test_what_looks_like_front_matter_in_the_middle_of_a_chapter_is_text() -> None:
    assert told("# A\n\nText.\n\nIt was half of the\n% of people. And +++ more.\n\ntitle: none\n") == []


def test_texts_of_publication_yaml_are_looked_at(publication: Publish) -> None:
    typed = (
        "title: The *Titanic*\nlanguage: en\nrights: A&nbsp;B\nchapters:\n- part: The {{ year }}\n  chapters: [a.md]\n"
    )
    shown = read(publication(settings=typed))
    assert [f"{f.place.line}:{f.place.column} {f.id}" for f in shown.findings if f.severity is Severity.WARNING] == [
        "1:12 emphasis-unread",
        "3:10 entity-unread",
        "5:13 template-unread",
    ]


def test_a_text_of_several_lines_is_found_on_its_line(publication: Publish) -> None:
    typed = (
        "title: T\nlanguage: en\ndescription: |\n  A line.\n  Two *words*.\nrights: >-\n  Folded {{ year }}\n"
        "subtitle:\n  A&nbsp;B\nchapters: [a.md]\n"
    )
    found = [f for f in read(publication(settings=typed)).findings if f.severity is Severity.WARNING]
    assert [(f.place.line, f.place.column, f.message.split("”")[0]) for f in found] == [
        (5, 5, "“*words*"),
        (7, 8, "“{{ year }}"),
        (9, 4, "“&nbsp;"),
    ]


def test_texts_of_photos_yaml_are_looked_at_in_their_own_file(publication: Publish) -> None:
    noted = 'mill.jpg:\n  caption: The [[mill]] [TK]\n  credit: "[Ann](https://example.org)"\n'
    root = publication({"book/photos.yaml": noted, "book/a.md": "# A\n\n![](mill.jpg)\n\n![](mill.jpg)\n"})
    assert [f"{f.place} {f.id}" for f in read_publication(Order(root)).findings if "photos.yaml" in f.place.file] == [
        "book/photos.yaml:2:25 caption-to-write",
        "book/photos.yaml:3:12 link-unread",
        "book/photos.yaml:2:16 wikilink-unread",
    ]


def test_front_matter_has_no_tags_of_html() -> None:
    (finding,) = leftovers('---\ntitle: "The <em>mill</em>"\nauthor: Ann <ann@example.org>\n---\n\nText.\n')
    assert (finding.id, finding.place.line) == ("tag-unread", 2)


def test_what_another_finding_reports_is_not_reported_again(publication: Publish) -> None:
    shown = read(publication({"book/a.md": "# A\n\n![Alt](my mill)\n\n:::\n"}))
    assert [f.id for f in shown.findings if f.severity is not Severity.ADVICE] == ["picture-unread", "block-stray"]


@pytest.mark.parametrize(
    "typed",
    [
        r"Write !\[words\](mill.jpg) for it.",
        r"Write \![words](my mill.jpg) for it.",
        r"Write [words\](my mill.md), as people do.",
        r"Write \[words\]\{.index\} for it.",
        r'Write \[\]{.index term="mill"} for it.',
    ],
)
def test_one_backslash_is_enough_to_say_that_signs_are_meant(typed: str, publication: Publish) -> None:
    shown = read(publication({"book/a.md": f"# A\n\n{typed}\n"}))
    assert [f.id for f in shown.findings if f.severity is Severity.ERROR] == []


@settings(max_examples=50)
@given(some.lists(some.text("abc .,;:!?()'\"-–—0123456789éж字\n", min_size=1, max_size=40), min_size=1, max_size=8))
@pytest.mark.slow
def test_plain_prose_is_never_reported(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"Words {''.join(each.splitlines())}" for each in paragraphs)
    assert told(f"# A\n\n{text}\n") == []


@settings(max_examples=40)
@given(
    some.sampled_from([typed for typed, _ in LEFT.values() if "\n" not in typed and re.match(r"(?!Tags:)\w", typed)]),
    some.integers(0, 30),
)
@pytest.mark.slow
def test_a_sign_is_found_wherever_it_stands(typed: str, before: int) -> None:
    text = "# A\n\n" + "Plain words, and no more.\n\n" * before + f"Words before it.\n{typed}\n"
    assert [line.partition(":")[0] for line in told(text)] == [str(4 + 2 * before)]


@pytest.mark.slow
def test_nothing_is_reported_of_a_long_chapter_of_prose() -> None:
    text = "# A\n\n" + "Plain words (and a price of $5), said she, with *emphasis* and a [link](#a).\n\n" * 3_000
    guard, told_of = Guard(), list[Finding]()
    shaper = Shaper(PictureReader({}, no_caption_data, told_of), ("ebook",))
    draft = chapters.draft(Source("book/a.md", text), "c-a", shaper, SETTINGS, told_of)
    guard.watch(draft)
    assert guard.found == []
