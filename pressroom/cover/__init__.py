"""Covers: the front of every edition, and the sheet that a printed book is bound in."""
