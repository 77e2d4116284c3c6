"""How fast the bot answers in the sandbox, and how soon after its start: `python -m tests.benchmarks.answers`.

Every command is sent twenty times to a bot with the sample store; the time runs from the message to the answer's
acceptance by the sandbox, long polling and the inbox included. Then the program is started as `make run` starts it,
and the time runs to the line with its address and to the first answer to Start.
"""

import asyncio
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bot.stage import make_library, on_stage
from tests.sandbox.test_browser import ARGUMENTS, CHROMIUM

TIMES = 20
COMMANDS = (
    "/start", "/help", "/brief", "/actors", "/actors Hakan Fidan", "/positions", "/positions turkey ceasefire",
    "/story 1", "/why 1", "/search ceasefire", "/follow Turkey", "/following", "/unfollow Turkey",
    "/timezone Ankara", "/time 07:30", "/days mon-fri", "/settings", "/status", "/sources", "/pause", "/resume",
)  # fmt: skip


async def answers(folder: Path) -> None:
    """Print a line for each command: median and slowest of its answers, in milliseconds."""
    library = await make_library(folder / "library", datetime.now(UTC))
    print(f"{'command':30} {'median':>8} {'slowest':>8}  ms")
    async with on_stage(folder / "data", library=library) as stage:
        ada = stage.sandbox.user(501, "Ada")
        await stage.ask(ada, "/start")
        for command in COMMANDS:
            taken = []
            for _ in range(TIMES):
                began = time.perf_counter()
                await stage.ask(ada, command)
                taken.append(1000 * (time.perf_counter() - began))
                await asyncio.sleep(0.05)
            print(f"{command:30} {statistics.median(taken):8.0f} {max(taken):8.0f}")


def start(folder: Path) -> None:
    """Print how long the program takes from its start to its line, and to the first answer in the page."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "SANDBOX_PORT": "0", "PYTHONPATH": str(Path.cwd())}
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot"]
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        address = re.sub(r"^Sandbox chat: ", "", bot.stdout.readline().strip())
        print(f"\nfrom start to the line with the address: {time.perf_counter() - began:.1f} s")
        with urllib.request.urlopen(address) as page:
            assert page.status == 200
        print(f"from start to the page's answer: {time.perf_counter() - began:.1f} s")
        if CHROMIUM.exists():
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                page = browser.new_page()
                page.goto(address)
                page.click("#start")
                page.locator(".message.theirs").first.wait_for()
                print(f"from start to the first answer in a browser: {time.perf_counter() - began:.1f} s")
                browser.close()
        bot.terminate()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(answers(Path(name)))
    with tempfile.TemporaryDirectory() as name:
        start(Path(name))
