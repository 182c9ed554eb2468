"""What one person sees of a poll: the question, a button for each option, what they chose, the way out."""

from collections.abc import Iterable
from datetime import datetime

from broadcasts.audience.subscribing import Subscribing
from broadcasts.polls.ballot import Ballot
from broadcasts.polls.poll import Poll
from desk.formatted import cut
from desk.people import Customer
from desk.post import Button, Rewrite, Rows, Say, press
from desk.profile import Profile

PRESSES = "vote"
SHORT = 32
"""Longer options do not fit on a button: they stand in the text, and their numbers on the buttons."""
CHOSEN = "✓ "


class BallotWording:
    """Writes it in the language of whoever is asked; question and options are the manager's own."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        self._profile, self._now = profile, now

    def asks(self, poll: Poll, customer: Customer) -> Say:
        """The question as it comes, without a sound: it is no news."""
        return Say(html=self._html(poll, customer, None), rows=self._rows(poll, customer, None), quiet=True)

    def shows(self, poll: Poll, customer: Customer, ballot: Ballot, message_id: int) -> Rewrite:
        """The same with what was chosen; without buttons once it is over."""
        rows = self._rows(poll, customer, ballot) if poll.open else [[self._stop(customer)]]
        return Rewrite(message_id=message_id, html=self._html(poll, customer, ballot), rows=rows)

    def _html(self, poll: Poll, customer: Customer, ballot: Ballot | None) -> str:
        language, zone = self._profile.language_of(customer), self._profile.zone
        chosen = ballot is not None and bool(ballot.chosen)
        return self._profile.texts.say(
            "poll.ask",
            language,
            poll=poll,
            over=not poll.open,
            listed=_listed(poll.options),
            chosen=[
                option for at, option in enumerate(poll.options) if ballot is not None and ballot.has(at)
            ],
            invited=chosen and poll.scale and poll.open and ballot is not None and ballot.comment is None,
            until=None
            if poll.ends_at is None
            else self._profile.texts.moment(
                language, poll.ends_at.astimezone(zone), self._now.astimezone(zone)
            ),
        )

    def _rows(self, poll: Poll, customer: Customer, ballot: Ballot | None) -> Rows:
        buttons = [
            Button(f"{CHOSEN if ballot is not None and ballot.has(at) else ''}{caption}", _vote(poll, at))
            for at, caption in enumerate(_captions(poll.options))
        ]
        in_a_row = (len(buttons) + 1) // 2 if len(buttons) > 5 else len(buttons)
        width = in_a_row if poll.scale else 1
        rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
        return [*rows, [self._stop(customer)]]

    def _stop(self, customer: Customer) -> Button:
        language = self._profile.language_of(customer)
        caption = self._profile.texts.plain("subscription.stop", language)
        return Button(caption, press(Subscribing.PRESSES, "stop"))


def _vote(poll: Poll, option: int) -> str:
    return press(PRESSES, "choose", poll.id, option)


def _listed(options: Iterable[str]) -> bool:
    return any(len(option) > SHORT for option in options)


def _captions(options: tuple[str, ...]) -> list[str]:
    if not _listed(options):
        return list(options)
    return [f"{number}. {cut(option, SHORT)}" for number, option in enumerate(options, 1)]
