"""Faults happen on the same scene that stories are told on."""

from tests.stories.conftest import scene, set_up

__all__ = ["scene", "set_up"]
