"""Publishing and ending a poll: by a press once, by the clock when its time is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.polls.asking import PollAsking
from broadcasts.polls.ballot import Ballots, votes_of
from broadcasts.polls.channel import PollChannel
from broadcasts.polls.poll import Poll, Polls, PollState
from broadcasts.polls.sheet import PollSheet
from desk.post import Chat
from desk.timers import Timers

ENDS = "poll_ends"


class PollPublishing:
    """Opens a poll to votes and closes it."""

    DUE = frozenset({ENDS})

    def __init__(
        self,
        *,
        polls: Polls,
        ballots: Ballots,
        channel: PollChannel,
        asking: PollAsking,
        sheet: PollSheet,
        timers: Timers,
        now: datetime,
    ) -> None:
        self._polls, self._ballots, self._channel, self._asking = polls, ballots, channel, asking
        self._sheet, self._timers, self._now = sheet, timers, now

    def publish(self, draft: Poll, message_id: int, where: Chat) -> Poll:
        """Open a draft to votes; the message that showed it shows from now on how it goes."""
        ends_at = draft.ends_at if draft.days is None else self._now + timedelta(days=draft.days)
        opened = replace(
            draft,
            state=PollState.OPEN,
            where=where,
            asking=None,
            ends_at=ends_at,
            published_at=self._now,
            message_id=message_id,
            whole=not draft.asks_people,
        )
        poll = self._polls.begin(opened)
        if poll.asks_channel:
            poll = self._channel.put(poll)
        if poll.asks_people:
            self._asking.begin(poll)
        if ends_at is not None:
            self._timers.set(ENDS, poll.id, ends_at)
        self._sheet.show(poll)
        return poll

    def end(self, poll: Poll) -> bool:
        """Take no more votes; False if that was so already."""
        if not poll.open:
            return False
        self._timers.clear(ENDS, poll.id)
        in_private = votes_of(poll, self._ballots)
        poll = self._asking.end(poll)
        ended = replace(poll, state=PollState.ENDED, ended_at=self._now, in_private=in_private)
        ended = self._channel.stop(ended)
        self._sheet.show(ended)
        return True

    def due(self, kind: str, subject: int) -> None:
        """Its time is over: its manager is told, for nobody has pressed anything."""
        poll = self._polls.get(subject)
        if poll is not None and self.end(poll):
            self._sheet.tell(poll, "poll.ended_by_clock")
