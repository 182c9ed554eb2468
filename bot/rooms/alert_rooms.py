"""The rooms for what monitoring tells."""

from collections.abc import Callable

from propcache.api import cached_property

from bot.rooms.shared import Shared
from broadcasts.alerts.board import AlertBoard
from broadcasts.alerts.conversation import AlertConversation
from broadcasts.alerts.spikes import Spikes
from broadcasts.alerts.taking import AlertIntake
from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.reaches import Reaches
from broadcasts.telling.publishing import Publishing


class AlertRooms:
    """Makes each on the transaction when it is first asked for."""

    def __init__(
        self, shared: Shared, publishing: Callable[[], Publishing], reaches: Callable[[], Reaches]
    ) -> None:
        self._shared, self._publishing, self._reaches = shared, publishing, reaches

    @cached_property
    def board(self) -> AlertBoard:
        """Shows managers what monitoring tells."""
        stores = self._shared.stores
        return AlertBoard(
            self._shared.profile,
            alerts=stores.alerts,
            incidents=stores.incidents,
            placements=stores.placements,
            timers=stores.timers,
            outbox=stores.outbox,
            followers=stores.followers,
            now=self._shared.now,
        )

    @cached_property
    def intake(self) -> AlertIntake:
        """Takes in what monitoring tells."""
        stores = self._shared.stores
        return AlertIntake(
            self._shared.profile,
            alerts=stores.alerts,
            incidents=stores.incidents,
            board=self.board,
            publishing=self._publishing(),
            audit=stores.audit,
            now=self._shared.now,
        )

    @cached_property
    def spikes(self) -> Spikes:
        """Finds what customers suddenly ask."""
        stores = self._shared.stores
        return Spikes(
            self._shared.profile, questions=stores.spikes, before=stores.alerts, now=self._shared.now
        )

    @cached_property
    def conversation(self) -> AlertConversation:
        """The managers' buttons below alerts."""
        stores, profile, now = self._shared.stores, self._shared.profile, self._shared.now
        composer = NoticeComposer(
            profile,
            drafts=stores.drafts,
            incidents=stores.incidents,
            publishing=self._publishing(),
            reaches=self._reaches(),
            now=now,
        )
        return AlertConversation(
            profile,
            alerts=stores.alerts,
            incidents=stores.incidents,
            drafts=stores.drafts,
            composer=composer,
            board=self.board,
            now=now,
        )
