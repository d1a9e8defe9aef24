"""The text of a file that a person typed, whatever its ends of lines are."""

from __future__ import annotations

from pathlib import Path

from pressroom.errors import Place, PressroomError, Source, UsageError, encoding_fault, error
from pressroom.whereabouts import missing_settings


def typed_source(root: Path, name: str) -> Source:
    """A file of the publication at `root`. Raises PressroomError, and UsageError where there is no such file."""
    file = root / name
    try:
        return Source(
            name, file.read_bytes().decode("utf-8-sig").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
        )
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError([error("publication-missing", Place(name), *missing_settings(root, str(root)))]) from None
    except UnicodeDecodeError as fault:
        raise PressroomError([encoding_fault(name, fault)]) from None
    except OSError as fault:
        why, remedy = f"This cannot be read: {fault.strerror}.", "Put a readable file there."
        raise PressroomError([error("text-unreadable", Place(name), why, remedy)]) from None
