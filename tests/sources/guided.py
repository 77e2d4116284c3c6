"""One reader under atheris, which keeps what reaches new code.

    python -m tests.sources.guided READER SECONDS CORPUS [FINDS]

Prints a line for each kind of trouble, and how many documents were tried; tests/sources/fuzz.py runs it.
"""

import os
import sys
import time
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

OURS = ["digests.sources.parse", "digests.text", "digests.languages.identify", "fastfeedparser", "feedparser"]

with atheris.instrument_imports(include=OURS):
    from tests.sources import fuzz


def main() -> None:
    """Until the time is over: libFuzzer leaves by itself, so what is said is said on the way."""
    reader, seconds, corpus, folder = (*sys.argv[1:5], "")[:4]
    finds = fuzz.Finds(Path(folder) if folder else None)
    until = time.monotonic() + float(seconds)

    def look(data: bytes) -> None:
        finds.look(reader, data)
        if time.monotonic() > until:
            print(f"tried {finds.tried}", flush=True)
            os._exit(0)

    atheris.Setup([sys.argv[0], "-max_len=20000", "-timeout=30", "-rss_limit_mb=3000", corpus], look)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
