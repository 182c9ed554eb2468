"""Progress: one message to who published, which is edited now and then until all is done."""

from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.deliveries.broadcast import Broadcast, BroadcastKind, Broadcasts, BroadcastState
from broadcasts.deliveries.paying import Paying
from broadcasts.incident import Incident
from desk.paid import grouped, stars_for, stars_in_words
from desk.post import (
    Body,
    Button,
    Chat,
    Failed,
    Outbox,
    Outcome,
    Parcel,
    Rebutton,
    Rewrite,
    Rows,
    Say,
    Sent,
    press,
)
from desk.profile import Profile

SHOWN = "broadcast.shown"
PRESSES = "delivery"
PRIVATE_EVERY, GROUP_EVERY = timedelta(seconds=3), timedelta(seconds=30)
"""How often it is edited at most: a group has few messages a minute for everything."""
BUTTONS = {
    BroadcastState.RUNNING: ("pause", "cancel"),
    BroadcastState.PAUSED: ("resume", "cancel"),
}


class Progress:
    """Shows how far a broadcast has come."""

    def __init__(self, profile: Profile, broadcasts: Broadcasts, outbox: Outbox, now: datetime) -> None:
        self._profile, self._broadcasts, self._outbox, self._now = profile, broadcasts, outbox, now
        self._paying = Paying(profile, broadcasts)

    def show(self, broadcast: Broadcast, incident: Incident, *, at_once: bool = False) -> Broadcast:
        """Bring the message up to date, if it says something new and was not edited just now."""
        if not broadcast.counts.total:
            return broadcast
        brief = _brief(broadcast)
        every = PRIVATE_EVERY if broadcast.where.private else GROUP_EVERY
        early = broadcast.shown_at is not None and self._now - broadcast.shown_at < every
        if broadcast.shown == brief or (early and not at_once):
            return broadcast
        if broadcast.shown and broadcast.message_id is None:
            return broadcast  # it is on its way; what is new is shown once its place is known
        html, rows = self._html(broadcast, incident), self._rows(broadcast)
        body: Body = Say(html=html, rows=rows, quiet=True)
        if broadcast.message_id is not None:
            body = Rewrite(message_id=broadcast.message_id, html=html, rows=rows)
        self._outbox.post(
            Parcel(
                to=Chat(broadcast.where.chat_id, broadcast.where.thread_id),
                body=body,
                kind=SHOWN,
                ref={"broadcast": broadcast.id},
                dedupe=f"broadcast:{broadcast.id}",
            )
        )
        shown = replace(broadcast, shown=brief, shown_at=self._now)
        self._broadcasts.keep(shown)
        return shown

    def heard(self, parcel: Parcel, outcome: Outcome) -> Broadcast | None:
        """Keep where it stands now; what its publisher has deleted is shown anew. None if nothing changes."""
        broadcast = self._broadcasts.get(parcel.ref["broadcast"])
        if broadcast is None or parcel.to != Chat(broadcast.where.chat_id, broadcast.where.thread_id):
            return None
        match outcome:
            case Sent((message_id, *_)) if message_id != broadcast.message_id:
                stands = replace(broadcast, message_id=message_id)
            case Failed(what="gone") if isinstance(parcel.body, Rewrite):
                stands = replace(broadcast, message_id=None, shown="")
            case _:
                return None
        self._broadcasts.keep(stands)
        return stands

    def moved(self, broadcast: Broadcast, where: Chat, language: str) -> Broadcast:
        """The broadcast, which is shown there from now on; the message before it has no buttons any more."""
        if broadcast.message_id is not None:
            before = Chat(broadcast.where.chat_id, broadcast.where.thread_id)
            self._outbox.post(Parcel(to=before, body=Rebutton(message_id=broadcast.message_id)))
        moved = replace(broadcast, where=where, language=language, message_id=None, shown="")
        self._broadcasts.keep(moved)
        return moved

    def _html(self, broadcast: Broadcast, incident: Incident) -> str:
        texts, language, counts = self._profile.texts, broadcast.language, broadcast.counts
        running = broadcast.state is BroadcastState.RUNNING and counts.left > 0
        pace = self._paying.per_second(broadcast)
        left = texts.spell(language, taking(counts.left, pace)) if running else None
        return texts.say(
            "manager.broadcast",
            language,
            state=broadcast.state.value,
            kind=broadcast.kind.value,
            sign=incident.severity.sign,
            title=incident.title,
            counts=counts,
            reach=counts.total - counts.spared,
            left=left,
            payment=broadcast.payment.value,
            stars=grouped(broadcast.stars),
            spent=stars_in_words(texts, language, stars_for(counts.paid)) if counts.paid else None,
        )

    def _rows(self, broadcast: Broadcast) -> Rows:
        found = [self._button(name, broadcast) for name in BUTTONS.get(broadcast.state, ())]
        rows = [found] if found else []
        if broadcast.counts.uncertain and broadcast.kind is BroadcastKind.TELL:
            tells = broadcast.state.open or broadcast.state is BroadcastState.DONE
            names = ("again", "enough") if tells else ("enough",)
            rows += [[self._button(name, broadcast)] for name in names]
        return rows

    def _button(self, name: str, broadcast: Broadcast) -> Button:
        caption = self._profile.texts.plain(f"delivery.button.{name}", broadcast.language)
        return Button(caption, press(PRESSES, name, broadcast.id))


def taking(messages: int, per_second: float) -> timedelta:
    """How long so many messages take at the pace that is kept."""
    return timedelta(seconds=messages / (per_second or 30))


def _brief(broadcast: Broadcast) -> str:
    """All that changes in what is shown."""
    counts = broadcast.counts
    told = (counts.sent, counts.blocked, counts.failed, counts.uncertain, counts.spared, counts.stale)
    return f"{broadcast.state.value} {broadcast.payment.value} {counts.total} {' '.join(map(str, told))}"[:64]
