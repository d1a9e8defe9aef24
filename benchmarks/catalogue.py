"""A catalogue of books S that show photographs of one archive, each with a text of its own: by a loop of the shell, by
`batch`, and by `batch` on a Dask cluster of two workers on this machine.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from books import SIZES, camera_files, write_book
from timing import PRESSROOM, PYTHON, Took, timed

TITLES = 20
LOOP = f'for title in */; do "{PYTHON}" -m pressroom build --root "$title" || exit 1; done'
CLUSTER = """import sys
from distributed import LocalCluster
from pressroom import cli
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        sys.exit(cli.main(["batch", sys.argv[1], "--executor", cluster.scheduler_address]))
"""


def write_catalogue(folder: Path) -> None:
    """Write the titles. Their photographs are links to one archive outside, as far as the system allows."""
    camera_files(folder / "archive", SIZES["S"][2])
    for n in range(TITLES):
        root = folder / "titles" / f"{n:02}"
        write_book(root, "S", seed=n)
        (root / "assets/photos").mkdir(parents=True)
        for file in (folder / "archive").iterdir():
            os.link(file, root / "assets/photos" / file.name)


def measure(folder: Path) -> Iterator[tuple[str, Took]]:
    """What each way takes, the loop first."""
    write_catalogue(folder)
    titles, program = folder / "titles", folder / "cluster.py"
    yield "a shell loop of build", timed("sh", "-c", LOOP, here=titles)
    forget(titles)
    yield "batch", timed(*PRESSROOM, "batch", titles)
    yield "the same, nothing changed", timed(*PRESSROOM, "batch", titles)
    if importlib.util.find_spec("distributed"):
        forget(titles)
        program.write_text(CLUSTER)
        yield "batch on a Dask cluster of two local workers", timed(PYTHON, program, titles)


def forget(titles: Path) -> None:
    """Remove all that was made and kept."""
    for root in (titles, *titles.iterdir()):
        for name in (".pressroom", "dist"):
            shutil.rmtree(root / name, ignore_errors=True)
