"""Importing: what people have becomes our Markdown, with its pictures in assets/.

Two doors. Photographs: `selection` reads pictures and chooses (`photo_files`, `shots`, `grouping`),
`chapters_of_photographs` plans chapters and names (`berths`, `paced_shots`), `chapter_text` and `settings_text` write
them, `import_report` says what came. Texts of other programs: `source_kinds` looks at what a source is, `readers`
chooses who reads it, and every reader hands out one `brought.Brought`; `brought_files` names it, `words_kept` looks for
its words in what is written, `brought_report` says what came. `landing` brings all or nothing.
"""

from pressroom.importing.added_chapters import add
from pressroom.importing.brought_report import TextReport, text_report_json
from pressroom.importing.import_report import ImportReport, as_json
from pressroom.importing.new_book import begin
from pressroom.importing.selection import PhotoWishes
from pressroom.importing.shots import ClockShifts
from pressroom.importing.source_kinds import SourceKind, kinds_of
from pressroom.importing.texts_brought import TextWishes, add_texts, begin_with_text

__all__ = [
    "ClockShifts",
    "ImportReport",
    "PhotoWishes",
    "SourceKind",
    "TextReport",
    "TextWishes",
    "add",
    "add_texts",
    "as_json",
    "begin",
    "begin_with_text",
    "kinds_of",
    "text_report_json",
]
