"""The command line, run as people and pipes run it: in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import evaldata
from tests.sources.served import served
from tests.sources.web import item, page, rss

ARTICLE = {
    "id": "a",
    "title": "Turkey rejects the offer",
    "text": "Turkey rejected a Swedish offer of talks on Monday.\n\nSweden said that it supports new talks in Ankara.",
    "publisher": "The Test Courier",
    "published": "2026-02-16T08:00:00Z",
    "url": "https://test-courier.example/a",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    return tmp_path


def digests(home: Path, *args: str, code: int = 0, allow: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in an empty folder with no settings but the data's."""
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(home / "data"), "HOME": str(home), "COLUMNS": "100"}
    env["PYTHONPATH"] = str(evaldata.ROOT)
    env["ALLOW_HOSTS"] = allow
    command = [sys.executable, "-W", "error", "-m", "digests", *args]
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_demo_prints_a_briefing_with_nothing_set_up(home: Path) -> None:
    said = digests(home, "demo").stdout
    assert "SAMPLE" in said
    assert "1. " in said
    assert "publishers" in said
    assert "↗" in said
    assert not (home / "data").exists()


def test_an_article_goes_in_and_its_positions_come_out_with_exact_evidence(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    found = lines(digests(home, "positions", "--json", "--now", "2026-02-16T12:00Z"))
    rejects = [one for one in found if one["actor"] == "Turkey" and one["stance"] == "rejects"]
    assert rejects
    evidence = rejects[0]["evidence"]
    whole = ARTICLE["text"] if evidence["in"] == "text" else ARTICLE["title"]
    assert whole[evidence["start"] : evidence["end"]] == evidence["text"]
    assert rejects[0]["article"]["publisher"] == "The Test Courier"
    assert rejects[0]["article"]["published"] == "2026-02-16T08:00:00Z"
    assert set(rejects[0]) >= {"actor", "kind", "stance", "issue", "target", "conditional", "confidence"}


def test_ingesting_twice_keeps_one_article(home: Path) -> None:
    assert lines(digests(home, "ingest", "articles.jsonl", "--json"))[0]["new"] == 1
    again = lines(digests(home, "ingest", "articles.jsonl", "--json"))[0]
    assert (again["new"], again["duplicate"]) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "no such"),
        ("empty.xml", b"", "empty"),
        ("not-a-feed.xml", b"just some words", ""),
        ("binary.txt", bytes(range(256)) * 40, ""),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_1(
    home: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (home / name).write_bytes(content)
    done = digests(home, "ingest", name, code=1)
    reasons = done.stderr.strip().splitlines()
    assert len(reasons) == 1
    assert name in reasons[0]
    assert words in reasons[0].lower()


def test_an_unreadable_neighbour_costs_nothing_else(home: Path) -> None:
    done = digests(home, "ingest", "missing.txt", "articles.jsonl")
    assert "missing.txt" in done.stderr
    assert lines(digests(home, "search", "Swedish", "--now", "2026-02-17", "--json"))[0]["title"] == ARTICLE["title"]


def test_a_long_ingest_ends_with_what_was_refused_and_why(home: Path) -> None:
    many = [json.dumps(ARTICLE), *("nonsense" for _ in range(30))]
    (home / "articles.jsonl").write_text("\n".join(many))
    done = digests(home, "ingest", "articles.jsonl")
    head, summary, *_ = (" ".join(line.split()) for line in done.stdout.splitlines())
    assert head == "source new changed duplicate refused waiting"
    assert summary == "articles.jsonl 1 0 0 30 0"
    assert "30 not valid JSON line 2" in " ".join(done.stdout.split())
    assert done.stderr.strip().splitlines()[-1] == "... and 10 more, counted above"
    assert "looked at" not in done.stderr + done.stdout


def test_brief_and_actors_speak_of_the_window_asked_for(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    told = lines(digests(home, "brief", "--now", "2026-02-16T20:00Z", "--json"))[0]
    assert told["coverage"]["articles"] == 1
    names = [card["name"] for card in lines(digests(home, "actors", "--now", "2026-02-16T20:00Z", "--json"))]
    assert {"Turkey", "Sweden"} <= set(names)
    before = lines(digests(home, "brief", "--now", "2026-02-10", "--json"))[0]
    assert before["coverage"]["articles"] == 0
    assert before["stories"] == []


def test_a_near_miss_is_suggested(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    done = digests(home, "actors", "turkye", code=1)
    assert "Did you mean Turkey?" in done.stderr


def test_read_prints_the_wire_format_without_a_store(home: Path) -> None:
    said = lines(digests(home, "read", "articles.jsonl", "--json"))
    assert said[0]["id"] == "a"
    assert {"actors", "attributions", "positions"} <= set(said[0])
    assert not (home / "data").exists()


def test_read_names_the_line_that_it_cannot_read_and_goes_on(home: Path) -> None:
    (home / "articles.jsonl").write_text("nonsense\n" + json.dumps(ARTICLE) + "\n")
    done = digests(home, "read", "articles.jsonl", "--json", code=1)
    assert "articles.jsonl:1:" in done.stderr
    assert len(lines(done)) == 1


def test_group_prints_a_story_for_each_line_and_needs_no_store(home: Path) -> None:
    again = {
        "id": "b",
        "title": "Sweden's offer rejected by Turkey",
        "text": ARTICLE["text"],
        "published": "2026-02-16",
    }
    (home / "articles.jsonl").write_text("\n".join(json.dumps(one) for one in (ARTICLE, again, {"text": "Floods."})))
    said = lines(digests(home, "group", "articles.jsonl", "--json"))
    assert [sorted(one) for one in said] == [["id", "story"]] * 3
    assert [one["id"] for one in said[:2]] == ["a", "b"]
    assert said[0]["story"] == said[1]["story"] != said[2]["story"]
    assert not (home / "data").exists()


def test_summarise_prints_sentences_that_stand_in_their_articles(home: Path) -> None:
    story = {
        "story": "s",
        "articles": [ARTICLE, {"id": "b", "title": "Live: all you need to know?", "text": "Too short."}],
    }
    (home / "stories.jsonl").write_text(json.dumps(story) + "\n" + json.dumps({"story": "t", "articles": 3}) + "\n")
    done = digests(home, "summarise", "stories.jsonl", "--json", code=1)
    assert "stories.jsonl:2:" in done.stderr
    (told,) = lines(done)
    assert (told["story"], told["title"]) == ("s", ARTICLE["title"])
    assert told["summary"] == " ".join(one["text"] for one in told["sentences"])
    assert told["sentences"]
    for one in told["sentences"]:
        assert one["article"] == "a"
        assert ARTICLE["text"][one["start"] : one["end"]] == one["text"]


def test_config_says_where_values_come_from_and_shows_no_secret(home: Path) -> None:
    (home / ".env").write_text("TELEGRAM_BOT_TOKEN=1234567:canary-canary-canary-canary\n")
    said = digests(home, "config").stdout
    assert "canary" not in said
    assert "(set)" in said
    assert "environment" in said


def test_a_wrong_setting_is_one_line_and_exit_code_2(home: Path) -> None:
    (home / ".env").write_text("INGEST_MINUTES=soon\n")
    done = digests(home, "brief", code=2)
    assert done.stderr.strip().startswith("digests: INGEST_MINUTES")


def test_health_is_well_when_nothing_is_due(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    found = lines(digests(home, "health", "--json"))[0]
    assert found["well"] is True
    assert found["articles"] == 1


def test_a_wrong_time_is_refused_with_an_example(home: Path) -> None:
    assert "2026-02-17T22:00Z" in digests(home, "brief", "--now", "yesterday-ish", code=2).stderr


def test_a_wrong_length_is_refused_with_an_example_and_a_very_long_one_means_everything(home: Path) -> None:
    assert "24h, 3d or 1w" in digests(home, "brief", "--since", "3x", code=2).stderr
    assert "24h, 3d or 1w" in digests(home, "brief", "--since", f"{10**12}w", code=2).stderr
    digests(home, "ingest", "articles.jsonl")
    assert "1 article, 1 publisher" in digests(home, "brief", "--since", "300000w").stdout


def test_positions_and_actors_read_as_english(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    window = ("--now", "2026-02-17T00:00Z", "--since", "7d")
    assert "Turkey rejects Swedish offer of talks" in digests(home, "positions", *window).stdout
    said = digests(home, "actors", *window).stdout
    assert "latest position" in said
    assert "rejects Swedish offer of talks" in " ".join(said.split())


def test_what_finds_nothing_says_so(home: Path) -> None:
    assert digests(home, "search", "who", "are", "you").stdout.strip() == "Nothing found."
    assert "--since looks further back" in digests(home, "positions").stdout


def test_a_sites_address_becomes_a_source_that_is_listed_tested_switched_off_and_handed_on(home: Path) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/world.xml">'
    with served(
        {"/": page(head=head), "/world.xml": rss(item(), item(title="Second", link="https://h.example/2"))}
    ) as at:
        added = digests(home, "sources", "add", f"http://{at}/", allow=at).stdout
        assert "Added: 1. The Harbour Times" in added
        assert "2 articles, 2 of them teasers" in added
        assert "Already there" in digests(home, "sources", "add", f"http://{at}/world.xml", allow=at).stdout
        (tried,) = lines(digests(home, "sources", "test", "harbour", "--json", allow=at))
        assert (tried["location"], tried["titles"]) == (f"http://{at}/world.xml", ["Ministers meet", "Second"])
    assert "not looked at yet" in digests(home, "sources").stdout
    assert f'xmlUrl="http://{at}/world.xml"' in digests(home, "sources", "export").stdout
    digests(home, "sources", "export", "mine.opml")
    assert "Switched off: 1. The Harbour Times" in digests(home, "sources", "remove", "1").stdout
    assert lines(digests(home, "sources", "--json"))[0]["state"] == "off"
    assert "Added: 1." in digests(home, "sources", "import", "mine.opml").stdout
    digests(home, "sources", "remove", "1", "--forget")
    assert digests(home, "sources").stdout.strip() == "Nothing found."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "http://127.0.0.1:9/feed"), "port 9 is refused"),
        (("add", "/etc/passwd"), "names no host"),
        (("add", "--unseen", "nonsense"), "no web address"),
        (("remove", "7"), "no source '7'"),
        (("enable", "x"), "no source 'x'"),
        (("import", "missing.opml"), "no such file"),
        (("test", "http://10.0.0.1/"), "not a public address"),
    ],
)
def test_what_cannot_be_done_with_a_source_is_one_line_and_exit_code_1(
    home: Path, words: tuple[str, ...], reason: str
) -> None:
    done = digests(home, "sources", *words, code=1)
    assert reason in done.stderr + done.stdout
    assert len((done.stderr + done.stdout).strip().splitlines()) == 1


def test_a_story_can_be_opened_dated_and_drawn(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    window = ("--now", "2026-02-16T12:00Z")
    assert "rejects" in digests(home, "story", "1", *window).stdout
    assert "Monday" in digests(home, "why", "1", *window).stdout
    assert lines(digests(home, "timeline", "1", "--json", *window))[0]["article"]["publisher"] == "The Test Courier"
    digests(home, "timeline", "1", "--out", "line.png", *window)
    digests(home, "matrix", "--out", "matrix.png", *window)
    assert all((home / name).read_bytes()[:4] == b"\x89PNG" for name in ("line.png", "matrix.png"))
    (cells,) = lines(digests(home, "matrix", "--json", *window))
    assert "Turkey" in cells["actors"]
    assert "no story 9" in digests(home, "timeline", "9", *window, code=1).stderr
    assert "has" in digests(home, "why", "1", "99", *window, code=1).stderr
    assert "no such" in digests(home, "matrix", "--out", "nowhere/m.png", *window, code=1).stderr
    assert "no position" in digests(home, "matrix", "--now", "2020-01-01", code=1).stderr


def test_what_somebody_said_is_found_by_name_and_subject(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    window = ("--now", "2026-02-16T12:00Z", "--json")
    (said,) = lines(digests(home, "said", "sweden", "about", "talks", *window))
    assert ARTICLE["text"][said["start"] : said["end"]] == said["text"]
    assert said["text"] == "Sweden said that it supports new talks in Ankara."
    assert lines(digests(home, "said", "sweden", "about", "grain", *window)) == []
    assert "zzyzx" in digests(home, "said", "zzyzx", code=1).stderr.lower()


def test_families_of_publishers_are_kept_and_go_in_and_out_as_toml(home: Path) -> None:
    assert "Nothing found" in digests(home, "families").stdout
    assert "Global" in digests(home, "families", "add", "Global", "The Lamp", "Coast Daily").stdout
    digests(home, "families", "add", "Other", "Coast Daily")
    told = digests(home, "families", "export").stdout
    assert told == '"Global" = ["The Lamp"]\n"Other" = ["Coast Daily"]\n'
    (home / "kin.toml").write_text(told + '"Third" = ["A \\"quoted\\" name"]\n')
    digests(home, "families", "import", "kin.toml")
    digests(home, "families", "remove", "global")
    assert [one["family"] for one in lines(digests(home, "families", "--json"))] == ["Other", "Third"]
    (home / "bad.toml").write_text("x = 3")
    assert "needs a list" in digests(home, "families", "import", "bad.toml", code=1).stderr
    assert "not in the table" in digests(home, "families", "remove", "global", code=1).stderr


def test_names_make_actors_one_and_go_in_and_out_as_toml(home: Path) -> None:
    digests(home, "ingest", "articles.jsonl")
    told = digests(home, "names", "add", "Kingdom of Sweden", "sweden", "Stockholm's men").stdout
    assert "1 actor kept under a listed form became the heading's" in told
    asked = digests(home, "actors", "Stockholm's men", "--now", "2026-02-16T12:00Z", "--since", "1w").stdout
    assert "Kingdom of Sweden" in asked
    assert "stands under" in digests(home, "names", "add", "Sweden", "Svea", code=1).stderr
    toml = digests(home, "names", "export").stdout
    assert toml == '"Kingdom of Sweden" = ["sweden", "Stockholm\'s men"]\n'
    (home / "names.toml").write_text(toml + '"France" = ["the Élysée"]\n', encoding="utf-8")
    digests(home, "names", "import", "names.toml")
    assert "stay one" in digests(home, "names", "remove", "sweden").stdout
    assert lines(digests(home, "names", "--json")) == [
        {"actor": "France", "forms": ["the Élysée"]},
        {"actor": "Kingdom of Sweden", "forms": ["Stockholm's men"]},
    ]
