# ruff: noqa: E501
"""Web pages of invented outlets in the layouts that real ones have, each with what a reader came for and what it did not.

All words are ours. `LAYOUTS` holds, by name, the page and what should come of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TALKS = [
    "VELMAR — Negotiators from the two coastal republics left the old customs house on Thursday without a word to the "
    "reporters who had waited there since dawn.",
    "The foreign minister of Ostria, Lena Marwick, said later that her government will not lift the blockade before the "
    "detained sailors are released.",
    "“We have said this in private and we say it in public,” she told a news conference. “Nobody in this room should be "
    "surprised.”",
    "Officials of the neighbouring republic rejected the demand and said that the sailors had crossed a line drawn by "
    "treaty eleven years ago.",
    "Diplomats who follow the talks expect a third round in the first week of June, when both presidents are due to "
    "meet at the harbour festival.",
    "Grain exporters warned that another month without passage would leave four hundred thousand tonnes in silos that "
    "were built for half as much.",
]
DAM = [
    "The upper house of Karsten voted on Wednesday night to suspend the treaty on the Irel dam, two days before the "
    "deadline that its neighbours had set.",
    "Prime Minister Tomas Velde defended the vote and said the treaty had been a promise made under pressure, which no "
    "parliament is bound to keep for ever.",
    "In the capital of the lower valley the water minister called the decision a breach of law and announced that her "
    "country will go to the court in Merran.",
    "Engineers on both sides said the gates cannot be closed before autumn, since the spillway is still under repair "
    "after the flood of last year.",
    "The Union of River States asked both governments to return to the table and offered to pay for an inspection of "
    "the wall by a third country.",
]
STRIKE = [
    "Dockers in five ports walked out at midnight after the shipping association refused to talk about the night shifts "
    "that cost three lives this winter.",
    "“Nobody goes back before there is a date for negotiations,” said Ruth Aldane, who leads the union, as the first "
    "cranes came to a halt.",
    "The association said it remains willing to meet but opposes any agreement that would bind ports abroad as well.",
    "The transport ministry urged both sides to use the mediator whom parliament appointed in January and whom neither "
    "has called so far.",
    "By noon more than forty ships lay at anchor off the breakwater, among them two that carry medicine for the islands.",
]
RELATED = [
    "Storm damages lighthouse on the northern cape",
    "What the harbour festival costs the city",
    "Ten bridges worth a detour",
]
NEWSLETTER = "Sign up for our morning newsletter and get the day in five minutes."
COOKIES = "We use cookies to improve your experience. By continuing you accept our policy."
COPYRIGHT = "© 2026 All rights reserved. Reproduction in whole or in part is prohibited."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page, and what should come of it. `furniture` are words that must not."""

    html: str
    title: str
    text: list[str]
    furniture: tuple[str, ...] = ()
    author: str | None = None
    day: str = ""


def paragraphs(texts: Iterable[str], between: Mapping[int, str] | None = None) -> str:
    """Paragraphs with other markup before those of these places."""
    between = between or {}
    return "".join(f"{between.get(place, '')}<p>{text}</p>\n" for place, text in enumerate(texts))


