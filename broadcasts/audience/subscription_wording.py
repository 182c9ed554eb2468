"""How a customer's subscription reads: the list to choose from, the quiet hours, and what was chosen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from broadcasts.audience.chosen import OFFERED_HOURS, is_chosen, name_of
from broadcasts.audience.subscriber import QuietHours, Subscriber
from desk.component import Component
from desk.pages import on_page, pages, turns
from desk.post import Button, press
from desk.profile import Profile

PRESSES = "sub"
ON_A_PAGE = 30
IN_A_ROW = 2
Rows = list[list[Button]]


class SubscriptionWording:
    """Writes it in one customer's language, with the desk's time."""

    def __init__(self, profile: Profile, language: str, now: datetime) -> None:
        self._profile, self._language, self._now = profile, language, now

    def text(self, key: str, /, **params: object) -> str:
        """A text as Telegram HTML."""
        return self._profile.texts.say(key, self._language, **params)

    def plain(self, key: str, /, **params: object) -> str:
        """A text without formatting, for captions and toasts."""
        return self._profile.texts.plain(key, self._language, **params)

    def button(self, key: str, *says: str | int, **params: object) -> Button:
        """A button of the subscription's."""
        return Button(self.plain(key, **params), press(PRESSES, *says))

    def choice(self, subscriber: Subscriber | None) -> str:
        """What stands above the list."""
        return self.text(
            "subscription.choose", hours=self.hours(None if subscriber is None else subscriber.quiet)
        )

    def choice_rows(self, subscriber: Subscriber | None, page: int) -> Rows:
        """Everything, the components below their headings, quiet hours, and the way out."""
        held = frozenset[str]() if subscriber is None else subscriber.components
        components = self._profile.components
        count = pages(len(components), ON_A_PAGE)
        page = min(page, count - 1)
        everything = subscriber is not None and subscriber.wants_all
        rows = [[self._named(self.plain("subscription.all"), chosen=everything, says=("all",))]]
        shown = on_page(components, page, ON_A_PAGE)
        for heading, group in groupby(shown, key=lambda each: each.group(self._language)):
            rows += self._group(heading, list(group), held)
        turning = [
            self.button(f"button.page.{word}", "page", to, page=to + 1, pages=count)
            for word, to in turns(page, count)
        ]
        done = [self.button("subscription.hours", "hours"), self.button("subscription.done", "done")]
        return [*rows, *([turning] if turning else []), done]

    def summary(self, subscriber: Subscriber | None, mail: str = "") -> str:
        """What was chosen in the end, and where letters go while Telegram is away."""
        if subscriber is None or not subscriber.components:
            return self.text("subscription.nothing")
        named = [
            each.name(self._language)
            for each in self._profile.components
            if is_chosen(subscriber.components, each)
        ]
        chosen = self.text(
            "subscription.chosen",
            everything=subscriber.wants_all or not named,
            components=named,
            hours=self.hours(subscriber.quiet),
        )
        return f"{chosen}\n\n{self.text('subscription.mailed', address=mail)}" if mail else chosen

    def summary_rows(self, subscriber: Subscriber | None, mail: str = "") -> Rows:
        """The ways on from there."""
        if subscriber is None or not subscriber.components:
            return [[self.button("subscription.again", "ask")]]
        change = [self.button("subscription.change", "ask")] if self._profile.components else []
        return [
            [*change, self.button("subscription.hours", "hours")],
            *self._mail_rows(mail),
            [self.button("subscription.stop", "stop")],
        ]

    def _mail_rows(self, mail: str) -> Rows:
        """To give an address or to take it back, where the desk writes e-mail."""
        if mail:
            return [[Button(self.plain("subscription.mail_remove"), press("mail", "remove"))]]
        if self._profile.backup.rank("email") is None:
            return []
        return [[Button(self.plain("subscription.mail"), press("mail", "ask"))]]

    def hours_rows(self, subscriber: Subscriber | None) -> Rows:
        """The hours there are to choose from."""
        now = None if subscriber is None else subscriber.quiet
        offered = [
            self._named(self.hours(each), chosen=now == each, says=("hush", name_of(each)))
            for each in OFFERED_HOURS
        ]
        none = self._named(self.plain("subscription.no_hours"), chosen=now is None, says=("hush", "none"))
        return [offered, [none]]

    def hours(self, hours: QuietHours | None) -> str:
        """Quiet hours by the clock: "22:00–8:00"; empty for none."""
        return "" if hours is None else f"{_clock(hours.begin)}–{_clock(hours.end)}"

    @property
    def zone(self) -> str:
        """By whose clock: how far the desk's zone is from UTC."""
        ahead = self._now.astimezone(self._profile.zone).utcoffset() or timedelta()
        minutes = round(ahead.total_seconds() / 60)
        sign, (hours, rest) = "+" if minutes >= 0 else "−", divmod(abs(minutes), 60)
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")

    def _group(self, heading: str | None, group: list[Component], held: frozenset[str]) -> Rows:
        """Components below their heading, which is pressed for all of them."""
        buttons = [
            self._named(
                each.name(self._language),
                chosen=is_chosen(held, each),
                says=("on", each.id),
            )
            for each in group
        ]
        rows = [buttons[start : start + IN_A_ROW] for start in range(0, len(buttons), IN_A_ROW)]
        if heading is None:
            return rows
        first = group[0].id
        return [[self._named(f"{heading}:", chosen=False, says=("group", first))], *rows]

    def _named(self, caption: str, *, chosen: bool, says: Sequence[str | int]) -> Button:
        return Button(f"✓ {caption}" if chosen else caption, press(PRESSES, *says))


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
