"""The health of one desk: whether anything that it needs is missing, or anything stands still."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.engine.pace import Budget, Pace
from bot.health.backup_health import BackupHealth
from bot.health.database_pulse import DatabasePulse
from bot.health.tally import Tally
from bot.health.telegram_pulse import TelegramPulse
from bot.health.trouble import Trouble
from desk.post import Lane
from desk.profile import DeskPlaces

STILL = 60.0
"""Seconds in which nothing was finished although something waits: then it stands still."""
OLD_UPDATE, OLD_PARCEL = 60.0, 300.0
"""Seconds that the oldest must have waited for that; a busy group's minute is longer than a person's."""
PERSONAL = (Lane.REPLY, Lane.INCIDENT, Lane.SURVEY, Lane.ALARM)


class SendingHealth(Protocol):
    """What there is to know about a desk's sender."""

    @property
    def in_flight(self) -> int:
        """How many calls are on their way."""

    @property
    def budget(self) -> Budget:
        """What may be sent when."""


class LeaseHealth(Protocol):
    """Whether this process is the one that sends for the bot."""

    @property
    def standing_by(self) -> bool:
        """Whether another process has the lease, or nobody yet."""

    @property
    def held(self) -> bool:
        """Whether it may send at this moment."""

    @property
    def term(self) -> int:
        """The number of its term; 0 before one has begun."""


class TrafficHealth(Protocol):
    """What the desk's traffic told last."""

    @property
    def questions(self) -> int:
        """How many were looked at."""

    @property
    def right(self) -> float:
        """The share of them whose first entry is thought to be the right one."""


class KnowledgeHealth(Protocol):
    """What there is to know about the knowledge base at work."""

    @property
    def traffic(self) -> TrafficHealth | None:
        """Nothing before questions were asked."""


@dataclass(slots=True)
class DeskHealth:
    """All that is known about the health of one desk; asking it waits for nothing."""

    name: str
    tally: Tally
    database: DatabasePulse
    telegram: TelegramPulse
    sender: SendingHealth
    places: DeskPlaces
    pace: Pace
    lease: LeaseHealth
    backups: BackupHealth
    knowledge: KnowledgeHealth

    def troubles(self) -> Mapping[str, Trouble | None]:
        """Every check by its name, and what is wrong."""
        standby = self.lease.standing_by  # then it asks nothing of Telegram
        found = {
            "database": self.database.trouble(),
            "telegram": None if standby else self.telegram.trouble(),
            "lease": Trouble("standby") if standby else None,
        }
        well = not any(found.values())  # else it is no wonder, and said already
        return found | {
            "inbox": self._inbox() if well else None,
            "outbox": self._outbox() if well else None,
        }

    def waiting(self) -> Mapping[str, Any]:
        """What waits, as the database said it last."""
        census = self.database.census
        lanes = {lane.name.lower(): census.lane(lane) for lane in Lane}
        return {
            "inbox": {"waiting": census.updates, "oldest_seconds": round(census.oldest_update, 1)},
            "outbox": {
                name: {"waiting": lane.waiting, "oldest_seconds": round(lane.oldest, 1)}
                for name, lane in lanes.items()
            },
            "quarantine": census.quarantine,
            "set_aside": census.set_aside,
        }

    def group_budget(self) -> tuple[int, int]:
        """Messages of the last minute in the operators' group, and calls of the last second in all chats."""
        return self.sender.budget.used(self.places.group, time.monotonic())

    def _inbox(self) -> Trouble | None:
        oldest = self.database.census.oldest_update
        still = time.monotonic() - self.tally.handled_at > STILL
        return Trouble("inbox_still", oldest) if still and oldest > OLD_UPDATE else None

    def _outbox(self) -> Trouble | None:
        oldest = max(self.database.census.lane(lane).oldest for lane in PERSONAL)
        still = time.monotonic() - self.tally.settled_at > STILL
        return Trouble("outbox_still", oldest) if still and oldest > OLD_PARCEL else None