def whole(title: str, body: str, head: str = "", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def links(titles: Iterable[str], around: str = "li") -> str:
    return "".join(f'<{around}><a href="/{title[:8]}">{title}</a></{around}>' for title in titles)


def blog() -> Wanted:
    """The commonest theme of the commonest system: sidebar, share buttons, comments below."""
    title = "Talks end without a word"
    body = (
        '<div id="page" class="hfeed site"><header><nav class="main-navigation"><ul>'
        f"{links(['Home', 'World', 'Opinion', 'About us'])}</ul></nav></header>"
        '<div id="primary" class="content-area"><main><article class="post-12 post type-post hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{title}</h1><div class="entry-meta">Posted on '
        '<time class="entry-date published" datetime="2026-03-05T18:20:00+00:00">March 5, 2026</time> by '
        '<span class="author vcard"><a href="/author/ida">Ida Holm</a></span></div></header>'
        f'<div class="entry-content">{paragraphs(TALKS)}'
        '<div class="sharedaddy sd-sharing"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Twitter'
        "</a></li><li><a>Click to share on Facebook</a></li></ul></div>"
        f'<div id="jp-relatedposts"><h3>Related</h3><ul>{links(RELATED)}</ul></div></div>'
        '<footer class="entry-footer">Posted in <a>World</a> Tagged <a>Ostria</a></footer></article>'
        '<div id="comments"><h2>2 thoughts on “Talks end without a word”</h2><ol class="comment-list"><li><p>First '
        "reader: I knew that this would happen, they never listen to the fishermen.</p></li><li><p>Second reader: The "
        "festival will be a disaster, mark my words.</p></li></ol><h3>Leave a Reply</h3><p>Your email address will not "
        "be published. Required fields are marked *</p></div></main></div>"
        f'<aside id="secondary"><h2>Recent Posts</h2><ul>{links(RELATED)}</ul></aside>'
        f"<footer>Proudly powered by a blog. {COPYRIGHT}</footer></div>"
    )
    unwanted = ("Click to share", "fishermen", "Leave a Reply", "lighthouse", "Posted in", "powered by")
    return Wanted(
        html=whole(f"{title} – The Velmar Log", body),
        title=title,
        text=TALKS,
        furniture=unwanted,
        author="Ida Holm",
        day="2026-03-05",
    )


def soup() -> Wanted:
    """A large outlet's own system: nested divs with generated class names, boxes between the paragraphs."""
    title = "Karsten suspends dam treaty two days before deadline"
    promo = f'<div class="sc-1x"><div class="sc-9q"><h4>Read more</h4><ul>{links(RELATED)}</ul></div></div>'
    letter = f'<div class="sc-4k" data-component="newsletter"><p>{NEWSLETTER}</p><button>Subscribe</button></div>'
    figure = '<figure><img src="d.jpg" alt=""><figcaption>The Irel dam in spring. Photo: R. Osk</figcaption></figure>'
    body = (
        f'<div class="sc-a"><div class="sc-b"><a href="/">Meridian</a><ul>{links(["Politics", "Economy", "Sport"])}</ul></div>'
        f'<div class="sc-c" role="main"><h1 class="sc-d">{title}</h1><div class="sc-e"><span>By <a>Jon Reyk</a></span>'
        '<time datetime="2026-03-04T22:41:00Z">4 March 2026 22:41</time><span>3 min read</span></div>'
        f'<div class="sc-f">{figure}{paragraphs(DAM, {2: promo, 4: letter})}</div>'
        '<div class="sc-g"><span>Topics</span><a>Water</a><a>Karsten</a></div></div>'
        f'<div class="sc-h"><h3>Most read</h3><ol>{links(RELATED)}</ol></div><div class="sc-i">{COOKIES}</div>'
        f"<div>{COPYRIGHT}</div></div>"
    )
    head = (
        '<meta property="og:site_name" content="Meridian"><meta name="author" content="Jon Reyk">'
        '<meta property="article:published_time" content="2026-03-04T22:41:00Z">'
    )
    return Wanted(
        html=whole(f"{title} | Meridian", body, head),
        title=title,
        text=DAM,
        furniture=("lighthouse", "newsletter", "R. Osk", "cookies", "Most read", "min read"),
        author="Jon Reyk",
        day="2026-03-04",
    )


def semantic() -> Wanted:
    """What the textbooks ask for: main, article, section, and facts for search engines."""
    title = "Dockers walk out in five ports"
    facts = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
        f'{title}","datePublished":"2026-03-06T00:45:00Z","author":{{"@type":"Person","name":"Mara Quist"}}}}</script>'
    )
    body = (
        f"<header><nav>{links(['News', 'Ports', 'Weather'], 'span')}</nav></header><main><article><header><h1>{title}</h1>"
        f'<p class="byline">By Mara Quist</p></header><section>{paragraphs(STRIKE[:3])}</section><aside><h2>Background'
        f"</h2><p>{RELATED[0]}</p></aside><section><h2>A mediator nobody calls</h2>{paragraphs(STRIKE[3:])}</section>"
        f"</article></main><footer><p>{COPYRIGHT}</p></footer>"
    )
    text = [*STRIKE[:3], "A mediator nobody calls", *STRIKE[3:]]
    return Wanted(
        html=whole(title, body, facts),
        title=title,
        text=text,
        furniture=("lighthouse", "rights reserved", "Weather"),
        author="Mara Quist",
        day="2026-03-06",
    )


def tables() -> Wanted:
    """A page from the last century that nobody dared to touch. (Its side columns come along.)"""
    title = "Talks end without a word"
    menu = "<br>".join(f'<a href="{name}.htm">{name}</a>' for name in ("Front page", "Archive", "Contact"))
    body = (
        f'<table width="780"><tr><td width="140" valign="top"><font size="2">{menu}</font></td>'
        f'<td><font size="5"><b>{title}</b></font><br><font size="1">5 March 2026</font>{paragraphs(TALKS)}</td>'
        f'<td width="120"><font size="1">Advertisement<br>Boats for hire, day and night</font></td></tr></table>'
        f'<center><font size="1">{COPYRIGHT}</font></center>'
    )
    return Wanted(
        html=whole(title, body),
        title=title,
        text=TALKS,
        furniture=("rights",),
        day="2026-03-05",
    )


def amp() -> Wanted:
    """The copy for phones."""
    title = "Karsten suspends dam treaty two days before deadline"
    body = (
        f'<amp-sidebar id="s"><ul>{links(["Home", "Sections"])}</ul></amp-sidebar><article class="amp-wp-article"><header>'
        f'<h1 class="amp-wp-title">{title}</h1><div class="amp-wp-byline">Jon Reyk</div></header><amp-img src="d.jpg">'
        f'</amp-img><div class="amp-wp-article-content">{paragraphs(DAM)}</div></article><amp-ad></amp-ad>'
        f"<footer><a>Leave a comment</a><p>{COPYRIGHT}</p></footer>"
    )
    return Wanted(html=whole(title, body), title=title, text=DAM, furniture=("Leave a comment", "Sections", "rights"))


