"""Pages that stand before an article are refused with their name, and the teaser that led to them stays one."""

import pytest

from digests.errors import ParseError
from digests.sources.parse.page import parse_page
from tests.sources.test_page import NOW
from tests.sources.web import PARAGRAPHS, STORY, page

LONG = [*PARAGRAPHS, *(f"In addition, {paragraph}" for paragraph in PARAGRAPHS), *PARAGRAPHS[:4]]
NOT_FREE = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "As it happens"}</script>'


SORRY = (
    "We are sorry, but the page you asked for could not be found. It may have been moved, or its address may have been "
    "written wrongly. Go to our front page, look at what others read today, or use the field above to search for it."
)
COOKIES = (
    "We and our 734 partners store information on your device and read it, such as cookies, and process personal data "
    "for purposes that are listed below. You may give your consent or keep it back, and change your choices whenever "
    "you like to by a link in the foot of any page of ours, which leads to this page again."
)


def wall(*words: str, head: str = "") -> str:
    return f"<html><head><title>The Harbour Times</title>{head}</head><body>{''.join(words)}</body></html>"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (wall("<h1>One moment</h1><p>Checking your browser before you go on.</p>"), "checks for robots"),
        (wall("<p>Please verify you are a human.</p>"), "checks for robots"),
        (wall("<h1>Access denied</h1><p>You have no permission to see this page.</p>"), "checks for robots"),
        (wall("<noscript>Please enable JavaScript to view this site.</noscript>"), "wants JavaScript"),
        (wall("<p>JavaScript is disabled in your browser.</p>"), "wants JavaScript"),
        (page(paragraphs=[PARAGRAPHS[0], "Subscribe to continue reading this story."]), "behind a paywall"),
        (page(paragraphs=[PARAGRAPHS[0], "This article is only for subscribers."]), "behind a paywall"),
        (page(paragraphs=PARAGRAPHS[:2], head=NOT_FREE), "behind a paywall"),
        (page(paragraphs=[PARAGRAPHS[0], "Sign in to continue."]), "asks for a login"),
        (wall("<form><input name='u'><input type='password' name='p'></form>"), "asks for a login"),
        (wall("<h2>We value your privacy</h2><p>We and our 734 partners use cookies.</p>"), "cookie or consent"),
        (wall("<button>Accept all</button><button>Reject all</button>"), "cookie or consent"),
        (page(paragraphs=LONG, head=LIVE), "a live blog"),
        (wall("<p>Nothing to see.</p>"), "no text of an article"),
        (page(title="Page not found", paragraphs=[SORRY]), "says it is not there"),
        (page(paragraphs=[f"This story is not available in your country. {SORRY}"]), "says it is not there"),
        (page(title="Your choices", paragraphs=[f"In case {n}: {COOKIES}" for n in range(8)]), "cookie or consent"),
    ],
)
def test_a_wall_is_refused_by_its_name(document, reason):
    with pytest.raises(ParseError, match=reason):
        parse_page(document.encode(), NOW)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("world/live/2026/mar/10/talks", "a live blog"),
        ("live-updates/harbour-talks", "a live blog"),
        ("world/gallery/2026/harbour", "pictures"),
        ("video/harbour-talks", "pictures"),
    ],
)
def test_an_address_tells_a_live_blog_or_gallery(path, reason):
    with pytest.raises(ParseError, match=reason):
        parse_page(page(paragraphs=PARAGRAPHS).encode(), NOW, address=f"https://harbour.example/{path}")


@pytest.mark.parametrize(
    "path",
    ["world/delivery", "living/olive-harvest", "politics/lives-lost", "world/photosynthesis", "world/live-fire-drills"],
)
def test_addresses_that_only_look_like_it_are_read(path):
    parsed = parse_page(page(paragraphs=PARAGRAPHS).encode(), NOW, address=f"https://harbour.example/{path}")
    assert PARAGRAPHS[1] in parsed.articles[0].text


def test_a_whole_article_is_read_whatever_its_foot_offers():
    foot = "<aside>Subscribe to continue reading our other stories. We use cookies. Log in to view.</aside>"
    document = page(paragraphs=LONG, head=NOT_FREE, foot=foot + "<input type='password'>")
    assert STORY.split(".")[0] in parse_page(document.encode(), NOW).articles[0].text


def test_an_article_about_cookies_and_paywalls_is_read():
    about = (
        "The ministry said that newspapers may not make readers accept all cookies, and that paywalls will be taxed."
    )
    assert about in parse_page(page(paragraphs=[*PARAGRAPHS, about]).encode(), NOW).articles[0].text
