"""Importing: what people have becomes our Markdown, with its pictures in assets/. So far a folder of photographs.

`selection` reads pictures and chooses (`photo_files`, `shots`, `grouping`), `chapters_of_photographs` plans chapters
and names (`berths`, `paced_shots`), `chapter_text` and `settings_text` write them, `landing` brings all or nothing.
`import_report` says what came, and what did not.
"""

from pressroom.importing.added_chapters import add
from pressroom.importing.import_report import ImportReport, as_json
from pressroom.importing.new_book import begin
from pressroom.importing.selection import PhotoWishes
from pressroom.importing.shots import ClockShifts

__all__ = ["ClockShifts", "ImportReport", "PhotoWishes", "add", "as_json", "begin"]
