"""Stories in which something fails, and whoever waits for it hears of that."""

import pytest

WITHIN = 60.0
"""Seconds for what is tried several times before it is given up."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses need not be long here."""
    monkeypatch.setattr("bot.engine.backoff.FIRST", 0.05)
    monkeypatch.setattr("bot.engine.dispatch.REST", 0.01)
