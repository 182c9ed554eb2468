"""Ends a backup from another thread: the process has to go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storage.keeping.refusals import KeepingError


class Interruption:
    """Knows how to end what is going on, if it has to end before its time."""

    def __init__(self) -> None:
        self.stopped = False
        self._ways: list[Callable[[], object]] = []

    @contextmanager
    def by(self, way: Callable[[], object]) -> Iterator[None]:
        """While this lasts, it is ended this way. Raises KeepingError if there is no time even to begin."""
        self._ways.append(way)
        try:
            if self.stopped:
                raise KeepingError("keeping.interrupted")
            yield
        finally:
            self._ways.remove(way)

    def stop(self) -> None:
        """End what is going on, and whatever begins after it."""
        self.stopped = True
        for way in [*self._ways]:
            way()
