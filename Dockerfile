# The bot in one container, run by a user without rights. Everything that must survive lies in /data.
#   docker build -t briefing-bot .
#   docker run -d --restart unless-stopped --stop-timeout 60 -e TELEGRAM_BOT_TOKEN=... -v briefings:/data briefing-bot
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/bot
# The libraries change seldom: their layer is kept until the lock changes.
COPY requirements.lock ./
RUN /opt/bot/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY digests ./digests
COPY bot ./bot
RUN /opt/bot/bin/pip install --no-deps . \
    && /opt/bot/bin/pip check \
    && /opt/bot/bin/python -m compileall -q /opt/bot/lib

FROM ${PYTHON}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 0700 /data
COPY --from=build /opt/bot /opt/bot
# A briefing.toml in /data is read: it is the folder the bot works in.
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data
WORKDIR /data
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=120s --timeout=20s --start-period=60s --retries=3 CMD ["digests", "health"]
# Nobody can reach a sandbox inside: without a token, one line and the end.
CMD ["briefing-bot", "--no-sandbox"]
