"""Whom pronouns mean where somebody speaks."""

import pytest

from tests.extract.reading import read_text


def speakers(text: str) -> list[str | None]:
    """The speaker of each attribution of a text, in order."""
    return [one.speaker for one in read_text(text).attributions]


@pytest.mark.parametrize(
    "text",
    [
        "Sergei Lavrov spoke on Monday in Moscow. He said Donald Trump must lift the sanctions.",
        "Sergei Lavrov spoke on Monday in Moscow. “Donald Trump is destroying NATO,” he said.",
    ],
)
def test_he_who_speaks_is_not_the_one_he_speaks_of(text: str) -> None:
    assert speakers(text)[-1] == "Sergei Lavrov"
