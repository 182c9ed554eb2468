"""The house stays in order: rooms, directions, sizes, names, and documents that tell the truth."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import grimp
import pytest
import typer

from bot.cli import build
from tests.conftest import SLOW

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = sorted(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
NAMELESS = {"utils", "util", "common", "core", "services", "models", "helpers", "misc"}
# A migration is a record of one day's schema: it is as long as the schema was.
MODULE_LINES, TEST_LINES, FUNCTION_LINES, FOLDER_MODULES = 300, 450, 40, 25
# The sandbox is an independent referee with a small world of its own: its names are its own too.
OUR_ROOMS = [room for room in ROOMS if room != "sandbox"]
SAME_MEANING = {
    "Texts": "desk/ says what it needs of our texts; locales/ has them",
}
"""Interfaces that bear the name of their one implementation on purpose, each with its reason."""
TRADE = (
    "backoff, retry, rate limit, throttle, queue, dead letter, poison message, idempotency key, lease, client"
)
TRADE += ", unit of work, transactional outbox, repository, long polling, webhook, acknowledgement, scheduler"
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md")]
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


def test_no_module_is_imported_in_circles() -> None:
    """Imports inside functions count, those for types alone do not: they are never carried out."""
    graph = grimp.build_graph(*ROOMS, exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


def classes(*rooms: str) -> dict[str, list[str]]:
    """Every class that is no module's own business, with the places where it is written."""
    found = defaultdict(list)
    for path in modules(*rooms):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(f"{name(path)}:{node.lineno}")
    return found


@pytest.mark.parametrize("rooms", [OUR_ROOMS, ["sandbox"]], ids=["ours", "sandbox"])
def test_a_class_s_name_means_one_thing(rooms: list[str]) -> None:
    twice = {one: places for one, places in classes(*rooms).items() if len(places) > 1}
    found = {one: places for one, places in twice.items() if one not in SAME_MEANING}
    assert found == {}, "give one of them a name that says what it is, as FlawKind and ProblemKind do"


def test_no_import_gives_a_class_another_name() -> None:
    imports = [
        (path, alias)
        for path in modules(*OUR_ROOMS, "tests")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert [
        f"{name(path)}: {each.asname}" for path, each in imports if (each.asname or "_")[0].isupper()
    ] == []


@pytest.mark.parametrize(("folders", "limit"), [(ROOMS, MODULE_LINES), (["tests"], TEST_LINES)])
def test_no_file_is_long(folders: list[str], limit: int) -> None:
    written = [path for path in modules(*folders) if "migrations" not in path.parts]
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in written}
    assert {path: size for path, size in sizes.items() if size > limit} == {}


def test_no_folder_is_crowded() -> None:
    folders = Counter(path.parent for path in modules(*ROOMS, "tests") if path.parent.name != "versions")
    assert {name(folder): count for folder, count in folders.items() if count > FOLDER_MODULES} == {}


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
    said = re.findall(
        r"(?:^|[`$ /])otklik ((?:faq |stuck |subscribers )?[a-z]+)\b",
        document.read_text("utf-8"),
        re.MULTILINE,
    )
    assert [
        f"otklik {words}"
        for words in said
        if f"otklik {words}" not in known | {"otklik faq", "otklik stuck", "otklik subscribers"}
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", [page for page in DOCUMENTS if "decisions" not in page.parts], ids=name)
def test_documents_name_files_that_are_there(document: Path) -> None:
    named = re.findall(r"`(?:\w+ )?((?:\w+/)+[\w.-]*)`", document.read_text("utf-8"))
    ours = [path for path in named if path.split("/")[0] in {*ROOMS, "docs", "tests"}]
    assert [path for path in ours if not (ROOT / path).exists()] == []


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) - {"help"}
    assert set(re.findall(r'echo "make ([\w-]+) ', makefile)) == targets
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [target for target in sorted(targets) if f"`make {target}`" not in contributing] == []


def test_the_changelog_speaks_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(PROJECT['project']['version'])}\b", changelog, re.MULTILINE)


GLOSSARY, PLAIN = (ROOT / "docs" / "glossary.md").read_text("utf-8").split("## Plain words")


def test_the_glossary_explains_the_words_of_the_house() -> None:
    words = (
        "customer operator manager desk entry phrasing match answer reply escalate ticket topic pair deadline"
    )
    words += (
        " incident notice component update broadcast audience delivery outcome survey rating comment figure"
    )
    assert [word for word in words.split() if f"**{word}**" not in GLOSSARY.lower()] == []


def test_the_glossary_is_found_by_the_words_of_the_trade() -> None:
    assert [word for word in TRADE.split(", ") if word not in GLOSSARY.lower()] == []


def test_a_word_stands_in_the_glossary_once() -> None:
    rows = re.findall(r"^\| \*\*([^*]+)\*\*", GLOSSARY, re.MULTILINE)
    assert sorted({word for word in rows if rows.count(word) > 1}) == []
    explained = {word for term in re.findall(r"\*\*([^*]+)\*\*", GLOSSARY) for word in _words(term)}
    assert sorted(plain_words() & explained) == [], "explained above: take it out of the plain words"


def plain_words() -> set[str]:
    return set(_words(PLAIN.partition(":")[2]))


def test_every_class_is_named_by_words_that_are_explained() -> None:
    explained = {word for term in re.findall(r"\*\*([^*]+)\*\*", GLOSSARY) for word in _words(term)}
    known, names = explained | plain_words(), classes(*OUR_ROOMS).keys()
    unexplained = {
        one: unknown
        for one in sorted(names)
        if (unknown := [word for word in _parts(one) if known.isdisjoint(_forms(word))])
    }
    assert unexplained == {}, (
        "name the class by words of docs/glossary.md, or explain the new word there in one plain sentence; "
        "only what everybody knows, as 'group' or 'due', goes to its last section"
    )
    used = {form for one in names for word in _parts(one) for form in _forms(word)}
    assert sorted(plain_words() - used) == [], "used no more: take them out of the plain words"


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _parts(camel: str) -> list[str]:
    """The words of a class's name: FaqDraftStore is faq, draft and store."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", camel)]


def _forms(word: str) -> set[str]:
    """The word itself, and what it is the plural of."""
    return {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_a_decision_is_headed_by_its_number(page: Path) -> None:
    heading = page.read_text("utf-8").partition("\n")[0]
    assert re.fullmatch(rf"# {page.name[:4]}\. .*[^.]", heading), "write it as '# NNNN. Title'"


def test_a_decision_s_number_is_its_own() -> None:
    numbers = [page.name[:4] for page in DECISIONS]
    assert sorted({each for each in numbers if numbers.count(each) > 1}) == []


def makefile_list(name: str) -> list[str]:
    """The words of a variable of the Makefile, its lines joined."""
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    return re.findall(rf"^{name} := (.+)$", makefile, re.MULTILINE)[0].split()


def folders_of_tests() -> set[str]:
    return {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}


def test_the_map_of_tests_names_every_folder() -> None:
    rows = re.findall(r"^\| `(\w+)/` \|", (ROOT / "tests" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(folders_of_tests())


def test_make_quick_is_a_part_of_the_tests_and_says_what_it_leaves_out() -> None:
    quick, slow = makefile_list("QUICK"), set(SLOW)
    assert [path for path in [*quick, *slow] if not (ROOT / path).exists()] == []
    whole = {Path(path).name for path in quick if (ROOT / path).is_dir()}
    row = next(
        line for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines() if "`make quick`" in line
    )
    assert set(re.findall(r"`(\w+)`", row)) == folders_of_tests() - whole
