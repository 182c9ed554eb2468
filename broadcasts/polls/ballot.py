"""The ballot: a poll put to one person in private, and what they chose."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcasts.deliveries.broadcast import DeliveryState
from broadcasts.polls.poll import Poll, VoteCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One poll to one customer; `chosen` has a bit for each option, none once the vote is taken back."""

    id: int
    poll_id: int
    customer_id: int
    state: DeliveryState
    message_id: int | None = None
    chosen: int = 0
    chosen_at: datetime | None = None
    comment: str | None = None
    comment_message: int | None = None

    def has(self, option: int) -> bool:
        """Whether this option was chosen."""
        return bool(self.chosen >> option & 1)

    def pressed(self, option: int, *, several: bool) -> int:
        """What is chosen after a press on an option: of several each by itself, else the last."""
        bit = 1 << option
        return self.chosen ^ bit if several else 0 if self.chosen == bit else bit


class Ballots(Protocol):
    """The ballots of one desk."""

    def add(self, poll_id: int, customers: Sequence[int]) -> int:
        """Insert one for each who has none yet; how many those are."""

    def among(self, poll_id: int, state: DeliveryState, limit: int) -> Sequence[Ballot]:
        """Those of a poll in this state, in order."""

    def settle(
        self, ids: Collection[int], state: DeliveryState, at: datetime, message_id: int | None = None
    ) -> None:
        """Set the state of ballots."""

    def posted_to(self, customer_id: int) -> Sequence[Ballot]:
        """Those that lie in the outbox for a customer."""

    def of(self, poll_id: int, customer_id: int) -> Ballot | None:
        """A customer's ballot of a poll."""

    def get(self, ballot_id: int) -> Ballot | None:
        """By our own id."""

    def choose(self, ballot_id: int, chosen: int, at: datetime) -> None:
        """Set what was chosen."""

    def chosen(self, poll_id: int) -> Mapping[int, int]:
        """How many people chose what, each by its bits."""

    def newest_voted(self, customer_id: int) -> Ballot | None:
        """The ballot on which a customer has voted last."""

    def comment(self, ballot_id: int, text: str, message_id: int | None) -> None:
        """Set what the customer wrote about it; an empty text invites no other."""

    def comments(self, poll_id: int, limit: int) -> Sequence[Ballot]:
        """Those with a comment, newest first."""


def votes_of(poll: Poll, ballots: Ballots) -> VoteCounts:
    """The votes in private as they stand."""
    if not poll.open:
        return poll.in_private
    chosen = ballots.chosen(poll.id)
    by_option = tuple(
        sum(people for bits, people in chosen.items() if bits >> option & 1)
        for option in range(len(poll.options))
    )
    return VoteCounts(by_option, sum(people for bits, people in chosen.items() if bits))


def options_in(chosen: int) -> Iterator[int]:
    """The options that the bits stand for."""
    return (option for option in range(chosen.bit_length()) if chosen >> option & 1)
