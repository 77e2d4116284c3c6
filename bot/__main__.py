"""`python -m bot`: the real bot with TELEGRAM_BOT_TOKEN, and without it the sandbox. One line says what went wrong."""

import argparse
import asyncio
import logging
import sys
from contextlib import AsyncExitStack

from bot.app import open_bot
from bot.rates import Gate
from bot.sandbox.server import Sandbox
from bot.secrecy import Redactor, guard_output
from bot.serve import Stop, serve
from bot.starting import fill_shelves, load_samples, sweep
from digests.channels.pace import Pace, Rates
from digests.errors import DigestsError, SettingsError
from digests.newsroom import open_newsroom
from digests.settings import Settings, load_settings

LOG = logging.getLogger("bot")


def main() -> int:
    """Run until asked to end; the exit code, 0 only for an orderly end."""
    asked = _arguments()
    redactor = Redactor()
    try:
        settings = load_settings()
        if asked.no_sandbox and settings.telegram_bot_token is None:
            raise SettingsError("TELEGRAM_BOT_TOKEN is not set; @BotFather gives a token (README.md, Make it yours)")
        redactor = _prepare_log(settings)
        asyncio.run(_run(settings))
    except DigestsError as error:
        print(redactor.redact(f"briefing-bot: {error}"), file=sys.stderr)  # noqa: T201 - the one line
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "briefing-bot",
        description="The bot: with TELEGRAM_BOT_TOKEN the real one, without it a sandbox chat in the browser.",
    )
    parser.add_argument("--no-sandbox", action="store_true", help="end with one line when no token is set")
    return parser.parse_args()


def _prepare_log(settings: Settings) -> Redactor:
    """Everything to standard error, without secrets. The sandbox keeps quiet unless LOG_LEVEL is set."""
    token, database = settings.telegram_bot_token, settings.database_url
    redactor = Redactor(*(secret.get_secret_value() if secret else None for secret in (token, database)))
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    quiet = token is None and "log_level" not in settings.model_fields_set
    logging.basicConfig(level="ERROR" if quiet else settings.log_level, handlers=[handler], force=True)
    guard_output(redactor, [handler])
    return redactor


async def _run(settings: Settings) -> None:
    stop = Stop()
    stop.listen()
    if settings.telegram_bot_token is None:
        await _run_sandbox(settings, stop)
    else:
        await _run_bot(settings, settings.telegram_bot_token.get_secret_value(), stop)


async def _run_bot(settings: Settings, token: str, stop: Stop) -> None:
    base_url = f"{settings.telegram_api.rstrip('/')}/bot"
    async with AsyncExitStack() as stack:
        newsroom = await stack.enter_async_context(open_newsroom(settings, exclusive=True))
        await fill_shelves(newsroom)
        signing_in = stack.enter_async_context(open_bot(newsroom, token=token, base_url=base_url))
        running = await stop.unless_asked(signing_in)
        if running is not None:
            LOG.info("@%s is at work", running.house.username)
            await serve(running, stop)


async def _run_sandbox(settings: Settings, stop: Stop) -> None:
    folder = settings.data_dir / "sandbox"
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(settings.sandbox_port)
        stack.callback(sweep(folder).release)
        newsroom = await stack.enter_async_context(
            open_newsroom(settings, now=sandbox.now, data_dir=folder, exclusive=True)
        )
        await _listen(sandbox, stack)
        await load_samples(newsroom)
        running = await stack.enter_async_context(
            open_bot(
                newsroom,
                token=sandbox.token,
                base_url=sandbox.api,
                is_sandbox=True,
                gate=Gate(a_second=20, burst=100),
                pace=Pace(Rates(burst=15)),
            )
        )
        print(f"Sandbox chat: {sandbox.page}", flush=True)  # noqa: T201 - what the operator waits for
        await serve(running, stop)


async def _listen(sandbox: Sandbox, stack: AsyncExitStack) -> None:
    try:
        await sandbox.start()
    except OSError:
        raise SettingsError(f"SANDBOX_PORT: port {sandbox.port} is taken; set another, or 0 for any") from None
    stack.push_async_callback(sandbox.stop)


if __name__ == "__main__":
    sys.exit(main())
