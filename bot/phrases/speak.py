"""The bot's own words: looked up by key in a file for each language, filled in by name."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.markup import Node, Row, fill


@cache
def phrases(language: str = "en") -> Mapping[str, str]:
    """Every phrase of a language under its dotted key."""
    raw = tomllib.loads(files("bot.phrases").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for section, entries in raw.items():
        found |= {f"{section}.{key}": words for key, words in entries.items()}
    return found


def phrase(key: str, **values: Node | str | int) -> Row:
    """The phrase under `key` with its `{names}` filled in; strings among the values are somebody else's words."""
    return fill(phrases()[key], **values)


def words(key: str, **values: Node | str | int) -> str:
    """The same as bare text: for labels of buttons and names of commands."""
    return phrase(key, **values).plain


def counted(key: str, number: int) -> Row:
    """`number` of something, as "1 article" or "34 articles": the phrases under `key.one` and `key.many`."""
    return phrase(f"{key}_one" if number == 1 else f"{key}_many", n=f"{number:,}")
