"""Tables of cases for the bot's small rules."""

import ast
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Access, new_code, same_code
from bot.answers import packed_words, unpacked_words
from bot.commands.days import parse_days
from bot.commands.time import parse_time
from bot.lines import stand, standing
from bot.phrases.speak import phrases
from bot.press import Press, pack, parse
from bot.rates import Gate, Verdict
from bot.secrecy import HIDDEN, Redactor
from digests.languages import en_stances
from digests.models import Actor, Kind, Stance

BOT = Path(__file__).parents[2] / "bot"
TOKEN = "7000000001:CanaryCanaryCanaryCanaryCanaryCanary"


@given(st.text(max_size=80))
def test_only_what_keeps_to_the_grammar_is_a_press(data: str) -> None:
    press = parse(data)
    if press is not None:
        assert pack(press.verb, *press.args) == data


@pytest.mark.parametrize(
    "data", ["", "Story:1", "story:1:2:3:4:5", "story:" + "9" * 60, "story:<b>", "story\n", "ストーリー:1"]
)
def test_forged_data_is_no_press(data: str) -> None:
    assert parse(data) is None


def test_numbers_in_a_press_are_small_and_ascii() -> None:
    assert Press("x", ("7", "", "9" * 19, "-1")).number(0) == 7
    assert [Press("x", ("7", "", "9" * 19, "-1")).number(place) for place in (1, 2, 3, 9)] == [None] * 4


@given(st.text(max_size=60))
def test_the_words_of_an_issue_travel_in_a_button(issue: str) -> None:
    packed = packed_words(issue.encode(errors="ignore").decode())
    assert len(pack("stand", 10**9, packed, 99).encode()) <= 64
    assert issue.encode(errors="ignore").decode().startswith(unpacked_words(packed))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-fri", {1, 2, 3, 4, 5}),
        ("Mon to Fri", {1, 2, 3, 4, 5}),
        ("sat and sunday", {6, 7}),
        ("fri-mon", {5, 6, 7, 1}),
        ("weekdays, sat", {1, 2, 3, 4, 5, 6}),
        ("daily", {1, 2, 3, 4, 5, 6, 7}),
        ("mo", set()),
        ("mon whenever", set()),
        ("mon-wed-fri", set()),
        ("-", set()),
        ("", set()),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, days: set[int]) -> None:
    assert parse_days(typed) == days


@given(st.text(max_size=40))
def test_reading_days_and_times_never_raises(typed: str) -> None:
    parse_days(typed)
    parse_time(typed)


@pytest.mark.parametrize(
    ("stance", "issue", "target", "said"),
    [
        (Stance.DEMANDS, "unconditional ceasefire", None, "demands unconditional ceasefire"),
        (Stance.DEMANDS, "inquiry", "Israel", "demands inquiry from Israel"),
        (Stance.DEMANDS, "come back to the table", "Russia", "urges Russia to come back to the table"),
        (Stance.DEMANDS, "come back to the table", None, "urges others to come back to the table"),
        (Stance.DEMANDS, "Israel's withdrawal", "Israel", "demands Israel's withdrawal"),
        (Stance.ACCUSES, "delays", "Israel", "accuses Israel over delays"),
        (
            Stance.ACCUSES,
            "having sent grain to rich countries",
            "the West",
            "accuses the West of having sent grain to rich countries",
        ),
        (Stance.ACCUSES, "war cabinet of making a mistake", None, "accuses war cabinet of making a mistake"),
        (Stance.ACCUSES, "the war", None, "condemns the war"),
        (Stance.REJECTS, "accept any pause", None, "refuses to accept any pause"),
        (Stance.DENIES, "been consulted", None, "denies having been consulted"),
        (Stance.THREATENS, "buy other jets", "Congress", "threatens to buy other jets"),
        (Stance.COMMITS, "daily pauses", None, "commits to daily pauses"),
        (Stance.THREATENS, "sanctions", "Iran", "threatens Iran with sanctions"),
        (Stance.THREATENS, "attack Iran", "Iran", "threatens to attack Iran"),
        (Stance.DEMANDS, "both sides to talk again", None, "urges both sides to talk again"),
        (Stance.DEMANDS, "talks to end the war", None, "urges talks to end the war"),
        (Stance.DEMANDS, "stop bombing civilians", "Israel", "urges Israel to stop bombing civilians"),
        (Stance.DEMANDS, "do more to protect civilians", "Israel", "urges Israel to do more to protect civilians"),
        (Stance.DEMANDS, "all sides to respect the truce", None, "urges all sides to respect the truce"),
        (Stance.DEMANDS, "Ankara to conclude the process", "Turkey", "urges Ankara to conclude the process"),
        (Stance.ACCUSES, "Ukrainian strike on Belgorod", "Ukraine", "condemns Ukrainian strike on Belgorod"),
        (Stance.DEMANDS, "the pauses to be made permanent", None, "demands that the pauses be made permanent"),
        (Stance.DEMANDS, "sale to go ahead", None, "demands that sale go ahead"),
        (Stance.DEMANDS, "fund to rebuild Gaza", None, "demands fund to rebuild Gaza"),
        (Stance.DEMANDS, "stop the war", "United States", "urges the United States to stop the war"),
        (Stance.DEMANDS, "not attack the port", "Iran", "urges Iran to not attack the port"),
        (Stance.DOUBTS, "the rift", None, "voices concern about the rift"),
        (Stance.DOUBTS, "that the pause will hold", None, "doubts that the pause will hold"),
        (Stance.REJECTS, "attending the meeting", None, "rejects attending the meeting"),
        (Stance.ACCUSES, "opponent of racially insulting him", None, "accuses opponent of racially insulting him"),
    ],
)
def test_an_issue_reads_as_english_after_its_stance(stance: Stance, issue: str, target: str | None, said: str) -> None:
    turkey = Actor(name="Turkey", kind=Kind.STATE)
    assert stand(turkey, stance, issue, target=target).plain == said
    assert en_stances.said(turkey, stance, issue, target) == said  # the command line says the same


