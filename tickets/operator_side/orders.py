"""Orders: what operators command with a slash, and what becomes of what stands beside a command."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from desk.content import Content
from desk.people import Customer, Operator
from desk.profile import Profile
from tickets.bans.banning import Banning
from tickets.handling import Handling, TicketChanged, TicketUnchanged
from tickets.lines import Line
from tickets.marks import NOTED, OBEYED
from tickets.operator_side.inside import NOTE, is_note
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Messages, Place, Ticket, Tickets, TicketState

SPEAKING = frozenset({"close"})
"""The commands whose words the customer gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command about a customer; `inside`: whom it answers or mentions keeps its words among operators."""

    operator: Operator
    customer: Customer
    incoming: IncomingMessage
    name: str
    argument: str = ""
    inside: bool = False
    words: Content = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", behind_command(self.incoming.content))

    @property
    def has_more(self) -> bool:
        """Whether words or a file stand beside the command."""
        return bool(self.argument) or self.incoming.content.kind != "text"


class Orders:
    """Carries out orders."""

    COMMANDS = frozenset(str.split("take close reopen note undo ban unban"))

    def __init__(
        self,
        profile: Profile,
        *,
        tickets: Tickets,
        messages: Messages,
        relay: Relay,
        handling: Handling,
        banning: Banning,
    ) -> None:
        self._profile, self._tickets, self._messages = profile, tickets, messages
        self._relay, self._handling, self._banning = relay, handling, banning

    def carry_out(self, order: Order) -> list[Line]:
        """Carry out an order; returns what is to be said about it, nothing if its mark says enough."""
        match order.name:
            case name if name not in self.COMMANDS:
                self._keep_inside(order)
                return [Line("operator.unknown_command", {"command": name})]
            case "note":
                self._note(order)
                return []
            case "ban":
                self._keep_inside(order)
                return self._done(order, self._banning.ban(order.operator, order.customer, order.argument))
            case "close":
                return self._close(order)
            case _:
                return self._done(order, self._plain(order), left=order.has_more)

    def as_sent(self, content: Content) -> Content:
        """The content as the customer gets it: without the command whose words they are."""
        name = content.text.partition("\n")[0].partition(" ")[0].partition("@")[0]
        if name.casefold().removeprefix("/") not in SPEAKING or not name.startswith("/"):
            return content
        words = behind_command(content)
        return self._unsilenced(words) if is_silent(words.text, self._profile) else words

    def refused(self, customer: Customer) -> Line | None:
        """What to say where a ban keeps operators from writing to the customer."""
        ban = self._banning.of(customer) if customer.banned else None
        return None if ban is None else Line("operator.ban.silent", self._banning.facts(ban))

    def closed_with(self, incoming: IncomingMessage) -> Ticket | None:
        """The ticket that was closed by the words under an earlier picture of the same album."""
        if incoming.content.album is None:
            return None
        place = incoming.place
        for message in self._messages.find(Place(place.chat_id, place.telegram_id - 1)):
            if message.author == "operator" and message.content.album == incoming.content.album:
                ticket = self._tickets.get(message.ticket_id or 0)
                return ticket if ticket is not None and ticket.state is TicketState.CLOSED else None
        return None

    def _plain(self, order: Order) -> Line | None:
        """An order that needs no words; returns what to say if it is not done."""
        customer, operator = order.customer, order.operator
        match order.name:
            case "unban":
                return self._banning.lift(operator, customer)
            case "undo":
                done = self._handling.undo(operator, customer, order.incoming)
                return None if done else Line("operator.nothing_to_undo")
            case _ if (refused := self.refused(customer)) is not None:
                return refused
            case "take":
                return self._settled(self._handling.take(operator, customer))
            case _:
                return self._settled(self._handling.reopen(customer))

    def _close(self, order: Order) -> list[Line]:
        """Send what stands beside the command, and close; one word of ours asks for no rating."""
        words, silent = order.words, is_silent(order.words.text, self._profile)
        words = self._unsilenced(words) if silent else words
        says = bool(words.text.strip()) or words.kind != "text"
        refused = self.refused(order.customer) if says else None
        if refused is not None:
            return self._done(order, refused)
        if says and not order.inside:
            failed = self._close_with(order, words, silent=silent)
            return [] if failed is None else [failed]  # its delivery is the mark
        failed = self._settled(self._handling.close(order.customer, silent=silent))
        return self._done(order, failed, left=says or _notes(order))

    def _close_with(self, order: Order, words: Content, *, silent: bool) -> Line | None:
        """Send the words and close; words after the closing leave the ticket closed."""
        last = self._tickets.last_of(order.customer.id)
        closed = last if last is not None and last.state is TicketState.CLOSED else None
        said = replace(order.incoming, content=words)
        self._handling.reply(order.operator, order.customer, said, under=closed)
        wait = self._profile.album_wait if words.album else timedelta(0)
        return self._settled(self._handling.close(order.customer, silent=silent, after=wait))

    @staticmethod
    def _unsilenced(words: Content) -> Content:
        return words.kept([(_behind_first(words.text), len(words.text))])

    def _note(self, order: Order) -> None:
        content = replace(order.incoming.content, text=order.argument, entities=())
        self._keep_inside(replace(order, incoming=replace(order.incoming, content=content)))
        self._relay.mark(order.incoming.place, NOTED)

    def _keep_inside(self, order: Order) -> None:
        """Keep as a note what stands beside a command; the rest of an album follows it."""
        if order.has_more:
            self._handling.note(order.operator, order.customer, order.incoming)

    def _done(self, order: Order, failed: Line | None, *, left: bool = False) -> list[Line]:
        """Mark what was done, or say why not; `left`: what stands beside the command is used for nothing."""
        lines = [] if failed is None else [failed]
        if failed is None and order.name != "undo":  # /undo is marked once the reply is gone
            self._relay.mark(order.incoming.place, OBEYED)
        if left:
            self._keep_inside(order)
            lines.append(Line("operator.stayed_inside", {"command": order.name}))
        return lines

    @staticmethod
    def _settled(outcome: TicketChanged | TicketUnchanged) -> Line | None:
        match outcome:
            case TicketChanged(_):
                return None
            case TicketUnchanged(ticket) if ticket is not None:
                return Line(f"operator.already.{ticket.state.value}", {"number": ticket.number})
            case TicketUnchanged():
                return Line("operator.no_ticket")


def behind_command(content: Content) -> Content:
    """The content with the words behind its command alone; lines that begin with // are for operators."""
    text, spans, at = content.text, list[tuple[int, int]](), _behind_first(content.text)
    for line in text[at:].splitlines(keepends=True):
        if not is_note(line):
            spans.append((at, at + len(line)))
        at += len(line)
    if spans:
        start, end = spans[-1]
        spans[-1] = (start, start + len(text[start:end].rstrip()))
    return content.kept(spans)


def is_silent(words: str, profile: Profile) -> bool:
    """Whether the first of the words asks to close without a rating, in any of our languages."""
    first = (words.split(maxsplit=1) or [""])[0].casefold()
    return any(
        first in profile.texts.plain("operator.words.silent", each).split()
        for each in profile.texts.languages
    )


def _notes(order: Order) -> bool:
    """Whether lines for operators stood among the words."""
    return NOTE in order.argument and order.words.text.strip() != order.argument


def _behind_first(text: str) -> int:
    """The position behind the first word and the space after it."""
    word = (text.split(maxsplit=1) or [""])[0]
    end = text.index(word) + len(word)
    return len(text) - len(text[end:].lstrip())
