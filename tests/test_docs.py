"""The pages say what the program does: settings, commands, targets and links are held to the code."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic.fields import FieldInfo

from bot.commands.table import COMMANDS
from digests.__main__ import app
from digests.editorial.briefing import WEIGHTS
from digests.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROW = re.compile(r"^\| `([^`]+)` \| (?:`([^`]*)`)? ?\| (.*) \|$", re.MULTILINE)


def default(field: FieldInfo) -> str:
    value = field.default
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


SETTINGS = [(name.upper(), default(field), field.description) for name, field in Settings.model_fields.items()]


def names(path: str, pattern: str) -> list[Any]:
    """All that `pattern` finds in the file at `path`; ^ and $ are a line's ends."""
    return re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_settings_page_lists_every_setting_with_its_default():
    assert ROW.findall((ROOT / "docs/settings.md").read_text(encoding="utf-8")) == SETTINGS


def test_the_example_file_lists_every_setting_switched_off_at_its_default():
    found = re.findall(r"^# (.*)\n#([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    listed = [(name, value, about) for about, name, value in found if name != "POSTGRES_PASSWORD"]
    assert listed == SETTINGS


def test_the_compose_file_sets_only_what_there_is_to_set():
    known = {name for name, _, _ in SETTINGS} | {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
    assert set(names("compose.yaml", r"^      ([A-Z_]+): ")) <= known
    assert set(names("compose.yaml", r"\$\{([A-Z_]+)")) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page: Path):
    targets = set(names("Makefile", r"^([a-z]+):"))
    assert set(re.findall(r"(?m)(?:^    |`|then )make ([a-z]+)", page.read_text(encoding="utf-8"))) <= targets


def test_the_readme_names_the_commands_that_a_newcomer_needs():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path):
    inside = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    broken = [link for link in inside if link.split("#")[0] and not (page.parent / link.split("#")[0]).exists()]
    broken += [link for link in inside if "#" in link and not _has_heading(page, link)]
    assert broken == []


def _has_heading(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    text = ((page.parent / path) if path else page).read_text(encoding="utf-8")
    headings = [
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line[:1] == "#"
    ]
    return anchor in headings


def test_every_page_is_in_the_index():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    linked = {link.split("#")[0] for link in LINK.findall(index)}
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - linked == {"README.md"}


def test_no_file_knows_the_machine_it_was_written_on():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: cannot tell the project's files from others")
    here = rf"{re.escape(str(ROOT))}(?![\w.-])|" if len(ROOT.parts) > 2 else ""  # "/data" may be meant otherwise
    home = re.compile(rf"{here}/home/\w+/|/Users/\w+/")
    texts = [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    guilty = [
        str(path.relative_to(ROOT)) for path in texts if home.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert [name for name in guilty if name != "tests/test_docs.py"] == []


def test_the_architecture_page_names_rooms_that_exist():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    in_digests, in_bot = text.split("\n## digests/\n")[1].split("\n## Four journeys")[0].split("\n## bot/\n")
    for wing, part in (("digests", in_digests), ("bot", in_bot)):
        rooms = re.findall(r"`([\w/]+(?:\.py)?)`", "".join(re.findall(r"^\| (.*?) \|", part, re.MULTILINE)))
        assert rooms
        assert [room for room in rooms if not (ROOT / wing / room).exists()] == []


def test_the_chat_page_lists_every_command_in_order_and_for_whom():
    rows = re.findall(
        r"^\| `(/[^`]+)` \| .+ \| (\w+) \|$", (ROOT / "docs/commands.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows == [(command.usage, command.who.value) for command in COMMANDS if command.listed]


def test_the_command_line_page_lists_every_command_and_option():
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    listed = re.findall(r"^\| `digests ([a-z]+)((?: [a-z]+)?)", text, re.MULTILINE)
    below = {name: list(getattr(command, "commands", {})) for name, command in commands.items()}
    assert [name + sub for name, sub in listed] == [
        whole for name in commands for whole in (name, *(f"{name} {sub}" for sub in below[name]))
    ]
    every = [*commands.values(), *(sub for one in commands.values() for sub in getattr(one, "commands", {}).values())]
    options = {name for command in every for name in (*_options(command), "--no-full-pages")}
    assert {option for option in re.findall(r"--[a-z-]+", text) if option.strip("-")} == options


def _options(command: Any) -> list[str]:
    return [name for parameter in command.params for name in parameter.opts if name.startswith("--")]


def test_every_page_that_the_code_refers_to_exists():
    files = [path for wing in ("digests", "bot", "tests") for path in (ROOT / wing).rglob("*.py")]
    named = {page for path in files for page in re.findall(r"docs/(\w+\.md)", path.read_text(encoding="utf-8"))}
    assert sorted(page for page in named if not (ROOT / "docs" / page).exists()) == []


def test_the_briefing_page_gives_the_weights_that_rank_stories():
    text = (ROOT / "docs/briefing.md").read_text(encoding="utf-8")
    assert [float(value) for value in re.findall(r"^\| .+ \| (-?[\d.]+) \|$", text, re.MULTILINE)] == list(
        WEIGHTS.values()
    )
