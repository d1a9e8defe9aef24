"""Addresses: pictures and links in a text of a folder get the names that pictures and chapters have with us."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.importing import plain_markdown
from pressroom.importing.folders.folded_texts import unfolded
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.source_folder import is_outside
from pressroom.importing.folders.typed_lines import TypedLine, changed

_LABEL = r"(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\]|\[[^\[\]]*\](?:\([^()\n]*\))?)*\])*"
_ADDRESS = r"<[^<>\n]*>|(?:\\.|[^\s()<>\\]|\((?:[^()\s]|\([^()\s]*\))*\))*"
_INLINE = re.compile(rf"(?<!\\)(!?)\[({_LABEL})\]\(\s*({_ADDRESS})((?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))")
_SPACED = re.compile(
    r"(?<!\\)!\[([^\[\]\n]*)\]\(\s*([^()<>\n\"]*\.(?:jpe?g|png|gif|tiff?|webp|avif|heic|svg|bmp))\s*(\"[^\"\n]*\")?\s*\)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(rf"^( {{0,3}}\[(?!\^)[^\[\]\n]+\]:\s*)({_ADDRESS})(?=\s|$)", re.MULTILINE)
_FIGURE = re.compile(
    r"<figure\b[^<>]*>\s*(?:<a\b[^<>]*>\s*)?(<img\s[^<>]*>)(?:\s*</a>)?\s*"
    r"(?:<figcaption\b[^<>]*>(.*?)</figcaption>)?\s*</figure>",
    re.DOTALL | re.IGNORECASE,
)
_CENTRED = re.compile(r"<(p|div|center|a)\b[^<>]*>\s*(<img\s[^<>]*>)\s*</\1>", re.IGNORECASE)
_IMG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_TWO_BRACES = re.compile(r"(\)\{[^{}\n]*)\}\{(#[\w:.-]+\})")
_PLAYED = re.compile(r"<(video|audio|iframe|embed|object)\b([^<>]*)>(?:.*?</\1\s*>)?", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_PICTURE_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|tiff?|webp|avif|heic|svg|bmp|pdf|eps)$", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:|mailto:|//)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass
class AddressBook:
    """Gives addresses their new names; `chapters` has the name of each chapter by its file."""

    gathering: Gathering
    chapters: Mapping[str, str]

    def settle(self, lines: list[TypedLine]) -> list[TypedLine]:
        """A text with its pictures and links settled."""
        lines = changed(unfolded(lines), _FIGURE, self._figure)
        lines = changed(lines, _CENTRED, lambda match, line: self._img(match[2], line))
        lines = changed(lines, _IMG, lambda match, line: self._img(match[0], line))
        lines = changed(lines, _PLAYED, self._played)
        lines = changed(lines, _TWO_BRACES, lambda match, _: f"{match[1]} {match[2]}")
        lines = changed(lines, _SPACED, self._spaced)
        lines = changed(lines, _INLINE, self._inline)
        return changed(lines, _DEFINITION, self._definition)

    # ---- Markdown

    def _inline(self, match: re.Match[str], line: TypedLine) -> str:
        bang, label, address, rest = match.groups()
        plain = _plain(address)
        if bang:
            return f"![{label}]({self._written(plain, line)}{rest}"
        label = _INLINE.sub(lambda inner: self._inline(inner, line), label)
        target = self.target(plain, line)
        return label if target is None else f"[{label}]({target}{rest}"

    def _spaced(self, match: re.Match[str], line: TypedLine) -> str:
        """A picture with spaces in its address, which is settled here, since it is no picture to other patterns."""
        if " " not in match[2].strip():
            return match[0]
        title = f" {match[3]}" if match[3] else ""
        return f"![{match[1]}](<{match[2].strip()}>{title})"

    def _definition(self, match: re.Match[str], line: TypedLine) -> str:
        plain = _plain(match[2])
        if _PICTURE_SUFFIX.search(plain):
            return f"{match[1]}{self._written(plain, line) or '<>'}"
        target = self.target(plain, line)
        return match[1] + ("#" if target is None else target)

    def _written(self, address: str, line: TypedLine) -> str:
        name = self.gathering.picture(address, line) if address else ""
        return name if re.fullmatch(r"[\w./~+@,-]*", name) else f"<{name}>"

    def target(self, address: str, line: TypedLine) -> str | None:
        """Where a link leads in the publication; None if nowhere, which is noted."""
        if address.startswith("#") or _WEB.match(address):
            return address if not re.search(r"\s", address) else f"<{address}>"
        if not address or _SCHEME.match(address):
            self.gathering.remark("import-link", line, address)
            return None
        path, _, anchor = address.partition("#")
        found = self._document(path, line)
        if found is not None and found in self.chapters:
            return f"{self.chapters[found]}.md" + (f"#{anchor}" if anchor else "")
        id = "import-outside" if is_outside(found) else "import-link-file" if found else "import-link"
        self.gathering.remark(id, line, address)
        return None

    def _document(self, path: str, line: TypedLine) -> str | None:
        """The file that a link names: as it stands, without a suffix, by the web page made of it, or by its folder."""
        folder, root = self.gathering.folder, self.gathering.root
        stem = re.sub(r"\.(?:html?|md|qmd|ipynb|rst)$", "", path)
        tried = (path, *(f"{stem}{suffix}" for suffix in (".md", ".qmd", ".ipynb", ".markdown")))
        inside = (posixpath.join(path, name) for name in ("index.md", "README.md", "index.qmd"))
        found = [folder.resolve(each, line.file, root) for each in (*tried, *inside)]
        return next((each for each in found if each in self.chapters), next(filter(None, found), None))

    # ---- HTML

    def _figure(self, match: re.Match[str], line: TypedLine) -> str:
        caption = " ".join(re.sub(r"</?p\b[^<>]*>", " ", match[2] or "").split())
        return self._img(match[1], line) + (f"\n{caption}" if caption else "")

    def _img(self, tag: str, line: TypedLine) -> str:
        values = values_of(tag)
        alt = plain_markdown.text(values.get("alt", ""))
        width = re.sub(r"px$", "", values.get("width", ""))
        braces = f"{{width={width}}}" if re.fullmatch(r"\d+%?", width) else ""
        address = values.get("src", "")
        return f"![{alt}](<{address}>){braces}" if re.search(r"[\s()]", address) else f"![{alt}]({address}){braces}"

    def _played(self, match: re.Match[str], line: TypedLine) -> str:
        values = values_of(match[2])
        address = values.get("src") or values.get("data") or next(iter(re.findall(r"src=[\"']([^\"']+)", match[0])), "")
        self.gathering.remark("import-player", line, address or match[1])
        words = plain_markdown.text(values.get("title", "")) or address
        return f"[{words}]({address})" if _WEB.match(address) and address[:2] != "//" else ""


def values_of(tag: str) -> dict[str, str]:
    """The attributes of a tag of HTML."""
    found = _VALUE.finditer(tag)
    return {each[1].lower(): html.unescape(next(v for v in each.groups()[1:] if v is not None)) for each in found}


def _plain(address: str) -> str:
    plain = address[1:-1] if address.startswith("<") else address
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)
