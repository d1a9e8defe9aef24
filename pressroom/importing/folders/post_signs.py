"""Signs of blogs: Liquid of Jekyll, shortcodes of Hugo and braces of kramdown become what our reader reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.folders.fences import boxed, code_block, commented
from pressroom.importing.folders.front_matter import words_in_head
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, changed, trimmed
from pressroom.manuscript.callouts import KINDS

_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_ADDRESS = re.compile(r"\{\{\s*[\"']([^\"'{}]*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:[^{}]*)\s*\}\}")
_BASE = re.compile(r"\{\{-?\s*(?:site|page)\.(?:baseurl|url)\s*-?\}\}")
_VALUE_OF = re.compile(r"\{\{-?\s*(site|page)\.([\w.]+)\s*(?:\|[^{}]*)?-?\}\}")
_POST = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^\s%]+)\s*-?%\}")
_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'<>\s]+)[\"']?\s*[>%]\}\}")
_IN_ADDRESS = re.compile(r"""(?:\]\(<?|\]: *<?|\b(?:href|src)\s*=\s*["']?|<)[^\s()<>"']*\Z""")
"""What stands before a sign inside the address of a link."""
_FIGURE = re.compile(r"\{%-?\s*include\s+[\w./-]*(?:figure|image|img|photo|picture)[\w./-]*\s+([^%]*?)-?%\}"
                     r"|\{\{[<%]\s*(?:figure|img|image)\s+([^{}]*?)/?\s*[>%]\}\}")  # fmt: skip
_SAID = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_PLAYED = re.compile(r"\{\{<\s*(youtube|vimeo)\s+[\"']?([\w-]+)[^{}]*>\}\}")
_PLAYERS = {"youtube": "https://youtu.be/", "vimeo": "https://vimeo.com/"}
_OPENING = re.compile(
    r"^\s*(?:\{%-?\s*(highlight|comment|raw)\b\s*(\w*)[^%]*%\}|\{\{[<%]\s*(highlight|notice|alert|callout|admonition|hint"
    r"|quote|details)\b\s*([^{}]*?)\s*[>%]\}\})\s*$"
)
_QUOTED = re.compile(r"""(?<![=\w])(?:"([^"]*)"|'([^']*)')|\b(?:title|summary)=["']([^"']*)["']""")
_CONTENTS = re.compile(r"^\s*\{:\s*[^{}]*\btoc\b[^{}]*\}\s*$")
_ITEM = re.compile(r"^\s*(?:[*+-]|\d+\.)\s")
"""The item of a list that kramdown replaces by a table of contents."""
_LEFT = re.compile(r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|\{\{.*?\}\}")
_BRACES_ALONE = re.compile(r"^\s*\{:\s*([^{}]*)\}\s*$")
_BRACES = re.compile(r"(?<=[)\]*_`])\{:\s*([^{}\n]*?)\s*\}")


@dataclass(frozen=True)
class PostSigns:
    """Rewrites the signs of a blog."""

    gathering: Gathering
    files: Sequence[str]
    site: Mapping[str, Any]
    """What the settings of the site say."""

    def written(self, lines: list[TypedLine], head: Mapping[str, Any]) -> list[TypedLine]:
        """A text with signs that our reader reads. `head` is what its front matter says."""
        lines = changed(self._blocks(lines), _COMMENT, lambda *_: "")
        lines = changed(lines, _ADDRESS, lambda match, _: match[1])
        lines = changed(lines, _BASE, lambda *_: "")
        lines = changed(lines, _VALUE_OF, lambda match, line: self._value(match, line, head))
        for called in (_POST, _REF):
            lines = changed(lines, called, self._reference)
        lines = changed(lines, _FIGURE, self._figure)
        lines = changed(lines, _PLAYED, self._played)
        lines = changed(lines, _LEFT, self._unread)
        lines = changed(lines, _BRACES, lambda match, line: self._braces(match[1], line))
        for n, line in enumerate(lines[1:], 1):
            if _CONTENTS.match(line.text) and _ITEM.match(lines[n - 1].text):
                lines[n - 1] = lines[n - 1].saying("")
        return [self._alone(line) for line in lines]

    def _value(self, match: re.Match[str], line: TypedLine, head: Mapping[str, Any]) -> str:
        value: Any = self.site if match[1] == "site" else head
        for step in match[2].split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        words = words_in_head(value)
        if not words:
            self.gathering.remark("import-variable", line, match[0])
        return words or f"[TK {match[1]}.{match[2]}]"

    def _reference(self, match: re.Match[str], line: TypedLine) -> str:
        """The address of a link; among words, where a site prints it, a reference with the words of the title."""
        file = self._file(match[1], line)
        is_there = file != match[1] or file.startswith("#")
        return f"[]({file})" if is_there and not _IN_ADDRESS.search(match.string, 0, match.start()) else file

    def _file(self, name: str, line: TypedLine) -> str:
        """The address of the text that a link calls by its name."""
        wanted, sign, id = name.strip("/").partition("#")
        stem = re.sub(r"\.(?:md|markdown|html?)$", "", wanted)
        for file in self.files:
            path = PurePosixPath(file)
            whole = (path.parent if path.stem in ("index", "_index") else path.with_suffix("")).as_posix()
            if f"/{whole}".endswith(f"/{stem}"):
                return posixpath.relpath(file, posixpath.dirname(line.file)) + sign + id
        return name

    def _figure(self, match: re.Match[str], line: TypedLine) -> str:
        said = {
            m[1].lower(): next(v for v in m.groups()[1:] if v is not None) for m in _SAID.finditer(match[1] or match[2])
        }
        address = next((said[key] for key in ("src", "image_path", "url", "image", "path", "file") if key in said), "")
        if not address:
            return self._unread(match, line)
        credit = said.get("attr", "")
        braces = f'{{credit="{credit}"}}' if credit and '"' not in credit else ""
        picture = f"![{said.get('alt', '')}](<{address}>){braces}"
        title, words = said.get("title", ""), said.get("caption", "")
        caption = f"**{title}** {words}" if title and words else title or words
        figure = picture + (f"\n{caption}" if caption else "")
        return f"\n{figure}\n" if line.text.strip() == match[0] else figure

    def _played(self, match: re.Match[str], line: TypedLine) -> str:
        address = _PLAYERS[match[1]] + match[2]
        self.gathering.remark("import-player", line, address)
        return f"<{address}>"

    def _unread(self, match: re.Match[str], line: TypedLine) -> str:
        self.gathering.remark("import-template", line, match[0])
        return ""

    # ---- braces of kramdown

    def _braces(self, inside: str, line: TypedLine) -> str:
        ids = " ".join(each for each in inside.split() if each.startswith("#"))
        if ids != inside.strip():
            self.gathering.remark("import-formatting", line, inside, Severity.ADVICE)
        return f"{{{ids}}}" if ids else ""

    def _alone(self, line: TypedLine) -> TypedLine:
        match = _BRACES_ALONE.match(line.text)
        if match is None:
            return line
        self.gathering.remark("import-formatting", line, match[1], Severity.ADVICE)
        return line.saying("")

    # ---- blocks

    def _blocks(self, lines: list[TypedLine]) -> list[TypedLine]:
        """Blocks between two signs: code, remarks, boxes."""
        made: list[TypedLine] = []
        n = 0
        while n < len(lines):
            match = _OPENING.match(lines[n].text)
            name = (match[1] or match[3]) if match else ""
            ends = re.compile(rf"^\s*(?:\{{%-?\s*end{name}\s*-?%\}}|\{{\{{[<%]\s*/{name}\s*[>%]\}}\}})\s*$")
            end = next((k for k in range(n + 1, len(lines)) if ends.match(lines[k].text)), 0) if match else 0
            if match and end:
                made += self._block(name, (match[2] or match[4] or "").strip(), lines[n], lines[n + 1 : end])
                n = end
            else:
                made.append(lines[n])
            n += 1
        return made

    def _block(self, name: str, said: str, opening: TypedLine, inner: list[TypedLine]) -> list[TypedLine]:
        if name == "highlight":
            return code_block(opening, (said.split() or [""])[0], inner)
        if name == "comment":
            return commented(trimmed(inner))
        if name == "raw":
            return inner
        if name == "quote":
            return [line.saying(f"> {line.text}".rstrip()) for line in trimmed(inner)]
        title = next(
            (found[1] or found[2] or found[3] or "" for found in _QUOTED.finditer(said)),
            said if name == "details" else "",
        )
        kinds = re.findall(r"\w+", _QUOTED.sub(" ", said).lower())
        kind = next((each for each in (*kinds, title.lower()) if each in KINDS), "")
        head = kind if kind == title.lower() else f"{kind or 'sidebar'} {title}".strip()
        return boxed(opening, head if kind or title else "note", self._blocks(inner))
