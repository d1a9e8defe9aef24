"""Language: what the builder knows of languages and their writing. Pure; it knows no book.

`bcp47` checks language tags and translates them into the codes of the book trade. `words` holds the words that the
builder prints. `conventions` holds the quotes, dashes and spaces of each language; `galley` is a paragraph being set,
`quotes` and `typography` are the rules that set it. `syllables` says where words are broken in languages
of few rules. `filing` sorts the terms of an index, `transliteration` writes titles in ASCII. `cues` finds dates, places
and sides in captions. `english` tells captions from narrative.
"""
