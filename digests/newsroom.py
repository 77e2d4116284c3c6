"""The switchboard: which function fetches which kind of source, which extractor reads, which store keeps."""
