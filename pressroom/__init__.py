"""Pressroom builds publications from captioned photographs and text: an ebook, a PDF for the screen, one for the press.

A tour: `settings` reads publication.yaml and `manuscript` the chapters; both fill the model in `publication`.
`photographs` finds pictures and brings them to size, `layouts` turns all of it into XHTML pages, `epub` and `pdf` turn
those into files, `preflight` looks at what was made, `build` conducts, and `cli` talks to the person at the desk.
ARCHITECTURE.md has the map.
"""

__version__ = "0.1.0"
