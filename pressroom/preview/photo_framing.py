"""Photo framing: writes the focus or the crop of one photograph into photos.yaml, and takes it back.

Nothing but the one value is changed in the file, letter for letter; and no other file is written.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pressroom import keeping
from pressroom.errors import Place, PressroomError, error
from pressroom.preview.yaml_surgery import EntryChange, with_change
from pressroom.publication import name_key, parse_focus, parse_region
from pressroom.settings import PHOTOS_FILE
from pressroom.whereabouts import leads_out

FrameKey = Literal["focus", "crop"]
_PARSERS = {"focus": parse_focus, "crop": parse_region}
_MARK = b"\xef\xbb\xbf"
"""The mark with which some editors begin a file in UTF-8."""


@dataclass(frozen=True)
class WrittenFrame:
    """A change of photos.yaml: the file before and after it; None where there was no file."""

    before: bytes | None
    after: bytes


@dataclass
class PhotoFraming:
    """The changes that a preview has made to photos.yaml, the newest last. Two tabs share it."""

    root: Path
    written: list[WrittenFrame] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def file(self) -> Path:
        """photos.yaml."""
        return self.root / PHOTOS_FILE

    def write(self, picture: str, key: FrameKey, value: str) -> None:
        """Set the focus or the crop of a picture; an empty value deletes it.

        Raises PressroomError for a value or a file that cannot be read, or a file that cannot be written.
        """
        if value:
            _check(key, value)
        with self.lock:
            before = self._read()
            after = changed(before or b"", picture, key, value)
            if after != (before or b""):
                self._put(after)
                self.written.append(WrittenFrame(before, after))

    def undo(self) -> bool:
        """Take the newest change back, and return whether there was one.

        Raises PressroomError where the file was changed since: then nothing is taken back, so that nothing is lost.
        """
        with self.lock:
            if not self.written:
                return False
            last = self.written[-1]
            if self._read() != last.after:
                self.written.clear()
                why = "photos.yaml was changed since by somebody else: nothing was taken back."
                raise PressroomError([error("photos-changed", Place(PHOTOS_FILE), why, "Change it in your editor.")])
            self.written.pop()
            if last.before is None:
                self.file.unlink()
            else:
                self._put(last.before)
            return True

    def _read(self) -> bytes | None:
        if leads_out(self.file, self.root):
            why = "This link leads out of the publication: nothing is written to where it leads."
            raise PressroomError([error("link-outside", Place(PHOTOS_FILE), why, "Copy the file instead.")])
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise _unwritable(fault) from None

    def _put(self, data: bytes) -> None:
        try:
            keeping.keep(self.file.resolve(), data)
        except OSError as fault:
            raise _unwritable(fault) from None


def changed(data: bytes, picture: str, key: FrameKey, value: str) -> bytes:
    """photos.yaml with one value of one entry set, or deleted if it is empty. Raises PressroomError."""
    mark, text = (_MARK, data[len(_MARK) :]) if data.startswith(_MARK) else (b"", data)
    line_end = "\r\n" if b"\r\n" in text else "\n"
    try:
        source = text.decode("utf-8").replace("\r\n", "\n")
        change = EntryChange(picture, key, value, lambda one, other: name_key(one) == name_key(other))
        written = with_change(source, change)
    except ValueError:
        why = "photos.yaml is not written as expected, so that nothing was written into it."
        remedy = f"Type {key}: {value} for {picture} in your editor." if value else f"Delete {key} in your editor."
        raise PressroomError([error("photos-unreadable", Place(PHOTOS_FILE), why, remedy)]) from None
    return mark + written.replace("\n", line_end).encode()


def _check(key: FrameKey, value: str) -> None:
    """Raise PressroomError for a value that photos.yaml may not have."""
    try:
        _PARSERS[key](value)
    except ValueError as fault:
        why, _, remedy = str(fault).rpartition("; ")
        raise PressroomError([error(f"{key}-wrong", Place(PHOTOS_FILE), f"{why}.", remedy)]) from None


def _unwritable(fault: OSError) -> PressroomError:
    why = f"photos.yaml cannot be written: {fault.strerror or fault}. It is as it was."
    return PressroomError([error("photos-unwritable", Place(PHOTOS_FILE), why, "Make the file and book/ writable.")])
