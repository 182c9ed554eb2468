"""The backoff: how many seconds to rest after trouble, twice as many each time it comes again."""

FIRST, LONGEST = 0.5, 30.0
ACCIDENT = "accident"
"""The name under which the first failure of a bulk parcel is noted: only a second in a row is trouble."""
BULK = "bulk"
"""The name under which trouble with any bulk parcel is counted: all of bulk rests together."""


class Backoff:
    """Keeps a count of troubles for each name: a stream, a chat, bulk, or "" for the whole bot."""

    def __init__(self) -> None:
        self._troubles: dict[str, int] = {}

    def longer(self, name: str) -> float:
        """Count one more trouble and return the seconds to rest."""
        before = self._troubles.get(name, 0)
        self._troubles[name] = before + 1
        return float(min(LONGEST, FIRST * 2 ** min(before, 10)))

    def troubled(self, name: str) -> bool:
        """Whether trouble was counted that is not over."""
        return name in self._troubles

    def over(self, *names: str) -> None:
        """Forget the troubles counted under these names."""
        for name in names:
            self._troubles.pop(name, None)
