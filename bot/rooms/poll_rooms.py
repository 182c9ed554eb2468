"""The rooms of polls: asking, votes, and the managers' conversation about them."""

from propcache.api import cached_property

from bot.rooms.hearing import Doubter, Hearer
from bot.rooms.shared import Shared
from broadcasts.polls.asking import PollAsking, PollStores
from broadcasts.polls.channel import PollChannel
from broadcasts.polls.composing import PollComposer
from broadcasts.polls.conversation import PollConversation
from broadcasts.polls.handling import PollHandling
from broadcasts.polls.poll_files import PollFiles
from broadcasts.polls.poll_preview import PollPreview
from broadcasts.polls.publishing import PollPublishing
from broadcasts.polls.sheet import PollSheet
from broadcasts.polls.voting import Voting
from desk.timers import Timed


class PollRooms:
    """Makes each of these rooms on the transaction when it is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def sheet(self) -> PollSheet:
        """Shows managers how polls go."""
        stores = self._shared.stores
        return PollSheet(self._shared.profile, stores.polls, stores.ballots, stores.outbox, self._shared.now)

    @cached_property
    def channel(self) -> PollChannel:
        """Asks the channel."""
        stores = self._shared.stores
        return PollChannel(
            self._shared.profile,
            polls=stores.polls,
            placements=stores.placements,
            sheet=self.sheet,
            undelivered=stores.outbox,
            outbox=stores.outbox,
        )

    @cached_property
    def asking(self) -> PollAsking:
        """Asks people in private."""
        stores = self._shared.stores
        asked = PollStores(
            polls=stores.polls,
            ballots=stores.ballots,
            receivers=stores.customers,
            concerned=stores.concerned,
            undelivered=stores.outbox,
            outbox=stores.outbox,
            timers=stores.timers,
        )
        return PollAsking(self._shared.profile, asked, self.sheet, self._shared.now)

    @cached_property
    def publishing(self) -> PollPublishing:
        """Opens polls and ends them."""
        stores = self._shared.stores
        return PollPublishing(
            polls=stores.polls,
            ballots=stores.ballots,
            channel=self.channel,
            asking=self.asking,
            sheet=self.sheet,
            timers=stores.timers,
            now=self._shared.now,
        )

    @cached_property
    def voting(self) -> Voting:
        """Takes votes in private."""
        stores = self._shared.stores
        return Voting(
            self._shared.profile,
            customers=stores.customers,
            polls=stores.polls,
            ballots=stores.ballots,
            outbox=stores.outbox,
            now=self._shared.now,
        )

    @cached_property
    def conversation(self) -> PollConversation:
        """The managers' conversation about polls."""
        stores, profile, now = self._shared.stores, self._shared.profile, self._shared.now
        composer = PollComposer(
            profile,
            polls=stores.polls,
            preview=PollPreview(profile, stores.concerned, now),
            publishing=self.publishing,
            audit=stores.audit,
            now=now,
        )
        handling = PollHandling(
            profile,
            polls=stores.polls,
            ballots=stores.ballots,
            channel=self.channel,
            asking=self.asking,
            publishing=self.publishing,
            sheet=self.sheet,
            files=PollFiles(stores.ballots, stores.outbox),
        )
        return PollConversation(composer, handling)

    def hearer(self, kind: str) -> Hearer | None:
        """The room of these that is told the outcome of parcels of this kind."""
        if kind in PollChannel.HEARS:
            return self.channel
        if kind in PollAsking.HEARS:
            return self.asking
        return self.sheet if kind in PollSheet.HEARS else None

    def doubter(self, kind: str) -> Doubter | None:
        """The room of these that keeps itself which parcels may have arrived."""
        if kind in PollChannel.DOUBTS:
            return self.channel
        return self.asking if kind in PollAsking.DOUBTS else None

    def due(self, kind: str) -> Timed | None:
        """The room of these that acts on timers of this kind."""
        if kind in PollAsking.DUE:
            return self.asking
        return self.publishing if kind in PollPublishing.DUE else None
