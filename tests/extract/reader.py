"""One reader for all tests of a process: its weights are loaded once."""

from digests.extract.reader import EncoderReader

READER = EncoderReader()
