"""Rules: what printers and stores ask for, each rule with its source and the day on which that source was read.

Each printer and each store is a file of data: `data/printers/NAME.yaml` and `data/stores/NAME.yaml` here, and a
publication’s own `assets/printers/NAME.yaml` in the same form. A rule that no source confirms is left out, and
Pressroom checks nothing in its place.
"""
