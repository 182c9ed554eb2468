"""A desk's managers, small enough for one test: real rooms over a real database, and a Telegram that takes
what the outbox holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.telegram.refusals import reason_of
from desk.authority import Authority
from desk.conversation import AttachedFile, Command, Conversation, ManagerMessage, ManagersSide, Press
from desk.hours import WorkHours
from desk.people import Person
from desk.post import Body, Chat, Failed, Outcome, Parcel, Rebutton, Rewrite, Say, Sent
from desk.profile import DeskPlaces, Profile
from locales import Texts
from storage.audit import AuditStore
from storage.tables import audit

ANNA = Person(telegram_id=1001, first_name="Анна", language_code="ru")
BORIS = Person(telegram_id=1002, first_name="Борис", language_code="ru")
STRANGER = Person(telegram_id=5005, first_name="Прохожий", language_code="ru")
GROUP, CHANNEL = -1001111111111, -1002222222222
PRIVATE, GENERAL = Chat(ANNA.telegram_id), Chat(GROUP)
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass
class Shown:
    """A message as people see it, with the body that made it."""

    id: int
    text: str
    buttons: dict[str, str]
    body: Say
    thread: int | None = None

    @property
    def silent(self) -> bool:
        return self.body.quiet

    @property
    def answers(self) -> int | None:
        return self.body.answers


@dataclass
class Managers:
    """Anna and Boris are managers; what they see stands in `chats`, by chat and in order."""

    connection: Connection
    now: datetime = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)
    chats: dict[int, list[Shown]] = field(default_factory=dict)
    refuses: dict[tuple[int, type[Body]], str] = field(default_factory=dict)
    numbered: int = 500
    longest_caption: int = 42

    def __post_init__(self) -> None:
        self.profile = Profile(
            desk="main",
            company="Ромашка",
            language="ru",
            zone=MOSCOW,
            hours=WorkHours.parse((), MOSCOW),
            managers=frozenset({ANNA.telegram_id, BORIS.telegram_id}),
            configured_group=GROUP,
            places=DeskPlaces(group=GROUP, channel=CHANNEL),
            texts=Texts(),
        )

    @property
    def conversations(self) -> Sequence[Conversation]:
        """What they can talk about in this test, put together anew for every update."""
        raise NotImplementedError

    @property
    def side(self) -> ManagersSide:
        return ManagersSide(self.profile, self.authority, self, self.conversations)

    @property
    def authority(self) -> Authority:
        return Authority(self.profile, AuditStore(self.connection, "main"), self.now)

    # what managers do

    def commands(
        self,
        name: str,
        words: str = "",
        who: Person = ANNA,
        where: Chat = PRIVATE,
        file: AttachedFile | None = None,
    ) -> Shown:
        """A command; the newest message there afterwards."""
        behind = words.partition(" ")[2]
        self.side.command(
            who, where, Command(name=name, words=words, html=words, html_behind=behind, file=file)
        )
        self.deliver()
        return self.newest_message(where.chat_id)

    def writes(self, html: str, who: Person = ANNA, where: Chat = PRIVATE, **more: Any) -> bool:
        """Whether it was taken for what somebody asked."""
        heard = self.side.hear(who, where, ManagerMessage(html, **more))
        self.deliver()
        return heard

    def presses(
        self, caption: str, who: Person = ANNA, where: Chat = PRIVATE, on: Shown | None = None
    ) -> str | None:
        """Press the newest such button there, or the one under a message; the toast."""
        found = [on] if on else self.chats[where.chat_id][::-1]
        message = next(each for each in found if any(caption in name for name in each.buttons))
        exact = message.buttons.get(caption)
        data = exact or next(data for name, data in message.buttons.items() if caption in name)
        return self.press(data, message.id, who, where)

    def press(self, data: str, message_id: int, who: Person = ANNA, where: Chat = PRIVATE) -> str | None:
        """Any press, forged ones too; the toast."""
        assert len(data.encode()) <= 64, data
        press = Press.read(data, message_id)
        toast = None if press is None else self.side.pressed(who, where, press)
        self.deliver()
        return toast

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    # what people see

    def sees(self, chat_id: int) -> list[str]:
        return [message.text for message in self.chats.get(chat_id, [])]

    def newest_message(self, chat_id: int = ANNA.telegram_id) -> Shown:
        return self.chats[chat_id][-1]

    def attempts(self) -> list[tuple[int, str, bool]]:
        rows = self.connection.execute(select(audit).order_by(audit.c.id))
        return [(row.actor_id, row.action, row.allowed) for row in rows]

    # Telegram

    def post(self, parcel: Parcel) -> None:
        self.take(parcel)

    def deliver(self) -> None:
        """Nothing waits: what is posted is there."""

    def take(self, parcel: Parcel) -> Outcome:
        """Show it where it belongs, as Telegram would."""
        body, to = parcel.body, parcel.to
        place = to if isinstance(to, Chat) else Chat(GROUP)
        chat = self.chats.setdefault(place.chat_id, [])
        buttons = {each.caption: each.press for row in getattr(body, "rows", ()) for each in row}
        assert all(len(caption) <= self.longest_caption for caption in buttons), buttons
        if (place.chat_id, type(body)) in self.refuses:
            return refusal(self.refuses[place.chat_id, type(body)])
        if isinstance(body, Say):
            self.numbered += 1
            chat.append(Shown(self.numbered, body.html, buttons, body, place.thread_id))
            return Sent((self.numbered,))
        assert isinstance(body, Rewrite | Rebutton), body
        found = [message for message in chat if message.id == body.message_id]
        if not found:
            return refusal("Bad Request: message to edit not found")
        found[0].text = body.html if isinstance(body, Rewrite) else found[0].text
        found[0].buttons = buttons
        return Sent((found[0].id,))


def refusal(description: str) -> Failed:
    """What the desk hears when Telegram says this."""
    return Failed(description, reason_of(description))
