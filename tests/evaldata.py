"""Where the evaluation data lies: the one place that reads EVAL_DATA."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def folder(part: str = "data") -> Path:
    """The folder `part` of the evaluation data. Skips the calling test when it is absent; with CI=true that fails."""
    base = Path(os.environ.get("EVAL_DATA", "../shared"))
    path = (base if base.is_absolute() else ROOT / base) / part
    if not path.exists():
        reason = f"no evaluation data at {path} (set EVAL_DATA)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
