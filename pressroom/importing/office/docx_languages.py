"""Languages of a Word document: that of most of its letters, and runs and paragraphs in another one."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from pressroom.importing.office.docx_package import DocxElement, W, text_in
from pressroom.importing.office.docx_settled import SettledDocument
from pressroom.language.bcp47 import primary_subtag, tag_fault

LANGUAGE_STYLE = "PressroomLanguage-"
"""How the names of the styles begin that runs in another language get."""


def language_of(settled: SettledDocument) -> str:
    """The language of most letters of the text, as the document marks them."""
    letters: Counter[str] = Counter()
    for _, root in settled.package.stories:
        for paragraph in root.iter(f"{W}p"):
            for run in paragraph.iter(f"{W}r"):
                letters[settled.styles.language(run, paragraph)] += len(text_in(run))
    known = Counter({tag: count for tag, count in letters.items() if tag and not tag_fault(tag)})
    return known.most_common(1)[0][0] if known else ""


def mark_languages(paragraph: DocxElement, settled: SettledDocument, main: str, found: set[str]) -> str:
    """Give runs in another language than `main` a style, and note each in `found`. Returns the language of the whole
    paragraph, if it is one and another.
    """
    main = primary_subtag(main)
    runs = [run for run in paragraph.iter(f"{W}r") if any(c.isalpha() for c in text_in(run))]
    tags = {run: settled.styles.language(run, paragraph) for run in runs if not settled.styles.is_code(run)}
    foreign = {run: tag for run, tag in tags.items() if tag and primary_subtag(tag) != main and not tag_fault(tag)}
    if runs and len(foreign) == len(runs) and len(set(foreign.values())) == 1:
        return next(iter(foreign.values()))
    for run, tag in foreign.items():
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        style = properties.find(f"{W}rStyle")
        if style is None:
            style = etree.Element(f"{W}rStyle")
            properties.insert(0, style)
        style.set(f"{W}val", f"{LANGUAGE_STYLE}{tag}")
        found.add(tag)
    return ""