def breaks() -> Wanted:
    """An agency's page: no paragraphs at all, only line breaks."""
    title = "Dockers walk out in five ports"
    body = (
        f'<div class="top"><a>Wire</a> <a>Photos</a></div><h1>{title}</h1><div class="date">March 6, 2026</div>'
        f'<div class="story">{"<br><br>".join(STRIKE)}</div><div class="foot">{COPYRIGHT}</div>'
    )
    return Wanted(html=whole(title, body), title=title, text=STRIKE, furniture=("Photos", "rights"), day="2026-03-06")


def scripts() -> Wanted:
    """A page that is nine tenths program, with its state as data beside the text."""
    title = "Talks end without a word"
    state = "{" + ",".join(f'"k{number}":"{RELATED[number % 3]}"' for number in range(2000)) + "}"
    body = (
        f'<div id="__next"><div><article><h1>{title}</h1><div data-testid="body">{paragraphs(TALKS)}</div></article></div>'
        f'</div><script id="__NEXT_DATA__" type="application/json">{state}</script>'
        f"<script>window.x={state};for(var i=0;i<9;i++){{document.write('<p>written by a script</p>')}}</script>"
        f"<style>{'.a{color:red}' * 500}</style><noscript>Please enable the rest of this page.</noscript>"
    )
    return Wanted(
        html=whole(title, body),
        title=title,
        text=TALKS,
        furniture=("lighthouse", "written by a script", "Please enable"),
    )


def quotes() -> Wanted:
    """Headings, a list and a set-off quotation that belong to the article."""
    title = "What the two sides want from the talks"
    items = ["The sailors are released first.", "The blockade ends within a week of that."]
    said = "“A treaty is only as old as the last government that believed in it,” one of the negotiators said."
    text = [*TALKS[:2], "What Ostria asks for", *items, said, *TALKS[3:]]
    body = (
        f"<main><article><h1>{title}</h1>{paragraphs(TALKS[:2])}<h2>What Ostria asks for</h2><ul>"
        f"{''.join(f'<li>{one}</li>' for one in items)}</ul><blockquote><p>{said}</p></blockquote>{paragraphs(TALKS[3:])}"
        f"</article></main><nav>{links(RELATED, 'p')}</nav>"
    )
    return Wanted(html=whole(title, body), title=title, text=text, furniture=("lighthouse",))


def tabloid() -> Wanted:
    """Share bars, embedded posts, polls and promises between any two sentences."""
    title = "PORTS AT A STANDSTILL: forty ships wait"
    share = '<div class="social-share"><span>Share</span><span>Tweet</span><span>12 comments</span></div>'
    post = '<blockquote class="twitter-tweet"><p>Nothing moves here! #strike</p>&mdash; Harbour Fan (@harbourfan)</blockquote>'
    poll = '<div class="poll"><p>Are the dockers right?</p><label>Yes</label><label>No</label></div>'
    more = f'<p class="also-read"><strong>Also read:</strong> <a href="/x">{RELATED[1]}</a></p>'
    body = (
        f'<div class="article"><h1>{title}</h1>{share}<div class="article__body">{paragraphs(STRIKE, {1: more, 2: post, 4: poll})}'
        f'</div>{share}<div class="outbrain"><h3>Around the web</h3>{links(["Doctors hate this fisherman", *RELATED], "p")}</div></div>'
    )
    return Wanted(
        html=whole(title, body),
        title=title,
        text=STRIKE,
        furniture=("Tweet", "Doctors hate", "Are the dockers right", "#strike", "harbour festival costs"),
    )


def short() -> Wanted:
    """A brief of three sentences among much else."""
    title = "Mediator to be called"
    body = (
        f"<nav>{links(['News', 'Ports', 'Sport', 'Weather'], 'span')}</nav><article><h1>{title}</h1>{paragraphs(STRIKE[2:4])}"
        f"</article><section><h2>More from Ports</h2>{links(RELATED * 3, 'p')}</section><footer>{COPYRIGHT}</footer>"
    )
    return Wanted(html=whole(title, body), title=title, text=STRIKE[2:4], furniture=("lighthouse", "rights"))


def encoded() -> Wanted:
    """Everything as entities, and a non-breaking space where others have one that breaks."""
    found = semantic()
    html = (
        found.html.replace("“", "&ldquo;")
        .replace("”", "&#8221;")
        .replace(" said", "&nbsp;said")
        .replace("—", "&mdash;")
    )
    return Wanted(
        html=html, title=found.title, text=found.text, furniture=found.furniture, author=found.author, day=found.day
    )


def long() -> Wanted:
    """Three reports in one feature, with lines between them."""
    title = "A week on three coasts"
    text = [*TALKS, *DAM, *STRIKE]
    body = f'<div class="feature"><h1>{title}</h1>{paragraphs(text, {6: "<hr>", 11: "<hr>"})}</div><footer>{COPYRIGHT}</footer>'
    return Wanted(html=whole(title, body), title=title, text=text, furniture=("rights",))


LAYOUTS = {
    layout.__name__: layout()
    for layout in (blog, soup, semantic, tables, amp, breaks, scripts, quotes, tabloid, short, encoded, long)
}
