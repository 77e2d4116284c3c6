"""Pictures from nouns, as PNG: who stands where (issues by actors), and a story's timeline.

Colours are those that people with colour-blindness tell apart (Okabe and Ito 2008), and every cell has its letter as
well. The font is DejaVu Sans (digests/fonts), which has Latin, Turkish, Cyrillic, Greek, Hebrew and Arabic letters;
Arabic ones are joined and put from right to left here, since not every build of the drawing library can. What is shown
is decided in editorial/matrix.py and editorial/timeline.py.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cache
from pathlib import Path

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from PIL import Image, ImageDraw, ImageFont

from digests.editorial.matrix import LETTERS, Matrix
from digests.editorial.timeline import Moment
from digests.languages.en_stances import said, says_condition
from digests.models import Change, Citation, PositionLine, Stance
from digests.text import one_line

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"

COLOURS: Mapping[Stance, str] = {
    Stance.SUPPORTS: "#009E73",
    Stance.DEMANDS: "#0072B2",
    Stance.COMMITS: "#56B4E9",
    Stance.PROPOSES: "#A6DDF5",
    Stance.REJECTS: "#B03A00",
    Stance.OPPOSES: "#E69F00",
    Stance.DENIES: "#F5D08A",
    Stance.ACCUSES: "#CC79A7",
    Stance.THREATENS: "#5B2A5E",
    Stance.DOUBTS: "#F0E442",
}
_INK, _FAINT, _LINE, _PAPER, _EMPTY = "#1b1f24", "#5a6470", "#c9d1d9", "#ffffff", "#f3f5f7"
_MARGIN, _CELL, _GAP = 28, 66, 6
_ROW = 330  # width of the issues' names
_WIDTH = 1040  # of a timeline
_COLOURS_KEPT = 96  # of the palette: smaller files, and no difference to the eye

Font = ImageFont.FreeTypeFont


def matrix_png(shown: Matrix, *, title: str, note: str = "") -> bytes:
    """The matrix: a row an issue, a column an actor, in each cell the newest stances (two at most), each coloured and
    lettered; a legend of the stances that occur."""
    names = [_fit(actor.name, _font(19), 250) for actor in shown.actors]
    head = max((int(_width(name, _font(19)) * 0.87) for name in names), default=0) + 40
    legend = [stance for stance in LETTERS if any(stance in held for held in shown.cells.values())]
    columns = max(1, min(5, len(legend)))
    slope = int(head * 0.58)
    width = max(760, 2 * _MARGIN + _ROW + len(names) * (_CELL + _GAP) + slope)
    top = _MARGIN + 74 + head
    below = top + len(shown.issues) * (_CELL + _GAP) + 26
    image = Image.new("RGB", (width, below + 40 * -(-len(legend) // columns) + _MARGIN), _PAPER)
    draw = ImageDraw.Draw(image)
    _heading(draw, title, note, width)
    for column, name in enumerate(names):
        _slanted(image, name, (_MARGIN + _ROW + column * (_CELL + _GAP) + _CELL // 2, top - 12))
    for row, issue in enumerate(shown.issues):
        y = top + row * (_CELL + _GAP)
        _paragraph(draw, issue, (_MARGIN, y), _ROW - 16, _CELL)
        for column in range(len(names)):
            x = _MARGIN + _ROW + column * (_CELL + _GAP)
            _cell(draw, (x, y), shown.cells.get((row, column), ()))
    for place, stance in enumerate(legend):
        x = _MARGIN + (place % columns) * ((width - 2 * _MARGIN) // columns)
        y = below + 40 * (place // columns)
        _chip(draw, (x, y, x + 32, y + 32), stance, 18)
        draw.text((x + 42, y + 16), str(stance), font=_font(18), fill=_INK, anchor="lm")
    return _png(image)


def timeline_png(moments: Sequence[Moment], *, title: str, zone: tzinfo, note: str = "") -> bytes:
    """A story's timeline from top to bottom: day and time, a mark (coloured and lettered for a stance), and words."""
    texts = [_wrapped(_told(one.what), _font(19), _WIDTH - 2 * _MARGIN - 220, 2) for one in moments]
    heights = [
        26 * len(lines) + (24 if _source(one.what) else 0) + 22 for one, lines in zip(moments, texts, strict=True)
    ]
    image = Image.new("RGB", (_WIDTH, _MARGIN + 84 + sum(heights) + _MARGIN), _PAPER)
    draw = ImageDraw.Draw(image)
    _heading(draw, title, note, _WIDTH)
    y, axis, day = _MARGIN + 84, _MARGIN + 176, ""
    draw.line((axis, y, axis, y + sum(heights) - 16), fill=_LINE, width=4)
    for one, lines, height in zip(moments, texts, heights, strict=True):
        at = one.at.astimezone(zone)
        if (today := f"{at:%-d %b}") != day:
            draw.text((_MARGIN, y + 14), today, font=_font(20), fill=_INK, anchor="lm", stroke_width=0.4)
            day = today
        draw.text((axis - 26, y + 14), f"{at:%H:%M}", font=_font(18), fill=_FAINT, anchor="rm")
        _mark(draw, one.what, (axis, y + 14))
        for number, line in enumerate(lines):
            draw.text((axis + 36, y + 14 + 26 * number), line, font=_font(19), fill=_INK, anchor="lm")
        if source := _source(one.what):
            where = (axis + 36, y + 14 + 26 * len(lines))
            draw.text(where, _fit(source, _font(16), _WIDTH - axis - 80), font=_font(16), fill=_FAINT, anchor="lm")
        y += height
    return _png(image)


