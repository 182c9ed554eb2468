"""Managers who write the knowledge base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.conversation import AttachedFile, Conversation
from desk.people import Person
from desk.post import Chat
from editorial.opening import open_editor
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.entries.version import Action, Author, Version
from faq.matching.matcher import build
from storage.knowledge.faq_drafts import FaqDraftStore, PendingStore
from storage.knowledge.proposals import ProposalStore
from storage.knowledge.versions import VersionStore
from tests.managers import ANNA, PRIVATE, Managers, Shown


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
class Writers(Managers):
    longest_caption: int = 40

    def __post_init__(self) -> None:
        super().__post_init__()
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
    def conversations(self) -> Sequence[Conversation]:
        editor = open_editor(
            self.profile,
            drafts=FaqDraftStore(self.connection, "main"),
            versions=self.versions,
            decisions=ProposalStore(self.connection, "main"),
            pending=PendingStore(self.connection, "main"),
            faq=self,
            now=self.now,
        )
        return [editor]

    def faq(
        self, words: str = "", who: Person = ANNA, where: Chat = PRIVATE, file: AttachedFile | None = None
    ) -> Shown:
        return self.commands("faq", words, who, where, file)

    def adds(self, question: str, answer: str) -> None:
        self.faq("add")
        for told in (question, None, answer, None):
            self.presses("Пропустить") if told is None else self.writes(told)
        assert self.presses("Сохранить") == "Сохранено"

    # what people see

    @property
    def text(self) -> str:
        return self.newest_message().text

    @property
    def buttons(self) -> list[str]:
        return list(self.newest_message().buttons)
