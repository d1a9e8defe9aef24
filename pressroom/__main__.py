"""Runs the command line as `python -m pressroom`."""

from pressroom.cli import main

raise SystemExit(main())
