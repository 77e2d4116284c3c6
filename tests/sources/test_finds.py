"""What fuzzing found (tests/sources/fuzz.py), each kept as it was: its reader is the first word of the file's name."""

from pathlib import Path

import pytest

from tests.sources.fuzz import trouble

FINDS = sorted((Path(__file__).parent / "finds").glob("*.bin"))


@pytest.mark.parametrize("path", FINDS, ids=lambda path: path.stem)
def test_what_was_found_once_is_articles_or_a_parse_error(path: Path):
    assert trouble(path.name.partition("-")[0], path.read_bytes()) is None
