"""Voting in private: what people press on their ballots, and what they add to a grade."""

from collections.abc import Sequence
from datetime import datetime

from broadcasts.polls.ballot import Ballot, Ballots
from broadcasts.polls.ballot_wording import PRESSES, BallotWording
from broadcasts.polls.poll import Poll, Polls
from desk.conversation import Press, number
from desk.people import Customer, Customers, Person
from desk.post import Chat, Outbox, Parcel
from desk.profile import Profile


class Voting:
    """Takes the votes of those who were asked; nobody else's."""

    PRESSES = PRESSES

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        polls: Polls,
        ballots: Ballots,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._polls = profile, customers, polls
        self._ballots, self._outbox, self._now = ballots, outbox, now
        self._wording = BallotWording(profile, now)

    def pressed(self, person: Person, said: Press) -> str | None:
        """Carry out a press; returns the toast, if any."""
        customer = self._customers.meet(person)
        found = self._found(customer, [number(word) for word in said.words])
        if said.action != "choose" or found is None:
            return self._plain("poll.not_yours", customer)
        poll, ballot, option = found
        if poll.open:
            chosen = ballot.pressed(option, several=poll.several)
            self._ballots.choose(ballot.id, chosen, self._now)
            ballot = self._ballots.of(poll.id, customer.id) or ballot
        body = self._wording.shows(poll, customer, ballot, said.message_id)
        to, dedupe = Chat(customer.chat_id), f"ballot:{ballot.id}:shown"
        self._outbox.post(Parcel(to=to, body=body, dedupe=dedupe))
        if not poll.open:
            return self._plain("poll.over", customer)
        return self._plain("poll.counted" if ballot.chosen else "poll.taken_back", customer)

    def _found(self, customer: Customer, words: Sequence[int | None]) -> tuple[Poll, Ballot, int] | None:
        """The ballot that a press is about, if it is this customer's and has such an option."""
        match words:
            case [int(poll_id), int(option)]:
                poll = self._polls.get(poll_id)
                ballot = None if poll is None else self._ballots.of(poll.id, customer.id)
                if poll is not None and ballot is not None and option < len(poll.options):
                    return poll, ballot, option
        return None

    def _plain(self, key: str, customer: Customer) -> str:
        return self._profile.texts.plain(key, self._profile.language_of(customer))
