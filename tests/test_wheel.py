"""The wheel: built, installed elsewhere, and used there, with nothing of the checkout in reach."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def built(source: Path, folder: Path) -> None:
    """Write source archive and wheel of a checkout into a folder, with what builds them in this environment."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    built(ROOT, folder)
    venv.create(folder / "env")
    python = folder / "env/bin/python"
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
    subprocess.run([*command, next(folder.glob("*.whl"))], check=True, capture_output=True)
    # Its dependencies come from the environment that runs the tests; the checkout is not among them.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    borrowed = folder / "borrowed"
    borrowed.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "pressroom" not in entry.name:
            (borrowed / entry.name).symlink_to(entry)
    (Path(site) / "borrowed.pth").write_text(f"{borrowed}\n")
    return folder


def run(elsewhere: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(elsewhere)}
    return subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False, env=environment)


def test_a_publication_begun_from_the_wheel_builds_at_once(elsewhere: Path) -> None:
    pressroom = elsewhere / "env/bin/pressroom"
    begun = run(elsewhere, pressroom, "init", "story")
    assert begun.returncode == 0, begun.stderr
    made = run(elsewhere, elsewhere / "env/bin/python", "story/make_publication.py")
    assert made.returncode == 0, made.stdout + made.stderr
    assert {f.suffix for f in (elsewhere / "story/dist").iterdir()} == {".epub", ".pdf"}


def test_the_wheel_holds_the_built_in_layouts_and_the_door(elsewhere: Path) -> None:
    code = "from pressroom.design import BUILTIN as b; print(b, *(f.name for f in (b / 'layouts').iterdir()))"
    told = run(elsewhere, elsewhere / "env/bin/python", "-c", code)
    assert all(name in told.stdout for name in ("reportage", "reader", "album"))
    assert str(ROOT) not in told.stdout
    assert run(elsewhere, elsewhere / "env/bin/pressroom", "init", "another").returncode == 0
    assert (elsewhere / "another/make_publication.py").read_bytes() == (ROOT / "make_publication.py").read_bytes()


def test_the_wheel_holds_the_profile_of_the_press(elsewhere: Path) -> None:
    code = (
        "from pathlib import Path; from pressroom.errors import Place; from pressroom.photographs import find_profile"
    )
    code += "; print(find_profile('coated-fogra39', Path(), Place('')))"
    told = run(elsewhere, elsewhere / "env/bin/python", "-c", code)
    assert "identifier='FOGRA39'" in told.stdout


def test_the_wheel_holds_the_rules_of_printers_and_stores(elsewhere: Path) -> None:
    code = "from pressroom.rules import printers, stores; "
    code += "print(printers.builtin_printer('lulu').name, stores.rules_for('kobo').name)"
    assert run(elsewhere, elsewhere / "env/bin/python", "-c", code).stdout.split() == ["Lulu", "Kobo"]


def test_the_wheel_declares_that_it_is_typed(elsewhere: Path) -> None:
    wheel = next(elsewhere.glob("*.whl"))
    assert "pressroom/py.typed" in zipfile.ZipFile(wheel).namelist()
    code = "import pressroom; print(pressroom.__version__, pressroom.build.__module__)"
    told = run(elsewhere, elsewhere / "env/bin/python", "-c", code)
    assert told.stdout.split() == [wheel.name.split("-")[1], "pressroom.api"], told.stderr


def test_another_day_and_folder_give_the_same_bytes(elsewhere: Path, tmp_path: Path) -> None:
    """Files dated today, unpacked from the archive, are made into the archive and the wheel that they come from."""
    archive, wheel = next(elsewhere.glob("*.tar.gz")), next(elsewhere.glob("*.whl"))
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    source = next(tmp_path.iterdir())
    for file in source.rglob("*"):
        os.utime(file, (2e9, 2e9))
    again = tmp_path / "again"
    again.mkdir()
    built(source, again)
    for made in (archive, wheel):
        assert (again / made.name).read_bytes() == made.read_bytes(), made.name


def test_the_wheel_holds_the_package_and_its_licences_alone(elsewhere: Path) -> None:
    with zipfile.ZipFile(next(elsewhere.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        metadata = wheel.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"pressroom"}
    assert not [name for name in names if "test" in Path(name).name and name.endswith(".py")]
    licences = {name.split("/licenses/")[1] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "layouts/LICENSE", "assets/profiles/coated-fogra39.LICENSE"}
    assert "License-Expression: AGPL-3.0-or-later" in metadata
    assert "Requires-Python: >=3.11" in metadata
