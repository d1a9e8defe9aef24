"""Make this publication: book/ + layouts/ + assets/ become dist/*.epub and dist/*.pdf (--help for the rest)."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run() -> int:
    """Run Pressroom for this folder; where this Python has no Pressroom, say what to type instead."""
    try:
        from pressroom.cli import main  # noqa: PLC0415 - it may not be installed for this Python

        return main(root=HERE)
    except ModuleNotFoundError as fault:
        sys.stderr.write(f"{sys.executable} does not have “{fault.name}”, which Pressroom needs. Type: {remedy()}\n")
        return 3


def remedy() -> str:
    """The command that builds here with an environment of this folder, makes one, or installs Pressroom."""
    pythons = (HERE / ".venv" / "bin" / "python", HERE / ".venv" / "Scripts" / "python.exe")
    own = next((python for python in pythons if python.exists()), None)
    if own:
        return f"{own.relative_to(HERE)} {Path(__file__).name}"
    return "make publication" if (HERE / "Makefile").exists() else "pip install pressroom"


if __name__ == "__main__":
    raise SystemExit(run())
