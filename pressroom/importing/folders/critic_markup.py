"""CriticMarkup: changes and remarks between braces, as Scrivener, Ulysses, iA Writer, Zettlr and MkDocs write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed

_CRITIC = re.compile(
    r"\{\+\+(?P<inserted>.+?)\+\+\}|\{--(?P<deleted>.+?)--\}|\{>>(?P<remark>.+?)<<\}"
    r"|\{~~(?P<was>.+?)~>(?P<other>.*?)~~\}|\{==(?P<marked>.+?)==\}",
    re.DOTALL,
)
_REMARKS = {
    "inserted": "import-insertion",
    "deleted": "import-deletion",
    "remark": "import-comment",
    "was": "import-deletion",
    "other": "import-insertion",
}


def accepted(gathering: Gathering, lines: Sequence[TypedLine]) -> list[TypedLine]:
    """A text with all changes accepted; its remarks are listed."""

    def settled(match: re.Match[str], line: TypedLine) -> str:
        for name, words in match.groupdict().items():
            if words and name in _REMARKS:
                gathering.remark(_REMARKS[name], line, words)
        return (match["inserted"] or match["other"] or match["marked"] or "").strip("\n")

    return changed([*lines], _CRITIC, settled)
