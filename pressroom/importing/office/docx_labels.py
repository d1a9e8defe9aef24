"""Labels of captions in a Word document, “Figure 3: ”: they go, and references to them count as the book does."""

from __future__ import annotations

import re

from pressroom.errors import Severity
from pressroom.importing.office.block_facts import COUNTED, COUNTED_WORDS
from pressroom.importing.office.docx_fields import DocxField, fields_in
from pressroom.importing.office.docx_package import DocxElement, W, text_in, value
from pressroom.importing.office.docx_settled import ANCHOR, LABEL, SettledDocument, take_out
from pressroom.importing.office.style_words import caption_label

_LONGEST_LABEL = 40


def mark_references(root: DocxElement, anchors: set[str]) -> None:
    """Mark the words of references to labels of captions, “Figure 3”, which a book counts for itself."""
    for each in fields_in(root):
        texts = [text for run in each.result for text in run.iter(f"{W}t")]
        words = "".join(text.text or "" for text in texts)
        if each.kind == "REF" and each.argument in anchors and COUNTED_WORDS.fullmatch(words):
            texts[0].text = f"{COUNTED}{words}{COUNTED}"
            for text in texts[1:]:
                text.text = ""


def take_label(field: DocxField, settled: SettledDocument) -> None:
    """Take the label with its number off a caption: “Figure 3: ”. The book counts for itself."""
    paragraph = next(field.first.iterancestors(f"{W}p"), None)
    if paragraph is None or paragraph.get(LABEL):
        return
    before = [run for run in paragraph.iter(f"{W}t") if _precedes(run, field.first, paragraph)]
    label = "".join(text.text or "" for text in before)
    if len(label) > _LONGEST_LABEL:  # a number in the middle of a sentence
        return
    number = "".join(text_in(run) for run in field.result)
    paragraph.set(LABEL, label.strip() or field.argument)
    if name := _bookmark_on(field.first, paragraph):
        paragraph.set(ANCHOR, name)
    for text in before:
        text.text = ""
    for run in field.result:
        take_out(run)
    _strip_sign(paragraph)
    settled.remark("import-caption-number", Severity.ADVICE, paragraph, f"{label}{number}")


def _precedes(text: DocxElement, field: DocxElement, paragraph: DocxElement) -> bool:
    order = {id(each): n for n, each in enumerate(paragraph.iter())}
    return order[id(text)] < order[id(field)]


def _bookmark_on(field: DocxElement, paragraph: DocxElement) -> str:
    """The bookmark that is on the label of a caption: the last one that begins before its number."""
    names = [
        value(each, name="name") for each in paragraph.iter(f"{W}bookmarkStart") if _precedes(each, field, paragraph)
    ]
    return next((name for name in reversed(names) if name != "_GoBack"), "")


def _strip_sign(paragraph: DocxElement) -> None:
    """Take off the sign between the number and the words: “: ”, “. ”, “ – ”."""
    for text in paragraph.iter(f"{W}t"):
        stripped = re.sub(r"^[\s.:)|–—-]+", "", text.text or "")
        text.text = stripped
        if stripped:
            return


def settle_typed_labels(root: DocxElement, settled: SettledDocument) -> None:
    """Take typed labels off captions: “Fig. 3. ”."""
    for paragraph in root.iter(f"{W}p"):
        if settled.styles.role(paragraph) != "caption" or paragraph.get(LABEL):
            continue
        texts = [*paragraph.iter(f"{W}t")]
        label = caption_label("".join(text.text or "" for text in texts))
        if not label:
            continue
        paragraph.set(LABEL, label.strip())
        settled.remark("import-caption-number", Severity.ADVICE, paragraph, label.strip())
        left = len(label)
        for text in texts:
            words = text.text or ""
            text.text, left = words[left:], max(0, left - len(words))