# ---- parts -----------------------------------------------------------------------------------------------------


def _heading(draw: ImageDraw.ImageDraw, title: str, note: str, width: int) -> None:
    room = width - 2 * _MARGIN
    draw.text((_MARGIN, _MARGIN), _fit(title, _font(28), room), font=_font(28), fill=_INK, stroke_width=0.5)
    draw.text((_MARGIN, _MARGIN + 42), _fit(note, _font(17), room), font=_font(17), fill=_FAINT)


def _cell(draw: ImageDraw.ImageDraw, at: tuple[int, int], stances: Sequence[Stance]) -> None:
    x, y = at
    draw.rounded_rectangle((x, y, x + _CELL, y + _CELL), 8, fill=_EMPTY)
    if len(stances) == 1:
        _chip(draw, (x, y, x + _CELL, y + _CELL), stances[0], 30)
    elif stances:  # the newest on the left
        half = _CELL // 2 - 1
        _chip(draw, (x, y, x + half, y + _CELL), stances[0], 24)
        _chip(draw, (x + half + 2, y, x + _CELL, y + _CELL), stances[1], 24)


def _chip(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], stance: Stance, size: int) -> None:
    draw.rounded_rectangle(box, 8, fill=COLOURS[stance])
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    ink = _INK if _light(COLOURS[stance]) else _PAPER
    draw.text(middle, LETTERS[stance], font=_font(size), fill=ink, anchor="mm", stroke_width=0.5, stroke_fill=ink)


def _light(colour: str) -> bool:
    """Whether dark letters are read better on it (relative luminance, WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.18


def _mark(draw: ImageDraw.ImageDraw, what: Citation | PositionLine | Change, at: tuple[int, int]) -> None:
    x, y = at
    if isinstance(what, Citation):
        draw.ellipse((x - 8, y - 8, x + 8, y + 8), fill=_PAPER, outline=_FAINT, width=4)
    else:
        stance = what.stance if isinstance(what, PositionLine) else what.after.position.stance
        _chip(draw, (x - 17, y - 17, x + 17, y + 17), stance, 19)


def _told(what: Citation | PositionLine | Change) -> str:
    if isinstance(what, Citation):
        return what.title
    if isinstance(what, PositionLine):
        return f"{what.actor.name} {said(what.actor, what.stance, what.issue, what.target)}"
    before, after = what.before.position, what.after.position
    then, now = (
        said(what.actor, one.stance, one.issue, one.target)
        + (", on a condition" if one.conditional and not says_condition(one.issue) else "")
        for one in (before, after)
    )
    return f"↻ {what.actor.name}: {then} → {now}"


def _source(what: Citation | PositionLine | Change) -> str:
    if isinstance(what, Citation):
        return what.publisher
    return what.best.citation.publisher if isinstance(what, PositionLine) else what.after.citation.publisher


def _slanted(image: Image.Image, name: str, foot: tuple[int, int]) -> None:
    """An actor's name rising from above its column."""
    font = _font(19)
    strip = Image.new("L", (int(_width(name, font)) + 12, 34), 0)
    ImageDraw.Draw(strip).text((4, 17), name, font=font, fill=255, anchor="lm")
    turned = strip.rotate(60, expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(_INK, (foot[0] - 16, foot[1] - turned.height), turned)


def _paragraph(draw: ImageDraw.ImageDraw, text: str, at: tuple[int, int], width: int, height: int) -> None:
    lines = _wrapped(text, _font(18), width, 2)
    start = at[1] + (height - 24 * len(lines)) / 2 + 12
    for number, line in enumerate(lines):
        draw.text((at[0], start + 24 * number), line, font=_font(18), fill=_INK, anchor="lm")


# ---- letters ---------------------------------------------------------------------------------------------------


@cache
def _font(size: int) -> Font:
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper({"delete_harakat": True, "support_ligatures": True})


def visual(text: str) -> str:
    """A line as its letters stand on paper, from left to right: Arabic letters joined, right-to-left runs turned."""
    if not any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufeff" for char in text):
        return text
    return str(get_display(_reshaper().reshape(text), base_dir="L"))


def _width(text: str, font: Font) -> float:
    return font.getlength(text)


def _fit(text: str, font: Font, width: float) -> str:
    """The text as it is drawn, cut with … where it is too long."""
    return _wrapped(text, font, width, 1)[0]


def _wrapped(text: str, font: Font, width: float, most: int) -> list[str]:
    """At most `most` lines of at most `width` pixels, as they are drawn; the last ends in … where more would follow."""
    words = one_line(text).split() or [""]
    lines: list[str] = []
    while words and len(lines) < most:
        last = len(lines) == most - 1
        taken = _as_many(words, font, width)
        line = " ".join(words[:taken])
        words = words[taken:]
        if (last and words) or _width(visual(line), font) > width:
            line = _clipped(line, font, width)
        lines.append(visual(line))
    return lines


def _as_many(words: Sequence[str], font: Font, width: float) -> int:
    """How many of the words fit one line; one at least."""
    return max((n for n in range(1, min(len(words), 40) + 1) if _width(" ".join(words[:n]), font) <= width), default=1)


def _clipped(line: str, font: Font, width: float) -> str:
    while line and _width(visual(line + "…"), font) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    kept = image.quantize(_COLOURS_KEPT, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    kept.save(file, "PNG", optimize=True)
    return file.getvalue()
