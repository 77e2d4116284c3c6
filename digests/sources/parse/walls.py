"""Pages that stand before an article, or where one should be: walls, checks, live blogs, galleries. Each by its name.

Words that a wall uses also stand in many an honest page's foot, so they count only where there is little else to read.
"""

import re

LIVE, GALLERY = "a live blog, not one article", "pictures, video or sound, not an article"
NO_ARTICLE = (LIVE, GALLERY)
"""What is no article at all, and says nothing of how the outlet takes us."""

_CONSENT = "a cookie or consent page"
_COOKIES = re.compile(
    r"\b(?:cookies?|consent|personal data|our (?:\d+ )?partners|your (?:privacy|choices|device))\b", re.IGNORECASE
)
_KINDS = 3  # of these, cookies among them
_SELDOM = 30  # words to each of these in an article about cookies; a consent page has more of them
ENOUGH = 250  # words; a page that shows as many has shown its article, whatever else it says
_NOTICE = 15  # words; a wall's notice is a line of its own, while an article may well be about walls
_FIRST = 300_000  # characters of a page that are looked at
_WALLS = tuple(
    (reason, re.compile("|".join(signs), re.IGNORECASE))
    for reason, signs in (
        (
            "a page that says it is not there",
            (
                r"page (?:was |is )?not found|(?:page|article|story) (?:you (?:asked|are looking|were looking) for )?"
                r"(?:can(?:no|')t be found|could not be found|does not exist|is no longer available)",
                r"(?:not|isn.t) available in your (?:country|region|location)",
            ),
        ),
        (
            "a page that checks for robots",
            (
                r"verify (?:that )?you are (?:a )?human|are you a robot|checking your browser|captcha|unusual traffic",
                r"request (?:was )?blocked|access (?:to this page has been )?denied|just a moment\.\.\.",
            ),
        ),
        (
            "a page that wants JavaScript",
            (
                r"(?:enable|turn on|requires?|needs?) java\s?script",
                r"java\s?script (?:is|must be) (?:disabled|required|enabled|turned)",
            ),
        ),
        (
            "behind a paywall",
            (
                r"subscribe (?:now )?to (?:continue|read|unlock|get|keep)|subscriber[- ]only",
                r"already (?:a )?subscribe[rd]",
                r"(?:for|only|exclusive(?:ly)?) (?:for |to |available to )*subscribers|unlock this article",
                r"to continue reading|to read the (?:full|rest of)|you have reached your (?:article )?limit",
                r"free articles? (?:left|remaining|this month)",
            ),
        ),
        (
            "a page that asks for a login",
            (
                r"(?:log|sign) ?in to (?:continue|read|view|access)",
                r"create (?:a|your) free account|register to (?:continue|read)",
            ),
        ),
        (
            _CONSENT,
            (
                r"we value your privacy|(?:accept|allow|reject) all(?: cookies)?|before you continue to",
                r"manage (?:my |your )?(?:cookies|consent|privacy)|consent to (?:the use|our use|cookies)",
                r"we (?:and our (?:\d+ )?partners )?use cookies",
            ),
        ),
    )
)
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^>]{0,300}\btype=[\"']?password", re.IGNORECASE)
_LIVE = re.compile(r'"@type"\s*:\s*\[?\s*"LiveBlogPosting"')
_LIVE_PATH = re.compile(
    r"/(?:live(?:[/?]|$)|(?:live-?blogs?|live-(?:news|updates?|coverage))(?:[/?-]|$))", re.IGNORECASE
)
_GALLERY_PATH = re.compile(
    r"/(?:galler(?:y|ies)|photos?|pictures?|in-pictures|slideshows?|videos?|watch|podcasts?|audio|av)(?:[/?]|$)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def obstacle(markup: str, text: str, address: str) -> str | None:
    """In words, what stands at `address` instead of one article; None where `text` may be one.

    `markup` is the page without its scripts, but with its facts for search engines; `text` what was found of it.
    """
    path = address.partition("://")[2].partition("/")[2]
    if _LIVE.search(markup, 0, _FIRST) or _LIVE_PATH.search(f"/{path}"):
        return LIVE
    if len(text.split()) >= ENOUGH:
        return _CONSENT if _is_consent(text) else None
    if _NOT_FREE.search(markup, 0, _FIRST):
        return "behind a paywall"
    if _GALLERY_PATH.search(f"/{path}"):
        return GALLERY
    return _wall(markup, text)


def _is_consent(text: str) -> bool:
    """Whether a long text is about cookies and little else."""
    found = [sign.lower() for sign in _COOKIES.findall(text)]
    is_of_cookies = any("cookie" in sign for sign in found) and len(set(found)) >= _KINDS
    return is_of_cookies and len(found) * _SELDOM > len(text.split())


def _wall(markup: str, text: str) -> str | None:
    own = [line for line in text.split("\n") if len(line.split()) <= _NOTICE]
    seen = "\n".join(own) if len(text.split()) >= ENOUGH // 3 else _TAG.sub(" ", markup[:_FIRST])
    seen = " ".join(seen.split())
    for reason, pattern in _WALLS:
        if pattern.search(seen):
            return reason
    return "a page that asks for a login" if _PASSWORD.search(markup, 0, _FIRST) else None
