"""How many threads the program brings along by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COUNT = "import digests.extract.reader, os; print(len(os.listdir('/proc/self/task')))"


@pytest.mark.skipif(not Path("/proc/self/task").exists() or os.cpu_count() == 1, reason="needs Linux and two cores")
def test_numpy_starts_no_threads_of_its_own_whoever_imports_it_first():
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    bound = free | {"OPENBLAS_NUM_THREADS": "1"}
    counts = [
        int(subprocess.run([sys.executable, "-c", COUNT], env=env, capture_output=True, check=True, text=True).stdout)
        for env in (free, bound)
    ]
    assert counts[0] == counts[1]
