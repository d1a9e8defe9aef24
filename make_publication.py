"""Make this publication: book/ + layouts/ + assets/ become dist/*.epub and dist/*.pdf (--help for the rest)."""

from pathlib import Path

from pressroom.cli import main

if __name__ == "__main__":
    raise SystemExit(main(root=Path(__file__).resolve().parent))
