"""Statements and quotations as attributions: the spans alone, for readers of the wire format and for scoring."""

from digests.extract.speakers import Speaker
from digests.extract.statements import Quotation, Statement
from digests.models import Attribution, Span


def as_attributions(
    statements: list[Statement], quotations: list[Quotation], names: dict[int, str]
) -> tuple[Attribution, ...]:
    """Attributions in order of their cue; quotations join the statement that introduces them."""
    found: list[Attribution] = []
    for statement in statements:
        if statement.source is None and not statement.speaker.drafts:
            continue
        extra = tuple(q.span for q in quotations if q.statement is statement)
        content = _merge(statement.content + extra)
        if content:
            source = (statement.source,) if statement.source is not None else ()
            found.append(
                Attribution(
                    source=source, cue=(statement.cue,), content=content, speaker=_name(statement.speaker, names)
                )
            )
    return tuple(found)


def _name(speaker: Speaker, names: dict[int, str]) -> str | None:
    return names.get(id(speaker.drafts[0])) if speaker.drafts else None


def _merge(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans in order, those that meet made one."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
