"""Lines: those of a paragraph are chosen together, so that its spaces are even. Letters and widths in, breaks out.

`breakpoints` finds where a paragraph may be broken and how wide it is up to there; `total_fit` chooses among them.
"""
