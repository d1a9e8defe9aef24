"""`python -m tests.faults [NUMBER]`: tries every fault, or so many, and says what came of it."""

import sys
import tempfile
from pathlib import Path

from tests.faults import tried

with tempfile.TemporaryDirectory() as folder:
    outcome = tried(Path(folder), int(sys.argv[1]) if sys.argv[1:] else 0, is_told=True)
sys.stdout.write(f"{outcome.tried} of {outcome.faults} faults at {outcome.calls} calls that write; ")
sys.stdout.write(f"{len(outcome.complaints)} not as promised\n" + "".join(f"{each}\n" for each in outcome.complaints))
sys.exit(bool(outcome.complaints))
