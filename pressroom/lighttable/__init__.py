"""The light table: a finished PDF as one page of HTML, its pages with their boxes and with what was found. Pure."""

from pressroom.lighttable.sheet import light_table

__all__ = ["light_table"]
