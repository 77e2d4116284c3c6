"""The briefings' engine: sources, reading, stories, editions, delivery. Knows nothing of Telegram's chats."""

import os

# Read by NumPy's OpenBLAS when it is first imported, so this stands where nothing can be imported before it. Our
# products are small: more threads only wait for each other, several times as long where other work runs beside them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
