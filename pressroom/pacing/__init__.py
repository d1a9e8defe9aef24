"""Pacing: a sequence of pictures becomes pages and spreads. Pure: it knows shapes and numbers, and opens no file.

`trees` sets several pictures on one page.
"""

from pressroom.pacing.trees import (
    CROP,
    PictureFrame,
    SlicingTree,
    TreeError,
    TreeLayout,
    best_tree,
    parse_tree,
    solve_tree,
    trees_of,
)

__all__ = [
    "CROP",
    "PictureFrame",
    "SlicingTree",
    "TreeError",
    "TreeLayout",
    "best_tree",
    "parse_tree",
    "solve_tree",
    "trees_of",
]
