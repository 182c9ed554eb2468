"""What comes from operators: messages, edits, presses under cards; and reactions of both sides."""

from propcache.api import cached_property

from bot.rooms.matters import Matters
from bot.rooms.shared import Shared
from tickets.operator_side.card_presses import CardPresses
from tickets.operator_side.leaving import Leaving
from tickets.operator_side.operator_edits import OperatorEdits
from tickets.operator_side.orders import Orders
from tickets.operator_side.replies import Replies
from tickets.operator_side.side import OperatorSide
from tickets.operator_side.unknown import Unknown
from tickets.reactions import Reactions


class OperatorRooms:
    """Makes each of these rooms on the transaction when it is first asked for."""

    def __init__(self, shared: Shared, matters: Matters) -> None:
        self._shared, self._matters = shared, matters

    @cached_property
    def orders(self) -> Orders:
        """Carries out what operators command."""
        return Orders(
            self._shared.profile,
            tickets=self._shared.stores.tickets,
            messages=self._shared.stores.messages,
            relay=self._matters.relay,
            handling=self._matters.handling,
            banning=self._matters.banning,
        )

    @cached_property
    def leaving(self) -> Leaving:
        """Says what of an operator's message may leave the group."""
        stores = self._shared.stores
        return Leaving(
            self._shared.profile,
            customers=stores.customers,
            operators=stores.operators,
            messages=stores.messages,
        )

    @cached_property
    def replies(self) -> Replies:
        """Hands replies over to be carried."""
        return Replies(
            self._shared.profile,
            outbox=self._shared.stores.outbox,
            handling=self._matters.handling,
            orders=self.orders,
            suggestions=self._matters.suggestions,
        )

    @cached_property
    def operator_side(self) -> OperatorSide:
        """Takes what operators write in their group."""
        stores = self._shared.stores
        return OperatorSide(
            self._shared.profile,
            customers=stores.customers,
            operators=stores.operators,
            messages=stores.messages,
            relay=self._matters.relay,
            handling=self._matters.handling,
            orders=self.orders,
            leaving=self.leaving,
            replies=self.replies,
            unknown=Unknown(self._shared.profile.places, stores.topics, self._shared.alarm),
            now=self._shared.now,
        )

    @cached_property
    def operator_edits(self) -> OperatorEdits:
        """Takes what operators edit."""
        stores = self._shared.stores
        return OperatorEdits(
            self._shared.profile,
            customers=stores.customers,
            messages=stores.messages,
            leaving=self.leaving,
            relay=self._matters.relay,
            orders=self.orders,
            replies=self.replies,
            lines=self._shared.lines,
        )

    @cached_property
    def card_presses(self) -> CardPresses:
        """Carries out what operators press under a card."""
        stores = self._shared.stores
        return CardPresses(
            self._shared.profile,
            customers=stores.customers,
            operators=stores.operators,
            tickets=stores.tickets,
            handling=self._matters.handling,
            orders=self.orders,
            banning=self._matters.banning,
            now=self._shared.now,
        )

    @cached_property
    def reactions(self) -> Reactions:
        """Shows reactions on the other side."""
        stores = self._shared.stores
        return Reactions(
            customers=stores.customers,
            messages=stores.messages,
            relay=self._matters.relay,
            lines=self._shared.lines,
        )
