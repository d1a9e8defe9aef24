"""Settings: publication.yaml, photos.yaml and the publication’s own printers, read at the edge into typed values.

All faults of a file come at once.
"""

from __future__ import annotations

from pressroom.settings.consistency import doubts, not_yet
from pressroom.settings.editor_schema import json_schema
from pressroom.settings.own_printers import PRINTERS_FOLDER, find_printer
from pressroom.settings.photos_file import PHOTOS_FILE, PhotoNotes, PhotosFile, read_photo_notes
from pressroom.settings.publication_file import SettingsFile, read_settings

__all__ = [
    "PHOTOS_FILE",
    "PRINTERS_FOLDER",
    "PhotoNotes",
    "PhotosFile",
    "SettingsFile",
    "doubts",
    "find_printer",
    "json_schema",
    "not_yet",
    "read_photo_notes",
    "read_settings",
]
