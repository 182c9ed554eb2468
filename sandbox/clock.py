"""The world's clock: real time that a story can push forward."""

import time


class Clock:
    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    def shift(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._ahead += seconds

    def date(self) -> int:
        return int(self.now())
