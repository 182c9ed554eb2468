"""Managers for each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from storage.tables import metadata
from tests.unit_editorial.writers import Writers


@pytest.fixture
def writers() -> Iterator[Writers]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield Writers(connection)
    engine.dispose()
