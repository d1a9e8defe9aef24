"""Runs the command line as `python -m pressroom`."""

from pressroom.cli import main

if __name__ == "__main__":  # a process that lays out units on macOS or Windows loads this file again
    raise SystemExit(main())
