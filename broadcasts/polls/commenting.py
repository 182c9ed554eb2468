"""Comments on grades: what somebody writes just after they have given one."""

from datetime import datetime

from broadcasts.polls.ballot import Ballot, Ballots
from broadcasts.polls.ballot_wording import PRESSES
from broadcasts.polls.poll import Polls
from desk.conversation import Press, number
from desk.people import Customer, Customers, Person
from desk.post import Button, Chat, Outbox, Parcel, press, rebutton, say
from desk.profile import Profile
from faq.understanding.pleas import pleads
from tickets.comments import is_comment
from tickets.relay import IncomingMessage
from tickets.ticket import Messages


class PollComments:
    """Waits for a comment for as long as after a rating, and gives back what was meant as a question."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        polls: Polls,
        ballots: Ballots,
        messages: Messages,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._polls = profile, customers, polls
        self._ballots, self._messages, self._outbox, self._now = ballots, messages, outbox, now

    def asked_at(self, who: Customer) -> datetime | None:
        """Since when a comment of this customer is waited for; None if none is."""
        ballot = self._ballots.newest_voted(who.id)
        if ballot is None or ballot.chosen_at is None or not ballot.chosen or ballot.comment is not None:
            return None
        if self._now - ballot.chosen_at > self._profile.comment_window:
            return None
        poll = self._polls.get(ballot.poll_id)
        return ballot.chosen_at if poll is not None and poll.open and poll.scale else None

    def hear(self, who: Customer, words: IncomingMessage) -> bool:
        """Keep words as a comment; False if they ask something.

        Words that tell of trouble are kept too, and triage treats them as a question as well.
        """
        ballot, text = self._ballots.newest_voted(who.id), words.content.text
        if ballot is None or "?" in text or not is_comment(words.content):
            return False
        message = self._messages.keep(
            customer_id=who.id,
            ticket_id=None,
            author="customer",
            content=words.content,
            at=self._now,
            original=words.place,
        )
        self._ballots.comment(ballot.id, text, message.id)
        if not pleads(text):
            self._thank(who, ballot)
        return True

    def not_a_comment(self, person: Person, said: Press) -> int | None:
        """Remove a comment that was a question; returns the id of its message."""
        customer, ballot_id = self._customers.meet(person), number(said.subject)
        ballot = None if ballot_id is None else self._ballots.get(ballot_id)
        if ballot is None or ballot.customer_id != customer.id or ballot.comment_message is None:
            return None
        self._ballots.comment(ballot.id, "", None)
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(said.message_id)))
        return ballot.comment_message

    def _thank(self, who: Customer, ballot: Ballot) -> None:
        """Say that it was kept; it may have been meant as a question."""
        language, texts = self._profile.language_of(who), self._profile.texts
        caption = texts.plain("button.it_is_a_question", language)
        rows = [[Button(caption, press(PRESSES, "question", ballot.id))]]
        html = texts.say("rating.comment_kept", language)
        self._outbox.post(Parcel(to=who.address, body=say(html, rows)))
