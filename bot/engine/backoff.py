"""How long to rest after trouble: longer each time it comes again, at once when it is over."""

FIRST, LONGEST = 0.5, 30.0
BULK = "bulk"
"""Whose rest it is when bulk meets trouble: all of it backoff together."""


class Backoff:
    """Backoff by whose they are: a stream's, a chat's, or everybody's under the empty name."""

    def __init__(self) -> None:
        self._troubles: dict[str, int] = {}

    def longer(self, name: str) -> float:
        """Trouble once more: seconds to rest, twice as many as the last time."""
        before = self._troubles.get(name, 0)
        self._troubles[name] = before + 1
        return float(min(LONGEST, FIRST * 2 ** min(before, 10)))

    def troubled(self, name: str) -> bool:
        """Whether the trouble is not known to be over."""
        return name in self._troubles

    def over(self, *names: str) -> None:
        """The trouble is over."""
        for name in names:
            self._troubles.pop(name, None)
