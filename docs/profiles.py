"""The profiles that come with Pressroom, made from measurements: `make profiles`.

ArgyllCMS makes them (colprof); what it writes that differs from day to day, the date, is then set to that of the
measurements. The same measurements and the same version of ArgyllCMS give the same bytes.
"""

import hashlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROFILE = ROOT / "assets/profiles/coated-fogra39.icc"
MEASUREMENTS = Path("/usr/share/color/icc/FOGRA39L.ti3")
SHA256 = "e44e6dfa81633588db98b5613a821d4a936d3d9438d2eb983083c3232df393fa"
"""Of the measurements, as Debian's icc-profiles-free 2.0.1+dfsg-1.1 has them."""
MEASURED = (2006, 12, 1, 0, 0, 0)
COMMAND = (
    *(
        "colprof",
        "-nc",
        "-qm",
        "-bh",
    ),  # without the measurements inside; fine tables from light to ink, medium ones back
    *("-l300", "-kp", "0", ".2", ".95", ".95", ".6"),  # at most 300 % of ink; black from a fifth of the way to dark
    *("-D", "Coated FOGRA39, 300 % (Pressroom)"),
    *("-C", "zlib licence. Made from the characterisation data FOGRA39L of Fogra, www.fogra.org"),
)


def main() -> None:
    """Write the profile, and its digest into what is said of it."""
    if not MEASUREMENTS.is_file() or not shutil.which("colprof"):
        sys.exit("Type: sudo apt-get install argyll icc-profiles-free")
    measured = MEASUREMENTS.read_bytes()
    if hashlib.sha256(measured).hexdigest() != SHA256:
        sys.exit(f"{MEASUREMENTS} is another file than the one this profile is made from.")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "FOGRA39L.ti3").write_bytes(measured)
        subprocess.run([*COMMAND, "-O", "made.icc", "FOGRA39L"], cwd=folder, check=True)
        profile = bytearray((Path(folder) / "made.icc").read_bytes())
    profile[24:36] = struct.pack(">6H", *MEASURED)
    PROFILE.write_bytes(profile)
    told = PROFILE.with_suffix(".yaml")
    digest = hashlib.sha256(profile).hexdigest()
    told.write_text(re.sub(r"(?m)^(  sha256: ).*", rf"\g<1>{digest}", told.read_text("utf-8")), "utf-8")
    print(digest)


if __name__ == "__main__":
    main()
