"""Wordings of remarks: what a report says of each kind of thing that was changed or could not be carried."""

from __future__ import annotations

from collections.abc import Mapping
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


_REMARKS: Mapping[str, RemarkWording] = {
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
        "not found, so that a placeholder stands for it: {names}.",
        "Put the file into assets/photos under the name that the chapter has.",
    ),
    "import-remote-picture": RemarkWording(
        "picture",
        "pictures",
        "on the network, which was not fetched: {names}.",
        "Save it into assets/photos under the name that the chapter has.",
    ),
}
"""By id. A remark whose id is not here is told in its own words."""


def wording_of(id: str) -> RemarkWording:
    """What is said of remarks of an id."""
    if id in OF_FOLDERS and id not in _REMARKS:
        return RemarkWording(*OF_FOLDERS[id])
    return _REMARKS.get(id) or RemarkWording("thing", "things", "to know: {names}.")
