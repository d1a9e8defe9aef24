"""Link definitions: lines such as `[home]: https://example.org`, which no edition prints.

`[Ann]: Yes.` in an interview is such a line for Markdown, and her answer would be gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it.common.utils import normalizeReference

from pressroom.errors import Finding, Source, error

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|www\.|.*[/#@]|.*\.\w{2,5}(?:\?|$)|<?>?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\](:?)")


def findings(definitions: Mapping[str, Any], source: Source) -> Iterator[Finding]:
    """An error for each definition that no link uses and that is no address: words that are meant to be read.

    `definitions` is what the parser has collected while it read the text.
    """
    given = [*definitions.get("references", {}).items()]
    given += [(each["label"], each) for each in definitions.get("duplicate_refs", ())]
    lost = [(label, each) for label, each in given if not _ADDRESS.match(each["href"])]
    named = (match[1] for match in _IN_BRACKETS.finditer(source.text if lost else "") if not match[2])
    used = set(map(normalizeReference, named))
    for label, each in lost:
        if label in used:
            continue
        place = source.place(each["map"][0] + 1)
        typed = place.excerpt[place.excerpt.find("[") :].strip()
        why = f"“{typed}” is read as the address of a link, which no link names: it is not printed."
        yield error("definition-lost", place, why, f"Put a backslash before the bracket: \\{typed}")
