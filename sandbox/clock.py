"""The world's clock: real time that a story can push forward."""

import time


class Clock:
    def __init__(self) -> None:
        self._ahead = 0.0
        self._stopped: float | None = None

    def now(self) -> float:
        return (time.time() if self._stopped is None else self._stopped) + self._ahead

    def stop(self) -> None:
        """Let no time pass from now on but what is shifted."""
        self._stopped = time.time()

    def shift(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._ahead += seconds

    def date(self) -> int:
        return int(self.now())
