"""Heads of blocks as people write them: `::: {.sidebar}`, `::: {.callout-note}`, `:::note`, `::: {#fig-x}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pressroom.manuscript.callouts import callout_kind, callout_title
from pressroom.manuscript.markup import Head

_LOOKS_OF_CALLOUTS = ("icon", "collapse", "appearance", "class")
_LOOKS_OF_FIGURES = ("layout", "layout-ncol", "layout-nrow", "layout-valign", "fig-align", "fig-pos", "fig-env")
FIGURE = "figure"
_STAYS = "Delete this line and its ::: below; the words stay"
_FOREIGN = {
    "columns": f"{_STAYS}, one column under the other. Pictures beside each other are ::: gallery.",
    "column": f"{_STAYS}, one column under the other.",
    "content-visible": "Write ::: only {edition=…}, with the name of an edition.",
    "content-hidden": "Write ::: only {edition=…}, with the editions that are to have it.",
    "panel-tabset": f"{_STAYS}, one tab under the other.",
    "incremental": f"{_STAYS}.",
    "nonincremental": f"{_STAYS}.",
    "fragment": f"{_STAYS}.",
    "notes": "Words for a speaker: write <!-- … --> around them, or ::: sidebar.",
    "hidden": "Write <!-- … --> around what is not to be printed.",
    "column-margin": "Write it as a note, ^[words], or as ::: sidebar.",
    "aside": "Write it as a note, ^[words], or as ::: sidebar.",
    "details": "Write ::: sidebar Title.",
    "spoiler": "Write ::: sidebar Title.",
    "proof": "Write ::: sidebar Proof.",
    "center": f"{_STAYS}: the layout sets where words stand.",
}
"""What to write for blocks of Pandoc, Quarto, Docusaurus and VuePress that have no fellow here."""


def foreign_remedy(name: str) -> str:
    """What to write for a block of another program; empty for a name that none is known to have."""
    return _FOREIGN.get(name, "")


def as_known(head: Head, known: Iterable[str]) -> Head:
    """A head with the name by which the block is known here. Pandoc’s fenced divs have their name among the classes."""
    classes = head.attributes.get("class", "").split()
    if kind := callout_kind(head.name, " ".join(classes)):
        title = callout_title(kind, head.title or head.attributes.get("title", ""))
        kept = {k: v for k, v in head.attributes.items() if k not in (*_LOOKS_OF_CALLOUTS, "title")}
        return replace(head, name="sidebar", title=title, attributes=kept)
    is_layout = not classes and any(key.startswith("layout") for key in head.attributes)
    if not head.name and (is_layout or head.attributes.get("id", "").startswith(("fig-", "fig:"))):
        kept = {k: v for k, v in head.attributes.items() if k not in _LOOKS_OF_FIGURES}
        return replace(head, name=FIGURE, attributes=kept)
    if head.name or not classes:
        return head
    name = next((each for each in classes if each in known), classes[0])
    others = " ".join(each for each in classes if each != name)
    kept = {k: v for k, v in head.attributes.items() if k != "class"} | ({"class": others} if others else {})
    return replace(head, name=name, attributes=kept)
