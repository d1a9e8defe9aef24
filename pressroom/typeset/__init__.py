"""Typesetting: units of XHTML become pages. The only room that knows WeasyPrint."""
