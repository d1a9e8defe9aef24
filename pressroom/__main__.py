"""`python -m pressroom` is the command `pressroom`."""

from pressroom.cli import main

raise SystemExit(main())
