"""The poll: a question with options, from its draft to its last vote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Protocol, Self

from broadcasts.deliveries.broadcast import DeliveryCounts
from desk.conversation import PATIENCE
from desk.post import Chat

NONE = DeliveryCounts()


class PollState(StrEnum):
    """Whether it is being written, takes votes, or takes none any more."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


class PollAudience(StrEnum):
    """Whom it asks."""

    BOTH = "both"
    CHANNEL = "channel"
    PEOPLE = "people"


class PollStanding(StrEnum):
    """How it stands in the channel.

    POSTED: it lies in the outbox. UNCERTAIN: it may be there. GONE: somebody has deleted it. LEFT: it is
    over, and we could not close it there.
    """

    NOWHERE = "nowhere"
    POSTED = "posted"
    STANDS = "stands"
    CLOSED = "closed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    GONE = "gone"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """How many chose each option, in order, and how many people that were."""

    by_option: tuple[int, ...] = ()
    people: int = 0

    def of(self, option: int) -> int:
        """How many chose this one."""
        return self.by_option[option] if option < len(self.by_option) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A poll; while it is a draft its manager has at most one in each chat.

    `scale`: its options are grades, and whoever gives one may say why. `days`: how long it will be open, if
    not until `ends_at`; neither: until somebody ends it. `asking` is what its manager is asked for. What the
    front calls it in the channel is its `front_id`; `in_channel` are the votes there, `in_private` the rest,
    once it has ended. `cursor` is how far its audience is written down, `until` the newest customer when it
    was published, `whole` that all are. `message_id` shows its manager how it goes.
    """

    id: int = 0
    author_id: int
    where: Chat
    language: str
    state: PollState = PollState.DRAFT
    question: str = ""
    options: tuple[str, ...] = ()
    several: bool = False
    scale: bool = False
    audience: PollAudience = PollAudience.BOTH
    days: int | None = None
    ends_at: datetime | None = None
    asking: str | None = None
    token: str = ""
    touched_at: datetime
    published_at: datetime | None = None
    ended_at: datetime | None = None
    standing: PollStanding = PollStanding.NOWHERE
    front_id: str | None = None
    in_channel: VoteCounts = VoteCounts()
    in_private: VoteCounts = VoteCounts()
    cursor: int = 0
    until: int = 0
    whole: bool = False
    counts: DeliveryCounts = NONE
    message_id: int | None = None
    shown: str = ""
    shown_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it takes votes."""
        return self.state is PollState.OPEN

    @property
    def asks_channel(self) -> bool:
        """Whether the channel is asked."""
        return self.audience is not PollAudience.PEOPLE

    @property
    def asks_people(self) -> bool:
        """Whether subscribers are asked in private."""
        return self.audience is not PollAudience.CHANNEL

    def sealed(self) -> Self:
        """The draft with its token, which changes with all that is shown."""
        shown = (
            *(self.author_id, self.where.chat_id, round(self.touched_at.timestamp() * 1000)),
            *(self.question, self.options, self.several, self.scale, self.audience.value),
            *(self.days, self.ends_at and self.ends_at.timestamp()),
        )
        return replace(self, token=blake2b(repr(shown).encode(), digest_size=16).hexdigest())

    def hears(self, where: Chat, now: datetime) -> bool:
        """Whether the draft waits for its manager's words."""
        return self.asking is not None and where == self.where and now - self.touched_at <= PATIENCE


class Polls(Protocol):
    """The polls of one desk."""

    def draft_of(self, author_id: int, chat_id: int) -> Poll | None:
        """The manager's draft in a chat."""

    def find(self, token: str) -> Poll | None:
        """The draft that a button's token belongs to."""

    def get(self, poll_id: int) -> Poll | None:
        """By our own id; a draft has none that is told."""

    def called(self, front_id: str) -> Poll | None:
        """By what the front calls it in the channel."""

    def of_state(self, state: PollState, limit: int) -> Sequence[Poll]:
        """Those in this state, newest first."""

    def add(self, draft: Poll) -> Poll:
        """Insert a draft, and give it back with its id; the manager's former one in that chat goes."""

    def keep(self, poll: Poll) -> None:
        """Set all of it but its counts."""

    def begin(self, poll: Poll) -> Poll:
        """Keep it with the newest customer of this moment as the end of its audience."""

    def drop(self, draft: Poll) -> None:
        """Delete a draft."""

    def count(self, poll_id: int, changes: Mapping[str, int]) -> Poll:
        """Add to the counts of its deliveries, by their names."""
