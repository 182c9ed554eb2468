"""Small knowledge bases, matchers that say what they are told, and questions with what came of them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from editorial.evidence import Asked, Label
from editorial.proposal import Found, Kind, Proposal, State
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.matching.match import Candidate, Match, NoMatch, Sure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(name: str, *phrasings: str, **more: object) -> Entry:
    values = {"category": {}, "answer": {ANY: "…"}, "question": {ANY: f"Вопрос {name}?"}, **more}
    return Entry(id=name, phrasings={ANY: phrasings} if phrasings else {}, **values)


KNOWLEDGE = Knowledge(
    (entry("refund", "верните деньги"), entry("delivery"), entry("old", hidden=True)), lambda: NOW
)


class Told:
    """Sure of the entries it was told, by the text; knows nothing else."""

    def __init__(self, sure: Mapping[str, str] | None = None) -> None:
        self._sure, self.asked = dict(sure or {}), list[str]()

    def match(self, text: str, language: str) -> Match:
        self.asked.append(text)
        found = KNOWLEDGE.get(self._sure.get(text, ""))
        return NoMatch() if found is None else Sure(Candidate(found, 1.0))


def asked(number: int, text: str, customer: int | None = None, *names: str) -> Asked:
    who = number if customer is None else customer
    return Asked(id=number, customer_id=who, text=text, language="ru", asked_at=NOW, names=names)


def right(number: int, text: str, entry_id: str = "refund", *names: str) -> Label:
    return Label(asked(number, text, None, *names), entry_id, right=True)


def wrong(number: int, text: str, entry_id: str = "refund") -> Label:
    return Label(asked(number, text), entry_id, right=False)


def proposed(
    number: int, question: str, state: State = State.OPEN, ids: tuple[int, ...] = (), **more: object
) -> Proposal:
    values = {"kind": Kind.PHRASING, "entry_id": "refund", **more}
    found = Found(question=question, asked=ids, **values)
    decided = None if state is State.OPEN else NOW
    return Proposal(id=number, found=found, state=state, people=len(ids), proposed_at=NOW, decided_at=decided)
