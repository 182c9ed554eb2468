"""A proposal as a manager reads it on a phone: what, for which entry, how many people, and the buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.formatted import Html, cut
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk
from editorial.evidence import Asked, Evidence
from editorial.learning import nearly, phrase
from editorial.proposal import Found, Kind, Proposal, Proposals
from faq.entries.knowledge import Knowledge

WEEK = timedelta(days=7)
QUESTION_SHOWN, EXAMPLE_SHOWN = 300, 90
EXAMPLES, PHRASINGS = 3, 10


class Sheet:
    """Writes one proposal at a time."""

    def __init__(
        self,
        profile: Profile,
        *,
        proposals: Proposals,
        evidence: Evidence,
        knowledge: Knowledge,
        now: datetime,
    ) -> None:
        self._profile, self._proposals, self._evidence = profile, proposals, evidence
        self._knowledge, self._now = knowledge, now

    def text(self, proposal: Proposal, talk: Talk, *, number: int, total: int, above: str) -> str:
        """What is proposed, as Telegram HTML, below a line about what was done just before."""
        found = proposal.found
        asked = self._evidence.asked(found.asked)
        values: dict[str, object] = {
            "above": Html(above),
            "number": number,
            "total": total,
            "question": cut(found.question, QUESTION_SHOWN),
            "people": proposal.people,
            "lately": self._proposals.people(found.asked, self._now - WEEK),
            "when": self._when(asked[-1].asked_at, talk) if asked else "",
        }
        if found.kind is Kind.PHRASING:
            return talk.text("proposal.phrasing", **values, entry=self._entry(found.entry_id, talk))
        return talk.text(
            "proposal.entry",
            **values,
            examples=[cut(each, EXAMPLE_SHOWN) for each in ways(found, asked)[:EXAMPLES]],
            answer=None if found.answer is None else Html(found.answer),
            author=found.author_name,
        )

    def buttons(self, proposal: Proposal, talk: Talk, *, total: int) -> list[list[Button]]:
        """What can be done with it."""
        number = proposal.id
        no = talk.button("proposal.button.no", "no", number)
        onward = [talk.button("proposal.button.next", "next", number)] if total > 1 else []
        if proposal.found.kind is Kind.ENTRY:
            return [[talk.button("proposal.button.write", "write", number), no], onward]
        other = talk.button("proposal.button.other", "other", number)
        return [[talk.button("proposal.button.add", "add", number), no], [other, *onward]]

    def phrasings(self, proposal: Proposal) -> tuple[str, ...]:
        """Other words in which people asked the same, for an entry's phrasings."""
        return ways(proposal.found, self._evidence.asked(proposal.found.asked))[:PHRASINGS]

    def _entry(self, entry_id: str | None, talk: Talk) -> str:
        entry = self._knowledge.get(entry_id or "")
        return (entry_id or "") if entry is None else entry.question_in(talk.language)

    def _when(self, at: datetime, talk: Talk) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(talk.language, at.astimezone(zone), self._now.astimezone(zone))


def ways(found: Found, asked: Sequence[Asked]) -> tuple[str, ...]:
    """In what other words people asked it, each once."""
    kept: list[str] = []
    for each in asked:
        text = phrase(each)
        if text and not any(nearly(text, other) for other in (found.question, *kept)):
            kept.append(text)
        if len(kept) == PHRASINGS:
            break
    return tuple(kept)
