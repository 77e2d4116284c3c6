"""What runs in a child process: reads bytes from its input, parses them, writes what they hold to its output.

It has no environment, little memory and little time, opens no socket and starts nothing; its parent (sources/
workers.py) kills it when it takes too long. Jobs and answers are frames: four bytes of length, then so many bytes.
"""

import gc
import json
import resource
import sys
from datetime import datetime
from typing import BinaryIO

from digests.errors import ParseError
from digests.sources.parse.inert import CPU, LENGTH, MEMORY, pack, pack_error
from digests.sources.parse.readers import READERS

_FILES = 64
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.kill", "ctypes.")


def main() -> None:
    """Answer jobs until the input ends or memory does."""
    _confine()
    gc.freeze()  # what was imported stays: looking through it for garbage costs every document time
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    while (about := _frame(jobs)) is not None and (data := _frame(jobs)) is not None:
        _allow_time()
        is_fit = _answer(json.loads(about), data, answers)
        answers.flush()
        if not is_fit:
            return


def _answer(about: dict[str, str], data: bytes, answers: BinaryIO) -> bool:
    """Whether this process is fit for another job."""
    try:
        read = READERS[about["reader"]]
        now = datetime.fromisoformat(about["now"])
        parsed = read(data, now, content_type=about["content_type"], address=about["address"])
        for part in pack(parsed):
            _write(answers, part)
    except ParseError as error:
        if "MemoryError" in str(error):  # a library's own, which a parser took for one of its troubles
            return _full(answers)
        _write(answers, pack_error(str(error)))
    except MemoryError:
        return _full(answers)
    except Exception as error:  # a fault of ours or of a library; the next job may be another matter
        _write(answers, pack_error(f"could not be read ({type(error).__name__})"))
    return True


def _full(answers: BinaryIO) -> bool:
    reason = f"needs more than {MEMORY // 1024 // 1024} MB to be read; given up"
    _write(answers, pack_error(reason, is_spent=True))
    return False


def _confine() -> None:
    """Second lines behind the parser's own bounds. A system that knows no such limit goes without it."""
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    )
    for limit, value in limits:
        _limit(limit, value, value)
    sys.addaudithook(_refuse)


def _allow_time() -> None:
    """The limit counts a process's whole life, so every job moves it on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + CPU, resource.RLIM_INFINITY)


def _limit(limit: int, soft: int, hard: int) -> None:
    try:
        resource.setrlimit(limit, (soft, hard))
    except (ValueError, OSError):
        return


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a parser may not do this: {event}")


def _frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


def _write(stream: BinaryIO, part: bytes) -> None:
    stream.write(LENGTH.pack(len(part)) + part)


if __name__ == "__main__":
    main()
