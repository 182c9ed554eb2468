"""What all tests share: databases, a browser, and saying aloud what this machine had to do without."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.terminal.models_at_need import import_aiogram
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from tests import foreign_packages as foreign_packages_of
from tests import postgres
from tests.sharing import compile_once, folder_in_memory

import_aiogram()
compile_once()
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDS_POSTGRES = {"postgres_server", "postgres_url"}
ON_EITHER = ("database_url", "migrated_url")
SLOW = (
    "tests/faults/test_kill.py",
    "tests/faults/delivered/test_broadcast_day.py",
    "tests/stories/delivered/test_controls.py",
    "tests/stories/delivered/test_wishes.py",
    "tests/faults/absence/test_backup.py",
    "tests/faults/absence/test_killed_letters.py",
    "tests/faults/alarms/test_straight.py",
    "tests/faults/alarms/test_gathered.py",
    "tests/faults/processes/test_rivals.py",
    "tests/stories/alerts/test_storms.py",
    "tests/stories/alerts/test_alerts.py",
    "tests/faults/fair/test_clock.py",
    "tests/faults/web/test_half_open.py",
    "tests/faults/web/test_outgoing_hooks.py",
    "tests/faults/test_roads.py",
    "tests/persistence/keeping/test_moving.py",
    "tests/ground/test_keeping.py",
    "tests/ground/test_cli.py",
    "tests/knowledge/shapes/test_anything_imported.py",
    "tests/knowledge/test_lint.py",
    "tests/ground/test_records.py",
    "tests/persistence/test_plans.py",
    "tests/persistence/audience/test_audience.py",
    "tests/ground/test_subscribers.py",
    "tests/unit_broadcasts/orders/test_every_order.py",
    "tests/unit_broadcasts/orders/test_long_orders.py",
    "tests/persistence/test_refusals.py",
    "tests/ground/test_run.py",
    "tests/ground/test_words_in_the_log.py",
    "tests/faults/outages/test_starting.py",
    "tests/persistence/test_killed_migration.py",
    "tests/persistence/keeping/test_killed_in_the_middle.py",
    "tests/persistence/keeping/test_older_releases.py",
    "tests/faults/test_stopping.py",
    "tests/faults/ending/test_last_resort.py",
    "tests/faults/ending/test_mute_database.py",
    "tests/ground/test_check_online.py",
    "tests/ground/test_check_storage.py",
    "tests/ground/test_quality.py",
    "tests/referee/test_another_process.py",
    "tests/knowledge/test_anything_at_all.py",
    "tests/knowledge/test_evaluate.py",
    "tests/knowledge/test_provider.py",
)
"""Files that start processes or take long: begun first, so that none is waited for at the end, and no
part of make quick."""
without: list[str] = []


def find_chromium() -> str | None:
    """A browser of this machine, OTKLIK_TEST_CHROMIUM first."""
    named = os.environ.get("OTKLIK_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def do_without(what: str) -> None:
    """Remember what is missing; where everything must be there, stop instead."""
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"CI=true, but this machine has no {what}")
    without.append(what)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on a database twice: a desk may stand on SQLite or on PostgreSQL."""
    for fixture in ON_EITHER:
        if fixture in metafunc.fixturenames:
            engines = ["sqlite", "postgresql"] if postgres.within_reach() else ["sqlite"]
            metafunc.parametrize(fixture, engines, indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests write in memory: to make thousands of databases safe on a disk takes its time."""
    if config.option.basetemp is None and (folder := folder_in_memory()):
        config.option.basetemp = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is slow."""
    if item.path.relative_to(item.config.rootpath).as_posix() in SLOW:
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long proofs unless asked for, and what this machine cannot run."""
    without.clear()
    left_out: set[pytest.Item] = set()
    if "proof" not in config.option.markexpr:
        left_out |= {item for item in items if item.get_closest_marker("proof")}
    browsing = {item for item in items if item.get_closest_marker("browser")} - left_out
    if browsing and find_chromium() is None:
        do_without("Chromium")
        left_out |= browsing
    borrowing = {item for item in items if "foreign_packages" in _fixtures(item)} - left_out
    if borrowing and foreign_packages_of.npm() is None:
        do_without("Node.js with npm")
        left_out |= borrowing
    persisting = {item for item in items if _on_postgres(item)} - left_out
    if persisting and not postgres.within_reach():
        do_without("PostgreSQL")
        left_out |= {item for item in persisting if NEEDS_POSTGRES & set(_fixtures(item))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
    kept = [item for item in items if item not in left_out]
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("slow") is None)


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


def _on_postgres(item: pytest.Item) -> bool:
    return bool((NEEDS_POSTGRES | set(ON_EITHER)) & set(_fixtures(item)))


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as cores: tests wait for processes and pauses half of their time."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells whoever sent it tests what was missing."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["without"] = without


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it from each worker: only they have looked for a browser and a PostgreSQL."""
    told = getattr(node, "workeroutput", {}).get("without", [])
    without.extend(what for what in told if what not in without)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not there."""
    for what in without:
        terminalreporter.write_line(
            f"This machine has no {what}: tests that need it did NOT run.", yellow=True
        )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL's maintenance database."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A database of this session, empty at its beginning."""
    with postgres.fresh_database(postgres_server) as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of this test alone, on either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'otklik.db'}"
        return
    with postgres.fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    """A database of this test alone that has our schema, on either engine: a copy of one made once."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'otklik.db')}"
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres_server", "postgres_template"))
    with postgres.fresh_database(server, template) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with our schema and nothing in it."""
    path = tmp_path_factory.mktemp("template") / "otklik.db"
    postgres.apart(lambda: migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a database with our schema and nothing in it; nobody is connected to it."""
    with postgres.fresh_database(postgres_server) as url:
        postgres.apart(lambda: migrate(url))
        yield url.rpartition("/")[2]


async def migrate(url: str) -> None:
    """Bring a database to our schema."""
    ledger = Ledger(await open_engine(url))
    try:
        await ensure(ledger)
    finally:
        await ledger.close()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the browser is; tests that ask for it are marked `browser`."""
    found = find_chromium()
    assert found, "mark this test with pytest.mark.browser"
    return found


@pytest.fixture(scope="session")
def foreign_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with packages of others; where there is no npm, tests that ask for it are left out."""
    return foreign_packages_of.install(tmp_path_factory.mktemp("npm"), list(foreign_packages_of.PACKAGES))
