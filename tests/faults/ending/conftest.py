"""A desk over PostgreSQL that is reached by a road which can be broken."""

from tests.stories.conftest import looks_only_read, scene, set_up

__all__ = ["looks_only_read", "scene", "set_up"]
