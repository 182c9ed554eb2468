"""The poll in the channel: put there, counted as the front tells, ended, and its results posted below it."""

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.deliveries.taking_back import UndeliveredNotices
from broadcasts.polls.poll import Poll, Polls, PollStanding, PollState, VoteCounts
from broadcasts.polls.sheet import PollSheet
from desk.placement import Placement, Placements
from desk.poll_bodies import AskPoll, ClosePoll
from desk.post import Blocked, Chat, Failed, Lane, Outbox, Outcome, Parcel, Say, Sent
from desk.profile import Profile

PUT, STOPPED, TOLD = "poll_put", "poll_stopped", "poll_told"
LIKELY = 50
"""So many open polls are looked through for the one that a strange poll may be."""


class PollChannel:
    """Asks the channel."""

    HEARS = frozenset({PUT, STOPPED, TOLD})
    DOUBTS = frozenset({PUT})

    def __init__(
        self,
        profile: Profile,
        *,
        polls: Polls,
        placements: Placements,
        sheet: PollSheet,
        undelivered: UndeliveredNotices,
        outbox: Outbox,
    ) -> None:
        self._profile, self._polls, self._placements = profile, polls, placements
        self._sheet, self._outbox, self._undelivered = sheet, outbox, undelivered

    def put(self, poll: Poll) -> Poll:
        """Put it into the channel; a second one would split the votes, so nothing does so by itself."""
        channel_id = self._profile.places.channel
        if channel_id is None:
            return self._keep(replace(poll, standing=PollStanding.REFUSED))
        body = AskPoll(question=poll.question, options=poll.options, several=poll.several)
        to, ref = Chat(channel_id), {"poll": poll.id}
        self._outbox.post(Parcel(to=to, lane=Lane.BULK, body=body, kind=PUT, ref=ref, dedupe=key_of(poll)))
        return self._keep(replace(poll, standing=PollStanding.POSTED))

    def stop(self, poll: Poll) -> Poll:
        """Let nobody vote there any more; what is not on its way yet does not go there."""
        if poll.standing is PollStanding.POSTED and self._undelivered.take_back([key_of(poll)]):
            poll = replace(poll, standing=PollStanding.NOWHERE)
        if poll.standing is PollStanding.STANDS:
            poll = self._closed(poll)
        return self._keep(poll)

    def tell(self, poll: Poll, html: str) -> bool:
        """Post the results as a reply to it, once; False if they stand there already."""
        channel_id, told = self._profile.places.channel, f"results:{poll.id}"
        if channel_id is None or self._placements.of(told) is not None:
            return False
        stands = self._placements.of(_asked(poll))
        answers = None if stands is None or stands.chat_id != channel_id else stands.message_id
        self._placements.put(told, Placement(channel_id))
        body, ref = Say(html=html, answers=answers), {"poll": poll.id}
        self._outbox.post(Parcel(to=Chat(channel_id), lane=Lane.INCIDENT, body=body, kind=TOLD, ref=ref))
        return True

    def named(self, poll_id: int, front_id: str) -> None:
        """The front has taken it under this name."""
        poll = self._polls.get(poll_id)
        if poll is not None:
            self._keep(replace(poll, front_id=front_id))

    def counted(self, front_id: str, by_option: Sequence[int], people: int, *, closed: bool) -> None:
        """The votes as the front counts them; what is told late about a closed poll is older."""
        poll = self._polls.called(front_id)
        if poll is None or poll.standing is PollStanding.CLOSED or len(by_option) != len(poll.options):
            return
        standing = PollStanding.CLOSED if closed else poll.standing
        poll = self._keep(replace(poll, in_channel=VoteCounts(tuple(by_option), people), standing=standing))
        if closed or not poll.open:
            self._sheet.show(poll)

    def recognised(self, front_id: str, question: str, options: Sequence[str]) -> None:
        """Know a poll whose sending was never answered by what it says; its votes count from now on."""
        if self._polls.called(front_id) is not None:
            return
        for poll in self._polls.of_state(PollState.OPEN, LIKELY):
            same = (poll.question, poll.options) == (question, tuple(options))
            if same and poll.standing is PollStanding.UNCERTAIN and poll.front_id is None:
                poll = self._keep(replace(poll, front_id=front_id, standing=PollStanding.STANDS))
                self._sheet.show(poll)
                return

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Go on from what became of it in the channel."""
        poll = self._polls.get(parcel.ref["poll"])
        if poll is None or not isinstance(parcel.to, Chat):
            return
        match parcel.kind, outcome:
            case "poll_put", Sent((message_id, *_)):
                self._placements.put(_asked(poll), Placement(parcel.to.chat_id, message_id))
                poll = self._keep(replace(poll, standing=PollStanding.STANDS))
                if not poll.open:  # it was on its way when it ended
                    self.stop(poll)
            case "poll_put", (Failed() | Blocked()):
                poll = self._keep(replace(poll, standing=PollStanding.REFUSED))
                self._sheet.tell_refused(poll, outcome)
            case "poll_stopped", Sent():
                poll = self._keep(replace(poll, standing=PollStanding.CLOSED))
            case "poll_stopped", Failed(what="gone"):
                poll = self._keep(replace(poll, standing=PollStanding.GONE))
            case "poll_stopped", (Failed() | Blocked()):
                poll = self._keep(replace(poll, standing=PollStanding.LEFT))
            case "poll_told", (Failed() | Blocked()):
                self._placements.forget(f"results:{poll.id}")
                self._sheet.tell_refused(poll, outcome, results=True)
        self._sheet.show(poll)

    def doubted(self, parcel: Parcel) -> None:
        """It may stand there: a manager looks, because a second one would split the votes."""
        poll = self._polls.get(parcel.ref["poll"])
        if poll is not None:
            poll = self._keep(replace(poll, standing=PollStanding.UNCERTAIN))
            self._sheet.tell(poll, "poll.uncertain")
            self._sheet.show(poll)

    def _closed(self, poll: Poll) -> Poll:
        """Close it where it stands; one of which no answer told where that is can only be closed by hand."""
        stands = self._placements.of(_asked(poll))
        if stands is None or stands.message_id is None:
            return replace(poll, standing=PollStanding.LEFT)
        body, to = ClosePoll(message_id=stands.message_id), Chat(stands.chat_id)
        self._outbox.post(Parcel(to=to, body=body, kind=STOPPED, ref={"poll": poll.id}))
        return poll

    def _keep(self, poll: Poll) -> Poll:
        self._polls.keep(poll)
        return poll


def key_of(poll: Poll) -> str:
    """The dedupe key of the poll on its way into the channel."""
    return f"poll:{poll.id}:channel"


def _asked(poll: Poll) -> str:
    return f"asked:{poll.id}"
