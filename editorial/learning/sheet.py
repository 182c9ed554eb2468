"""The sheet of a proposal: what is proposed, for which entry, how many people asked, and buttons."""

from collections.abc import Sequence
from datetime import datetime

from desk.formatted import Html, cut
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk
from editorial.learning.evidence import WEEK, AskedQuestion, Evidence
from editorial.learning.phrasings import nearly, phrase
from editorial.learning.proposal import Gap, Proposal, ProposalKind, Proposals
from faq.entries.knowledge import Knowledge

QUESTION_SHOWN, EXAMPLE_SHOWN = 300, 90
EXAMPLES, PHRASINGS = 3, 10


class ProposalSheet:
    """Writes sheets of proposals."""

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
        gap = proposal.gap
        asked = self._evidence.asked(gap.asked)
        values: dict[str, object] = {
            "above": Html(above),
            "number": number,
            "total": total,
            "question": cut(gap.question, QUESTION_SHOWN),
            "people": proposal.people,
            "lately": self._proposals.people(gap.asked, self._now - WEEK),
            "when": self._when(asked[-1].asked_at, talk) if asked else "",
        }
        if gap.kind is ProposalKind.PHRASING:
            return talk.text("proposal.phrasing", **values, entry=self._entry(gap.entry_id, talk))
        return talk.text(
            "proposal.entry",
            **values,
            examples=[cut(each, EXAMPLE_SHOWN) for each in ways(gap, asked)[:EXAMPLES]],
            answer=None if gap.answer is None else Html(gap.answer),
            author=gap.author_name,
        )

    def buttons(self, proposal: Proposal, talk: Talk, *, total: int) -> list[list[Button]]:
        """The buttons under the sheet."""
        number = proposal.id
        no = talk.button("proposal.button.no", "no", number)
        onward = [talk.button("proposal.button.next", "next", number)] if total > 1 else []
        if proposal.gap.kind is ProposalKind.ENTRY:
            return [[talk.button("proposal.button.write", "write", number), no], onward]
        other = talk.button("proposal.button.other", "other", number)
        return [[talk.button("proposal.button.add", "add", number), no], [other, *onward]]

    def phrasings(self, proposal: Proposal) -> tuple[str, ...]:
        """The other words in which people asked the same, for an entry's phrasings."""
        return ways(proposal.gap, self._evidence.asked(proposal.gap.asked))[:PHRASINGS]

    def _entry(self, entry_id: str | None, talk: Talk) -> str:
        entry = self._knowledge.get(entry_id or "")
        return (entry_id or "") if entry is None else entry.question_in(talk.language)

    def _when(self, at: datetime, talk: Talk) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(talk.language, at.astimezone(zone), self._now.astimezone(zone))


def ways(gap: Gap, asked: Sequence[AskedQuestion]) -> tuple[str, ...]:
    """The different words in which people asked it."""
    kept: list[str] = []
    for each in asked:
        text = phrase(each)
        if text and not any(nearly(text, other) for other in (gap.question, *kept)):
            kept.append(text)
        if len(kept) == PHRASINGS:
            break
    return tuple(kept)
