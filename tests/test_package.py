"""What `pip install .` brings, as the container does it: all code, all data files, and a program that starts."""

import json
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
    data = (
        "samples/blinken-ankara-courier.md",
        "languages/cities.tsv",
        "sources/starter.opml",
        "store/migrations/env.py",
    )
    assert {f"digests/{name}" for name in data} | {"bot/phrases/en.toml"} <= inside


def test_nothing_but_the_two_wings_is_installed(wheel: Path):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"digests", "bot"}


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def run(site: Path, home: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(site), "DATA_DIR": str(home / "data")}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=home, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_the_wheel_that_these_tests_run(site: Path, tmp_path: Path):
    told = run(site, tmp_path, "-c", "import bot, digests; print(bot.__file__, digests.__file__)")
    assert told.split() == [str(site / "bot/__init__.py"), str(site / "digests/__init__.py")]


def test_the_wheel_alone_knows_its_places(site: Path, tmp_path: Path):
    told = run(site, tmp_path, "-c", "from digests.languages.places import find; print(find('Ankara')[0].zone)")
    assert told == "Europe/Istanbul\n"


def test_the_wheel_alone_makes_a_briefing_from_its_samples(site: Path, tmp_path: Path):
    edition = json.loads(run(site, tmp_path, "-m", "digests", "demo", "--json"))
    assert edition["sample"]
    assert len(edition["stories"]) >= 3
    assert all(story["positions"] for story in edition["stories"])


def test_the_wheel_alone_opens_a_new_store(site: Path, tmp_path: Path):
    assert json.loads(run(site, tmp_path, "-m", "digests", "health", "--json"))["well"]
    assert (tmp_path / "data" / "briefings.db").is_file()
