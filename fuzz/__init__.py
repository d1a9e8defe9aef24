"""Fuzzing: readers of what strangers send, each fed by atheris with inputs that nobody thought of.

`targets` has one function for each reader, `corpora` what each begins with, `hunt` runs one of them, and
`publications` builds whole publications that are drawn by chance. docs/reliability.md has the commands and the results.
"""
