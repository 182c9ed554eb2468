"""Managers at their desk, small enough for one test: real rooms over a real database, and a Telegram that
takes what the outbox holds.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from desk.hours import WorkHours
from desk.people import Person
from desk.post import Parcel
from desk.profile import Profile, Whereabouts
from desk.talk import Attached, Said, Where
from editorial.bench import Bench
from editorial.console import Editor
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.entries.version import Action, Author, Version
from faq.matching.matcher import build
from locales import Texts
from storage.audit import AuditStore
from storage.faq_drafts import FaqDraftStore, PendingStore
from storage.proposals import ProposalStore
from storage.tables import audit
from storage.versions import VersionStore

ANNA = Person(telegram_id=1001, first_name="Анна", language_code="ru")
BORIS = Person(telegram_id=1002, first_name="Борис", language_code="ru")
STRANGER = Person(telegram_id=5005, first_name="Прохожий", language_code="ru")
GROUP = -1001111111111
PRIVATE, GENERAL = Where(ANNA.telegram_id), Where(GROUP)
MOSCOW = ZoneInfo("Europe/Moscow")


def entry(entry_id: str, question: str, *phrasings: str, section: str = "Оплата", **more: Any) -> Entry:
    """An entry with everything for everybody."""
    texts = {"answer": {ANY: f"Ответ на «{question}»"}, **more}
    return Entry(
        id=entry_id,
        category={ANY: section},
        question={ANY: question},
        phrasings={ANY: phrasings} if phrasings else {},
        **texts,
    )


REFUND = entry("refund", "Как вернуть деньги?", "хочу возврат", "верните деньги")
DELIVERY = entry("delivery", "Сколько стоит доставка?", "цена доставки", section="Доставка")


@dataclass
class Shown:
    """A message as people see it."""

    id: int
    text: str
    buttons: dict[str, str]
    call: dict[str, Any]


@dataclass
class Writers:
    connection: Connection
    now: datetime = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)
    chats: dict[int, list[Shown]] = field(default_factory=dict)
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
            places=Whereabouts(group=GROUP),
            texts=Texts(),
        )
        self.versions = VersionStore(self.connection, "main")

    # the knowledge base

    def has(self, *entries: Entry) -> None:
        for each in entries:
            self.changes(each, Action.FILED, "faq.yaml")

    def changes(self, changed: Entry, action: Action = Action.EDITED, by: str = "Борис") -> None:
        self.versions.add(changed.id, action, changed, author=Author(None, by), at=self.now)

    def newest(self, entry_id: str) -> Version:
        return self.versions.of(entry_id, 1)[0]

    def made(self, question: str) -> Version:
        """The newest version of the entry that bears a question."""
        found = (each for each in self.versions.newest() if each.entry is not None)
        return next(each for each in found if each.entry and question in each.entry.question.values())

    def entry(self, entry_id: str) -> Entry:
        found = self.newest(entry_id).entry
        assert found is not None
        return found

    @property
    def knowledge(self) -> Knowledge:
        entries = tuple(each.entry for each in self.versions.newest() if each.entry is not None)
        return Knowledge(entries, lambda: self.now)

    @property
    def matcher(self) -> Any:
        return build(self.knowledge)

    # what managers do

    @property
    def editor(self) -> Editor:
        bench = Bench(
            self.profile,
            drafts=FaqDraftStore(self.connection, "main"),
            versions=self.versions,
            decisions=ProposalStore(self.connection, "main"),
            pending=PendingStore(self.connection, "main"),
            faq=self,
            now=self.now,
        )
        audited = AuditStore(self.connection, "main")
        return Editor(self.profile, bench, audit=audited, outbox=self, now=self.now)

    def faq(
        self, words: str = "", who: Person = ANNA, where: Where = PRIVATE, file: Attached | None = None
    ) -> Shown:
        self.editor.command(who, where, words, file)
        return self.newest_message(where.chat_id)

    def writes(self, html: str, who: Person = ANNA, where: Where = PRIVATE, **more: Any) -> bool:
        return self.editor.hear(who, where, Said(html, **more))

    def presses(
        self, caption: str, who: Person = ANNA, where: Where = PRIVATE, on: Shown | None = None
    ) -> str | None:
        """Press the newest such button there, or the one under a message; the toast."""
        found = [on] if on else self.chats[where.chat_id][::-1]
        message = next(each for each in found if any(caption in name for name in each.buttons))
        exact = message.buttons.get(caption)
        data = exact or next(data for name, data in message.buttons.items() if caption in name)
        return self.press(data, message.id, who, where)

    def press(self, data: str, message_id: int, who: Person = ANNA, where: Where = PRIVATE) -> str | None:
        assert len(data.encode()) <= 64, data
        _, action, *rest = data.split(":")
        return self.editor.pressed(who, where, action, rest, message_id)

    def adds(self, question: str, answer: str) -> None:
        self.faq("add")
        for told in (question, None, answer, None):
            self.presses("Пропустить") if told is None else self.writes(told)
        assert self.presses("Сохранить") == "Сохранено"

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    # what people see

    def newest_message(self, chat_id: int = ANNA.telegram_id) -> Shown:
        return self.chats[chat_id][-1]

    @property
    def text(self) -> str:
        return self.newest_message().text

    @property
    def buttons(self) -> list[str]:
        return list(self.newest_message().buttons)

    def attempts(self) -> list[tuple[int, str, bool]]:
        rows = self.connection.execute(select(audit).order_by(audit.c.id))
        return [(row.actor_id, row.action, row.allowed) for row in rows]

    # Telegram

    def post(self, parcel: Parcel) -> None:
        call, chat = parcel.call or {}, self.chats.setdefault(parcel.chat_id, [])
        text = call.get("text", call.get("caption", ""))
        buttons = _buttons(call)
        assert all(len(caption) <= 40 for caption in buttons), buttons
        if "message_id" in call:
            shown = next(each for each in chat if each.id == call["message_id"])
            shown.text, shown.buttons = call.get("text", shown.text), buttons
            return
        self.numbered += 1
        chat.append(Shown(self.numbered, text, buttons, call))


def _buttons(call: dict[str, Any]) -> dict[str, str]:
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
