"""Faults happen on the same scene that stories are told on."""

from tests.faults.web.brought import brought
from tests.stories.conftest import looks_only_read, scene, set_up, talk

__all__ = ["brought", "looks_only_read", "scene", "set_up", "talk"]
