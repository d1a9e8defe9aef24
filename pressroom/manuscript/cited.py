"""Cited: writes a citation, or a reference that looks like one (`@fig-x`), as XHTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place, did_you_mean, error
from pressroom.manuscript import citations
from pressroom.manuscript.citing import OF_THINGS, CitedWork
from pressroom.manuscript.references import Label
from pressroom.xhtml import escaped, quoted

if TYPE_CHECKING:
    from pressroom.manuscript.prose import ProseWriter


def written(node: Node, writer: ProseWriter) -> str:
    """A citation. What is none, a name after an @, is printed as it stands."""
    works: tuple[CitedWork, ...] = node.meta["works"]
    labels = [_label_of(work, node, writer) for work in works]
    if all(labels):
        named = zip(works, labels, strict=True)
        return ", ".join(_reference(work, label, node, writer) for work, label in named if label)
    place = writer.source.find(node.content.split("\n")[0], *writer.lines)
    unknown = [work for work in works if work.key not in writer.citations.items]
    if unknown and not _report(unknown, node, place, writer):
        return escaped(node.content)
    known = tuple(work for work in works if work not in unknown)
    left = "".join(f" {escaped(f'@{work.key}')}" for work in unknown)
    return (_set(known, node, writer) if known else "") + left if known or not unknown else escaped(node.content)


def _label_of(work: CitedWork, node: Node, writer: ProseWriter) -> Label | None:
    """What a key names. Alone, `@ann` is the name of a person there: it leads to an id, and to no heading “Ann”."""
    label = writer.labels.resolve(f"#{work.key}", writer.source.file)
    if label is None and (small := f"{work.key[:1].lower()}{work.key[1:]}") != work.key and OF_THINGS.match(small):
        return writer.labels.resolve(f"#{small}", writer.source.file)  # Quarto’s `@Fig-x` begins a sentence
    is_meant = not node.meta["is_narrative"] or OF_THINGS.match(work.key) or (label and label.id == work.key)
    return label if is_meant else None


def _reference(work: CitedWork, label: Label, node: Node, writer: ProseWriter) -> str:
    """A link with the words of what it leads to, and with the words around its key. `-@fig-x` is the number alone."""
    text = label.text if work.prefix or work is not node.meta["works"][0] else writer.reference_text(label, node)
    text = label.text.rpartition(" ")[2] if work.is_suppressed and label.is_counted else text
    before = f"{escaped(work.prefix)} " if work.prefix else ""
    after = f", {work.locator}" if work.locator else ""
    after += work.suffix if work.suffix[:1] in ",;.:" else f" {work.suffix}"
    return f'{before}<a class="reference" href="#{label.id}">{escaped(text)}</a>{escaped(after)}'


def _report(unknown: list[CitedWork], node: Node, place: Place, writer: ProseWriter) -> bool:
    """Report keys that nothing has; whether the citation is one for all that."""
    is_bare, there = node.meta["is_narrative"], writer.citations
    for work in unknown:
        if OF_THINGS.match(work.key):
            writer.findings.append(writer.labels.dead(f"#{work.key}", writer.source.file, place))
        elif there.is_there and (not is_bare or did_you_mean(work.key, there.items)):
            why = f"No bibliography has a work with the key “{work.key}”."
            writer.findings.append(error("citation-unknown", place, why, there.unknown(work.key)))
    return there.is_there


def _set(works: tuple[CitedWork, ...], node: Node, writer: ProseWriter) -> str:
    there = writer.citations
    if node.meta.get("is_name"):
        return there.narrative(works[0])[0]
    is_split = node.meta["is_narrative"] or (len(works) == 1 and works[0].is_suppressed)
    if is_split and not there.as_notes:
        names, rest = there.narrative(works[0])
        linked = _anchored(_link(works[0].key, rest, writer), works, writer)
        return linked if works[0].is_suppressed else f"{names} {linked}"
    text = there.set(works)
    order = citations.order_of(text)
    parts = citations.parted(text)
    if there.has_ranges:
        parts = citations.with_ranges(parts)
    pieces = [
        f"{before}{_link(works[n].key, inside, writer) if inside else ''}{after}"
        for n, (before, inside, after) in zip(order, parts, strict=False)
    ]
    return _anchored("".join(pieces), works, writer)


def _link(key: str, inside: str, writer: ProseWriter) -> str:
    id = quoted(f"#{writer.citations.id_of(key)}")
    return f'<a class="cited" epub:type="biblioref" role="doc-biblioref" href={id}>{inside}</a>'


def _anchored(text: str, works: tuple[CitedWork, ...], writer: ProseWriter) -> str:
    """A citation with an id, to which the list of works leads back."""
    writer.cited += 1
    id = f"{writer.chapter_id}-cite-{writer.cited}"
    for work in works:
        writer.citations.cited_at[work.key].append(id)
    return f'<span class="citation" id="{id}">{text}</span>'
