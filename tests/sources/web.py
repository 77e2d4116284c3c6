"""A made-up web for tests: addresses and what they answer, behind the real client."""

from collections.abc import Mapping

import httpx

from digests.sources.fetch import GuardedClient

Answers = Mapping[str, httpx.Response | bytes | str | int]


def streamed(content: bytes, status: int = 200, headers: httpx.Headers | None = None) -> httpx.Response:
    """An answer whose body has still to be read, as it comes from a socket."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))


class Web:
    """Answers from a table; counts what was asked. A number answers as that HTTP status."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[str] = []
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        self.requests.append(request)
        answer = self.answers.get(url, 404)
        if isinstance(answer, httpx.Response):
            return streamed(answer.content, answer.status_code, answer.headers)
        if isinstance(answer, int):
            return streamed(b"", answer)
        return streamed(answer.encode() if isinstance(answer, str) else answer)

    def client(self, **options: object) -> GuardedClient:
        return GuardedClient(transport=httpx.MockTransport(self), gap=0.0, **options)  # type: ignore[arg-type]


def rss(*items: str, title: str = "The Harbour Times - World", site: str = "https://harbour.example/") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>{site}</link><language>en-gb</language>"
        f"{''.join(items)}</channel></rss>"
    )


def item(
    title: str = "Ministers meet",
    text: str = "They met on Monday.",
    link: str = "https://harbour.example/1",
    date: str = "Mon, 02 Mar 2026 10:00:00 GMT",
    extra: str = "",
) -> str:
    return (
        f"<item><title>{title}</title><description>{text}</description><link>{link}</link>"
        f"<pubDate>{date}</pubDate>{extra}</item>"
    )


PARAGRAPHS = [
    "The foreign ministers of both countries met for three hours on Monday in the old customs house by the harbour.",
    "Neither side said whether the blockade of the strait would be lifted before the grain harvest begins in June.",
    "A spokesman for the first ministry said that his government demands the release of all the detained sailors.",
    "The second ministry rejected that demand and said the sailors had crossed a line that every captain knows well.",
    "Talks go on next week in the capital, where the presidents are expected to join them on the last of three days.",
]
STORY = " ".join(PARAGRAPHS)


def page(
    title: str = "Ministers meet by the harbour", paragraphs: list[str] = PARAGRAPHS, head: str = "", foot: str = ""
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a><a href="/world">World</a></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        f"{foot}<footer>Copyright the Harbour Times</footer></body></html>"
    )
