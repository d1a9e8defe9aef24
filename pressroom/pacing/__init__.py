"""Pacing: a sequence of pictures becomes pages and spreads. Pure: it knows shapes and numbers, and opens no file.

`sequence` has what goes in, `trees` set several pictures on one page, `windows` choose what a crop shows. `costs` is
the one table of weights. `page_forms`, `over_forms` and `spread_forms` price what can be done with the next pictures.
`book` chooses among it by dynamic programming: `pace(pictures, paper, wish)`. `placed` says it in words of Markdown:
`words(pacing)`.
"""

from pressroom.pacing.book import PacedSpread, Pacing, pace
from pressroom.pacing.costs import TABLE
from pressroom.pacing.placed import PictureOnSpread, WordsOfPlacement, placed, words
from pressroom.pacing.sequence import Edges, PacingPaper, PacingWish, PictureToPace, Sight, likeness, weights_of
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
    "TABLE",
    "Edges",
    "PacedSpread",
    "Pacing",
    "PacingPaper",
    "PacingWish",
    "PictureFrame",
    "PictureOnSpread",
    "PictureToPace",
    "Sight",
    "SlicingTree",
    "TreeError",
    "TreeLayout",
    "WordsOfPlacement",
    "best_tree",
    "likeness",
    "pace",
    "parse_tree",
    "placed",
    "solve_tree",
    "trees_of",
    "weights_of",
    "words",
]
