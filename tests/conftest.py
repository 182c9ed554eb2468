"""What all tests share: databases, a browser, and saying aloud what this machine had to do without."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDS_POSTGRES = {"postgres_server", "postgres_url"}
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
    if "database_url" in metafunc.fixturenames:
        engines = ["sqlite", "postgresql"] if postgres.within_reach() else ["sqlite"]
        metafunc.parametrize("database_url", engines, indirect=True)


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
    persisting = {item for item in items if _on_postgres(item)} - left_out
    if persisting and not postgres.within_reach():
        do_without("PostgreSQL")
        left_out |= {item for item in persisting if NEEDS_POSTGRES & set(_fixtures(item))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


def _on_postgres(item: pytest.Item) -> bool:
    return bool((NEEDS_POSTGRES | {"database_url"}) & set(_fixtures(item)))


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


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the browser is; tests that ask for it are marked `browser`."""
    found = find_chromium()
    assert found, "mark this test with pytest.mark.browser"
    return found
