"""The sheet of a poll: what its manager sees of it while it is open and after that, and is told of it."""

from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from broadcasts.deliveries.progress import GROUP_EVERY, PRIVATE_EVERY, taking
from broadcasts.polls.ballot import Ballots, votes_of
from broadcasts.polls.poll import Poll, Polls, PollStanding
from broadcasts.polls.results import results_of
from desk.post import (
    Blocked,
    Body,
    Button,
    Chat,
    Failed,
    Outbox,
    Outcome,
    Parcel,
    Rewrite,
    Rows,
    Say,
    Sent,
    press,
)
from desk.profile import Profile

PRESSES = "poll"
SHEET = "poll_sheet"
KNOWN = frozenset({"no_right", "no_channel"})
AGAIN = frozenset({PollStanding.REFUSED, PollStanding.UNCERTAIN, PollStanding.GONE})
"""How it stands in the channel where a manager may have it put there once more."""
IN_CHANNEL = frozenset({PollStanding.STANDS, PollStanding.CLOSED, PollStanding.GONE, PollStanding.LEFT})
"""How it stands where the channel was asked."""


class PollSheet:
    """Shows how a poll goes; its buttons ask for the right when they are pressed."""

    HEARS = frozenset({SHEET})

    def __init__(
        self, profile: Profile, polls: Polls, ballots: Ballots, outbox: Outbox, now: datetime
    ) -> None:
        self._profile, self._polls, self._ballots = profile, polls, ballots
        self._outbox, self._now = outbox, now

    def show(self, poll: Poll, *, soon: bool = False) -> None:
        """Bring the manager's message up to date; `soon`: now and then only, as deliveries go on."""
        brief = self._brief(poll)
        every = PRIVATE_EVERY if poll.where.private else GROUP_EVERY
        early = poll.shown_at is not None and self._now - poll.shown_at < every
        if poll.shown == brief or (soon and early):
            return
        html, rows = self.html(poll, poll.language), self.rows(poll, poll.language)
        body: Body = Say(html=html, rows=rows, quiet=True)
        if poll.message_id is not None:
            body = Rewrite(message_id=poll.message_id, html=html, rows=rows)
        ref, to = {"poll": poll.id}, Chat(poll.where.chat_id, poll.where.thread_id)
        self._outbox.post(Parcel(to=to, body=body, kind=SHEET, ref=ref, dedupe=f"poll:{poll.id}:sheet"))
        self._polls.keep(replace(poll, shown=brief, shown_at=self._now))

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Know where it stands; one that was deleted is sent anew with the next news."""
        poll = self._polls.get(parcel.ref["poll"])
        match outcome, parcel.body:
            case Sent((message_id, *_)), Say() if poll is not None:
                self._polls.keep(replace(poll, message_id=message_id))
            case Failed(what="gone"), Rewrite() if poll is not None:
                self._polls.keep(replace(poll, message_id=None))

    def tell(self, poll: Poll, key: str, **params: object) -> None:
        """Say something about it below the sheet, so that it is noticed."""
        html = self._profile.texts.say(key, poll.language, question=poll.question, **params)
        to = Chat(poll.where.chat_id, poll.where.thread_id)
        self._outbox.post(Parcel(to=to, body=Say(html=html, answers=poll.message_id)))

    def tell_refused(self, poll: Poll, outcome: Failed | Blocked, *, results: bool = False) -> None:
        """Say why the channel has refused it, or its results."""
        what = outcome.what if isinstance(outcome, Failed) else "no_channel"
        reason = outcome.reason if isinstance(outcome, Failed) else ""
        known = what if what in KNOWN else "refused"
        self.tell(poll, f"poll.channel.{known}", reason=reason, results=results)

    def html(self, poll: Poll, language: str) -> str:
        """How it goes, with the votes so far."""
        results = results_of(poll, votes_of(poll, self._ballots))
        return self._profile.texts.say(
            "poll.sheet",
            language,
            poll=poll,
            state=poll.state.value,
            standing=poll.standing.value,
            audience=poll.audience.value,
            results=results,
            counts=poll.counts,
            reach=poll.counts.total - poll.counts.spared,
            left=self._left(poll, language),
            until=self.until(poll, language),
        )

    def until(self, poll: Poll, language: str) -> str | None:
        """When it ends, by the desk's clock; None: when somebody ends it."""
        if poll.ends_at is None:
            return None
        zone = self._profile.zone
        return self._profile.texts.moment(language, poll.ends_at.astimezone(zone), self._now.astimezone(zone))

    def rows(self, poll: Poll, language: str) -> Rows:
        """What a manager may do with it now."""
        rows = [[self.button(name, language, poll.id) for name in names] for names in _offered(poll)]
        if poll.counts.uncertain and poll.open:
            rows += [[self.button(name, language, poll.id)] for name in ("repeat", "enough")]
        return rows

    def button(self, name: str, language: str, *says: str | int) -> Button:
        """A button of the managers' conversation about polls."""
        return Button(self._profile.texts.plain(f"poll.button.{name}", language), press(PRESSES, name, *says))

    def _left(self, poll: Poll, language: str) -> str | None:
        """How long asking people will take still."""
        if not poll.open or not poll.counts.left:
            return None
        takes = taking(poll.counts.left, self._profile.bulk_per_second)
        return self._profile.texts.spell(language, takes)

    def _brief(self, poll: Poll) -> str:
        """All that makes it worth showing anew; votes are shown when somebody asks, and at the end."""
        votes = None if poll.open else (poll.in_channel, poll.in_private)
        shown = (poll.state.value, poll.standing.value, votes, replace(poll.counts, posted=0))
        return blake2b(repr(shown).encode(), digest_size=16).hexdigest()


def _offered(poll: Poll) -> list[list[str]]:
    why = [["why"]] if poll.scale else []
    if poll.open:
        again = [["again"]] if poll.asks_channel and poll.standing in AGAIN else []
        return [["refresh", "end"], *again, *why]
    return [*([["results"]] if poll.standing in IN_CHANNEL else []), *why, ["file"]]
