"""An outlet's name from what its feed or page calls itself ("NYT > World News", "Top Stories")."""

import re

from digests.sources.parse.drafts import host
from digests.text import one_line

_BETWEEN = re.compile(r"\s+[-–—|»>·•:/]\s+|\s*[|»>·•]\s*|:\s+|\s+[-–—]$")
_SECTIONS = (
    "world news top stories story latest breaking all asia africa europe americas middle east mideast international "
    "internationals global category section politics crime tech and more the of from rss feed feeds home homepage "
    "headlines headline topics us uk business sport sports front page articles recent new updates update "
    "conflict diplomacy war video en english edition opinion analysis online"
)
_GENERIC = frozenset(_SECTIONS.split())
_TAIL = re.compile(r"(?:\s+search records found \d+|\s+rss(?: feeds?)?|\s+feeds?|\s+topics|\.com)$", re.IGNORECASE)


def publisher(title: str, *, link: str = "") -> str:
    """The outlet's name out of a feed's or page's `title`; the host of `link` where the title names only a section."""
    for part in _BETWEEN.split(one_line(title, limit=200)):
        name = _TAIL.sub("", part.strip(" -–—|:>»"))
        words = re.findall(r"[\w'’]+", name.lower())
        if words and not all(word in _GENERIC or word.isdigit() for word in words):
            return name
    return host(link)