@pytest.mark.parametrize(
    ("name", "kind", "verb"),
    [
        ("Arab leaders", Kind.GROUP, "reject"),
        ("Hamas", Kind.GROUP, "rejects"),
        ("United States", Kind.STATE, "rejects"),
        ("Republicans", Kind.GROUP, "reject"),
    ],
)
def test_groups_named_by_a_plural_reject_and_others_rejects(name: str, kind: Kind, verb: str) -> None:
    actor = Actor(name=name, kind=kind)
    assert stand(actor, Stance.REJECTS, "x", target=None).plain == f"{verb} x"
    assert en_stances.said(actor, Stance.REJECTS, "x", None) == f"{verb} x"


@pytest.mark.parametrize("stance", Stance)
def test_a_plural_denies_and_accuses_in_both_wings_alike(stance: Stance) -> None:
    leaders = Actor(name="Arab leaders", kind=Kind.GROUP)
    for target in (None, "Israel"):
        assert en_stances.said(leaders, stance, "x", target) == stand(leaders, stance, "x", target=target).plain


@pytest.mark.parametrize(("issue", "times"), [("truce", 1), ("truce unless Israel withdraws", 0)])
def test_a_condition_is_said_once(issue: str, times: int) -> None:
    hamas = Actor(name="Hamas", kind=Kind.GROUP)
    said = standing(hamas, Stance.REJECTS, issue, target=None, conditional=True)
    assert said.plain.count("condition") == times


def test_a_person_has_a_burst_then_one_in_three_seconds_and_one_notice_a_minute() -> None:
    now = 0.0
    gate = Gate(clock=lambda: now)
    assert [gate.ask(1) for _ in range(10)] == [Verdict.ADMIT] * 8 + [Verdict.WARN, Verdict.DROP]
    assert gate.ask(2) is Verdict.ADMIT
    now = 3.0
    assert [gate.ask(1) for _ in range(2)] == [Verdict.ADMIT, Verdict.DROP]
    now = 63.0
    assert [gate.ask(1) for _ in range(9)] == [Verdict.ADMIT] * 8 + [Verdict.WARN]


def test_access_admits_admins_guests_and_once_open_everybody() -> None:
    closed = Access(admins=(1,), guests=(-5,), invites=("CODE",))
    assert closed.admits(chat=9, user=1)
    assert closed.admits(chat=-5, user=2)
    assert not closed.admits(chat=9, user=2)
    assert closed.invited(9, "CODE") == Access(admins=(1,), guests=(-5, 9), invites=())
    assert closed.invited(9, "OTHER") == closed
    assert Access(is_open=True).admits(chat=9, user=None)


def test_codes_are_compared_without_case_and_never_equal_to_nothing() -> None:
    code = new_code()
    assert same_code(f" {code.lower()} ", code)
    assert not same_code("", code)
    assert not same_code("ÄÖ", code)


def test_no_secret_leaves_through_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(Redactor("hunter2"))
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("x").exception("calling %s at postgresql://me:pass@host/db, hunter2", TOKEN)
    for secret in (TOKEN, "hunter2", ":pass@"):
        assert secret not in caplog.text
    assert caplog.text.count(HIDDEN) >= 3


def test_every_phrase_exists_and_every_phrase_is_used() -> None:
    used, prefixes = _phrases_used()
    known = set(phrases())
    assert used - known == set()
    assert {key for key in known - used if not key.startswith(tuple(prefixes))} == set()


def _phrases_used() -> tuple[set[str], set[str]]:
    """Keys that the code names, and the beginnings of those it puts together."""
    used: set[str] = set()
    prefixes: set[str] = set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in phrases():
                used.add(node.value)
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            first, name = node.args[0], node.func.id
            if name in ("phrase", "words", "bare") and isinstance(first, ast.Constant):
                used.add(str(first.value))
            elif name == "counted" and isinstance(first, ast.Constant):
                used |= {f"{first.value}_one", f"{first.value}_many"}
            elif name in ("phrase", "words") and isinstance(first, ast.JoinedStr):
                begun = first.values[0]
                assert isinstance(begun, ast.Constant), f"{path}: a phrase that begins with anything"
                prefixes.add(str(begun.value))
    return used, prefixes
