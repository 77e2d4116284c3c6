"""What `pip install .` brings, as the container does it: all code, all data files, and a program that starts."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    for name in ("digests", "bot"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    call = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    done = subprocess.run([*call, "--wheel-dir", str(folder), str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_every_file_of_both_wings_is_in_the_wheel(wheel: Path):
    paths = [path for wing in ("digests", "bot") for path in (ROOT / wing).rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(ROOT)) for path in paths if "__pycache__" not in path.parts}
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert sorted(wanted - inside) == []
    assert {"digests/samples/blinken-ankara-courier.md", "digests/languages/cities.tsv"} <= inside


def test_nothing_but_the_two_wings_is_installed(wheel: Path):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"digests", "bot"}


def test_the_wheel_alone_reads_its_samples_and_knows_its_places(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "import digests; from datetime import datetime, UTC; from digests.sources.samples import load; "
        "from digests.languages.places import find; print(digests.__file__); "
        "print(len(load(datetime.now(UTC))), find('Ankara')[0].zone)"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    home, told = done.stdout.splitlines()
    assert Path(home).is_relative_to(tmp_path)
    assert told == "30 Europe/Istanbul"
