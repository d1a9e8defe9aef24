"""Wordings of remarks: what a report says of each kind of thing that was changed or could not be carried."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.importing.folder_wordings import OF_FOLDERS


@dataclass(frozen=True)
class RemarkWording:
    """What is said of all remarks of one id."""

    one: str
    """The thing, if there is one: “comment”."""
    many: str
    said: str
    """The sentence after the number and the thing: “left out, since no edition prints it: {names}.”"""
    remedy: str = ""


_REMARKS = {
    # Web pages and ebooks
    "import-file-missing": RemarkWording("file", "files", "that the ebook lists and does not hold: {names}."),
    "import-file-outside": RemarkWording("file", "files", "whose path leads out of the ebook; not read: {names}."),
    "import-file-twice": RemarkWording(
        "file",
        "files",
        "stored twice, of which the last one was read: {names}.",
        "Compare the chapter with the ebook as a reading system shows it.",
    ),
    "import-form": RemarkWording("form", "forms", "whose fields are left out; the words stay: {names}."),
    "import-formula": RemarkWording(
        "formula", "formulas", "kept as code, since it cannot be read: {names}.", "Write it between signs of dollars."
    ),
    "import-document": RemarkWording("document", "documents", "of the folder left out: {names}."),
    "import-drawing": RemarkWording("drawing", "drawings", "left out: {names}.", "Save it as SVG into assets/photos."),
    "import-index-term": RemarkWording(
        "term of the index", "terms of the index", "left out, which braces cannot hold: {names}."
    ),
    "import-left-out": RemarkWording(
        "piece around the article",
        "pieces around the article",
        "left out: {names}.",
        "If one of them is part of the text, copy it from the page into the chapter.",
    ),
    "import-letters": RemarkWording(
        "text", "texts", "with letters that cannot be read: {names}.", "Look for � in the chapter, and type them again."
    ),
    "import-link-dropped": RemarkWording(
        "link",
        "links",
        "to what the book does not hold, now words only: {names}.",
        "Write its whole address, https://…",
    ),
    "import-list-numbers": RemarkWording("list", "lists", "whose numbers fall, which has 1, 2, 3 now: {names}."),
    "import-made-anew": RemarkWording(
        "page",
        "pages",
        "left out, which a publication makes for itself: {names}.",
        "Ask for it among the chapters: - generated: [contents, photographs, index, credits, colophon].",
    ),
    "import-media": RemarkWording("film or sound", "films and sounds", "left out: {names}."),
    "import-notes-heading": RemarkWording(
        "heading over notes", "headings over notes", "left out, since notes stand where they are called: {names}."
    ),
    "import-other-page": RemarkWording(
        "other page", "other pages", "in the archive left out: {names}.", "Unpack it, and import each page."
    ),
    "import-page-broken": RemarkWording(
        "page of the ebook", "pages of the ebook", "that cannot be read, left out: {names}."
    ),
    "import-page-faulty": RemarkWording(
        "page of the ebook", "pages of the ebook", "with faults in its markup, read as browsers do: {names}."
    ),
    "import-page-list": RemarkWording(
        "page list", "page lists", "left out, since editions have pages of their own: {names}."
    ),
    "import-picture-link": RemarkWording("link", "links", "of a picture left out: {names}."),
    "import-script": RemarkWording("script", "scripts", "left out, and never run.{names}"),
    "import-table-inside": RemarkWording(
        "table inside a table", "tables inside tables", "now the paragraphs of its cells: {names}."
    ),
    # All sources
    "import-language": RemarkWording(
        "source",
        "sources",
        "without a word on the language; publication.yaml has {names}.",
        "Correct `language` in publication.yaml, if it is another.",
    ),
    "import-fact": RemarkWording(
        "fact",
        "facts",
        "of the source left out of publication.yaml, which cannot have it so: {names}.",
        "Write it into publication.yaml, if a reader should know it.",
    ),
    "import-picture-renamed": RemarkWording(
        "picture",
        "pictures",
        "under another name, since the publication has one of its name already: {names}.",
    ),
    "import-picture-missing": RemarkWording(
        "picture",
        "pictures",
        "not found, so that a placeholder stands in its place: {names}.",
        "Put the file into assets/photos under the name that the chapter has.",
    ),
    "import-remote-picture": RemarkWording(
        "picture",
        "pictures",
        "on the network, which was not fetched: {names}.",
        "Save it into assets/photos under the name that the chapter has.",
    ),
    # Documents of office programs
    "import-comment": RemarkWording(
        "comment",
        "comments",
        "left out, since no edition prints it: {names}.",
        "Answer comments in the document, or in the chapter.",
    ),
    "import-insertion": RemarkWording(
        "insertion that nobody has accepted yet",
        "insertions that nobody has accepted yet",
        "taken into the text: {names}.",
        "If one of them is wrong, take it out of the chapter.",
    ),
    "import-deletion": RemarkWording(
        "deletion that nobody has accepted yet",
        "deletions that nobody has accepted yet",
        "carried out, so that these words are not in the text: {names}.",
        "If one of them is wrong, write the words into the chapter again.",
    ),
    "import-unfilled": RemarkWording(
        "field of a form", "fields of a form", "that nobody has filled in, left out: {names}."
    ),
    "import-hidden": RemarkWording("hidden passage", "hidden passages", "left out: {names}."),
    "import-contents": RemarkWording(
        "line of a table of contents, a list of figures or an index",
        "lines of tables of contents, lists of figures or indexes",
        "left out, since editions make their own: {names}.",
        "Ask for them in publication.yaml: `- generated: [contents, photographs, index]`.",
    ),
    "import-chapter-number": RemarkWording(
        "number over a title", "numbers over titles", "left out, which a layout gives to chapters, or not: {names}."
    ),
    "import-caption-number": RemarkWording(
        "number before a caption",
        "numbers before captions",
        "left out, since editions count their figures and tables: {names}.",
    ),
    "import-alt-repeated": RemarkWording(
        "alt text",
        "alt texts",
        "left out, since readers would hear the caption twice: {names}.",
        "Write between the square brackets what the photograph shows.",
    ),
    "import-byline": RemarkWording(
        "byline",
        "bylines",
        "taken out of the text, whose names are now in `creators` or at the head of the chapter: {names}.",
        "If one of them is none, write it into the chapter again.",
    ),
    "import-credit": RemarkWording(
        "credit",
        "credits",
        "at the end of captions, now `credit` of their pictures: {names}.",
        "If one of them is no credit, write it into the caption again.",
    ),
    "import-caption-listed": RemarkWording(
        "caption",
        "captions",
        "of a list, each now under the place of its photograph: {names}.",
        "Write alt texts, and the names of files between the round brackets where they are lacking.",
    ),
    "import-caption-guess": RemarkWording(
        "paragraph beside a picture or table",
        "paragraphs beside pictures and tables",
        "taken for captions by their look: {names}.",
        "If one of them is text, put a blank line between it and the picture, or delete “Table:” before it.",
    ),
    "import-caption-loose": RemarkWording(
        "caption",
        "captions",
        "with no picture or table beside it, so that it is text: {names}.",
        "Put it under its picture.",
    ),
    "import-title-guess": RemarkWording(
        "short bold line",
        "short bold lines",
        "at the beginning, taken for the title: {names}.",
        "Give it the style “Title”, or correct `title` in publication.yaml.",
    ),
    "import-heading-guess": RemarkWording(
        "short bold paragraph",
        "short bold paragraphs",
        "in a document without headings, so that all is one chapter: {names}.",
        "If they are headings, give them the style “Heading 1” and import again, or write ## before them.",
    ),
    "import-page-reference": RemarkWording(
        "number of a page or note",
        "numbers of pages or notes",
        "in the text, which will be wrong on other pages: {names}.",
        "Write a reference to the place instead, or take the number out.",
    ),
    "import-citation": RemarkWording(
        "citation of a reference manager",
        "citations of a reference manager",
        "kept as typed: {names}.",
        "To have editions make them, write [@key] and name a bibliography in publication.yaml.",
    ),
    "import-link-dead": RemarkWording("link", "links", "that leads nowhere, now without it: {names}."),
    "import-note-missing": RemarkWording("call of a note", "calls of notes", "without a note, left out.{names}"),
    "import-text-box": RemarkWording(
        "text box",
        "text boxes",
        "now behind the paragraph that held it: {names}.",
        "Move it to where it belongs.",
    ),
    "import-header": RemarkWording(
        "running head or foot",
        "running heads or feet",
        "left out, since layouts have their own: {names}.",
    ),
    "import-page-break": RemarkWording("page break", "page breaks", "left out: editions have other pages.{names}"),
    "import-formatting": RemarkWording(
        "passage", "passages", "whose look is not kept, since the layout decides it: {names}."
    ),
    "import-picture-format": RemarkWording(
        "drawing",
        "drawings",
        "in a format of Windows that cannot be printed (EMF, WMF), so that a placeholder stands for it: {names}.",
        "Save it as PNG or SVG into assets/photos under the name that the chapter has.",
    ),
    "import-picture-cut": RemarkWording(
        "picture",
        "pictures",
        "cut in the document: the file is whole, and the text shows the same part: {names}.",
        "To show more of it, change or delete crop=… in the braces of the picture.",
    ),
    "import-picture-clipped": RemarkWording(
        "picture",
        "pictures",
        "cut in the document, here whole: {names}.",
        "To show a part only, write crop=… in the braces of the picture.",
    ),
    "import-decorative": RemarkWording("picture", "pictures", "marked as decoration, without alt text: {names}."),
    "import-chart": RemarkWording(
        "chart",
        "charts",
        "that only its program can draw; its place is held, and its words are: {names}.",
        "Save it as a picture in its program, put it into assets/photos, and write its name between the brackets.",
    ),
    "import-smart-art": RemarkWording(
        "SmartArt diagram",
        "SmartArt diagrams",
        "that only Word can draw; its place is held, and its words are: {names}.",
        "Save it as a picture in Word, put it into assets/photos, and write its name between the round brackets.",
    ),
    "import-embedded": RemarkWording(
        "object of another program",
        "objects of other programs",
        "shown by its picture at most: {names}.",
        "Save it as a picture in its program, and put it into assets/photos.",
    ),
    "import-shape": RemarkWording(
        "drawn shape",
        "drawn shapes",
        "left out: {names}.",
        "Save it as a picture, and put it into assets/photos.",
    ),
    "import-author": RemarkWording(
        "name of an author",
        "names of authors",
        "from the properties of the file, which may be the owner of a computer: {names}.",
        "Correct `creators` in publication.yaml.",
    ),
    "import-unread": RemarkWording(
        "thing",
        "things",
        "that the reader of Word documents does not know: {names}.",
        "Look in the document for what is lacking in the chapter.",
    ),
}
WORDINGS = {id: RemarkWording(*words) for id, words in OF_FOLDERS.items()} | _REMARKS
"""By id. A remark whose id is not here is told in its own words."""


def wording_of(id: str) -> RemarkWording:
    """What is said of remarks of an id."""
    return WORDINGS.get(id) or RemarkWording("thing", "things", "to know: {names}.")
