"""What else comes from customers than messages: edits, votes, blocks, other bots."""

from propcache.api import cached_property

from bot.rooms.matters import Matters
from bot.rooms.shared import Shared
from tickets.customer_side.access import Access
from tickets.customer_side.edits import Edits
from tickets.customer_side.machines import Machines
from tickets.votes import Votes


class CustomerSide:
    """Makes each of these rooms on the transaction when it is first asked for."""

    def __init__(self, shared: Shared, matters: Matters) -> None:
        self._shared, self._matters = shared, matters

    @cached_property
    def access(self) -> Access:
        """Notes who lets the bot write to them."""
        stores = self._shared.stores
        return Access(
            customers=stores.customers,
            tickets=stores.tickets,
            lines=self._shared.lines,
            now=self._shared.now,
        )

    @cached_property
    def machines(self) -> Machines:
        """Takes what other bots write."""
        stores = self._shared.stores
        return Machines(
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            relay=self._matters.relay,
            handling=self._matters.handling,
            lines=self._shared.lines,
            now=self._shared.now,
        )

    @cached_property
    def edits(self) -> Edits:
        """Takes what customers edit."""
        stores = self._shared.stores
        return Edits(
            customers=stores.customers,
            messages=stores.messages,
            questions=stores.questions,
            asking=self._matters.asking,
            answers=self._shared.answers,
            triage=self._matters.triage,
            concealing=self._matters.concealing,
            relay=self._matters.relay,
            handling=self._matters.handling,
        )

    @cached_property
    def votes(self) -> Votes:
        """Tells operators how customers vote."""
        stores = self._shared.stores
        return Votes(
            self._shared.profile,
            customers=stores.customers,
            messages=stores.messages,
            polls=stores.placements,
            outbox=stores.outbox,
        )
