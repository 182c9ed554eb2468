"""The preview of a poll: how it will look, whom it asks and for how long, and the buttons below it."""

from datetime import datetime, timedelta

from broadcasts.deliveries.concerned import Concerned
from broadcasts.deliveries.progress import taking
from broadcasts.polls.poll import Poll, PollAudience
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

DAYS = (1, 3, 7)
Rows = list[list[Button]]


class PollPreview:
    """Shows a draft with what is to be known before the press."""

    def __init__(self, profile: Profile, concerned: Concerned, now: datetime) -> None:
        self._profile, self._concerned, self._now = profile, concerned, now

    def show(
        self, draft: Poll, talk: Talk, on: int | None = None, *, times: bool = False, beside: str = ""
    ) -> None:
        """Send the preview, or rewrite the message `on` with it; `times`: with the ends to choose from."""
        html = self._html(draft, talk) + beside
        rows = self._times(draft, talk) if times else self._rows(draft, talk)
        if on is None:
            talk.say(html, rows)
        else:
            talk.rewrite(on, html, rows)

    def audiences(self) -> tuple[PollAudience, ...]:
        """Whom this desk can ask."""
        return (PollAudience.PEOPLE,) if self._profile.places.channel is None else tuple(PollAudience)

    def asks_nobody(self, draft: Poll) -> bool:
        """Whether there is neither a channel nor a single person to ask."""
        return not draft.asks_channel and self._concerned.how_many(None, ())[0] == 0

    def _html(self, draft: Poll, talk: Talk) -> str:
        people, blocked = self._concerned.how_many(None, ()) if draft.asks_people else (0, 0)
        lasts = taking(people, self._profile.bulk_per_second)
        return talk.text(
            "poll.preview",
            poll=draft,
            audience=draft.audience.value,
            channel=self._profile.places.channel,
            people=talk.plain("manager.reach.people", n=people),
            reached=people,
            blocked=blocked,
            lasts=self._profile.texts.spell(talk.language, lasts) if lasts > timedelta(minutes=1) else None,
            at=self._at(draft, talk),
            days=None if draft.days is None else talk.plain("poll.days", n=draft.days),
        )

    def _until(self, draft: Poll, talk: Talk) -> str:
        """How long it is open, on its button."""
        if draft.days is not None:
            return talk.plain("poll.days", n=draft.days)
        at = self._at(draft, talk)
        return talk.plain("poll.until_ended") if at is None else talk.plain("poll.until", at=at)

    def _at(self, draft: Poll, talk: Talk) -> str | None:
        if draft.ends_at is None:
            return None
        zone = self._profile.zone
        at, now = draft.ends_at.astimezone(zone), self._now.astimezone(zone)
        return self._profile.texts.moment(talk.language, at, now)

    def _rows(self, draft: Poll, talk: Talk) -> Rows:
        token = draft.token
        rows = [
            [talk.button("button.publish", "publish", token), talk.button("button.cancel", "cancel", token)]
        ]
        if len(self.audiences()) > 1:
            rows.append([talk.button(f"poll.audience.{draft.audience.value}", "whom", token)])
        if not draft.scale:
            rows.append([talk.button("poll.several" if draft.several else "poll.one", "several", token)])
        rows.append([talk.named(f"⏳ {self._until(draft, talk)}", "until", token)])
        return [*rows, [talk.button("poll.button.words", "words", token)]]

    def _times(self, draft: Poll, talk: Talk) -> Rows:
        token = draft.token
        days = [talk.named(talk.plain("poll.days", n=each), "days", token, each) for each in DAYS]
        by_hand = talk.button("poll.until_ended", "days", token, 0)
        return [days, [by_hand], [talk.button("poll.button.time", "time", token)]]
