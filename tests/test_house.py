"""The house stays in order: rooms, directions, sizes, and documents that tell the truth."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import build

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = sorted(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
NAMELESS = {"utils", "util", "common", "core", "services", "models", "helpers", "misc"}
# A migration is a record of one day's schema: it is as long as the schema was.
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 300, 450, 40
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_list_of_packages_is_the_list_of_rooms() -> None:
    folders = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    assert folders == ROOMS
    assert sorted(PROJECT["tool"]["mypy"]["files"]) == ROOMS
    assert sorted(PROJECT["tool"]["importlinter"]["root_packages"]) == ROOMS


def test_packages_come_from_this_house_and_no_other() -> None:
    program = f"from importlib.util import find_spec\nfor room in {ROOMS!r}: print(find_spec(room).origin)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd="/", capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == [str(ROOT / room / "__init__.py") for room in ROOMS]


def test_every_room_is_typed() -> None:
    assert [room for room in ROOMS if not (ROOT / room / "py.typed").is_file()] == []


def test_no_module_bears_a_room_s_name() -> None:
    inner = [path.relative_to(ROOT).with_suffix("") for path in modules(*ROOMS, "tests")]
    assert [path.as_posix() for path in inner if set(path.parts[1:]) & set(ROOMS)] == []


def test_no_folder_of_tests_bears_a_room_s_name() -> None:
    folders = [path.name for path in (ROOT / "tests").rglob("*") if path.is_dir()]
    assert sorted(set(folders) & set(ROOMS)) == []


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    parts = {part for path in modules(*ROOMS) for part in path.relative_to(ROOT).with_suffix("").parts}
    assert sorted(parts & NAMELESS) == []


def test_rooms_look_downwards_only() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("folders", "limit"), [(ROOMS, MODULE_LINES), (["tests"], TEST_LINES)])
def test_no_file_is_long(folders: list[str], limit: int) -> None:
    written = [path for path in modules(*folders) if "migrations" not in path.parts]
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in written}
    assert {path: size for path, size in sizes.items() if size > limit} == {}


def test_no_function_is_long() -> None:
    written = [path for path in modules(*ROOMS, "tests") if "migrations" not in path.parts]
    assert [long for path in written for long in _long_functions(path)] == []


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name(path)}:{node.lineno} {node.name}: {lines} lines"


def commands() -> dict[str, set[str]]:
    """Every command there is, with its options."""

    def walk(command: Any, said: str) -> Iterator[tuple[str, set[str]]]:
        inner = getattr(command, "commands", {})
        for word, sub in inner.items():
            yield from walk(sub, f"{said} {word}")
        if not inner:
            spelled = [option for param in command.params for option in (*param.opts, *param.secondary_opts)]
            options = {option for option in spelled if option.startswith("--")}
            yield said, options - {"--help"}

    return dict(walk(typer.main.get_command(build()), "otklik"))


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    sections = dict(re.findall(r"^## `(otklik [^`]*)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert {said: set(re.findall(r"`(--[a-z-]+)", text)) for said, text in sections.items()} == commands()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_documents_name_only_commands_that_exist(document: Path) -> None:
    known = set(commands())
    said = re.findall(r"(?:^|[`$ /])otklik ((?:faq )?[a-z]+)\b", document.read_text("utf-8"), re.MULTILINE)
    assert [f"otklik {words}" for words in said if f"otklik {words}" not in known | {"otklik faq"}] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) - {"help"}
    assert set(re.findall(r'echo "make ([\w-]+) ', makefile)) == targets
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [target for target in sorted(targets) if f"`make {target}`" not in contributing] == []


def test_the_changelog_speaks_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(PROJECT['project']['version'])}\b", changelog, re.MULTILINE)


def test_the_glossary_explains_the_words_of_the_house() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8").lower()
    words = (
        "customer operator manager desk entry phrasing match answer reply escalate ticket topic pair deadline"
    )
    words += (
        " incident notice component update broadcast audience delivery outcome survey rating comment figure"
    )
    assert [word for word in words.split() if f"**{word}**" not in glossary] == []
