"""A desk's managers, its group and its channel, small enough for one test: real rooms over a real database,
and a Telegram that takes what the outbox holds and says what became of it.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from broadcasts.bulletin import Bulletin
from broadcasts.console import Console
from broadcasts.incident import Severity
from broadcasts.publishing import Publishing
from desk.hours import WorkHours
from desk.people import Person
from desk.post import Failed, Outcome, Parcel, Sent
from desk.profile import Profile, Whereabouts
from desk.talk import Said, Where
from locales import Texts
from storage.audit import AuditStore
from storage.drafts import DraftStore
from storage.incidents import IncidentStore
from storage.tables import audit

ANNA = Person(telegram_id=1001, first_name="Анна", language_code="ru")
BORIS = Person(telegram_id=1002, first_name="Борис", language_code="ru")
STRANGER = Person(telegram_id=5005, first_name="Прохожий", language_code="ru")
GROUP, CHANNEL = -1001111111111, -1002222222222
PRIVATE, GENERAL = Where(ANNA.telegram_id), Where(GROUP)
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass
class Shown:
    """A message as people see it."""

    id: int
    text: str
    buttons: dict[str, str]
    silent: bool = False
    answers: int | None = None
    thread: int | None = None


@dataclass
class Newsroom:
    connection: Connection
    now: datetime = datetime(2026, 11, 20, 11, 5, 0, 123456, tzinfo=UTC)
    posted: list[Parcel] = field(default_factory=list)
    chats: dict[int, list[Shown]] = field(default_factory=dict)
    refuses: dict[tuple[int, str], str] = field(default_factory=dict)
    numbered: int = 500

    def __post_init__(self) -> None:
        self.profile = Profile(
            desk="main",
            company="Ромашка",
            language="ru",
            zone=MOSCOW,
            hours=WorkHours.parse((), MOSCOW),
            managers=frozenset({ANNA.telegram_id, BORIS.telegram_id}),
            configured_group=GROUP,
            places=Whereabouts(group=GROUP, channel=CHANNEL),
            texts=Texts(),
        )
        self.incidents = IncidentStore(self.connection, "main")

    # what managers do

    @property
    def console(self) -> Console:
        return Console(
            self.profile,
            drafts=DraftStore(self.connection, "main"),
            incidents=self.incidents,
            audit=AuditStore(self.connection, "main"),
            outbox=self,
            now=self.now,
        )

    def broadcast(self, severity: str | None, text: str, who: Person = ANNA, where: Where = PRIVATE) -> Shown:
        """/broadcast; the newest message there afterwards."""
        self.console.broadcast(who, where, Severity(severity) if severity else None, text)
        self.deliver()
        return self.newest(where.chat_id)

    def writes(self, text: str, who: Person = ANNA, where: Where = PRIVATE) -> bool:
        heard = self.console.hear(who, where, Said(text))
        self.deliver()
        return heard

    def presses(
        self, caption: str, who: Person = ANNA, where: Where = PRIVATE, on: Shown | None = None
    ) -> str | None:
        """Press the newest such button there, or the one under a message; the toast."""
        message = on or next(m for m in reversed(self.chats[where.chat_id]) if self._has(m, caption))
        press = next(data for name, data in message.buttons.items() if caption in name)
        return self.press(press, message.id, who, where)

    def press(self, data: str, message_id: int, who: Person = ANNA, where: Where = PRIVATE) -> str | None:
        _, action, argument = data.split(":", 2)
        toast = self.console.pressed(who, where, action, argument, message_id)
        self.deliver()
        return toast

    def publishes(self, severity: str, text: str) -> None:
        self.broadcast(severity, text)
        assert self.presses("Опубликовать") == "Опубликовано"

    def goes_on(self, step: str, text: str | None = None) -> None:
        """/incidents, the newest incident, a step of it, perhaps a text, and Publish."""
        self.console.list_incidents(ANNA, PRIVATE)
        self.deliver()
        self.press(*self._first_button())
        self.presses(step)
        if text is not None:
            assert self.writes(text)
        assert self.presses("Опубликовать") == "Опубликовано"

    def passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # what people see

    def sees(self, chat_id: int) -> list[str]:
        return [message.text for message in self.chats.get(chat_id, [])]

    def newest(self, chat_id: int) -> Shown:
        return self.chats[chat_id][-1]

    def live(self) -> list[str]:
        return list(Bulletin(self.profile, self.incidents, self.now).live("ru"))

    def attempts(self) -> list[tuple[int, str, bool]]:
        rows = self.connection.execute(select(audit).order_by(audit.c.id))
        return [(row.actor_id, row.action, row.allowed) for row in rows]

    # Telegram

    def post(self, parcel: Parcel) -> None:
        if parcel.dedupe is not None:
            self.posted = [each for each in self.posted if each.dedupe != parcel.dedupe]
        self.posted.append(parcel)

    def deliver(self) -> None:
        """Take everything, and say what became of it."""
        while self.posted:
            parcel = self.posted.pop(0)
            outcome = self._take(parcel)
            if parcel.kind.startswith("incident."):
                self._hears(parcel.kind, parcel.ref, outcome)

    def hears(self, kind: str, ref: dict[str, Any], outcome: Outcome) -> None:
        """One thing that became of an earlier parcel, and whatever follows from it."""
        self._hears(kind, ref, outcome)
        self.deliver()

    def _hears(self, kind: str, ref: dict[str, Any], outcome: Outcome) -> None:
        Publishing(self.profile, incidents=self.incidents, outbox=self).heard(kind, ref, outcome)

    def _take(self, parcel: Parcel) -> Outcome:
        call = parcel.call or {}
        method, chat = call["method"], self.chats.setdefault(parcel.chat_id, [])
        if (parcel.chat_id, method) in self.refuses:
            return Failed(self.refuses[parcel.chat_id, method])
        if method == "sendMessage":
            self.numbered += 1
            chat.append(
                Shown(
                    self.numbered,
                    call["text"],
                    _buttons(call),
                    call.get("disable_notification", False),
                    call.get("reply_parameters", {}).get("message_id"),
                    call.get("message_thread_id"),
                )
            )
            return Sent((self.numbered,))
        found = [message for message in chat if message.id == call["message_id"]]
        if not found:
            return Failed("Bad Request: message to edit not found")
        found[0].text = call.get("text", found[0].text)
        found[0].buttons = _buttons(call)
        return Sent((found[0].id,))

    def _has(self, message: Shown, caption: str) -> bool:
        return any(caption in name for name in message.buttons)

    def _first_button(self) -> tuple[str, int]:
        message = self.chats[ANNA.telegram_id][-1]
        return next(iter(message.buttons.values())), message.id


def _buttons(call: dict[str, Any]) -> dict[str, str]:
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
