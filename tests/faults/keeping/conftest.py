"""A desk at work whose backups are looked at at once."""

from pathlib import Path

import pytest

from bot.health import timed_backups
from storage.keeping.folder import backups_in
from tests.stories.conftest import Scene, looks_only_read, scene, set_up

__all__ = ["looks_only_read", "scene", "set_up"]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for what is due ten times a second, and try again as often."""
    monkeypatch.setattr(timed_backups, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(timed_backups, "AGAIN_AFTER", 0.1)


def made(scene: Scene) -> list[Path]:
    """The backups beside the desk's file."""
    return backups_in(scene.folder / "backups")
