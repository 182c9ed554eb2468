"""The allowance: how much one person may write before they wait behind everybody else."""

from collections.abc import Container
from dataclasses import dataclass
from math import inf
from typing import Protocol

TIDIED = 4096
"""Each time so many people are known, those are forgotten who may write all they like again."""


class PersonPace(Protocol):
    """The configured limits; no updates a second switch them off."""

    @property
    def person_burst(self) -> int:
        """How many updates of one person are handled at once."""

    @property
    def person_per_second(self) -> float:
        """How many more every second."""


@dataclass(slots=True)
class _Share:
    left: float
    counted: float


class Allowance:
    """Counts what people write in private; groups are many people, and managers are at work."""

    def __init__(self, pace: PersonPace, exempt: Container[str] = ()) -> None:
        self._pace, self._exempt = pace, exempt
        self._shares: dict[str, _Share] = {}

    def of(self, stream: str, now: float) -> float:
        """How many updates of a stream may still be handled before those of others."""
        if not self._counts(stream):
            return inf
        share = self._shares.get(stream)
        return float(self._pace.person_burst) if share is None else self._refilled(share, now)

    def spend(self, stream: str, many: int, now: float) -> None:
        """Count updates that are handled; those that are put back are given back."""
        if not self._counts(stream):
            return
        share = self._shares.get(stream)
        if share is None:
            share = self._shares[stream] = _Share(float(self._pace.person_burst), now)
            if len(self._shares) % TIDIED == 0:
                self._tidy(now)
        left = self._refilled(share, now) - many
        share.left = max(0.0, min(float(self._pace.person_burst), left))
        share.counted = max(share.counted, now)

    def _counts(self, stream: str) -> bool:
        return bool(self._pace.person_per_second) and stream.isdecimal() and stream not in self._exempt

    def _refilled(self, share: _Share, now: float) -> float:
        gained = max(0.0, now - share.counted) * self._pace.person_per_second
        return min(float(self._pace.person_burst), share.left + gained)

    def _tidy(self, now: float) -> None:
        burst = float(self._pace.person_burst)
        for stream in [each for each, share in self._shares.items() if self._refilled(share, now) >= burst]:
            del self._shares[stream]
