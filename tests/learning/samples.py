"""Small knowledge bases, matchers that say what they are told, and questions with what came of them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from editorial.learning.evidence import AskedQuestion, Label
from editorial.learning.proposal import Gap, Proposal, ProposalKind, ProposalState
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.language.effort import Effort
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

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        self.asked.append(text)
        found = KNOWLEDGE.get(self._sure.get(text, ""))
        return NoMatch() if found is None else Sure(Candidate(found, 1.0))


def asked(number: int, text: str, customer: int | None = None, *names: str) -> AskedQuestion:
    who = number if customer is None else customer
    return AskedQuestion(id=number, customer_id=who, text=text, language="ru", asked_at=NOW, names=names)


def right(number: int, text: str, entry_id: str = "refund", *names: str) -> Label:
    return Label(asked(number, text, None, *names), entry_id, right=True)


def wrong(number: int, text: str, entry_id: str = "refund") -> Label:
    return Label(asked(number, text), entry_id, right=False)


def proposed(
    number: int,
    question: str,
    state: ProposalState = ProposalState.OPEN,
    ids: tuple[int, ...] = (),
    **more: object,
) -> Proposal:
    values = {"kind": ProposalKind.PHRASING, "entry_id": "refund", **more}
    found = Gap(question=question, asked=ids, **values)
    decided = None if state is ProposalState.OPEN else NOW
    return Proposal(id=number, gap=found, state=state, people=len(ids), proposed_at=NOW, decided_at=decided)
