"""Parsing in children that can be killed. Strangers' bytes are parsed in processes of their own, each with bounded
memory and time; one that hangs or dies costs its document and is replaced. The event loop only ever waits.

What runs in a child is parse/child.py; what crosses back is parse/inert.py.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from digests.errors import ParseError
from digests.sources.parse.drafts import Parsed
from digests.sources.parse.inert import CPU, LARGEST, LENGTH, Nonsense, Spent, Unpacked

WALL = 15.0  # seconds a document, from the moment a child has it
JOBS = 500  # documents a child; then a fresh one takes its place, and memory that libraries lost with it
AT_ONCE = 2
_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from digests.sources.parse.child import main; main()"


class Workers:
    """A few children that parse; an async context manager, and a `sources.base.Parse` when called.

    A child is started when it is first needed, so programs that parse nothing pay nothing. `wall` is the most that a
    document may take.
    """

    def __init__(self, *, at_once: int = AT_ONCE, wall: float = WALL) -> None:
        self._gate = asyncio.Semaphore(at_once)
        self._idle: list[_Child] = []
        self._wall = wall
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        while self._idle:
            await self._idle.pop().end()

    async def __call__(
        self, reader: str, data: bytes, now: datetime, *, content_type: str = "", address: str = ""
    ) -> Parsed:
        """What `data` holds, by a reader of `parse.readers.READERS`. Raises ParseError, also for a child that died."""
        about = {"reader": reader, "now": now.isoformat(), "content_type": content_type, "address": address}
        async with self._gate:
            child = await self._child()
            try:
                parsed = await self._parse(child, json.dumps(about).encode(), data)
            finally:
                if child.is_fit and not self._is_closed:
                    self._idle.append(child)
                else:
                    await child.end()
            return parsed

    async def _child(self) -> "_Child":
        while self._idle:
            child = self._idle.pop()
            if child.is_alive:
                return child
            await child.end()
        return await _Child.start()

    async def _parse(self, child: "_Child", about: bytes, data: bytes) -> Parsed:
        try:
            async with asyncio.timeout(self._wall):
                return await child.parse(about, data)
        except TimeoutError:
            raise ParseError(f"took longer than {self._wall:g} s to read; given up") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise ParseError(await child.last_words()) from None
        except Nonsense:
            raise ParseError("its parser answered with nonsense; given up") from None


class _Child:
    """One process and what it was asked. It is unfit from when a job begins until that has ended as it should."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a child without pipes")
        self._process, self._jobs, self._answers = process, process.stdin, process.stdout
        self._left = JOBS
        self.is_fit = True

    @classmethod
    async def start(cls) -> Self:
        """A fresh process: not forked (it would share the store's lock), no environment, out of reach of Ctrl-C."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-B", "-c", _BEGIN, *_places()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        return cls(process)

    async def parse(self, about: bytes, data: bytes) -> Parsed:
        """One job, and all parts of its answer."""
        with self._job():
            for part in (about, data):
                self._jobs.write(LENGTH.pack(len(part)))
                self._jobs.write(part)
            await self._jobs.drain()
            answer = Unpacked()
            while (parsed := answer.add(await self._part())) is None:
                pass
            return parsed

    async def _part(self) -> bytes:
        (size,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
        if size > LARGEST:
            raise ConnectionError
        return await self._answers.readexactly(size)

    @contextmanager
    def _job(self) -> Iterator[None]:
        self.is_fit = False
        self._left -= 1
        try:
            yield
        except Spent:
            raise
        except ParseError:
            self.is_fit = self._left > 0
            raise
        self.is_fit = self._left > 0

    @property
    def is_alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return self._process.returncode is None

    async def last_words(self) -> str:
        """Why it is gone, in words for whoever sent it the document."""
        with suppress(TimeoutError):  # its pipe is closed, so it is about to be gone by itself
            await asyncio.wait_for(self._process.wait(), 1)
        await self.end()
        code = self._process.returncode or 0
        if code == -signal.SIGXCPU:
            return f"took more than {CPU} s of computing to read; given up"
        return f"its parser broke down ({_signal(-code)}); given up" if code < 0 else "its parser gave up"

    async def end(self) -> None:
        """Killed if it still runs, and its pipes closed."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                # Not Process.kill: that first asks how the process does, and takes its end from under asyncio's eyes.
                os.kill(self._process.pid, signal.SIGKILL)
        await self._process.communicate()


def _places() -> list[str]:
    """Where modules are found, for a child that knows no environment; an empty entry means here."""
    return [str(Path(entry).absolute()) for entry in sys.path]


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
